"""What the sender of a command can know of a toeleiding or an onthaaltraject, from what it told and was asked."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.duties import DutyKind
from models.steps import Event
from tests.simulation.history import Life
from tests.simulation.known import Known, known
from tests.simulation.scene import Dossier

IN_HAND = ("aanvullen", "screening", "beslissing")
DECIDED = ("beslist", "ingetrokken")
HELD = ("kennismaking", "onthaal")
VDAB_OF = {"44021": "ORG-VDAB-GENT", "31005": "ORG-VDAB-BRUGGE", "35013": "ORG-VDAB-BRUGGE"}


@dataclass
class IntakeKnown(Known):
    """A toeleiding or an onthaaltraject as its people know it today."""

    asked: dict[str, Any] = field(default_factory=dict)
    """The request: its municipality, who filed it, and until when another activeringstraject runs."""
    route: str | None = None
    followed: bool = False
    """Whether a trajectory followed from the decision."""
    advisers: set[str] = field(default_factory=set)
    partners: list[Actor] = field(default_factory=list)
    """The kernpartners that were sent the data, in that order."""
    consents: set[str] = field(default_factory=set)
    attempts: int = 0

    @property
    def holder(self) -> Actor | None:
        """The kernpartner that has the person now."""
        has = self.fase not in ("routering", "zonder_betrokkene") and not self.died
        return self.partners[-1] if has and self.partners else None

    @property
    def before(self) -> list[Actor]:
        """The kernpartners that had the person, and have them no more."""
        now = self.holder
        gone = [actor for actor in self.partners if now is None or not actor.speaks_for(now)]
        return gone if self.fase in ("routering", "doorgifte", *HELD) else []

    @property
    def around(self) -> list[Actor]:
        """Who may tell something of this file."""
        vdab = VDAB_OF.get(self.asked["nis_code"])
        decides = [Actor(rol=Rol.VDAB, organisatie=vdab)] if vdab and not self.asked.get("onthaal") else []
        return [OPERATIES, *decides, *([self.holder] if self.holder else [])]

    @property
    def requester(self) -> Actor | None:
        """The organisation that filed for the person."""
        filed = self.asked.get("aanvrager")
        return Actor.model_validate(filed) if filed else None


def intake_known(life: Life, today: date, dossier: Dossier) -> IntakeKnown:
    """What is known of a toeleiding or an onthaaltraject from what it told."""
    base = known(life, today)
    found = IntakeKnown(
        **{each.name: getattr(base, each.name) for each in fields(Known)}, asked=dossier.asked
    )
    for duty in life.duties.values():
        if duty.kind is DutyKind.ONTVANGST:
            found.partners.append(duty.addressee)
        elif duty.kind is DutyKind.ADVIES:
            found.advisers.add(duty.addressee.organisatie)
    for event in life.events:
        _fold(found, event)
    return found


def _fold(found: IntakeKnown, event: Event) -> None:
    told = event.gegevens
    match event.soort:
        case "toeleiding_beslissen":
            found.route = told["route"]
        case "traject-gestart":
            found.followed = True
        case "toestemming_geven":
            found.consents |= set(told["reikwijdte"])
        case "toestemming_intrekken":
            found.consents -= set(told["reikwijdte"])
        case "verzonden" | "onthaal_heropenen":
            found.attempts = 0
        case "onthaal_contactpoging":
            found.attempts += 1
