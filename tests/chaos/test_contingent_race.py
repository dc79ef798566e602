"""Fifty AMA SE compete for the ten places of one holder while workers die: ten have one, the others stand in order."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

from sqlalchemy import select

from activities.contingent_overzicht import ContingentOverzicht
from activities.contingent_rows import HELD
from models.clock import at_hour
from models.contingent import ContingentLijn
from models.tables import DutyRow, PlaceRow
from player.stage import FIRST_HOUR, Stage
from tests.chaos.conftest import Setting
from tests.chaos.scene import Scene
from tests.chaos.stops import BEGINS, COMMITS, ENDS
from tests.workflows.ama_desk import MAATWERK, AmaDesk, registered
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import request

MANY, PLACES, LEAVING = 50, 10, 3
ASKING = "plaats_vragen:"
SEED = 1
NO_BENEFIT = {"code": "geen", "van": "2020-01-01"}
"""A statuut for which nobody is asked a permission, so that no document is made."""
LOOK_EACH, PAUSE = 0.05, 0.2
HALF_WAY = 25
SETTLED_WITHIN = 240


class Race:
    """Competitors for the places of one holder; the day VDAB decided says nothing about who asks first."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.stage: Stage = scene.stage
        days = [BEGIN - timedelta(days=7 + n // 2) for n in range(MANY)]
        random.Random(SEED).shuffle(days)
        self.desks = [self._competitor(n, day) for n, day in enumerate(days)]
        self.decided = {desk.workflow_id: day for desk, day in zip(self.desks, days, strict=True)}
        self.most = 0
        """The most places that were ever seen given away at once."""

    def _competitor(self, number: int, decided: date) -> AmaDesk:
        asked = request(sleutel=f"aanvraag {number}")
        known = {"houder": MAATWERK, "beslist_op": f"{decided}", "statuten": [NO_BENEFIT]}
        return AmaDesk(self.stage, registered(self.stage, "ama_se", asked, **known))

    @property
    def ids(self) -> list[str]:
        """Of all of them."""
        return [desk.workflow_id for desk in self.desks]

    @property
    def line(self) -> ContingentLijn:
        """What people read about the holder on the first day."""
        lines = ContingentOverzicht(self.stage.collaborators.database).op(BEGIN)
        return next(each for each in lines if each.houder == MAATWERK)

    def places(self, *statuses: str) -> list[str]:
        """Whose request has one of these statuses."""
        asked = select(PlaceRow.workflow_id).where(PlaceRow.holder == MAATWERK)
        wanted = asked.where(PlaceRow.status.in_(statuses)) if statuses else asked
        with self.stage.collaborators.database.read() as session:
            return list(session.scalars(wanted.order_by(PlaceRow.id)))

    def visits(self) -> list[str]:
        """Who was ever asked to visit, once for each time."""
        owed = select(DutyRow.workflow_id).where(DutyRow.key.startswith("bezoek/"))
        with self.stage.collaborators.database.read() as session:
            return sorted(session.scalars(owed))

    def in_order(self, waiting: Sequence[str]) -> list[str]:
        """How they stand in line by the day that VDAB decided; on one day by their own name."""
        return sorted(waiting, key=lambda each: (self.decided[each], each))

    async def begin(self) -> None:
        """All of them have their first morning at once."""
        await asyncio.gather(*(self.stage.trajectories.start(desk.registered) for desk in self.desks))
        moment = at_hour(BEGIN, FIRST_HOUR)
        await asyncio.gather(*(self.stage.clock.move([each], moment) for each in self.ids))

    async def asked(self, many: int) -> None:
        """Waits until so many requests are in the record."""
        while len(self.places()) < many:
            await asyncio.sleep(PAUSE)

    async def settled(self) -> None:
        """Waits until all are quiet; who is woken by another is so before that one is."""
        for _ in range(2):
            await self.stage.clock.quiet(self.ids)

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Looks all the time at how many places are given away."""
        watching = asyncio.create_task(self._watch())
        try:
            async with asyncio.timeout(SETTLED_WITHIN):
                yield
        finally:
            watching.cancel()
        assert not watching.done() or watching.cancelled(), "nobody kept watch"

    async def _watch(self) -> None:
        while True:
            self.most = max(self.most, len(self.places(*HELD)), self.line.ingenomen + self.line.gereserveerd)
            await asyncio.sleep(LOOK_EACH)


async def test_fifty_compete_for_ten_places(on_wide_scene: Setting) -> None:
    """Killed before, at and after the commit of a request, and again half way: never an eleventh place."""
    async with on_wide_scene() as scene:
        race, workers = Race(scene), scene.workers
        async with race.watched():
            workers.at |= {f"{ASKING}:{where}": workers.crash for where in (BEGINS, COMMITS, ENDS)}
            await workers.hold()
            beginning = asyncio.create_task(race.begin())
            await race.asked(HALF_WAY)
            await workers.crash()
            await beginning
            await race.asked(MANY)
            await race.settled()
            await workers.finished()
            assert workers.killed == 4
            have, waiting = race.places("reserved"), race.in_order(race.places("waiting"))
            assert (len(have), len(waiting), race.places("occupied")) == (PLACES, MANY - PLACES, [])
            assert (race.line.gereserveerd, race.line.vrij) == (PLACES, 0)
            assert list(race.line.wachtend) == waiting
            assert race.visits() == sorted(have)
            await _leave(race, have[:LEAVING])
            assert race.visits() == sorted([*have, *waiting[:LEAVING]])
            assert race.in_order(race.places("reserved")) == race.in_order(
                [*have[LEAVING:], *waiting[:LEAVING]]
            )
            assert list(race.line.wachtend) == waiting[LEAVING:]
        assert race.most == PLACES


async def _leave(race: Race, leaving: Sequence[str]) -> None:
    """Some never start; the worker dies between what they give back and what the next in line are told."""
    workers, before = race.scene.workers, race.scene.workers.killed
    told = {"plaats_vrijgeven:": COMMITS, "wachtenden_verwittigen:": BEGINS}
    workers.at |= {f"{call}:{where}": workers.crash for call, where in told.items()}
    await workers.hold()
    going = [desk for desk in race.desks if desk.workflow_id in leaving]
    await asyncio.gather(
        *(desk.accepted("ama_beeindigen", einde=BEGIN, oorzaak="nooit_gestart") for desk in going)
    )
    await race.settled()
    await workers.finished()
    assert workers.killed == before + len(told)
    assert sorted(race.places("released")) == sorted(leaving)
