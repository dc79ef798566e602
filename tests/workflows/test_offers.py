"""The actions of a plan: who is asked for a place, what an answer brings, and what a change of the plan leaves."""

from datetime import date
from typing import Any

from temporalio.api.enums.v1 import EventType

from models.actors import Actor, Rol
from models.errors import Refusal
from player.stage import Stage
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import PLAN, Desk

OCMW, KAAI, CAW = "ORG-OCMW-GENT", "ORG-MAATWERK-DE-KAAI", "ORG-CAW-LEIE"
COOKING = {"domein": "welzijn", "omschrijving": "kookgroep", "dienstverlener": OCMW, "aanbod": "netwerk"}
WORKING = {"domein": "werk", "omschrijving": "fietsen maken", "dienstverlener": KAAI, "aanbod": "netwerk"}
TALKING = {"domein": "zorg", "omschrijving": "gesprekken", "dienstverlener": CAW, "aanbod": "regulier"}
RESTING = {"domein": "welzijn", "omschrijving": "rust", "dienstverlener": CAW, "pakket": "partieel"}
COORDINATOR = Actor(rol=Rol.NETWERKCOORDINATOR, organisatie="ORG-NETWERK-GENT")
CHANGED: dict[str, Any] = {"aard": "wezenlijk", "wat": "het team en de deelnemer kiezen anders"}


def provider(organisation: str) -> Actor:
    """Whoever answers for an organisation that provides actions."""
    return Actor(rol=Rol.DIENSTVERLENER, organisatie=organisation)


def told_about(desk: Desk, key: str) -> list[tuple[str, str]]:
    """What was told about a duty, and to which organisation, in order of time."""
    return [(m.soort, m.org) for m in sorted(desk.messages(about=key), key=lambda m: m.as_of)]


def documents(desk: Desk) -> list[str]:
    """The documents that were made."""
    return [event.gegevens["document"] for event in desk.events("document-gemaakt")]


async def test_a_silent_provider_is_told_to_the_coordinator_and_then_to_operations(
    sqlite_stage: Stage,
) -> None:
    """Nobody decides by being silent: the coordinator of the network hears of it, and may end the question."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    asked = desk.duty("aanbod/1")
    assert (asked.rol, asked.org, asked.due) == ("dienstverlener", OCMW, date(2029, 1, 29))
    await desk.go(date(2029, 2, 27))
    assert told_about(desk, "aanbod/1") == [
        ("aankondiging", OCMW),
        ("te_laat", OCMW),
        ("team_te_laat", OCMW),
        ("leiding_te_laat", COORDINATOR.organisatie),
        ("operaties_te_laat", "ORG-OPERATIES"),
    ]
    assert desk.duty("aanbod/1").status == "open"
    ending = {"opdracht": "aanbod/1", "toelichting": "de coordinator vond zelf een plaats"}
    await desk.accepted("opdracht_besluiten", COORDINATOR, **ending)
    assert desk.duty("aanbod/1").status == "exited"


async def test_a_waiting_list_is_asked_again_on_its_date(sqlite_stage: Stage) -> None:
    """Until the day that the provider named nobody is asked; on that day the same provider is."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    waits = {"opdracht": "aanbod/1", "antwoord": "wachtlijst", "vanaf": date(2029, 3, 5)}
    await desk.accepted("aanbod_antwoorden", provider(OCMW), **waits)
    await desk.go(date(2029, 3, 4))
    assert desk.live == []
    await desk.go(date(2029, 3, 5))
    assert (desk.live, desk.duty("aanbod/1/2").org) == (["aanbod/1/2"], OCMW)
    sure = {"opdracht": "aanbod/1/2", "antwoord": "bevestigd", "vanaf": date(2029, 3, 12)}
    await desk.accepted("aanbod_antwoorden", provider(OCMW), **sure)
    assert desk.live == []


async def test_without_an_offer_the_tandem_chooses_another_provider(sqlite_stage: Stage) -> None:
    """Work is of the casemanager werk and the rest of the casemanager zorg; the other provider is asked at once."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING, WORKING])
    for number, org in ((1, OCMW), (2, KAAI)):
        nothing = {"opdracht": f"aanbod/{number}", "antwoord": "geen_aanbod"}
        await desk.accepted("aanbod_antwoorden", provider(org), **nothing)
    owners = [desk.duty(key).rol for key in ("actie/1", "actie/2")]
    assert owners == ["casemanager_zorg", "casemanager_werk"]
    other = {"keuze": "andere_dienstverlener", "dienstverlener": CAW, "toelichting": "dichterbij"}
    await desk.accepted("actie_herzien", desk.zorg, opdracht="actie/1", **other)
    lapses = {"opdracht": "actie/2", "keuze": "vervalt", "toelichting": "niet meer nodig"}
    await desk.accepted("actie_herzien", **lapses)
    assert (desk.live, desk.duty("aanbod/1/2").org) == (["aanbod/1/2"], CAW)


async def test_a_provider_proposes_for_its_own_action_only(sqlite_stage: Stage) -> None:
    """The tandem decides with its reason; who provides something else has nothing to propose."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING, WORKING])
    foreign = await desk.send("wijziging_voorstellen", provider(OCMW), actie=2, voorstel="minder uren")
    assert foreign.refusal is not None
    assert foreign.refusal["soort"] == Refusal.NIET_VAN_U
    await desk.accepted("wijziging_voorstellen", provider(KAAI), actie=2, voorstel="minder uren")
    assert desk.duty("voorstel/2").rol == "casemanager_werk"
    decision = {"opdracht": "voorstel/2", "besluit": "geweigerd", "motivering": "de deelnemer wil dit niet"}
    await desk.accepted("voorstel_beslissen", **decision)
    assert "voorstel/2" not in desk.live


