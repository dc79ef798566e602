"""Plays a story while the law tables are edited under it and the workers are replaced."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from engine import Engine
from player.play import Between, Player
from player.stage import Stage
from player.story import Story
from tests.checkpoint.played import Record, left_behind, twin
from tests.law_change.lawbook import Crew, Lawbook, at_work

NUMBER = 700
Edit = Callable[[Lawbook], None]
POST = {"mails"}
"""The post office goes by the tables of today: it sends on working days, whatever a case thinks of them."""


@dataclass(frozen=True)
class Scene:
    """A stage with a lawbook of its own and workers that can be replaced."""

    stage: Stage
    lawbook: Lawbook
    crew: Crew

    async def play(self, story: Story, edit: Edit | None = None, on: date | None = None) -> Player:
        """Plays a story; on that day the tables are edited and the workers replaced."""
        player = Player(self.stage, story)
        await player.play(self._editing(edit, on) if edit and on else None)
        return player

    def left_behind(self) -> Record:
        """The record, but for what the post office decides by itself."""
        record = {name: rows for name, rows in left_behind(self.stage).items() if name not in POST}
        by_cases = (row for row in record["outbox"] if row["soort"] != "digest")
        return record | {"outbox": [{k: v for k, v in row.items() if k != "mail_id"} for row in by_cases]}

    def _editing(self, edit: Edit, on: date) -> Between:
        async def between(player: Player) -> None:
            if self.crew.shifts == 1 and await player.today() >= on:
                edit(self.lawbook)
                await self.crew.restart()

        return between


class Theatre:
    """Opens scenes that differ in nothing but what happens on them."""

    def __init__(self, engine: Engine, home: Path, template: Path, number: int) -> None:
        self._engine = engine
        self._home = home
        self._template = template
        self._number = NUMBER + number

    @asynccontextmanager
    async def scene(self, name: str) -> AsyncIterator[Scene]:
        """A scene with the law as shipped."""
        tables = self._home / f"wet-{name}"
        tables.mkdir()
        lawbook = Lawbook(tables)
        law = {"parameters": lawbook.parameters, "days_off": lawbook.days_off}
        async with (
            twin(
                self._engine,
                self._home,
                self._template,
                self._number,
                name,
                workers=False,
                **law,
            ) as stage,
            at_work(stage) as crew,
        ):
            yield Scene(stage, lawbook, crew)


@pytest.fixture
def theatre(engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]) -> Theatre:
    """The theatre of one test."""
    return Theatre(engine, tmp_path, sqlite_template, next(tests_seen))
