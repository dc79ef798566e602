"""What VDAB sees of an onthaaltraject that it asked for: sent and delivered, in its own dossier, and nothing else."""

from datetime import date
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError

from activities.aanmeldingen import Aanmeldingen
from activities.senders import Senders
from models.aanmelding import Aanmelding
from models.errors import Refusal
from models.follow_up import AfzenderMelden, Doorgiftemelding
from player.stage import Stage
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import CAW, DMW, FOREIGN, OPERATOR, TO_ONTHAAL, VDAB, IntakeDesk
from worker import wall_clock

HELPER = {"hulpverlener": {"naam": "Een Werker", "organisatie": FOREIGN.organisatie}}
TOLD = ("onthaal-verzonden", "onthaal-afgeleverd")


async def sent_on(stage: Stage, **request: Any) -> tuple[IntakeDesk, IntakeDesk]:
    """A toeleiding that VDAB decided to welfare, and the onthaaltraject that followed."""
    desk = await IntakeDesk.filed(stage, **request)
    await desk.screened()
    await desk.decided(**TO_ONTHAAL)
    welcome = await desk.follower("onthaaltraject")
    await desk.settle()
    return desk, welcome


def seen(desk: IntakeDesk) -> dict[str, date | None]:
    """What the dossier of VDAB shows of the onthaaltraject."""
    return {each.naam: each.on.value for each in desk.stand.dates if each.naam.startswith("onthaal")}


async def test_vdab_sees_sent_and_delivered_of_each_transmission(sqlite_stage: Stage) -> None:
    """Neither to whom nor why one gave back, and not what the kernpartner does after it (art. 4-6)."""
    desk, welcome = await sent_on(sqlite_stage)
    assert seen(desk) == {"onthaal verzonden": BEGIN}
    await welcome.accepted("ontvangst_teruggeven", CAW, opdracht="ontvangst", oorzaak="belangenconflict")
    await welcome.accepted("ontvangst_bevestigen", DMW, opdracht="ontvangst/2")
    await welcome.accepted("contact_weigeren", DMW)
    await desk.settle()
    assert seen(desk) == {
        "onthaal verzonden": BEGIN,
        "onthaal verzonden/2": BEGIN,
        "onthaal afgeleverd/2": BEGIN,
    }
    told = desk.events(*TOLD)
    assert [event.gegevens for event in told] == [
        {"nummer": nummer, "op": BEGIN.isoformat()} for nummer in (1, 2, 2)
    ]
    assert not any(
        word in event.tekst for event in told for word in ("ORG-", "belangenconflict", welcome.reference)
    )
    assert desk.reference not in str(await welcome.handle.fetch_history())


async def test_hearing_it_again_changes_nothing(sqlite_stage: Stage) -> None:
    """An activity that is repeated, and a checkpoint in between, tell the record nothing twice."""
    desk, welcome = await sent_on(sqlite_stage)
    await welcome.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
    await desk.checkpoint()
    senders = Senders(sqlite_stage.collaborators.database, sqlite_stage.client)
    again = Doorgiftemelding(nummer=1, verzonden_op=BEGIN, afgeleverd_op=BEGIN)
    for _ in range(2):
        await senders.report(AfzenderMelden(workflow_id=welcome.workflow_id, melding=again))
    await desk.settle()
    assert [event.soort for event in desk.events(*TOLD)] == [*TOLD]


async def test_a_toeleiding_that_is_over_hears_nothing_and_harms_nothing(sqlite_stage: Stage) -> None:
    """The kernpartner goes on as always."""
    desk, welcome = await sent_on(sqlite_stage)
    await desk.handle.terminate()
    await welcome.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
    await welcome.settle()
    assert (welcome.stand.fase, welcome.live) == ("kennismaking", ["contact"])
    assert not welcome.events("storing")


