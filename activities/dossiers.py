"""Writes down what trajectories tell, one step at a time, each in one transaction and never twice."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session, aliased
from temporalio import activity

from activities.database import Clock, Database, RecordRefused, bugs_are_permanent
from activities.record_rows import (
    digest,
    duty_row,
    event_row,
    is_letter,
    outbox_row,
    permission_row,
    team_rows,
    traject_row,
)
from activities.upserts import insert_all, insert_missing, upsert
from models.actors import Rol, Team
from models.duties import LIVE
from models.ledger import Closure
from models.phases import CLOSED
from models.steps import Event, LetterHold, Recorded, Step
from models.tables import (
    AanvraagRow,
    ClosureRow,
    DossierRow,
    DutyRow,
    EventRow,
    MiniTeamRow,
    OutboxRow,
    PersonRow,
    ToestemmingRow,
    TrajectRow,
)

CLOSES_DIAGNOSTICS = "diagnostiek-gesloten"
OWED = [status.value for status in LIVE]
LOOKING_AHEAD = relativedelta(years=2)
"""How far ahead closures are told: beyond the longest term a duty can have."""


class UnknownTraject(RecordRefused):
    """A step of a trajectory that was never registered."""


class OtherContents(RecordRefused):
    """An event number that the record knows with other contents: two histories claim the same trajectory."""


class Dossiers:
    """The record of every trajectory, as its workflow tells it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @activity.defn(name="stap_vastleggen")
    def record_step(self, step: Step) -> Recorded:
        """Record everything a step tells, once; raises OtherContents or UnknownTraject, both permanent."""
        with bugs_are_permanent(), self._database.begin() as session:
            traject = session.get(TrajectRow, step.workflow_id, with_for_update=True)
            if traject is None:
                raise UnknownTraject(f"{step.workflow_id} is not registered")
            events = _unknown_events(session, step)
            if step.number > traject.last_step or events:
                self._write(session, step, traject, events)
            return Recorded(closures=_closures(session, step))

    def _write(self, session: Session, step: Step, traject: TrajectRow, events: Sequence[Event]) -> None:
        now = self._clock()
        insert_all(session, EventRow, [event_row(step.workflow_id, event, now) for event in events])
        upsert(session, DutyRow, [duty_row(step.workflow_id, duty, now) for duty in step.duties])
        _add_messages(session, step, now)
        upsert(
            session, ToestemmingRow, [permission_row(step.workflow_id, p, now) for p in step.toestemmingen]
        )
        if step.letters:
            _hold_letters(session, step.reference, step.letters)
        if step.stand.team and _team_changed(traject, step.stand.team):
            _keep_team(session, step, step.stand.team)
        if any(event.soort == CLOSES_DIAGNOSTICS for event in events):
            traject.begint_met = _without_diagnostics(traject.begint_met)
            for request in session.scalars(_requests_of(step.workflow_id)):
                told = request.answer
                request.answer = {**told, "meegegeven": _without_diagnostics(told.get("meegegeven"))}
        _move(session, step, traject, now)


def _requests_of(workflow_id: str) -> Select[AanvraagRow]:
    return select(AanvraagRow).where(AanvraagRow.workflow_id == workflow_id)


def _without_diagnostics(begins_with: dict[str, Any] | None) -> dict[str, Any]:
    """What a toeleiding began with, without where the diagnostic documents are: after the decision nobody asks."""
    told = begins_with or {}
    contents = told.get("inhoud") or {}
    kept = [each for each in contents.get("documenten", ()) if each.get("soort") != "diagnostisch"]
    return {**told, "inhoud": {**contents, "documenten": kept}}


def _unknown_events(session: Session, step: Step) -> list[Event]:
    """The events that the record lacks; raises OtherContents for one that it has otherwise."""
    if not step.events:
        return []
    numbers = [event.seq for event in step.events]
    known = select(EventRow.seq, EventRow.digest).where(
        EventRow.workflow_id == step.workflow_id, EventRow.seq.in_(numbers)
    )
    digests = {seq: stored for seq, stored in session.execute(known)}
    for event in step.events:
        if digests.get(event.seq) not in (None, digest(event)):
            raise OtherContents(f"{step.workflow_id} event {event.seq} is recorded with other contents")
    return [event for event in step.events if event.seq not in digests]


def _add_messages(session: Session, step: Step, now: datetime) -> None:
    """Put the messages in the outbox; a key that is there already stays as it is."""
    if not step.messages:
        return
    letters = any(map(is_letter, step.messages))
    held_by = session.get_one(DossierRow, step.reference).letters_held_by if letters else None
    insert_missing(session, OutboxRow, [outbox_row(step, m, held_by, now) for m in step.messages])


