"""A running trajectory in the record, with what documents on request are made from."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import insert

from activities.database import Database
from activities.reading import Reading
from models.documents import DocumentFacts, Reviewverslag, Trajectplan
from models.lines import TrajectLine
from models.steps import CurrentDate, Stand
from models.tables import DocumentRow, DutyRow, EventRow, TrajectRow
from tests.documents.examples import AS_OF, PLAN, RECORDED, REFERENCE, REVIEW, TEAM, WORKFLOW, enrol, on

TODAY = date(2026, 10, 20)
Told = tuple[str, dict[str, Any]]
STAND = Stand(
    fase="lopend",
    start=AS_OF,
    einde=date(2027, 5, 3),
    opgeschort=False,
    te_laat=False,
    volgende_opdracht=None,
    volgende_termijn=None,
    dates=(
        CurrentDate(naam="uiterste einde", on=on(date(2027, 11, 3))),
        CurrentDate(naam="gepland einde", on=on(date(2027, 8, 3))),
        CurrentDate(naam="evaluatie 2", on=on(date(2026, 11, 4))),
    ),
    team=TEAM,
)
PLANNED = Trajectplan(team=TEAM, plan=PLAN, einde=on(date(2027, 5, 3)), evaluaties=())
HELD = Reviewverslag(nummer=1, team=TEAM, review=REVIEW, voorzien_op=on(date(2026, 8, 4)), volgende=None)


def running(database: Database, *told: Told, stand: Stand | None = STAND, **person: Any) -> TrajectLine:
    """A trajectory in the record of which these events were told, and how lists show it."""
    enrol(database, **person)
    with database.begin() as session:
        session.execute(insert(TrajectRow).values(_traject(stand)))
        for seq, (soort, gegevens) in enumerate(told, start=1):
            session.execute(insert(EventRow).values(_event(seq, soort, dict(gegevens))))
    return shown(database)


def shown(database: Database) -> TrajectLine:
    """The trajectory as lists show it."""
    view = Reading(database).dossier(REFERENCE)
    assert view is not None
    return view.trajecten[0]


def keep(database: Database, key: str, facts: DocumentFacts, as_of: date = AS_OF) -> None:
    """A stored document of the trajectory, of which only the facts are read here."""
    values = {
        "id": f"DOC-{key}",
        "workflow_id": WORKFLOW,
        "key": key,
        "reference": REFERENCE,
        "soort": facts.soort,
        "template": "x",
        "template_version": "x",
        "as_of": as_of,
        "facts": facts.model_dump(mode="json"),
        "sha256": "x",
        "pages": 1,
        "pdf": f"%PDF {key}".encode(),
        "html": "",
        "recorded_at": RECORDED,
    }
    with database.begin() as session:
        session.execute(insert(DocumentRow).values(values))


def owed(database: Database, key: str, due: date, **other: Any) -> None:
    """A review that is owed now, or another duty."""
    values: dict[str, Any] = {
        "workflow_id": WORKFLOW,
        "key": key,
        "kind": "review",
        "vraag": "Houd de evaluatie en leg ze vast",
        "rol": "casemanager_werk",
        "org": "ORG-VDAB-GENT",
        "status": "open",
        "opened_on": TODAY,
        "due": due,
        "due_version": 1,
        "due_finding": on(due).model_dump(mode="json"),
        "passed": [],
        "recorded_at": RECORDED,
    }
    with database.begin() as session:
        session.execute(insert(DutyRow).values(values | other))


def _traject(stand: Stand | None) -> dict[str, Any]:
    return {
        "workflow_id": WORKFLOW,
        "reference": REFERENCE,
        "soort": "activeringstraject",
        "ordinal": 1,
        "nis_code": "44021",
        "started_on": AS_OF,
        "fase": stand.fase if stand else None,
        "stand": stand.model_dump(mode="json") if stand else None,
        "opgeschort": bool(stand and stand.opgeschort),
        "as_of": TODAY,
        "recorded_at": RECORDED,
    }


def _event(seq: int, soort: str, gegevens: dict[str, Any]) -> dict[str, Any]:
    return {
        "workflow_id": WORKFLOW,
        "seq": seq,
        "soort": soort,
        "datum": gegevens.pop("datum", TODAY),
        "ingevoerd_op": TODAY,
        "recorded_at": RECORDED,
        "tekst": "Gebeurtenis.",
        "opdracht": gegevens.pop("opdracht", None),
        "findings": [],
        "gegevens": gegevens,
        "digest": str(seq),
    }


Scene = Callable[[Database], TrajectLine]


def _fiche(database: Database) -> TrajectLine:
    traject = running(database)
    keep(database, "trajectplan", PLANNED)
    keep(database, "reviewverslag/1", HELD)
    return traject


def _afspraak(database: Database) -> TrajectLine:
    return running(database, ("afspraak", APPOINTMENT))


def _rust(database: Database) -> TrajectLine:
    resting = STAND.model_copy(update={"opgeschort": True})
    return running(database, ("opschorten", REST), stand=resting)


def _langer(database: Database) -> TrajectLine:
    return running(database, ("verlengen", {"einde": "2027-08-03", "motivering": "Nog twee stappen."}))


def _begin(database: Database) -> TrajectLine:
    return running(database, stand=None)


def evaluation(database: Database, *told: Told) -> TrajectLine:
    """A yearly evaluation of AMA that is owed by a begeleider, at the latest on 4 November."""
    traject = running(database, *told)
    begeleider = {"kind": "evaluatie", "rol": "begeleider", "org": "ORG-CGG-ARTEVELDE", "worker": "MW-0602"}
    owed(database, "evaluatie", date(2026, 11, 4), vraag="Houd de jaarlijkse evaluatie", **begeleider)
    return traject


def _evaluatie(database: Database) -> TrajectLine:
    return evaluation(database, ("afspraak", APPOINTMENT))


APPOINTMENT = {
    "gepland_op": "2026-11-02",
    "waar": "Havenkaai 7, 9000 Gent",
    "hoe": "gesprek",
    "uitkomst": "gepland",
}
REST = {"van": "2026-10-05", "tot": None, "oorzaak": "opname"}
SCENES: dict[str, Scene] = {
    "voorbereidingsfiche": _fiche,
    "uitnodiging": _afspraak,
    "evaluatie_uitnodiging": _evaluatie,
    "opschorting": _rust,
    "verlenging": _langer,
    "ontvangst": _begin,
}
"""For each document on request a record that gives rise to it."""
