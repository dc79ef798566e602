"""What is impossible in a command, and what the law and the agreements have to say of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from models import begeleiding as b
from models import messages as m
from models import vergoeding as v
from models.actie import Actie
from models.actors import Actor, Rol
from models.case import CaseState, RestingState
from models.duties import DutyKind
from models.findings import Finding
from models.law import Law
from models.phases import Afgesloten, Afronding, EindeOnbeslist, Lopend
from models.steps import TANDEM
from rules import activering, agenda, begeleiding, corrections, einde
from rules.rulebook import Complaint as Complaint

NEVER_AHEAD = ("datum", "overleden_op", "eerste_gesprek_op", "geregistreerd_op", "kennisgemaakt_op")
TOO_FAR = "ligt verder dan de dagen die het dossier kent"
TOO_EARLY = "ligt voor de tijd waarvan het dossier de wet kent"
NO_REVIEW = "laat geen enkele evaluatie toe"
NOT_AHEAD = "ligt niet in de toekomst"
NO_ACTION = "noemt een actie die er niet is"


def complaints(command: m.Command, state: CaseState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field."""
    for veld in NEVER_AHEAD:
        day = getattr(command, veld, None)
        if day is not None and day > today:
            yield Complaint(veld, "ligt in de toekomst")
    yield from _action_complaints(command, state)
    yield from _own_complaints(command, state, today)


def _action_complaints(command: m.Command, state: CaseState) -> Iterator[Complaint]:
    acties: tuple[Actie, ...] = ()
    match command:
        case m.PlanAkkoord(acties=acties) | b.PlanWijzigen(acties=acties):
            veld = "acties"
        case b.VoorfaseActie(actie=actie):
            veld, acties = "actie", (actie,)
    first = min((off.dag for off in state.law.days_off), default=state.facts.start)
    days = (day for each in acties for day in (each.van, each.tot) if day is not None)
    if not all(first <= day <= state.law.horizon for day in days):
        yield Complaint(veld, "noemt een dag die het dossier niet kent")


def _own_complaints(command: m.Command, state: CaseState, today: date) -> Iterator[Complaint]:
    match command:
        case m.ToewijzingBeslissen():
            yield from _team_complaints(command)
        case m.Herverdelen(leiding=leiding) if leiding is not None:
            yield from _role_complaint("leiding", leiding, Rol.TEAMCOORDINATOR)
        case m.Opschorten():
            yield from suspension_complaints(command, state, today)
        case m.Hervatten(per=per):
            yield from resumption_complaints(per, state, today)
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht <= today:
            yield Complaint("verwacht_op", NOT_AHEAD)
        case m.OpdrachtBezig(verwacht_op=verwacht) if verwacht > state.law.horizon:
            yield Complaint("verwacht_op", TOO_FAR)
        case m.Stopzetten(einde=last):
            yield from _end_complaints(last, state, today)
        case m.Verlengen(einde=last) | m.Heropenen(einde=last) if last <= today:
            yield Complaint("einde", NOT_AHEAD)
        case m.PlanAkkoord(start=start, einde=last) if last <= start:
            yield Complaint("einde", "ligt niet na start")
        case m.PlanAkkoord(start=start) if start < state.facts.start or start > today:
            yield Complaint("start", "ligt voor de start van het traject of in de toekomst")
        case m.PlanAkkoord(start=start) if state.facts.ronde > 1 and start != state.facts.start:
            yield Complaint(
                "start", "is na een heropening de eerste start: de maximale duur begint niet opnieuw"
            )
        case m.PlanAkkoord(einde=last) if last <= today:
            yield Complaint("einde", NOT_AHEAD)
        case m.PlanAkkoord() if not activering.can_be_reviewed(command, state.facts.start, state.law):
            yield Complaint("periodiciteit_maanden", NO_REVIEW)
        case m.Rechtzetten():
            yield from _correction_complaints(command, state, today)
        case _:
            yield from _guidance_complaints(command, state, today)


