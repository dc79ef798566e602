"""What the people around an AMA know of it, from what it told and from what its begeleider was told alone."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from models.actors import OPERATIES, Actor
from models.duties import DutyKind
from tests.simulation.ama_file import GRANTS, AmaFile, file_of
from tests.simulation.history import Life
from tests.simulation.known import Known, known
from tests.simulation.scene import Dossier

OPEN = ("aangemeld", "gepland", "begeleid")
WINDOW = relativedelta(weeks=10)
"""So long before an anniversary a talk counts as the evaluation."""


@dataclass
class AmaKnown(Known):
    """An AMA, or one of its yearly evaluations, as its people know it today."""

    variant: str = "wvg"
    begeleider: Actor | None = None
    file: AmaFile = field(default_factory=lambda: AmaFile({}))
    houder: str | None = None
    place: str | None = None
    """What became of the newest place that was asked: waiting, reserved, occupied or released."""
    moved_today: int = 0
    """How often it went to another begeleider today."""
    opens: date | None = None
    """Of an evaluation: from when on a talk counts."""

    @property
    def around(self) -> list[Actor]:
        """Who may tell something of this file."""
        return [OPERATIES, *([self.begeleider] if self.begeleider else [])]

    @property
    def agreements(self) -> list[int]:
        """The numbers of the agreements that began and did not end."""
        return [each.nummer for each in self.file.agreements.values() if each.begun and each.einde is None]

    @property
    def granted_by(self) -> list[int]:
        """The numbers of the permissions that were given."""
        return [n for n, each in self.file.permissions.items() if each.antwoord in GRANTS]

    def day(self, name: str) -> date:
        """A day in the life of the person that the request told."""
        return date.fromisoformat(self.file.begun_with[name])

    def statuut_of(self, key: str) -> str:
        """The statuut that a question for a permission is about."""
        return self.file.permissions[int(key.split("/")[1])].statuut


def ama_known(life: Life, today: date, dossier: Dossier) -> AmaKnown:
    """What is known of an AMA or of an evaluation from what it told."""
    base = known(life, today)
    told = file_of(life)
    found = AmaKnown(**{each.name: getattr(base, each.name) for each in fields(Known)}, file=told)
    found.begeleider = told.trekker
    moved = (event.ingevoerd_op for event in life.events if event.soort == "begeleider_wisselen")
    found.moved_today = sum(on == today for on in moved)
    if stand := life.stand.ama:
        found.variant, found.houder = stand.variant, stand.contingent
        found.place = dossier.place() if stand.contingent else None
    if anniversary := told.begun_with.get("verjaardag"):
        put_right = [each.gegevens["verjaardag"] for each in life.events if each.soort == "verjaardag"]
        found.opens = date.fromisoformat([anniversary, *put_right][-1]) - WINDOW
        found.begeleider = _of_evaluation(life, told.begun_with)
    return found


def _of_evaluation(life: Life, begun_with: dict[str, Any]) -> Actor:
    """Whoever accompanied when the evaluation was opened."""
    owed = (each.addressee for each in life.duties.values() if each.kind is DutyKind.EVALUATIE)
    return next(owed, Actor.model_validate(begun_with["begeleider"]))
