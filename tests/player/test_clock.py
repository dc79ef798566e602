"""The clock of a workflow stands where it was asked to stand, whatever became of the answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.service import RPCError, RPCStatusCode

import worker
from engine import Engine
from player.clock import LockStep

NOBODY = "niemand"
TOMORROW = timedelta(days=1)
SOON = timedelta(minutes=1)
"""Real time passes in a virtual clock as well."""


async def _begun(clock: LockStep, workflow_id: str) -> datetime:
    """When a workflow stands that nobody works on: its clock has nothing else to go by."""
    await clock.client.start_workflow("ergens", id=workflow_id, task_queue=NOBODY, start_delay=TOMORROW * 30)
    return await clock.now(workflow_id)


@pytest.mark.parametrize("lost", [0, 1, 3])
async def test_a_lost_answer_moves_no_clock_twice(
    engine: Engine, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The move was made and its answer got lost: the clock is read again before it is moved further."""
    client = await worker.connect(engine.connect_config)
    service = client.workflow_service
    update, moves = service.update_workflow_execution_options, []

    async def unanswered(request: Any, **more: Any) -> Any:
        assert more["retry"] is False
        answer = await update(request, **more)
        moves.append(request)
        if len(moves) <= lost:
            raise RPCError("the answer got lost", RPCStatusCode.UNAVAILABLE, b"")
        return answer

    monkeypatch.setattr(service, "update_workflow_execution_options", unanswered)
    clock, workflow_id = LockStep(client), f"klok/{lost}"
    to = await _begun(clock, workflow_id) + TOMORROW
    await clock.move([workflow_id], to)
    assert to <= await clock.now(workflow_id) < to + SOON
    assert moves


async def test_another_error_is_no_lost_answer(engine: Engine) -> None:
    """A workflow that does not exist is told at once."""
    clock = LockStep(await worker.connect(engine.connect_config))
    with pytest.raises(RPCError) as failed:
        await clock.move(["klok/geen"], datetime(2100, 1, 1, tzinfo=UTC))
    assert failed.value.status is RPCStatusCode.NOT_FOUND
