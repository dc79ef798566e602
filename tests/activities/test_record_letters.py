"""After a death no letter to the person leaves; when it was a mistake, exactly those come back."""

from datetime import date

import pytest
from sqlalchemy import select, update

from activities.database import Database
from activities.dossiers import Dossiers
from activities.registry import Registry
from models.tables import DossierRow, OutboxRow, PersonRow
from tests.activities.record_steps import clock, hold, letter, mail, release, request, step
from tests.law import shipped_tables


@pytest.fixture
def dossiers(database: Database) -> Dossiers:
    Registry(database, clock, shipped_tables()).register(request())
    recording = Dossiers(database, clock)
    recording.record_step(step(1, messages=(letter("b1"), letter("b2"), mail("m1"))))
    return recording


def _statuses(database: Database) -> dict[str, tuple[str, str | None]]:
    with database.read() as session:
        return {row.key: (row.status, row.cancelled_by) for row in session.scalars(select(OutboxRow))}


def _set(database: Database, key: str, status: str) -> None:
    with database.begin() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == key).values(status=status))


def _overleden(database: Database) -> tuple[date | None, str | None]:
    with database.read() as session:
        person, dossier = session.scalars(select(PersonRow)).one(), session.scalars(select(DossierRow)).one()
        return person.overleden_op, dossier.letters_held_by


def test_a_hold_cancels_unsent_letters_and_nothing_else(database: Database, dossiers: Dossiers) -> None:
    """What was sent stays sent, and the tandem still hears what it must hear."""
    _set(database, "b2", "sent")
    dossiers.record_step(step(2, letters=hold()))
    assert _statuses(database) == {
        "b1": ("cancelled", "cmd-dood"),
        "b2": ("sent", None),
        "m1": ("ready", None),
    }
    assert _overleden(database) == (date(2026, 11, 5), "cmd-dood")


def test_a_letter_asked_while_held_is_stored_as_cancelled(database: Database, dossiers: Dossiers) -> None:
    """Also one of a document that was being drawn up when the news came."""
    dossiers.record_step(step(2, letters=hold(), messages=(letter("b3"),)))
    dossiers.record_step(step(3, messages=(letter("b4"), mail("m2"))))
    statuses = _statuses(database)
    assert [statuses[key][0] for key in ("b3", "b4", "m2")] == ["cancelled", "cancelled", "ready"]


def test_letting_go_restores_exactly_what_the_hold_cancelled(database: Database, dossiers: Dossiers) -> None:
    """A letter cancelled for another reason stays cancelled."""
    _set(database, "b2", "cancelled")
    dossiers.record_step(step(2, letters=hold()))
    dossiers.record_step(step(3, messages=(letter("b3"),)))
    dossiers.record_step(step(4, letters=release()))
    statuses = _statuses(database)
    assert {key: statuses[key] for key in ("b1", "b2", "b3")} == {
        "b1": ("ready", None),
        "b2": ("cancelled", None),
        "b3": ("ready", None),
    }
    assert _overleden(database) == (None, None)


def test_a_hold_delivered_again_after_the_release_changes_nothing(
    database: Database, dossiers: Dossiers
) -> None:
    """An old step stays old."""
    held = step(2, letters=hold())
    dossiers.record_step(held)
    dossiers.record_step(step(3, letters=release()))
    dossiers.record_step(held)
    assert _statuses(database)["b1"] == ("ready", None)
    assert _overleden(database) == (None, None)
