"""What arbeidsmatige activiteiten know of their yearly evaluations: which year each is of, and what each looks at."""

from datetime import date

from models.ama_case import AmaState
from models.findings import Finding
from rules import ama, ama_openings, toestemmingen
from rules.grounded import PRACTICE, finding, grounded_in


@grounded_in(PRACTICE)
def conditions_end(number: int, today: date, state: AmaState) -> Finding[bool]:
    """Whether something of the conditions ends before the next evaluation: a permission, a statuut, or an age.

    Which of them it is stays with the begeleider (D2022 art. 32): the question has one name.
    """
    first = state.facts.eerste_dag
    assert first is not None
    following = ama.anniversary(number + 1, first, state.law).value
    valid = toestemmingen.valid_on(today, state.facts)
    days = {day for each in valid for day in (each.tot, each.ingetrokken_per) if day is not None}
    ends = any(today <= day < following for day in days | ama_openings.looks(state))
    told = "Iets van de voorwaarden loopt af." if ends else "De voorwaarden lopen door."
    return finding(conditions_end, ends, told, facts={"volgende verjaardag": following})
