"""`report jaarstaat`, `kwartaaloverzicht` and `afsluiting`, and `subsidie`, on a record without an engine."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from activities.database import Database
from models.kwartaal import Plaatsen
from player.stage import prepare_record
from settings import Settings
from tests.activities.ama_record import has_places, is_there
from tests.cli.conftest import help_of, run_in
from tests.documents.pdfs import words
from tests.rules.subsidies import BRUG, KAAI, LEIE, accompanied

SINCE = date(2026, 5, 4)
JAARSTAAT = ("report", "jaarstaat", "--jaar", "2027", "--op", "2028-01-15")
QUARTER = ("report", "kwartaaloverzicht", "--contingent", KAAI, "--jaar", "2027", "--op", "2028-01-15")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Twelve people on ten places, somebody with one begeleider, and somebody with two."""
    home = tmp_path / "home"
    prepare_record(Settings(home=home))
    database = Database.at(f"sqlite:///{home / 'werkzorg.db'}")
    has_places(database, KAAI, [Plaatsen(aantal=10, van=date(2026, 1, 1))])
    for number in range(1, 13):
        is_there(database, accompanied((KAAI, SINCE, None), number=number), "se", KAAI)
    is_there(database, accompanied((LEIE, SINCE, None), number=20))
    is_there(database, accompanied((LEIE, SINCE, None), (BRUG, date(2027, 6, 1), None), number=21))
    yield home
    database.close()


def test_a_yearly_statement_is_written_and_again_the_same(home: Path, tmp_path: Path) -> None:
    """The path is what it prints; the second time it says that the statement was there."""
    first = run_in(home, *JAARSTAAT, "--organisatie", LEIE, "--uit", tmp_path / "uit")
    path = tmp_path / "uit" / f"jaarstaat-{LEIE}-2027.pdf"
    assert (first.exit_code, first.stdout) == (0, f"{path}\n"), first.output
    before = path.read_bytes()
    assert "€ 1.061,20" in words(before).replace("\N{NO-BREAK SPACE}", " ")
    again = run_in(home, *JAARSTAAT, "--organisatie", LEIE, "--uit", tmp_path / "uit")
    assert "stond er al, dezelfde bestanden" in again.stderr
    assert path.read_bytes() == before


def test_without_an_organisation_everybody_has_one(home: Path) -> None:
    """Where documents go, one file a begeleider."""
    made = run_in(home, *JAARSTAAT)
    assert made.exit_code == 0, made.output
    assert [Path(line).name for line in made.stdout.splitlines()] == [
        f"jaarstaat-{BRUG}-2027.pdf",
        f"jaarstaat-{LEIE}-2027.pdf",
    ]


def test_twelve_people_on_ten_places_are_28_122_euro(home: Path) -> None:
    """Four quarters in order, as a sheet, on paper and as CSV: together € 28.122,00."""
    year = 0.0
    for kwartaal in "1234":
        made = run_in(home, *QUARTER, "--kwartaal", kwartaal, "--csv")
        assert made.exit_code == 0, made.output
        xlsx, pdf, rows = (Path(line) for line in made.stdout.splitlines())
        sheet = openpyxl.load_workbook(xlsx)["Berekening"]
        told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
        year += float(told["Saldo"])
        read = csv.DictReader(io.StringIO(rows.read_text("utf-8-sig"), newline=""), delimiter=";")
        assert sum(row["soort"] == "deelnemer" for row in read) == 12
    assert round(year, 2) == told["Het jaar 2027 tot nu"] == 28122
    assert "Het jaar 2027 tot nu € 28.122,00" in words(pdf.read_bytes()).replace("\N{NO-BREAK SPACE}", " ")


def test_an_advance_is_noted_and_taken_off(home: Path) -> None:
    """With a comma or a point; twice is once."""
    paid = (
        "subsidie",
        "voorschot",
        "--contingent",
        KAAI,
        "--jaar",
        "2027",
        "--op",
        "2027-02-15",
        "--door",
        "MW-0301",
    )
    assert _said(home, *paid, "--bedrag", "5,00") == "Voorschot van € 5,00 genoteerd."
    assert _said(home, *paid, "--bedrag", "5,00", "--terug") == "Voorschot van € 5,00 teruggenomen."
    assert _said(home, *paid, "--bedrag", "5000,00") == "Voorschot van € 5.000,00 genoteerd."
    assert _said(home, *paid, "--bedrag", "5000.00") == "Voorschot van € 5.000,00 was al genoteerd."
    xlsx = Path(run_in(home, *QUARTER, "--kwartaal", "1").stdout.splitlines()[0])
    sheet = openpyxl.load_workbook(xlsx)["Berekening"]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert (told["Voorschotten, gaan eraf"], told["Saldo"]) == (5000, 3321.03)  # 8321.03 − 5000


