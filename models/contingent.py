"""The places for AMA in the social economy: what a holder has, who asks one, and what was decided (D2022 art. 33)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.actors import Actor, Code
from models.command import Kort, Strict
from models.findings import Finding

Ronde = Annotated[int, Field(ge=1)]
"""Which request of a trajectory it is: after a place was given back, the next request has the next number."""
Plaatsstatus = Literal["wachtlijst", "gereserveerd", "ingenomen", "vrijgegeven", "geen_contingent"]
Vrijgavereden = Literal[
    "einde", "geweigerd", "ingetrokken", "termijn_voorbij", "andere_plaats", "overleden", "rechtgezet"
]
"""Why a place is free again; a long story stays in the dossier."""


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Contingent(_Told):
    """How many places a holder has from a day on, until a later row says otherwise or its last day has passed."""

    houder: Code
    plaatsen: Annotated[int, Field(ge=0)]
    geldig_van: date
    geldig_tot: date | None = None
    """The last day, after which the holder has no places at all: a closure."""
    bron: Kort
    status: Literal["law", "assumed"]


class Wachtende(_Told):
    """Somebody in line for a place, by the trajectory that asked."""

    workflow_id: str
    voorrang: bool
    """Whoever lost a place by a closure goes first."""
    beslist_op: date
    """When VDAB decided: the order in which places are offered."""
    overgeslagen: bool = False
    """The holder passed them over for the next free place."""


class PlaatsVraag(Strict):
    """Asks a place of a holder, or again after a wake-up; the same request is never in line twice."""

    workflow_id: str
    ronde: Ronde = 1
    houder: Code
    beslist_op: date
    voorrang: bool = False
    as_of: date


class PlaatsInnemen(Strict):
    """The agreement starts: the reserved place is taken from a day on."""

    workflow_id: str
    ronde: Ronde = 1
    van: date
    as_of: date


class PlaatsVrijgeven(Strict):
    """The place, or the place in line, is given back; somebody else may have it from this day on."""

    workflow_id: str
    ronde: Ronde = 1
    reden: Vrijgavereden
    as_of: date


class Overslaan(Strict):
    """The holder passes over who comes first, with a reason and a name; the same key is one time."""

    workflow_id: str
    """Of who is passed over."""
    ronde: Ronde = 1
    sleutel: Kort
    """The command or duty by which the holder said so."""
    reden: Kort
    door: Actor
    as_of: date


class Plaats(_Told):
    """Where a request stands, and why."""

    status: Plaatsstatus
    houder: Code
    ronde: Ronde = 1
    positie: int | None = None
    """Which one in line, from 1; only on the waiting list."""
    sinds: date | None = None
    """Reserved on, taken from, or given back on."""
    reden: Finding[bool]
    """Whether there is a place for this request: hard where the contingent itself says no."""
    volgende: tuple[str, ...] = ()
    """Whose turn it is at the place that was left for this one."""


class Vrijgegeven(_Told):
    """What was given back, and whose turn it is now."""

    houder: Code | None
    """None when there was nothing to give back."""
    volgende: tuple[str, ...] = ()
    """The trajectories that would get a place if they asked now, in order."""


class Overgeslagen(_Told):
    """Where the one who was passed over stands now, and whose turn it is instead."""

    plaats: Plaats
    volgende: tuple[str, ...] = ()


class WieNu(Strict):
    """Asks who would get a place if they asked on a day: of one holder, or of every holder."""

    houder: Code | None = None
    as_of: date


class AanDeBeurt(_Told):
    """The trajectories that would get a place if they asked now, in the order of each holder's line."""

    workflow_ids: tuple[str, ...] = ()


class WieGesloten(Strict):
    """Asks whom the closure of a contingent touches on a day."""

    houder: Code | None = None
    as_of: date


class Gesloten(_Told):
    """Whom a closure touches: who has a place that is no more, and who waits in a line that leads nowhere."""

    geplaatst: tuple[str, ...] = ()
    wachtend: tuple[str, ...] = ()


class Verwittiging(Strict):
    """Asks to tell trajectories that a place is free for them."""

    workflow_ids: tuple[str, ...]
    datum: date


class Verwittigd(_Told):
    """Whom the message reached, and which trajectories have ended and should give back what they have."""

    bereikt: tuple[str, ...] = ()
    beeindigd: tuple[str, ...] = ()


class PlaatsVrij(BaseModel):
    """The signal `plaats_vrij`: ask again, there is a place; unknown fields of a later version are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    versie: int = 1
    datum: date
    """The business day on which the place was free."""


class PlaatsGesloten(BaseModel):
    """The signal `plaats_gesloten`: this holder has no contingent any more; unknown fields are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    versie: int = 1
    houder: Code
    datum: date


class ContingentLijn(_Told):
    """A holder on a day, for lists: places, who uses them, and who waits in order; no names of people."""

    houder: str
    naam: str
    partners: tuple[str, ...] = ()
    plaatsen: int | None
    """None when the holder has no contingent on that day."""
    ingenomen: int
    gereserveerd: int
    vrij: int
    """How many places can still be promised."""
    wachtend: tuple[str, ...] = ()
    bron: str | None = None
    status: Literal["law", "assumed"] | None = None
