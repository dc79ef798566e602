"""Golden examples of the money of a trajectory, each with its arithmetic written out."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from models.findings import Finding, Verdict
from models.vergoedingsstaat import Bedragen, Regel, balance, euro
from models.verloop import Geld
from rules.verdeelstaat import division
from rules.vergoedingen import rounded, split
from rules.vergoedingsstaat import lines
from tests.rules.money import (
    AMOUNTS,
    BRUG,
    COORDINATOR,
    DELTA,
    END,
    KOMPAAN,
    LEIE,
    START,
    VDAB,
    after,
    amounts,
    dispute,
    divided,
    given,
    paid,
    recovered,
    table,
    tandem,
    trajectory,
)

ZORG, WERK, NETWERK = "samenwerkingsverband_zorg", "casemanager_werk", "netwerk"
UNKNOWN = (WERK, "recht", VDAB, None)
"""Art. 16 gives the right, and nobody knows the amount: never a 0 that somebody made up."""
ALL = (NETWERK, "recht", COORDINATOR, D("3220.00"))


def of(lijn: str, regels: tuple[Regel, ...]) -> list[tuple[str, str | None, D | None]]:
    """The lines of one right: what, whose, how much."""
    return [(soort, who, bedrag) for which, soort, who, bedrag in table(regels) if which == lijn]


def notes(regels: tuple[Regel, ...], lijn: str) -> list[str]:
    """What stands beside the lines of one right."""
    return [note.value for each in regels if each.lijn == lijn for note in each.opmerkingen]


def test_a_full_year_gives_three_lines() -> None:
    """883,27 once, 3.220,00 once, and a right without an amount; 883,27 + 3.220,00 = 4.103,27 is known."""
    made = lines(trajectory(), AMOUNTS)
    assert table(made) == [(ZORG, "recht", LEIE, D("883.27")), UNKNOWN, ALL]
    assert balance(line for line in made if line.lijn != WERK) == D("4103.27")
    assert balance(made) is None
    assert not [note for line in made for note in line.opmerkingen]


def test_the_line_without_an_amount_says_so() -> None:
    """The right of the casemanager werk is law; the amount is not known."""
    (werk,) = [line for line in lines(trajectory(), AMOUNTS) if line.lijn == WERK]
    assert werk.bedrag.reden == "De casemanager werk heeft recht op een vergoeding; bedrag niet gekend."
    assert (werk.bedrag.article, werk.bedrag.status) == ("D2022 art. 16", "law")


def test_an_amount_that_becomes_known_fills_its_line() -> None:
    """A row for the casemanager werk is enough: 500,00 from the day it holds."""
    known = amounts(("vergoeding.casemanager_werk", "500.00", date(2026, 1, 1)))
    made = lines(trajectory(), known)
    assert of(WERK, made) == [("recht", VDAB, D("500.00"))]
    assert balance(made) == D("4603.27")  # 883,27 + 500,00 + 3.220,00


@pytest.mark.parametrize(
    ("others", "taken", "left", "outside"),
    [
        (["1200.50"], "1200.50", "2019.50", "0.00"),  # 3.220,00 − 1.200,50 = 2.019,50
        (["500.00", "700.50"], "1200.50", "2019.50", "0.00"),  # 500,00 + 700,50 = 1.200,50
        (["3220.00"], "3220.00", "0.00", "0.00"),  # the whole line, to the cent
        (["2000.00", "1500.00"], "3220.00", "0.00", "280.00"),  # 3.500,00 − 3.220,00 = 280,00
    ],
)
def test_other_payments_are_taken_off_the_network_line_only(
    others: list[str], taken: str, left: str, outside: str
) -> None:
    """Art. 21 concerns the network; what goes beyond its line is explained and takes nothing from others."""
    made = lines(trajectory(geld=Geld(betalingen=tuple(paid(each) for each in others))), AMOUNTS)
    assert table(made)[:2] == [(ZORG, "recht", LEIE, D("883.27")), UNKNOWN]
    assert of(NETWERK, made) == [
        ("recht", COORDINATOR, D("3220.00")),
        ("aftrek", COORDINATOR, -D(taken)),
    ]
    deducted = made[-1].bedrag
    assert balance(made[2:]) == D(left)
    assert (deducted.article, deducted.facts["buiten de aftrek"]) == ("D2022 art. 21", outside)
    assert ("gaat nooit onder 0" in deducted.reden) == (D(outside) > 0)


def test_a_deduction_shows_its_sum() -> None:
    """Oldest first, each with its day, and what they come to."""
    geld = Geld(betalingen=(paid("700.50", date(2027, 4, 1)), paid("500.00", date(2027, 3, 12))))
    reden = lines(trajectory(geld=geld), AMOUNTS)[-1].bedrag.reden
    assert (
        f"{euro(D('500.00'))} (12-03-2027) + {euro(D('700.50'))} (01-04-2027) = {euro(D('1200.50'))}" in reden
    )


def test_a_reassignment_splits_the_line_by_days() -> None:
    """883,27 × 120 ÷ 365 = 290,3901… and × 245 ÷ 365 = 592,8798…: cut 290,39 + 592,87, the last cent to the second.

    290,39 + 592,88 = 883,27.
    """
    made = lines(trajectory(tandem(START), tandem(after(120), BRUG)), AMOUNTS)
    assert of(ZORG, made) == [("recht", LEIE, D("290.39")), ("recht", BRUG, D("592.88"))]
    assert of(WERK, made) == [("recht", VDAB, None)]
    assert made[0].bedrag.status == "assumed"
    assert f"120 van 365 dagen, {euro(D('883.27'))} × 120 ÷ 365 = {euro(D('290.39'))}" in made[0].bedrag.reden


def test_the_days_before_the_assignment_count_for_the_first() -> None:
    """Assigned on the tenth day and reassigned after 120: still 120 and 245 of 365 days."""
    made = lines(trajectory(tandem(after(9)), tandem(after(120), BRUG)), AMOUNTS)
    assert of(ZORG, made) == [("recht", LEIE, D("290.39")), ("recht", BRUG, D("592.88"))]


def test_three_organisations_share_to_the_cent() -> None:
    """100, 101 and 164 days of 365: 241,9917… 244,4116… 396,8665…: cut 241,99 + 244,41 + 396,86 = 883,26.

    The cent that is left goes to the largest remainder, the third: 0,65… of a cent; 241,99 + 244,41 + 396,87 = 883,27.
    """
    made = lines(trajectory(tandem(START), tandem(after(100), BRUG), tandem(after(201), DELTA)), AMOUNTS)
    shares = [("recht", LEIE, D("241.99")), ("recht", BRUG, D("244.41")), ("recht", DELTA, D("396.87"))]
    assert of(ZORG, made) == shares
    assert sum(share for _, _, share in shares) == D("883.27")


def test_an_organisation_that_comes_back_has_one_line() -> None:
    """100 + 65 = 165 days and 200: 399,2864… and 483,9835…, cut 399,28 + 483,98, the last cent to the first."""
    made = lines(trajectory(tandem(START), tandem(after(100), BRUG), tandem(after(300))), AMOUNTS)
    assert of(ZORG, made) == [("recht", LEIE, D("399.29")), ("recht", BRUG, D("483.98"))]


@pytest.mark.parametrize(
    "tandems",
    [
        (tandem(START), tandem(after(90), werk=KOMPAAN)),  # only work changed hands
        (tandem(after(9)),),  # assigned on the tenth day: the first counts from the start
        (tandem(START), tandem(after(365), BRUG)),  # after the end
        (tandem(START, BRUG), tandem(START)),  # put right on the same day: no day for the other
        (tandem(after(120)), tandem(START)),  # told in another order
    ],
)
def test_who_had_every_day_has_the_whole_line(tandems: tuple[Any, ...]) -> None:
    """Nothing is split that one organisation did all along."""
    assert of(ZORG, lines(trajectory(*tandems), AMOUNTS)) == [("recht", LEIE, D("883.27"))]


def test_both_organisations_of_a_split_right_without_amount_are_named() -> None:
    """Two had the work half: two rights, no amount, and no share that somebody made up."""
    made = lines(trajectory(tandem(START), tandem(after(90), werk=KOMPAAN)), AMOUNTS)
    assert of(WERK, made) == [("recht", VDAB, None), ("recht", KOMPAAN, None)]


def test_a_disputed_line_stays_and_says_why() -> None:
    """883,27 stays 883,27; the reason stands beside that line and no other."""
    geld = Geld(betwistingen=(dispute("samenwerkingsverband_zorg", LEIE, "er waren maar twee gesprekken."),))
    made = lines(trajectory(geld=geld), AMOUNTS)
    assert table(made) == table(lines(trajectory(), AMOUNTS))
    assert notes(made, ZORG) == ["betwistbaar: er waren maar twee gesprekken (gezegd op 01-02-2028)"]
    assert notes(made, NETWERK) == []
    assert made[0].opmerkingen[0].verdict is Verdict.ZACHT


def test_a_dispute_stands_beside_the_line_of_its_own_organisation() -> None:
    """After a reassignment the other share is not in question; in a name without a line, both are."""
    tandems = (tandem(START), tandem(after(120), BRUG))
    own = lines(trajectory(*tandems, geld=Geld(betwistingen=(dispute(ZORG, BRUG),))), AMOUNTS)
    other = lines(trajectory(*tandems, geld=Geld(betwistingen=(dispute(ZORG, DELTA),))), AMOUNTS)
    assert [len(line.opmerkingen) for line in own if line.lijn == ZORG] == [0, 1]
    assert [len(line.opmerkingen) for line in other if line.lijn == ZORG] == [1, 1]


@pytest.mark.parametrize(
    ("decided", "taken", "left"),
    [
        (["100.00"], ["100.00"], "783.27"),  # 883,27 − 100,00
        (["500.00", "500.00"], ["500.00", "383.27"], "0.00"),  # 883,27 − 500,00 = 383,27 is all that is left
        (["1000.00"], ["883.27"], "0.00"),  # capped at the line: 116,73 stays outside
    ],
)
def test_a_recovery_is_a_line_of_its_own_after_a_hearing(
    decided: list[str], taken: list[str], left: str
) -> None:
    """Art. 26-27: the right stays as it was, the correction names the hearing and never goes below 0."""
    geld = Geld(terugvorderingen=tuple(recovered(ZORG, LEIE, each) for each in decided))
    made = [line for line in lines(trajectory(geld=geld), AMOUNTS) if line.lijn == ZORG]
    assert [line.bedrag.value for line in made] == [D("883.27"), *(-D(each) for each in taken)]
    assert balance(made) == D(left)
    last = made[-1].bedrag
    assert (last.article, last.facts["gehoord op"]) == ("D2022 art. 26-27", "2028-02-16")
    assert "na de hoorzitting van 16-02-2028" in last.reden
    assert ("gaat nooit onder 0" in last.reden) == (decided != taken)


def test_a_recovery_of_the_network_comes_after_the_deduction() -> None:
    """3.220,00 − 3.000,00 = 220,00 is left, so of 300,00 only 220,00 is recovered."""
    geld = Geld(betalingen=(paid("3000.00"),), terugvorderingen=(recovered(NETWERK, COORDINATOR, "300.00"),))
    assert of(NETWERK, lines(trajectory(geld=geld), AMOUNTS)) == [
        ("recht", COORDINATOR, D("3220.00")),
        ("aftrek", COORDINATOR, D("-3000.00")),
        ("terugvordering", COORDINATOR, D("-220.00")),
    ]


def test_a_recovery_takes_nothing_from_somebody_else() -> None:
    """One share of a split pays for itself; from an organisation without a line there is nothing to take."""
    tandems = (tandem(START), tandem(after(120), BRUG))
    geld = Geld(terugvorderingen=(recovered(ZORG, LEIE, "300.00"), recovered(ZORG, DELTA, "50.00")))
    assert of(ZORG, lines(trajectory(*tandems, geld=geld), AMOUNTS)) == [
        ("recht", LEIE, D("290.39")),
        ("terugvordering", LEIE, D("-290.39")),
        ("recht", BRUG, D("592.88")),
        ("terugvordering", DELTA, D("0.00")),
    ]


def test_a_recovery_waits_for_an_amount_that_nobody_knows() -> None:
    """Nothing is taken from a line without an amount, and the decision is not lost."""
    geld = Geld(terugvorderingen=(recovered(WERK, VDAB, "100.00"),))
    made = [line for line in lines(trajectory(geld=geld), AMOUNTS) if line.lijn == WERK]
    assert [line.bedrag.value for line in made] == [None, None]
    assert euro(D("100.00")) in made[1].bedrag.reden
    assert made[1].bedrag.reden.endswith("zodra het bedrag gekend is.")


@pytest.mark.parametrize(
    ("start", "amount"),
    [
        (date(2027, 6, 30), "883.27"),  # the day before
        (date(2027, 7, 1), "900.00"),  # the day itself
        (date(2026, 7, 1), "883.27"),  # it runs into the new amount, and keeps the one of its start
    ],
)
def test_the_start_decides_which_amount_holds(start: date, amount: str) -> None:
    """An amount that changes on a date changes trajectories that start from then on; that is assumed."""
    newer = amounts(("vergoeding.samenwerkingsverband_zorg", "900.00", date(2027, 7, 1)))
    made = lines(trajectory(tandem(start), start=start, einde=date(2028, 1, 3)), newer)[0].bedrag
    assert made.value == D(amount)
    assert {p.name for p in made.parameters if p.status == "assumed"} == {
        "vergoeding.eenheid",
        "vergoeding.peildag",
    }
    assert f"het bedrag van de start, {start:%d-%m-%Y}." in made.reden


def test_another_deciding_day_is_a_matter_of_the_table() -> None:
    """If it turns out to be the end that decides, one row says so."""
    newer = amounts(
        ("vergoeding.samenwerkingsverband_zorg", "900.00", date(2027, 7, 1)),
        ("vergoeding.peildag", "einde", date(2026, 1, 1)),
    )
    assert lines(trajectory(), newer)[0].bedrag.value == D("900.00")


@pytest.mark.parametrize(
    ("einde", "early"),
    [(date(2027, 4, 2), True), (date(2027, 4, 3), False)],  # from 04-01, three months end on 03-04
)
def test_a_short_trajectory_keeps_its_lines(einde: date, early: bool) -> None:
    """Whole amounts, marked as disputable on an assumption."""
    made = lines(trajectory(einde=einde), AMOUNTS)
    assert [line.bedrag.value for line in made] == [D("883.27"), None, D("3220.00")]
    said = ["betwistbaar: het traject duurde minder dan 3 maanden"] if early else []
    for lijn in (ZORG, WERK, NETWERK):
        assert notes(made, lijn) == said
    assert not early or made[0].opmerkingen[0].status == "assumed"


def test_after_a_death_the_lines_stay() -> None:
    """Whole amounts, marked as disputable; a death in the first months says both."""
    made = lines(trajectory(einde=date(2027, 2, 1), overleden=True), AMOUNTS)
    assert [line.bedrag.value for line in made] == [D("883.27"), None, D("3220.00")]
    assert notes(made, WERK) == [
        "betwistbaar: het traject eindigde door een overlijden",
        "betwistbaar: het traject duurde minder dan 3 maanden",
    ]


def test_a_plan_without_actions_of_the_network_keeps_its_line() -> None:
    """The decree gives it for each trajectory; whether it is due then is for a human."""
    made = lines(trajectory(netwerkacties=False), AMOUNTS)
    assert table(made)[-1] == ALL
    assert notes(made, NETWERK) == ["betwistbaar: het plan heeft geen acties van het netwerk"]
    assert notes(made, ZORG) == []


def test_without_a_team_the_rights_stand_without_an_organisation() -> None:
    """Somebody can stop before anybody was assigned: no line goes to a wrong hand, and none is lost."""
    made = lines(trajectory(tandems=(), team=None), AMOUNTS)
    assert [(line.organisatie, line.bedrag.value) for line in made] == [
        (None, D("883.27")),
        (None, None),
        (None, D("3220.00")),
    ]
    assert notes(made, ZORG) == ["betwistbaar: er was nog geen team toegewezen"]


def test_a_team_without_periods_has_the_whole_line() -> None:
    """An older dossier knows its team and not since when."""
    assert of(ZORG, lines(trajectory(tandems=()), AMOUNTS)) == [("recht", LEIE, D("883.27"))]


def test_an_end_before_the_start_divides_by_nothing() -> None:
    """While a wrong date is put right, the statement can still be drawn up."""
    made = lines(trajectory(tandem(START), tandem(after(9), BRUG), einde=date(2027, 1, 1)), AMOUNTS)
    assert of(ZORG, made) == [("recht", BRUG, D("883.27"))]


@pytest.mark.parametrize(
    ("given_to", "money", "available", "total", "rest", "too_much"),
    [
        ([(KOMPAAN, "2000.00"), (BRUG, "1000.00")], {}, "3220.00", "3000.00", "220.00", "0.00"),
        ([(KOMPAAN, "2000.00"), (BRUG, "1220.00")], {}, "3220.00", "3220.00", "0.00", "0.00"),
        ([(KOMPAAN, "2000.00"), (BRUG, "1220.01")], {}, "3220.00", "3220.01", "0.00", "0.01"),
        # 3.220,00 − 1.200,50 = 2.019,50; 2.100,00 − 2.019,50 = 80,50 too much
        ([(KOMPAAN, "2100.00")], {"betalingen": (paid("1200.50"),)}, "2019.50", "2100.00", "0.00", "80.50"),
        # 3.220,00 − 220,00 = 3.000,00
        (
            [(KOMPAAN, "2900.00")],
            {"terugvorderingen": (recovered("netwerk", COORDINATOR, "220.00"),)},
            "3000.00",
            "2900.00",
            "100.00",
            "0.00",
        ),
        ([], {}, "3220.00", "0.00", "3220.00", "0.00"),
    ],
)
def test_the_verdeelstaat_reconciles(
    given_to: list[tuple[str, str]], money: Any, available: str, total: str, rest: str, too_much: str
) -> None:
    """What was divided plus what is left is what there was; what goes beyond it is shown, softly."""
    made = division(divided(*(given(*each) for each in given_to), **money), AMOUNTS)
    found: list[Finding[Any]] = [made.beschikbaar, made.totaal, made.rest, made.teveel]
    assert [each.value for each in found] == [D(available), D(total), D(rest), D(too_much)]
    assert D(available) == D(total) + D(rest) - D(too_much)
    assert made.teveel.verdict is (Verdict.ZACHT if D(too_much) else Verdict.OK)
    assert made.teveel.article == "D2022 art. 19-20"


def test_a_provider_that_was_paid_twice_has_one_line() -> None:
    """1.000,00 + 500,50 = 1.500,50, with both reasons; providers in the order in which they were named."""
    told = [given(KOMPAAN, "1000.00", "jobcoaching"), given(BRUG, "10.00"), given(KOMPAAN, "500.50", "taal")]
    made = division(divided(*told), AMOUNTS).regels
    assert [(each.dienstverlener, each.bedrag.value) for each in made] == [
        (KOMPAAN, D("1500.50")),
        (BRUG, D("10.00")),
    ]
    assert made[0].waarvoor == ("jobcoaching", "taal")
    assert f"{euro(D('1000.00'))} + {euro(D('500.50'))} = {euro(D('1500.50'))}" in made[0].bedrag.reden


def test_nothing_is_compared_with_an_amount_that_nobody_knows() -> None:
    """Before the first amount there is a total, and neither a rest nor too much."""
    unknown = Bedragen(parameters=tuple(p for p in AMOUNTS.parameters if p.name != "vergoeding.netwerk"))
    geld = {"betalingen": (paid("10.00"),)}
    made = division(divided(given(KOMPAAN, "100.00"), **geld), unknown)
    assert (made.beschikbaar.value, made.totaal.value) == (None, D("100.00"))
    assert (made.rest.value, made.teveel.value) == (None, None)


def test_every_line_has_its_reason() -> None:
    """An article or a declared practice, a sentence, and a rule: no amount stands there on its own."""
    geld = Geld(
        betalingen=(paid("10.00"),),
        betwistingen=(dispute("netwerk", COORDINATOR),),
        terugvorderingen=(recovered("netwerk", COORDINATOR, "5.00"),),
    )
    made = lines(trajectory(tandem(START), tandem(after(3), BRUG), geld=geld, netwerkacties=False), AMOUNTS)
    findings: list[Finding[Any]] = [line.bedrag for line in made]
    findings += [note for line in made for note in line.opmerkingen]
    assert len(findings) == 8
    assert all(each.reden.endswith(".") and each.article and each.rule for each in findings)
    assert all(each.facts for each in findings if each.value is not None and isinstance(each.value, D))


@pytest.mark.parametrize(
    ("exact", "cents"), [("0.005", "0.01"), ("0.004999", "0.00"), ("290.390136", "290.39"), ("2.675", "2.68")]
)
def test_half_a_cent_goes_up(exact: str, cents: str) -> None:
    """Not to the even cent, as a bank would."""
    assert rounded(D(exact)) == D(cents)


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        ("10.00", [1, 1, 1], ["3.34", "3.33", "3.33"]),  # equal remainders: the cent goes to the first
        ("0.01", [1, 364], ["0.00", "0.01"]),
        ("0.00", [1, 2], ["0.00", "0.00"]),
        ("883.27", [365], ["883.27"]),
    ],
)
def test_shares_come_to_the_amount(amount: str, weights: list[int], shares: list[str]) -> None:
    """Cut to cents, the rest to the largest remainders."""
    assert split(D(amount), weights) == tuple(map(D, shares))


@pytest.mark.parametrize(
    ("amount", "written"),
    [("3220.00", "€ 3.220,00"), ("0", "€ 0,00"), ("-500.5", "− € 500,50"), ("1234567.89", "€ 1.234.567,89")],
)
def test_amounts_are_written_in_dutch(amount: str, written: str) -> None:
    """A dot for thousands, a comma for cents, and no break between the sign and the figure."""
    assert euro(D(amount)).replace("\N{NO-BREAK SPACE}", " ") == written


def test_the_year_of_these_examples_has_365_days() -> None:
    """The arithmetic above counts on it."""
    assert (END - START).days + 1 == 365
