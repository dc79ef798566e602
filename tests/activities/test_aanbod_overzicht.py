"""What providers answered is counted per werkingsgebied, from the events of the record."""

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest

from activities.aanbod_overzicht import AanbodOverzicht, AanbodTelling
from activities.database import Database
from activities.registry import Registry
from models.tables import EventRow, TrajectRow
from tests.activities.record_steps import NOW, clock, request
from tests.law import shipped_tables

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


class _Record:
    """A record in which one event after another is written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: Iterator[int] = count(1)

    def traject(self, area: str | None) -> str:
        number = next(self._numbers)
        registry = Registry(self._database, clock, shipped_tables())
        answer = registry.register(request(sleutel=f"s{number}", persoon={"voornaam": f"P{number}"}))
        with self._database.begin() as session:
            session.get_one(TrajectRow, answer.workflow_id).werkingsgebied = area
        return answer.workflow_id

    def event(
        self,
        workflow_id: str,
        antwoord: str,
        soort: str = "aanbod_antwoorden",
        datum: date = date(2027, 3, 1),
    ) -> None:
        contents = {"tekst": "x", "findings": [], "digest": "x", "recorded_at": NOW}
        gegevens = {"antwoord": antwoord, "vanaf": None}
        with self._database.begin() as session:
            session.add(
                EventRow(
                    workflow_id=workflow_id,
                    seq=next(self._numbers),
                    soort=soort,
                    datum=datum,
                    ingevoerd_op=datum,
                    gegevens=gegevens,
                    **contents,
                )
            )


@pytest.fixture
def record(database: Database) -> _Record:
    return _Record(database)


def test_answers_are_counted_per_werkingsgebied(database: Database, record: _Record) -> None:
    """Each of the four answers, over all trajectories of the werkingsgebied."""
    first, second = record.traject("WG-GENT"), record.traject("WG-GENT")
    brugge = record.traject("WG-BRUGGE-OOSTENDE")
    for workflow_id, antwoord in [
        (first, "bevestigd"),
        (first, "bevestigd"),
        (second, "bevestigd"),
        (second, "geen_aanbod"),
        (brugge, "wachtlijst"),
        (brugge, "geweigerd"),
    ]:
        record.event(workflow_id, antwoord)
    assert AanbodOverzicht(database).per_werkingsgebied(*YEAR) == (
        AanbodTelling("WG-BRUGGE-OOSTENDE", wachtlijst=1, geweigerd=1),
        AanbodTelling("WG-GENT", bevestigd=3, geen_aanbod=1),
    )


def test_other_events_with_an_answer_do_not_count(database: Database, record: _Record) -> None:
    """Only what a provider answered."""
    workflow_id = record.traject("WG-GENT")
    record.event(workflow_id, "bevestigd", soort="opdracht_geopend")
    assert AanbodOverzicht(database).per_werkingsgebied(*YEAR) == ()


@pytest.mark.parametrize(
    ("datum", "counted"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2027, 12, 31), True),
        (date(2028, 1, 1), False),
    ],
)
def test_a_period_has_its_first_and_last_day(
    database: Database, record: _Record, datum: date, counted: bool
) -> None:
    """By the day it happened, whenever it was entered."""
    record.event(record.traject("WG-GENT"), "geen_aanbod", datum=datum)
    told = AanbodOverzicht(database).per_werkingsgebied(*YEAR)
    assert told == ((AanbodTelling("WG-GENT", geen_aanbod=1),) if counted else ())


def test_a_trajectory_without_werkingsgebied_is_not_forgotten(database: Database, record: _Record) -> None:
    """It comes last, under nothing, so that the totals add up."""
    record.event(record.traject(None), "wachtlijst")
    record.event(record.traject("WG-GENT"), "wachtlijst")
    told = AanbodOverzicht(database).per_werkingsgebied(*YEAR)
    assert [(line.werkingsgebied, line.wachtlijst) for line in told] == [("WG-GENT", 1), (None, 1)]
