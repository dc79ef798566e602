"""A command that is sent while nobody works: it is in the inbox, and it is done once."""

import asyncio
from contextlib import suppress

import pytest

from models.actors import OPERATIES
from models.messages import COMMAND_ID_PREFIX, Contactnota
from models.tables import InboxRow
from player.play import Played
from tests.chaos.conftest import Setting
from tests.chaos.scene import Scene
from tests.chaos.story import story

COMMAND = f"{COMMAND_ID_PREFIX}in-the-gap"
GONE_AFTER = 1.5
"""Seconds after which the sender gives up and is gone."""
DONE_WITHIN, LOOK_AGAIN = 60, 0.1


async def _sent_while_nobody_works(scene: Scene, workflow_id: str) -> InboxRow:
    """The worker is killed, and a command is tried once: nobody answers."""
    today = await scene.stage.clock.now(workflow_id)
    note = Contactnota(datum=today.date(), door=OPERATIES, nota="gebeld, niemand thuis")
    await scene.workers.kill()
    contents = note.model_dump(mode="json", exclude_none=True)
    row = scene.stage.collaborators.inbox.put(COMMAND, workflow_id, "contactnota", contents)
    with suppress(TimeoutError):
        async with asyncio.timeout(GONE_AFTER):
            return await scene.stage.relay.send(row)
    return row


async def _repeated(scene: Scene, row: InboxRow) -> InboxRow:
    """The relay repeats the command, twice at the same time, until its outcome is known."""
    assert row.status == "open"
    await asyncio.gather(scene.stage.relay.round(), scene.stage.relay.round())
    assert await scene.stage.relay.round() == 0
    return scene.stage.collaborators.inbox.put(COMMAND, row.workflow_id, row.command, row.payload)


async def _told(scene: Scene, played: Played) -> list[str]:
    """The events that the record has of the command, when all is told."""
    await scene.stage.clock.quiet([played.registered.workflow_id])
    timeline = scene.stage.collaborators.reading.tijdlijn(played.registered.reference)
    assert [line.seq for line in timeline] == list(range(1, len(timeline) + 1))
    return [line.soort for line in timeline if line.command_id == COMMAND]


async def _done_unheard(scene: Scene, played: Played) -> None:
    """Waits until the command was done, although nobody repeated it."""
    async with asyncio.timeout(DONE_WITHIN):
        while await _told(scene, played) != ["contactnota"]:
            await asyncio.sleep(LOOK_AGAIN)


async def test_a_command_that_the_server_lost_is_done_once(on_scene: Setting) -> None:
    """The sender is gone, and then the server: the Update went with it, its row did not, and the relay repeats it."""
    async with on_scene() as scene:
        played = await scene.play(story(1))
        row = await _sent_while_nobody_works(scene, played.registered.workflow_id)
        await scene.power_cut()
        await scene.workers.start()
        assert await _told(scene, played) == [], "the server should have lost it, else this proves nothing"
        settled = await _repeated(scene, row)
        assert (settled.status, settled.outcome and settled.outcome["command_id"]) == ("accepted", COMMAND)
        assert await _told(scene, played) == ["contactnota"]


@pytest.mark.parametrize("checkpoint", [False, True], ids=["same run", "next run"])
async def test_a_command_whose_sender_went_away_is_done_once(on_scene: Setting, checkpoint: bool) -> None:
    """It was done when the worker came back and nobody heard; the repeat hears the same, also from the next run."""
    async with on_scene() as scene:
        played = await scene.play(story(1))
        row = await _sent_while_nobody_works(scene, played.registered.workflow_id)
        await scene.workers.start()
        await _done_unheard(scene, played)
        if checkpoint:
            handle = scene.stage.client.get_workflow_handle(played.registered.workflow_id)
            await handle.signal("checkpoint")
            await scene.stage.clock.quiet([played.registered.workflow_id])
        settled = await _repeated(scene, row)
        assert (settled.status, settled.outcome and settled.outcome["command_id"]) == ("accepted", COMMAND)
        assert await _told(scene, played) == ["contactnota"]
