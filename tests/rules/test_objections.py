"""What is impossible in a command, and what the law and the agreements say against it: complete tables."""

from datetime import date
from typing import Any

import pytest

from models.actors import Rol
from models.case import Facts
from models.duties import Duty, DutyKind
from models.findings import Verdict
from models.law import Law
from models.phases import Afronding, Phase
from rules import objections
from tests.rules.cases import (
    END,
    HEAD_WERK,
    MAXIMUM,
    START,
    TODAY,
    WERK,
    ZORG,
    bezig,
    command,
    duty,
    ended,
    facts,
    plan,
    rest,
    state,
)

RESTED = facts(rest(date(2027, 3, 1), date(2027, 3, 15)))
RESTING = facts(rest(date(2027, 3, 1)))
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
]


@pytest.mark.parametrize(("name", "changes", "phase", "known", "fields"), COMPLAINTS)
def test_what_cannot_be_is_told_by_field(
    law: Law, name: str, changes: dict[str, Any], phase: str, known: Facts | None, fields: list[str]
) -> None:
    """A day that cannot be is refused with the name of its field, and its sentence repeats no value."""
    told = list(objections.complaints(command(name, **changes), state(law, phase, known=known), TODAY))
    assert [complaint.veld for complaint in told] == fields
    values = {str(value) for value in changes.values()}
    assert not any(value in complaint.reden for complaint in told for value in values)


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


def test_a_day_that_was_there_already_blocks_no_correction(law: Law) -> None:
    """A trajectory stopped while it rested has a rest that ends tomorrow; another fact can still be put right."""
    stopped = Afronding(plan=plan(), einde=TODAY, vorm="vroegtijdig", oorzaak="x")
    known = facts(rest(date(2027, 3, 1), date(2027, 6, 2)))
    sent = command("rechtzetten", veld="einde", oud=str(TODAY), nieuw="2027-05-31")
    assert list(objections.complaints(sent, state(law, stopped, known=known), TODAY)) == []


FINDINGS: list[Any] = [
    pytest.param(
        "plan_akkoord", {"einde": date(2027, 4, 2)}, "voorbereiding", "D2022 art. 11", id="too short"
    ),
    pytest.param("plan_akkoord", {"einde": date(2027, 4, 3)}, "voorbereiding", None, id="three months"),
    pytest.param("plan_akkoord", {"einde": MAXIMUM}, "voorbereiding", None, id="eighteen months"),
    pytest.param(
        "plan_akkoord", {"einde": date(2028, 7, 4)}, "voorbereiding", "D2022 art. 11", id="too long"
    ),
    pytest.param("verlengen", {"einde": MAXIMUM}, "lopend", None, id="extended to the maximum"),
    pytest.param("verlengen", {"einde": date(2028, 7, 4)}, "lopend", "D2022 art. 11", id="extended too far"),
    pytest.param("heropenen", {"einde": MAXIMUM}, "afgesloten", None, id="reopened to the maximum"),
    pytest.param(
        "heropenen", {"einde": date(2028, 7, 4)}, "afgesloten", "D2022 art. 11", id="reopened too far"
    ),
    pytest.param(
        "heropenen",
        {"einde": date(2028, 7, 4)},
        ended(plan=None),
        "D2022 art. 11",
        id="reopened too far without a plan",
    ),
    pytest.param("toewijzing_beslissen", {}, "toewijzing", None, id="two organisations"),
    pytest.param(
        "toewijzing_beslissen",
        {"casemanager_zorg": ZORG.model_copy(update={"organisatie": WERK.organisatie})},
        "toewijzing",
        "D2022 art. 13 §2 5°",
        id="one organisation",
    ),
    pytest.param(
        "herverdelen", {"organisatie": ZORG.organisatie}, "lopend", "D2022 art. 13 §2 5°", id="werk to zorg"
    ),
    pytest.param(
        "herverdelen",
        {"rol": Rol.CASEMANAGER_ZORG, "organisatie": WERK.organisatie},
        "lopend",
        "D2022 art. 13 §2 5°",
        id="zorg to werk",
    ),
    pytest.param("herverdelen", {"organisatie": WERK.organisatie}, "lopend", None, id="to a colleague"),
    pytest.param(
        "rechtzetten",
        {"veld": "plan.einde", "oud": str(END), "nieuw": "2027-04-02"},
        "lopend",
        "D2022 art. 11",
        id="corrected too short",
    ),
    pytest.param(
        "rechtzetten",
        {"veld": "plan.einde", "oud": str(END), "nieuw": "2028-07-04"},
        "lopend",
        "D2022 art. 11",
        id="corrected too long",
    ),
    pytest.param(
        "rechtzetten",
        {"veld": "plan.einde", "oud": str(END), "nieuw": "9999-12-31"},
        "afgesloten",
        "D2022 art. 11",
        id="corrected too long when closed",
    ),
    pytest.param(
        "rechtzetten",
        {"veld": "einde", "oud": str(END), "nieuw": str(MAXIMUM)},
        "afronding",
        None,
        id="ended on the maximum after all",
    ),
    pytest.param(
        "rechtzetten",
        {"veld": "einde", "oud": str(END), "nieuw": "2028-07-04"},
        "afgesloten",
        "D2022 art. 11",
        id="ended past the maximum",
    ),
]


@pytest.mark.parametrize(("name", "changes", "phase", "article"), FINDINGS)
def test_the_law_refuses_with_its_article(
    law: Law, name: str, changes: dict[str, Any], phase: str | Phase, article: str | None
) -> None:
    """The hard rules of the decree, on both sides of their boundary; each names its article."""
    found = objections.findings_against(command(name, **changes), state(law, phase), TODAY)
    assert {each.article for each in found if each.verdict is Verdict.HARD} == (
        {article} if article else set()
    )


@pytest.mark.parametrize(
    ("name", "changes", "owed", "soft"),
    [
        pytest.param(
            "plan_akkoord", {"periodiciteit_maanden": 7}, [], ["activering.usual_periodicity"], id="unusual"
        ),
        pytest.param("plan_akkoord", {"periodiciteit_maanden": 6}, [], [], id="usual"),
        pytest.param("opdracht_bezig", {}, [bezig(1)], [], id="a second promise"),
        pytest.param("opdracht_bezig", {}, [bezig(2)], ["activering.may_rest_again"], id="a third promise"),
        pytest.param("contactnota", {}, [], [], id="nothing to say"),
    ],
)
def test_what_is_assumed_only_asks_for_a_reason(
    law: Law, name: str, changes: dict[str, Any], owed: list[dict[str, Any]], soft: list[str]
) -> None:
    """Soft findings are those of practice; none of them is hard."""
    duties: list[Duty] = [duty(DutyKind.TRAJECTPLAN, **each) for each in owed]
    found = objections.findings_against(command(name, **changes), state(law, "voorbereiding", *duties), TODAY)
    assert [each.rule for each in found if each.verdict is Verdict.ZACHT] == soft
    assert not any(each.verdict is Verdict.HARD for each in found)


def test_no_hard_refusal_stands_on_an_assumption(law: Law) -> None:
    """What is assumed never refuses: every hard finding of these tables is law, but for the clock of the maximum."""
    for each in FINDINGS:
        name, changes, phase, article = each.values
        for found in objections.findings_against(command(name, **changes), state(law, phase), TODAY):
            assumed = {p.name for p in found.parameters if p.status == "assumed"}
            if article and found.verdict is Verdict.HARD:
                assert assumed <= {"activering.duur_max_pauzeert"}
