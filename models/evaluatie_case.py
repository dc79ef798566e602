"""What one yearly evaluation of arbeidsmatige activiteiten knows."""

from datetime import date

from pydantic import Field

from models.actors import Actor
from models.ama_stand import Variant
from models.ama_verloop import Toestemming
from models.case import Beginning, Grounds, State
from models.evaluatie import EvaluatieVastleggen
from models.phases import Evalueren, Phase


class EvaluatieFacts(Grounds):
    """The facts that the dates of one evaluation are computed from."""

    nummer: int
    ama: str
    """The workflow of the AMA."""
    variant: Variant = "wvg"
    begeleider: Actor
    leiding: dict[str, Actor] = Field(default_factory=dict)
    verjaardag: date
    """The n-th anniversary of the first day."""
    voorwaarden: bool = False
    """Whether the conditions are looked at again, because something of them ends before the next one."""
    voorwaarden_nagekeken: Toestemming | None = None
    """What was said of the conditions, or why nobody was asked: for the begeleider only."""
    tegen: date | None = None
    """When it is due instead of on the anniversary, for one that was overdue at an instap."""
    gepland_op: date | None = None
    gehouden: EvaluatieVastleggen | None = None
    ama_einde: date | None = None
    """The last day of the AMA, where it ended before the talk was entered."""
    ama_hervat: bool = False
    """Whether that AMA goes on, because its end was undone."""
    gemeld: bool = False
    """Whether the AMA was told."""
    onbereikt_op: date | None = None
    """When the AMA was last out of reach: it is told again the next day."""


class EvaluatieState(State):
    """The state of an evaluation."""

    facts: EvaluatieFacts
    phase: Phase = Evalueren()


class EvaluatieStart(Beginning):
    """The beginning of an evaluation, or its state after a checkpoint."""

    nummer: int
    ama: str
    variant: Variant = "wvg"
    begeleider: Actor
    leiding: dict[str, Actor] = Field(default_factory=dict)
    verjaardag: date
    voorwaarden: bool = False
    tegen: date | None = None
    state: EvaluatieState | None = None
