"""The lock-step clock: every open workflow has its own virtual time, and all move together to the next deadline."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig

STUCK_AFTER_SECONDS = 60.0
MANY_SKIPS = 100_000
LOOK_AGAIN_SECONDS = 0.01
EVENTS_A_PAGE = 20
MOVES = 10
UNCERTAIN = {RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.RESOURCE_EXHAUSTED}
"""Answers after which nobody knows whether the clock moved: it is read again first."""


class ClockStuck(RuntimeError):
    """Virtual time cannot go on; the message names the workflow and what it still has pending."""


class LockStep:
    """Moves all open workflows to the same virtual moment, never one past the deadline of another."""

    def __init__(self, client: Client) -> None:
        config = TimeSkippingConfig(
            enabled=False, disable_propagation=True, max_session_skip_count=MANY_SKIPS
        )
        self._skipper = TimeSkipper(client, config=config)
        self.client = self._skipper.client
        """Starts workflows that have a virtual clock of their own."""
        _never_twice(self.client)

    async def now(self, workflow_id: str) -> datetime:
        """The virtual moment of a workflow."""
        return await self._skipper.get_current_time(self.client.get_workflow_handle(workflow_id))

    async def quiet(self, workflow_ids: Iterable[str]) -> list[str]:
        """Waits until none of them has work in hand, and tells which are still open."""
        return [each for each in workflow_ids if await self._quiet(each)]

    async def _quiet(self, workflow_id: str) -> bool:
        handle = self.client.get_workflow_handle(workflow_id)
        end = asyncio.get_running_loop().time() + STUCK_AFTER_SECONDS
        pending = ""
        while asyncio.get_running_loop().time() < end:
            try:
                described = await handle.describe()
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:
                    raise
                await asyncio.sleep(LOOK_AGAIN_SECONDS * 10)
                continue
            if described.status is WorkflowExecutionStatus.CONTINUED_AS_NEW:
                continue
            if described.status is not WorkflowExecutionStatus.RUNNING:
                return False
            raw = described.raw_description
            activities = [f"{a.activity_type.name} (poging {a.attempt})" for a in raw.pending_activities]
            task = raw.HasField("pending_workflow_task")
            if not activities and not task:
                return True
            pending = ", ".join([*activities, *(["een workflowtaak"] if task else [])])
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        raise ClockStuck(f"{workflow_id} blijft bezig met {pending}")

    async def deadline(self, workflow_id: str) -> datetime | None:
        """When the timer that a workflow armed goes off, read from its history."""
        return await armed(self.client, workflow_id)

    async def move(self, workflow_ids: Iterable[str], to: datetime) -> None:
        """Moves every workflow to a moment; those that are past it stay where they are."""
        for workflow_id in workflow_ids:
            await self._move(workflow_id, to)

    async def _move(self, workflow_id: str, to: datetime) -> None:
        handle = self.client.get_workflow_handle(workflow_id)
        arrived = False
        for _ in range(MOVES):
            ahead = to - await self._skipper.get_current_time(handle)
            if ahead <= timedelta(0):
                return
            try:
                arrived = await asyncio.wait_for(
                    self._skipper.fast_forward(handle, ahead), STUCK_AFTER_SECONDS
                )
                break
            except TimeoutError:
                break
            except RPCError as error:
                if error.status not in UNCERTAIN:
                    raise
                await asyncio.sleep(LOOK_AGAIN_SECONDS * 10)
        if not arrived and (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
            raise ClockStuck(f"{workflow_id} komt niet tot {to:%Y-%m-%d %H:%M}")


def _never_twice(client: Client) -> None:
    """Keeps the SDK from repeating a move whose answer was lost: how far is counted from where the clock stands."""
    service = client.workflow_service
    update = service.update_workflow_execution_options

    async def once(request: Any, **more: Any) -> Any:
        return await update(request, **{**more, "retry": False})

    service.update_workflow_execution_options = once  # type: ignore[assignment]


async def armed(client: Client, workflow_id: str) -> datetime | None:
    """The newest timer of the current run that was started and neither fired nor cancelled.

    The history is read from its end: a trajectory arms one timer at a time, and what is armed is near the end.
    """
    over: set[str] = set()
    async for event in _newest_first(client, workflow_id):
        if event.event_type == EventType.EVENT_TYPE_TIMER_FIRED:
            over.add(event.timer_fired_event_attributes.timer_id)
        elif event.event_type == EventType.EVENT_TYPE_TIMER_CANCELED:
            over.add(event.timer_canceled_event_attributes.timer_id)
        elif event.event_type == EventType.EVENT_TYPE_TIMER_STARTED:
            started = event.timer_started_event_attributes
            if started.timer_id not in over:
                return event.event_time.ToDatetime(UTC) + started.start_to_fire_timeout.ToTimedelta()
    return None


async def _newest_first(client: Client, workflow_id: str) -> AsyncIterator[HistoryEvent]:
    request = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=workflow_id),
        maximum_page_size=EVENTS_A_PAGE,
    )
    while True:
        page = await client.workflow_service.get_workflow_execution_history_reverse(request, retry=True)
        for event in page.history.events:
            yield event
        if not page.next_page_token:
            return
        request.next_page_token = page.next_page_token
