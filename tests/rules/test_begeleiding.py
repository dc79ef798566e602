"""The dates of accompanying somebody, on the days where calendars bite, and whatever is suspended."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.actie import Actie
from models.findings import Verdict
from models.law import Law
from models.verloop import Meting
from rules import begeleiding
from rules.begeleiding import SIX_POINTS
from rules.calendar import is_working_day
from tests.rules.cases import PACKAGE, STAGE, START, action, facts, rest
from tests.rules.examples import days as any_day

RESTED = (rest(date(2027, 1, 11), date(2027, 1, 18)),)
RESTING = (rest(date(2027, 1, 11)),)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def value(op: date, niveau: int = 2) -> Meting:
    """A value on the participatieladder."""
    return Meting(op=op, niveau=niveau)


@pytest.mark.parametrize(
    ("assigned", "rests", "talk", "told"),
    [
        pytest.param("2027-01-04", (), "2027-01-25", "2027-02-03", id="a plain day"),
        pytest.param("2026-12-24", (), "2027-01-18", "2027-01-25", id="over Christmas, up to a Saturday"),
        pytest.param("2027-04-01", (), "2027-04-22", "2027-05-03", id="up to the first of May"),
        pytest.param("2028-01-30", (), "2028-02-18", "2028-02-29", id="up to a leap day"),
        pytest.param("2027-01-04", RESTED, "2027-02-01", "2027-02-10", id="a week of rest moves both"),
        pytest.param("2027-01-18", RESTED, "2027-02-08", "2027-02-17", id="a rest before the assignment"),
        pytest.param("2027-01-04", RESTING, None, None, id="none while it rests without an end"),
    ],
)
def test_the_talk_and_the_six_points_count_from_the_assignment(
    law: Law, assigned: str, rests: tuple[Any, ...], talk: str | None, told: str | None
) -> None:
    """Fifteen working days and thirty days after the team is known; they rest with the case (art. 14 §2 2°)."""
    known = facts(*rests, toegewezen_op=day(assigned))
    found = begeleiding.first_talk_due(known, law), begeleiding.informing_due(known, law)
    assert [each.value for each in found] == [day(talk), day(told)]
    assert {each.article for each in found} == {"D2022 art. 14 §2 2°"}
    assert {each.status for each in found} == {"assumed"}


def test_without_an_assignment_they_count_from_the_start(law: Law) -> None:
    """A case from before the day of assignment was kept has a date, too."""
    assert begeleiding.first_talk_due(facts(), law).value == date(2027, 1, 25)
    assert begeleiding.informing_due(facts(), law).value == date(2027, 2, 3)


@pytest.mark.parametrize("told", [0, 1, 5, 6])
def test_of_the_six_points_the_others_are_still_to_tell(told: int) -> None:
    """Each of the six is told once, and the order is that of the decree."""
    known = facts(geinformeerd=dict.fromkeys(SIX_POINTS[:told], START))
    assert begeleiding.still_to_tell(known) == SIX_POINTS[told:]
    assert len(SIX_POINTS) == 6


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        pytest.param("2027-06-01", "2027-06-22", id="three weeks"),
        pytest.param("2027-04-30", "2027-05-25", id="over Ascension Day and Whit Monday"),
        pytest.param("2027-12-17", "2028-01-07", id="over new year, whose holidays are Saturdays"),
    ],
)
def test_a_provider_answers_in_fifteen_working_days(law: Law, opened: str, expected: str) -> None:
    """From the day after it is asked (art. 18)."""
    assert begeleiding.offer_due(date.fromisoformat(opened), law).value == day(expected)


@pytest.mark.parametrize(
    ("pakket", "first", "expected"),
    [
        pytest.param("integraal", "2027-07-05", "2028-01-04", id="six months"),
        pytest.param("integraal", "2027-08-31", "2028-02-29", id="six months to a leap day"),
        pytest.param("integraal", "2028-08-31", "2029-02-28", id="six months to a short February"),
        pytest.param("partieel", "2027-01-01", "2027-03-31", id="three months from new year"),
        pytest.param("partieel", "2027-11-30", "2028-02-29", id="three months to a leap day"),
        pytest.param("partieel", "2028-02-29", "2028-05-28", id="three months from a leap day"),
    ],
)
def test_a_package_lasts_its_months_from_its_own_first_talk(
    law: Law, pakket: str, first: str, expected: str
) -> None:
    """It counts its first day, and whatever rests: a package is the CAW's own (art. 15)."""
    stand = action(2, {**PACKAGE, "pakket": pakket}, pakket_vanaf=date.fromisoformat(first))
    found = begeleiding.package_end(stand, law)
    assert found.value == day(expected)
    assert [parameter.name for parameter in found.parameters] == [f"pakket.{pakket}"]


