"""What a document is drawn up from: what the trajectory knows; names are looked up where it is rendered."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.actors import Actor, Team
from models.ama_stand import Variant
from models.ama_verloop import Overeenkomst, Toestemming
from models.begeleiding import PakketEvalueren, Verkennen
from models.evaluatie import EvaluatieVastleggen
from models.findings import Finding
from models.messages import AfrondenZonderBetrokkene, EindverslagIndienen, PlanAkkoord, ReviewVastleggen
from models.onthaal import LevensdomeinVastleggen, Orienteren, RechtenMeten, WarmeOverdracht
from models.toeleiding import Element, Route, ScreeningVastleggen, ToeleidingBeslissen
from models.verloop import ActieStand, Geld, Meting, Tandemperiode

OF_THE_BEGELEIDER = ("toestemmingsaanvraag",)
"""The documents that name a statuut or an agency: only the organisation of the begeleider reads them (art. 32)."""


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True)


class KennismakingTandem(_Facts):
    """The letter that introduces the tandem to the participant."""

    soort: Literal["kennismaking_tandem"] = "kennismaking_tandem"
    team: Team
    overname: bool = False
    """Whether somebody takes over in a trajectory that runs already."""


class Trajectplan(_Facts):
    """The agreed plan with its six elements (art. 15) and the dates that follow from it."""

    soort: Literal["trajectplan"] = "trajectplan"
    team: Team
    plan: PlanAkkoord
    einde: Finding[date]
    evaluaties: tuple[date, ...]
    acties: tuple[ActieStand, ...] = ()
    """The actions with their numbers, those of the voorfase first."""
    versie: int = 1
    akkoord_op: date | None = None
    """When this version was agreed; the day of the plan itself for the first."""
    wijziging: str | None = None
    """What changed since the version before, and why."""


class TrajectplanCoordinator(_Facts):
    """The plan as the network coordinator gets it: what he must organise, and nothing about care."""

    soort: Literal["trajectplan_coordinator"] = "trajectplan_coordinator"
    team: Team
    plan: PlanAkkoord
    einde: Finding[date]
    evaluaties: tuple[date, ...]
    acties: tuple[ActieStand, ...] = ()
    """The actions with their numbers, those of the voorfase first."""
    versie: int = 1
    akkoord_op: date | None = None
    """When this version was agreed; the day of the plan itself for the first."""
    wijziging: str | None = None
    """What changed since the version before, and why."""


class PlanKopie(_Facts):
    """The letter with which the participant gets the plan: one page, in plain words."""

    soort: Literal["plan_kopie"] = "plan_kopie"
    team: Team
    plan: PlanAkkoord
    einde: Finding[date]
    evaluaties: tuple[date, ...]
    acties: tuple[ActieStand, ...] = ()
    versie: int = 1
    akkoord_op: date | None = None
    """When this version was agreed; the day of the plan itself for the first."""


class Reviewverslag(_Facts):
    """What a review found, with the participant's own words."""

    soort: Literal["reviewverslag"] = "reviewverslag"
    nummer: int
    team: Team
    review: ReviewVastleggen
    voorzien_op: Finding[date | None]
    volgende: Finding[date | None] | None
    jaarevaluatie: bool = False
    """Whether this evaluation also looks at the whole package after one year."""
    acties: tuple[ActieStand, ...] = ()


class Pakketevaluatie(_Facts):
    """The closing evaluation of a welzijnspakket, in five lines."""

    soort: Literal["pakketevaluatie"] = "pakketevaluatie"
    team: Team
    actie: ActieStand
    einde: Finding[date]
    evaluatie: PakketEvalueren


class Stopzetting(_Facts):
    """The letter that says that the trajectory stopped, and how to come back."""

    soort: Literal["stopzetting"] = "stopzetting"
    team: Team
    einde: date
    oorzaak: str
    heropenen_tot: Finding[date | None]


class WeigeringVerlenging(_Facts):
    """The letter that says that VDAB refused an extension, with its reason and remedies (art. 11)."""

    soort: Literal["weigering_verlenging"] = "weigering_verlenging"
    team: Team
    gevraagd_tot: date
    einde: Finding[date]
    motivering: str


