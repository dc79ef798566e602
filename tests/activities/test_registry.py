"""A request becomes one dossier, whatever is repeated, and is not turned away for what a person can judge."""

import threading
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select, update

from activities.database import Database, RecordRefused
from activities.registry import Registry
from models.aanvraag import AanvraagOngeldig, AlreadyRunning, Registered
from models.findings import Verdict
from models.tables import (
    AanvraagRow,
    DossierKeyRow,
    DossierRow,
    PersonRow,
    StatuutPeriodRow,
    TrajectRow,
)
from tests.activities.record_steps import NOW, REFERENCE, START, WORKFLOW, clock, request
from tests.law import shipped_tables


@pytest.fixture
def registry(database: Database) -> Registry:
    return Registry(database, clock, shipped_tables())


def _registered(answer: Registered | AlreadyRunning) -> Registered:
    assert isinstance(answer, Registered)
    return answer


def _count(database: Database, row: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def _close(database: Database, workflow_id: str) -> None:
    with database.begin() as session:
        closing = update(TrajectRow).where(TrajectRow.workflow_id == workflow_id)
        session.execute(closing.values(is_open=False))


def _rules(answer: Registered | AlreadyRunning) -> list[str]:
    return [finding.rule for finding in _registered(answer).waarschuwingen]


def test_a_request_becomes_a_dossier_with_a_trajectory(database: Database, registry: Registry) -> None:
    """Number, person, key, statuut and the place of the trajectory are stored together."""
    statuut = {"code": "leefloon", "van": "2026-01-01", "bron": "OCMW"}
    answer = registry.register(request(statuut=[statuut], eigen_kenmerk="K-77", begin="2026-12-01"))
    assert answer == Registered(
        reference=REFERENCE,
        workflow_id=WORKFLOW,
        soort="activeringstraject",
        begin=date(2026, 12, 1),
        nis_code="44021",
    )
    with database.read() as session:
        dossier = session.get_one(DossierRow, REFERENCE)
        person = session.get_one(PersonRow, dossier.person_id)
        assert (dossier.own_reference, dossier.created_on, dossier.recorded_at) == ("K-77", START, NOW)
        assert (person.last_name, person.brief_aan, person.nis_code) == ("Verzonnen", "zelf", "44021")
        assert session.get_one(DossierKeyRow, f"{REFERENCE}/activering_ama").material is None
        assert session.get_one(StatuutPeriodRow, (person.id, "leefloon", date(2026, 1, 1))).source == "OCMW"
        traject = session.get_one(TrajectRow, WORKFLOW)
        assert (traject.ordinal, traject.fase, traject.is_open) == (1, None, True)


@pytest.mark.parametrize("need", [None, "geestelijke_gezondheid"])
def test_the_main_need_is_kept_for_the_assignment(
    database: Database, registry: Registry, need: str | None
) -> None:
    """What the request says weighs most, or nothing where it does not say."""
    registry.register(request(hoofdnood=need))
    with database.read() as session:
        assert session.get_one(TrajectRow, WORKFLOW).hoofdnood == need


def test_the_same_request_again_is_the_same_dossier(database: Database, registry: Registry) -> None:
    """A double click gives one dossier and the same answer twice."""
    assert registry.register(request()) == registry.register(request())
    assert (_count(database, DossierRow), _count(database, PersonRow)) == (1, 1)


def test_a_key_used_for_something_else_is_refused(registry: Registry) -> None:
    """A correction under an old key would be lost without a word."""
    registry.register(request())
    with pytest.raises(AanvraagOngeldig, match="sleutel") as raised:
        registry.register(request(persoon={"achternaam": "Andersgenaamd"}))
    assert "Anders" not in str(raised.value)


def test_racing_deliveries_of_one_request_give_one_dossier(database: Database, registry: Registry) -> None:
    """Whoever comes second gets the answer of the first."""
    answers: list[Registered | AlreadyRunning] = []
    racing = [threading.Thread(target=lambda: answers.append(registry.register(request()))) for _ in range(6)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(30)
    assert len(answers) == 6
    assert {_registered(answer).reference for answer in answers} == {REFERENCE}
    assert _count(database, DossierRow) == 1


def test_numbers_follow_each_other_within_the_year_of_the_request(registry: Registry) -> None:
    """Each year starts at one, and no number is given twice."""
    days = ["2026-11-02", "2026-12-31", "2027-01-01", "2026-11-03"]
    answers = [
        registry.register(request(sleutel=f"s{n}", ingediend_op=day, persoon={"voornaam": f"P{n}"}))
        for n, day in enumerate(days)
    ]
    assert [_registered(answer).reference for answer in answers] == [
        "WZ-2026-000001",
        "WZ-2026-000002",
        "WZ-2027-000001",
        "WZ-2026-000003",
    ]


def test_racing_requests_get_different_numbers(registry: Registry) -> None:
    """The counter is taken in turns."""
    answers: list[Registered] = []

    def register(number: int) -> None:
        answers.append(_registered(registry.register(request(sleutel=f"s{number}"))))

    racing = [threading.Thread(target=register, args=(number,)) for number in range(8)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(30)
    assert sorted(a.reference for a in answers) == [f"WZ-2026-{n:06d}" for n in range(1, 9)]


def test_a_second_open_one_of_a_kind_is_answered_not_raised(database: Database, registry: Registry) -> None:
    """The answer names the one that runs and the article; nothing is stored."""
    registry.register(request())
    answer = registry.register(request(sleutel="s2", dossier=REFERENCE))
    assert isinstance(answer, AlreadyRunning)
    assert (answer.workflow_id, answer.bevinding.verdict) == (WORKFLOW, Verdict.HARD)
    assert (_count(database, TrajectRow), _count(database, AanvraagRow)) == (1, 1)


def test_a_second_one_after_the_first_closed_gets_its_number(database: Database, registry: Registry) -> None:
    """The same dossier, a workflow id of its own; the person is not stored twice."""
    registry.register(request())
    _close(database, WORKFLOW)
    answer = _registered(registry.register(request(sleutel="s2", dossier=REFERENCE)))
    assert (answer.reference, answer.workflow_id) == (REFERENCE, f"{WORKFLOW}-2")
    assert _count(database, PersonRow) == 1
    _close(database, f"{WORKFLOW}-2")
    third = registry.register(request(sleutel="s3", dossier=REFERENCE))
    assert _registered(third).workflow_id == f"{WORKFLOW}-3"


def test_two_open_ones_of_a_kind_cannot_be_stored(database: Database, registry: Registry) -> None:
    """The database refuses it too, whoever writes."""
    registry.register(request())
    _close(database, WORKFLOW)
    registry.register(request(sleutel="s2", dossier=REFERENCE))
    with pytest.raises(RecordRefused), database.begin() as session:
        session.get_one(TrajectRow, WORKFLOW).is_open = True


@pytest.mark.parametrize("nis_code", ["21004", "25112", "52011", "62063", "81001", "92094"])
def test_outside_flanders_is_registered_with_a_warning(registry: Registry, nis_code: str) -> None:
    """Brussels and Wallonia: a person answers, no machine refuses."""
    assert _rules(registry.register(request(nis_code=nis_code))) == ["aanvraag.buiten_vlaanderen"]


@pytest.mark.parametrize("nis_code", ["11999", "44099", "20001", "79999"])
def test_a_municipality_that_does_not_exist_is_named(registry: Registry, nis_code: str) -> None:
    """The error names the field and the rule."""
    with pytest.raises(AanvraagOngeldig) as raised:
        registry.register(request(nis_code=nis_code))
    assert raised.value.veld == "nis_code"


def test_an_expired_municipality_is_accepted(registry: Registry) -> None:
    """Melle merged in 2025; people still send its code."""
    assert _rules(registry.register(request(nis_code="44040"))) == []


@pytest.mark.parametrize(
    ("born", "rules"),
    [("2009-11-02", []), ("2009-11-03", ["aanvraag.leeftijd"]), ("2008-02-29", [])],
)
def test_somebody_under_seventeen_is_registered_with_a_warning(
    registry: Registry, born: str, rules: list[str]
) -> None:
    """On the seventeenth birthday there is nothing to say; the day before there is."""
    answer = _registered(registry.register(request(persoon={"geboortedatum": born})))
    assert _rules(answer) == rules
    assert all(finding.status == "assumed" for finding in answer.waarschuwingen)


def test_a_look_alike_is_shown_to_a_person(registry: Registry) -> None:
    """The same name and birth date is a warning: merging two people is for nobody's machine to do."""
    registry.register(request())
    answer = _registered(registry.register(request(sleutel="s2", persoon={"achternaam": "VERZONNEN"})))
    assert answer.reference == "WZ-2026-000002"
    assert [finding.facts for finding in answer.waarschuwingen] == [{"dossier": REFERENCE}]


def test_other_personal_data_for_a_known_dossier_are_shown_not_taken_over(
    database: Database, registry: Registry
) -> None:
    """A protected address does not lose its protection because a new request forgot to say so."""
    registry.register(request(persoon={"beschermd_adres": True}))
    _close(database, WORKFLOW)
    answer = _registered(registry.register(request(sleutel="s2", dossier=REFERENCE)))
    assert [finding.facts for finding in answer.waarschuwingen] == [{"velden": "protected_address"}]
    with database.read() as session:
        assert session.scalar(select(PersonRow.protected_address)) is True


@pytest.mark.parametrize("field", ["begeleidt_al", "dossier"])
def test_what_does_not_exist_is_named(database: Database, registry: Registry, field: str) -> None:
    """An unknown organisation or dossier: the field, the rule, and nothing stored."""
    with pytest.raises(AanvraagOngeldig) as raised:
        registry.register(request(**{field: "BESTAAT-NIET"}))
    assert raised.value.veld == field
    assert "BESTAAT" not in str(raised.value)
    assert (_count(database, DossierRow), _count(database, AanvraagRow)) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"nis_code": "Gent"}, "nis_code"),
        ({"onbekend_veld": 1}, "onbekend_veld"),
        ({"hoofdnood": "werk"}, "hoofdnood"),
        ({"ingediend_op": "2026-02-30"}, "ingediend_op"),
        ({"persoon": {"geboortedatum": "2027-01-01"}}, "geboortedatum"),
        ({"persoon": {"achternaam": "Ge\x00heim"}}, "achternaam"),
        ({"persoon": {"brief_aan": "per_adres"}}, "brief_aan_adres"),
        ({"persoon": {"brief_aan": "ouder_of_voogd"}}, "brief_aan_adres"),
        ({"statuut": [{"code": "rva", "van": "2026-02-01", "tot": "2026-01-01", "bron": "x"}]}, "tot"),
        ({"statuut": [{"code": "rva", "van": "2026-02-01", "bron": "x"}] * 2}, "statuut"),
    ],
)
def test_a_malformed_request_names_its_field_and_no_value(changes: dict[str, Any], field: str) -> None:
    """What is malformed is refused before anything is stored."""
    with pytest.raises(ValidationError, match=field) as raised:
        request(**changes)
    assert "heim" not in str(raised.value)


