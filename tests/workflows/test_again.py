"""What comes again: end documents of a new end, a package that the end cut short, questions after a reopening."""

from datetime import date

from player.stage import Stage
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import Desk
from tests.workflows.test_offers import CAW, COOKING, OCMW, RESTING, provider

EINDVERSLAG = CONTENTS["eindverslag_indienen"]
LATER = date(2030, 3, 29)


async def test_an_end_put_off_after_its_documents_were_filed_owes_new_ones(sqlite_stage: Stage) -> None:
    """The first eindverslag keeps its day; the second one carries the new last day, and only then the case closes."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 12, 20))
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    await desk.accepted("verlengen", einde=LATER, motivering="er is toch nog een stap")
    await desk.go(date(2030, 3, 30))
    assert desk.stand.fase == "afronding"
    assert "eindverslag/2" in desk.live
    await desk.accepted("eindverslag_indienen", **{**EINDVERSLAG, "opdracht": "eindverslag/2"})
    assert (desk.stand.fase, desk.stand.einde) == ("afgesloten", LATER)
    made = [event.gegevens["document"] for event in desk.events("document-gemaakt")]
    assert {"eindverslag", "eindverslag/2"} <= set(made)


async def test_a_package_that_the_end_cuts_short_is_still_evaluated(sqlite_stage: Stage) -> None:
    """Its evaluation opens when the trajectory ends, and waits for whoever accompanied it."""
    desk = await Desk.agreed(sqlite_stage, acties=[RESTING])
    await desk.accepted("pakket_starten", actie=1, eerste_gesprek_op=date(2029, 1, 8), reden="x")
    await desk.accepted("stopzetten", einde=date(2029, 1, 8), oorzaak="op_vraag")
    assert desk.duty("pakket/1").org == CAW
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    assert desk.stand.fase == "afgesloten"
    await desk.accepted("pakket_evalueren", desk.zorg, **CONTENTS["pakket_evalueren"])
    assert desk.live == []


async def test_after_a_reopening_a_provider_is_asked_again(sqlite_stage: Stage) -> None:
    """The end withdrew the question; the trajectory that goes on asks it under a key of its own."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    assert "aanbod/1" in desk.live
    await desk.accepted("stopzetten", einde=date(2029, 1, 8), oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    assert desk.duty("aanbod/1").status == "withdrawn"
    await desk.accepted("heropenen", einde=date(2029, 12, 28))
    assert (desk.duty("aanbod/1/2").status, desk.duty("aanbod/1/2").org) == ("open", OCMW)


async def test_after_a_reopening_an_action_without_offer_is_chosen_again(sqlite_stage: Stage) -> None:
    """The tandem had not decided yet when the trajectory ended."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    await desk.accepted("aanbod_antwoorden", provider(OCMW), opdracht="aanbod/1", antwoord="geweigerd")
    await desk.accepted("stopzetten", einde=date(2029, 1, 8), oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    await desk.accepted("heropenen", einde=date(2029, 12, 28))
    assert desk.duty("actie/1/2").status == "open"


async def test_a_provider_that_nobody_asks_any_more_leaves_an_action_to_choose(sqlite_stage: Stage) -> None:
    """Somebody sets the question aside: then the tandem chooses; who waits for the provider asks again later."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    await desk.accepted(
        "opdracht_besluiten", desk.team.netwerkcoordinator, opdracht="aanbod/1", toelichting="x"
    )
    assert desk.duty("actie/1").status == "open"
    waiting = {"opdracht": "actie/1", "keuze": "wachten", "toelichting": "in het voorjaar is er plaats"}
    await desk.accepted("actie_herzien", desk.zorg, **waiting)
    assert desk.live == []
    await desk.go(date(2029, 4, 9))
    assert desk.duty("aanbod/1/2").opened_on == date(2029, 4, 9)
