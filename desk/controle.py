"""`controle`: the daily control from the desk, for any day, with what it found and what it did about it."""

from collections.abc import Awaitable, Callable
from datetime import date

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn
from temporalio.service import RPCError

from desk.forms import as_json
from desk.office import Office
from desk.plainly import DeskProblem
from desk.showing import console, meldingen
from models.sweeps import Part, Swept
from worker import control
from workflows.sweeps import in_parts

Look = Callable[[Part], Awaitable[Swept]]


async def controle(desk: Office, day: date, *, only_show: bool, json: bool) -> None:
    """Looks at everything due up to a day, shows how far it is, and tells what was found."""
    client = await desk.require_client()
    trajectories = control(client, desk.settings, desk.collaborators)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=console(), transient=True
    ) as bar:
        shown = bar.add_task("Controle", total=None)

        def show(done: Swept) -> None:
            bar.update(shown, description=f"Controle: {done.bekeken} bekeken, {len(done.meldingen)} gevonden")

        try:
            done = await _walk(trajectories.look, day, only_show, Swept(), show)
        except RPCError as error:
            raise DeskProblem(f"de engine antwoordt niet ({error.status.name})") from None
        done = await _walk(_recognitions(desk), day, only_show, done, show)
    _tell(done, json)


async def _walk(look: Look, day: date, only_show: bool, done: Swept, show: Callable[[Swept], None]) -> Swept:
    async def part(after: str) -> Swept:
        return await look(Part(as_of=day, after=after, alleen_tonen=only_show))

    return await in_parts(done, part, show)


def _recognitions(desk: Office) -> Look:
    async def look(part: Part) -> Swept:
        return desk.collaborators.erkenningen.look(part)

    return look


def _tell(done: Swept, json: bool) -> None:
    if json:
        typer.echo(as_json(done.model_dump(mode="json", exclude={"next_after"})))
        return
    if done.meldingen:
        console().print(meldingen(done.meldingen))
    did = ", ".join(f"{count} {word}" for word, count in sorted(done.gedaan.items()))
    typer.echo(
        f"{done.bekeken} bekeken, {len(done.meldingen) + done.niet_getoond} gevonden" + (did and f"; {did}")
    )
