"""AMA by the notice of a begeleider: always registered when well-formed, with what a person should look at."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from sqlalchemy import func, select

from activities.ama_aanmeldingen import AmaAanmeldingen
from activities.database import Database
from activities.registry import DOMAIN
from activities.trajectories import beginning
from activities.waiting import Waiting
from desk.forms import understood
from models.aanvraag import AanvraagOngeldig, AlreadyRunning, Registered
from models.actors import Actor, Rol
from models.ama_aanmelding import AmaAanmelding, Wens
from models.ama_case import AmaStart
from models.ama_verloop import Periode, Statuutperiode
from models.case import Patience
from models.findings import Verdict
from models.law import LawOrder
from models.tables import DossierRow, PersonRow, StatuutPeriodRow, TrajectRow
from settings import ROOT
from tests.activities.ama_rows import SE, a_dossier, add_ama
from tests.activities.record_steps import START, clock
from tests.law import shipped_tables

GITTE = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-OCMW-GENT", medewerker="MW-0404")
BY = {"rol": "begeleider", "organisatie": "ORG-OCMW-GENT", "medewerker": "MW-0404"}
LEEFLOON = {"code": "leefloon", "van": "2025-01-01", "bron": "attest", "verwacht_einde": "2027-06-30"}
BORN = "1990-02-28"
SECRETS = ("Noor", "Verzonnen", "1990", "NERGENS", "44999")


@pytest.fixture
def register(database: Database) -> AmaAanmeldingen:
    return AmaAanmeldingen(database, clock, shipped_tables())


def notice(**changes: Any) -> AmaAanmelding:
    """A notice by a recognised begeleider in Gent."""
    persoon = {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": BORN}
    contents = {
        "sleutel": "ama-1",
        "soort": "arbeidsmatige_activiteiten",
        "ingediend_op": START,
        "begeleider": BY,
        "nis_code": "44021",
        "persoon": persoon | changes.pop("persoon", {}),
        "statuut": [LEEFLOON],
    }
    return AmaAanmelding.model_validate(contents | changes)


def rules_of(answer: Registered | AlreadyRunning) -> list[str]:
    """What a person should look at."""
    assert isinstance(answer, Registered)
    assert {found.verdict for found in answer.waarschuwingen} <= {Verdict.ZACHT}
    assert not any(secret in str(answer.waarschuwingen) for secret in SECRETS)
    return [found.rule for found in answer.waarschuwingen]


def count(database: Database, row: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def test_a_notice_becomes_a_dossier_and_what_its_workflow_starts_with(
    database: Database, register: AmaAanmeldingen
) -> None:
    """Who accompanies, the statuut by periods, and the days of art. 28; no name and no address."""
    answer = register.register(notice(vaph=[{"van": "2020-01-01", "tot": "2024-12-31"}]))
    assert isinstance(answer, Registered)
    assert (answer.reference, answer.workflow_id) == ("WZ-2026-000001", "ama/WZ-2026-000001")
    assert not answer.waarschuwingen
    (waiting,) = Waiting(database).unstarted()
    law = shipped_tables().snapshot(LawOrder(as_of=START, horizon=START))
    start = beginning(waiting, law, Patience(attempt_seconds=5, attempts=3))
    assert isinstance(start, AmaStart)
    assert (start.variant, start.begeleider, start.start) == ("wvg", GITTE, START)
    assert start.statuten == (
        Statuutperiode(code="leefloon", van=date(2025, 1, 1), verwacht_einde=date(2027, 6, 30)),
    )
    assert (start.achttien_op, start.vijfentwintig_op) == (date(2008, 2, 28), date(2015, 2, 28))
    assert start.pensioen_op == date(2057, 3, 1)
    assert start.vaph == (Periode(van=date(2020, 1, 1), tot=date(2024, 12, 31)),)
    assert not {"Noor", "Verzonnen"} & set(str(answer.meegegeven).split("'"))
    with database.read() as session:
        assert session.get_one(DossierRow, answer.reference).domain == DOMAIN


def test_a_wish_goes_along(database: Database, register: AmaAanmeldingen) -> None:
    """As it was told, to the workflow that asks with it; a werkpost that nobody knows is refused by its field."""
    wens = {"activiteit": "moestuin", "uren_per_week": "6"}
    answer = register.register(notice(wens=wens))
    assert isinstance(answer, Registered)
    assert answer.meegegeven["wens"] == wens
    (waiting,) = Waiting(database).unstarted()
    law = shipped_tables().snapshot(LawOrder(as_of=START, horizon=START))
    start = beginning(waiting, law, Patience(attempt_seconds=5, attempts=3))
    assert isinstance(start, AmaStart)
    assert start.wens == Wens.model_validate(wens)
    with pytest.raises(AanvraagOngeldig, match=r"^wens\.werkpost: geen organisatie met deze code$"):
        register.register(notice(sleutel="ama-2", wens={"werkpost": "ORG-NERGENS"}))
    with pytest.raises(ValidationError, match=r"wens\.vanaf ligt voor ingediend_op"):
        notice(wens={"vanaf": "2020-01-01"})


def test_the_same_key_is_the_same_notice(database: Database, register: AmaAanmeldingen) -> None:
    """However often it is sent; other contents under that key are refused."""
    once = register.register(notice())
    assert register.register(notice()) == once
    assert [count(database, row) for row in (DossierRow, PersonRow, TrajectRow)] == [1, 1, 1]
    with pytest.raises(AanvraagOngeldig, match=r"^sleutel: "):
        register.register(notice(nis_code="31005"))


def test_a_person_whom_the_register_knows_keeps_their_dossier(
    database: Database, register: AmaAanmeldingen
) -> None:
    """The statuut they had is kept beside the new one; the days hang on the birth that the dossier knows."""
    reference = a_dossier(database, statuut=[{"code": "rva", "van": "2024-01-01", "bron": "x"}])
    answer = register.register(notice(dossier=reference, persoon={"geboortedatum": "1990-03-01"}))
    assert isinstance(answer, Registered)
    assert answer.workflow_id == f"ama/{reference}"
    assert rules_of(answer) == ["aanvraag.persoon_anders"]
    assert [each["code"] for each in answer.meegegeven["statuten"]] == ["rva", "leefloon"]
    assert answer.meegegeven["achttien_op"] == "2008-02-28"
    assert count(database, StatuutPeriodRow) == 2


def test_one_open_ama_of_a_kind_a_dossier(database: Database, register: AmaAanmeldingen) -> None:
    """A second is not registered and says which one runs; beside the other kind a person is warned."""
    reference = a_dossier(database)
    add_ama(database, reference, SE, einde=date(2027, 1, 31))
    first = register.register(notice(dossier=reference))
    assert isinstance(first, Registered)
    assert first.workflow_id == f"ama/{reference}-2"  # both kinds are numbered together
    assert rules_of(first) == ["aanmelding.ama_se"]
    second = register.register(notice(sleutel="ama-2", dossier=reference))
    assert isinstance(second, AlreadyRunning)
    assert second.workflow_id == first.workflow_id
    assert second.bevinding.verdict is Verdict.HARD
    assert count(database, TrajectRow) == 3


@pytest.mark.parametrize(
    ("seen", "changes"),
    [
        ([], {"persoon": {"geboortedatum": "2008-11-02"}}),
        (["aanmelding.leeftijd"], {"persoon": {"geboortedatum": "2008-11-03"}}),
        (["aanmelding.pensioen"], {"persoon": {"geboortedatum": "1959-07-15"}}),
        (["aanmelding.pensioen"], {"persoon": {"geboortedatum": "1960-01-10"}}),
        (
            [],
            {"persoon": {"geboortedatum": "1960-01-10"}, "ingediend_op": "2025-01-20"},
        ),
        (
            ["aanmelding.pensioen"],
            {"persoon": {"geboortedatum": "1959-07-15"}, "ingediend_op": "2025-03-03"},
        ),
        (["aanmelding.erkenning"], {"ingediend_op": "2023-12-31"}),
        (["aanmelding.erkenning"], {"begeleider": {"rol": "begeleider", "organisatie": "ORG-CAW-LEIE"}}),
        (["aanmelding.vaph"], {"vaph": [{"van": "2026-01-01"}]}),
        (["aanmelding.vaph"], {"vaph": [{"van": "2027-01-01", "tot": "2027-12-31"}]}),
        ([], {"vaph": [{"van": "2020-01-01", "tot": "2026-11-01"}]}),
        (["aanvraag.buiten_vlaanderen"], {"nis_code": "21004"}),
        ([], {"nis_code": "44048"}),
    ],
    ids=[
        "eighteen today",
        "eighteen tomorrow",
        "born 15 July 1959",
        "born 10 January 1960",
        "born 10 January 1960, on 20 January 2025",
        "born 15 July 1959, on 3 March 2025",
        "the day before the recognition",
        "never recognised",
        "VAPH runs",
        "VAPH will run",
        "VAPH ended yesterday",
        "Brussels",
        "a merged municipality",
    ],
)
def test_a_finding_against_it_is_shown_and_stops_nothing(
    register: AmaAanmeldingen, seen: list[str], changes: dict[str, Any]
) -> None:
    """It is registered all the same: a person looks, and what is hard is asked again before the first day."""
    assert rules_of(register.register(notice(**changes))) == seen


def test_somebody_of_the_same_name_and_birth_is_pointed_at(
    database: Database, register: AmaAanmeldingen
) -> None:
    """Without a number it is a new dossier; a person says whether it is the same somebody."""
    reference = a_dossier(database)
    answer = register.register(notice())
    assert rules_of(answer) == ["aanvraag.zelfde_persoon"]
    assert answer.reference != reference


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("nis_code", {"nis_code": "44999"}),
        ("begeleider.organisatie", {"begeleider": BY | {"organisatie": "ORG-NERGENS"}}),
        ("begeleider.medewerker", {"begeleider": BY | {"medewerker": "MW-NERGENS"}}),
        ("begeleider.medewerker", {"begeleider": BY | {"medewerker": "MW-0503"}}),
        ("dossier", {"dossier": "WZ-2026-009999"}),
    ],
)
def test_what_nobody_knows_is_refused_by_its_field(
    database: Database, register: AmaAanmeldingen, field: str, changes: dict[str, Any]
) -> None:
    """The field and the rule, never what was filled in; nothing is stored."""
    with pytest.raises(AanvraagOngeldig) as refused:
        register.register(notice(**changes))
    assert refused.value.veld == field
    assert not any(secret in str(refused.value) for secret in SECRETS)
    assert count(database, PersonRow) == 0


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("rol begeleider", {"begeleider": BY | {"rol": "dienstverlener"}}),
        ("tot ligt voor van", {"vaph": [{"van": "2026-02-01", "tot": "2026-01-31"}]}),
        ("geboortedatum ligt na ingediend_op", {"persoon": {"geboortedatum": "2027-01-01"}}),
        ("twee keer dezelfde code", {"statuut": [LEEFLOON, LEEFLOON]}),
        ("ligt na 2199", {"statuut": [LEEFLOON | {"tot": "9999-12-31"}]}),
        ("ligt na 2199", {"statuut": [LEEFLOON | {"verwacht_einde": "2200-01-01"}]}),
        ("rijksregisternummer", {"rijksregisternummer": "x"}),
        ("soort", {"soort": "ama_se"}),
    ],
)
def test_what_a_notice_cannot_say(said: str, changes: dict[str, Any]) -> None:
    """A begeleider notifies for welfare policy only; the social economy comes by VDAB's decision."""
    with pytest.raises(ValidationError, match=said):
        notice(**changes)


def test_the_example_is_a_notice(register: AmaAanmeldingen) -> None:
    """Somebody who copies it has something that works, without a remark."""
    text = Path(ROOT / "data" / "voorbeelden" / "aanmelding_ama.yaml").read_text("utf-8")
    example = understood(AmaAanmelding, YAML(typ="safe", pure=True).load(text))
    answer = register.register(AmaAanmelding.model_validate(example))
    assert rules_of(answer) == []
