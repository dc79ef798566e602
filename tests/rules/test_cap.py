"""Eighteen months and not a day more, whatever is suspended, extended, granted, corrected or told late (art. 11)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from models.case import CaseState, Extension, Facts, Rest
from models.findings import Verdict
from models.law import Law
from models.messages import Command
from models.phases import Afgesloten, Afronding, EindeOnbeslist, Lopend
from rules import activering, agenda, corrections, objections
from tests.rules.cases import PACKAGE as PAKKET
from tests.rules.cases import START, action, asked, command, facts, guided, plan, rest, state
from tests.rules.examples import days as any_day

Spans = list[tuple[int, int | None]]
spans = st.lists(st.tuples(st.integers(-30, 700), st.none() | st.integers(0, 300)), max_size=4)
extensions = st.lists(st.integers(-300, 900), max_size=3).map(tuple)
grants = st.none() | st.integers(-60, 400)


def by_hand(start: date, months: int = 18) -> date:
    """The last day of so many calendar months that count their first day, worked out another way."""
    after = start + relativedelta(months=months)
    return after if after.day != start.day else after - timedelta(days=1)


def known(start: date, told: Spans, more: tuple[int, ...], granted: int | None, decided: str) -> Facts:
    """A case that rested, was extended, and asked VDAB for an end around the maximum."""
    rests = [_rest(start, *span) for span in told]
    end = None if granted is None else by_hand(start) + timedelta(days=granted)
    extra = (
        None
        if end is None
        else asked(besluit=decided, tot=end, einde=end if decided == "toegestaan" else None)
    )
    return facts(*rests, extensions=more, start=start, verlenging=extra)


def _rest(start: date, offset: int, length: int | None) -> Rest:
    van = start + timedelta(days=offset)
    return rest(van, None if length is None else van + timedelta(days=length))


@given(
    start=any_day,
    length=st.integers(90, 540),
    told=spans,
    more=extensions,
    granted=grants,
    decided=st.sampled_from(["toegestaan", "geweigerd", None]),
)
def test_only_vdab_moves_the_maximum(
    law: Law, start: date, length: int, told: Spans, more: tuple[int, ...], granted: int | None, decided: Any
) -> None:
    """Eighteen months from the start, or the day VDAB granted beyond it; no suspension and no extension counts."""
    made = plan(start=start, einde=start + timedelta(days=length))
    now = known(start, told, more, granted, decided)
    maximum = activering.latest_end(start, law, now.ledger, now.granted_end).value
    beyond = granted is not None and granted > 0 and decided == "toegestaan"
    assert maximum == (now.granted_end if beyond else by_hand(start))
    assert by_hand(start, months=3) <= activering.planned_end(made, now, law).value <= maximum
    for phase in (Lopend(plan=made), EindeOnbeslist(plan=made, einde=maximum)):
        assert agenda.last_day_of(state(law, phase, known=now)).value <= maximum


@given(start=any_day, told=spans, over=st.integers(-3, 3))
def test_a_parameter_decides_whether_rests_move_the_maximum(
    law: Law, start: date, told: Spans, over: int
) -> None:
    """Negative control: where the parameter says that rests count, they do move it, by the days of the rests."""
    ja = tuple(
        p.model_copy(update={"value": "ja"}) if p.name == "activering.duur_max_pauzeert" else p
        for p in law.parameters
    )
    pausing = law.model_copy(update={"parameters": ja})
    one = facts(_rest(start, 30, 10 + over), start=start)
    assert activering.latest_end(start, pausing, one.ledger).value == by_hand(start) + timedelta(
        days=10 + over
    )
    assert activering.latest_end(start, law, one.ledger).value == by_hand(start)


NEW_ENDS: list[Any] = [
    pytest.param("verlengen", {}, "lopend", id="extended"),
    pytest.param("beslispunt_beslissen", {"keuze": "verlengen"}, "lopend", id="lengthened"),
    pytest.param("heropenen", {}, "afgesloten", id="reopened"),
    pytest.param("plan_akkoord", {}, "voorbereiding", id="agreed"),
]


@pytest.mark.parametrize(("name", "changes", "phase"), NEW_ENDS)
@given(asked_end=st.dates(date(2027, 1, 5), date(2029, 6, 30)), granted=grants)
def test_no_new_end_is_shorter_than_three_or_longer_than_eighteen_months(
    law: Law, name: str, changes: dict[str, Any], phase: str, asked_end: date, granted: int | None
) -> None:
    """On every day an end can be asked for, the law refuses it outside its bounds and nowhere else."""
    extra = by_hand(START) + timedelta(days=granted) if granted and name != "plan_akkoord" else None
    now = guided(verlenging=asked(besluit="toegestaan", einde=extra) if extra else None)
    told = command(name, **changes, einde=asked_end)
    found = objections.findings_against(told, state(law, phase, known=now), date(2027, 1, 4))
    refused = any(each.verdict is Verdict.HARD for each in found)
    shortest, longest = date(2027, 4, 3), max(by_hand(START), extra or START)
    assert refused is not (shortest <= asked_end <= longest)


Told = list[tuple[str, int, int]]
FACTS_TO_CORRECT = (
    "start",
    "plan.start",
    "plan.einde",
    "opschorting/1.van",
    "opschorting/1.tot",
    "pakket/2.vanaf",
)
corrected_facts = st.lists(
    st.tuples(st.sampled_from(FACTS_TO_CORRECT), st.integers(-200, 200)), min_size=1, max_size=4
)


def corrections_of(case: CaseState, told: list[tuple[str, int]]) -> Iterator[Command]:
    """Corrections of what the case knows then, each by some days."""
    for veld, days in told:
        now = _value(case, veld)
        nieuw = now + timedelta(days=days)
        yield command("rechtzetten", veld=veld, oud=str(now), nieuw=str(nieuw))


def _value(case: CaseState, veld: str) -> date:
    facts_now, made = case.facts, getattr(case.phase, "plan", plan())
    values: dict[str, date | None] = {
        "start": facts_now.start,
        "plan.start": made.start,
        "plan.einde": made.einde,
        "opschorting/1.van": facts_now.rests[0].van,
        "opschorting/1.tot": facts_now.rests[0].tot,
        "pakket/2.vanaf": facts_now.acties[0].pakket_vanaf,
    }
    found = values[veld]
    assert found is not None
    return found


@settings(max_examples=200)
@given(
    told=corrected_facts,
    phase=st.sampled_from(["lopend", "einde_onbeslist", "afronding", "afgesloten"]),
    granted=st.booleans(),
)
def test_no_correction_that_is_accepted_passes_the_maximum(
    law: Law, told: list[tuple[str, int]], phase: str, granted: bool
) -> None:
    """Whatever is put right, also several facts one after another, no end lies beyond what the law allows."""
    extra = asked(besluit="toegestaan", einde=date(2028, 9, 1)) if granted else None
    package = action(2, PAKKET, pakket_vanaf=date(2027, 2, 1))
    now = facts(rest(date(2027, 3, 1), date(2027, 4, 1)), verlenging=extra, acties=(package,))
    case, today = state(law, phase, known=now), date(2028, 7, 4)
    for veld, days in told:
        (sent,) = corrections_of(case, [(veld, days)])
        if any(objections.complaints(sent, case, today)):
            continue
        if any(f.verdict is Verdict.HARD for f in objections.findings_against(sent, case, today)):
            continue
        facts_now, where = corrections.corrected(sent, case)  # type: ignore[arg-type]
        case = case.model_copy(update={"facts": facts_now, "phase": where})
    made = getattr(case.phase, "plan", None)
    assert made is not None
    latest = max(by_hand(made.start), case.facts.granted_end or made.start)
    assert agenda.last_day_of(case).value <= latest
    assert activering.plan_length(made.start, made.einde, law, case.facts.granted_end).value
    assert agenda.current_dates(case)


@given(days=st.lists(st.integers(-400, 900), min_size=1, max_size=3).map(tuple), asked_on=st.integers(1, 500))
def test_whatever_is_agreed_the_trajectory_ends_within_the_law(
    law: Law, days: tuple[int, ...], asked_on: int
) -> None:
    """A change of length that was agreed on any day gives an end within the maximum, and never one that is unknown."""
    on = START + timedelta(days=asked_on)
    now = facts(rest(date(2027, 2, 1)), extensions=days)
    more = activering.days_to_extend(plan(), now, by_hand(START), on, law)
    longer = now.model_copy(update={"extensions": (*now.extensions, Extension(dagen=more))})
    for each in (now, longer):
        assert activering.planned_end(plan(), each, law).value <= by_hand(START)


def test_the_cap_would_be_seen_to_leak(law: Law) -> None:
    """Negative control: a plan that wants to go on beyond the maximum is held back, and wanted to."""
    wants = facts(extensions=(400,))
    found = activering.planned_end(plan(), wants, law)
    assert found.value == by_hand(START)
    assert "houdt het tegen" in found.reden
    ended = Afronding(plan=plan(), einde=date(2029, 1, 1), vorm="volledig", oorzaak="x")
    assert isinstance(ended, Afronding | Afgesloten)
    assert agenda.last_day_of(state(law, ended)).value > by_hand(START)


@pytest.mark.parametrize("veld", FACTS_TO_CORRECT)
def test_a_small_correction_is_accepted(law: Law, veld: str) -> None:
    """Negative control of the corrections above: a week later is possible for each of these facts."""
    package = action(2, PAKKET, pakket_vanaf=date(2027, 2, 1))
    case = state(law, known=facts(rest(date(2027, 3, 1), date(2027, 4, 1)), acties=(package,)))
    days = -7 if veld == "start" else 7
    (sent,) = corrections_of(case, [(veld, days)])
    assert not [*objections.complaints(sent, case, date(2028, 7, 4))]
    found = objections.findings_against(sent, case, date(2028, 7, 4))
    assert not [each for each in found if each.verdict is Verdict.HARD]
