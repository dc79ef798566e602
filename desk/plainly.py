"""Ends a command with one clear line on standard error and another exit code, for whatever somebody can put right."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from activities.database import RecordRefused, RecordUnavailable
from activities.directory import DocumentIncomplete
from activities.documents import NotForReader, UnknownDocument
from activities.law_tables import MalformedTable
from activities.rendering import PangoMissing
from activities.statement_rows import StaatGeweigerd
from engine import EngineProblem
from player.clock import ClockStuck
from player.play import StepRefused
from player.story import StoryProblem

FAILED, MALFORMED = 1, 2


class DeskProblem(Exception):
    """One line in Dutch that says what cannot be done, and why."""


CAN_BE_PUT_RIGHT = (
    DeskProblem,
    EngineProblem,
    ClockStuck,
    MalformedTable,
    UnknownDocument,
    NotForReader,
    DocumentIncomplete,
    StaatGeweigerd,
    PangoMissing,
)
"""Problems that say in Dutch what is wrong and who can do something about it."""


@contextmanager
def plainly() -> Iterator[None]:
    """Ends with one line: exit code 2 for a malformed story, 1 for anything else that went wrong."""
    try:
        yield
    except StepRefused as refused:
        raise failed(str(refused)) from None
    except StoryProblem as malformed:
        raise failed(str(malformed), MALFORMED) from None
    except RecordUnavailable:
        raise failed("het record is niet bereikbaar of nog niet op peil; zie `./werkzorg doctor`") from None
    except RecordRefused as refused:
        raise failed(f"het record weigert dit ({refused})") from None
    except CAN_BE_PUT_RIGHT as problem:
        raise failed(str(problem)) from None


def failed(line: str, code: int = FAILED) -> typer.Exit:
    """Says one line, and gives the exit to raise."""
    typer.echo(f"werkzorg: {line}", err=True)
    return typer.Exit(code)
