"""The statement of what a trajectory gives right to, line by line, and the two documents that print it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.findings import Finding
from models.law import DayOff, Law, Parameter
from models.printed import Printed
from models.vergoeding import Lijn

CENT, ZERO = Decimal("0.01"), Decimal("0.00")
UNKNOWN = "bedrag niet gekend"
"""What a line says whose right is known and whose amount is not."""

EENHEID = "vergoeding.eenheid"
PEILDAG = "vergoeding.peildag"
WISSEL = "vergoeding.wissel"
MINIMUMDUUR = "vergoeding.minimumduur"


def amount_name(lijn: Lijn) -> str:
    """Under which name the amount of a line stands in the table."""
    return f"vergoeding.{lijn}"


def euro(bedrag: Decimal) -> str:
    """An amount as people write it: € 3.220,00, and − € 500,00 below zero."""
    plain = f"{abs(bedrag):,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return ("−\N{NO-BREAK SPACE}" if bedrag < 0 else "") + f"€\N{NO-BREAK SPACE}{plain}"


class Bedragen(Law):
    """The dated amounts of art. 16 and 20 and what is assumed about them, as they stand when they are read."""

    days_off: tuple[DayOff, ...] = ()
    horizon: date = date.max

    def known(self, name: str, on: date) -> Parameter | None:
        """The row in force on a date; none when nobody knows the amount."""
        there = any(row.name == name and row.geldig_van <= on for row in self.parameters)
        return self.at(name, on) if there else None


class Regel(BaseModel):
    """One line of a statement, with the reason of its amount and what is said against it."""

    model_config = ConfigDict(frozen=True)

    lijn: Lijn
    soort: Literal["recht", "aftrek", "terugvordering"]
    organisatie: str | None
    """None while nobody was assigned."""
    bedrag: Finding[Decimal | None]
    """Below zero for what is taken off; None when it is not known."""
    opmerkingen: tuple[Finding[str], ...] = ()
    """What makes the line disputable; it is withheld for none of these."""


def balance(regels: Iterable[Regel]) -> Decimal | None:
    """What some lines come to; None while one of the rights among them has no amount."""
    lines = list(regels)
    if any(line.bedrag.value is None for line in lines if line.soort == "recht"):
        return None
    return sum((line.bedrag.value or ZERO for line in lines), ZERO)


class Verdeeld(BaseModel):
    """What the coordinator paid to one provider."""

    model_config = ConfigDict(frozen=True)

    dienstverlener: str
    waarvoor: tuple[str, ...]
    bedrag: Finding[Decimal]


class Verdeling(BaseModel):
    """How the compensation of the network was divided, against what there was to divide."""

    model_config = ConfigDict(frozen=True)

    regels: tuple[Verdeeld, ...]
    beschikbaar: Finding[Decimal | None]
    totaal: Finding[Decimal]
    rest: Finding[Decimal | None]
    """Not yet divided; None while the amount is not known."""
    teveel: Finding[Decimal | None]
    """Divided beyond what there was."""


class Staat(Printed):
    """What both statements have: the reference and nothing else about the participant."""

    kenmerk: str
    datum: date
    start: date
    einde: date
    aannames: tuple[str, ...]
    """What the amounts rest on that was not seen in law, one sentence each."""


class Post(Printed):
    """One printed line: to whom, what, how much and why."""

    voor: str
    wat: str
    bedrag: str
    regel: Regel


class Groep(Printed):
    """The lines of one right with what they come to."""

    titel: str
    posten: tuple[Post, ...]
    saldo: str


class Vergoedingsstaat(Staat):
    """The statement for the organisations: each line with its article, its reason and what is assumed."""

    groepen: tuple[Groep, ...]
    organisaties: tuple[tuple[str, str], ...]
    """What each organisation is due, lines together."""
    totaal: str
    onvolledig: bool
    """Whether a line has no amount yet."""


class VerdeelPost(Printed):
    """One provider with what it was paid."""

    naam: str
    waarvoor: str
    bedrag: str
    waarom: Finding[Decimal]


class Verdeelstaat(Staat):
    """How the coordinator divided the compensation of the network, against what there was to divide."""

    coordinator: str
    ingediend_op: date | None
    netwerk: tuple[Post, ...]
    posten: tuple[VerdeelPost, ...]
    verdeling: Verdeling
    beschikbaar: str
    totaal: str
    rest: str
    teveel: str
