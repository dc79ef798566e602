"""The catalogue of actions: every kind can stand in a trajectplan, and nothing that people do is missing."""

from pathlib import Path
from typing import get_args

import pytest

from activities.catalogus import Actiesoort, catalogus
from models.actie import Actie, Activeringsvorm, Domein, Pakket
from tests.house.source import words

ENTRY = "{code: nt2, naam: NT2, domein: competentie, activeringsvorm: taal, aanbod: regulier, uitleg: Taal.}"


def _written(folder: Path, *entries: str) -> Path:
    path = folder / "acties.yaml"
    path.write_text("acties:\n" + "".join(f"  - {entry}\n" for entry in entries), encoding="utf-8")
    return path


@pytest.mark.parametrize("soort", catalogus().values(), ids=lambda soort: soort.code)
def test_every_kind_can_stand_in_a_plan(soort: Actiesoort) -> None:
    """With its own domain, form of activation and usual offer it makes a valid action."""
    actie = Actie.model_validate(
        {
            "domein": soort.domein,
            "omschrijving": soort.uitleg,
            "dienstverlener": "ORG-X",
            "activeringsvorm": soort.activeringsvorm,
            "soort": soort.code,
            "aanbod": soort.aanbod,
            "pakket": soort.pakket,
        }
    )
    assert (actie.soort, actie.domein, actie.pakket) == (soort.code, soort.domein, soort.pakket)


def test_all_domains_forms_and_packages_occur() -> None:
    """The forms of activation of the OCMW, the support of the concept note and both packages of the CAW."""
    kinds = catalogus().values()
    assert {kind.activeringsvorm for kind in kinds} == set(get_args(Activeringsvorm))
    assert {kind.domein for kind in kinds} == set(get_args(Domein))
    assert sorted(kind.pakket for kind in kinds if kind.pakket) == sorted(get_args(Pakket))
    assert {kind.aanbod for kind in kinds} == {"regulier", "netwerk"}


@pytest.mark.parametrize(
    "code",
    [
        "nt2",
        "taalcoaching_werkvloer",
        "arbeidszorg",
        "werkervaringsstage",
        "budgetbegeleiding",
        "psycho_educatie",
        "caw_integraal",
        "caw_partieel",
        "jobcoaching",
        "art60_voorbereiding",
        "vrijwilligerswerk",
    ],
)
def test_what_the_stories_use_is_there(code: str) -> None:
    """A code in a dossier stays readable: these stay as they are."""
    assert catalogus()[code].code == code


def test_a_package_is_named_by_its_kind() -> None:
    """Only the two of the CAW are packages; only work and learning at work need a workplace."""
    kinds = catalogus().values()
    assert {kind.code: kind.pakket for kind in kinds if kind.pakket} == {
        "caw_integraal": "integraal",
        "caw_partieel": "partieel",
    }
    workplaces = [kind for kind in kinds if kind.werkplek]
    assert {kind.activeringsvorm for kind in workplaces} == {"arbeid"}


def test_the_words_are_for_people() -> None:
    """Each has its own name and an explanation of one sentence, without the word for a punishment."""
    kinds = catalogus().values()
    assert len({kind.naam for kind in kinds}) == len(kinds)
    assert not [kind.code for kind in kinds if not kind.uitleg.endswith(".")]
    assert not [kind.code for kind in kinds if words(kind.uitleg) & {"sanctie", "verplicht", "controle"}]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([ENTRY, ENTRY.replace("Taal.", "Anders.")], "twee keer in de catalogus: nt2"),
        ([ENTRY.replace("taal,", "tuinieren,")], "activeringsvorm"),
        ([ENTRY.replace("competentie", "hobby")], "domein"),
        ([ENTRY.replace("regulier", "ad_hoc")], "aanbod"),
        ([ENTRY.replace("code: nt2", "code: NT 2")], "code"),
        ([ENTRY.replace("uitleg", "uitlegg")], "uitlegg"),
        ([], "acties"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, entries: list[str], told: str) -> None:
    """A mistyped word is refused with its field, never ignored."""
    with pytest.raises(ValueError, match=told):
        catalogus(_written(tmp_path, *entries))


def test_the_order_of_the_file_is_kept(tmp_path: Path) -> None:
    """So that a list of choices looks the same everywhere."""
    other = ENTRY.replace("code: nt2", "code: alfa")
    assert list(catalogus(_written(tmp_path, ENTRY, other))) == ["nt2", "alfa"]