@pytest.mark.parametrize(
    ("end", "verdict"),
    [("2028-01-04", Verdict.OK), ("2028-01-03", Verdict.ZACHT), ("2028-06-01", Verdict.OK)],
)
def test_a_package_fits_up_to_the_last_day(law: Law, end: str, verdict: Verdict) -> None:
    """It may end with the trajectory; a day later asks for a reason, as a package is no law."""
    stand = action(2, PACKAGE, pakket_vanaf=date(2027, 7, 5))
    found = begeleiding.package_fits(stand, date.fromisoformat(end), law)
    assert (found.verdict, found.value) == (verdict, verdict is Verdict.OK)


@pytest.mark.parametrize(
    ("where", "verdict"),
    [("WG-BRUGGE-OOSTENDE", Verdict.OK), ("WG-GENT", Verdict.ZACHT), ("onbepaald", Verdict.ZACHT)],
)
def test_a_package_is_of_one_region(law: Law, where: str, verdict: Verdict) -> None:
    """Elsewhere, or where nobody knows, it asks for a reason."""
    assert begeleiding.package_region(where, START, law).verdict is verdict


@pytest.mark.parametrize(
    ("van", "tot", "verdict"),
    [
        pytest.param("2027-06-07", "2027-12-06", Verdict.OK, id="six months"),
        pytest.param("2027-06-07", "2027-12-07", Verdict.ZACHT, id="six months and a day"),
        pytest.param("2027-08-31", "2028-02-29", Verdict.OK, id="up to a leap day"),
        pytest.param("2027-08-31", "2028-03-01", Verdict.ZACHT, id="a day after a leap day"),
        pytest.param("2027-06-07", "2027-06-07", Verdict.OK, id="one day"),
    ],
)
def test_a_werkervaringsstage_lasts_six_months(law: Law, van: str, tot: str, verdict: Verdict) -> None:
    """A longer one asks for a reason."""
    found = begeleiding.stage_length(Actie.model_validate({**STAGE, "van": van, "tot": tot}), law)
    assert found is not None
    assert (found.verdict, found.value) == (verdict, verdict is Verdict.OK)


WORKPLACE: dict[str, Any] = STAGE["werkplek"]  # type: ignore[assignment]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"werkplek": None}, id="no workplace"),
        pytest.param({"werkplek": {**WORKPLACE, "werkervaringsstage": False}}, id="another workplace"),
        pytest.param({"van": None}, id="nobody knows from when"),
        pytest.param({"tot": None}, id="nobody knows until when"),
    ],
)
def test_what_is_no_stage_of_known_length_is_not_weighed(law: Law, changes: dict[str, Any]) -> None:
    """A rule with nothing to say says nothing."""
    long = {**STAGE, "tot": date(2029, 1, 1)}
    assert begeleiding.stage_length(Actie.model_validate(long), law) is not None
    assert begeleiding.stage_length(Actie.model_validate({**long, **changes}), law) is None


@pytest.mark.parametrize(
    ("since", "talk", "decision"),
    [
        ("2027-03-01", "2027-06-01", "2027-09-01"),
        ("2027-11-30", "2028-02-29", "2028-05-30"),
        ("2027-08-31", "2027-11-30", "2028-02-29"),
    ],
)
def test_a_long_rest_is_talked_about_and_decided(law: Law, since: str, talk: str, decision: str) -> None:
    """After three and after six months, on that very day; the sentence says that nothing stops by itself."""
    names = ("activering.opschorting_gesprek", "activering.opschorting_beslissing")
    found = [begeleiding.long_rest(date.fromisoformat(since), name, law) for name in names]
    assert [each.value for each in found] == [day(talk), day(decision)]
    assert all("niets stopt vanzelf" in each.reden for each in found)


