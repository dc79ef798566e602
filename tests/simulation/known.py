"""What the sender of a command can know of a trajectory: what it told, folded into the facts that moves need."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from models.actors import Actor, Team
from models.duties import Duty, DutyKind
from models.steps import Event
from tests.simulation.actions import Action, after
from tests.simulation.history import Life

Fields = dict[str, Any]
ONE_DAY = timedelta(days=1)
MINIMUM, MAXIMUM = relativedelta(months=3), relativedelta(months=18)
GUIDED = ("voorbereiding", "lopend", "einde_onbeslist")
"""The phases in which a tandem accompanies somebody."""
AFTER = ("afronding", "afgesloten")


def last_day_of_maximum(start: date) -> date:
    """The last day of eighteen calendar months that count their first day."""
    return _last_day(start, MAXIMUM)


def last_day_of_minimum(start: date) -> date:
    """The last day of three calendar months that count their first day."""
    return _last_day(start, MINIMUM)


def _last_day(start: date, length: relativedelta) -> date:
    same_day = start + length
    return same_day if same_day.day != start.day else same_day - ONE_DAY


@dataclass
class Suspension:
    """A suspension as it was told."""

    van: date
    tot: date | None = None


@dataclass
class Known:
    """A trajectory as its people know it today."""

    today: date
    fase: str
    start: date
    team: Team | None
    live: list[Duty]
    closed: list[Duty]
    dates: dict[str, date | None]
    plan: Fields | None = None
    rests: list[Suspension] = field(default_factory=list)
    reviews: dict[int, date] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    granted: date | None = None
    reopened: bool = False
    died: bool = False
    einde: date | None = None

    @property
    def open_rest(self) -> Suspension | None:
        """The suspension that has not ended."""
        return next((rest for rest in self.rests if rest.tot is None), None)

    @property
    def tandem(self) -> list[Actor]:
        """The two casemanagers, once they are known."""
        return [self.team.casemanager_werk, self.team.casemanager_zorg] if self.team else []

    @property
    def first_day(self) -> date:
        """The day the eighteen months are counted from."""
        return date.fromisoformat(self.plan["start"]) if self.plan else self.start

    @property
    def latest_end(self) -> date:
        """The last day of the eighteen months, or the later one that VDAB granted."""
        return max(last_day_of_maximum(self.first_day), self.granted or self.first_day)

    @property
    def vdab_decides(self) -> bool:
        """Whether VDAB was asked for more and has still to say so."""
        return any(duty.kind is DutyKind.VERLENGING for duty in self.live)


def known(life: Life, today: date) -> Known:
    """What is known of a trajectory from what it told."""
    stand = life.stand
    found = Known(
        today=today,
        fase=stand.fase,
        start=stand.start,
        team=stand.team,
        live=[duty for duty in life.duties.values() if duty.live],
        closed=[duty for duty in life.duties.values() if not duty.live],
        dates={each.naam: each.on.value for each in stand.dates},
        einde=stand.einde,
    )
    for step in life.steps:
        for event in step.events:
            found.actions = after(found.actions, event)
            if event.soort in FOLDS:
                FOLDS[event.soort](found, event)
            elif event.gegevens.get("fase") == "afronding" and found.open_rest and step.stand.einde:
                rest = found.open_rest
                rest.tot = max(rest.van, step.stand.einde + ONE_DAY)
    return found


def _agreed(found: Known, event: Event) -> None:
    found.plan = {key: event.gegevens[key] for key in ("start", "einde", "periodiciteit_maanden")}


def _changed(found: Known, event: Event) -> None:
    if found.plan and (months := event.gegevens["periodiciteit_maanden"]):
        found.plan["periodiciteit_maanden"] = months


def _decided(found: Known, event: Event) -> None:
    if event.gegevens["einde"]:
        found.granted = date.fromisoformat(event.gegevens["einde"])


def _heard(found: Known, event: Event) -> None:
    found.heard.append((event.gegevens["lijn"], event.gegevens["organisatie"]))


def _suspended(found: Known, event: Event) -> None:
    found.rests.append(Suspension(date.fromisoformat(event.gegevens["van"])))


def _resumed(found: Known, event: Event) -> None:
    rest = found.open_rest
    assert rest is not None
    rest.tot = date.fromisoformat(event.gegevens["per"])


def _reviewed(found: Known, event: Event) -> None:
    found.reviews[int(str(event.opdracht).split("/")[1])] = event.datum


def _corrected(found: Known, event: Event) -> None:
    veld, nieuw = event.gegevens["veld"], event.gegevens["nieuw"]
    what, _, part = veld.partition(".")
    if what == "plan" and found.plan:
        found.plan[part] = nieuw if part != "periodiciteit_maanden" else int(nieuw)
    elif what.startswith("opschorting/"):
        setattr(found.rests[int(what.partition("/")[2]) - 1], part, date.fromisoformat(nieuw))
    elif what.startswith("review/"):
        found.reviews[int(what.partition("/")[2])] = date.fromisoformat(nieuw)


def _died(found: Known, event: Event) -> None:
    found.died = True


def _lives(found: Known, event: Event) -> None:
    found.died = False


def _reopened(found: Known, event: Event) -> None:
    found.reopened = True


FOLDS: dict[str, Callable[[Known, Event], None]] = {
    "plan_akkoord": _agreed,
    "plan_wijzigen": _changed,
    "verlenging_beslissen": _decided,
    "hoorzitting": _heard,
    "opschorten": _suspended,
    "hervatten": _resumed,
    "review_vastleggen": _reviewed,
    "rechtzetten": _corrected,
    "overleden": _died,
    "overleden_ongedaan": _lives,
    "heropenen": _reopened,
}
