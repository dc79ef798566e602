"""The duties of a trajectory: who owes each and when it is due, and every date the trajectory now goes by."""

from collections.abc import Iterator
from datetime import date, timedelta

from pydantic import ValidationError

from models.actors import OPERATIES, Actor, Rol, Team
from models.case import CaseState, Facts, Grounds, State
from models.duties import Alarm, Duty, DutyKind, number_of
from models.findings import Finding
from models.ledger import Ledger
from models.phases import (
    Afgesloten,
    Afronding,
    EindeOnbeslist,
    Lopend,
    Toewijzing,
    Voorbereiding,
    ZonderBetrokkene,
)
from models.steps import CurrentDate
from models.verloop import ActieStand
from rules import activering, begeleiding, einde, reviews
from rules.grounded import D2022, PRACTICE, finding, grounded_in

VRAAG = {
    DutyKind.TOEWIJZING: "Wijs een casemanager werk en een casemanager zorg toe",
    DutyKind.EERSTE_GESPREK: "Houd het eerste gesprek en vertel de zes onderwerpen",
    DutyKind.INFORMEREN: "Vertel de deelnemer wat er van de zes onderwerpen nog ontbreekt",
    DutyKind.TRAJECTPLAN: "Maak het trajectplan op met de deelnemer en leg het akkoord vast",
    DutyKind.AANBOD: "Zeg of er een plaats is voor deze actie",
    DutyKind.ACTIE: "Kies iets anders voor een actie zonder aanbod",
    DutyKind.VOORSTEL: "Beslis over het voorstel van een dienstverlener",
    DutyKind.PAKKET: "Evalueer het welzijnspakket in vijf regels",
    DutyKind.REVIEW: "Houd de evaluatie en leg ze vast",
    DutyKind.HERVATTING: "Zeg of het traject hervat of nog rust",
    DutyKind.OPSCHORTINGSGESPREK: "Bespreek hoe het verder gaat na deze lange opschorting",
    DutyKind.OPSCHORTINGSBESLISSING: "Beslis hoe het verder gaat na deze lange opschorting",
    DutyKind.BESLISPUNT: "Beslis wat er na het plan komt: afronden, verlengen of een uitzonderlijke verlenging vragen",
    DutyKind.VERLENGING: "Beslis over de uitzonderlijke verlenging",
    DutyKind.EINDVERSLAG: "Bespreek het einde en dien eindverslag en eindadvies in",
    DutyKind.VERDEELSTAAT: "Dien de verdeelstaat in",
    DutyKind.NAZORG: "Hoor hoe het gaat op het werk",
    DutyKind.METING: "Zeg waar de deelnemer nu staat op de participatieladder",
    DutyKind.HERVERDELING: "Wijs een andere casemanager aan",
    DutyKind.OVERDRACHT: "Lees de overdrachtsfiche en bevestig dat u het dossier overneemt",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
RESTS_WITH_LEDGER = (DutyKind.EERSTE_GESPREK, DutyKind.INFORMEREN, DutyKind.TRAJECTPLAN, DutyKind.REVIEW)


def numbered(base: str, ronde: int) -> str:
    """The key of something that comes more than once: plain the first time, numbered after that."""
    return base if ronde == 1 else f"{base}/{ronde}"


def next_key(base: str, state: State) -> str:
    """The first key of this kind that no duty has yet."""
    n = 1
    while numbered(base, n) in state.duties:
        n += 1
    return numbered(base, n)


@grounded_in(PRACTICE)
def owner_of(kind: DutyKind, key: str, facts: Facts) -> Actor:
    """Who owes a duty: werk leads plan, reviews and end, zorg follows up care and rests, others their own part."""
    team = facts.team
    if team is None:
        return OPERATIES
    match kind:
        case DutyKind.TOEWIJZING | DutyKind.HERSTEL:
            return OPERATIES
        case DutyKind.HERVATTING | DutyKind.OPSCHORTINGSGESPREK | DutyKind.OPSCHORTINGSBESLISSING:
            return team.casemanager_zorg
        case DutyKind.PAKKET:
            return team.casemanager_zorg
        case DutyKind.ACTIE | DutyKind.VOORSTEL:
            of_work = action_of(key, facts).actie.domein in begeleiding.OF_WORK
            return team.casemanager_werk if of_work else team.casemanager_zorg
        case DutyKind.AANBOD:
            return _provider(action_of(key, facts), team)
        case DutyKind.VERDEELSTAAT:
            return team.netwerkcoordinator or OPERATIES
        case DutyKind.VERLENGING:
            return team.vdab or OPERATIES
        case DutyKind.OVERDRACHT:
            return team.member(_role_in(key))
        case DutyKind.HERVERDELING if facts.werkingsgebied != team.werkingsgebied:
            return OPERATIES
        case DutyKind.HERVERDELING:
            return team.leiding.get(team.member(_role_in(key)).organisatie, OPERATIES)
        case _:
            return team.casemanager_werk


@grounded_in(PRACTICE)
def next_in_line(owner: Actor, team: Team) -> Actor:
    """Who hears of somebody's silence: the coordinator for a provider, else whoever leads the organisation."""
    if owner.rol is Rol.DIENSTVERLENER and team.netwerkcoordinator:
        return team.netwerkcoordinator
    return team.leiding.get(owner.organisatie, OPERATIES)


def action_of(key: str, facts: Facts) -> ActieStand:
    """The action that a key such as aanbod/2 is about."""
    return next(stand for stand in facts.acties if stand.nummer == number_of(key))


def _role_in(key: str) -> Rol:
    return Rol(key.split("/")[1])


def _provider(stand: ActieStand, team: Team) -> Actor:
    """Whom to ask for an offer: the provider where it has an account, else who coordinates the network."""
    try:
        return Actor(rol=Rol.DIENSTVERLENER, organisatie=stand.actie.dienstverlener)
    except ValidationError:
        return team.netwerkcoordinator or OPERATIES


@grounded_in(PRACTICE)
def due_of(kind: DutyKind, key: str, opened_on: date, state: CaseState) -> Finding[date | None]:
    """When a duty is due now, from the facts as they are known now."""
    facts, law = state.facts, state.law
    if kind in AFTER_OPENING:
        name, sentence = AFTER_OPENING[kind]
        return begeleiding.deadline(opened_on, law.at(name, opened_on), law, sentence)
    match kind:
        case DutyKind.TOEWIJZING:
            return activering.assignment_due(facts.start, law)
        case DutyKind.EERSTE_GESPREK:
            return begeleiding.first_talk_due(facts, law)
        case DutyKind.INFORMEREN:
            return begeleiding.informing_due(facts, law)
        case DutyKind.TRAJECTPLAN:
            return activering.plan_due(facts, law)
        case DutyKind.AANBOD:
            return begeleiding.offer_due(opened_on, law)
        case DutyKind.HERVATTING:
            return activering.resumption_due(number_of(key), facts, law)
        case DutyKind.BESLISPUNT:
            return einde.decision_point_due(last_day_of(state), opened_on, law)
        case DutyKind.VERLENGING:
            return einde.extension_due(opened_on, last_day_of(state), law)
        case DutyKind.VERDEELSTAAT:
            on = last_day_of(state).value
            term = law.at("verdeelstaat.termijn", on)
            return begeleiding.deadline(on, term, law, "De verdeelstaat is er binnen {} na het einde.")
        case DutyKind.METING:
            return begeleiding.measurement_due(number_of(key), facts, law)
        case DutyKind.AFRONDING:
            return activering.closing_note_due(opened_on, law)
        case DutyKind.HERSTEL:
            return activering.repair_due(opened_on, law)
        case DutyKind.EINDVERSLAG:
            return activering.end_documents_due(last_day_of(state).value, law)
        case _:
            assert isinstance(state.phase, Lopend | EindeOnbeslist)
            return activering.review_due(number_of(key), state.phase.plan, facts, law)


AFTER_OPENING = {
    DutyKind.ACTIE: ("activering.actie_herzien", "Voor een actie zonder aanbod komt binnen {} iets anders."),
    DutyKind.VOORSTEL: ("activering.voorstel", "Op een voorstel komt binnen {} antwoord."),
    DutyKind.PAKKET: ("pakket.evaluatie", "Een pakket is binnen {} na zijn einde geëvalueerd."),
    DutyKind.OPSCHORTINGSGESPREK: ("activering.opschorting_antwoord", "Het gesprek is er binnen {}."),
    DutyKind.OPSCHORTINGSBESLISSING: ("activering.opschorting_antwoord", "De beslissing is er binnen {}."),
    DutyKind.NAZORG: ("nazorg.termijn", "Het contact is er binnen {}."),
    DutyKind.HERVERDELING: ("herverdeling.termijn", "Er is binnen {} een andere casemanager."),
    DutyKind.OVERDRACHT: ("overdracht.termijn", "Een overdracht wordt binnen {} bevestigd."),
}
"""The duties whose term counts from the day they opened, with its parameter and sentence."""


@grounded_in(D2022.article(11))
def last_day_of(state: CaseState) -> Finding[date]:
    """The last day of the trajectory: agreed and moved while it runs, a fact once it ended."""
    phase, facts, law = state.phase, state.facts, state.law
    if isinstance(phase, Lopend | EindeOnbeslist):
        return activering.planned_end(phase.plan, facts, law)
    if isinstance(phase, Afronding | Afgesloten):
        return finding(last_day_of, phase.einde, "De vastgestelde laatste dag.", facts={"vorm": phase.vorm})
    return activering.latest_end(facts.start, law, facts.ledger)


@grounded_in(D2022.article(11))
def last_day_after_death(phase: ZonderBetrokkene, state: CaseState) -> date:
    """A trajectory ends with the person, unless it had ended before: by its end, or by the law."""
    before = phase.vorige
    days = [phase.overleden_op]
    if isinstance(before, EindeOnbeslist | Afronding | Afgesloten):
        days.append(before.einde)
    if isinstance(before, Lopend):
        facts = state.facts
        days.append(
            activering.latest_end(before.plan.start, state.law, facts.ledger, facts.granted_end).value
        )
    return min(days)


def current_dates(state: CaseState) -> tuple[CurrentDate, ...]:
    """Every date the trajectory now goes by, with its reason."""
    return tuple(CurrentDate(naam=naam, on=on) for naam, on in _current_dates(state))


def _current_dates(state: CaseState) -> Iterator[tuple[str, Finding[date | None]]]:
    phase, facts, law = state.phase, state.facts, state.law
    if isinstance(phase, Toewijzing | Voorbereiding):
        yield "uiterste einde", optional(activering.latest_end(facts.start, law, facts.ledger))
    if isinstance(phase, Lopend):
        latest = activering.latest_end(phase.plan.start, law, facts.ledger, facts.granted_end)
        yield "uiterste einde", optional(latest)
        yield "gepland einde", optional(activering.planned_end(phase.plan, facts, law))
        if (n := reviews.next_review(state)) is not None:
            yield f"evaluatie {n}", activering.review_due(n, phase.plan, facts, law)
    if isinstance(phase, EindeOnbeslist | Afronding | Afgesloten):
        yield "einde", optional(last_day_of(state))
    if isinstance(phase, Afgesloten):
        yield "heropenen tot", activering.reopening_window(phase.gesloten_op, law)
    for duty in state.live_duties:
        yield f"opdracht {duty.key}", duty.due


@grounded_in(PRACTICE)
def optional(found: Finding[date]) -> Finding[date | None]:
    """A date that is always known, where one is expected that may not be."""
    return Finding[date | None].model_validate(found.model_dump())


def day_after(day: date) -> date:
    """The first day on which something that was due is late."""
    return day + timedelta(days=1)


def ledger_of(duty: Duty, facts: Grounds) -> Ledger:
    """The ledger a duty's ladder obeys: that of the case, or none."""
    return facts.ledger if duty.rests_with_ledger else Ledger()


@grounded_in(PRACTICE)
def as_of(found: Finding[date | None], day: date) -> Finding[date | None]:
    """The same reason, for a day that follows from it."""
    return found.model_copy(update={"value": day})


@grounded_in(PRACTICE)
def follows(on: date) -> Finding[date | None]:
    """What follows at the choice of the participant begins after the last day."""
    return finding(follows, on, "Wat volgt begint na de laatste dag.")


@grounded_in(PRACTICE)
def again(on: date) -> Finding[date | None]:
    """What failed is tried again the same day."""
    return finding(again, on, "Wat niet lukte wordt dezelfde dag opnieuw geprobeerd.")


@grounded_in(PRACTICE)
def reopening_alarm(closed_on: date, state: CaseState) -> Alarm:
    """The day after which a closed trajectory can no longer be reopened, watched by operations."""
    window = activering.reopening_window(closed_on, state.law)
    assert window.value is not None
    return Alarm(key="heropenen", owner=OPERATIES, on=as_of(window, day_after(window.value)))
