"""What the law refuses and what people agreed among themselves: complete tables of what is weighed."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.actors import Rol
from models.duties import Duty, DutyKind
from models.findings import Verdict
from models.law import Law
from models.phases import Phase
from models.verloop import Stap
from rules import objections
from tests.rules.cases import (
    END,
    MAXIMUM,
    STAGE,
    START,
    TODAY,
    WERK,
    ZORG,
    asked,
    bezig,
    command,
    duty,
    ended,
    guided,
    state,
)

GRANTED = guided(verlenging=asked(besluit="toegestaan", einde=date(2028, 9, 1)))
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
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "verlengen", "einde": MAXIMUM},
        "lopend",
        None,
        id="decided to lengthen to the maximum",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "verlengen", "einde": date(2028, 7, 4)},
        "lopend",
        "D2022 art. 11",
        id="decided to lengthen too far",
    ),
    pytest.param(
        "beslispunt_beslissen",
        {"keuze": "uitzonderlijk", "einde": date(2028, 9, 1)},
        "lopend",
        None,
        id="asked beyond the maximum",
    ),
    pytest.param("stopzetten", {"einde": date(2027, 1, 20)}, "lopend", None, id="stopped in its first month"),
    pytest.param(
        "stopzetten", {"einde": MAXIMUM}, "einde_onbeslist", None, id="stopped on the last day of the maximum"
    ),
    pytest.param(
        "stopzetten",
        {"einde": date(2028, 7, 4)},
        "einde_onbeslist",
        "D2022 art. 11",
        id="stopped after the maximum that VDAB let pass",
    ),
    pytest.param(
        "rechtzetten",
        {"veld": "plan.start", "oud": str(START), "nieuw": "2027-10-15"},
        "lopend",
        "D2022 art. 11",
        id="a start put right that leaves no three months",
    ),
    pytest.param(
        "heropenen", {"einde": date(2027, 4, 2)}, "afgesloten", "D2022 art. 11", id="reopened short"
    ),
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
    ("name", "changes", "phase"),
    [
        pytest.param("verlengen", {}, "lopend", id="extended"),
        pytest.param("beslispunt_beslissen", {"keuze": "verlengen"}, "lopend", id="lengthened"),
        pytest.param("heropenen", {}, "afgesloten", id="reopened"),
        pytest.param("rechtzetten", {"veld": "plan.einde", "oud": str(END)}, "lopend", id="a plan put right"),
        pytest.param("rechtzetten", {"veld": "einde", "oud": str(END)}, "afgesloten", id="an end put right"),
        pytest.param("stopzetten", {"oorzaak": "op_vraag"}, "lopend", id="stopped"),
    ],
)
@pytest.mark.parametrize(("over", "hard"), [(0, False), (1, True)], ids=["on the day", "a day later"])
def test_what_vdab_granted_is_the_maximum(
    law: Law, name: str, changes: dict[str, Any], phase: str, over: int, hard: bool
) -> None:
    """With a granted extension its last day is allowed and the day after it is not (art. 11)."""
    granted = date(2028, 9, 1) + timedelta(days=over)
    field = "nieuw" if name == "rechtzetten" else "einde"
    told = command(name, **changes, **{field: str(granted)})
    found = objections.findings_against(told, state(law, phase, known=GRANTED), TODAY)
    assert any(each.verdict is Verdict.HARD for each in found) is hard
    without = objections.findings_against(told, state(law, phase, known=guided()), TODAY)
    assert any(each.verdict is Verdict.HARD for each in without)


TALKS = (Stap(stap="motiverend", op=START), Stap(stap="confronterend", op=TODAY))
IN_BRUGGE = {"werkingsgebied": "WG-BRUGGE-OOSTENDE"}
SOFT: list[Any] = [
    pytest.param("stopzetten", {"oorzaak": "andere"}, {}, "einde.prepared_stop", id="stopped without a talk"),
    pytest.param(
        "stopzetten",
        {"oorzaak": "andere"},
        {"stopgesprekken": TALKS[:1]},
        "einde.prepared_stop",
        id="stopped after one talk",
    ),
    pytest.param("stopzetten", {"oorzaak": "andere"}, {"stopgesprekken": TALKS}, None, id="after both"),
    pytest.param("stopzetten", {"oorzaak": "op_vraag"}, {}, None, id="stopped on request"),
    pytest.param("stopzetten", {"oorzaak": "geen_contact"}, {}, "einde.tried_to_reach", id="nobody tried"),
    pytest.param("pakket_starten", {}, {}, "begeleiding.package_region", id="a package elsewhere"),
    pytest.param("pakket_starten", {}, IN_BRUGGE, None, id="a package in its region"),
    pytest.param(
        "voorfase_actie",
        {"actie": {**STAGE, "tot": date(2027, 12, 7)}},
        {},
        "begeleiding.stage_length",
        id="a stage of six months and a day",
    ),
    pytest.param("voorfase_actie", {"actie": STAGE}, {}, None, id="a stage of six months"),
    pytest.param(
        "plan_wijzigen",
        {"acties": [{**STAGE, "tot": date(2027, 12, 7)}]},
        {},
        "begeleiding.stage_length",
        id="a longer stage in a new version",
    ),
    pytest.param(
        "plan_wijzigen",
        {"periodiciteit_maanden": 7},
        {},
        "activering.usual_periodicity",
        id="another unusual periodicity",
    ),
    pytest.param(
        "plan_wijzigen",
        {"periodiciteit_maanden": 7, "datum": date(1990, 1, 1)},
        {},
        "activering.usual_periodicity",
        id="told of a day before the law",
    ),
    pytest.param("andere_casemanager_vragen", {}, {}, None, id="another case manager"),
    pytest.param(
        "andere_casemanager_vragen",
        {},
        {"andere_gevraagd": 1},
        "begeleiding.asks_for_another",
        id="another one a second time",
    ),
]


@pytest.mark.parametrize(("name", "changes", "known", "soft"), SOFT)
def test_what_people_agreed_among_themselves_asks_a_reason(
    law: Law, name: str, changes: dict[str, Any], known: dict[str, Any], soft: str | None
) -> None:
    """What no article forbids goes through with a reason and a name, and nothing of it refuses."""
    told = command(name, **changes)
    found = objections.findings_against(told, state(law, "lopend", known=guided(**known)), TODAY)
    assert [each.rule for each in found if each.verdict is Verdict.ZACHT] == ([soft] if soft else [])
    assert not any(each.verdict is Verdict.HARD for each in found)


def test_a_package_longer_than_its_trajectory_asks_a_reason(law: Law) -> None:
    """Six months that end on the last day fit; begun a day later they do not."""
    for first, fits in ((date(2027, 7, 4), True), (date(2027, 7, 5), False)):
        told = command("pakket_starten", eerste_gesprek_op=first)
        case = state(law, "lopend", known=guided(**IN_BRUGGE))
        soft = [f.rule for f in objections.findings_against(told, case, first) if f.verdict is Verdict.ZACHT]
        assert soft == ([] if fits else ["begeleiding.package_fits"])


def test_a_stop_in_the_first_three_months_is_marked_and_allowed(law: Law) -> None:
    """No law forbids to stop early; the finding says that it was."""
    for last, early in ((date(2027, 4, 2), True), (date(2027, 4, 3), False)):
        found = objections.findings_against(command("stopzetten", einde=last), state(law), TODAY)
        marked = next(each for each in found if each.rule == "einde.early_stop")
        assert (marked.value, marked.verdict) == (early, Verdict.OK)


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
    assert any(each.values[3] for each in FINDINGS)
    for each in FINDINGS:
        name, changes, phase, article = each.values
        for found in objections.findings_against(command(name, **changes), state(law, phase), TODAY):
            assumed = {p.name for p in found.parameters if p.status == "assumed"}
            if article and found.verdict is Verdict.HARD:
                assert assumed <= {"activering.duur_max_pauzeert"}
