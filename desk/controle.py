"""`controle`: the daily control from the desk, for any day, with what it found and what it did about it."""

from collections.abc import Awaitable, Callable
from datetime import date

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn
from temporalio.service import RPCError

from activities.erkenningen import Erkenningen
from desk.forms import as_json
from desk.office import Office
from desk.plainly import DeskProblem
from desk.showing import console, meldingen
from models.sweeps import Part, Swept
from worker import control
from workflows.sweeps import in_parts

Look = Callable[[Part], Awaitable[Swept]]


async def controle(desk: Office, day: date, *, only_show: bool, json: bool) -> None:
    """Looks at everything due up to a day, shows how far it is, and tells what was found.

    What happens then is real: of a day that has still to come it only shows; raises DeskProblem.
    """
    if day > desk.today([]) and not only_show:
        raise DeskProblem("as-of: ligt in de toekomst; kijk vooruit met --alleen-tonen")
    client = await desk.require_client()
    daily = control(client, desk.settings, desk.collaborators)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), console=console(), transient=True
    ) as bar:
        shown = bar.add_task("Controle", total=None)

        def show(done: Swept) -> None:
            bar.update(shown, description=f"Controle: {done.bekeken} bekeken, {len(done.meldingen)} gevonden")

        done = Swept()
        try:
            for look in (daily.trajecten.look, _at_once(daily.erkenningen), daily.plaatsen.look):
                done = await _walk(look, day, only_show, done, show)
        except RPCError as error:
            raise DeskProblem(f"de engine antwoordt niet ({error.status.name})") from None
    _tell(done, json)


async def _walk(look: Look, day: date, only_show: bool, done: Swept, show: Callable[[Swept], None]) -> Swept:
    async def part(after: str) -> Swept:
        return await look(Part(as_of=day, after=after, alleen_tonen=only_show))

    return await in_parts(done, part, show)


def _at_once(recognitions: Erkenningen) -> Look:
    async def look(part: Part) -> Swept:
        return recognitions.look(part)

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
