"""The same story played in peace and with checkpoints at random moments leaves the same behind, to the byte."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from temporalio.worker import Worker

from engine import Engine
from player.play import Player, play_together
from player.stage import Stage
from player.story import Story
from tests.checkpoint.ama_told import ACCOMPANIED, IN_LINE, JUST_BEGUN
from tests.checkpoint.forgetful import Forgetful, ForgetfulAma
from tests.checkpoint.played import assert_same, in_peace, left_behind, twin
from tests.checkpoint.unrest import at_stops, restless
from tests.replay.chain import runs
from tests.replay.stories import STORIES, story, twelve_months
from worker import build_workers, connect

NUMBER = 900
"""Far from the numbers of other tests; the namespaces keep the twins apart."""
BY_NAME = {story.naam: story for story in (*STORIES, ACCOMPANIED)}
PLAYED = [
    *(("heropend", 1), ("ongedaan", 2), ("rechtgezet", 3), ("twaalf maanden", 4)),
    *(("aangeboden", 5), ("toegeleid", 7), (ACCOMPANIED.naam, 8)),
]
FILLED = {ACCOMPANIED.naam: ("toestemmingen",)}
"""What an AMA leaves besides; elsewhere it is the team."""


@pytest.mark.parametrize(("naam", "seed"), PLAYED)
async def test_checkpoints_change_nothing(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int], naam: str, seed: int
) -> None:
    """Events, duties, messages, mails and documents are those of the undisturbed story, whatever the moments."""
    number, told = NUMBER + next(tests_seen), BY_NAME[naam]
    undisturbed = await in_peace(engine, tmp_path, sqlite_template, number, told)
    async with twin(engine, tmp_path, sqlite_template, number, "onrust") as ready:
        disturbed, unrest = await restless(ready, seed)
        player = Player(disturbed, told)
        await player.play(at_stops(unrest))
        chains = [len(await runs(ready.client, each)) for each in player.workflow_ids]
        assert sum(chains) > len(told.stappen), f"{unrest.sent} checkpoints asked, {chains} runs"
        assert min(chains) > 1
        assert_same(undisturbed, left_behind(ready), *FILLED.get(naam, ("mini_team",)))


async def test_checkpoints_lose_no_place_in_line(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """Who waits hears in whatever run that a place is free; each place is asked, taken and given back once."""
    number = NUMBER + next(tests_seen)
    undisturbed = await in_peace(engine, tmp_path, sqlite_template, number, *IN_LINE)
    async with twin(engine, tmp_path, sqlite_template, number, "onrust") as ready:
        disturbed, unrest = await restless(ready, 9)
        players = [Player(disturbed, each) for each in IN_LINE]
        await play_together(disturbed, players, at_stops(unrest, 0.25))
        for player in players:
            (placed,) = player.of_kind("ama_se")
            assert len(await runs(ready.client, placed)) > len(player.story.stappen)
        assert_same(undisturbed, left_behind(ready), "contingent_places")


FORGET = [
    pytest.param(story("laat plan", tot="P3M5D"), Forgetful, id="a climbed rung"),
    pytest.param(JUST_BEGUN, ForgetfulAma, id="permissions in order"),
]


@pytest.mark.parametrize(("told", "forgetful"), FORGET)
async def test_a_run_that_forgets_is_seen(
    engine: Engine,
    tmp_path: Path,
    sqlite_template: Path,
    tests_seen: Iterator[int],
    told: Story,
    forgetful: type,
) -> None:
    """A workflow that loses something small at a checkpoint does not pass for the same."""
    number = NUMBER + next(tests_seen)
    undisturbed = await in_peace(engine, tmp_path, sqlite_template, number, told)
    async with twin(engine, tmp_path, sqlite_template, number, "vergeet", workers=False) as ready:
        async with AsyncExitStack() as stack:
            for each in await _workers_with(forgetful, ready):
                await stack.enter_async_context(each)
            disturbed, unrest = await restless(ready, 5)
            await Player(disturbed, told).play(at_stops(unrest, 1.0))
        assert left_behind(ready)["events"] != undisturbed["events"]


async def _workers_with(forgetful: type, stage: Stage) -> list[Worker]:
    """Production's workers, but for the one that tells the trajectories."""
    _, *others = build_workers(stage.client, stage.settings, stage.collaborators)
    telling = Worker(
        await connect(stage.engine.connect_config),
        task_queue=stage.settings.queues.trajecten,
        workflows=[forgetful],
        activities=stage.collaborators.activities["trajecten"],
        activity_executor=ThreadPoolExecutor(4),
    )
    return [telling, *others]


def test_the_twelve_months_are_among_the_stories() -> None:
    """The story of the demo is one of those that are disturbed."""
    assert twelve_months().naam in dict(PLAYED)
