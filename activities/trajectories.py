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
from models.ama_case import AmaStart
from models.case import Beginning, Patience, Start
from models.evaluatie_case import EvaluatieStart
from models.law import Law, LawOrder
from models.onthaal_case import OnthaalStart
from models.toeleiding_case import ToeleidingStart

LAW_REACH = timedelta(days=4 * 366)
"""How far ahead of its first day a trajectory knows the law from the start."""

FIRST_PHASE = {
    "toeleiding": "aanvullen",
    "activeringstraject": "toewijzing",
    "onthaaltraject": "routering",
    "arbeidsmatige_activiteiten": "aangemeld",
    "ama_se": "aangemeld",
    "evaluatie": "evalueren",
}
WORKFLOW = {"ama_se": "arbeidsmatige_activiteiten"}
"""The type of workflow of a kind of trajectory, where it has another name."""
TITLE = {"arbeidsmatige_activiteiten": "AMA (welzijn en zorg)", "ama_se": "AMA (sociale economie)"}
AT_START = (
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

    async def start(self, registered: Registered, delay: timedelta | None = None) -> None:
        """Starts the trajectory under its own id; one that runs or ran already is left as it is."""
        order = LawOrder(
            as_of=registered.begin,
            horizon=registered.begin + LAW_REACH,
            lijsten=registered.soort == "onthaaltraject",
        )
        law = self._law.snapshot(order)
        dossier = SearchAttributePair(SearchAttributeKey.for_keyword("Dossier"), registered.reference)
        phase = SearchAttributePair(SearchAttributeKey.for_keyword("Fase"), FIRST_PHASE[registered.soort])
        title = TITLE.get(registered.soort, registered.soort.capitalize())
        try:
            await self._client.start_workflow(
                WORKFLOW.get(registered.soort, registered.soort),
                beginning(registered, law, self._patience),
                id=registered.workflow_id,
                task_queue=self._task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary=f"{title} {registered.reference}",
                static_details=f"Begonnen op {registered.begin:%d-%m-%Y}. De stand: Current Details.",
                search_attributes=TypedSearchAttributes(
                    [dossier, phase, *(SearchAttributePair(key, value) for key, value in AT_START)]
                ),
                start_delay=(self._delay(registered) if delay is None else delay) or None,
            )
        except WorkflowAlreadyStartedError:
            return


def beginning(registered: Registered, law: Law, patience: Patience) -> Beginning:
    """What a workflow of this kind starts with."""
    kinds: dict[str, type[Beginning]] = {
        "toeleiding": ToeleidingStart,
        "onthaaltraject": OnthaalStart,
        "arbeidsmatige_activiteiten": AmaStart,
        "ama_se": AmaStart,
        "evaluatie": EvaluatieStart,
    }
    kind = kinds.get(registered.soort, Start)
    return kind.model_validate(
        {
            **registered.meegegeven,
            "reference": registered.reference,
            "nis_code": registered.nis_code,
            "start": registered.begin,
            "law": law,
            "patience": patience,
        }
    )
