"""An onthaaltraject on the real engine: a person always has an owner and a date, and is forgotten when the law says."""

from datetime import date
from typing import Any

import pytest

from models.errors import Refusal
from player.stage import Stage
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import CAW, DMW, FIRST_PARTNERS, FOREIGN, OCMW, OPERATOR, IntakeDesk

ON_TIME, LATE = date(2029, 1, 15), date(2029, 1, 16)
"""Five working days after the hand-off, and the day after."""
TRIED = (
    {"kanaal": "telefoon", "moment": "voormiddag"},
    {"kanaal": "brief", "moment": "namiddag", "bezoek_aangeboden": True},
    {"kanaal": "telefoon", "moment": "avond"},
)
"""Enough attempts for somebody without a helper."""
MEASURED: dict[str, Any] = {
    "meting": "nul",
    "methode": "gesprek",
    "minuten": 45,
    "fiche": "2029-01",
    "rechten": [
        {"code": "sociaal_tarief_energie", "recht": "ja"},
        {"code": "uitpas_kansentarief", "recht": "wil_niet"},
    ],
}
DOMAIN = {"domein": "wonen", "actie": "woning zoeken", "resultaat": "ingeschreven"}
CHOSEN: dict[str, Any] = {"opties": ["CAW", "wijkcentrum"], "keuze": "wijkcentrum"}
HELPER: dict[str, Any] = {"hulpverlener": {"naam": "Een Huisarts", "telefoon": "0470 00 00 09"}}


def handed_to(desk: IntakeDesk, key: str) -> str:
    """The organisation that was asked by this duty; it is the only one in the lists."""
    role, organisation = desk.owes(key)
    assert role == "kernpartner"
    return organisation


async def test_silence_sends_the_person_to_the_next_partner(sqlite_stage: Stage) -> None:
    """On the day after its date VDAB's standing order hands on, and the person gets a new letter (art. 4)."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    assert (handed_to(desk, "ontvangst"), desk.duty("ontvangst").due) == (CAW.organisatie, ON_TIME)
    assert desk.date_of("door naar de volgende") == LATE
    await desk.go(ON_TIME)
    assert desk.live == ["ontvangst"]
    await desk.go(LATE)
    assert (desk.stand.fase, desk.live) == ("doorgifte", ["ontvangst/2"])
    assert handed_to(desk, "ontvangst/2") == DMW.organisatie
    assert (desk.duty("ontvangst").status, desk.duty("ontvangst/2").due) == ("withdrawn", date(2029, 1, 23))
    assert desk.documents == ["onthaal_kennismaking", "onthaal_kennismaking/2"]
    assert "doorlopende opdracht van VDAB" in desk.events("doorgegeven")[0].tekst
    assert len(desk.messages("brief")) == 2
    refused = await desk.refusal("ontvangst_bevestigen", CAW, opdracht="ontvangst/2")
    assert refused["soort"] == Refusal.NIET_VAN_U


async def test_a_partner_that_gives_back_passes_on_at_once(sqlite_stage: Stage) -> None:
    """With a code and no text; after the last of the order operations name one, and until then they own it."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    for number, partner in enumerate(FIRST_PARTNERS, start=1):
        key = "ontvangst" if number == 1 else f"ontvangst/{number}"
        assert handed_to(desk, key) == partner.organisatie
        await desk.accepted("ontvangst_teruggeven", partner, opdracht=key, oorzaak="geen_plaats")
    assert (desk.stand.fase, desk.live) == ("routering", ["kernpartner/4"])
    assert (desk.owes("kernpartner/4"), desk.duty("kernpartner/4").due) == (
        ("operaties", "ORG-OPERATIES"),
        date(2029, 1, 10),
    )
    left = {"opdracht": "kernpartner/4", "toelichting": "x"}
    assert (await desk.refusal("opdracht_besluiten", OPERATOR, **left))["soort"] == Refusal.ONGELDIG
    named = {"opdracht": "kernpartner/4", "organisatie": FOREIGN.organisatie}
    await desk.accepted("kernpartner_aanduiden", OPERATOR, **named)
    assert (desk.stand.fase, handed_to(desk, "ontvangst/4")) == ("doorgifte", FOREIGN.organisatie)
    await desk.go(LATE)
    assert (desk.stand.fase, desk.live) == ("routering", ["kernpartner/5"])


