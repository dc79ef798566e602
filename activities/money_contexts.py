"""From the facts of a trajectory to the two statements of money: references and organisations, no participant."""

from decimal import Decimal

from activities.contexts import Drawn
from activities.directory import Directory
from models import documents
from models.documents import DocumentOrder
from models.vergoeding import Lijn
from models.vergoedingsstaat import (
    UNKNOWN,
    ZERO,
    Bedragen,
    Groep,
    Post,
    Regel,
    VerdeelPost,
    Verdeelstaat,
    Vergoedingsstaat,
    balance,
    euro,
)
from rules.verdeelstaat import division
from rules.vergoedingsstaat import lines, network_lines

Money = documents.Vergoedingsstaat | documents.Verdeelstaat
UNASSIGNED = "nog niet aangeduid"
TITLES: dict[Lijn, str] = {
    "samenwerkingsverband_zorg": "Samenwerkingsverband Zorg",
    "casemanager_werk": "Casemanager werk",
    "netwerk": "Netwerk van dienstverleners",
}
WHAT = {"recht": "Vergoeding", "aftrek": "Aftrek", "terugvordering": "Vermindering of terugvordering"}


def draw(order: DocumentOrder, facts: Money, directory: Directory, bedragen: Bedragen) -> Drawn:
    """The template and context of a statement of money, with the amounts as they stand now."""
    if isinstance(facts, documents.Vergoedingsstaat):
        made = _vergoedingsstaat(order, facts, directory, bedragen)
        return Drawn("reports/vergoedingsstaat.nl.html.j2", made)
    return Drawn("reports/verdeelstaat.nl.html.j2", _verdeelstaat(order, facts, directory, bedragen))


def _vergoedingsstaat(
    order: DocumentOrder, facts: documents.Vergoedingsstaat, directory: Directory, bedragen: Bedragen
) -> Vergoedingsstaat:
    regels = lines(facts, bedragen)
    groups = {lijn: [regel for regel in regels if regel.lijn == lijn] for lijn in TITLES}
    owners = dict.fromkeys(regel.organisatie for regel in regels)
    return Vergoedingsstaat(
        kenmerk=order.reference,
        datum=order.as_of,
        start=facts.start,
        einde=facts.einde,
        aannames=_assumed(regels),
        groepen=tuple(
            Groep(
                titel=TITLES[lijn],
                posten=tuple(_post(regel, directory) for regel in group),
                saldo=_written(balance(group)),
            )
            for lijn, group in groups.items()
        ),
        organisaties=tuple(
            (_name(owner, directory), _written(balance(r for r in regels if r.organisatie == owner)))
            for owner in owners
        ),
        totaal=euro(_known(regels)),
        onvolledig=balance(regels) is None,
    )


def _verdeelstaat(
    order: DocumentOrder, facts: documents.Verdeelstaat, directory: Directory, bedragen: Bedragen
) -> Verdeelstaat:
    made = division(facts, bedragen)
    regels = network_lines(facts, bedragen)
    return Verdeelstaat(
        kenmerk=order.reference,
        datum=order.as_of,
        start=facts.start,
        einde=facts.einde,
        aannames=_assumed(regels),
        coordinator=_name(regels[0].organisatie, directory),
        ingediend_op=facts.geld.verdeeld_op,
        netwerk=tuple(_post(regel, directory) for regel in regels),
        posten=tuple(
            VerdeelPost(
                naam=directory.provider(each.dienstverlener),
                waarvoor="; ".join(dict.fromkeys(each.waarvoor)),
                bedrag=euro(each.bedrag.value),
                waarom=each.bedrag,
            )
            for each in made.regels
        ),
        verdeling=made,
        beschikbaar=_written(made.beschikbaar.value),
        totaal=euro(made.totaal.value),
        rest=_written(made.rest.value),
        teveel=_written(made.teveel.value),
    )


def _post(regel: Regel, directory: Directory) -> Post:
    return Post(
        voor=_name(regel.organisatie, directory),
        wat=WHAT[regel.soort],
        bedrag=_written(regel.bedrag.value),
        regel=regel,
    )


def _name(organisatie: str | None, directory: Directory) -> str:
    return directory.provider(organisatie) if organisatie else UNASSIGNED


def _written(bedrag: Decimal | None) -> str:
    return UNKNOWN if bedrag is None else euro(bedrag)


def _assumed(regels: tuple[Regel, ...]) -> tuple[str, ...]:
    """What was assumed for these lines, in the order in which it first counts."""
    of_lines = [parameter for regel in regels for parameter in regel.bedrag.parameters]
    of_notes = [p for regel in regels for note in regel.opmerkingen for p in note.parameters]
    return tuple(dict.fromkeys(p.uitleg for p in of_lines + of_notes if p.status == "assumed"))


def _known(regels: tuple[Regel, ...]) -> Decimal:
    """What the lines come to whose right has an amount."""
    return sum((balance(r for r in regels if r.lijn == lijn) or ZERO for lijn in TITLES), ZERO)
