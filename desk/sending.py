"""Sends a command: written to the inbox, then carried by the relay until its outcome is known or patience ends."""

import asyncio
from typing import Any

import typer
from ulid import ULID

from desk.forms import Contents, checked, given, read_contents, with_workers
from desk.office import Office
from desk.plainly import DeskProblem
from models.commands import EVERY_COMMAND
from models.lines import TrajectLine
from models.messages import COMMAND_ID_PREFIX
from models.tables import InboxRow

TRIES = 3
PAUSE_SECONDS = 0.5


def send(desk: Office, traject: TrajectLine, name: str, source: str | None, typed: dict[str, Any]) -> None:
    """Sends what a file and the options say, and tells what became of it; raises DeskProblem when refused."""
    model = EVERY_COMMAND[name]
    contents: Contents = {"datum": str(desk.today([traject])), **read_contents(source), **given(model, typed)}
    if "door" not in contents:
        raise DeskProblem("door: ontbreekt; zeg met --door MW-… wie dit invoert")
    payload = checked(name, model, with_workers(model, contents, desk.staff))
    command_id = f"{COMMAND_ID_PREFIX}{ULID()}"
    row = desk.collaborators.inbox.put(command_id, traject.workflow_id, name, payload)
    tell(asyncio.run(_carry(desk, row)))


async def _carry(desk: Office, row: InboxRow) -> InboxRow:
    client = await desk.client()
    if client is None:
        return row
    relay = desk.relay(client)
    for _ in range(TRIES):
        row = await relay.send(row)
        if row.status != "open":
            break
        await asyncio.sleep(PAUSE_SECONDS)
    return row


def tell(row: InboxRow) -> None:
    """The outcome of a command in words; raises DeskProblem when it was refused."""
    if row.status == "refused":
        raise DeskProblem(f"{row.command} geweigerd: {refusal_line(row.refusal or {})}")
    if row.status == "open":
        typer.echo(
            f"Aangenomen, nog niet bevestigd ({row.id}); de uitkomst volgt: ./werkzorg commando {row.id}"
        )
        return
    outcome = row.outcome or {}
    typer.echo(outcome["samenvatting"])
    for consequence in outcome.get("gevolgen", ()):
        typer.echo(f"  - {consequence}")


def refusal_line(refusal: dict[str, Any]) -> str:
    """Field, reason and article on one line."""
    text = refusal.get("tekst", "")
    field, article = refusal.get("veld"), refusal.get("artikel")
    named = text if not field or text.startswith(f"{field}:") else f"{field}: {text}"
    return named if not article or article in named else f"{named} ({article})"
