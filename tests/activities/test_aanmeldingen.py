"""An onthaaltraject by another entrance than VDAB: a dossier of its own, once, with what routing needs and no more."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from sqlalchemy import func, select

from activities.aanmeldingen import Aanmeldingen
from activities.database import Database
from activities.kernpartners import Kernpartners
from activities.registry import ONTHAAL, Registry
from desk.forms import understood
from models.aanmelding import Aanmelding
from models.aanvraag import AanvraagOngeldig, Registered
from models.gbo import KernpartnerOrder
from models.tables import DossierRow, PersonRow, TrajectRow
from settings import ROOT
from tests.activities.record_steps import START, clock, request
from tests.law import shipped_tables

CAW = {"rol": "kernpartner", "organisatie": "ORG-CAW-LEIE"}
HELPER = {"naam": "Iemand", "telefoon": "09 000 00 00", "organisatie": "ORG-OCMW-GENT"}


@pytest.fixture
def register(database: Database) -> Aanmeldingen:
    return Aanmeldingen(database, clock)


def notice(**changes: Any) -> Aanmelding:
    """A notice of a kernpartner in Gent."""
    told = {"voornaam": "Noor", "achternaam": "Verzonnen", "nis_code": "44021", "geboortedatum": "1990-02-28"}
    contents = {
        "sleutel": "aanmelding-1",
        "soort": "onthaaltraject",
        "ingediend_op": START,
        "herkomst": "eigen_onthaal",
        "kernpartner": CAW,
        "gegevens": told | changes.pop("gegevens", {}),
    }
    return Aanmelding.model_validate(contents | changes)


def count(database: Database, row: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def first_asked(database: Database, answer: Registered) -> str:
    """The kernpartner that is asked first for what was registered."""
    routed = {name: answer.meegegeven[name] for name in ("keuze", "helper", "dakloos")}
    order = KernpartnerOrder.model_validate({"nis_code": answer.nis_code, "on": answer.begin, **routed})
    partners = Kernpartners(database).route(order).partners.value
    assert partners
    return partners[0].organisatie


def test_a_notice_becomes_a_dossier_of_the_gbo(database: Database, register: Aanmeldingen) -> None:
    """With a number of its own, in the domain that is erased after a year."""
    answer = register.register(notice(gegevens={"hulpverlener": HELPER}))
    assert answer == Registered(
        reference="OT-2026-000001",
        workflow_id="onthaaltraject/OT-2026-000001",
        soort="onthaaltraject",
        begin=START,
        nis_code="44021",
        meegegeven={
            "herkomst": "eigen_onthaal",
            "keuze": "ORG-CAW-LEIE",
            "helper": "ORG-OCMW-GENT",
            "heeft_helper": True,
            "dakloos": False,
        },
    )
    with database.read() as session:
        dossier = session.get_one(DossierRow, answer.reference)
        person = session.get_one(PersonRow, dossier.person_id)
        traject = session.get_one(TrajectRow, answer.workflow_id)
    assert (dossier.domain, dossier.created_on) == (ONTHAAL, START)
    assert (person.last_name, person.helper_name) == ("Verzonnen", "Iemand")
    assert traject.begint_met == answer.meegegeven  # whoever starts it, starts it with the same


def test_the_same_key_is_the_same_notice(database: Database, register: Aanmeldingen) -> None:
    """However often it is sent; other contents under that key are refused."""
    once = register.register(notice())
    assert register.register(notice()) == once
    assert [count(database, row) for row in (DossierRow, PersonRow, TrajectRow)] == [1, 1, 1]
    with pytest.raises(AanvraagOngeldig, match=r"^sleutel: "):
        register.register(notice(herkomst="outreach"))


def test_a_key_of_a_request_is_no_key_of_a_notice(database: Database, register: Aanmeldingen) -> None:
    """One key, one thing: neither answer is ever given for the other."""
    Registry(database, clock, shipped_tables()).register(request(sleutel="gedeeld"))
    with pytest.raises(AanvraagOngeldig, match=r"^sleutel: "):
        register.register(notice(sleutel="gedeeld"))
    assert count(database, TrajectRow) == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("gegevens.nis_code", {"gegevens": {"nis_code": "44999"}}),
        ("kernpartner.organisatie", {"kernpartner": CAW | {"organisatie": "ORG-NERGENS"}}),
        (
            "gegevens.hulpverlener.organisatie",
            {"gegevens": {"hulpverlener": HELPER | {"organisatie": "ORG-NERGENS"}}},
        ),
    ],
)
def test_what_nobody_knows_is_refused_by_its_field(
    database: Database, register: Aanmeldingen, field: str, changes: dict[str, Any]
) -> None:
    """The field and the rule, never what was filled in; nothing is stored."""
    with pytest.raises(AanvraagOngeldig) as refused:
        register.register(notice(**changes))
    assert refused.value.veld == field
    assert not any(secret in str(refused.value) for secret in ("NERGENS", "44999", "Verzonnen"))
    assert count(database, PersonRow) == 0


@pytest.mark.parametrize(("nis_code", "seen"), [("44048", []), ("21004", ["aanmelding.buiten_vlaanderen"])])
def test_an_expired_or_foreign_municipality_stops_nothing(
    register: Aanmeldingen, nis_code: str, seen: list[str]
) -> None:
    """A merged municipality is known; outside Flanders a person looks."""
    answer = register.register(notice(gegevens={"nis_code": nis_code}))
    assert [found.rule for found in answer.waarschuwingen] == seen


@pytest.mark.parametrize(
    ("dakloos", "nis_code", "first"),
    [
        pytest.param(False, "44021", "ORG-DMW-SCHELDEZORG", id="of this GBO"),
        pytest.param(False, "31005", "ORG-DMW-ZWINZORG", id="of another GBO"),
        pytest.param(True, "31005", "ORG-DMW-SCHELDEZORG", id="of another GBO, for somebody without a home"),
    ],
)
def test_whoever_notifies_is_asked_first(
    database: Database, register: Aanmeldingen, dakloos: bool, nis_code: str, first: str
) -> None:
    """In its own GBO always; elsewhere only for a person without a home, who keeps their worker."""
    partner = CAW | {"organisatie": "ORG-DMW-SCHELDEZORG"}
    given = notice(
        kernpartner=partner, dakloos=dakloos, gegevens={"nis_code": nis_code, "hulpverlener": HELPER}
    )
    assert first_asked(database, register.register(given)) == first


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("rijksregisternummer", {"gegevens": {"rijksregisternummer": "x"}}),
        ("kernpartner heeft de rol kernpartner", {"kernpartner": CAW | {"rol": "vdab"}}),
        ("brief_aan_adres is nodig", {"brief_aan": "per_adres"}),
        ("geboortedatum ligt na ingediend_op", {"gegevens": {"geboortedatum": "2027-01-01"}}),
        ("herkomst", {"herkomst": "vdab"}),
    ],
)
def test_what_a_notice_cannot_say(said: str, changes: dict[str, Any]) -> None:
    """Nothing beyond the closed list of art. 5, and what comes from VDAB comes by its decision."""
    with pytest.raises(ValidationError, match=said):
        notice(**changes)


def test_the_example_is_a_notice(register: Aanmeldingen) -> None:
    """Somebody who copies it has something that works."""
    text = Path(ROOT / "data" / "voorbeelden" / "aanmelding.yaml").read_text("utf-8")
    example = understood(Aanmelding, YAML(typ="safe", pure=True).load(text))
    answer = register.register(Aanmelding.model_validate(example))
    assert answer.begin == date(2026, 11, 23)
    assert answer.meegegeven["helper"] == "ORG-CAW-LEIE"
