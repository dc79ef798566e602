"""The rulebook of the onthaaltraject: which command may come when, from whom, and what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from models import messages as m
from models import onthaal as o
from models.actors import Actor, Rol
from models.command import Command
from models.duties import Duty, DutyKind, number_of
from models.findings import Finding
from models.onthaal_case import OnthaalState
from models.phases import Onthaal
from rules import corrections, everyday, onthaal
from rules.everyday import SHARED_ANSWERS
from rules.rulebook import Complaint, Rulebook, Shown

OPEN = ("routering", "doorgifte", "kennismaking", "onthaal")
HELD = ("kennismaking", "onthaal")
IN_PHASE: dict[type[Command], tuple[str, ...]] = {
    o.OntvangstBevestigen: ("doorgifte",),
    o.OntvangstTeruggeven: ("doorgifte",),
    o.KernpartnerAanduiden: ("routering",),
    o.OnthaalContactpoging: HELD,
    o.OnthaalStarten: ("kennismaking",),
    o.ContactWeigeren: ("doorgifte", "kennismaking"),
    o.OnbereikbaarVaststellen: HELD,
    o.ToestemmingGeven: ("onthaal",),
    o.ToestemmingIntrekken: ("onthaal",),
    o.LevensdomeinVastleggen: ("onthaal",),
    o.RechtenMeten: ("onthaal",),
    o.Orienteren: ("onthaal",),
    o.AankomstMelden: (*OPEN, "beeindigd"),
    o.WarmeOverdracht: ("onthaal",),
    o.NogNodigAntwoorden: ("onthaal",),
    o.OnthaalBeeindigen: HELD,
    o.OnthaalHeropenen: ("beeindigd",),
}
ENDS = (o.ContactWeigeren, o.OnbereikbaarVaststellen, o.NogNodigAntwoorden, o.OnthaalBeeindigen)
"""The commands whose day can be the last one, from which the erasure is counted."""
COUNTED_FROM = (*ENDS, o.OnthaalStarten)
"""The commands from whose day something is counted: one from before the start would ask a law nobody knows."""
PARTNER = (Rol.KERNPARTNER, Rol.OPERATIES)
WHO_MAY: dict[type[Command], tuple[Rol, ...]] = {
    o.OnthaalContactpoging: PARTNER,
    o.ContactWeigeren: PARTNER,
    o.OnbereikbaarVaststellen: PARTNER,
    o.ToestemmingGeven: PARTNER,
    o.ToestemmingIntrekken: PARTNER,
    o.LevensdomeinVastleggen: PARTNER,
    o.RechtenMeten: PARTNER,
    o.Orienteren: PARTNER,
    o.WarmeOverdracht: PARTNER,
    o.OnthaalBeeindigen: PARTNER,
    o.OnthaalHeropenen: PARTNER,
    m.Rechtzetten: PARTNER,
    m.Afspraak: PARTNER,
    m.Contactnota: PARTNER,
    m.Overleden: PARTNER,
    m.OverledenOngedaan: PARTNER,
    m.HerzieParameters: (Rol.OPERATIES,),
}
ANSWERS: dict[type[Command], tuple[DutyKind, ...]] = {
    **SHARED_ANSWERS,
    o.OntvangstBevestigen: (DutyKind.ONTVANGST,),
    o.OntvangstTeruggeven: (DutyKind.ONTVANGST,),
    o.KernpartnerAanduiden: (DutyKind.KERNPARTNER,),
    o.OnthaalStarten: (DutyKind.CONTACT,),
    o.AankomstMelden: (DutyKind.AANKOMST,),
    o.NogNodigAntwoorden: (DutyKind.NOG_NODIG,),
}


def in_phase(command: Command, state: OnthaalState) -> bool:
    """Whether the phase the onthaaltraject is in knows this command."""
    shared = everyday.in_phase(command, state)
    if shared is None and getattr(state.phase, "overlijden", None) is not None:
        return False
    return state.phase.fase in IN_PHASE[type(command)] if shared is None else shared


def may_send(speaker: Actor, command: Command, state: OnthaalState) -> bool:
    """Whether this actor may send an unsolicited command: only the kernpartner that has the person now."""
    if speaker.rol not in WHO_MAY.get(type(command), ()):
        return False
    if speaker.rol is Rol.OPERATIES:
        return True
    holder = state.facts.kernpartner
    return holder is not None and speaker.speaks_for(holder)


def may_answer(speaker: Actor, duty: Duty, command: Command, state: OnthaalState) -> bool:
    """Whether this actor may answer this duty."""
    return everyday.may_answer(speaker, duty, command, onthaal.next_in_line(duty.addressee, state))


def complaints(command: Command, state: OnthaalState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field; nothing is kept without consent (LSB art. 11)."""
    yield from everyday.complaints(command, state, today, corrections.OF_ONTHAAL)
    scope = onthaal.CONSENT_FOR.get(type(command))
    met = command.organisatie if isinstance(command, o.WarmeOverdracht) else None
    if scope is not None and not onthaal.consented(scope, state.facts, met).value:
        yield Complaint("toestemming", f"ontbreekt voor {scope} (LSB art. 11)")
    yield from (Complaint(*found) for found in onthaal.off_the_lists(command, state.law))
    match command:
        case o.NogNodigAntwoorden(opdracht=key, nodig=True, waarom=None) if _asks_why(key, state):
            yield Complaint("waarom", "is nodig wanneer het na een jaar nog loopt")
        case command if isinstance(command, COUNTED_FROM) and command.datum < state.facts.start:
            yield Complaint("datum", "ligt voor de start")  # else it could be erased at once
        case o.WarmeOverdracht(gesprek_op=on) if on > today:
            yield Complaint("gesprek_op", "ligt in de toekomst")


