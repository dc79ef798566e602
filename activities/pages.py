"""What every sweep over the record shares: which dossiers it leaves alone, and how much it does side by side."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, exists

from models.tables import DossierKeyRow, TrajectRow

T = TypeVar("T")
AT_ONCE = 10
"""How many workflows are spoken to side by side."""


def groups(page: Sequence[T]) -> Iterator[Sequence[T]]:
    """A page in groups of those that are done side by side; between two of them a sweep shows that it lives."""
    for start in range(0, len(page), AT_ONCE):
        yield page[start : start + AT_ONCE]


def is_erased() -> ColumnElement[bool]:
    """The condition that the dossier of a trajectory was erased: nobody looks at it any more."""
    return exists().where(
        DossierKeyRow.reference == TrajectRow.reference, DossierKeyRow.destroyed_at.is_not(None)
    )
