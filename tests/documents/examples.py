"""A participant, a tandem and the documents about them, as record and workflows would have them."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from activities.database import Database
from models.actie import Opbouw, Werkplek
from models.actors import Actor, Rol, Team
from models.begeleiding import PakketEvalueren, Verkennen
from models.documents import (
    DocumentFacts,
    DocumentOrder,
    Eindadvies,
    EindadviesKopie,
    Eindverslag,
    KennismakingTandem,
    Overdrachtsfiche,
    Pakketevaluatie,
    PlanKopie,
    Reviewverslag,
    Slotnota,
    Stopzetting,
    Trajectplan,
    TrajectplanCoordinator,
    WeigeringVerlenging,
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
from models.verloop import ActieStand, Meting

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
    uitkomst="betaald_werk_met_ondersteuning",
)
NOTA = AfrondenZonderBetrokkene(
    datum=date(2026, 12, 31), opdracht="afronding", notitie="De dienstverleners zijn verwittigd."
)
WERKPLEK = Werkplek(
    statuut_nagegaan="aangevraagd",
    werkervaringsstage=True,
    begeleider="de ploegbaas van de groendienst",
    verzekering="in_orde",
    uren=(
        Opbouw(vanaf=date(2026, 6, 1), uren_per_week=4),
        Opbouw(vanaf=date(2026, 9, 1), uren_per_week=8),
    ),
    mag_weten="Alleen dat ik traag begin en dat ik af en toe een pauze nodig heb.",
)
ACTIES = (
    Actie(
        domein="werk",
        omschrijving="Twee halve dagen meewerken in de groendienst",
        dienstverlener="ORG-KOMPAAN-WERK",
        activeringsvorm="arbeid",
        soort="werkplek_in_groen",
        aanbod="netwerk",
        plaats="Dok Zuid, Gent",
        van=date(2026, 6, 1),
        tot=date(2026, 11, 30),
        waarom="Ik wil buiten werken en met mijn handen bezig zijn.",
        resultaat="Ik weet of ik dit werk kan volhouden.",
        aandeel_deelnemer="Ik kom op tijd en zeg het als het te veel wordt.",
        aandeel_anderen="De ploegbaas leert mij de machines kennen en belt als er iets is.",
        werkplek=WERKPLEK,
    ),
    Actie(
        domein="zorg",
        omschrijving="Elke week een gesprek over slapen",
        dienstverlener="CGG De Brug",
        activeringsvorm="hulpverlening_en_zorg",
        aanbod="regulier",
        waarom="Zonder slaap lukt werken niet.",
    ),
    Actie(
        domein="welzijn",
        omschrijving="Samen mijn huis en mijn papieren op orde brengen",
        dienstverlener="ORG-CAW-LEIE",
        activeringsvorm="sociaal",
        aanbod="ad_hoc",
        aanbod_reden="er was dichtbij geen ander aanbod",
        pakket="integraal",
    ),
    Actie(domein="competentie", omschrijving="Elke dag een half uur lezen", dienstverlener="ikzelf"),
    Actie(
        domein="empowerment",
        omschrijving="In een praatgroep vertellen",
        dienstverlener="Buurthuis De Linde",
        aanvaard=False,
    ),
)
STANDEN = (
    ActieStand(
        nummer=1, actie=ACTIES[0], sinds=date(2026, 5, 4), antwoord="bevestigd", vanaf=date(2026, 6, 1)
    ),
    ActieStand(
        nummer=2, actie=ACTIES[1], sinds=date(2026, 4, 13), antwoord="wachtlijst", vanaf=date(2026, 10, 1)
    ),
    ActieStand(nummer=3, actie=ACTIES[2], sinds=date(2026, 5, 4), pakket_vanaf=date(2026, 5, 11)),
    ActieStand(nummer=4, actie=ACTIES[3], sinds=date(2026, 5, 4)),
    ActieStand(nummer=5, actie=ACTIES[4], sinds=date(2026, 5, 4)),
    ActieStand(
        nummer=6,
        actie=ACTIES[3].model_copy(update={"omschrijving": "Naar de computerles"}),
        sinds=date(2026, 5, 4),
        vervallen=True,
    ),
)
"""One action of every kind: on a workplace, about care, a package, alone, not accepted, dropped."""
GEDEELD = PLAN.model_copy(
    update={
        "acties": ACTIES,
        "vorm": "niet_akkoord",
        "eigen_woorden": "In een groep praten wil ik niet. De rest is goed voor mij.",
    }
)
"""A plan that the participant does not accept whole."""
VERKENNING = Verkennen(
    datum=date(2026, 4, 13),
    rechten="Leefloon; een verhoogde tegemoetkoming is aangevraagd.",
    competenties="Handig, geduldig met dieren, rijdt met de heftruck.",
    voorkeur="Ik wil buiten werken, met mijn handen.",
    groeimogelijkheden="Wil leren plannen en telefoneren.",
    noden="Rust en een vast aanspreekpunt.",
)
PAKKET = PakketEvalueren(
    datum=date(2026, 11, 10),
    opdracht="pakket/3",
    doel="Opnieuw overzicht over huis en papieren.",
    gedaan="Twaalf gesprekken en drie huisbezoeken.",
    resultaat="De rekeningen zijn betaald en het huis is leefbaar.",
    eigen_woorden="Ik durf mijn brievenbus weer open te doen.",
    vervolg="Om de twee maanden een telefoontje.",
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
    "trajectplan_coordinator": TrajectplanCoordinator(
        team=TEAM,
        plan=GEDEELD,
        einde=on(date(2027, 5, 3)),
        evaluaties=(date(2026, 8, 4), date(2026, 11, 4)),
        acties=STANDEN,
    ),
    "plan_kopie": PlanKopie(
        team=TEAM,
        plan=GEDEELD,
        einde=on(date(2027, 5, 3)),
        evaluaties=(date(2026, 8, 4), date(2026, 11, 4)),
        acties=STANDEN,
        versie=2,
    ),
    "pakketevaluatie": Pakketevaluatie(
        team=TEAM, actie=STANDEN[2], einde=on(date(2026, 11, 10)), evaluatie=PAKKET
    ),
    "stopzetting": Stopzetting(
        team=TEAM,
        einde=date(2026, 9, 30),
        oorzaak="geen_contact",
        heropenen_tot=on(date(2027, 3, 31), "assumed"),
    ),
    "weigering_verlenging": WeigeringVerlenging(
        team=TEAM,
        gevraagd_tot=date(2028, 5, 3),
        einde=on(date(2027, 11, 3)),
        motivering="Het doel van het traject is bereikt. Wat nog nodig is, kan met gewone begeleiding.",
    ),
    "overdrachtsfiche": Overdrachtsfiche(
        team=TEAM,
        rol="casemanager_zorg",
        van=ZORG.model_copy(update={"medewerker": "MW-0302"}),
        fase="lopend",
        plan=PLAN,
        acties=STANDEN,
        reviews=(date(2026, 8, 6),),
        opschortingen=((date(2026, 9, 1), date(2026, 9, 15)), (date(2026, 10, 5), None)),
        open_opdrachten=(
            ("Tweede evaluatie houden", date(2026, 11, 18)),
            ("Vragen of het traject weer kan lopen", None),
        ),
        verkenning=VERKENNING,
    ),
    "eindadvies": Eindadvies(
        team=TEAM,
        start=date(2026, 5, 4),
        einde=date(2027, 5, 3),
        verslag=VERSLAG,
        metingen=(
            Meting(op=date(2026, 4, 13), niveau=2, groeipotentieel=4),
            Meting(op=date(2027, 5, 3), niveau=4),
        ),
    ),
    "eindadvies_kopie": EindadviesKopie(
        team=TEAM, einde=date(2027, 5, 3), verslag=VERSLAG, heropenen_tot=on(date(2027, 11, 3), "assumed")
    ),
    "eindverslag": Eindverslag(
        team=TEAM, plan=PLAN, einde=date(2027, 5, 3), verslag=VERSLAG, reviews=(date(2026, 8, 6),)
    ),
    "slotnota": Slotnota(team=TEAM, overleden_op=date(2026, 12, 30), nota=NOTA),
}
LETTERS = ("kennismaking_tandem", "plan_kopie", "stopzetting", "weigering_verlenging", "eindadvies_kopie")


def order(soort: str, **changed: Any) -> DocumentOrder:
    """The order for one of the documents, with some of its facts changed."""
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
