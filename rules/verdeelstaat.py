"""How the netwerkcoordinator divided the compensation of the network, against what there was to divide."""

from decimal import Decimal

from models.documents import Verdeelstaat
from models.findings import Finding, Verdict
from models.vergoedingsstaat import ZERO, Bedragen, Verdeeld, Verdeling, balance, euro
from models.verloop import Geld
from rules.grounded import D2022, finding, grounded_in
from rules.vergoedingen import Money, rounded
from rules.vergoedingsstaat import network_lines

LATER = "Te berekenen zodra het bedrag gekend is."


@grounded_in(D2022.article(18))
def paid_to(dienstverlener: str, geld: Geld) -> Finding[Decimal]:
    """What the coordinator paid one provider, as told in the verdeelstaat."""
    paid = [rounded(each.bedrag) for each in geld.verdelingen if each.dienstverlener == dienstverlener]
    terms = " + ".join(map(euro, paid))
    total = sum(paid, ZERO)
    reden = "Zo opgegeven door de netwerkcoördinator" + (f": {terms} = {euro(total)}." if paid[1:] else ".")
    return finding(paid_to, total, reden, facts={"betalingen": len(paid)})


@grounded_in(D2022.article(18))
def paid_in_all(geld: Geld) -> Finding[Decimal]:
    """What the coordinator paid all providers together."""
    paid = [rounded(each.bedrag) for each in geld.verdelingen]
    reden = "De som van wat de netwerkcoördinator aan de dienstverleners betaalde."
    return finding(paid_in_all, sum(paid, ZERO), reden, facts={"betalingen": len(paid)})


@grounded_in(D2022.article(20))
def to_divide(facts: Verdeelstaat, bedragen: Bedragen) -> Money:
    """What is left of the network line to divide, after deduction and recovery."""
    made = network_lines(facts, bedragen)
    parameters = next(line.bedrag.parameters for line in made if line.soort == "recht")
    terms = [euro(line.bedrag.value) for line in made if line.bedrag.value is not None]
    total = balance(made)
    reden = "De vergoeding van het netwerk min wat ervan afgaat" + (
        f": {' '.join(terms)} = {euro(total)}." if total is not None and terms[1:] else "."
    )
    return finding(to_divide, total, reden, parameters=parameters)


@grounded_in(D2022.article(18))
def undivided(available: Money, total: Finding[Decimal]) -> Money:
    """What is not yet divided over the providers."""
    if available.value is None:
        return finding(undivided, None, LATER, parameters=available.parameters)
    rest = max(available.value - total.value, ZERO)
    reden = f"Nog niet verdeeld: {euro(rest)}." if rest else "Alles is verdeeld."
    return finding(undivided, rest, reden, parameters=available.parameters)


@grounded_in(D2022.article("19-20"))
def divided_too_much(available: Money, total: Finding[Decimal]) -> Money:
    """What was divided beyond the compensation: shown as disputable, and undone by nobody but a human."""
    if available.value is None:
        return finding(divided_too_much, None, LATER, parameters=available.parameters)
    extra = max(total.value - available.value, ZERO)
    reden = (
        f"Betwistbaar: er is {euro(extra)} meer verdeeld dan de vergoeding; een vergoeding is niet hoger dan de "
        "nettokosten (regeling overcompensatie)."
        if extra
        else "Er is niet meer verdeeld dan de vergoeding."
    )
    verdict = Verdict.ZACHT if extra else Verdict.OK
    return finding(divided_too_much, extra, reden, parameters=available.parameters, verdict=verdict)


@grounded_in(D2022.article(18))
def division(facts: Verdeelstaat, bedragen: Bedragen) -> Verdeling:
    """How the compensation was divided over the providers, in the order in which they were named first."""
    geld, available = facts.geld, to_divide(facts, bedragen)
    total = paid_in_all(geld)
    what_for: dict[str, list[str]] = {}
    for each in geld.verdelingen:
        what_for.setdefault(each.dienstverlener, []).append(each.waarvoor)
    return Verdeling(
        regels=tuple(
            Verdeeld(dienstverlener=who, waarvoor=tuple(what), bedrag=paid_to(who, geld))
            for who, what in what_for.items()
        ),
        beschikbaar=available,
        totaal=total,
        rest=undivided(available, total),
        teveel=divided_too_much(available, total),
    )
