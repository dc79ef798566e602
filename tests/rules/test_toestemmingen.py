"""Permissions: whose, from which day up to and including which, for how long again, and what they allow together."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.aanvraag import Statuutcode
from models.ama_case import AmaFacts, AmaState
from models.findings import Verdict
from models.law import Law
from models.phases import Aangemeld
from rules import ama_openings, toestemmingen
from tests.rules.ama_examples import START, facts, permission, statuut

CODES: tuple[Statuutcode, ...] = ("leefloon", "arbeidsongeschikt_werknemer", "rva", "werkzoekend")
DAY = timedelta(days=1)


def with_leefloon(**permitted: Any) -> AmaFacts:
    """Somebody on leefloon with one permission of the OCMW."""
    return facts(statuten=(statuut("leefloon"),), toestemmingen=(permission(1, "leefloon", **permitted),))


@pytest.mark.parametrize(
    ("permitted", "valid"),
    [
        pytest.param({}, True, id="no limits"),
        pytest.param({"vanaf": START}, True, id="its first day"),
        pytest.param({"vanaf": START + DAY}, False, id="the day before its first"),
        pytest.param({"tot": START}, True, id="its last day"),
        pytest.param({"tot": START - DAY}, False, id="the day after its last"),
        pytest.param({"ingetrokken_per": START + DAY}, True, id="the day before it is withdrawn"),
        pytest.param({"ingetrokken_per": START}, False, id="withdrawn from that day on"),
        pytest.param({"antwoord": "vaststelling"}, True, id="found to be allowed"),
        pytest.param({"antwoord": "niet_nodig"}, True, id="not needed"),
        pytest.param({"antwoord": "hergebruikt", "vanaf": START}, True, id="served again"),
        pytest.param({"antwoord": "geweigerd"}, False, id="refused"),
        pytest.param({"antwoord": "niet_bevoegd"}, False, id="somebody else's to give"),
        pytest.param({"antwoord": None}, False, id="not answered"),
        pytest.param({"vervallen": True}, False, id="replaced"),
    ],
)
def test_a_permission_counts_from_its_first_to_its_last_day(permitted: dict[str, Any], valid: bool) -> None:
    """What is missing on the first day refuses hard, whatever the reason."""
    found = toestemmingen.all_permitted(START, with_leefloon(**permitted))
    assert (found.value, found.verdict) == (valid, Verdict.OK if valid else Verdict.HARD)


@pytest.mark.parametrize(
    ("periods", "owed"),
    [
        pytest.param([("geen", None)], 0, id="a statuut that needs none"),
        pytest.param([("leefloon", None), ("rva", None)], 2, id="each its own"),
        pytest.param([("leefloon", START - DAY), ("rva", None)], 1, id="ended the day before"),
        pytest.param([("leefloon", START), ("rva", None)], 2, id="ends that day"),
        pytest.param([("onbekend", None)], 1, id="unknown is asked as well"),
    ],
)
def test_every_statuut_of_the_day_is_asked(periods: list[tuple[str, date | None]], owed: int) -> None:
    """In parallel, each once; a permission is not another agency's."""
    told = facts(statuten=tuple(statuut(code, tot=last) for code, last in periods))
    assert len(list(toestemmingen.to_ask(START, told))) == owed
    found = toestemmingen.all_permitted(START, told)
    assert found.value is (not owed)
    assert set(found.facts) == {"dag"}, "how many are missing is the begeleider's"


def test_a_permission_goes_with_its_statuut() -> None:
    """Known ahead or not: back on leefloon after a gap it is asked anew; a period that follows on is no gap."""
    ends, back = START + 9 * DAY, START + 30 * DAY
    between = statuut("werkzoekend", van=ends + DAY, tot=back - DAY)
    first, again = statuut("leefloon", tot=ends), statuut("leefloon", van=back)
    held = (permission(1, "leefloon", vanaf=START), permission(2, "werkzoekend", sinds=ends + DAY))
    told = facts(statuten=(first, between, again), toestemmingen=held)
    assert toestemmingen.all_permitted(ends, told).value
    assert toestemmingen.standing(ends + DAY, told) == held[1:]
    assert [each.code for each in toestemmingen.to_ask(back, told)] == ["leefloon"]
    assert not toestemmingen.all_permitted(back, told).value
    goes_on = facts(statuten=(first, statuut("leefloon", van=ends + DAY)), toestemmingen=held)
    assert toestemmingen.all_permitted(back, goes_on).value
    asked = (*held, permission(3, "leefloon", sinds=ends + 2 * DAY))
    assert toestemmingen.all_permitted(back, told.model_copy(update={"toestemmingen": asked})).value


