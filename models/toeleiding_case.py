"""What a toeleiding knows: the request, who judges it, and whatever else runs for the person."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from models.actors import Actor, Omkadering
from models.case import Beginning, Grounds, State
from models.findings import Finding
from models.law import Regime
from models.phases import Aanvullen, Phase
from models.toeleiding import Aanvraaginhoud, AnderTraject, ScreeningVastleggen


class Gestart(BaseModel):
    """A trajectory that followed from the decision."""

    model_config = ConfigDict(frozen=True)

    soort: str
    workflow_id: str
    begin: date


class Doorgifte(BaseModel):
    """One transmission to the GBO, by its number: when it was sent and when it was delivered, not to whom."""

    model_config = ConfigDict(frozen=True)

    nummer: int
    verzonden_op: date
    afgeleverd_op: date | None = None


class ToeleidingFacts(Grounds):
    """The facts that the dates of a toeleiding are computed from."""

    regime: Regime = "d2022"
    inhoud: Aanvraaginhoud = Aanvraaginhoud()
    aanvrager: Actor | None = None
    """The organisation that files for the person; none when the person files."""
    omkadering: Omkadering = Omkadering()
    screener: Actor | None = None
    waarschuwingen: tuple[Finding[None], ...] = ()
    lopend: tuple[AnderTraject, ...] = ()
    """Other trajectories of the person, as the record and the request know them."""
    volledig_op: date | None = None
    """When the request was complete, or VDAB went on with what there was."""
    gescreend_op: date | None = None
    screening: ScreeningVastleggen | None = None
    beslist_op: date | None = None
    gestart: tuple[Gestart, ...] = ()
    doorgiften: tuple[Doorgifte, ...] = ()
    """All that VDAB hears of the onthaaltraject it asked for (art. 4-6)."""
    opgezocht: tuple[str, ...] = ()
    """What the tables and the record were asked, and what a person decided to go on without."""


class ToeleidingState(State):
    """The state of a toeleiding."""

    facts: ToeleidingFacts
    phase: Phase = Aanvullen()


class ToeleidingStart(Beginning):
    """The beginning of a toeleiding, with its request; or its state after a checkpoint."""

    regime: Regime = "d2022"
    inhoud: Aanvraaginhoud = Aanvraaginhoud()
    aanvrager: Actor | None = None
    waarschuwingen: tuple[Finding[None], ...] = ()
    state: ToeleidingState | None = None
