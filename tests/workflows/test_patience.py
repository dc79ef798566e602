"""A machine that stands still for a while breaks no workflow."""

import asyncio
import time

from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client
from temporalio.worker import Worker

import worker
from engine import Engine

QUEUE = "traag"
SDK_SECONDS = 2


@workflow.defn(name="traag", sandboxed=False)
class Slow:
    """Computes longer than the SDK by itself allows."""

    @workflow.run
    async def run(self) -> str:
        """Stands still like a machine that has other things to do."""
        time.sleep(SDK_SECONDS + 1)
        return "klaar"


async def test_a_slow_step_is_no_failure(engine: Engine) -> None:
    """The step is done once, and its history knows no failed task."""
    client = await worker.connect(engine.connect_config)
    async with Worker(client, task_queue=QUEUE, workflows=[Slow]):
        handle = await client.start_workflow(Slow.run, id="traag/1", task_queue=QUEUE)
        assert await asyncio.wait_for(handle.result(), 60) == "klaar"
    seen = [event.event_type async for event in handle.fetch_history_events()]
    assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED in seen
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED not in seen


async def test_the_sdk_has_less_patience(engine: Engine) -> None:
    """Without this product's patience the SDK allows two seconds: when that changes, ADR 0023 can go."""
    built = Worker(await Client.connect(**engine.connect_config), task_queue=QUEUE, workflows=[Slow])
    assert built._workflow_worker is not None
    assert built._workflow_worker._deadlock_timeout_seconds == SDK_SECONDS
