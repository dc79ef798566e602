"""Who takes over an AMA: known to the tables, and recognised or with a reason."""

from datetime import date

import pytest

from models.actors import OPERATIES, Actor, Rol
from models.ama_orders import Opgezocht
from models.ama_stand import Variant
from models.ama_verloop import Overname, Periode
from models.findings import Verdict
from rules.ama_overname import may_take_over

DAY = date(2026, 7, 1)
TODAY = (Periode(van=DAY, tot=DAY),)
BEFORE = (Periode(van=date(2024, 1, 1), tot=date(2026, 6, 30)),)


@pytest.mark.parametrize(
    ("variant", "bekend", "erkend", "reason", "may", "verdict"),
    [
        pytest.param("wvg", True, TODAY, False, True, Verdict.OK, id="recognised on the day"),
        pytest.param("wvg", True, BEFORE, False, False, Verdict.ZACHT, id="until the day before"),
        pytest.param(
            "wvg", True, BEFORE, True, True, Verdict.ZACHT, id="until the day before, with a reason"
        ),
        pytest.param("wvg", True, (), False, False, Verdict.ZACHT, id="never recognised"),
        pytest.param("se", True, (), False, True, Verdict.OK, id="the social economy asks none"),
        pytest.param("wvg", False, (), True, False, Verdict.HARD, id="unknown, whatever the reason"),
        pytest.param("se", False, (), True, False, Verdict.HARD, id="unknown in the social economy"),
    ],
)
def test_who_takes_over_is_known_and_recognised_or_has_a_reason(
    variant: Variant, bekend: bool, erkend: tuple[Periode, ...], reason: bool, may: bool, verdict: Verdict
) -> None:
    """What runs goes on with a reason; nothing goes to whom nobody knows."""
    new = Overname(
        begeleider=Actor(rol=Rol.BEGELEIDER, organisatie="ORG-X"),
        vanaf=DAY,
        met_reden=reason,
        door=OPERATIES,
    )
    found = may_take_over(new, variant, Opgezocht(bekend=bekend, erkend=erkend))
    assert (found.value, found.verdict, found.article) == (may, verdict, "D2022 art. 30")