async def test_who_came_by_another_entrance_has_no_sender(sqlite_stage: Stage) -> None:
    """Nothing is asked of the record, and VDAB hears nothing."""
    told = Aanmelding.model_validate(
        {
            "sleutel": "balie",
            "soort": "onthaaltraject",
            "ingediend_op": BEGIN,
            "herkomst": "eigen_onthaal",
            "kernpartner": CAW.model_dump(mode="json"),
            "gegevens": {
                "voornaam": "Noor",
                "achternaam": "Verzonnen",
                "nis_code": "44021",
                "geboortedatum": "1990-02-28",
            },
        }
    )
    aanmeldingen = Aanmeldingen(sqlite_stage.collaborators.database, wall_clock)
    desk = await IntakeDesk.begun(sqlite_stage, aanmeldingen.register(told))
    assert "afzender_melden" not in str(await desk.handle.fetch_history())


@pytest.mark.parametrize("dakloos", [False, True], ids=["with a home", "without a home"])
async def test_who_has_no_home_keeps_who_helps_them(sqlite_stage: Stage, dakloos: bool) -> None:
    """A helper who is a kernpartner elsewhere comes first on the way through VDAB too (art. 4)."""
    desk = await IntakeDesk.filed(sqlite_stage, **HELPER)
    await desk.screened()
    await desk.decided(**TO_ONTHAAL, dakloos=dakloos)
    welcome = await desk.follower("onthaaltraject")
    assert welcome.owes("ontvangst")[1] == (FOREIGN if dakloos else CAW).organisatie


async def test_a_code_that_is_on_no_list_is_refused_wherever_it_was_typed(sqlite_stage: Stage) -> None:
    """By the desk and in the Temporal UI alike: the trajectory has the lists in its law."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    await desk.accepted("toestemming_geven", CAW, reikwijdte=["levensdomeinen"])
    wrong = {"domein": "tuin"}
    refused = await desk.refusal("levensdomein_vastleggen", CAW, **wrong)
    assert (refused["soort"], refused["veld"]) == (Refusal.ONGELDIG, "domein")
    typed = {"datum": BEGIN.isoformat(), "door": OPERATOR.model_dump(mode="json"), **wrong}
    with pytest.raises(WorkflowUpdateFailedError):
        await desk.handle.execute_update("levensdomein_vastleggen", typed, id="getypt-1")
    typed["domein"] = "wonen"
    await desk.handle.execute_update("levensdomein_vastleggen", typed, id="getypt-2")


async def test_an_undone_death_gives_a_partner_its_term_again(sqlite_stage: Stage) -> None:
    """Undone weeks after the hand-off date, the same partner has the person, and is asked as on the first day."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("overleden", OPERATOR, overleden_op=BEGIN)
    await desk.go(date(2029, 2, 12))
    await desk.accepted("overleden_ongedaan", OPERATOR)
    assert (desk.stand.fase, desk.live) == ("doorgifte", ["ontvangst"])
    assert (desk.owes("ontvangst")[1], desk.duty("ontvangst").due) == (CAW.organisatie, date(2029, 2, 19))
    await desk.go(date(2029, 2, 19))
    assert desk.live == ["ontvangst"]
    await desk.go(date(2029, 2, 20))
    assert desk.live == ["ontvangst/2"]


async def test_a_corrected_end_moves_the_erasure(sqlite_stage: Stage) -> None:
    """The data are gone a year after the true last day, and not before (art. 6)."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    await desk.go(date(2029, 2, 28))
    await desk.accepted("onthaal_beeindigen", CAW, oorzaak="op_vraag", datum="2029-02-26")
    right = {"veld": "einde", "oud": "2029-02-26", "nieuw": "2029-02-20", "waarom": "verkeerde dag"}
    await desk.accepted("rechtzetten", CAW, **right)
    assert (desk.stand.einde, desk.date_of("wissen op")) == (date(2029, 2, 20), date(2030, 2, 20))
    await desk.go(date(2030, 2, 20))
    assert await desk.ended()


async def test_a_request_under_the_old_decree_says_so_to_its_end(sqlite_stage: Stage) -> None:
    """The record keeps the regime, and what follows from the decision has it too (art. 40)."""
    desk = await IntakeDesk.filed(sqlite_stage, ingediend_op="2023-06-30")
    assert desk.stand.regime == "d2014"
    await desk.screened()
    await desk.decided(route="activeringstraject")
    next_one = await desk.follower("activeringstraject")
    assert next_one.stand.regime == "d2014"
    assert VDAB.organisatie == desk.owes("beslissing")[1]
