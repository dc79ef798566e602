"""What an AMA and its evaluation tell each other on the real engine, also when one of the two does not run."""

from datetime import date

from player.stage import Stage
from tests.workflows.ama_desk import BEGELEIDER, HELD, AmaDesk
from tests.workflows.test_controle import about, sweep

WINDOW, NEXT_DAY = date(2029, 10, 30), date(2029, 10, 31)
STOP = {**HELD, "oordeel": "stoppen", "einde": "2029-12-31"}
REPAIR = "herstel/ama-verwittigen#1"


async def test_a_verdict_waits_for_an_ama_that_was_terminated(sqlite_stage: Stage) -> None:
    """Operations hear of it; once the AMA goes on it is told the next day, and the question goes away."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, WINDOW)
    await desk.handle.terminate("per vergissing")
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **STOP)
    await held.settle()
    assert held.live == [REPAIR]
    found = about(await sweep(sqlite_stage, WINDOW))
    assert [each.hersteld for each in found if each.onderwerp == desk.workflow_id] == [True]
    await desk.settle()
    assert desk.stand.einde is None
    await held.go(NEXT_DAY)
    await desk.settle()
    assert held.live == []
    assert desk.stand.einde == date(2029, 12, 31)
