"""Ladders: which rungs a duty has, and on which days of its addressee they fall."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.duties import DutyKind
from models.law import Law, UnknownParameter
from models.ledger import Closure, Ledger, Suspension
from rules.calendar import is_working_day
from rules.ladder import Rung, ladder_for, rung_day, rungs
from tests.rules.examples import closures, days, ledgers, rest, with_rest

TODAY = date(2027, 1, 4)
NO_REST = Ledger()
LEAVE = Closure(van=date(2027, 3, 8), tot=date(2027, 3, 12), reden="verlof")
STRIKE = Closure(van=date(2027, 3, 5), tot=date(2027, 3, 5), reden="staking")
ADMISSION = Suspension(van=date(2027, 3, 8), tot=date(2027, 3, 15))
offsets = st.integers(-5, 20)

DAYS = [
    ("2027-03-04", "T+0", [], [], "2027-03-04"),
    ("2027-03-04", "T+3", [], [], "2027-03-09"),
    ("2027-03-04", "T+20", [], [], "2027-04-02"),
    ("2027-03-04", "T-2", [], [], "2027-03-02"),
    ("2027-03-06", "T+0", [], [], "2027-03-08"),
    ("2027-03-06", "T+1", [], [], "2027-03-09"),
    ("2027-03-06", "T-2", [], [], "2027-03-04"),
    ("2027-03-04", "T+3", [LEAVE], [], "2027-03-16"),
    ("2027-03-10", "T+0", [LEAVE], [], "2027-03-15"),
    ("2027-03-10", "T+1", [LEAVE], [], "2027-03-16"),
    ("2027-03-15", "T-2", [LEAVE], [], "2027-03-04"),
    ("2027-03-04", "T+1", [STRIKE], [], "2027-03-08"),
    ("2027-03-04", "T+3", [], [ADMISSION], "2027-03-16"),
    ("2027-03-15", "T-2", [], [ADMISSION], "2027-03-15"),
    ("2027-03-09", "T-2", [], [ADMISSION], "2027-03-05"),
    ("2027-03-04", "T+3", [LEAVE], [ADMISSION], "2027-03-16"),
    ("2027-12-31", "T+1", [], [], "2028-01-03"),
    ("2028-02-28", "T+1", [], [], "2028-02-29"),
]


@pytest.mark.parametrize(("anchor", "name", "closed", "rested", "expected"), DAYS)
def test_a_rung_falls_on_a_working_day_of_its_addressee(
    law: Law, anchor: str, name: str, closed: list[Closure], rested: list[Suspension], expected: str
) -> None:
    """Weekends, leave, strikes and admissions do not count; nobody is chased in hospital."""
    rung = Rung.parse(f"{name} trekker")
    ledger = Ledger(suspensions=tuple(rested))
    assert rung_day(date.fromisoformat(anchor), rung, law, closed, ledger) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("van", "name", "expected"),
    [
        ("2027-03-09", "T+3", None),
        ("2027-03-10", "T+3", "2027-03-09"),
        ("2027-03-03", "T-2", "2027-03-02"),
        ("2027-03-02", "T-2", None),
        ("2027-03-04", "T+0", None),
    ],
)
def test_an_open_suspension_rests_the_rungs_that_it_reaches(
    law: Law, van: str, name: str, expected: str | None
) -> None:
    """A rung before the suspension has its day; one in it has none until somebody resumes."""
    ledger = Ledger(suspensions=(Suspension(van=date.fromisoformat(van)),))
    on = rung_day(date(2027, 3, 4), Rung.parse(f"{name} trekker"), law, (), ledger)
    assert on == (date.fromisoformat(expected) if expected else None)


@given(anchor=days, offset=offsets, closed=closures, ledger=ledgers)
def test_no_rung_falls_on_a_day_off_or_a_day_of_rest(
    law: Law, anchor: date, offset: int, closed: list[Closure], ledger: Ledger
) -> None:
    """Every rung day is a day on which the addressee works and the trajectory runs."""
    on = rung_day(anchor, Rung(offset=offset, to="team"), law, closed, ledger)
    assert on is not None
    assert is_working_day(on, law, closed)
    assert not ledger.rests_on(on)


@given(anchor=days, closed=closures, ledger=ledgers)
def test_rungs_climb_in_their_order(law: Law, anchor: date, closed: list[Closure], ledger: Ledger) -> None:
    """A later rung never falls before an earlier one, and from the date on each has a day of its own."""
    found = [rung_day(anchor, Rung(offset=n, to="team"), law, closed, ledger) for n in range(-5, 11)]
    climbed = [on for on in found if on is not None]
    assert climbed == sorted(climbed)
    assert all(earlier < later for earlier, later in pairwise(climbed[5:]))


@given(anchor=days, offset=offsets, closed=closures, ledger=ledgers, van=days, length=st.integers(0, 90))
def test_a_rung_that_has_passed_never_comes_again(
    law: Law, anchor: date, offset: int, closed: list[Closure], ledger: Ledger, van: date, length: int
) -> None:
    """A suspension after a rung leaves it where it was, open or resumed; another never moves it earlier."""
    rung = Rung(offset=offset, to="trekker")
    before = rung_day(anchor, rung, law, closed, ledger)
    opened = rung_day(anchor, rung, law, closed, with_rest(ledger, Suspension(van=van)))
    resumed = rung_day(anchor, rung, law, closed, with_rest(ledger, rest(van, length)))
    assert before is not None
    assert resumed is not None
    if van > before:
        assert before == opened == resumed
    else:
        assert opened is None
        assert resumed >= before


@pytest.mark.parametrize("kind", DutyKind)
def test_every_kind_of_duty_says_which_ladder_it_has(law: Law, kind: DutyKind) -> None:
    """The choice and the ladder are in the finding, both assumed, from the first day of the decree on."""
    found = ladder_for(kind, law, date(2023, 7, 1))
    assert found.parameters[0].name == f"ladder.voor.{kind}"
    assert (found.rule, found.status) == ("ladder.ladder_for", "assumed")


def test_the_standard_ladder_only_speaks_after_the_date(law: Law) -> None:
    """T+3, T+5, T+10 and T+20, each to the next in line."""
    assert [(rung.name, rung.to) for rung in ladder_for("review", law, TODAY).value] == [
        ("T+3", "trekker"),
        ("T+5", "team"),
        ("T+10", "leiding"),
        ("T+20", "operaties"),
    ]


def test_the_short_ladder_warns_before_the_date(law: Law) -> None:
    """T-2, the day itself, T+1 and T+5."""
    assert [rung.name for rung in ladder_for("herstel", law, TODAY).value] == ["T-2", "T+0", "T+1", "T+5"]


def test_a_kind_can_have_no_ladder(law: Law) -> None:
    """The word geen gives no rungs, and the finding says by which parameter."""
    silent = law.at("ladder.voor.review", TODAY).model_copy(update={"value": "geen"})
    found = ladder_for("review", law.model_copy(update={"parameters": (silent,)}), TODAY)
    assert (found.value, found.parameters) == ((), (silent,))


def test_an_unknown_kind_is_no_silent_duty(law: Law) -> None:
    """A kind without a ladder in the tables raises, so that no duty is forgotten."""
    with pytest.raises(UnknownParameter, match="onbekend"):
        ladder_for("onbekend", law, TODAY)


@pytest.mark.parametrize("text", ["", "3 trekker", "T+3", "T+3 baas", "T+x team", "T+3 team, "])
def test_a_malformed_ladder_is_refused(text: str) -> None:
    """A rung without T, without a whole number or without a known addressee is none."""
    with pytest.raises((ValueError, ValidationError)):
        rungs(text)


@given(st.lists(st.builds(Rung, offset=offsets, to=st.sampled_from(["trekker", "operaties"])), min_size=1))
def test_a_ladder_reads_as_it_is_written(written: list[Rung]) -> None:
    """Writing rungs down and reading them gives the same rungs, in the order of their days."""
    text = ", ".join(f"{rung.name} {rung.to}" for rung in written)
    assert rungs(text) == tuple(sorted(written, key=lambda rung: rung.offset))
