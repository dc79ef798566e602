"""The dates of AMA to the day: anniversaries, declarations, ages, the pension, and what stands in the way."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ama_case import AmaState
from models.ama_stand import Variant
from models.ama_verloop import Periode
from models.findings import Verdict
from models.law import Law
from models.phases import Aangemeld, AmaGesloten, Begeleid
from rules import ama, ama_openings
from tests.law import shipped_law
from tests.rules.ama_examples import MEANDER, START, accompanied, agreement, facts, permission, statuut

DAY = timedelta(days=1)
LEAP = date(2028, 2, 29)


@pytest.mark.parametrize(
    ("first", "number", "on"),
    [
        pytest.param(LEAP, 1, date(2029, 2, 28), id="29 February, a common year"),
        pytest.param(LEAP, 3, date(2031, 2, 28), id="the third"),
        pytest.param(LEAP, 4, date(2032, 2, 29), id="the next leap day"),
        pytest.param(date(2027, 2, 28), 1, date(2028, 2, 28), id="28 February stays the 28th"),
        pytest.param(date(2026, 12, 31), 1, date(2027, 12, 31), id="year end"),
        pytest.param(date(2026, 5, 1), 2, date(2028, 5, 1), id="a holiday moves no maximum"),
    ],
)
def test_an_anniversary_counts_from_the_first_day(law: Law, first: date, number: int, on: date) -> None:
    """Always from the first day, never from the anniversary before; it moves for no weekend."""
    assert ama.anniversary(number, first, law).value == on


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_anniversaries_follow_each_other_within_a_year(first: date) -> None:
    """Strictly increasing, and never more than a year apart: no year goes without an evaluation."""
    law = shipped_law()
    days = [first, *(ama.anniversary(n, first, law).value for n in range(1, 6))]
    for one, following in pairwise(days):
        assert one < following
        assert following - one <= timedelta(days=366)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param(date(2026, 3, 5), date(2026, 3, 6), id="a Thursday"),
        pytest.param(date(2026, 3, 6), date(2026, 3, 9), id="a Friday"),
        pytest.param(date(2026, 3, 7), date(2026, 3, 9), id="a Saturday"),
        pytest.param(date(2026, 4, 30), date(2026, 5, 4), id="before the first of May and a weekend"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 4), id="year end"),
    ],
)
def test_an_end_is_declared_the_first_working_day_after_it(law: Law, last: date, due: date) -> None:
    """Counted from the last day, whenever it became known."""
    each = agreement(einde=last)
    assert ama.dimona_out(each, date(2026, 6, 1), law).value == due


def test_a_beginning_is_declared_on_the_first_day(law: Law) -> None:
    """Also when that is a Sunday: a maximum does not move."""
    assert ama.dimona_in(agreement(date(2026, 3, 1))).value == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        pytest.param(date(2004, 2, 28), False, id="the day before the 18th birthday"),
        pytest.param(date(2004, 2, 29), True, id="the 18th birthday"),
        pytest.param(date(2053, 2, 28), True, id="pension eve"),
        pytest.param(date(2053, 3, 1), False, id="the first day of the pension"),
    ],
)
def test_the_age_fits_from_eighteen_until_the_pension(day: date, fits: bool) -> None:
    """By date of birth; what does not fit asks a reason and ends nothing by itself."""
    found = ama.of_age(day, facts())
    assert (found.value, found.verdict) == (fits, Verdict.OK if fits else Verdict.ZACHT)


def test_the_last_day_is_pension_eve() -> None:
    """The last possible day is the one before the pension begins."""
    assert ama.last_day_before_pension(facts()).value == date(2053, 2, 28)


@pytest.mark.parametrize(
    ("period", "needed"),
    [
        pytest.param(Periode(van=date(2025, 1, 1)), START - DAY, id="without an end"),
        pytest.param(Periode(van=date(2025, 1, 1), tot=START), START - DAY, id="until the first day"),
        pytest.param(Periode(van=date(2025, 1, 1), tot=START - DAY), None, id="until the day before"),
        pytest.param(Periode(van=date(2026, 12, 31)), date(2026, 12, 30), id="from the last day"),
        pytest.param(Periode(van=date(2027, 1, 1)), None, id="from the day after the last"),
    ],
)
def test_no_day_beside_support_of_the_vaph(period: Periode, needed: date | None) -> None:
    """Hard, and it names the last day that is needed: of the support, or of what would run into it."""
    found = ama.no_vaph(START, date(2026, 12, 31), facts(vaph=(period,)))
    assert found.verdict is (Verdict.HARD if needed else Verdict.OK)
    assert found.value == needed
    assert needed is None or f"{needed:%d-%m-%Y}" in found.reden


@pytest.mark.parametrize(
    ("variant", "hours", "fits"),
    [("wvg", "0.5", True), ("se", "12", True), ("se", "11.99", False)],
)
def test_the_social_economy_asks_twelve_hours(law: Law, variant: Variant, hours: str, fits: bool) -> None:
    """Fewer ask a reason, as somebody may build up; welfare policy asks none."""
    found = ama.enough_hours(Decimal(hours), facts(variant=variant), law, START)
    assert (found.value, found.verdict) == (fits, Verdict.OK if fits else Verdict.ZACHT)


def test_a_recognition_that_is_not_known_asks_a_reason() -> None:
    """Today it may still come; the last look before the first day is the one that refuses."""
    known = facts(erkend=(Periode(van=date(2025, 1, 1), tot=START),))
    assert ama.recognised(START, MEANDER, known).verdict is Verdict.OK
    assert ama.recognised(START + DAY, MEANDER, known).verdict is Verdict.ZACHT
    assert ama.recognised(START + DAY, "ORG-ELDERS", known).verdict is Verdict.OK
    assert ama.recognised(START, MEANDER, facts(variant="se")).verdict is Verdict.OK


def test_a_twenty_fifth_birthday_asks_for_a_look_once(law: Law) -> None:
    """Three months before it, for who is on groeipakket; a statuut that ends asks the day after it."""
    young = {"statuten": (statuut("groeipakket"),), "vijfentwintig_op": date(2027, 5, 31)}
    state = accompanied(law, START, **young, opgezocht=("pensioen",))
    opening = ama_openings.next_opening(state)
    assert opening is not None
    assert (opening.key, opening.alarm.on.value) == ("evaluatie/1", date(2026, 12, 22))
    held = accompanied(law, START, **young, te_openen=0, opgezocht=("voorwaarden/2027-02-28",))
    keys = {each.key: each.alarm.on.value for each in ama_openings.openings(state)}
    assert keys["voorwaarden/2027-02-28"] == date(2027, 2, 28)
    assert "voorwaarden/2027-02-28" not in {each.key for each in ama_openings.openings(held)}


def test_a_statuut_that_ends_is_looked_at_the_day_after(law: Law) -> None:
    """Known or expected, with a permission or without, once for each end; what ended before the notice asks nothing."""
    ends = date(2026, 6, 30)
    state = accompanied(
        law,
        START,
        statuten=(
            statuut("rva", tot=ends),
            statuut("leefloon", verwacht_einde=date(2026, 7, 31)),
            statuut("ivt_it", tot=date(2026, 8, 31)),
            statuut("werkzoekend", tot=START - DAY),
            statuut("geen", tot=ends),
        ),
    )
    keys = {each.key: each.alarm.on.value for each in ama_openings.openings(state)}
    assert {key: on for key, on in keys.items() if key.startswith("voorwaarden")} == {
        "voorwaarden/2026-07-01": date(2026, 7, 1),
        "voorwaarden/2026-08-01": date(2026, 8, 1),
        "voorwaarden/2026-09-01": date(2026, 9, 1),
    }


@pytest.mark.parametrize("field", ["tot", "verwacht_einde"])
def test_the_last_day_that_there_is_has_no_day_after_it(law: Law, field: str) -> None:
    """Files write it for no end at all: what was told so before it was refused breaks no morning."""
    held = permission(1, "leefloon", tot=date.max)
    told = facts(statuten=(statuut("leefloon", **{field: date.max}),), toestemmingen=(held,))
    state = AmaState(law=law, facts=told, phase=Begeleid())
    assert (ama_openings.looks(state), ama_openings.turns(state)) == (frozenset(), frozenset())
    assert ama_openings.next_opening(state) is not None


def test_what_begins_or_ends_later_is_looked_at_on_its_day(law: Law) -> None:
    """A statuut that begins, a grant that begins, is taken back or ends: each day once, and none before the notice."""
    granted = permission(
        1,
        "leefloon",
        antwoord="toelating",
        vanaf=START + DAY,
        tot=START + 9 * DAY,
        ingetrokken_per=START + 5 * DAY,
    )
    refused = permission(2, "rva", antwoord="geweigerd", vanaf=START + 3 * DAY)
    later = statuut("rva", van=START + 7 * DAY)
    known = {"statuten": (statuut("leefloon"), later), "toestemmingen": (granted, refused)}
    state = accompanied(law, START, **known)
    assert ama_openings.turns(state) == {START + n * DAY for n in (1, 5, 7, 10)}
    looked = accompanied(law, START, **known, opgezocht=(f"voorwaarden/{START + DAY}",))
    assert ama_openings.turns(looked) == {START + n * DAY for n in (5, 7, 10)}


def test_a_grant_that_follows_on_another_asks_nobody_to_look(law: Law) -> None:
    """What is in order and stays so needs no look; a gap does, and while something is missing every day does."""
    first = permission(1, "leefloon", antwoord="toelating", vanaf=START, tot=START + 9 * DAY)
    for gap, looked_at in ((0, set[int]()), (1, {10})):
        second = permission(2, "leefloon", antwoord="toelating", vanaf=START + (10 + gap) * DAY)
        known = {"statuten": (statuut("leefloon"),), "toestemmingen": (first, second)}
        state = accompanied(law, START, **known, in_orde_op=START)
        assert ama_openings.turns(state) == {START + n * DAY for n in looked_at}
        missing = accompanied(law, START, **known, in_orde_op=None)
        assert ama_openings.turns(missing) == {START + n * DAY for n in {10, 10 + gap}}


@pytest.mark.parametrize(
    ("last", "renewed"),
    [
        pytest.param(None, True, id="the statuut goes on"),
        pytest.param(date(2027, 1, 1), True, id="a day longer"),
        pytest.param(date(2026, 12, 31), False, id="it ends with the permission"),
        pytest.param(date(2026, 8, 31), False, id="it ended long before"),
    ],
)
def test_a_permission_is_renewed_where_its_statuut_goes_on(
    law: Law, last: date | None, renewed: bool
) -> None:
    """Nobody asks an agency that pays no more by then."""
    held = permission(1, "leefloon", tot=date(2026, 12, 31))
    state = accompanied(law, START, statuten=(statuut("leefloon", tot=last),), toestemmingen=(held,))
    assert bool(list(ama_openings.renewals(state))) is renewed


def test_the_dossier_stays_open_half_a_year(law: Law) -> None:
    """For corrections, to the end of a shorter month."""
    closed = AmaGesloten(einde=date(2026, 8, 31), oorzaak="op_vraag", gesloten_op=date(2026, 8, 31))
    state = accompanied(law, START, closed)
    assert ama.stays_open(closed.gesloten_op, state).value == date(2027, 2, 28)


def test_no_evaluation_before_the_first_day_or_after_the_last(law: Law) -> None:
    """While nothing began, and once the last day comes before the anniversary, none is owed."""
    assert ama.next_evaluation(accompanied(law, START, Aangemeld())) is None
    on_the_day = {"gepland_einde": {"einde": date(2027, 3, 2), "oorzaak": "op_vraag"}}
    before = {"gepland_einde": {"einde": date(2027, 3, 1), "oorzaak": "op_vraag"}}
    assert ama.next_evaluation(accompanied(law, START, Begeleid(), **on_the_day)) == 1
    assert ama.next_evaluation(accompanied(law, START, Begeleid(), **before)) is None
