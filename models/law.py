"""The law a case runs under: dated parameters and days off, frozen into the case's own history."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

Unit = Literal["dagen", "werkdagen", "weken", "maanden", "jaren"]
Regime = Literal["d2014", "d2022"]
"""The decree a request runs under: that of 25 April 2014, or that of 8 July 2022 (art. 40)."""


class Term(BaseModel):
    """A budget of time such as 3 maanden or 10 werkdagen; written as that text in the tables."""

    model_config = ConfigDict(frozen=True)

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read "3 maanden"; raises ValueError that names the text when it is no term."""
        amount, _, unit = text.strip().partition(" ")
        return cls.model_validate({"amount": amount, "unit": unit})

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    def __neg__(self) -> "Term":
        return Term(amount=-self.amount, unit=self.unit)


class Parameter(BaseModel):
    """One value of the law or of practice, from a date on, with its source and whether it was seen in law."""

    model_config = ConfigDict(frozen=True)

    name: str
    value: str
    geldig_van: date
    status: Literal["law", "assumed"]
    bron: str
    uitleg: str = ""

    def term(self) -> Term:
        """The value as a term."""
        return Term.parse(self.value)

    def terms(self) -> tuple[Term, ...]:
        """The value as several terms, written with commas between them."""
        return tuple(Term.parse(part) for part in self.value.split(","))

    def number(self) -> int:
        """The value as a whole number."""
        return int(self.value)

    def flag(self) -> bool:
        """The value as ja or nee."""
        return {"ja": True, "nee": False}[self.value]


class UnknownParameter(KeyError):
    """The snapshot has no value of this name on this date: the law tables and the code disagree."""


class DayOff(BaseModel):
    """A day on which nobody is expected to work, with its name."""

    model_config = ConfigDict(frozen=True)

    dag: date
    naam: str


class LawOrder(BaseModel):
    """Asks for the law as it stands: parameters, and days off from the year before `as_of` to the horizon."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    horizon: date
    lijsten: bool = False
    """Whether the lists of an onthaaltraject belong to it."""


class Lijstcode(BaseModel):
    """A code on a list that people choose from, in the period in which it is on it."""

    model_config = ConfigDict(frozen=True)

    lijst: Literal["levensdomeinen", "rechten"]
    code: str
    geldig_van: date
    geldig_tot: date | None = None
    """The last day; empty while it still holds."""

    def holds(self, on: date) -> bool:
        """Whether it is on the list on a day."""
        return self.geldig_van <= on and (self.geldig_tot is None or on <= self.geldig_tot)


class Law(BaseModel):
    """Parameters by effective date and days off up to a horizon; never read again behind the case's back."""

    model_config = ConfigDict(frozen=True)

    parameters: tuple[Parameter, ...]
    days_off: tuple[DayOff, ...]
    horizon: date
    codes: tuple[Lijstcode, ...] = ()
    """What an onthaaltraject may choose from; empty where a trajectory knows no lists."""

    def at(self, name: str, on: date) -> Parameter:
        """The parameter in force on a date; raises UnknownParameter when there is none."""
        known = [p for p in self.parameters if p.name == name and p.geldig_van <= on]
        if not known:
            raise UnknownParameter(f"{name} op {on}")
        return max(known, key=lambda p: p.geldig_van)

    def is_off(self, day: date) -> bool:
        """Whether a day is a weekend day or a day off."""
        return day.weekday() >= 5 or day in self._dates_off

    @cached_property
    def _dates_off(self) -> frozenset[date]:
        return frozenset(off.dag for off in self.days_off)

    def __copy__(self) -> Self:
        """A copy forgets what was cached, so that `model_copy(update=...)` cannot keep the old days off."""
        copied = super().__copy__()
        copied.__dict__.pop("_dates_off", None)
        return copied

    def extended(self, later: "Law") -> "Law":
        """This law with only what lies beyond its horizon taken from a later snapshot."""
        return Law(
            parameters=self.parameters + tuple(p for p in later.parameters if p.geldig_van > self.horizon),
            days_off=self.days_off + tuple(d for d in later.days_off if d.dag > self.horizon),
            horizon=max(self.horizon, later.horizon),
            codes=self.codes + tuple(c for c in later.codes if c.geldig_van > self.horizon),
        )


def changes(old: Law, new: Law) -> Iterable[str]:
    """The differences between two snapshots, one Dutch sentence each."""
    before = {(p.name, p.geldig_van): p.value for p in old.parameters}
    after = {(p.name, p.geldig_van): p.value for p in new.parameters}
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            yield f"{key[0]} vanaf {key[1]}: {before.get(key, 'geen')} wordt {after.get(key, 'geen')}"
    codes_before, codes_after = set(old.codes), set(new.codes)
    yield from (f"lijst {each} vervalt" for each in _listed(codes_before - codes_after))
    yield from (f"lijst {each} komt bij" for each in _listed(codes_after - codes_before))
    days_before, days_after = {d.dag for d in old.days_off}, {d.dag for d in new.days_off}
    yield from (f"vrije dag vervalt: {day}" for day in sorted(days_before - days_after))
    yield from (f"vrije dag komt bij: {day}" for day in sorted(days_after - days_before))


def _listed(codes: set[Lijstcode]) -> list[str]:
    return sorted(f"{c.lijst}: {c.code} ({c.geldig_van} – {c.geldig_tot or 'nu'})" for c in codes)
