"""What a sweep over the record is asked and answers: everything due up to a day, part by part, by reference only."""

from collections import Counter
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

SHOWN = 1000
"""How many notes a sweep carries along; what is beyond is counted."""


class Rondgang(BaseModel):
    """The order of a sweep: for a given day, else for the day on which its schedule meant it to run."""

    model_config = ConfigDict(frozen=True)

    as_of: date | None = None
    alleen_tonen: bool = False
    """Whether it only says what it would do."""
    at_most: int = 100
    """How much of the record one part looks at."""
    silence_seconds: float = 60
    """How long a part may give no sign of life before another worker takes it over."""


class Part(BaseModel):
    """One bounded part of a sweep: everything due up to a day, from after a place on."""

    model_config = ConfigDict(frozen=True)

    as_of: date
    after: str = ""
    at_most: int = 100
    alleen_tonen: bool = False


class Probleem(StrEnum):
    """What a control can find; the value is part of the key of its message."""

    AFGEBROKEN = "afgebroken"
    ONTBREEKT = "ontbreekt"
    BEEINDIGD = "beeindigd"
    TAAK = "taak-mislukt"
    TERMIJN = "termijn-voorbij"
    NIET_HERSTELD = "niet-hersteld"
    ERKENNING = "erkenning-verlopen"
    OVERZICHT = "geen-overzicht"


class Melding(BaseModel):
    """One thing that a sweep found: what about, what is wrong, and what was done about it."""

    model_config = ConfigDict(frozen=True)

    onderwerp: str
    """A workflow id, or a recognition by its organisation and number."""
    probleem: Probleem
    uitleg: str
    hersteld: bool = False

    def __str__(self) -> str:
        return f"{self.onderwerp} {self.uitleg}{', en is hersteld' if self.hersteld else ''}"


class Swept(BaseModel):
    """What a sweep, or a part of it, looked at and did, and where to go on."""

    model_config = ConfigDict(frozen=True)

    bekeken: int = 0
    gedaan: dict[str, int] = {}
    """How often each thing was done, by the Dutch word for it."""
    meldingen: tuple[Melding, ...] = ()
    niet_getoond: int = 0
    next_after: str | None = None
    """The place to go on after; none when all is done."""

    def __add__(self, later: "Swept") -> "Swept":
        """The sum of two parts, which goes on where the later one stopped."""
        told = (*self.meldingen, *later.meldingen)
        return Swept(
            bekeken=self.bekeken + later.bekeken,
            gedaan=dict(Counter(self.gedaan) + Counter(later.gedaan)),
            meldingen=told[:SHOWN],
            niet_getoond=self.niet_getoond + later.niet_getoond + len(told[SHOWN:]),
            next_after=later.next_after,
        )
