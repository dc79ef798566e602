"""The worker is killed in the middle of its work and started again: nothing is lost and nothing comes twice."""

import asyncio
import random

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.record import assert_same
from tests.chaos.story import story

SEED = 1
KILLS = 4
"""At places drawn by chance, besides those that are named."""
NAMED = (
    "document_maken:kennismaking_tandem:commits",
    "stap_vastleggen:2:ends",
    "document_maken:trajectplan:ends",
    "stap_vastleggen:8:commits",
)
"""Rendered and not kept, told and not heard of, kept and not heard of, told and not kept."""
OFTEN, AWAY = 0.35, 0.5


async def test_a_worker_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, undisturbed: Undisturbed
) -> None:
    """Killed before, at the commit of, and after its activities, the worker leaves what peace would have left."""
    others = {place for place in undisturbed.places if place not in NAMED and not place.startswith("team")}
    places = (*NAMED, *random.Random(SEED).sample(sorted(others), KILLS))
    async with on_scene() as scene:
        scene.workers.at |= dict.fromkeys(places, scene.workers.crash)
        played = await scene.play(story())
        assert scene.workers.killed == len(places)
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_a_worker_killed_while_time_passes(on_scene: Setting, undisturbed: Undisturbed) -> None:
    """A worker that is not there when a deadline comes climbs the ladder when it is back, once."""
    chance = random.Random(SEED)
    async with on_scene() as scene:
        back = asyncio.create_task(asyncio.sleep(0))

        async def later() -> None:
            await asyncio.sleep(chance.uniform(0.0, 0.5))
            await scene.workers.start()

        async def sometimes() -> None:
            nonlocal back
            if back.done() and chance.random() < OFTEN:
                await scene.workers.kill()
                back = scene.workers.do(later())

        played = await scene.play(story(), between=sometimes)
        assert scene.workers.killed > 1
        assert_same(scene.record(played.registered.reference), undisturbed.record)