async def test_where_no_gbo_is_known_operations_name_the_first(sqlite_stage: Stage) -> None:
    """A municipality without kernpartners has an owner from the first day."""
    desk = await IntakeDesk.handed_off(sqlite_stage, nis_code="21004")
    assert (desk.stand.fase, desk.live) == ("routering", ["kernpartner"])
    assert desk.owes("kernpartner") == ("operaties", "ORG-OPERATIES")


async def test_an_acknowledged_person_is_met_and_accompanied(sqlite_stage: Stage) -> None:
    """Who acknowledges names a worker, who owes the first contact; the talk starts the onthaaltraject."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst", medewerker="MW-0305")
    assert (desk.stand.fase, desk.live) == ("kennismaking", ["contact"])
    contact = desk.duty("contact")
    assert (contact.worker, contact.due) == ("MW-0305", date(2029, 1, 22))
    left = {"opdracht": "contact", "toelichting": "x"}
    assert (await desk.refusal("opdracht_besluiten", CAW, **left))["veld"] == "opdracht"
    await desk.accepted("onthaal_starten", CAW, opdracht="contact", waar="andere_plek")
    assert (desk.stand.fase, desk.live) == ("onthaal", [])
    assert desk.row.volgende_termijn is not None
    assert [e.soort for e in desk.events("verzonden", "afgeleverd")] == ["verzonden", "afgeleverd"]


async def test_nobody_is_unreachable_before_enough_was_tried(sqlite_stage: Stage) -> None:
    """What lacks is named and asks for a reason; with every attempt, three weeks later, none is asked."""
    desk = await IntakeDesk.handed_off(sqlite_stage, **HELPER)
    await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
    refused = await desk.refusal("onbereikbaar_vaststellen", CAW)
    assert (refused["soort"], refused["regel"]) == (Refusal.REDEN_NODIG, "onthaal.tried_enough")
    for words in ("3 weken", "3 pogingen", "2 kanalen", "de hulpverlener vragen", "een bezoek"):
        assert words in refused["tekst"]
    for attempt in (*TRIED, {"kanaal": "hulpverlener", "moment": "voormiddag"}):
        await desk.accepted("onthaal_contactpoging", CAW, **attempt)
    await desk.go(date(2029, 1, 28))
    assert "3 weken" in (await desk.refusal("onbereikbaar_vaststellen", CAW))["tekst"]
    await desk.go(date(2029, 1, 29))
    await desk.accepted("onbereikbaar_vaststellen", CAW)
    assert (desk.stand.fase, desk.live) == ("beeindigd", [])
    assert desk.documents == ["onthaal_kennismaking", "onbereikbaar"]
    assert desk.date_of("wissen op") == date(2030, 1, 29)


async def test_a_named_human_may_say_so_sooner_with_a_reason(sqlite_stage: Stage) -> None:
    """What is assumed never refuses: with a reason it stands, and the record keeps what lacked."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
    await desk.accepted("onbereikbaar_vaststellen", CAW, reden="de persoon is naar het buitenland")
    (event,) = desk.events("onbereikbaar_vaststellen")
    assert [found["verdict"] for found in event.findings] == ["zacht"]
    assert desk.stand.fase == "beeindigd"


