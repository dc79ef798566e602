"""The clock ledger: the periods in which a trajectory rests, and those in which an addressee is closed."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator


class Suspension(BaseModel):
    """A period of rest from `van` up to, not including, `tot`: the first day that runs again, if known."""

    model_config = ConfigDict(frozen=True)

    van: date
    tot: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot is not None and self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self

    def covers(self, day: date) -> bool:
        """Whether that day rests."""
        return self.van <= day and (self.tot is None or day < self.tot)

    def reaches(self, day: date) -> bool:
        """Whether the rest lasts up to that day, so that a rest that starts there continues it."""
        return self.tot is None or day <= self.tot


class Ledger(BaseModel):
    """The suspensions of a trajectory as they are known now, in any order; days that overlap count once."""

    model_config = ConfigDict(frozen=True)

    suspensions: tuple[Suspension, ...] = ()

    def rests_on(self, day: date) -> bool:
        """Whether any suspension covers the day."""
        return any(suspension.covers(day) for suspension in self.suspensions)

    @property
    def rests(self) -> tuple[Suspension, ...]:
        """The same days as separate periods in order: overlapping and touching suspensions made one."""
        merged: list[Suspension] = []
        for suspension in sorted(self.suspensions, key=lambda each: each.van):
            if suspension.tot == suspension.van:
                continue
            if merged and merged[-1].reaches(suspension.van):
                suspension = _joined(merged.pop(), suspension)
            merged.append(suspension)
        return tuple(merged)

    @property
    def open_since(self) -> date | None:
        """The first day of the unbroken rest that has no end yet."""
        return next((rest.van for rest in self.rests if rest.tot is None), None)


class Closure(BaseModel):
    """Days, `tot` included, on which an addressee cannot act: leave, a closed office, a strike."""

    model_config = ConfigDict(frozen=True)

    van: date
    tot: date
    reden: str

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.tot < self.van:
            raise ValueError("tot ligt voor van")
        return self

    def covers(self, day: date) -> bool:
        """Whether the addressee is closed on that day."""
        return self.van <= day <= self.tot


def _joined(first: Suspension, second: Suspension) -> Suspension:
    """One rest from the start of the first to the later end of the two."""
    if first.tot is None or second.tot is None:
        return Suspension(van=first.van)
    return Suspension(van=first.van, tot=max(first.tot, second.tot))
