"""The checks notice a trajectory that lost its thread, on the real engine: the simulation could have failed."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest_asyncio

from engine import Engine
from tests.simulation import checks
from tests.simulation.broken import BROKEN
from tests.simulation.conftest import BEGIN
from tests.simulation.plans import agree
from tests.simulation.scene import Dossier, Props, Scene, all_years, cheap_stage


@pytest_asyncio.fixture
async def broken_scene(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Scene]:
    """A scene whose worker knows the broken trajectories instead of the real ones."""
    stage = cheap_stage(engine, tmp_path, sqlite_template, next(tests_seen), Props(), workflows=BROKEN)
    async with stage as ready:
        yield Scene(ready, BEGIN, Props())


async def test_a_pump_that_dies_in_silence_is_noticed(broken_scene: Scene) -> None:
    """The engine sees a running workflow without a failing task; the history shows that no timer is left."""
    dossier = await broken_scene.request("44021", "pomp", kind="kapot_pomp")
    assert not await found(dossier), "it still pumps"
    await agree(broken_scene, dossier)
    await broken_scene.move([dossier], date(2030, 6, 1))
    life = await dossier.life()
    assert life.running
    assert not life.broken_tasks
    assert any("no timer is armed" in each or "nothing wakes" in each for each in await found(dossier))


async def test_a_forgotten_eindverslag_is_noticed(broken_scene: Scene) -> None:
    """A stopped trajectory that asks nobody for its end documents waits for nothing."""
    dossier = await broken_scene.request("44021", "eindverslag", kind="kapot_eindverslag")
    werk = await agree(broken_scene, dossier)
    assert not await found(dossier), "it still goes well"
    await dossier.send("stopzetten", werk, {"einde": "2030-04-01", "oorzaak": "op_vraag"})
    await dossier.settle()
    assert any("no duty is open and no timer is armed" in each for each in await found(dossier))


async def found(dossier: Dossier) -> list[str]:
    """What the checks find of how a trajectory waits."""
    life = await dossier.life()
    return [each for rest in life.rests for each in checks.at_rest(rest, all_years())]
