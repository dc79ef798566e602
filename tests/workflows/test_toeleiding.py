"""A toeleiding on the real engine: nothing is left waiting for nobody, and what was chosen starts once, on its day."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.errors import Refusal
from player.stage import Stage
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import (
    CAW,
    COMPLETE,
    DECIDED,
    DMW,
    HEAD,
    OPERATOR,
    REQUESTER,
    SCREENER,
    TO_ONTHAAL,
    VDAB,
    IntakeDesk,
)

START = date(2029, 1, 29)
MAATWERK = "ORG-MAATWERK-DE-KAAI"
TO_START: dict[str, Any] = {"route": "activeringstraject", "start": START}
SILENT = {name: value for name, value in COMPLETE.items() if name not in ("eigen_woorden", "ladder")}
"""A request in which the person was not heard and no level is known."""
BY_GTB = REQUESTER.model_dump(mode="json")
AMA = {"soort": "arbeidsmatige_activiteiten", "van": "2028-03-01", "tot": "2029-02-28"}
OF_VDAB, OF_REQUESTER = ("vdab", "ORG-VDAB-GENT"), ("aanvrager", "ORG-GTB-GENT")


async def decisive(stage: Stage, **request: Any) -> IntakeDesk:
    """A screened request on which VDAB has to decide."""
    desk = await IntakeDesk.filed(stage, **request)
    await desk.screened()
    return desk


async def test_a_complete_request_is_screened_and_decided(sqlite_stage: Stage) -> None:
    """Nobody is asked to complete it; each next duty has its owner and its date."""
    desk = await IntakeDesk.filed(sqlite_stage)
    assert (desk.stand.fase, desk.live, desk.documents) == ("screening", ["screening"], [])
    assert (desk.owes("screening"), desk.duty("screening").due) == (
        ("screener", "ORG-VDAB-GENT"),
        date(2029, 3, 9),
    )
    await desk.screened()
    assert (desk.stand.fase, desk.live, desk.documents) == (
        "beslissing",
        ["beslissing"],
        ["screeningsverslag"],
    )
    assert (desk.owes("beslissing"), desk.duty("beslissing").due) == (OF_VDAB, date(2029, 2, 7))


async def test_an_incomplete_request_is_asked_for_and_then_vdab_goes_on(sqlite_stage: Stage) -> None:
    """Silence closes nothing: VDAB gives more time, or decides that there is enough."""
    desk = await IntakeDesk.filed(sqlite_stage, SILENT)
    assert (desk.live, desk.owes("aanvullen")) == (["aanvullen"], OF_VDAB)
    assert (desk.duty("aanvullen").due, desk.documents) == (date(2029, 2, 5), ["onvolledig"])
    await desk.accepted("aanvraag_aanvullen", VDAB, opdracht="aanvullen", eigen_woorden="Ik wil vooruit.")
    assert desk.live == ["aanvullen/2"]
    await desk.go(date(2029, 2, 6))
    assert desk.live == ["aanvullen/2", "onvolledig"]
    more = {"opdracht": "onvolledig", "toelichting": "x"}
    await desk.accepted("onvolledig_beslissen", VDAB, **more, keuze="meer_tijd")
    assert (desk.live, desk.documents) == (["aanvullen/3"], ["onvolledig", "onvolledig/2"])
    await desk.go(date(2029, 3, 8))
    assert desk.live == ["aanvullen/3", "onvolledig/2"]
    enough = {**more, "opdracht": "onvolledig/2", "keuze": "verder_met_wat_er_is"}
    await desk.accepted("onvolledig_beslissen", VDAB, **enough)
    assert (desk.stand.fase, desk.live) == ("screening", ["screening"])
    assert desk.duty("screening").due == date(2029, 5, 7)


async def test_a_third_party_that_is_awaited_lets_the_question_rest(sqlite_stage: Stage) -> None:
    """As long as a document of somebody else is awaited nobody is chased but about that, and VDAB is not asked."""
    desk = await IntakeDesk.filed(sqlite_stage, SILENT, aanvrager=BY_GTB)
    assert (desk.owes("aanvullen"), desk.documents) == (OF_REQUESTER, [])
    await desk.accepted("wachten_op_derde", REQUESTER, document="verslag", bij="ziekenhuis")
    assert (desk.live, desk.owes("derde")) == (["derde"], OF_REQUESTER)
    await desk.go(date(2029, 2, 20))
    assert desk.live == ["derde"]
    await desk.accepted("derde_opvolgen", REQUESTER, opdracht="derde", keuze="nog_wachten")
    await desk.go(date(2029, 3, 1))
    assert desk.live == ["derde/2"]
    await desk.accepted("derde_opvolgen", REQUESTER, opdracht="derde/2", keuze="ontvangen")
    assert desk.live == ["aanvullen/2"]
    rest = {name: COMPLETE[name] for name in ("eigen_woorden", "ladder", "documenten")}
    await desk.accepted("aanvraag_aanvullen", REQUESTER, opdracht="aanvullen/2", **rest)
    assert (desk.stand.fase, desk.live) == ("screening", ["screening"])


async def test_the_advice_of_a_silent_partner_holds_nothing_up(sqlite_stage: Stage) -> None:
    """Advice that was asked stays asked when the request is complete, is reminded once, and ends with the decision."""
    desk = await IntakeDesk.filed(sqlite_stage, SILENT)
    await desk.accepted("advies_vragen", VDAB, organisatie="ORG-OCMW-GENT")
    lacking = {name: COMPLETE[name] for name in ("eigen_woorden", "ladder")}
    await desk.accepted("aanvraag_aanvullen", VDAB, opdracht="aanvullen", **lacking)
    assert desk.live == ["advies/ORG-OCMW-GENT", "screening"]
    again = await desk.refusal("advies_vragen", VDAB, organisatie="ORG-OCMW-GENT")
    assert (again["soort"], again["veld"]) == (Refusal.ONGELDIG, "organisatie")
    await desk.go(date(2029, 2, 16))
    chased = [m.soort for m in desk.messages(about="advies/ORG-OCMW-GENT")]
    assert sorted(chased) == ["aankondiging", "te_laat"]
    await desk.screened()
    await desk.decided(route="geweigerd", orientatie="Het OCMW.")
    assert (desk.live, desk.duty("advies/ORG-OCMW-GENT").status) == ([], "withdrawn")


async def test_findings_are_for_a_person_to_look_at(sqlite_stage: Stage) -> None:
    """Who is too young and lives where no table knows a service is registered, and operations look and decide."""
    persoon = {"voornaam": "Mila", "achternaam": "Verzonnen", "geboortedatum": "2015-02-28"}
    desk = await IntakeDesk.filed(sqlite_stage, persoon=persoon, nis_code="21004")
    assert desk.live == ["bevindingen", "screening"]
    assert {desk.owes(key) for key in desk.live} == {("operaties", "ORG-OPERATIES")}
    found = {each.rule for each in desk.registered.waarschuwingen}
    assert found == {"aanvraag.buiten_vlaanderen", "aanvraag.leeftijd"}
    await desk.accepted("bevindingen_bekijken", OPERATOR, opdracht="bevindingen", toelichting="gebeld")
    assert desk.live == ["screening"]


async def test_an_activeringstraject_starts_once_on_its_first_day(sqlite_stage: Stage) -> None:
    """Not a day before; it begins on its own virtual date, in the same dossier, with its own first duties."""
    desk = await decisive(sqlite_stage, aanvrager=BY_GTB)
    await desk.decided(**TO_START)
    assert (desk.stand.fase, desk.live) == ("beslist", [])
    assert desk.documents == ["beslissing", "beslissing_aanvrager", "screeningsverslag"]
    assert [m.soort for m in desk.messages(about="beslissing_aanvrager")] == ["kennisgeving"]
    assert len(desk.events("diagnostiek-gesloten")) == 1
    await desk.go(date(2029, 1, 28))
    assert desk.began() == {}
    await desk.go(START)
    next_one = await desk.follower("activeringstraject")
    assert (next_one.reference, next_one.stand.start) == (desk.reference, START)
    assert (next_one.stand.fase, next_one.live) == ("voorbereiding", ["eerste_gesprek", "trajectplan"])
    assert next_one.events("fase")[0].ingevoerd_op == START
    await desk.checkpoint()
    await desk.go(date(2029, 2, 12))
    assert len(desk.events("traject-gestart")) == 1
    dossier = sqlite_stage.collaborators.reading.dossier(desk.reference)
    assert dossier is not None
    assert sorted(each.soort for each in dossier.trajecten) == ["activeringstraject", "toeleiding"]


@pytest.mark.parametrize(
    ("chosen", "first"),
    [
        pytest.param({}, CAW, id="the agreed order"),
        pytest.param({"kernpartner": DMW.organisatie}, DMW, id="the person's choice"),
    ],
)
async def test_an_onthaaltraject_starts_at_once_under_its_own_number(
    sqlite_stage: Stage, chosen: dict[str, Any], first: Any
) -> None:
    """The GBO gets a reference of its own, and the first partner is whom the person chose."""
    desk = await decisive(sqlite_stage)
    await desk.decided(**TO_ONTHAAL, **chosen)
    assert (desk.stand.fase, desk.live) == ("beslist", [])
    welcome = await desk.follower("onthaaltraject")
    assert welcome.reference.startswith("OT-2029-")
    assert (welcome.stand.fase, welcome.stand.start) == ("doorgifte", BEGIN)
    assert welcome.owes("ontvangst") == ("kernpartner", first.organisatie)


@pytest.mark.parametrize(
    ("chosen", "soort", "asked", "of"),
    [
        pytest.param({}, "ama_se", "contingent", "vdab", id="no maatwerkbedrijf chosen yet"),
        pytest.param(
            {"ama_contingent": MAATWERK}, "ama_se", "toestemming/1", None, id="at a maatwerkbedrijf"
        ),
        pytest.param(
            {"route": "advies_welzijn", "ama_begeleider": "ORG-OCMW-GENT"},
            "arbeidsmatige_activiteiten",
            "toestemming/1",
            "begeleider",
            id="with the begeleider of choice",
        ),
    ],
)
async def test_an_ama_is_on_its_way_at_once(
    sqlite_stage: Stage, chosen: dict[str, Any], soort: str, asked: str, of: str | None
) -> None:
    """It waits for permissions, a place and an agreement; its first day is agreed later."""
    desk = await decisive(sqlite_stage, statuut=[{"code": "leefloon", "van": "2028-01-01", "bron": "OCMW"}])
    await desk.decided(**{"route": "ama_se", **chosen})
    assert (desk.stand.fase, desk.live, desk.began()) == ("beslist", [], {soort: f"ama/{desk.reference}"})
    assert not desk.events("vervolg-gevraagd")
    ama = await desk.follower(soort)
    assert (ama.row.soort, ama.stand.start) == (soort, BEGIN)
    assert asked in ama.live
    if of is not None:
        assert ama.owes(asked)[0] == of


async def test_an_ama_and_an_onthaaltraject_may_follow_together(sqlite_stage: Stage) -> None:
    """Advice to seek help first can mean both; each starts once."""
    desk = await decisive(sqlite_stage)
    await desk.decided(**TO_ONTHAAL, ama_begeleider="ORG-OCMW-GENT")
    assert set(desk.began()) == {"arbeidsmatige_activiteiten", "onthaaltraject"}


async def test_an_ama_beside_the_other_kind_asks_for_a_reason(sqlite_stage: Stage) -> None:
    """It is decided all the same: the last day of the old one is agreed later, and looked at before the first."""
    runs = [{"soort": "arbeidsmatige_activiteiten", "van": "2028-01-03"}]
    desk = await decisive(sqlite_stage, inhoud={**COMPLETE, "lopend": runs})
    refused = await desk.refusal("toeleiding_beslissen", VDAB, **{**DECIDED, "route": "ama_se"})
    assert refused["soort"] == Refusal.REDEN_NODIG
    await desk.decided(route="ama_se", reden="Het einde wordt afgesproken.")
    assert set(desk.began()) == {"ama_se"}


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param({"route": "advies_welzijn"}, id="advice alone"),
        pytest.param({"route": "geweigerd", "orientatie": "Het OCMW."}, id="refused"),
    ],
)
async def test_other_routes_start_nothing_by_themselves(sqlite_stage: Stage, chosen: dict[str, Any]) -> None:
    """A refusal gives its letter and nothing else; a year later it is over."""
    desk = await decisive(sqlite_stage)
    await desk.decided(**chosen)
    assert (desk.stand.fase, desk.live, desk.began()) == ("beslist", [], {})
    assert desk.documents == ["beslissing", "screeningsverslag"]
    assert [m.soort for m in desk.messages("brief")] == ["brief"]
    assert desk.date_of("open tot") == date(2030, 1, 8)
    await desk.go(date(2030, 1, 8))
    assert not await desk.ended()
    await desk.go(date(2030, 1, 9))
    assert await desk.ended()


async def test_a_request_is_withdrawn_before_the_decision(sqlite_stage: Stage) -> None:
    """At any time and without a reason; nobody owes anything any more, also not who was asked for advice."""
    desk = await IntakeDesk.filed(sqlite_stage, SILENT, aanvrager=BY_GTB)
    await desk.accepted("advies_vragen", VDAB, organisatie="ORG-OCMW-GENT")
    await desk.accepted("aanvraag_intrekken", REQUESTER)
    assert (desk.stand.fase, desk.live) == ("ingetrokken", [])
    assert len(desk.events("diagnostiek-gesloten")) == 1
    await desk.go(date(2029, 3, 1))
    assert (desk.live, desk.began()) == ([], {})


async def test_a_request_is_withdrawn_after_the_decision(sqlite_stage: Stage) -> None:
    """Before the first day nothing starts any more; after it the trajectory itself is stopped, not the request."""
    early, late = [
        await decisive(sqlite_stage, sleutel=name, persoon=_person(name)) for name in ("een", "twee")
    ]
    for desk in (early, late):
        await desk.decided(**TO_START)
    await early.accepted("aanvraag_intrekken", VDAB)
    for desk in (early, late):
        await desk.go(date(2029, 2, 12))
    assert (early.stand.fase, early.began()) == ("ingetrokken", {})
    assert set(late.began()) == {"activeringstraject"}
    refused = await late.refusal("aanvraag_intrekken", VDAB)
    assert refused["soort"] == Refusal.VERKEERDE_FASE


def _person(name: str) -> dict[str, str]:
    return {"voornaam": name.capitalize(), "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"}


async def test_an_objection_suspends_nothing_and_is_answered(sqlite_stage: Stage) -> None:
    """The trajectory starts all the same; the toeleiding stays open until somebody answered, also after its year."""
    desk = await decisive(sqlite_stage)
    await desk.decided(**TO_START)
    await desk.accepted(
        "bezwaar_noteren", VDAB, soort="heroverweging", mondeling=True, inhoud="Niet akkoord."
    )
    assert (desk.owes("bezwaar"), desk.duty("bezwaar").due) == (
        ("teamcoordinator", HEAD.organisatie),
        date(2029, 2, 22),
    )
    await desk.go(START)
    assert set(desk.began()) == {"activeringstraject"}
    await desk.accepted("bezwaar_noteren", VDAB, soort="klacht", inhoud="Te traag.")
    await desk.accepted("bezwaar_beantwoorden", HEAD, opdracht="bezwaar", antwoord="Het blijft zo.")
    await desk.go(date(2030, 1, 10))
    assert (desk.live, await desk.ended()) == (["bezwaar/2"], False)
    await desk.accepted("bezwaar_beantwoorden", HEAD, opdracht="bezwaar/2", antwoord="Onze excuses.")
    assert await desk.ended()


async def test_a_death_before_the_decision_and_its_undo(sqlite_stage: Stage) -> None:
    """One duty remains; the closing note closes the request, and an undo brings the screening back as it was."""
    desk = await IntakeDesk.filed(sqlite_stage)
    screening = desk.duty("screening")
    await desk.accepted("overleden", SCREENER, overleden_op=BEGIN)
    (note,) = desk.live
    assert (desk.stand.fase, desk.owes(note)) == ("zonder_betrokkene", OF_VDAB)
    await desk.accepted("afronden_zonder_betrokkene", VDAB, opdracht=note, notitie="Familie gebeld.")
    assert (desk.stand.fase, desk.live) == ("ingetrokken", [])
    told: dict[str, Any]
    for name, told in (
        ("bezwaar_noteren", {"soort": "klacht", "inhoud": "x"}),
        ("overleden", {"overleden_op": BEGIN}),
    ):
        assert (await desk.refusal(name, VDAB, **told))["soort"] == Refusal.VERKEERDE_FASE
    await desk.accepted("overleden_ongedaan", VDAB)
    assert (desk.stand.fase, desk.live) == ("screening", ["screening"])
    assert (desk.duty("screening").due, desk.duty("screening").passed) == (screening.due, screening.passed)


async def test_a_death_after_the_decision_and_its_undo(sqlite_stage: Stage) -> None:
    """Nothing starts for somebody who died; undone, what was chosen begins on the day it is."""
    desk = await decisive(sqlite_stage)
    await desk.decided(**TO_START)
    await desk.accepted("overleden", VDAB, overleden_op=BEGIN)
    await desk.go(date(2029, 2, 5))
    (note,) = desk.live
    await desk.accepted("afronden_zonder_betrokkene", VDAB, opdracht=note, notitie="Besproken.")
    assert (desk.stand.fase, desk.live, desk.began()) == ("beslist", [], {})
    assert {m.status for m in desk.messages("brief")} == {"cancelled"}
    await desk.accepted("overleden_ongedaan", VDAB)
    next_one = await desk.follower("activeringstraject")
    assert next_one.stand.start == date(2029, 2, 5)
    assert {m.status for m in desk.messages("brief")} == {"ready"}


async def test_a_first_day_beside_a_running_ama_asks_for_a_reason(sqlite_stage: Stage) -> None:
    """The finding says which end is needed; the day after that end nothing is asked (art. 11)."""
    desk = await decisive(sqlite_stage, inhoud={**COMPLETE, "lopend": [AMA]})
    early = {"opdracht": "beslissing", **_judged(), "route": "activeringstraject", "start": date(2029, 2, 28)}
    refused = await desk.refusal("toeleiding_beslissen", VDAB, **early)
    assert (refused["soort"], refused["veld"]) == (Refusal.REDEN_NODIG, "reden")
    assert (refused["regel"], refused["artikel"]) == ("toeleiding.beside", "D2022 art. 11")
    assert "28-02-2029" in refused["tekst"]
    assert desk.live == ["beslissing"]
    await desk.decided(**{**early, "start": date(2029, 3, 1)})
    assert desk.events("toeleiding_beslissen")[0].findings == []


async def test_a_reason_lets_activering_begin_beside_ama(sqlite_stage: Stage) -> None:
    """What is soft goes through with a reason, which the record keeps with the finding."""
    desk = await decisive(sqlite_stage, inhoud={**COMPLETE, "lopend": [AMA]})
    await desk.decided(route="activeringstraject", reden="de overgang is afgesproken")
    (event,) = desk.events("toeleiding_beslissen")
    assert [found["verdict"] for found in event.findings] == ["zacht"]
    assert set(desk.began()) == {"activeringstraject"}


async def test_a_second_trajectory_of_the_same_kind_is_refused(sqlite_stage: Stage) -> None:
    """The record knows what runs: VDAB hears which end is needed, and no reason helps (art. 11)."""
    first = await decisive(sqlite_stage)
    await first.decided(route="activeringstraject")
    await first.follower("activeringstraject")
    again = {"sleutel": "opnieuw", "dossier": first.reference}
    desk = await decisive(sqlite_stage, **again)
    assert desk.workflow_id == f"toeleiding/{first.reference}-2"
    told = {"opdracht": "beslissing", **_judged(), "route": "activeringstraject", "reden": "toch"}
    refused = await desk.refusal("toeleiding_beslissen", VDAB, **told)
    assert (refused["soort"], refused["regel"]) == (Refusal.HARDE_REGEL, "toeleiding.beside")
    assert "het moet eindigen ten laatste de dag voor 08-01-2029" in refused["tekst"]


def _judged() -> dict[str, Any]:
    element = {"aanwezig": True, "motivering": "x"}
    return {"problematiek": element, "groeimogelijkheden": element}


@pytest.mark.parametrize("key", ["aanvullen", "derde", "screening", "beslissing"])
async def test_what_the_story_waits_for_is_not_set_aside(sqlite_stage: Stage, key: str) -> None:
    """A duty without which the request would wait for nobody ends by its answer alone."""
    desk = await IntakeDesk.filed(sqlite_stage, SILENT if key in ("aanvullen", "derde") else COMPLETE)
    if key == "derde":
        await desk.accepted("wachten_op_derde", VDAB, document="x", bij="x")
    if key == "beslissing":
        await desk.screened()
    refused = await desk.refusal("opdracht_besluiten", OPERATOR, opdracht=key, toelichting="x")
    assert (refused["soort"], refused["veld"], desk.live) == (Refusal.ONGELDIG, "opdracht", [key])


async def test_somebody_who_only_claims_to_be_the_requester_withdraws_nothing(sqlite_stage: Stage) -> None:
    """Where the person files there is no requester, and nobody elsewhere speaks as one."""
    desk = await IntakeDesk.filed(sqlite_stage)
    refused = await desk.refusal("aanvraag_intrekken", REQUESTER)
    assert (refused["soort"], desk.stand.fase) == (Refusal.NIET_VAN_U, "screening")


async def test_a_planned_screening_is_not_reminded_before_its_day(sqlite_stage: Stage) -> None:
    """The appointment of the screener rests the ladder; nobody is told that it is late before that day."""
    desk = await IntakeDesk.filed(sqlite_stage)
    due = desk.duty("screening").due
    assert due is not None
    planned = due + timedelta(days=28)
    await desk.accepted("afspraak", SCREENER, gepland_op=planned, waar="VDAB", hoe="gesprek")
    resting = desk.duty("screening")
    assert (resting.status, resting.verwacht_op, resting.due) == ("bezig", planned, due)
    await desk.go(planned - timedelta(days=1))
    assert {m.soort for m in desk.messages(about="screening")} == {"aankondiging"}
    await desk.screened()
    assert desk.stand.fase == "beslissing"
