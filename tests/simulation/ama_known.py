"""What the people around an AMA know of it, from what it told and from what its begeleider was told alone."""

from dataclasses import dataclass, field, fields
from datetime import date

from models.actors import OPERATIES, Actor, Rol
from models.ama_verloop import Toestemming
from models.duties import DutyKind
from tests.simulation.history import Life
from tests.simulation.known import Known, known
from tests.simulation.scene import Dossier

OPEN = ("aangemeld", "gepland", "begeleid")
GRANTS = ("toelating", "vaststelling", "niet_nodig", "hergebruikt")


@dataclass
class AmaKnown(Known):
    """An AMA, or one of its yearly evaluations, as its people know it today."""

    variant: str = "wvg"
    begeleider: Actor | None = None
    agreements: list[int] = field(default_factory=list)
    """The numbers of the agreements that began and did not end."""
    signed: int = 0
    granted_by: list[int] = field(default_factory=list)
    """The numbers of the permissions that were given."""
    statuten: list[str] = field(default_factory=list)
    houder: str | None = None
    moved_on: date | None = None
    """When it last went to another begeleider."""

    @property
    def around(self) -> list[Actor]:
        """Who may tell something of this file."""
        return [OPERATIES, *([self.begeleider] if self.begeleider else [])]


def ama_known(life: Life, today: date, _dossier: Dossier) -> AmaKnown:
    """What is known of an AMA or of an evaluation from what it told."""
    base = known(life, today)
    found = AmaKnown(**{each.name: getattr(base, each.name) for each in fields(Known)})
    found.begeleider = _begeleider(life)
    begun = life.begun_with
    found.statuten = [each["code"] for each in begun.get("statuten") or ()]
    found.statuten += [told["code"] for _, name, told in life.updates if name == "statuut_melden"]
    if stand := life.stand.ama:
        found.variant, found.houder = stand.variant, stand.contingent
        found.agreements = [each.nummer for each in stand.overeenkomsten if each.tot is None]
    found.signed = sum(event.soort == "overeenkomst_sluiten" for event in life.events)
    moved = (
        event.ingevoerd_op
        for event in life.events
        if event.soort in ("begeleider_wisselen", "contingent_kiezen")
    )
    found.moved_on = max(moved, default=None)
    answers = permissions(life, len(life.steps))
    found.granted_by = [n for n, each in answers.items() if each.antwoord in GRANTS]
    return found


def permissions(life: Life, steps: int) -> dict[int, Toestemming]:
    """Each permission as it was last told in so many steps."""
    told = (line.toestemming for step in life.steps[:steps] for line in step.toestemmingen)
    return {each.nummer: each for each in told}


def _begeleider(life: Life) -> Actor | None:
    """Whoever was last asked to do something as the one who accompanies."""
    asked = [duty.addressee for duty in life.duties.values() if duty.addressee.rol is Rol.BEGELEIDER]
    owed = [each.addressee for each in life.duties.values() if each.kind is DutyKind.TOESTEMMING]
    return (asked or owed or [None])[-1]
