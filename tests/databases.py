"""Fixtures with real databases: a fresh migrated and seeded one a test, on SQLite and on PostgreSQL.

The PostgreSQL is a throw-away cluster from this machine's own binaries: one a session, reached over a socket
in its folder, killed at the end and, should this process be killed, by the kernel.
"""

import ctypes
import getpass
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event

from activities.database import Database, make_engine, migrate, seed

BACKENDS = ("sqlite", "postgresql")
TEMPLATE = "werkzorg_template"
PR_SET_PDEATHSIG = 1
STARTING = 30
INITDB = ("-A", "trust", "-E", "UTF8", "--no-sync")
QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "dynamic_shared_memory_type=mmap",
    "listen_addresses=",
)


@event.listens_for(Engine, "connect")
def _not_through_to_the_disk(connection: object, _record: object) -> None:
    """A SQLite database that is thrown away need not survive a power cut; PostgreSQL has QUICK."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@dataclass
class Cluster:
    """A running PostgreSQL of our own; each database it gives is a copy of one template."""

    folder: Path
    process: subprocess.Popen[bytes]
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def create(self, template: str = "template0") -> str:
        name = f"werkzorg_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        name = url.partition("@/")[2].partition("?")[0]
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """The session's throw-away cluster, with a migrated and seeded template database."""
    cluster = _start(_binaries())
    try:
        _wait_for(cluster)
        cluster.run(f"CREATE DATABASE {TEMPLATE}")
        _fill(cluster.url(TEMPLATE))
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated and seeded SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _fill(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh database with schema and reference data."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "record.db")
        yield f"sqlite:///{tmp_path / 'record.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    url = cluster.create(TEMPLATE)
    yield url
    cluster.drop(url)


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that holds nothing: no schema, and for SQLite not even its folder."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'folder' / 'record.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    url = cluster.create()
    yield url
    cluster.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with schema and reference data, on each backend in turn."""
    opened = Database.at(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh database on SQLite only: for what does not depend on the kind of database."""
    shutil.copy(sqlite_template, tmp_path / "record.db")
    opened = Database.at(f"sqlite:///{tmp_path / 'record.db'}")
    yield opened
    opened.close()


def _fill(url: str) -> None:
    migrate(url)
    engine = make_engine(url)
    seed(engine)
    engine.dispose()


def _binaries() -> Path:
    """The folder with initdb and postgres; skips, loudly, where this machine has none."""
    found = [Path(folder) for folder in _places() if (Path(folder) / "initdb").exists()]
    if not found:
        pytest.skip(
            "NOT TESTED ON POSTGRESQL: no initdb found (pg_config --bindir, /usr/lib/postgresql/*/bin)"
        )
    if os.geteuid() == 0 and not _has_user("postgres"):
        pytest.skip("NOT TESTED ON POSTGRESQL: running as root, and there is no user postgres to run it as")
    return found[0]


def _places() -> Iterator[str]:
    if shutil.which("pg_config"):
        yield subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip()
    yield from map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))


def _has_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True).returncode == 0


def _start(binaries: Path) -> Cluster:
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix="werkzorg-pg-", dir=tempfile.gettempdir()))
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    shutil.chown(folder, user)
    cluster = str(folder / "data")
    made = _as(user, [str(binaries / "initdb"), "-D", cluster, "-U", "postgres", *INITDB]).wait()
    assert made == 0, f"initdb ended with {made}"
    options = [part for setting in QUICK for part in ("-c", setting)]
    command = [str(binaries / "postgres"), "-D", cluster, "-k", str(folder), *options]
    return Cluster(folder, _as(user, command))


def _sweep() -> None:
    """Folders of sessions that were killed: their servers died with them, a day ago or more."""
    for left in Path(tempfile.gettempdir()).glob("werkzorg-pg-*"):
        if left.stat().st_mtime < time.time() - 24 * 60 * 60:
            shutil.rmtree(left, ignore_errors=True)


def _as(user: str, command: list[str]) -> subprocess.Popen[bytes]:
    """Start as a user PostgreSQL accepts (it refuses root), to die with this process."""
    return subprocess.Popen(
        command,
        user=user if os.geteuid() == 0 else None,
        group=user if os.geteuid() == 0 else None,
        extra_groups=[] if os.geteuid() == 0 else None,
        cwd="/tmp",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        preexec_fn=_die_with_parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_for(cluster: Cluster) -> None:
    for _ in range(STARTING * 10):
        try:
            cluster.run("SELECT 1")
            return
        except psycopg.OperationalError:
            assert cluster.process.poll() is None, "the PostgreSQL cluster ended while it started"
            time.sleep(0.1)
    raise AssertionError(f"the PostgreSQL cluster did not start in {STARTING} s")
