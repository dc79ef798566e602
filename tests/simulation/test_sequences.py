"""Random but valid sequences of commands, silence and time on the real engine."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from models.messages import COMMANDS
from tests.simulation.conftest import SEQUENCES, TOGETHER
from tests.simulation.known import AFTER, GUIDED
from tests.simulation.scene import Scene
from tests.simulation.sequence import FIRST_DAYS, SEEN, WentWrong, World

PHASES = {*GUIDED, *AFTER, "toewijzing", "zonder_betrokkene"}
NEEDS_A_FAILURE = {"herstel_beslissen"}
COMMANDS_A_SEQUENCE = 8
"""At the least, on average; about twelve are sent."""


@pytest.fixture
def begin(seed: int, world: int) -> date:
    """Each world begins on a day of its own."""
    first, last = FIRST_DAYS
    return first + timedelta(days=Random(f"{seed}/{world}").randint(0, (last - first).days))


async def test_no_trajectory_loses_its_thread(
    scene: Scene, seed: int, world: int, became: Counter[tuple[str, str]]
) -> None:
    """Whatever people do and whatever they leave, everything that must hold holds after every step."""
    told = await played(World(scene, f"{seed}/{world}", became))
    command = f"pytest tests/simulation/test_sequences.py --zaad {seed} --reeksen {(world + 1) * TOGETHER}"
    if told:
        pytest.fail(f"{told}\n\nRepeat with: {command} -k '[{world}]'", pytrace=False)


async def played(world: World) -> str:
    """What went wrong, and nothing when all went well."""
    try:
        await world.play(TOGETHER)
    except WentWrong as wrong:
        return str(wrong)
    return ""


def test_every_command_was_accepted_and_refused(became: Counter[tuple[str, str]]) -> None:
    """The sequences reach what they are meant to reach."""
    sent = sum(count for (_, status), count in became.items() if status != SEEN)
    if sent < COMMANDS_A_SEQUENCE * SEQUENCES:
        pytest.skip(f"this process did not play all of {SEQUENCES} sequences before")
    never = [name for name in COMMANDS if not became[name, "accepted"]]
    assert set(never) <= NEEDS_A_FAILURE
    assert {fase for fase, status in became if status == SEEN} == PHASES
    assert sum(count for (_, status), count in became.items() if status == "refused") > SEQUENCES