class Overdrachtsfiche(_Facts):
    """The pack of a hand-over: where the case stands, so that the person need not tell the story again."""

    soort: Literal["overdrachtsfiche"] = "overdrachtsfiche"
    team: Team
    """The team as it is after the hand-over."""
    rol: str
    van: Actor
    fase: str
    plan: PlanAkkoord | None
    acties: tuple[ActieStand, ...]
    reviews: tuple[date, ...]
    opschortingen: tuple[tuple[date, date | None], ...]
    open_opdrachten: tuple[tuple[str, date | None], ...]
    """What is owed now and by when."""
    verkenning: Verkennen | None = None


class Vergoedingsstaat(_Facts):
    """What the trajectory gives right to: the three lines, what was deducted, disputed or recovered."""

    soort: Literal["vergoedingsstaat"] = "vergoedingsstaat"
    team: Team | None
    start: date
    einde: date
    tandems: tuple[Tandemperiode, ...]
    geld: Geld
    netwerkacties: bool
    """Whether the network provided any action."""
    overleden: bool = False
    """Whether the participant died."""


class Verdeelstaat(_Facts):
    """How the coordinator divided the compensation of the network over the providers."""

    soort: Literal["verdeelstaat"] = "verdeelstaat"
    team: Team | None
    start: date
    einde: date
    geld: Geld


class Eindverslag(_Facts):
    """The end report with its five elements and the eindadvies to VDAB (art. 22, 14 §2 8°)."""

    soort: Literal["eindverslag"] = "eindverslag"
    team: Team
    plan: PlanAkkoord | None
    einde: date
    verslag: EindverslagIndienen
    reviews: tuple[date, ...]


class Eindadvies(_Facts):
    """The reasoned advice to VDAB on paid work, with the participant's own paragraph (art. 14 §2 8°-9°)."""

    soort: Literal["eindadvies"] = "eindadvies"
    team: Team
    start: date
    einde: date
    verslag: EindverslagIndienen
    metingen: tuple[Meting, ...] = ()


class EindadviesKopie(_Facts):
    """The letter with which the participant gets the advice: one page, in plain words, without any level."""

    soort: Literal["eindadvies_kopie"] = "eindadvies_kopie"
    team: Team
    einde: date
    verslag: EindverslagIndienen
    heropenen_tot: Finding[date | None]


class Slotnota(_Facts):
    """The closing note of a trajectory that ended by death."""

    soort: Literal["slotnota"] = "slotnota"
    team: Team | None
    overleden_op: date
    nota: AfrondenZonderBetrokkene


class Onvolledig(_Facts):
    """The letter to the person that says what the request still lacks."""

    soort: Literal["onvolledig"] = "onvolledig"
    vdab: Actor | None
    ontbreekt: tuple[Element, ...]
    tegen: Finding[date | None]


class Screeningsverslag(_Facts):
    """What the screening found, in its fixed order: what the person does and wants comes first."""

    soort: Literal["screeningsverslag"] = "screeningsverslag"
    vdab: Actor | None
    screener: Actor | None
    screening: ScreeningVastleggen


class Beslissing(_Facts):
    """The letter to the candidate with VDAB's decision, its reasons and every remedy (art. 9)."""

    soort: Literal["beslissing"] = "beslissing"
    vdab: Actor | None
    beslissing: ToeleidingBeslissen


class BeslissingAanvrager(_Facts):
    """What the requester hears: the outcome, and the reasons only where the candidate agreed."""

    soort: Literal["beslissing_aanvrager"] = "beslissing_aanvrager"
    vdab: Actor | None
    aanvrager: Actor
    route: Route
    redenen: tuple[str, ...] = ()


class OnthaalKennismaking(_Facts):
    """The letter that says which kernpartner will make contact; again at a reroute (art. 4)."""

    soort: Literal["onthaal_kennismaking"] = "onthaal_kennismaking"
    kernpartner: Actor
    leiding: Actor | None = None
    vorige: bool = False
    """Whether another kernpartner was announced before."""


