"""How `data/organisaties.yaml` is written: strict, so that a mistyped field is named and never ignored."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.actors import Rol

BEGIN = date(2023, 7, 1)
"""From when an organisation or worker of the file is there, unless it says so: the decree's first day."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mandaatperiode(_Entry):
    """A period in which the mandates of the file hold, with where that is known from."""

    van: date
    tot: date
    bron: str


class Werkingsgebied(_Entry):
    """A werkingsgebied with its municipalities by NIS code; each holds as long as its municipality exists."""

    code: str
    naam: str
    van: date
    status: Literal["law", "assumed"]
    gemeenten: tuple[str, ...]


class Mandaat(_Entry):
    """A mandate for a role in a werkingsgebied."""

    rol: Rol
    werkingsgebied: str


class Lidmaatschap(_Entry):
    """A place in the dienstverleningsnetwerk of a werkingsgebied."""

    werkingsgebied: str
    soort: Literal["caw", "werkactor", "maatwerkbedrijf", "ggz", "vaph", "ocmw"]


class Erkenning(_Entry):
    """A recognition with its number."""

    soort: str
    nummer: str
    van: date
    tot: date | None = None


class Sluiting(_Entry):
    """Days on which an organisation is closed."""

    van: date
    tot: date
    reden: str


class Afwezigheid(_Entry):
    """Days on which a worker is away, with the reference of who replaces them."""

    van: date
    tot: date
    vervanger: str | None = None


class Medewerker(_Entry):
    """Somebody who works at an organisation."""

    ref: str
    naam: str
    email: str
    telefoon: str | None = None
    rol: Rol
    leiding: bool = False
    van: date = BEGIN
    tot: date | None = None
    afwezig: tuple[Afwezigheid, ...] = ()


class Organisatie(_Entry):
    """An organisation with everything the file says about it."""

    code: str = Field(pattern=r"^ORG-[A-Z0-9-]+$")
    naam: str
    type: str
    mailbox: str
    telefoon: str | None = None
    adres: str | None = None
    opvolger: str | None = None
    van: date = BEGIN
    tot: date | None = None
    rollen: tuple[Rol, ...] = ()
    mandaten: tuple[Mandaat, ...] = ()
    beslist_voor: tuple[str, ...] = ()
    """The werkingsgebieden for which this VDAB service decides (D2022 art. 9 and 11)."""
    netwerk: tuple[Lidmaatschap, ...] = ()
    erkenningen: tuple[Erkenning, ...] = ()
    sluitingen: tuple[Sluiting, ...] = ()
    medewerkers: tuple[Medewerker, ...] = ()

    @model_validator(mode="after")
    def _only_vdab_decides(self) -> Self:
        if self.beslist_voor and Rol.VDAB not in self.rollen:
            raise ValueError("beslist_voor hoort bij een organisatie met rol vdab")
        return self


class Bestand(_Entry):
    """The whole file."""

    mandaatperiodes: tuple[Mandaatperiode, ...]
    werkingsgebieden: tuple[Werkingsgebied, ...]
    organisaties: tuple[Organisatie, ...]
