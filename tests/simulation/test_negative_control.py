"""The checks notice a trajectory that lost its thread, on the real engine: the simulation could have failed."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest_asyncio

from engine import Engine
from models.errors import Refusal
from tests.simulation import ama_checks, checks
from tests.simulation.ama_cast import BEGELEIDER, GHENT, welfare
from tests.simulation.ama_file import ONE_DAY
from tests.simulation.ama_known import ama_known
from tests.simulation.ama_mistakes import ASKED
from tests.simulation.ama_oracle import refusal
from tests.simulation.broken import BROKEN
from tests.simulation.chance import Move
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


async def test_a_beginning_without_permission_is_noticed(broken_scene: Scene) -> None:
    """An AMA that asks no rule signs what it should refuse, and begins: what was foretold and the check both say so."""
    dossier = await welfare(broken_scene, GHENT, "lang geleden", kind="kapot_ama")
    life = await dossier.life()
    known = ama_known(life, dossier.today, dossier)
    assert known.file.missing_on(dossier.today), "somebody must permit it"
    agreed = ASKED["overeenkomst_sluiten"] | {"opdracht": "overeenkomst", "start": str(dossier.today)}
    for key in [key for key, duty in life.duties.items() if duty.live]:
        no = {"opdracht": key, "antwoord": "toelating", "vanaf": str(dossier.today + ONE_DAY)}
        await dossier.send("toestemming_melden", BEGELEIDER, no)
        await dossier.settle()
    known = ama_known(await dossier.life(), dossier.today, dossier)
    assert refusal(Move("overeenkomst_sluiten", BEGELEIDER, agreed), known) is Refusal.HARDE_REGEL
    row = await dossier.send("overeenkomst_sluiten", BEGELEIDER, agreed)
    assert row.status == "accepted"
    await dossier.settle()
    assert any("without the permission" in each for each in ama_checks.of_ama_life(await dossier.life()))


async def found(dossier: Dossier) -> list[str]:
    """What the checks find of how a trajectory waits."""
    life = await dossier.life()
    return [each for rest in life.rests for each in checks.at_rest(rest, all_years())]
