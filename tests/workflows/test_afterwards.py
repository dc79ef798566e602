"""What comes before a stop and after an end: three human steps, measurements, nazorg, money."""

from datetime import date, timedelta
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus

from models.actors import Actor, Rol
from models.errors import Refusal
from player.stage import Stage
from tests.rules.cases import VDAB
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import REVIEW, Desk

COORDINATOR = Actor(rol=Rol.NETWERKCOORDINATOR, organisatie="ORG-NETWERK-GENT")
NETWORK = {"domein": "werk", "omschrijving": "keuken", "dienstverlener": "ORG-OCMW-GENT", "aanbod": "netwerk"}
EINDVERSLAG = CONTENTS["eindverslag_indienen"]
LINE = {"lijn": "netwerk", "organisatie": "ORG-OCMW-GENT"}
RECOVERY: dict[str, Any] = {**LINE, "bedrag": "100.00", "motivering": "de actie is niet gevolgd"}


def documents(desk: Desk) -> list[str]:
    """The documents that were made."""
    return [event.gegevens["document"] for event in desk.events("document-gemaakt")]


async def why_not(desk: Desk, name: str, **contents: Any) -> tuple[str, str]:
    """The kind and the rule for which a command is refused."""
    row = await desk.send(name, **contents)
    assert row.refusal is not None, row.outcome
    return row.refusal["soort"], row.refusal.get("regel") or row.refusal["veld"]


