"""Putting a fact right: every fact that can be, what cannot, and that nothing else changes."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import CaseState
from models.duties import DutyKind, DutyStatus
from models.law import Law
from models.messages import Rechtzetten
from models.phases import Lopend
from models.verloop import Ritme
from rules import activering, corrections
from rules.corrections import NotCorrectable, corrected
from tests.rules.cases import (
    ACTION,
    END,
    MAXIMUM,
    PACKAGE,
    PHASES,
    START,
    TODAY,
    action,
    command,
    duty,
    facts,
    plan,
    rest,
    state,
)

KNOWN = facts(
    rest(date(2027, 2, 1), date(2027, 2, 11), verwacht=date(2027, 2, 10)),
    rest(date(2027, 5, 1)),
    reviews={1: date(2027, 4, 5)},
    acties=(action(1, ACTION), action(2, PACKAGE, pakket_vanaf=date(2027, 3, 1))),
)
TALK = duty(DutyKind.EERSTE_GESPREK, status=DutyStatus.ANSWERED, happened_on=date(2027, 1, 20))
OFFER = duty(DutyKind.AANBOD, "aanbod/2/2")


def correction(veld: str, oud: object, nieuw: object) -> Rechtzetten:
    """A correction of one fact."""
    sent = command("rechtzetten", veld=veld, oud=str(oud), nieuw=str(nieuw))
    assert isinstance(sent, Rechtzetten)
    return sent


def case(law: Law, phase: str = "lopend") -> CaseState:
    """A case with two suspensions, one still open, a review, a package and a first talk."""
    return state(law, phase, TALK, OFFER, known=KNOWN)


FIELDS: list[Any] = [
    pytest.param("start", START, date(2027, 1, 2), "lopend", id="start"),
    pytest.param("plan.start", START, date(2027, 1, 11), "lopend", id="start of the plan"),
    pytest.param("plan.einde", END, date(2028, 2, 29), "lopend", id="end of the plan"),
    pytest.param("plan.periodiciteit_maanden", 3, 4, "lopend", id="periodicity"),
    pytest.param("plan.einde", END, date(2028, 2, 29), "afronding", id="end of a plan that ended"),
    pytest.param("opschorting/1.van", date(2027, 2, 1), date(2027, 2, 3), "lopend", id="start of a rest"),
    pytest.param("opschorting/1.tot", date(2027, 2, 11), date(2027, 2, 12), "lopend", id="end of a rest"),
    pytest.param(
        "opschorting/2.van", date(2027, 5, 1), date(2027, 4, 28), "lopend", id="start of an open rest"
    ),
    pytest.param("review/1.datum", date(2027, 4, 5), date(2027, 4, 2), "lopend", id="day of a review"),
    pytest.param(
        "pakket/2.vanaf", date(2027, 3, 1), date(2027, 3, 2), "lopend", id="first talk of a package"
    ),
    pytest.param("plan.einde", MAXIMUM, date(2028, 6, 30), "einde_onbeslist", id="end that is undecided"),
    pytest.param("einde", END, date(2028, 1, 5), "afronding", id="established end"),
    pytest.param("einde", END, date(2028, 1, 5), "afgesloten", id="end of a closed trajectory"),
    pytest.param("overleden_op", TODAY, date(2027, 5, 30), "zonder_betrokkene", id="day of death"),
]


@pytest.mark.parametrize(("veld", "oud", "nieuw", "phase"), FIELDS)
def test_a_fact_gets_its_right_value(law: Law, veld: str, oud: object, nieuw: object, phase: str) -> None:
    """Exactly one fact changes, and putting it back gives the case as it was."""
    before = case(law, phase)
    known, where = corrected(correction(veld, oud, nieuw), before)
    assert (known, where) != (before.facts, before.phase)
    assert len(differences(before, known, where)) == 1
    after = before.model_copy(update={"facts": known, "phase": where})
    assert corrected(correction(veld, nieuw, oud), after) == (before.facts, before.phase)


def differences(before: CaseState, known: object, where: object) -> list[str]:
    """The paths of the values that differ."""
    old = {"facts": before.facts.model_dump(), "phase": before.phase.model_dump()}
    new = {"facts": known.model_dump(), "phase": where.model_dump()}  # type: ignore[attr-defined]
    return list(_paths(old, new, ""))


def _paths(old: Any, new: Any, path: str) -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [found for key in old for found in _paths(old[key], new[key], f"{path}/{key}")]
    if isinstance(old, tuple | list) and len(old) == len(new):
        return [found for n, each in enumerate(old) for found in _paths(each, new[n], f"{path}/{n}")]
    return [] if old == new else [path]


def test_the_day_of_an_answer_is_kept_by_its_duty(law: Law) -> None:
    """When something was done that a duty asked for changes no other fact, and only if it was answered."""
    before = case(law)
    assert corrected(correction("eerste_gesprek.datum", "2027-01-20", "2027-01-19"), before) == (
        before.facts,
        before.phase,
    )


def test_every_correctable_fact_is_in_these_tables() -> None:
    """A new kind of correction cannot be forgotten here."""
    tried = {each.values[0] for each in FIELDS} | {"eerste_gesprek.datum"}
    patterns = [pattern for pattern, _ in corrections.CORRECTIONS]
    assert all(any(re.fullmatch(pattern, veld) for veld in tried) for pattern in patterns)


REFUSED: list[Any] = [
    pytest.param("naam", "x", "y", "lopend", "veld", id="no such fact"),
    pytest.param("plan.doel", "x", "y", "lopend", "veld", id="words are no fact"),
    pytest.param("plan.startx", START, "2027-01-05", "lopend", "veld", id="almost a fact"),
    pytest.param("start", "2027-01-03", "2027-01-05", "lopend", "oud", id="another old value"),
    pytest.param("start", START, "5 januari", "lopend", "nieuw", id="no day"),
    pytest.param("start", START, "2027-02-29", "lopend", "nieuw", id="a day that does not exist"),
    pytest.param("plan.start", START, "2027-01-05", "voorbereiding", "veld", id="no plan yet"),
    pytest.param("plan.start", START, "2027-01-05", "zonder_betrokkene", "veld", id="no plan any more"),
    pytest.param("plan.start", START, END, "lopend", "nieuw", id="a plan of no day"),
    pytest.param("plan.periodiciteit_maanden", 3, "0", "lopend", "nieuw", id="no period"),
    pytest.param("plan.periodiciteit_maanden", 3, "3,5", "lopend", "nieuw", id="half a period"),
    pytest.param("opschorting/0.van", "x", "2027-02-01", "lopend", "veld", id="suspensions count from one"),
    pytest.param("opschorting/3.van", "x", "2027-02-01", "lopend", "veld", id="no such suspension"),
    pytest.param(
        "opschorting/1.van", "2027-02-01", "2027-02-12", "lopend", "nieuw", id="a rest that ends first"
    ),
    pytest.param("opschorting/2.tot", None, "2027-05-20", "lopend", "veld", id="a rest that is still open"),
    pytest.param("review/2.datum", "x", "2027-05-20", "lopend", "veld", id="a review not held"),
    pytest.param("pakket/1.vanaf", "x", "2027-05-20", "lopend", "veld", id="no package"),
    pytest.param("pakket/3.vanaf", "x", "2027-05-20", "lopend", "veld", id="no such action"),
    pytest.param("pakket/2.vanaf", "2027-03-02", "2027-05-20", "lopend", "oud", id="another first talk"),
    pytest.param("pakket/2.vanaf", "2027-03-01", "x", "lopend", "nieuw", id="no first talk"),
    pytest.param("aanbod/2/2.datum", "x", "2027-05-20", "lopend", "veld", id="a duty nobody answered"),
    pytest.param("verlenging.datum", "x", "2027-05-20", "lopend", "veld", id="no such duty"),
    pytest.param("eerste_gesprek.datum", "2027-01-21", "2027-01-22", "lopend", "oud", id="another day"),
    pytest.param("eerste_gesprek.datum", "2027-01-20", "gisteren", "lopend", "nieuw", id="no day of a talk"),
    pytest.param("einde", END, "2028-01-05", "einde_onbeslist", "veld", id="not decided yet"),
    pytest.param("einde", END, "2028-01-05", "lopend", "veld", id="not ended yet"),
    pytest.param("overleden_op", TODAY, "2027-05-30", "lopend", "veld", id="nobody died"),
]


@pytest.mark.parametrize(("veld", "oud", "nieuw", "phase", "wrong"), REFUSED)
def test_what_cannot_be_put_right_says_which_part_is_wrong(
    law: Law, veld: str, oud: object, nieuw: object, phase: str, wrong: str
) -> None:
    """A correction names a known fact, its present value and a possible one, or nothing changes."""
    with pytest.raises(NotCorrectable) as refused:
        corrected(correction(veld, oud, nieuw), case(law, phase))
    assert refused.value.veld == wrong


def test_a_corrected_rest_moves_the_end(law: Law) -> None:
    """Dates are computed anew from the facts: a rest that was five days longer moves the end by five days."""
    before = state(law, known=facts(rest(date(2027, 2, 1), date(2027, 2, 11))))
    known, phase = corrected(correction("opschorting/1.tot", "2027-02-11", "2027-02-16"), before)
    assert isinstance(phase, Lopend)
    ends = [activering.planned_end(phase.plan, each, law).value for each in (before.facts, known)]
    assert ends == [date(2028, 1, 13), date(2028, 1, 18)]


DATES = {
    each.values[0]: each.values[1]
    for each in FIELDS
    if each.values[3] == "lopend" and isinstance(each.values[1], date)
}


@given(field=st.sampled_from(sorted(DATES)), nieuw=st.dates(date(2026, 6, 1), date(2028, 6, 1)))
def test_corrected_and_corrected_back_is_the_identity(law: Law, field: str, nieuw: date) -> None:
    """A correction is never more than its one fact, on any day, or it is refused and changes nothing."""
    oud = DATES[field]
    before = case(law)
    copy = before.model_copy(deep=True)
    try:
        known, where = corrected(correction(field, oud, nieuw), before)
    except NotCorrectable:
        assert before == copy
        return
    after = before.model_copy(update={"facts": known, "phase": where})
    assert corrected(correction(field, nieuw, oud), after) == (before.facts, before.phase)
    assert before == copy


@pytest.mark.parametrize("phase", PHASES)
def test_the_start_can_be_put_right_in_every_phase(law: Law, phase: str) -> None:
    """Whatever happened since, when it began is a fact."""
    known, where = corrected(correction("start", START, "2027-01-05"), case(law, phase))
    assert known.start == date(2027, 1, 5)
    assert where == case(law, phase).phase


@pytest.mark.parametrize(
    ("veld", "oud", "nieuw", "ritmes"),
    [
        pytest.param(
            "plan.periodiciteit_maanden", 2, 4, [(START, 3), (date(2027, 5, 10), 4)], id="the last one agreed"
        ),
        pytest.param(
            "plan.start",
            START,
            date(2027, 1, 11),
            [(date(2027, 1, 11), 3), (date(2027, 5, 10), 2)],
            id="the start",
        ),
    ],
)
def test_a_corrected_plan_keeps_the_evaluations_that_were_asked(
    law: Law, veld: str, oud: object, nieuw: object, ritmes: list[tuple[date, int]]
) -> None:
    """Where the periodicity changed in mid-course, a correction puts its own stretch right and no other."""
    rhythms = (Ritme(na=0, vanaf=START, maanden=3), Ritme(na=1, vanaf=date(2027, 5, 10), maanden=2))
    changed = state(law, Lopend(plan=plan(periodiciteit_maanden=2)), known=facts(ritmes=rhythms))
    known, _ = corrected(correction(veld, oud, nieuw), changed)
    assert [(each.vanaf, each.maanden) for each in known.ritmes] == ritmes