@pytest.mark.parametrize(
    ("answer", "counts_on", "again"),
    [
        pytest.param("toelating", None, ["rva"], id="not whose statuut makes way"),
        pytest.param(None, None, [], id="nor who has still to answer"),
        pytest.param("toelating", START, ["leefloon", "rva"], id="a change of now: who permits now"),
        pytest.param(None, START, ["leefloon", "rva"], id="also who was asked about something else"),
        pytest.param("toelating", START + 5 * DAY, ["rva"], id="a change of later: who permits then"),
    ],
)
def test_who_is_asked_again_permits_still(
    answer: str | None, counts_on: date | None, again: list[str]
) -> None:
    """A statuut that was told for later is asked in time, and the one that makes way for it not again."""
    statuten = (statuut("leefloon", tot=START), statuut("werkzoekend", van=START + DAY), statuut("rva"))
    held = (*(permission(n, code, instantie="ocmw") for n, code in ((1, "leefloon"), (2, "rva"))),)
    newest = permission(3, "rva", instantie="rva", antwoord=answer)
    told = facts(statuten=statuten, toestemmingen=(*held, newest))
    found = toestemmingen.to_ask_again(START, told, counts_on)
    assert sorted({each.statuut for each in found}) == again
    assert [each.code for each in toestemmingen.to_ask(START, told)] == []
    assert [each.code for each in toestemmingen.to_ask(START, told, ahead=True)] == ["werkzoekend"]


def test_without_any_statuut_nothing_begins() -> None:
    """Nobody knows whom to ask: that is no permission."""
    found = toestemmingen.all_permitted(START, facts())
    assert (found.value, found.verdict) == (False, Verdict.HARD)


def test_two_agencies_are_both_respected() -> None:
    """The latest beginning, the earliest end and the fewest hours; more hours ask a reason."""
    narrow = {"vanaf": date(2026, 2, 1), "tot": date(2026, 12, 31), "uren_per_week": Decimal(19)}
    told = facts(
        statuten=(statuut("leefloon"), statuut("rva")),
        toestemmingen=(
            permission(1, "leefloon", vanaf=date(2026, 3, 1), uren_per_week=Decimal(12)),
            permission(2, "rva", **narrow),
        ),
    )
    found = toestemmingen.together(START, told).value
    assert found == (date(2026, 3, 1), date(2026, 12, 31), Decimal(12))
    assert toestemmingen.within_hours(Decimal(12), START, told).verdict is Verdict.OK
    assert toestemmingen.within_hours(Decimal("12.01"), START, told).verdict is Verdict.ZACHT


@pytest.mark.parametrize(
    ("code", "granted", "same", "serves"),
    [
        pytest.param("arbeidsongeschikt_werknemer", date(2024, 3, 2), True, True, id="two years to the day"),
        pytest.param("arbeidsongeschikt_werknemer", date(2024, 3, 1), True, False, id="a day longer"),
        pytest.param("arbeidsongeschikt_zelfstandige", date(2025, 3, 2), True, True, id="self-employed"),
        pytest.param("arbeidsongeschikt_werknemer", date(2025, 3, 2), False, False, id="other activity"),
        pytest.param("leefloon", date(2026, 2, 2), True, False, id="not for leefloon"),
        pytest.param("rva", date(2026, 2, 2), True, False, id="not for the RVA"),
    ],
)
def test_an_earlier_permission_serves_again(
    law: Law, code: Statuutcode, granted: date, same: bool, serves: bool
) -> None:
    """For incapacity only, and no reason changes that; older or for another activity a reason is asked."""
    found = toestemmingen.may_serve_again(code, granted, same, START, law)
    refused = Verdict.ZACHT if code in toestemmingen.INCAPACITY else Verdict.HARD
    assert (found.value, found.verdict) == (serves, Verdict.OK if serves else refused)


def test_a_permission_of_a_leap_day_serves_two_years(law: Law) -> None:
    """Two years after 29 February is 28 February."""
    granted = date(2024, 2, 29)
    for today, serves in ((date(2026, 2, 28), True), (date(2026, 3, 1), False)):
        found = toestemmingen.may_serve_again("arbeidsongeschikt_werknemer", granted, True, today, law)
        assert found.value is serves


@pytest.mark.parametrize(
    ("asked", "instantie", "due"),
    [
        pytest.param(None, "ocmw", date(2026, 3, 9), id="five working days to ask"),
        pytest.param(
            date(2026, 3, 5), "ocmw", date(2026, 4, 7), id="thirty days, over a Saturday and Easter"
        ),
        pytest.param(date(2026, 3, 5), "vdab", date(2026, 4, 7), id="no other agency has another term"),
        pytest.param(date(2026, 3, 5), None, date(2026, 4, 7), id="an agency nobody knows"),
    ],
)
def test_asking_and_answering_have_their_terms(
    law: Law, asked: date | None, instantie: str | None, due: date
) -> None:
    """Before it is asked the begeleider's term counts; afterwards one that betrays no agency."""
    each = permission(1, "leefloon", antwoord=None, gevraagd_op=asked, instantie=instantie)
    assert toestemmingen.permission_due(each, law).value == due


