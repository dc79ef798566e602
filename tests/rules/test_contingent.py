"""The contingent as a rule: how many places on a day, who gets one, and that there are never too many."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.contingent import Contingent, Wachtende
from models.findings import Finding, Verdict
from models.law import Law
from rules.contingent import (
    given_back,
    in_line,
    may_occupy,
    may_reserve,
    offered_now,
    place_for,
    places_on,
    start_due,
    visit_due,
)

DAY = date(2026, 11, 2)
HOLDER = "ORG-MAATWERK-DE-KAAI"


def contingent(van: date, plaatsen: int, tot: date | None = None) -> Contingent:
    return Contingent(
        houder=HOLDER, plaatsen=plaatsen, geldig_van=van, geldig_tot=tot, bron="toekenning", status="law"
    )


def places(number: int | None) -> Finding[int | None]:
    """So many places on the day, or no contingent at all."""
    return places_on([] if number is None else [contingent(DAY, number)], DAY)


def waiting(name: str, day: int = 1, voorrang: bool = False, overgeslagen: bool = False) -> Wachtende:
    decided = date(2026, 10, day)
    return Wachtende(workflow_id=name, voorrang=voorrang, beslist_op=decided, overgeslagen=overgeslagen)


YEARS = [
    contingent(date(2026, 1, 1), 10),
    contingent(date(2028, 1, 1), 12),
    contingent(date(2027, 1, 1), 8, tot=date(2027, 12, 31)),
    contingent(date(2029, 1, 1), 5, tot=date(2029, 6, 30)),
]


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 10),
        (date(2026, 12, 31), 10),
        (date(2027, 1, 1), 8),
        (date(2028, 2, 29), 12),
        (date(2029, 6, 30), 5),
        (date(2029, 7, 1), None),
    ],
)
def test_the_places_of_a_day_are_those_of_the_newest_row(on: date, number: int | None) -> None:
    """A yearly update, a cut and a closure, on their boundary days and in whatever order they are listed."""
    found = places_on(YEARS, on)
    assert (found.value, found.article) == (number, "D2022 art. 33")
    assert found.facts == {"op": str(on)}
    assert places_on(reversed(YEARS), on) == found


def test_the_places_say_by_what_decision() -> None:
    """The number travels as a parameter with its day and source, also after the closure."""
    (stated,) = places_on(YEARS, date(2029, 7, 1)).parameters
    assert (stated.name, stated.value, stated.geldig_van) == (f"contingent.{HOLDER}", "5", date(2029, 1, 1))
    assert places_on([], DAY).parameters == ()


@pytest.mark.parametrize(
    ("used", "number", "value", "verdict"),
    [
        (0, 1, True, Verdict.OK),
        (9, 10, True, Verdict.OK),
        (10, 10, False, Verdict.HARD),
        (12, 10, False, Verdict.HARD),
        (0, 0, False, Verdict.HARD),
        (0, None, False, Verdict.HARD),
    ],
)
def test_a_place_is_promised_below_the_contingent_only(
    used: int, number: int | None, value: bool, verdict: Verdict
) -> None:
    """The last place is given, one more is refused hard; without a contingent there is none."""
    found = may_reserve(used, places(number))
    assert (found.value, found.verdict, found.article) == (value, verdict, "D2022 art. 33")
    assert (found.facts["bezet"], found.facts["plaatsen"]) == (str(used), str(number))


@pytest.mark.parametrize(
    ("used", "number", "value"), [(1, 1, True), (10, 8, True), (1, 0, True), (1, None, False)]
)
def test_a_promise_may_be_taken_unless_the_contingent_is_closed(
    used: int, number: int | None, value: bool
) -> None:
    """A cut sends nobody away; a closure leaves nothing to take."""
    found = may_occupy(used, places(number))
    assert (found.value, found.verdict) == (value, Verdict.OK if value else Verdict.HARD)
    assert ("verlaagd" in found.reden) == (number is not None and used > number)


def test_the_order_of_the_line() -> None:
    """After a closure first, then the older decision, then the name of the trajectory."""
    line = in_line([waiting("c", 2), waiting("b", 1), waiting("a", 2), waiting("d", 9, voorrang=True)])
    assert [each.workflow_id for each in line] == ["d", "b", "a", "c"]


@pytest.mark.parametrize(
    ("used", "number", "offered"),
    [(2, 2, ""), (1, 2, "b"), (0, 2, "bc"), (0, 3, "bca"), (0, 9, "bca"), (3, 2, ""), (0, None, "")],
)
def test_free_places_are_for_the_first_and_for_who_was_passed_over_after_them(
    used: int, number: int | None, offered: str
) -> None:
    """Somebody who was passed over (a, the first) gets what the others leave."""
    line = [waiting("a", 1, overgeslagen=True), waiting("b", 2), waiting("c", 3)]
    told = offered_now(line, used, places(number))
    assert "".join(each.workflow_id for each in told) == offered


def test_a_place_that_is_for_another_is_no_refusal_of_the_contingent() -> None:
    """Somebody stands before: that is an agreement, and says so."""
    line = [waiting("a", 1), waiting("b", 2)]
    assert place_for("a", line, 1, places(2)).value
    found = place_for("b", line, 1, places(2))
    assert (found.value, found.verdict, found.rule) == (False, Verdict.OK, "contingent.place_for")
    assert place_for("b", line, 2, places(2)).verdict is Verdict.HARD


def test_what_was_given_back_says_when_and_why() -> None:
    """In words."""
    assert given_back(DAY, "termijn_voorbij").reden == "Teruggegeven op 2026-11-02: termijn voorbij."


@pytest.mark.parametrize(
    ("reserved", "visit", "start"),
    [
        (date(2026, 11, 2), date(2026, 11, 17), date(2026, 12, 1)),
        (date(2026, 12, 18), date(2027, 1, 5), date(2027, 1, 19)),
        (date(2027, 2, 26), date(2027, 3, 12), date(2027, 3, 26)),
    ],
)
def test_ten_working_days_to_visit_and_twenty_to_start(
    law: Law, reserved: date, visit: date, start: date
) -> None:
    """From the day after the reservation; 11 November, Christmas and New Year do not count."""
    assert (visit_due(reserved, law).value, start_due(reserved, law).value) == (visit, start)
    assert visit_due(reserved, law).status == "assumed"


@dataclass
class Holder:
    """A contingent in memory, run by the rules alone."""

    number: int | None = 3
    line: dict[str, Wachtende] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    @property
    def used(self) -> int:
        return len(self.promised | self.taken)

    def ask(self, who: str, day: int) -> None:
        if who in self.promised | self.taken:
            return
        self.line[who] = waiting(who, 1 + day)
        before = self.used
        if place_for(who, list(self.line.values()), self.used, places(self.number)).value:
            assert self.number is not None
            assert before < self.number
            del self.line[who]
            self.promised.add(who)

    def occupy(self, who: str, _day: int) -> None:
        if who in self.promised and may_occupy(self.used, places(self.number)).value:
            self.promised.discard(who)
            self.taken.add(who)

    def release(self, who: str, _day: int) -> None:
        for group in (self.promised, self.taken):
            group.discard(who)
        self.line.pop(who, None)

    def skip(self, who: str, day: int) -> None:
        if who in self.promised:
            self.promised.discard(who)
            self.line[who] = waiting(who, 1 + day, overgeslagen=True)

    def change(self, _who: str, day: int) -> None:
        self.number = None if day == 0 else day - 1


MOVES = st.tuples(
    st.sampled_from(["ask", "ask", "ask", "occupy", "release", "skip", "change"]),
    st.sampled_from("abcdefgh"),
    st.integers(0, 6),
)


@given(st.lists(MOVES, max_size=60))
def test_whatever_happens_there_are_never_too_many(moves: list[tuple[str, str, int]]) -> None:
    """Only a cut can leave more than there are places; nothing but a cut ever adds to that."""
    holder = Holder()
    for name, who, day in moves:
        before, allowed = holder.used, holder.number or 0
        kept = set(holder.taken)
        getattr(holder, name)(who, day)
        if name == "change":
            assert (holder.used, holder.taken) == (before, kept)
        else:
            assert holder.used <= max(before, allowed)
        if name != "release":
            assert kept <= holder.taken


@given(st.lists(MOVES, max_size=60))
def test_no_place_stays_empty_while_somebody_waits(moves: list[tuple[str, str, int]]) -> None:
    """When whose turn it is asks, and again, every place is promised or nobody waits any more."""
    holder = Holder()
    for name, who, day in moves:
        getattr(holder, name)(who, day)
    while offered := offered_now(holder.line.values(), holder.used, places(holder.number)):
        for each in offered:
            holder.ask(each.workflow_id, each.beslist_op.day - 1)
    assert not holder.line or holder.used >= (holder.number or 0)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=12),
    st.integers(0, 12),
    st.integers(0, 12),
    st.randoms(),
)
def test_the_order_does_not_depend_on_who_is_listed_first(
    people: list[tuple[int, bool]], used: int, number: int, random: object
) -> None:
    """Any order of the same people gives the same line, and nobody is offered a place before an older decision."""
    line = [waiting(f"w{n:02d}", 1 + day, voorrang=first) for n, (day, first) in enumerate(people)]
    mixed = list(line)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    offered = offered_now(mixed, used, places(number))
    assert offered == offered_now(line, used, places(number)) == in_line(line)[: max(0, number - used)]


def test_the_end_of_a_term_is_never_before_it_begins(law: Law) -> None:
    """A reservation on a day off counts from there too."""
    saturday = date(2026, 11, 7)
    due = visit_due(saturday, law).value
    assert due is not None
    assert due > saturday + timedelta(days=10)