@pytest.mark.parametrize(
    ("start", "month", "moment", "due"),
    [
        pytest.param("2027-01-04", 6, "2027-07-04", "2027-09-06", id="a Saturday rolls"),
        pytest.param("2027-08-31", 6, "2028-02-29", "2028-05-02", id="a leap day, and a Saturday of April"),
        pytest.param("2028-02-29", 12, "2029-02-28", "2029-04-30", id="a year after a leap day"),
    ],
)
def test_a_measurement_has_its_moment_and_its_window(
    law: Law, start: str, month: int, moment: str, due: str
) -> None:
    """So many months after the first start, due two months later."""
    known = facts(start=date.fromisoformat(start))
    assert begeleiding.measurement_moment(month, known, law).value == day(moment)
    found = begeleiding.measurement_due(month, known, law)
    expected = day(due)
    assert found.value == expected


@pytest.mark.parametrize(
    ("op", "counts"),
    [
        ("2027-05-03", False),
        ("2027-05-04", True),
        ("2027-07-04", True),
        ("2027-09-04", True),
        ("2027-09-05", False),
    ],
)
def test_a_value_counts_within_two_months_of_a_moment(law: Law, op: str, counts: bool) -> None:
    """On both sides of both borders of the window around 4 July 2027."""
    taken = value(date.fromisoformat(op))
    assert begeleiding.near(taken, date(2027, 7, 4), law, START) is counts
    asked = [*begeleiding.measurements_to_ask(facts(metingen=(taken,)), law)]
    assert asked == ([12] if counts else [6, 12])


def test_nothing_is_asked_twenty_four_or_sixty_months_later(law: Law) -> None:
    """Only at six and at twelve months is somebody asked (a registered value serves the later ones)."""
    assert [*begeleiding.measurements_to_ask(facts(), law)] == [6, 12]
    both = (value(date(2027, 7, 4)), value(date(2028, 1, 4)))
    assert [*begeleiding.measurements_to_ask(facts(metingen=both), law)] == []


@pytest.mark.parametrize(
    ("since", "first", "second"),
    [
        pytest.param("2027-01-31", "2027-03-01", "2027-04-30", id="28 February is a Sunday"),
        pytest.param("2028-01-31", "2028-02-29", "2028-05-02", id="a leap day, and a Sunday before 1 May"),
        pytest.param("2027-10-01", "2027-11-02", "2028-01-03", id="All Saints and new year"),
    ],
)
def test_aftercare_comes_after_one_and_three_months_of_work(
    law: Law, since: str, first: str, second: str
) -> None:
    """On a working day, so that somebody can be called."""
    found = [begeleiding.aftercare(n, date.fromisoformat(since), law) for n in (1, 2)]
    assert [each.value for each in found] == [day(first), day(second)]
    assert ["1 maanden" in found[0].reden, "3 maanden" in found[1].reden] == [True, True]


@pytest.mark.parametrize(("times", "verdict"), [(0, Verdict.OK), (1, Verdict.ZACHT), (2, Verdict.ZACHT)])
def test_another_casemanager_is_asked_once_without_a_reason(times: int, verdict: Verdict) -> None:
    """A second time is possible, and asks why."""
    assert begeleiding.asks_for_another(facts(andere_gevraagd=times)).verdict is verdict


@given(
    on=any_day, name=st.sampled_from(["activering.voorstel", "verdeelstaat.termijn", "overdracht.termijn"])
)
def test_a_deadline_to_act_is_a_working_day_after(law: Law, on: date, name: str) -> None:
    """Whatever day something is asked, there is a working day later on which it is due, with its parameter."""
    found = begeleiding.deadline(on, law.at(name, on), law, "Binnen {}.")
    assert found.value is not None
    assert found.value > on
    assert is_working_day(found.value, law)
    assert (found.parameters[0].name, found.parameters[0].value in found.reden) == (name, True)
