"""What an agency is asked about is what is known that day: a wish, an agreement, a change, or what is permitted now."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from models.ama_aanmelding import Wens
from models.ama_case import AmaFacts
from models.ama_verloop import Overeenkomst, Wijziging
from models.law import Law
from rules.ama_aanvraag import Gevraagd, what_is_asked, wish
from rules.ama_wijzigingen import taken_effect, with_change
from rules.amaboek import AMABOEK
from tests.rules.ama_examples import MEANDER, START, accompanied, agreement, facts, permission, statuut

TODAY, LATER = date(2026, 5, 4), date(2026, 6, 1)
MOESTUIN = "ORG-WP-DE-MOESTUIN"
WISH = Wens(activiteit="moestuin", werkpost=MOESTUIN, uren_per_week=Decimal("7.50"), vanaf=LATER)


def asked(known: AmaFacts, changed: int | None = None) -> Gevraagd:
    return what_is_asked("leefloon", known, TODAY, changed)


def of(*agreements: Overeenkomst, **other: Any) -> AmaFacts:
    return facts(overeenkomsten=agreements, **other)


def test_before_an_agreement_it_is_the_wish() -> None:
    """As far as the person told one; without any, everything is still to be agreed."""
    assert asked(facts(wens=WISH)) == ("moestuin", MOESTUIN, Decimal("7.50"), LATER)
    assert asked(facts(wens=Wens(activiteit="koken"))) == ("koken", None, None, None)
    assert asked(facts()) == (None, None, None, None)


def test_an_agreement_says_what_it_is(law: Law) -> None:
    """Of one that has still to begin its first day; a day that was given back is still to be agreed."""
    signed = agreement(LATER, begonnen=False)
    assert asked(of(signed, wens=WISH)) == ("moestuin", MEANDER, Decimal(12), LATER)
    assert asked(of(signed.model_copy(update={"einde": LATER}))).vanaf is None
    assert wish(of(signed, wens=WISH)) is None


def test_a_change_is_asked_from_its_day() -> None:
    """What was agreed for later, of the agreement that changes, whatever other there is."""
    later = Wijziging(nummer=1, vanaf=LATER, activiteit="inpakken", uren_per_week=Decimal(16))
    first = with_change(agreement(), later)
    other = agreement(nummer=2, activiteit="fietsen")
    assert asked(of(first, other), 1) == ("inpakken", MEANDER, Decimal(16), LATER)
    assert asked(of(taken_effect(first, LATER), other), 1).activiteit == "inpakken"
    assert asked(of(first)) == ("moestuin", MEANDER, Decimal(12), TODAY)
    assert asked(of(first, other)).activiteit == "fietsen"


def test_what_runs_is_asked_from_the_day_after_what_is_permitted() -> None:
    """Only a permission for the same statuut counts; without one it is asked from today on."""
    known = {"statuten": (statuut("leefloon"), statuut("rva"))}
    mine = permission(1, "leefloon", tot=date(2026, 7, 31))
    assert asked(of(agreement(), toestemmingen=(mine,), **known)).vanaf == date(2026, 8, 1)
    others = permission(1, "rva", tot=date(2026, 7, 31))
    assert asked(of(agreement(), toestemmingen=(others,), **known)).vanaf == TODAY


def test_the_wish_is_shown_on_one_line(law: Law) -> None:
    """In the stand until there is an agreement: how lists and the page of the engine have it."""
    state = accompanied(law, START)
    state.facts = facts(wens=WISH)
    told = "moestuin, bij ORG-WP-DE-MOESTUIN, 7,5 uren per week, ten vroegste vanaf 01-06-2026"
    shown = AMABOEK.shown(state)
    assert shown.ama is not None
    assert shown.ama.wens == told
    assert f"\n### Wens\n- {told}" in shown.lines
    assert wish(facts(wens=Wens(vanaf=LATER))) == "ten vroegste vanaf 01-06-2026"


@pytest.mark.parametrize(
    "told",
    [{}, {"uren_per_week": 0}, {"uren_per_week": 41}, {"werkpost": "de moestuin"}, {"activiteit": " "}],
)
def test_a_wish_says_something_that_can_be(told: dict[str, Any]) -> None:
    """An empty one is none, and what is wrong is named by its field."""
    with pytest.raises(ValidationError) as found:
        Wens.model_validate(told)
    (error,) = found.value.errors()
    assert error["loc"] == tuple(told)
