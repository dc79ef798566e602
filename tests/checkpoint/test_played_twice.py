"""The same story played in peace and with checkpoints at random moments leaves the same behind, to the byte."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from temporalio.worker import Worker

from engine import Engine
from player.play import Player
from player.stage import Stage
from player.story import Story
from tests.checkpoint.forgetful import Forgetful
from tests.checkpoint.played import Record, left_behind, twin
from tests.checkpoint.unrest import at_stops, restless
from tests.replay.chain import runs
from tests.replay.stories import STORIES, story, twelve_months
from worker import build_workers, connect

NUMBER = 900
"""Far from the numbers of other tests; the namespaces keep the twins apart."""
BY_NAME = {story.naam: story for story in STORIES}
PLAYED = [
    *(("heropend", 1), ("ongedaan", 2), ("rechtgezet", 3), ("twaalf maanden", 4)),
    *(("aangeboden", 5), ("verlengd", 6), ("toegeleid", 7)),
]


@pytest.mark.parametrize(("naam", "seed"), PLAYED)
async def test_checkpoints_change_nothing(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int], naam: str, seed: int
) -> None:
    """Events, duties, messages, mails and documents are those of the undisturbed story, whatever the moments."""
    number, told = NUMBER + next(tests_seen), BY_NAME[naam]
    undisturbed = await _in_peace(engine, tmp_path, sqlite_template, number, told)
    async with twin(engine, tmp_path, sqlite_template, number, "onrust") as ready:
        disturbed, unrest = await restless(ready, seed)
        player = Player(disturbed, told)
        await player.play(at_stops(unrest))
        chain = await runs(ready.client, player.workflow_id)
        assert len(chain) > len(told.stappen), f"{unrest.sent} checkpoints asked, {len(chain)} runs"
        assert_same(undisturbed, left_behind(ready))


async def test_a_run_that_forgets_is_seen(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """A workflow that loses as little as a climbed rung at a checkpoint does not pass for the same."""
    number, late = NUMBER + next(tests_seen), story("laat plan", tot="P3M5D")
    undisturbed = await _in_peace(engine, tmp_path, sqlite_template, number, late)
    async with twin(engine, tmp_path, sqlite_template, number, "vergeet", workers=False) as ready:
        async with AsyncExitStack() as stack:
            for each in await _forgetful_workers(ready):
                await stack.enter_async_context(each)
            disturbed, unrest = await restless(ready, 5)
            await Player(disturbed, late).play(at_stops(unrest, 1.0))
        assert left_behind(ready)["events"] != undisturbed["events"]


async def _forgetful_workers(stage: Stage) -> list[Worker]:
    """Production's workers, but for the one that tells the trajectories."""
    _, *others = build_workers(stage.client, stage.settings, stage.collaborators)
    forgetful = Worker(
        await connect(stage.engine.connect_config),
        task_queue=stage.settings.queues.trajecten,
        workflows=[Forgetful],
        activities=stage.collaborators.activities["trajecten"],
        activity_executor=ThreadPoolExecutor(4),
    )
    return [forgetful, *others]


async def _in_peace(engine: Engine, home: Path, template: Path, number: int, story: Story) -> Record:
    async with twin(engine, home, template, number, "rust") as ready:
        await Player(ready, story).play()
        return left_behind(ready)


def assert_same(was: Record, now: Record) -> None:
    """The same rows in every table, table by table so that a difference can be read."""
    for table, rows in was.items():
        assert rows, f"{table} is empty: there is nothing to compare"
        assert now[table] == rows, table


def test_the_twelve_months_are_among_the_stories() -> None:
    """The story of the demo is one of those that are disturbed."""
    assert twelve_months().naam in dict(PLAYED)
