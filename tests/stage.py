"""Fixtures for a stage: one engine a session, and for each test a fresh record, queues and mail server."""

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import product
from pathlib import Path

import pytest
import pytest_asyncio

from activities.database import Database
from activities.registry import PREFIX
from engine import Engine, running_engine
from engine.mail_sink import HOST, MailSink
from models.tables import CounterRow
from player.stage import Stage, on_stage
from settings import Settings

YEARS = range(2018, 2041)
DOSSIERS_A_TEST = 100


@pytest_asyncio.fixture(scope="session")
async def engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Engine]:
    """One real Temporal server with a virtual clock for all tests of a session."""
    async with running_engine(tmp_path_factory.mktemp("engine"), time_skipping=True, ui=False) as engine:
        yield engine


@pytest.fixture(scope="session")
def tests_seen() -> Iterator[int]:
    """Counts the tests that use the engine, so that no two of them give out the same references."""
    return itertools.count(1)


def stage_settings(home: Path, database_url: str, number: int, **more: object) -> Settings:
    """Settings for one test: its own home, record and queues, and little patience."""
    return Settings(
        home=home,
        database_url=database_url,
        queue_suffix=f"-{number}",
        activity_timeout_seconds=5,
        sticky_timeout_seconds=1,
        activity_attempts=3,
        **more,
    )


def reserve_references(database_url: str, number: int) -> None:
    """Starts the numbering of dossiers where no other test of this session comes."""
    database = Database.at(database_url)
    with database.begin() as session:
        for domain, year in product(PREFIX, YEARS):
            session.add(CounterRow(domain=domain, year=year, last=number * DOSSIERS_A_TEST))
    database.close()


@asynccontextmanager
async def staged(
    engine: Engine, home: Path, database_url: str, number: int, *, workers: bool = True, **more: object
) -> AsyncIterator[Stage]:
    """A stage on the engine of the session; `more` are settings."""
    reserve_references(database_url, number)
    async with AsyncExitStack() as stack:
        sink = await stack.enter_async_context(MailSink(home / "mails"))
        settings = stage_settings(home, database_url, number, smtp_host=HOST, smtp_port=sink.port, **more)
        yield await on_stage(stack, engine, settings, workers=workers)


@pytest_asyncio.fixture
async def stage(
    engine: Engine, tmp_path: Path, database_url: str, tests_seen: Iterator[int]
) -> AsyncIterator[Stage]:
    """A stage for one test, on each kind of database."""
    async with staged(engine, tmp_path, database_url, next(tests_seen)) as ready:
        yield ready


@pytest_asyncio.fixture
async def sqlite_stage(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Stage]:
    """A stage for one test on SQLite only, for proofs that do not depend on the kind of database."""
    copy = tmp_path / "werkzorg.db"
    copy.write_bytes(sqlite_template.read_bytes())
    async with staged(engine, tmp_path, f"sqlite:///{copy}", next(tests_seen)) as ready:
        yield ready
