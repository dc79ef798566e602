"""What a benefit agency is asked about: the activity, where, how much and from when, as far as it is known that day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from models.aanvraag import Statuutcode
from models.ama_case import AmaFacts
from models.ama_verloop import Overeenkomst
from rules import ama_wijzigingen, toestemmingen


class Gevraagd(NamedTuple):
    """What a request prints; empty where it is still to be agreed."""

    activiteit: str | None = None
    werkpost: str | None = None
    uren_per_week: Decimal | None = None
    vanaf: date | None = None


def what_is_asked(statuut: Statuutcode, facts: AmaFacts, today: date, changed: int | None = None) -> Gevraagd:
    """As it is agreed for the day from which it is asked; before there is an agreement, as the person wishes it."""
    agreement = _about(facts.overeenkomsten, changed)
    if agreement is None:
        wish = facts.wens
        if wish is None:
            return Gevraagd()
        return Gevraagd(wish.activiteit, wish.werkpost, wish.uren_per_week, wish.vanaf)
    since = _from(agreement, statuut, facts, today, changed)
    agreed = ama_wijzigingen.agreed(agreement, since or date.max)
    return Gevraagd(agreed.activiteit, agreed.werkpost, agreed.uren_per_week, since)


def wish(facts: AmaFacts) -> str | None:
    """What the person would like, on one line, until an agreement says what it is."""
    wens = facts.wens
    if wens is None or facts.overeenkomsten:
        return None
    told = (
        wens.activiteit,
        wens.werkpost and f"bij {wens.werkpost}",
        wens.uren_per_week and f"{wens.uren_per_week.normalize():f} uren per week".replace(".", ","),
        wens.vanaf and f"ten vroegste vanaf {wens.vanaf:%d-%m-%Y}",
    )
    return ", ".join(each for each in told if each)


def _about(agreements: Iterable[Overeenkomst], changed: int | None) -> Overeenkomst | None:
    """The one that changed, else the newest that is open, else the newest."""
    by_weight = sorted(agreements, key=lambda each: (each.nummer == changed, each.einde is None, each.nummer))
    return by_weight[-1] if by_weight else None


def _from(
    agreement: Overeenkomst, statuut: Statuutcode, facts: AmaFacts, today: date, changed: int | None
) -> date | None:
    """The day of the change, of the start, the day after what was permitted, or as soon as there is that statuut."""
    if agreement.nummer == changed and agreement.wijzigingen:
        return max(agreement.wijzigingen[-1].vanaf, agreement.start)
    if not agreement.begonnen:
        return agreement.start if agreement.einde is None else None
    valid = (each for each in toestemmingen.valid_on(today, facts) if each.statuut == statuut)
    ends = [day for each in valid if (day := toestemmingen.after(each.tot)) is not None]
    begins = [each.van for each in facts.statuten if each.code == statuut and (each.tot or today) >= today]
    return max(ends) if ends else max(today, min(begins, default=today))
