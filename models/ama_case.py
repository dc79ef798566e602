"""What arbeidsmatige activiteiten know, and the state that is carried from one year to the next."""

from datetime import date

from pydantic import Field

from models.actors import OPERATIES, Actor, Code
from models.ama import CombinatieMelden, PopVastleggen
from models.ama_aanmelding import Wens
from models.ama_stand import Variant
from models.ama_verloop import (
    EvaluatieStand,
    GeplandEinde,
    Herbeoordeling,
    Inhaaldag,
    Overeenkomst,
    Overname,
    Periode,
    PlaatsStand,
    Rechtzetting,
    Statuutperiode,
    Toestemming,
)
from models.case import Beginning, RestingFacts, RestingState
from models.contingent import Overslaan
from models.phases import Aangemeld, Phase
from models.toeleiding import AnderTraject


class AmaFacts(RestingFacts):
    """The facts that the dates of arbeidsmatige activiteiten are computed from."""

    variant: Variant = "wvg"
    begeleider: Actor | None = None
    """The trekker; none while no maatwerkbedrijf took the person (AMA SE)."""
    leiding: dict[str, Actor] = Field(default_factory=dict)
    vdab: Actor | None = None
    statuten: tuple[Statuutperiode, ...] = ()
    achttien_op: date
    vijfentwintig_op: date
    pensioen_op: date
    """The first day of the pension: the first of the month after the birthday."""
    vaph: tuple[Periode, ...] = ()
    """Periods of day support or supported work by the VAPH."""
    wens: Wens | None = None
    """What the person said to like at the notice, until an agreement says what it is."""
    lopend: tuple[AnderTraject, ...] = ()
    erkend: tuple[Periode, ...] = ()
    """The periods in which the organisation of the begeleider is recognised, as the tables said."""
    toestemmingen: tuple[Toestemming, ...] = ()
    in_orde_op: date | None = None
    """When every needed permission was there."""
    overeenkomsten: tuple[Overeenkomst, ...] = ()
    te_sluiten: int = 1
    """How many agreements were asked for; the first is for the start."""
    evaluaties: tuple[EvaluatieStand, ...] = ()
    verschoven: int = 0
    """By how many years the numbers of the evaluations are ahead, since the first day was put right."""
    inhalen: Inhaaldag | None = None
    """Of the evaluation that was overdue at an instap: the day on which it opens."""
    te_openen: int = 0
    """The number of the evaluation that a signal asked to open."""
    herbeoordelingen: tuple[Herbeoordeling, ...] = ()
    herbeoordeling_inhalen: Inhaaldag | None = None
    """Of the reassessment that was overdue at an instap: the day on which it opens."""
    ingestapt_op: date | None = None
    """When it was entered, where it ran before."""
    plaats: PlaatsStand | None = None
    plaats_vanaf: date | None = None
    """The first day of the place, of AMA that ran before it had this one and was entered so."""
    overslaan: Overslaan | None = None
    """The holder passed over this person; the line has still to hear of it."""
    plaats_weg: bool = False
    """Whether the reserved place is not taken and has still to be given back."""
    beslist_op: date | None = None
    """When VDAB decided (AMA SE): the order of the waiting list."""
    houder: Code | None = None
    pop: PopVastleggen | None = None
    combinaties: tuple[CombinatieMelden, ...] = ()
    gepland_einde: GeplandEinde | None = None
    teruggegeven: int = 0
    """How often a first day was given back because something it needs was not there."""
    opgevolgd: int = 0
    """How many follow-ups were asked of a human."""
    opgezocht: tuple[str, ...] = ()
    overname: Overname | None = None
    """Who is to accompany, while the tables are asked."""
    te_herzien: tuple[Rechtzetting, ...] = ()
    """What was put right and has still to be looked at in the record."""
    jaar: int = 0
    """The AMA year whose run this is; a new year begins a new run."""

    @property
    def eerste_dag(self) -> date | None:
        """The first day on which activities really took place, from which the anniversaries count."""
        return min((each.start for each in self.overeenkomsten if each.begonnen), default=None)

    @property
    def trekker(self) -> Actor:
        """Who accompanies the participant; operations while nobody does."""
        return self.begeleider or OPERATIES


class AmaState(RestingState):
    """The state of arbeidsmatige activiteiten."""

    facts: AmaFacts
    phase: Phase = Aangemeld()


class AmaStart(Beginning):
    """The beginning of arbeidsmatige activiteiten; or their state after a checkpoint or at an instap."""

    variant: Variant = "wvg"
    begeleider: Actor | None = None
    leiding: dict[str, Actor] = Field(default_factory=dict)
    vdab: Actor | None = None
    statuten: tuple[Statuutperiode, ...] = ()
    achttien_op: date | None = None
    vijfentwintig_op: date | None = None
    pensioen_op: date | None = None
    vaph: tuple[Periode, ...] = ()
    wens: Wens | None = None
    beslist_op: date | None = None
    houder: Code | None = None
    state: AmaState | None = None
