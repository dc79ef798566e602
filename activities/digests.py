"""Draws up the overviews: weekly for who has something near or new, daily for what cannot wait."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.addressees import TEAM, Addressees
from activities.database import Clock, Database
from activities.law_tables import LawTables
from activities.outbox import DIGEST, is_live
from activities.upserts import Values, insert_missing
from models.duties import DutyKind
from models.law import Law, LawOrder
from models.ledger import Closure
from models.mail import DigestOrder, DigestResult, Rubriek
from models.tables import DutyRow, OutboxRow
from rules.calendar import add_term, is_working_day, next_working_day

AHEAD = timedelta(days=31)
"""How far the days off are read: far enough for the next working day."""
WEEK = timedelta(days=7)
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@dataclass(frozen=True)
class _Owner:
    """Who owes something: a worker of an organisation, or its team."""

    organisation: str
    worker: str | None
    rol: str

    @property
    def label(self) -> str:
        """How the owner stands in the key of a digest, and the order in which digests are drawn up."""
        return f"{self.worker}@{self.organisation}" if self.worker else f"{TEAM}{self.organisation}"


class Digests:
    """Writes the digests of a day to the outbox; what is in them is looked up when they leave."""

    def __init__(self, database: Database, laws: LawTables, clock: Clock) -> None:
        self._database = database
        self._laws = laws
        self._clock = clock

    @activity.defn(name="digest_opstellen")
    def draw_up(self, order: DigestOrder) -> DigestResult:
        """Writes a bounded number of digests; one that is there already stays as it is."""
        with self._database.begin() as session:
            owners = [o for o in self._owners(session, order.as_of) if o.label > order.after]
            now = owners[: order.at_most]
            written = self._write(session, now, order.as_of)
        return DigestResult(written=written, next_after=now[-1].label if len(owners) > len(now) else None)

    def has_something(self, as_of: date) -> bool:
        """Whether anybody should get a digest on this day."""
        with self._database.read() as session:
            return bool(self._owners(session, as_of))

    def _owners(self, session: Session, day: date) -> Sequence[_Owner]:
        """Who should get a digest on this day, in order."""
        law = self._laws.snapshot(LawOrder(as_of=day, horizon=day + AHEAD))
        if not is_working_day(day, law):
            return []
        owing = [(owner, duties) for owner, duties in _duties(session, day) if _has_something(duties, day)]
        if not owing:
            return []
        addressees = Addressees(session, day)
        due = (owner for owner, duties in owing if _is_due(owner, duties, day, law, addressees))
        return sorted(due, key=lambda owner: owner.label)

    def _write(self, session: Session, owners: Sequence[_Owner], day: date) -> int:
        rows = {f"{DIGEST}/{owner.label}/{day}": owner for owner in owners}
        known = set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(rows))))
        new = [self._row(key, owner, day) for key, owner in rows.items() if key not in known]
        insert_missing(session, OutboxRow, new)
        return len(new)

    def _row(self, key: str, owner: _Owner, day: date) -> Values:
        return {
            "key": key,
            "soort": DIGEST,
            "vraag": "",
            "rol": owner.rol,
            "org": owner.organisation,
            "worker": owner.worker,
            "as_of": day,
            "status": "ready",
            "recorded_at": self._clock(),
        }


@dataclass(frozen=True)
class _Dates:
    """What counts of a duty for a digest: its date, or the later one promised, and when it opened."""

    due: date | None
    opened_on: date
    kind: str


def _duties(session: Session, day: date) -> Iterator[tuple[_Owner, list[_Dates]]]:
    """The live duties of everyone who has any."""
    found: dict[_Owner, list[_Dates]] = defaultdict(list)
    roles: dict[tuple[str, str | None], str] = {}
    columns = DutyRow.org, DutyRow.worker, DutyRow.rol, DutyRow.due, DutyRow.verwacht_op, DutyRow.opened_on
    query = select(*columns, DutyRow.kind).where(*is_live(day))
    for org, worker, rol, due, promised, opened_on, kind in session.execute(query):
        owner = _Owner(org, worker, roles.setdefault((org, worker), rol))
        found[owner].append(_Dates(max(due, promised) if due and promised else due, opened_on, kind))
    yield from found.items()


def _has_something(duties: Sequence[_Dates], day: date) -> bool:
    """Whether anything would stand in a digest of this day."""
    return any(Rubriek.of(duty.due, duty.opened_on, day) for duty in duties)


def _is_due(owner: _Owner, duties: Sequence[_Dates], day: date, law: Law, addressees: Addressees) -> bool:
    """Whether a digest goes on this day: a reader at work, and its day or its hurry."""
    reader = addressees.find(owner.organisation, owner.worker)
    closures = addressees.closures(reader)
    if not is_working_day(day, law, closures):
        return False
    return _is_weekly_day(day, law, closures) or any(_is_near(duty, day, law) for duty in duties)


def _is_near(duty: _Dates, day: date, law: Law) -> bool:
    """Whether a duty cannot wait for the weekly overview; a talk to prepare comes up somewhat earlier."""
    name = "digest.fiche" if duty.kind == DutyKind.REVIEW else "digest.binnen"
    return duty.due is not None and duty.due <= add_term(day, law.at(name, day).term(), law)


def _is_weekly_day(day: date, law: Law, closures: Sequence[Closure]) -> bool:
    """Whether the overview of this week, or the one that a day off held up, goes on this day."""
    weekday = WEEKDAYS.index(law.at("digest.weekdag", day).value)
    of_this_week = day + timedelta(days=weekday - day.weekday())
    return day in (next_working_day(each, law, closures) for each in (of_this_week - WEEK, of_this_week))
