"""A scene for the tests of this folder, how many sequences they play from which seed, and the figures they found."""

import math
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from engine import Engine
from tests.counted import COUNTED
from tests.simulation.scene import Props, Scene, cheap_stage
from tests.simulation.sequence import SEEN

BEGIN = date(2030, 3, 4)
SEQUENCES, INTAKE_SEQUENCES, AMA_SEQUENCES, SEED = 50, 20, 20, 20221118
TOGETHER = 5
"""How many trajectories share a scene: its days, its people and its post."""
FIGURES = pytest.StashKey[list[str]]()
BECAME = pytest.StashKey[dict[str, Counter[tuple[str, str]]]]()
ACTIVERING = "activeringstraject"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("simulatie")
    group.addoption("--reeksen", type=int, help="How many random sequences are played.")
    group.addoption("--zaad", type=int, default=SEED, help="The seed that repeats them.")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []
    config.stash[BECAME] = defaultdict(Counter)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        sequences = metafunc.config.getoption("reeksen", None) or SEQUENCES
        metafunc.parametrize("world", range(math.ceil(sequences / TOGETHER)))
    if "intake" in metafunc.fixturenames:
        metafunc.parametrize("intake", range(intake_worlds_of(metafunc.config)))
    if "ama" in metafunc.fixturenames:
        sequences = metafunc.config.getoption("reeksen", None) or AMA_SEQUENCES
        metafunc.parametrize("ama", range(math.ceil(sequences / TOGETHER / 2)))


def intake_worlds_of(config: pytest.Config) -> int:
    """How many worlds of each of the two kinds before an activeringstraject are played."""
    sequences = config.getoption("reeksen", None) or INTAKE_SEQUENCES
    return math.ceil(sequences / TOGETHER / 2)


def told(config: pytest.Config) -> list[str]:
    """What this process counted, line by line."""
    lines = list(config.stash.get(FIGURES, []))
    for kind, became in config.stash.get(BECAME, {}).items():
        lines.append(f"{f'sequences of {kind}: what was sent':42}{'accepted':>10}{'refused':>10}")
        names = sorted({name for name, status in became if status != SEEN})
        lines += [f"  {name:40}{became[name, 'accepted']:>10}{became[name, 'refused']:>10}" for name in names]
        phases = sorted((name, count) for (name, status), count in became.items() if status == SEEN)
        lines += [f"  in {name:37}{count:>10} looks" for name, count in phases]
    return lines


def pytest_sessionfinish(session: pytest.Session) -> None:
    session.config.stash.setdefault(COUNTED, []).extend(told(session.config))


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """The seed of this session."""
    return int(pytestconfig.getoption("zaad", SEED))


@pytest.fixture
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Lines that are printed at the end of the session."""
    return pytestconfig.stash.setdefault(FIGURES, [])


@pytest.fixture
def became_of(pytestconfig: pytest.Config) -> dict[str, Counter[tuple[str, str]]]:
    """How often each command was accepted and refused, by kind of trajectory."""
    return pytestconfig.stash.setdefault(BECAME, defaultdict(Counter))


@pytest.fixture
def became(became_of: dict[str, Counter[tuple[str, str]]]) -> Counter[tuple[str, str]]:
    """How often each command of an activeringstraject was accepted and refused."""
    return became_of[ACTIVERING]


@pytest.fixture(scope="session")
def intake_worlds(pytestconfig: pytest.Config) -> int:
    """How many worlds of a toeleiding are played, and as many of an onthaaltraject."""
    return intake_worlds_of(pytestconfig)


@pytest.fixture
def begin(request: pytest.FixtureRequest) -> date:
    """The first day of a scene: a Monday in March."""
    return BEGIN


@pytest_asyncio.fixture
async def scene(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int], begin: date
) -> AsyncIterator[Scene]:
    """A scene that begins on that day."""
    props = Props()
    async with cheap_stage(engine, tmp_path, sqlite_template, next(tests_seen), props) as stage:
        yield Scene(stage, begin, props)
