"""How the reference files in `data/` are written: strict, so that a mistyped field is named and never ignored."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.actors import Rol

Status = Literal["law", "assumed"]

BEGIN = date(2023, 7, 1)
"""From when an organisation or worker of the file is there, unless it says so: the decree's first day."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mandaatperiode(_Entry):
    """A period in which the mandates of the file hold, with where that is known from."""

    van: date
    tot: date
    bron: str


class Regio(_Entry):
    """A referentieregio with its municipalities by NIS code; each holds as long as its municipality exists."""

    code: str
    naam: str
    van: date
    status: Status
    gemeenten: tuple[str, ...]


class Werkingsgebied(_Entry):
    """A werkingsgebied, as the referentieregio's that it is made of."""

    code: str = Field(pattern=r"^WG-[A-Z0-9-]+$")
    naam: str
    regios: tuple[str, ...]


class Partner(_Entry):
    """A kernpartner of a GBO in a period; its place in the list is its place in the agreed order."""

    org: str
    van: date = BEGIN
    tot: date | None = None


class Gbo(_Entry):
    """A geintegreerd breed onthaal (LSB art. 9), as the referentieregio's that it serves and its kernpartners."""

    code: str = Field(pattern=r"^GBO-[A-Z0-9-]+$")
    naam: str
    regios: tuple[str, ...]
    status: Status
    coordinator: str | None = None
    """The organisation where the GBO's coordinator works, who sees no personal data."""
    partners: Annotated[tuple[Partner, ...], Field(min_length=1)]


class Gebieden(_Entry):
    """The whole of `data/werkingsgebieden.yaml`."""

    regios: tuple[Regio, ...]
    werkingsgebieden: tuple[Werkingsgebied, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        named = [nis for regio in self.regios for nis in regio.gemeenten]
        if twice := sorted({nis for nis in named if named.count(nis) > 1}):
            raise ValueError(f"gemeente staat in twee regio's: {', '.join(twice)}")
        return self

    def of(self, area: Werkingsgebied | Gbo) -> tuple[Regio, ...]:
        """The referentieregio's that an area is made of; raises ValueError for one that the file does not know."""
        known = {regio.code: regio for regio in self.regios}
        if unknown := sorted(set(area.regios) - known.keys()):
            raise ValueError(f"{area.code} noemt een regio die niet bestaat: {', '.join(unknown)}")
        return tuple(known[code] for code in area.regios)


class Gbos(_Entry):
    """The whole of `data/gbo.yaml`."""

    gbos: tuple[Gbo, ...]


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


class Partnerschap(_Entry):
    """An organisation of the partnership that the holder of a contingent steers."""

    org: str
    van: date = BEGIN
    tot: date | None = None


class Plaatsen(_Entry):
    """How many places a holder has from a day on; a later row replaces it, and `tot` is the last day of all."""

    van: date
    tot: date | None = None
    aantal: int = Field(ge=0)
    bron: str
    status: Status


class Contingenthouder(_Entry):
    """A maatwerkbedrijf with a contingent (D2022 art. 33), by itself or for its partnership."""

    houder: str = Field(pattern=r"^ORG-[A-Z0-9-]+$")
    partners: tuple[Partnerschap, ...] = ()
    plaatsen: Annotated[tuple[Plaatsen, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_a_day(self) -> Self:
        days = [row.van for row in self.plaatsen]
        if days != sorted(set(days)):
            raise ValueError(
                f"{self.houder}: de rijen van plaatsen volgen elkaar op, elk vanaf een eigen dag"
            )
        return self


class Contingenten(_Entry):
    """The whole of `data/contingenten.yaml`."""

    contingenten: tuple[Contingenthouder, ...]


class Bestand(_Entry):
    """The whole of `data/organisaties.yaml`."""

    mandaatperiodes: tuple[Mandaatperiode, ...]
    organisaties: tuple[Organisatie, ...]
