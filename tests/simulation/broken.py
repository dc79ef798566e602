"""Trajectories that lose their thread on purpose: the checks must notice them, or they prove nothing."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

from temporalio import workflow

from models.ama_case import AmaStart
from models.ama_verloop import Overeenkomst
from models.case import Closed, Start
from models.findings import Finding
from models.phases import Afronding
from rules.amaboek import AMABOEK
from workflows.activeringstraject import Activeringstraject
from workflows.arbeidsmatige_activiteiten import ArbeidsmatigeActiviteiten
from workflows.commands import Reception


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


@workflow.defn(name="kapot_ama")
class Lawless(ArbeidsmatigeActiviteiten):
    """It asks neither itself nor the tables whether anything may begin."""

    @workflow.init
    def __init__(self, start: AmaStart) -> None:
        super().__init__(start)
        book = replace(AMABOEK, findings_against=lambda command, state, today: ())
        self.case.book = book
        self._reception = Reception(self.case)

    @workflow.run
    async def run(self, start: AmaStart) -> Closed:
        """Lives as any other AMA, but for what it does not look at."""
        return await self.live(self._story)

    def _against(self, each: Overeenkomst) -> list[Finding[Any]]:
        return []


BROKEN = (DeadPump, NoEindverslag, Lawless)