async def stopped(desk: Desk) -> None:
    """The trajectory is stopped today at the wish of the participant, and its end documents are filed."""
    await desk.accepted("stopzetten", einde=await desk.today(), oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    assert desk.stand.fase == "afgesloten"


async def test_a_stop_comes_after_two_talks(sqlite_stage: Stage) -> None:
    """Without both talks a stop asks for a reason; with them a named human decides, and it is marked as early."""
    desk = await Desk.running(sqlite_stage)
    stop = {"einde": date(2029, 1, 8), "oorzaak": "andere"}
    needed = (Refusal.REDEN_NODIG, "einde.prepared_stop")
    assert await why_not(desk, "stopzetten", **stop) == needed
    await desk.accepted("stopgesprek", stap="motiverend", verslag="hoe het weer kan lukken")
    assert await why_not(desk, "stopzetten", **stop) == needed
    await desk.accepted("stopgesprek", stap="confronterend", verslag="met het mini-team")
    await desk.accepted("stopzetten", **stop)
    (event,) = desk.events("stopzetten")
    told = {found["rule"]: found["value"] for found in event.findings}
    assert (told["einde.prepared_stop"], told["einde.early_stop"]) == (True, True)
    assert "stopzetting" in documents(desk)


async def test_a_stop_for_lack_of_contact_comes_after_enough_attempts(sqlite_stage: Stage) -> None:
    """Six weeks, four attempts, two ways, and the helper was asked; an attempt that succeeded starts it over."""
    desk = await Desk.running(sqlite_stage)
    stop = {"oorzaak": "geen_contact"}
    needed = (Refusal.REDEN_NODIG, "einde.tried_to_reach")
    await desk.accepted("contactpoging", kanaal="sms", gelukt=True)
    for week, way in enumerate(("telefoon", "brief", "hulpverlener"), start=1):
        await desk.go(date(2029, 1, 8) + timedelta(weeks=week))
        await desk.accepted("contactpoging", kanaal=way)
    await desk.go(date(2029, 2, 26))
    assert await why_not(desk, "stopzetten", einde=date(2029, 2, 26), **stop) == needed
    await desk.accepted("contactpoging", kanaal="telefoon")
    await desk.accepted("stopzetten", einde=date(2029, 2, 26), **stop)
    assert desk.stand.fase == "afronding"


async def test_a_review_answers_a_measurement(sqlite_stage: Stage) -> None:
    """A level given in the months around a measurement takes back the question, or keeps it from coming."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 7, 9))
    assert desk.duty("meting/6").rol == "casemanager_werk"
    await desk.accepted("review_vastleggen", **{**REVIEW, "opdracht": "review/2", "niveau": 3})
    assert desk.duty("meting/6").status == "withdrawn"
    await desk.accepted(
        "opdracht_besluiten", desk.coordinator(desk.werk), opdracht="review/1", toelichting="x"
    )
    await desk.go(date(2029, 12, 3))
    await desk.accepted("participatieladder", niveau=4)
    await desk.go(date(2030, 1, 9))
    assert [duty for duty in desk.live if duty.startswith("meting")] == []
    assert (await desk.send("meting_vastleggen", opdracht="meting/12", niveau=4)).status == "refused"


async def test_without_a_level_the_one_question_is_asked_after_the_end_too(sqlite_stage: Stage) -> None:
    """A trajectory that ran to its end still asks where somebody stands; who left on the way is asked nothing."""
    desk = await Desk.agreed(sqlite_stage, einde="2029-06-29")
    await desk.go(date(2029, 7, 2))
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    await desk.go(date(2029, 7, 9))
    assert (desk.stand.fase, desk.live) == ("afgesloten", ["meting/6"])
    await desk.accepted("meting_vastleggen", opdracht="meting/6", niveau=2, groeipotentieel=3)
    assert desk.live == []


async def test_of_somebody_who_died_nothing_is_measured(sqlite_stage: Stage) -> None:
    """After the closing note nothing opens any more: no measurement, no nazorg, no verdeelstaat."""
    desk = await Desk.agreed(sqlite_stage, acties=[NETWORK])
    await desk.go(date(2029, 6, 4))
    await desk.accepted("overleden", overleden_op=date(2029, 6, 4))
    await desk.accepted("afronden_zonder_betrokkene", opdracht="afronding", notitie="het team nam afscheid")
    await desk.go(date(2029, 7, 23))
    assert desk.live == []


async def test_nazorg_keeps_a_closed_trajectory_open(sqlite_stage: Stage) -> None:
    """Two contacts after work began are asked, also when it could no longer be reopened; then it ends."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 2))
    await stopped(desk)
    found = {"uitkomst": "betaald_werk_regulier", "nazorg": True, "sinds": date(2029, 9, 3)}
    await desk.accepted("uitkomst_vastleggen", **found)
    await desk.go(date(2029, 10, 8))
    assert desk.live == ["nazorg/1"]
    await desk.accepted("nazorg_vastleggen", opdracht="nazorg/1", nota="het loopt goed")
    await desk.go(date(2029, 12, 10))
    assert desk.live == ["nazorg/2"]
    await desk.accepted("nazorg_vastleggen", opdracht="nazorg/2", nota="vast contract")
    assert (await desk.handle.describe()).status is WorkflowExecutionStatus.COMPLETED


async def test_ama_begins_once_at_the_begeleider_who_was_chosen(sqlite_stage: Stage) -> None:
    """The day after the last one, in the same dossier: the begeleider is asked for the permissions, once."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 2))
    await stopped(desk)
    chosen = {"uitkomst": "ama_wvg", "begeleider": "ORG-DE-MEANDER"}
    await desk.accepted("uitkomst_vastleggen", **chosen)
    assert not desk.events("traject-gestart")
    await desk.go(date(2029, 4, 3))
    (begun,) = desk.events("traject-gestart")
    assert begun.gegevens["begin"] == "2029-04-03"
    await desk.accepted("uitkomst_vastleggen", **chosen, sinds=date(2029, 4, 3))
    await desk.go(date(2029, 4, 4))
    assert len(desk.events("traject-gestart")) == 1
    ama = [
        t for t in sqlite_stage.collaborators.reading.trajecten() if t.soort == "arbeidsmatige_activiteiten"
    ]
    assert [(t.workflow_id, t.reference) for t in ama] == [(begun.gegevens["workflow_id"], desk.reference)]


async def test_ama_without_a_begeleider_is_only_told(sqlite_stage: Stage) -> None:
    """Nobody was chosen, so nothing begins by itself."""
    desk = await Desk.running(sqlite_stage)
    await stopped(desk)
    await desk.accepted("uitkomst_vastleggen", uitkomst="ama_wvg")
    (asked,) = desk.events("vervolg-gevraagd")
    assert asked.gegevens["soort"] == "arbeidsmatige_activiteiten"
    await desk.go(date(2029, 1, 10))
    assert not desk.events("traject-gestart")


async def test_an_outcome_before_the_trajectory_is_refused(sqlite_stage: Stage) -> None:
    """A day before anything began is a mistake of the pen, and no date can follow from it."""
    desk = await Desk.running(sqlite_stage)
    await stopped(desk)
    wrong = {"uitkomst": "artikel_60", "nazorg": True, "sinds": date(1900, 1, 1)}
    assert await why_not(desk, "uitkomst_vastleggen", **wrong) == (Refusal.ONGELDIG, "sinds")


async def test_the_coordinator_says_how_the_money_was_divided(sqlite_stage: Stage) -> None:
    """Where the network provided something the verdeelstaat is asked, also when the end documents came first."""
    desk = await Desk.agreed(sqlite_stage, einde="2029-06-29", acties=[NETWORK])
    await desk.go(date(2029, 6, 18))
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    await desk.go(date(2029, 7, 2))
    assert desk.stand.fase == "afgesloten"
    assert (desk.live, desk.duty("verdeelstaat").org) == (["verdeelstaat"], COORDINATOR.organisatie)
    divided = [{"dienstverlener": "ORG-OCMW-GENT", "bedrag": "500.00", "waarvoor": "kookgroep"}]
    await desk.accepted("verdeelstaat_indienen", COORDINATOR, opdracht="verdeelstaat", verdelingen=divided)
    assert desk.live == []
    assert {"verdeelstaat", "vergoedingsstaat"} <= set(documents(desk))


async def test_a_reopened_trajectory_divides_its_money_at_its_new_end(sqlite_stage: Stage) -> None:
    """What was asked because it had ended is taken back, and asked again when it ends again."""
    desk = await Desk.agreed(sqlite_stage, acties=[NETWORK])
    await desk.go(date(2029, 4, 2))
    await stopped(desk)
    assert "verdeelstaat" in desk.live
    await desk.accepted("heropenen", einde=date(2029, 6, 29))
    assert "verdeelstaat" not in desk.live
    await desk.go(date(2029, 7, 2))
    assert {"verdeelstaat/2", "eindverslag/2"} <= set(desk.live)


async def test_money_is_recovered_only_after_a_hearing(sqlite_stage: Stage) -> None:
    """Disputed, it stays as it is; heard, somebody decides; each fact gives a new statement."""
    desk = await Desk.agreed(sqlite_stage, acties=[NETWORK])
    await desk.go(date(2029, 4, 2))
    await stopped(desk)
    await desk.accepted("vergoeding_betwisten", COORDINATOR, **LINE, waarom="de actie ging niet door")
    row = await desk.send("terugvordering_beslissen", VDAB, **RECOVERY)
    assert row.refusal is not None
    assert (row.refusal["soort"], row.refusal["veld"]) == (Refusal.ONGELDIG, "organisatie")
    await desk.accepted("hoorzitting", VDAB, **LINE, verweer="er was een vervangactie")
    await desk.accepted("terugvordering_beslissen", VDAB, **RECOVERY)
    statements = [key for key in documents(desk) if key.startswith("vergoedingsstaat")]
    assert statements == [f"vergoedingsstaat{n}" for n in ("", "/2", "/3", "/4")]
    assert await desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) == 0
