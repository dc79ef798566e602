"""The statements of subsidy as tables: what was drawn up, with its bytes, and what was decided or paid beside it.

A statement is kept for good and names no person: participants stand in it by the reference of their dossier.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.schema import Base


class StatementRow(Base):
    """One statement that was drawn up, never changed after; `nummer` counts those of its kind and organisation."""

    __tablename__ = "statements"
    __table_args__ = (
        UniqueConstraint("soort", "organisatie", "nummer"),
        CheckConstraint("soort IN ('jaarstaat', 'kwartaaloverzicht')", name="soort"),
        CheckConstraint("(soort = 'kwartaaloverzicht') = (kwartaal IS NOT NULL)", name="kwartaal"),
        CheckConstraint("nummer >= 1", name="nummer"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    """Such as jaarstaat/ORG-CAW-LEIE/2027 or kwartaaloverzicht/ORG-MAATWERK-DE-KAAI/2027/1."""
    soort: Mapped[str]
    organisatie: Mapped[str]
    jaar: Mapped[int]
    kwartaal: Mapped[int | None]
    nummer: Mapped[int]
    as_of: Mapped[date]
    facts: Mapped[dict[str, Any]]
    """Its lines with their Findings, and what later statements compare with."""
    template_version: Mapped[str]
    recorded_at: Mapped[datetime]


class StatementFileRow(Base):
    """The bytes of a statement in one format; asking again gives these."""

    __tablename__ = "statement_files"
    __table_args__ = (CheckConstraint("formaat IN ('pdf', 'xlsx', 'csv')", name="formaat"),)

    statement: Mapped[str] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    formaat: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    contents: Mapped[bytes]


class AdvanceRow(Base):
    """An advance that was paid for a year of a contingent, or below zero one that was noted wrongly and taken back."""

    __tablename__ = "advances"
    __table_args__ = (
        UniqueConstraint("houder", "jaar", "op", "cent"),
        CheckConstraint("cent <> 0", name="cent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    houder: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    jaar: Mapped[int]
    op: Mapped[date]
    cent: Mapped[int]
    """The amount in cents: exact in every database."""
    door: Mapped[str]
    recorded_at: Mapped[datetime]


class SubsidyChoiceRow(Base):
    """Somebody decided which begeleider gets the days of a year that two of them share; the newest counts."""

    __tablename__ = "subsidy_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("dossiers.reference"))
    jaar: Mapped[int]
    organisatie: Mapped[str] = mapped_column(ForeignKey("organisations.code"))
    op: Mapped[date]
    door: Mapped[str]
    reden: Mapped[str]
    recorded_at: Mapped[datetime]
