"""A step is recorded whole, once, and never against what the record already holds."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from activities.database import Database
from activities.dossiers import Dossiers, OtherContents, UnknownTraject
from activities.registry import Registry
from models.duties import Bezig, DutyStatus
from models.errors import Permanent
from models.tables import ClosureRow, DutyRow, EventRow, MiniTeamRow, OutboxRow, TrajectRow
from tests.activities.record_steps import (
    AN,
    JAN,
    NELE,
    NOW,
    START,
    TEAM,
    WORKFLOW,
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

FULL = step(events=(event(1, door=JAN), event(2)), duties=(duty(),), messages=(mail("m1"), letter("b1")))


@pytest.fixture
def dossiers(database: Database) -> Dossiers:
    Registry(database, clock, shipped_tables()).register(request())
    return Dossiers(database, clock)


def _rows(database: Database, row: type[Any]) -> list[Any]:
    with database.read() as session:
        return list(session.scalars(select(row)))


def _count(database: Database, row: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def test_a_step_is_recorded_whole(database: Database, dossiers: Dossiers) -> None:
    """Events, duties, messages, team and stand become true together."""
    dossiers.record_step(FULL)
    (traject,) = _rows(database, TrajectRow)
    assert (traject.last_step, traject.last_seq, traject.fase, traject.is_open) == (
        1,
        2,
        "voorbereiding",
        True,
    )
    assert traject.volgende_termijn == datetime(2027, 1, 4, 6, tzinfo=UTC)
    assert (traject.werkingsgebied, traject.recorded_at) == ("WG-GENT", NOW)
    assert [(e.seq, e.door and e.door["medewerker"]) for e in _rows(database, EventRow)] == [
        (1, "MW-0301"),
        (2, None),
    ]
    (stored,) = _rows(database, DutyRow)
    assert (stored.org, stored.worker, stored.due) == ("ORG-CAW-LEIE", "MW-0301", date(2027, 1, 4))
    assert stored.due_finding["reden"] == "omdat het zo is"
    assert {(m.key, m.status, m.rol) for m in _rows(database, OutboxRow)} == {
        ("m1", "ready", "casemanager_zorg"),
        ("b1", "ready", "deelnemer"),
    }


def test_the_same_step_again_changes_nothing(database: Database, dossiers: Dossiers) -> None:
    """A retry after a lost answer writes no second event and asks no second mail."""
    first = dossiers.record_step(FULL)
    assert dossiers.record_step(FULL) == first
    assert (_count(database, EventRow), _count(database, OutboxRow), _count(database, MiniTeamRow)) == (
        2,
        2,
        2,
    )


def test_an_old_step_does_not_turn_back_a_newer_one(database: Database, dossiers: Dossiers) -> None:
    """A retry that comes late finds its step recorded, and leaves the stand of the newer step."""
    dossiers.record_step(FULL)
    dossiers.record_step(
        step(2, duties=(duty(status=DutyStatus.ANSWERED),), stand=stand(fase="lopend"), events=())
    )
    dossiers.record_step(FULL)
    assert (_rows(database, TrajectRow)[0].fase, _rows(database, DutyRow)[0].status) == ("lopend", "answered")


def test_events_that_a_reset_history_tells_in_other_steps_are_kept(
    database: Database, dossiers: Dossiers
) -> None:
    """After a reset, steps can be cut otherwise: what is new is added, nothing doubled."""
    dossiers.record_step(step(1, events=(event(1),)))
    dossiers.record_step(step(1, events=(event(1), event(2)), stand=stand(fase="lopend")))
    assert (_count(database, EventRow), _rows(database, TrajectRow)[0].fase) == (2, "lopend")


def test_a_known_number_with_other_contents_is_refused(database: Database, dossiers: Dossiers) -> None:
    """Two histories cannot both be the truth; nothing of the second is written."""
    dossiers.record_step(FULL)
    other = step(2, events=(event(2, tekst="Iets anders."), event(3)), duties=(duty("review/1"),))
    with pytest.raises(OtherContents, match=r"event 2"):
        dossiers.record_step(other)
    assert (_count(database, EventRow), _count(database, DutyRow)) == (2, 1)


def test_a_step_of_an_unknown_trajectory_is_refused(database: Database) -> None:
    """Only what was registered can be recorded."""
    with pytest.raises(UnknownTraject):
        Dossiers(database, clock).record_step(step())


@pytest.mark.parametrize("change", ["UPDATE events SET tekst = 'anders'", "DELETE FROM events"])
def test_events_cannot_be_changed_or_deleted(database: Database, dossiers: Dossiers, change: str) -> None:
    """The databases themselves refuse it, whoever asks."""
    dossiers.record_step(FULL)
    with pytest.raises(DBAPIError, match="only ever added"), database.engine.begin() as connection:
        connection.execute(text(change))
    assert [e.tekst for e in _rows(database, EventRow)] == ["Gebeurtenis 1.", "Gebeurtenis 2."]


def test_a_duty_is_brought_up_to_date(database: Database, dossiers: Dossiers) -> None:
    """The row of a duty shows how it stands now, with the promise that rests its ladder."""
    dossiers.record_step(FULL)
    busy = (Bezig(verwacht_op=date(2027, 1, 20), reden="wacht op arts"),)
    dossiers.record_step(step(2, duties=(duty(status=DutyStatus.BEZIG, bezig=busy, passed=("trekker",)),)))
    (stored,) = _rows(database, DutyRow)
    assert (stored.status, stored.verwacht_op, stored.passed) == ("bezig", date(2027, 1, 20), ["trekker"])


def test_the_tandem_is_kept_with_periods(database: Database, dossiers: Dossiers) -> None:
    """Who leaves keeps the days they were there; who stays has one unbroken period."""
    dossiers.record_step(FULL)
    later = START + timedelta(days=30)
    dossiers.record_step(step(2, as_of=later, stand=stand(team=TEAM.with_member(NELE, None))))
    periods = {(m.worker, m.valid_from, m.valid_to) for m in _rows(database, MiniTeamRow)}
    assert periods == {
        (AN.medewerker, START, None),
        (JAN.medewerker, START, later - timedelta(days=1)),
        (NELE.medewerker, later, None),
    }


def test_a_case_manager_replaced_on_the_first_day_has_no_period(
    database: Database, dossiers: Dossiers
) -> None:
    """A membership of no days is none; the event log still tells of it."""
    dossiers.record_step(FULL)
    dossiers.record_step(step(2, stand=stand(team=TEAM.with_member(NELE, None))))
    assert {m.worker for m in _rows(database, MiniTeamRow)} == {AN.medewerker, NELE.medewerker}


def test_the_answer_holds_the_closures_ahead(database: Database, dossiers: Dossiers) -> None:
    """Of who owes and of the tandem, from the step's day up to two years ahead, with those for everybody."""
    with database.begin() as session:
        strike = {
            "first_day": date(2026, 11, 26),
            "last_day": date(2026, 11, 26),
            "reden": "nationale staking",
        }
        session.add(ClosureRow(id="staking", org=None, **strike))
        past = {"first_day": date(2026, 10, 1), "last_day": date(2026, 11, 1), "reden": "voorbij"}
        session.add(ClosureRow(id="voorbij", org="ORG-CAW-LEIE", **past))
    answer = dossiers.record_step(step(duties=(duty(addressee=NELE),)))
    assert set(answer.closures) == {"ORG-CAW-LEIE", "ORG-VDAB-GENT", "ORG-DE-MEANDER"}
    assert [c.reden for c in answer.closures["ORG-DE-MEANDER"]] == ["nationale staking"]
    assert [(c.reden, c.van.year) for c in answer.closures["ORG-CAW-LEIE"]] == [
        ("nationale staking", 2026),
        ("jaarlijkse sluiting", 2026),
        ("jaarlijkse sluiting", 2027),
    ]


