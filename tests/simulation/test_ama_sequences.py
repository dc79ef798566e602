"""Random but valid sequences of commands, silence and time for AMA in both variants, with its yearly evaluations."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from models.commands import OF_KIND
from tests.simulation.ama_cast import CASTS
from tests.simulation.conftest import AMA_SEQUENCES, TOGETHER
from tests.simulation.scene import Scene
from tests.simulation.sequence import SEEN, WentWrong, World

FIRST_DAY = date(2029, 1, 8)
PHASES = {
    *("aangemeld", "gepland", "begeleid", "uitstroom", "ama_gesloten", "evalueren", "geevalueerd"),
    "zonder_betrokkene",
}
COMMANDS = {*OF_KIND["arbeidsmatige_activiteiten"], *OF_KIND["evaluatie"]}
ALL_OF_IT = "all of it"
"""How the worlds are counted that were played to their end."""


@pytest.fixture
def begin(seed: int, kind: str, ama: int) -> date:
    """Each world begins on a day of its own."""
    return FIRST_DAY + timedelta(days=Random(f"{seed}/{kind}/{ama}").randint(0, 300))


@pytest.mark.parametrize("kind", CASTS)
async def test_nobody_is_lost(
    scene: Scene, seed: int, kind: str, ama: int, became_of: dict[str, Counter[tuple[str, str]]]
) -> None:
    """Whatever people do and whatever they leave, everything that must hold holds after every step."""
    became = became_of[kind]
    world = World(scene, f"{seed}/{kind}/{ama}", became, CASTS[kind])
    try:
        await world.play(TOGETHER)
    except WentWrong as wrong:
        many = (ama + 1) * TOGETHER * len(CASTS)
        command = f"pytest tests/simulation/test_ama_sequences.py --zaad {seed} --reeksen {many}"
        pytest.fail(f"{wrong}\n\nRepeat with: {command} -k '[{ama}-{kind}]'", pytrace=False)
    became[ALL_OF_IT, SEEN] += 1


def test_every_command_was_accepted_and_refused(became_of: dict[str, Counter[tuple[str, str]]]) -> None:
    """The sequences reach what they are meant to reach, and go wrong where they can go wrong."""
    played = sum(became_of[kind][ALL_OF_IT, SEEN] for kind in CASTS)
    if played * TOGETHER < AMA_SEQUENCES:
        pytest.skip(f"this process did not play all of {AMA_SEQUENCES} sequences before")
    became = sum((became_of[kind] for kind in CASTS), Counter[tuple[str, str]]())
    assert never(became, "accepted") == []
    assert never(became, "refused") == []
    assert {fase for fase, status in became if status == SEEN} >= PHASES


def never(became: Counter[tuple[str, str]], status: str) -> list[str]:
    """The commands that never got an answer of this kind."""
    return sorted(name for name in COMMANDS if not became[name, status])


def test_a_command_that_never_came_is_named() -> None:
    """One that was accepted and never refused, or the other way around, is missed."""
    became = Counter({(name, status): 1 for name in COMMANDS for status in ("accepted", "refused")})
    assert never(became, "accepted") == never(became, "refused") == []
    del became["pop_vastleggen", "accepted"], became["uren_melden", "refused"]
    assert never(became, "accepted") == ["pop_vastleggen"]
    assert never(became, "refused") == ["uren_melden"]
