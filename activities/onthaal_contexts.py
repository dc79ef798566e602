"""What the documents of an onthaaltraject print: who welcomes the person, and what the person agreed to keep."""

from collections.abc import Iterator

from activities.catalogus import Catalogus
from activities.directory import Directory, full_name
from activities.intake_wording import EINDREDENEN, METHODEN, METINGEN, measured
from models import documents, intake_letters
from models.actors import Actor
from models.documents import DocumentOrder
from models.onthaal import LevensdomeinVastleggen, Orienteren, Recht, RechtenMeten
from models.printed import Contact, Waarom
from models.tables import PersonRow, TrajectRow

VDAB = "vdab"
"""How the record names the entrance through VDAB; the own counter of a kernpartner is another."""


def kennismaking(
    order: DocumentOrder, facts: documents.OnthaalKennismaking, directory: Directory
) -> intake_letters.OnthaalKennismaking:
    """Who will make contact, how to reach them, and what they were told of the person (art. 4-5)."""
    passed_on = tuple(_passed_on(directory.person())) if _from_vdab(order, directory) else None
    return intake_letters.OnthaalKennismaking(
        **dict(_brief(order, facts.kernpartner, directory)),
        vorige=facts.vorige,
        doorgegeven=passed_on,
        klachten=_klachten(facts.leiding, directory),
    )


def onbereikbaar(
    order: DocumentOrder, facts: documents.Onbereikbaar, directory: Directory
) -> intake_letters.Onbereikbaar:
    """Nobody was reached, and one call is enough."""
    return intake_letters.Onbereikbaar(
        **dict(_brief(order, facts.kernpartner, directory)),
        heropenen_tot=facts.heropenen_tot.value,
        heropenen_waarom=Waarom.of(facts.heropenen_tot),
        klachten=_klachten(facts.leiding, directory),
    )


def onthaaldossier(
    order: DocumentOrder, facts: documents.Onthaaldossier, directory: Directory
) -> intake_letters.Onthaaldossier:
    """What was done, as far as the person agreed; names as the lists gave them on that day."""
    return intake_letters.Onthaaldossier(
        **dict(_verslag(order, facts.kernpartner, directory)),
        start=facts.start,
        einde=facts.einde,
        reden=EINDREDENEN.get(facts.oorzaak, facts.oorzaak.replace("_", " ")),
        levensdomeinen=_domains(facts.levensdomeinen),
        metingen=tuple(_measurement(meting) for meting in facts.metingen),
        voordelen=_side_by_side(facts.metingen),
        orientaties=tuple(_oriented(said, directory) for said in facts.orientaties),
    )


def overdracht(
    order: DocumentOrder, facts: documents.OverdrachtOnthaal, directory: Directory
) -> intake_letters.OverdrachtOnthaal:
    """What three people agreed; whoever goes on met the person, and needs no birth date from us."""
    base = _verslag(order, facts.kernpartner, directory).model_copy(update={"geboortedatum": None})
    said = facts.overdracht
    return intake_letters.OverdrachtOnthaal(
        **dict(base),
        naar=directory.provider(said.organisatie),
        gesprek_op=said.gesprek_op,
        afspraken=said.afspraken,
        levensdomeinen=_domains(facts.levensdomeinen),
    )


def _from_vdab(order: DocumentOrder, directory: Directory) -> bool:
    """Whether VDAB sent the person here, as the record says of how the trajectory began."""
    traject = directory.session.get(TrajectRow, order.workflow_id)
    begins_with = (traject.begint_met if traject else None) or {}
    return bool(begins_with.get("herkomst", VDAB) == VDAB)


def _passed_on(person: PersonRow) -> Iterator[str]:
    """What of the closed list of art. 5 was there to pass on; a protected address never is."""
    yield "uw naam"
    if person.address_line_1 and not person.protected_address:
        yield "uw adres"
    if person.email:
        yield "uw e-mailadres"
    if person.phone:
        yield "uw telefoonnummer"
    yield "uw geboortedatum"
    if person.helper_name:
        yield "hoe men uw hulpverlener bereikt"


def _klachten(leiding: Actor | None, directory: Directory) -> tuple[Contact, ...]:
    return (directory.contact(leiding, "Teamcoördinator"),) if leiding else ()


def _domains(said: tuple[LevensdomeinVastleggen, ...]) -> tuple[intake_letters.Domein, ...]:
    """Each domain by its name, in the order in which they were told; an unknown code stands as it is."""
    catalogus = Catalogus()
    names = {found.code: found.naam for one in said for found in catalogus.levensdomeinen(one.datum)}
    return tuple(
        intake_letters.Domein(
            naam=names.get(one.domein, one.domein),
            op=one.datum,
            verkend=one.verkend,
            actie=one.actie,
            resultaat=one.resultaat,
        )
        for one in said
    )


def _measurement(meting: RechtenMeten) -> intake_letters.Meting:
    return intake_letters.Meting(
        meting=METINGEN[meting.meting],
        op=meting.datum,
        methode=METHODEN[meting.methode],
        minuten=meting.minuten,
        fiche=meting.fiche,
    )


def _side_by_side(metingen: tuple[RechtenMeten, ...]) -> tuple[intake_letters.Voordeel, ...]:
    """Every benefit that was asked, in the order of the list, as it was last seen at the start and at the end."""
    nul = {recht.code: recht for meting in metingen if meting.meting == "nul" for recht in meting.rechten}
    eind = {recht.code: recht for meting in metingen if meting.meting == "eind" for recht in meting.rechten}
    names = _names(metingen)
    listed = [code for code in names if code in nul or code in eind]
    unlisted = [code for code in {**nul, **eind} if code not in names]
    return tuple(
        intake_letters.Voordeel(
            naam=names.get(code, code), begin=_found(nul.get(code)), einde=_found(eind.get(code))
        )
        for code in (*listed, *unlisted)
    )


def _names(metingen: tuple[RechtenMeten, ...]) -> dict[str, str]:
    """The names of the benefits by code, as the list gave them at the last measurement that knew them."""
    catalogus = Catalogus()
    return {recht.code: recht.naam for meting in metingen for recht in catalogus.rechten(meting.datum)}


def _found(recht: Recht | None) -> str | None:
    return measured(recht) if recht else None


def _oriented(said: Orienteren, directory: Directory) -> intake_letters.Orientatie:
    return intake_letters.Orientatie(
        op=said.datum,
        keuze=said.keuze,
        andere=tuple(optie for optie in said.opties if optie != said.keuze),
        ontvanger=directory.provider(said.ontvanger) if said.ontvanger else None,
    )


def _brief(order: DocumentOrder, kernpartner: Actor, directory: Directory) -> intake_letters.Dienstbrief:
    return intake_letters.Dienstbrief(
        kenmerk=order.reference,
        datum=order.as_of,
        geadresseerden=directory.addressees(),
        deelnemer=full_name(directory.person()),
        contact=directory.contact(kernpartner, "Onthaal"),
    )


def _verslag(order: DocumentOrder, kernpartner: Actor, directory: Directory) -> intake_letters.Verslag:
    person = directory.person()
    return intake_letters.Verslag(
        kenmerk=order.reference,
        datum=order.as_of,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        contact=directory.contact(kernpartner, "Onthaal"),
    )
