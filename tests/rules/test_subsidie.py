"""The subsidies of arbeidsmatige activiteiten: golden examples with their arithmetic, and what each line says."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from models.ama_stand import Rustperiode
from models.kwartaal import Eerder, Voorschot
from models.law import Term
from models.subsidie import Begeleid, Jaarcijfers, Keuze, Regel
from models.vergoedingsstaat import euro
from rules import jaarstaat, kwartaaloverzicht
from rules.begeleide_dagen import amount_is_known, beyond_rest, by_begeleider, tariffs
from rules.jaarstaat import statement, what_changed
from rules.kwartaaloverzicht import (
    advance,
    days_of,
    days_until,
    ground,
    last_quarter,
    lines,
    quarter_of,
    year_to_date,
)
from rules.subsidie import ceiling, year_lines
from tests.rules.subsidies import (
    BRUG,
    CODES,
    KAAI,
    LEIE,
    SHIPPED,
    accompanied,
    amounts,
    amounts_of,
    examples,
    names,
    participant,
    participants,
    places_of,
    worked_out,
)

ALL_YEAR = (LEIE, date(2026, 5, 4), None)
TEN = places_of({"plaatsen": [{"aantal": 10, "van": date(2026, 1, 1)}]})


def told(regels: tuple[Regel, ...]) -> list[tuple[tuple[str, ...], int, D]]:
    """Lines as an example writes them: whose, how many days, how much."""
    return [(each.begeleiders, each.dagen, each.bedrag.value) for each in regels]


def test_the_written_sums_are_worked_out_exactly() -> None:
    """The table is checked by other arithmetic than that of the rules; half a cent goes up."""
    assert worked_out("1061.20 × 306 ÷ 365") == D("889.66")
    assert (worked_out("0.005"), worked_out("0 - 0.005"), worked_out("(1 + 2) ÷ 3")) == (
        D("0.01"),
        D("-0.01"),
        1,
    )


@pytest.mark.parametrize("example", examples("wvg"), ids=names("wvg"))
def test_a_golden_example_of_a_year(example: Any) -> None:
    """Whose days, how many, and to the cent what they give: as the written sum says."""
    (who,) = participants(example)
    made = year_lines(who, example["jaar"], amounts_of(example))
    assert told(made) == [
        (tuple(CODES[b] for b in row["begeleiders"]), row["dagen"], D(row["bedrag"]))
        for row in example["regels"]
    ]
    assert [worked_out(row["som"]) for row in example["regels"]] == [line.bedrag.value for line in made]


@pytest.mark.parametrize("example", examples("correcties"), ids=names("correcties"))
def test_what_is_known_late_is_a_correction_on_the_next_statement(example: Any) -> None:
    """The first statement stays as it was; the next has the difference, with its reason."""
    first = statement(LEIE, 2027, [participant(example["eerst"])], SHIPPED)
    later = [participant(example["dan"])]
    bedragen = amounts_of(example)
    second = statement(LEIE, 2028, later, bedragen, first.regels, [2027])
    (corrected,) = [line for line in second.regels if line.soort == "correctie"]
    assert (first.saldo, second.recht) == (D(example["staat"]), D(example["recht"]))
    assert corrected.bedrag.value == D(example["correctie"]["bedrag"]) == second.correcties
    assert worked_out(example["correctie"]["som"]) == corrected.bedrag.value
    assert second.saldo == D(example["saldo"]["bedrag"]) == worked_out(example["saldo"]["som"])
    assert (corrected.jaar, corrected.kenmerk) == (2027, "WZ-2026-000001")
    assert example["gezegd"] in corrected.bedrag.reden
    third = statement(LEIE, 2029, later, bedragen, (*first.regels, *second.regels), [2027, 2028])
    assert third.correcties == 0


@pytest.mark.parametrize("example", examples("se"), ids=names("se"))
def test_a_golden_example_of_four_quarters(example: Any) -> None:
    """The year so far and each quarter, to the cent; four quarters are the year."""
    jaar, bedragen, places = example["jaar"], amounts_of(example), places_of(example)
    known = {jaar: [days_of(each, jaar) for each in participants(example)]}
    total = D(0)
    for kwartaal in (1, 2, 3, 4):
        until = year_to_date(jaar, kwartaal, known[jaar], places, bedragen)
        (line,) = lines(jaar, kwartaal, known, places, bedragen)
        assert sum(days_until(jaar, kwartaal, known[jaar]).values()) == example["dagen"][kwartaal - 1]
        for row, found in (
            (example["tot_nu"][kwartaal - 1], until.value),
            (example["kwartalen"][kwartaal - 1], line.bedrag.value),
        ):
            assert found == D(row["bedrag"]) == worked_out(row["som"])
        total += line.bedrag.value
        assert total == until.value


# What a line says


def reden(*periods: Any, jaar: int = 2027, **more: Any) -> str:
    (line,) = year_lines(accompanied(*periods, **more), jaar, SHIPPED)
    return line.bedrag.reden


def test_a_line_shows_its_days_and_its_sum() -> None:
    """From when to when, how many days, and the arithmetic."""
    assert reden((LEIE, date(2027, 3, 1), None)) == (
        "Van 01-03-2027 tot en met 31-12-2027 zijn dat 306 begeleide dagen: "
        f"{euro(D('1061.20'))} × 306 ÷ 365 = {euro(D('889.66'))}."
    )
    assert "is dat 1 begeleide dag:" in reden((LEIE, date(2027, 12, 31), None))
    assert "Geen enkele dag telt mee:" in reden(ALL_YEAR, rusten=[(date(2026, 1, 1), None)])


def test_a_line_says_when_it_stops_at_the_maximum() -> None:
    """What more days would give, and where it stays."""
    said = reden(ALL_YEAR, jaar=2028)
    assert f"× 366 ÷ 365 = {euro(D('1064.11'))}." in said
    assert f"Het maximum van 2028 is {euro(D('1061.20'))}. Daar blijft het bij: {euro(D('1061.20'))}." in said


def test_the_maximum_of_a_year_in_which_the_amount_changes_is_explained() -> None:
    """The mean over all days, with its sum and the assumption under it."""
    later = amounts([("subsidie.ama_wvg", "1100.00", date(2028, 4, 1))])
    found = ceiling(2028, later)
    assert found.value == D("1090.35")
    assert found.reden == (
        f"Het maximum van 2028 is ({euro(D('1061.20'))} × 91 + {euro(D('1100.00'))} × 275) ÷ 366 "
        f"= {euro(D('1090.35'))}."
    )
    assert [row.name for row in found.parameters] == ["subsidie.ama_wvg"] * 2 + ["subsidie.wijziging"]
    assert (ceiling(2028, SHIPPED).status, found.status) == ("law", "assumed")


def test_two_begeleiders_at_once_wait_for_a_human() -> None:
    """Nothing is divided, and nothing is withheld: the days of each alone are theirs, the rest waits beside it."""
    both = accompanied((LEIE, date(2027, 1, 1), date(2027, 6, 30)), (BRUG, date(2027, 6, 1), None))
    waiting = [line for line in year_lines(both, 2027, SHIPPED) if line.te_beslissen]
    assert [line.begeleiders for line in waiting] == [(BRUG, LEIE)]
    assert waiting[0].bedrag.reden.startswith("Te beslissen: op deze dagen zijn er 2 begeleiders. ")
    assert "niets verdeeld en niets ingehouden" in waiting[0].bedrag.reden
    assert "subsidie.ama_wvg.samenloop" in {row.name for row in waiting[0].bedrag.parameters}
    for who, alone in ((LEIE, "439.02"), (BRUG, "534.96")):
        made = statement(who, 2027, [both], SHIPPED)
        assert (made.saldo, made.te_beslissen) == (D(alone), D("87.22"))


def test_what_a_human_decided_moves_by_corrections() -> None:
    """One gets the days on its next statement; with both, what waited is taken back."""
    both = accompanied(
        (LEIE, date(2027, 1, 1), date(2027, 6, 30)), (BRUG, date(2027, 6, 1), date(2027, 12, 31))
    )
    keuze = Keuze(
        kenmerk=both.kenmerk,
        jaar=2027,
        organisatie=LEIE,
        op=date(2028, 2, 5),
        door="MW-0901",
        reden="zo besproken",
    )
    now = year_lines(both, 2027, SHIPPED, [keuze])
    assert told(now) == [((LEIE,), 181, D("526.24")), ((BRUG,), 184, D("534.96"))]
    assert "Op 05-02-2028 is beslist" in now[0].bedrag.reden
    assert "zo besproken" not in now[0].bedrag.reden
    for who, gained in ((LEIE, "87.22"), (BRUG, "0.00")):
        before = statement(who, 2027, [both], SHIPPED)
        after = statement(who, 2028, [both], SHIPPED, before.regels, [2027], [keuze])
        assert (after.correcties, after.te_beslissen) == (D(gained), D("-87.22"))


def test_a_decision_about_another_begeleider_or_year_decides_nothing() -> None:
    """Only one of those who accompanied on these days, and only in its year; the newest decision counts."""
    both = accompanied((LEIE, date(2027, 1, 1), None), (BRUG, date(2027, 1, 1), None))

    def keuze(organisatie: str, jaar: int = 2027, op: date = date(2028, 1, 1)) -> Keuze:
        return Keuze(kenmerk=both.kenmerk, jaar=jaar, organisatie=organisatie, op=op, door="MW-1", reden="x")

    for other in (keuze(KAAI), keuze(LEIE, 2026)):
        assert told(year_lines(both, 2027, SHIPPED, [other]))[0][0] == (BRUG, LEIE)
    newest = [keuze(BRUG, op=date(2028, 3, 1)), keuze(LEIE)]
    assert told(year_lines(both, 2027, SHIPPED, newest)) == [((BRUG,), 365, D("1061.20"))]
    same_day = [keuze(LEIE), keuze(BRUG)]
    assert told(year_lines(both, 2027, SHIPPED, same_day)) == [((BRUG,), 365, D("1061.20"))]


def test_a_line_says_what_it_assumes() -> None:
    """The unit and the rounding always, the rest where it counts."""

    def assumed(who: Begeleid) -> set[str]:
        (line,) = year_lines(who, 2027, SHIPPED)
        return {
            row.name.removeprefix("subsidie.") for row in line.bedrag.parameters if row.status == "assumed"
        }

    base = {"ama_wvg.dagen_per_jaar", "afronding"}
    assert assumed(accompanied(ALL_YEAR)) == base
    assert assumed(accompanied(ALL_YEAR, ALL_YEAR)) == base | {"ama_wvg.per_deelnemer"}
    resting = accompanied(ALL_YEAR, rusten=[(date(2027, 4, 1), date(2027, 7, 1))])
    assert assumed(resting) == base | {"ama_wvg.opschorting"}


def test_nothing_is_corrected_of_somebody_whom_nobody_knows_any_more() -> None:
    """An erased dossier takes no money back."""
    first = statement(LEIE, 2027, [accompanied(ALL_YEAR)], SHIPPED)
    assert statement(LEIE, 2028, [], SHIPPED, first.regels, [2027]).regels == ()


def test_a_year_that_was_never_stated_is_not_corrected() -> None:
    """It has its own statement; only what was stated can differ from it, whoever was on it."""
    made = statement(LEIE, 2028, [accompanied(ALL_YEAR)], SHIPPED)
    assert [line.jaar for line in made.regels] == [2028]


def test_corrections_add_up_over_several_statements() -> None:
    """First an end that came late, then that it was a mistake: down and up again, each once."""
    still, ended = accompanied(ALL_YEAR), accompanied((LEIE, date(2026, 5, 4), date(2027, 6, 30)))
    told_so_far: tuple[Regel, ...] = ()
    corrections = []
    for jaar, known in ((2027, still), (2028, ended), (2029, still), (2030, still)):
        made = statement(LEIE, jaar, [known], SHIPPED, told_so_far, range(2027, jaar))
        told_so_far += made.regels
        corrections.append(
            [(line.jaar, line.bedrag.value) for line in made.regels if line.soort == "correctie"]
        )
    assert corrections == [[], [(2027, D("-534.96"))], [(2027, D("534.96")), (2028, D("1061.20"))], []]


def test_a_correction_keeps_what_it_rests_on() -> None:
    """What stood, what it is now, and the days, as facts of its Finding; and how it is computed now."""
    first = statement(LEIE, 2027, [accompanied(ALL_YEAR)], SHIPPED)
    ended = accompanied((LEIE, date(2026, 5, 4), date(2027, 6, 30)))
    second: Jaarcijfers = statement(LEIE, 2028, [ended], SHIPPED, first.regels, [2027])
    (line,) = second.regels
    assert line.bedrag.facts == {"eerder": "1061.20", "nu": "526.24", "dagen": "181"}
    assert f"Over 2027 stond er {euro(D('1061.20'))}; het is nu {euro(D('526.24'))}." in line.bedrag.reden
    assert "× 181 ÷ 365" in line.bedrag.reden


def test_a_year_needs_an_amount_for_each_of_its_days() -> None:
    """Before 2024 nobody knows it, and no statement makes one up."""
    assert amount_is_known("subsidie.ama_wvg", 2024, SHIPPED).value
    unknown = amount_is_known("subsidie.ama_wvg", 2023, SHIPPED)
    assert (unknown.value, unknown.reden) == (
        False,
        "Op 01-01-2023 is er geen bedrag subsidie.ama_wvg gekend.",
    )


# The quarter overview


@pytest.mark.parametrize(
    ("day", "asked", "period"),
    [
        (date(2027, 3, 31), (2026, 4), (date(2026, 10, 1), date(2026, 12, 31))),
        (date(2027, 4, 1), (2027, 1), (date(2027, 1, 1), date(2027, 3, 31))),
        (date(2028, 1, 1), (2027, 4), (date(2027, 10, 1), date(2027, 12, 31))),
        (date(2028, 5, 31), (2028, 1), (date(2028, 1, 1), date(2028, 3, 31))),
    ],
)
def test_a_quarter_is_over_on_the_day_after_it(
    day: date, asked: tuple[int, int], period: tuple[date, date]
) -> None:
    """The last one that is over, with its first and last day."""
    assert last_quarter(day) == asked
    assert quarter_of(*asked) == period


def test_a_quarter_says_the_year_so_far_and_where_it_stops() -> None:
    """Days, mean, sum, contingent, and what came before."""
    known = {2027: [days_of(accompanied((KAAI, date(2026, 5, 4), None), number=n), 2027) for n in range(12)]}
    (line,) = lines(2027, 4, known, TEN, SHIPPED)
    assert line.bedrag.reden == (
        f"Het jaar tot en met kwartaal 4 is {euro(D('28122.00'))}, "
        f"min {euro(D('25240.46'))} tot en met kwartaal 3. "
        "Tot en met 31-12-2027 zijn er 4380 begeleide dagen: gemiddeld 12,00 trajecten. "
        f"{euro(D('2812.20'))} × 4380 ÷ 365 = {euro(D('33746.40'))}. "
        f"Het contingent is 10 plaatsen: 10 × {euro(D('2812.20'))} = {euro(D('28122.00'))}. Daar blijft het bij."
    )
    assert line.bedrag.status == "assumed"


def test_days_in_a_suspension_count_and_stand_apart() -> None:
    """No source says that they do not; the department can see them."""
    resting = accompanied((KAAI, date(2027, 1, 1), None), rusten=[(date(2027, 2, 1), date(2027, 3, 1))])
    found = days_of(resting, 2027)
    assert (len(found.days), len(found.rested)) == (365, 28)


def test_a_late_end_is_a_correction_in_the_next_quarter() -> None:
    """Two of ninety days were told of the first quarter and one of them ended on 31 January: 59 days less.

    2812.20 × 180 ÷ 365 = 1386.84 and 2812.20 × 121 ÷ 365 = 932.26; 932.26 − 1386.84 = −454.58.
    """
    running = accompanied((KAAI, date(2026, 5, 4), None), number=1)
    ended = accompanied((KAAI, date(2026, 5, 4), date(2027, 1, 31)), number=2)
    both = [days_of(running, 2027), days_of(running.model_copy(update={"kenmerk": ended.kenmerk}), 2027)]
    first = year_to_date(2027, 1, both, TEN, SHIPPED)
    stated = Eerder(
        jaar=2027, kwartaal=1, bedrag=first.value, dagen=days_until(2027, 1, both), grond=ground(first).value
    )
    now = {2027: [days_of(running, 2027), days_of(ended, 2027)]}
    right, corrected = lines(2027, 2, now, TEN, SHIPPED, [stated])
    assert (first.value, corrected.bedrag.value) == (D("1386.84"), D("-454.58"))
    assert "Anders zijn: WZ-2026-000002 31 in plaats van 90 dagen." in corrected.bedrag.reden
    until = year_to_date(2027, 2, now[2027], TEN, SHIPPED)
    assert first.value + corrected.bedrag.value + right.bedrag.value == until.value


def test_an_amount_known_late_is_a_correction_too() -> None:
    """2900.00 from 1 February, known in April: (2812.20 × 31 + 2900.00 × 59) ÷ 365 = 707.61, 693.42 was told."""
    mine = [days_of(accompanied((KAAI, date(2026, 5, 4), None)), 2027)]
    first = year_to_date(2027, 1, mine, TEN, SHIPPED)
    stated = Eerder(
        jaar=2027, kwartaal=1, bedrag=first.value, dagen=days_until(2027, 1, mine), grond=ground(first).value
    )
    later = amounts([("subsidie.ama_se", "2900.00", date(2027, 2, 1))])
    _, corrected = lines(2027, 2, {2027: mine}, TEN, later, [stated])
    assert (first.value, corrected.bedrag.value) == (D("693.42"), D("14.19"))
    assert "Het bedrag of het contingent is veranderd." in corrected.bedrag.reden


def test_a_year_with_somebody_whom_nobody_knows_any_more_is_not_corrected() -> None:
    """An erased dossier takes no money back from a holder either."""
    stated = Eerder(jaar=2026, kwartaal=4, bedrag=D("100.00"), dagen={"WZ-2026-000009": 10}, grond="x")
    assert [line.soort for line in lines(2027, 1, {}, TEN, SHIPPED, [stated])] == ["recht"]


def test_an_advance_is_a_line_of_its_own() -> None:
    """Above zero, with its day; it is taken off the balance."""
    paid = Voorschot(nummer=7, jaar=2027, op=date(2027, 2, 15), bedrag=D("5000.005"))
    found = advance(paid)
    assert found.value == D("5000.01")
    assert found.reden == f"Op 15-02-2027 is {euro(D('5000.01'))} voorschot betaald voor 2027."
    back = advance(Voorschot(nummer=8, jaar=2027, op=date(2027, 2, 15), bedrag=D(-5)))
    assert (back.value, "verkeerd genoteerd" in back.reden) == (D(-5), True)
    *_, line = lines(2027, 1, {}, TEN, SHIPPED, (), [paid])
    assert (line.soort, line.voorschot, line.bedrag.value) == ("voorschot", 7, D("5000.01"))


@pytest.mark.parametrize("places", [(), places_of({"plaatsen": [{"aantal": 3, "van": date(2028, 1, 1)}]})])
def test_without_places_there_is_nothing(places: Any) -> None:
    """A contingent of nothing is a maximum of nothing."""
    mine = [days_of(accompanied((KAAI, date(2026, 5, 4), None)), 2027)]
    assert year_to_date(2027, 4, mine, places, SHIPPED).value == 0


# The days under both


def test_a_day_belongs_to_everybody_who_accompanies_on_it() -> None:
    """Two agreements with one begeleider are one day; the last day counts, what lies outside the year does not."""
    who = accompanied(
        (LEIE, date(2026, 12, 1), date(2027, 1, 2)), (LEIE, date(2027, 1, 2), date(2027, 1, 3)),
        (BRUG, date(2027, 1, 3), date(2027, 1, 4)),
    )  # fmt: skip
    assert by_begeleider(who, 2027) == {
        date(2027, 1, 1): (LEIE,),
        date(2027, 1, 2): (LEIE,),
        date(2027, 1, 3): (BRUG, LEIE),
        date(2027, 1, 4): (BRUG,),
    }


@pytest.mark.parametrize(
    ("rests", "first", "count"),
    [
        ([(date(2027, 1, 1), date(2027, 2, 1))], None, 0),  # 31 days, all of them count
        ([(date(2027, 1, 1), date(2027, 2, 2))], date(2027, 2, 1), 1),  # the 32nd does not
        ([(date(2027, 1, 1), date(2027, 1, 20)), (date(2027, 1, 20), date(2027, 2, 2))], date(2027, 2, 1), 1),
        (
            [(date(2027, 1, 1), date(2027, 1, 20)), (date(2027, 1, 21), date(2027, 2, 2))],
            None,
            0,
        ),  # two of them
        (
            [(date(2027, 1, 1), date(2027, 3, 1)), (date(2027, 1, 10), date(2027, 1, 20))],
            date(2027, 2, 1),
            28,
        ),
        ([(date(2027, 12, 1), None)], None, 0),  # 1 to 31 December are its first 31 days
        ([(date(2026, 12, 1), None)], date(2027, 1, 1), 365),
        ([(date(2028, 1, 1), None)], None, 0),  # it begins after the year
    ],
)
def test_a_suspension_counts_so_many_days(rests: Any, first: date | None, count: int) -> None:
    """From its own first day, whatever year that lies in; suspensions that touch or overlap are one."""
    told = [Rustperiode(van=van, tot=tot, oorzaak="ziekte") for van, tot in rests]
    found = beyond_rest(told, Term.parse("31 dagen"), 2027, SHIPPED)
    assert (min(found, default=None), len(found)) == (first, count)


def test_the_amounts_of_a_year_touch_and_fill_it() -> None:
    """A row of the first day is the only one; one of later in the year begins a second part."""
    assert [(each.van, each.tot) for each in tariffs("subsidie.ama_wvg", 2024, SHIPPED)] == [
        (date(2024, 1, 1), date(2024, 12, 31))
    ]
    later = amounts([("subsidie.ama_wvg", "1100.00", date(2027, 4, 1))])
    assert [(each.amount, each.van, each.tot) for each in tariffs("subsidie.ama_wvg", 2027, later)] == [
        (D("1061.20"), date(2027, 1, 1), date(2027, 3, 31)),
        (D("1100.00"), date(2027, 4, 1), date(2027, 12, 31)),
    ]


def test_what_changed_is_said_in_words() -> None:
    """Other days, another amount, both, or only the way of sharing."""
    (year,) = year_lines(accompanied(ALL_YEAR), 2027, SHIPPED)
    (half,) = year_lines(accompanied((LEIE, date(2027, 7, 1), None)), 2027, SHIPPED)
    later = amounts([("subsidie.ama_wvg", "1100.00", date(2027, 4, 1))])
    (dearer,) = year_lines(accompanied(ALL_YEAR), 2027, later)
    assert what_changed(half, year).value == "Er tellen 184 dagen in plaats van 365."
    assert what_changed(dearer, year).value == "Het bedrag voor een jaar is veranderd."
    assert what_changed(year, year).value == "De maat of de verdeling van de dagen is veranderd."
    assert what_changed(None, year).value == ""


def test_a_correction_of_what_is_gone_is_all_that_was_stated() -> None:
    """No accompaniment is known any more in that year: the whole amount comes back, with that as its reason."""
    (year,) = year_lines(accompanied(ALL_YEAR), 2027, SHIPPED)
    gone = jaarstaat.correction(2027, None, jaarstaat.Stated(D("1061.20"), year))
    assert gone.value == D("-1061.20")
    assert gone.reden.endswith("Er is in dat jaar geen begeleiding meer bekend.")


def test_the_contingent_in_money_says_its_sum() -> None:
    """Places times the amount; when the places change, the mean over all days; after a closure none are left."""
    assert kwartaaloverzicht.ceiling(2027, TEN, SHIPPED).value == D("28122.00")
    closing = {"plaatsen": [{"aantal": 2, "van": date(2026, 1, 1), "tot": date(2027, 3, 31)}]}
    found = kwartaaloverzicht.ceiling(2027, places_of(closing), SHIPPED)
    assert found.value == worked_out("2 × 2812.20 × 90 ÷ 365")
    assert found.facts == {"contingent": "2 plaatsen, 0 plaatsen"}


def test_the_first_quarter_has_nothing_before_it() -> None:
    """The quarter is then the year so far."""
    until = year_to_date(2027, 1, [days_of(accompanied(ALL_YEAR), 2027)], TEN, SHIPPED)
    assert kwartaaloverzicht.quarter(1, until, None).value == until.value
    nothing = Eerder(jaar=2027, kwartaal=1, bedrag=D("0.00"), dagen={}, grond=ground(until).value)
    added = kwartaaloverzicht.correction(nothing, until, {"WZ-2026-000001": 90})
    assert (added.value, added.facts["deelnemers"]) == (until.value, "1")
