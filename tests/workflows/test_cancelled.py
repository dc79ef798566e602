"""What the buttons of the Temporal UI can do to a trajectory."""

from datetime import date

from player.stage import Stage
from tests.workflows.desk import FIRST_REVIEW, REVIEW, Desk


async def test_a_cancellation_is_noted_and_ends_nothing(sqlite_stage: Stage) -> None:
    """A trajectory asked to cancel goes on: its next review opens, is answered, and nothing is told twice."""
    desk = await Desk.running(sqlite_stage)
    await desk.handle.cancel()
    await desk.settle()
    await desk.go(date(2029, 4, 2))
    await desk.accepted("review_vastleggen", **REVIEW, datum=date(2029, 4, 2))
    assert desk.stand.fase == "lopend"
    assert len(desk.events("annulering-geweigerd")) == 1
    assert len(desk.events("review_vastleggen")) == 1
    assert date(2029, 4, 2) < FIRST_REVIEW
