"""The subsidy of arbeidsmatige activiteiten: what is known of a participant, and the lines of a yearly statement.

Periods of accompaniment run up to and including their last day, suspensions up to and not including theirs.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code
from models.ama_stand import Begeleidingsperiode, Rustperiode
from models.findings import Finding
from models.vergoedingsstaat import ZERO

WVG = "subsidie.ama_wvg"
WVG_DEEL = "subsidie.ama_wvg.dagen_per_jaar"
WVG_RUST = "subsidie.ama_wvg.opschorting"
WVG_EENMAAL = "subsidie.ama_wvg.per_deelnemer"
WVG_SAMENLOOP = "subsidie.ama_wvg.samenloop"
SE = "subsidie.ama_se"
SE_DEEL = "subsidie.ama_se.dagen_per_jaar"
SE_DAGEN = "subsidie.ama_se.dagen"
WIJZIGING = "subsidie.wijziging"
AFRONDING = "subsidie.afronding"


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True)


class Begeleid(_Known):
    """One participant: every agreement and every suspension, over all their trajectories of one variant."""

    kenmerk: str
    overeenkomsten: tuple[Begeleidingsperiode, ...]
    rusten: tuple[Rustperiode, ...] = ()


class Keuze(_Known):
    """A human decided which begeleider gets the days of a year on which two of them accompanied somebody."""

    kenmerk: str
    jaar: int
    organisatie: Code
    op: date
    door: str
    """The reference of who decided."""
    reden: str


class Regel(_Known):
    """One line of a yearly statement: what the days of one participant give, or what a closed year still differs."""

    kenmerk: str
    jaar: int
    """The year that the days are of; earlier than the statement's for a correction."""
    soort: Literal["recht", "correctie"]
    begeleiders: tuple[Code, ...]
    """Whose days they are; more than one while a human still has to say whose."""
    dagen: int
    """The days that count, as they are known now."""
    bedrag: Finding[Decimal]
    """Below zero for some corrections only."""

    @property
    def te_beslissen(self) -> bool:
        """Whether a human still has to say who gets it."""
        return len(self.begeleiders) > 1


class Jaarcijfers(_Known):
    """A yearly statement of one organisation in figures: its lines, and what they come to."""

    organisatie: Code
    jaar: int
    regels: tuple[Regel, ...]
    recht: Decimal
    correcties: Decimal
    saldo: Decimal
    """Rights and corrections together, without what is still to be decided."""
    te_beslissen: Decimal
    """Beside the balance: what waits for a human, and is promised to nobody yet."""


def total(regels: Iterable[Regel], *, soort: str | None = None, te_beslissen: bool = False) -> Decimal:
    """What lines come to, those that wait for a human apart."""
    counted = (each for each in regels if each.te_beslissen == te_beslissen and soort in (None, each.soort))
    return sum((each.bedrag.value for each in counted), ZERO)
