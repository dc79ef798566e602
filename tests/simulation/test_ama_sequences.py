"""Random but valid sequences of commands, silence and time for AMA in both variants, with its yearly evaluations."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from tests.simulation.ama_cast import CASTS
from tests.simulation.conftest import TOGETHER
from tests.simulation.scene import Scene
from tests.simulation.sequence import WentWrong, World

FIRST_DAY = date(2029, 1, 8)


@pytest.fixture
def begin(seed: int, kind: str, ama: int) -> date:
    """Each world begins on a day of its own."""
    return FIRST_DAY + timedelta(days=Random(f"{seed}/{kind}/{ama}").randint(0, 300))


@pytest.mark.parametrize("kind", CASTS)
async def test_nobody_is_lost(
    scene: Scene, seed: int, kind: str, ama: int, became_of: dict[str, Counter[tuple[str, str]]]
) -> None:
    """Whatever people do and whatever they leave, everything that must hold holds after every step."""
    world = World(scene, f"{seed}/{kind}/{ama}", became_of[kind], CASTS[kind])
    try:
        await world.play(TOGETHER)
    except WentWrong as wrong:
        many = (ama + 1) * TOGETHER * len(CASTS)
        command = f"pytest tests/simulation/test_ama_sequences.py --zaad {seed} --reeksen {many}"
        pytest.fail(f"{wrong}\n\nRepeat with: {command} -k '[{ama}-{kind}]'", pytrace=False)
