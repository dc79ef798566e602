"""What an accepted command leaves behind: names, reasons, dates, once."""

from datetime import date

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowUpdateFailedError

from models.actors import OPERATIES
from models.errors import Refusal
from player.stage import Stage
from tests.rules.cases import VDAB
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import ELSEWHERE, FIRST_REVIEW, OPERATOR, PLAN, REVIEW, Desk

EINDVERSLAG = CONTENTS["eindverslag_indienen"]


async def test_a_soft_finding_goes_through_with_a_reason(sqlite_stage: Stage) -> None:
    """An unusual periodicity is refused without a reason; with one it stands, and the event keeps both."""
    desk = await Desk.open(sqlite_stage)
    unusual = {**PLAN, "periodiciteit_maanden": 8}
    refused = (await desk.send("plan_akkoord", **unusual)).refusal
    assert refused is not None
    assert (refused["soort"], refused["veld"]) == (Refusal.REDEN_NODIG, "reden")
    assert refused["regel"] == "activering.usual_periodicity"
    await desk.accepted("plan_akkoord", **unusual, reden="de deelnemer vraagt rust")
    (event,) = desk.events("plan_akkoord")
    assert event.gegevens["reden"] == "de deelnemer vraagt rust"
    assert ("activering.usual_periodicity", "zacht") in [(f["rule"], f["verdict"]) for f in event.findings]


async def test_operations_answer_in_the_name_of_who_owes_it(sqlite_stage: Stage) -> None:
    """Both names show: who entered it, and whose answer it is, also when operations do not say whose."""
    desk = await Desk.open(sqlite_stage)
    await desk.accepted("plan_akkoord", OPERATOR, **PLAN)
    (event,) = desk.events("plan_akkoord")
    assert event.wie is not None
    assert event.wie.startswith("Els Peeters (operaties) namens ")
    assert "casemanager werk" in event.wie


async def test_what_is_typed_into_the_engine_is_of_operations(sqlite_stage: Stage) -> None:
    """Nobody proves who they are in the Temporal UI: whatever `door` claims, it is operations *namens* them."""
    desk = await Desk.open(sqlite_stage)
    told = {**PLAN, "datum": "2029-01-08", "door": desk.werk.model_dump(mode="json")}
    await desk.typed("plan_akkoord", told, "mijn-eigen-nummer")
    await desk.typed("contactnota", {"datum": "2029-01-08", "nota": "gebeld"}, "nog-een")
    (agreed,), (note,) = desk.events("plan_akkoord"), desk.events("contactnota")
    assert agreed.wie is not None
    assert agreed.wie.startswith("operaties namens ")
    assert note.wie == "operaties"


async def test_a_review_held_in_time_and_entered_late_is_in_time(sqlite_stage: Stage) -> None:
    """What undoes a lateness is an event too: nothing is late any more and nobody is reminded again."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 13))
    assert (desk.stand.te_laat, len(desk.messages("te_laat"))) == (True, 1)
    await desk.accepted("review_vastleggen", **REVIEW, datum=FIRST_REVIEW)
    (event,) = desk.events("review_vastleggen")
    assert (event.datum, event.ingevoerd_op) == (FIRST_REVIEW, date(2029, 4, 13))
    assert "op tijd" in event.tekst
    assert [e.opdracht for e in desk.events("te-laat-ingetrokken")] == ["review/1"]
    assert desk.duty("review/1").overdue_since is None
    await desk.go(date(2029, 5, 14))
    assert not desk.stand.te_laat
    assert len(desk.messages(about="review/1")) == 2


async def test_a_review_held_late_stays_late(sqlite_stage: Stage) -> None:
    """A day after its date is late, and the duty keeps that it was."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 11))
    await desk.accepted("review_vastleggen", **REVIEW, datum=date(2029, 4, 10))
    assert "te laat" in desk.events("review_vastleggen")[0].tekst
    assert desk.duty("review/1").overdue_since == date(2029, 4, 10)
    assert not desk.events("te-laat-ingetrokken")


