"""What an AMA and its evaluation tell each other on the real engine, also when one of the two does not run."""

import asyncio
from datetime import date, timedelta

from models.errors import Refusal
from player.stage import Stage
from tests.cli.conftest import run_in
from tests.workflows.ama_desk import BEGELEIDER, HELD, OTHER, AmaDesk
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


async def test_a_talk_that_is_told_late_and_its_right_day_reach_the_ama(sqlite_stage: Stage) -> None:
    """Held on the last day and entered after it; put right, the AMA and a new report say the right day."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, WINDOW)
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde=NEXT_DAY, oorzaak="op_vraag")
    for each in (desk, held):
        await each.go(NEXT_DAY + timedelta(days=1))
    assert held.live == []
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **{**HELD, "datum": NEXT_DAY})
    before = {"veld": "evaluatie.datum", "oud": str(NEXT_DAY), "nieuw": str(WINDOW)}
    await held.accepted("rechtzetten", BEGELEIDER, **before, waarom="Verkeerde dag.")
    await held.settle()
    await desk.settle()
    assert [event.tekst for event in desk.events("evaluatie-afgerond")] == [
        "Evaluatie 1 is gehouden op 31-10-2029: verder.",
        "Evaluatie 1 is gehouden op 30-10-2029: verder.",
    ]
    assert held.documents == ["evaluatieverslag", "evaluatieverslag/2"]


async def test_a_first_day_that_is_put_right_moves_the_open_evaluation(sqlite_stage: Stage) -> None:
    """Due on the right anniversary; a talk before the right window is none of that year."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, WINDOW)
    right = {"veld": "overeenkomst/1.start", "oud": "2029-01-08", "nieuw": "2029-04-09"}
    row = await desk.accepted("rechtzetten", BEGELEIDER, **right, waarom="Verkeerde maand.")
    assert row.outcome is not None
    assert "evaluatie 1: 2030-01-08 wordt 2030-04-09" in row.outcome["gevolgen"]
    await held.settle()
    assert held.duty("evaluatie").due == date(2030, 4, 9)
    assert (await held.refusal("evaluatie_vastleggen", BEGELEIDER, **HELD))["veld"] == "datum"


async def test_a_death_that_is_undone_brings_the_evaluation_back(sqlite_stage: Stage) -> None:
    """Told to the AMA only and concluded; after that the evaluation is asked again, and its verdict counts."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, WINDOW)
    await desk.accepted("overleden", BEGELEIDER, overleden_op=WINDOW)
    note = {"opdracht": "afronding", "notitie": "Afgesloten."}
    await desk.accepted("afronden_zonder_betrokkene", BEGELEIDER, **note)
    for each in (desk, held):
        await each.settle()
    assert (held.stand.fase, held.live) == ("geevalueerd", [])
    await desk.accepted("overleden_ongedaan", BEGELEIDER)
    for each in (desk, held):
        await each.settle()
    assert (desk.stand.fase, held.stand.fase, held.live) == ("begeleid", "evalueren", ["evaluatie"])
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **STOP)
    for each in (held, desk):
        await each.settle()
    assert desk.stand.einde == date(2029, 12, 31)


async def test_a_death_goes_to_all_of_a_dossier_and_so_does_its_undoing(sqlite_stage: Stage) -> None:
    """Typed once at the desk; the evaluation asks nothing meanwhile, and its verdict counts afterwards."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, WINDOW)
    both = (desk, held)
    await typed(both, "overleden", "--overleden-op", str(WINDOW))
    note = {"opdracht": "afronding", "notitie": "Afgesloten."}
    await desk.accepted("afronden_zonder_betrokkene", BEGELEIDER, **note)
    for each in both:
        await each.settle()
    assert (desk.stand.fase, held.live) == ("ama_gesloten", [])
    await typed(both, "overleden_ongedaan")
    assert (desk.stand.fase, held.live) == ("begeleid", ["evaluatie"])
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **STOP)
    for each in both:
        await each.settle()
    assert desk.stand.einde == date(2029, 12, 31)


async def typed(to: tuple[AmaDesk, ...], name: str, *more: str) -> None:
    """Types a command about the dossier, and carries it to those that run here."""
    desk, stage = to[0], to[0].stage
    command = ("dossier", name, desk.reference, *more, "--door", "MW-0503")
    told = await asyncio.to_thread(run_in, stage.settings.home, *command)
    assert told.exit_code == 0, told.output
    for row in stage.collaborators.inbox.open_rows():
        if row.workflow_id in [each.workflow_id for each in to]:
            assert f"{row.workflow_id}: Aangenomen, nog niet bevestigd" in told.stdout
            sent = await stage.relay.send(row)
            assert sent.status == "accepted", sent.refusal
    for each in to:
        await each.settle()


async def test_why_the_conditions_were_passed_over_stays_with_the_begeleider(sqlite_stage: Stage) -> None:
    """A reason is asked; no event repeats it, and the organisation of the begeleider reads it."""
    may_end = [{"code": "leefloon", "van": "2020-01-01", "verwacht_einde": "2030-06-30"}]
    desk = await AmaDesk.accompanied(sqlite_stage, statuten=may_end)
    held = await desk.evaluation(1, WINDOW)
    asked = await held.refusal("evaluatie_vastleggen", BEGELEIDER, **HELD)
    assert asked["soort"] == Refusal.REDEN_NODIG
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **HELD, reden="Het leefloon loopt door.")
    await held.settle()
    reading = sqlite_stage.collaborators.reading
    kept = reading.toestemmingen(desk.reference, BEGELEIDER.organisatie)
    assert [each.evaluatie for each in kept if each.evaluatie] == ["Het leefloon loopt door."]
    assert reading.toestemmingen(desk.reference, OTHER.organisatie) == []
    assert "loopt door" not in repr(reading.tijdlijn(desk.reference))
