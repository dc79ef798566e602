"""What one trajectory asks so that another begins: which, from when, and for whom; and what came of it."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code
from models.toeleiding import AnderTraject


class Vervolg(BaseModel):
    """A trajectory that follows from a decision; asking twice begins it once."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    """Of the trajectory that decided."""
    reference: str
    nis_code: str
    soort: Literal["activeringstraject", "onthaaltraject"]
    begin: date
    nu: datetime
    """The moment on the clock of the trajectory that asks."""
    keuze: Code | None = None
    """The kernpartner that the person chose."""


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
