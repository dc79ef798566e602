"""The commands about the engine itself: provide it, prepare a server, examine the installation."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from temporalio.client import Client
from temporalio.service import RPCError

import engine
from engine import doctor as examination
from engine.machine import this_machine
from settings import Settings

app = typer.Typer(no_args_is_help=True, help="De Temporal-engine: voorzien en voorbereiden.")


@contextmanager
def told_plainly() -> Iterator[None]:
    """End with one line and exit code 1 for whatever the user can put right."""
    try:
        yield
    except engine.EngineProblem as problem:
        typer.echo(f"werkzorg: {problem}", err=True)
        raise typer.Exit(1) from problem


@app.command()
def provide() -> None:
    """Zorg dat er een engine is: vind er een, of compileer ze één keer."""
    with told_plainly():
        typer.echo(engine.provide(this_machine()).why)


@app.command()
def prepare(
    namespace: Annotated[
        bool,
        typer.Option("--namespace", help="Maak op een externe server ook de namespace (90 dagen bewaring)."),
    ] = False,
) -> None:
    """Registreer de zoekattributen op de Temporal-server die draait, en op een eigen server de namespace."""
    with told_plainly():
        asyncio.run(_prepare(Settings(), namespace))
    typer.echo("De Temporal-server is klaar voor Werkzorg.")


def doctor(
    json_: Annotated[bool, typer.Option("--json", help="Toon het resultaat als JSON.")] = False,
) -> None:
    """Kijk na wat deze installatie vindt en wat er ontbreekt."""
    checks = examination.examine(Settings())
    if json_:
        typer.echo(examination.as_json(checks))
    else:
        examination.show(checks, Console())
    if not examination.healthy(checks):
        raise typer.Exit(1)


async def _prepare(settings: Settings, namespace: bool) -> None:
    machine = this_machine(settings)
    config = engine.connect_config(settings.engine_folder, machine)
    try:
        client = await Client.connect(**config)
        await engine.prepare(client, ours=namespace or machine.external_address is None)
    except (RPCError, RuntimeError) as error:
        raise engine.EngineProblem(
            f"De Temporal-server op {config['target_host']} kan niet voorbereid worden ({error})."
        ) from error
