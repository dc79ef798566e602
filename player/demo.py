"""The demo: the stories that ship with the product, played together, and where to look at what they left."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from models.documents import OF_THE_BEGELEIDER
from models.lines import TimelineLine
from player.expectations import Result
from player.grounds import fresh_grounds
from player.performance import Tell, perform
from player.play import Show
from player.showing import differences_table, event_line, show_result
from player.stage import Stage, stage
from player.staying import until_stopped
from player.story import Story, read_story
from settings import ROOT

STORIES = ROOT / "data" / "verhalen"


@dataclass(frozen=True)
class Demo:
    """How to give the demo: where its record goes, which stories, and whether to serve afterwards."""

    home: Path
    stories: Sequence[Path]
    stay: bool

    async def give(self, console: Console) -> bool:
        """Plays, shows, serves if asked; tells whether every story went as it says."""
        stories = [read_story(path) for path in self.stories]
        settings = await fresh_grounds(self.home)
        console.print("De engine start …", style="dim")
        async with stage(settings, ui=True) as ready:
            with _progress(console) as tell:
                results = await perform(ready, stories, tell)
            _write_documents(ready, results)
            for result in results:
                show_result(result, console)
            _where_to_look(ready, results, console)
            if self.stay:
                await _serve(ready, console)
        return not any(result.verschillen for result in results)


def shipped_stories() -> list[Path]:
    """The stories of the product, by name."""
    return sorted(STORIES.glob("*.yaml"))


@contextmanager
def _progress(console: Console) -> Iterator[Tell]:
    """On a terminal one moving line a story; elsewhere one line an event."""
    if not console.is_terminal:
        yield lambda story: lambda line: console.print(event_line(line, f"{story.naam}: "), soft_wrap=True)
        return
    columns = TextColumn("[bold]{task.description}"), BarColumn(20), TextColumn("{task.fields[event]}")
    with Progress(*columns, console=console) as progress:
        yield _bars(progress)


def _bars(progress: Progress) -> Callable[[Story], Show]:
    def of(story: Story) -> Show:
        told = sum(stap.leaves_a_line for stap in story.stappen)
        task = progress.add_task(story.naam, total=told, event="")
        return lambda line: _advance(progress, task, line)

    return of


def _advance(progress: Progress, task: TaskID, line: TimelineLine) -> None:
    told = f"{line.datum:%d-%m-%Y}  {line.tekst}"
    progress.update(task, event=told, advance=1 if line.command_id and line.wie else 0)


def _write_documents(ready: Stage, results: Sequence[Result]) -> None:
    for result in results:
        for document in chain(result.documenten, *(after.documenten for after in result.vervolg)):
            if document.soort in OF_THE_BEGELEIDER:
                continue  # who may read it asks for it by name
            ready.collaborators.documents.write_to(ready.settings.documents, document.id)


def _where_to_look(ready: Stage, results: Sequence[Result], console: Console) -> None:
    home, first = ready.settings.home, results[0].reference
    command = f"./werkzorg --home {_short(home)}"
    console.print("\n[bold]Waar te kijken[/bold]")
    if ready.engine.ui_url:
        console.print(f"  Temporal UI   {ready.engine.ui_url}/namespaces/{ready.client.namespace}/workflows")
    console.print(f"  documenten    {_short(ready.settings.documents)}")
    console.print(f"  brieven       {_short(home / 'brieven')}")
    console.print(f"  mails         {_short(home / 'mails')}")
    console.print("  en in een ander venster:")
    for rest in (
        "dossier list",
        f"dossier show {first}",
        f"dossier tijdlijn {first}",
        f"dossier waarom {first}",
    ):
        console.print(f"    {command} {rest}", soft_wrap=True)
    if any(result.verschillen for result in results):
        console.print(differences_table(results))


def _short(path: Path) -> str:
    """A path as somebody in this folder would type it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


async def _serve(ready: Stage, console: Console) -> None:
    """Keeps engine, UI, workers and relay until Ctrl-C."""
    relay = asyncio.create_task(ready.relay.run())
    try:
        await until_stopped(ready.engine, lambda: console.print("\nDe demo blijft draaien; stop met Ctrl-C."))
    finally:
        relay.cancel()
