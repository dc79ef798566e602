"""The schedules, as operations see them in the Temporal UI: on a real server, created, changed, paused, triggered."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from temporalio.client import Client, ScheduleActionStartWorkflow, ScheduleOverlapPolicy

from engine import Engine
from models.mail import Ronde
from models.sweeps import Rondgang
from player.stage import Stage
from workflows.schedules import Applied, apply, definitions

WEEKDAYS = {1, 2, 3, 4, 5}
EVERY_DAY = {0, *WEEKDAYS, 6}
CREATED, LEFT, UPDATED = Applied.CREATED, Applied.LEFT, Applied.UPDATED
NAMES = tuple(definitions("een-queue"))
QUARTERLY = "kwartaaloverzicht-ama-se"
WITHIN = 30


def test_each_has_its_hours_in_brussels() -> None:
    """Evaluations and control come before the digests, and those before the first hour in which messages leave."""
    hours = {}
    for name, schedule in definitions("trajecten").items():
        (calendar,) = schedule.spec.calendars
        (days,), (hour,) = calendar.day_of_week, calendar.hour
        assert schedule.spec.time_zone_name == "Europe/Brussels"
        spread = range(hour.start, max(hour.start, hour.end) + 1)
        hours[name] = (set(range(days.start, days.end + 1)), list(spread))
    assert hours == {
        "jaarlijkse-evaluaties": (EVERY_DAY, [5]),
        "dagelijkse-controle": (EVERY_DAY, [6]),
        "kwartaaloverzicht-ama-se": (EVERY_DAY, [4]),
        "digest": (WEEKDAYS, [7]),
        "post": (WEEKDAYS, list(range(24))),
    }


def test_each_takes_its_day_from_its_schedule_and_never_overlaps() -> None:
    """So that a trigger or a catch-up is safe; what was missed on an earlier day is left to the next round."""
    for name, schedule in definitions("trajecten").items():
        assert isinstance(schedule.action, ScheduleActionStartWorkflow)
        (order,) = schedule.action.args
        assert schedule.action.workflow == name
        assert isinstance(order, Ronde | Rondgang)
        assert order.as_of is None
        assert schedule.action.static_summary
        assert schedule.spec.jitter
        if name != QUARTERLY:
            assert schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
            assert timedelta(0) < schedule.policy.catchup_window < timedelta(days=1)


def test_no_quarter_is_left_out() -> None:
    """Early in January, April, July and October; two that were missed run one after the other."""
    schedule = definitions("trajecten")[QUARTERLY]
    (calendar,) = schedule.spec.calendars
    (months,), (day,) = calendar.month, calendar.day_of_month
    assert (list(range(months.start, months.end + 1, months.step)), day.start) == ([1, 4, 7, 10], 2)
    assert schedule.policy.overlap is ScheduleOverlapPolicy.BUFFER_ALL
    assert schedule.policy.catchup_window > timedelta(days=31)


@pytest_asyncio.fixture
async def server(engine: Engine, sqlite_stage: Stage) -> AsyncIterator[Client]:
    """A server without schedules, and workers that do what they start."""
    client = sqlite_stage.client
    yield client
    for name in NAMES:
        await client.get_schedule_handle(name).delete()


async def test_applied_twice_changes_nothing(server: Client, sqlite_stage: Stage) -> None:
    """Created the first time, left alone the second; the server is not even asked to store the same again."""
    queue = sqlite_stage.settings.queues.buitenwereld
    assert set((await apply(server, queue)).values()) == {CREATED}
    assert set((await apply(server, queue)).values()) == {LEFT}
    for name in definitions(queue):
        assert (await server.get_schedule_handle(name).describe()).info.last_updated_at is None


async def test_a_paused_schedule_stays_paused(server: Client, sqlite_stage: Stage) -> None:
    """With its note, through an apply that changes nothing and one that gives it another definition."""
    queue = sqlite_stage.settings.queues.buitenwereld
    await apply(server, "een-andere-queue")
    paused = server.get_schedule_handle("dagelijkse-controle")
    await paused.pause(note="herstel van de databank")
    assert (await apply(server, queue))["dagelijkse-controle"] is UPDATED
    assert (await apply(server, queue))["dagelijkse-controle"] is LEFT
    found = (await paused.describe()).schedule
    assert (found.state.paused, found.state.note) == (True, "herstel van de databank")
    assert isinstance(found.action, ScheduleActionStartWorkflow)
    assert found.action.task_queue == queue


@pytest.mark.parametrize("name", NAMES)
async def test_a_trigger_runs_it(server: Client, sqlite_stage: Stage, name: str) -> None:
    """By hand from the UI: it takes its day from the moment of the trigger, and completes."""
    await apply(server, sqlite_stage.settings.queues.buitenwereld)
    handle = server.get_schedule_handle(name)
    await handle.trigger()
    async with asyncio.timeout(WITHIN):
        while not (recent := (await handle.describe()).info.recent_actions):
            await asyncio.sleep(0.1)
        started = recent[0].action
        assert started.workflow_id.startswith(f"{name}-")
        assert await server.get_workflow_handle(started.workflow_id).result() is not None
