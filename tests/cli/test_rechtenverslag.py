"""`report rechten` on a record without an engine: a PDF, or figures for another program."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from activities.database import Database
from player.stage import prepare_record
from settings import Settings
from tests.activities.measurements import BRUGGE, ENERGY, Measurements
from tests.cli.conftest import run_in
from tests.documents.pdfs import opened, words

PERIOD = ("--van", "2027-01-01", "--tot", "2027-06-30")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A record with ten measured people in Gent and five in Brugge."""
    home = tmp_path / "home"
    prepare_record(Settings(home=home))
    database = Database.at(f"sqlite:///{home / 'werkzorg.db'}")
    record = Measurements(database)
    record.people(10, {ENERGY: {}}, {ENERGY: {"ontvangt": True}})
    record.people(5, {ENERGY: {}}, {ENERGY: {}}, nis_code=BRUGGE)
    yield home
    database.close()


def rechten(home: Path, *more: object) -> Result:
    """One report over the first half of 2027."""
    return run_in(home, "report", "rechten", *PERIOD, *more)


def test_it_writes_a_pdf_where_it_is_asked(home: Path, tmp_path: Path) -> None:
    """The folder is made when it is not there; the path is what it prints."""
    path = tmp_path / "nieuw" / "rechten.pdf"
    answer = rechten(home, "--gbo", "GBO-GENT", "--uit", path)
    assert answer.exit_code == 0, answer.output
    assert answer.stdout == f"{path}\n"
    assert "10 met een nulmeting en een eindmeting" in words(path.read_bytes())


def test_without_a_file_it_goes_where_documents_go(home: Path) -> None:
    """Under a name of GBO and period."""
    path = Path(rechten(home).stdout.strip())
    assert path == Settings(home=home).documents / "rechtenverslag-alle-2027-01-01-2027-06-30.pdf"
    assert len(opened(path.read_bytes()).pages) >= 1


def test_figures_for_another_program(home: Path, tmp_path: Path) -> None:
    """The same figures as JSON, and no PDF unless it is asked."""
    told = json.loads(rechten(home, "--json").stdout)
    assert (told["kenmerk"], told["kleinste_cel"]) == ("alle GBO's", 5)
    assert told["cijfers"]["personen"] == 15
    assert told["cijfers"]["werkwijzen"] == [
        {"methode": "gesprek", "personen": 15, "minuten": 900, "nieuw": 10, "per_uur": "0.67"}
    ]
    assert "grafiek" not in told
    assert not list(Settings(home=home).documents.rglob("rechtenverslag*"))
    path = tmp_path / "rechten.pdf"
    both = rechten(home, "--json", "--uit", path)
    assert json.loads(both.stdout) == told
    assert both.stderr == f"{path}\n"
    assert path.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--gbo", "GBO-NERGENS"), "gbo: er is geen GBO met deze code; kies uit GBO-"),
        (("--tot", "2026-12-31"), "tot: ligt voor de eerste dag van de periode\n"),
        (("--uit", "."), "uit: daar kan niet geschreven worden (IsADirectoryError)\n"),
    ],
)
def test_what_cannot_be_is_one_line(asked: tuple[str, str], said: str, home: Path) -> None:
    """It names the option."""
    answer = rechten(home, *asked)
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"werkzorg: {said}")
    assert answer.stderr.count("\n") == 1
