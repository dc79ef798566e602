"""What is impossible in a command, field by field: a complete table."""

from datetime import date
from typing import Any

import pytest

from models.case import Facts
from models.duties import DutyKind, DutyStatus
from models.findings import Verdict
from models.law import Law
from models.messages import COMMANDS
from models.phases import Afronding
from rules import admission, objections
from tests.rules.cases import (
    CONTENTS,
    END,
    HEAD_WERK,
    MAXIMUM,
    PACKAGE,
    PHASES,
    STAGE,
    START,
    TODAY,
    WERK,
    ZORG,
    action,
    asked,
    command,
    duty,
    facts,
    guided,
    plan,
    rest,
    state,
)

RESTED = facts(rest(date(2027, 3, 1), date(2027, 3, 15)))
RESTING = facts(rest(date(2027, 3, 1)))
BEYOND = date(2033, 1, 1)
"""A day after the last that the shipped law knows."""
STARTED = guided(acties=(action(2, PACKAGE, pakket_vanaf=START),))
GRANTED = guided(verlenging=asked(besluit="toegestaan", einde=date(2028, 9, 1)))
ROLE = {"casemanager_werk": ZORG, "casemanager_zorg": ZORG}
COMPLAINTS: list[Any] = [
    pytest.param("contactnota", {"datum": date(2027, 6, 2)}, "lopend", None, ["datum"], id="tomorrow"),
    pytest.param("contactnota", {}, "lopend", None, [], id="today"),
    pytest.param(
        "overleden", {"overleden_op": date(2027, 6, 2)}, "lopend", None, ["overleden_op"], id="not dead yet"
    ),
    pytest.param("overleden", {}, "lopend", None, [], id="died today"),
    pytest.param("opschorten", {"tot": TODAY}, "lopend", None, ["tot"], id="a rest of no day"),
    pytest.param("opschorten", {"tot": date(2027, 6, 2)}, "lopend", None, [], id="a rest of one day"),
    pytest.param(
        "opschorten", {"van": date(2027, 6, 2)}, "lopend", None, ["van"], id="a rest that is only planned"
    ),
    pytest.param(
        "opschorten", {"van": date(2027, 1, 3)}, "lopend", None, ["van"], id="a rest before the start"
    ),
    pytest.param("opschorten", {"van": START}, "lopend", None, [], id="a rest from the start"),
    pytest.param(
        "opschorten", {"van": date(2020, 1, 1)}, "lopend", None, ["van"], id="a rest before the law"
    ),
    pytest.param(
        "opschorten", {"van": date(2027, 3, 14)}, "lopend", RESTED, ["van"], id="inside an earlier rest"
    ),
    pytest.param(
        "opschorten", {"van": date(2027, 3, 15)}, "lopend", RESTED, [], id="right after an earlier rest"
    ),
    pytest.param("opschorten", {"tot": date.max}, "lopend", None, ["tot"], id="a rest past all calendars"),
    pytest.param(
        "opschorten", {"tot": date(2032, 12, 31)}, "lopend", None, [], id="the last day the case knows"
    ),
    pytest.param(
        "hervatten", {"per": date(2027, 2, 28)}, "lopend", RESTING, ["per"], id="resumed before it rested"
    ),
    pytest.param("hervatten", {"per": date(2027, 3, 1)}, "lopend", RESTING, [], id="never rested after all"),
    pytest.param("hervatten", {"per": date(2027, 6, 2)}, "lopend", RESTING, ["per"], id="resumes tomorrow"),
    pytest.param(
        "opdracht_bezig", {"verwacht_op": TODAY}, "lopend", None, ["verwacht_op"], id="promised for today"
    ),
    pytest.param(
        "opdracht_bezig", {"verwacht_op": date.max}, "lopend", None, ["verwacht_op"], id="promised for never"
    ),
    pytest.param("stopzetten", {"einde": date(2027, 6, 2)}, "lopend", None, ["einde"], id="stopped tomorrow"),
    pytest.param(
        "stopzetten", {"einde": date(2027, 1, 3)}, "lopend", None, ["einde"], id="stopped before it began"
    ),
    pytest.param("stopzetten", {"einde": START}, "lopend", None, [], id="stopped on its first day"),
    pytest.param("verlengen", {"einde": TODAY}, "lopend", None, ["einde"], id="extended to today"),
    pytest.param("heropenen", {"einde": TODAY}, "afgesloten", None, ["einde"], id="reopened until today"),
    pytest.param("plan_akkoord", {"einde": START}, "voorbereiding", None, ["einde"], id="a plan of one day"),
    pytest.param(
        "plan_akkoord", {"start": date(2027, 1, 3)}, "voorbereiding", None, ["start"], id="before the start"
    ),
    pytest.param(
        "plan_akkoord",
        {"start": date(2027, 6, 2)},
        "voorbereiding",
        None,
        ["start"],
        id="a plan from tomorrow",
    ),
    pytest.param(
        "plan_akkoord", {"einde": TODAY}, "voorbereiding", None, ["einde"], id="a plan that is over"
    ),
    pytest.param(
        "plan_akkoord",
        {"periodiciteit_maanden": 19},
        "voorbereiding",
        None,
        ["periodiciteit_maanden"],
        id="an evaluation after the maximum",
    ),
    pytest.param(
        "plan_akkoord", {"periodiciteit_maanden": 18}, "voorbereiding", None, [], id="one at the maximum"
    ),
    pytest.param(
        "plan_akkoord",
        {"periodiciteit_maanden": 10**9},
        "voorbereiding",
        None,
        ["periodiciteit_maanden"],
        id="an evaluation past all calendars",
    ),
    pytest.param("toewijzing_beslissen", ROLE, "toewijzing", None, ["casemanager_werk"], id="the wrong role"),
    pytest.param(
        "toewijzing_beslissen", {"leiding_zorg": ZORG}, "toewijzing", None, ["leiding_zorg"], id="no head"
    ),
    pytest.param("toewijzing_beslissen", {"leiding_werk": HEAD_WERK}, "toewijzing", None, [], id="a head"),
    pytest.param(
        "herverdelen", {"leiding": WERK}, "lopend", None, ["leiding"], id="next in line of another role"
    ),
    pytest.param(
        "aanbod_antwoorden",
        {"antwoord": "wachtlijst", "vanaf": TODAY},
        "lopend",
        None,
        ["vanaf"],
        id="a waiting list until today",
    ),
    pytest.param(
        "aanbod_antwoorden",
        {"antwoord": "wachtlijst", "vanaf": date(2027, 6, 2)},
        "lopend",
        None,
        [],
        id="a waiting list until tomorrow",
    ),
    pytest.param("aanbod_antwoorden", {"vanaf": START}, "lopend", None, [], id="a place that is already had"),
    pytest.param(
        "aanbod_antwoorden", {"vanaf": BEYOND}, "lopend", None, ["vanaf"], id="a place past all calendars"
    ),
    pytest.param("wijziging_voorstellen", {"actie": 2}, "lopend", None, [], id="a change of an action"),
    pytest.param("wijziging_voorstellen", {"actie": 4}, "lopend", None, ["actie"], id="a change of nothing"),
    pytest.param(
        "wijziging_voorstellen", {"actie": 3}, "lopend", None, ["actie"], id="a change of what lapsed"
    ),
    pytest.param("pakket_starten", {}, "lopend", None, [], id="a package"),
    pytest.param("pakket_starten", {"actie": 1}, "lopend", None, ["actie"], id="no package"),
    pytest.param("pakket_starten", {"actie": 3}, "lopend", None, ["actie"], id="a package that lapsed"),
    pytest.param("pakket_starten", {"actie": 4}, "lopend", None, ["actie"], id="a package of nothing"),
    pytest.param("pakket_starten", {}, "lopend", STARTED, ["actie"], id="a package that began"),
    pytest.param(
        "pakket_starten",
        {"eerste_gesprek_op": date(2027, 6, 2)},
        "lopend",
        None,
        ["eerste_gesprek_op"],
        id="a package from tomorrow",
    ),
    pytest.param(
        "pakket_starten",
        {"eerste_gesprek_op": date(2027, 1, 3)},
        "lopend",
        None,
        ["eerste_gesprek_op"],
        id="a package before the start",
    ),
    pytest.param(
        "plan_wijzigen",
        {"periodiciteit_maanden": 19},
        "lopend",
        None,
        ["periodiciteit_maanden"],
        id="another periodicity after the maximum",
    ),
    pytest.param("plan_wijzigen", {"periodiciteit_maanden": 18}, "lopend", None, [], id="one at the maximum"),
    pytest.param(
        "plan_wijzigen",
        {"acties": [{**STAGE, "tot": BEYOND}]},
        "lopend",
        None,
        ["acties"],
        id="an action past all calendars",
    ),
    pytest.param(
        "plan_wijzigen",
        {"acties": [{**STAGE, "van": date(1990, 1, 1)}]},
        "lopend",
        None,
        ["acties"],
        id="an action before the law",
    ),
    pytest.param(
        "plan_akkoord",
        {"acties": [{**STAGE, "tot": date.max}]},
        "voorbereiding",
        None,
        ["acties"],
        id="agreed past all calendars",
    ),
    pytest.param(
        "voorfase_actie",
        {"actie": {**STAGE, "tot": date.max}},
        "voorbereiding",
        None,
        ["actie"],
        id="begun past all calendars",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "verlengen", "einde": TODAY},
        "lopend",
        None,
        ["einde"],
        id="lengthened to today",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "verlengen", "einde": BEYOND},
        "lopend",
        None,
        ["einde"],
        id="lengthened past all calendars",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "uitzonderlijk", "einde": MAXIMUM},
        "lopend",
        None,
        ["einde"],
        id="nothing exceptional within the maximum",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "uitzonderlijk", "einde": date(2028, 7, 4)},
        "lopend",
        None,
        [],
        id="a day beyond the maximum",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "uitzonderlijk", "einde": date(2028, 9, 1)},
        "lopend",
        GRANTED,
        ["einde"],
        id="nothing more than what was granted",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "uitzonderlijk", "einde": date(2028, 9, 2)},
        "lopend",
        GRANTED,
        [],
        id="a day more than what was granted",
    ),
    pytest.param(
        "verlenging_beslissen",
        {"einde": MAXIMUM},
        "lopend",
        None,
        ["einde"],
        id="granted what is no extension",
    ),
    pytest.param(
        "verlenging_beslissen", {"einde": BEYOND}, "lopend", None, ["einde"], id="granted past all calendars"
    ),
    pytest.param(
        "verlenging_beslissen",
        {"besluit": "geweigerd", "einde": None},
        "einde_onbeslist",
        None,
        [],
        id="refused",
    ),
    pytest.param("verhuizen", {"per": date(2027, 6, 2)}, "lopend", None, ["per"], id="moves tomorrow"),
    pytest.param("verhuizen", {"per": date(2027, 1, 3)}, "lopend", None, ["per"], id="moved before"),
    pytest.param("verhuizen", {"per": START}, "lopend", None, [], id="moved on the first day"),
    pytest.param("uitkomst_vastleggen", {"sinds": BEYOND}, "afronding", None, ["sinds"], id="works some day"),
    pytest.param(
        "uitkomst_vastleggen", {"sinds": date(2027, 1, 3)}, "afronding", None, ["sinds"], id="worked before"
    ),
    pytest.param("uitkomst_vastleggen", {"sinds": None}, "afronding", None, [], id="since nobody knows when"),
    pytest.param(
        "terugvordering_beslissen",
        {"lijn": "casemanager_werk"},
        "afgesloten",
        None,
        ["organisatie"],
        id="heard about another line",
    ),
    pytest.param(
        "terugvordering_beslissen",
        {"organisatie": "ORG-OCMW-GENT"},
        "afgesloten",
        None,
        ["organisatie"],
        id="another organisation was heard",
    ),
    pytest.param(
        "terugvordering_beslissen",
        {"datum": date(2027, 5, 31)},
        "afgesloten",
        None,
        ["organisatie"],
        id="decided before the hearing",
    ),
    pytest.param("terugvordering_beslissen", {}, "afgesloten", None, [], id="decided after the hearing"),
    pytest.param(
        "eerste_gesprek", {"datum": date(2027, 6, 2)}, "lopend", None, ["datum"], id="will talk tomorrow"
    ),
    pytest.param(
        "vdab_registratie",
        {"geregistreerd_op": date(2027, 6, 2)},
        "lopend",
        None,
        ["geregistreerd_op"],
        id="will register tomorrow",
    ),
    pytest.param(
        "overdracht_bevestigen",
        {"kennisgemaakt_op": date(2027, 6, 2)},
        "lopend",
        None,
        ["kennisgemaakt_op"],
        id="will meet tomorrow",
    ),
]


