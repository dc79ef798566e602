"""Wakes every AMA whose next yearly evaluation has its window open; the AMA alone opens the evaluation, once."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.database import Database
from activities.pages import groups, is_erased
from models.evaluatie import Evaluate
from models.sweeps import Melding, Part, Probleem, Swept
from models.tables import TrajectRow

SIGNAL = "evaluate"


class _Due(NamedTuple):
    workflow_id: str
    nummer: int


class Wekken:
    """Signals each AMA by the number of the evaluation that the record expects next."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client

    @activity.defn(name="evaluaties_wekken")
    async def wake(self, part: Part) -> Swept:
        """Wakes a bounded number of AMA; one that is woken twice opens its evaluation once."""
        page = await asyncio.to_thread(self._page, part)
        done = Swept()
        for some in groups(page):
            activity.heartbeat(some[0].workflow_id)
            done = sum(await asyncio.gather(*(self._one(due, part) for due in some)), done)
        return done.model_copy(
            update={"next_after": page[-1].workflow_id if len(page) == part.at_most else None}
        )

    async def _one(self, due: _Due, part: Part) -> Swept:
        if part.alleen_tonen:
            return Swept(bekeken=1)
        try:
            ama = self._client.get_workflow_handle(due.workflow_id)
            await ama.signal(SIGNAL, Evaluate(nummer=due.nummer, datum=part.as_of))
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            gone = "loopt niet in de engine; de dagelijkse controle kijkt het na"
            found = Melding(onderwerp=due.workflow_id, probleem=Probleem.ONTBREEKT, uitleg=gone)
            return Swept(bekeken=1, meldingen=(found,))
        return Swept(bekeken=1, gedaan={"gewekt": 1})

    def _page(self, part: Part) -> Sequence[_Due]:
        """The next AMA whose window is open on the day, without those of erased dossiers."""
        due = (
            select(TrajectRow.workflow_id, TrajectRow.evaluatie_nummer)
            .where(TrajectRow.is_open, TrajectRow.evaluatie_vanaf <= part.as_of)
            .where(
                TrajectRow.evaluatie_nummer.is_not(None), TrajectRow.workflow_id > part.after, ~is_erased()
            )
            .order_by(TrajectRow.workflow_id)
            .limit(part.at_most)
        )
        with self._database.read() as session:
            return [_Due(workflow_id, nummer or 0) for workflow_id, nummer in session.execute(due)]
