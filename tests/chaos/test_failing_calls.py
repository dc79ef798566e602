"""Calls that keep failing: a repair duty for operations, an intact trajectory, and a story that goes on by itself."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select
from temporalio.client import WorkflowExecutionStatus

from activities import database
from activities.documents import Documents
from activities.rendering import TEMPLATES, Templates
from engine import Engine
from models.tables import DocumentRow
from player.stage import Stage
from tests.chaos.once import assert_once
from tests.chaos.outage import outage
from tests.stage import staged
from tests.workflows.desk import OPERATOR, REVIEW, Desk
from worker import wall_clock, working

HOUR = timedelta(hours=1)
PATIENCE = 0.2
"""Seconds that a transaction waits for another, so that a call is over before the engine gives up on it."""
FIRST_REVIEW = date(2029, 4, 9)
PLAN_TEMPLATE = "reports/trajectplan.nl.html.j2"
SILENT, AGAIN = "herstel/vastleggen#1", "herstel/vastleggen#2"
UNMADE = "herstel/trajectplan#1"


@pytest_asyncio.fixture
async def impatient(
    engine: Engine,
    tmp_path: Path,
    sqlite_template: Path,
    tests_seen: Iterator[int],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Stage]:
    """A stage on SQLite that does not wait long for other writers."""
    monkeypatch.setattr(database, "PATIENCE", PATIENCE)
    shutil.copyfile(sqlite_template, tmp_path / "werkzorg.db")
    url = f"sqlite:///{tmp_path / 'werkzorg.db'}"
    async with staged(engine, tmp_path, url, next(tests_seen)) as ready:
        yield ready


async def note(desk: Desk, nota: str) -> None:
    """Something that the record should hear, entered by operations in the Temporal UI."""
    day = await desk.today()
    await desk.typed("contactnota", {"datum": f"{day}", "nota": nota}, f"getypt-{desk.reference}-{nota}")


async def an_hour_later(desk: Desk) -> None:
    """Lets the hour pass after which the record is told again."""
    now = await desk.stage.clock.now(desk.workflow_id)
    await desk.stage.clock.move([desk.workflow_id], now + HOUR)
    await desk.settle()


async def intact(desk: Desk) -> bool:
    """Whether the trajectory runs, with a timer armed within the hour."""
    now = await desk.stage.clock.now(desk.workflow_id)
    rings = await desk.stage.clock.deadline(desk.workflow_id)
    running = (await desk.handle.describe()).status is WorkflowExecutionStatus.RUNNING
    return running and rings is not None and now < rings <= now + HOUR


async def test_a_record_that_is_gone_for_an_hour_is_told_later(impatient: Stage) -> None:
    """The trajectory waits intact, tells everything once when the record is back, and takes its repair back."""
    desk = await Desk.running(impatient)
    before = len(impatient.collaborators.reading.tijdlijn(desk.reference))
    with outage(impatient):
        await note(desk, "een")
        assert await intact(desk)
        await note(desk, "twee")
        await an_hour_later(desk)
        assert await intact(desk)
        assert len(impatient.collaborators.reading.tijdlijn(desk.reference)) == before
    await an_hour_later(desk)
    assert [event.opdracht for event in desk.events("storing")] == [SILENT]
    assert len(desk.events("contactnota")) == 2
    assert desk.duty(SILENT).status == "withdrawn"
    assert not desk.live
    assert_once(desk)
    assert not await intact(desk), "the timer of an hour should be gone"


async def test_a_second_outage_is_a_second_repair(impatient: Stage) -> None:
    """Each outage has a duty of its own, and what follows it is told once."""
    desk = await Desk.running(impatient)
    for nota in ("een", "twee"):
        with outage(impatient):
            await note(desk, nota)
        await an_hour_later(desk)
    assert [event.opdracht for event in desk.events("storing")] == [SILENT, AGAIN]
    assert [event.opdracht for event in desk.events("opdracht-ingetrokken")] == [SILENT, AGAIN]
    await desk.go(FIRST_REVIEW)
    await desk.accepted("review_vastleggen", **REVIEW)
    assert desk.duty("review/1").status == "answered"
    assert_once(desk)


async def test_operations_need_not_wait_an_hour(impatient: Stage) -> None:
    """Who says *opnieuw* while the record is still gone opens the next repair; when it is back all is told at once."""
    desk = await Desk.running(impatient)
    with outage(impatient):
        await note(desk, "een")
        await decide(desk, SILENT)
        assert await intact(desk)
    await decide(desk, AGAIN)
    assert [event.opdracht for event in desk.events("storing")] == [SILENT, AGAIN]
    assert {desk.duty(key).status for key in (SILENT, AGAIN)} == {"answered"}
    assert not desk.live
    assert_once(desk)


async def decide(desk: Desk, repair: str) -> None:
    """Operations decide in the Temporal UI, as the record is not there for their own screen."""
    day = await desk.today()
    decision = {"datum": f"{day}", "opdracht": repair, "keuze": "opnieuw", "toelichting": "schijf vol"}
    await desk.typed("herstel_beslissen", decision, f"getypt-{desk.reference}-{repair}")


@pytest_asyncio.fixture
async def without_plan(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Stage]:
    """A stage on which no trajectplan can be rendered; its templates stand in `tmp_path`."""
    shutil.copyfile(sqlite_template, tmp_path / "werkzorg.db")
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    (tmp_path / "templates" / PLAN_TEMPLATE).write_text("{{ bestaat_niet }}", encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'werkzorg.db'}"
    async with staged(engine, tmp_path, url, next(tests_seen), workers=False) as stage:
        documents = Documents(stage.collaborators.database, Templates(tmp_path / "templates"), wall_clock)
        broken = replace(stage.collaborators, documents=documents)
        async with working(stage.client, stage.settings, broken):
            yield stage


def made(desk: Desk, key: str) -> int:
    """How many documents of this key the dossier has."""
    mine = select(DocumentRow.id).where(DocumentRow.reference == desk.reference, DocumentRow.key == key)
    with desk.stage.collaborators.database.read() as session:
        return len(session.scalars(mine).all())


async def test_a_template_that_is_put_right_renders_once(without_plan: Stage, tmp_path: Path) -> None:
    """What cannot be rendered is a duty for operations, named without a value; *opnieuw* makes it once."""
    desk = await Desk.running(without_plan)
    assert desk.live == [UNMADE]
    assert desk.duty(UNMADE).rol == "operaties"
    assert [event.tekst for event in desk.events("storing")] == ["trajectplan: TemplateBroken."]
    assert made(desk, "trajectplan") == 0
    shutil.copyfile(TEMPLATES / PLAN_TEMPLATE, tmp_path / "templates" / PLAN_TEMPLATE)
    decision = {"opdracht": UNMADE, "keuze": "opnieuw", "toelichting": "sjabloon hersteld"}
    await desk.accepted("herstel_beslissen", OPERATOR, **decision)
    assert made(desk, "trajectplan") == 1
    assert not desk.live
    told = [event.gegevens["document"] for event in desk.events("document-gemaakt")]
    assert sorted(told) == ["kennismaking_tandem", "trajectplan"]
    assert_once(desk)


async def test_a_repair_in_vain_is_asked_again(without_plan: Stage) -> None:
    """*Opnieuw* without a remedy opens the next repair duty."""
    desk = await Desk.running(without_plan)
    decision = {"opdracht": UNMADE, "keuze": "opnieuw", "toelichting": "misschien nu"}
    await desk.accepted("herstel_beslissen", OPERATOR, **decision)
    assert desk.live == ["herstel/trajectplan#2"]
    assert_once(desk)


async def test_a_document_that_is_left_out_holds_nothing_up(without_plan: Stage) -> None:
    """*Overslaan* goes on without the document, and the record says so; the reviews go on."""
    desk = await Desk.running(without_plan)
    decision = {"opdracht": UNMADE, "keuze": "overslaan", "toelichting": "op papier gemaakt"}
    await desk.accepted("herstel_beslissen", OPERATOR, **decision)
    (left_out,) = desk.events("document-overgeslagen")
    assert left_out.gegevens == {"document": "trajectplan"}
    await desk.go(FIRST_REVIEW)
    await desk.accepted("review_vastleggen", **REVIEW)
    assert desk.duty("review/1").status == "answered"
    assert (made(desk, "trajectplan"), made(desk, "reviewverslag/1")) == (0, 1)
    assert_once(desk)
