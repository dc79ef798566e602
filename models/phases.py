"""Where a trajectory stands: a tagged union in which each phase holds exactly what that phase knows."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.messages import PlanAkkoord
from models.onthaal import Eindreden
from models.toeleiding import ToeleidingBeslissen

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


class Aanvullen(_Phase):
    """The request lacks something that a screening needs."""

    fase: Literal["aanvullen"] = "aanvullen"


class Screening(_Phase):
    """What the person does and wants is being found out."""

    fase: Literal["screening"] = "screening"


class Beslissing(_Phase):
    """VDAB has what it needs and decides (art. 9)."""

    fase: Literal["beslissing"] = "beslissing"


class Beslist(_Phase):
    """VDAB decided; what was chosen has started or starts on its day."""

    fase: Literal["beslist"] = "beslist"
    beslissing: ToeleidingBeslissen
    gesloten_op: date
    overlijden: ZonderBetrokkene | None = None


class Ingetrokken(_Phase):
    """The person withdrew the request."""

    fase: Literal["ingetrokken"] = "ingetrokken"
    gesloten_op: date
    overlijden: ZonderBetrokkene | None = None


class Routering(_Phase):
    """Which kernpartner comes next is being looked up, or named by a person (art. 4)."""

    fase: Literal["routering"] = "routering"


class Doorgifte(_Phase):
    """A kernpartner was sent the data of art. 5 and has still to say that it takes the person on."""

    fase: Literal["doorgifte"] = "doorgifte"


class Kennismaking(_Phase):
    """A kernpartner took the person on and has still to speak with them face to face."""

    fase: Literal["kennismaking"] = "kennismaking"


class Onthaal(_Phase):
    """The onthaaltraject runs: rights, life domains and orientation."""

    fase: Literal["onthaal"] = "onthaal"
    gestart_op: date


class Beeindigd(_Phase):
    """The onthaaltraject ended; one call reopens it until it is erased (art. 6)."""

    fase: Literal["beeindigd"] = "beeindigd"
    oorzaak: Eindreden
    einde: date
    gesloten_op: date
    overlijden: ZonderBetrokkene | None = None


class Aangemeld(_Phase):
    """Permissions, a place and the first agreement are being arranged (AMA)."""

    fase: Literal["aangemeld"] = "aangemeld"


class Gepland(_Phase):
    """The first agreement was signed; its first day has still to come and to be checked (AMA)."""

    fase: Literal["gepland"] = "gepland"
    start: date


class Begeleid(_Phase):
    """The activities go on, for years (AMA)."""

    fase: Literal["begeleid"] = "begeleid"


class Uitstroom(_Phase):
    """The last day passed; its paperwork is still owed (AMA)."""

    fase: Literal["uitstroom"] = "uitstroom"
    einde: date
    oorzaak: str


class AmaGesloten(_Phase):
    """Nothing is owed any more; corrections are possible until its window has passed (AMA)."""

    fase: Literal["ama_gesloten"] = "ama_gesloten"
    einde: date
    oorzaak: str
    gesloten_op: date
    overlijden: ZonderBetrokkene | None = None


class Evalueren(_Phase):
    """The yearly evaluation is open: prepared, held and written down (art. 29)."""

    fase: Literal["evalueren"] = "evalueren"


class Geevalueerd(_Phase):
    """The yearly evaluation is over, whatever came of it."""

    fase: Literal["geevalueerd"] = "geevalueerd"
    gesloten_op: date
    gehouden_op: date | None = None
    overlijden: ZonderBetrokkene | None = None


class ZonderBetrokkene(_Phase):
    """The person died; the phase before is kept so that a mistaken death can be undone."""

    fase: Literal["zonder_betrokkene"] = "zonder_betrokkene"
    overleden_op: date
    command_id: str
    vorige: Voorphase


Voorphase = Annotated[
    Toewijzing
    | Voorbereiding
    | Lopend
    | EindeOnbeslist
    | Afronding
    | Afgesloten
    | Aanvullen
    | Screening
    | Beslissing
    | Beslist
    | Ingetrokken
    | Routering
    | Doorgifte
    | Kennismaking
    | Onthaal
    | Beeindigd
    | Aangemeld
    | Gepland
    | Begeleid
    | Uitstroom
    | AmaGesloten
    | Evalueren
    | Geevalueerd,
    Field(discriminator="fase"),
]
"""Every phase in which a person can die."""
Phase = Annotated[Voorphase | ZonderBetrokkene, Field(discriminator="fase")]
CLOSED = ("afgesloten", "beslist", "ingetrokken", "beeindigd", "uitstroom", "ama_gesloten", "geevalueerd")
"""The phases in which a trajectory takes no place any more."""
Afgesloten.model_rebuild()
Beslist.model_rebuild()
Ingetrokken.model_rebuild()
Beeindigd.model_rebuild()
AmaGesloten.model_rebuild()
Geevalueerd.model_rebuild()
ZonderBetrokkene.model_rebuild()
