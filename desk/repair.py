"""Brings back a trajectory whose run was terminated or failed: a reset to its last completed workflow task."""

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from ulid import ULID

from desk.office import Office
from desk.plainly import DeskProblem
from models.lines import TrajectLine

ENDED_BADLY = {
    WorkflowExecutionStatus.TERMINATED: "afgebroken",
    WorkflowExecutionStatus.FAILED: "mislukt",
    WorkflowExecutionStatus.TIMED_OUT: "verlopen",
    WorkflowExecutionStatus.CANCELED: "geannuleerd",
}
MANY_ATTEMPTS = 3


async def repair(desk: Office, traject: TrajectLine) -> str:
    """What was wrong with the run of a trajectory and what was done about it, in one sentence."""
    client = await desk.require_client()
    handle = client.get_workflow_handle(traject.workflow_id)
    try:
        found = await handle.describe()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise DeskProblem(f"de engine antwoordt niet ({error.status.name})") from None
        return await _started(desk, client, traject)
    if found.status is WorkflowExecutionStatus.RUNNING:
        return _running(found)
    if found.status not in ENDED_BADLY:
        return f"{traject.workflow_id} is gewoon beëindigd; er is niets te herstellen."
    await _reset(client, found)
    return f"{traject.workflow_id} was {ENDED_BADLY[found.status]} en gaat verder waar het was."


async def _started(desk: Office, client: Client, traject: TrajectLine) -> str:
    if traject.stand is not None:
        raise DeskProblem(
            f"de engine kent {traject.workflow_id} niet meer; herstel een back-up van haar database"
        )
    await desk.relay(client).round()
    return f"{traject.workflow_id} was nog niet gestart en is dat nu wel."


def _running(found: WorkflowExecutionDescription) -> str:
    task = found.raw_description.pending_workflow_task
    if task.attempt >= MANY_ATTEMPTS:
        return (
            f"{found.id} loopt, maar zijn workflowtaak mislukt telkens (poging {task.attempt}): "
            "zie de Temporal UI; een verbeterde versie van de worker lost het op."
        )
    return f"{found.id} loopt; er is niets te herstellen."


async def _reset(client: Client, found: WorkflowExecutionDescription) -> None:
    handle = client.get_workflow_handle(found.id, run_id=found.run_id)
    await client.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=found.id, run_id=found.run_id),
            reason="werkzorg dossier herstel",
            workflow_task_finish_event_id=await _last_completed_task(handle),
            request_id=str(ULID()),
        )
    )


async def _last_completed_task(handle: WorkflowHandle) -> int:  # type: ignore[type-arg]
    completed = EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    done = [each.event_id async for each in handle.fetch_history_events() if each.event_type == completed]
    if not done:
        raise DeskProblem("de run heeft nog geen workflowtaak afgewerkt: start het traject opnieuw")
    return done[-1]