async def test_a_changed_plan_keeps_what_stays_and_takes_back_what_lapses(sqlite_stage: Stage) -> None:
    """Numbers and answers stay with their action; of an action that is gone nobody owes anything any more."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING, WORKING])
    sure = {"opdracht": "aanbod/1", "antwoord": "bevestigd", "vanaf": date(2029, 1, 15)}
    await desk.accepted("aanbod_antwoorden", provider(OCMW), **sure)
    await desk.accepted("wijziging_voorstellen", provider(KAAI), actie=2, voorstel="minder uren")
    await desk.accepted("plan_wijzigen", **CHANGED, acties=[TALKING, COOKING])
    assert [desk.duty(key).status for key in ("aanbod/2", "voorstel/2")] == ["withdrawn", "withdrawn"]
    assert (desk.live, desk.duty("aanbod/3").org) == (["aanbod/3"], CAW)
    assert {"trajectplan/2", "trajectplan_coordinator/2", "plan_kopie/2"} <= set(documents(desk))


async def test_another_provider_for_the_same_action_is_asked_anew(sqlite_stage: Stage) -> None:
    """What the first one still owed or had answered says nothing about a place at the second."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    await desk.accepted("plan_wijzigen", **CHANGED, acties=[{**COOKING, "dienstverlener": KAAI}])
    assert desk.duty("aanbod/1").status == "withdrawn"
    assert (desk.live, desk.duty("aanbod/1/2").org) == (["aanbod/1/2"], KAAI)
    sure = {"opdracht": "aanbod/1/2", "antwoord": "bevestigd", "vanaf": date(2029, 1, 15)}
    await desk.accepted("aanbod_antwoorden", provider(KAAI), **sure)
    await desk.accepted("plan_wijzigen", **CHANGED, acties=[COOKING])
    assert (desk.live, desk.duty("aanbod/1/3").org) == (["aanbod/1/3"], OCMW)


async def test_two_actions_in_the_same_words_stay_two(sqlite_stage: Stage) -> None:
    """A change that names both keeps both, each with its own provider."""
    both = [COOKING, {**COOKING, "dienstverlener": CAW}]
    desk = await Desk.agreed(sqlite_stage, acties=both)
    await desk.accepted("plan_wijzigen", **CHANGED, acties=both)
    assert [(key, desk.duty(key).org) for key in desk.live] == [("aanbod/1", OCMW), ("aanbod/2", CAW)]


async def test_an_action_of_the_voorfase_is_not_asked_twice(sqlite_stage: Stage) -> None:
    """What began before the plan keeps its number in the plan, and its provider answers once."""
    desk = await Desk.open(sqlite_stage)
    await desk.accepted("voorfase_actie", actie=COOKING)
    await desk.accepted("eerste_gesprek", **CONTENTS["eerste_gesprek"])
    await desk.accepted("plan_akkoord", **{**PLAN, "acties": [COOKING, WORKING]})
    assert [(key, desk.duty(key).org) for key in desk.live] == [("aanbod/1", OCMW), ("aanbod/2", KAAI)]


async def test_a_package_that_began_is_evaluated_whatever_the_plan_calls_it(sqlite_stage: Stage) -> None:
    """A change of the plan that leaves out the word cannot unmake three months that began."""
    desk = await Desk.agreed(sqlite_stage, acties=[RESTING])
    began = {"actie": 1, "eerste_gesprek_op": date(2029, 1, 8), "reden": "proef buiten Brugge"}
    await desk.accepted("pakket_starten", provider(CAW), **began)
    without = {key: value for key, value in RESTING.items() if key != "pakket"}
    await desk.accepted("plan_wijzigen", **CHANGED, acties=[without])
    await desk.go(date(2029, 4, 9))
    assert desk.duty("pakket/1").opened_on == date(2029, 4, 7)
    await desk.accepted("pakket_evalueren", desk.zorg, **CONTENTS["pakket_evalueren"])
    assert "pakketevaluatie/1" in documents(desk)
    assert await desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) == 0


async def test_a_new_periodicity_moves_the_reviews_to_come(sqlite_stage: Stage) -> None:
    """The review that was asked keeps its day; those after it count from the day of the change."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 2))
    await desk.accepted("plan_wijzigen", **CHANGED, periodiciteit_maanden=2)
    dates = {each.naam: each.on.value for each in desk.stand.dates}
    assert dates["opdracht review/1"] == date(2029, 4, 9)
    assert dates["evaluatie 2"] == date(2029, 6, 4)
    wrong = {"veld": "plan.periodiciteit_maanden", "oud": "2", "nieuw": "1", "waarom": "verkeerd genoteerd"}
    await desk.accepted("rechtzetten", **wrong)
    dates = {each.naam: each.on.value for each in desk.stand.dates}
    assert (dates["opdracht review/1"], dates["evaluatie 2"]) == (date(2029, 4, 9), date(2029, 5, 2))


async def test_a_small_change_is_written_down_and_nothing_more(sqlite_stage: Stage) -> None:
    """No version, no document, no message."""
    desk = await Desk.agreed(sqlite_stage, acties=[COOKING])
    before = documents(desk), desk.live, desk.messages()
    await desk.accepted("plan_wijzigen", aard="klein", wat="de kookgroep is op dinsdag")
    assert (documents(desk), desk.live, desk.messages()) == before
    assert len(desk.events("plan_wijzigen")) == 1
