"""What an onthaaltraject knows: which kernpartner has it since when, and what was done; never who the person is."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.actors import Actor, Code
from models.case import Beginning, Grounds, State
from models.onthaal import LevensdomeinVastleggen, OnthaalContactpoging, Orienteren, RechtenMeten
from models.phases import Phase, Routering

Herkomst = Literal["vdab", "eigen_onthaal", "outreach", "partner"]
"""Where an onthaaltraject came from: vdab, or another entrance."""


OwnReference = Annotated[str, StringConstraints(pattern=r"^OT-\d{4}-\d{6}$")]
"""The number of an onthaaltraject; that of another domain is refused (art. 5)."""


class Doorgegeven(BaseModel):
    """A kernpartner that was sent the data, and until when it could see them."""

    model_config = ConfigDict(frozen=True)

    aan: Actor
    van: date
    afgeleverd_op: date | None = None
    tot: date | None = None
    """The last day of its access; none while it has the person."""


class Toestemming(BaseModel):
    """A consent with its scope, and when it was taken back."""

    model_config = ConfigDict(frozen=True)

    reikwijdte: str
    met: tuple[Code, ...] = ()
    van: date
    tot: date | None = None


class OnthaalFacts(Grounds):
    """The facts that the dates of an onthaaltraject are computed from."""

    reference: OwnReference

    herkomst: Herkomst = "vdab"
    keuze: Code | None = None
    helper: Code | None = None
    """The organisation of the helper, where it is a known one."""
    heeft_helper: bool = False
    dakloos: bool = False
    volgorde: tuple[Actor, ...] = ()
    """The kernpartners in the order in which they are tried."""
    leiding: dict[str, Actor] = Field(default_factory=dict)
    doorgiften: tuple[Doorgegeven, ...] = ()
    pogingen: tuple[OnthaalContactpoging, ...] = ()
    """Attempts to reach the person, of the kernpartner that has them now."""
    toestemmingen: tuple[Toestemming, ...] = ()
    levensdomeinen: tuple[LevensdomeinVastleggen, ...] = ()
    metingen: tuple[RechtenMeten, ...] = ()
    orientaties: tuple[Orienteren, ...] = ()
    gerouteerd: bool = False
    """Whether the tables were asked."""
    hervat_op: date | None = None
    """When a death was last undone: whoever was asked before has their term again."""
    ronde: int = 1
    """1, and one more for each reopening."""

    @property
    def kernpartner(self) -> Actor | None:
        """The kernpartner that has the person now."""
        return next((d.aan for d in reversed(self.doorgiften) if d.tot is None), None)


class OnthaalState(State):
    """The state of an onthaaltraject."""

    facts: OnthaalFacts
    phase: Phase = Routering()


class OnthaalStart(Beginning):
    """The beginning of an onthaaltraject: what routing needs, and no data of the person; or a state."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    reference: OwnReference

    herkomst: Herkomst = "vdab"
    keuze: Code | None = None
    helper: Code | None = None
    heeft_helper: bool = False
    dakloos: bool = False
    state: OnthaalState | None = None
