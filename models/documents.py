"""What a document is drawn up from: what the trajectory knows; names are looked up where it is rendered."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.actors import Team
from models.findings import Finding
from models.messages import AfrondenZonderBetrokkene, EindverslagIndienen, PlanAkkoord, ReviewVastleggen


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True)


class KennismakingTandem(_Facts):
    """The letter that introduces the tandem to the participant."""

    soort: Literal["kennismaking_tandem"] = "kennismaking_tandem"
    team: Team


class Trajectplan(_Facts):
    """The agreed plan with its six elements (art. 15) and the dates that follow from it."""

    soort: Literal["trajectplan"] = "trajectplan"
    team: Team
    plan: PlanAkkoord
    einde: Finding[date]
    evaluaties: tuple[date, ...]


class Reviewverslag(_Facts):
    """What a review found, with the participant's own words."""

    soort: Literal["reviewverslag"] = "reviewverslag"
    nummer: int
    team: Team
    review: ReviewVastleggen
    voorzien_op: Finding[date | None]
    volgende: Finding[date | None] | None


class Eindverslag(_Facts):
    """The end report with its five elements and the eindadvies to VDAB (art. 22, 14 §2 8°)."""

    soort: Literal["eindverslag"] = "eindverslag"
    team: Team
    plan: PlanAkkoord | None
    einde: date
    verslag: EindverslagIndienen
    reviews: tuple[date, ...]


class Slotnota(_Facts):
    """The closing note of a trajectory that ended by death."""

    soort: Literal["slotnota"] = "slotnota"
    team: Team | None
    overleden_op: date
    nota: AfrondenZonderBetrokkene


DocumentFacts = Annotated[
    KennismakingTandem | Trajectplan | Reviewverslag | Eindverslag | Slotnota, Field(discriminator="soort")
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
