"""An engine that may be killed, scenes on it, and what the story leaves behind when nobody disturbs it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from engine import Engine, running_engine
from tests.chaos.record import Rows
from tests.chaos.scene import Scene, scene
from tests.chaos.story import story

Setting = Callable[[], AbstractAsyncContextManager[Scene]]


@dataclass(frozen=True)
class Undisturbed:
    """What an undisturbed play of the story left in the record, and every place its worker passed."""

    record: Rows
    places: tuple[str, ...]


@pytest_asyncio.fixture(scope="module")
async def mortal_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """An engine of this module's own, because it is killed."""
    async with running_engine(tmp_path_factory.mktemp("engine"), time_skipping=True, ui=False) as engine:
        yield engine


@pytest_asyncio.fixture(scope="package")
async def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, tests_seen: Iterator[int]
) -> Undisturbed:
    """The story played once in peace."""
    home = tmp_path_factory.mktemp("undisturbed")
    url = _copy(sqlite_template, home)
    async with (
        running_engine(home / "engine", time_skipping=True, ui=False) as engine,
        scene(engine, home, url, next(tests_seen), traced=True) as set_up,
    ):
        played = await set_up.play(story())
        return Undisturbed(set_up.record(played.registered.reference), tuple(set_up.workers.passed))


@pytest.fixture
def on_scene(
    mortal_engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> Setting:
    """Makes the scene of a test, on SQLite."""

    def make() -> AbstractAsyncContextManager[Scene]:
        return scene(mortal_engine, tmp_path, _copy(sqlite_template, tmp_path), next(tests_seen))

    return make


@pytest.fixture
def on_wide_scene(
    mortal_engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> Setting:
    """The same for hundreds of trajectories: their code runs without the sandbox, which is made anew for each."""

    def make() -> AbstractAsyncContextManager[Scene]:
        copy = _copy(sqlite_template, tmp_path)
        return scene(mortal_engine, tmp_path, copy, next(tests_seen), sandboxed=False)

    return make


def _copy(template: Path, home: Path) -> str:
    copy = home / "werkzorg.db"
    copy.write_bytes(template.read_bytes())
    return f"sqlite:///{copy}"
