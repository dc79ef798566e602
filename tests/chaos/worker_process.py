"""A worker in a process of its own, that a test can kill: `python -m tests.chaos.worker_process JOB`."""

import asyncio
import ctypes
import json
import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from sqlalchemy import event
from temporalio.client import Client
from temporalio.plugin import SimplePlugin

from activities.documents import Documents
from activities.rendering import Templates
from settings import Settings
from tests.chaos.stops import Stops
from worker import PLUGIN, Collaborators, compose, wall_clock, working

PR_SET_PDEATHSIG = 1


class Job(BaseModel):
    """What a worker process needs to know."""

    parent: int
    address: str
    namespace: str
    settings: dict[str, Any]
    templates: Path | None = None
    """A folder with other templates than those of the product."""
    stops: frozenset[str] = frozenset()
    traced: bool = False


async def serve(job: Job) -> None:
    """Works until it is killed."""
    stops = Stops(job.stops, job.traced)
    settings = Settings(**job.settings)
    collaborators = _composed(settings, job.templates)
    event.listen(collaborators.database.engine, "commit", stops.at_commit)
    plugins = [PLUGIN, SimplePlugin("chaos", interceptors=[stops])]
    client = await Client.connect(job.address, namespace=job.namespace, plugins=plugins)
    async with working(client, settings, collaborators):
        threading.Thread(target=stops.listen, daemon=True).start()
        print(json.dumps({"ready": os.getpid()}), flush=True)
        await asyncio.Event().wait()


def _composed(settings: Settings, templates: Path | None) -> Collaborators:
    collaborators = compose(settings)
    if templates is None:
        return collaborators
    documents = Documents(collaborators.database, Templates(templates), wall_clock)
    return replace(collaborators, documents=documents)


def die_with(parent: int) -> None:
    """No worker outlives the test that started it, not even one that was killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("the parent is gone already")


if __name__ == "__main__":
    todo = Job.model_validate_json(sys.argv[1])
    die_with(todo.parent)
    asyncio.run(serve(todo))
