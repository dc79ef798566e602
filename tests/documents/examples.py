"""A participant, a tandem and the five documents about them, as record and workflows would have them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from activities.database import Database
from models.actors import Actor, Rol, Team
from models.documents import (
    DocumentFacts,
    DocumentOrder,
    Eindverslag,
    KennismakingTandem,
    Reviewverslag,
    Slotnota,
    Trajectplan,
)
from models.findings import Finding
from models.law import Parameter
from models.messages import (
    Actie,
    ActieReview,
    AfrondenZonderBetrokkene,
    EindverslagIndienen,
    PlanAkkoord,
    ReviewVastleggen,
)
from models.tables import DossierRow, PersonRow

REFERENCE = "WZ-2026-000123"
WORKFLOW = f"activeringstraject/{REFERENCE}"
AS_OF = date(2026, 4, 8)
RECORDED = datetime(2026, 4, 8, 9, 30, tzinfo=UTC)
STREET = "Geheimestraat 17"
NAME = "Zoë Vandenbroücke"

WERK = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-VDAB-GENT", medewerker="MW-0101")
ZORG = Actor(rol=Rol.CASEMANAGER_ZORG, organisatie="ORG-CAW-LEIE", medewerker="MW-0301")
TEAM = Team(
    werkingsgebied="WG-GENT",
    casemanager_werk=WERK,
    casemanager_zorg=ZORG,
    leiding={
        "ORG-VDAB-GENT": Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-VDAB-GENT", medewerker="MW-0109"),
        "ORG-CAW-LEIE": Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-CAW-LEIE", medewerker="MW-0309"),
    },
)
MAXIMUM = Parameter(
    name="activering.duur_max",
    value="18 maanden",
    geldig_van=date(2023, 7, 1),
    status="law",
    bron="D2022 art. 11",
)
PLAN = PlanAkkoord(
    datum=date(2026, 5, 4),
    door=ZORG,
    opdracht="trajectplan",
    doel="Ik wil opnieuw werken, liefst buiten.\n\nEerst wil ik weer een vast ritme vinden.",
    start=date(2026, 5, 4),
    einde=date(2027, 5, 3),
    acties=(
        Actie(domein="werk", omschrijving="Twee halve dagen meewerken", dienstverlener="ORG-KOMPAAN-WERK"),
        Actie(domein="zorg", omschrijving="Elke week een gesprek over slapen", dienstverlener="CGG De Brug"),
        Actie(domein="welzijn", omschrijving="Mijn papieren in orde brengen", dienstverlener="ikzelf"),
    ),
    afspraken="We komen op tijd of verwittigen.",
    periodiciteit_maanden=3,
)
REVIEW = ReviewVastleggen(
    datum=date(2026, 8, 6),
    opdracht="review/1",
    acties=(ActieReview(actie="Meewerken", verkend="Drie dagen", gedaan="Twee", resultaat="Gaat door"),),
    eigen_woorden="Ik sta weer op met zin. Slapen gaat nog niet altijd.",
    vervolg="We bekijken samen of een extra dag kan.",
)
VERSLAG = EindverslagIndienen(
    datum=date(2027, 5, 3),
    opdracht="eindverslag",
    vorm="volledig",
    acties="Meewerken in de groendienst.",
    resultaten="Anderhalve dag in de week.",
    informatie_team="Vraagt op tijd hulp.",
    informatie_dienstverleners="De ploeg werkt graag samen.",
    gesprek="We blikten terug en spraken over wat nu komt.",
    eindadvies="Betaald werk met ondersteuning is mogelijk, omdat het ritme er is.",
    alinea_deelnemer="Ik ben fier op dit jaar.",
)
NOTA = AfrondenZonderBetrokkene(
    datum=date(2026, 12, 31), opdracht="afronding", notitie="De dienstverleners zijn verwittigd."
)


def on(day: date | None, status: str = "law") -> Finding[Any]:
    """A Finding of a date, as a rule would give it."""
    parameter = MAXIMUM.model_copy(update={"status": status})
    return Finding[Any](
        value=day,
        rule="planned_end",
        article="D2022 art. 11",
        reden="Zoals afgesproken, vanaf 04-05-2026.",
        parameters=(parameter,),
    )


FACTS: dict[str, DocumentFacts] = {
    "kennismaking_tandem": KennismakingTandem(team=TEAM),
    "trajectplan": Trajectplan(
        team=TEAM,
        plan=PLAN,
        einde=on(date(2027, 5, 3), "assumed"),
        evaluaties=(date(2026, 8, 4), date(2026, 11, 4)),
    ),
    "reviewverslag": Reviewverslag(
        nummer=1,
        team=TEAM,
        review=REVIEW,
        voorzien_op=on(date(2026, 8, 4)),
        volgende=on(date(2026, 11, 4)),
    ),
    "eindverslag": Eindverslag(
        team=TEAM, plan=PLAN, einde=date(2027, 5, 3), verslag=VERSLAG, reviews=(date(2026, 8, 6),)
    ),
    "slotnota": Slotnota(team=TEAM, overleden_op=date(2026, 12, 30), nota=NOTA),
}


def order(soort: str, **changed: Any) -> DocumentOrder:
    """The order for one of the five documents, with some of its facts changed."""
    facts = FACTS[soort].model_copy(update=changed)
    return DocumentOrder(
        workflow_id=WORKFLOW, reference=REFERENCE, key=f"document/{soort}", as_of=AS_OF, facts=facts
    )


def enrol(database: Database, **person: Any) -> None:
    """Put the participant and their dossier in the record."""
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
    with database.begin() as session:
        session.execute(insert(PersonRow).values(values))
        session.execute(
            insert(DossierRow).values(
                reference=REFERENCE,
                person_id=1,
                domain="activering_ama",
                year=2026,
                nis_code="44021",
                created_on=AS_OF,
                recorded_at=RECORDED,
            )
        )
