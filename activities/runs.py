"""The runs of trajectories in the engine: how each one is, and how one that was ended by mistake comes back."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import (
    Client,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowHistoryEventFilterType,
)
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError, RPCStatusCode
from ulid import ULID

from activities.trajectories import Trajectories
from activities.waiting import Waiting
from models.errors import Permanent

ENDED_BADLY = {
    WorkflowExecutionStatus.TERMINATED: "afgebroken",
    WorkflowExecutionStatus.FAILED: "mislukt",
    WorkflowExecutionStatus.TIMED_OUT: "verlopen",
    WorkflowExecutionStatus.CANCELED: "geannuleerd",
}
MANY_ATTEMPTS = 3
REPORTED = SearchAttributeKey.for_keyword_list("TemporalReportedProblems")
SERVER = "history-service"
"""Who the server says it is when it ends a run itself, because its history grew beyond every limit."""


class NothingToGoBackTo(Permanent):
    """A run that ended before it completed one workflow task: there is nothing to reset it to."""


class Toestand(StrEnum):
    """How the newest run of a trajectory is."""

    LOOPT = "loopt"
    FAALT = "faalt"
    """It runs, and its workflow task fails again and again."""
    STOPGEZET = "stopgezet"
    """Somebody terminated it."""
    SLECHT_GEEINDIGD = "slecht geëindigd"
    """It failed, timed out, was cancelled, or the server ended it."""
    BEEINDIGD = "beëindigd"
    NIET_GESTART = "niet gestart"
    ONBEKEND = "onbekend"
    """The engine does not know it, and it has told the record something."""


@dataclass(frozen=True)
class Run:
    """The newest run of a trajectory, as the engine tells it."""

    workflow_id: str
    toestand: Toestand
    run_id: str = ""
    einde: str = ""
    """How it ended, in one word."""
    attempt: int = 0
    """How often its workflow task was tried."""

    @property
    def can_go_back(self) -> bool:
        """Whether a reset can bring it back."""
        return self.toestand in (Toestand.STOPGEZET, Toestand.SLECHT_GEEINDIGD)


class Runs:
    """Looks at runs, starts those whose start was lost, and resets those that ended by mistake."""

    def __init__(self, client: Client, waiting: Waiting, trajectories: Trajectories) -> None:
        self._client = client
        self._waiting = waiting
        self._trajectories = trajectories

    async def look(self, workflow_id: str) -> Run:
        """How the newest run of a trajectory is; raises RPCError when the engine gives no answer."""
        try:
            found = await self._client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            lost = await asyncio.to_thread(self._waiting.lost, workflow_id)
            return Run(workflow_id, Toestand.NIET_GESTART if lost else Toestand.ONBEKEND)
        if found.status is WorkflowExecutionStatus.RUNNING:
            return _running(found)
        if found.status not in ENDED_BADLY:
            return Run(workflow_id, Toestand.BEEINDIGD, found.run_id or "")
        by_hand = found.status is WorkflowExecutionStatus.TERMINATED and not await self._by_server(found)
        toestand = Toestand.STOPGEZET if by_hand else Toestand.SLECHT_GEEINDIGD
        return Run(workflow_id, toestand, found.run_id or "", ENDED_BADLY[found.status])

    async def start(self, run: Run) -> None:
        """Starts a trajectory whose start was lost; one that runs by now is left as it is."""
        lost = await asyncio.to_thread(self._waiting.lost, run.workflow_id)
        if lost is not None:
            await self._trajectories.start(lost)

    async def reset(self, run: Run, reason: str) -> None:
        """Takes a run back to its last completed workflow task; raises NothingToGoBackTo."""
        handle = self._client.get_workflow_handle(run.workflow_id, run_id=run.run_id)
        await self._client.workflow_service.reset_workflow_execution(
            ResetWorkflowExecutionRequest(
                namespace=self._client.namespace,
                workflow_execution=WorkflowExecution(workflow_id=run.workflow_id, run_id=run.run_id),
                reason=reason,
                workflow_task_finish_event_id=await _last_completed_task(handle),
                request_id=str(ULID()),
            )
        )

    async def _by_server(self, found: WorkflowExecutionDescription) -> bool:
        handle = self._client.get_workflow_handle(found.id, run_id=found.run_id)
        last = WorkflowHistoryEventFilterType.CLOSE_EVENT
        async for event in handle.fetch_history_events(event_filter_type=last):
            return event.workflow_execution_terminated_event_attributes.identity == SERVER
        return False


def _running(found: WorkflowExecutionDescription) -> Run:
    attempt = found.raw_description.pending_workflow_task.attempt
    fails = attempt >= MANY_ATTEMPTS or bool(found.typed_search_attributes.get(REPORTED))
    return Run(found.id, Toestand.FAALT if fails else Toestand.LOOPT, found.run_id or "", attempt=attempt)


async def _last_completed_task(handle: WorkflowHandle) -> int:  # type: ignore[type-arg]
    completed = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    done = [each.event_id async for each in handle.fetch_history_events() if each.event_type == completed]
    if not done:
        raise NothingToGoBackTo("de run heeft nog geen workflowtaak afgewerkt")
    return done[-1]
