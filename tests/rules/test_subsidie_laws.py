"""Laws of the subsidies, whatever periods, suspensions, amounts and corrections there are: ceilings, sums and signs."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.ama_stand import Begeleidingsperiode, Rustperiode
from models.kwartaal import Eerder, Plaatsen
from models.subsidie import Begeleid, Regel
from models.vergoedingsstaat import CENT, Bedragen
from rules.jaarstaat import statement
from rules.kwartaaloverzicht import days_of, days_until, ground, lines, year_to_date
from rules.subsidie import ceiling, year_lines
from tests.rules.subsidies import BRUG, LEIE, WERKPOST, amounts

settings.register_profile("subsidie", max_examples=150)
MONEY = settings.get_profile("subsidie")

YEARS = st.sampled_from([2027, 2028])
DAYS = st.integers(0, 1100).map(lambda n: date(2026, 6, 1) + timedelta(days=n))
EUROS = st.decimals("0.01", "9999.99", places=2).map(str)


def period(who: str, van: date, length: int | None) -> dict[str, Any]:
    return {"begeleider": who, "van": van, "tot": None if length is None else van + timedelta(days=length)}


LENGTHS = st.none() | st.integers(0, 500)
AGREEMENTS = st.lists(st.builds(period, st.sampled_from([LEIE, BRUG]), DAYS, LENGTHS), max_size=4)
OF_ONE = st.lists(st.builds(period, st.just(LEIE), DAYS, LENGTHS), max_size=4)
RESTS = st.lists(
    st.builds(lambda van, n: (van, None if n is None else van + timedelta(days=n)), DAYS, LENGTHS), max_size=3
)
CHANGES = st.lists(st.tuples(EUROS, DAYS), max_size=3)


def somebody(
    agreements: Sequence[dict[str, Any]], rests: Sequence[tuple[date, date | None]], number: int = 1
) -> Begeleid:
    return Begeleid(
        kenmerk=f"WZ-2026-{number:06}",
        overeenkomsten=tuple(
            Begeleidingsperiode(nummer=n, werkpost=WERKPOST, **each) for n, each in enumerate(agreements, 1)
        ),
        rusten=tuple(Rustperiode(van=van, tot=tot, oorzaak="ziekte") for van, tot in rests),
    )


def changed(name: str, rows: Sequence[tuple[str, date]]) -> Bedragen:
    return amounts((name, value, van) for value, van in {van: (value, van) for value, van in rows}.values())


PEOPLE = st.builds(somebody, AGREEMENTS, RESTS)
AMOUNTS = st.builds(lambda rows: changed("subsidie.ama_wvg", rows), CHANGES)
SE_AMOUNTS = st.builds(lambda rows: changed("subsidie.ama_se", rows), CHANGES)
CROWDS = st.lists(st.tuples(OF_ONE, RESTS), max_size=5).map(
    lambda told: [somebody(a, r, n) for n, (a, r) in enumerate(told, 1)]
)
PLACES = st.lists(
    st.builds(lambda n, van: Plaatsen(aantal=n, van=van), st.integers(0, 4), DAYS),
    max_size=3,
    unique_by=lambda each: each.van,
)


def worth(regels: Sequence[Regel]) -> Decimal:
    return sum((line.bedrag.value for line in regels), Decimal(0))


@MONEY
@given(who=PEOPLE, jaar=YEARS, bedragen=AMOUNTS)
def test_a_participant_never_gives_more_than_the_maximum_of_the_year(
    who: Begeleid, jaar: int, bedragen: Bedragen
) -> None:
    """However many agreements and begeleiders: each line from nothing up, together at most the maximum, in cents."""
    made = year_lines(who, jaar, bedragen)
    assert worth(made) <= ceiling(jaar, bedragen).value
    assert all(line.bedrag.value >= 0 for line in made)
    assert all(line.bedrag.value.as_tuple().exponent == -2 for line in made)
    assert len({line.begeleiders for line in made}) == len(made)


@MONEY
@given(van=st.integers(0, 360), cuts=st.lists(st.integers(1, 360), max_size=4), jaar=YEARS, bedragen=AMOUNTS)
def test_below_the_maximum_it_is_additive(van: int, cuts: list[int], jaar: int, bedragen: Bedragen) -> None:
    """A period cut in pieces, one begeleider after another, gives what the whole gives, to the cent."""
    first, last = date(jaar, 1, 1) + timedelta(days=van), date(jaar, 12, 31)
    begins = sorted({first, *(day for n in cuts if (day := date(jaar, 1, 1) + timedelta(days=n)) > first)})
    ends = [*(begin - timedelta(days=1) for begin in begins[1:]), last]
    pieces = [
        {"begeleider": f"ORG-{n:03}", "van": begin, "tot": end}
        for n, (begin, end) in enumerate(zip(begins, ends, strict=True))
    ]
    whole = year_lines(somebody([period(LEIE, first, None)], ()), jaar, bedragen)
    cut = year_lines(somebody(pieces, ()), jaar, bedragen)
    assert (worth(cut), sum(line.dagen for line in cut)) == (worth(whole), whole[0].dagen)
    apart = [worth(year_lines(somebody([piece], ()), jaar, bedragen)) for piece in pieces]
    if worth(whole) < ceiling(jaar, bedragen).value:
        assert abs(sum(apart) - worth(whole)) <= CENT * len(pieces) / 2


@MONEY
@given(who=PEOPLE, more=st.builds(period, st.sampled_from([LEIE, BRUG]), DAYS, LENGTHS), bedragen=AMOUNTS)
def test_one_more_agreement_never_lowers_a_year(who: Begeleid, more: Any, bedragen: Bedragen) -> None:
    """More days are never less money; days that were there already are none."""
    added = Begeleidingsperiode(nummer=9, werkpost=WERKPOST, **more)
    longer = who.model_copy(update={"overeenkomsten": (*who.overeenkomsten, added)})
    twice = who.model_copy(update={"overeenkomsten": who.overeenkomsten * 2})
    before = worth(year_lines(who, 2027, bedragen))
    assert worth(year_lines(longer, 2027, bedragen)) >= before == worth(year_lines(twice, 2027, bedragen))


@MONEY
@given(told=st.lists(st.tuples(PEOPLE, AMOUNTS), min_size=2, max_size=4))
def test_statements_add_up_to_what_is_known_last(told: list[tuple[Begeleid, Bedragen]]) -> None:
    """Whatever changed in between: rights and corrections over all statements are what each year gives now.

    Only corrections are ever below zero.
    """
    stated: tuple[Regel, ...] = ()
    years = range(2027, 2027 + len(told))
    for jaar, (who, bedragen) in zip(years, told, strict=True):
        made = statement(LEIE, jaar, [who], bedragen, stated, range(2027, jaar))
        assert made.saldo == made.recht + made.correcties
        assert all(line.bedrag.value >= 0 for line in made.regels if line.soort == "recht")
        assert made.recht >= 0
        stated += made.regels
    who, bedragen = told[-1]
    for jaar in years:
        for waiting in (False, True):
            said = [line for line in stated if line.jaar == jaar and line.te_beslissen == waiting]
            now = [
                line
                for line in year_lines(who, jaar, bedragen)
                if LEIE in line.begeleiders and line.te_beslissen == waiting
            ]
            assert worth(said) == worth(now)


@MONEY
@given(who=PEOPLE, bedragen=AMOUNTS)
def test_nothing_new_is_nothing_to_correct(who: Begeleid, bedragen: Bedragen) -> None:
    """The same facts and amounts give no correction."""
    first = statement(LEIE, 2027, [who], bedragen)
    assert statement(LEIE, 2028, [who], bedragen, first.regels, [2027]).correcties == 0


@MONEY
@given(crowd=CROWDS, jaar=YEARS, places=PLACES, bedragen=SE_AMOUNTS)
def test_the_year_is_the_sum_of_its_quarters(
    crowd: list[Begeleid], jaar: int, places: list[Plaatsen], bedragen: Bedragen
) -> None:
    """Each quarter from nothing up, four of them exactly the year, and the year at most the contingent."""
    known = {jaar: [days_of(each, jaar) for each in crowd]}
    made = [lines(jaar, kwartaal, known, places, bedragen) for kwartaal in (1, 2, 3, 4)]
    rights = [line.bedrag.value for quarter in made for line in quarter]
    year = year_to_date(jaar, 4, known[jaar], places, bedragen)
    assert len(rights) == 4
    assert all(right >= 0 for right in rights)
    assert sum(rights) == year.value <= Decimal(year.facts["maximum"])


@MONEY
@given(told=st.lists(st.tuples(CROWDS, PLACES, SE_AMOUNTS), min_size=4, max_size=4))
def test_overviews_add_up_to_what_is_known_last(told: list[Any]) -> None:
    """Facts, places and amounts that change every quarter: rights and corrections are the year as it is known last."""
    everybody = {who.kenmerk for crowd, _, _ in told for who in crowd}
    earlier: list[Eerder] = []
    stated = Decimal(0)
    for kwartaal, (crowd, places, bedragen) in enumerate(told, 1):
        absent = [somebody([], (), int(each[-6:])) for each in everybody - {who.kenmerk for who in crowd}]
        known = {2027: [days_of(each, 2027) for each in (*crowd, *absent)]}
        made = lines(2027, kwartaal, known, places, bedragen, earlier)
        assert all(line.bedrag.value >= 0 for line in made if line.soort == "recht")
        stated += sum((line.bedrag.value for line in made), Decimal(0))
        until = year_to_date(2027, kwartaal, known[2027], places, bedragen)
        assert stated == until.value
        earlier = [
            Eerder(
                jaar=2027,
                kwartaal=kwartaal,
                bedrag=stated,
                dagen=days_until(2027, kwartaal, known[2027]),
                grond=ground(until).value,
            )
        ]
