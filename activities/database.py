"""The way to the record: engine, transactions, migrations; what goes wrong on the way tells no values."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    InterfaceError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)
from sqlalchemy.orm import Session, sessionmaker

from activities.reference_data import seed
from models.errors import Permanent

__all__ = ["Clock", "Database", "RecordRefused", "RecordUnavailable", "bugs_are_permanent"]
__all__ += ["make_engine", "migrate", "seed"]

Clock = Callable[[], datetime]
"""The wall clock, for `recorded_at` only; business dates come in with an order."""

ALEMBIC = Path(__file__).resolve().parent.parent / "alembic.ini"
PATIENCE = 30
"""Seconds to wait for another writer before a transaction is called off and tried again later."""
MIGRATING = 2_022_07_08
"""The number of the advisory lock that lets one process at a time migrate a PostgreSQL database."""


class RecordUnavailable(Exception):
    """The database cannot be reached or is busy; the same call can succeed later."""


class RecordRefused(Permanent):
    """The record does not take this: it would fail the same way however often it is repeated."""


def make_engine(database_url: str) -> Engine:
    """The engine for a database by its URL: a SQLite file, or PostgreSQL through psycopg."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(database_url)
    return create_engine(
        url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True, future=True
    )


def _sqlite_engine(database_url: str) -> Engine:
    engine = create_engine(database_url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes the lock at once: one that upgrades halfway fails at once."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Database:
    """The record of one installation; everything in one `begin()` becomes true together or not at all."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = sessionmaker(engine, expire_on_commit=False)
        self._reading = sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)

    @classmethod
    def at(cls, database_url: str) -> "Database":
        """The database behind a URL."""
        return cls(make_engine(database_url))

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One writing transaction; raises RecordUnavailable or RecordRefused."""
        with _without_values(), self._writing.begin() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One reading transaction, over one moment where the database can; raises as `begin`."""
        with _without_values(), self._reading() as session:
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def _without_values() -> Iterator[None]:
    """Database errors by kind: drivers quote the rows they refuse, and rows hold personal data."""
    try:
        yield
    except (OperationalError, InterfaceError, TimeoutError, DisconnectionError) as error:
        raise RecordUnavailable(_named(error)).with_traceback(error.__traceback__) from None
    except SQLAlchemyError as error:
        raise RecordRefused(_named(error)).with_traceback(error.__traceback__) from None


def _named(error: SQLAlchemyError) -> str:
    """The kind of error and, where the driver tells it, the table and the rule that was broken."""
    diagnosis = getattr(getattr(error, "orig", None), "diag", None)
    parts = [getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name")]
    lost = "connection lost" if isinstance(error, DBAPIError) and error.connection_invalidated else None
    return " ".join([type(error).__name__, *filter(None, [*parts, lost])])


@contextmanager
def bugs_are_permanent() -> Iterator[None]:
    """What is wrong in our own code stays wrong: it is not repeated, and it tells no values."""
    try:
        yield
    except (Permanent, RecordUnavailable):
        raise
    except Exception as bug:
        raise RecordRefused(type(bug).__name__).with_traceback(bug.__traceback__) from None


def migrate(database_url: str) -> None:
    """Bring a database to the newest schema, or make it; two processes at once are no problem."""
    engine = make_engine(database_url)
    try:
        with _lock_for_migrating(engine) as connection:
            config = Config(ALEMBIC, stdout=StringIO())
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _lock_for_migrating(engine: Engine) -> AbstractContextManager[Connection]:
    return _sqlite_lock(engine) if engine.dialect.name == "sqlite" else _postgresql_lock(engine)


@contextmanager
def _sqlite_lock(engine: Engine) -> Iterator[Connection]:
    """BEGIN IMMEDIATE is the lock; the write-ahead log is a lasting property of the file."""
    if engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    _write_ahead(engine)
    with engine.begin() as connection:
        yield connection


def _write_ahead(engine: Engine) -> None:
    """Switch the file to its write-ahead log: SQLite does not wait for others there, so we do."""
    for attempt in range(PATIENCE * 10):
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            return
        except Exception:
            if attempt == PATIENCE * 10 - 1:
                raise
            time.sleep(0.1)
        finally:
            connection.close()


@contextmanager
def _postgresql_lock(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATING})
        yield connection
