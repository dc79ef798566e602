"""Trajectories that lose their thread on purpose: the checks must notice them, or they prove nothing."""

import asyncio
from contextlib import suppress

from temporalio import workflow

from models.case import Closed, Start
from models.phases import Afronding
from workflows.activeringstraject import Activeringstraject


@workflow.defn(name="kapot_pomp")
class DeadPump(Activeringstraject):
    """Its pump dies at the first phase it does not expect, and nobody awaits it."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """Tells the story beside a pump that dies in silence."""
        pump = asyncio.create_task(self._pump_until_lopend())
        await self._tell(self._story)
        await pump
        raise AssertionError("a story never ends by itself")

    async def _pump_until_lopend(self) -> None:
        pump = asyncio.create_task(self.pump.run())
        await workflow.wait_condition(lambda: self.case.state.phase.fase == "lopend")
        pump.cancel()
        with suppress(asyncio.CancelledError):
            await pump


@workflow.defn(name="kapot_eindverslag")
class NoEindverslag(Activeringstraject):
    """It forgets to ask for the eindverslag when a trajectory is stopped."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """Lives as any other trajectory, but for what it forgets."""
        return await self.live(self._forgetful_story)

    async def _forgetful_story(self) -> None:
        if isinstance(self.case.state.phase, Afronding):
            await workflow.wait_condition(lambda: not isinstance(self.case.state.phase, Afronding))
        else:
            await self._story()


BROKEN = (DeadPump, NoEindverslag)
