"""Listens to what a workflow orders while it is replayed; the engine itself only looks at the kind and the order."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.client import WorkflowHistory
from temporalio.plugin import SimplePlugin
from temporalio.worker import Replayer, WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

import worker

Commands = list[WorkflowCommand]


class Listening(WorkflowRunner):
    """The runner of production, with an ear at what goes out of it."""

    def __init__(self, inner: WorkflowRunner, queue: str, heard: Commands) -> None:
        self._inner = inner
        self._queue = queue
        self._heard = heard

    def prepare_workflow(self, defn: Any) -> None:
        """See WorkflowRunner."""
        self._inner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Any) -> None:
        """See WorkflowRunner."""
        self._inner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """See WorkflowRunner; the replayer has a queue of its own, and a workflow may look at that."""
        there = replace(det, info=replace(det.info, task_queue=self._queue))
        return _Heard(self._inner.create_instance(there), self._heard)  # type: ignore[return-value]


class _Heard:
    """One running workflow; everything but its orders passes through unseen."""

    def __init__(self, inner: WorkflowInstance, heard: Commands) -> None:
        self._inner = inner
        self._heard = heard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def activate(self, act: WorkflowActivation) -> WorkflowActivationCompletion:
        completion = self._inner.activate(act)
        for command in completion.successful.commands:
            self._heard.append(type(command).FromString(command.SerializeToString()))
        return completion


async def replayed(history: WorkflowHistory, workflows: Iterable[type] = worker.WORKFLOWS) -> Commands:
    """What a workflow orders when its history is replayed in production's sandbox, with production's converter.

    Raises NondeterminismError where the kinds or the order of its commands differ.
    """
    heard: Commands = []
    queue = history.events[0].workflow_execution_started_event_attributes.task_queue.name
    ear = SimplePlugin("ear", workflow_runner=lambda inner: Listening(inner or worker.SANDBOX, queue, heard))
    await Replayer(workflows=list(workflows), plugins=[worker.PLUGIN, ear]).replay_workflow(history)
    return heard
