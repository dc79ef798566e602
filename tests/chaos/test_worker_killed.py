"""The worker is killed in the middle of its work and started again: nothing is lost and nothing comes twice."""

import asyncio
import random

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.places import SEED, kind_of, one_of_each
from tests.chaos.record import assert_same
from tests.chaos.story import story

KINDS = {
    "team_toewijzen",
    "stap_vastleggen",
    "document_maken",
    "wet_lezen",
    "digest_opstellen",
    "post_versturen",
}
OFTEN, AWAY = 0.15, 0.5


async def test_a_worker_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, undisturbed: Undisturbed
) -> None:
    """Killed before, at the commit of, and after each kind of activity, it leaves what peace would have left."""
    places = one_of_each(undisturbed.places)
    assert {kind_of(place) for place in places} == KINDS
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
            await asyncio.sleep(chance.uniform(0.0, AWAY))
            await scene.workers.start()

        async def sometimes() -> None:
            nonlocal back
            if back.done() and chance.random() < OFTEN:
                await scene.workers.kill()
                back = scene.workers.do(later())

        played = await scene.play(story(), between=sometimes)
        assert scene.workers.killed > 1
        assert_same(scene.record(played.registered.reference), undisturbed.record)
