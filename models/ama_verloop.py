"""What happened in arbeidsmatige activiteiten, as the facts that dates and documents are made from."""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.aanvraag import Statuutcode
from models.actors import Actor, Code
from models.ama import AmaEinde, Instantie, Opbouw, Permissie
from models.evaluatie import Oordeel


class _Feit(BaseModel):
    model_config = ConfigDict(frozen=True)


class Statuutperiode(_Feit):
    """A period in which the participant has a statuut."""

    code: Statuutcode
    van: date
    tot: date | None = None
    verwacht_einde: date | None = None


class Periode(_Feit):
    """A period, up to and including `tot`."""

    van: date
    tot: date | None = None


class Toestemming(_Feit):
    """One permission that was asked or looked up: for which statuut, of whom, and what came of it."""

    nummer: int
    statuut: Statuutcode
    instantie: Instantie | None
    """None where the statuut asks none, or nobody knows yet whom to ask."""
    sinds: date
    """Since when it is owed."""
    gevraagd_op: date | None = None
    antwoord: Permissie | Literal["hergebruikt"] | None = None
    op: date | None = None
    """When it was answered."""
    door: Actor | None = None
    vanaf: date | None = None
    tot: date | None = None
    uren_per_week: Decimal | None = None
    bewijs: str | None = None
    ingetrokken_per: date | None = None
    vervallen: bool = False
    """Whether it does not count any more: refused, asked again, passed on, or its statuut ended."""
    na_weigering: int | None = None
    """The number of the question that was refused, where this one is the mediation about it."""
    evaluatie: str | None = None
    """What the agency said when the conditions were looked at for an evaluation, or why nobody asked it."""


class Afspraken(_Feit):
    """What of an agreement can change while it runs."""

    werkpost: Code
    begeleider: Code
    activiteit: str
    uren_per_week: Decimal


class Wijziging(_Feit):
    """What changes of an agreement from a day on; what is not named stays as it is."""

    nummer: int
    vanaf: date
    werkpost: Code | None = None
    begeleider: Code | None = None
    activiteit: str | None = None
    uren_per_week: Decimal | None = None
    ingegaan: bool = False
    """Whether its day came and it counts."""


class Overeenkomst(_Feit):
    """One begeleidingsovereenkomst as it is now, with the days on which its paperwork was done."""

    nummer: int
    werkpost: Code
    begeleider: Code
    activiteit: str
    plaatsen: tuple[str, ...] = ()
    start: date
    einde: date | None = None
    uren_per_week: Decimal
    opbouw: tuple[Opbouw, ...] = ()
    getekend_op: date
    verzekerd_tot: date
    onkosten: str | None = None
    kledij: str | None = None
    dimona_in: date | None = None
    dimona_uit: date | None = None
    afgesproken_einde: date | None = None
    """The last day that the parties agreed when they signed; `einde` is the day on which it ended."""
    begonnen: bool = False
    """Whether its first day came and everything it needs was there."""
    versie: int = 1
    getekend: Afspraken | None = None
    """What was signed, where something was agreed to change since."""
    wijzigingen: tuple[Wijziging, ...] = ()
    """What was agreed to change, also for a day that has still to come."""


class EvaluatieStand(_Feit):
    """Where one yearly evaluation stands, as the AMA knows it."""

    nummer: int
    geopend_op: date
    workflow_id: str
    verjaardag: date | None = None
    """The anniversary that it was told."""
    gehouden_op: date | None = None
    oordeel: Oordeel | None = None
    afgerond_op: date | None = None
    wissel: bool = False
    """Whether it has still to hear that somebody else accompanies."""
    losgelaten: bool = False
    """Whether it was left because the accompaniment ended."""


class Inhaaldag(_Feit):
    """When what was overdue every year at an instap is made up for: spread, so that not all fall on one day."""

    nummer: int
    vanaf: date


class Herbeoordeling(_Feit):
    """One yearly reassessment by VDAB (AMA SE)."""

    nummer: int
    op: date
    besluit: str


class PlaatsStand(_Feit):
    """The place in a contingent: asked, in line, reserved, taken or given back."""

    houder: Code
    status: Literal["gevraagd", "wachtlijst", "gereserveerd", "ingenomen", "vrijgegeven", "geen_contingent"]
    sinds: date
    voorrang: bool = False
    ronde: int = 1
    """How often a place was asked."""


class GeplandEinde(_Feit):
    """The last day that was decided, by whom it was and why."""

    einde: date
    oorzaak: AmaEinde


class Rechtzetting(_Feit):
    """A day that was put right, of which the record has still to say whether it can be."""

    veld: str
    oud: str
    nieuw: str


class Overname(_Feit):
    """Somebody else is to accompany from a day on, once the tables were asked who that is."""

    begeleider: Actor
    vanaf: date
    met_reden: bool
    """Whether a reason was given, for an organisation of which no recognition is known."""
    door: Actor
    """Who said so, and hears when it cannot be."""
