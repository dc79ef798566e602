"""The hours of two werkposten count together: beside what the agencies allow, and for what the social economy asks."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.ama import OvereenkomstSluiten, OvereenkomstWijzigen
from models.ama_case import AmaState
from models.ama_verloop import Overeenkomst, Wijziging
from models.findings import Verdict
from models.law import Law
from models.phases import Begeleid
from rules import ama_uren
from rules.ama_wijzigingen import with_change
from rules.amaboek import AMABOEK
from tests.rules.ama_examples import BEGELEIDER, MEANDER, START, agreement, facts, permission, statuut

DAY = timedelta(days=1)
LATER = START + 30 * DAY


@pytest.mark.parametrize(
    ("second", "hours"),
    [
        pytest.param({}, 20, id="both run"),
        pytest.param({"begonnen": False, "start": LATER}, 20, id="signed, and begins by then"),
        pytest.param({"begonnen": False, "start": LATER + DAY}, 12, id="signed, and begins later"),
        pytest.param({"begonnen": False, "einde": START}, 12, id="given back"),
        pytest.param({"einde": LATER}, 20, id="its last day"),
        pytest.param({"einde": LATER - DAY}, 12, id="ended the day before"),
        pytest.param({"afgesproken_einde": LATER - DAY}, 12, id="signed until the day before"),
    ],
)
def test_what_runs_on_a_day_is_added_up(second: dict[str, Any], hours: int) -> None:
    """Each agreement from its first day up to and including its last; the one in question can be left out."""
    other = agreement(nummer=2, **{"uren_per_week": Decimal(8), "start": START, **second})
    told = facts(overeenkomsten=(agreement(), other))
    assert ama_uren.agreed_on(LATER, told) == hours
    assert ama_uren.agreed_on(LATER, told, but=1) == hours - 12


def two(law: Law, *agreements: Overeenkomst, **other: Any) -> AmaState:
    """Somebody on leefloon, who may do sixteen hours a week."""
    allowed = (permission(1, "leefloon", vanaf=START, uren_per_week=Decimal(16)),)
    known = facts(statuten=(statuut("leefloon"),), toestemmingen=allowed, overeenkomsten=agreements, **other)
    return AmaState(law=law, facts=known, phase=Begeleid())


def soft(command: OvereenkomstSluiten | OvereenkomstWijzigen, state: AmaState) -> set[str]:
    """The rules about hours that ask for a reason."""
    found = AMABOEK.findings_against(command, state, LATER)
    return {each.rule for each in found if each.verdict is Verdict.ZACHT and "hours" in each.rule}


@pytest.mark.parametrize(
    ("hours", "variant", "asks"),
    [
        pytest.param(4, "wvg", set(), id="as much as is allowed"),
        pytest.param(5, "wvg", {"toestemmingen.within_hours"}, id="an hour more"),
        pytest.param(4, "se", set(), id="enough together"),
    ],
)
def test_a_second_agreement_counts_on_top_of_the_first(
    law: Law, hours: int, variant: str, asks: set[str]
) -> None:
    """Twelve hours and four are sixteen, also for the twelve that the social economy asks."""
    told = {
        **{"opdracht": "overeenkomst/2", "datum": LATER, "door": BEGELEIDER, "werkpost": MEANDER},
        **{"activiteit": "keuken", "start": LATER, "uren_per_week": Decimal(hours)},
        **{"getekend_op": LATER, "verzekerd_tot": date(2032, 12, 31)},
    }
    state = two(law, agreement(), variant=variant)
    assert soft(OvereenkomstSluiten.model_validate(told), state) == asks


@pytest.mark.parametrize(("hours", "asks"), [(8, set()), (9, {"toestemmingen.within_hours"})])
def test_other_hours_of_one_count_beside_the_other(law: Law, hours: int, asks: set[str]) -> None:
    """What it was before counts no more: eight hours beside eight are sixteen."""
    state = two(law, agreement(), agreement(nummer=2, uren_per_week=Decimal(8)))
    told = {"datum": LATER, "door": BEGELEIDER, "nummer": 1, "vanaf": LATER, "uren_per_week": Decimal(hours)}
    assert soft(OvereenkomstWijzigen.model_validate(told), state) == asks


def test_what_becomes_too_much_later_is_found_on_its_day(law: Law) -> None:
    """An agreement that has still to begin and a change of a later day count on theirs, and none that fits."""
    coming = agreement(LATER, nummer=2, begonnen=False, uren_per_week=Decimal(5))
    assert ama_uren.too_many_from(START, two(law, agreement(), coming).facts) == LATER
    more = with_change(agreement(), Wijziging(nummer=1, vanaf=LATER, uren_per_week=Decimal(17)))
    assert ama_uren.too_many_from(START, two(law, more).facts) == LATER
    assert ama_uren.too_many_from(START, two(law, agreement()).facts) is None
