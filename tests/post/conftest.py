"""A world for each test: a fresh record and a mail server on a free port."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from activities.database import Database
from engine.mail_sink import MailSink
from tests.post.world import World


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with MailSink(tmp_path / "mails") as sink:
        yield World(database, sink, tmp_path / "brieven")
