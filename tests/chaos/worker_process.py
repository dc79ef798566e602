"""A worker in a process of its own, that a test can kill."""

import asyncio
import ctypes
import signal
import threading
import traceback
from multiprocessing.connection import Connection
from typing import Any

from pydantic import BaseModel
from sqlalchemy import event
from temporalio.client import Client
from temporalio.plugin import SimplePlugin
from temporalio.worker import UnsandboxedWorkflowRunner

from player.clock import LockStep
from player.stage import virtually_ahead
from settings import Settings
from tests.chaos.stops import READY, Stops
from worker import PLUGIN, compose, working

PR_SET_PDEATHSIG = 1


class Job(BaseModel):
    """What a worker process needs to know."""

    address: str
    namespace: str
    settings: dict[str, Any]
    held_at: frozenset[str] = frozenset()
    traced: bool = False
    sandboxed: bool = True
    """A proof of how often something happens, with hundreds of runs, needs no clock caught in a rule."""


def main(told: str, parent: Connection) -> None:
    """Works until it is killed, or until the test that started it is gone, killed or not."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    job = Job.model_validate_json(told)
    stops = Stops(parent, job.held_at, job.traced)
    threading.Thread(target=stops.listen, daemon=True).start()
    try:
        asyncio.run(_serve(job, stops))
    except Exception:
        stops.say("failed", traceback.format_exc())


async def _serve(job: Job, stops: Stops) -> None:
    settings = Settings(**job.settings)
    collaborators = compose(settings)
    event.listen(collaborators.database.engine, "commit", stops.at_commit)
    loose = SimplePlugin("loose", workflow_runner=UnsandboxedWorkflowRunner())
    plugins = [PLUGIN, *([] if job.sandboxed else [loose]), SimplePlugin("chaos", interceptors=[stops])]
    client = await Client.connect(job.address, namespace=job.namespace, plugins=plugins)
    async with working(LockStep(client).client, settings, collaborators, virtually_ahead):
        stops.say(READY)
        await asyncio.Event().wait()
