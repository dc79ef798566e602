"""The pinned versions of the engine, and the name under which a compiled one is cached."""

import hashlib
from pathlib import Path
from typing import NamedTuple

SERVER = "1.32.0"
UI = "2.55.0"
MINIMUM_GO = (1, 26, 8)
MINIMUM_CLI = (1, 9)

MODULE = Path(__file__).resolve().parent
"""The folder of `go.mod` and `go.sum`, the lock of what is compiled."""


class Tool(NamedTuple):
    """A program of the stock engine: the file it becomes and the Go package it is compiled from."""

    binary: str
    package: str


TOOLS = (
    Tool("temporal-server", "go.temporal.io/server/cmd/server"),
    Tool("temporal-ui", "github.com/temporalio/ui-server/v2/cmd/server"),
    Tool("temporal-sql-tool", "go.temporal.io/server/cmd/tools/sql"),
)


def cache_key() -> str:
    """The versions and the digest of the lock: another lock is another engine."""
    lock = hashlib.sha256((MODULE / "go.sum").read_bytes()).hexdigest()[:12]
    return f"server-{SERVER}-ui-{UI}-{lock}"


def readable(version: tuple[int, ...]) -> str:
    """A version as people write it: `1.26.8`."""
    return ".".join(map(str, version))
