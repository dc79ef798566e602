"""AMA in the social economy that runs enters with its place and plan; what VDAB missed is made up for once."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from models.ama_case import AmaState
from models.ama_instap import AmaInstap
from models.ama_verloop import GeplandEinde, Periode
from models.contingent import Contingent
from models.duties import DutyKind
from models.law import Law
from rules import ama, ama_instap, ama_openings
from rules.amaboek import AMABOEK
from rules.contingent import may_have_had
from tests.rules.test_ama_instap import OP
from tests.rules.test_ama_instap import entered as any_entered
from tests.rules.test_ama_instap import told as any_told

KAAI = "ORG-MAATWERK-DE-KAAI"
SINCE = date(2024, 6, 3)
AGREED = {
    "werkpost": KAAI,
    "activiteit": "inpakken",
    "start": SINCE,
    "uren_per_week": "12",
    "verzekerd_tot": "2027-12-31",
}
PLACED = {"houder": KAAI, "sinds": SINCE, "beslist_op": "2024-05-20"}
POP = {"stap": "Een stage.", "stap_tegen": "2025-01-15", "geregistreerd_op": "2024-07-01"}
SE: dict[str, Any] = {
    "soort": "ama_se",
    "start": SINCE,
    "begeleider": KAAI,
    "medewerker": None,
    "overeenkomsten": [AGREED],
    "toestemmingen": [],
    "statuut": [{"code": "ivt_it", "van": "2017-01-01", "bron": "attest"}],
    "plaats": PLACED,
    "pop": POP,
    "laatste_evaluatie": "2026-05-11",
    "laatste_herbeoordeling": "2026-06-01",
    "combinaties": [{"soort": "stage", "van": "2026-09-01", "tot": "2026-12-18"}],
}
"""Somebody who has had a place since 2024, evaluated and reassessed in time."""


def told(**changes: Any) -> AmaInstap:
    return any_told(**(SE | changes))


def entered(law: Law, **changes: Any) -> AmaState:
    return any_entered(law, **(SE | changes))


def test_it_enters_with_its_place_its_plan_and_what_goes_beside_it(law: Law) -> None:
    """The place is taken since its first day, in the order of the decision; nothing of the past is asked."""
    state = entered(law)
    facts = state.facts
    assert facts.plaats is not None
    assert (facts.variant, facts.plaats.houder, facts.plaats.status) == ("se", KAAI, "ingenomen")
    assert (facts.plaats.sinds, facts.beslist_op) == (SINCE, date(2024, 5, 20))
    assert facts.pop is not None
    assert (facts.pop.stap_tegen, facts.pop.datum) == (date(2025, 1, 15), date(2024, 7, 1))
    assert [(each.soort, each.van) for each in facts.combinaties] == [("stage", date(2026, 9, 1))]
    assert not ama_instap.owed(state, OP)
    assert not ama_instap.weighed(state, OP)
    following = next(each for each in ama_openings.openings(state) if each.kind is DutyKind.HERBEOORDELING)
    assert (following.key, following.alarm.on.value) == ("herbeoordeling/3", date(2027, 4, 22))


def test_a_plan_that_is_not_there_is_asked_in_time(law: Law) -> None:
    """Six weeks from the entry, not from a first day that is years ago."""
    state = entered(law, pop=None)
    (asked,) = ama_instap.owed(state, OP)
    assert asked.key == "pop"
    assert ama.due_of(DutyKind.POP, "pop", OP, state).value == date(2026, 12, 21)


def test_of_the_reassessments_that_were_missed_only_the_newest_is_made_up_for(law: Law) -> None:
    """As long after the evaluation as in any other year, and due as long after it opens."""
    state = entered(law, laatste_herbeoordeling=None, laatste_evaluatie=None)
    evaluation, late = state.facts.inhalen, state.facts.herbeoordeling_inhalen
    assert evaluation is not None
    assert late is not None
    assert [(each.nummer, each.besluit) for each in state.facts.herbeoordelingen] == [(1, "zonder antwoord")]
    assert (late.nummer, late.vanaf) == (2, evaluation.vanaf + timedelta(weeks=4))
    assert ama.reassessment_opens(2, state).value == late.vanaf
    due = ama.reassessment_due(2, state).value
    assert due is not None
    assert due >= late.vanaf + timedelta(weeks=6)
    assert ama.reassessment_due(3, state).value == date(2027, 6, 3)


@pytest.mark.parametrize("first", [date(2022, 1, 3) + timedelta(days=30 * n) for n in range(12)])
def test_whoever_catches_up_on_one_catches_up_on_the_other(law: Law, first: date) -> None:
    """A reassessment rests on the report of its evaluation: both are made up for, or both make way for the next."""
    state = entered(
        law,
        start=first,
        overeenkomsten=[{**AGREED, "start": first}],
        plaats={"houder": KAAI, "sinds": first},
        combinaties=[],
        laatste_herbeoordeling=None,
        pop=None,
        laatste_evaluatie=None,
    )
    evaluation, reassessment = state.facts.inhalen, state.facts.herbeoordeling_inhalen
    assert (evaluation is None) is (reassessment is None)
    if reassessment is not None:
        due = ama.reassessment_due(reassessment.nummer, state).value
        following = ama.reassessment_opens(reassessment.nummer + 1, state).value
        assert due is not None
        assert following is not None
        assert due < following


@pytest.mark.parametrize(("last", "asked"), [(date(2027, 6, 2), False), (date(2027, 6, 3), True)])
def test_nobody_is_reassessed_who_leaves_before_the_anniversary(law: Law, last: date, asked: bool) -> None:
    """As no evaluation opens either; on the anniversary itself both do."""
    state = entered(law)
    planned = GeplandEinde(einde=last, oorzaak="op_vraag")
    state.facts = state.facts.model_copy(update={"gepland_einde": planned})
    keys = {each.key for each in ama_openings.openings(state)}
    assert ("herbeoordeling/3" in keys, "evaluatie/3" in keys) == (asked, asked)


def test_who_was_there_before_the_place_keeps_their_own_first_day(law: Law) -> None:
    """Since 2018, from before the terms of today are known; the place counts from its own day, also for the money."""
    since = {**AGREED, "start": "2018-10-08"}
    state = entered(law, start="2018-10-08", overeenkomsten=[since], laatste_herbeoordeling="2026-10-01")
    assert state.facts.eerste_dag == date(2018, 10, 8)
    assert [each.nummer for each in state.facts.herbeoordelingen] == [8]
    stand = AMABOEK.shown(state).ama
    assert stand is not None
    assert (stand.plaats_vanaf, stand.overeenkomsten[0].van) == (SINCE, date(2018, 10, 8))
    here = AMABOEK.shown(entered(law)).ama
    assert here is not None
    assert here.plaats_vanaf is None


def test_a_reassessment_in_the_window_of_now_is_asked_now(law: Law) -> None:
    """Due on the anniversary, as it would have been if it had been followed."""
    soon = {**AGREED, "start": "2025-11-24"}
    since = {**PLACED, "sinds": "2025-11-24"}
    never: dict[str, Any] = {"laatste_herbeoordeling": None, "laatste_evaluatie": None}
    state = entered(law, start="2025-11-24", overeenkomsten=[soon], plaats=since, pop=None, **never)
    keys = [each.key for each in ama_instap.owed(state, OP)]
    assert keys == ["evaluatie/1", "herbeoordeling/1", "pop"]
    assert ama.reassessment_due(1, state).value == date(2026, 11, 24)


def test_fewer_hours_than_are_asked_are_shown(law: Law) -> None:
    """All werkposten together; what runs is never refused."""
    half = {**AGREED, "uren_per_week": "6"}
    found = ama_instap.weighed(entered(law, overeenkomsten=[half]), OP)
    assert [each.rule for each in found] == ["ama.enough_hours"]
    assert not ama_instap.weighed(entered(law, overeenkomsten=[half, half]), OP)
    assert entered(law).facts.overeenkomsten[0].uren_per_week == Decimal(12)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("plaats.sinds", {"plaats": {**PLACED, "sinds": "2024-06-02", "beslist_op": None}}),
        ("plaats.sinds", {"plaats": {**PLACED, "sinds": "2026-11-10"}}),
        ("pop.geregistreerd_op", {"pop": {**POP, "geregistreerd_op": "2024-06-02"}}),
        ("laatste_herbeoordeling", {"laatste_herbeoordeling": "2026-11-10"}),
        ("combinaties.0.van", {"combinaties": [{"soort": "werk", "van": "2026-12-01"}]}),
    ],
)
def test_what_is_impossible_is_named_by_its_field(law: Law, field: str, changes: dict[str, Any]) -> None:
    """Before the start, or in the future."""
    assert field in [complaint.veld for complaint in ama_instap.complaints(told(**changes), law, OP)]


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("plaats is nodig bij ama_se", {"plaats": None}),
        ("beslist_op ligt na sinds", {"plaats": {**PLACED, "beslist_op": "2024-06-04"}}),
        ("tot ligt voor van", {"combinaties": [{"soort": "werk", "van": "2026-02-01", "tot": "2026-01-31"}]}),
        ("horen bij ama_se", {"soort": "arbeidsmatige_activiteiten"}),
    ],
)
def test_what_an_entry_cannot_say(said: str, changes: dict[str, Any]) -> None:
    """A place belongs to the social economy, and to nothing else."""
    with pytest.raises(ValidationError, match=said):
        told(**changes)


def contingent(plaatsen: int, van: str, tot: str | None = None) -> Contingent:
    row = {"houder": KAAI, "plaatsen": plaatsen, "geldig_van": van, "geldig_tot": tot, "bron": "x"}
    return Contingent.model_validate({**row, "status": "law"})


def period(van: str, tot: str | None = None) -> Periode:
    return Periode.model_validate({"van": van, "tot": tot})


TWO_THEN_ONE = [contingent(2, "2024-01-01"), contingent(1, "2025-01-01")]


@pytest.mark.parametrize(
    ("since", "held", "possible"),
    [
        pytest.param("2024-01-01", [], True, id="the first day of the contingent"),
        pytest.param("2023-12-31", [], False, id="the day before it"),
        pytest.param("2024-03-01", [period("2024-02-01")], True, id="the second of two"),
        pytest.param("2024-12-31", [period("2024-02-01")], True, id="cut the day after: kept"),
        pytest.param("2025-01-01", [period("2024-02-01")], False, id="on the day of the cut"),
        pytest.param(
            "2024-03-01", [period("2024-02-01"), period("2024-02-15")], False, id="the third of two"
        ),
        pytest.param("2024-03-01", [period("2024-02-01"), period("2024-03-01")], False, id="on the same day"),
        pytest.param(
            "2024-03-01",
            [period("2024-02-01"), period("2024-09-01")],
            False,
            id="before somebody who took it",
        ),
        pytest.param(
            "2024-03-01", [period("2024-02-01", "2024-02-29"), period("2024-09-01")], True, id="one had left"
        ),
        pytest.param(
            "2024-03-01", [period("2024-02-01", "2024-03-01"), period("2024-02-01")], False, id="not yet left"
        ),
    ],
)
def test_a_place_was_there_whenever_somebody_got_one(since: str, held: list[Periode], possible: bool) -> None:
    """A cut takes nothing away; an entry never makes a beginning that was counted one too many."""
    found = may_have_had(date.fromisoformat(since), held, TWO_THEN_ONE)
    assert found.value is possible
    assert found.article == "D2022 art. 33"


def test_a_refusal_names_the_day_that_was_full() -> None:
    """The day of the place itself is in the file already; another one is told."""
    mine = may_have_had(date(2023, 12, 31), [], TWO_THEN_ONE)
    assert mine.reden == "op de eerste dag van de plaats heeft dit maatwerkbedrijf geen contingent"
    later = may_have_had(date(2024, 3, 1), [period("2024-02-01"), period("2024-09-01")], TWO_THEN_ONE)
    assert later.reden == "op 01-09-2024 zijn van de 2 plaatsen er 2 bezet of beloofd"