def _guidance_complaints(command: m.Command, state: CaseState, today: date) -> Iterator[Complaint]:
    match command:
        case b.AanbodAntwoorden(antwoord="wachtlijst", vanaf=vanaf) if vanaf is not None and vanaf <= today:
            yield Complaint("vanaf", NOT_AHEAD)
        case b.AanbodAntwoorden(vanaf=vanaf) if vanaf is not None and vanaf > state.law.horizon:
            yield Complaint("vanaf", TOO_FAR)
        case b.WijzigingVoorstellen(actie=number) if not _action(number, state):
            yield Complaint("actie", NO_ACTION)
        case b.PakketStarten():
            yield from _package_complaints(command, state)
        case b.PlanWijzigen(periodiciteit_maanden=months) if months and not activering.can_hold_reviews(
            months, state.facts.start, state.law
        ):
            yield Complaint("periodiciteit_maanden", NO_REVIEW)
        case b.BeslispuntBeslissen() | b.VerlengingBeslissen():
            yield from _new_end_complaints(command, state, today)
        case b.Verhuizen(per=per) if per > today:
            yield Complaint("per", "ligt in de toekomst; meld de verhuizing wanneer ze er is")
        case b.Verhuizen(per=per) if per < state.facts.start:
            yield Complaint("per", "ligt voor de start van het traject")
        case b.UitkomstVastleggen(sinds=sinds) if sinds is not None and sinds > state.law.horizon:
            yield Complaint("sinds", TOO_FAR)
        case b.UitkomstVastleggen(sinds=sinds) if sinds is not None and sinds < state.facts.start:
            yield Complaint("sinds", "ligt voor de start van het traject")
        case v.TerugvorderingBeslissen() if not _heard(command, state):
            yield Complaint("organisatie", "is over deze lijn nog niet gehoord (D2022 art. 26-27)")


def _action(number: int, state: CaseState) -> bool:
    return any(stand.nummer == number and not stand.vervallen for stand in state.facts.acties)


def _package_complaints(command: b.PakketStarten, state: CaseState) -> Iterator[Complaint]:
    if not _action(command.actie, state):
        yield Complaint("actie", NO_ACTION)
        return
    stand = agenda.action_of(f"pakket/{command.actie}", state.facts)
    if stand.actie.pakket is None:
        yield Complaint("actie", "is geen welzijnspakket")
    if stand.pakket_vanaf is not None:
        yield Complaint("actie", "is al begonnen")
    if command.eerste_gesprek_op < state.facts.start:
        yield Complaint("eerste_gesprek_op", "ligt voor de start van het traject")


def _new_end_complaints(
    command: b.BeslispuntBeslissen | b.VerlengingBeslissen, state: CaseState, today: date
) -> Iterator[Complaint]:
    if command.einde is None:
        return
    if command.einde <= today:
        yield Complaint("einde", NOT_AHEAD)
    if command.einde > state.law.horizon:
        yield Complaint("einde", TOO_FAR)
    beyond = isinstance(command, b.VerlengingBeslissen) or command.keuze == "uitzonderlijk"
    asked = any(duty.kind is DutyKind.VERLENGING for duty in state.live_duties)
    if asked and beyond and isinstance(command, b.BeslispuntBeslissen):
        yield Complaint("keuze", "is al gevraagd; VDAB beslist nog")
    if beyond and command.einde <= _maximum(state):
        yield Complaint("einde", "ligt binnen de maximale duur; daarvoor volstaat verlengen")


def _maximum(state: CaseState) -> date:
    facts = state.facts
    plan = getattr(state.phase, "plan", None)
    start = plan.start if plan else facts.start
    return activering.latest_end(start, state.law, facts.ledger, facts.granted_end).value


def _heard(command: v.TerugvorderingBeslissen, state: CaseState) -> bool:
    about = (command.lijn, command.organisatie)
    return any((h.lijn, h.organisatie) == about and h.op <= command.datum for h in state.facts.geld.gehoord)


def _correction_complaints(command: m.Rechtzetten, state: CaseState, today: date) -> Iterator[Complaint]:
    try:
        facts, phase = corrections.corrected(command, state)
    except corrections.NotCorrectable as refused:
        yield Complaint(refused.veld, refused.reden)
        return
    if command.veld.endswith(".datum") and date.fromisoformat(command.nieuw) > today:
        yield Complaint("nieuw", "ligt in de toekomst")
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


def suspension_complaints(command: m.Opschorten, state: RestingState, today: date) -> Iterator[Complaint]:
    """What is impossible in the beginning of a rest, whatever rests."""
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