class Onbereikbaar(_Facts):
    """The letter that says that nobody could reach the person, and how one call is enough."""

    soort: Literal["onbereikbaar"] = "onbereikbaar"
    kernpartner: Actor
    leiding: Actor | None = None
    heropenen_tot: Finding[date | None]


class Onthaaldossier(_Facts):
    """What was done in the onthaaltraject, under the consent of the person (LSB art. 11)."""

    soort: Literal["onthaaldossier"] = "onthaaldossier"
    kernpartner: Actor
    start: date
    einde: date
    oorzaak: str
    levensdomeinen: tuple[LevensdomeinVastleggen, ...] = ()
    metingen: tuple[RechtenMeten, ...] = ()
    orientaties: tuple[Orienteren, ...] = ()


class OverdrachtOnthaal(_Facts):
    """The fiche of a warm hand-over: what the person agreed to pass on, so that the story is told once."""

    soort: Literal["overdracht_onthaal"] = "overdracht_onthaal"
    kernpartner: Actor
    overdracht: WarmeOverdracht
    levensdomeinen: tuple[LevensdomeinVastleggen, ...] = ()
    """Empty without consent to pass them on."""


class Toestemmingsaanvraag(_Facts):
    """The request to one benefit agency for its permission; for the organisation of the begeleider only."""

    soort: Literal["toestemmingsaanvraag"] = "toestemmingsaanvraag"
    begeleider: Actor
    toestemming: Toestemming
    activiteit: str | None = None
    werkpost: str | None = None
    """By its code; unknown while none was chosen."""
    uren_per_week: Decimal | None = None
    vanaf: date | None = None
    """The day from which it is asked: of the start, of a change, or after what was permitted; none while it is open."""
    tegen: Finding[date | None]
    """When an answer is expected."""


class Begeleidingsovereenkomst(_Facts):
    """The agreement for one werkpost between participant, begeleider and werkpost."""

    soort: Literal["begeleidingsovereenkomst"] = "begeleidingsovereenkomst"
    begeleider: Actor
    variant: Variant
    overeenkomst: Overeenkomst
    minimum_uren: Finding[Decimal] | None = None
    """How many hours a week are asked at least (AMA SE)."""


class OvereenkomstKopie(_Facts):
    """The letter with which the participant gets the agreement: one page, in plain words."""

    soort: Literal["overeenkomst_kopie"] = "overeenkomst_kopie"
    begeleider: Actor
    leiding: Actor | None = None
    variant: Variant
    overeenkomst: Overeenkomst


class EvaluatieverslagAma(_Facts):
    """What a yearly evaluation found on the four latent functions, and what comes next (art. 29)."""

    soort: Literal["evaluatieverslag"] = "evaluatieverslag"
    nummer: int
    begeleider: Actor
    verjaardag: date
    evaluatie: EvaluatieVastleggen


DocumentFacts = Annotated[
    Toestemmingsaanvraag
    | Begeleidingsovereenkomst
    | OvereenkomstKopie
    | EvaluatieverslagAma
    | KennismakingTandem
    | Onvolledig
    | Screeningsverslag
    | Beslissing
    | BeslissingAanvrager
    | OnthaalKennismaking
    | Onbereikbaar
    | Onthaaldossier
    | OverdrachtOnthaal
    | Trajectplan
    | TrajectplanCoordinator
    | PlanKopie
    | Reviewverslag
    | Pakketevaluatie
    | Stopzetting
    | WeigeringVerlenging
    | Overdrachtsfiche
    | Eindverslag
    | Eindadvies
    | EindadviesKopie
    | Vergoedingsstaat
    | Verdeelstaat
    | Slotnota,
    Field(discriminator="soort"),
]


class DocumentOrder(BaseModel):
    """One document to render once: `workflow_id` and `key` are its identity, whatever is retried."""

    model_config = ConfigDict(frozen=True)

    workflow_id: str
    reference: str
    key: str
    as_of: date
    facts: DocumentFacts


class DocumentMade(BaseModel):
    """The stored document: its id, the digest of its bytes and its number of pages."""

    model_config = ConfigDict(frozen=True)

    document_id: str
    sha256: str
    pages: int
