"""What changes of an agreement from a day on: until then the old values count, and afterwards they did until then."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.ama_case import AmaState
from models.ama_stand import Begeleidingsperiode
from models.ama_verloop import Afspraken, Overeenkomst, Wijziging
from models.findings import Finding
from models.phases import Aangemeld, Begeleid, Gepland
from rules.grounded import PRACTICE, finding, grounded_in

CHANGES = tuple(Afspraken.model_fields)
IN_WORDS = {"werkpost": "werkpost", "begeleider": "begeleider", "activiteit": "activiteit"}
IN_WORDS |= {"uren_per_week": "uren per week"}


class _Step(NamedTuple):
    """From a day on these values."""

    since: date
    values: Afspraken


def with_change(each: Overeenkomst, change: Wijziging) -> Overeenkomst:
    """The agreement with one more change that was agreed; nothing of it counts before its day."""
    return each.model_copy(update={"getekend": signed(each), "wijzigingen": (*each.wijzigingen, change)})


def taken_effect(each: Overeenkomst, day: date) -> Overeenkomst:
    """The agreement as it is on a day: what was agreed for then or before counts now."""
    known = tuple(
        change.model_copy(update={"ingegaan": change.ingegaan or change.vanaf <= day})
        for change in each.wijzigingen
    )
    return _folded(each, known)


def taken_over(each: Overeenkomst, old: str, new: str, since: date, day: date) -> Overeenkomst:
    """The agreement with another organisation from a day on where this one accompanied; never before its last change.

    What ended before that day stays with who accompanied then; `day` is until when a change counts at once.
    """
    if each.begeleider != old or (each.einde is not None and each.einde < since):
        return each
    since = max([since, *(change.vanaf for change in each.wijzigingen if change.begeleider)])
    change = Wijziging(nummer=len(each.wijzigingen) + 1, vanaf=since, begeleider=new)
    return taken_effect(with_change(each, change), day)


def put_right(each: Overeenkomst, number: int, vanaf: date, told_on: date) -> Overeenkomst:
    """The day of one change put right: one that counts already counts until then not at all."""
    known = tuple(
        change.model_copy(update={"vanaf": vanaf, "ingegaan": change.ingegaan and vanaf <= told_on})
        if change.nummer == number
        else change
        for change in each.wijzigingen
    )
    return _folded(each, known)


def signed(each: Overeenkomst) -> Afspraken:
    """What was signed, before anything changed."""
    return each.getekend or Afspraken.model_validate(_now(each))


def agreed(each: Overeenkomst, day: date = date.max) -> Afspraken:
    """What was agreed for a day, whether that day came or not."""
    return _steps(each, tuple(change for change in each.wijzigingen if change.vanaf <= day))[-1].values


def coming(state: AmaState) -> Iterator[tuple[Overeenkomst, Wijziging]]:
    """What was agreed for a day that has still to come, in order; after the last day nothing changes."""
    facts, phase = state.facts, state.phase
    if not isinstance(phase, Aangemeld | Gepland | Begeleid):
        return
    planned = facts.gepland_einde.einde if facts.gepland_einde else date.max
    for each in facts.overeenkomsten:
        last = min(each.einde or each.afgesproken_einde or date.max, planned)
        for change in sorted(each.wijzigingen, key=_in_order):
            if not change.ingegaan and change.vanaf <= last:
                yield each, change


@grounded_in(PRACTICE)
def takes_effect(change: Wijziging) -> Finding[date | None]:
    """A change counts from the day that was agreed, and not before it."""
    told = [IN_WORDS[name] for name in CHANGES if getattr(change, name) is not None]
    return finding(
        takes_effect,
        change.vanaf,
        "Een afgesproken wijziging gaat in; tot dan geldt wat er nu in de overeenkomst staat.",
        facts={"wijzigt": ", ".join(told)},
    )


def periods(each: Overeenkomst, ended: date | None) -> Iterator[Begeleidingsperiode]:
    """Who accompanied where, from day to day: what counts from a day on says nothing of the days before it."""
    last = min((day for day in (each.einde, ended) if day is not None), default=None)
    if last is not None and last < each.start:
        return  # the end was told later, and lies before what had begun meanwhile
    steps: list[_Step] = []
    for step in _steps(each, tuple(change for change in each.wijzigingen if change.ingegaan)):
        if steps and _same_place(steps[-1].values, step.values):
            continue
        if last is None or step.since <= last or not steps:
            steps.append(step)
    ends = [*(step.since - timedelta(days=1) for step in steps[1:]), last]
    for step, until in zip(steps, ends, strict=True):
        yield Begeleidingsperiode(
            nummer=each.nummer,
            begeleider=step.values.begeleider,
            werkpost=step.values.werkpost,
            van=step.since,
            tot=until,
        )


def _now(each: Overeenkomst) -> dict[str, object]:
    return {name: getattr(each, name) for name in CHANGES}


def _folded(each: Overeenkomst, known: tuple[Wijziging, ...]) -> Overeenkomst:
    values = _steps(each, tuple(change for change in known if change.ingegaan))[-1].values
    return each.model_copy(update={"getekend": signed(each), "wijzigingen": known, **dict(values)})


def _steps(each: Overeenkomst, known: tuple[Wijziging, ...]) -> list[_Step]:
    """From the first day on, the values after each of these changes; of two on one day the later word counts."""
    steps = [_Step(each.start, signed(each))]
    for change in sorted(known, key=_in_order):
        told = {name: value for name in CHANGES if (value := getattr(change, name)) is not None}
        step = _Step(max(change.vanaf, each.start), steps[-1].values.model_copy(update=told))
        if step.since == steps[-1].since:
            steps.pop()
        steps.append(step)
    return steps


def _in_order(change: Wijziging) -> tuple[date, int]:
    return change.vanaf, change.nummer


def _same_place(one: Afspraken, other: Afspraken) -> bool:
    return (one.begeleider, one.werkpost) == (other.begeleider, other.werkpost)
