"""What opens next: everything a trajectory asks by itself, on its day, once, with its owner; never nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.case import CaseState
from models.duties import Duty, DutyKind, DutyStatus
from models.law import Law
from models.phases import Afgesloten, Lopend, Voorbereiding
from models.verloop import Afloop, Meting
from rules import activering, agenda, openings
from rules.begeleiding import SIX_POINTS
from rules.openings import END as THE_END
from rules.openings import Opening
from tests.rules.cases import (
    ACTION,
    PACKAGE,
    PHASES,
    START,
    WERK,
    action,
    asked,
    duty,
    facts,
    plan,
    rest,
    state,
)
from tests.rules.examples import FIRST

HALF_YEAR, YEAR = date(2027, 7, 4), date(2028, 1, 4)
SETTLED: dict[str, Any] = {
    "geinformeerd": dict.fromkeys(SIX_POINTS, START),
    "metingen": (Meting(op=HALF_YEAR, niveau=2), Meting(op=YEAR, niveau=3)),
}
"""Everything was told and measured, so that only the plan itself asks something."""


def answered(kind: DutyKind, key: str | None = None) -> Duty:
    """A duty that was answered."""
    return duty(kind, key, status=DutyStatus.ANSWERED)


def held(*numbers: int) -> list[Duty]:
    """Reviews that were answered."""
    return [answered(DutyKind.REVIEW, f"review/{n}") for n in numbers]


DECIDED = [answered(DutyKind.BESLISPUNT), answered(DutyKind.BESLISPUNT, "beslispunt/2")]


EINDVERSLAG = duty(DutyKind.EINDVERSLAG)
LONG = [answered(k, f"{k}/1") for k in (DutyKind.OPSCHORTINGSGESPREK, DutyKind.OPSCHORTINGSBESLISSING)]
NEXT: list[Any] = [
    pytest.param({}, [], None, "review/1", "2027-03-22", id="the first review, two weeks before its date"),
    pytest.param({}, held(1), None, "review/2", "2027-06-21", id="then the second"),
    pytest.param(
        {}, held(1, 2, 3), None, "eindverslag", "2027-12-13", id="the fourth falls away for the end talk"
    ),
    pytest.param({}, [*held(1, 2, 3), EINDVERSLAG], None, THE_END, "2028-01-04", id="then the end itself"),
    pytest.param(
        {"datum": date(2027, 5, 3)}, [], None, "review/2", "2027-06-21", id="agreed after the first review"
    ),
    pytest.param(
        {"datum": date(2027, 4, 5)}, [], None, "review/1", "2027-03-22", id="agreed on the day of a review"
    ),
    pytest.param(
        {"datum": date(2027, 4, 6)}, [], None, "review/2", "2027-06-21", id="agreed a day after a review"
    ),
    pytest.param(
        {}, [], {"heropend_op": date(2027, 8, 2)}, "review/3", "2027-09-20", id="reopened in August"
    ),
    pytest.param(
        {},
        held(1),
        {"heropend_op": date(2027, 8, 2)},
        "review/3",
        "2027-09-20",
        id="reopened, and the second was skipped",
    ),
    pytest.param(
        {},
        [EINDVERSLAG, *held(1, 2, 3)],
        {"ronde": 2},
        "eindverslag/2",
        "2027-12-13",
        id="a reopened trajectory owes its end documents again",
    ),
    pytest.param({"periodiciteit_maanden": 18}, [], None, "eindverslag", "2027-12-13", id="no review fits"),
    pytest.param(
        {},
        [*LONG],
        {"rests": (rest(date(2027, 2, 1)),)},
        "eindverslag",
        "2028-06-12",
        id="resting without an end, only the maximum counts",
    ),
    pytest.param(
        {},
        [EINDVERSLAG, *LONG],
        {"rests": (rest(date(2027, 2, 1)),)},
        THE_END,
        "2028-07-04",
        id="resting up to the maximum",
    ),
]


@pytest.mark.parametrize(("made", "duties", "known", "key", "on"), NEXT)
def test_the_earliest_of_what_is_still_to_come_opens_next(
    law: Law, made: dict[str, Any], duties: list[Duty], known: dict[str, Any] | None, key: str, on: str
) -> None:
    """Reviews in their order, the end documents before the end, the end the day after the last day (art. 10-11)."""
    case = state(
        law,
        Lopend(plan=plan(**made)),
        *DECIDED,
        *duties,
        known=facts(**SETTLED).model_copy(update=known or {}),
    )
    opening = openings.next_opening(case)
    assert opening is not None
    assert (opening.key, opening.alarm.on.value) == (key, date.fromisoformat(on))
    assert opening.alarm.owner == WERK


def told(case: CaseState) -> Iterator[Opening]:
    """Everything that still opens, in its order, as if each was answered at once and nothing else happened."""
    while (opening := openings.next_opening(case)) is not None:
        yield opening
        if opening.kind is None:
            return
        duties = {**case.duties, opening.key: answered(opening.kind, opening.key)}
        case = case.model_copy(update={"duties": duties})


def dated(case: CaseState) -> dict[str, str]:
    """Everything that still opens by its key, with its day."""
    return {opening.key: str(opening.alarm.on.value) for opening in told(case)}


OFFER = {**PACKAGE, "pakket": None}
RUNS = {"pakket_vanaf": date(2027, 2, 1)}
PAID = Afloop(uitkomst="artikel_60", nazorg=True, sinds=date(2028, 1, 31))
TALK = answered(DutyKind.EERSTE_GESPREK)
WITHDRAWN = duty(DutyKind.EERSTE_GESPREK, status=DutyStatus.WITHDRAWN)
SOME = {"geinformeerd": {"einddoel": START}}
OPENS: list[Any] = [
    pytest.param("voorbereiding", [], {}, "eerste_gesprek", "2027-01-04", id="the first talk, with the team"),
    pytest.param(
        "voorbereiding",
        [],
        {"toegewezen_op": date(2027, 1, 20)},
        "trajectplan",
        "2027-01-20",
        id="the plan, from the assignment",
    ),
    pytest.param("voorbereiding", [TALK], {}, "eerste_gesprek", None, id="one first talk"),
    pytest.param(
        "voorbereiding", [], {"ronde": 2}, "eerste_gesprek", "2027-01-04", id="reopened, and nobody met yet"
    ),
    pytest.param(
        "voorbereiding",
        [answered(DutyKind.TRAJECTPLAN)],
        {"ronde": 2},
        "trajectplan/2",
        "2027-01-04",
        id="reopened, and a plan again",
    ),
    pytest.param("voorbereiding", [TALK], SOME, "informeren", "2027-01-04", id="what the talk left untold"),
    pytest.param("voorbereiding", [TALK], SETTLED, "informeren", None, id="nothing left to tell"),
    pytest.param(
        "voorbereiding", [duty(DutyKind.EERSTE_GESPREK)], SOME, "informeren", None, id="the talk comes first"
    ),
    pytest.param("lopend", [WITHDRAWN], {}, "informeren", "2027-01-04", id="a plan before any talk"),
    pytest.param(
        "lopend",
        [TALK, answered(DutyKind.INFORMEREN)],
        {**SOME, "ronde": 2},
        "informeren/2",
        "2027-01-04",
        id="reopened, and never told",
    ),
    pytest.param(
        "lopend",
        [],
        {"acties": (action(2, OFFER, vraag_vanaf=date(2027, 2, 1)),)},
        "aanbod/2",
        "2027-02-01",
        id="a provider, when the action is agreed",
    ),
    pytest.param(
        "voorbereiding",
        [],
        {"acties": (action(2, OFFER, vraag_vanaf=START),)},
        "aanbod/2",
        "2027-01-04",
        id="a provider before the plan",
    ),
    pytest.param(
        "lopend",
        [answered(DutyKind.AANBOD, "aanbod/2")],
        {"acties": (action(2, OFFER, vraag_vanaf=date(2027, 9, 1), gevraagd=1, antwoord="wachtlijst"),)},
        "aanbod/2/2",
        "2027-09-01",
        id="the same provider after the waiting list",
    ),
    pytest.param("lopend", [], {"acties": (action(1, ACTION),)}, "aanbod/1", None, id="what was agreed"),
    pytest.param(
        "lopend",
        [],
        {"acties": (action(2, OFFER, vraag_vanaf=START, vervallen=True),)},
        "aanbod/2",
        None,
        id="what lapsed",
    ),
    pytest.param(
        "lopend",
        [],
        {"acties": (action(2, PACKAGE, **RUNS),)},
        "pakket/2",
        "2027-07-31",
        id="a package, on its last day",
    ),
    pytest.param("lopend", [], {"acties": (action(2, PACKAGE),)}, "pakket/2", None, id="one not begun"),
    pytest.param(
        "lopend",
        [],
        {"acties": (action(2, PACKAGE, **RUNS, vervallen=True),)},
        "pakket/2",
        None,
        id="a package that lapsed",
    ),
    pytest.param(
        "lopend",
        [],
        {"rests": (rest(date(2027, 11, 30)),)},
        "opschortingsgesprek/1",
        "2028-02-29",
        id="three months of rest, on a leap day",
    ),
    pytest.param(
        "voorbereiding",
        [],
        {"rests": (rest(date(2027, 8, 31)),)},
        "opschortingsbeslissing/1",
        "2028-02-29",
        id="six months of rest, on a leap day",
    ),
    pytest.param(
        "lopend",
        [],
        {"rests": (rest(date(2027, 2, 1), date(2027, 3, 1)), rest(date(2027, 4, 1)))},
        "opschortingsgesprek/2",
        "2027-07-01",
        id="a second rest has its own talk",
    ),
    pytest.param(
        "lopend",
        [],
        {"rests": (rest(date(2027, 2, 1), date(2027, 7, 1)),)},
        "opschortingsgesprek/1",
        None,
        id="a rest that ended",
    ),
    pytest.param("lopend", [], {}, "beslispunt", "2027-10-11", id="twelve weeks before the end"),
    pytest.param(
        "lopend",
        [answered(DutyKind.BESLISPUNT)],
        {"verlengd": 1, "extensions": ()},
        "beslispunt/2",
        "2027-10-11",
        id="another end, another decision",
    ),
    pytest.param("lopend", [], {}, "meting/6", "2027-07-04", id="a value at six months"),
    pytest.param("lopend", [], {}, "meting/12", None, id="not what comes after the end"),
    pytest.param("afronding", [], {}, "meting/12", "2028-01-04", id="a value at twelve months"),
    pytest.param("lopend", [], SETTLED, "meting/6", None, id="a value that is there"),
    pytest.param(
        "afronding",
        [],
        {"acties": (action(2, OFFER),)},
        "verdeelstaat",
        "2028-01-03",
        id="how the network was paid",
    ),
    pytest.param(
        "afgesloten",
        [],
        {"acties": (action(2, OFFER),)},
        "verdeelstaat",
        "2028-01-03",
        id="also where the eindverslag was there before the end",
    ),
    pytest.param(
        "afronding",
        [answered(DutyKind.VERDEELSTAAT)],
        {"acties": (action(2, {**OFFER, "aanbod": "ad_hoc", "aanbod_reden": "x"}),), "ronde": 2},
        "verdeelstaat/2",
        "2028-01-03",
        id="once a round, also for what was bought once",
    ),
    pytest.param(
        "afronding",
        [],
        {"acties": (action(1, ACTION), action(2, {**OFFER, "aanbod": "regulier"}))},
        "verdeelstaat",
        None,
        id="nothing that the network pays for",
    ),
    pytest.param(
        "lopend", [], {"acties": (action(2, OFFER),)}, "verdeelstaat", None, id="only after the end"
    ),
    pytest.param("afgesloten", [], {"afloop": PAID}, "nazorg/1", "2028-02-29", id="a month of work"),
    pytest.param("afgesloten", [], {"afloop": PAID}, "nazorg/2", "2028-05-02", id="three months of work"),
    pytest.param(
        "afgesloten",
        [answered(DutyKind.NAZORG, "nazorg/1")],
        {"afloop": PAID, "ronde": 2},
        "nazorg/1/2",
        "2028-02-29",
        id="work again after a reopening",
    ),
    pytest.param(
        "afgesloten",
        [],
        {"afloop": PAID.model_copy(update={"sinds": None})},
        "nazorg/1",
        "2028-02-03",
        id="from the end, where nobody knows since when",
    ),
    pytest.param(
        "afgesloten",
        [],
        {"afloop": PAID.model_copy(update={"nazorg": False})},
        "nazorg/1",
        None,
        id="not asked",
    ),
    pytest.param(
        "afgesloten",
        [],
        {"afloop": Afloop(uitkomst="ama_se", nazorg=True)},
        "nazorg/1",
        None,
        id="no paid work",
    ),
    pytest.param("afgesloten", [], {}, THE_END, "2028-07-04", id="the day after the reopening window"),
    pytest.param(
        "afgesloten na overlijden",
        [],
        {"acties": (action(2, OFFER),), "afloop": PAID},
        "verdeelstaat",
        None,
        id="nothing is asked after a death",
    ),
    pytest.param("afgesloten na overlijden", [], {}, "meting/6", None, id="nobody is measured after a death"),
]


@pytest.mark.parametrize(("phase", "duties", "known", "key", "on"), OPENS)
def test_each_thing_opens_on_its_day(
    law: Law, phase: str, duties: list[Duty], known: dict[str, Any], key: str, on: str | None
) -> None:
    """What a trajectory asks by itself opens on its day, and what it has no reason to ask never does."""
    case = state(law, phase, *duties, known=facts().model_copy(update=known))
    assert dated(case).get(key) == on


BY_COMMAND = {
    DutyKind.TOEWIJZING, DutyKind.ACTIE, DutyKind.VOORSTEL, DutyKind.HERVATTING, DutyKind.VERLENGING,
    DutyKind.HERVERDELING, DutyKind.OVERDRACHT, DutyKind.AFRONDING, DutyKind.HERSTEL,
}  # fmt: skip
"""What opens because somebody said something or because something failed, and on no day of its own."""


def test_every_kind_of_duty_opens_by_itself_or_by_a_command() -> None:
    """A new kind of duty is opened by somebody: its row stands here, or it follows a command."""
    by_itself = {each.values[3].partition("/")[0] for each in OPENS if each.values[4]} | {
        "review",
        "eindverslag",
    }
    assert by_itself - {THE_END} == {str(kind) for kind in set(agenda.VRAAG) - BY_COMMAND}


@pytest.mark.parametrize("phase", ["toewijzing", "einde_onbeslist", "zonder_betrokkene"])
def test_where_a_person_is_asked_nothing_opens_by_itself(law: Law, phase: str) -> None:
    """An assignment, an undecided end and a death wait for a duty that is open, not for a day."""
    assert (
        openings.next_opening(state(law, phase, known=facts(acties=(action(2, OFFER, vraag_vanaf=START),))))
        is None
    )


def test_what_is_due_on_one_day_opens_in_one_order(law: Law) -> None:
    """Of two things on the same day the same one comes first, in every replay."""
    acties = (action(2, OFFER, vraag_vanaf=START), action(1, OFFER, vraag_vanaf=START))
    first, second = (
        dated(state(law, "voorbereiding", known=facts(acties=each))) for each in (acties, acties[::-1])
    )
    assert [*first] == [*second] == [
        "aanbod/1", "aanbod/2", "eerste_gesprek", "informeren", "trajectplan", "meting/6", "meting/12"
    ]  # fmt: skip


spans = st.lists(st.tuples(st.integers(0, 700), st.none() | st.integers(0, 200)), max_size=3)
acts = st.builds(
    lambda asks, package, lapsed, times: {
        "vraag_vanaf": asks, "pakket_vanaf": package, "vervallen": lapsed, "gevraagd": times
    },
    st.none() | st.dates(FIRST, date(2029, 6, 1)),
    st.none() | st.dates(FIRST, date(2029, 6, 1)),
    st.booleans(),
    st.integers(0, 2),
)  # fmt: skip
knowns = st.fixed_dictionaries(
    {
        "ronde": st.integers(1, 3),
        "verlengd": st.integers(0, 3),
        "heropend_op": st.none() | st.dates(FIRST, date(2029, 6, 1)),
        "geinformeerd": st.sets(st.sampled_from(SIX_POINTS)).map(lambda told: dict.fromkeys(told, START)),
        "metingen": st.lists(st.dates(FIRST, date(2029, 6, 1)), max_size=3).map(
            lambda days: tuple(Meting(op=on, niveau=1) for on in days)
        ),
        "acties": st.lists(acts, max_size=3).map(
            lambda told: tuple(action(n, PACKAGE, **each) for n, each in enumerate(told, start=1))
        ),
    }
)


@given(
    start=st.dates(FIRST, date(2027, 12, 31)),
    length=st.integers(90, 545),
    months=st.integers(1, 18),
    agreed=st.integers(0, 200),
    spans=spans,
    extensions=st.lists(st.integers(-400, 600), max_size=2),
    granted=st.none() | st.integers(1, 400),
    reviewed=st.integers(0, 5),
    talk=st.none() | st.sampled_from(DutyStatus),
    known=knowns,
)
def test_a_running_trajectory_always_has_something_next(
    law: Law, start: date, length: int, months: int, agreed: int, spans: list[tuple[int, int | None]],
    extensions: list[int], granted: int | None, reviewed: int, talk: DutyStatus | None, known: dict[str, Any],
) -> None:  # fmt: skip
    """Whatever happened to it, it opens one thing after another, each once, up to the day after its last day."""

    def day(offset: int) -> date:
        return start + timedelta(days=offset)

    rests = [rest(day(n), None if length is None else day(n + length)) for n, length in spans]
    maximum = activering.latest_end(start, law).value
    extra = asked(besluit="toegestaan", einde=maximum + timedelta(days=granted)) if granted else None
    facts_now = facts(*rests, extensions=tuple(extensions), start=start, verlenging=extra, **known)
    made = plan(start=start, einde=day(length), periodiciteit_maanden=months, datum=day(agreed))
    met = [duty(DutyKind.EERSTE_GESPREK, status=talk)] if talk else []
    case = state(law, Lopend(plan=made), *held(*range(1, reviewed + 1)), *met, known=facts_now)
    opened = [*told(case)]
    assert openings.next_opening(case) == opened[0] == openings.next_opening(case.model_copy(deep=True))
    assert opened[-1].kind is None
    assert opened[-1].alarm.on.value == agenda.day_after(agenda.last_day_of(case).value)
    keys = [opening.key for opening in opened]
    assert len(keys) == len({*keys})
    assert not {*keys} & {*case.duties}
    for opening in opened:
        assert opening.alarm.on.value is not None
        assert opening.alarm.on.value <= agenda.day_after(max(maximum, facts_now.granted_end or maximum))
        assert opening.alarm.on.article
        if opening.kind is not None:
            assert opening.alarm.owner == agenda.owner_of(opening.kind, opening.key, facts_now)
    assert agenda.current_dates(case)


@given(
    phase=st.sampled_from([Voorbereiding(), PHASES["afronding"], PHASES["afgesloten"]]),
    spans=spans,
    known=knowns,
    outcome=st.none() | st.builds(
        Afloop, uitkomst=st.sampled_from(["artikel_60", "geen"]), nazorg=st.booleans(),
        sinds=st.none() | st.dates(START, date(2032, 12, 31)),
    ),
)  # fmt: skip
def test_around_a_running_trajectory_nothing_opens_twice(
    law: Law, phase: Any, spans: list[tuple[int, int | None]], known: dict[str, Any], outcome: Afloop | None
) -> None:
    """Before the plan and after the end, too, each thing opens once, and a closed trajectory ends some day."""
    rests = [rest(START + timedelta(days=n), START + timedelta(days=n + (more or 0))) for n, more in spans]
    case = state(law, phase, known=facts(*rests, afloop=outcome, **known))
    opened = [*told(case)]
    assert len(opened) == len({opening.key for opening in opened})
    assert all(opening.alarm.on.value for opening in opened)
    if isinstance(phase, Afgesloten):
        assert opened[-1].kind is None
        assert sum(opening.kind is None for opening in opened) == 1


def test_the_walk_over_openings_sees_what_opens_for_ever(law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: an opening that yields a key that exists already comes twice in the walk."""
    again = openings.next_opening(state(law))
    assert again is not None
    monkeypatch.setattr(openings, "next_opening", lambda case: again)
    walked = told(state(law))
    assert next(walked).key == next(walked).key
