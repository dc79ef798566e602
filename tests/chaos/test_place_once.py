"""The worker dies at each call that takes something for good in an AMA SE: one place, one beginning, one evaluation."""

from datetime import date

from sqlalchemy import select

from models.tables import DutyRow, PlaceRow, TrajectRow
from tests.chaos.conftest import Setting
from tests.chaos.scene import Scene
from tests.chaos.stops import BEGINS, COMMITS, ENDS
from tests.chaos.test_evaluations_once import evaluations, opened
from tests.workflows.ama_desk import MAATWERK
from tests.workflows.desk import BEGIN
from tests.workflows.test_ama_se import on_the_day, started

IN_WINDOW = date(2029, 11, 28)
PLACED = ("plaats_vragen:", "plaats_innemen:", "ama_beginnen:")
OPENED = ("evaluatie_openen:",)


async def _dies_at(scene: Scene, *calls: str) -> None:
    """The worker dies before, at the commit and after each of these calls."""
    places = (f"{call}:{where}" for call in calls for where in (BEGINS, COMMITS, ENDS))
    scene.workers.at |= dict.fromkeys(places, scene.workers.crash)
    await scene.workers.hold()


async def test_a_worker_killed_at_each_call_takes_one_place_and_opens_one_evaluation(
    on_scene: Setting,
) -> None:
    """Twelve deaths from the first question to the first evaluation, and everything is there once."""
    async with on_scene() as scene:
        await _dies_at(scene, *PLACED)
        desk = await started(scene.stage)
        await scene.workers.finished()
        assert scene.workers.killed == 3 * len(PLACED)
        assert (desk.stand.fase, on_the_day(desk, MAATWERK)) == ("begeleid", (1, 0))
        await _dies_at(scene, *OPENED)
        await desk.go(IN_WINDOW)
        await scene.workers.finished()
        assert scene.workers.killed == 3 * len(PLACED + OPENED)
        assert evaluations(scene.stage) == {desk.reference: 1}
        assert opened(scene.stage) == {desk.workflow_id: 1}
        with scene.stage.collaborators.database.read() as session:
            (place,) = session.scalars(select(PlaceRow)).all()
            visits = session.scalars(select(DutyRow.key).where(DutyRow.key.startswith("bezoek/"))).all()
            mine = session.get_one(TrajectRow, desk.workflow_id)
            assert (place.status, place.ronde, place.occupied_from) == ("occupied", 1, BEGIN)
            assert mine.begonnen_op == BEGIN
        assert visits == ["bezoek/1"]
        scene.record(desk.reference)