async def test_a_repeated_command_has_the_same_outcome(sqlite_stage: Stage) -> None:
    """The same id again says what it said, writes no second event, also in a next run and when all is closed."""
    desk = await Desk.open(sqlite_stage)
    first = await desk.accepted("plan_akkoord", **PLAN, command_id="cmd-een")
    refused = await desk.send("heropenen", einde=date(2029, 3, 1), command_id="cmd-twee")
    sent = {**first.payload, "doel": "iets anders"}
    again = await desk.typed("plan_akkoord", sent, "cmd-een")
    await desk.checkpoint()
    later = await desk.typed("plan_akkoord", sent, "cmd-een")
    assert again == later == first.outcome
    assert len(desk.events("plan_akkoord")) == 1
    await desk.accepted("stopzetten", einde=await desk.today(), oorzaak="op_vraag")
    assert await desk.typed("plan_akkoord", sent, "cmd-een") == first.outcome
    inbox = await desk.send("heropenen", einde=date(2029, 3, 1), command_id="cmd-twee")
    assert (inbox.status, inbox.refusal, inbox.attempts) == ("refused", refused.refusal, refused.attempts)
    with pytest.raises(WorkflowUpdateFailedError):
        await desk.typed("plan_akkoord", sent, "cmd-drie")


async def test_a_death_silences_and_its_undo_restores(sqlite_stage: Stage) -> None:
    """No letter leaves and one duty remains; the undo brings back the rest with its rungs, without announcing it."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 13))
    await desk.accepted("opschorten", desk.zorg, van=date(2029, 4, 13), oorzaak="opname")
    before = {key: desk.duty(key) for key in desk.live}
    assert set(before) == {"review/1", "hervatting/1"}
    told = {m.key for m in desk.messages()}
    await desk.accepted("overleden", overleden_op=date(2029, 4, 12))
    assert [key.partition("#")[0] for key in desk.live] == ["afronding"]
    assert desk.stand.fase == "zonder_betrokkene"
    assert {m.status for m in desk.messages("brief")} == {"cancelled"}
    await desk.accepted("overleden_ongedaan")
    assert desk.live == sorted(before)
    for key, duty in before.items():
        back = desk.duty(key)
        assert (back.status, back.passed, back.due, back.due_version) == (
            duty.status,
            duty.passed,
            duty.due,
            duty.due_version,
        )
    assert {m.status for m in desk.messages("brief")} == {"ready"}
    (new,) = [m for m in desk.messages() if m.key not in told]
    assert (new.soort, (new.opdracht or "").partition("#")[0]) == ("aankondiging", "afronding")
    assert desk.stand.fase == "lopend"


async def test_rungs_that_passed_during_a_mistaken_death_stay_silent(sqlite_stage: Stage) -> None:
    """Team and coordinator are not told afterwards what came while the dossier was silent; the ladder goes on."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 13))
    await desk.accepted("overleden", overleden_op=date(2029, 4, 12))
    await desk.go(date(2029, 4, 30))
    await desk.accepted("overleden_ongedaan")
    await desk.go(date(2029, 5, 7))
    assert sorted(m.soort for m in desk.messages(about="review/1")) == ["aankondiging", "te_laat"]
    await desk.go(date(2029, 5, 9))
    assert len(desk.messages("operaties_te_laat", about="review/1")) == 1


async def test_a_letter_that_is_still_being_made_does_not_leave_after_a_death(sqlite_stage: Stage) -> None:
    """A letter ordered before the death and rendered after it is held with the rest, and let go by the undo."""
    desk = await Desk.open(sqlite_stage, ELSEWHERE)
    await desk.send("toewijzing_beslissen", OPERATOR, **CONTENTS["toewijzing_beslissen"])
    await desk.send("overleden", OPERATOR, overleden_op=date(2029, 1, 8))
    await desk.settle()
    assert [m.status for m in desk.messages("brief")] == ["cancelled"]
    await desk.accepted("overleden_ongedaan", OPERATOR)
    assert [m.status for m in desk.messages("brief")] == ["ready"]


async def test_a_death_is_closed_by_its_one_duty(sqlite_stage: Stage) -> None:
    """The closing note closes the dossier, which then cannot be reopened; a mistaken death still can be undone."""
    desk = await Desk.running(sqlite_stage)
    await desk.accepted("overleden", overleden_op=await desk.today())
    (key,) = desk.live
    await desk.accepted("afronden_zonder_betrokkene", opdracht=key, notitie="besproken met de familie")
    assert (desk.stand.fase, desk.live) == ("afgesloten", [])
    for name, contents in (
        ("heropenen", {"einde": date(2029, 9, 1)}),
        ("overleden", {"overleden_op": date(2029, 1, 8)}),
    ):
        refusal = (await desk.send(name, **contents)).refusal
        assert refusal is not None
        assert refusal["soort"] == Refusal.VERKEERDE_FASE
    await desk.accepted("overleden_ongedaan")
    assert desk.stand.fase == "lopend"


