"""A command that somebody might send, and the chance that draws it: the same for the same seed and facts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

from dateutil.relativedelta import relativedelta

from models.actors import Actor, Rol
from models.duties import Duty
from tests.simulation.known import Known

Expected = Literal["accepted", "refused", "either"]
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT")
WERK = (("ORG-VDAB-GENT", "MW-0101"), ("ORG-VDAB-GENT", "MW-0102"), ("ORG-KOMPAAN-WERK", "MW-0201"))
ZORG = (("ORG-CAW-LEIE", "MW-0301"), ("ORG-DE-MEANDER", "MW-0501"))
MONTHS = relativedelta(months=1)
OORZAKEN = ("ziekte", "opname", "detentie", "moederschap", "andere")
REDENEN = ("op_vraag", "geen_contact", "verhuisd", "ander_aanbod", "gezondheid", "andere")


@dataclass(frozen=True)
class Move:
    """A command that somebody sends, and what should become of it."""

    name: str
    by: Actor
    payload: dict[str, Any]
    expected: Expected = "accepted"
    refused_as: str | None = None
    """Why it is refused, where that matters."""


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


class Chance:
    """Draws the next move of a trajectory, always the same one for the same seed and the same facts."""

    def __init__(self, random: Random, sent: Counter[tuple[str, str]] | None = None) -> None:
        self.random = random
        self.sent: Counter[tuple[str, str]] = Counter() if sent is None else sent
        """How often each command was accepted and refused in this world: what came seldom can be drawn first."""

    def day(self, first: date, last: date) -> date:
        """A day between two, or the last when there is none."""
        return first + days(self.random.randint(0, max(0, (last - first).days))) if first < last else last

    def lately(self, known: Known, at_most: int = 25) -> date:
        """Today, mostly; else a day not long ago that is entered late."""
        if self.random.random() < 0.6:
            return known.today
        return self.day(max(known.start, known.today - days(at_most)), known.today)

    def worker(self, workers: Sequence[tuple[str, str]]) -> dict[str, str]:
        """An organisation, mostly with somebody who works there."""
        organisation, worker = self.random.choice(workers)
        named = {"medewerker": worker} if self.random.random() < 0.9 else {}
        return {"organisatie": organisation, **named}


def answered(
    name: str, chance: Chance, known: Known, duty: Duty, expected: Expected = "accepted", **more: Any
) -> Move:
    """An answer to a duty by whoever owes it."""
    datum = {"datum": chance.lately(known).isoformat()}
    return Move(name, duty.addressee, {"opdracht": duty.key, **datum, **more}, expected)
