"""Laws that hold whatever is paid, disputed, recovered or reassigned: ceilings, cents, order, and who pays."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.documents import Vergoedingsstaat
from models.vergoeding import Lijn, Verdeling
from models.vergoedingsstaat import Regel, balance, euro
from models.verloop import Betaling, Betwisting, Geld, Tandemperiode, Terugvordering
from rules.verdeelstaat import division
from rules.vergoedingen import split
from rules.vergoedingsstaat import lines
from tests.rules.money import (
    AMOUNTS,
    BRUG,
    COORDINATOR,
    DELTA,
    KOMPAAN,
    LEIE,
    START,
    VDAB,
    amounts,
    dispute,
    divided,
    paid,
    recovered,
    tandem,
    trajectory,
)

settings.register_profile("money", max_examples=200)
MONEY = settings.get_profile("money")

WITH_WERK = amounts(("vergoeding.casemanager_werk", "1234.56", START - timedelta(days=400)))
"""The amounts as they would be once that of the casemanager werk is known."""
CEILINGS: dict[Lijn, Decimal] = {
    "samenwerkingsverband_zorg": Decimal("883.27"),
    "casemanager_werk": Decimal("1234.56"),
    "netwerk": Decimal("3220.00"),
}
EUROS = st.decimals("0.01", "9999.99", places=2)
DAYS = st.integers(-30, 800).map(lambda n: START + timedelta(days=n))
ORGANISATIONS = st.sampled_from([LEIE, BRUG, DELTA, VDAB, KOMPAAN, COORDINATOR])
LIJNEN = st.sampled_from(sorted(CEILINGS))

PAYMENTS = st.lists(st.builds(lambda e, op: paid(str(e), op), EUROS, DAYS), max_size=6)
DISPUTES = st.lists(st.builds(dispute, LIJNEN, ORGANISATIONS), max_size=4)
RECOVERIES = st.lists(
    st.builds(lambda lijn, who, e, op: recovered(lijn, who, str(e), op), LIJNEN, ORGANISATIONS, EUROS, DAYS),
    max_size=6,
)
TANDEMS = st.lists(
    st.builds(tandem, DAYS, st.sampled_from([LEIE, BRUG, DELTA]), st.sampled_from([VDAB, KOMPAAN])),
    max_size=6,
)


def money(
    betalingen: list[Betaling], betwistingen: list[Betwisting], terugvorderingen: list[Terugvordering]
) -> Geld:
    return Geld(
        betalingen=tuple(betalingen),
        betwistingen=tuple(betwistingen),
        terugvorderingen=tuple(terugvorderingen),
    )


def told(geld: Geld, tandems: list[Tandemperiode], days: int, netwerkacties: bool) -> Vergoedingsstaat:
    end = START + timedelta(days=days)
    known = {"geld": geld, "einde": end, "netwerkacties": netwerkacties}
    return trajectory(**known, tandems=tuple(tandems))


STORIES = st.builds(
    told, st.builds(money, PAYMENTS, DISPUTES, RECOVERIES), TANDEMS, st.integers(-10, 800), st.booleans()
)


def of(lijn: Lijn, regels: tuple[Regel, ...]) -> list[Regel]:
    return [regel for regel in regels if regel.lijn == lijn]


def worth(regels: list[Regel]) -> Decimal:
    worth = balance(regels)
    assert worth is not None
    return worth


@MONEY
@given(facts=STORIES)
def test_no_line_is_above_its_ceiling_or_below_zero(facts: Vergoedingsstaat) -> None:
    """Whatever happened, each right comes to its amount and what is left of it is between 0 and that amount."""
    made = lines(facts, WITH_WERK)
    for lijn, ceiling in CEILINGS.items():
        rights = [regel for regel in of(lijn, made) if regel.soort == "recht"]
        assert worth(rights) == ceiling
        assert 0 <= worth(of(lijn, made)) <= ceiling
        for right in rights:
            own = [regel for regel in of(lijn, made) if regel.organisatie == right.organisatie]
            assert 0 <= worth(own) <= worth([right])


@MONEY
@given(facts=STORIES)
def test_the_organisations_together_have_what_the_lines_come_to(facts: Vergoedingsstaat) -> None:
    """Added up by line or by organisation, the total is the same, in whole cents."""
    made = lines(facts, WITH_WERK)
    owners = {regel.organisatie for regel in made}
    by_owner = sum(worth([r for r in made if r.organisatie == owner]) for owner in owners)
    by_line = sum(worth(of(lijn, made)) for lijn in CEILINGS)
    assert by_owner == by_line == worth(list(made))
    assert all(r.bedrag.value is not None and r.bedrag.value.as_tuple().exponent == -2 for r in made)


@MONEY
@given(facts=STORIES, payment=st.builds(lambda e: paid(str(e)), EUROS))
def test_a_deduction_touches_only_the_network_line(facts: Vergoedingsstaat, payment: Betaling) -> None:
    """One more payment changes nothing for the tandem, and never raises the network line."""
    more = facts.geld.model_copy(update={"betalingen": (*facts.geld.betalingen, payment)})
    before = lines(facts, WITH_WERK)
    after = lines(facts.model_copy(update={"geld": more}), WITH_WERK)
    for lijn in ("samenwerkingsverband_zorg", "casemanager_werk"):
        assert of(lijn, after) == of(lijn, before)
    assert worth(of("netwerk", after)) <= worth(of("netwerk", before))
    assert not [regel for regel in after if regel.soort == "aftrek" and regel.lijn != "netwerk"]


@MONEY
@given(facts=STORIES, data=st.data())
def test_the_order_in_which_money_is_told_does_not_matter(
    facts: Vergoedingsstaat, data: st.DataObject
) -> None:
    """Payments and recoveries entered in another order give the same lines with the same reasons."""
    shuffled = facts.geld.model_copy(
        update={
            "betalingen": tuple(data.draw(st.permutations(facts.geld.betalingen))),
            "terugvorderingen": tuple(data.draw(st.permutations(facts.geld.terugvorderingen))),
        }
    )
    assert lines(facts.model_copy(update={"geld": shuffled}), WITH_WERK) == lines(facts, WITH_WERK)


@MONEY
@given(facts=STORIES)
def test_a_dispute_or_an_assumption_changes_no_amount(facts: Vergoedingsstaat) -> None:
    """Without any dispute, and with actions of the network, the amounts are the same."""
    quiet = facts.model_copy(
        update={"geld": facts.geld.model_copy(update={"betwistingen": ()}), "netwerkacties": True}
    )
    before, after = lines(facts, WITH_WERK), lines(quiet, WITH_WERK)
    assert [regel.bedrag for regel in before] == [regel.bedrag for regel in after]


@MONEY
@given(facts=STORIES)
def test_an_unknown_amount_is_never_a_figure(facts: Vergoedingsstaat) -> None:
    """As shipped, no line of the casemanager werk has an amount, whatever is decided about it."""
    werk = of("casemanager_werk", lines(facts, AMOUNTS))
    owners = {regel.organisatie for regel in werk if regel.soort == "recht"}
    assert owners
    assert all(regel.bedrag.value is None for regel in werk if regel.organisatie in owners)


@MONEY
@given(amount=EUROS, weights=st.lists(st.integers(1, 800), min_size=1, max_size=8))
def test_shares_come_to_the_cent_and_stay_within_one(amount: Decimal, weights: list[int]) -> None:
    """No cent is lost or made, and no share is a whole cent away from its exact part."""
    shares = split(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - amount * weight / sum(weights)) < Decimal("0.01")


@MONEY
@given(
    geld=st.builds(money, PAYMENTS, DISPUTES, RECOVERIES),
    given_to=st.lists(st.tuples(ORGANISATIONS, EUROS), max_size=8),
)
def test_what_is_divided_reconciles(geld: Geld, given_to: list[tuple[str, Decimal]]) -> None:
    """Providers add up to the total; total, rest and too much add up to what there was; only one of both is there."""
    told = divided(
        *(Verdeling(dienstverlener=who, bedrag=e, waarvoor="x") for who, e in given_to),
        betalingen=geld.betalingen,
        terugvorderingen=geld.terugvorderingen,
    )
    made = division(told, AMOUNTS)
    available, rest, extra = made.beschikbaar.value, made.rest.value, made.teveel.value
    assert available is not None
    assert rest is not None
    assert extra is not None
    assert sum(each.bedrag.value for each in made.regels) == made.totaal.value
    assert available == made.totaal.value + rest - extra
    assert min(rest, extra) == 0


@pytest.mark.parametrize("lijn", CEILINGS)
def test_the_laws_can_fail(lijn: Lijn) -> None:
    """Negative control: a line that was never capped would be seen by what these laws look at."""
    who = {"samenwerkingsverband_zorg": LEIE, "casemanager_werk": VDAB, "netwerk": COORDINATOR}[lijn]
    (right,) = [regel for regel in of(lijn, lines(trajectory(), WITH_WERK)) if regel.organisatie == who]
    uncapped = right.model_copy(
        update={"bedrag": right.bedrag.model_copy(update={"value": -CEILINGS[lijn] - Decimal("0.01")})}
    )
    assert worth([right, uncapped]) == Decimal("-0.01")
    assert euro(worth([right, uncapped])).startswith("−")