def test_closures_last_until_their_last_day(dossiers: Dossiers) -> None:
    """On the last day of a closure it still counts, the day after it is gone."""
    last, after = date(2027, 1, 1), date(2027, 1, 2)
    during = dossiers.record_step(step(1, as_of=last)).closures["ORG-CAW-LEIE"]
    beyond = dossiers.record_step(step(2, as_of=after)).closures["ORG-CAW-LEIE"]
    assert (during[0].tot, beyond[0].van.year) == (last, 2027)


def test_a_closed_trajectory_makes_place_and_a_reopened_one_takes_it_back(
    database: Database, dossiers: Dossiers
) -> None:
    """Afgesloten is not open; reopening is."""
    dossiers.record_step(step(1, stand=stand(fase="afgesloten", einde=date(2026, 12, 1))))
    assert not _rows(database, TrajectRow)[0].is_open
    dossiers.record_step(step(2, stand=stand(fase="voorbereiding")))
    assert _rows(database, TrajectRow)[0].is_open


def test_a_reopened_trajectory_is_recorded_also_when_a_second_took_its_place(
    database: Database, dossiers: Dossiers
) -> None:
    """What a trajectory tells is never lost because another one is open."""
    dossiers.record_step(step(1, stand=stand(fase="afgesloten", einde=date(2026, 12, 1))))
    Registry(database, clock, shipped_tables()).register(
        request(sleutel="aanvraag-2", dossier="WZ-2026-000001")
    )
    dossiers.record_step(step(2, stand=stand(fase="voorbereiding")))
    by_id = {row.workflow_id: (row.fase, row.is_open) for row in _rows(database, TrajectRow)}
    assert by_id == {WORKFLOW: ("voorbereiding", False), f"{WORKFLOW}-2": (None, True)}


def test_an_unexpected_error_is_permanent_and_tells_no_values(database: Database, dossiers: Dossiers) -> None:
    """A clock without a zone is a mistake of ours: it is not tried again, and quotes nothing."""
    broken = Dossiers(database, lambda: datetime(2026, 11, 2))
    with pytest.raises(Permanent) as raised:
        broken.record_step(FULL)
    assert "Gebeurtenis" not in str(raised.value)


def test_a_step_costs_few_statements(database: Database, dossiers: Dossiers) -> None:
    """As many for ten duties, events and messages as for one."""
    counted: list[str] = []
    listening.listen(database.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    many = range(3, 13)
    dossiers.record_step(FULL)
    one = len(counted)
    dossiers.record_step(
        step(
            2,
            events=tuple(event(n) for n in many),
            duties=tuple(duty(f"review/{n}") for n in many),
            messages=tuple(letter(f"b{n}") for n in many),
        )
    )
    assert len(counted) - one <= one <= 12, "\n".join(c[:60] for c in counted)


def test_racing_deliveries_of_one_step_write_it_once(database: Database, dossiers: Dossiers) -> None:
    """An activity that timed out and its retry may run at the same time."""
    racing = [threading.Thread(target=dossiers.record_step, args=(FULL,)) for _ in range(6)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join(30)
    assert (_count(database, EventRow), _count(database, OutboxRow), _count(database, MiniTeamRow)) == (
        2,
        2,
        2,
    )
