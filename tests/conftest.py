"""What every test may use, and the order in which their files are played."""

import pytest

pytest_plugins = ["tests.databases", "tests.stage", "tests.counted"]

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest first: a process that takes one up at the end would leave the others idle."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((n for n, path in enumerate(LONGEST) if nodeid.startswith(path)), len(LONGEST))