async def test_who_refuses_contact_and_calls_back_goes_on(sqlite_stage: Stage) -> None:
    """One call in month five reopens with the same partner, which owes a contact again; the erasure waits anew."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
    await desk.accepted("contact_weigeren", CAW)
    assert (desk.stand.fase, desk.live, desk.date_of("wissen op")) == ("beeindigd", [], date(2030, 1, 8))
    await desk.go(date(2029, 6, 4))
    await desk.accepted("onthaal_heropenen", CAW)
    assert (desk.stand.fase, desk.live) == ("kennismaking", ["contact/2"])
    assert (handed_to(desk, "contact/2"), desk.duty("contact/2").due) == (CAW.organisatie, date(2029, 6, 18))
    await desk.accepted("onthaal_starten", CAW, opdracht="contact/2", waar="thuis")
    await desk.go(date(2029, 9, 4))
    assert desk.live == ["nog_nodig/1/2"]
    await desk.accepted("onthaal_beeindigen", CAW, oorzaak="alleen_informatie")
    assert desk.date_of("wissen op") == date(2030, 9, 4)


async def test_who_refuses_before_anybody_acknowledged_goes_to_the_next_partner(sqlite_stage: Stage) -> None:
    """The first partner never took the person on: its access ends when the person calls back."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("contact_weigeren", CAW)
    await desk.go(date(2029, 2, 5))
    await desk.accepted("onthaal_heropenen", CAW)
    assert (desk.stand.fase, handed_to(desk, "ontvangst/2")) == ("doorgifte", DMW.organisatie)
    refused = await desk.refusal("contact_weigeren", CAW)
    assert refused["soort"] == Refusal.NIET_VAN_U
    given = await _state(desk)
    assert [each["tot"] for each in given["doorgiften"]] == ["2029-02-05", None]


async def _state(desk: IntakeDesk) -> dict[str, Any]:
    """The facts that the trajectory hands to its next run."""
    await desk.checkpoint()
    started = (await desk.handle.fetch_history()).events[0].workflow_execution_started_event_attributes
    (start,) = await desk.stage.client.data_converter.decode(started.input.payloads)
    facts: dict[str, Any] = start["state"]["facts"]
    return facts


@pytest.mark.parametrize(
    ("name", "contents", "scope"),
    [
        pytest.param("levensdomein_vastleggen", DOMAIN, "levensdomeinen", id="a life domain"),
        pytest.param("rechten_meten", MEASURED, "rechten", id="benefits"),
        pytest.param(
            "warme_overdracht",
            {"organisatie": "ORG-OCMW-GENT", "gesprek_op": "2029-01-08", "afspraken": "Donderdag samen."},
            "overdracht",
            id="a hand-over",
        ),
    ],
)
async def test_nothing_is_kept_or_shared_without_consent(
    sqlite_stage: Stage, name: str, contents: dict[str, Any], scope: str
) -> None:
    """Refused before the consent and after its withdrawal, accepted in between (LSB art. 11)."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    before = await desk.refusal(name, CAW, **contents)
    assert (before["soort"], before["veld"]) == (Refusal.ONGELDIG, "toestemming")
    await desk.accepted("toestemming_geven", CAW, reikwijdte=[scope])
    await desk.accepted(name, CAW, **contents)
    await desk.accepted("toestemming_intrekken", CAW, reikwijdte=[scope])
    assert (await desk.refusal(name, CAW, **contents))["veld"] == "toestemming"


async def test_what_was_kept_is_forgotten_with_the_consent(sqlite_stage: Stage) -> None:
    """The case carries neither life domains nor benefits on, and keeps what the person still agrees to."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    await desk.accepted("toestemming_geven", CAW, reikwijdte=["levensdomeinen", "rechten"])
    await desk.accepted("levensdomein_vastleggen", CAW, **DOMAIN)
    await desk.accepted("rechten_meten", CAW, **MEASURED)
    await desk.accepted("toestemming_intrekken", CAW, reikwijdte=["levensdomeinen"])
    known = await _state(desk)
    assert (known["levensdomeinen"], len(known["metingen"])) == ([], 1)
    await desk.accepted("toestemming_intrekken", CAW, reikwijdte=["rechten"])
    known = await _state(desk)
    assert (known["levensdomeinen"], known["metingen"]) == ([], [])


