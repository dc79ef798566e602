"""A first day of AMA: never beside the other kind, and in welfare policy only with a recognition (art. 28-30)."""

from datetime import date

import pytest

from models.ama_stand import Variant
from models.ama_verloop import Periode
from models.findings import Verdict
from models.toeleiding import AnderTraject
from rules.ama_begin import not_with_the_other, objections, recognised

START = date(2028, 3, 1)
SINCE = date(2026, 5, 4)
ALWAYS = (Periode(van=date(2024, 1, 1)),)


def running(soort: str, tot: date | None = None) -> AnderTraject:
    return AnderTraject.model_validate({"soort": soort, "van": SINCE, "tot": tot})


@pytest.mark.parametrize(("variant", "other"), [("wvg", "ama_se"), ("se", "arbeidsmatige_activiteiten")])
@pytest.mark.parametrize(
    ("last_day", "stands"),
    [
        pytest.param(None, True, id="no last day"),
        pytest.param(date(2028, 2, 29), False, id="leap day, the day before"),
        pytest.param(START, True, id="the same day"),
        pytest.param(date(2028, 6, 30), True, id="later"),
    ],
)
def test_the_other_kind_has_ended_the_day_before(
    variant: Variant, other: str, last_day: date | None, stands: bool
) -> None:
    """Nobody has a day in both; the finding is hard and names the last day that is needed."""
    found = list(not_with_the_other(START, variant, [running(other, last_day)]))
    assert bool(found) is stands
    for each in found:
        assert (each.value, each.verdict, each.article) == (
            date(2028, 2, 29),
            Verdict.HARD,
            "D2022 art. 28-29",
        )
        assert "29-02-2028" in each.reden


@pytest.mark.parametrize(
    ("last_day", "stands"),
    [(date(2026, 5, 3), False), (SINCE, True), (date(2026, 5, 5), True), (None, True)],
)
def test_what_has_a_last_day_may_have_come_before_the_other(last_day: date | None, stands: bool) -> None:
    """The day before the first of the other kind is the latest; the finding names it where there is a last day."""
    found = list(not_with_the_other(date(2026, 4, 1), "wvg", [running("ama_se")], last_day))
    assert bool(found) is stands
    for each in found:
        needed = date(2026, 5, 3) if last_day else date(2026, 3, 31)
        assert (each.value, each.verdict, each.article) == (needed, Verdict.HARD, "D2022 art. 28-29")


@pytest.mark.parametrize("other", ["activeringstraject", "arbeidsmatige_activiteiten"])
def test_what_is_not_the_other_kind_stands_in_no_way(other: str) -> None:
    """An activeringstraject may run beside, and a second of the same kind is the register's to refuse."""
    assert not list(not_with_the_other(START, "wvg", [running(other)]))


@pytest.mark.parametrize(
    ("periods", "needed"),
    [
        pytest.param((Periode(van=START),), "begins", id="from that day"),
        pytest.param((Periode(van=SINCE, tot=START),), "begins", id="until that day"),
        pytest.param((Periode(van=SINCE, tot=date(2028, 2, 29)),), None, id="lost the day before"),
        pytest.param((Periode(van=date(2028, 3, 2)),), date(2028, 3, 2), id="not yet"),
        pytest.param(
            (Periode(van=SINCE, tot=date(2027, 12, 31)), Periode(van=date(2028, 4, 1))),
            date(2028, 4, 1),
            id="renewed late",
        ),
        pytest.param((), None, id="never"),
    ],
)
def test_who_accompanies_is_recognised_on_the_first_day(
    periods: tuple[Periode, ...], needed: date | str | None
) -> None:
    """A new start asks a recognition that covers it; the finding names the day from which it can be."""
    found = list(recognised(START, periods))
    if needed == "begins":
        assert not found
    else:
        assert [(each.value, each.verdict, each.article) for each in found] == [
            (needed, Verdict.HARD, "D2022 art. 30")
        ]


def test_in_the_social_economy_no_recognition_is_asked() -> None:
    """There it is the contingent that decides; what stands in the way of WVG is all told at once."""
    assert not list(objections(START, "se", [], ()))
    both = [each.rule for each in objections(START, "wvg", [running("ama_se")], ())]
    assert both == ["ama_begin.not_with_the_other", "ama_begin.recognised"]
    assert not list(objections(START, "wvg", [], ALWAYS))
