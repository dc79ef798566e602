"""Measurements on the participatieladder at fixed moments after the first start, whatever trajectory they came from."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.database import Database
from activities.law_tables import LawTables
from models.law import Law
from models.lines import Line
from models.tables import EventRow, TrajectRow
from models.verloop import Meting
from rules.begeleiding import near
from rules.calendar import add_term

SOORT = "activeringstraject"
MEASURING = ("participatieladder", "meting_vastleggen", "review_vastleggen")
"""The events that can carry a value."""


class Meetmoment(Line):
    """One moment of measurement of a dossier and the value that counts for it, if there is one."""

    reference: str
    na: str
    """How long after the first start."""
    moment: date
    uitkomst: Literal["gemeten", "geen", "nog niet"]
    niveau: int | None = None
    gemeten_op: date | None = None


class Metingen:
    """What was measured, read from the events of all trajectories of a dossier."""

    def __init__(self, database: Database, tables: LawTables) -> None:
        self._database = database
        self._tables = tables

    def of(self, reference: str, on: date) -> list[Meetmoment]:
        """The moments of one dossier as they are on a day; none without an activeringstraject."""
        return self._read(on, reference)

    def all(self, on: date) -> list[Meetmoment]:
        """The moments of every dossier with an activeringstraject, as they are on a day."""
        return self._read(on, None)

    def _read(self, on: date, reference: str | None) -> list[Meetmoment]:
        law = Law(parameters=self._tables.parameters(), days_off=(), horizon=on)
        with self._database.read() as session:
            starts, values = _starts(session, reference), _values(session, reference)
        return [
            moment
            for dossier, start in sorted(starts.items())
            for moment in moments(dossier, start, values.get(dossier, ()), law, on)
        ]


def moments(
    reference: str, start: date, values: Sequence[Meting], law: Law, on: date
) -> Iterable[Meetmoment]:
    """Each moment after a first start with the newest value near it; `values` stand in the order they were told."""
    for term in law.at("meting.momenten", start).terms():
        moment = add_term(start, term, law)
        known = [value for value in values if near(value, moment, law, start)]
        newest = max(reversed(known), key=lambda value: value.op, default=None)
        if on < moment:
            yield Meetmoment(reference=reference, na=str(term), moment=moment, uitkomst="nog niet")
        elif newest is None:
            yield Meetmoment(reference=reference, na=str(term), moment=moment, uitkomst="geen")
        else:
            yield Meetmoment(
                reference=reference,
                na=str(term),
                moment=moment,
                uitkomst="gemeten",
                niveau=newest.niveau,
                gemeten_op=newest.op,
            )


def _starts(session: Session, reference: str | None) -> dict[str, date]:
    """The first start of each dossier, across its trajectories."""
    rows = select(TrajectRow.reference, TrajectRow.started_on).where(TrajectRow.soort == SOORT)
    if reference is not None:
        rows = rows.where(TrajectRow.reference == reference)
    first: dict[str, date] = {}
    for dossier, started_on in session.execute(rows):
        first[dossier] = min(started_on, first.get(dossier, started_on))
    return first


def _values(session: Session, reference: str | None) -> dict[str, list[Meting]]:
    rows = (
        select(TrajectRow.reference, EventRow.datum, EventRow.gegevens)
        .join(TrajectRow, TrajectRow.workflow_id == EventRow.workflow_id)
        .where(TrajectRow.soort == SOORT, EventRow.soort.in_(MEASURING))
        .order_by(EventRow.ingevoerd_op, EventRow.workflow_id, EventRow.seq)
    )
    if reference is not None:
        rows = rows.where(TrajectRow.reference == reference)
    found: dict[str, list[Meting]] = {}
    for dossier, op, gegevens in session.execute(rows):
        if gegevens.get("niveau") is not None:
            found.setdefault(dossier, []).append(Meting(op=op, niveau=gegevens["niveau"]))
    return found
