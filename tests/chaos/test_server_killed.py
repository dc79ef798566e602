"""The Temporal server is killed and started again: the trajectory goes on where it was."""

import asyncio
import functools
import random

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.record import assert_same
from tests.chaos.story import story

SEED = 1
KILLS = 8
OFTEN = 0.35


async def test_a_server_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, undisturbed: Undisturbed
) -> None:
    """Killed while activities begin, commit and end, the server goes on with what it had."""
    async with on_scene() as scene:
        places = random.Random(SEED).sample(sorted(set(undisturbed.places)), KILLS)
        scene.workers.at |= dict.fromkeys(places, scene.power_cut)
        played = await scene.play(story())
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_a_server_killed_while_time_passes(on_scene: Setting, undisturbed: Undisturbed) -> None:
    """The clock, the timer and the commands that were answered are still there after a power cut."""
    chance = random.Random(SEED)
    cuts = 0
    async with on_scene() as scene:

        async def later() -> None:
            await asyncio.sleep(chance.uniform(0.0, 0.2))
            await scene.power_cut()

        async def sometimes() -> None:
            nonlocal cuts
            if chance.random() < OFTEN:
                scene.workers.do(later())
                cuts += 1

        played = await scene.play(story(), between=sometimes)
        assert cuts > 1
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_both_killed_at_once(on_scene: Setting, undisturbed: Undisturbed) -> None:
    """A power cut takes worker and server together, in the middle of a projection and of a document."""
    async with on_scene() as scene:
        both = functools.partial(scene.power_cut, worker=True)
        scene.workers.at = {
            "stap_vastleggen:4:commits": both,
            "document_maken:reviewverslag/1:begins": both,
            "stap_vastleggen:14:ends": both,
        }
        played = await scene.play(story())
        assert_same(scene.record(played.registered.reference), undisturbed.record)
