"""What every test may use, where its files stand, and the order in which the files of tests are played."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.stage", "tests.counted"]

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free there: a run that goes well uses far less, one that fails keeps what failed."""

LONGEST = (
    "tests/stories/test_forty_dossiers.py",
    "tests/stories/test_played.py",
    "tests/cli/test_playing.py",
    "tests/simulation/",
    "tests/chaos/",
    "tests/checkpoint/",
    "tests/law_change/",
    "tests/stories/",
    "tests/workflows/",
)
"""The files and folders whose tests take longest, the longest first."""


def _work_in_memory() -> None:
    """Thousands of databases that are thrown away need no disk; a TMPDIR of one's own is left alone."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


_work_in_memory()
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
"""No example has to be ready within a fifth of a second: a busy machine is no mistake in a rule."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest first: a process that takes one up at the end would leave the others idle."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((n for n, path in enumerate(LONGEST) if nodeid.startswith(path)), len(LONGEST))