@pytest.mark.parametrize("soort", ["toeleiding", "activeringstraject"])
def test_a_request_from_before_the_decree_keeps_its_regime(
    database: Database, registry: Registry, soort: str
) -> None:
    """Whatever it asks for starts with it; one of today says nothing (art. 40)."""
    asked = {"soort": soort, "begin": "2026-12-01"}
    old = _registered(registry.register(request(sleutel="oud", ingediend_op="2023-06-30", **asked)))
    new = _registered(registry.register(request(sleutel="nieuw", **asked)))
    assert (old.meegegeven["regime"], "regime" in new.meegegeven) == ("d2014", False)
    with database.read() as session:
        assert session.get_one(TrajectRow, old.workflow_id).begint_met == old.meegegeven


def test_a_first_day_from_before_the_law_is_refused_by_name(registry: Registry) -> None:
    """No parameter knows that day: such a trajectory is entered by instap, or begins later."""
    with pytest.raises(AanvraagOngeldig, match="begin: ligt voor de eerste dag"):
        registry.register(request(ingediend_op="2023-06-15", begin="2023-06-20"))
    with pytest.raises(AanvraagOngeldig, match="ingediend_op: ligt voor het eerste decreet"):
        registry.register(request(ingediend_op="2013-06-15", begin="2026-12-01"))
