"""Starts the workflow of a registered trajectory, exactly once however often it is asked."""

from collections.abc import Callable
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import (
    SearchAttributeKey,
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.law_tables import LawTables
from models.aanvraag import Registered
from models.case import Patience, Start
from models.law import LawOrder

LAW_REACH = timedelta(days=4 * 366)
"""How far ahead of its first day a trajectory knows the law from the start."""

AT_START = (
    (SearchAttributeKey.for_keyword("Fase"), "toewijzing"),
    (SearchAttributeKey.for_bool("TeLaat"), False),
    (SearchAttributeKey.for_bool("Opgeschort"), False),
)


def no_delay(_registered: Registered) -> timedelta:
    """A trajectory starts when it is asked for."""
    return timedelta(0)


class Trajectories:
    """The workflows of trajectories, by the ids that the register gave them."""

    def __init__(
        self,
        client: Client,
        law: LawTables,
        task_queue: str,
        patience: Patience,
        delay: Callable[[Registered], timedelta] = no_delay,
    ) -> None:
        self._client = client
        self._law = law
        self._task_queue = task_queue
        self._patience = patience
        self._delay = delay

    async def start(self, registered: Registered) -> None:
        """Starts the trajectory under its own id; one that runs or ran already is left as it is."""
        law = self._law.snapshot(LawOrder(as_of=registered.begin, horizon=registered.begin + LAW_REACH))
        dossier = SearchAttributePair(SearchAttributeKey.for_keyword("Dossier"), registered.reference)
        try:
            await self._client.start_workflow(
                registered.soort,
                Start(
                    reference=registered.reference,
                    nis_code=registered.nis_code,
                    start=registered.begin,
                    law=law,
                    patience=self._patience,
                ),
                id=registered.workflow_id,
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary=f"{registered.soort.capitalize()} {registered.reference}",
                static_details=f"Begonnen op {registered.begin:%d-%m-%Y}. De stand: Current Details.",
                search_attributes=TypedSearchAttributes(
                    [dossier, *(SearchAttributePair(key, value) for key, value in AT_START)]
                ),
                start_delay=self._delay(registered) or None,
            )
        except WorkflowAlreadyStartedError:
            return
