"""`aanvraag`: registers a request from a file and starts its trajectory, once however often it is filed."""

import asyncio
from typing import Any

import typer
from pydantic import ValidationError

from desk.forms import read_contents
from desk.office import Office
from desk.plainly import DeskProblem
from models.aanvraag import Aanvraag, AanvraagOngeldig, AlreadyRunning, Registered
from player.wording import field_errors
from worker import trajectories


def file_request(desk: Office, source: str) -> None:
    """Registers what a YAML or JSON file says, starts it if an engine runs, and tells what somebody should look at."""
    begin(desk, _register(desk, source), "de aanvraag")


def begin(desk: Office, registered: Registered, what: str) -> None:
    """Tells under which number something was registered, and starts its trajectory if an engine runs."""
    typer.echo(f"Dossier {registered.reference}, traject {registered.workflow_id}.")
    for warning in registered.waarschuwingen:
        typer.echo(f"  let op: {warning.reden} ({warning.article})")
    if asyncio.run(_start(desk, registered)):
        typer.echo("Het traject is gestart.")
    else:
        typer.echo(
            f"Er draait geen engine: {what} is geregistreerd en het traject start met `./werkzorg up`."
        )


def _register(desk: Office, source: str) -> Registered:
    try:
        answer = desk.collaborators.registry.register(Aanvraag.model_validate(read_contents(source)))
    except ValidationError as invalid:
        wrong = "; ".join(str(error) for error in field_errors(invalid))
        raise DeskProblem(f"aanvraag niet aangenomen: {wrong}") from None
    except AanvraagOngeldig as refused:
        raise DeskProblem(f"aanvraag niet aangenomen: {refused}") from None
    if isinstance(answer, AlreadyRunning):
        raise refused_running("aanvraag", answer)
    return answer


def refused_running(what: str, answer: AlreadyRunning) -> DeskProblem:
    """What is told of a second trajectory of a kind."""
    found = answer.bevinding
    return DeskProblem(f"{what} niet aangenomen: {found.reden} ({found.article}; {_facts(found.facts)})")


def _facts(facts: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts.items())


async def _start(desk: Office, registered: Registered) -> bool:
    client = await desk.client()
    if client is None:
        return False
    await trajectories(client, desk.settings, desk.collaborators).start(registered)
    return True
