"""How agreements end: one leaves the others alone, the last takes the whole along, and nobody is paid after it."""

from datetime import date

import pytest

from models.ama_verloop import GeplandEinde, Overeenkomst
from models.law import Law
from models.phases import AmaGesloten, Begeleid, Gepland, Uitstroom, Voorphase, ZonderBetrokkene
from rules import ama
from rules.ama_einde import cannot_go_on, takes_along, with_the_whole
from rules.ama_openings import openings
from rules.ama_wijzigingen import periods
from rules.amaboek import AMABOEK
from tests.rules.ama_examples import START, accompanied, agreement, facts

MARCH_2, MARCH_3, MARCH_30, JUNE_30 = (
    date(2029, 3, 2),
    date(2029, 3, 3),
    date(2029, 3, 30),
    date(2029, 6, 30),
)


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ((), MARCH_2),
        ((agreement(nummer=2),), None),
        ((agreement(MARCH_3, nummer=2, begonnen=False),), None),
        ((agreement(nummer=2, einde=JUNE_30),), JUNE_30),
        ((agreement(MARCH_3, nummer=2, begonnen=False, einde=JUNE_30),), JUNE_30),
        ((agreement(JUNE_30, nummer=2, begonnen=False, einde=JUNE_30),), MARCH_2),
    ],
    ids=[
        "alone",
        "another runs",
        "the next was signed",
        "another has its end",
        "the next has its end",
        "another never begins",
    ],
)
def test_the_last_agreement_takes_the_whole_along(
    others: tuple[Overeenkomst, ...], found: date | None
) -> None:
    """One that is signed and still has to begin goes on as well as one that runs."""
    ended = agreement(einde=MARCH_2, afgesproken_einde=MARCH_2)
    assert takes_along(facts(overeenkomsten=(ended, *others))).value == found


@pytest.mark.parametrize(
    ("each", "found"),
    [
        (agreement(), MARCH_30),
        (agreement(einde=MARCH_2), MARCH_2),
        (agreement(einde=JUNE_30), MARCH_30),
        (agreement(JUNE_30, begonnen=False), JUNE_30),
    ],
    ids=["running", "ended before", "announced for later", "never begun"],
)
def test_none_outlives_the_whole(each: Overeenkomst, found: date) -> None:
    """A last day that was announced for later comes with the whole; what never began keeps its own days in order."""
    assert with_the_whole(each, MARCH_30) == found


def test_an_announced_end_keeps_nothing_from_beginning(law: Law) -> None:
    """Its first day comes all the same; what ends on its first day before it came never begins."""
    for einde, comes in ((None, True), (JUNE_30, True), (MARCH_3, False)):
        state = accompanied(law, START)
        second = agreement(MARCH_3, nummer=2, begonnen=False, einde=einde)
        state.facts = state.facts.model_copy(update={"overeenkomsten": (agreement(START), second)})
        assert ("begin/2" in {each.key for each in openings(state)}) is comes


@pytest.mark.parametrize(
    ("planned", "agreements", "said"),
    [
        (None, (agreement(),), "geen laatste dag gepland"),
        (JUNE_30, (agreement(),), None),
        (JUNE_30, (agreement(einde=JUNE_30),), "geen overeenkomst loopt verder"),
        (JUNE_30, (agreement(einde=JUNE_30), agreement(MARCH_30, nummer=2, begonnen=False)), None),
        (JUNE_30, (agreement(afgesproken_einde=MARCH_2),), "overeenkomst 1 is voorbij"),
        (JUNE_30, (agreement(afgesproken_einde=MARCH_3),), None),
    ],
    ids=[
        "none planned",
        "it goes on",
        "nothing goes on",
        "another comes",
        "signed to end before",
        "ends today",
    ],
)
def test_a_planned_last_day_is_taken_back_where_something_goes_on(
    planned: date | None, agreements: tuple[Overeenkomst, ...], said: str | None
) -> None:
    """Nobody goes on without an agreement, and none is over all at once because the whole goes on."""
    end = GeplandEinde(einde=planned, oorzaak="werkpost") if planned else None
    why = cannot_go_on(facts(overeenkomsten=agreements, gepland_einde=end), MARCH_3)
    assert (why is None) if said is None else (why is not None and said in why)


def test_a_declaration_of_what_never_begins_is_taken_back_soon(law: Law) -> None:
    """Counted from the day on which it turned out so, not from a first day that may be far off."""
    never = agreement(JUNE_30, begonnen=False, einde=JUNE_30, dimona_in=MARCH_2)
    assert ama.dimona_out(never, MARCH_2, law).value == date(2029, 3, 5)
    assert ama.dimona_out(agreement(einde=JUNE_30), MARCH_2, law).value == date(2029, 7, 2)


@pytest.mark.parametrize("announced", [None, JUNE_30])
def test_the_earlier_of_two_known_last_days_counts(announced: date | None) -> None:
    """No day after the end of the whole is accompanied, whatever was announced for one agreement."""
    (period,) = periods(agreement(einde=announced), MARCH_30)
    assert period.tot == MARCH_30


@pytest.mark.parametrize(
    ("before", "last"),
    [
        (Begeleid(), MARCH_3),
        (Uitstroom(einde=MARCH_2, oorzaak="op_vraag"), MARCH_2),
        (Uitstroom(einde=MARCH_30, oorzaak="op_vraag"), MARCH_3),
        (AmaGesloten(einde=MARCH_30, oorzaak="op_vraag", gesloten_op=MARCH_30), MARCH_3),
    ],
    ids=["accompanied", "ended before", "the death is told after the end", "closed"],
)
def test_nobody_is_accompanied_after_a_death(law: Law, before: Voorphase, last: date) -> None:
    """The days end with the death or before it, also while the closing note is still owed."""
    died = ZonderBetrokkene(overleden_op=MARCH_3, command_id="een", vorige=before)
    state = accompanied(law, START, died)
    stand = AMABOEK.shown(state).ama
    assert stand is not None
    assert [each.tot for each in stand.overeenkomsten] == [last]
    assert ama.last_day_of(state) == last


def test_a_planned_end_is_no_end_yet(law: Law) -> None:
    """Until it passed the period stays open: who goes on until then is counted as who goes on."""
    planned = GeplandEinde(einde=JUNE_30, oorzaak="op_vraag")
    for phase in (Begeleid(), Gepland(start=START)):
        stand = AMABOEK.shown(accompanied(law, START, phase, gepland_einde=planned)).ama
        assert stand is not None
        assert [each.tot for each in stand.overeenkomsten] == [None]
