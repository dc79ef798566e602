"""What AMA asks of the record: recognitions and people by the tables, what runs beside, and one look before a start."""

import threading
from datetime import date

import pytest
from sqlalchemy import update

from activities.ama_record import AmaRecord
from activities.database import Database
from activities.follow_up import FollowUp
from models.actors import Actor, Rol
from models.ama_orders import Begin, BeginOrder, HerzienOrder, Opgezocht, OpzoekOrder
from models.ama_stand import Variant
from models.ama_verloop import Periode
from models.tables import ErkenningRow, OrganisationRow, TrajectRow
from tests.activities.ama_rows import SE, WVG, a_dossier, add_ama
from tests.activities.record_steps import START, clock
from tests.law import shipped_tables

OCMW, CAW = "ORG-OCMW-GENT", "ORG-CAW-LEIE"
DAY = date(2027, 2, 1)
DAY_BEFORE = date(2027, 1, 31)
SHIPPED = (
    Periode(van=date(2024, 1, 1), tot=date(2028, 12, 31)),
    Periode(van=date(2029, 1, 1), tot=date(2033, 12, 31)),
)
"""The first recognition and the one that renewed it."""


@pytest.fixture
def record(database: Database) -> AmaRecord:
    return AmaRecord(database)


def look_up(
    record: AmaRecord, workflow_id: str, organisatie: str | None = OCMW, nis_code: str = "44021"
) -> Opgezocht:
    reference = "-".join(workflow_id.partition("/")[2].split("-")[:3])
    order = {"workflow_id": workflow_id, "reference": reference, "nis_code": nis_code, "on": START}
    return record.look_up(OpzoekOrder.model_validate(order | {"organisatie": organisatie}))


def begin(record: AmaRecord, workflow_id: str, variant: Variant = "wvg", start: date = DAY) -> Begin:
    reference = "-".join(workflow_id.partition("/")[2].split("-")[:3])
    order = {"workflow_id": workflow_id, "reference": reference, "variant": variant, "start": start}
    return record.begin(BeginOrder.model_validate(order | {"organisatie": OCMW}))


def change(database: Database, workflow_id: str, **values: object) -> None:
    """What its workflow told the record since."""
    with database.begin() as session:
        session.execute(update(TrajectRow).where(TrajectRow.workflow_id == workflow_id).values(**values))


def test_the_tables_know_who_accompanies_and_who_decides(database: Database, record: AmaRecord) -> None:
    """The recognition of the organisation, who leads it, and the VDAB service of the municipality."""
    told = look_up(record, add_ama(database, a_dossier(database)))
    assert told.erkend == SHIPPED
    assert told.leiding == Actor(rol=Rol.TEAMCOORDINATOR, organisatie=OCMW, medewerker="MW-0409")
    assert told.vdab == Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
    assert told.werkingsgebied == "WG-GENT"


def test_without_an_organisation_or_a_known_municipality_nothing_is_invented(
    database: Database, record: AmaRecord
) -> None:
    """Where nobody accompanies yet there is no recognition; outside Flanders there is no VDAB service."""
    told = look_up(record, add_ama(database, a_dossier(database)), organisatie=None, nis_code="21004")
    assert (told.erkend, told.leiding, told.vdab, told.werkingsgebied) == ((), None, None, None)


def test_the_tables_know_whether_there_is_such_an_organisation(database: Database, record: AmaRecord) -> None:
    """Nobody is none; a code that no table has is an organisation that there is not."""
    mine = add_ama(database, a_dossier(database))
    known = [look_up(record, mine, which).bekend for which in (OCMW, None, "ORG-BESTAAT-NIET")]
    assert known == [True, True, False]


def test_a_recognition_is_followed_through_a_merger(database: Database, record: AmaRecord) -> None:
    """What the successor has counts for whoever was accompanied before; its people hear of silence."""
    with database.begin() as session:
        session.get_one(OrganisationRow, CAW).successor_code = OCMW
        session.get_one(OrganisationRow, CAW).valid_to = date(2026, 6, 30)
        row = {"org": CAW, "kind": "ama_begeleider", "number": "OUD", "valid_from": date(2021, 7, 1)}
        session.add(ErkenningRow(**row, valid_to=date(2026, 6, 30)))
    told = look_up(record, add_ama(database, a_dossier(database)), organisatie=CAW)
    assert told.erkend == (Periode(van=date(2021, 7, 1), tot=date(2026, 6, 30)), *SHIPPED)
    assert told.leiding
    assert told.leiding.organisatie == OCMW


def test_beside_stands_what_is_open_and_not_itself(database: Database, record: AmaRecord) -> None:
    """The activeringstraject and the other AMA of the same person; never an evaluation, nor what is closed."""
    reference = a_dossier(database)
    mine = add_ama(database, reference)
    add_ama(database, reference, SE, 2, begonnen_op=DAY, einde=date(2027, 12, 31))
    add_ama(database, reference, SE, 3, is_open=False)
    with database.begin() as session:
        kept = session.get_one(TrajectRow, mine)
        values = {"soort": "evaluatie", "ordinal": 1, "nis_code": "44021", "started_on": START}
        session.add(
            TrajectRow(
                workflow_id=f"evaluatie/{reference}/1",
                reference=reference,
                recorded_at=kept.recorded_at,
                **values,
            )
        )
    told = [(each.soort, each.van, each.tot) for each in look_up(record, mine).lopend]
    assert told == [("activeringstraject", START, None), (SE, DAY, date(2027, 12, 31))]
    seen = FollowUp(database, clock, shipped_tables()).beside(reference).lopend
    assert [each.soort for each in seen] == ["activeringstraject", WVG, SE]


