"""Who may send what, in which phase, and what is impossible or against the law: complete tables."""

from datetime import date
from typing import Any

import pytest

from models.actors import Rol
from models.case import Facts
from models.duties import Duty, DutyKind
from models.findings import Verdict
from models.law import Law
from models.messages import COMMANDS, Answer
from models.phases import Afronding, Lopend, Phase
from rules import admission
from tests.rules.cases import (
    CONTENTS,
    END,
    HEAD_WERK,
    HEAD_ZORG,
    PHASES,
    SPEAKERS,
    START,
    STRANGER,
    TODAY,
    WERK,
    ZORG,
    bezig,
    command,
    dead,
    duty,
    ended,
    facts,
    plan,
    rest,
    state,
)

RUNNING = {"voorbereiding", "lopend"}
OPEN = {"toewijzing", *RUNNING, "afronding"}
CLOSED = {"afgesloten", "afgesloten na overlijden"}
ALWAYS = OPEN | CLOSED | {"zonder_betrokkene"}

KNOWN_IN: dict[str, set[str]] = {
    "toewijzing_beslissen": {"toewijzing"},
    "plan_akkoord": {"voorbereiding"},
    "review_vastleggen": {"lopend"},
    "nog_opgeschort": set(),
    "eindverslag_indienen": {"lopend", "afronding"},
    "afronden_zonder_betrokkene": {"zonder_betrokkene"},
    "herstel_beslissen": ALWAYS,
    "opdracht_bezig": ALWAYS,
    "opdracht_besluiten": ALWAYS,
    "opschorten": RUNNING,
    "hervatten": set(),
    "verlengen": {"lopend"},
    "stopzetten": {"toewijzing", *RUNNING},
    "rechtzetten": ALWAYS,
    "afspraak": OPEN,
    "contactnota": ALWAYS,
    "overleden": OPEN | {"afgesloten"},
    "overleden_ongedaan": {"zonder_betrokkene", "afgesloten na overlijden"},
    "heropenen": {"afgesloten"},
    "herverdelen": {*RUNNING, "afronding"},
    "herzie_parameters": ALWAYS,
}
"""In which phases a command makes sense while nothing rests."""

TANDEM = {"werk", "zorg"}
DESK = {*TANDEM, "vdab", "operaties"}
MAY_SEND: dict[str, set[str]] = {
    "opschorten": TANDEM,
    "hervatten": TANDEM,
    "verlengen": TANDEM,
    "stopzetten": {*TANDEM, "vdab"},
    "rechtzetten": DESK,
    "afspraak": TANDEM,
    "contactnota": DESK,
    "overleden": DESK,
    "overleden_ongedaan": DESK,
    "heropenen": {*TANDEM, "vdab"},
    "herverdelen": {"coordinator", "operaties"},
    "herzie_parameters": {"operaties"},
}
"""Who may send what nobody asked for; never somebody of another organisation, nor the participant or a provider."""


def test_every_command_has_its_phases_and_its_senders() -> None:
    """A new command cannot be forgotten: it says in which phase it is known, and who answers or sends it."""
    assert set(admission.IN_PHASE) == set(COMMANDS.values())
    answers = {kind for kind in COMMANDS.values() if issubclass(kind, Answer)}
    assert set(admission.ANSWERS) == answers
    assert set(admission.WHO_MAY) == set(COMMANDS.values()) - answers
    assert set(CONTENTS) == set(COMMANDS) == set(KNOWN_IN)


def test_every_kind_of_duty_has_an_answer() -> None:
    """Nothing can be owed that nobody can answer."""
    specific = (kinds for kind, kinds in admission.ANSWERS.items() if len(kinds) == 1)
    answered = {kind for kinds in specific for kind in kinds}
    assert answered == set(DutyKind)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_phase_knows_its_commands(law: Law, name: str, phase: str) -> None:
    """What makes no sense where the trajectory stands is refused before anything else is looked at."""
    assert admission.in_phase(command(name), state(law, phase)) is (phase in KNOWN_IN[name])


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("name", ["hervatten", "nog_opgeschort", "opschorten"])
def test_only_what_rests_can_resume(law: Law, name: str, phase: str) -> None:
    """While it rests it resumes or rests on, and cannot be suspended again."""
    resting = state(law, phase, known=facts(rest(date(2027, 3, 1))))
    expected = phase in RUNNING and name != "opschorten"
    assert admission.in_phase(command(name), resting) is expected


@pytest.mark.parametrize("who", SPEAKERS)
@pytest.mark.parametrize("name", MAY_SEND)
def test_a_role_sends_only_what_is_its_own(law: Law, name: str, who: str) -> None:
    """The table of roles is closed; another organisation's casemanager is a stranger."""
    allowed = admission.may_send(SPEAKERS[who], command(name), state(law))
    assert allowed is (who in MAY_SEND[name])


