"""Recognitions that end: one message for each moment, none where another one takes over, and a list of what ended."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from activities.database import Database
from activities.erkenningen import Erkenningen
from models.sweeps import Part, Swept
from models.tables import ErkenningRow, OrganisationRow, OutboxRow
from tests.law import shipped_tables

ORG, OTHER = "ORG-CAW-LEIE", "ORG-CGG-ARTEVELDE"
ENDS = date(2028, 12, 31)
BEFORE, SIX, THREE, AFTER = date(2028, 6, 29), date(2028, 6, 30), date(2028, 9, 30), date(2029, 1, 1)


class Recognised:
    """A record with the recognitions of one test, and the control that looks at them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.control = Erkenningen(database, shipped_tables(), lambda: datetime(2028, 6, 30, tzinfo=UTC))
        with database.begin() as session:
            session.execute(delete(ErkenningRow))
        self.add(ORG, "AMA-1", ENDS)

    def add(self, org: str, number: str, last: date | None, first: date = date(2024, 1, 1)) -> None:
        with self.database.begin() as session:
            kind = "ama_begeleider"
            session.add(ErkenningRow(org=org, kind=kind, number=number, valid_from=first, valid_to=last))

    def look(self, day: date, **order: Any) -> Swept:
        return self.control.look(Part(as_of=day, **order))

    @property
    def told(self) -> dict[str, OutboxRow]:
        with self.database.read() as session:
            return {row.key: row for row in session.scalars(select(OutboxRow))}


@pytest.fixture
def recognised(database: Database) -> Recognised:
    """One organisation whose recognition ends on the last day of 2028."""
    return Recognised(database)


def test_each_moment_is_told_once(recognised: Recognised) -> None:
    """Daily from before the first moment until after the end: two messages, to the mailbox of the team."""
    days = (BEFORE, SIX, date(2028, 7, 1), THREE, date(2028, 10, 1), ENDS, AFTER)
    done = [recognised.look(day).gedaan.get("herinnerd", 0) for day in days]
    assert done == [0, 1, 0, 1, 0, 0, 0]
    key = f"erkenning/{ORG}/ama_begeleider/AMA-1"
    assert set(recognised.told) == {f"{key}/6 maanden", f"{key}/3 maanden"}
    message = recognised.told[f"{key}/6 maanden"]
    assert (message.org, message.worker, message.soort) == (ORG, None, "kennisgeving")
    assert (message.as_of, message.due, message.status) == (SIX, ENDS, "ready")
    assert (message.workflow_id, message.reference) == (None, None)


def test_a_control_that_was_away_tells_the_newest_moment_only(recognised: Recognised) -> None:
    """First looked at in the last months: the message of six months before stays away."""
    assert recognised.look(date(2028, 11, 15)).gedaan == {"herinnerd": 1}
    assert [key.rpartition("/")[2] for key in recognised.told] == ["3 maanden"]


def test_a_successor_without_a_gap_says_it_all(recognised: Recognised) -> None:
    """A next recognition from the day after, or one that overlaps; with a gap there is something to tell."""
    recognised.add(ORG, "AMA-2", date(2033, 12, 31), AFTER)
    assert recognised.look(THREE) == Swept(bekeken=1)
    assert recognised.look(AFTER).meldingen == ()
    recognised.add(OTHER, "AMA-3", ENDS)
    recognised.add(OTHER, "AMA-4", None, date(2029, 1, 2))
    assert recognised.look(THREE).gedaan == {"herinnerd": 1}


def test_what_ended_stands_in_the_list(recognised: Recognised) -> None:
    """From the day after its last day on, for as long as nothing takes over; the last day itself still counts."""
    assert recognised.look(ENDS).meldingen == ()
    (found,) = recognised.look(AFTER).meldingen
    assert str(found) == f"{ORG} AMA-1 eindigde op 31-12-2028 zonder nieuwe erkenning"
    assert recognised.look(AFTER).gedaan == {}


def test_an_organisation_that_ends_with_its_recognition_hears_nothing(recognised: Recognised) -> None:
    """After a merger there is nobody to renew it."""
    with recognised.database.begin() as session:
        ended = update(OrganisationRow).where(OrganisationRow.code == ORG).values(valid_to=ENDS)
        session.execute(ended)
    assert recognised.look(THREE).gedaan == {}
    assert recognised.look(AFTER).meldingen == ()


def test_a_recognition_without_an_end_is_left_alone(recognised: Recognised) -> None:
    """Nothing ends, nothing is told."""
    recognised.add(OTHER, "AMA-5", None)
    assert recognised.look(AFTER).bekeken == 2
    assert not any(key.startswith(f"erkenning/{OTHER}") for key in recognised.told)


def test_it_goes_by_organisation_in_parts_and_can_only_show(recognised: Recognised) -> None:
    """Each part says where to go on; shown only, nothing is written."""
    recognised.add(OTHER, "AMA-6", ENDS)
    first = recognised.look(SIX, at_most=1, alleen_tonen=True)
    assert (first.bekeken, first.next_after, recognised.told) == (1, ORG, {})
    second = recognised.look(SIX, at_most=1, after=ORG)
    assert (second.bekeken, second.gedaan, second.next_after) == (1, {"herinnerd": 1}, OTHER)
    assert recognised.look(SIX, at_most=1, after=OTHER) == Swept()
