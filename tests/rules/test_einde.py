"""Towards the end: when people decide, when VDAB does, and what comes before a stop."""

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.findings import Finding, Verdict
from models.law import Law
from models.messages import Stopzetten
from models.verloop import Poging, Stap
from rules import activering, einde
from rules.calendar import is_working_day
from tests.rules.cases import MAXIMUM, START, TODAY, facts
from tests.rules.examples import days as any_day


def ends(law: Law, on: str | date) -> Finding[date]:
    """The end of a trajectory, on this day."""
    known = on if isinstance(on, date) else date.fromisoformat(on)
    return activering.latest_end(START, law).model_copy(update={"value": known})


@pytest.mark.parametrize(
    ("end", "opens"),
    [
        pytest.param("2028-01-03", "2027-10-11", id="twelve weeks before"),
        pytest.param("2028-03-01", "2027-12-08", id="over a leap day"),
        pytest.param("2027-04-04", "2027-01-10", id="in the first week of the shortest plan"),
    ],
)
def test_twelve_weeks_before_the_end_people_decide(law: Law, end: str, opens: str) -> None:
    """The day keeps the reason of the end that it was counted from."""
    found = einde.decision_point(ends(law, end), law)
    assert found.value == date.fromisoformat(opens)
    assert found.facts["einde"] == end
    assert {"activering.duur_max", "activering.beslispunt"} <= {p.name for p in found.parameters}


@pytest.mark.parametrize(
    ("end", "opened", "due"),
    [
        pytest.param("2028-01-03", "2027-10-11", "2027-11-08", id="eight weeks before the end"),
        pytest.param("2028-01-04", "2027-10-12", "2027-11-09", id="a Tuesday"),
        pytest.param("2028-01-06", "2027-10-14", "2027-11-12", id="Armistice Day rolls"),
        pytest.param("2028-01-03", "2027-11-02", "2027-11-09", id="opened late, five working days"),
        pytest.param("2028-01-03", "2027-10-30", "2027-11-08", id="All Saints is no working day"),
        pytest.param("2028-01-03", "2027-12-24", "2027-12-31", id="opened in the last weeks"),
    ],
)
def test_the_decision_is_in_time_to_ask_vdab(law: Law, end: str, opened: str, due: str) -> None:
    """Eight weeks before the end, and never without five working days to decide (art. 11)."""
    found = einde.decision_point_due(ends(law, end), date.fromisoformat(opened), law)
    assert found.value == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        pytest.param("2028-05-01", "2028-05-30", id="twenty working days, Ascension Day left out"),
        pytest.param("2028-05-19", "2028-06-19", id="the term and the end on one day"),
        pytest.param("2028-05-22", "2028-06-19", id="ten working days before the end"),
        pytest.param("2028-06-26", "2028-06-26", id="asked late, the same day"),
        pytest.param("2028-07-01", "2028-07-03", id="asked on the last Saturday"),
    ],
)
def test_vdab_decides_in_time(law: Law, asked: str, due: str) -> None:
    """Within twenty working days, and ten before an end on 3 July 2028, never before it was asked (art. 11)."""
    found = einde.extension_due(date.fromisoformat(asked), ends(law, MAXIMUM), law)
    assert (found.value, found.article, found.status) == (
        date.fromisoformat(due),
        "D2022 art. 11",
        "assumed",
    )


@given(end=any_day, opened=any_day)
def test_a_decision_is_never_due_before_it_is_asked(law: Law, end: date, opened: date) -> None:
    """However late a decision opens, there is a working day to take it on."""
    for found in (
        einde.decision_point_due(ends(law, end), opened, law),
        einde.extension_due(opened, ends(law, end), law),
    ):
        assert found.value is not None
        assert found.value >= opened
        assert is_working_day(found.value, law)


@given(end=st.dates(date(2025, 6, 1), date(2028, 12, 31)))
def test_the_decision_comes_before_the_end_documents(law: Law, end: date) -> None:
    """What follows is decided before the final talk is prepared, and can be asked while VDAB has time left."""
    opens = einde.decision_point(ends(law, end), law).value
    documents = activering.end_documents_open(ends(law, end), law).value
    assert opens is not None
    assert documents is not None
    assert opens < documents < end
    due = einde.decision_point_due(ends(law, end), opens, law).value
    assert due is not None
    decided = einde.extension_due(due, ends(law, end), law).value
    assert decided is not None
    assert decided < end


def talks(*names: str) -> tuple[Stap, ...]:
    """Talks that were held."""
    return tuple(Stap.model_validate({"stap": name, "op": START}) for name in names)


OWN = ("op_vraag", "verhuisd", "ander_aanbod", "gezondheid")
CAUSES = get_args(Stopzetten.model_fields["oorzaak"].annotation)


