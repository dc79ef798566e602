"""Arbeidsmatige activiteiten on the real engine: nothing begins without its permissions, and years go on."""

from datetime import date

from models.errors import Refusal
from player.stage import Stage
from tests.workflows.ama_desk import AGREED, BEGELEIDER, HELD, OTHER, YES, AmaDesk
from tests.workflows.desk import BEGIN

WINDOW, ANNIVERSARY = date(2029, 10, 30), date(2030, 1, 8)


async def test_the_begeleider_is_chased_for_every_permission(sqlite_stage: Stage) -> None:
    """Asked within five working days; once asked, the term of that agency counts."""
    desk = await AmaDesk.notified(sqlite_stage)
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["toestemming/1"])
    assert desk.owes("toestemming/1") == ("begeleider", BEGELEIDER.organisatie)
    assert desk.duty("toestemming/1").due == date(2029, 1, 15)
    await desk.accepted("toestemming_vragen", BEGELEIDER, opdracht="toestemming/1", gevraagd_op=BEGIN)
    assert desk.duty("toestemming/1").due == date(2029, 2, 7)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    assert desk.live == ["overeenkomst"]


async def test_nothing_begins_without_its_permission(sqlite_stage: Stage) -> None:
    """A start before the permission counts is refused, hard, with the rule."""
    desk = await AmaDesk.notified(sqlite_stage)
    later = {**YES, "vanaf": "2029-02-01"}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **later)
    assert desk.live == []
    await desk.go(date(2029, 2, 1))


async def test_the_activities_begin_and_are_evaluated_every_year(sqlite_stage: Stage) -> None:
    """The window opens ten weeks before the anniversary; the evaluation reports back and the next one is a year on."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    assert (desk.stand.fase, desk.live) == ("begeleid", [])
    assert desk.date_of("evaluatie 1") == ANNIVERSARY
    held = await desk.evaluation(1, WINDOW)
    assert (held.stand.fase, held.live, held.duty("evaluatie").due) == (
        "evalueren",
        ["evaluatie"],
        ANNIVERSARY,
    )
    await held.accepted("evaluatie_vastleggen", BEGELEIDER, **HELD)
    await held.settle()
    await desk.settle()
    assert desk.events("evaluatie-afgerond")[0].tekst == "Evaluatie 1 is gehouden op 30-10-2029: verder."
    assert desk.date_of("evaluatie 2") == date(2031, 1, 8)


async def test_an_end_owes_its_declaration_and_closes(sqlite_stage: Stage) -> None:
    """After the last day Dimona OUT is owed; then the dossier stays open for corrections, and ends."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde="2029-03-02", oorzaak="op_vraag")
    await desk.go(date(2029, 3, 3))
    assert (desk.stand.fase, desk.live) == ("uitstroom", ["dimona_uit/1"])
    assert desk.duty("dimona_uit/1").due == date(2029, 3, 5)
    told = {"opdracht": "dimona_uit/1", "aangegeven_op": "2029-03-03"}
    await desk.accepted("dimona_melden", BEGELEIDER, **told)
    await desk.settle()
    assert (desk.stand.fase, desk.stand.einde) == ("ama_gesloten", date(2029, 3, 2))
    await desk.go(date(2029, 9, 5))
    assert await desk.ended()


async def test_only_the_begeleiders_of_the_file_speak(sqlite_stage: Stage) -> None:
    """Another recognised organisation is a stranger here."""
    desk = await AmaDesk.permitted(sqlite_stage)
    assert (await desk.refusal("overeenkomst_sluiten", OTHER, **AGREED))["soort"] == Refusal.NIET_VAN_U
