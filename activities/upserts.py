"""Rows that may be there already: added once, or brought up to date, in one statement a table."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Values = Mapping[str, Any]


def insert_all(to: Session | Connection, row: type[DeclarativeBase], values: Sequence[Values]) -> None:
    """Add the rows, all of them: one that is there already is an error."""
    if values:
        _connection(to).execute(insert(_table(row)), [dict(each) for each in values])


def insert_missing(to: Session | Connection, row: type[DeclarativeBase], values: Sequence[Values]) -> None:
    """Add the rows whose key is not there yet, and leave the others as they are."""
    if values:
        _connection(to).execute(_insert(to, row).on_conflict_do_nothing(), [dict(each) for each in values])


def upsert(to: Session | Connection, row: type[DeclarativeBase], values: Sequence[Values]) -> None:
    """Add the rows whose key is not there yet, and give the others these values."""
    if not values:
        return
    table = _table(row)
    keys = {column.name for column in table.primary_key}
    adding = _insert(to, row)
    changed = {name: adding.excluded[name] for name in values[0] if name not in keys}
    _connection(to).execute(
        adding.on_conflict_do_update(index_elements=sorted(keys), set_=changed),
        [dict(each) for each in values],
    )


def _connection(to: Session | Connection) -> Connection:
    return to.connection() if isinstance(to, Session) else to


def _table(row: type[DeclarativeBase]) -> Table:
    assert isinstance(row.__table__, Table)
    return row.__table__


def _insert(to: Session | Connection, row: type[DeclarativeBase]) -> sqlite.Insert | postgresql.Insert:
    if _connection(to).dialect.name == "sqlite":
        return sqlite.insert(_table(row))
    return postgresql.insert(_table(row))
