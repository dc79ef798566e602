"""What happened in an activeringstraject, as the facts that dates and documents are made from."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actie import Actie
from models.actors import Actor, Code, Rol
from models.begeleiding import Uitkomst
from models.vergoeding import Lijn, Verdeling


class _Feit(BaseModel):
    model_config = ConfigDict(frozen=True)


class ActieStand(_Feit):
    """An action of the plan and where it stands: whether its provider answered, and how far its package is."""

    nummer: int
    actie: Actie
    sinds: date
    """Since when it is in the plan."""
    vraag_vanaf: date | None = None
    """From when its provider is asked; none when nothing is to be asked."""
    gevraagd: int = 0
    """How often a provider was asked."""
    antwoord: Literal["bevestigd", "wachtlijst", "geen_aanbod", "geweigerd"] | None = None
    vanaf: date | None = None
    pakket_vanaf: date | None = None
    """The first talk of its welzijnspakket."""
    pakket_geevalueerd: bool = False
    vervallen: bool = False


class Meting(_Feit):
    """A value on the participatieladder, with its day and who said so."""

    op: date
    niveau: int
    groeipotentieel: int | None = None
    door: Rol | None = None


class Stap(_Feit):
    """A talk before a stop."""

    stap: Literal["motiverend", "confronterend"]
    op: date


class Poging(_Feit):
    """An attempt to reach the participant."""

    op: date
    kanaal: str
    gelukt: bool


class Verlengingsvraag(_Feit):
    """The request to VDAB for an end beyond the maximum (art. 11), and its decision."""

    gevraagd_op: date
    tot: date
    besluit: Literal["toegestaan", "geweigerd"] | None = None
    einde: date | None = None
    """The last day that VDAB granted."""


class Ritme(_Feit):
    """Another periodicity of the evaluations, agreed in mid-course: it counts from a day, after so many evaluations."""

    na: int
    vanaf: date
    maanden: int


class Tandemperiode(_Feit):
    """Since when these two organisations had the case."""

    van: date
    werk: Actor
    zorg: Actor


class Betaling(_Feit):
    """Another payment for the same actions (art. 21)."""

    op: date
    bedrag: Decimal
    waarvoor: str
    van_wie: str


class Betwisting(_Feit):
    """A line that somebody disputes; it is shown with the reason and withheld by nobody."""

    op: date
    lijn: Lijn
    organisatie: str
    waarom: str


class Terugvordering(_Feit):
    """A reduction or recovery that was decided after a hearing (art. 26-27)."""

    op: date
    lijn: Lijn
    organisatie: str
    bedrag: Decimal
    motivering: str
    gehoord_op: date


class Gehoord(_Feit):
    """A hearing about a line."""

    op: date
    lijn: Lijn
    organisatie: str


class Geld(_Feit):
    """Everything about the money of a trajectory."""

    betalingen: tuple[Betaling, ...] = ()
    verdelingen: tuple[Verdeling, ...] = ()
    verdeeld_op: date | None = None
    betwistingen: tuple[Betwisting, ...] = ()
    gehoord: tuple[Gehoord, ...] = ()
    terugvorderingen: tuple[Terugvordering, ...] = ()


class Afloop(_Feit):
    """Where the participant went, since when, and whether nazorg was agreed."""

    uitkomst: Uitkomst
    sinds: date | None = None
    nazorg: bool = False
    begeleider: Code | None = None
    """Who accompanies the AMA that follows; none while nobody was chosen."""
    begonnen: bool = False
    """Whether that AMA began, or a person decided that it does not."""
