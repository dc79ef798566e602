"""The rights report: what was measured of the social benefits, and what of it may be shown."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.onthaal import Drempel, Recht
from models.printed import Printed, Waarom

MINUTEN_PER_UUR = 60
Methode = Literal["gesprek", "werkbank", "infosessie", "huisbezoek", "telefoon", "digitaal"]
Aantal = int | str
"""A number that may be shown: zero, a multiple of the smallest cell, or words such as "< 5"."""


class Meting(BaseModel):
    """One zero or end measurement of a person, as the record tells it; of no use to print."""

    model_config = ConfigDict(frozen=True)

    dossier: str
    traject: str
    nummer: int
    """Its place in what the trajectory told."""
    op: date
    meting: Literal["nul", "eind"]
    methode: Methode
    minuten: int
    rechten: tuple[Recht, ...]

    def found(self, code: str) -> Recht | None:
        """What was seen of one benefit; None where nobody looked."""
        seen = (recht for recht in self.rechten if recht.code == code)
        return next((recht for recht in seen if recht.recht != "niet_nagegaan"), None)


class Intrekking(BaseModel):
    """A person took back the consent to keep what was measured."""

    model_config = ConfigDict(frozen=True)

    traject: str
    nummer: int
    op: date


class Vergelijking(BaseModel):
    """The zero and the end measurement of one person, side by side."""

    model_config = ConfigDict(frozen=True)

    nul: Meting
    eind: Meting


class Voordeel(Printed):
    """One benefit: for how many of the same persons it was so at the start, and at the end."""

    code: str
    naam: str
    recht_nul: Aantal
    recht_eind: Aantal
    ontvangt_nul: Aantal
    ontvangt_eind: Aantal
    nieuw: Aantal
    """Not received at the start, received at the end."""
    niet_nagegaan_nul: Aantal
    niet_nagegaan_eind: Aantal
    wil_niet_nul: Aantal
    wil_niet_eind: Aantal


class Werkwijze(Printed):
    """What one method took and what came of it; None where showing it would tell of few people."""

    methode: Methode
    personen: Aantal
    minuten: int | None
    nieuw: Aantal | None
    per_uur: Decimal | None
    """New rights an hour, after the shown number, to the hundredth."""


class Signaal(Printed):
    """A threshold that stood in the way of a benefit, for so many persons."""

    code: str
    naam: str
    drempel: Drempel
    aantal: Aantal


class Rechtencijfers(Printed):
    """Every figure of the report, fit to be shown."""

    personen: Aantal
    """With a zero and an end measurement: the persons of every other figure."""
    alleen_nul: Aantal
    """Measured at the start in the period, and not yet at the end."""
    voordelen: tuple[Voordeel, ...]
    werkwijzen: tuple[Werkwijze, ...]
    signalen: tuple[Signaal, ...]


class Rechtenverslag(Printed):
    """The report of a GBO or of all, over a period: figures only, and nobody's name or number."""

    kenmerk: str
    datum: date
    gebied: str
    van: date
    tot: date
    kleinste_cel: int
    cel_waarom: Waarom
    cijfers: Rechtencijfers
    werkwijzen: dict[Methode, str]
    """Each method in words."""
    drempels: dict[Drempel, str]
    """Each level of thresholds in words."""
    grafiek: str | None
    """The chart as SVG; None where there is nothing to draw."""

    def as_data(self) -> dict[str, object]:
        """The figures for another program, without the drawing and the words of codes."""
        return self.model_dump(mode="json", exclude={"grafiek", "werkwijzen", "drempels"})
