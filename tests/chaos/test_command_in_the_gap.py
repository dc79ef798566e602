"""A command that is sent while nobody works: it is in the inbox, and it is done once."""

import pytest

from engine import Engine
from models.actors import OPERATIES
from models.messages import COMMAND_ID_PREFIX, Contactnota
from models.tables import InboxRow
from tests.chaos.conftest import Setting
from tests.chaos.scene import Scene
from tests.chaos.story import story

COMMAND = f"{COMMAND_ID_PREFIX}in-the-gap"
TRIES = 10


async def _sent_while_nobody_works(scene: Scene, workflow_id: str) -> InboxRow:
    """The worker is killed, and a command is tried once: nobody answers."""
    today = await scene.stage.clock.now(workflow_id)
    note = Contactnota(datum=today.date(), door=OPERATIES, nota="gebeld, niemand thuis")
    await scene.workers.kill()
    contents = note.model_dump(mode="json", exclude_none=True)
    row = scene.stage.collaborators.inbox.put(COMMAND, workflow_id, "contactnota", contents)
    return await scene.stage.relay.send(row)


async def _repeated(scene: Scene, row: InboxRow) -> InboxRow:
    """The relay repeats the command until its outcome is known, and once more."""
    for _ in range(TRIES):
        row = await scene.stage.relay.send(row)
        if row.status != "open":
            break
    found = scene.stage.collaborators.inbox.get(COMMAND)
    assert found is not None
    return found


@pytest.mark.parametrize("power_cut", [True, False], ids=["server restarted", "worker restarted"])
async def test_a_command_sent_while_nobody_worked_is_done_once(
    on_scene: Setting, mortal_engine: Engine, power_cut: bool
) -> None:
    """Whether the engine lost the Update or kept it, the repeated command is done exactly once."""
    async with on_scene() as scene:
        played = await scene.play(story(1))
        row = await _sent_while_nobody_works(scene, played.registered.workflow_id)
        assert row.status == "open"
        if power_cut:
            await mortal_engine.kill_server()
            await mortal_engine.restart_server()
        await scene.workers.start()
        settled = await _repeated(scene, row)
        assert (settled.status, settled.outcome and settled.outcome["command_id"]) == ("accepted", COMMAND)
        await scene.stage.clock.quiet([played.registered.workflow_id])
        timeline = scene.stage.collaborators.reading.tijdlijn(played.registered.reference)
        assert [line.soort for line in timeline if line.command_id == COMMAND] == ["contactnota"]
        assert [line.seq for line in timeline] == list(range(1, len(timeline) + 1))