@pytest.mark.parametrize("oorzaak", CAUSES)
@pytest.mark.parametrize(
    ("held", "both"),
    [
        pytest.param((), False, id="no talk"),
        pytest.param(("motiverend",), False, id="one that motivates"),
        pytest.param(("motiverend", "motiverend"), False, id="two that motivate"),
        pytest.param(("confronterend",), False, id="one that confronts"),
        pytest.param(("motiverend", "confronterend"), True, id="both"),
    ],
)
def test_two_talks_come_before_a_stop_nobody_asked(oorzaak: str, held: tuple[str, ...], both: bool) -> None:
    """What the participant wants needs no talk; a lack of contact has a rule of its own; the rest needs both."""
    found = einde.prepared_stop(oorzaak, facts(stopgesprekken=talks(*held)))
    ready = both or oorzaak in (*OWN, "geen_contact")
    assert (found.value, found.verdict) == (ready, Verdict.OK if ready else Verdict.ZACHT)


def attempt(day: str, kanaal: str, gelukt: bool = False) -> Poging:
    """An attempt to reach somebody, in 2027."""
    return Poging(op=date.fromisoformat(f"2027-{day}"), kanaal=kanaal, gelukt=gelukt)


FOUR = (
    attempt("04-20", "telefoon"),
    attempt("05-01", "mail"),
    attempt("05-10", "brief"),
    attempt("05-20", "hulpverlener"),
)
TRIED: list[Any] = [
    pytest.param(FOUR, True, id="six weeks, four times, three ways, and the helper"),
    pytest.param(FOUR[::-1], True, id="told in another order"),
    pytest.param((attempt("04-21", "telefoon"), *FOUR[1:]), False, id="a day short of six weeks"),
    pytest.param(FOUR[1:], False, id="three times, and not long enough"),
    pytest.param((FOUR[0], *FOUR[2:]), False, id="three times"),
    pytest.param(
        (FOUR[0], attempt("05-01", "telefoon"), attempt("05-10", "telefoon"), FOUR[3]), False, id="one way"
    ),
    pytest.param((FOUR[0], attempt("05-01", "telefoon"), *FOUR[2:]), True, id="two ways"),
    pytest.param((*FOUR[:3], attempt("05-20", "sms")), False, id="nobody asked the helper"),
    pytest.param((*FOUR, attempt("05-25", "telefoon", gelukt=True)), False, id="and then they answered"),
    pytest.param(
        (*FOUR[:2], attempt("05-05", "sms", gelukt=True), *FOUR[2:]), False, id="reached in between"
    ),
    pytest.param((attempt("04-19", "telefoon", gelukt=True), *FOUR), True, id="reached the day before"),
    pytest.param((attempt("04-20", "sms", gelukt=True), *FOUR), False, id="reached on the first day"),
    pytest.param((), False, id="nobody tried"),
]


@pytest.mark.parametrize(("told", "enough"), TRIED)
def test_no_contact_takes_weeks_attempts_ways_and_the_helper(
    law: Law, told: tuple[Poging, ...], enough: bool
) -> None:
    """Less asks for a reason and never refuses; who was reached starts the count again."""
    found = einde.tried_to_reach(facts(pogingen=told), TODAY, law)
    assert (found.value, found.verdict) == (enough, Verdict.OK if enough else Verdict.ZACHT)
    assert found.status == "assumed"


@given(
    told=st.lists(
        st.builds(
            Poging,
            op=st.dates(date(2027, 3, 1), TODAY),
            kanaal=st.sampled_from(["telefoon", "mail", "hulpverlener"]),
            gelukt=st.booleans(),
        ),
        max_size=8,
    ).map(tuple),
    more=st.sampled_from(["telefoon", "mail", "hulpverlener"]),
)
def test_another_failed_attempt_never_makes_it_less(law: Law, told: tuple[Poging, ...], more: str) -> None:
    """What was enough stays enough when somebody tries once more in vain."""
    before = einde.tried_to_reach(facts(pogingen=told), TODAY, law).value
    again = Poging(op=TODAY, kanaal=more, gelukt=False)
    after = einde.tried_to_reach(facts(pogingen=(*told, again)), TODAY, law).value
    assert after >= before


@pytest.mark.parametrize(
    ("start", "end", "early"),
    [
        pytest.param("2027-01-04", "2027-04-02", True, id="a day short of three months"),
        pytest.param("2027-01-04", "2027-04-03", False, id="three months"),
        pytest.param("2027-11-30", "2028-02-28", True, id="a day short over a leap February"),
        pytest.param("2027-11-30", "2028-02-29", False, id="three months over a leap February"),
        pytest.param("2027-01-04", "2027-01-04", True, id="on its first day"),
    ],
)
def test_a_stop_before_three_months_is_marked(law: Law, start: str, end: str, early: bool) -> None:
    """It is allowed in any case: the minimum is for a plan, not for a person (art. 11)."""
    known = facts(start=date.fromisoformat(start))
    found = einde.early_stop(date.fromisoformat(end), known, law)
    assert (found.value, found.verdict) == (early, Verdict.OK)
    assert ("gemerkt" in found.reden) is early


@given(end=any_day, later=st.integers(0, 60))
def test_a_later_end_is_decided_no_earlier(law: Law, end: date, later: int) -> None:
    """Moving the end by some days moves the beslispunt by as many."""
    one, other = (einde.decision_point(ends(law, on), law).value for on in (end, end + timedelta(days=later)))
    assert one is not None
    assert other is not None
    assert (other - one).days == later
