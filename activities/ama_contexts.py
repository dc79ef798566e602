"""What the documents of arbeidsmatige activiteiten print."""

from activities.ama_wording import ANTWOORDEN, BESLUITEN, FUNCTIES, INSTANTIES, UITKERINGEN, hours
from activities.directory import Directory, full_name
from activities.wording import in_short
from models import ama_letters, intake_letters
from models import documents as d
from models.actors import Actor, Rol
from models.ama_verloop import Overeenkomst
from models.documents import DocumentOrder
from models.printed import Contact, Printed, Waarom

DRAWN = (d.Toestemmingsaanvraag, d.Begeleidingsovereenkomst, d.OvereenkomstKopie, d.EvaluatieverslagAma)
PLACES, PLACE, LINE = 2, 50, 80
"""How many places, and how many signs of a place and of an agreed text, fit on the page of the letter."""


def draw(order: DocumentOrder, directory: Directory) -> Printed | None:
    """The context of a document of arbeidsmatige activiteiten; none for any other."""
    match order.facts:
        case d.Toestemmingsaanvraag() as facts:
            return toestemmingsaanvraag(order, facts, directory)
        case d.Begeleidingsovereenkomst() as facts:
            return begeleidingsovereenkomst(order, facts, directory)
        case d.OvereenkomstKopie() as facts:
            return overeenkomst_kopie(order, facts, directory)
        case d.EvaluatieverslagAma() as facts:
            return evaluatieverslag(order, facts, directory)
    return None


def toestemmingsaanvraag(
    order: DocumentOrder, facts: d.Toestemmingsaanvraag, directory: Directory
) -> ama_letters.Toestemmingsaanvraag:
    """The request to one agency: about its own benefit only, and never about health."""
    asked = facts.toestemming
    return ama_letters.Toestemmingsaanvraag(
        **dict(_verslag(order, facts.begeleider, directory)),
        instantie=asked.instantie,
        aan=INSTANTIES[asked.instantie or "andere"],
        uitkering=UITKERINGEN[asked.statuut],
        activiteit=facts.activiteit,
        werkpost=_werkpost(facts.werkpost, directory) if facts.werkpost else None,
        uren=hours(facts.uren_per_week) if facts.uren_per_week else None,
        vanaf=facts.vanaf,
        tegen=facts.tegen.value,
        tegen_waarom=Waarom.of(facts.tegen),
        gevraagd_op=asked.gevraagd_op,
        antwoorden=tuple(
            ama_letters.Antwoord(naam=naam, betekenis=means) for naam, means in ANTWOORDEN.values()
        ),
    )


def begeleidingsovereenkomst(
    order: DocumentOrder, facts: d.Begeleidingsovereenkomst, directory: Directory
) -> ama_letters.Begeleidingsovereenkomst:
    """The agreement as the three parties sign it; the werkpost reads it too."""
    agreed, least = facts.overeenkomst, facts.minimum_uren
    return ama_letters.Begeleidingsovereenkomst(
        **dict(_verslag(order, _begeleider(facts.begeleider, agreed), directory)),
        variant=facts.variant,
        nummer=agreed.nummer,
        versie=agreed.versie,
        werkpost=_werkpost(agreed.werkpost, directory),
        activiteit=agreed.activiteit,
        plaatsen=agreed.plaatsen,
        uren=hours(agreed.uren_per_week),
        opbouw=_steps(agreed),
        minimum=hours(least.value) if least else None,
        minimum_waarom=Waarom.of(least) if least else None,
        start=agreed.start,
        einde=agreed.afgesproken_einde or agreed.einde,
        getekend_op=agreed.getekend_op,
        verzekerd_tot=agreed.verzekerd_tot,
        onkosten=agreed.onkosten,
        kledij=agreed.kledij,
    )


