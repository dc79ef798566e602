"""What an AMA asks of its yearly evaluations, and what it does with their answers."""

from datetime import date
from typing import Any

import pytest

from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import EvaluatieStand
from models.evaluatie import EvaluatieAfgerond
from models.law import Law
from models.messages import Rechtzetten
from rules import ama, ama_evaluaties, amaboek
from tests.rules.ama_examples import START, accompanied, permission, statuut

WINDOW, FOLLOWING = date(2026, 12, 22), date(2028, 3, 2)
EVER = permission(1, "leefloon")
ENDS = permission(1, "leefloon", tot=date(2028, 3, 1))


def with_conditions(law: Law, granted: Any, statuten: Any) -> AmaState:
    """Somebody accompanied since March 2026 with one permission."""
    return accompanied(law, START, toestemmingen=(granted,), statuten=statuten)


@pytest.mark.parametrize(
    ("granted", "told", "ends"),
    [
        pytest.param(EVER, {}, False, id="nothing ends"),
        pytest.param(ENDS, {}, True, id="a permission ends before the next evaluation"),
        pytest.param(permission(1, "leefloon", tot=FOLLOWING), {}, False, id="it lasts until the next one"),
        pytest.param(EVER, {"verwacht_einde": date(2027, 9, 1)}, True, id="a statuut may end"),
        pytest.param(
            permission(1, "leefloon", ingetrokken_per=date(2027, 9, 1)),
            {},
            True,
            id="one is taken back later",
        ),
    ],
)
def test_the_conditions_are_looked_at_where_something_of_them_ends(
    law: Law, granted: Any, told: dict[str, Any], ends: bool
) -> None:
    """Whichever it is: whoever reads lists hears only that they are looked at."""
    state = with_conditions(law, granted, (statuut("leefloon", **told),))
    assert ama_evaluaties.conditions_end(1, WINDOW, state).value is ends


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ({"oordeel": "verder"}, False),
        ({"oordeel": "bijsturen"}, True),
        ({"oordeel": "verder", "alles_klopt": False}, True),
        ({}, False),
    ],
)
def test_whatever_does_not_fit_any_more_is_followed_up(told: dict[str, Any], asked: bool) -> None:
    """Insurance, hours or werkpost as much as a permission; which of them, is not told."""
    done = EvaluatieAfgerond.model_validate({"nummer": 1, "datum": WINDOW, **told})
    assert done.vraagt_opvolging is asked


FIRST, LAST_TALK = date(2025, 3, 3), date(2027, 2, 20)


def held(number: int, day: date | None, **other: Any) -> EvaluatieStand:
    """An evaluation that was held on a day, or is open."""
    told = {"nummer": number, "geopend_op": FIRST, "workflow_id": f"evaluatie/{number}", "gehouden_op": day}
    return EvaluatieStand.model_validate({**told, "afgerond_op": day, **other})


def twice_held(law: Law, *more: EvaluatieStand) -> AmaState:
    """Somebody who began in March 2025 and was evaluated in both years."""
    return accompanied(law, FIRST, evaluaties=(held(1, date(2026, 2, 20)), held(2, LAST_TALK), *more))


def begun_on(day: date, state: AmaState) -> AmaState:
    """The same with another first day, as it is put right."""
    told = {"veld": "overeenkomst/1.start", "oud": str(state.facts.eerste_dag), "nieuw": str(day)}
    command = Rechtzetten.model_validate({"datum": LAST_TALK, "waarom": "Verkeerd jaar.", **told})
    facts: AmaFacts
    facts, _ = amaboek.AMABOEK.corrected(command, state)
    return state.model_copy(update={"facts": facts})


@pytest.mark.parametrize(
    ("first", "due"),
    [
        pytest.param(date(2025, 3, 10), date(2028, 3, 10), id="a week: the year stays"),
        pytest.param(date(2026, 3, 2), date(2028, 3, 2), id="a year later: none is left out"),
        pytest.param(date(2024, 3, 4), date(2028, 3, 4), id="a year earlier: none comes twice"),
        pytest.param(date(2025, 6, 2), date(2027, 6, 2), id="the last talk was before its window"),
    ],
)
def test_the_next_evaluation_counts_from_the_last_when_the_first_day_is_put_right(
    law: Law, first: date, due: date
) -> None:
    """At least once a year (art. 29): the number goes on, its anniversary is the one after the last talk."""
    state = begun_on(first, twice_held(law))
    assert ama.next_evaluation(state) == 3
    assert ama.evaluation_day(3, state).value == due


def test_what_is_put_back_is_as_it_was(law: Law) -> None:
    """A first day that could not be leaves nothing behind."""
    before = twice_held(law)
    assert begun_on(FIRST, begun_on(date(2026, 3, 2), before)).facts == before.facts


def test_an_open_evaluation_hears_its_right_anniversary_once(law: Law) -> None:
    """And the dates of the AMA say which it is."""
    open_one = held(3, None, verjaardag=date(2028, 3, 3))
    state = twice_held(law, open_one)
    assert ama_evaluaties.moved(state) is None
    right = begun_on(date(2025, 3, 10), state)
    assert ama_evaluaties.moved(right) == open_one
    dates = {each.naam: each.on.value for each in ama.current_dates(right)}
    assert (dates["evaluatie 3"], dates["evaluatie 4"]) == (date(2028, 3, 10), date(2029, 3, 10))
    heard = held(3, None, verjaardag=date(2028, 3, 10))
    facts = right.facts.model_copy(update={"evaluaties": (*right.facts.evaluaties[:2], heard)})
    assert ama_evaluaties.moved(right.model_copy(update={"facts": facts})) is None