@pytest.mark.parametrize(("name", "changes", "phase", "known", "fields"), COMPLAINTS)
def test_what_cannot_be_is_told_by_field(
    law: Law, name: str, changes: dict[str, Any], phase: str, known: Facts | None, fields: list[str]
) -> None:
    """A day that cannot be is refused with the name of its field, and its sentence repeats no value."""
    case = state(law, phase, known=known or guided())
    told = list(objections.complaints(command(name, **changes), case, TODAY))
    assert [complaint.veld for complaint in told] == fields
    values = {str(value) for value in changes.values()}
    assert not any(value in complaint.reden for complaint in told for value in values)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_contents_of_these_tests_are_possible(law: Law, name: str) -> None:
    """Every command can be said with nothing against it, so that what is refused here is refused for its change."""
    rests = [rest(date(2027, 3, 1))] if name in ("hervatten", "nog_opgeschort") else []
    owed = duty(DutyKind.TRAJECTPLAN, str(CONTENTS[name].get("opdracht", "trajectplan")))
    cases = (state(law, phase, owed, known=guided(*rests)) for phase in PHASES)
    case = next(each for each in cases if admission.in_phase(command(name), each))
    assert list(objections.complaints(command(name), case, TODAY)) == []
    found = objections.findings_against(command(name), case, TODAY)
    assert not [each for each in found if each.verdict is Verdict.HARD]