def resumption_complaints(per: date, state: RestingState, today: date) -> Iterator[Complaint]:
    """What is impossible in the end of a rest."""
    n = state.facts.open_rest
    if n is not None and per < state.facts.rests[n - 1].van:
        yield Complaint("per", "ligt voor het begin van de opschorting")
    if per > today:
        yield Complaint("per", "ligt in de toekomst; meld de hervatting wanneer ze er is")


def _end_complaints(last: date, state: CaseState, today: date) -> Iterator[Complaint]:
    if last > today:
        yield Complaint("einde", "ligt in de toekomst")
    if last < state.facts.start:
        yield Complaint("einde", "ligt voor de start van het traject")


def findings_against(command: m.Command, state: CaseState, today: date) -> tuple[Finding[Any], ...]:
    """What the law and the agreements have to say of a command: hard ones refuse, soft ones ask for a reason."""
    return tuple(_findings(command, state, today))


def _findings(command: m.Command, state: CaseState, today: date) -> Iterator[Finding[Any]]:
    law, facts, phase = state.law, state.facts, state.phase
    match command:
        case m.PlanAkkoord():
            yield from plan_findings(command, law)
            yield from _action_findings(command.acties, law)
        case m.Verlengen(einde=last) if isinstance(phase, Lopend):
            yield activering.plan_length(phase.plan.start, last, law, facts.granted_end)
        case m.Heropenen(einde=last) if isinstance(phase, Afgesloten):
            start = phase.plan.start if phase.plan else facts.start
            yield activering.within_maximum(start, last, law, granted=facts.granted_end)
            if phase.plan is not None:
                yield activering.plan_length(start, last, law, facts.granted_end)
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
        case m.Stopzetten(einde=last, oorzaak=oorzaak) if facts.team is not None:
            yield einde.prepared_stop(oorzaak, facts)
            yield einde.early_stop(last, facts, law)
            if isinstance(phase, Lopend | EindeOnbeslist):
                start = phase.plan.start
                yield activering.within_maximum(start, last, law, facts.ledger, facts.granted_end)
            if oorzaak == "geen_contact":
                yield einde.tried_to_reach(facts, last, law)
        case _:
            yield from _guidance_findings(command, state)


def _guidance_findings(command: m.Command, state: CaseState) -> Iterator[Finding[Any]]:
    law, facts, phase = state.law, state.facts, state.phase
    match command:
        case b.VoorfaseActie(actie=actie):
            yield from _action_findings((actie,), law)
        case b.PlanWijzigen(periodiciteit_maanden=months, acties=acties, datum=on):
            yield from _action_findings(acties, law)
            if months is not None:
                yield activering.usual_periodicity(months, max(on, facts.start), law)
        case b.BeslispuntBeslissen(keuze="verlengen", einde=last) if last and isinstance(phase, Lopend):
            yield activering.plan_length(phase.plan.start, last, law, facts.granted_end)
        case b.PakketStarten(actie=number, eerste_gesprek_op=on):
            stand = agenda.action_of(f"pakket/{number}", facts).model_copy(update={"pakket_vanaf": on})
            yield begeleiding.package_region(facts.werkingsgebied, on, law)
            yield begeleiding.package_fits(stand, agenda.last_day_of(state).value, law)
        case b.AndereCasemanagerVragen():
            yield begeleiding.asks_for_another(facts)


def _action_findings(acties: Iterable[Actie], law: Law) -> Iterator[Finding[Any]]:
    found = (begeleiding.stage_length(actie, law) for actie in acties)
    yield from (each for each in found if each is not None)


def _correction_findings(command: m.Rechtzetten, state: CaseState) -> Iterator[Finding[Any]]:
    facts, phase = corrections.corrected(command, state)
    plan = getattr(phase, "plan", None)
    if plan is not None and command.veld.startswith("plan."):
        yield from plan_findings(plan, state.law, facts.granted_end)
    if isinstance(phase, Afronding | Afgesloten):
        start = phase.plan.start if phase.plan else facts.start
        granted = facts.granted_end
        yield activering.within_maximum(start, phase.einde, state.law, facts.ledger, granted)


def plan_findings(plan: m.PlanAkkoord, law: Law, granted: date | None = None) -> Iterator[Finding[bool]]:
    """What the law says of a plan: its length is hard, its periodicity a question."""
    yield activering.plan_length(plan.start, plan.einde, law, granted)
    yield activering.usual_periodicity(plan.periodiciteit_maanden, plan.start, law)
