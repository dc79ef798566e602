"""What is malformed before any rule looks at it: contradictions inside one command, and values that cannot be."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.actie import Actie, Opbouw
from models.messages import COMMANDS
from tests.rules.cases import CONTENTS, PACKAGE, STAGE, TODAY, command

SECRET = "KANARIE-4410"
WORKPLACE: dict[str, Any] = STAGE["werkplek"]  # type: ignore[assignment]

MALFORMED: list[Any] = [
    pytest.param("eerste_gesprek", {"geinformeerd": ["loon"]}, id="a seventh point"),
    pytest.param("eerste_gesprek", {"hoe": "brief"}, id="no way to talk"),
    pytest.param("informeren", {"geinformeerd": []}, id="told nothing"),
    pytest.param("verkennen", {"voorkeur": ""}, id="no wish"),
    pytest.param("participatieladder", {"niveau": 0}, id="below the ladder"),
    pytest.param("participatieladder", {"niveau": 7}, id="above the ladder"),
    pytest.param("participatieladder", {"groeipotentieel": 7}, id="growth above the ladder"),
    pytest.param("meting_vastleggen", {"niveau": None}, id="measured nothing"),
    pytest.param("andere_casemanager_vragen", {"rol": "vdab"}, id="another VDAB"),
    pytest.param("verhuizen", {"nis_code": "1234"}, id="no municipality"),
    pytest.param("aanbod_antwoorden", {"vanaf": None}, id="confirmed for no day"),
    pytest.param("aanbod_antwoorden", {"antwoord": "wachtlijst", "vanaf": None}, id="waits for no day"),
    pytest.param("aanbod_antwoorden", {"antwoord": "misschien"}, id="perhaps"),
    pytest.param("actie_herzien", {"keuze": "andere_dienstverlener"}, id="another provider without a name"),
    pytest.param("actie_herzien", {"dienstverlener": "ORG-X"}, id="a provider of what lapses"),
    pytest.param("plan_wijzigen", {"aard": "klein"}, id="another goal is not small"),
    pytest.param(
        "plan_wijzigen",
        {"aard": "klein", "doel": None, "acties": [PACKAGE]},
        id="other actions are not small",
    ),
    pytest.param(
        "plan_wijzigen",
        {"aard": "klein", "doel": None, "periodiciteit_maanden": 2},
        id="another periodicity is not small",
    ),
    pytest.param("plan_wijzigen", {"vorm": "niet_akkoord"}, id="a refusal without words"),
    pytest.param("plan_wijzigen", {"periodiciteit_maanden": 0}, id="no period"),
    pytest.param("plan_akkoord", {"acties": []}, id="a plan of nothing"),
    pytest.param("plan_akkoord", {"vorm": "niet_akkoord"}, id="a plan refused without words"),
    pytest.param("wijziging_voorstellen", {"actie": 0}, id="actions count from one"),
    pytest.param("voorstel_beslissen", {"besluit": "uitgesteld"}, id="put off"),
    pytest.param("pakket_evalueren", {"eigen_woorden": None}, id="an evaluation of four lines"),
    pytest.param("opschorting_bespreken", {"keuze": "stopzetten"}, id="a talk that stops by itself"),
    pytest.param("beslispunt_beslissen", {"keuze": "verlengen"}, id="lengthened to no day"),
    pytest.param("beslispunt_beslissen", {"keuze": "uitzonderlijk"}, id="asked for no day"),
    pytest.param("beslispunt_beslissen", {"einde": date(2028, 3, 1)}, id="finished on another day"),
    pytest.param("verlenging_beslissen", {"einde": None}, id="granted until no day"),
    pytest.param("verlenging_beslissen", {"besluit": "geweigerd"}, id="refused until a day"),
    pytest.param("verlenging_beslissen", {"motivering": ""}, id="decided without a reason"),
    pytest.param("stopgesprek", {"stap": "sanctionerend"}, id="a talk that punishes"),
    pytest.param("contactpoging", {"kanaal": "buren"}, id="asked the neighbours"),
    pytest.param("uitkomst_vastleggen", {"uitkomst": "werkloos"}, id="no such outcome"),
    pytest.param("uitkomst_vastleggen", {"begeleider": "ORG-DE-MEANDER"}, id="a begeleider of no AMA"),
    pytest.param("vdab_registratie", {"wat": "diagnose"}, id="no such registration"),
    pytest.param("andere_vergoeding", {"bedrag": "0"}, id="paid nothing"),
    pytest.param("andere_vergoeding", {"bedrag": "-1.00"}, id="paid less than nothing"),
    pytest.param("andere_vergoeding", {"bedrag": "1.005"}, id="half a cent"),
    pytest.param(
        "verdeelstaat_indienen",
        {"verdelingen": [{"dienstverlener": "ORG-X", "bedrag": "0", "waarvoor": "x"}]},
        id="divided nothing",
    ),
    pytest.param("vergoeding_betwisten", {"lijn": "vdab"}, id="no such line"),
    pytest.param("terugvordering_beslissen", {"bedrag": "NaN"}, id="no amount"),
    pytest.param("opschorten", {"oorzaak": "luiheid"}, id="no such cause"),
    pytest.param("contactnota", {"nota": "een\ntwee"}, id="two lines"),
]


@pytest.mark.parametrize(("name", "changes"), MALFORMED)
def test_what_contradicts_itself_is_no_command(name: str, changes: dict[str, Any]) -> None:
    """It gets no further than the form, and its error says nothing of what was typed."""
    command(name)
    with pytest.raises(ValidationError) as refused:
        command(name, **changes, reden=SECRET)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_takes_a_field_it_does_not_know(name: str) -> None:
    """Nothing is swallowed: neither a mistyped field nor a note that has no place."""
    with pytest.raises(ValidationError, match="kleur"):
        command(name, kleur=SECRET)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_field_that_is_required_is_required(name: str) -> None:
    """Each required field left out alone is missed by its name."""
    kind = COMMANDS[name]
    required = [field for field, info in kind.model_fields.items() if info.is_required()]
    assert "datum" in required
    told = {"datum": TODAY, **CONTENTS[name]}
    for field in required:
        with pytest.raises(ValidationError, match=field):
            kind.model_validate({key: value for key, value in told.items() if key != field})


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"aanbod": "ad_hoc"}, id="bought once without a reason"),
        pytest.param({"van": date(2027, 6, 2), "tot": date(2027, 6, 1)}, id="ends before it begins"),
        pytest.param({"domein": "vrije tijd"}, id="no such domain"),
        pytest.param({"activeringsvorm": "sport"}, id="no such form"),
        pytest.param({"pakket": "half"}, id="no such package"),
        pytest.param({"werkplek": {**WORKPLACE, "uren": []}}, id="a workplace without hours"),
        pytest.param({"werkplek": {**WORKPLACE, "mag_weten": ""}}, id="nothing about what it may know"),
        pytest.param({"werkplek": {**WORKPLACE, "verzekering": "nee"}}, id="a workplace without insurance"),
    ],
)
def test_an_action_is_whole_or_it_is_none(changes: dict[str, Any]) -> None:
    """A reason for what is bought once, days in their order, and a workplace with all that is agreed about it."""
    whole = {**PACKAGE, "aanbod_reden": None}
    assert Actie.model_validate({**whole, "aanbod": "ad_hoc", "aanbod_reden": "bestaat hier niet"})
    with pytest.raises(ValidationError):
        Actie.model_validate({**whole, **changes})


def test_hours_are_hours() -> None:
    """Somebody is on a workplace for at least an hour a week."""
    assert Opbouw(vanaf=TODAY, uren_per_week=1)
    with pytest.raises(ValidationError):
        Opbouw(vanaf=TODAY, uren_per_week=0)
