"""The daily control: is every trajectory of the record at work in the engine, and does it do what it said it would?"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session
from temporalio import activity
from temporalio.service import RPCError, RPCStatusCode

from activities.database import Clock, Database
from activities.notices import Notice, notify
from activities.pages import groups, is_erased
from activities.runs import NothingToGoBackTo, Run, Runs, Toestand
from models.actors import OPERATIES
from models.clock import local_date
from models.duties import LIVE
from models.sweeps import Melding, Part, Probleem, Swept
from models.tables import DutyRow, EventRow, TrajectRow

ENDED = "beeindigd"
"""The event with which every trajectory tells that its workflow ends."""
ONE_DAY = timedelta(days=1)
REASON = "werkzorg dagelijkse-controle"
UNREACHABLE = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED)
"""The engine itself is away: the whole part is tried again later."""
SAID = {
    Toestand.STOPGEZET: (Probleem.AFGEBROKEN, "was afgebroken"),
    Toestand.NIET_GESTART: (Probleem.ONTBREEKT, "was nog niet gestart"),
    Toestand.ONBEKEND: (
        Probleem.ONTBREEKT,
        "is niet bekend in de engine: herstel een back-up van haar databank",
    ),
    Toestand.BEEINDIGD: (Probleem.BEEINDIGD, "is beëindigd in de engine, en staat open in het record"),
}
"""The problem and the sentence for how a run is; two of them are put right at once."""
PUT_RIGHT = (Toestand.STOPGEZET, Toestand.NIET_GESTART)
ONLY_WHILE_OPEN = (Toestand.BEEINDIGD, Toestand.ONBEKEND, Toestand.NIET_GESTART)
"""What is no problem for a trajectory that took leave: it may have ended, and its history may be gone."""


@dataclass(frozen=True)
class _Traject:
    """What the record says of one trajectory."""

    workflow_id: str
    reference: str
    is_open: bool
    termijn: datetime | None
    as_of: date | None
    ongemeld: date | None
    """The date of the first live duty that is past and was never told to be late."""

    def overdue(self, on: date) -> date | None:
        """The recorded deadline that passed without a word, with a whole day for its trajectory to speak."""
        term = local_date(self.termijn) if self.termijn else None
        silent = term is not None and term + ONE_DAY < on and (self.as_of is None or self.as_of <= term)
        return min(filter(None, [term if silent else None, self.ongemeld]), default=None)


class Controle:
    """Compares the record with the engine, puts right what is safe, and tells operations of the rest."""

    def __init__(self, database: Database, runs: Runs, clock: Clock) -> None:
        self._database = database
        self._runs = runs
        self._clock = clock

    @activity.defn(name="controle_trajecten")
    async def look(self, part: Part) -> Swept:
        """Looks at a bounded number of trajectories; looking twice repairs nothing twice and tells nothing twice."""
        page = await asyncio.to_thread(self._page, part)
        done = Swept()
        for some in groups(page):
            if activity.in_activity():
                activity.heartbeat(some[0].workflow_id)
            done = sum(await asyncio.gather(*(self._one(traject, part) for traject in some)), done)
        return done.model_copy(
            update={"next_after": page[-1].workflow_id if len(page) == part.at_most else None}
        )

    async def _one(self, traject: _Traject, part: Part) -> Swept:
        seen = await self._seen(traject)
        found = seen if isinstance(seen, Melding) else _judged(traject, seen, part.as_of)
        if found is None:
            return Swept(bekeken=1)
        if isinstance(seen, Melding) or seen.toestand not in PUT_RIGHT or part.alleen_tonen:
            return await self._told(traject, found, part)
        return await self._put_right(traject, seen, found, part)

    async def _seen(self, traject: _Traject) -> Run | Melding:
        """The run of a trajectory, or that the engine would not show this one."""
        try:
            return await self._runs.look(traject.workflow_id)
        except RPCError as error:
            if error.status in UNREACHABLE:
                raise
            return _note(traject, Probleem.ONTBREEKT, f"is niet na te kijken ({error.status.name})")

    async def _put_right(self, traject: _Traject, run: Run, found: Melding, part: Part) -> Swept:
        """Tells first: a part that is cut off here and tried again still repairs once, and has told it."""
        told = await self._told(traject, found.model_copy(update={"hersteld": True}), part)
        try:
            await (self._runs.reset(run, REASON) if run.can_go_back else self._runs.start(run))
        except (RPCError, NothingToGoBackTo) as error:
            if isinstance(error, RPCError) and error.status in UNREACHABLE:
                raise
            why = error.status.name if isinstance(error, RPCError) else str(error)
            failed = _note(traject, Probleem.NIET_HERSTELD, f"{found.uitleg}, en is niet hersteld: {why}")
            return await self._told(traject, failed, part)
        return told + Swept(gedaan={"hersteld": 1})

    async def _told(self, traject: _Traject, found: Melding, part: Part) -> Swept:
        new = 0 if part.alleen_tonen else await asyncio.to_thread(self._notify, traject, found, part.as_of)
        return Swept(bekeken=1, gedaan={"gemeld": new} if new else {}, meldingen=(found,))

    def _notify(self, traject: _Traject, found: Melding, day: date) -> int:
        notice = Notice(
            key=f"controle/{found.onderwerp}/{found.probleem}/{day}",
            to=OPERATIES,
            text=f"Dagelijkse controle: {found}",
            reference=traject.reference,
            as_of=day,
        )
        with self._database.begin() as session:
            return notify(session, [notice], self._clock())

    def _page(self, part: Part) -> Sequence[_Traject]:
        """The next trajectories that have not taken leave, without those of erased dossiers."""
        ended = exists().where(EventRow.workflow_id == TrajectRow.workflow_id, EventRow.soort == ENDED)
        page = (
            select(TrajectRow)
            .where(TrajectRow.workflow_id > part.after, ~is_erased(), or_(TrajectRow.is_open, ~ended))
            .order_by(TrajectRow.workflow_id)
            .limit(part.at_most)
        )
        with self._database.read() as session:
            rows = session.scalars(page).all()
            untold = _untold(session, [row.workflow_id for row in rows], part.as_of)
        return [_traject(row, untold.get(row.workflow_id)) for row in rows]


def _traject(row: TrajectRow, untold: date | None) -> _Traject:
    return _Traject(row.workflow_id, row.reference, row.is_open, row.volgende_termijn, row.as_of, untold)


def _untold(session: Session, workflow_ids: Sequence[str], day: date) -> dict[str, date]:
    """The earliest date of a live duty that is past, while its trajectory never said that it is late."""
    past = select(DutyRow.workflow_id, func.min(DutyRow.due)).where(
        DutyRow.workflow_id.in_(workflow_ids),
        DutyRow.status.in_([str(status) for status in LIVE]),
        DutyRow.overdue_since.is_(None),
        DutyRow.due < day - ONE_DAY,
    )
    rows = session.execute(past.group_by(DutyRow.workflow_id))
    return {workflow_id: due for workflow_id, due in rows if due is not None}


def _judged(traject: _Traject, run: Run, day: date) -> Melding | None:
    """What is wrong with a trajectory, the cause before its consequence; none when nothing is."""
    match run.toestand:
        case Toestand.FAALT:
            told = f"blijft steken: zijn workflowtaak mislukt telkens (poging {run.attempt})"
            return _note(traject, Probleem.TAAK, told)
        case Toestand.SLECHT_GEEINDIGD:
            told = f"is {run.einde} en kwam niet vanzelf terug: bekijk waarom, dan `dossier herstel`"
            return _note(traject, Probleem.AFGEBROKEN, told)
        case Toestand.LOOPT:
            overdue = traject.overdue(day)
            told = f"liet {overdue:%d-%m-%Y} voorbijgaan zonder iets te melden" if overdue else ""
            return _note(traject, Probleem.TERMIJN, told) if overdue else None
    if not traject.is_open and run.toestand in ONLY_WHILE_OPEN:
        return None
    problem, told = SAID[run.toestand]
    return _note(traject, problem, told)


def _note(traject: _Traject, problem: Probleem, told: str) -> Melding:
    return Melding(onderwerp=traject.workflow_id, probleem=problem, uitleg=told)
