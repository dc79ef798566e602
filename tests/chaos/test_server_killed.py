"""The Temporal server is killed and started again: the trajectory goes on where it was."""

import random

import pytest

from engine import Engine
from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.record import assert_same
from tests.chaos.story import story

KILLS = 8


@pytest.mark.parametrize("seed", [1])
async def test_a_server_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, mortal_engine: Engine, undisturbed: Undisturbed, seed: int
) -> None:
    """Killed while activities begin, commit and end, the server goes on with what it had."""

    async def power_cut() -> None:
        await mortal_engine.kill_server()
        await mortal_engine.restart_server()

    async with on_scene() as scene:
        places = sorted({place for place in undisturbed.places if not place.startswith("team")})
        for place in random.Random(seed).sample(places, KILLS):
            scene.workers.at[place] = power_cut
        played = await scene.play(story())
        await scene.workers.finished()
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_a_server_killed_while_time_passes(
    on_scene: Setting, mortal_engine: Engine, undisturbed: Undisturbed
) -> None:
    """The clock, the timer and the commands that were answered are still there after a power cut."""
    random_moments = random.Random(4)
    async with on_scene() as scene:

        async def sometimes() -> None:
            if random_moments.random() < 0.35:
                scene.later(random_moments.uniform(0.0, 0.2), power_cut)

        async def power_cut() -> None:
            await mortal_engine.kill_server()
            await mortal_engine.restart_server()

        played = await scene.play(story(), between=sometimes)
        await scene.workers.finished()
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_both_killed_at_once(
    on_scene: Setting, mortal_engine: Engine, undisturbed: Undisturbed
) -> None:
    """A power cut takes worker and server together, in the middle of a projection and of a document."""
    async with on_scene() as scene:

        async def power_cut() -> None:
            await mortal_engine.kill_server()
            await scene.workers.kill()
            await mortal_engine.restart_server()
            await scene.workers.start()

        for place in (
            "stap_vastleggen:4:commits",
            "document_maken:reviewverslag/1:begins",
            "stap_vastleggen:14:ends",
        ):
            scene.workers.at[place] = power_cut
        played = await scene.play(story())
        await scene.workers.finished()
        assert_same(scene.record(played.registered.reference), undisturbed.record)
