"""What stands in the contingent of one holder: the rows, read after the holder's own row was locked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ama_verloop import Periode
from models.contingent import Contingent, Wachtende
from models.findings import Finding
from models.tables import ContingentHolderRow, ContingentRow, PlaceRow, SkipRow
from rules import contingent as rules
from rules.ama import ONE_DAY

LIVE = ("waiting", "reserved", "occupied")
CLAIMED = ("waiting", "reserved")
HELD = ("reserved", "occupied")


@dataclass(frozen=True)
class Line:
    """The live places and the line of one holder, with how many places there are on a day."""

    houder: str
    places: Finding[int | None]
    rows: Sequence[PlaceRow]
    passed: Collection[int]
    """The places in line that the holder passed over for the next free place."""

    @property
    def waiting(self) -> tuple[Wachtende, ...]:
        """Who waits, in order."""
        return rules.in_line(_wachtende(row, self.passed) for row in self.rows if row.status == "waiting")

    @property
    def used(self) -> int:
        """How many places are taken or promised."""
        return len(self.numbers)

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the places that are taken or promised."""
        return frozenset(row.number for row in self.rows if row.number is not None)

    @property
    def free_number(self) -> int:
        """The lowest number that nobody has."""
        return next(number for number in count(1) if number not in self.numbers)

    @property
    def next(self) -> tuple[str, ...]:
        """Whose turn it is now."""
        return tuple(each.workflow_id for each in rules.offered_now(self.waiting, self.used, self.places))

    def position(self, workflow_id: str) -> int | None:
        """Which one in line, from 1."""
        order = [each.workflow_id for each in self.waiting]
        return order.index(workflow_id) + 1 if workflow_id in order else None

    def place_for(self, workflow_id: str) -> Finding[bool]:
        """Whether this one gets a place now."""
        return rules.place_for(workflow_id, self.waiting, self.used, self.places)


def _wachtende(row: PlaceRow, passed: Collection[int]) -> Wachtende:
    return Wachtende(
        workflow_id=row.workflow_id,
        voorrang=row.priority,
        beslist_op=row.decided_on,
        overgeslagen=row.id in passed,
    )


def lock(session: Session, holders: Collection[str]) -> None:
    """One at a time for each of these holders, always in the same order, until the transaction ends."""
    named = select(ContingentHolderRow.org).where(ContingentHolderRow.org.in_(holders))
    session.execute(named.order_by(ContingentHolderRow.org).with_for_update()).all()


def line_of(session: Session, houder: str, on: date) -> Line:
    """The line of a holder as it stands now, with the places of a day."""
    mine = select(PlaceRow).where(PlaceRow.holder == houder, PlaceRow.status.in_(LIVE))
    fresh = mine.order_by(PlaceRow.id).execution_options(populate_existing=True)
    open_skips = select(SkipRow.place_id).join_from(SkipRow, PlaceRow, SkipRow.place_id == PlaceRow.id)
    passed = open_skips.where(PlaceRow.holder == houder, SkipRow.passed_to.is_(None))
    return Line(
        houder=houder,
        places=places_of(session, houder, on),
        rows=session.scalars(fresh).all(),
        passed=frozenset(session.scalars(passed)),
    )


def places_of(session: Session, houder: str, on: date) -> Finding[int | None]:
    """How many places a holder has on a day."""
    known = session.scalars(select(ContingentRow).where(ContingentRow.holder == houder))
    return rules.places_on([contingent(row) for row in known], on)


def against_since(session: Session, row: PlaceRow, since: date) -> Finding[bool] | None:
    """What keeps a place from being taken since a day before it was promised: somebody else who had it then."""
    if row.reserved_on is None or since >= row.reserved_on:
        return None
    known = session.scalars(select(ContingentRow).where(ContingentRow.holder == row.holder))
    others = [each for each in held_at(session, row.holder, besides=row) if each.van < row.reserved_on]
    found = rules.may_have_had(since, others, [contingent(each) for each in known])
    return None if found.value else found


def held_at(session: Session, houder: str, besides: PlaceRow | None = None) -> list[Periode]:
    """Every place that was promised or taken at a holder, until the day before somebody else could have it."""
    given = select(PlaceRow).where(PlaceRow.holder == houder, PlaceRow.reserved_on.is_not(None))
    return [
        Periode(
            van=min(row.reserved_on, row.occupied_from or row.reserved_on),
            tot=row.released_on - ONE_DAY if row.released_on else None,
        )
        for row in session.scalars(given)
        if row.reserved_on is not None and row is not besides
    ]


def contingent(row: ContingentRow) -> Contingent:
    """A row of the table in words."""
    return Contingent.model_validate(
        {
            "houder": row.holder,
            "plaatsen": row.places,
            "geldig_van": row.valid_from,
            "geldig_tot": row.valid_to,
            "bron": row.source,
            "status": row.status,
        }
    )


def holders(session: Session, houder: str | None) -> list[str]:
    """The one holder that is meant, or every holder in order."""
    known = select(ContingentHolderRow.org).order_by(ContingentHolderRow.org)
    return list(session.scalars(known.where(ContingentHolderRow.org == houder) if houder else known))


def holders_of(session: Session, workflow_id: str) -> frozenset[str]:
    """The holders where a trajectory has or had something."""
    return frozenset(session.scalars(select(PlaceRow.holder).where(PlaceRow.workflow_id == workflow_id)))


def request_of(session: Session, workflow_id: str, ronde: int) -> PlaceRow | None:
    """One request of a trajectory, as it stands now."""
    mine = select(PlaceRow).where(PlaceRow.workflow_id == workflow_id, PlaceRow.ronde == ronde)
    return session.scalar(mine.execution_options(populate_existing=True))


def live_of(session: Session, workflow_id: str, besides: int) -> Sequence[PlaceRow]:
    """What a trajectory has or claims under its other requests."""
    mine = select(PlaceRow).where(PlaceRow.workflow_id == workflow_id, PlaceRow.status.in_(LIVE))
    others = mine.where(PlaceRow.ronde != besides).order_by(PlaceRow.id)
    return session.scalars(others.execution_options(populate_existing=True)).all()


def skip_of(session: Session, row: PlaceRow, key: str) -> SkipRow | None:
    """The time that this one was passed over under a key, if it was."""
    return session.scalar(select(SkipRow).where(SkipRow.place_id == row.id, SkipRow.key == key))


def pass_on(session: Session, line: Line, row: PlaceRow) -> None:
    """Of who comes before the one that gets a place, the one passed over first has had its turn at being so."""
    order = [each.workflow_id for each in line.waiting]
    before = {*order[: order.index(row.workflow_id)]}
    ahead = [other.id for other in line.rows if other.status == "waiting" and other.workflow_id in before]
    counting = select(SkipRow).where(SkipRow.place_id.in_(ahead), SkipRow.passed_to.is_(None))
    if (skip := session.scalar(counting.order_by(SkipRow.id).limit(1))) is not None:
        skip.passed_to = row.workflow_id
