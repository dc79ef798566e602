"""A request, a decision and an onthaaltraject, with the documents about them as the workflows would order them."""

from datetime import date
from typing import Any

from sqlalchemy import insert

from activities.database import Database
from models.actors import Actor, Rol
from models.documents import (
    Beslissing,
    BeslissingAanvrager,
    DocumentFacts,
    DocumentOrder,
    Onbereikbaar,
    Onthaaldossier,
    OnthaalKennismaking,
    Onvolledig,
    OverdrachtOnthaal,
    Screeningsverslag,
)
from models.onthaal import LevensdomeinVastleggen, Orienteren, Recht, RechtenMeten, WarmeOverdracht
from models.tables import DossierRow, PersonRow
from models.toeleiding import Beoordeeld, ScreeningVastleggen, ToeleidingBeslissen
from tests.documents.examples import AS_OF, RECORDED, REFERENCE, STREET, on

OT = "OT-2026-000045"
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
SCREENER = Actor(rol=Rol.SCREENER, organisatie="ORG-GTB-GENT", medewerker="MW-2201")
GTB = Actor(rol=Rol.AANVRAGER, organisatie="ORG-GTB-GENT", medewerker="MW-2201")
CAW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-LEIE", medewerker="MW-0304")
LEIDING = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-CAW-LEIE", medewerker="MW-0309")

SCREENING = ScreeningVastleggen(
    datum=date(2026, 3, 20),
    opdracht="screening",
    doet_en_wil="Verzorgt elke dag de dieren van de buren en wil later buiten werken.",
    sterktes="Geduldig en handig; komt afspraken na.",
    hindernissen="Slaapt slecht en is snel moe.",
    hulp="Rust, een vast aanspreekpunt en hulp bij papieren.",
    advies="Een activeringstraject past, met een trage opbouw.",
    niveau=2,
    groeipotentieel=5,
)
PROBLEMS = Beoordeeld(aanwezig=True, motivering="U slaapt slecht en bent snel moe. Werken lukt zo nog niet.")
GROWTH = Beoordeeld(aanwezig=True, motivering="U komt uw afspraken na en wilt graag leren.")
TO_ACTIVERING = ToeleidingBeslissen(
    datum=date(2026, 4, 7),
    opdracht="beslissing",
    problematiek=PROBLEMS,
    groeimogelijkheden=GROWTH,
    route="activeringstraject",
    start=date(2026, 5, 4),
    gesprek="dinsdag 14 april om 10 uur, Kongostraat 7 in Gent",
)
TO_AMA_SE = TO_ACTIVERING.model_copy(update={"route": "ama_se", "start": None, "gesprek": None})
TO_ONTHAAL = TO_AMA_SE.model_copy(
    update={
        "route": "advies_welzijn",
        "onthaal": True,
        "contact_aanvaard": True,
        "kernpartner": "ORG-CAW-LEIE",
        "ama_begeleider": "ORG-DE-MEANDER",
    }
)
ADVICE_ONLY = TO_AMA_SE.model_copy(update={"route": "advies_welzijn"})
REFUSED = TO_AMA_SE.model_copy(
    update={
        "route": "geweigerd",
        "problematiek": Beoordeeld(aanwezig=False, motivering="U kunt nu werken met gewone hulp van VDAB."),
        "orientatie": "U kunt naar de jobclub van VDAB in Gent.",
    }
)
DOMAINS = (
    LevensdomeinVastleggen(
        datum=date(2026, 5, 12), domein="wonen", actie="Huurcontract nagekeken", resultaat="In orde"
    ),
    LevensdomeinVastleggen(datum=date(2026, 5, 12), domein="administratie"),
    LevensdomeinVastleggen(datum=date(2026, 6, 2), domein="tuin", verkend=False),
)
ZERO = RechtenMeten(
    datum=date(2026, 5, 12),
    meting="nul",
    methode="gesprek",
    minuten=40,
    fiche="2026-1",
    rechten=(
        Recht(code="huursubsidie", recht="ja"),
        Recht(code="sociaal_tarief_energie", recht="onzeker", drempel="organisatie"),
        Recht(code="nieuw_voordeel", recht="wil_niet"),
    ),
)
END = RechtenMeten(
    datum=date(2026, 9, 1),
    meting="eind",
    methode="huisbezoek",
    minuten=25,
    fiche="2026-2",
    rechten=(
        Recht(
            code="sociaal_tarief_energie", recht="ja", ontvangt=True, aangevraagd=True, resultaat="toegekend"
        ),
        Recht(code="sociaal_tarief_water", recht="nee"),
    ),
)
CHOICE = Orienteren(
    datum=date(2026, 8, 20),
    opties=("Woonbegeleiding", "Praatgroep in de buurt"),
    keuze="Praatgroep in de buurt",
    ontvanger="ORG-DE-MEANDER",
)
HANDED_OVER = WarmeOverdracht(
    datum=date(2026, 8, 25),
    organisatie="ORG-DE-MEANDER",
    gesprek_op=date(2026, 8, 24),
    afspraken="De Meander belt elke week op maandag.\n\nDe sleutel blijft bij de buurvrouw.",
)

