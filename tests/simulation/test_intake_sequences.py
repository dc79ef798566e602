"""Random but valid sequences of commands, silence and time for the toeleiding and the onthaaltraject."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from models.commands import OF_KIND
from tests.simulation.conftest import INTAKE_SEQUENCES, TOGETHER
from tests.simulation.intake_cast import CASTS
from tests.simulation.scene import Scene
from tests.simulation.sequence import FIRST_DAYS, SEEN, WentWrong, World

ALL_OF_IT = "a whole world"
PHASES = {
    "toeleiding": {"aanvullen", "screening", "beslissing", "beslist", "ingetrokken", "zonder_betrokkene"},
    "onthaaltraject": {"routering", "doorgifte", "kennismaking", "onthaal", "beeindigd", "zonder_betrokkene"},
}


@pytest.fixture
def begin(seed: int, kind: str, intake: int) -> date:
    """Each world begins on a day of its own."""
    first, last = FIRST_DAYS
    return first + timedelta(days=Random(f"{seed}/{kind}/{intake}").randint(0, (last - first).days))


@pytest.mark.parametrize("kind", CASTS)
async def test_nobody_is_lost(
    scene: Scene, seed: int, kind: str, intake: int, became_of: dict[str, Counter[tuple[str, str]]]
) -> None:
    """Whatever people do and whatever they leave, everything that must hold holds after every step."""
    became = became_of[kind]
    world = World(scene, f"{seed}/{kind}/{intake}", became, CASTS[kind])
    try:
        await world.play(TOGETHER)
    except WentWrong as wrong:
        many = (intake + 1) * TOGETHER * len(CASTS)
        command = f"pytest tests/simulation/test_intake_sequences.py --zaad {seed} --reeksen {many}"
        pytest.fail(f"{wrong}\n\nRepeat with: {command} -k '[{intake}-{kind}]'", pytrace=False)
    became[ALL_OF_IT, SEEN] += 1


@pytest.mark.parametrize("kind", CASTS)
def test_every_command_was_accepted_and_refused(
    kind: str, became_of: dict[str, Counter[tuple[str, str]]], intake_worlds: int
) -> None:
    """The sequences reach what they are meant to reach."""
    became = became_of[kind]
    if intake_worlds * TOGETHER * len(CASTS) < INTAKE_SEQUENCES or became[ALL_OF_IT, SEEN] < intake_worlds:
        pytest.skip(f"this process did not play all of {INTAKE_SEQUENCES} sequences before")
    assert [name for name in OF_KIND[kind] if not became[name, "accepted"]] == []
    assert PHASES[kind] <= {fase for fase, status in became if status == SEEN}
    assert sum(count for (_, status), count in became.items() if status == "refused") > intake_worlds
