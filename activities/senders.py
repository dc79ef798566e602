"""Tells whoever sent a person to the GBO that the data were sent and delivered, and nothing else (art. 4-6)."""

import asyncio

from sqlalchemy import select
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database import Database, bugs_are_permanent
from activities.follow_up import key_of
from models.follow_up import AfzenderMelden
from models.tables import AanvraagRow, TrajectRow

ASKER, ASKED = "toeleiding", "onthaaltraject"
SIGNAL = "doorgifte_gemeld"


class NotHeard(Exception):
    """The engine did not take a message for a sender; it is tried again, and the sender is not named."""


class Senders:
    """Finds the toeleiding behind an onthaaltraject by the key under which it was asked; the answer stays here."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    @activity.defn(name="afzender_melden")
    async def report(self, order: AfzenderMelden) -> None:
        """Signals the sender; one that ended, or that the record does not know, hears nothing more."""
        sender = await asyncio.to_thread(self._sender_of, order.workflow_id)
        if sender is None:
            return
        try:
            await self._client.get_workflow_handle(sender).signal(SIGNAL, order.melding)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise NotHeard(error.status.name) from None

    def _sender_of(self, workflow_id: str) -> str | None:
        """The toeleiding of the same municipality whose key this is: no row of the GBO's domain says which."""
        with bugs_are_permanent(), self._database.read() as session:
            mine = session.get_one(TrajectRow, workflow_id)
            of_mine = select(AanvraagRow.sleutel).where(AanvraagRow.workflow_id == workflow_id)
            asked_as = set(session.scalars(of_mine))
            askers = select(TrajectRow.workflow_id).where(
                TrajectRow.soort == ASKER, TrajectRow.nis_code == mine.nis_code
            )
            return next((each for each in session.scalars(askers) if key_of(each, ASKED) in asked_as), None)
