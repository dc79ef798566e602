"""The geintegreerd breed onthaal: who is asked to welcome a person, and what is gone through with them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from models.actors import Actor, Code
from models.command import Kort
from models.findings import Finding


class KernpartnerOrder(BaseModel):
    """Asks which kernpartner welcomes a person who lives in a municipality, on a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nis_code: str
    on: date
    keuze: Code | None = None
    """The organisation that the person chose."""
    helper: Code | None = None
    """The organisation of the person's helper."""
    dakloos: bool = False
    """Whoever has no home keeps their helper, also one who is a kernpartner elsewhere."""


class KernpartnerProposal(BaseModel):
    """The kernpartners in the order in which they are asked, or none with a reason for a person to decide."""

    model_config = ConfigDict(frozen=True)

    gbo: str | None
    werkingsgebied: str | None
    partners: Finding[tuple[Actor, ...]]
    leiding: dict[str, Actor] = {}
    """Per organisation code the teamcoordinator who hears of silence."""
    coordinator: Actor | None = None
    """Who coordinates the GBO, and sees no personal data."""


class _Listed(BaseModel):
    """An entry of a list, in the period in which it is on it."""

    model_config = ConfigDict(frozen=True)

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    naam: Kort
    geldig_van: date
    geldig_tot: date | None = None
    """The last day; empty while it still holds."""
    status: Literal["law", "assumed"]
    bron: Kort

    def holds(self, on: date) -> bool:
        """Whether it is on the list on a day."""
        return self.geldig_van <= on and (self.geldig_tot is None or on <= self.geldig_tot)


class Levensdomein(_Listed):
    """A part of life that is gone through with the person: what was explored, done and reached."""


class Recht(_Listed):
    """A social benefit whose entitlement and receipt are measured at the start and at the end."""

    domein: Literal["energie", "huisvesting", "vrije_tijd", "telecom", "gezondheid"]
