"""What must hold for an AMA and its yearly evaluations, beside what holds for every trajectory."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from models.ama_stand import Begeleidingsperiode
from models.ama_verloop import Toestemming
from tests.simulation.ama_known import GRANTS, OPEN, permissions
from tests.simulation.history import Life, Rest

FREE = ("ivt_it", "groeipakket", "geen")
"""The statuten beside which nobody has to permit anything."""
FOR_EVER = date.max


def of_ama(rest: Rest) -> Iterator[str]:
    """An open AMA, and one whose last day is not declared, waits for somebody by a date."""
    if rest.stand is None or rest.stand.fase not in (*OPEN, "uitstroom", "evalueren"):
        return
    owed = any(duty.addressee.organisatie and duty.due.value for duty in rest.live)
    if not owed and not rest.timers:
        yield f"in phase {rest.stand.fase} nobody owes anything by a date and no timer is armed"


def of_ama_life(life: Life) -> Iterator[str]:
    """What must hold over the whole life of an AMA."""
    yield from begun_without_permission(life)
    yield from evaluated_twice(life)
    yield from begun_twice(life)


def begun_without_permission(life: Life) -> Iterator[str]:
    """No agreement begins without every permission that the statuten of its first day need."""
    seen: set[int] = set()
    for count, step in enumerate(life.steps, start=1):
        running = step.stand.ama.overeenkomsten if step.stand.ama else ()
        for each in running:
            if each.nummer not in seen:
                seen.add(each.nummer)
                yield from _missing(life, count, each)


def _missing(life: Life, steps: int, begun: Begeleidingsperiode) -> Iterator[str]:
    given = permissions(life, steps).values()
    for code in statuten_on(life, steps, begun.van):
        if code not in FREE and not any(each.statuut == code and _allows(each, begun.van) for each in given):
            yield f"agreement {begun.nummer} began on {begun.van} without the permission for {code}"


def _allows(each: Toestemming, day: date) -> bool:
    if each.antwoord not in GRANTS or each.vervallen:
        return False
    until = min(each.tot or FOR_EVER, (each.ingetrokken_per or FOR_EVER) - timedelta(days=1))
    return (each.vanaf or date.min) <= day <= until


def statuten_on(life: Life, steps: int, day: date) -> set[str]:
    """The statuten of a day, as the file began with them and as they were told before so many steps."""
    periods = [
        (each["code"], date.fromisoformat(each["van"]), FOR_EVER)
        for each in life.begun_with.get("statuten") or ()
    ]
    for told_after, name, told in life.updates:
        if name == "statuut_melden" and told_after < steps:
            since = date.fromisoformat(told["vanaf"])
            ended = told.get("eindigt"), "onbekend"
            kept = [p for p in periods if p[0] not in ended or p[1] < since]
            periods = [
                (c, van, min(tot, since - timedelta(days=1)) if c in ended else tot) for c, van, tot in kept
            ]
            periods.append((told["code"], since, FOR_EVER))
    return {code for code, van, tot in periods if van <= day <= tot}


def evaluated_twice(life: Life) -> Iterator[str]:
    """Each yearly evaluation opens once."""
    opened = Counter(
        event.gegevens["workflow_id"] for event in life.events if event.soort == "traject-gestart"
    )
    yield from (f"{which} was opened {count} times" for which, count in opened.items() if count > 1)


def begun_twice(life: Life) -> Iterator[str]:
    """An agreement begins once."""
    begun = Counter(event.tekst for event in life.events if event.soort == "begonnen")
    yield from (f"told {count} times: {text}" for text, count in begun.items() if count > 1)
