"""What an AMA was told, folded by hand into what follows from it: statuten, agreements, and who accompanies.

Nothing here asks the rules: it reads what the file began with, the commands that were accepted, and what was told of
each step.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from models.actors import Actor, Rol
from models.ama_verloop import Toestemming
from models.steps import Event, Step
from tests.law import DATA
from tests.simulation.history import Life

ONE_DAY = timedelta(days=1)
FREE = ("ivt_it", "groeipakket", "geen")
"""The statuten beside which nobody has to permit anything."""
GRANTS = ("toelating", "vaststelling", "niet_nodig", "hergebruikt")
BEGUN = re.compile(r"De activiteiten van overeenkomst (\d+) zijn begonnen\.")
GIVEN_BACK = re.compile(r"Overeenkomst (\d+) kan niet beginnen\.")
OF_AGREEMENT = re.compile(r"overeenkomst/(\d+)\.(start|einde)")
"""How the days of an agreement are called when they are put right."""
UNKNOWN = "onbekend"


@dataclass
class Period:
    """A statuut, up to and including `tot`."""

    code: str
    van: date
    tot: date = date.max


@dataclass
class Agreement:
    """One agreement as it was signed and changed."""

    nummer: int
    start: date
    verzekerd_tot: date
    begeleider: str
    signed_end: date | None = None
    """The last day that was signed."""
    einde: date | None = None
    begun: bool = False
    hours: list[tuple[date, Decimal]] = field(default_factory=list)
    """From which day on how many a week, as they were agreed."""

    def hours_on(self, day: date) -> Decimal:
        """What was agreed for a day; nothing before it begins, after it ended, or where it never began."""
        last = min(self.einde or date.max, self.signed_end or date.max)
        if not self.start <= day <= last or not (self.begun or self.einde is None or self.einde > self.start):
            return Decimal(0)
        known = [(since, n, hours) for n, (since, hours) in enumerate(self.hours) if since <= day]
        return max(known)[2] if known else self.hours[0][1]


@dataclass
class AmaFile:
    """What is known of an AMA after some of its steps."""

    begun_with: dict[str, Any]
    statuten: list[Period] = field(default_factory=list)
    agreements: dict[int, Agreement] = field(default_factory=dict)
    permissions: dict[int, Toestemming] = field(default_factory=dict)
    trekker: Actor | None = None
    signed: int = 0
    placed: bool = False
    """Whether a place was promised or taken, and not given up since."""
    nowhere: list[int] = field(default_factory=list)
    """The agreements that began while there was no place and nothing ran already."""

    def statuten_on(self, day: date) -> set[str]:
        """The statuten of a day."""
        return {each.code for each in self.statuten if each.van <= day <= each.tot}

    def missing_on(self, day: date) -> set[str]:
        """The statuten of a day that nobody permitted to begin beside."""
        given = {each.statuut for each in self.permissions.values() if self._stands(each, day)}
        return {code for code in self.statuten_on(day) if code not in FREE and code not in given}

    def most_hours_on(self, day: date) -> Decimal | None:
        """The fewest hours that an agency named for its permission on a day."""
        codes = self.statuten_on(day)
        named = (
            p.uren_per_week for p in self.permissions.values() if p.statuut in codes and self._stands(p, day)
        )
        return min((each for each in named if each is not None), default=None)

    def hours_on(self, day: date, but: int | None = None) -> Decimal:
        """What every agreement but one comes to on a day."""
        others = (each.hours_on(day) for each in self.agreements.values() if each.nummer != but)
        return sum(others, Decimal(0))

    def _stands(self, each: Toestemming, day: date) -> bool:
        """Whether an agency permits something on a day, and its statuut did not end between the question and then."""
        ends = (p.tot for p in self.statuten if p.code == each.statuut and each.sinds <= p.tot < day)
        return allows(each, day) and all(each.statuut in self.statuten_on(end + ONE_DAY) for end in ends)

    @property
    def open_agreements(self) -> list[int]:
        """The agreements that did not end."""
        return [each.nummer for each in self.agreements.values() if each.einde is None]

    @property
    def first_day(self) -> date | None:
        """The first day on which activities took place."""
        return min((each.start for each in self.agreements.values() if each.begun), default=None)

    def hear(self, name: str, told: dict[str, Any]) -> None:
        """An accepted command."""
        match name:
            case "statuut_melden":
                self._change_statuut(told)
            case "overeenkomst_sluiten":
                self._sign(told)
            case "overeenkomst_wijzigen" if told.get("uren_per_week"):
                changed = date.fromisoformat(told["vanaf"]), Decimal(told["uren_per_week"])
                self.agreements[told["nummer"]].hours.append(changed)
            case "overeenkomst_beeindigen":
                self.agreements[told["nummer"]].einde = date.fromisoformat(told["einde"])
            case "verzekering_melden":
                number = int(told["opdracht"].split("/")[1])
                self.agreements[number].verzekerd_tot = date.fromisoformat(told["verzekerd_tot"])
            case "plaats_overslaan":
                self.placed = False
            case "contingent_kiezen" if self.first_day is None:
                self.trekker = Actor(rol=Rol.BEGELEIDER, organisatie=told["houder"])
            case "rechtzetten" if mine := OF_AGREEMENT.fullmatch(told["veld"]):
                setattr(self.agreements[int(mine[1])], mine[2], date.fromisoformat(told["nieuw"]))

    def see(self, step: Step) -> None:
        """What a step told."""
        for line in step.toestemmingen:
            each = line.toestemming
            if each.statuut == UNKNOWN and each.nummer not in self.permissions and not self._is_unknown():
                self.statuten.append(Period(UNKNOWN, each.sinds))
            self.permissions[each.nummer] = each
        for event in step.events:
            if event.soort == "start-teruggegeven" and (found := GIVEN_BACK.match(event.tekst)):
                each = self.agreements[int(found[1])]
                each.einde = each.start
            self._see_place(event)
            if event.soort == "begeleider-gewisseld":
                self._hand_to(Actor.model_validate(event.gegevens["begeleider"]))
        ama = step.stand.ama
        if ama is None:
            return
        for period in ama.overeenkomsten:  # the last of an agreement is how it goes on
            known = self.agreements.get(period.nummer)
            if known is not None:
                known.begun, known.einde, known.begeleider = True, period.tot, period.begeleider
        if ama.contingent and self.trekker is None and not self.signed:
            self.trekker = Actor(rol=Rol.BEGELEIDER, organisatie=ama.contingent)

    def _see_place(self, event: Event) -> None:
        """Whether there is a place from this event on, and what begins without one."""
        if event.soort == "plaats":
            self.placed = any(each.value is True for each in event.findings)
        elif event.soort in ("contingent-gesloten", "plaats-vrijgegeven"):
            self.placed = False
        elif not self.placed and self.first_day is None and (found := BEGUN.fullmatch(event.tekst)):
            self.nowhere.append(int(found[1]))

    def _is_unknown(self) -> bool:
        return any(each.code == UNKNOWN and each.tot == date.max for each in self.statuten)

    def _sign(self, told: dict[str, Any]) -> None:
        self.signed += 1
        end = told.get("einde")
        self.agreements[self.signed] = Agreement(
            nummer=self.signed,
            start=date.fromisoformat(told["start"]),
            verzekerd_tot=date.fromisoformat(told["verzekerd_tot"]),
            begeleider=told.get("begeleider") or (self.trekker.organisatie if self.trekker else ""),
            signed_end=date.fromisoformat(end) if end else None,
            hours=[(date.min, Decimal(told["uren_per_week"]))],
        )

    def _hand_to(self, new: Actor) -> None:
        old = self.trekker
        for each in self.agreements.values():
            if old is not None and each.begeleider == old.organisatie and each.einde is None:
                each.begeleider = new.organisatie
        self.trekker = new

    def _change_statuut(self, told: dict[str, Any]) -> None:
        since = date.fromisoformat(told["vanaf"])
        ended = told.get("eindigt"), UNKNOWN
        self.statuten = [each for each in self.statuten if each.code not in ended or each.van < since]
        for each in self.statuten:
            if each.code in ended:
                each.tot = min(each.tot, since - ONE_DAY)
        self.statuten.append(Period(told["code"], since))


def allows(each: Toestemming, day: date) -> bool:
    """Whether an agency permits something on a day."""
    if each.antwoord not in GRANTS or each.vervallen:
        return False
    if each.ingetrokken_per is not None and each.ingetrokken_per <= day:
        return False
    return (each.vanaf or date.min) <= day <= (each.tot or date.max)


def read(life: Life) -> Iterator[tuple[Step, AmaFile]]:
    """The file after each step: the same one, which goes on."""
    found = _begun(life)
    waiting = list(life.updates)
    for count, step in enumerate(life.steps):
        while waiting and waiting[0][0] <= count:
            _, name, told = waiting.pop(0)
            found.hear(name, told)
        found.see(step)
        yield step, found


def file_of(life: Life) -> AmaFile:
    """The file as it is now."""
    found = _begun(life)
    for _, now in read(life):
        found = now
    return found


def _begun(life: Life) -> AmaFile:
    told = life.begun_with
    statuten = [
        Period(each["code"], date.fromisoformat(each["van"]), _day(each.get("tot")))
        for each in told.get("statuten") or ()
    ]
    begeleider = told.get("begeleider")
    trekker = Actor.model_validate(begeleider) if begeleider else None
    return AmaFile(told, statuten, trekker=trekker)


def _day(told: str | None) -> date:
    return date.fromisoformat(told) if told else date.max


def recognised_on(organisation: str, day: date) -> bool:
    """Whether the shipped tables say that an organisation may accompany on a day."""
    return any(van <= day <= tot for van, tot in _recognitions().get(organisation, ()))


@cache
def _recognitions() -> dict[str, list[tuple[date, date]]]:
    known = YAML(typ="safe").load(DATA / "organisaties.yaml")["organisaties"]
    return {
        each["code"]: [
            (one["van"], one.get("tot") or date.max)
            for one in each.get("erkenningen") or ()
            if one["soort"] == "ama_begeleider"
        ]
        for each in known
    }
