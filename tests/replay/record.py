"""Records the replay corpus anew: plays every story on a fresh engine and keeps the history of each run.

Run it as `.venv/bin/python -m tests.replay.record [STORY ...]`, look at the difference, and commit it.
"""

import asyncio
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import text
from temporalio.client import WorkflowHistory

from models.follow_up import Begonnen
from models.sweeps import Rondgang
from player.play import Between, Player
from player.stage import Stage, stage
from player.story import Story
from settings import Settings
from tests.replay.chain import runs
from tests.replay.stories import FAILING, STORIES

HISTORIES = Path(__file__).parent.parent / "histories"
ROUNDS = ("digest", "post")
SWEEPS = ("jaarlijkse-evaluaties", "dagelijkse-controle", "kwartaaloverzicht-ama-se")
WHERE_IT_RAN = ("identity", "workerVersion", "taskId", "requestId", "sdkMetadata", "stackTrace")
REPAIRED_ON = date(2027, 1, 7)
SWEPT_ON = date(2028, 4, 2)
BREAK = "CREATE TRIGGER stuk BEFORE INSERT ON documents BEGIN SELECT RAISE(ABORT, 'schijf vol'); END"
REPAIR = "DROP TRIGGER IF EXISTS stuk"


async def record(only: list[str]) -> None:
    """Plays the stories, all or those named, and replaces their histories."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(
            home=Path(home), activity_timeout_seconds=20, sticky_timeout_seconds=1, activity_attempts=3
        )
        async with stage(settings) as ready:
            for story in STORIES:
                if not only or file_name(story) in only:
                    await _record(ready, story)
            for kind in ROUNDS:
                if not only or kind in only:
                    await _record_round(ready, kind)
            for kind in SWEEPS:
                if not only or kind in only:
                    await _record_sweep(ready, kind)


async def _record(ready: Stage, story: Story) -> None:
    player = Player(ready, story)
    await player.play(_failing_disk(ready) if story.naam == FAILING else None)
    followed = {f"{file_name(story)}_{_told(each)}": each.workflow_id for each in player.followers.values()}
    for name, workflow_id in {file_name(story): player.workflow_id, **followed}.items():
        for old in HISTORIES.glob(f"{name}.*.json"):
            old.unlink()
        for number, history in enumerate(await runs(ready.client, workflow_id), start=1):
            _keep(f"{name}.{number}", history)


def _told(begun: Begonnen) -> str:
    """A kind, and of an evaluation which one."""
    number = begun.workflow_id.split("/")[2:]
    return "_".join([begun.soort, *number])


async def _record_round(ready: Stage, kind: str) -> None:
    """Keeps the first round of the post office, or of the digests, that a story ran."""
    found = [each.id async for each in ready.client.list_workflows(f"WorkflowType = '{kind}'")]
    _keep(f"{kind}.1", await ready.client.get_workflow_handle(min(found)).fetch_history())


async def _record_sweep(ready: Stage, kind: str) -> None:
    """Keeps one sweep over what the stories left in the record."""
    handle = await ready.client.start_workflow(
        kind, Rondgang(as_of=SWEPT_ON), id=f"{kind}-opname", task_queue=ready.settings.queues.buitenwereld
    )
    await handle.result()
    _keep(f"{kind}.1", await handle.fetch_history())


def _keep(name: str, history: WorkflowHistory) -> None:
    path = HISTORIES / f"{name}.json"
    told = _without(json.loads(history.to_json()))
    path.write_text(json.dumps(told, separators=(",", ":")) + "\n")
    print(f"{path.name}: {len(history.events)} events, {path.stat().st_size // 1024} kB", flush=True)


def _without(told: Any) -> Any:
    """A history without the worker and the machine it ran on: no replay looks at those."""
    if isinstance(told, dict):
        return {key: _without(each) for key, each in told.items() if key not in WHERE_IT_RAN}
    return [_without(each) for each in told] if isinstance(told, list) else told


def file_name(story: Story) -> str:
    """The name of a story as part of a file name."""
    return story.naam.replace(" ", "_")


def _failing_disk(ready: Stage) -> Between:
    """A record that takes no documents until a few days later."""
    _execute(ready, BREAK)

    async def repair_in_time(player: Player) -> None:
        if await player.today() >= REPAIRED_ON:
            _execute(ready, REPAIR)

    return repair_in_time


def _execute(ready: Stage, statement: str) -> None:
    with ready.collaborators.database.begin() as session:
        session.execute(text(statement))


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
