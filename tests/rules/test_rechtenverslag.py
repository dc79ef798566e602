"""The rights report counts the same persons before and after, and is silent about few of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.onthaal import Recht
from models.rechtenverslag import (
    Aantal,
    Intrekking,
    Rechtencijfers,
    Signaal,
    Vergelijking,
    Voordeel,
    Werkwijze,
)
from rules.rechtenverslag import (
    compared,
    figures,
    longest_list,
    only_started,
    per_hour,
    shown,
    smallest_cell,
)
from tests.law import shipped_law
from tests.rules.measured import AFTER, BEFORE, CODES, LISTED, meting, people, seen

FIVE, TEN = 5, 10
YEAR = (date(2027, 1, 1), date(2027, 12, 31))
WORKFLOW = "onthaaltraject/OT-1"
ENERGY, BILL = CODES


def counted(persons: list[Vergelijking], only_zero: int = 0) -> Rechtencijfers:
    """The figures over some persons, with the smallest cell as it ships."""
    return figures(persons, only_zero, LISTED, FIVE, TEN)


def of(cijfers: Rechtencijfers, code: str = ENERGY) -> Voordeel:
    """The row of one benefit."""
    (row,) = (each for each in cijfers.voordelen if each.code == code)
    return row


def numbers(cijfers: Rechtencijfers) -> list[Aantal | None]:
    """Every number of persons or rights that the report shows."""
    rows: list[Voordeel | Werkwijze | Signaal] = [
        *cijfers.voordelen,
        *cijfers.werkwijzen,
        *cijfers.signalen,
    ]
    counts = [
        value
        for row in rows
        for name, value in row
        if name not in ("code", "naam", "methode", "drempel", "minuten", "per_uur")
    ]
    return [cijfers.personen, cijfers.alleen_nul, *counts]


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, 0),
        (1, "< 5"),
        (4, "< 5"),
        (5, 5),
        (7, 5),
        (8, 10),
        (12, 10),
        (13, 15),
        (132, 130),
    ],
)
def test_a_number_is_told_by_steps_of_the_smallest_cell(count: int, told: Aantal) -> None:
    """Nobody is nobody, few are few, and more are rounded to the nearest five."""
    assert shown(count, FIVE) == told


def test_another_smallest_cell_has_other_steps() -> None:
    """Half a step goes up, and what is told is never less than the smallest cell."""
    assert [shown(count, TEN) for count in (9, 10, 14, 15)] == ["< 10", 10, 10, 20]


def test_the_smallest_cell_and_the_length_of_the_list_are_assumed_agreements() -> None:
    """Five and ten, as the tables have them."""
    law, on = shipped_law(), date(2027, 1, 1)
    assert (smallest_cell(law, on).value, smallest_cell(law, on).status) == (FIVE, "assumed")
    assert (longest_list(law, on).value, longest_list(law, on).status) == (TEN, "assumed")


def test_the_same_persons_are_counted_before_and_after() -> None:
    """Ten entitled and none receiving; at the end ten of them receive."""
    row = of(counted(people(10, seen(), seen(ontvangt=True))))
    assert (row.recht_nul, row.recht_eind) == (10, 10)
    assert (row.ontvangt_nul, row.ontvangt_eind, row.nieuw) == (0, 10, 10)


def test_what_was_received_already_is_not_new() -> None:
    """Nor is what somebody lost."""
    kept = people(5, seen(ontvangt=True), seen(ontvangt=True))
    lost = people(5, seen(ontvangt=True), seen(recht="nee"), start=5)
    row = of(counted(kept + lost))
    assert (row.ontvangt_nul, row.ontvangt_eind, row.nieuw) == (10, 5, 0)
    assert (row.recht_nul, row.recht_eind) == (10, 5)


@pytest.mark.parametrize("nul", [seen(recht="niet_nagegaan"), seen(code=BILL)], ids=["said", "not asked"])
def test_what_nobody_looked_at_is_counted_apart(nul: Recht) -> None:
    """It is not without, so what is received later is not new."""
    row = of(counted(people(5, nul, seen(ontvangt=True))))
    assert (row.niet_nagegaan_nul, row.niet_nagegaan_eind) == (5, 0)
    assert (row.recht_nul, row.ontvangt_nul, row.ontvangt_eind, row.nieuw) == (0, 0, 5, 0)


def test_who_does_not_want_it_is_counted_apart() -> None:
    """It is no entitlement, and a change of mind shows."""
    row = of(counted(people(5, seen(recht="wil_niet"), seen(ontvangt=True))))
    assert (row.wil_niet_nul, row.wil_niet_eind) == (5, 0)
    assert (row.recht_nul, row.recht_eind, row.nieuw) == (0, 5, 5)


def test_few_persons_give_no_number() -> None:
    """Not in a row, not in the number of persons, and not by method."""
    cijfers = counted(people(4, seen(), seen(ontvangt=True, drempel="persoon")), only_zero=2)
    assert (cijfers.personen, cijfers.alleen_nul) == ("< 5", "< 5")
    assert (of(cijfers).recht_nul, of(cijfers).nieuw, of(cijfers, BILL).recht_nul) == ("< 5", "< 5", 0)
    assert cijfers.werkwijzen == (
        Werkwijze(methode="gesprek", personen="< 5", minuten=None, nieuw=None, per_uur=None),
    )
    assert cijfers.signalen == ()


def test_nobody_at_all_gives_an_empty_report() -> None:
    """Every benefit is there with nobody in it."""
    cijfers = counted([])
    assert set(numbers(cijfers)) == {0}
    assert len(cijfers.voordelen) == len(LISTED)
    assert (cijfers.werkwijzen, cijfers.signalen) == ((), ())


def test_methods_stand_side_by_side() -> None:
    """10 rights in 10 hours of talks is 1,00 an hour; 5 in 2,5 hours at home 2,00."""
    talks = people(10, seen(), seen(ontvangt=True), minuten=30)
    home = people(5, seen(), seen(ontvangt=True), start=10, minuten=15, methode="huisbezoek")
    assert counted(talks + home).werkwijzen == (
        Werkwijze(methode="gesprek", personen=10, minuten=600, nieuw=10, per_uur=Decimal("1.00")),
        Werkwijze(methode="huisbezoek", personen=5, minuten=150, nieuw=5, per_uur=Decimal("2.00")),
    )


def test_a_person_counts_under_the_method_of_the_start() -> None:
    """With the minutes of both measurements."""
    persons = [
        Vergelijking(
            nul=meting("nul", seen(), wie=f"OT-{each}", methode="werkbank", minuten=50),
            eind=meting("eind", seen(ontvangt=True), wie=f"OT-{each}", methode="telefoon", minuten=10),
        )
        for each in range(5)
    ]
    (row,) = counted(persons).werkwijzen
    assert (row.methode, row.minuten, row.per_uur) == ("werkbank", 300, Decimal("1.00"))


def test_few_new_rights_give_no_rights_an_hour() -> None:
    """Minutes do, and none at all is zero an hour."""
    nothing = people(5, seen(), seen())
    (row,) = counted(nothing).werkwijzen
    assert (row.minuten, row.nieuw, row.per_uur) == (300, 0, Decimal("0.00"))
    (row,) = counted(nothing + people(1, seen(), seen(ontvangt=True), start=5)).werkwijzen
    assert (row.minuten, row.nieuw, row.per_uur) == (360, "< 5", None)


@pytest.mark.parametrize(
    ("rights", "minutes", "expected"),
    [
        (10, 90, Decimal("6.67")),
        (5, 2400, Decimal("0.13")),  # 0,125: half a hundredth goes up
        (0, 60, Decimal("0.00")),
        (10, 0, None),
        ("< 5", 60, None),
        (None, 60, None),
    ],
)
def test_rights_an_hour_are_rounded_to_the_hundredth(
    rights: Aantal | None, minutes: int, expected: Decimal | None
) -> None:
    """And there are none without a number or without time."""
    assert per_hour(rights, minutes) == expected


def test_the_thresholds_met_most_come_first() -> None:
    """By benefit and level, in the order of the list where as many met them."""
    people_first = people(8, seen(drempel="organisatie"), seen())
    second = people(5, seen(BILL, drempel="persoon"), seen(BILL, drempel="persoon"), start=8)
    third = people(5, seen(drempel="samenleving"), seen(), start=13)
    few = people(4, seen(drempel="hulpverlener"), seen(), start=18)
    found = counted(people_first + second + third + few).signalen
    assert [(each.code, each.drempel, each.aantal) for each in found] == [
        (ENERGY, "organisatie", 10),
        (ENERGY, "samenleving", 5),
        (BILL, "persoon", 5),
    ]
    assert figures(people_first + second, 0, LISTED, FIVE, 1).signalen == found[:1]


def test_a_benefit_that_is_on_no_list_counts_nowhere() -> None:
    """Its code could be any words."""
    own = seen("naam_van_iemand", drempel="persoon")
    cijfers = counted(people(5, own, own.model_copy(update={"ontvangt": True})))
    assert "naam_van_iemand" not in cijfers.model_dump_json()
    assert (cijfers.signalen, cijfers.werkwijzen[0].nieuw) == ((), 0)


def test_a_later_measurement_of_the_same_kind_replaces_the_earlier() -> None:
    """By its day, and of one day by what was told last."""
    first, again = meting("nul", nummer=1), meting("nul", nummer=2, minuten=45)
    end, later = meting("eind", nummer=3), meting("eind", nummer=4, op=AFTER + timedelta(days=1))
    (found,) = compared([again, first, later, end], [], *YEAR)
    assert (found.nul.minuten, found.eind.nummer) == (45, 4)


def test_the_period_is_that_of_the_end_measurement() -> None:
    """Both its days count; the zero measurement may be older, what came after it is not there yet."""
    told = [meting("nul"), meting("eind"), meting("eind", nummer=10, op=AFTER + timedelta(days=9))]
    (found,) = compared(told, [], AFTER, AFTER)
    assert (found.nul.op, found.eind.op) == (BEFORE, AFTER)
    assert compared(told, [], BEFORE, AFTER - timedelta(days=1)) == ()
    assert compared(told, [], AFTER + timedelta(days=10), YEAR[1]) == ()


def test_a_person_is_counted_once() -> None:
    """Also with two trajectories in the period: the newest counts."""
    again = {"traject": f"{WORKFLOW}-2", "op": AFTER + timedelta(days=60)}
    told = [meting("nul"), meting("eind"), meting("nul", **again), meting("eind", minuten=5, **again)]
    (found,) = compared(told, [], *YEAR)
    assert found.eind.minuten == 5


def test_without_a_zero_measurement_there_is_nothing_to_compare() -> None:
    """Nor with one that came after, or of another trajectory."""
    late = meting("nul", op=AFTER + timedelta(days=1))
    elsewhere = meting("nul", traject="onthaaltraject/OT-2")
    assert compared([meting("eind"), late, elsewhere], [], *YEAR) == ()


@pytest.mark.parametrize(
    ("back", "counts"),
    [
        (Intrekking(traject=WORKFLOW, nummer=20, op=AFTER), False),
        (Intrekking(traject=WORKFLOW, nummer=20, op=date(2028, 3, 1)), False),
        (Intrekking(traject=WORKFLOW, nummer=5, op=BEFORE + timedelta(days=1)), False),
        (Intrekking(traject=WORKFLOW, nummer=0, op=BEFORE), True),
        (Intrekking(traject="onthaaltraject/OT-2", nummer=20, op=AFTER), True),
    ],
    ids=["same day", "after the period", "between the two", "before the first", "of somebody else"],
)
def test_a_consent_that_was_taken_back_leaves_the_person_out(back: Intrekking, counts: bool) -> None:
    """Whenever it was taken back after a measurement, the report knows nothing of it any more."""
    assert bool(compared([meting("nul"), meting("eind")], [back], *YEAR)) == counts


def test_who_has_no_end_measurement_yet_is_counted_apart() -> None:
    """By the zero measurement in the period; a consent taken back leaves them out too."""
    told = [meting("nul"), meting("nul", wie="OT-2"), meting("eind", wie="OT-2")]
    assert only_started(told, [], *YEAR) == {"OT-1"}
    assert only_started(told, [], BEFORE + timedelta(days=1), YEAR[1]) == set()
    assert only_started(told, [Intrekking(traject=WORKFLOW, nummer=2, op=BEFORE)], *YEAR) == set()


rechten = st.builds(
    seen,
    code=st.sampled_from(CODES),
    recht=st.sampled_from(["ja", "nee", "onzeker", "niet_nagegaan", "wil_niet"]),
    ontvangt=st.booleans(),
    drempel=st.sampled_from([None, "persoon", "organisatie"]),
)
groups = st.lists(
    st.tuples(st.integers(1, 9), rechten, rechten, st.sampled_from(["gesprek", "huisbezoek"])), max_size=6
)


def crowd(drawn: list[tuple[int, Recht, Recht, str]]) -> list[Vergelijking]:
    """Groups of people of whom the same was seen."""
    return [
        each
        for start, (number, nul, eind, methode) in enumerate(drawn)
        for each in people(number, nul, eind, start=start * 10, methode=methode)
    ]


@given(groups, st.integers(0, 12), st.sampled_from([2, 5, 10]))
def test_no_number_shown_is_a_small_one(
    drawn: list[tuple[int, Recht, Recht, str]], only_zero: int, smallest: int
) -> None:
    """Each is zero, words, or a multiple of the smallest cell: adding and subtracting gives nothing smaller."""
    cijfers = figures(crowd(drawn), only_zero, LISTED, smallest, TEN)
    for number in numbers(cijfers):
        assert number in (None, f"< {smallest}") or (isinstance(number, int) and number % smallest == 0)
    for row in cijfers.werkwijzen:
        if row.minuten is not None and row.per_uur is not None:
            assert row.per_uur == per_hour(row.nieuw, row.minuten)


@given(groups, groups)
def test_two_reports_tell_of_no_few_persons_by_their_difference(
    drawn: list[tuple[int, Recht, Recht, str]], more: list[tuple[int, Recht, Recht, str]]
) -> None:
    """The report of a longer period minus that of a shorter one."""
    some, all_ = counted(crowd(drawn)), counted(crowd(drawn + more))
    for short, long in zip(some.voordelen, all_.voordelen, strict=True):
        for name in Voordeel.model_fields.keys() - {"code", "naam"}:
            first, second = getattr(short, name), getattr(long, name)
            if isinstance(first, int) and isinstance(second, int):
                assert (second - first) % FIVE == 0


@given(groups)
def test_a_shown_number_is_near_the_true_one(drawn: list[tuple[int, Recht, Recht, str]]) -> None:
    """Never more than half the smallest cell away."""
    persons = crowd(drawn)
    told = of(counted(persons)).ontvangt_eind
    true = sum(any(r.code == ENERGY and r.recht != "niet_nagegaan" and r.ontvangt for r in each.eind.rechten)
               for each in persons)  # fmt: skip
    assert (told == "< 5" and 0 < true < FIVE) or (isinstance(told, int) and abs(told - true) <= FIVE // 2)
