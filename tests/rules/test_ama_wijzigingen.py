"""What changes of an agreement counts from its day: before it the old values, and afterwards they still did."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.ama_verloop import GeplandEinde, Overeenkomst, Wijziging
from models.law import Law
from models.messages import Rechtzetten
from models.phases import AmaGesloten
from rules import ama, ama_openings
from rules.ama_wijzigingen import (
    agreed,
    coming,
    periods,
    put_right,
    taken_effect,
    taken_over,
    with_change,
)
from rules.amaboek import AMABOEK
from rules.corrections import NotCorrectable
from tests.rules.ama_examples import MEANDER, START, agreement
from tests.rules.ama_examples import accompanied as of_it

MARCH, APRIL, MAY = date(2027, 3, 1), date(2027, 4, 1), date(2027, 5, 3)
KAAI, CGG = "ORG-MAATWERK-DE-KAAI", "ORG-CGG-ARTEVELDE"


def change(number: int, vanaf: date, **told: Any) -> Wijziging:
    return Wijziging.model_validate({"nummer": number, "vanaf": vanaf, **told})


def changed(*changes: Wijziging, **other: Any) -> Overeenkomst:
    """An agreement for which these were agreed."""
    each = agreement(**other)
    for one in changes:
        each = with_change(each, one)
    return each


def values(each: Overeenkomst) -> tuple[str, Decimal]:
    return each.werkpost, each.uren_per_week


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2027, 2, 28), (MEANDER, Decimal(12))),
        (MARCH, (MEANDER, Decimal(16))),
        (date(2027, 3, 31), (MEANDER, Decimal(16))),
        (APRIL, (KAAI, Decimal(16))),
    ],
)
def test_the_old_values_count_until_the_day_before(day: date, found: tuple[str, Decimal]) -> None:
    """Each change counts from its own day; what it does not name stays."""
    each = changed(change(1, MARCH, uren_per_week="16"), change(2, APRIL, werkpost=KAAI))
    assert values(each) == (MEANDER, Decimal(12))
    assert values(taken_effect(each, day)) == found
    then = agreed(each, day)
    assert (then.werkpost, then.uren_per_week) == found


def test_an_earlier_day_that_is_told_later_stays_under_a_later_one() -> None:
    """By day, and of two on one day the later word counts."""
    each = changed(change(1, APRIL, uren_per_week="20"), change(2, MARCH, uren_per_week="16"))
    assert [each.uren_per_week for each in (taken_effect(each, MARCH), taken_effect(each, APRIL))] == [16, 20]
    twice = changed(change(1, MARCH, uren_per_week="20"), change(2, MARCH, uren_per_week="16"))
    assert taken_effect(twice, MARCH).uren_per_week == 16
    assert agreed(twice).uren_per_week == 16


def test_the_days_before_stay_with_who_accompanied_then() -> None:
    """The stand has each with its own days; other hours make no new period, and after the end there is none."""
    each = changed(
        change(1, MARCH, uren_per_week="16"), change(2, APRIL, begeleider=CGG), change(3, MAY, werkpost=KAAI)
    )
    told = [(p.begeleider, p.werkpost, p.van, p.tot) for p in periods(taken_effect(each, MAY), None)]
    assert told == [
        (MEANDER, MEANDER, START, date(2027, 3, 31)),
        (CGG, MEANDER, APRIL, date(2027, 5, 2)),
        (CGG, KAAI, MAY, None),
    ]
    (before,) = periods(taken_effect(each, MARCH), None)
    assert (before.van, before.tot) == (START, None)
    (ended, second) = periods(taken_effect(each, MAY), date(2027, 4, 30))
    assert (ended.tot, second.tot) == (date(2027, 3, 31), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("each", "since", "told"),
    [
        (agreement(), MARCH, [(MEANDER, START, date(2027, 2, 28)), (CGG, MARCH, None)]),
        (agreement(MAY), MARCH, [(CGG, MAY, None)]),
        (agreement(einde=APRIL), MARCH, [(MEANDER, START, date(2027, 2, 28)), (CGG, MARCH, APRIL)]),
        (agreement(einde=date(2027, 2, 28)), MARCH, [(MEANDER, START, date(2027, 2, 28))]),
        (agreement(begeleider=KAAI), MARCH, [(KAAI, START, None)]),
    ],
    ids=["running", "begins later", "its end is announced", "ended before", "of another organisation"],
)
def test_who_takes_over_has_every_day_from_then_on(
    each: Overeenkomst, since: date, told: list[tuple[str, date, date | None]]
) -> None:
    """Also of what has still to begin or to end; what ended before and what others do stays as it was."""
    found = taken_over(each, MEANDER, CGG, since, max(APRIL, each.start))
    assert [(p.begeleider, p.van, p.tot) for p in periods(found, None)] == told


def test_who_took_over_last_accompanies_now() -> None:
    """A day before the previous change of begeleider is told too late to undo it: it counts from that change on."""
    first = taken_over(agreement(), MEANDER, CGG, APRIL, APRIL)
    second = taken_over(first, CGG, KAAI, MARCH, MAY)
    assert (second.begeleider, [p.begeleider for p in periods(second, None)]) == (KAAI, [MEANDER, KAAI])


def test_the_day_is_put_right_before_and_after_it_came() -> None:
    """What turns out to be for later does not count yet; what was earlier counted earlier."""
    each = taken_effect(changed(change(1, MARCH, werkpost=KAAI)), MARCH)
    later = put_right(each, 1, APRIL, MARCH)
    assert (later.werkpost, taken_effect(later, APRIL).werkpost) == (MEANDER, KAAI)
    earlier = put_right(each, 1, date(2027, 2, 1), MARCH)
    assert [p.van for p in periods(earlier, None)] == [START, date(2027, 2, 1)]


def state(law: Law, *agreements: Overeenkomst, **other: Any) -> Any:
    found = of_it(law, START, **other)
    found.facts = found.facts.model_copy(update={"overeenkomsten": agreements})
    return found


def test_why_it_changes_then_is_told(law: Law) -> None:
    """Among the dates with its reason, in the stand, and as what opens by itself on that day."""
    found = state(law, changed(change(1, MARCH, uren_per_week="16", activiteit="inpakken")))
    told = {current.naam: current.on for current in ama.current_dates(found)}
    why = told["wijziging 1 van overeenkomst 1"]
    assert (why.value, why.facts) == (MARCH, {"wijzigt": "activiteit, uren per week"})
    assert f"- 1: {MEANDER}, vanaf 02-03-2026 · wijzigt op 01-03-2027" in AMABOEK.shown(found).lines
    assert ("wijziging/1", MARCH) in {
        (each.key, each.alarm.on.value) for each in ama_openings.openings(found)
    }


@pytest.mark.parametrize(
    ("other", "phase"),
    [
        ({"einde": date(2027, 2, 28)}, {}),
        ({"afgesproken_einde": date(2027, 2, 28)}, {}),
        ({}, {"gepland_einde": GeplandEinde(einde=date(2027, 2, 28), oorzaak="op_vraag")}),
        ({}, {"phase": AmaGesloten(einde=date(2027, 2, 28), oorzaak="op_vraag", gesloten_op=START)}),
    ],
    ids=["ended", "signed to end", "planned to end", "closed"],
)
def test_nothing_changes_after_the_last_day(law: Law, other: dict[str, Any], phase: dict[str, Any]) -> None:
    """What was agreed for a later day never comes."""
    assert not list(coming(state(law, changed(change(1, MARCH, werkpost=KAAI), **other), **phase)))
    running = {name: value for name, value in other.items() if name != "einde"}
    assert list(coming(state(law, changed(change(1, date(2027, 2, 28), werkpost=KAAI), **running), **{})))


@pytest.mark.parametrize(
    ("said", "veld", "oud", "nieuw"),
    [
        ("een wijziging die er niet is", "overeenkomst/1/wijziging/2.vanaf", "2027-03-01", "2027-04-01"),
        ("een wijziging die er niet is", "overeenkomst/2/wijziging/1.vanaf", "2027-03-01", "2027-04-01"),
        ("niet wat het dossier nu kent", "overeenkomst/1/wijziging/1.vanaf", "2027-03-02", "2027-04-01"),
        ("buiten de dagen", "overeenkomst/1/wijziging/1.vanaf", "2027-03-01", "2026-03-01"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(law: Law, said: str, veld: str, oud: str, nieuw: str) -> None:
    """It names a change that there is, its day, and a day of the agreement."""
    told = {"veld": veld, "oud": oud, "nieuw": nieuw, "waarom": "Vergist.", "datum": "2027-01-04"}
    with pytest.raises(NotCorrectable, match=said):
        AMABOEK.corrected(
            Rechtzetten.model_validate(told), state(law, changed(change(1, MARCH, werkpost=KAAI)))
        )
