"""What arbeidsmatige activiteiten ask of the record: who is recognised, whether a first day can be, an evaluation."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from models.actors import Actor, Code
from models.ama_stand import Variant
from models.ama_verloop import Periode
from models.findings import Finding
from models.toeleiding import AnderTraject


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True)


class OpzoekOrder(_Order):
    """Asks the tables about an organisation that accompanies, and the record what else runs for the person."""

    workflow_id: str
    reference: str
    nis_code: str
    organisatie: Code | None
    """None while nobody accompanies the person yet."""
    on: date


class Opgezocht(_Order):
    """What the tables and the record know."""

    bekend: bool = True
    """Whether there is such an organisation."""
    lopend: tuple[AnderTraject, ...] = ()
    erkend: tuple[Periode, ...] = ()
    """The periods in which that organisation is recognised as begeleider (D2022 art. 30)."""
    leiding: Actor | None = None
    """Who hears of its silence."""
    vdab: Actor | None = None
    """The VDAB service of the municipality."""
    werkingsgebied: str | None = None


class BeginOrder(_Order):
    """Asks whether the activities can begin on a day; asking twice gives the same answer while nothing changed."""

    workflow_id: str
    reference: str
    variant: Variant
    organisatie: Code
    start: date


class HerzienOrder(BeginOrder):
    """Asks the record whether days that were put right can be; `start` is the first day in question."""

    tot: date | None
    """The last day of the whole, where it is known."""
    eerste_dag: date
    """The first day of the whole."""
    erkenning: bool
    """Whether a recognition is asked on `start`."""


class Begin(_Order):
    """Whether they begin, or what stands in the way; each is hard and names the day that is needed."""

    bezwaren: tuple[Finding[date | None], ...] = ()


class EvaluatieOrder(_Order):
    """Opens one yearly evaluation as a workflow of its own; asking twice opens it once."""

    workflow_id: str
    """Of the AMA."""
    reference: str
    nis_code: str
    nummer: int
    verjaardag: date
    variant: Variant
    begeleider: Actor
    leiding: dict[str, Actor]
    voorwaarden: bool
    tegen: date | None = None
    """When it is due instead of on the anniversary, for one that was overdue at an instap."""
    begin: date
    nu: datetime
    """The moment on the clock of the AMA."""
