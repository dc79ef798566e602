"""The desk on a record without an engine: documents, statuses in words, measurements."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import Result

from activities.database import Database
from models.tables import DutyRow
from player.stage import prepare_record
from settings import Settings
from tests.cli.conftest import run_in
from tests.documents.examples import REFERENCE
from tests.documents.on_request import APPOINTMENT, HELD, PLANNED, keep, owed, running
from tests.documents.pdfs import opened


class Desk:
    """A home with a record, and the commands against it."""

    def __init__(self, home: Path, database: Database) -> None:
        self.home = home
        self.database = database

    def run(self, *arguments: object) -> Result:
        """One command."""
        return run_in(self.home, *arguments)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A running trajectory with a plan and two evaluations, an appointment, a review that is owed, and a value."""
    home = tmp_path / "home"
    prepare_record(Settings(home=home))
    database = Database.at(f"sqlite:///{home / 'werkzorg.db'}")
    told = {"datum": date(2026, 10, 8), "niveau": 4}
    running(database, ("afspraak", APPOINTMENT), ("participatieladder", told))
    keep(database, "trajectplan", PLANNED, date(2026, 5, 4))
    keep(database, "trajectplan/2", PLANNED, date(2026, 6, 1))
    for number in (2, 9, 10):
        keep(database, f"reviewverslag/{number}", HELD, date(2026, 8, 6))
    owed(database, "review/2", date(2026, 11, 4))
    yield Desk(home, database)
    database.close()


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("trajectplan", "trajectplan/2"),
        ("reviewverslag/2", "reviewverslag/2"),
        ("reviewverslag", "reviewverslag/10"),
    ],
)
def test_a_stored_document_is_written_as_it_is(asked: str, written: str, desk: Desk, tmp_path: Path) -> None:
    """By key, or the newest of its kind; never rendered again."""
    answer = desk.run("report", "render", asked, REFERENCE, "--uit", tmp_path)
    assert answer.exit_code == 0, answer.output
    path = Path(answer.stdout.strip())
    assert path == tmp_path / REFERENCE / f"{written.replace('/', '-')}.pdf"
    assert path.read_bytes() == f"%PDF {written}".encode()


@pytest.mark.parametrize("kind", ["voorbereidingsfiche", "uitnodiging", "ontvangst"])
def test_a_document_on_request_is_made_and_not_kept(kind: str, desk: Desk, tmp_path: Path) -> None:
    """From the record, of the day it is asked."""
    before = desk.run("documenten", REFERENCE, "--json").stdout
    path = Path(desk.run("report", "render", kind, REFERENCE, "--uit", tmp_path).stdout.strip())
    assert path.name.startswith(f"{kind}-20")
    assert len(opened(path.read_bytes()).pages) == 1
    assert desk.run("documenten", REFERENCE, "--json").stdout == before


def test_without_a_folder_it_goes_where_documents_go(desk: Desk) -> None:
    """The folder of the installation."""
    path = Path(desk.run("report", "render", "uitnodiging", REFERENCE).stdout.strip())
    assert path.is_relative_to(Settings(home=desk.home).documents)
    assert path.exists()


def test_an_unknown_kind_says_what_there_is(desk: Desk) -> None:
    """For this dossier, today: stored keys, and what can be made."""
    answer = desk.run("report", "render", "rapport", REFERENCE)
    assert answer.exit_code == 1
    assert answer.stderr == (
        "werkzorg: soort: rapport is er niet; kies uit trajectplan, trajectplan/2, reviewverslag/10, "
        "reviewverslag/2, reviewverslag/9, voorbereidingsfiche, uitnodiging, ontvangst\n"
    )


def test_what_is_not_there_yet_is_one_line(desk: Desk) -> None:
    """A letter about a rest while nothing rests."""
    answer = desk.run("report", "render", "opschorting", REFERENCE)
    assert (answer.exit_code, answer.stderr) == (1, "werkzorg: opschorting: het traject rust niet\n")
    unknown = desk.run("report", "render", "opschorting", "WZ-1999-000001")
    assert unknown.stderr == "werkzorg: er is geen dossier WZ-1999-000001\n"


def test_a_folder_that_cannot_be_written_is_one_line(desk: Desk, tmp_path: Path) -> None:
    """It names the option."""
    (tmp_path / "bestand").touch()
    answer = desk.run("report", "render", "uitnodiging", REFERENCE, "--uit", tmp_path / "bestand")
    assert (answer.exit_code, answer.stderr) == (
        1,
        "werkzorg: uit: daar kan niet geschreven worden (NotADirectoryError)\n",
    )


def test_statuses_are_words_on_screen_and_codes_in_json(desk: Desk) -> None:
    """A list of what was answered is asked for in the same words."""
    with desk.database.begin() as session:
        session.execute(update(DutyRow).values(status="answered"))
    listed = desk.run("opdracht", "list", "--status", "beantwoord")
    assert "beantwoord" in listed.stdout
    assert "answered" not in listed.stdout
    (line,) = json.loads(desk.run("opdracht", "list", "--status", "beantwoord", "--json").stdout)
    assert line["status"] == "answered"
    shown = desk.run("opdracht", "show", REFERENCE, "review/2").stdout
    assert "beantwoord" in shown
    wrong = desk.run("opdracht", "list", "--status", "answered")
    assert wrong.stderr.startswith(
        "werkzorg: status: kies uit open, bezig, beantwoord, besloten, ingetrokken"
    )


def test_a_duty_shows_its_fields_in_dutch(desk: Desk) -> None:
    """Which fields its answer has, how each is typed and which are needed; the schema is in JSON."""
    shown = desk.run("opdracht", "show", REFERENCE, "review/2").stdout
    assert "Antwoord: review_vastleggen" in shown
    row = next(line for line in shown.splitlines() if line.startswith("gezicht"))
    assert row.split() == ["gezicht", "blij|gewoon|niet_blij"]
    row = next(line for line in shown.splitlines() if line.startswith("vervolg"))
    assert row.split() == ["vervolg", "TEKST", "verplicht"]
    assert not {"properties", "required", "string"} & set(shown.replace('"', " ").split())


def test_a_dossier_shows_its_duties_in_words(desk: Desk) -> None:
    """Nothing English stands on the screen of a dossier."""
    shown = desk.run("dossier", "show", REFERENCE).stdout
    assert "Houd de evaluatie" in shown
    assert " open" in shown
    assert not {"answered", "exited", "withdrawn", "ready", "None", "True", "False"} & set(shown.split())


def test_measurements_are_shown(desk: Desk) -> None:
    """Half a year after the start there is a value; the later moments have not come."""
    rows = json.loads(desk.run("dossier", "metingen", REFERENCE, "--json").stdout)
    assert [(row["na"], row["niveau"], row["gemeten_op"]) for row in rows][:1] == [
        ("6 maanden", 4, "2026-10-08")
    ]
    shown = desk.run("dossier", "metingen", REFERENCE).stdout.splitlines()
    assert shown[1].split() == ["6", "maanden", "08-10-2026", "4", "08-10-2026"]
    assert shown[-1].split()[:4] == ["60", "maanden", "08-04-2031", "nog"]