async def test_a_corrected_fact_moves_dates_and_sends_nothing(sqlite_stage: Stage) -> None:
    """The consequences are listed in outcome, dossier and event, for a person to judge; no message goes out."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 2, 12))
    await desk.accepted("opschorten", desk.zorg, van=date(2029, 2, 1), oorzaak="ziekte")
    await desk.accepted("hervatten", desk.zorg, per=date(2029, 2, 11))
    await desk.go(date(2029, 4, 16))
    messages, end = desk.messages(), desk.stand.einde
    right = {
        "veld": "opschorting/1.tot",
        "oud": "2029-02-11",
        "nieuw": "2029-02-08",
        "waarom": "verkeerd genoteerd",
    }
    row = await desk.accepted("rechtzetten", desk.zorg, **right)
    assert row.outcome is not None
    gevolgen = row.outcome["gevolgen"]
    assert any(each.startswith("gepland einde: 2030-01-17 wordt 2030-01-14") for each in gevolgen)
    assert any("review/1" in each for each in gevolgen)
    assert (end, desk.stand.einde) == (date(2030, 1, 17), date(2030, 1, 14))
    assert list(desk.stand.gevolgen) == gevolgen
    (event,) = desk.events("gevolgen")
    assert event.gegevens["gevolgen"] == gevolgen
    assert desk.messages() == messages
    assert len(desk.events("rechtzetten")) == 1
    dates = {each.naam: each.on for each in desk.stand.dates}
    assert dates["gepland einde"].facts["opschorting 1"] == "van 2029-02-01 tot 2029-02-08: 7 dagen"


async def test_every_date_of_a_running_dossier_says_why(sqlite_stage: Stage) -> None:
    """Rule, article, reason and facts stand with each date, and every parameter with its status and source."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 13))
    await desk.accepted(
        "opschorten", desk.zorg, van=date(2029, 4, 13), tot=date(2029, 5, 1), oorzaak="ziekte"
    )
    told = {each.naam: each.on for each in desk.stand.dates}
    owed = {f"opdracht {key}" for key in desk.live}
    assert owed == {"opdracht review/1", "opdracht hervatting/1"}
    assert owed | {"uiterste einde", "gepland einde", "evaluatie 2"} == set(told)
    for found in told.values():
        assert all((found.rule, found.article, found.reden, found.facts))
        assert all((each.status, each.bron, each.geldig_van) for each in found.parameters)
    assert (told["opdracht hervatting/1"].value, told["gepland einde"].value) == (
        date(2029, 5, 2),
        date(2030, 7, 7),
    )
    assert "vanaf 2029-04-13, nog open" in told["gepland einde"].facts.values()


async def test_a_duty_that_changes_hands_is_announced_once_where_it_goes(sqlite_stage: Stage) -> None:
    """The new addressee hears of it once; the old one is never reminded again."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 2))
    old = desk.werk
    new = {"rol": "casemanager_werk", "organisatie": "ORG-KOMPAAN-WERK", "medewerker": "MW-0201"}
    await desk.accepted("herverdelen", desk.coordinator(old), **new)
    assert desk.werk.medewerker == "MW-0201"
    refusal = (await desk.send("review_vastleggen", old, **REVIEW)).refusal
    assert refusal is not None
    assert refusal["soort"] == Refusal.NIET_VAN_U
    await desk.go(date(2029, 4, 30))
    about = [(m.soort, m.org, m.worker) for m in desk.messages(about="review/1")]
    assert about.count(("aankondiging", "ORG-KOMPAAN-WERK", "MW-0201")) == 1
    assert about.count(("aankondiging", old.organisatie, old.medewerker)) == 1
    assert len([each for each in about if each[1] == old.organisatie]) == 1
    assert ("te_laat", "ORG-KOMPAAN-WERK", "MW-0201") in about


async def test_a_promise_rests_the_ladder_twice(sqlite_stage: Stage) -> None:
    """Until the promised day nobody is reminded; a third promise asks for a reason, and silence goes on after it."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 10))
    promise = {"opdracht": "review/1", "toelichting": "deelnemer is ziek"}
    await desk.accepted("opdracht_bezig", **promise, verwacht_op=date(2029, 4, 25))
    await desk.go(date(2029, 4, 27))
    assert (desk.duty("review/1").status, len(desk.messages("te_laat"))) == ("bezig", 0)
    await desk.accepted("opdracht_bezig", **promise, verwacht_op=date(2029, 5, 9))
    third = {**promise, "verwacht_op": date(2029, 5, 23)}
    refusal = (await desk.send("opdracht_bezig", **third)).refusal
    assert refusal is not None
    assert (refusal["soort"], refusal["regel"]) == (Refusal.REDEN_NODIG, "activering.may_rest_again")
    await desk.accepted("opdracht_bezig", **third, reden="nog in opname")
    await desk.go(date(2029, 5, 25))
    assert not desk.messages("te_laat")
    await desk.go(date(2029, 5, 29))
    assert len(desk.messages("te_laat")) == 1


