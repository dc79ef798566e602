"""Checkpoints at moments drawn from a seed: at every stop, amid commands, and right after the clock moved."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from random import Random

from temporalio.client import Client
from temporalio.service import RPCError

from activities.relay import Relay
from activities.waiting import Waiting
from models.tables import InboxRow
from player.clock import LockStep
from player.play import Between, Player
from player.stage import Stage
from worker import connect

SOON_SECONDS = 0.06
"""Long enough for a signal to land in a step, a command or a document that is under way."""


class Unrest:
    """Sends checkpoints; the same seed draws the same moments."""

    def __init__(self, client: Client, seed: int) -> None:
        self._client = client
        self._random = Random(seed)
        self._under_way: set[asyncio.Task[None]] = set()
        self.sent = 0

    async def now(self, workflow_id: str) -> None:
        """Asks for a fresh run at once; a trajectory that has ended needs none."""
        self.sent += 1
        with suppress(RPCError):
            await self._client.get_workflow_handle(workflow_id).signal("checkpoint")

    def soon(self, workflow_id: str) -> None:
        """Asks for a fresh run within a moment, while other things go on."""
        task = asyncio.create_task(self._after(self._random.uniform(0, SOON_SECONDS), workflow_id))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def drawn(self, chance: float) -> bool:
        """Whether it happens this time."""
        return self._random.random() < chance

    async def settled(self) -> None:
        """Waits for the checkpoints that are under way."""
        await asyncio.gather(*self._under_way)

    async def _after(self, seconds: float, workflow_id: str) -> None:
        await asyncio.sleep(seconds)
        await self.now(workflow_id)


class RestlessRelay(Relay):
    """Carries commands while checkpoints are asked for before, with and after them."""

    unrest: Unrest

    async def send(self, row: InboxRow) -> InboxRow:
        """See Relay."""
        if self.unrest.drawn(0.5):
            await self.unrest.now(row.workflow_id)
        self.unrest.soon(row.workflow_id)
        return await super().send(row)


class RestlessClock(LockStep):
    """Moves time, and asks for a checkpoint while what became due is being done."""

    unrest: Unrest

    async def move(self, workflow_ids: Iterable[str], to: datetime) -> None:
        """See LockStep."""
        moving = list(workflow_ids)
        await super().move(moving, to)
        for each in moving:
            if self.unrest.drawn(0.6):
                self.unrest.soon(each)

    async def quiet(self, workflow_ids: Iterable[str]) -> list[str]:
        """See LockStep."""
        ids = list(workflow_ids)
        await super().quiet(ids)
        await self.unrest.settled()
        return await super().quiet(ids)


async def restless(stage: Stage, seed: int) -> tuple[Stage, Unrest]:
    """The same stage, disturbed in all its doings."""
    unrest = Unrest(stage.client, seed)
    waiting = Waiting(stage.collaborators.database)
    relay = RestlessRelay(stage.client, stage.collaborators.inbox, waiting, stage.trajectories)
    clock = RestlessClock(await connect(stage.engine.connect_config))
    relay.unrest = clock.unrest = unrest
    return replace(stage, relay=relay, clock=clock), unrest


def at_stops(unrest: Unrest, chance: float = 0.4) -> Between:
    """Asks each trajectory that has begun for a checkpoint at some of the stops, when nothing is under way."""

    async def between(player: Player) -> None:
        for each in player.workflow_ids:
            if player._stand(each) is not None and unrest.drawn(chance):
                await unrest.now(each)

    return between
