"""The hours a week of every agreement together: an agency permits so many in all, whatever the number of werkposten."""

from datetime import date
from decimal import Decimal

from models.ama_case import AmaFacts
from models.ama_verloop import Overeenkomst
from rules import ama_einde, ama_wijzigingen, toestemmingen


def agreed_on(day: date, facts: AmaFacts, but: int | None = None) -> Decimal:
    """What the agreements that run on a day come to, with those that will have begun by then; one can be left out."""
    there = (each for each in facts.overeenkomsten if each.nummer != but and _covers(each, day))
    return sum((ama_wijzigingen.agreed(each, day).uren_per_week for each in there), Decimal(0))


def too_many_from(since: date, facts: AmaFacts) -> date | None:
    """The first day, from one on, on which more is agreed than every agency allows; none where all of it fits."""
    begins = (each.start for each in facts.overeenkomsten)
    changes = (change.vanaf for each in facts.overeenkomsten for change in each.wijzigingen)
    for day in sorted({since, *(day for day in (*begins, *changes) if day > since)}):
        if not toestemmingen.within_hours(agreed_on(day, facts), day, facts).value:
            return day
    return None


def _covers(each: Overeenkomst, day: date) -> bool:
    last = min(each.einde or date.max, each.afgesproken_einde or date.max)
    return (each.begonnen or ama_einde.still_comes(each)) and each.start <= day <= last
