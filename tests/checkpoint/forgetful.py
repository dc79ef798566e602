"""A trajectory that forgets at every checkpoint which rungs it climbed: what the comparison must see."""

from temporalio import workflow

from models.case import Closed, Start
from workflows.activeringstraject import Activeringstraject


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
