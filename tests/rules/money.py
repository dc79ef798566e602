"""A trajectory of a year with its tandem and its money, for the tests of the two statements."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from activities.bedragen import AmountTable
from models.actors import Actor, Rol, Team
from models.documents import Verdeelstaat, Vergoedingsstaat
from models.vergoeding import Lijn, Verdeling
from models.vergoedingsstaat import Bedragen, Regel
from models.verloop import Betaling, Betwisting, Geld, Tandemperiode, Terugvordering

START, END = date(2027, 1, 4), date(2028, 1, 3)
"""365 days, the first and the last included."""
AMOUNTS = AmountTable().read()
LEIE, BRUG, DELTA = "ORG-CAW-LEIE", "ORG-CGG-BRUG", "ORG-VAPH-DELTA"
VDAB, COORDINATOR = "ORG-VDAB-GENT", "ORG-NETWERK-GENT"
KOMPAAN = "ORG-KOMPAAN-WERK"

WERK = Actor(rol=Rol.CASEMANAGER_WERK, organisatie=VDAB)
TEAM = Team(
    werkingsgebied="WG-GENT",
    casemanager_werk=WERK,
    casemanager_zorg=Actor(rol=Rol.CASEMANAGER_ZORG, organisatie=LEIE),
    leiding={},
    netwerkcoordinator=Actor(rol=Rol.NETWERKCOORDINATOR, organisatie=COORDINATOR),
)


def tandem(van: date, zorg: str = LEIE, werk: str = VDAB) -> Tandemperiode:
    """From a day on, these two organisations have the case."""
    return Tandemperiode(
        van=van,
        werk=Actor(rol=Rol.CASEMANAGER_WERK, organisatie=werk),
        zorg=Actor(rol=Rol.CASEMANAGER_ZORG, organisatie=zorg),
    )


def after(days: int) -> date:
    """The day on which so many days of the trajectory are over."""
    return START + timedelta(days=days)


def paid(bedrag: str, op: date = date(2027, 3, 5)) -> Betaling:
    """Another payment for the same actions."""
    return Betaling(op=op, bedrag=Decimal(bedrag), waarvoor="dezelfde actie", van_wie="een ander fonds")


def dispute(lijn: Lijn, organisatie: str, waarom: str = "er waren geen gesprekken") -> Betwisting:
    """A line that is disputed."""
    return Betwisting(op=date(2028, 2, 1), lijn=lijn, organisatie=organisatie, waarom=waarom)


def recovered(lijn: Lijn, organisatie: str, bedrag: str, op: date = date(2028, 3, 1)) -> Terugvordering:
    """A recovery that was decided after a hearing."""
    return Terugvordering(
        op=op,
        lijn=lijn,
        organisatie=organisatie,
        bedrag=Decimal(bedrag),
        motivering="taken niet uitgevoerd",
        gehoord_op=op - timedelta(days=14),
    )


def given(dienstverlener: str, bedrag: str, waarvoor: str = "begeleiding op de werkvloer") -> Verdeling:
    """What the coordinator paid a provider."""
    return Verdeling(dienstverlener=dienstverlener, bedrag=Decimal(bedrag), waarvoor=waarvoor)


def trajectory(*tandems: Tandemperiode, geld: Geld | None = None, **more: Any) -> Vergoedingsstaat:
    """The facts of a vergoedingsstaat; without other word one tandem had the case all year."""
    known: dict[str, Any] = {
        "team": TEAM,
        "start": START,
        "einde": END,
        "tandems": tandems or (tandem(START),),
        "geld": geld or Geld(),
        "netwerkacties": True,
    }
    return Vergoedingsstaat(**(known | more))


def divided(*verdelingen: Verdeling, **money: Any) -> Verdeelstaat:
    """The facts of a verdeelstaat that was filed."""
    geld = Geld(verdelingen=verdelingen, verdeeld_op=date(2028, 2, 1), **money)
    return Verdeelstaat(team=TEAM, start=START, einde=END, geld=geld)


def amounts(*rows: tuple[str, str, date]) -> Bedragen:
    """The shipped amounts with some rows added: name, value, from when."""
    shipped = AMOUNTS.parameters
    added = tuple(
        shipped[0].model_copy(update={"name": name, "value": value, "geldig_van": van})
        for name, value, van in rows
    )
    return AMOUNTS.model_copy(update={"parameters": shipped + added})


def table(regels: tuple[Regel, ...]) -> list[tuple[str, str, str | None, Decimal | None]]:
    """The lines as a golden example writes them: which, what, whose, how much."""
    return [(each.lijn, each.soort, each.organisatie, each.bedrag.value) for each in regels]
