"""How a command is typed: one option a field, and values as people write them."""

from decimal import Decimal
from typing import Any

import pytest

from desk.dossiers import sentence_of, unsolicited
from desk.forms import asked, checked, example, given, own_fields
from desk.opdrachten import ELSEWHERE, answer_to
from desk.plainly import DeskProblem
from models.commands import EVERY_COMMAND as COMMANDS
from models.duties import DutyKind, DutyStatus
from models.messages import Answer
from player.wording import STATUS
from tests.cli.conftest import help_of

DAY = "2027-03-01"
ACTION = {"domein": "werk", "omschrijving": "meewerken", "dienstverlener": "ORG-KOMPAAN-WERK"}
PLAN = {
    "opdracht": "trajectplan",
    "doel": "ritme",
    "start": DAY,
    "einde": "2028-02-28",
    "afspraken": "ieder verwittigt",
}


def kinds(command: str) -> dict[str, str]:
    """How each own field of a command is typed."""
    return {field.name: field.kind for field in asked(COMMANDS[command])}


def sent(command: str, **contents: Any) -> dict[str, Any]:
    """The contents as they are sent."""
    return checked(command, COMMANDS[command], {"datum": DAY, **contents})


@pytest.mark.parametrize(
    ("command", "field", "kind"),
    [
        ("contactpoging", "gelukt", "ja|nee"),
        ("participatieladder", "niveau", "GETAL"),
        ("participatieladder", "groeipotentieel", "GETAL"),
        ("pakket_starten", "actie", "GETAL"),
        ("andere_vergoeding", "bedrag", "BEDRAG"),
        ("verhuizen", "per", "JJJJ-MM-DD"),
        ("verhuizen", "nis_code", "TEKST"),
        ("stopgesprek", "stap", "motiverend|confronterend"),
        ("andere_casemanager_vragen", "rol", "casemanager_werk|casemanager_zorg"),
        ("herverdelen", "leiding", "MW-…"),
        ("informeren", "geinformeerd", "einddoel|duur|werk|zorg|samenwerking|gegevens,…"),
        ("voorfase_actie", "actie", "in een bestand"),
        ("plan_akkoord", "acties", "in een bestand"),
    ],
)
def test_a_field_says_how_it_is_typed(command: str, field: str, kind: str) -> None:
    """Yes or no, numbers, amounts, days, choices, several choices; groups of fields come from a file."""
    assert kinds(command)[field] == kind


@pytest.mark.parametrize("command", unsolicited())
def test_every_unsolicited_command_is_there_with_a_sentence(command: str) -> None:
    """Its page of help says what it tells, and names every field that fits on a line."""
    page = help_of("dossier", command)
    assert sentence_of(command).endswith(".")
    assert " ".join(sentence_of(command).split()) in " ".join(page.split())
    typed = [name for name, kind in kinds(command).items() if kind != "in een bestand"]
    assert not [name for name in typed if f"--{name.replace('_', '-')} " not in page]


@pytest.mark.parametrize("page", [(), ("dossier",), ("dossier", "contactpoging"), ("opdracht", "list")])
def test_help_is_dutch(page: tuple[str, ...]) -> None:
    """Also the words around our own."""
    told = help_of(*page)
    assert told.startswith("Gebruik: ")
    assert not {"Usage:", "Options:", "Commands:", "Arguments:", "[OPTIONS]", "message"} & set(told.split())


@pytest.mark.parametrize("kind", DutyKind)
def test_every_duty_has_a_command_that_answers_it(kind: DutyKind) -> None:
    """`opdracht antwoord` finds it by itself, or says which command about the dossier ends it."""
    name = answer_to(kind)
    assert [field.name for field in asked(COMMANDS[name])] == list(own_fields(COMMANDS[name]))
    assert issubclass(COMMANDS[name], Answer) or name == ELSEWHERE[kind]


@pytest.mark.parametrize(("typed", "told"), [("ja", True), ("nee", False), ("true", True)])
def test_ja_and_nee_are_understood(typed: str, told: bool) -> None:
    """As they are said."""
    assert sent("contactpoging", kanaal="telefoon", gelukt=typed)["gelukt"] is told


def test_ja_and_nee_are_understood_inside_a_group() -> None:
    """In a file, where an action is agreed or not."""
    acties = [ACTION, {**ACTION, "aanvaard": "nee"}]
    told = sent("plan_akkoord", **PLAN, periodiciteit_maanden=3, acties=acties)
    assert [actie["aanvaard"] for actie in told["acties"]] == [True, False]


def test_a_word_that_is_no_yes_or_no_is_refused() -> None:
    """Without repeating it."""
    with pytest.raises(DeskProblem, match="gelukt: is geen ja of nee"):
        sent("contactpoging", kanaal="telefoon", gelukt="misschien")


@pytest.mark.parametrize("typed", ["883,27", "883.27", 883.27])
def test_an_amount_has_a_comma_or_a_point(typed: object) -> None:
    """In euro and cents, exactly."""
    told = sent("andere_vergoeding", bedrag=typed, waarvoor="opleiding", van_wie="ESF")
    assert Decimal(told["bedrag"]) == Decimal("883.27")


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("1.883,27", "is geen bedrag"),
        ("veel", "is geen bedrag"),
        ("0", "is niet groter dan 0"),
        ("1,234", "heeft meer dan 2 cijfers na de komma"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_dutch(typed: str, rule: str) -> None:
    """A thousands separator could be read two ways, so it is refused."""
    with pytest.raises(DeskProblem, match=f"bedrag: {rule}"):
        sent("andere_vergoeding", bedrag=typed, waarvoor="opleiding", van_wie="ESF")


def test_several_choices_are_parted_by_commas() -> None:
    """On a line; in a file they are a list."""
    typed = given(COMMANDS["informeren"], {"geinformeerd": "duur, werk", "reden": None})
    assert typed == {"geinformeerd": ["duur", "werk"]}
    assert sent("informeren", opdracht="informeren", **typed)["geinformeerd"] == ["duur", "werk"]


SAYS_MORE = {
    "aanbod_antwoorden",
    "aanvraag_aanvullen",
    "actie_herzien",
    "orienteren",
    "overeenkomst_wijzigen",
    "toestemming_melden",
    "verlenging_beslissen",
}
"""Commands of which the first choice asks for another field as well."""


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - SAYS_MORE))
def test_the_example_of_an_answer_is_accepted(command: str) -> None:
    """Somebody can start from it and change what is said."""
    model = COMMANDS[command]
    assert checked(command, model, example(model.model_json_schema()))


def test_every_status_has_a_dutch_word() -> None:
    """Screens never show a code."""
    assert set(STATUS) == set(DutyStatus)
    assert set(STATUS.values()).isdisjoint({"answered", "exited", "withdrawn"})