TOELEIDING: dict[str, DocumentFacts] = {
    "onvolledig": Onvolledig(
        vdab=VDAB,
        ontbreekt=("motivering", "eigen_woorden", "niveau", "documenten"),
        tegen=on(date(2026, 5, 7), "assumed"),
    ),
    "screeningsverslag": Screeningsverslag(vdab=VDAB, screener=SCREENER, screening=SCREENING),
    "beslissing": Beslissing(vdab=VDAB, beslissing=TO_ACTIVERING),
    "beslissing_aanvrager": BeslissingAanvrager(vdab=VDAB, aanvrager=GTB, route="activeringstraject"),
}
ONTHAAL: dict[str, DocumentFacts] = {
    "onthaal_kennismaking": OnthaalKennismaking(kernpartner=CAW, leiding=LEIDING),
    "onbereikbaar": Onbereikbaar(
        kernpartner=CAW, leiding=LEIDING, heropenen_tot=on(date(2027, 4, 8), "assumed")
    ),
    "onthaaldossier": Onthaaldossier(
        kernpartner=CAW,
        start=date(2026, 5, 12),
        einde=date(2026, 9, 1),
        oorzaak="georienteerd_en_aangekomen",
        levensdomeinen=DOMAINS,
        metingen=(ZERO, END),
        orientaties=(CHOICE,),
    ),
    "overdracht_onthaal": OverdrachtOnthaal(kernpartner=CAW, overdracht=HANDED_OVER, levensdomeinen=DOMAINS),
}
INTAKE = TOELEIDING | ONTHAAL
INTAKE_LETTERS = ("onvolledig", "beslissing", "onthaal_kennismaking", "onbereikbaar")


def reference_of(soort: str) -> str:
    """The dossier number of a document: an onthaaltraject has one of its own."""
    return OT if soort in ONTHAAL else REFERENCE


def asked(soort: str, **changed: Any) -> DocumentOrder:
    """The order for one of the documents, with some of its facts changed."""
    reference = reference_of(soort)
    story = "onthaaltraject" if soort in ONTHAAL else "toeleiding"
    return DocumentOrder(
        workflow_id=f"{story}/{reference}",
        reference=reference,
        key=soort,
        as_of=AS_OF,
        facts=INTAKE[soort].model_copy(update=changed),
    )


def known(database: Database, soort: str, **person: Any) -> None:
    """Put the person and the dossier of a document in the record."""
    reference = reference_of(soort)
    values = {
        "id": 1,
        "first_name": "Zoë",
        "last_name": "Vandenbroücke",
        "birth_date": date(1991, 3, 2),
        "address_line_1": STREET,
        "postcode": "9000",
        "nis_code": "44021",
        **person,
    }
    dossier = {
        "reference": reference,
        "person_id": 1,
        "domain": "onthaal" if soort in ONTHAAL else "activering_ama",
        "year": AS_OF.year,
        "nis_code": "44021",
        "own_reference": "GTB-0077",
        "created_on": AS_OF,
        "recorded_at": RECORDED,
    }
    with database.begin() as session:
        session.execute(insert(PersonRow).values(values))
        session.execute(insert(DossierRow).values(dossier))
