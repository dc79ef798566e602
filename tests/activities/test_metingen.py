"""Measurements: from the first start, across trajectories, the newest value near each moment."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from activities.database import Database
from activities.metingen import Metingen, moments
from activities.registry import Registry
from models.tables import EventRow, TrajectRow
from models.verloop import Meting
from tests.activities.record_steps import NOW, REFERENCE, START, WORKFLOW, clock, request
from tests.law import shipped_law, shipped_tables

SECOND = f"{WORKFLOW}/2"
HALF = date(2027, 5, 2)
"""Six months after the start of 2 November 2026."""
YEAR = date(2027, 11, 2)
LATER = date(2032, 1, 1)


@pytest.fixture
def record(database: Database) -> Database:
    """A dossier whose first trajectory began on 2 November 2026, and a second one a year and a half later."""
    Registry(database, clock, shipped_tables()).register(request())
    with database.begin() as session:
        session.execute(
            insert(TrajectRow).values(
                workflow_id=SECOND,
                reference=REFERENCE,
                soort="activeringstraject",
                ordinal=2,
                nis_code="44021",
                started_on=date(2028, 5, 2),
                is_open=False,
                recorded_at=NOW,
            )
        )
    return database


def tell(
    database: Database, seq: int, soort: str, datum: date, workflow: str = WORKFLOW, **gegevens: Any
) -> None:
    """One event with these contents."""
    values = {
        "workflow_id": workflow,
        "seq": seq,
        "soort": soort,
        "datum": datum,
        "ingevoerd_op": datum,
        "recorded_at": NOW,
        "tekst": "Gebeurtenis.",
        "findings": [],
        "gegevens": gegevens,
        "digest": str(seq),
    }
    with database.begin() as session:
        session.execute(insert(EventRow).values(values))


def found(database: Database, on: date = LATER) -> dict[str, object]:
    """What each moment has on a day: a level, or why not."""
    rows = Metingen(database, shipped_tables()).of(REFERENCE, on)
    return {row.na: row.niveau or row.uitkomst for row in rows}


def test_every_moment_counts_from_the_first_start(record: Database) -> None:
    """Half a year, one, two and five years after 2 November 2026, whatever began later."""
    rows = Metingen(record, shipped_tables()).of(REFERENCE, START)
    assert [row.moment for row in rows] == [HALF, YEAR, date(2028, 11, 2), date(2031, 11, 2)]
    assert [row.na for row in rows] == ["6 maanden", "12 maanden", "24 maanden", "60 maanden"]
    assert {row.uitkomst for row in rows} == {"nog niet"}


@pytest.mark.parametrize("soort", ["participatieladder", "meting_vastleggen", "review_vastleggen"])
def test_a_value_comes_from_every_event_that_carries_one(soort: str, record: Database) -> None:
    """A word of its own, the answer to the question of a measurement, or an evaluation."""
    tell(record, 1, soort, HALF, niveau=3)
    assert found(record)["6 maanden"] == 3


def test_other_events_and_empty_levels_are_no_value(record: Database) -> None:
    """An evaluation without a level says nothing of it, and a note never does."""
    tell(record, 1, "review_vastleggen", HALF, niveau=None)
    tell(record, 2, "contactnota", HALF, niveau=5)
    assert found(record)["6 maanden"] == "geen"


@pytest.mark.parametrize(
    ("datum", "outcome"),
    [
        pytest.param(date(2027, 3, 1), "geen", id="a day too early"),
        pytest.param(date(2027, 3, 2), 3, id="two months before"),
        pytest.param(date(2027, 7, 2), 3, id="two months after"),
        pytest.param(date(2027, 7, 3), "geen", id="a day too late"),
    ],
)
def test_a_value_counts_within_two_months(datum: date, outcome: object, record: Database) -> None:
    """The window around a moment is as wide as its parameter, and closed on both sides."""
    tell(record, 1, "participatieladder", datum, niveau=3)
    assert found(record)["6 maanden"] == outcome


def test_the_newest_value_in_the_window_counts(record: Database) -> None:
    """By the day it is about, not by the day it was entered; of one day the last that was told."""
    tell(record, 1, "participatieladder", HALF + timedelta(days=9), niveau=4)
    tell(record, 2, "participatieladder", HALF, niveau=2)
    assert found(record)["6 maanden"] == 4
    tell(record, 3, "participatieladder", HALF + timedelta(days=9), niveau=5)
    assert found(record)["6 maanden"] == 5


def test_a_later_trajectory_measures_for_the_first_start(record: Database) -> None:
    """The measurement at two years is taken in whatever trajectory runs then."""
    tell(record, 1, "participatieladder", date(2028, 10, 15), workflow=SECOND, niveau=6)
    assert found(record) == {
        "6 maanden": "geen",
        "12 maanden": "geen",
        "24 maanden": 6,
        "60 maanden": "geen",
    }


def test_before_its_day_a_moment_has_not_come(record: Database) -> None:
    """On the day itself it has, and what is missing is said."""
    tell(record, 1, "participatieladder", HALF - timedelta(days=3), niveau=3)
    before = found(record, HALF - timedelta(days=1))
    assert set(before.values()) == {"nog niet"}
    assert found(record, HALF) == before | {"6 maanden": 3}
    assert found(record, YEAR) == before | {"6 maanden": 3, "12 maanden": "geen"}


def test_all_dossiers_are_read_together(record: Database) -> None:
    """Each with its own start and its own values; nobody is compared with anybody."""
    other = request(sleutel="s2", persoon={"voornaam": "Sam"}, ingediend_op=date(2027, 1, 4))
    Registry(record, clock, shipped_tables()).register(other)
    tell(record, 1, "participatieladder", HALF, niveau=3)
    rows = Metingen(record, shipped_tables()).all(LATER)
    assert [row.moment for row in rows if row.na == "6 maanden"] == [HALF, date(2027, 7, 4)]
    assert [row.niveau for row in rows if row.na == "6 maanden"] == [3, None]


def test_an_unknown_dossier_has_no_moments(record: Database) -> None:
    """Nor has one without an activeringstraject."""
    assert Metingen(record, shipped_tables()).of("WZ-1999-000001", LATER) == []


def test_one_value_can_count_for_one_moment_only_by_its_day() -> None:
    """The windows of the shipped moments do not overlap."""
    law = shipped_law()
    values = [Meting(op=HALF + timedelta(days=days), niveau=1) for days in range(-70, 2000, 5)]
    for value in values:
        counted = [row for row in moments(REFERENCE, START, [value], law, LATER) if row.uitkomst == "gemeten"]
        assert len(counted) <= 1
