"""What a trajectory does next: the date of each duty, what opens when, and every date it now goes by."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.actors import OPERATIES, Actor, Rol
from models.case import CaseState, Facts
from models.duties import Alarm, Duty, DutyKind
from models.findings import Finding
from models.ledger import Ledger
from models.phases import Afgesloten, Afronding, Lopend, Toewijzing, Voorbereiding
from models.steps import CurrentDate
from rules import activering
from rules.grounded import D2022, PRACTICE, finding, grounded_in

VRAAG = {
    DutyKind.TOEWIJZING: "Wijs een casemanager werk en een casemanager zorg toe",
    DutyKind.TRAJECTPLAN: "Maak het trajectplan op met de deelnemer en leg het akkoord vast",
    DutyKind.REVIEW: "Houd de evaluatie en leg ze vast",
    DutyKind.HERVATTING: "Zeg of het traject hervat of nog rust",
    DutyKind.EINDVERSLAG: "Bespreek het einde en dien eindverslag en eindadvies in",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
RESTS_WITH_LEDGER = (DutyKind.TRAJECTPLAN, DutyKind.REVIEW)
END = "einde"


class Opening(NamedTuple):
    """What opens next and from when: a duty, or the end of the trajectory."""

    key: str
    kind: DutyKind | None
    alarm: Alarm


def numbered(base: str, ronde: int) -> str:
    """The key of something that comes once a round: plain the first time, numbered after a reopening."""
    return base if ronde == 1 else f"{base}/{ronde}"


def number_of(key: str) -> int:
    """The number in a key such as review/3."""
    return int(key.partition("/")[2].partition("#")[0])


@grounded_in(PRACTICE)
def owner_of(kind: DutyKind, facts: Facts) -> Actor:
    """Who owes a duty of this kind: werk leads plan, reviews and end; zorg follows up a suspension."""
    if facts.team is None or kind in (DutyKind.TOEWIJZING, DutyKind.HERSTEL):
        return OPERATIES
    zorg = kind is DutyKind.HERVATTING
    return facts.team.casemanager_zorg if zorg else facts.team.casemanager_werk


@grounded_in(PRACTICE)
def due_of(kind: DutyKind, key: str, opened_on: date, state: CaseState) -> Finding[date | None]:
    """When a duty is due now, from the facts as they are known now."""
    facts, law = state.facts, state.law
    match kind:
        case DutyKind.TOEWIJZING:
            return activering.assignment_due(facts.start, law)
        case DutyKind.TRAJECTPLAN:
            return activering.plan_due(facts, law)
        case DutyKind.HERVATTING:
            return activering.resumption_due(number_of(key), facts, law)
        case DutyKind.AFRONDING:
            return activering.closing_note_due(opened_on, law)
        case DutyKind.HERSTEL:
            return activering.repair_due(opened_on, law)
        case DutyKind.EINDVERSLAG:
            return activering.end_documents_due(last_day_of(state).value, law)
        case DutyKind.REVIEW:
            assert isinstance(state.phase, Lopend)
            return activering.review_due(number_of(key), state.phase.plan, facts, law)


@grounded_in(D2022.article(11))
def last_day_of(state: CaseState) -> Finding[date]:
    """The last day of the trajectory: agreed and moved while it runs, a fact once it ended."""
    phase, facts, law = state.phase, state.facts, state.law
    if isinstance(phase, Lopend):
        return activering.planned_end(phase.plan, facts, law)
    if isinstance(phase, Afronding | Afgesloten):
        return finding(last_day_of, phase.einde, "De vastgestelde laatste dag.", facts={"vorm": phase.vorm})
    return activering.latest_end(facts.start, law, facts.ledger)


@grounded_in(D2022.article("10-11, 15, 22"))
def next_opening(state: CaseState) -> Opening:
    """Of what a running trajectory has still to open, the earliest: a review, the end documents, or its end."""
    dated = [o for o in _openings(state) if o.alarm.on.value is not None]
    return min(dated, key=lambda o: (o.alarm.on.value or date.max, o.key))


def _openings(state: CaseState) -> Iterator[Opening]:
    assert isinstance(state.phase, Lopend)
    plan, facts, law = state.phase.plan, state.facts, state.law
    end = activering.planned_end(plan, facts, law)
    if (n := next_review(state)) is not None:
        yield _opening(DutyKind.REVIEW, f"review/{n}", activering.review_opens(n, plan, facts, law), facts)
    key = numbered(DutyKind.EINDVERSLAG, facts.ronde)
    if key not in state.duties:
        yield _opening(DutyKind.EINDVERSLAG, key, activering.end_documents_open(end, law), facts)
    over = as_of(_optional(end), day_after(end.value))
    yield Opening(END, None, Alarm(key=END, owner=owner_of(DutyKind.EINDVERSLAG, facts), on=over))


def _opening(kind: DutyKind, key: str, on: Finding[date | None], facts: Facts) -> Opening:
    return Opening(key, kind, Alarm(key=key, owner=owner_of(kind, facts), on=on))


@grounded_in(D2022.article("15, 6°"))
def next_review(state: CaseState) -> int | None:
    """The number of the next review to open; those before the agreement or at the very end fall away."""
    assert isinstance(state.phase, Lopend)
    plan, facts, law = state.phase.plan, state.facts, state.law
    agreed = max(plan.datum, facts.heropend_op or plan.datum)
    n = 1 + max((number_of(d.key) for d in state.duties.values() if d.kind is DutyKind.REVIEW), default=0)
    while (due := activering.review_due(n, plan, facts, law).value) is not None and due < agreed:
        n += 1
    return None if activering.review_falls_away(n, plan, facts, law).value else n


def current_dates(state: CaseState) -> tuple[CurrentDate, ...]:
    """Every date the trajectory now goes by, with its reason."""
    return tuple(CurrentDate(naam=naam, on=on) for naam, on in _current_dates(state))


def _current_dates(state: CaseState) -> Iterator[tuple[str, Finding[date | None]]]:
    phase, facts, law = state.phase, state.facts, state.law
    if isinstance(phase, Toewijzing | Voorbereiding):
        yield "uiterste einde", _optional(activering.latest_end(facts.start, law, facts.ledger))
    if isinstance(phase, Lopend):
        yield "uiterste einde", _optional(activering.latest_end(phase.plan.start, law, facts.ledger))
        yield "gepland einde", _optional(activering.planned_end(phase.plan, facts, law))
        if (n := next_review(state)) is not None:
            yield f"evaluatie {n}", activering.review_due(n, phase.plan, facts, law)
    if isinstance(phase, Afronding | Afgesloten):
        yield "einde", _optional(last_day_of(state))
    if isinstance(phase, Afgesloten):
        yield "heropenen tot", activering.reopening_window(phase.gesloten_op, law)
    for duty in state.live_duties:
        yield f"opdracht {duty.key}", duty.due


def _optional(found: Finding[date]) -> Finding[date | None]:
    return Finding[date | None].model_validate(found.model_dump())


PERSON = Rol.DEELNEMER


def day_after(day: date) -> date:
    """The first day on which something that was due is late."""
    return day + timedelta(days=1)


def ledger_of(duty: Duty, facts: Facts) -> Ledger:
    """The ledger a duty's ladder obeys: that of the case, or none."""
    return facts.ledger if duty.rests_with_ledger else Ledger()


@grounded_in(PRACTICE)
def as_of(found: Finding[date | None], day: date) -> Finding[date | None]:
    """The same reason, for a day that follows from it."""
    return found.model_copy(update={"value": day})


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


def next_review_due(state: CaseState) -> Finding[date | None] | None:
    """When the next review is due, or none when no more comes."""
    assert isinstance(state.phase, Lopend)
    n = next_review(state)
    return None if n is None else activering.review_due(n, state.phase.plan, state.facts, state.law)


def planned_reviews(state: CaseState) -> tuple[date, ...]:
    """The dates of all reviews of the plan as it is known now."""
    assert isinstance(state.phase, Lopend)
    plan, facts, law = state.phase.plan, state.facts, state.law
    n, days = next_review(state), []
    while n is not None and not activering.review_falls_away(n, plan, facts, law).value:
        due = activering.review_due(n, plan, facts, law).value
        if due is None:
            break
        days.append(due)
        n += 1
    return tuple(days)