def test_a_permission_that_ends_is_asked_again_in_time(law: Law) -> None:
    """Sixty days before its last day."""
    each = permission(1, "leefloon", tot=date(2026, 12, 31))
    assert toestemmingen.renewal_opens(each, law).value == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("told_on", "tot", "asked"),
    [
        pytest.param(date(2026, 3, 2), None, date(2027, 5, 4), id="two years after it was granted"),
        pytest.param(date(2027, 6, 1), None, date(2027, 6, 2), id="older than that, with a reason"),
        pytest.param(date(2026, 3, 2), date(2026, 12, 31), date(2026, 11, 1), id="before its own last day"),
        pytest.param(date(2026, 3, 2), date(2029, 1, 1), date(2027, 5, 4), id="not as long as it says"),
    ],
)
def test_one_that_serves_again_is_asked_anew(law: Law, told_on: date, tot: date | None, asked: date) -> None:
    """It goes on counting: nothing lapses by that day."""
    each = permission(
        1, "arbeidsongeschikt_werknemer", antwoord="hergebruikt", vanaf=date(2025, 5, 4), op=told_on, tot=tot
    )
    told = facts(statuten=(statuut("arbeidsongeschikt_werknemer"),), toestemmingen=(each,))
    state = AmaState(law=law, facts=told, phase=Aangemeld())
    assert [day for _, day in ama_openings.renewals(state)] == [asked]
    assert toestemmingen.all_permitted(asked, told).value is (tot is None or tot >= asked)


some_days = st.dates(START - timedelta(days=40), START + timedelta(days=40))
maybe = st.none() | some_days
permissions = st.builds(
    lambda code, answer, **limits: permission(1, code, antwoord=answer, **limits),
    code=st.sampled_from(CODES),
    answer=st.sampled_from([*toestemmingen.GRANTS, "geweigerd", "niet_bevoegd", None]),
    vanaf=maybe,
    tot=maybe,
    uren_per_week=st.none() | st.integers(1, 40).map(Decimal),
    ingetrokken_per=maybe,
    vervallen=st.booleans(),
)
cases = st.builds(
    lambda statuten, permitted: facts(
        statuten=statuten,
        toestemmingen=tuple(p.model_copy(update={"nummer": n}) for n, p in enumerate(permitted, start=1)),
    ),
    statuten=st.lists(
        st.builds(statuut, code=st.sampled_from([*CODES, "geen"]), van=some_days, tot=maybe), max_size=3
    ),
    permitted=st.lists(permissions, max_size=5),
)


def covered(day: date, code: str, told: AmaFacts) -> bool:
    """Whether a permission for a statuut counts on a day, written out once more."""
    return any(
        each.statuut == code
        and not each.vervallen
        and each.antwoord in ("toelating", "vaststelling", "niet_nodig", "hergebruikt")
        and not (each.vanaf and each.vanaf > day)
        and not (each.tot and each.tot < day)
        and not (each.ingetrokken_per and each.ingetrokken_per <= day)
        and not any(
            s.code == code and s.tot and each.sinds <= s.tot < day and not on(s.tot + DAY, code, told)
            for s in told.statuten
        )
        for each in told.toestemmingen
    )


def on(day: date, code: str, told: AmaFacts) -> bool:
    """Whether somebody has a statuut on a day."""
    return any(s.code == code and s.van <= day and (s.tot is None or s.tot >= day) for s in told.statuten)


@given(cases, some_days)
def test_it_is_never_in_order_while_one_is_missing(told: AmaFacts, day: date) -> None:
    """In order means: a statuut is known, and each one of that day that needs it has a permission that counts."""
    needed = [s.code for s in toestemmingen.statuten_on(day, told) if s.code != "geen"]
    known = bool(toestemmingen.statuten_on(day, told))
    in_order = known and all(covered(day, code, told) for code in needed)
    assert toestemmingen.all_permitted(day, told).value is in_order


@given(cases, some_days)
def test_together_is_never_wider_than_any_of_them(told: AmaFacts, day: date) -> None:
    """No limit of an agency is passed by another that asks less."""
    found = toestemmingen.together(day, told).value
    for each in toestemmingen.valid_on(day, told):
        assert each.vanaf is None or (found.vanaf is not None and found.vanaf >= each.vanaf)
        assert each.tot is None or (found.tot is not None and found.tot <= each.tot)
        assert each.uren_per_week is None or (found.uren is not None and found.uren <= each.uren_per_week)
    assert found.vanaf is None or found.vanaf <= day
    assert found.tot is None or found.tot >= day


@pytest.mark.parametrize(
    ("permitted", "lapsed"),
    [
        pytest.param({"vanaf": START}, 0, id="valid"),
        pytest.param({"tot": START - DAY}, 1, id="ended"),
        pytest.param({"ingetrokken_per": START}, 1, id="taken back"),
        pytest.param({"vanaf": START + DAY}, 0, id="not yet"),
        pytest.param({"vanaf": START + DAY, "ingetrokken_per": START}, 1, id="taken back before it counted"),
        pytest.param({"antwoord": "geweigerd"}, 0, id="refused"),
    ],
)
def test_what_lapsed_can_be_asked_again(permitted: dict[str, Any], lapsed: int) -> None:
    """Only what was given and counts no more; an agency that was asked since then is not asked twice."""
    known = with_leefloon(**permitted)
    assert len(list(toestemmingen.lapsed_on(START, known))) == lapsed
    asked = permission(2, "leefloon", antwoord=None)
    again = known.model_copy(update={"toestemmingen": (*known.toestemmingen, asked)})
    assert not list(toestemmingen.lapsed_on(START, again))
