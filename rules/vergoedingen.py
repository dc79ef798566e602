"""What a trajectory gives right to in money, what is deducted from it and what is recovered after a hearing."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from models.actors import Rol, Team
from models.documents import Verdeelstaat, Vergoedingsstaat
from models.findings import Finding
from models.law import Parameter
from models.vergoeding import Lijn
from models.vergoedingsstaat import (
    CENT,
    EENHEID,
    PEILDAG,
    UNKNOWN,
    WISSEL,
    ZERO,
    Bedragen,
    amount_name,
    euro,
)
from models.verloop import Geld, Tandemperiode, Terugvordering
from rules.calendar import ONE_DAY
from rules.grounded import D2022, PRACTICE, finding, grounded_in

Tandemlijn = Literal["samenwerkingsverband_zorg", "casemanager_werk"]
TANDEM: dict[Tandemlijn, Rol] = {
    "samenwerkingsverband_zorg": Rol.CASEMANAGER_ZORG,
    "casemanager_werk": Rol.CASEMANAGER_WERK,
}
WHO: dict[Lijn, str] = {
    "samenwerkingsverband_zorg": "Het samenwerkingsverband Zorg",
    "casemanager_werk": "De casemanager werk",
    "netwerk": "Het netwerk van dienstverleners",
}
DECIDING = {"start": "de start", "einde": "het einde"}
"""How the day that decides the amount is said."""
Money = Finding[Decimal | None]


class _Amount(NamedTuple):
    """An amount of the table with the rows it rests on, and how that is said."""

    value: Decimal | None
    parameters: tuple[Parameter, ...]
    reden: str
    facts: dict[str, object]


@grounded_in(PRACTICE)
def rounded(amount: Decimal) -> Decimal:
    """An amount in whole cents, half a cent upwards."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@grounded_in(PRACTICE)
def split(amount: Decimal, weights: Sequence[int]) -> tuple[Decimal, ...]:
    """An amount in shares by weight that come to the amount exactly.

    Each share is cut to whole cents; the cents that are left go to the largest remainders, the first share first.
    """
    cents, whole = int(rounded(amount) / CENT), sum(weights)
    cut = [divmod(cents * weight, whole) for weight in weights]
    left = cents - sum(share for share, _ in cut)
    lucky = sorted(range(len(cut)), key=lambda n: -cut[n][1])[:left]
    return tuple((share + (n in lucky)) * CENT for n, (share, _) in enumerate(cut))


@grounded_in(PRACTICE)
def days_of(lijn: Tandemlijn, facts: Vergoedingsstaat) -> dict[str | None, int]:
    """How many days each organisation had the case, oldest first.

    The first one counts from the start of the trajectory, each next one from its own day.
    """
    rol = TANDEM[lijn]
    periods = sorted(facts.tandems, key=lambda period: period.van)
    if not periods:
        return {organisation_of(facts.team, rol): 1}
    begins = [facts.start, *(period.van for period in periods[1:])]
    ends = [*(begin - ONE_DAY for begin in begins[1:]), facts.einde]
    days: dict[str | None, int] = {}
    for period, begin, end in zip(periods, begins, ends, strict=True):
        length = (min(end, facts.einde) - max(begin, facts.start) + ONE_DAY).days
        if length > 0:
            days[_member(period, rol)] = days.get(_member(period, rol), 0) + length
    return days or {_member(periods[-1], rol): 1}


@grounded_in(D2022.article(16))
def tandem_right(
    lijn: Tandemlijn, organisatie: str | None, facts: Vergoedingsstaat, bedragen: Bedragen
) -> Money:
    """What one organisation is due of the compensation of its half of the tandem."""
    amount = _amount(lijn, facts, bedragen)
    days = days_of(lijn, facts)
    if amount.value is None or len(days) == 1:
        return finding(
            tandem_right, amount.value, amount.reden, parameters=amount.parameters, facts=amount.facts
        )
    share = dict(zip(days, split(amount.value, list(days.values())), strict=True))[organisatie]
    mine, all_days = days[organisatie], sum(days.values())
    sum_of_it = f"{euro(amount.value)} × {mine} ÷ {all_days} = {euro(share)}"
    return finding(
        tandem_right,
        share,
        f"{amount.reden} Het is verdeeld volgens de dagen: {mine} van {all_days} dagen, {sum_of_it}.",
        parameters=(*amount.parameters, bedragen.at(WISSEL, facts.start)),
        facts=amount.facts | {"dagen": mine, "dagen samen": all_days},
    )


