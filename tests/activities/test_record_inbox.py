"""A command is written before it is sent, and has one outcome."""

from datetime import UTC, datetime

import pytest

from activities.database import Database
from activities.inbox_rows import AlreadySettled, Inbox
from tests.activities.record_steps import NOW, WORKFLOW, clock


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox(database, clock)


def test_a_command_under_the_same_id_is_the_same_row(inbox: Inbox) -> None:
    """Sending it again, even otherwise, keeps the first."""
    first = inbox.put("c1", WORKFLOW, "opschorten", {"van": "2026-12-01"})
    again = inbox.put("c1", WORKFLOW, "opschorten", {"van": "2027-01-01"})
    assert (again.payload, again.created_at) == (first.payload, NOW)
    assert [row.id for row in inbox.open_rows()] == ["c1"]


def test_open_rows_come_in_the_order_they_were_put(database: Database) -> None:
    """The oldest first, as many as asked."""
    moments = iter(datetime(2026, 11, 2, 9, 0, second, tzinfo=UTC) for second in range(3))
    ticking = Inbox(database, lambda: next(moments))
    for command_id in ("c3", "c1", "c2"):
        ticking.put(command_id, WORKFLOW, "contactnota", {})
    inbox = Inbox(database, clock)
    assert [row.id for row in inbox.open_rows(2)] == ["c3", "c1"]


def test_attempts_are_counted_while_open(inbox: Inbox) -> None:
    """Operations see how often a command was tried."""
    inbox.put("c1", WORKFLOW, "contactnota", {})
    inbox.tried("c1")
    inbox.tried("c1")
    (row,) = inbox.open_rows()
    assert (row.attempts, row.tried_at) == (2, NOW)


def test_an_accepted_command_keeps_its_outcome(inbox: Inbox) -> None:
    """The same outcome again is fine, and the row is no longer open."""
    inbox.put("c1", WORKFLOW, "contactnota", {})
    inbox.accepted("c1", {"samenvatting": "genoteerd"})
    row = inbox.accepted("c1", {"samenvatting": "anders"})
    assert (row.status, row.outcome, row.settled_at) == ("accepted", {"samenvatting": "genoteerd"}, NOW)
    assert inbox.open_rows() == []


def test_a_refusal_is_final(inbox: Inbox) -> None:
    """It cannot become an acceptance, nor be tried again."""
    inbox.put("c1", WORKFLOW, "contactnota", {})
    inbox.refused("c1", {"type": "verkeerde_fase", "veld": None, "artikel": None, "melding": "niet nu"})
    inbox.tried("c1")
    with pytest.raises(AlreadySettled):
        inbox.accepted("c1", {})
    row = inbox.get("c1")
    assert row is not None
    assert (row.status, row.refusal and row.refusal["type"], row.attempts) == ("refused", "verkeerde_fase", 0)


def test_an_unknown_command_has_no_row(inbox: Inbox) -> None:
    """Asking for it is no error."""
    assert inbox.get("nooit-gezien") is None
