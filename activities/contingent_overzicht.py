"""The contingents on a day as people read them: how many places, who has them, and who waits; no names of people."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.contingent_rows import holders, places_of
from activities.database import Database
from models.contingent import ContingentLijn, Wachtende
from models.tables import ContingentPartnerRow, OrganisationRow, PlaceRow
from rules.contingent import in_line


class ContingentOverzicht:
    """The contingents as the record keeps them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def op(self, on: date) -> list[ContingentLijn]:
        """Every holder with its places, and what was taken, promised and waited for on that day."""
        with self._database.read() as session:
            return [_line(session, houder, on) for houder in holders(session, None)]


def _line(session: Session, houder: str, on: date) -> ContingentLijn:
    places = places_of(session, houder, on)
    stated = places.parameters[0] if places.parameters else None
    rows = session.scalars(select(PlaceRow).where(PlaceRow.holder == houder, PlaceRow.asked_on <= on)).all()
    then = {row.id: _then(row, on) for row in rows}
    standing = list(then.values())
    used = standing.count("occupied") + standing.count("reserved")
    return ContingentLijn(
        houder=houder,
        naam=session.get_one(OrganisationRow, houder).name,
        partners=_partners(session, houder, on),
        plaatsen=places.value,
        ingenomen=standing.count("occupied"),
        gereserveerd=standing.count("reserved"),
        vrij=max(0, (places.value or 0) - used),
        wachtend=_in_order([row for row in rows if then[row.id] == "waiting"]),
        bron=stated.bron if stated else None,
        status=stated.status if stated else None,
    )


def _then(row: PlaceRow, on: date) -> Literal["released", "occupied", "reserved", "waiting"]:
    """How a request stood on a day; a place that is taken from a later day was promised until then."""
    if row.released_on is not None and row.released_on <= on:
        return "released"
    if row.occupied_from is not None and row.occupied_from <= on:
        return "occupied"
    return "reserved" if row.reserved_on is not None and row.reserved_on <= on else "waiting"


def _in_order(rows: Sequence[PlaceRow]) -> tuple[str, ...]:
    waiting = (
        Wachtende(workflow_id=row.workflow_id, voorrang=row.priority, beslist_op=row.decided_on)
        for row in rows
    )
    return tuple(each.workflow_id for each in in_line(waiting))


def _partners(session: Session, houder: str, on: date) -> tuple[str, ...]:
    of_holder = select(ContingentPartnerRow).where(
        ContingentPartnerRow.holder == houder, ContingentPartnerRow.valid_from <= on
    )
    rows = session.scalars(of_holder.order_by(ContingentPartnerRow.org))
    return tuple(row.org for row in rows if row.valid_to is None or row.valid_to >= on)
