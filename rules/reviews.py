"""Which evaluations a running trajectory has still to hold, and which of them looks at the whole package."""

from datetime import date

from models.case import CaseState
from models.duties import DutyKind, number_of
from models.findings import Finding
from models.phases import Lopend
from rules import activering
from rules.calendar import add_term
from rules.grounded import D2022, PRACTICE, grounded_in

NEVER = date.max.toordinal()
"""Further away in days than any review that is held."""


@grounded_in(D2022.article("15, 6°"))
def next_review(state: CaseState) -> int | None:
    """The number of the next review to open; those before the agreement or at the very end fall away."""
    assert isinstance(state.phase, Lopend)
    plan, facts, law = state.phase.plan, state.facts, state.law
    agreed = max(plan.datum, facts.heropend_op or plan.datum)
    n = 1 + last_review(state)
    while (due := activering.review_due(n, plan, facts, law).value) is not None and due < agreed:
        n += 1
    return None if activering.review_falls_away(n, plan, facts, law).value else n


def last_review(state: CaseState) -> int:
    """The number of the last review that was asked for; 0 when there was none."""
    return max((number_of(d.key) for d in state.duties.values() if d.kind is DutyKind.REVIEW), default=0)


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


@grounded_in(PRACTICE)
def looks_at_the_year(n: int, state: CaseState) -> bool:
    """Whether a review is the nearest to one year, in a trajectory that lasts longer: it evaluates the package."""
    assert isinstance(state.phase, Lopend)
    plan, facts, law = state.phase.plan, state.facts, state.law
    year = add_term(plan.start, law.at("activering.jaarevaluatie", plan.start).term(), law)
    if activering.planned_end(plan, facts, law).value <= year:
        return False

    def distance(number: int) -> int:
        due = activering.review_due(number, plan, facts, law).value
        if due is None or activering.review_falls_away(number, plan, facts, law).value:
            return NEVER
        return abs((due - year).days)

    before = distance(n - 1) if n > 1 else NEVER
    return distance(n) < before and distance(n) <= distance(n + 1)