async def test_a_hand_over_goes_only_to_whom_the_person_named(sqlite_stage: Stage) -> None:
    """Consent to share with one organisation is none for another; with nobody named it holds for all."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    talk = {"gesprek_op": BEGIN, "afspraken": "Donderdag samen."}
    await desk.accepted("toestemming_geven", CAW, reikwijdte=["overdracht"], met=["ORG-OCMW-GENT"])
    elsewhere = {**talk, "organisatie": "ORG-GTB-GENT"}
    assert (await desk.refusal("warme_overdracht", CAW, **elsewhere))["veld"] == "toestemming"
    ahead = {**talk, "organisatie": "ORG-OCMW-GENT", "gesprek_op": date(2029, 1, 9)}
    assert (await desk.refusal("warme_overdracht", CAW, **ahead))["veld"] == "gesprek_op"
    await desk.accepted("warme_overdracht", CAW, **talk, organisatie="ORG-OCMW-GENT")
    assert desk.documents == ["onthaal_kennismaking", "overdracht_onthaal"]


@pytest.mark.parametrize(
    ("chosen", "owner"),
    [
        pytest.param({"ontvanger": "ORG-OCMW-GENT"}, ("dienstverlener", "ORG-OCMW-GENT"), id="the desk"),
        pytest.param({}, ("kernpartner", CAW.organisatie), id="no account: the partner follows up"),
    ],
)
async def test_the_receiving_desk_is_asked_once(
    sqlite_stage: Stage, chosen: dict[str, str], owner: tuple[str, str]
) -> None:
    """Whether somebody arrived is asked once, reminded once, and its silence keeps nothing open."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    await desk.accepted("orienteren", CAW, **CHOSEN, **chosen)
    assert (desk.live, desk.owes("aankomst/1"), desk.duty("aankomst/1").due) == (
        ["aankomst/1"],
        owner,
        date(2029, 1, 29),
    )
    await desk.accepted("onthaal_beeindigen", CAW, oorzaak="georienteerd_en_aangekomen")
    await desk.go(date(2029, 3, 30))
    assert (desk.stand.fase, desk.live) == ("beeindigd", ["aankomst/1"])
    told = [m.soort for m in desk.messages(about="aankomst/1")]
    assert sorted(told) == ["aankondiging", "te_laat"]
    await desk.go(date(2030, 1, 8))
    assert (desk.live, await desk.ended()) == ([], True)


