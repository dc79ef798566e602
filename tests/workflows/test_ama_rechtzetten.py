"""Days of AMA put right on the real engine: the record is asked, and what cannot be is put back."""

from datetime import date

from models.errors import Refusal
from player.stage import Stage
from tests.activities.ama_rows import SE, add_ama
from tests.workflows.ama_desk import AGREED, BEGELEIDER, YES, AmaDesk
from tests.workflows.desk import BEGIN

MARCH, ENDED, LATER = date(2029, 3, 1), date(2029, 3, 5), date(2029, 3, 15)


async def test_days_that_are_put_right_are_looked_at_like_days_that_were_agreed(sqlite_stage: Stage) -> None:
    """Not before the permission, and not on a day of the other kind: that one is put back, and the rest stands."""
    desk = await AmaDesk.notified(sqlite_stage)
    since = {**YES, "vanaf": str(MARCH)}
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **since)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": str(MARCH)})
    await desk.go(ENDED)
    first = {"veld": "overeenkomst/1.start", "oud": str(MARCH), "waarom": "Vergist."}
    refused = await desk.refusal("rechtzetten", BEGELEIDER, **first, nieuw=str(BEGIN))
    assert refused["soort"] == Refusal.HARDE_REGEL
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde=str(ENDED), oorzaak="op_vraag")
    await desk.go(date(2029, 3, 20))
    database = sqlite_stage.collaborators.database
    add_ama(database, desk.reference, SE, 2, since=MARCH, begonnen_op=date(2029, 3, 10))
    last = {"veld": "einde", "oud": str(ENDED), "waarom": "Vergist."}
    await desk.accepted("rechtzetten", BEGELEIDER, **last, nieuw=str(LATER))
    await desk.settle()
    (told,) = desk.events("rechtzetting-teruggedraaid")
    assert (desk.stand.einde, told.findings[0]["article"]) == (ENDED, "D2022 art. 28-29")
    assert desk.messages("kennisgeving")
    await desk.accepted("rechtzetten", BEGELEIDER, **last, nieuw="2029-03-09")
    await desk.settle()
    assert (desk.stand.fase, desk.stand.einde) == ("uitstroom", date(2029, 3, 9))
    assert desk.stand.ama is not None
    assert [each.tot for each in desk.stand.ama.overeenkomsten] == [date(2029, 3, 9)]
    assert len(desk.events("rechtzetting-teruggedraaid")) == 1
