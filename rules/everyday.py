"""What every story weighs alike: the commands that are always possible, whoever tells it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from models import messages as m
from models.actors import Actor, Rol
from models.case import State
from models.command import Command
from models.duties import Duty, DutyKind
from models.findings import Finding
from models.phases import ZonderBetrokkene
from rules import activering, corrections
from rules.objections import NEVER_AHEAD, NOT_AHEAD, TOO_EARLY, TOO_FAR
from rules.rulebook import Complaint

ALWAYS = (
    m.HerstelBeslissen,
    m.OpdrachtBezig,
    m.OpdrachtBesluiten,
    m.Rechtzetten,
    m.Contactnota,
    m.HerzieParameters,
)
"""The commands of every phase, also after the end and after a death."""
NEVER_LEFT = (
    DutyKind.HERSTEL,
    DutyKind.AANVULLEN,
    DutyKind.DERDE,
    DutyKind.ONVOLLEDIG,
    DutyKind.SCREENING,
    DutyKind.BESLISSING,
    DutyKind.KERNPARTNER,
    DutyKind.CONTACT,
    DutyKind.TOESTEMMING,
    DutyKind.CONTINGENT,
    DutyKind.BEZOEK,
)
"""The duties that end only by their own answer: without it somebody would wait for nobody."""
SHARED_ANSWERS: dict[type[Command], tuple[DutyKind, ...]] = {
    m.AfrondenZonderBetrokkene: (DutyKind.AFRONDING,),
    m.HerstelBeslissen: (DutyKind.HERSTEL,),
    m.OpdrachtBezig: tuple(DutyKind),
    m.OpdrachtBesluiten: tuple(kind for kind in DutyKind if kind not in NEVER_LEFT),
}


def in_phase(command: Command, state: State) -> bool | None:
    """Whether a command that every story has may come now; none for one of the story's own."""
    phase = state.phase
    died = isinstance(phase, ZonderBetrokkene)
    after_death = getattr(phase, "overlijden", None) is not None
    match command:
        case m.AfrondenZonderBetrokkene():
            return died
        case m.OverledenOngedaan():
            return died or after_death
        case m.Overleden() | m.Afspraak():
            return not died and not after_death
        case _ if isinstance(command, ALWAYS):
            return True
    return None


def _came(command: m.Rechtzetten, state: Any) -> bool:
    return False


def complaints(
    command: Command,
    state: State,
    today: date,
    corrected: Any = corrections.OF_EVERY_STORY,
    may_come: Callable[[m.Rechtzetten, Any], bool] = _came,
) -> Iterator[Complaint]:
    """What is impossible in a command, whatever the story; a story says which right day may have still to come."""
    for veld in NEVER_AHEAD:
        day = getattr(command, veld, None)
        if day is not None and day > today:
            yield Complaint(veld, "ligt in de toekomst")
    match command:
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht <= today:
            yield Complaint("verwacht_op", NOT_AHEAD)
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht > state.law.horizon:
            yield Complaint("verwacht_op", TOO_FAR)
        case m.Rechtzetten():
            ahead = may_come(command, state)
            yield from _correction_complaints(
                command, state, state.law.horizon if ahead else today, corrected
            )


def _correction_complaints(
    command: m.Rechtzetten, state: State, latest: date, corrected: Any
) -> Iterator[Complaint]:
    try:
        facts, _ = corrections.corrected_by(corrected, command, state)
    except corrections.NotCorrectable as refused:
        yield Complaint(refused.veld, refused.reden)
        return
    if date.fromisoformat(command.nieuw) > latest:
        yield Complaint("nieuw", TOO_FAR if latest == state.law.horizon else "ligt in de toekomst")
    first = law_begins(state)
    if facts.start < first or date.fromisoformat(command.nieuw) < first:
        yield Complaint("nieuw", TOO_EARLY)


def law_begins(state: State) -> date:
    """The first day of which a trajectory knows the law: that of its days off.

    AMA that was entered may have begun before them: no term in working days counts from there, so it is the first day
    of which the tables know the yearly evaluation.
    """
    first = min((off.dag for off in state.law.days_off), default=state.facts.start)
    if state.facts.start >= first:
        return first
    return min(each.geldig_van for each in state.law.parameters if each.name == "ama.evaluatie_venster")


def findings_against(command: Command, state: State, today: date) -> Iterator[Finding[Any]]:
    """What the agreements have to say of a command that every story has."""
    if isinstance(command, m.OpdrachtBezig):
        times = len(state.duties[command.opdracht].bezig)
        yield activering.may_rest_again(times, today, state.law)


def may_answer(speaker: Actor, duty: Duty, command: Command, next_in_line: Actor) -> bool:
    """Whoever owes a duty answers it; its next in line and operations may end it as a human."""
    if speaker.speaks_for(duty.addressee):
        return True
    leaves = isinstance(command, m.OpdrachtBesluiten)
    return leaves and (speaker.rol is Rol.OPERATIES or speaker.speaks_for(next_in_line))