async def test_whether_it_is_still_needed_is_asked_at_three_six_and_twelve_months(
    sqlite_stage: Stage,
) -> None:
    """After a year with a reason why; and as long as it runs somebody is asked again, so nobody is forgotten."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    for n, day in ((1, date(2029, 4, 8)), (2, date(2029, 7, 8))):
        await desk.go(day)
        assert desk.live == [f"nog_nodig/{n}"]
        await desk.accepted("nog_nodig_antwoorden", CAW, opdracht=f"nog_nodig/{n}", nodig=True)
    for n, day in ((3, date(2030, 1, 8)), (4, date(2031, 1, 8))):
        await desk.go(day)
        assert desk.live == [f"nog_nodig/{n}"]
        needed = {"opdracht": f"nog_nodig/{n}", "nodig": True}
        refused = await desk.refusal("nog_nodig_antwoorden", CAW, **needed)
        assert (refused["soort"], refused["veld"]) == (Refusal.ONGELDIG, "waarom")
        await desk.accepted("nog_nodig_antwoorden", CAW, **needed, waarom="wacht op een woning")
        assert desk.row.volgende_termijn is not None
    await desk.go(date(2032, 1, 8))
    await desk.accepted("nog_nodig_antwoorden", CAW, opdracht="nog_nodig/5", nodig=False)
    assert (desk.stand.fase, desk.documents) == ("beeindigd", ["onthaal_kennismaking", "onthaaldossier"])


async def test_an_ended_onthaaltraject_is_erased_a_year_later(sqlite_stage: Stage) -> None:
    """The workflow ends on the day the data must be gone, not a day later, and one call reopens until then (art. 6)."""
    desk = await IntakeDesk.welcomed(sqlite_stage)
    await desk.go(date(2029, 2, 28))
    await desk.accepted("onthaal_beeindigen", CAW, oorzaak="op_vraag", datum="2029-02-26")
    assert (desk.stand.einde, desk.date_of("wissen op")) == (date(2029, 2, 26), date(2030, 2, 26))
    await desk.go(date(2030, 2, 25))
    assert not await desk.ended()
    await desk.go(date(2030, 2, 26))
    assert await desk.ended()
    assert not desk.row.is_open


async def test_a_death_stops_the_hand_off_and_its_undo_brings_it_back(sqlite_stage: Stage) -> None:
    """No next partner hears of somebody who died; undone, the same partner has the person again."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("overleden", CAW, overleden_op=BEGIN)
    await desk.go(date(2029, 1, 12))
    (note,) = desk.live
    assert (desk.owes(note), desk.documents) == (("kernpartner", CAW.organisatie), ["onthaal_kennismaking"])
    assert {m.status for m in desk.messages("brief")} == {"cancelled"}
    await desk.accepted("afronden_zonder_betrokkene", CAW, opdracht=note, notitie="Besproken.")
    assert (desk.stand.fase, desk.date_of("wissen op")) == ("beeindigd", date(2030, 1, 8))
    assert (await desk.refusal("onthaal_heropenen", CAW))["soort"] == Refusal.VERKEERDE_FASE
    await desk.accepted("overleden_ongedaan", CAW)
    assert (desk.stand.fase, desk.live) == ("doorgifte", ["ontvangst"])
    assert {m.status for m in desk.messages("brief")} == {"ready"}


async def test_nobody_is_handed_on_after_a_death(sqlite_stage: Stage) -> None:
    """The day on which the next partner would have come passes, and only the closing note is owed."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("overleden", OPERATOR, overleden_op=BEGIN)
    await desk.go(date(2029, 2, 12))
    assert (desk.stand.fase, len(desk.live), desk.events("doorgegeven")) == ("zonder_betrokkene", 1, [])


async def test_an_earlier_partner_sees_nothing_any_more(sqlite_stage: Stage) -> None:
    """Who had the person before is a stranger now: in the lists, and for every command."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("ontvangst_teruggeven", CAW, opdracht="ontvangst", oorzaak="belangenconflict")
    await desk.accepted("ontvangst_bevestigen", DMW, opdracht="ontvangst/2")
    for name, contents in (("onthaal_contactpoging", TRIED[0]), ("contactnota", {"nota": "x"})):
        for stranger in (CAW, OCMW, FOREIGN):
            assert (await desk.refusal(name, stranger, **contents))["soort"] == Refusal.NIET_VAN_U
    attributes = (await desk.handle.describe()).search_attributes
    assert attributes["Organisaties"] == [DMW.organisatie]


async def test_without_a_closing_note_the_data_are_erased_all_the_same(sqlite_stage: Stage) -> None:
    """Nobody writes the note after a death: a year later what is owed is taken back and the file ends (art. 6)."""
    desk = await IntakeDesk.handed_off(sqlite_stage)
    await desk.accepted("overleden", OPERATOR, overleden_op=BEGIN)
    await desk.go(date(2029, 12, 31))
    assert (desk.stand.fase, desk.live) == ("zonder_betrokkene", ["afronding"])
    await desk.go(date(2030, 1, 9))
    assert (desk.stand.fase, desk.live) == ("beeindigd", [])
    assert await desk.ended()
