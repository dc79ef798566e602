"""Somebody in arbeidsmatige activiteiten, with the documents about them as the workflows would order them."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert

from activities.database import Database
from models.actors import Actor, Rol
from models.ama import Opbouw
from models.ama_verloop import Overeenkomst, Toestemming
from models.documents import (
    Begeleidingsovereenkomst,
    DocumentFacts,
    DocumentOrder,
    EvaluatieverslagAma,
    OvereenkomstKopie,
    Toestemmingsaanvraag,
)
from models.evaluatie import EvaluatieVastleggen, LatenteFunctie
from models.findings import Finding
from models.tables import DossierRow, PersonRow
from tests.documents.examples import AS_OF, MAXIMUM, RECORDED, REFERENCE, STREET, on

BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-CGG-ARTEVELDE", medewerker="MW-0602")
LEIDING = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-CGG-ARTEVELDE", medewerker="MW-0609")
WERKPOST = "ORG-WP-DE-MOESTUIN"
ASKED = Toestemming(
    nummer=1, statuut="arbeidsongeschikt_werknemer", instantie="adviserend_arts", sinds=date(2026, 4, 7)
)
AGREED = Overeenkomst(
    nummer=1,
    werkpost=WERKPOST,
    begeleider="ORG-CGG-ARTEVELDE",
    activiteit="zaaien, wieden en oogsten in de volkstuin",
    plaatsen=("Volkstuin aan de Lieve, Gent", "Serre aan het Keerdok, Gent"),
    start=date(2026, 5, 4),
    uren_per_week=Decimal("7.50"),
    opbouw=(
        Opbouw(vanaf=date(2026, 5, 4), uren_per_week=Decimal(4)),
        Opbouw(vanaf=date(2026, 7, 6), uren_per_week=Decimal("7.50")),
    ),
    getekend_op=date(2026, 4, 29),
    verzekerd_tot=date(2027, 4, 30),
    onkosten="het busticket van elke dag, met het ticket",
    kledij="laarzen en handschoenen van de werkpost",
)
EVALUATION = EvaluatieVastleggen(
    datum=date(2026, 4, 7),
    opdracht="evaluatie",
    bezigheid=LatenteFunctie(
        eigen_woorden="Ik heb iets om voor op te staan.", begeleider="Werkt een hele voormiddag door."
    ),
    structuur=LatenteFunctie(
        eigen_woorden="Maandag en donderdag zijn mijn dagen.", begeleider="Kwam bijna altijd, en verwittigde."
    ),
    contacten=LatenteFunctie(
        eigen_woorden="Met Noor drink ik koffie na het werk.", begeleider="Helpt wie nieuw is."
    ),
    zelfontplooiing=LatenteFunctie(
        eigen_woorden="Ik kan nu snoeien.", begeleider="Wil de serre mee plannen."
    ),
    toestemming_klopt=False,
    verzekering_klopt=True,
    uren_kloppen=False,
    werkpost_past=True,
    zorgbegeleiding="elke twee weken een gesprek bij CGG Artevelde",
    stap_naar_werk="Nu nog niet. Over een jaar bekijken we een opleiding in het groen.",
    oordeel="bijsturen",
)


def least(hours: str, status: str = "law") -> Finding[Decimal]:
    """A Finding of a number of hours, as a rule would give it."""
    parameter = MAXIMUM.model_copy(update={"status": status})
    return Finding[Decimal](
        value=Decimal(hours),
        rule="minimum_hours",
        article="D2022 art. 28",
        reden="De sociale economie vraagt een minimum.",
        parameters=(parameter,),
    )


AMA: dict[str, DocumentFacts] = {
    "toestemmingsaanvraag": Toestemmingsaanvraag(
        begeleider=BEGELEIDER,
        toestemming=ASKED,
        activiteit=AGREED.activiteit,
        werkpost=WERKPOST,
        uren_per_week=AGREED.uren_per_week,
        vanaf=AGREED.start,
        tegen=on(date(2026, 5, 8), "assumed"),
    ),
    "begeleidingsovereenkomst": Begeleidingsovereenkomst(
        begeleider=BEGELEIDER, variant="wvg", overeenkomst=AGREED
    ),
    "overeenkomst_kopie": OvereenkomstKopie(
        begeleider=BEGELEIDER, leiding=LEIDING, variant="wvg", overeenkomst=AGREED
    ),
    "evaluatieverslag": EvaluatieverslagAma(
        nummer=1, begeleider=BEGELEIDER, verjaardag=date(2026, 5, 4), evaluatie=EVALUATION
    ),
}
AMA_LETTERS = ("overeenkomst_kopie",)


def asked(soort: str, **changed: Any) -> DocumentOrder:
    """The order for one of the documents, with some of its facts changed."""
    return DocumentOrder(
        workflow_id=f"arbeidsmatige-activiteiten/{REFERENCE}",
        reference=REFERENCE,
        key=soort,
        as_of=AS_OF,
        facts=AMA[soort].model_copy(update=changed),
    )


def known(database: Database, **person: Any) -> None:
    """Put the participant and the dossier in the record."""
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
        "reference": REFERENCE,
        "person_id": 1,
        "domain": "activering_ama",
        "year": AS_OF.year,
        "nis_code": "44021",
        "created_on": AS_OF,
        "recorded_at": RECORDED,
    }
    with database.begin() as session:
        session.execute(insert(PersonRow).values(values))
        session.execute(insert(DossierRow).values(dossier))
