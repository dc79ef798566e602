"""`play`: stories on the embedded engine, or on the one that TEMPORAL_ADDRESS names."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console

from desk.forms import as_json
from player.expectations import Result
from player.grounds import fresh_grounds
from player.performance import Tell, perform
from player.play import Show
from player.showing import event_line, show_result
from player.stage import stage
from player.story import Story, read_story


async def play(paths: Sequence[Path], home: Path, as_data: bool) -> bool:
    """Plays stories and shows them as they go, or everything at the end as JSON; tells whether all is as told."""
    stories = [read_story(path) for path in paths]
    settings = await fresh_grounds(home.expanduser().absolute())
    console = Console(highlight=False, quiet=as_data)
    async with stage(settings) as ready:
        results = await perform(ready, stories, _teller(console, many=len(stories) > 1))
    if as_data:
        typer.echo(as_json(_data(results)))
    for result in results:
        show_result(result, console)
    return not any(result.verschillen for result in results)


def _teller(console: Console, many: bool) -> Tell:
    def of(story: Story) -> Show:
        prefix = f"{story.naam}: " if many else ""
        return lambda line: console.print(event_line(line, prefix), soft_wrap=True)

    return of


def _data(results: Sequence[Result]) -> object:
    """One object for one story, a list for several."""
    data = [result.model_dump(mode="json") for result in results]
    return data[0] if len(data) == 1 else data
