"""The two daily rounds: `digest` draws up what each person should hear, `post` sends what is due."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.digests import Digests
    from activities.post_office import PostOffice
    from models.clock import BRUSSELS, local_date
    from models.mail import Bounce, DigestOrder, DigestResult, PostOrder, PostResult, Ronde

SCHEDULED = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")

ROUND: Mapping[str, Any] = {
    "start_to_close_timeout": timedelta(minutes=10),
    "schedule_to_close_timeout": timedelta(minutes=50),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=2)),
}
"""Patience with one part of a round: it gives up before the next hourly round, which takes over."""


@workflow.defn(name="post")
class Post:
    """Sends what is due on a day: one mail a person, letters included.

    On the clock it sends only on the day itself and to those whose hour has come; a round that runs late
    leaves its rows to the next one, so that nobody gets two mails on a day or one at night.
    """

    @workflow.run
    async def run(self, ronde: Ronde) -> PostResult:
        """Sends the day in bounded parts and tells what was sent, cancelled, put off and refused."""
        now, day = workflow.now(), _day(ronde)
        if not ronde.hele_dag and local_date(now) != day:
            return PostResult()
        done = PostResult(next_after="")
        while done.next_after is not None:
            order = PostOrder(as_of=day, hour=_hour(ronde, now), after=done.next_after)
            part = await workflow.execute_activity_method(
                PostOffice.send,
                order,
                summary=f"Post van {day} versturen",
                task_queue=_outside(),
                heartbeat_timeout=timedelta(seconds=ronde.silence_seconds),
                **ROUND,
            )
            await _tell_back(part.bounced)
            done += part
        return done


@workflow.defn(name="digest")
class Digest:
    """Draws up the digests of a day; the post office sends them."""

    @workflow.run
    async def run(self, ronde: Ronde) -> DigestResult:
        """Draws up the digests in bounded parts and tells how many were new."""
        day, done = _day(ronde), DigestResult(next_after="")
        while done.next_after is not None:
            order = DigestOrder(as_of=day, after=done.next_after)
            done += await workflow.execute_activity_method(
                Digests.draw_up,
                order,
                summary=f"Overzichten van {day} opstellen",
                heartbeat_timeout=timedelta(seconds=ronde.silence_seconds),
                **ROUND,
            )
        return done


async def _tell_back(bounced: Sequence[Bounce]) -> None:
    """Tells each trajectory which of its messages did not arrive; one that has ended needs no answer."""
    for bounce in bounced:
        trajectory = workflow.get_external_workflow_handle(bounce.workflow_id)
        with suppress(ApplicationError):
            await trajectory.signal("bericht_teruggekeerd", bounce)


def _outside() -> str:
    """The queue for the outside world, so that a slow mail server delays no trajectory."""
    return workflow.info().task_queue.replace("trajecten", "buitenwereld", 1)


def _day(ronde: Ronde) -> date:
    """The day of a round: as asked, else as scheduled, else the day on which it started."""
    info = workflow.info()
    return ronde.as_of or local_date(info.typed_search_attributes.get(SCHEDULED) or info.start_time)


def _hour(ronde: Ronde, now: datetime) -> int | None:
    """The hour it is in Brussels, or none when the whole day goes at once."""
    return None if ronde.hele_dag else now.astimezone(BRUSSELS).hour