def _asks_why(key: str, state: OnthaalState) -> bool:
    """Whether this is the last of the moments at which is asked if it is still needed, or a later one."""
    if not isinstance(state.phase, Onthaal):
        return False
    moments = state.law.at("onthaal.nog_nodig", state.phase.gestart_op).terms()
    return number_of(key) >= len(moments)


def findings_against(command: Command, state: OnthaalState, today: date) -> tuple[Finding[Any], ...]:
    """What the agreements have to say of a command."""
    shared = everyday.findings_against(command, state, today)
    return (*shared, *onthaal.findings_against(command, state, today))


def _shown(state: OnthaalState) -> Shown:
    """Only who has the person now stands in the lists: an earlier kernpartner has no access any more."""
    holder = state.facts.kernpartner
    area = state.facts.werkingsgebied if state.facts.volgorde else None
    return Shown(
        werkingsgebied=area,
        organisaties=(holder.organisatie,) if holder else None,
        lines=tuple(_lines(state)),
    )


def _lines(state: OnthaalState) -> Iterator[str]:
    facts = state.facts
    if facts.doorgiften:
        yield "\n### Doorgiften"
    for each in facts.doorgiften:
        delivered = f", bevestigd {each.afgeleverd_op:%d-%m-%Y}" if each.afgeleverd_op else ""
        until = f", toegang tot {each.tot:%d-%m-%Y}" if each.tot else ""
        yield f"- {each.aan.organisatie}: verzonden {each.van:%d-%m-%Y}{delivered}{until}"
    if facts.pogingen:
        yield f"\n### Pogingen\n- {len(facts.pogingen)} sinds de laatste bevestiging"


def _corrected(command: m.Rechtzetten, state: OnthaalState) -> Any:
    return corrections.corrected_by(corrections.OF_ONTHAAL, command, state)


ONTHAALBOEK = Rulebook(
    vraag=onthaal.VRAAG,
    rests_with_ledger=(),
    owner_of=onthaal.owner_of,
    due_of=onthaal.due_of,
    next_in_line=onthaal.next_in_line,
    current_dates=onthaal.current_dates,
    last_day_of=onthaal.last_day_of,
    in_phase=in_phase,
    may_send=may_send,
    may_answer=may_answer,
    answers=ANSWERS,
    complaints=complaints,
    findings_against=findings_against,
    corrected=_corrected,
    shown=_shown,
)
"""The rules of an onthaaltraject."""
