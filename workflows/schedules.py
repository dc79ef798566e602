"""The schedules of the post office: digests early on weekdays, the post in every hour of the day."""

from datetime import timedelta

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
from workflows.sweeps import Digest, Post

TIME_ZONE = "Europe/Brussels"
WEEKDAYS = (ScheduleRange(1, 5),)
EARLY_MORNING = ScheduleCalendarSpec(
    hour=(ScheduleRange(7),),
    minute=(ScheduleRange(30),),
    day_of_week=WEEKDAYS,
    comment="weekdagen om 7.30 uur",
)
EVERY_HOUR = ScheduleCalendarSpec(
    hour=(ScheduleRange(0, 23),),
    day_of_week=WEEKDAYS,
    comment="weekdagen, elk uur; de ronde zelf weet wanneer berichten vertrekken",
)


def definitions(task_queue: str) -> dict[str, Schedule]:
    """The schedules by their id; days off are left out by the rounds themselves."""
    return {
        "digest": Schedule(
            action=ScheduleActionStartWorkflow(
                Digest.run,
                Ronde(),
                id="digest",
                task_queue=task_queue,
                static_summary="Stelt voor ieder het overzicht van de dag op",
            ),
            spec=ScheduleSpec(calendars=[EARLY_MORNING], time_zone_name=TIME_ZONE),
            policy=_policy(catch_up=timedelta(hours=10)),
        ),
        "post": Schedule(
            action=ScheduleActionStartWorkflow(
                Post.run,
                Ronde(),
                id="post",
                task_queue=task_queue,
                static_summary="Verstuurt de post van de dag",
            ),
            spec=ScheduleSpec(calendars=[EVERY_HOUR], time_zone_name=TIME_ZONE),
            policy=_policy(catch_up=timedelta(hours=1)),
        ),
    }


async def apply(client: Client, task_queue: str) -> tuple[str, ...]:
    """Creates the schedules or updates them to their definition; one that was paused stays paused."""
    wanted = definitions(task_queue)
    for name, schedule in wanted.items():
        try:
            await client.create_schedule(name, schedule)
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(name).update(_Replacement(schedule))
    return tuple(wanted)


class _Replacement:
    """Replaces the definition of a schedule and keeps its state: paused or not, and why."""

    def __init__(self, wanted: Schedule) -> None:
        self._wanted = wanted

    def __call__(self, found: ScheduleUpdateInput) -> ScheduleUpdate:
        self._wanted.state = found.description.schedule.state
        return ScheduleUpdate(schedule=self._wanted)


def _policy(catch_up: timedelta) -> SchedulePolicy:
    """One round at a time; what was missed longer ago than the window is left to the next round."""
    return SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=catch_up)
