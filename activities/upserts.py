"""Rows that may be there already: added once, or brought up to date, in one statement a table."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Values = Mapping[str, Any]
Row = type[DeclarativeBase]


def insert_all(to: Session | Connection, row: Row, values: Sequence[Values]) -> None:
    """Add the rows, all of them: one that is there already is an error."""
    if values:
        _connection(to).execute(insert(_table(row)), [dict(each) for each in values])


def insert_missing(to: Session | Connection, row: Row, values: Sequence[Values]) -> None:
    """Add the rows whose key is not there yet, and leave the others as they are."""
    if values:
        connection = _connection(to)
        connection.execute(_missing(connection.dialect.name, row), [dict(each) for each in values])


def upsert(to: Session | Connection, row: Row, values: Sequence[Values]) -> None:
    """Add the rows whose key is not there yet, and give the others these values; all of the same columns."""
    if values:
        connection = _connection(to)
        statement = _upsert(connection.dialect.name, row, tuple(values[0]))
        connection.execute(statement, [dict(each) for each in values])


@cache
def _missing(dialect: str, row: Row) -> Insert:
    return _insert(dialect, row).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, row: Row, names: tuple[str, ...]) -> Insert:
    adding = _insert(dialect, row)
    keys = [column.name for column in _table(row).primary_key]
    changed = {name: adding.excluded[name] for name in names if name not in keys}
    return adding.on_conflict_do_update(index_elements=keys, set_=changed)


def _insert(dialect: str, row: Row) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(_table(row)) if dialect == "sqlite" else postgresql.insert(_table(row))


def _connection(to: Session | Connection) -> Connection:
    return to.connection() if isinstance(to, Session) else to


def _table(row: Row) -> Table:
    assert isinstance(row.__table__, Table)
    return row.__table__
