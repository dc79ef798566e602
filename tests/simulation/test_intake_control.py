"""The checks notice an intake that lost its thread, on the real engine: the simulation could have failed."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest_asyncio

from engine import Engine
from models.aanvraag import Aanvraag
from models.actors import OPERATIES
from tests.simulation import checks, intake_checks
from tests.simulation.conftest import BEGIN
from tests.simulation.intake_broken import BROKEN
from tests.simulation.intake_cast import request_of, sent_to_gbo
from tests.simulation.intake_moves import CONTENTS
from tests.simulation.scene import Dossier, Props, Scene, all_years, cheap_stage

SCREENED = {"opdracht": "screening"} | dict.fromkeys(
    ("doet_en_wil", "sterktes", "hindernissen", "hulp", "advies"), "Besproken."
)


@pytest_asyncio.fixture
async def broken_scene(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Scene]:
    """A scene whose worker knows the broken trajectories instead of the real ones."""
    stage = cheap_stage(engine, tmp_path, sqlite_template, next(tests_seen), Props(), workflows=BROKEN)
    async with stage as ready:
        yield Scene(ready, BEGIN, Props())


async def test_a_forgotten_decision_is_noticed(broken_scene: Scene) -> None:
    """A screened request that VDAB is not asked to decide about waits for nobody."""
    aanvraag = Aanvraag.model_validate(request_of(broken_scene, "44021", "vergeten", inhoud=CONTENTS))
    dossier = await broken_scene.admit(broken_scene.register(aanvraag), kind="kapot_beslissing")
    assert not await waits_wrongly(dossier), "it still goes well"
    await sent(dossier, "screening_vastleggen", SCREENED)
    assert any("no duty is open and no timer is armed" in each for each in await waits_wrongly(dossier))


async def test_a_forgotten_erasure_is_noticed(broken_scene: Scene) -> None:
    """An ended onthaaltraject that arms no timer would be kept for ever."""
    dossier = await broken_scene.admit(sent_to_gbo(broken_scene, "44021", "wissen"), kind="kapot_wissen")
    assert not await waits_wrongly(dossier), "it still goes well"
    await sent(dossier, "contact_weigeren", {})
    assert any("no timer is armed for it" in each for each in await waits_wrongly(dossier))
    await broken_scene.move([dossier], BEGIN + timedelta(days=400))
    await sent(dossier, "contactnota", {"nota": "Nog altijd niet gewist."})
    assert any("it should have been erased" in each for each in await waits_wrongly(dossier))


async def test_an_access_that_goes_on_is_noticed(broken_scene: Scene) -> None:
    """A kernpartner that gave back, and still has access while the next one is asked."""
    dossier = await broken_scene.admit(sent_to_gbo(broken_scene, "44021", "toegang"), kind="kapot_doorgeven")
    await sent(dossier, "ontvangst_teruggeven", {"opdracht": "ontvangst", "oorzaak": "geen_plaats"})
    await broken_scene.move([dossier], date(2030, 3, 6))
    await dossier.checkpoint()
    await dossier.settle()
    assert list(intake_checks.access_not_ended(await dossier.life())) == ["ORG-CAW-LEIE still has access"]


async def sent(dossier: Dossier, name: str, payload: dict[str, str]) -> None:
    """Operations send a command that must go through."""
    row = await dossier.send(name, OPERATIES, payload)
    assert row.status == "accepted", dossier.told
    await dossier.settle()


async def waits_wrongly(dossier: Dossier) -> list[str]:
    """What the checks find of how a trajectory waits."""
    rests = (await dossier.life()).rests
    alike = [each for rest in rests for each in checks.at_rest(rest, all_years())]
    return alike + [each for rest in rests for each in intake_checks.of_onthaal(rest)]
