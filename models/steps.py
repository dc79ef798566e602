"""What a trajectory tells the record: one idempotent step with everything that became true together."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Actor, Omkadering, Rol, Team
from models.ama_stand import AmaStand
from models.ama_verloop import Toestemming
from models.duties import Duty
from models.findings import Finding
from models.law import Regime
from models.ledger import Closure


class Event(BaseModel):
    """One thing that happened, numbered without gaps per workflow, with its business date and its reasons."""

    model_config = ConfigDict(frozen=True)

    seq: int
    soort: str
    datum: date
    """The day it happened."""
    ingevoerd_op: date
    """The business day on which the trajectory heard of it."""
    tekst: str
    """One Dutch sentence without personal data."""
    opdracht: str | None = None
    door: Actor | None = None
    namens: Actor | None = None
    command_id: str | None = None
    findings: tuple[Finding[Any], ...] = ()
    gegevens: dict[str, Any] = {}


MessageKind = Literal[
    "aankondiging",
    "herinnering",
    "te_laat",
    "team_te_laat",
    "leiding_te_laat",
    "operaties_te_laat",
    "kennisgeving",
    "brief",
]


class MessageOrder(BaseModel):
    """One row for the outbox; its key never comes twice, so nobody is told twice."""

    model_config = ConfigDict(frozen=True)

    key: str
    """Unique for ever: workflow id / duty key / version of its due date / rung / recipient."""
    soort: MessageKind
    to: Actor
    """The worker; without worker reference the team's mailbox; rol deelnemer for a letter."""
    opdracht: str | None = None
    vraag: str = ""
    due: date | None = None
    as_of: date
    document: str | None = None
    """For a letter: the key of its document."""


class CurrentDate(BaseModel):
    """A date the trajectory now goes by, under the name people know it by, with its reason."""

    model_config = ConfigDict(frozen=True)

    naam: str
    on: Finding[date | None]


class Stand(BaseModel):
    """Where the trajectory stands, as lists and screens show it."""

    model_config = ConfigDict(frozen=True)

    fase: str
    start: date
    einde: date | None
    opgeschort: bool
    te_laat: bool
    volgende_opdracht: str | None
    volgende_termijn: datetime | None
    dates: tuple[CurrentDate, ...]
    gevolgen: tuple[str, ...] = ()
    """Consequences of corrections that somebody has still to judge, newest last."""
    team: Team | None = None
    werkingsgebied: str | None = None
    ama: AmaStand | None = None
    regime: Regime = "d2022"


class LetterHold(BaseModel):
    """Whether unsent letters to the person are cancelled (and by which command) or let go again."""

    model_config = ConfigDict(frozen=True)

    command_id: str
    hold: bool
    overleden_op: date | None


class Toestemmingsregel(BaseModel):
    """One permission as the organisation of the begeleider may read it, and nobody else."""

    model_config = ConfigDict(frozen=True)

    organisatie: str
    toestemming: Toestemming


class Step(BaseModel):
    """Everything new since the step before; recording it twice changes nothing."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    reference: str
    number: int
    as_of: date
    events: tuple[Event, ...]
    duties: tuple[Duty, ...]
    messages: tuple[MessageOrder, ...]
    letters: LetterHold | None = None
    toestemmingen: tuple[Toestemmingsregel, ...] = ()
    stand: Stand


class Recorded(BaseModel):
    """What the record answers: the closures ahead of the organisations that owe something."""

    model_config = ConfigDict(frozen=True)

    closures: dict[str, tuple[Closure, ...]] = {}


class TeamOrder(BaseModel):
    """The tandem to assign for a case on a date, in a municipality by its NIS code."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    reference: str
    nis_code: str
    on: date


class TeamProposal(BaseModel):
    """The tandem the tables give, or None with a reason for a person to decide."""

    model_config = ConfigDict(frozen=True)

    werkingsgebied: str | None
    team: Finding[Team | None]
    omkadering: Omkadering = Omkadering()
    """Also for a tandem that a person names."""


class Competent(BaseModel):
    """Who decides and who screens for a municipality on a date; empty where the tables know nobody."""

    model_config = ConfigDict(frozen=True)

    werkingsgebied: str | None = None
    omkadering: Omkadering = Omkadering()
    screener: Actor | None = None


RUNG_MESSAGE: dict[str, MessageKind] = {
    "trekker": "te_laat",
    "team": "team_te_laat",
    "leiding": "leiding_te_laat",
    "operaties": "operaties_te_laat",
}
"""Which message a rung sends, by whom it speaks to."""

TANDEM = (Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG)
