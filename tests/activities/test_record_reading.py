"""Lists show the record with names of who works on it, in a fixed number of queries."""

from datetime import date

import pytest
from sqlalchemy import event as listening

from activities.database import Database
from activities.dossiers import Dossiers
from activities.reading import DutyFilter, Reading, TrajectFilter
from activities.registry import Registry, workflow_id
from models.duties import DutyKind, DutyStatus
from models.steps import Step
from models.tables import DocumentRow, MailRow, OutboxRow
from tests.activities.record_steps import (
    AN,
    ELS,
    JAN,
    NOW,
    REFERENCE,
    START,
    WORKFLOW,
    because,
    clock,
    duty,
    event,
    letter,
    mail,
    request,
    stand,
    step,
)
from tests.law import shipped_tables

OTHER = "WZ-2026-000002"


def _for_other(told: Step) -> Step:
    other = workflow_id("activeringstraject", OTHER, 1)
    return told.model_copy(update={"workflow_id": other, "reference": OTHER})


@pytest.fixture
def reading(database: Database) -> Reading:
    registry, dossiers = Registry(database, clock, shipped_tables()), Dossiers(database, clock)
    registry.register(request(eigen_kenmerk="K-77"))
    registry.register(request(sleutel="s2", persoon={"voornaam": "Sam"}, nis_code="31005"))
    review = {"kind": DutyKind.REVIEW, "addressee": AN, "due": because(date(2026, 12, 1))}
    dossiers.record_step(
        step(
            1,
            events=(
                event(1),
                event(2, door=ELS, namens=JAN),
                event(3, namens=ELS.model_copy(update={"medewerker": None})),
            ),
            duties=(duty(), duty("review/1", **review), duty("oud", status=DutyStatus.ANSWERED)),
            messages=(mail("m1"), letter("b1")),
        )
    )
    late = stand(fase="lopend", te_laat=True, team=None, einde=date(2027, 11, 1))
    overdue = duty(overdue_since=date(2026, 11, 30), due=because(date(2026, 11, 27)))
    dossiers.record_step(_for_other(step(1, stand=late, duties=(overdue,), messages=(mail("m9"),))))
    return Reading(database)


def _keys(reading: Reading, wanted: DutyFilter) -> list[tuple[str, str]]:
    return [(line.reference[-1], line.key) for line in reading.opdrachten(wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (TrajectFilter(), [REFERENCE, OTHER]),
        (TrajectFilter(fase="lopend"), [OTHER]),
        (TrajectFilter(werkingsgebied="WG-GENT"), [REFERENCE]),
        (TrajectFilter(organisatie="ORG-VDAB-GENT"), [REFERENCE]),
        (TrajectFilter(organisatie="ORG-CAW-LEIE"), [REFERENCE, OTHER]),
        (TrajectFilter(te_laat=True), [OTHER]),
        (TrajectFilter(q="k-77"), [REFERENCE]),
        (TrajectFilter(q="%"), []),
        (TrajectFilter(limit=1), [REFERENCE]),
        (TrajectFilter(na=WORKFLOW), [OTHER]),
    ],
)
def test_trajectories_are_listed_by_filter(reading: Reading, wanted: TrajectFilter, found: list[str]) -> None:
    """By phase, werkingsgebied, organisation, lateness and reference; page after page."""
    assert [line.reference for line in reading.trajecten(wanted)] == found


def test_a_trajectory_shows_where_it_stands(reading: Reading) -> None:
    """With the municipality by name and the requester's own reference."""
    line = reading.trajecten()[0]
    assert (line.gemeente, line.own_reference, line.fase, line.te_laat) == (
        "Gent",
        "K-77",
        "voorbereiding",
        False,
    )
    assert line.stand is not None
    assert line.stand["dates"][0]["naam"] == "trajectplan"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (DutyFilter(), [("2", "trajectplan"), ("1", "review/1"), ("1", "trajectplan")]),
        (DutyFilter(organisatie="ORG-VDAB-GENT"), [("1", "review/1")]),
        (DutyFilter(rol="casemanager_zorg", reference=REFERENCE), [("1", "trajectplan")]),
        (DutyFilter(medewerker="MW-0101"), [("1", "review/1")]),
        (DutyFilter(voor=date(2026, 12, 1)), [("2", "trajectplan"), ("1", "review/1")]),
        (DutyFilter(te_laat=True), [("2", "trajectplan")]),
        (DutyFilter(te_laat=False), [("1", "review/1"), ("1", "trajectplan")]),
        (DutyFilter(status=("answered",)), [("1", "oud")]),
        (DutyFilter(limit=1), [("2", "trajectplan")]),
    ],
)
def test_duties_are_listed_by_filter(
    reading: Reading, wanted: DutyFilter, found: list[tuple[str, str]]
) -> None:
    """The earliest due first; without a status only what is still owed."""
    assert _keys(reading, wanted) == found


