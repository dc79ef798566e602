"""Who has, was promised or waits for one of the places of a contingent, as tables.

A place in line stands by itself: it names a trajectory but no dossier and no person, and the holder's row in
`contingent_holders` is locked by whoever changes it.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.schema import Base

CLAIM = text("status IN ('waiting', 'reserved')")
TAKEN = text("status = 'occupied'")
HELD = text("status IN ('reserved', 'occupied')")


def _one(name: str, *columns: str, where: Any) -> Index:
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class PlaceRow(Base):
    """One request of a trajectory for a place, and what became of it.

    A trajectory has at most one claim and one place that it takes; a place has a number that no two share, so
    that the database refuses a second holder of it whoever writes.
    """

    __tablename__ = "contingent_places"
    __table_args__ = (
        UniqueConstraint("workflow_id", "ronde"),
        _one("uq_contingent_places_one_claim", "workflow_id", where=CLAIM),
        _one("uq_contingent_places_one_taken", "workflow_id", where=TAKEN),
        _one("uq_contingent_places_number", "holder", "number", where=HELD),
        Index(None, "holder", "status"),
        CheckConstraint("status IN ('waiting', 'reserved', 'occupied', 'released')", name="status"),
        CheckConstraint("ronde >= 1", name="ronde"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("(status IN ('reserved', 'occupied')) = (number IS NOT NULL)", name="numbered"),
        CheckConstraint("status <> 'waiting' OR reserved_on IS NULL", name="waiting"),
        CheckConstraint("status <> 'reserved' OR reserved_on IS NOT NULL", name="reserved"),
        CheckConstraint(
            "status <> 'occupied' OR (reserved_on IS NOT NULL AND occupied_from IS NOT NULL)",
            name="occupied",
        ),
        CheckConstraint(
            "(status = 'released') = (released_on IS NOT NULL AND reason IS NOT NULL)", name="released"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[str]
    ronde: Mapped[int]
    holder: Mapped[str] = mapped_column(ForeignKey("contingent_holders.org"))
    decided_on: Mapped[date]
    priority: Mapped[bool]
    status: Mapped[str]
    number: Mapped[int | None]
    asked_on: Mapped[date]
    reserved_on: Mapped[date | None]
    occupied_from: Mapped[date | None]
    released_on: Mapped[date | None]
    """The first day on which somebody else can have the place."""
    reason: Mapped[str | None]
    finding: Mapped[dict[str, Any] | None]
    """Why there was a place, as it was told when it was given."""
    recorded_at: Mapped[datetime]


class SkipRow(Base):
    """A time that a holder passed over who came first; it counts until somebody else got that place."""

    __tablename__ = "contingent_skips"
    __table_args__ = (UniqueConstraint("place_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("contingent_places.id"))
    key: Mapped[str]
    skipped_on: Mapped[date]
    reden: Mapped[str]
    rol: Mapped[str]
    org: Mapped[str]
    worker: Mapped[str | None]
    passed_to: Mapped[str | None]
    """The trajectory that got the place instead."""
    recorded_at: Mapped[datetime]
