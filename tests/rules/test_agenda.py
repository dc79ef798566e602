"""The dates a trajectory goes by: when each duty is due, its last day, and what is told of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actors import OPERATIES
from models.duties import DutyKind, number_of
from models.law import Law
from models.phases import Afgesloten, EindeOnbeslist, Lopend, Voorbereiding, Voorphase, ZonderBetrokkene
from rules import activering, agenda
from tests.rules.cases import (
    END,
    HEAD_WERK,
    MAXIMUM,
    NETWORK,
    PHASES,
    PROVIDER,
    START,
    TEAM,
    VDAB,
    WERK,
    asked,
    duty,
    ended,
    facts,
    guided,
    plan,
    rest,
    state,
)

DUE = [
    (DutyKind.TOEWIJZING, "toewijzing", "2027-01-18"),
    (DutyKind.EERSTE_GESPREK, "eerste_gesprek", "2027-01-25"),
    (DutyKind.INFORMEREN, "informeren", "2027-02-03"),
    (DutyKind.TRAJECTPLAN, "trajectplan", "2027-04-12"),
    (DutyKind.AANBOD, "aanbod/2", "2027-06-22"),
    (DutyKind.ACTIE, "actie/2", "2027-06-15"),
    (DutyKind.VOORSTEL, "voorstel/2", "2027-06-15"),
    (DutyKind.PAKKET, "pakket/2", "2027-06-15"),
    (DutyKind.REVIEW, "review/2", "2027-07-19"),
    (DutyKind.HERVATTING, "hervatting/1#2", "2027-04-12"),
    (DutyKind.OPSCHORTINGSGESPREK, "opschortingsgesprek/1", "2027-06-15"),
    (DutyKind.OPSCHORTINGSBESLISSING, "opschortingsbeslissing/1", "2027-06-15"),
    (DutyKind.BESLISPUNT, "beslispunt", "2027-11-22"),
    (DutyKind.VERLENGING, "verlenging", "2027-06-29"),
    (DutyKind.EINDVERSLAG, "eindverslag/2", "2028-02-16"),
    (DutyKind.VERDEELSTAAT, "verdeelstaat", "2028-02-16"),
    (DutyKind.NAZORG, "nazorg/1", "2027-06-15"),
    (DutyKind.METING, "meting/6", "2027-09-06"),
    (DutyKind.HERVERDELING, "herverdeling/casemanager_werk", "2027-06-15"),
    (DutyKind.OVERDRACHT, "overdracht/casemanager_zorg", "2027-06-08"),
    (DutyKind.AFRONDING, "afronding", "2027-07-01"),
    (DutyKind.HERSTEL, "herstel/x#1", "2027-06-03"),
]
"""When each kind of duty is due that opened on 1 June 2027, in a case that rested for two weeks in March."""
MOVED_BY_THE_REST = {
    DutyKind.TRAJECTPLAN,
    DutyKind.REVIEW,
    DutyKind.BESLISPUNT,
    DutyKind.EINDVERSLAG,
    DutyKind.VERDEELSTAAT,
}


def test_no_kind_of_duty_is_left_out() -> None:
    """A new kind of duty says when it is due."""
    assert {kind for kind, _, _ in DUE} == set(agenda.VRAAG)


@pytest.mark.parametrize(("kind", "key", "expected"), DUE, ids=[str(kind) for kind, _, _ in DUE])
def test_every_duty_has_a_date(law: Law, kind: DutyKind, key: str, expected: str) -> None:
    """Each kind by its own rule: what rests moves the plan, the reviews and the end, and nothing else."""
    case = state(law, known=guided(rest(date(2027, 3, 1), date(2027, 3, 15))))
    found = agenda.due_of(kind, key, date(2027, 6, 1), case)
    assert found.value == date.fromisoformat(expected)
    assert found.article
    assert found.reden
    unrested = agenda.due_of(kind, key, date(2027, 6, 1), state(law, known=guided(rest(START, START))))
    if kind is not DutyKind.HERVATTING:
        assert (unrested.value != found.value) is (kind in MOVED_BY_THE_REST)


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_knows_its_dates(law: Law, phase: str) -> None:
    """In each phase the dates it goes by can be told, open duties included, each with an article or a practice."""
    owed = duty(DutyKind.HERSTEL, "herstel/x#1")
    told = agenda.current_dates(state(law, phase, owed))
    assert told[-1].naam == "opdracht herstel/x#1"
    assert all(each.on.value and each.on.article and each.on.reden for each in told)


def test_a_closed_trajectory_tells_until_when_it_can_be_reopened(law: Law) -> None:
    """The window is among its dates, and the day after it operations are woken."""
    closed = ended(gesloten_op=date(2027, 8, 31))
    told = {each.naam: each.on.value for each in agenda.current_dates(state(law, closed))}
    assert told == {"einde": END, "heropenen tot": date(2028, 2, 29)}
    alarm = agenda.reopening_alarm(date(2027, 8, 31), state(law, closed))
    assert (alarm.on.value, alarm.owner) == (date(2028, 3, 1), OPERATIES)


def test_the_last_day_is_agreed_then_moved_then_a_fact(law: Law) -> None:
    """Without a plan it is the maximum, with one the planned end, and once it ended what was established."""
    ten = facts(rest(date(2027, 2, 1), date(2027, 2, 11)))
    assert agenda.last_day_of(state(law, "voorbereiding", known=ten)).value == date(2028, 7, 3)
    assert agenda.last_day_of(state(law, "lopend", known=ten)).value == date(2028, 1, 13)
    assert agenda.last_day_of(state(law, "afronding", known=ten)).value == END


@pytest.mark.parametrize(
    ("einde", "expected"),
    [pytest.param(END, END, id="before the maximum"), pytest.param(MAXIMUM, MAXIMUM, id="at the maximum")],
)
def test_an_undecided_end_is_the_one_that_came(law: Law, einde: date, expected: date) -> None:
    """While VDAB decides, the last day if it refuses is the planned one, also before the maximum (art. 11)."""
    undecided = EindeOnbeslist(plan=plan(einde=einde), einde=einde)
    assert agenda.last_day_of(state(law, undecided, known=guided())).value == expected
    granted = guided(verlenging=asked(besluit="toegestaan", einde=date(2028, 9, 1)))
    assert agenda.last_day_of(state(law, undecided, known=granted)).value == expected


@pytest.mark.parametrize(
    ("before", "died", "expected"),
    [
        pytest.param(Voorbereiding(), "2027-06-01", "2027-06-01", id="before there was a plan"),
        pytest.param(Lopend(plan=plan()), "2027-06-01", "2027-06-01", id="while it ran"),
        pytest.param(Lopend(plan=plan()), "2028-07-03", "2028-07-03", id="on the last day of the law"),
        pytest.param(Lopend(plan=plan()), "2028-07-04", "2028-07-03", id="a day after it, told late"),
        pytest.param(EindeOnbeslist(plan=plan(), einde=END), "2028-02-01", "2028-01-03", id="undecided"),
        pytest.param(PHASES["afronding"], "2028-02-01", "2028-01-03", id="after the end"),
        pytest.param(PHASES["afgesloten"], "2028-02-01", "2028-01-03", id="after it was closed"),
        pytest.param(PHASES["afgesloten"], "2027-12-31", "2027-12-31", id="closed, and died before its end"),
    ],
)
def test_a_trajectory_ends_with_the_person_or_before(
    law: Law, before: Voorphase, died: str, expected: str
) -> None:
    """A death ends what runs; what had ended, by its end or by the law, ended then (art. 11)."""
    death = ZonderBetrokkene(overleden_op=date.fromisoformat(died), command_id="cmd-x", vorige=before)
    assert agenda.last_day_after_death(death, state(law, death)) == date.fromisoformat(expected)


def test_the_first_key_that_no_duty_has(law: Law) -> None:
    """What is asked anew gets a number of its own, whatever became of the one before."""
    assert agenda.next_key("actie/2", state(law)) == "actie/2"
    twice = state(law, "lopend", duty(DutyKind.ACTIE, "actie/2"), duty(DutyKind.ACTIE, "actie/2/2"))
    assert agenda.next_key("actie/2", twice) == "actie/2/3"


def test_silence_is_heard_by_who_is_next_in_line() -> None:
    """The coordinator hears of a provider, who leads an organisation of its own people, operations of the rest."""
    assert agenda.next_in_line(WERK, TEAM) == HEAD_WERK
    assert agenda.next_in_line(PROVIDER, TEAM) == NETWORK
    assert agenda.next_in_line(VDAB, TEAM) == OPERATIES
    alone = TEAM.model_copy(update={"netwerkcoordinator": None, "leiding": {}})
    assert {agenda.next_in_line(who, alone) for who in (WERK, PROVIDER, NETWORK)} == {OPERATIES}


@pytest.mark.parametrize(("ronde", "key"), [(1, "eindverslag"), (2, "eindverslag/2"), (3, "eindverslag/3")])
def test_what_comes_once_a_round_is_numbered_from_the_second(ronde: int, key: str) -> None:
    """A key names one thing for ever, also after a reopening."""
    assert agenda.numbered("eindverslag", ronde) == key


@pytest.mark.parametrize(
    ("key", "n"), [("review/3", 3), ("hervatting/12#4", 12), ("aanbod/2/3", 2), ("meting/12", 12)]
)
def test_a_key_knows_its_number(key: str, n: int) -> None:
    """The number of a suspension does not depend on how often it was asked about."""
    assert number_of(key) == n


def test_a_ladder_rests_only_with_what_rests(law: Law) -> None:
    """The ladder of a suspension itself obeys no ledger: somebody is always asked."""
    resting = facts(rest(date(2027, 3, 1)))
    assert agenda.ledger_of(duty(DutyKind.REVIEW, rests_with_ledger=True), resting).open_since == date(
        2027, 3, 1
    )
    assert agenda.ledger_of(duty(DutyKind.HERVATTING, rests_with_ledger=False), resting).open_since is None


def test_what_failed_is_tried_again_the_same_day() -> None:
    """A failing record never waits for a person to look."""
    assert agenda.again(START).value == START
    assert agenda.day_after(date(2028, 2, 28)) == date(2028, 2, 29)
    assert agenda.as_of(agenda.again(START), END).value == END


def test_a_date_that_is_known_keeps_its_reason(law: Law) -> None:
    """Where a date may be unknown, one that is known says the same as it did."""
    known = activering.latest_end(START, law)
    assert agenda.optional(known).model_dump() == known.model_dump()


@given(closed=st.dates(date(2026, 1, 1), date(2029, 12, 31)), planned=st.booleans())
def test_a_closed_trajectory_always_has_its_window(law: Law, closed: date, planned: bool) -> None:
    """On whatever day it closed, with or without a plan, its dates can be told."""
    phase = ended(gesloten_op=closed, plan=plan() if planned else None)
    assert isinstance(phase, Afgesloten)
    told = {each.naam: each.on.value for each in agenda.current_dates(state(law, phase))}
    assert told["heropenen tot"] is not None
    assert told["heropenen tot"] > closed
