"""What one trajectory asks so that another begins: which, from when, and for whom; and what came of it."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code
from models.law import Regime
from models.toeleiding import AnderTraject

Gevolg = Literal["activeringstraject", "onthaaltraject", "arbeidsmatige_activiteiten", "ama_se"]
"""The kinds of trajectory that can follow from a decision."""


class AmaVervolg(BaseModel):
    """What the decision says of an AMA: who accompanies, or where a place is asked and since when."""

    model_config = ConfigDict(frozen=True)

    begeleider: Code | None = None
    """The organisation that accompanies AMA in welfare policy."""
    houder: Code | None = None
    """The maatwerkbedrijf that the person chose, for AMA in the social economy."""
    beslist_op: date | None = None
    """The day of VDAB's decision, which orders the waiting list for a place (AMA in the social economy)."""


class Vervolg(BaseModel):
    """A trajectory that follows from a decision; asking twice begins it once."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    """Of the trajectory that decided."""
    reference: str
    nis_code: str
    soort: Gevolg
    begin: date
    nu: datetime
    """The moment on the clock of the trajectory that asks."""
    keuze: Code | None = None
    """The kernpartner that the person chose."""
    dakloos: bool = False
    """Whether the person has no home, and so keeps who helps them."""
    regime: Regime = "d2022"
    """That of the request; an onthaaltraject has none."""
    ama: AmaVervolg | None = None
    """What only an AMA needs; whatever else begins never hears of it."""


class Begonnen(BaseModel):
    """The trajectory that began."""

    model_config = ConfigDict(frozen=True)

    soort: str
    workflow_id: str
    begin: date


class Samenloop(BaseModel):
    """What else runs for the person of a dossier, as the record knows it."""

    model_config = ConfigDict(frozen=True)

    lopend: tuple[AnderTraject, ...] = ()


class Doorgiftemelding(BaseModel):
    """What an onthaaltraject tells VDAB of one transmission (art. 4-6); a field of a later version is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    versie: int = 1
    nummer: int
    """The n-th transmission, from 1: hearing of it twice changes nothing."""
    verzonden_op: date
    afgeleverd_op: date | None = None


class AfzenderMelden(BaseModel):
    """Asks that whoever sent a person on hears of a transmission; the onthaaltraject does not know who that is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workflow_id: str
    """Of the onthaaltraject."""
    melding: Doorgiftemelding
