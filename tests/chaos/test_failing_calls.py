"""Calls that keep failing: a repair duty for operations, an intact trajectory, and a story that goes on by itself."""

import asyncio
import functools
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, select, update
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import WorkflowExecutionStatus

from activities.documents import Documents
from activities.rendering import TEMPLATES, Templates
from engine import Engine
from models.tables import DocumentRow, DossierRow, PersonRow
from player.stage import Stage
from tests.chaos.once import assert_once
from tests.chaos.outage import Outage, outage, shut_out, worker_of
from tests.databases import BACKENDS, TEMPLATE, Cluster
from tests.rules.cases import VDAB
from tests.stage import staged
from tests.workflows.desk import BEGIN, ELSEWHERE, OPERATOR, REVIEW, Desk
from worker import compose, wall_clock, working

HOUR = timedelta(hours=1)
PATIENCE_MS = 200
"""Milliseconds that a transaction waits for another, so that a call is over before the engine gives up on it."""
FIRST_REVIEW = date(2029, 4, 9)
PLAN_TEMPLATE = "reports/trajectplan.nl.html.j2"
SILENT, AGAIN = "herstel/vastleggen#1", "herstel/vastleggen#2"
UNMADE, UNWRITTEN = "herstel/trajectplan#1", "herstel/kennismaking_tandem#1"
LETTER = "kennismaking_tandem"
LOOK_AGAIN = 0.01
BOTH = pytest.mark.parametrize("fragile", BACKENDS, indirect=True)


@dataclass(frozen=True)
class Fragile:
    """A stage whose worker can lose its record."""

    stage: Stage
    outage: Outage


@pytest_asyncio.fixture(params=["sqlite"])
async def fragile(
    request: pytest.FixtureRequest, engine: Engine, tmp_path: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Fragile]:
    """A stage whose worker, and nobody else, does not wait long for the record; on SQLite unless a test says so."""
    opened = _sqlite if request.param == "sqlite" else _postgresql
    url, of_worker, without = opened(request, tmp_path)
    async with staged(engine, tmp_path, url, next(tests_seen), workers=False) as stage:
        collaborators = compose(stage.settings.changed(database_url=of_worker))
        if request.param == "sqlite":
            event.listen(collaborators.database.engine, "connect", _wait_briefly)
        async with working(stage.client, stage.settings, collaborators):
            yield Fragile(stage, without(stage))
        collaborators.database.close()


def _sqlite(request: pytest.FixtureRequest, home: Path) -> tuple[str, str, Callable[[Stage], Outage]]:
    (home / "werkzorg.db").write_bytes(request.getfixturevalue("sqlite_template").read_bytes())
    url = f"sqlite:///{home / 'werkzorg.db'}"
    return url, url, lambda stage: functools.partial(outage, stage)


