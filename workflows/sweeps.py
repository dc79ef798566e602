"""The rounds: `digest` and `post` for the messages of a day, and the sweeps that look through the whole record.

Each means "everything due up to a day" in bounded parts, one after the place where the last one stopped; it may
run twice, and says what it did.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, Protocol, Self, TypeVar

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from activities.controle import Controle
    from activities.digests import Digests
    from activities.erkenningen import Erkenningen
    from activities.kwartaalronde import Kwartaalronde
    from activities.plaatscontrole import Plaatscontrole
    from activities.post_office import PostOffice
    from activities.wekken import Wekken
    from models.clock import BRUSSELS, local_date
    from models.mail import Bounce, DigestOrder, DigestResult, PostOrder, PostResult, Ronde
    from models.sweeps import Part, Rondgang, Swept

SCHEDULED = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")

ROUND: Mapping[str, Any] = {
    "start_to_close_timeout": timedelta(minutes=10),
    "schedule_to_close_timeout": timedelta(minutes=50),
    "retry_policy": RetryPolicy(maximum_interval=timedelta(minutes=2)),
}
"""Patience with one part of a round: it gives up before the next hourly round, which takes over."""
SWEEP: Mapping[str, Any] = {**ROUND, "schedule_to_close_timeout": timedelta(hours=12)}
"""Patience with one part of a daily sweep: the sweep of the next day takes over."""
SHOWN = 100
"""How many notes of a sweep the UI shows; its result holds more."""
DOCUMENTS = "documenten"


class _Parts(Protocol):
    """What a part of a round did, and where to go on; parts can be added up."""

    @property
    def next_after(self) -> str | None:
        """The place to go on after; none when all is done."""

    def __add__(self, later: Self) -> Self:
        """The sum of two parts, which goes on where the later one stopped."""


P = TypeVar("P", bound=_Parts)
Look = Callable[[Any, Part], Any]
"""An activity that looks at one part of the record, and answers with what it did there."""


class Chapter(NamedTuple):
    """One walk over the record within a sweep: what it is called, and who looks."""

    title: str
    look: Look
    queue: str | None = None
    """Where it is done, when that is not where the sweep itself is."""


async def in_parts(
    done: P, part: Callable[[str], Awaitable[P]], show: Callable[[P], None] = lambda _done: None
) -> P:
    """Does one part after another, each after the place where the last one stopped, and adds them up."""
    done += await part("")
    show(done)
    while done.next_after is not None:
        done += await part(done.next_after)
        show(done)
    return done


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

        async def send(after: str) -> PostResult:
            part = await workflow.execute_activity_method(
                PostOffice.send,
                PostOrder(as_of=day, hour=_hour(ronde, now), after=after),
                summary=f"Post van {day} versturen",
                task_queue=_outside(),
                heartbeat_timeout=timedelta(seconds=ronde.silence_seconds),
                **ROUND,
            )
            await _tell_back(part.bounced)
            return part

        return await in_parts(PostResult(), send)


@workflow.defn(name="digest")
class Digest:
    """Draws up the digests of a day; the post office sends them."""

    @workflow.run
    async def run(self, ronde: Ronde) -> DigestResult:
        """Draws up the digests in bounded parts and tells how many were new."""
        day = _day(ronde)

        async def draw_up(after: str) -> DigestResult:
            return await workflow.execute_activity_method(
                Digests.draw_up,
                DigestOrder(as_of=day, after=after),
                summary=f"Overzichten van {day} opstellen",
                heartbeat_timeout=timedelta(seconds=ronde.silence_seconds),
                **ROUND,
            )

        return await in_parts(DigestResult(), draw_up)


@workflow.defn(name="jaarlijkse-evaluaties")
class JaarlijkseEvaluaties:
    """Wakes every AMA whose next yearly evaluation can be held; the AMA alone opens it."""

    @workflow.run
    async def run(self, order: Rondgang) -> Swept:
        """Wakes what is due up to a day, in bounded parts, and tells how many."""
        return await sweep(order, Chapter("AMA waarvan een evaluatie kan beginnen", Wekken.wake))


@workflow.defn(name="kwartaaloverzicht-ama-se")
class KwartaaloverzichtAmaSe:
    """Draws up the quarter overviews of AMA in the social economy, one for each holder of a contingent."""

    @workflow.run
    async def run(self, order: Rondgang) -> Swept:
        """Draws up what is due on a day, in bounded parts, and tells what could not be."""
        return await sweep(order, Chapter("Kwartaaloverzichten", Kwartaalronde.look, DOCUMENTS))


@workflow.defn(name="dagelijkse-controle")
class DagelijkseControle:
    """Compares the record with the engine, repairs what is safe and reports the rest; remembers recognitions."""

    @workflow.run
    async def run(self, order: Rondgang) -> Swept:
        """Looks at every trajectory and every recognition, in bounded parts, and tells what was found."""
        return await sweep(
            order,
            Chapter("Trajecten", Controle.look),
            Chapter("Organisaties met een erkenning", Erkenningen.look),
            Chapter("Contingenten", Plaatscontrole.look),
        )


async def sweep(order: Rondgang, *chapters: Chapter) -> Swept:
    """Goes through the record chapter by chapter and part by part, and shows how far it is and what it did."""
    day, done = _day(order), Swept()
    for chapter in chapters:
        done = await in_parts(done, partial(_look, order, day, chapter), partial(_show, day, chapter.title))
    _show(day, None, done)
    return done


async def _look(order: Rondgang, day: date, chapter: Chapter, after: str) -> Swept:
    here = workflow.info().task_queue
    part: Swept = await workflow.execute_activity_method(
        chapter.look,
        Part(as_of=day, after=after, at_most=order.at_most, alleen_tonen=order.alleen_tonen),
        summary=f"{chapter.title} tot {day}" + (f", na {after}" if after else ""),
        task_queue=here.replace("buitenwereld", chapter.queue, 1) if chapter.queue else here,
        heartbeat_timeout=timedelta(seconds=order.silence_seconds),
        **SWEEP,
    )
    return part


def _show(day: date, busy_with: str | None, done: Swept) -> None:
    """Says in the UI how far a sweep is; at the end, what it did."""
    workflow.set_current_details("\n".join(_lines(day, busy_with, done)))


def _lines(day: date, busy_with: str | None, done: Swept) -> Iterator[str]:
    yield f"## Alles tot en met {day:%d-%m-%Y}"
    if busy_with:
        yield f"\nBezig: {busy_with}" + (f", verder na {done.next_after}" if done.next_after else "")
    yield f"\n- bekeken: {done.bekeken}"
    yield from (f"- {word}: {count}" for word, count in sorted(done.gedaan.items()))
    if done.meldingen:
        yield "\n### Gevonden"
    yield from (f"- {each}" for each in done.meldingen[:SHOWN])
    if more := len(done.meldingen[SHOWN:]) + done.niet_getoond:
        yield f"- en nog {more}"


async def _tell_back(bounced: Sequence[Bounce]) -> None:
    """Tells each trajectory which of its messages did not arrive; one that has ended needs no answer."""
    for bounce in bounced:
        trajectory = workflow.get_external_workflow_handle(bounce.workflow_id)
        with suppress(ApplicationError):
            await trajectory.signal("bericht_teruggekeerd", bounce)


def _outside() -> str:
    """The queue for the outside world, so that a slow mail server delays no trajectory."""
    return workflow.info().task_queue.replace("trajecten", "buitenwereld", 1)


def _day(ronde: Ronde | Rondgang) -> date:
    """The day of a round: as asked, else as scheduled, else the day on which it started."""
    info = workflow.info()
    return ronde.as_of or local_date(info.typed_search_attributes.get(SCHEDULED) or info.start_time)


def _hour(ronde: Ronde, now: datetime) -> int | None:
    """The hour it is in Brussels, or none when the whole day goes at once."""
    return None if ronde.hele_dag else now.astimezone(BRUSSELS).hour
