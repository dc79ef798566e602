"""`contingent list`: what operations see of the places, on any day and without names of people."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from activities.contingenten import Contingenten
from activities.database import Database
from models.contingent import PlaatsInnemen, PlaatsVraag, PlaatsVrijgeven
from tests.activities.record_steps import clock
from tests.cli.conftest import help_of, run_in

SLUIS = "ORG-MAATWERK-SLUISWERK"
"""Three places, from 2027 two."""
ASKED, STARTED, ENDED = date(2026, 11, 2), date(2026, 11, 16), date(2027, 2, 1)


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """An installation in which one has a place, two were promised one, and two wait."""
    path = tmp_path / "werkzorg.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database.at(f"sqlite:///{path}")
    contingenten = Contingenten(database, clock)
    for number in range(1, 6):
        decided = date(2026, 10, 20 - number)
        who = f"arbeidsmatige_activiteiten/WZ-2026-00000{number}"
        contingenten.ask(PlaatsVraag(workflow_id=who, houder=SLUIS, beslist_op=decided, as_of=ASKED))
    first = "arbeidsmatige_activiteiten/WZ-2026-000001"
    contingenten.occupy(PlaatsInnemen(workflow_id=first, van=STARTED, as_of=STARTED))
    contingenten.release(PlaatsVrijgeven(workflow_id=first, reden="einde", as_of=ENDED))
    database.close()
    return tmp_path


def _sluis(home: Path, on: date) -> dict[str, Any]:
    told = run_in(home, "contingent", "list", "--op", on, "--json")
    assert told.exit_code == 0, told.output
    return next(line for line in json.loads(told.stdout) if line["houder"] == SLUIS)


@pytest.mark.parametrize(
    ("on", "numbers"),
    [
        (date(2026, 11, 1), (3, 0, 0, 3, 0)),
        (ASKED, (3, 0, 3, 0, 2)),
        (STARTED, (3, 1, 2, 0, 2)),
        (date(2027, 1, 1), (2, 1, 2, 0, 2)),
        (ENDED, (2, 0, 2, 0, 2)),
        (date(2023, 12, 31), (None, 0, 0, 0, 0)),
    ],
)
def test_the_list_is_that_of_a_day(home: Path, on: date, numbers: tuple[int | None, ...]) -> None:
    """Places, taken, promised, free and waiting: on the days on which one of them changes."""
    line = _sluis(home, on)
    counted = [line[name] for name in ("plaatsen", "ingenomen", "gereserveerd", "vrij")]
    assert (*counted, len(line["wachtend"])) == numbers


def test_who_waits_stands_in_order(home: Path) -> None:
    """The older decision first, by the trajectory; the table and JSON say the same."""
    waiting = [f"arbeidsmatige_activiteiten/WZ-2026-00000{number}" for number in (5, 4)]
    assert _sluis(home, ASKED)["wachtend"] == waiting
    table = run_in(home, "contingent", "list", "--op", ASKED).stdout
    assert table.startswith("Op 02-11-2026")
    assert table.index("WZ-2026-000005") < table.index("WZ-2026-000004")
    for holder in ("De Kaai Maatwerk", "Sluiswerk Maatwerk", "Zwinmaat Maatwerk", "Duinkant Maatwerk"):
        assert holder in table


def test_without_a_day_it_is_today(home: Path) -> None:
    """The clock of the wall, or that of the newest trajectory."""
    assert run_in(home, "contingent", "list").exit_code == 0


def test_the_help_teaches() -> None:
    """What each column means, what a cut does, and an example."""
    told = help_of("contingent", "list")
    assert "./werkzorg contingent list --op 2027-01-01" in told
    assert "niemand moet weg" in told
    for column in ("Plaatsen", "Ingenomen", "Gereserveerd", "Vrij", "Wachten"):
        assert column in told