def overeenkomst_kopie(
    order: DocumentOrder, facts: d.OvereenkomstKopie, directory: Directory
) -> ama_letters.OvereenkomstKopie:
    """The agreement in short for the participant, as far as it fits on one page."""
    agreed = facts.overeenkomst
    contact = directory.contact(_begeleider(facts.begeleider, agreed), "Begeleider")
    steps = _steps(agreed)
    return ama_letters.OvereenkomstKopie(
        kenmerk=order.reference,
        datum=order.as_of,
        geadresseerden=directory.addressees(),
        deelnemer=full_name(directory.person()),
        contact=contact,
        variant=facts.variant,
        versie=agreed.versie,
        werkpost=_werkpost(agreed.werkpost, directory),
        activiteit=_line(agreed.activiteit, LINE),
        plaatsen=tuple(_line(place, PLACE) for place in agreed.plaatsen[:PLACES]),
        niet_vermeld=max(0, len(agreed.plaatsen) - PLACES),
        uren=hours(agreed.uren_per_week),
        opbouw=steps[0] if steps else None,
        start=agreed.start,
        einde=agreed.afgesproken_einde or agreed.einde,
        verzekerd_tot=agreed.verzekerd_tot,
        onkosten=_line(agreed.onkosten, LINE) if agreed.onkosten else None,
        kledij=_line(agreed.kledij, LINE) if agreed.kledij else None,
        klachten=_klachten(facts.leiding, directory),
    )


def evaluatieverslag(
    order: DocumentOrder, facts: d.EvaluatieverslagAma, directory: Directory
) -> ama_letters.Evaluatieverslag:
    """One yearly evaluation (art. 29); whether a permission still fits stays with the begeleider (art. 32)."""
    said = facts.evaluatie
    besluit, vervolg = BESLUITEN[said.oordeel]
    return ama_letters.Evaluatieverslag(
        **dict(_verslag(order, facts.begeleider, directory)),
        nummer=facts.nummer,
        gehouden_op=said.datum,
        verjaardag=facts.verjaardag,
        functies=tuple(
            ama_letters.Functie(naam=naam, vraag=vraag, **dict(getattr(said, code)))
            for code, (naam, vraag) in FUNCTIES.items()
        ),
        nagekeken=(
            ama_letters.Nagekeken(wat="De werkpost", past=said.werkpost_past),
            ama_letters.Nagekeken(wat="De uren", past=said.uren_kloppen),
            ama_letters.Nagekeken(wat="De verzekeringen", past=said.verzekering_klopt),
        ),
        zorgbegeleiding=said.zorgbegeleiding,
        stap_naar_werk=said.stap_naar_werk,
        oordeel=said.oordeel,
        besluit=besluit,
        vervolg=vervolg,
        einde=said.einde,
        volgend_jaar=facts.verjaardag.year + 1,
    )


def _begeleider(trekker: Actor, agreed: Overeenkomst) -> Actor:
    """Who signs: the trekker, or the team of the other organisation that accompanies at this werkpost."""
    if agreed.begeleider == trekker.organisatie:
        return trekker
    return Actor(rol=Rol.BEGELEIDER, organisatie=agreed.begeleider)


def _werkpost(code: str, directory: Directory) -> ama_letters.Werkpost:
    """A werkpost by its name where the record knows it; another stands as it was written."""
    found = directory.organisation(code)
    if found is None:
        return ama_letters.Werkpost(naam=code, adres=None)
    return ama_letters.Werkpost(naam=found.name, adres=found.address)


def _line(agreed: str, at_most: int) -> str:
    """As much of what was agreed as fits on a line or two; the whole agreement holds the rest."""
    short = in_short(agreed, at_most, own_words=True)
    return short.tekst if short else agreed


def _steps(agreed: Overeenkomst) -> tuple[ama_letters.Stap, ...]:
    return tuple(ama_letters.Stap(vanaf=step.vanaf, uren=hours(step.uren_per_week)) for step in agreed.opbouw)


def _klachten(leiding: Actor | None, directory: Directory) -> tuple[Contact, ...]:
    return (directory.contact(leiding, "Teamcoördinator"),) if leiding else ()


def _verslag(order: DocumentOrder, begeleider: Actor, directory: Directory) -> intake_letters.Verslag:
    person = directory.person()
    return intake_letters.Verslag(
        kenmerk=order.reference,
        datum=order.as_of,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        contact=directory.contact(begeleider, "Begeleider"),
    )
