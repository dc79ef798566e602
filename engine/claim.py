"""Claims an engine folder: one engine at a time, until the last of its processes is gone."""

import asyncio
import fcntl
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from engine.cache import disk_trouble_named
from engine.problem import EngineProblem

_PATIENCE = 2.0
"""A killed engine holds its folder for a moment longer."""


@asynccontextmanager
async def claimed(folder: Path) -> AsyncIterator[int]:
    """The claim on this folder, as an open file: whoever inherits it keeps the claim alive."""
    with disk_trouble_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        claim = os.open(folder / "engine.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + _PATIENCE
        while not _taken(claim):
            if time.monotonic() > end:
                raise EngineProblem(
                    f"In {folder} draait al een engine: stop die eerst, "
                    "of kies een andere map met WERKZORG_HOME."
                )
            await asyncio.sleep(0.05)
        yield claim
    finally:
        os.close(claim)


def _taken(claim: int) -> bool:
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