def _said(home: Path, *command: str) -> str:
    answer = run_in(home, *command)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.strip().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("typed", ["5.000", "5.000,00", "12.500", "nan", "inf", "1e30", "-5", "veel"])
def test_an_amount_that_could_be_another_is_refused(home: Path, typed: str) -> None:
    """A point between thousands is not read as a comma, and nothing is noted."""
    paid = ("--contingent", KAAI, "--jaar", "2027", "--op", "2027-02-15", "--door", "MW-0301")
    answer = run_in(home, "subsidie", "voorschot", *paid, f"--bedrag={typed}")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "bedrag: heeft niet de juiste vorm; schrijf 5000,00" in answer.stderr


def test_what_is_missing_and_a_decision_that_settles_it(home: Path) -> None:
    """Days with two begeleiders wait for somebody who says so, with a name and a reason."""
    asked = ("report", "afsluiting", "--jaar", "2027", "--organisatie", BRUG)
    before = json.loads(run_in(home, *asked, "--json").stdout)
    assert [each["wat"] for each in before] == ["jaarstaat", "te_beslissen"]
    assert "te beslissen" in run_in(home, *asked).stdout
    chosen = ("--dossier", "WZ-2026-000021", "--jaar", "2027", "--organisatie", LEIE)
    said = run_in(home, "subsidie", "beslis", *chosen, "--reden", "besproken", "--door", "MW-0301")
    assert said.stdout == "Beslissing genoteerd.\n", said.output
    ahead = run_in(
        home, "subsidie", "beslis", *chosen, "--reden", "x", "--door", "MW-0301", "--op", "2099-01-10"
    )
    assert "op: ligt in de toekomst" in ahead.stderr
    run_in(home, *JAARSTAAT)
    assert run_in(home, *asked).stdout == "Voor 2027 ontbreekt er niets.\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((*JAARSTAAT, "--organisatie", "ORG-NERGENS"), "organisatie: er is geen organisatie met deze code"),
        (("report", "jaarstaat", "--jaar", "2027", "--op", "2027-12-31", "--organisatie", LEIE), "jaar: 2027 is nog"),
        ((*QUARTER, "--kwartaal", "2"), "kwartaal: Kwartaal 1 van 2027 komt eerst"),
        ((*QUARTER, "--kwartaal", "1", "--uit", "cli.py"), "uit: daar kan niet geschreven worden (FileExistsError)"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_one_line(home: Path, asked: tuple[str, ...], said: str) -> None:
    """It names the field and the rule, and the exit code is not zero."""
    answer = run_in(home, *asked)
    assert answer.exit_code != 0
    assert said in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_who_cannot_be_stated_keeps_nobody_waiting(home: Path) -> None:
    """The others are written; the line at the end says who was refused and why."""
    without = [part for part in QUARTER if part not in ("--contingent", KAAI)]
    assert run_in(home, *QUARTER, "--kwartaal", "1").exit_code == 0
    answer = run_in(home, *without, "--kwartaal", "2")
    assert answer.exit_code == 1
    assert f"kwartaaloverzicht-{KAAI}-2027-2.xlsx" in answer.stdout
    assert "Kwartaal 1 van 2027 komt eerst" in answer.stderr
    assert KAAI not in answer.stderr


@pytest.mark.parametrize(
    "command", [("report", "jaarstaat"), ("report", "kwartaaloverzicht"), ("report", "afsluiting"),
                ("subsidie", "voorschot"), ("subsidie", "beslis")],
)  # fmt: skip
def test_each_teaches_with_an_example(command: tuple[str, ...]) -> None:
    """The help says what happens and how it is typed."""
    assert "Voorbeeld: ./werkzorg" in help_of(*command)
