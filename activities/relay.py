"""Carries commands from the inbox to their trajectories, with the same id until the outcome is known."""

import asyncio
import logging
from datetime import timedelta

from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.inbox_rows import Inbox
from activities.trajectories import Trajectories
from activities.waiting import Waiting
from models.errors import Refusal
from models.messages import Outcome
from models.tables import InboxRow

ONE_TRY = timedelta(seconds=10)
PAUSE_SECONDS = 2.0
FINAL = frozenset(Refusal)

log = logging.getLogger(__name__)


class Relay:
    """Sends what is open in the inbox; an outcome or a refusal is final, everything else is tried again."""

    def __init__(self, client: Client, inbox: Inbox, waiting: Waiting, trajectories: Trajectories) -> None:
        self._client = client
        self._inbox = inbox
        self._waiting = waiting
        self._trajectories = trajectories

    async def send(self, row: InboxRow) -> InboxRow:
        """Tries one command once and returns its row, settled or still open."""
        if row.status != "open":
            return row
        await asyncio.to_thread(self._inbox.tried, row.id)
        try:
            outcome = await self._client.get_workflow_handle(row.workflow_id).execute_update(
                row.command, row.payload, id=row.id, result_type=Outcome, rpc_timeout=ONE_TRY
            )
        except WorkflowUpdateFailedError as failed:
            return await self._refused(row, failed.cause)
        except WorkflowUpdateRPCTimeoutOrCancelledError:
            return row
        except RPCError as error:
            return await self._unreachable(row, error)
        return await asyncio.to_thread(self._inbox.accepted, row.id, outcome.model_dump(mode="json"))

    async def _refused(self, row: InboxRow, cause: BaseException | None) -> InboxRow:
        if not isinstance(cause, ApplicationError) or cause.type not in FINAL:
            return row
        detail = dict(cause.details[0]) if cause.details else {}
        refusal = {"soort": cause.type, "tekst": cause.message, **detail}
        return await asyncio.to_thread(self._inbox.refused, row.id, refusal)

    async def _unreachable(self, row: InboxRow, error: RPCError) -> InboxRow:
        """Only a trajectory that ended by itself refuses for good; one that was terminated can be repaired."""
        if error.status is not RPCStatusCode.NOT_FOUND or not await self._ended(row.workflow_id):
            return row
        ended = {
            "soort": str(Refusal.VERKEERDE_FASE),
            "tekst": "het traject is voorgoed beëindigd",
            "veld": "traject",
        }
        return await asyncio.to_thread(self._inbox.refused, row.id, ended)

    async def _ended(self, workflow_id: str) -> bool:
        try:
            described = await self._client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            gone = error.status is RPCStatusCode.NOT_FOUND
            return gone and await asyncio.to_thread(self._waiting.lost, workflow_id) is None
        return described.status is WorkflowExecutionStatus.COMPLETED

    async def round(self) -> int:
        """Starts what was registered and never started, sends what is open, and tells how much is still open."""
        for registered in await asyncio.to_thread(self._waiting.unstarted):
            await self._trajectories.start(registered)
        rows = await asyncio.to_thread(self._inbox.open_rows)
        sent = [await self.send(row) for row in rows]
        return sum(row.status == "open" for row in sent)

    async def run(self) -> None:
        """Works until cancelled; trouble with the engine or the record is waited out."""
        while True:
            try:
                await self.round()
            except Exception as trouble:  # the next round tries again; nothing is lost meanwhile
                log.warning("relay: %s", type(trouble).__name__)
            await asyncio.sleep(PAUSE_SECONDS)
