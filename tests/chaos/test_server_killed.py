"""The Temporal server is killed and started again, alone or with its worker: the trajectory goes on where it was."""

import asyncio
import functools
import random

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.places import SEED, one_of_each
from tests.chaos.record import assert_same
from tests.chaos.story import story

KILLS = 10
OFTEN = 0.15


async def test_a_server_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, undisturbed: Undisturbed
) -> None:
    """Killed while activities begin, commit and end, every second time with its worker, it goes on with what it had."""
    places = random.Random(SEED).sample(one_of_each(undisturbed.places), KILLS)
    async with on_scene() as scene:
        both = functools.partial(scene.power_cut, worker=True)
        scene.workers.at |= dict.fromkeys(places[::2], scene.power_cut) | dict.fromkeys(places[1::2], both)
        played = await scene.play(story())
        assert scene.workers.killed == len(places[1::2])
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
