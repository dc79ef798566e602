"""The rulebook of the toeleiding: which command may come when, from whom, and what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from models import messages as m
from models import toeleiding as t
from models.actors import Actor, Rol
from models.command import Command
from models.duties import Duty, DutyKind
from models.findings import Finding
from models.toeleiding_case import ToeleidingState
from rules import corrections, everyday, toeleiding
from rules.everyday import SHARED_ANSWERS
from rules.rulebook import Complaint, Rulebook, Shown

IN_HAND = ("aanvullen", "screening", "beslissing")
DECIDED = ("beslist", "ingetrokken")
IN_PHASE: dict[type[Command], tuple[str, ...]] = {
    t.AanvraagAanvullen: IN_HAND,
    t.WachtenOpDerde: ("aanvullen",),
    t.DerdeOpvolgen: IN_HAND,
    t.OnvolledigBeslissen: ("aanvullen",),
    t.BevindingenBekijken: (*IN_HAND, *DECIDED),
    t.AdviesVragen: IN_HAND,
    t.AdviesGeven: IN_HAND,
    t.ScreeningVastleggen: ("screening",),
    t.ToeleidingBeslissen: ("beslissing",),
    t.AanvraagIntrekken: (*IN_HAND, "beslist"),
    t.BezwaarNoteren: DECIDED,
    t.BezwaarBeantwoorden: DECIDED,
}
WHO_MAY: dict[type[Command], tuple[Rol, ...]] = {
    t.WachtenOpDerde: (Rol.AANVRAGER, Rol.VDAB, Rol.OPERATIES),
    t.AdviesVragen: (Rol.VDAB, Rol.SCREENER, Rol.OPERATIES),
    t.AanvraagIntrekken: (Rol.VDAB, Rol.AANVRAGER, Rol.OPERATIES),
    t.BezwaarNoteren: (Rol.VDAB, Rol.OPERATIES),
    m.Rechtzetten: (Rol.VDAB, Rol.OPERATIES),
    m.Afspraak: (Rol.VDAB, Rol.SCREENER, Rol.OPERATIES),
    m.Contactnota: (Rol.VDAB, Rol.SCREENER, Rol.OPERATIES),
    m.Overleden: (Rol.VDAB, Rol.AANVRAGER, Rol.SCREENER, Rol.OPERATIES),
    m.OverledenOngedaan: (Rol.VDAB, Rol.OPERATIES),
    m.HerzieParameters: (Rol.OPERATIES,),
}
ANSWERS: dict[type[Command], tuple[DutyKind, ...]] = {
    **SHARED_ANSWERS,
    t.AanvraagAanvullen: (DutyKind.AANVULLEN,),
    t.DerdeOpvolgen: (DutyKind.DERDE,),
    t.OnvolledigBeslissen: (DutyKind.ONVOLLEDIG,),
    t.BevindingenBekijken: (DutyKind.BEVINDINGEN,),
    t.AdviesGeven: (DutyKind.ADVIES,),
    t.ScreeningVastleggen: (DutyKind.SCREENING,),
    t.ToeleidingBeslissen: (DutyKind.BESLISSING,),
    t.BezwaarBeantwoorden: (DutyKind.BEZWAAR,),
}


def in_phase(command: Command, state: ToeleidingState) -> bool:
    """Whether the phase the toeleiding is in knows this command."""
    shared = everyday.in_phase(command, state)
    if isinstance(command, t.WachtenOpDerde) and _awaits_third(state):
        return False
    if isinstance(command, t.AanvraagIntrekken) and state.facts.gestart:
        return False
    if getattr(state.phase, "overlijden", None) is not None and shared is None:
        return False
    return state.phase.fase in IN_PHASE[type(command)] if shared is None else shared


def _awaits_third(state: ToeleidingState) -> bool:
    return any(duty.kind is DutyKind.DERDE for duty in state.live_duties)


def may_send(speaker: Actor, command: Command, state: ToeleidingState) -> bool:
    """Whether this actor may send an unsolicited command: in its role, and for the organisation of this file."""
    if speaker.rol not in WHO_MAY.get(type(command), ()):
        return False
    around = state.facts
    of_case = {
        Rol.AANVRAGER: around.aanvrager,
        Rol.VDAB: around.omkadering.vdab,
        Rol.SCREENER: around.screener,
    }
    known = of_case.get(speaker.rol)
    if known is None:  # where the person files there is no requester, wherever somebody claims to be one
        return speaker.rol is not Rol.AANVRAGER
    return speaker.speaks_for(known)


def may_answer(speaker: Actor, duty: Duty, command: Command, state: ToeleidingState) -> bool:
    """Whether this actor may answer this duty."""
    return everyday.may_answer(speaker, duty, command, toeleiding.next_in_line(duty.addressee, state))


def complaints(command: Command, state: ToeleidingState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field."""
    yield from everyday.complaints(command, state, today)
    match command:
        case t.ToeleidingBeslissen(start=start) if start is not None and start < today:
            yield Complaint("start", "ligt in het verleden")
        case t.ToeleidingBeslissen(start=start) if start is not None and start > state.law.horizon:
            yield Complaint("start", "ligt verder dan de dagen die het dossier kent")
        case t.OnvolledigBeslissen(datum=on) if on < state.facts.start:
            yield Complaint("datum", "ligt voor de start")  # the screening is counted from it
        case t.AdviesVragen(organisatie=organisatie) if f"advies/{organisatie}" in state.duties:
            yield Complaint("organisatie", "is al om advies gevraagd")


def findings_against(command: Command, state: ToeleidingState, today: date) -> tuple[Finding[Any], ...]:
    """What the law and the agreements have to say of a command."""
    shared = everyday.findings_against(command, state, today)
    return (*shared, *toeleiding.findings_against(command, state, today))


def _shown(state: ToeleidingState) -> Shown:
    facts = state.facts
    area = facts.werkingsgebied if facts.omkadering.vdab else None
    around = (facts.aanvrager, facts.screener, facts.omkadering.vdab)
    return Shown(
        werkingsgebied=area,
        organisaties=tuple(actor.organisatie for actor in around if actor) or None,
        regime=facts.regime,
        lines=tuple(_lines(state)),
    )


def _lines(state: ToeleidingState) -> Iterator[str]:
    facts = state.facts
    if facts.inhoud.ontbreekt and not facts.volledig_op:
        yield f"\n### Ontbreekt\n- {', '.join(facts.inhoud.ontbreekt)}"
    if facts.waarschuwingen:
        yield "\n### Bevindingen bij de aanvraag"
        yield from (f"- {found.reden} ({found.article})" for found in facts.waarschuwingen)
    if facts.gestart:
        yield "\n### Wat volgde"
        yield from (f"- {each.soort} vanaf {each.begin:%d-%m-%Y}" for each in facts.gestart)


def _corrected(command: m.Rechtzetten, state: ToeleidingState) -> Any:
    return corrections.corrected_by(corrections.OF_EVERY_STORY, command, state)


TOELEIDINGSBOEK = Rulebook(
    vraag=toeleiding.VRAAG,
    rests_with_ledger=(),
    owner_of=toeleiding.owner_of,
    due_of=toeleiding.due_of,
    next_in_line=toeleiding.next_in_line,
    current_dates=toeleiding.current_dates,
    last_day_of=toeleiding.last_day_of,
    in_phase=in_phase,
    may_send=may_send,
    may_answer=may_answer,
    answers=ANSWERS,
    complaints=complaints,
    findings_against=findings_against,
    corrected=_corrected,
    shown=_shown,
)
"""The rules of a toeleiding."""
