"""What an AMA asks of its yearly evaluations, and what it does with their answers."""

from datetime import date
from typing import Any

import pytest

from models.ama_case import AmaState
from models.evaluatie import EvaluatieAfgerond
from models.law import Law
from rules import ama_evaluaties
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
        ({"oordeel": "verder", "toestemming_klopt": False}, True),
        ({}, False),
    ],
)
def test_whatever_does_not_fit_any_more_is_followed_up(told: dict[str, Any], asked: bool) -> None:
    """Insurance, hours or werkpost as much as a permission; what was told before that is still understood."""
    done = EvaluatieAfgerond.model_validate({"nummer": 1, "datum": WINDOW, **told})
    assert done.vraagt_opvolging is asked
