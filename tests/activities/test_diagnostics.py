"""After the decision the record no longer says where the diagnostic documents of a request are."""

from datetime import date
from typing import Any

from activities.database import Database
from activities.dossiers import Dossiers
from activities.law_tables import LawTables
from activities.registry import Registry
from models.aanvraag import Aanvraag, Registered
from models.steps import Event, Stand, Step
from models.tables import AanvraagRow, TrajectRow
from settings import Settings
from tests.activities.record_steps import clock

DIAGNOSTIC = {"soort": "diagnostisch", "kenmerk": "verslag 7", "bij": "GTB"}
OTHER = {"soort": "andere", "kenmerk": "brief 3", "bij": "VDAB"}
ON = date(2027, 2, 1)


def filed(database: Database) -> Registered:
    """A request for a toeleiding with two documents."""
    told: dict[str, Any] = {
        "sleutel": "diagnostiek",
        "soort": "toeleiding",
        "ingediend_op": ON,
        "nis_code": "44021",
        "persoon": {"voornaam": "Ann", "achternaam": "Test", "geboortedatum": date(1990, 1, 1)},
        "inhoud": {"motivering": "Wil werken.", "documenten": [DIAGNOSTIC, OTHER]},
    }
    law = LawTables(Settings().parameters, Settings().days_off)
    answer = Registry(database, clock, law).register(Aanvraag.model_validate(told))
    assert isinstance(answer, Registered)
    return answer


def told(registered: Registered, number: int, *kinds: str) -> Step:
    """A step with events of these kinds."""
    events = (
        Event(seq=number, soort=soort, datum=ON, ingevoerd_op=ON, tekst="Er gebeurde iets.")
        for soort in kinds
    )
    stand = Stand(
        fase="beslissing",
        start=ON,
        einde=None,
        opgeschort=False,
        te_laat=False,
        volgende_opdracht=None,
        volgende_termijn=None,
        dates=(),
    )
    return Step(
        workflow_id=registered.workflow_id,
        reference=registered.reference,
        number=number,
        as_of=ON,
        events=tuple(events),
        duties=(),
        messages=(),
        stand=stand,
    )


def known(database: Database, registered: Registered) -> list[list[dict[str, Any]]]:
    """The documents that the trajectory and the request still name."""
    with database.read() as session:
        begins = session.get_one(TrajectRow, registered.workflow_id).begint_met
        answer = session.get_one(AanvraagRow, "diagnostiek").answer["meegegeven"]
    return [each["inhoud"]["documenten"] for each in (begins or {}, answer)]


def test_only_the_decision_closes_the_diagnostic_documents(database: Database) -> None:
    """What is not diagnostic stays; telling it again changes nothing more."""
    registered = filed(database)
    dossiers = Dossiers(database, clock)
    dossiers.record_step(told(registered, 1, "screening_vastleggen"))
    assert known(database, registered) == [[DIAGNOSTIC, OTHER]] * 2
    for _ in range(2):
        dossiers.record_step(told(registered, 2, "diagnostiek-gesloten"))
        assert known(database, registered) == [[OTHER]] * 2
