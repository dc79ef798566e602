"""What a trajectory knows: its facts, and the state that is carried whole from one run to the next."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from models.actors import Omkadering, Team
from models.begeleiding import Informatiepunt, Verkennen
from models.documents import DocumentOrder
from models.duties import Alarm, Duty
from models.follow_up import Doorgiftemelding
from models.law import Law, Regime, Term
from models.ledger import Closure, Ledger, Suspension
from models.messages import Outcome
from models.phases import Phase, Toewijzing
from models.steps import Event, LetterHold, MessageOrder, Step, Toestemmingsregel
from models.verloop import (
    ActieStand,
    Afloop,
    Geld,
    Meting,
    Poging,
    Ritme,
    Stap,
    Tandemperiode,
    Verlengingsvraag,
)


class Extension(BaseModel):
    """An agreed change of the planned length, in days, so that it adds up with every suspension."""

    model_config = ConfigDict(frozen=True)

    dagen: int

    def term(self) -> Term:
        """The extension as a budget."""
        return Term(amount=self.dagen, unit="dagen")


class Rest(BaseModel):
    """A suspension as it was told: its period, its cause, and how often it was confirmed while its end is unknown."""

    model_config = ConfigDict(frozen=True)

    van: date
    tot: date | None
    verwacht: date | None
    """The day it is expected to end; only `tot` lets clocks run again."""
    oorzaak: str
    bevestigd_op: date | None = None
    """When somebody last said that it still goes on."""


class Grounds(BaseModel):
    """The facts that every kind of trajectory has; every one can be put right later."""

    reference: str
    nis_code: str
    start: date
    werkingsgebied: str = "onbepaald"
    """That of the municipality, where the tables know it."""

    @property
    def ledger(self) -> Ledger:
        """The rests that its clocks obey; none where a trajectory knows no suspension."""
        return Ledger()

    @property
    def open_rest(self) -> int | None:
        """The number (from 1) of the suspension that has not ended yet."""
        return None


class RestingFacts(Grounds):
    """The facts of a trajectory that can rest for a while."""

    rests: tuple[Rest, ...] = ()

    @property
    def ledger(self) -> Ledger:
        """The rests as the clock ledger reads them."""
        return Ledger(suspensions=tuple(Suspension(van=r.van, tot=r.tot) for r in self.rests))

    @property
    def open_rest(self) -> int | None:
        """The number (from 1) of the suspension that has not ended yet."""
        return next((n for n, rest in enumerate(self.rests, start=1) if rest.tot is None), None)


class Facts(RestingFacts):
    """The facts that the dates of an activeringstraject are computed from."""

    regime: Regime = "d2022"
    """Kept for what was imported: there is no second set of rules."""
    team: Team | None = None
    omkadering: Omkadering = Omkadering()
    """Whom the werkingsgebied has around a tandem, as the tables said."""
    extensions: tuple[Extension, ...] = ()
    reviews: dict[int, date] = {}
    """When each review was held, by its number."""
    toegewezen_op: date | None = None
    tandems: tuple[Tandemperiode, ...] = ()
    """Which two organisations had the case since when, oldest first."""
    geinformeerd: dict[Informatiepunt, date] = {}
    """When the participant was told each of the six points (art. 14 §2 2°)."""
    verkenning: Verkennen | None = None
    acties: tuple[ActieStand, ...] = ()
    planversie: int = 1
    versie_van: date | None = None
    """When the newest version of the plan was agreed, after the first."""
    ritmes: tuple[Ritme, ...] = ()
    metingen: tuple[Meting, ...] = ()
    stopgesprekken: tuple[Stap, ...] = ()
    pogingen: tuple[Poging, ...] = ()
    verlengd: int = 0
    """How often the end was put off at a beslispunt; each new end has its own beslispunt."""
    opnieuw_geeindigd: int = 0
    """How often the end was put off after its end documents were filed: the new end owes new ones."""
    verlenging: Verlengingsvraag | None = None
    afloop: Afloop | None = None
    andere_gevraagd: int = 0
    """How often the participant asked for another case manager."""
    verhuisd_per: date | None = None
    """Since when the participant lives elsewhere, until the tables were asked for the team there."""
    geld: Geld = Geld()
    ronde: int = 1
    """1, and one more for each reopening: a reopened trajectory owes its end documents again."""
    heropend_op: date | None = None

    @property
    def prepared_from(self) -> date:
        """The day the plan is counted from: the start, or the reopening of a trajectory that had no plan yet."""
        return self.heropend_op or self.start

    @property
    def einde_nummer(self) -> int:
        """Which end this is, 1 for the first: each has end documents of its own."""
        return self.ronde + self.opnieuw_geeindigd

    @property
    def granted_end(self) -> date | None:
        """The last day that VDAB granted beyond the maximum."""
        return self.verlenging.einde if self.verlenging else None


class Patience(BaseModel):
    """How long one attempt of a call may last, in seconds, and how often it is repeated before a person looks."""

    model_config = ConfigDict(frozen=True)

    attempt_seconds: float = 60
    attempts: int = 10


class State(BaseModel):
    """Everything a trajectory carries over a checkpoint; nothing it needs lives anywhere else."""

    law: Law
    facts: Grounds
    phase: Phase
    duties: dict[str, Duty] = {}
    alarm: Alarm | None = None
    closures: dict[str, tuple[Closure, ...]] = {}
    outcomes: dict[str, Outcome] = {}
    gevolgen: tuple[str, ...] = ()
    seq: int = 0
    steps: int = 0
    events: list[Event] = []
    touched: list[str] = []
    messages: list[MessageOrder] = []
    letters: LetterHold | None = None
    toestemmingen: list[Toestemmingsregel] = []
    in_hand: Step | None = None
    effects: dict[str, DocumentOrder] = {}
    made: tuple[str, ...] = ()
    """The keys of the documents that exist."""
    meldingen: list[Doorgiftemelding] = []
    """What whoever asked for this trajectory may hear and was not told yet, oldest first."""
    law_to_review: str | None = None
    """The command that asked to take over the tables as they are now."""

    @property
    def live_duties(self) -> list[Duty]:
        """The duties somebody still owes, in the order they opened."""
        return [duty for duty in self.duties.values() if duty.live]


class RestingState(State):
    """The state of a trajectory that can rest for a while."""

    facts: RestingFacts


class CaseState(RestingState):
    """The state of an activeringstraject."""

    facts: Facts
    phase: Phase = Toewijzing()


class Beginning(BaseModel):
    """What every trajectory starts with: its reference, its municipality and first day, and the law of that day."""

    model_config = ConfigDict(frozen=True)

    reference: str
    nis_code: str
    start: date
    law: Law | None = None
    patience: Patience = Patience()


class Start(Beginning):
    """The beginning of an activeringstraject; or its state after a checkpoint."""

    regime: Regime = "d2022"
    state: CaseState | None = None


class Closed(BaseModel):
    """How a trajectory ended for good."""

    model_config = ConfigDict(frozen=True)

    reference: str
    einde: date
    vorm: str
