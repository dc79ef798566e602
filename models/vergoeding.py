"""What people tell about the money of a trajectory: other payments, the verdeelstaat, disputes, hearings."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from models.actors import Code
from models.command import Answer, Command, Kort, Strict, Tekst

Bedrag = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
"""Euro, in cents."""
Lijn = Literal["samenwerkingsverband_zorg", "casemanager_werk", "netwerk"]
"""The three lines of art. 16 and 20."""


class AndereVergoeding(Command):
    """Another payment for the same actions of the plan: it is deducted from the line of the network only (art. 21)."""

    bedrag: Bedrag
    waarvoor: Kort
    van_wie: Kort


class Verdeling(Strict):
    """What the coordinator paid to one provider."""

    dienstverlener: Code
    bedrag: Bedrag
    waarvoor: Kort


class VerdeelstaatIndienen(Answer):
    """How the netwerkcoordinator divided the compensation over the providers."""

    verdelingen: tuple[Verdeling, ...]


class VergoedingBetwisten(Command):
    """A line is disputed; it stays as it is, with the reason beside it, until somebody decides."""

    lijn: Lijn
    organisatie: Code
    waarom: Kort


class Hoorzitting(Command):
    """The organisation was heard about a reduction or recovery (art. 26-27)."""

    lijn: Lijn
    organisatie: Code
    verweer: Tekst


class TerugvorderingBeslissen(Command):
    """A line is reduced or recovered, after a hearing (art. 26-27)."""

    lijn: Lijn
    organisatie: Code
    bedrag: Bedrag
    motivering: Tekst
