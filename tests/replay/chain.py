"""The runs of one trajectory: each checkpoint ends a run and begins the next."""

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHistory


async def runs(client: Client, workflow_id: str) -> list[WorkflowHistory]:
    """The histories of all runs, the first one first."""
    newest = await client.get_workflow_handle(workflow_id).fetch_history()
    run_id: str | None = _started(newest).first_execution_run_id
    chain = []
    while run_id:
        history = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        chain.append(history)
        run_id = next_run(history)
    return chain


def next_run(history: WorkflowHistory) -> str | None:
    """The run that went on where this one ended, if it did."""
    last = history.events[-1]
    if last.event_type != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
        return None
    return last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id


def _started(history: WorkflowHistory):  # type: ignore[no-untyped-def]
    return history.events[0].workflow_execution_started_event_attributes
