"""A record in which nobody, or only the worker, can write for a while."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from player.stage import Stage
from tests.databases import Cluster

Outage = Callable[[], AbstractContextManager[None]]
"""Makes the record unavailable within its block."""
WORKER = "werker"


@contextmanager
def outage(stage: Stage) -> Iterator[None]:
    """Nobody can write in the SQLite file."""
    other = sqlite3.connect(stage.settings.database.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def worker_of(cluster: Cluster, url: str) -> str:
    """The URL with which a worker reaches a PostgreSQL database: it can be shut out without the others."""
    cluster.run(f"DROP ROLE IF EXISTS {WORKER}")
    cluster.run(f"CREATE ROLE {WORKER} SUPERUSER LOGIN")
    return url.replace("//postgres@", f"//{WORKER}@")


@contextmanager
def shut_out(cluster: Cluster) -> Iterator[None]:
    """The worker loses its connections to PostgreSQL and gets no new ones."""
    cluster.run(f"ALTER ROLE {WORKER} NOLOGIN")
    cluster.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{WORKER}'")
    try:
        yield
    finally:
        cluster.run(f"ALTER ROLE {WORKER} LOGIN")
