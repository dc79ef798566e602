"""What lists, statements and sweeps read of arbeidsmatige activiteiten: periods, never permissions or health."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.actors import Code

Variant = Literal["wvg", "se"]
"""AMA in health and welfare policy (D2022 art. 28-30), or in the social economy (art. 28-29)."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Begeleidingsperiode(_Part):
    """Who accompanies somebody where, under one begeleidingsovereenkomst, from the first to the last day.

    Where its begeleider or werkpost changed it has more than one, each with its own days.
    """

    nummer: int
    begeleider: Code
    werkpost: Code
    van: date
    tot: date | None = None


class Rustperiode(_Part):
    """A suspension, up to and not including `tot`."""

    van: date
    tot: date | None = None
    oorzaak: str


class VolgendeEvaluatie(_Part):
    """The evaluation that has not been opened yet: its number, and the first day on which it can be held."""

    nummer: int
    vanaf: date


class AmaStand(_Part):
    """The part of the stand that only arbeidsmatige activiteiten have."""

    variant: Variant
    overeenkomsten: tuple[Begeleidingsperiode, ...] = ()
    rusten: tuple[Rustperiode, ...] = ()
    contingent: Code | None = None
    """The holder of the contingent, for AMA in the social economy."""
    plaats_vanaf: date | None = None
    """The first day of that place, where the activities had begun before it."""
    evaluatie: VolgendeEvaluatie | None = None
    wens: str | None = None
    """What the person would like, until an agreement says what it is."""
