"""The recorded histories, as the replay tests read them."""

from functools import cache
from pathlib import Path

from temporalio.client import WorkflowHistory

HISTORIES = Path(__file__).parent.parent / "histories"
NAMES = tuple(path.stem for path in sorted(HISTORIES.glob("*.json")))


@cache
def read(name: str) -> WorkflowHistory:
    """A recorded history by its name: the story and the number of the run."""
    text = (HISTORIES / f"{name}.json").read_text("utf-8")
    unnamed = WorkflowHistory.from_json("", text)
    started = unnamed.events[0].workflow_execution_started_event_attributes
    return WorkflowHistory(started.workflow_id, unnamed.events)


def kind_of(name: str) -> str:
    """The workflow type of a recorded history."""
    return read(name).events[0].workflow_execution_started_event_attributes.workflow_type.name
