"""What arbeidsmatige activiteiten know of their yearly evaluations: which year each is of, and what each looks at."""

from datetime import date

from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import EvaluatieStand
from models.findings import Finding
from rules import ama, ama_openings, ama_se_instap, toestemmingen
from rules.calendar import add_term
from rules.grounded import D2022, PRACTICE, finding, grounded_in


def let_go(facts: AmaFacts) -> EvaluatieStand | None:
    """The first evaluation that was left because the accompaniment ended; when it runs again, that comes back."""
    return next((each for each in facts.evaluaties if each.losgelaten), None)


@grounded_in(PRACTICE)
def conditions_end(number: int, today: date, state: AmaState) -> Finding[bool]:
    """Whether something of the conditions ends before the next evaluation: a permission, a statuut, or an age.

    Which of them it is stays with the begeleider (D2022 art. 32): the question has one name.
    """
    following = ama.evaluation_day(number + 1, state).value
    valid = toestemmingen.valid_on(today, state.facts)
    days = {day for each in valid for day in (each.tot, each.ingetrokken_per) if day is not None}
    ends = any(today <= day < following for day in days | ama_openings.looks(state))
    told = "Iets van de voorwaarden loopt af." if ends else "De voorwaarden lopen door."
    return finding(conditions_end, ends, told, facts={"volgende verjaardag": following})


def has_to_hear(facts: AmaFacts) -> EvaluatieStand | None:
    """The first open evaluation that has still to hear that somebody else accompanies."""
    return next((each for each in facts.evaluaties if each.wissel and each.afgerond_op is None), None)


def moved(state: AmaState) -> EvaluatieStand | None:
    """The first open evaluation that has still to hear its right anniversary."""
    for each in state.facts.evaluaties:
        told = each.verjaardag if each.afgerond_op is None else None
        if told is not None and told != ama.evaluation_day(each.nummer, state).value:
            return each
    return None


@grounded_in(D2022.article(29))
def years_held(first: date, state: AmaState) -> Finding[int]:
    """The year of the last evaluation, had it all begun on this day: the last whose window had opened; 0 for none."""
    closed = (each.gehouden_op or each.afgerond_op for each in state.facts.evaluaties)
    last = max((day for day in closed if day is not None), default=None)

    def opens(number: int) -> date:
        on = ama.anniversary(number, first, state.law).value
        return add_term(on, -state.law.at("ama.evaluatie_venster", on).term(), state.law)

    years = ama_se_instap.number_of(last, opens)
    told = "Een gesprek telt voor het jaar waarvan het venster open was."
    return finding(years_held, years, told, facts={"eerste dag": first})


def recounted(facts: AmaFacts, state: AmaState) -> AmaFacts:
    """The facts with another first day: the next evaluation is the one after the last that was held, in every year.

    The numbers go on, because each is a trajectory of its own; the year that each is of moves along.
    """
    before, after = state.facts.eerste_dag, facts.eerste_dag
    if before is None or after is None or before == after:
        return facts
    ahead = years_held(before, state).value - years_held(after, state).value
    return facts.model_copy(update={"verschoven": facts.verschoven + ahead})
