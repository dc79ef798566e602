"""A trajectory that is entered in mid-phase stands where it would have stood, and asks only what is owed now."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from models.actors import OPERATIES
from models.case import CaseState
from models.duties import Duty, DutyStatus
from models.findings import Verdict
from models.instap import Instap
from models.law import Law
from models.phases import Afronding, Lopend, Voorbereiding
from rules import agenda, reviews
from rules.activeringsboek import ACTIVERING
from rules.begeleiding import SIX_POINTS
from rules.instap import LATER_REVIEW, WINDOW_PAST, entered, owed
from rules.instap_keuring import complaints, weighed
from settings import ROOT
from tests.law import shipped_law
from tests.rules.cases import ACTION, END, MAXIMUM, PACKAGE, START, TEAM, ZORG

OP = date(2027, 8, 30)
"""The day of the entries of these tests: a Monday, almost eight months after the start."""
TOLD = dict.fromkeys(SIX_POINTS, date(2027, 1, 20))
PLAN: dict[str, Any] = {
    "akkoord_op": date(2027, 2, 15),
    "doel": "weer een dagritme",
    "start": START,
    "einde": END,
    "acties": [ACTION],
    "afspraken": "ieder verwittigt",
    "periodiciteit_maanden": 3,
}
ELAPSED = {"van": date(2027, 5, 3), "tot": date(2027, 5, 31), "oorzaak": "opname"}
"""Four weeks of rest, all of them over."""
FOUR_WEEKS = timedelta(days=28)
MEASURED = ({"op": date(2027, 7, 5), "niveau": 3},)


def plan(**changes: Any) -> dict[str, Any]:
    """The plan of these entries, with some fields changed."""
    return {**PLAN, **changes}


def instap(**changes: Any) -> Instap:
    """A running trajectory of which everything until the first review is known, with some fields changed."""
    known: dict[str, Any] = {
        "sleutel": "instap-1",
        "nis_code": "44021",
        "persoon": {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"},
        "start": START,
        "casemanager_werk": {"organisatie": "ORG-KOMPAAN-WERK", "medewerker": "MW-0201"},
        "casemanager_zorg": {"organisatie": "ORG-CAW-LEIE", "medewerker": "MW-0301"},
        "toegewezen_op": date(2027, 1, 6),
        "eerste_gesprek": date(2027, 1, 20),
        "geinformeerd": TOLD,
        "plan": PLAN,
        "evaluaties": {1: date(2027, 4, 6), 2: date(2027, 8, 2)},
        "metingen": MEASURED,
    }
    return Instap.model_validate({**known, **changes})


def unplanned(**changes: Any) -> Instap:
    """The same of which the plan is still in preparation."""
    return instap(**{"plan": None, "evaluaties": {}, **changes})


def state_of(told: Instap, law: Law, op: date = OP) -> CaseState:
    """The state in which it is entered; nothing may speak against it."""
    assert not list(complaints(told, law, op))
    return entered(told, TEAM, law, op, OPERATIES)


def end_of(state: CaseState) -> date:
    return agenda.last_day_of(state).value


def keys(duties: tuple[Duty, ...]) -> list[str]:
    return [duty.key for duty in duties]


def test_the_ledger_moves_the_planned_end_and_the_next_review(law: Law) -> None:
    """Four weeks of rest after the agreement: the end and the third review come four weeks later (not on a day off)."""
    still, moved = (state_of(instap(opschortingen=rests), law) for rests in ((), (ELAPSED,)))
    assert (end_of(still), end_of(moved)) == (END, END + FOUR_WEEKS)
    due = reviews.next_review_due(still), reviews.next_review_due(moved)
    assert [found.value if found else None for found in due] == [date(2027, 10, 4), date(2027, 11, 2)]


def test_a_rest_before_the_agreement_moves_no_end(law: Law) -> None:
    """Whoever agreed the end knew of it."""
    before = {"van": date(2027, 1, 11), "tot": date(2027, 2, 8), "oorzaak": "ziekte"}
    assert end_of(state_of(instap(opschortingen=[before]), law)) == END


def test_an_extension_counts_and_the_maximum_holds(law: Law) -> None:
    """The planned end is later by the days that were agreed, and with rest on top never past eighteen months."""
    assert end_of(state_of(instap(verlengd=60), law)) == END + timedelta(days=60)
    to_the_maximum = (MAXIMUM - END).days
    assert end_of(state_of(instap(verlengd=to_the_maximum, opschortingen=[ELAPSED]), law)) == MAXIMUM


def test_what_vdab_granted_goes_past_the_maximum(law: Law) -> None:
    """The exceptional end counts as the maximum, for the refusal and for the dates; one day more is refused."""
    granted = MAXIMUM + timedelta(days=60)
    known = {"toegestaan": {"gevraagd_op": date(2027, 8, 2), "einde": granted}}
    told = instap(verlengd=(granted - END).days, **known)
    assert not any(each.finding.verdict is Verdict.HARD for each in weighed(told, law))
    assert end_of(state_of(told, law)) == granted
    beyond = instap(verlengd=(granted - END).days + 1, **known)
    assert [w.veld for w in weighed(beyond, law) if w.finding.verdict is Verdict.HARD] == ["verlengd"]


def test_what_was_done_is_answered_and_not_asked(law: Law) -> None:
    """First talk, plan and held reviews stand as answered on their days; nothing is owed on this day."""
    state = state_of(instap(), law)
    answered = {d.key: d.happened_on for d in state.duties.values() if d.status is DutyStatus.ANSWERED}
    assert answered == {
        "eerste_gesprek": date(2027, 1, 20),
        "trajectplan": date(2027, 2, 15),
        "review/1": date(2027, 4, 6),
        "review/2": date(2027, 8, 2),
    }
    assert all(duty.opened_on <= (duty.happened_on or OP) for duty in state.duties.values())
    assert owed(state, OP) == ()
    assert state.touched == list(state.duties)


def test_no_letter_no_document_and_no_message_comes_of_it(law: Law) -> None:
    """The state orders nothing: the tandem was introduced long ago."""
    state = state_of(instap(), law)
    assert (state.effects, state.messages, state.made) == ({}, [], ())
    assert state.facts.toegewezen_op == date(2027, 1, 6)
    assert [period.van for period in state.facts.tandems] == [START]


def test_of_the_reviews_that_were_missed_only_the_newest_is_asked(law: Law) -> None:
    """Three people would not be asked at once for what nobody can hold any more."""
    state = state_of(instap(plan=plan(periodiciteit_maanden=2), evaluaties={1: date(2027, 3, 4)}), law)
    assert keys(owed(state, OP)) == ["review/3", "review/4"]
    gone = state.duties["review/2"]
    assert (gone.status, gone.reden) == (DutyStatus.WITHDRAWN, LATER_REVIEW)
    late = state_of(instap(plan=plan(periodiciteit_maanden=1), evaluaties={}), law)
    assert keys(owed(late, OP)) == ["review/7", "review/8"]
    assert {key for key in late.duties if key.startswith("review/")} == {f"review/{n}" for n in range(2, 7)}


def test_a_measurement_whose_window_has_passed_is_not_asked(law: Law) -> None:
    """At month fourteen nobody can say where somebody stood at month six."""
    later, earlier = date(2027, 10, 4), date(2027, 7, 12)
    passed = state_of(instap(metingen=(), evaluaties={1: START, 3: date(2027, 10, 1)}), law, later)
    assert (passed.duties["meting/6"].status, passed.duties["meting/6"].reden) == (
        DutyStatus.WITHDRAWN,
        WINDOW_PAST,
    )
    assert "meting/6" not in keys(owed(passed, later))
    asked = state_of(instap(metingen=(), evaluaties={2: date(2027, 7, 5)}), law, earlier)
    assert keys(owed(asked, earlier)) == ["meting/6"]


def test_an_open_rest_is_confirmed_by_the_entry(law: Law) -> None:
    """It is asked again some weeks from now, or when it should end; not as if it were forgotten."""
    rest = {"van": date(2027, 7, 12), "oorzaak": "ziekte"}
    unknown = state_of(instap(opschortingen=[rest]), law)
    (asked,) = owed(unknown, OP)
    assert (asked.key, asked.addressee, asked.due.value) == ("hervatting/1", ZORG, date(2027, 10, 11))
    expected = state_of(instap(opschortingen=[rest | {"verwacht": date(2027, 9, 13)}]), law)
    assert owed(expected, OP)[0].due.value == date(2027, 9, 13)
    assert end_of(unknown) == MAXIMUM


def test_in_preparation_the_plan_is_owed_since_the_true_start(law: Law) -> None:
    """Twelve weeks after the start, after Easter Monday; first talk and its points are asked where they are missing."""
    held = state_of(unplanned(), law)
    assert isinstance(held.phase, Voorbereiding)
    (plan,) = owed(held, OP)
    assert (plan.key, plan.due.value) == ("trajectplan", date(2027, 3, 30))
    nothing = state_of(unplanned(eerste_gesprek=None, geinformeerd={}), law)
    assert keys(owed(nothing, OP)) == ["eerste_gesprek", "trajectplan"]
    untold = state_of(unplanned(geinformeerd={"einddoel": date(2027, 1, 20)}), law)
    assert keys(owed(untold, OP)) == ["informeren", "trajectplan"]


def test_a_plan_without_a_first_talk_asks_for_none(law: Law) -> None:
    """As when a plan is agreed: it was discussed with the participant."""
    state = state_of(instap(eerste_gesprek=None), law)
    assert state.duties["eerste_gesprek"].status is DutyStatus.WITHDRAWN
    assert owed(state, OP) == ()


@pytest.mark.parametrize(
    ("op", "phase", "asked"),
    [(END, "lopend", ["beslispunt", "eindverslag"]), (END + timedelta(days=1), "afronding", ["eindverslag"])],
)
def test_after_its_last_day_it_owes_its_end_documents(
    law: Law, op: date, phase: str, asked: list[str]
) -> None:
    """It enters in its afronding, and no decision about the end is asked any more."""
    held = {n: START + timedelta(days=90 * n) for n in (1, 2, 3)}
    told = instap(evaluaties=held, metingen=[*MEASURED, {"op": date(2027, 12, 20), "niveau": 3}])
    state = state_of(told, law, op)
    assert state.phase.fase == phase
    assert keys(owed(state, op)) == asked


def test_nothing_rests_any_more_once_the_maximum_has_passed(law: Law) -> None:
    """An open rest ends with the trajectory."""
    rest = {"van": date(2027, 7, 12), "oorzaak": "ziekte"}
    state = state_of(instap(opschortingen=[rest]), law, MAXIMUM + timedelta(days=1))
    assert isinstance(state.phase, Afronding)
    assert state.phase.einde == MAXIMUM
    assert state.facts.open_rest is None


def test_a_decision_about_the_end_that_was_taken_is_not_asked(law: Law) -> None:
    """Within the weeks before the end, of a plan that was lengthened or not."""
    op = date(2027, 11, 15)
    held = {1: START, 3: date(2027, 10, 4)}
    assert keys(owed(state_of(instap(evaluaties=held), law, op), op)) == ["beslispunt"]
    decided = state_of(instap(evaluaties=held, beslispunt=date(2027, 11, 2)), law, op)
    assert owed(decided, op) == ()
    lengthened = state_of(instap(evaluaties=held, beslispunt=date(2027, 11, 2), verlengd=10), law, op)
    assert "beslispunt/2" in lengthened.duties
    assert owed(lengthened, op) == ()


def test_a_provider_is_asked_only_for_what_has_still_to_begin(law: Law) -> None:
    """What runs has its place; a package that runs is evaluated when it ends, one that ended is not."""
    acties = [
        {**PACKAGE, "omschrijving": "loopt", "van": date(2027, 4, 5)},
        {**PACKAGE, "omschrijving": "gedaan", "van": date(2027, 4, 5), "pakket": "partieel"},
        {**PACKAGE, "omschrijving": "komt", "van": date(2027, 10, 4)},
        ACTION,
    ]
    state = state_of(instap(plan=plan(acties=acties)), law)
    assert [stand.antwoord for stand in state.facts.acties] == ["bevestigd", "bevestigd", None, None]
    assert [stand.pakket_vanaf for stand in state.facts.acties] == [date(2027, 4, 5), None, None, None]
    assert keys(owed(state, OP)) == ["aanbod/3"]


def test_the_log_begins_with_who_entered_what(law: Law) -> None:
    """One event, with the reasons of the end and without the person."""
    (event,) = state_of(instap(opschortingen=[ELAPSED]), law).events
    assert (event.seq, event.soort, event.door, event.datum) == (1, "instap", OPERATIES, OP)
    assert event.findings[0].value == END + FOUR_WEEKS
    assert event.gegevens["evaluaties"] == {"1": "2027-04-06", "2": "2027-08-02"}
    assert "Verzonnen" not in event.model_dump_json()


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        pytest.param({"start": OP}, "start", id="not in the past"),
        pytest.param({"start": date(2020, 1, 6)}, "start", id="before the law of the tables"),
        pytest.param({"toegewezen_op": date(2027, 1, 3)}, "toegewezen_op", id="before the start"),
        pytest.param({"eerste_gesprek": OP + timedelta(days=1)}, "eerste_gesprek", id="ahead"),
        pytest.param({"geinformeerd": {"duur": date(2026, 1, 1)}}, "geinformeerd.duur", id="told before"),
        pytest.param({"metingen": [{"op": date(2028, 1, 1), "niveau": 1}]}, "metingen.0.op", id="measured ahead"),
        pytest.param({"plan": plan(start=OP + timedelta(days=1))}, "plan.start", id="plan ahead"),
        pytest.param({"plan": plan(akkoord_op=date(2027, 1, 1))}, "plan.akkoord_op", id="agreed before"),
        pytest.param({"plan": plan(einde=date(2027, 2, 15))}, "plan.einde", id="ended when agreed"),
        pytest.param({"plan": plan(periodiciteit_maanden=19)}, "plan.periodiciteit_maanden", id="rhythm"),
        pytest.param(
            {"plan": {**PLAN, "acties": [ACTION | {"van": date(1927, 1, 1)}]}}, "plan.acties.0.van", id="action"
        ),
        pytest.param({"evaluaties": {1: date(2026, 4, 6)}}, "evaluaties.1", id="review before"),
        pytest.param({"evaluaties": {1: date(2027, 4, 6), 2: date(2027, 4, 6)}}, "evaluaties.2", id="reviews"),
        pytest.param({"evaluaties": {7: date(2027, 4, 6)}}, "evaluaties.7", id="too many reviews"),
        pytest.param(
            {"opschortingen": [ELAPSED, ELAPSED | {"van": date(2027, 5, 30)}]}, "opschortingen.1.van", id="overlap"
        ),
        pytest.param(
            {"opschortingen": [{"van": date(2027, 4, 1), "oorzaak": "ziekte"}, ELAPSED]},
            "opschortingen.1.van",
            id="two at once",
        ),
        pytest.param(
            {"opschortingen": [ELAPSED | {"tot": date(2027, 5, 3)}]}, "opschortingen.0.tot", id="no day of rest"
        ),
        pytest.param(
            {"opschortingen": [ELAPSED | {"verwacht": date(2027, 6, 3)}]}, "opschortingen.0.verwacht", id="over"
        ),
        pytest.param(
            {"opschortingen": [ELAPSED | {"tot": OP + FOUR_WEEKS}]}, "opschortingen.0.tot", id="rest ahead"
        ),
        pytest.param({"plan": None}, "evaluaties", id="reviews without a plan"),
        pytest.param(
            {"toegestaan": {"gevraagd_op": START, "einde": MAXIMUM}}, "toegestaan.einde", id="granted within"
        ),
        pytest.param({"plan": None, "evaluaties": {}, "verlengd": 3}, "verlengd", id="extended without a plan"),
        pytest.param(
            {"persoon": {"voornaam": "N", "achternaam": "V", "geboortedatum": "2027-02-28"}},
            "persoon.geboortedatum",
            id="born later",
        ),
        pytest.param(
            {"statuut": [{"code": "rva", "van": "2026-01-01", "bron": "x"}] * 2}, "statuut", id="twice the same"
        ),
    ],
)  # fmt: skip
def test_what_is_impossible_is_named(law: Law, changes: dict[str, Any], veld: str) -> None:
    """The field, and a rule that repeats no value."""
    found = list(complaints(instap(**changes), law, OP))
    assert veld in {complaint.veld for complaint in found}
    assert not any("20" in complaint.reden for complaint in found)


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        ({"plan": plan(einde=date(2027, 4, 2))}, "plan.einde"),
        ({"plan": plan(einde=MAXIMUM + timedelta(days=1))}, "plan.einde"),
        ({"verlengd": (MAXIMUM - END).days + 1}, "verlengd"),
        ({"casemanager_zorg": {"organisatie": "ORG-KOMPAAN-WERK"}}, "casemanager_zorg.organisatie"),
    ],
)
def test_a_hard_rule_refuses_and_names_the_field(law: Law, changes: dict[str, Any], veld: str) -> None:
    """Three to eighteen months, and two organisations; one day or one organisation less and nothing refuses."""
    assert [
        each.veld for each in weighed(instap(**changes), law) if each.finding.verdict is Verdict.HARD
    ] == [veld]
    assert not any(each.finding.verdict is Verdict.HARD for each in weighed(instap(), law))


def test_an_unusual_rhythm_is_only_remarked(law: Law) -> None:
    """What is assumed refuses nothing."""
    found = {
        each.veld: each.finding.verdict for each in weighed(instap(plan=plan(periodiciteit_maanden=8)), law)
    }
    assert found["plan.periodiciteit_maanden"] is Verdict.ZACHT


@given(
    days=st.integers(1, 700),
    rest=st.tuples(st.integers(0, 300), st.integers(1, 200)),
    rhythm=st.integers(1, 9),
)
def test_whatever_is_entered_owes_something_or_will(days: int, rest: tuple[int, int], rhythm: int) -> None:
    """An entry never past the maximum, never asked a date it closed itself, and always with an owner."""
    law, op = shipped_law(), START + timedelta(days=50 + days)
    van = START + timedelta(days=rest[0])
    tot = van + timedelta(days=rest[1])
    rests = [{"van": van, "tot": tot if tot <= op else None, "oorzaak": "ziekte"}] if van <= op else []
    told = instap(plan=plan(periodiciteit_maanden=rhythm), evaluaties={}, metingen=(), opschortingen=rests)
    state = state_of(told, law, op)
    assert isinstance(state.phase, Lopend | Afronding)
    assert end_of(state) <= MAXIMUM
    assert (state.phase.fase == "afronding") == (end_of(state) < op)
    asked = owed(state, op)
    assert sum(duty.key.startswith("review/") and (duty.due.value or op) < op for duty in asked) <= 1
    assert not {duty.key for duty in asked} & state.duties.keys()
    assert CaseState.model_validate_json(state.model_dump_json()).duties == state.duties


def test_the_shipped_example_can_be_entered(law: Law) -> None:
    """What the page shows is accepted as it stands."""
    text = (ROOT / "data/voorbeelden/instap.yaml").read_text("utf-8")
    told = [Instap.model_validate(each) for each in YAML(typ="safe", pure=True).load(text)]
    states = [state_of(each, law, date(2026, 11, 16)) for each in told]
    assert [state.phase.fase for state in states] == ["lopend", "voorbereiding"]
    assert not any(f.verdict is Verdict.HARD for each in told for _, f in weighed(each, law))


@pytest.mark.parametrize(
    ("asked", "regime"),
    [(None, "d2022"), (date(2023, 6, 30), "d2014"), (date(2023, 7, 1), "d2022")],
    ids=["not told", "under the old decree", "under the new one"],
)
def test_the_day_of_the_request_gives_the_regime(law: Law, asked: date | None, regime: str) -> None:
    """It is kept and shown with its reason; every other date is that of the rules in force (art. 40)."""
    state = state_of(instap(aangevraagd_op=asked), law)
    (event,) = state.events
    assert (state.facts.regime, ACTIVERING.shown(state).regime) == (regime, regime)
    assert (event.findings[1].value, event.findings[1].article) == (regime, "D2022 art. 40")
    assert end_of(state) == end_of(state_of(instap(), law))


@pytest.mark.parametrize("asked", [START + timedelta(days=1), date(2014, 4, 24)], ids=["later", "too early"])
def test_a_request_comes_before_its_trajectory(law: Law, asked: date) -> None:
    """And not before the first decree."""
    found = list(complaints(instap(aangevraagd_op=asked), law, OP))
    assert [complaint.veld for complaint in found] == ["aangevraagd_op"]