def test_a_duty_shows_its_owner_by_name(reading: Reading) -> None:
    """With the reason of its date."""
    line = reading.opdracht(WORKFLOW, "trajectplan")
    assert line is not None
    assert (line.medewerker, line.organisatie) == ("Jan Claes", "CAW Leie en Schelde")
    assert line.due_finding["article"] == "D2022 art. 15"
    assert reading.opdracht(WORKFLOW, "bestaat-niet") is None


def test_the_timeline_names_who_did_it_and_for_whom(reading: Reading) -> None:
    """Both names show; who has none shows as a role."""
    lines = reading.tijdlijn(REFERENCE)
    assert [line.seq for line in lines] == [1, 2, 3]
    assert [line.wie for line in lines] == [
        None,
        "Els Peeters (operaties) namens Jan Claes (casemanager zorg, CAW Leie en Schelde)",
        "namens operaties",
    ]
    assert lines[0].recorded_at == NOW


def test_a_dossier_shows_its_team_and_what_is_owed(reading: Reading) -> None:
    """And never the name of the participant."""
    view = reading.dossier(REFERENCE)
    assert view is not None
    assert [line.workflow_id for line in view.trajecten] == [WORKFLOW]
    assert {(line.medewerker, line.valid_from) for line in view.team} == {
        ("An Willems", START),
        ("Jan Claes", START),
    }
    assert [line.key for line in view.opdrachten] == ["review/1", "trajectplan"]
    assert "Verzonnen" not in view.model_dump_json()
    assert reading.dossier("WZ-2026-999999") is None


def test_messages_mails_and_documents_of_a_dossier(database: Database, reading: Reading) -> None:
    """Each dossier shows its own; a document's bytes come only when asked for."""
    with database.begin() as session:
        session.add(
            MailRow(
                id="<m@x>", recipient="MW-0301", day=START, subject="s", body="b", kinds=[], recorded_at=NOW
            )
        )
        session.flush()
        session.get_one(OutboxRow, "m1").mail_id = "<m@x>"
        session.add(_document())
    assert [(line.key, line.rol) for line in reading.berichten(REFERENCE)] == [
        ("b1", "deelnemer"),
        ("m1", "casemanager_zorg"),
    ]
    assert [line.id for line in reading.mails(REFERENCE)] == ["<m@x>"]
    assert reading.mails(OTHER) == []
    assert [line.key for line in reading.documenten(REFERENCE)] == ["trajectplan"]
    document = reading.document("DOC-1")
    assert document is not None
    assert document.pdf == b"%PDF"


def test_a_long_timeline_costs_as_many_queries_as_a_short_one(database: Database, reading: Reading) -> None:
    """Names are looked up together."""
    many = tuple(event(n, door=ELS, namens=JAN) for n in range(4, 60))
    counted: list[str] = []
    listening.listen(database.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    reading.tijdlijn(REFERENCE)
    short = len(counted)
    Dossiers(database, clock).record_step(step(2, events=many))
    counted.clear()
    assert len(reading.tijdlijn(REFERENCE)) == 59
    assert len(counted) == short


def _document() -> DocumentRow:
    return DocumentRow(
        id="DOC-1",
        workflow_id=WORKFLOW,
        key="trajectplan",
        reference=REFERENCE,
        soort="trajectplan",
        template="reports/trajectplan.nl.html.j2",
        template_version="1",
        as_of=START,
        facts={},
        sha256="0",
        pages=1,
        pdf=b"%PDF",
        html="<p>",
        recorded_at=NOW,
    )
