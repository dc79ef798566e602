"""Sends a command: written to the inbox, then carried by the relay until its outcome is known or patience ends."""

import asyncio
from collections.abc import Sequence
from typing import Any

import typer
from ulid import ULID

from activities.relay import Relay
from desk.forms import Contents, checked, given, read_contents, with_workers
from desk.office import Office
from desk.plainly import DeskProblem
from models.commands import EVERY_COMMAND
from models.errors import Refusal
from models.lines import TrajectLine
from models.messages import COMMAND_ID_PREFIX
from models.tables import InboxRow

TRIES = 3
PAUSE_SECONDS = 0.5


def send(
    desk: Office, trajecten: Sequence[TrajectLine], name: str, source: str | None, typed: dict[str, Any]
) -> None:
    """Sends what a file and the options say to each, and tells what became of it; raises DeskProblem when refused."""
    model = EVERY_COMMAND[name]
    contents: Contents = {"datum": str(desk.today(trajecten)), **read_contents(source), **given(model, typed)}
    if "door" not in contents:
        raise DeskProblem("door: ontbreekt; zeg met --door MW-… wie dit invoert")
    payload = checked(name, model, with_workers(model, contents, desk.staff))
    rows = [
        desk.collaborators.inbox.put(f"{COMMAND_ID_PREFIX}{ULID()}", each.workflow_id, name, payload)
        for each in trajecten
    ]
    tell_all(asyncio.run(_carry(desk, rows)))


async def _carry(desk: Office, rows: Sequence[InboxRow]) -> list[InboxRow]:
    client = await desk.client()
    if client is None:
        return list(rows)
    relay = desk.relay(client)
    return [await _tried(relay, row) for row in rows]


async def _tried(relay: Relay, row: InboxRow) -> InboxRow:
    for _ in range(TRIES):
        row = await relay.send(row)
        if row.status != "open":
            break
        await asyncio.sleep(PAUSE_SECONDS)
    return row


def tell_all(rows: Sequence[InboxRow]) -> None:
    """The outcome at each that it concerned; raises DeskProblem when one of those refused, or none was concerned."""
    concerned = [row for row in rows if (row.refusal or {}).get("soort") != Refusal.VERKEERDE_FASE]
    refused: list[str] = []
    for row in concerned or rows[:1]:
        where = f"{row.workflow_id}: " if rows[1:] else ""
        try:
            tell(row, where)
        except DeskProblem as problem:
            refused.append(f"{where}{problem}")
    if refused:
        raise DeskProblem("; ".join(refused))


def tell(row: InboxRow, where: str = "") -> None:
    """The outcome of a command in words, and where if there are several; raises DeskProblem when it was refused."""
    if row.status == "refused":
        raise DeskProblem(f"{row.command} geweigerd: {refusal_line(row.refusal or {})}")
    if row.status == "open":
        typer.echo(
            f"{where}Aangenomen, nog niet bevestigd ({row.id}); de uitkomst volgt: ./werkzorg commando {row.id}"
        )
        return
    outcome = row.outcome or {}
    typer.echo(where + outcome["samenvatting"])
    for consequence in outcome.get("gevolgen", ()):
        typer.echo(f"  - {consequence}")


def refusal_line(refusal: dict[str, Any]) -> str:
    """Field, reason and article on one line."""
    text = refusal.get("tekst", "")
    field, article = refusal.get("veld"), refusal.get("artikel")
    named = text if not field or text.startswith(f"{field}:") else f"{field}: {text}"
    return named if not article or article in named else f"{named} ({article})"
