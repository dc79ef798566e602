"""A scene for the tests of this folder."""

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest_asyncio

from engine import Engine
from tests.simulation.scene import BlankPaper, Scene, cheap_stage

BEGIN = date(2030, 3, 4)


@pytest_asyncio.fixture
async def scene(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Scene]:
    """A scene that begins on a Monday in March."""
    paper = BlankPaper()
    async with cheap_stage(engine, tmp_path, sqlite_template, next(tests_seen), paper) as stage:
        yield Scene(stage, BEGIN, paper)
