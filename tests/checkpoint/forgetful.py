"""Trajectories that forget something small at every checkpoint: what the comparison must see."""

from temporalio import workflow

from models.ama_case import AmaStart
from models.case import Closed, Start
from workflows.activeringstraject import Activeringstraject
from workflows.arbeidsmatige_activiteiten import ArbeidsmatigeActiviteiten


@workflow.defn(name="activeringstraject")
class Forgetful(Activeringstraject):
    """Like the real one, but its next run does not know who was reminded."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)
        for key, duty in self.case.state.duties.items():
            self.case.state.duties[key] = duty.model_copy(update={"passed": ()})

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)


@workflow.defn(name="arbeidsmatige_activiteiten")
class ForgetfulAma(ArbeidsmatigeActiviteiten):
    """Like the real one, but its next run does not know that every permission was in order."""

    @workflow.init
    def __init__(self, start: AmaStart) -> None:
        super().__init__(start)
        self.note(in_orde_op=None)

    @workflow.run
    async def run(self, start: AmaStart) -> Closed:
        """See ArbeidsmatigeActiviteiten."""
        return await self.live(self._story)
