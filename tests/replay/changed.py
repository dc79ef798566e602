"""Activeringstrajecten that were changed as a careless release would: what the replay gate must see."""

import asyncio

from temporalio import workflow

from models.case import Closed, Start
from models.law import Law
from workflows.activeringstraject import Activeringstraject
from workflows.pump import Pump


def with_value(law: Law, name: str, value: str) -> Law:
    """The same law with another value of one parameter."""
    changed = (p.model_copy(update={"value": value}) if p.name == name else p for p in law.parameters)
    return law.model_copy(update={"parameters": tuple(changed)})


def under(start: Start, name: str, value: str) -> Start:
    """The same start, but for one parameter that is taken from elsewhere than the case's own history."""
    if start.state is None:
        assert start.law is not None
        return start.model_copy(update={"law": with_value(start.law, name, value)})
    state = start.state.model_copy(update={"law": with_value(start.state.law, name, value)})
    return start.model_copy(update={"state": state})


@workflow.defn(name="activeringstraject")
class LaterEindverslag(Activeringstraject):
    """Reads a term from a table of today instead of from its history: same commands, other dates."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(under(start, "activering.eindverslag_laat", "31 dagen"))

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)


@workflow.defn(name="activeringstraject")
class LaterRung(Activeringstraject):
    """Climbs the ladder a day later than the history does."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(
            under(start, "ladder.standaard", "T+4 trekker, T+5 team, T+10 leiding, T+20 operaties")
        )

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)


@workflow.defn(name="activeringstraject")
class LaterHour(Activeringstraject):
    """Wakes an hour later: no date changes, only how long its timers run."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(under(start, "ladder.uur", "8"))

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)


class ImpatientPump(Pump):
    """Arms its timer before it tells the record."""

    async def _record(self) -> None:
        self._arm()
        await asyncio.sleep(0)
        await super()._record()


@workflow.defn(name="activeringstraject")
class OtherOrder(Activeringstraject):
    """Gives the same commands in another order."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self.pump = ImpatientPump(self.case, self.duties, self.repairs, self.calls)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)


@workflow.defn(name="activeringstraject")
class OtherWords(Activeringstraject):
    """Notes another sentence, without a number in it; that is nothing a running case can be hurt by."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """See Activeringstraject."""
        return await self.live(self._story)

    def _note_contact(self, command: object, command_id: str) -> str:
        return "Er is een contactnota bij."
