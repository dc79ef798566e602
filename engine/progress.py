"""Shows long work as it goes: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Reporter(Protocol):
    """Whoever is told how far the work is."""

    def say(self, text: str) -> None:
        """One line about what happens now."""

    def advance(self, done: int, total: int) -> None:
        """So many of so many packages are done."""


class Silence:
    """Tells nobody."""

    def say(self, text: str) -> None:
        """Nothing is said."""

    def advance(self, done: int, total: int) -> None:
        """Nothing is shown."""


class Lines:
    """A plain line for each step and for every tenth part, for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tenth = 0

    def say(self, text: str) -> None:
        """One line."""
        self._console.print(text, highlight=False, soft_wrap=True)

    def advance(self, done: int, total: int) -> None:
        """A line when another tenth is done."""
        if (tenth := 10 * done // max(total, 1)) > self._tenth:
            self._tenth = tenth
            self.say(f"  {10 * tenth} % ({done} van {total} pakketten)")


class Bar:
    """A moving bar on a terminal."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=None)

    def say(self, text: str) -> None:
        """The text beside the bar."""
        self._progress.update(self._task, description=text)

    def advance(self, done: int, total: int) -> None:
        """How far the bar stands."""
        self._progress.update(self._task, completed=done, total=total)


@contextmanager
def reporting(wanted: bool) -> Iterator[Reporter]:
    """A reporter that fits where standard error goes, or silence."""
    console = Console(stderr=True)
    if not wanted:
        yield Silence()
    elif not console.is_terminal:
        yield Lines(console)
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            yield Bar(progress)
