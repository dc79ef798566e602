"""A record in which nobody can write for a while."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from player.stage import Stage


@contextmanager
def outage(stage: Stage) -> Iterator[None]:
    """Nobody can write in the record."""
    other = sqlite3.connect(stage.settings.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
