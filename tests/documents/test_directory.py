"""Whom a letter goes to and whom it names, as the person's `brief_aan` and the record decide."""

from typing import Any

import pytest

from activities.database import Database
from activities.directory import Directory, DocumentIncomplete
from models.actors import Actor, Rol
from models.printed import Geadresseerde
from tests.documents.examples import NAME, REFERENCE, STREET, TEAM, WERK, enrol

ELSEWHERE = "Mr. Els Bewind\nVeldstraat 1\n9000 Gent"
HOME = (NAME, STREET, "9000 Gent")
BLOCK = ("Mr. Els Bewind", "Veldstraat 1", "9000 Gent")


def addressees(database: Database, **person: Any) -> tuple[Geadresseerde, ...]:
    enrol(database, **person)
    with database.read() as session:
        return Directory(session, "brief", REFERENCE).addressees()


@pytest.mark.parametrize(
    ("brief_aan", "sheets"),
    [
        ("zelf", (Geadresseerde(regels=HOME),)),
        (
            "bewindvoerder_en_zelf",
            (Geadresseerde(regels=BLOCK, rol="bewindvoerder"), Geadresseerde(regels=HOME)),
        ),
        ("ouder_of_voogd", (Geadresseerde(regels=BLOCK, rol="ouder_of_voogd"),)),
        ("per_adres", (Geadresseerde(regels=(NAME, *BLOCK)),)),
        ("geen_brief", (Geadresseerde(regels=(NAME,), bezorging="niet_versturen"),)),
    ],
)
def test_brief_aan_decides_the_sheets(
    brief_aan: str, sheets: tuple[Geadresseerde, ...], database: Database
) -> None:
    """Each addressee gets a sheet with their own address block, and nobody else does."""
    assert addressees(database, brief_aan=brief_aan, brief_aan_adres=ELSEWHERE) == sheets


@pytest.mark.parametrize(
    "brief_aan", ["zelf", "bewindvoerder_en_zelf", "ouder_of_voogd", "per_adres", "geen_brief"]
)
def test_a_protected_address_is_printed_nowhere(brief_aan: str, database: Database) -> None:
    """The person's own sheet is handed over; the kept copy does not tell where they live."""
    sheets = addressees(database, brief_aan=brief_aan, brief_aan_adres=ELSEWHERE, protected_address=True)
    assert STREET not in str(sheets)
    by_hand = [sheet.regels for sheet in sheets if sheet.bezorging == "persoonlijk"]
    assert by_hand == ([(NAME,)] if "zelf" in brief_aan else [])


def test_somebody_without_an_address_gets_the_letter_by_hand(database: Database) -> None:
    """Having no home stops no letter."""
    assert addressees(database, address_line_1=None) == (
        Geadresseerde(regels=(NAME,), bezorging="persoonlijk"),
    )


def test_an_address_on_one_line_is_a_block_too(database: Database) -> None:
    """Operators type it with commas as often as with line ends."""
    sheets = addressees(database, brief_aan="ouder_of_voogd", brief_aan_adres=ELSEWHERE.replace("\n", ", "))
    assert sheets[0].regels == BLOCK


def test_a_missing_block_names_document_and_field(database: Database) -> None:
    """The error says what to fill in and tells nothing of the person."""
    with pytest.raises(DocumentIncomplete) as raised:
        addressees(database, brief_aan="per_adres")
    assert str(raised.value) == f"brief voor {REFERENCE}: brief_aan_adres ontbreekt"


def test_an_unknown_dossier_names_the_participant_as_missing(database: Database) -> None:
    """Nothing is drawn up about nobody."""
    with database.read() as session, pytest.raises(DocumentIncomplete, match="deelnemer ontbreekt"):
        Directory(session, "brief", "WZ-2026-999999").person()


def test_a_role_without_a_person_is_the_team(database: Database) -> None:
    """While nobody is named, the organisation's team and mailbox answer."""
    nobody = WERK.model_copy(update={"medewerker": None})
    with database.read() as session:
        contact = Directory(session, "brief", REFERENCE).contact(nobody, "Casemanager Werk")
    assert (contact.naam, contact.email) == ("het team van VDAB Gent", "gent@vdab.example")


def test_the_tandem_is_work_first(database: Database) -> None:
    """Names, functions and mail addresses come from the record, by reference."""
    with database.read() as session:
        werk, zorg = Directory(session, "brief", REFERENCE).team(TEAM)
    assert (werk.naam, werk.functie) == ("An Willems", "Casemanager Werk")
    assert werk.email == "an.willems@vdab.example"
    assert (zorg.naam, zorg.organisatie) == ("Jan Claes", "CAW Leie en Schelde")


def test_an_unknown_worker_names_the_role(database: Database) -> None:
    """The reference of the worker may be wrong; the error names the field."""
    ghost = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-VDAB-GENT", medewerker="MW-9999")
    with database.read() as session, pytest.raises(DocumentIncomplete, match=r"casemanager werk\.medewerker"):
        Directory(session, "brief", REFERENCE).contact(ghost, "Casemanager Werk")
