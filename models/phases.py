"""Where a trajectory stands: a tagged union in which each phase holds exactly what that phase knows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.messages import PlanAkkoord

Vorm = Literal["volledig", "vroegtijdig", "overlijden"]


class _Phase(BaseModel):
    model_config = ConfigDict(frozen=True)


class Toewijzing(_Phase):
    """The tandem is being assigned (art. 14 §2 1°)."""

    fase: Literal["toewijzing"] = "toewijzing"


class Voorbereiding(_Phase):
    """The tandem is known; the trajectplan is being drawn up (art. 15)."""

    fase: Literal["voorbereiding"] = "voorbereiding"


class Lopend(_Phase):
    """The agreed plan runs, with its reviews (art. 10-11)."""

    fase: Literal["lopend"] = "lopend"
    plan: PlanAkkoord


class EindeOnbeslist(_Phase):
    """The maximum was reached while VDAB still decides on an extension; guidance goes on, nothing new is planned."""

    fase: Literal["einde_onbeslist"] = "einde_onbeslist"
    plan: PlanAkkoord
    einde: date
    """The last day by law, on which the trajectory ends if the extension is refused."""


class Afronding(_Phase):
    """The last day has passed or the trajectory was stopped; the end documents are owed (art. 22)."""

    fase: Literal["afronding"] = "afronding"
    plan: PlanAkkoord | None
    einde: date
    vorm: Vorm
    oorzaak: str


class Afgesloten(_Phase):
    """Everything is filed; the case can be reopened until its window has passed."""

    fase: Literal["afgesloten"] = "afgesloten"
    plan: PlanAkkoord | None
    einde: date
    vorm: Vorm
    oorzaak: str
    gesloten_op: date
    overlijden: ZonderBetrokkene | None = None
    """After a death: what its undo brings back."""


class ZonderBetrokkene(_Phase):
    """The person died; the phase before is kept so that a mistaken death can be undone."""

    fase: Literal["zonder_betrokkene"] = "zonder_betrokkene"
    overleden_op: date
    command_id: str
    vorige: Voorphase


Voorphase = Annotated[
    Toewijzing | Voorbereiding | Lopend | EindeOnbeslist | Afronding | Afgesloten, Field(discriminator="fase")
]
Phase = Annotated[
    Toewijzing | Voorbereiding | Lopend | EindeOnbeslist | Afronding | Afgesloten | ZonderBetrokkene,
    Field(discriminator="fase"),
]
Afgesloten.model_rebuild()
ZonderBetrokkene.model_rebuild()