def _wait_briefly(connection: Any, _record: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")


def _postgresql(request: pytest.FixtureRequest, home: Path) -> tuple[str, str, Callable[[Stage], Outage]]:
    cluster: Cluster = request.getfixturevalue("postgresql")
    url = cluster.create(TEMPLATE)
    request.addfinalizer(functools.partial(cluster.drop, url))
    return url, worker_of(cluster, url), lambda _: functools.partial(shut_out, cluster)


async def note(desk: Desk, nota: str) -> None:
    """Something that the record should hear, entered by operations in the Temporal UI."""
    day = await desk.today()
    await desk.typed("contactnota", {"datum": f"{day}", "nota": nota}, f"getypt-{desk.reference}-{nota}")


async def told_again(desk: Desk) -> None:
    """Lets the hour pass after which the record is told again."""
    rings = await desk.stage.clock.deadline(desk.workflow_id)
    assert rings is not None
    await desk.stage.clock.move([desk.workflow_id], rings)
    await desk.settle()


async def intact(desk: Desk) -> bool:
    """Whether the trajectory runs, with a timer armed within the hour."""
    now = await desk.stage.clock.now(desk.workflow_id)
    rings = await desk.stage.clock.deadline(desk.workflow_id)
    running = (await desk.handle.describe()).status is WorkflowExecutionStatus.RUNNING
    return running and rings is not None and now < rings <= now + HOUR


async def shown(desk: Desk) -> str:
    """What the Temporal UI shows of where the trajectory stands."""
    metadata = await desk.handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return metadata.current_details


@BOTH
async def test_a_record_that_is_gone_for_an_hour_is_told_later(fragile: Fragile) -> None:
    """The trajectory waits intact, tells everything once when the record is back, and takes its repair back."""
    desk = await Desk.running(fragile.stage)
    assert not desk.live
    before = len(fragile.stage.collaborators.reading.tijdlijn(desk.reference))
    with fragile.outage():
        await note(desk, "een")
        assert await intact(desk)
        assert SILENT in await shown(desk)
        await note(desk, "twee")
        await told_again(desk)
        assert await intact(desk)
        assert len(fragile.stage.collaborators.reading.tijdlijn(desk.reference)) == before
    await told_again(desk)
    assert [event.opdracht for event in desk.events("storing")] == [SILENT]
    assert len(desk.events("contactnota")) == 2
    assert desk.duty(SILENT).status == "withdrawn"
    assert await desk.today() == BEGIN, "the clock ran on beyond the hours that were asked"
    assert not desk.live
    assert SILENT not in await shown(desk)
    assert_once(desk)
    assert not await intact(desk), "the timer of an hour should be gone"


async def test_a_second_outage_is_a_second_repair(fragile: Fragile) -> None:
    """Each outage has a duty of its own, and what follows it is told once."""
    desk = await Desk.running(fragile.stage)
    for nota in ("een", "twee"):
        with fragile.outage():
            await note(desk, nota)
        await told_again(desk)
    assert [event.opdracht for event in desk.events("storing")] == [SILENT, AGAIN]
    assert [event.opdracht for event in desk.events("opdracht-ingetrokken")] == [SILENT, AGAIN]
    await desk.go(FIRST_REVIEW)
    await desk.accepted("review_vastleggen", **REVIEW)
    assert desk.duty("review/1").status == "answered"
    assert_once(desk)


async def test_operations_need_not_wait_an_hour(fragile: Fragile) -> None:
    """Who says *opnieuw* while the record is still gone opens the next repair; when it is back all is told at once."""
    desk = await Desk.running(fragile.stage)
    with fragile.outage():
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


async def test_a_trajectory_that_ends_while_the_record_is_gone_tells_it_first(fragile: Fragile) -> None:
    """The window to reopen passes and nobody can write: it ends only when the record knows everything."""
    desk = await Desk.open(fragile.stage, ELSEWHERE)
    await desk.accepted("stopzetten", VDAB, einde=BEGIN, oorzaak="op_vraag")
    assert desk.stand.fase == "afgesloten"
    with fragile.outage():
        await told_again(desk)
        assert await intact(desk)
        assert SILENT in await shown(desk)
    await told_again(desk)
    assert (await desk.handle.describe()).status is WorkflowExecutionStatus.COMPLETED
    assert len(desk.events("beeindigd")) == 1
    assert desk.duty(SILENT).status == "withdrawn"
    assert_once(desk)


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
    assert sorted(told) == ["kennismaking_tandem", "plan_kopie", "trajectplan", "trajectplan_coordinator"]
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


def readdress(stage: Stage, reference: str, to: str | None) -> None:
    """Writes in the record where the letters of a participant go, when they go to somebody else."""
    person = select(DossierRow.person_id).where(DossierRow.reference == reference).scalar_subquery()
    with stage.collaborators.database.begin() as session:
        of_person = update(PersonRow).where(PersonRow.id == person)
        session.execute(of_person.values(brief_aan="per_adres", brief_aan_adres=to))


async def test_a_letter_without_address_waits_for_one(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """What the record lacks is a duty for operations; when it is filled in, one letter is made and sent once."""
    shutil.copyfile(sqlite_template, tmp_path / "werkzorg.db")
    url = f"sqlite:///{tmp_path / 'werkzorg.db'}"
    async with staged(engine, tmp_path, url, next(tests_seen), workers=False) as stage:
        opened = asyncio.create_task(Desk.open(stage))
        while not (registered := stage.collaborators.reading.trajecten()):
            await asyncio.sleep(LOOK_AGAIN)
        readdress(stage, registered[0].reference, None)
        async with working(stage.client, stage.settings, stage.collaborators):
            desk = await opened
            assert desk.live == ["eerste_gesprek", UNWRITTEN, "trajectplan"]
            assert [event.tekst for event in desk.events("storing")] == [f"{LETTER}: DocumentIncomplete."]
            readdress(stage, desk.reference, "OCMW Gent, Onderbergen 86, 9000 Gent")
            decision = {"opdracht": UNWRITTEN, "keuze": "opnieuw", "toelichting": "adres aangevuld"}
            await desk.accepted("herstel_beslissen", OPERATOR, **decision)
            assert (made(desk, LETTER), len(desk.messages("brief"))) == (1, 1)
            assert desk.live == ["eerste_gesprek", "trajectplan"]
            assert_once(desk)