def test_an_extension_is_asked_once_at_a_time(law: Law) -> None:
    """While VDAB decides, nothing else can be asked of it."""
    told = command("beslispunt_beslissen", keuze="uitzonderlijk", einde=date(2028, 9, 1))
    pending = state(law, "lopend", duty(DutyKind.VERLENGING), known=guided())
    assert [each.veld for each in objections.complaints(told, pending, TODAY)] == ["keuze"]
    decided = state(law, "lopend", duty(DutyKind.VERLENGING, status=DutyStatus.ANSWERED), known=guided())
    assert list(objections.complaints(told, decided, TODAY)) == []


CORRECTED: list[Any] = [
    pytest.param("start", START, "2027-06-02", "lopend", None, id="began tomorrow"),
    pytest.param("start", START, "2023-12-31", "lopend", None, id="began before the law is known"),
    pytest.param("start", START, "2027-01-05", "lopend", None, id="began after its plan"),
    pytest.param("plan.start", START, "2027-01-03", "lopend", None, id="a plan before the start"),
    pytest.param("plan.start", START, "2020-01-01", "lopend", None, id="a plan before the law"),
    pytest.param("plan.start", START, "2027-06-02", "lopend", None, id="a plan from tomorrow"),
    pytest.param("plan.start", START, "2028-01-03", "lopend", None, id="a plan of no day"),
    pytest.param("plan.start", START, "gisteren", "lopend", None, id="no day"),
    pytest.param("plan.periodiciteit_maanden", 3, "0", "lopend", None, id="no period"),
    pytest.param("plan.periodiciteit_maanden", 3, "-3", "lopend", None, id="a negative period"),
    pytest.param(
        "plan.periodiciteit_maanden", 3, "9" * 100, "lopend", None, id="a period past all calendars"
    ),
    pytest.param(
        "opschorting/1.van", "2027-03-01", "2027-03-16", "lopend", RESTED, id="a rest that ends first"
    ),
    pytest.param(
        "opschorting/1.van", "2027-03-01", "2027-01-03", "lopend", RESTED, id="a rest before the start"
    ),
    pytest.param(
        "opschorting/1.van", "2027-03-01", "2027-06-02", "lopend", RESTING, id="a rest from tomorrow"
    ),
    pytest.param("opschorting/1.tot", "2027-03-15", "2027-06-02", "lopend", RESTED, id="resumed tomorrow"),
    pytest.param(
        "review/1.datum",
        "2027-04-05",
        "2027-06-02",
        "lopend",
        facts(reviews={1: date(2027, 4, 5)}),
        id="a review tomorrow",
    ),
    pytest.param("pakket/2.vanaf", START, "2027-01-03", "lopend", STARTED, id="a package before the start"),
    pytest.param("pakket/2.vanaf", START, "1990-01-01", "lopend", STARTED, id="a package before the law"),
    pytest.param("pakket/2.vanaf", START, "2027-06-02", "lopend", STARTED, id="a package from tomorrow"),
    pytest.param("einde", END, "2027-01-03", "afronding", None, id="an end before the start"),
    pytest.param("einde", END, "2028-07-05", "afronding", None, id="an end tomorrow"),
    pytest.param("overleden_op", TODAY, "2028-07-05", "zonder_betrokkene", None, id="a death tomorrow"),
]


