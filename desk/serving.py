"""`up`: engine, UI, record, workers, relay, mail server and schedules on one machine, until Ctrl-C."""

import asyncio
import errno
from contextlib import AsyncExitStack

import typer

from activities.law_tables import LawTables
from engine import Engine, EngineProblem, connect_config, running_engine
from engine.machine import this_machine
from engine.mail_sink import HOST, MailSink
from engine.ports import Fixed
from player.grounds import is_grounds
from player.stage import prepare_record
from player.staying import until_stopped
from settings import Settings
from worker import compose, connect, work, working
from workflows import schedules

LOCAL = (HOST, "localhost", "::1")


async def serve(settings: Settings) -> None:
    """Runs everything by hand until it is stopped; raises EngineProblem when it cannot or no longer can."""
    if is_grounds(settings.home):
        raise EngineProblem(f"{settings.home} is een map van verhalen: echte dossiers horen daar niet.")
    ports = Fixed(grpc=settings.temporal_port, ui=settings.ui_port)
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(
            running_engine(settings.engine_folder, time_skipping=False, ui=True, ports=ports)
        )
        prepare_record(settings)
        await _open_mail_server(stack, settings)
        client = await connect(engine.connect_config)
        relay = await stack.enter_async_context(working(client, settings, compose(settings)))
        await schedules.apply(client, settings.queues.buitenwereld)
        carrying = asyncio.create_task(relay.run())
        stack.callback(carrying.cancel)
        await until_stopped(engine, lambda: _tell(engine, settings))
    typer.echo("Gestopt.")


async def _open_mail_server(stack: AsyncExitStack, settings: Settings) -> None:
    """A mail server of our own where the settings point at this machine; another one is somebody else's."""
    if settings.smtp_host not in LOCAL:
        return
    try:
        await stack.enter_async_context(MailSink(settings.home / "mails", settings.smtp_port))
    except OSError as taken:
        if taken.errno != errno.EADDRINUSE:
            raise
        raise EngineProblem(
            f"Poort {settings.smtp_port} is al in gebruik: kies een andere met WERKZORG_SMTP_PORT."
        ) from None


def _tell(engine: Engine, settings: Settings) -> None:
    mails = settings.home / "mails" if settings.smtp_host in LOCAL else settings.smtp_host
    typer.echo(f"Werkzorg draait. Temporal {engine.address}, UI {engine.ui_url or 'elders'}")
    typer.echo(f"  record   {settings.home}\n  mails    {mails}\n  brieven  {settings.home / 'brieven'}")
    typer.echo("Dien een aanvraag in met `./werkzorg aanvraag BESTAND`; stop met Ctrl-C.")


def law_tables(settings: Settings) -> LawTables:
    """The law tables of this installation."""
    return LawTables(settings.parameters, settings.days_off)


async def serve_workers(settings: Settings) -> None:
    """Workers and relay only, for the engine of this installation."""
    config = connect_config(settings.engine_folder, this_machine(settings))
    try:
        await work(config, settings)
    except RuntimeError as unreachable:
        raise _no_engine(config["target_host"]) from unreachable


async def apply_schedules(settings: Settings) -> dict[str, schedules.Applied]:
    """Creates or updates the schedules on the engine of this installation, and tells what was done with each."""
    config = connect_config(settings.engine_folder, this_machine(settings))
    try:
        client = await connect(config)
    except RuntimeError as unreachable:
        raise _no_engine(config["target_host"]) from unreachable
    return await schedules.apply(client, settings.queues.buitenwereld)


def _no_engine(address: str) -> EngineProblem:
    return EngineProblem(f"De Temporal-server op {address} antwoordt niet: start `./werkzorg up`.")
