"""A checkpoint that is asked for while a document is being drawn up waits for it, and loses nothing meanwhile."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event

from activities.rendering import Templates
from engine import Engine
from models.actors import OPERATIES
from player.play import Player
from player.stage import Stage
from tests.checkpoint.held import HeldDocuments
from tests.checkpoint.played import Record, assert_same, left_behind, twin
from tests.checkpoint.test_played_twice import NUMBER
from tests.replay.chain import runs
from tests.replay.stories import plan, review, story
from worker import wall_clock, working

STORY = story("in vlucht", plan(), review("P2M28D", 1))
OF_THE_PLAN = ("trajectplan", "trajectplan_coordinator", "plan_kopie")
DOCUMENTS = ("kennismaking_tandem", *OF_THE_PLAN, "reviewverslag/1")


async def test_a_checkpoint_waits_for_a_document_in_flight(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """A run ends only when its document is there; a command that comes meanwhile is answered, and once."""
    number = NUMBER + next(tests_seen)
    undisturbed, one = await _played(engine, tmp_path, sqlite_template, number, checkpoint=False)
    disturbed, several = await _played(engine, tmp_path, sqlite_template, number, checkpoint=True)
    ordered_together = len(OF_THE_PLAN) - 1  # between these no run ends: the next one is begun at once
    assert (one, several) == (1, 1 + len(DOCUMENTS) - ordered_together)
    assert_same(undisturbed, disturbed)


async def _played(
    engine: Engine, home: Path, template: Path, number: int, *, checkpoint: bool
) -> tuple[Record, int]:
    name = "vlucht" if checkpoint else "stil"
    async with twin(engine, home, template, number, name, workers=False) as ready:
        documents = HeldDocuments(ready.collaborators.database, Templates(), wall_clock)
        documents.begun, documents.let_go = SimpleQueue(), Event()
        held = replace(ready, collaborators=replace(ready.collaborators, documents=documents))
        async with working(held.client, held.settings, held.collaborators):
            player = Player(held, STORY)
            meddling = asyncio.create_task(_meddle(held, player, documents, checkpoint))
            await player.play()
            await meddling
        return left_behind(held), len(await runs(held.client, player.workflow_id))


async def _meddle(stage: Stage, player: Player, documents: HeldDocuments, checkpoint: bool) -> None:
    """For each document: a checkpoint and a command while it is in flight, and only then its end."""
    for key in DOCUMENTS:
        assert await _begun(documents) == key
        handle = stage.client.get_workflow_handle(player.workflow_id)
        run = (await handle.describe()).run_id
        if checkpoint:
            await handle.signal("checkpoint")
        note = {"datum": str(await player.today()), "door": OPERATIES.model_dump(mode="json"), "nota": key}
        row = await player.command(f"cmd-{player.reference}-nota-{key}", "contactnota", note, key)
        assert row.status == "accepted"
        assert (await handle.describe()).run_id == run
        documents.let_go.set()


async def _begun(documents: HeldDocuments) -> str:
    while True:
        try:
            return documents.begun.get_nowait()
        except Empty:
            await asyncio.sleep(0.01)