async def test_the_coordinator_ends_a_duty_without_its_answer(sqlite_stage: Stage) -> None:
    """The exit is a named human's; nothing of it is asked any more, and the next review still comes."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 4, 2))
    ending = {"opdracht": "review/1", "toelichting": "de deelnemer wil dit keer niet"}
    await desk.accepted("opdracht_besluiten", desk.coordinator(desk.werk), **ending)
    assert (desk.duty("review/1").status, desk.live) == ("exited", [])
    wie = desk.events("opdracht_besluiten")[0].wie
    assert wie is not None
    assert "teamcoordinator" in wie
    await desk.go(date(2029, 7, 2))
    assert desk.live == ["review/2"]
    assert len(desk.messages(about="review/1")) == 1


async def test_a_message_that_came_back_is_repaired_once(sqlite_stage: Stage) -> None:
    """However often the post office says so, one bounced message is one duty for operations."""
    desk = await Desk.open(sqlite_stage)
    (announced,) = desk.messages(about="trajectplan")
    await desk.bounce(announced.key)
    await desk.bounce(announced.key)
    (repair,) = [key for key in desk.live if key.startswith("herstel/")]
    assert len(desk.messages("aankondiging", about=repair)) == 1
    solved = {"opdracht": repair, "keuze": "gecorrigeerd", "toelichting": "adres aangepast"}
    await desk.accepted("herstel_beslissen", OPERATOR, **solved)
    await desk.bounce(announced.key)
    assert repair not in desk.live


async def test_a_death_before_there_is_a_tandem_is_closed_by_operations(sqlite_stage: Stage) -> None:
    """Where nobody was assigned yet operations write the closing note, and its undo asks for the tandem again."""
    desk = await Desk.open(sqlite_stage, ELSEWHERE)
    await desk.accepted("overleden", OPERATOR, overleden_op=date(2029, 1, 8))
    (key,) = desk.live
    await desk.accepted("afronden_zonder_betrokkene", OPERATOR, opdracht=key, notitie="nooit ontmoet")
    assert desk.stand.fase == "afgesloten"
    await desk.accepted("overleden_ongedaan", OPERATOR)
    assert (desk.stand.fase, desk.live) == ("toewijzing", ["toewijzing"])


async def test_a_trajectory_stopped_before_there_is_a_tandem_can_begin_again(sqlite_stage: Stage) -> None:
    """Who withdraws before anybody was assigned owes nothing; reopened, a person is asked for the tandem again."""
    desk = await Desk.open(sqlite_stage, ELSEWHERE)
    await desk.accepted("stopzetten", VDAB, einde=date(2029, 1, 8), oorzaak="op_vraag")
    assert (desk.stand.fase, desk.live) == ("afgesloten", [])
    await desk.accepted("heropenen", VDAB, einde=date(2030, 1, 7))
    assert desk.stand.fase == "toewijzing"
    assert len(desk.live) == 1
    assert await desk.history(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) == 0


async def test_a_reopened_trajectory_goes_on_where_it_was(sqlite_stage: Stage) -> None:
    """Its plan runs to the day that was agreed, the next review keeps its number, and it owes a second eindverslag."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 5, 7))
    await desk.accepted("stopzetten", einde=date(2029, 5, 7), oorzaak="op_vraag")
    await desk.accepted("eindverslag_indienen", **EINDVERSLAG)
    await desk.go(date(2029, 6, 4))
    await desk.accepted("heropenen", einde=date(2030, 3, 1))
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", date(2030, 3, 1))
    await desk.go(date(2029, 7, 2))
    assert desk.live == ["review/2"]
    await desk.go(date(2030, 3, 4))
    assert desk.stand.fase == "afronding"
    assert "eindverslag/2" in desk.live


async def test_an_operator_may_claim_to_be_operations_in_the_engine(sqlite_stage: Stage) -> None:
    """Who types `door: operaties` with an answer speaks for whoever owes it, as who types nothing does."""
    desk = await Desk.open(sqlite_stage)
    told = {**PLAN, "datum": "2029-01-08", "door": OPERATIES.model_dump(mode="json")}
    await desk.typed("plan_akkoord", told, "getypt")
    (event,) = desk.events("plan_akkoord")
    assert event.wie is not None
    assert event.wie.startswith("operaties namens ")
