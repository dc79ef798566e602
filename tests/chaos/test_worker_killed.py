"""The worker is killed in the middle of its work and started again: nothing is lost and nothing comes twice."""

import random

import pytest

from tests.chaos.conftest import Setting, Undisturbed
from tests.chaos.record import assert_same
from tests.chaos.story import story

KILLS = 5


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_worker_killed_anywhere_leaves_the_same_record(
    on_scene: Setting, undisturbed: Undisturbed, seed: int
) -> None:
    """Killed before, at the commit of, and after its activities, the worker leaves what peace would have left."""
    async with on_scene() as scene:
        places = sorted({place for place in undisturbed.places if not place.startswith("team")})
        for place in random.Random(seed).sample(places, KILLS):
            scene.workers.at[place] = scene.workers.crash
        played = await scene.play(story())
        await scene.workers.finished()
        assert scene.workers.killed == KILLS
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_a_worker_killed_between_two_commits_of_one_activity(
    on_scene: Setting, undisturbed: Undisturbed
) -> None:
    """Rendered and not kept, kept and not told, told and not heard of: one document, one letter, one event each."""
    async with on_scene() as scene:
        for place in (
            "document_maken:kennismaking_tandem:commits",
            "stap_vastleggen:2:ends",
            "document_maken:trajectplan:ends",
            "stap_vastleggen:8:commits",
        ):
            scene.workers.at[place] = scene.workers.crash
        played = await scene.play(story())
        await scene.workers.finished()
        assert_same(scene.record(played.registered.reference), undisturbed.record)


async def test_a_worker_killed_while_time_passes(on_scene: Setting, undisturbed: Undisturbed) -> None:
    """A worker that is not there when a deadline comes climbs the ladder when it is back, once."""
    random_moments = random.Random(3)
    async with on_scene() as scene:

        async def sometimes() -> None:
            if random_moments.random() < 0.35:
                await scene.workers.kill()
                scene.later(random_moments.uniform(0.0, 0.5), scene.workers.start)

        played = await scene.play(story(), between=sometimes)
        assert scene.workers.killed > 1
        assert_same(scene.record(played.registered.reference), undisturbed.record)
