"""Arbeidsmatige activiteiten over years, in virtual time: five of them, and the ones that end with a pension."""

from datetime import date
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType

from player.expectations import Result
from player.stage import Stage
from player.story import read_story
from tests.counted import COUNTED
from tests.replay.chain import runs
from tests.stories.test_played import assert_in_order, play

STORIES = Path(__file__).parent / "ama"
EVENTS_A_YEAR = 250
"""The aim for one AMA year, its evaluation included; the year with the most in it stays below the next."""
EVENTS_IN_THE_BUSIEST = 300
OF_THE_CLOCK = (
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
)


async def played(stage: Stage, *stems: str) -> list[Result]:
    """The stories with these names, played together, each as it says."""
    results = await play(stage, *(read_story(STORIES / f"{stem}.yaml") for stem in stems))
    for result in results:
        assert_in_order(result.tijdlijn)
    return results


async def events_of_runs(stage: Stage, workflow_id: str) -> list[int]:
    """How many events each run has, without what only a virtual clock writes into a history."""
    return [
        sum(event.event_type not in OF_THE_CLOCK for event in each.events)
        for each in await runs(stage.client, workflow_id)
    ]


async def test_five_years_stay_cheap(sqlite_stage: Stage, request: pytest.FixtureRequest) -> None:
    """A recognition renewed late gives one first day back and ends nothing; each AMA year is a run of its own."""
    (result,) = await played(sqlite_stage, "vijf_jaar")
    years = await events_of_runs(sqlite_stage, result.workflow_id)
    evaluations = [sum(await events_of_runs(sqlite_stage, held.workflow_id)) for held in result.vervolg]
    request.config.stash.setdefault(COUNTED, []).extend(
        f"events in AMA year {n}: {mine:>4} of the AMA, {its:>4} of its evaluation"
        for n, (mine, its) in enumerate(zip(years, evaluations, strict=False), start=1)
    )
    assert (len(years), len(evaluations)) == (6, 5)
    assert (sum(years) + sum(evaluations)) / len(evaluations) <= EVENTS_A_YEAR
    assert (
        max(years) <= EVENTS_IN_THE_BUSIEST
    )  # a first day given back, a werkpost more, a permission renewed
    given_back = [line for line in result.tijdlijn if line.soort == "start-teruggegeven"]
    assert [line.datum for line in given_back] == [date(2029, 2, 5)]
    assert "erken" in given_back[0].tekst
    assert not [line for line in result.tijdlijn if line.soort == "toestemmingen-te-bekijken"]


async def test_a_pension_ends_it_the_day_before(sqlite_stage: Stage) -> None:
    """Announced two years ahead, talked about half a year ahead, planned by a human; then a first day asks a reason."""
    results = await played(sqlite_stage, "pensioen", "geboren_1960", "geboren_1959")
    announced = [[line.datum for line in result.tijdlijn if line.soort == "pensioen"] for result in results]
    assert announced == [[date(2027, 8, 1)], [date(2027, 3, 15)], []]
    asked = [duty.opened_on for result in results for duty in result.opdrachten if duty.key == "wat_daarna"]
    assert asked == [date(2029, 2, 1), date(2027, 3, 15)]
