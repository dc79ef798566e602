"""The schedules: messages in the hours of the day, evaluations and control in the early morning, quarters by date."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from temporalio.api.common.v1 import Payload
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from models.mail import Ronde
from models.sweeps import Rondgang
from workflows.sweeps import DagelijkseControle, Digest, JaarlijkseEvaluaties, KwartaaloverzichtAmaSe, Post

TIME_ZONE = "Europe/Brussels"
WEEKDAYS = (ScheduleRange(1, 5),)
EVERY_DAY = (ScheduleRange(0, 6),)
EVERY_HOUR = (ScheduleRange(0, 23),)
QUARTERS = (ScheduleRange(1, 10, 3),)
SPREAD = timedelta(minutes=2)
"""How far starts are spread, so that not everything begins in the same second."""


class Plan(NamedTuple):
    """When a kind of work is done, what it says of itself, and how long a missed time is made up for."""

    run: Callable[..., Any]
    order: Ronde | Rondgang
    summary: str
    at: ScheduleCalendarSpec
    catch_up: timedelta
    overlap: ScheduleOverlapPolicy = ScheduleOverlapPolicy.SKIP


def _at(
    hour: int, minute: int, comment: str, days: tuple[ScheduleRange, ...] = EVERY_DAY
) -> ScheduleCalendarSpec:
    return ScheduleCalendarSpec(
        hour=(ScheduleRange(hour),), minute=(ScheduleRange(minute),), day_of_week=days, comment=comment
    )


PLANS: dict[str, Plan] = {
    "jaarlijkse-evaluaties": Plan(
        JaarlijkseEvaluaties.run,
        Rondgang(),
        "Wekt elke AMA waarvan de jaarlijkse evaluatie kan beginnen",
        _at(5, 0, "elke dag om 5.00 uur"),
        catch_up=timedelta(hours=18),
    ),
    "dagelijkse-controle": Plan(
        DagelijkseControle.run,
        Rondgang(),
        "Kijkt elk traject na tegen de engine, herstelt wat veilig is en meldt de rest",
        _at(6, 0, "elke dag om 6.00 uur"),
        catch_up=timedelta(hours=17),
    ),
    "kwartaaloverzicht-ama-se": Plan(
        KwartaaloverzichtAmaSe.run,
        Rondgang(at_most=5),
        "Maakt per contingent het overzicht van het voorbije kwartaal op",
        ScheduleCalendarSpec(
            month=QUARTERS,
            day_of_month=(ScheduleRange(2),),
            hour=(ScheduleRange(4),),
            comment="2 januari, 2 april, 2 juli en 2 oktober om 4.00 uur",
        ),
        catch_up=timedelta(days=60),
        overlap=ScheduleOverlapPolicy.BUFFER_ALL,
    ),
    "digest": Plan(
        Digest.run,
        Ronde(),
        "Stelt voor ieder het overzicht van de dag op",
        _at(7, 30, "weekdagen om 7.30 uur", WEEKDAYS),
        catch_up=timedelta(hours=10),
    ),
    "post": Plan(
        Post.run,
        Ronde(),
        "Verstuurt de post van de dag",
        ScheduleCalendarSpec(
            hour=EVERY_HOUR,
            day_of_week=WEEKDAYS,
            comment="weekdagen, elk uur; de ronde zelf weet wanneer berichten vertrekken",
        ),
        catch_up=timedelta(hours=1),
    ),
}
"""One schedule a kind of work, never one a case; days off are left out by the rounds themselves."""


class Applied(StrEnum):
    """What was done with a schedule."""

    CREATED = "aangemaakt"
    UPDATED = "aangepast"
    LEFT = "ongewijzigd"


def definitions(task_queue: str) -> dict[str, Schedule]:
    """The schedules by their id, which is also the id of what they start."""
    return {
        name: Schedule(
            action=ScheduleActionStartWorkflow(
                plan.run, plan.order, id=name, task_queue=task_queue, static_summary=plan.summary
            ),
            spec=ScheduleSpec(calendars=[plan.at], time_zone_name=TIME_ZONE, jitter=SPREAD),
            policy=SchedulePolicy(overlap=plan.overlap, catchup_window=plan.catch_up),
        )
        for name, plan in PLANS.items()
    }


async def apply(client: Client, task_queue: str) -> dict[str, Applied]:
    """Creates the schedules or updates them to their definition; one that was paused stays paused."""
    return {name: await _applied(client, name, wanted) for name, wanted in definitions(task_queue).items()}


async def _applied(client: Client, name: str, wanted: Schedule) -> Applied:
    try:
        await client.create_schedule(name, wanted)
    except ScheduleAlreadyRunningError:
        change = _Change(client, PLANS[name], wanted)
        await client.get_schedule_handle(name).update(change)
        return Applied.UPDATED if change.needed else Applied.LEFT
    return Applied.CREATED


class _Change:
    """Replaces a definition that differs and keeps the state of the schedule: paused or not, and why."""

    def __init__(self, client: Client, plan: Plan, wanted: Schedule) -> None:
        self._client = client
        self._plan = plan
        self._wanted = wanted
        self.needed = False

    async def __call__(self, found: ScheduleUpdateInput) -> ScheduleUpdate | None:
        schedule = found.description.schedule
        self.needed = not await self._is_same(schedule)
        if not self.needed:
            return None
        self._wanted.state = schedule.state
        return ScheduleUpdate(schedule=self._wanted)

    async def _is_same(self, found: Schedule) -> bool:
        if (found.spec, found.policy) != (self._wanted.spec, self._wanted.policy):
            return False
        return await self._told(found.action) == await self._told(self._wanted.action)

    async def _told(self, action: Any) -> tuple[Any, ...]:
        """What a schedule starts and with what, read from the server or as it is written here."""
        order, summary = [*action.args], action.static_summary
        if isinstance(summary, Payload):
            converter = self._client.data_converter
            order = await converter.decode(order, [type(self._plan.order)])
            (summary,) = await converter.decode([summary], [str])
        return action.workflow, action.id, action.task_queue, order, summary
