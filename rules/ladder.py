"""The ladder: who is reminded of a duty, on which working day before or after its date."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.findings import Finding
from models.law import Law
from models.ledger import Closure, Ledger
from rules.calendar import add_working_days
from rules.grounded import PRACTICE, finding, grounded_in
from rules.ledger import add_running_days, next_running_day

To = Literal["trekker", "team", "leiding", "operaties"]
NO_LADDER = "geen"


class Rung(BaseModel):
    """One step of a ladder: so many working days from the date of the duty, and who hears of it."""

    model_config = ConfigDict(frozen=True)

    offset: int
    to: To

    @classmethod
    def parse(cls, text: str) -> "Rung":
        """Read "T+3 trekker"; raises ValueError that names the text when it is no rung."""
        moment, _, to = text.strip().partition(" ")
        if not moment.startswith(("T+", "T-")):
            raise ValueError(f"no rung: {text!r}")
        return cls.model_validate({"offset": moment.removeprefix("T"), "to": to.strip()})

    @property
    def name(self) -> str:
        """How the rung is written and keyed: "T+3", "T-2"."""
        return f"T{self.offset:+d}"


@grounded_in(PRACTICE)
def ladder_for(kind: str, law: Law, on: date) -> Finding[tuple[Rung, ...]]:
    """The rungs for a kind of duty on a date; raises UnknownParameter for a kind without a ladder."""
    choice = law.at(f"ladder.voor.{kind}", on)
    if choice.value == NO_LADDER:
        return finding(ladder_for, (), f"Voor {kind} wordt niemand herinnerd.", parameters=[choice])
    ladder = law.at(f"ladder.{choice.value}", on)
    return finding(
        ladder_for,
        rungs(ladder.value),
        f"Voor {kind} geldt de ladder {choice.value}: {ladder.value}.",
        parameters=[choice, ladder],
    )


@grounded_in(PRACTICE)
def rungs(text: str) -> tuple[Rung, ...]:
    """The rungs written as "T+3 trekker, T+5 team", in the order of their days; raises ValueError."""
    return tuple(sorted((Rung.parse(part) for part in text.split(",")), key=lambda rung: rung.offset))


@grounded_in(PRACTICE)
def rung_day(anchor: date, rung: Rung, law: Law, closures: Sequence[Closure], ledger: Ledger) -> date | None:
    """The day of a rung, in working days of the addressee that do not rest; none while a suspension is open.

    Days after the date are counted from the first day on which the addressee could act. A rung before the
    date waits out a rest it falls in, so that a suspension recorded later never moves a rung that has passed.
    """
    if rung.offset < 0:
        before = add_working_days(anchor, rung.offset, law, closures)
        return next_running_day(before, law, closures, ledger)
    first = next_running_day(anchor, law, closures, ledger)
    return first and add_running_days(first, rung.offset, law, closures, ledger)