def _hold_letters(session: Session, reference: str, letters: LetterHold) -> None:
    """Cancel the unsent letters of the dossier, or let those come back that a command cancelled."""
    dossier = session.get_one(DossierRow, reference, with_for_update=True)
    person = session.get_one(PersonRow, dossier.person_id)
    of_person = update(OutboxRow).where(
        OutboxRow.reference == reference, OutboxRow.rol == Rol.DEELNEMER.value
    )
    if letters.hold:
        dossier.letters_held_by = dossier.letters_held_by or letters.command_id
        person.overleden_op = letters.overleden_op
        ready = of_person.where(OutboxRow.status == "ready")
        session.execute(ready.values(status="cancelled", cancelled_by=letters.command_id))
        return
    dossier.letters_held_by = person.overleden_op = None
    held = of_person.where(OutboxRow.status == "cancelled", OutboxRow.cancelled_by.is_not(None))
    session.execute(held.values(status="ready", cancelled_by=None))


def _team_changed(traject: TrajectRow, team: Team) -> bool:
    return (traject.stand or {}).get("team") != team.model_dump(mode="json")


def _keep_team(session: Session, step: Step, team: Team) -> None:
    """Close the period of who left the tandem and open one for who came; who stayed keeps theirs."""
    rows = team_rows(step.workflow_id, team, step.as_of)
    current = select(MiniTeamRow).where(
        MiniTeamRow.workflow_id == step.workflow_id,
        MiniTeamRow.rol.in_([row["rol"] for row in rows]),
        MiniTeamRow.valid_to.is_(None),
    )
    present = {(member.rol, member.org, member.worker): member for member in session.scalars(current)}
    wanted = {(row["rol"], row["org"], row["worker"]): row for row in rows}
    for who in present.keys() - wanted.keys():
        _end_membership(session, present[who], step.as_of - timedelta(days=1))
    insert_all(session, MiniTeamRow, [row for who, row in wanted.items() if who not in present])


def _end_membership(session: Session, member: MiniTeamRow, last_day: date) -> None:
    """End a membership; one that would not have lasted a day was never one (the events keep it)."""
    if last_day < member.valid_from:
        session.delete(member)
    else:
        member.valid_to = last_day


def _move(session: Session, step: Step, traject: TrajectRow, now: datetime) -> None:
    """Bring the trajectory's own row to where the step says it stands."""
    for name, value in traject_row(step, now).items():
        setattr(traject, name, value)
    traject.last_step = max(traject.last_step, step.number)
    traject.last_seq = max([traject.last_seq, *(event.seq for event in step.events)])
    closed = step.stand.fase in CLOSED
    if traject.is_open is closed:
        traject.is_open = not closed and not _another_is_open(session, traject)


def _another_is_open(session: Session, traject: TrajectRow) -> bool:
    """Whether a second of this kind took the place: what was told is recorded, only the place stays taken."""
    other = aliased(TrajectRow)
    taken = select(other.workflow_id).where(
        other.reference == traject.reference,
        other.soort == traject.soort,
        other.soort != "evaluatie",
        other.is_open,
        other.workflow_id != traject.workflow_id,
    )
    return session.scalar(taken.limit(1)) is not None


def _closures(session: Session, step: Step) -> dict[str, tuple[Closure, ...]]:
    """Per organisation that owes something or is in the tandem: its closures from the step's day on."""
    owing = select(DutyRow.org).where(DutyRow.workflow_id == step.workflow_id, DutyRow.status.in_(OWED))
    organisations = set(session.scalars(owing)) | set(_organisations_of(step.stand.team))
    ahead = select(ClosureRow).where(
        or_(ClosureRow.org.is_(None), ClosureRow.org.in_(organisations)),
        ClosureRow.last_day >= step.as_of,
        ClosureRow.first_day <= step.as_of + LOOKING_AHEAD,
    )
    rows = session.scalars(ahead.order_by(ClosureRow.first_day, ClosureRow.id)).all()
    closures = [(row.org, Closure(van=row.first_day, tot=row.last_day, reden=row.reden)) for row in rows]
    return {
        org: tuple(closure for whose, closure in closures if whose in (None, org))
        for org in sorted(organisations)
    }


def _organisations_of(team: Team | None) -> Iterable[str]:
    return (team.casemanager_werk.organisatie, team.casemanager_zorg.organisatie) if team else ()
