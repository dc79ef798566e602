"""Which command may be sent in which phase, by whom, and what the law has against it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from models import messages as m
from models.actors import Actor, Rol
from models.case import CaseState
from models.duties import Duty, DutyKind
from models.findings import Finding
from models.law import Law
from models.phases import Afgesloten, Afronding, Lopend
from rules import activering, corrections

RUNNING = ("voorbereiding", "lopend")
OPEN = ("toewijzing", *RUNNING, "afronding")
ANY = (*OPEN, "afgesloten", "zonder_betrokkene")

IN_PHASE: dict[type[m.Command], tuple[str, ...]] = {
    m.ToewijzingBeslissen: ("toewijzing",),
    m.PlanAkkoord: ("voorbereiding",),
    m.ReviewVastleggen: ("lopend",),
    m.NogOpgeschort: RUNNING,
    m.EindverslagIndienen: ("lopend", "afronding"),
    m.AfrondenZonderBetrokkene: ("zonder_betrokkene",),
    m.HerstelBeslissen: ANY,
    m.OpdrachtBezig: ANY,
    m.OpdrachtBesluiten: ANY,
    m.Opschorten: RUNNING,
    m.Hervatten: RUNNING,
    m.Verlengen: ("lopend",),
    m.Stopzetten: ("toewijzing", *RUNNING),
    m.Rechtzetten: ANY,
    m.Afspraak: OPEN,
    m.Contactnota: ANY,
    m.Overleden: (*OPEN, "afgesloten"),
    m.OverledenOngedaan: ("zonder_betrokkene", "afgesloten"),
    m.Heropenen: ("afgesloten",),
    m.Herverdelen: (*RUNNING, "afronding"),
    m.HerzieParameters: ANY,
}

TANDEM = (Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG)
DESK = (*TANDEM, Rol.VDAB, Rol.OPERATIES)

WHO_MAY: dict[type[m.Command], tuple[Rol, ...]] = {
    m.Opschorten: TANDEM,
    m.Hervatten: TANDEM,
    m.Verlengen: TANDEM,
    m.Stopzetten: (*TANDEM, Rol.VDAB),
    m.Rechtzetten: DESK,
    m.Afspraak: TANDEM,
    m.Contactnota: DESK,
    m.Overleden: DESK,
    m.OverledenOngedaan: DESK,
    m.Heropenen: (*TANDEM, Rol.VDAB),
    m.Herverdelen: (Rol.TEAMCOORDINATOR, Rol.OPERATIES),
    m.HerzieParameters: (Rol.OPERATIES,),
}
"""Unsolicited commands by role; a duty is answered by whoever owes it, or by operations *namens*."""

ANSWERS: dict[type[m.Command], tuple[DutyKind, ...]] = {
    m.ToewijzingBeslissen: (DutyKind.TOEWIJZING,),
    m.PlanAkkoord: (DutyKind.TRAJECTPLAN,),
    m.ReviewVastleggen: (DutyKind.REVIEW,),
    m.NogOpgeschort: (DutyKind.HERVATTING,),
    m.EindverslagIndienen: (DutyKind.EINDVERSLAG,),
    m.AfrondenZonderBetrokkene: (DutyKind.AFRONDING,),
    m.HerstelBeslissen: (DutyKind.HERSTEL,),
    m.OpdrachtBezig: tuple(DutyKind),
    m.OpdrachtBesluiten: (DutyKind.REVIEW, DutyKind.EINDVERSLAG, DutyKind.AFRONDING),
}
"""Which kinds of duty a command can answer; the others end only by their own answer or by another command."""

NEVER_AHEAD = ("datum", "overleden_op")
TOO_FAR = "ligt verder dan de dagen die het dossier kent"
NO_REVIEW = "laat geen enkele evaluatie toe"


class Complaint(NamedTuple):
    """What is wrong with a command's contents: the field and a sentence that repeats no value."""

    veld: str
    reden: str


def in_phase(command: m.Command, state: CaseState) -> bool:
    """Whether the phase the trajectory is in knows this command."""
    phase = state.phase
    if isinstance(command, m.OverledenOngedaan) and isinstance(phase, Afgesloten):
        return phase.overlijden is not None
    if isinstance(command, m.Heropenen | m.Overleden) and isinstance(phase, Afgesloten):
        return phase.overlijden is None
    if isinstance(command, m.Hervatten | m.NogOpgeschort) and state.facts.open_rest is None:
        return False
    if isinstance(command, m.Opschorten) and state.facts.open_rest is not None:
        return False
    return phase.fase in IN_PHASE[type(command)]


