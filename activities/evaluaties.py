"""Opens the yearly evaluations of arbeidsmatige activiteiten: each once, as a workflow of its own."""

from typing import Any

from temporalio import activity

from activities.database import Clock, Database, bugs_are_permanent
from activities.follow_up import Ahead, at_once
from activities.trajectories import Trajectories
from models.aanvraag import Registered
from models.ama_orders import EvaluatieOrder
from models.follow_up import Begonnen
from models.tables import TrajectRow

EVALUATIE = "evaluatie"


class EvaluatieRegister:
    """The evaluations of the record: a row for each anniversary of each AMA."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def register(self, order: EvaluatieOrder) -> Registered:
        """The registered evaluation, the same at every repeat, whoever accompanies by then."""
        with bugs_are_permanent(), self._database.begin() as session:
            session.get_one(TrajectRow, order.workflow_id, with_for_update=True)
            row = session.get(TrajectRow, evaluation_id(order.workflow_id, order.nummer))
            if row is None:
                row = self._row(order)
                session.add(row)
            return Registered.model_validate(
                {
                    "reference": row.reference,
                    "workflow_id": row.workflow_id,
                    "soort": EVALUATIE,
                    "begin": row.started_on,
                    "nis_code": row.nis_code,
                    "meegegeven": row.begint_met or {},
                }
            )

    def _row(self, order: EvaluatieOrder) -> TrajectRow:
        return TrajectRow(
            workflow_id=evaluation_id(order.workflow_id, order.nummer),
            reference=order.reference,
            soort=EVALUATIE,
            ordinal=order.nummer,
            nis_code=order.nis_code,
            started_on=order.begin,
            begint_met=_begins_with(order),
            recorded_at=self._clock(),
        )


class Evaluaties:
    """Registers and starts an evaluation, on the clock of the AMA that asks it."""

    def __init__(
        self, register: EvaluatieRegister, trajectories: Trajectories, ahead: Ahead = at_once
    ) -> None:
        self._register = register
        self._trajectories = trajectories
        self._ahead = ahead

    @activity.defn(name="evaluatie_openen")
    async def open(self, order: EvaluatieOrder) -> Begonnen:
        """Opens the evaluation of one anniversary once, however often it is asked."""
        registered = self._register.register(order)
        await self._trajectories.start(registered, delay=self._ahead(order.nu))
        return Begonnen(soort=registered.soort, workflow_id=registered.workflow_id, begin=registered.begin)


def evaluation_id(ama: str, nummer: int) -> str:
    """The workflow id of the evaluation of an AMA's n-th anniversary."""
    return f"{EVALUATIE}/{ama.partition('/')[2]}/{nummer}"


def _begins_with(order: EvaluatieOrder) -> dict[str, Any]:
    """What an evaluation starts with: references and codes, no data of the person."""
    fields = {"nummer", "verjaardag", "variant", "begeleider", "leiding", "voorwaarden"}
    late = {"tegen"} if order.tegen else set()
    return order.model_dump(mode="json", include=fields | late) | {"ama": order.workflow_id}
