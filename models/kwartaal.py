"""The quarter overview of a contingent of AMA in the social economy: its days, its lines, and what they come to."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code
from models.findings import Finding
from models.vergoedingsstaat import ZERO

MAANDEN = 3
"""In a quarter."""
KWARTALEN = (1, 2, 3, 4)
LAATSTE = KWARTALEN[-1]


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True)


class Plaatsen(_Known):
    """How many places a holder has from a day on, up to and including `tot`."""

    aantal: int
    van: date
    tot: date | None = None


class Voorschot(_Known):
    """What was paid in advance for a year."""

    nummer: int
    jaar: int
    op: date
    bedrag: Decimal


class Persoonsdagen(_Known):
    """One participant in a quarter overview: reference, periods and days, no name."""

    kenmerk: str
    begeleiders: tuple[Code, ...]
    van: date
    tot: date | None
    """The last day; empty while the accompaniment runs."""
    dagen: int
    """In the quarter."""
    dagen_jaar: int
    """From the start of the year."""


class Kwartaalregel(_Known):
    """One line of money in a quarter overview."""

    jaar: int
    kwartaal: int
    """Up to which quarter of its year the line tells."""
    soort: Literal["recht", "correctie", "voorschot"]
    bedrag: Finding[Decimal]
    """Below zero for some corrections only; an advance is above zero and is taken off the balance."""
    voorschot: int | None = None
    """The number of the advance."""


class Kwartaalcijfers(_Known):
    """A quarter overview in figures, without its participants."""

    houder: Code
    jaar: int
    kwartaal: int
    deelnemers: int
    dagen: int
    dagen_jaar: int
    opgeschort: int
    """Of the days in the quarter, those in a suspension: they count, and are told as one number."""
    regels: tuple[Kwartaalregel, ...]
    recht: Decimal
    correcties: Decimal
    voorschotten: Decimal
    saldo: Decimal
    """Rights and corrections less advances; below zero when too much was advanced."""
    jaar_tot_nu: Finding[Decimal]


class Verteld(_Known):
    """What an overview knew of one year: until which quarter, the days of each participant, and the ground."""

    jaar: int
    kwartaal: int
    dagen: dict[str, int]
    grond: str


class Kwartaalfeiten(_Known):
    """All that is kept of a quarter overview: its figures, its participants, and what later ones compare with."""

    cijfers: Kwartaalcijfers
    personen: tuple[Persoonsdagen, ...]
    verteld: tuple[Verteld, ...]


class Eerder(_Known):
    """What overviews said of one year: until which quarter, how much, and the days of each participant."""

    jaar: int
    kwartaal: int
    bedrag: Decimal
    """Rights and corrections of that year together, over all overviews so far."""
    dagen: dict[str, int]
    """By participant, from the start of the year to the end of that quarter."""
    grond: str
    """The places and amounts it was computed with, in words."""


def total(regels: Iterable[Kwartaalregel], soort: str) -> Decimal:
    """What the lines of one kind come to."""
    return sum((each.bedrag.value for each in regels if each.soort == soort), ZERO)