def test_what_may_begin_is_marked_once(database: Database, record: AmaRecord) -> None:
    """Asked again it is the same answer; an agreement that comes later moves no first day."""
    mine = add_ama(database, a_dossier(database))
    assert begin(record, mine) == begin(record, mine) == Begin()
    assert begin(record, mine, start=date(2027, 9, 1)) == Begin()
    with database.read() as session:
        assert session.get_one(TrajectRow, mine).begonnen_op == DAY


def test_the_two_kinds_never_have_a_day_together(database: Database, record: AmaRecord) -> None:
    """The second is told which last day the first needs, and begins on the day after it."""
    reference = a_dossier(database)
    wvg, se = add_ama(database, reference), add_ama(database, reference, SE, 2)
    assert not begin(record, wvg, start=START).bezwaren
    (found,) = begin(record, se, "se").bezwaren
    assert (found.value, found.rule) == (DAY_BEFORE, "ama_begin.not_with_the_other")
    change(database, wvg, einde=DAY)
    assert begin(record, se, "se").bezwaren
    change(database, wvg, einde=DAY, is_open=False)
    assert begin(record, se, "se").bezwaren
    change(database, wvg, einde=DAY_BEFORE)
    assert begin(record, se, "se") == Begin()


def test_what_was_only_notified_keeps_nobody_from_beginning(database: Database, record: AmaRecord) -> None:
    """Two that wait for their first day would otherwise wait for each other; the first to begin has it."""
    reference = a_dossier(database)
    wvg, se = add_ama(database, reference), add_ama(database, reference, SE, 2)
    assert begin(record, se, "se") == Begin()
    assert begin(record, wvg).bezwaren


def test_a_first_day_that_was_given_back_keeps_nobody_from_beginning(
    database: Database, record: AmaRecord
) -> None:
    """It was cleared, something else was missing, and its workflow told that it prepares again."""
    reference = a_dossier(database)
    wvg, se = add_ama(database, reference), add_ama(database, reference, SE, 2)
    assert begin(record, wvg) == Begin()
    change(database, wvg, fase="gepland")
    assert begin(record, se, "se").bezwaren
    change(database, wvg, fase="aangemeld")
    assert begin(record, se, "se") == Begin()


def test_another_person_is_another_matter(database: Database, record: AmaRecord) -> None:
    """What runs in one dossier says nothing of another."""
    other = add_ama(database, a_dossier(database, sleutel="ander"), SE)
    assert begin(record, other, "se") == Begin()
    assert begin(record, add_ama(database, a_dossier(database))) == Begin()


def test_without_a_recognition_nothing_begins(database: Database, record: AmaRecord) -> None:
    """It ran out before the first day: hard, and nothing is marked."""
    mine = add_ama(database, a_dossier(database))
    (found,) = begin(record, mine, start=date(2034, 1, 1)).bezwaren
    assert found.rule == "ama_begin.recognised"
    with database.read() as session:
        assert session.get_one(TrajectRow, mine).begonnen_op is None


def test_days_that_were_put_right_are_marked_where_they_can_be(database: Database, record: AmaRecord) -> None:
    """A last day over the first of the other kind is not; a recognition is asked of a first day only."""
    reference = a_dossier(database)
    wvg, se = add_ama(database, reference), add_ama(database, reference, SE, 2)
    assert begin(record, wvg, start=START) == Begin()
    change(database, wvg, einde=DAY_BEFORE)
    assert begin(record, se, "se") == Begin()

    def again(tot: date, start: date = START, erkenning: bool = True) -> Begin:
        told = {"reference": reference, "workflow_id": wvg, "variant": "wvg", "organisatie": OCMW}
        days = {"start": start, "tot": tot, "eerste_dag": start, "erkenning": erkenning}
        return record.look_again(HerzienOrder.model_validate(told | days))

    (found,) = again(DAY).bezwaren
    assert (found.value, found.rule) == (DAY_BEFORE, "ama_begin._before_the_other")
    long_ago = date(2023, 12, 31)
    assert [each.rule for each in again(DAY_BEFORE, long_ago).bezwaren] == ["ama_begin.recognised"]
    assert again(date(2027, 1, 15), long_ago, erkenning=False) == Begin()
    with database.read() as session:
        row = session.get_one(TrajectRow, wvg)
        assert (row.begonnen_op, row.einde) == (long_ago, date(2027, 1, 15))


def test_of_two_that_begin_at_once_one_begins(database: Database, record: AmaRecord) -> None:
    """The dossier is locked: whoever comes second sees the first."""
    reference = a_dossier(database)
    both: list[tuple[str, Variant]] = [
        (add_ama(database, reference), "wvg"),
        (add_ama(database, reference, SE, 2), "se"),
    ]
    answers: list[Begin] = []
    ready = threading.Barrier(2)

    def ask(workflow_id: str, variant: Variant) -> None:
        ready.wait(30)
        answers.append(begin(record, workflow_id, variant))

    racing = [threading.Thread(target=ask, args=each) for each in both]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(60)
    assert sorted(len(answer.bezwaren) for answer in answers) == [0, 1]
