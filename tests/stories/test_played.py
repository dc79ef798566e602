"""Whole trajectories on the real engine, in virtual time: what each story expects holds at its end."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.lines import TimelineLine
from player.expectations import Result
from player.performance import perform
from player.play import Show, StepRefused
from player.stage import Stage
from player.story import Story, Verwacht, read_story
from settings import ROOT

SHIPPED = sorted((ROOT / "data" / "verhalen").glob("*.yaml"))
OURS = sorted(Path(__file__).parent.glob("*.yaml"))

TWELVE_MONTHS_FROM_4_JANUARY_2027: dict[str, Any] = {
    "fase": "afgesloten",
    "einde": "2028-03-11",
    "opdrachten": {
        "trajectplan": {"tegen": "2027-03-30", "antwoord_op": "2027-02-19"},
        "review/1": {"tegen": "2027-04-05", "antwoord_op": "2027-04-01", "te_laat": "nee"},
        "review/2": {"tegen": "2027-07-05", "antwoord_op": "2027-08-14", "te_laat": "ja"},
        "hervatting/1": {"tegen": "2027-10-04", "antwoord_op": "2027-09-24", "te_laat": "nee"},
        "hervatting/1#2": {"tegen": "2027-11-05", "antwoord_op": "2027-10-29", "te_laat": "nee"},
        "review/3": {"tegen": "2027-12-10", "antwoord_op": "2027-12-05", "te_laat": "nee"},
        "eindverslag": {"tegen": "2028-04-10", "antwoord_op": "2028-03-16", "te_laat": "nee"},
    },
}
"""A suspension of 67 days moves the third review and the end; 29 March 2027 is Easter Monday."""


def silent(_story: Story) -> Show:
    """Nobody watches."""
    return lambda _line: None


async def play(stage: Stage, *stories: Story) -> list[Result]:
    """Plays stories together and requires that each goes as it says."""
    results = await perform(stage, stories, silent)
    assert [result.verschillen for result in results] == [() for _ in results]
    return results


async def test_the_shipped_stories_end_as_they_say(stage: Stage) -> None:
    """The stories of the demo begin today, whatever day that is, and are closed at their end."""
    results = await play(stage, *(read_story(path) for path in SHIPPED))
    assert {result.naam: result.fase for result in results} == dict.fromkeys(
        ("overlijden", "twaalf maanden"), "afgesloten"
    )


async def test_twelve_months_from_a_known_day(sqlite_stage: Stage) -> None:
    """Every date of the long story, worked out by hand."""
    story = read_story(ROOT / "data" / "verhalen" / "twaalf_maanden.yaml")
    expected = Verwacht.model_validate(TWELVE_MONTHS_FROM_4_JANUARY_2027)
    (result,) = await play(
        sqlite_stage, story.model_copy(update={"begin": date(2027, 1, 4), "verwacht": expected})
    )
    assert sum(duty.key.startswith("review/") for duty in result.opdrachten) == 3


async def test_several_dossiers_move_in_lock_step(sqlite_stage: Stage) -> None:
    """Undone death, stop, reopening, correction and extension, side by side in one record with one post."""
    results = await play(sqlite_stage, *(read_story(path) for path in OURS))
    for result in results:
        assert_in_order(result.tijdlijn)
    days = [(mail.recipient, mail.day) for mail in sqlite_stage.collaborators.reading.mails(limit=1000)]
    assert len(days) == len(set(days))


def assert_in_order(lines: tuple[TimelineLine, ...]) -> None:
    """Each event has its number, and the record heard of none before the one in front of it."""
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.ingevoerd_op for line in lines] == sorted(line.ingevoerd_op for line in lines)


async def test_a_refusal_nobody_expected_stops_the_story(sqlite_stage: Stage) -> None:
    """It names the story, the step and the reason."""
    story = read_story(ROOT / "data" / "verhalen" / "overlijden.yaml")
    refused = story.model_copy(update={"stappen": story.stappen[1:2]})
    with pytest.raises(StepRefused, match=r"overlijden, stap 1 \(overleden na P1W\): "):
        await perform(sqlite_stage, [refused], silent)


async def test_an_expected_refusal_that_does_not_come_stops_the_story(sqlite_stage: Stage) -> None:
    """A rule that no longer refuses is seen."""
    story = read_story(ROOT / "data" / "verhalen" / "overlijden.yaml")
    step = story.stappen[0].model_copy(update={"weigering": "harde_regel"})
    with pytest.raises(StepRefused, match="aanvaard, verwacht: harde_regel"):
        await perform(sqlite_stage, [story.model_copy(update={"stappen": (step,)})], silent)
