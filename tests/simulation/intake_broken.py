"""Intake trajectories that lose their thread on purpose: the checks must notice them, or they prove nothing."""

from typing import Any

from temporalio import workflow

from models.case import Closed
from models.onthaal_case import OnthaalStart
from models.phases import Beeindigd, Beslissing
from models.toeleiding_case import ToeleidingStart
from workflows.onthaaltraject import Onthaaltraject
from workflows.toeleiding import Toeleiding


@workflow.defn(name="kapot_beslissing")
class NobodyDecides(Toeleiding):
    """It forgets to ask for the decision when the screening is there."""

    @workflow.init
    def __init__(self, start: ToeleidingStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: ToeleidingStart) -> Closed:
        """Lives as any other toeleiding, but for what it forgets."""
        return await self.live(self._forgetful_story)

    async def _forgetful_story(self) -> None:
        if isinstance(self.case.state.phase, Beslissing):
            await self.case.changed()
        else:
            await self._story()


@workflow.defn(name="kapot_wissen")
class NeverErased(Onthaaltraject):
    """It forgets to arm the erasure when the onthaaltraject has ended."""

    @workflow.init
    def __init__(self, start: OnthaalStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: OnthaalStart) -> Closed:
        """Lives as any other onthaaltraject, but for what it forgets."""
        return await self.live(self._forgetful_story)

    async def _forgetful_story(self) -> None:
        if isinstance(self.case.state.phase, Beeindigd):
            await self.case.changed()
        else:
            await self._story()


@workflow.defn(name="kapot_doorgeven")
class StillReading(Onthaaltraject):
    """It sends the data on to the next kernpartner, and the first one keeps its access."""

    @workflow.init
    def __init__(self, start: OnthaalStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: OnthaalStart) -> Closed:
        """Lives as any other onthaaltraject, but for what it forgets."""
        return await self.live(self._story)

    def note(self, **facts: Any) -> None:
        """Forgets until when a kernpartner had access."""
        if "doorgiften" in facts:
            passed = facts["doorgiften"]
            facts["doorgiften"] = tuple(each.model_copy(update={"tot": None}) for each in passed)
        super().note(**facts)


BROKEN = (NobodyDecides, NeverErased, StillReading)