def may_answer(speaker: Actor, duty: Duty, command: m.Command, state: CaseState) -> bool:
    """Whether this actor may answer this duty: the one who owes it, or the next in line where a person decides."""
    if speaker.speaks_for(duty.addressee):
        return True
    if isinstance(command, m.OpdrachtBesluiten):
        team = state.facts.team
        leiding = team.leiding.get(duty.addressee.organisatie) if team else None
        return speaker.rol is Rol.OPERATIES or (leiding is not None and speaker.speaks_for(leiding))
    return False


def may_send(speaker: Actor, command: m.Command, state: CaseState) -> bool:
    """Whether this actor may send an unsolicited command in this case."""
    if speaker.rol not in WHO_MAY[type(command)]:
        return False
    if speaker.rol not in (*TANDEM, Rol.TEAMCOORDINATOR):
        return True
    team = state.facts.team
    if team is None:
        return False
    of_case = (team.casemanager_werk, team.casemanager_zorg, *team.leiding.values())
    return any(speaker.speaks_for(each) for each in of_case)


def complaints(command: m.Command, state: CaseState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field."""
    for veld in NEVER_AHEAD:
        day = getattr(command, veld, None)
        if day is not None and day > today:
            yield Complaint(veld, "ligt in de toekomst")
    yield from _own_complaints(command, state, today)


def _own_complaints(command: m.Command, state: CaseState, today: date) -> Iterator[Complaint]:
    match command:
        case m.ToewijzingBeslissen():
            yield from _team_complaints(command)
        case m.Herverdelen(leiding=leiding) if leiding is not None:
            yield from _role_complaint("leiding", leiding, Rol.TEAMCOORDINATOR)
        case m.Opschorten():
            yield from _suspension_complaints(command, state, today)
        case m.Hervatten(per=per):
            yield from _resumption_complaints(per, state, today)
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht <= today:
            yield Complaint("verwacht_op", "ligt niet in de toekomst")
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht > state.law.horizon:
            yield Complaint("verwacht_op", TOO_FAR)
        case m.Stopzetten(einde=einde):
            yield from _end_complaints(einde, state, today)
        case m.Verlengen(einde=einde) | m.Heropenen(einde=einde) if einde <= today:
            yield Complaint("einde", "ligt niet in de toekomst")
        case m.PlanAkkoord(start=start, einde=einde) if einde <= start:
            yield Complaint("einde", "ligt niet na start")
        case m.PlanAkkoord(start=start) if start < state.facts.start or start > today:
            yield Complaint("start", "ligt voor de start van het traject of in de toekomst")
        case m.PlanAkkoord(start=start) if state.facts.ronde > 1 and start != state.facts.start:
            yield Complaint(
                "start", "is na een heropening de eerste start: de maximale duur begint niet opnieuw"
            )
        case m.PlanAkkoord(einde=einde) if einde <= today:
            yield Complaint("einde", "ligt niet in de toekomst")
        case m.PlanAkkoord() if not activering.can_be_reviewed(command, state.facts.start, state.law):
            yield Complaint("periodiciteit_maanden", NO_REVIEW)
        case m.Rechtzetten():
            yield from _correction_complaints(command, state, today)


def _correction_complaints(command: m.Rechtzetten, state: CaseState, today: date) -> Iterator[Complaint]:
    try:
        facts, phase = corrections.corrected(command, state)
    except corrections.NotCorrectable as refused:
        yield Complaint(refused.veld, refused.reden)
        return
    known = set(corrections.impossible_days(state.facts, state.phase, state.law, today))
    for _, reden in sorted(set(corrections.impossible_days(facts, phase, state.law, today)) - known):
        yield Complaint("nieuw", reden)
    plan = getattr(phase, "plan", None)
    if plan is not None and not activering.can_be_reviewed(plan, state.facts.start, state.law):
        yield Complaint("nieuw", NO_REVIEW)


def _team_complaints(command: m.ToewijzingBeslissen) -> Iterator[Complaint]:
    yield from _role_complaint("casemanager_werk", command.casemanager_werk, Rol.CASEMANAGER_WERK)
    yield from _role_complaint("casemanager_zorg", command.casemanager_zorg, Rol.CASEMANAGER_ZORG)
    for veld in ("leiding_werk", "leiding_zorg"):
        head = getattr(command, veld)
        if head is not None:
            yield from _role_complaint(veld, head, Rol.TEAMCOORDINATOR)


def _role_complaint(veld: str, actor: Actor, rol: Rol) -> Iterator[Complaint]:
    if actor.rol is not rol:
        yield Complaint(veld, f"heeft niet de rol {rol}")


def _suspension_complaints(command: m.Opschorten, state: CaseState, today: date) -> Iterator[Complaint]:
    van, tot = command.van, command.tot
    if tot is not None and tot <= van:
        yield Complaint("tot", "ligt niet na van")
    if tot is not None and tot > state.law.horizon:
        yield Complaint("tot", TOO_FAR)
    if van > today:
        yield Complaint("van", "ligt in de toekomst; meld de opschorting wanneer ze begint")
    if van < state.facts.start:
        yield Complaint("van", "ligt voor de start van het traject")
    if any(van < (rest.tot or van) for rest in state.facts.rests):
        yield Complaint("van", "valt in een eerdere opschorting")


def _resumption_complaints(per: date, state: CaseState, today: date) -> Iterator[Complaint]:
    n = state.facts.open_rest
    if n is not None and per < state.facts.rests[n - 1].van:
        yield Complaint("per", "ligt voor het begin van de opschorting")
    if per > today:
        yield Complaint("per", "ligt in de toekomst; meld de hervatting wanneer ze er is")


def _end_complaints(einde: date, state: CaseState, today: date) -> Iterator[Complaint]:
    if einde > today:
        yield Complaint("einde", "ligt in de toekomst")
    if einde < state.facts.start:
        yield Complaint("einde", "ligt voor de start van het traject")


def findings_against(command: m.Command, state: CaseState, today: date) -> tuple[Finding[Any], ...]:
    """What the law and the agreements have to say of a command: hard ones refuse, soft ones ask for a reason."""
    return tuple(_findings(command, state, today))


def _findings(command: m.Command, state: CaseState, today: date) -> Iterator[Finding[Any]]:
    law, facts, phase = state.law, state.facts, state.phase
    match command:
        case m.PlanAkkoord():
            yield from plan_findings(command, law)
        case m.Verlengen(einde=einde) if isinstance(phase, Lopend):
            yield activering.plan_length(phase.plan.start, einde, law)
        case m.Heropenen(einde=einde) if isinstance(phase, Afgesloten):
            yield activering.within_maximum(phase.plan.start if phase.plan else facts.start, einde, law)
        case m.ToewijzingBeslissen(casemanager_werk=werk, casemanager_zorg=zorg):
            yield activering.separate_organisations(werk.organisatie, zorg.organisatie)
        case m.Herverdelen(rol=rol, organisatie=organisatie) if facts.team is not None:
            other = facts.team.member(TANDEM[1] if rol is TANDEM[0] else TANDEM[0]).organisatie
            pair = (organisatie, other) if rol is TANDEM[0] else (other, organisatie)
            yield activering.separate_organisations(*pair)
        case m.Rechtzetten():
            yield from _correction_findings(command, state)
        case m.OpdrachtBezig(opdracht=key):
            yield activering.may_rest_again(len(state.duties[key].bezig), today, law)


def _correction_findings(command: m.Rechtzetten, state: CaseState) -> Iterator[Finding[Any]]:
    facts, phase = corrections.corrected(command, state)
    plan = getattr(phase, "plan", None)
    if plan is not None and command.veld.startswith("plan."):
        yield from plan_findings(plan, state.law)
    if isinstance(phase, Afronding | Afgesloten):
        start = phase.plan.start if phase.plan else facts.start
        yield activering.within_maximum(start, phase.einde, state.law, facts.ledger)


def plan_findings(plan: m.PlanAkkoord, law: Law) -> Iterator[Finding[bool]]:
    """What the law says of a plan: its length is hard, its periodicity a question."""
    yield activering.plan_length(plan.start, plan.einde, law)
    yield activering.usual_periodicity(plan.periodiciteit_maanden, plan.start, law)
