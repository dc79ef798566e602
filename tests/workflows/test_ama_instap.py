"""Running AMA enters the real engine: the past stays quiet, and an overdue evaluation comes on a day of its own."""

from datetime import date, timedelta

from activities.ama_instappen import AmaInstappen
from activities.trajectories import LAW_REACH
from models.clock import at_hour
from models.law import LawOrder
from player.stage import FIRST_HOUR, Stage
from rules.ama_instap import entered
from tests.rules.test_ama_instap import SECOND, told
from tests.workflows.ama_desk import AmaDesk
from tests.workflows.desk import OPERATOR
from worker import trajectories, wall_clock

OP = date(2029, 3, 12)
LAST = date(2026, 10, 1)
"""The eighth evaluation; the ninth and the tenth were missed."""


async def entering(stage: Stage) -> AmaDesk:
    """AMA since 2018, at the desk of operations on the day it is entered."""
    agreed = {**SECOND, "verzekerd_tot": "2031-12-31"}
    instap = told(
        laatste_evaluatie=LAST, overeenkomsten=[{**agreed, "start": "2018-10-08"}], sleutel="instap laat"
    )
    law = stage.collaborators.law.snapshot(LawOrder(as_of=OP, horizon=OP + LAW_REACH))
    state = entered(instap, law, OP, OPERATOR)
    assert state.facts.inhalen is not None
    registered = AmaInstappen(stage.collaborators.database, wall_clock).enter(instap, state)
    ahead = at_hour(OP, FIRST_HOUR) - wall_clock()
    starting = trajectories(stage.client, stage.settings, stage.collaborators, lambda _registered: ahead)
    await starting.start(registered)
    desk = AmaDesk(stage, registered)
    await desk.go(OP, FIRST_HOUR)
    await desk.heard_of()
    return desk


async def test_it_goes_on_where_it_was_and_evaluates_on_its_own_day(sqlite_stage: Stage) -> None:
    """No letter, no duty and no document for the past; then one evaluation, in time by its own day."""
    desk = await entering(sqlite_stage)
    late = next(e for e in desk.events("instap")).tekst
    assert (desk.stand.fase, desk.stand.start, desk.live) == ("begeleid", date(2018, 10, 8), [])
    assert (desk.messages(), desk.documents) == ([], [])
    assert "Evaluatie 10 wordt ingehaald vanaf" in late
    stand = desk.stand.ama
    assert stand is not None
    assert stand.evaluatie is not None
    day = stand.evaluatie.vanaf
    assert f"{day:%d-%m-%Y}" in late
    await desk.go(day - timedelta(days=1))
    assert not desk.events("traject-gestart")
    evaluation = await desk.evaluation(10, day)
    assert evaluation.live == ["evaluatie"]
    assert evaluation.duty("evaluatie").due == day + timedelta(weeks=10)
    assert not evaluation.messages("te_laat")