@grounded_in(D2022.article(20))
def network_right(facts: Vergoedingsstaat | Verdeelstaat, bedragen: Bedragen) -> Money:
    """What the netwerkcoordinator gets for all providers of the plan together."""
    amount = _amount("netwerk", facts, bedragen)
    return finding(
        network_right, amount.value, amount.reden, parameters=amount.parameters, facts=amount.facts
    )


@grounded_in(D2022.article(21))
def deduction(right: Money, geld: Geld) -> Money:
    """What others paid for the same actions is taken off the network line, and never more than the line."""
    paid = sum((rounded(each.bedrag) for each in geld.betalingen), ZERO)
    said = f"Andere vergoedingen voor dezelfde acties worden afgetrokken: {_summed(geld)}."
    facts = {"andere vergoedingen": paid, "aantal": len(geld.betalingen)}
    if right.value is None:
        reden = f"{said} Dat gebeurt zodra het bedrag gekend is."
        return finding(deduction, None, reden, parameters=right.parameters, facts=facts)
    taken = min(paid, right.value)
    capped = f" Een lijn gaat nooit onder 0: {euro(paid - taken)} blijft buiten de aftrek."
    return finding(
        deduction,
        -taken,
        said + (capped if paid > taken else ""),
        parameters=right.parameters,
        facts=facts | {"buiten de aftrek": paid - taken},
    )


@grounded_in(D2022.article("26-27"))
def recovery(decided: Terugvordering, left: Decimal | None) -> Money:
    """What is reduced or recovered after a hearing, as a correction, and never more than is left of the line."""
    amount = rounded(decided.bedrag)
    said = (
        f"Op {day_text(decided.op)} werd beslist om {euro(amount)} te verminderen of terug te vorderen, "
        f"na de hoorzitting van {day_text(decided.gehoord_op)}."
    )
    facts = {"besloten": amount, "besloten op": decided.op, "gehoord op": decided.gehoord_op}
    if left is None:
        return finding(recovery, None, f"{said} Dat gebeurt zodra het bedrag gekend is.", facts=facts)
    taken = min(amount, left)
    capped = f" Een lijn gaat nooit onder 0: {euro(amount - taken)} blijft buiten deze staat."
    return finding(
        recovery,
        -taken,
        said + (capped if amount > taken else ""),
        facts=facts | {"over op de lijn": left, "buiten deze staat": amount - taken},
    )


def _amount(lijn: Lijn, facts: Vergoedingsstaat | Verdeelstaat, bedragen: Bedragen) -> _Amount:
    """The amount of a line for the whole trajectory, on the day that decides it."""
    unit, deciding = bedragen.at(EENHEID, facts.start), bedragen.at(PEILDAG, facts.start)
    on = facts.einde if deciding.value == "einde" else facts.start
    row = bedragen.known(amount_name(lijn), on)
    if row is None:
        return _Amount(None, (), f"{WHO[lijn]} heeft recht op een vergoeding; {UNKNOWN}.", {"peildag": on})
    amount = rounded(Decimal(row.value))
    which = f"het bedrag van {DECIDING[deciding.value]}, {day_text(on)}"
    said = f"{WHO[lijn]} heeft recht op {euro(amount)} {unit.value}, {which}."
    return _Amount(amount, (row, unit, deciding), said, {"peildag": on, "bedrag": amount})


def _member(period: Tandemperiode, rol: Rol) -> str:
    return (period.zorg if rol is Rol.CASEMANAGER_ZORG else period.werk).organisatie


@grounded_in(PRACTICE)
def organisation_of(team: Team | None, rol: Rol) -> str | None:
    """The organisation in a role of a team; none while nobody was assigned."""
    if team is None:
        return None
    actor = team.netwerkcoordinator if rol is Rol.NETWERKCOORDINATOR else team.member(rol)
    return actor.organisatie if actor else None


def _summed(geld: Geld) -> str:
    """The other payments, oldest first, and what they come to."""
    paid = sorted((each.op, rounded(each.bedrag)) for each in geld.betalingen)
    terms = " + ".join(f"{euro(amount)} ({day_text(op)})" for op, amount in paid)
    total = sum((amount for _, amount in paid), ZERO)
    return f"{terms} = {euro(total)}" if paid[1:] else terms


@grounded_in(PRACTICE)
def day_text(day: date) -> str:
    """A day as reasons write it: 14-03-2027."""
    return f"{day:%d-%m-%Y}"