@pytest.mark.parametrize(("veld", "oud", "nieuw", "phase", "known"), CORRECTED)
def test_an_impossible_correction_names_its_new_value(
    law: Law, veld: str, oud: object, nieuw: str, phase: str, known: Facts | None
) -> None:
    """A correction that cannot be is refused on `nieuw`, without a word of what it said."""
    today = date(2028, 7, 4) if phase != "lopend" else TODAY
    sent = command("rechtzetten", veld=veld, oud=str(oud), nieuw=nieuw)
    told = list(objections.complaints(sent, state(law, phase, known=known), today))
    assert told
    assert {complaint.veld for complaint in told} == {"nieuw"}
    assert not any(nieuw in complaint.reden for complaint in told if len(nieuw) > 2)


def test_an_answer_that_came_tomorrow_cannot_be(law: Law) -> None:
    """When something happened that was asked for is a day that has been."""
    answered = duty(DutyKind.EERSTE_GESPREK, status=DutyStatus.ANSWERED, happened_on=START)
    case = state(law, "lopend", answered)
    for nieuw, expected in (("2027-06-02", ["nieuw"]), ("2027-06-01", [])):
        sent = command("rechtzetten", veld="eerste_gesprek.datum", oud=str(START), nieuw=nieuw)
        assert [each.veld for each in objections.complaints(sent, case, TODAY)] == expected


def test_a_day_that_was_there_already_blocks_no_correction(law: Law) -> None:
    """A trajectory stopped while it rested has a rest that ends tomorrow; another fact can still be put right."""
    stopped = Afronding(plan=plan(), einde=TODAY, vorm="vroegtijdig", oorzaak="x")
    known = facts(rest(date(2027, 3, 1), date(2027, 6, 2)))
    sent = command("rechtzetten", veld="einde", oud=str(TODAY), nieuw="2027-05-31")
    assert list(objections.complaints(sent, state(law, stopped, known=known), TODAY)) == []
