"""Looks at every contingent: whoever can have a place now is woken, and whoever lost one by a closure is told."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.contingent_overzicht import ContingentOverzicht
from activities.contingenten import Contingenten, Plaatsmeldingen
from models.contingent import PlaatsGesloten, Verwittiging, WieGesloten, WieNu
from models.sweeps import Melding, Part, Probleem, Swept

CLOSED = "plaats_gesloten"


class _Lost(NamedTuple):
    workflow_id: str
    houder: str


class Plaatscontrole:
    """The contingents in the daily control: what no trajectory could know by itself."""

    def __init__(self, contingenten: Contingenten, overzicht: ContingentOverzicht, client: Client) -> None:
        self._contingenten = contingenten
        self._overzicht = overzicht
        self._client = client

    @activity.defn(name="plaatsen_nagaan")
    async def look(self, part: Part) -> Swept:
        """Wakes and tells whom it concerns on a day; a second time changes nothing."""
        lost = await asyncio.to_thread(self._lost, part)
        turn = await asyncio.to_thread(self._contingenten.whose_turn, WieNu(as_of=part.as_of))
        done = Swept(bekeken=len(lost) + len(turn.workflow_ids))
        if part.alleen_tonen:
            return done
        for each in lost:
            if activity.in_activity():
                activity.heartbeat(each.workflow_id)
            done += await self._tell(each, part)
        told = await Plaatsmeldingen(self._client).tell(
            Verwittiging(workflow_ids=turn.workflow_ids, datum=part.as_of)
        )
        woken = {"gewekt voor een plaats": len(told.bereikt)} if told.bereikt else {}
        return done + Swept(gedaan=woken, meldingen=tuple(map(_ended, told.beeindigd)))

    def _lost(self, part: Part) -> Sequence[_Lost]:
        closed = [line.houder for line in self._overzicht.op(part.as_of) if line.plaatsen is None]
        return [
            _Lost(workflow_id, houder)
            for houder in closed
            for workflow_id in self._touched(WieGesloten(houder=houder, as_of=part.as_of))
        ]

    def _touched(self, closed: WieGesloten) -> tuple[str, ...]:
        found = self._contingenten.closed(closed)
        return (*found.geplaatst, *found.wachtend)

    async def _tell(self, lost: _Lost, part: Part) -> Swept:
        try:
            trajectory = self._client.get_workflow_handle(lost.workflow_id)
            await trajectory.signal(CLOSED, PlaatsGesloten(houder=lost.houder, datum=part.as_of))
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return Swept(meldingen=(_ended(lost.workflow_id),))
        return Swept(gedaan={"verwittigd van een sluiting": 1})


def _ended(workflow_id: str) -> Melding:
    told = "heeft een plaats of staat in de rij, maar loopt niet"
    return Melding(onderwerp=workflow_id, probleem=Probleem.BEEINDIGD, uitleg=told)
