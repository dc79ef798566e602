"""Counts what providers answered, per werkingsgebied: where there is no offer and where people wait."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from activities.database import Database
from models.tables import EventRow, TrajectRow

ANSWERED = "aanbod_antwoorden"
"""The kind of event that holds a provider's answer."""


@dataclass(frozen=True)
class AanbodTelling:
    """How often providers gave each answer in a werkingsgebied; None is where none is known."""

    werkingsgebied: str | None
    bevestigd: int = 0
    wachtlijst: int = 0
    geen_aanbod: int = 0
    geweigerd: int = 0


class AanbodOverzicht:
    """The answers of providers as the record keeps them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def per_werkingsgebied(self, van: date, tot: date) -> tuple[AanbodTelling, ...]:
        """The answers of a period, both days included, by werkingsgebied; who gave none is not in it."""
        answers = (
            select(TrajectRow.werkingsgebied, EventRow.gegevens["antwoord"].as_string())
            .join(TrajectRow, TrajectRow.workflow_id == EventRow.workflow_id)
            .where(EventRow.soort == ANSWERED, EventRow.datum.between(van, tot))
        )
        with self._database.read() as session:
            told = [(area, answer) for area, answer in session.execute(answers)]
        areas = sorted({area for area, _ in told}, key=lambda area: (area is None, area))
        return tuple(_counted(area, [answer for where, answer in told if where == area]) for area in areas)


def _counted(area: str | None, given: list[str]) -> AanbodTelling:
    return AanbodTelling(
        werkingsgebied=area,
        bevestigd=given.count("bevestigd"),
        wachtlijst=given.count("wachtlijst"),
        geen_aanbod=given.count("geen_aanbod"),
        geweigerd=given.count("geweigerd"),
    )