@pytest.mark.parametrize("name", MAY_SEND)
def test_nobody_of_the_tandem_speaks_before_there_is_one(law: Law, name: str) -> None:
    """Without a team only VDAB and operations can send something."""
    alone = state(law, "toewijzing", known=facts(team=None))
    allowed = {who for who, actor in SPEAKERS.items() if admission.may_send(actor, command(name), alone)}
    assert allowed == MAY_SEND[name] & {"vdab", "operaties"}


def test_a_coordinator_of_another_team_reassigns_nothing(law: Law) -> None:
    """The next in line is next in line of this tandem only; a colleague in the same function counts."""
    herverdelen = command("herverdelen")
    elsewhere = HEAD_WERK.model_copy(update={"organisatie": "ORG-DE-MEANDER"})
    colleague = HEAD_ZORG.model_copy(update={"medewerker": "MW-0310"})
    assert not admission.may_send(elsewhere, herverdelen, state(law))
    assert admission.may_send(colleague, herverdelen, state(law))


@pytest.mark.parametrize(
    ("name", "who", "allowed"),
    [
        pytest.param("review_vastleggen", "werk", True, id="who owes it answers it"),
        pytest.param("review_vastleggen", "zorg", False, id="the other half of the tandem does not"),
        pytest.param("review_vastleggen", "werk elders", False, id="nor the same role elsewhere"),
        pytest.param("review_vastleggen", "coordinator", False, id="nor the next in line"),
        pytest.param("review_vastleggen", "operaties", False, id="nor operations in their own name"),
        pytest.param("opdracht_bezig", "werk", True, id="who owes it promises"),
        pytest.param("opdracht_bezig", "coordinator", False, id="nobody promises for another"),
        pytest.param("opdracht_besluiten", "werk", True, id="who owes it may leave it"),
        pytest.param("opdracht_besluiten", "coordinator", True, id="the next in line decides"),
        pytest.param("opdracht_besluiten", "operaties", True, id="operations decide in their own name"),
        pytest.param("opdracht_besluiten", "zorg", False, id="the other half does not decide"),
        pytest.param("opdracht_besluiten", "deelnemer", False, id="nor the participant"),
    ],
)
def test_a_duty_is_answered_by_who_owes_it(law: Law, name: str, who: str, allowed: bool) -> None:
    """Only the exit of a duty is open to the next in line and to operations; its answer is not."""
    owed = duty(DutyKind.REVIEW, "review/1")
    assert admission.may_answer(SPEAKERS[who], owed, command(name), state(law, "lopend", owed)) is allowed


def test_the_coordinator_of_the_other_organisation_decides_nothing(law: Law) -> None:
    """Next in line is the teamcoordinator of the organisation that owes it."""
    owed = duty(DutyKind.REVIEW, "review/1")
    assert not admission.may_answer(
        HEAD_ZORG, owed, command("opdracht_besluiten"), state(law, "lopend", owed)
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
    told = list(admission.complaints(command(name, **changes), state(law, phase, known=known), TODAY))
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
    told = list(admission.complaints(sent, state(law, phase, known=known), today))
    assert told
    assert {complaint.veld for complaint in told} == {"nieuw"}
    assert not any(nieuw in complaint.reden for complaint in told if len(nieuw) > 2)


def test_a_day_that_was_there_already_blocks_no_correction(law: Law) -> None:
    """A trajectory stopped while it rested has a rest that ends tomorrow; another fact can still be put right."""
    stopped = Afronding(plan=plan(), einde=TODAY, vorm="vroegtijdig", oorzaak="x")
    known = facts(rest(date(2027, 3, 1), date(2027, 6, 2)))
    sent = command("rechtzetten", veld="einde", oud=str(TODAY), nieuw="2027-05-31")
    assert list(admission.complaints(sent, state(law, stopped, known=known), TODAY)) == []


MAXIMUM = date(2028, 7, 3)
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
    found = admission.findings_against(command(name, **changes), state(law, phase), TODAY)
    assert [each.article for each in found if each.verdict is Verdict.HARD] == ([article] if article else [])


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
    found = admission.findings_against(command(name, **changes), state(law, "voorbereiding", *duties), TODAY)
    assert [each.rule for each in found if each.verdict is Verdict.ZACHT] == soft
    assert not any(each.verdict is Verdict.HARD for each in found)


def test_no_hard_refusal_stands_on_an_assumption(law: Law) -> None:
    """What is assumed never refuses: every hard finding of these tables is law, but for the clock of the maximum."""
    for each in FINDINGS:
        name, changes, phase, article = each.values
        for found in admission.findings_against(command(name, **changes), state(law, phase), TODAY):
            assumed = {p.name for p in found.parameters if p.status == "assumed"}
            if article and found.verdict is Verdict.HARD:
                assert assumed <= {"activering.duur_max_pauzeert"}


def test_a_second_death_is_not_known(law: Law) -> None:
    """Who died cannot die again: the undo would bring back the wrong phase."""
    twice = ended(vorm="overlijden", overlijden=dead(Lopend(plan=plan())))
    assert not admission.in_phase(command("overleden"), state(law, twice))
    assert not admission.may_send(STRANGER, command("overleden"), state(law))
