"""What the engine's history says of one trajectory: its timers, what it told the record, and how its tasks fared.

Nothing here asks the workflow: a pump that died silently leaves a state that still looks well, but no timer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from temporalio.api.enums.v1 import EventType, WorkflowTaskFailedCause
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from models.clock import local_date
from models.duties import Duty
from models.steps import Event, MessageOrder, Stand, Step
from tests.simulation.actions import Action, after

E = SimpleNamespace(**dict(EventType.items()))
"""The kinds of events, looked up without the detour of the wrapper: every look reads a whole history."""
RECORD, ORGANISATIES = "stap_vastleggen", "Organisaties"
ENDS = {
    E.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "completed",
    E.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED: "failed",
    E.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT: "timed out",
    E.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED: "terminated",
    E.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED: "cancelled",
}
ACTIVITY_ENDS = (
    E.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    E.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    E.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
    E.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
)
ACTIVITIES = (E.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, *ACTIVITY_ENDS)
TIMERS = (E.EVENT_TYPE_TIMER_STARTED, E.EVENT_TYPE_TIMER_FIRED, E.EVENT_TYPE_TIMER_CANCELED)
WAKES = (*ACTIVITY_ENDS, E.EVENT_TYPE_TIMER_FIRED, E.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
NOT_COUNTED = (
    E.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
    E.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
)
"""Events that only virtual time brings; they do not count as cost."""


@dataclass(frozen=True)
class Timer:
    """A timer that was armed and neither fired nor cancelled."""

    at: datetime
    summary: str


@dataclass(frozen=True)
class Rest:
    """A moment at which a trajectory had nothing in hand: what it then waited for."""

    moment: datetime
    timers: tuple[Timer, ...]
    duties: dict[str, Duty]
    stand: Stand | None
    plan_start: date | None = None
    granted: date | None = None
    """The last day that VDAB granted."""
    lapsed: frozenset[int] = frozenset()
    """The numbers of the actions that are no longer in the plan."""
    organisaties: tuple[str, ...] = ()
    """The organisations that find it in their lists."""

    @property
    def live(self) -> list[Duty]:
        """The duties somebody owed at that moment."""
        return [duty for duty in self.duties.values() if duty.live]

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return local_date(self.moment)


@dataclass
class Life:
    """One trajectory from its request to where it stands now, over all its runs."""

    workflow_id: str
    rests: list[Rest] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    broken_tasks: list[str] = field(default_factory=list)
    ended: str | None = None
    updates_accepted: int = 0
    length: int = 0
    """How many history events there are in all, those of virtual time not counted."""
    now: datetime | None = None
    """When the newest event happened."""
    carried: list[dict[str, Any]] = field(default_factory=list)
    """The whole state that each checkpoint handed to the next run."""
    begun_with: dict[str, Any] = field(default_factory=dict)
    """What its first run began with."""
    updates: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    """Each accepted command with how many steps were told before it: events leave out what is confidential."""

    @property
    def events(self) -> list[Event]:
        """The event log as the history carries it."""
        return [event for step in self.steps for event in step.events]

    @property
    def messages(self) -> list[MessageOrder]:
        """Every message that was ever ordered."""
        return [message for step in self.steps for message in step.messages]

    @property
    def duties(self) -> dict[str, Duty]:
        """Every duty as it was last told."""
        return {duty.key: duty for step in self.steps for duty in step.duties}

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return self.steps[-1].stand

    @property
    def running(self) -> bool:
        """Whether the engine still runs it."""
        return self.ended is None


class Histories:
    """Reads histories from the engine, and keeps what it has read."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._done: dict[str, tuple[str, list[HistoryEvent]]] = {}
        self._steps: dict[tuple[str, int], Step] = {}
        self._beginnings: dict[str, dict[str, Any]] = {}
        self._updates: dict[tuple[str, int], dict[str, Any]] = {}

    async def life(self, workflow_id: str, first_run: str) -> Life:
        """The whole life of a trajectory."""
        reading = _Reading(self, Life(workflow_id))
        run: str | None = first_run
        while run is not None:
            events, following = await self._run(workflow_id, run)
            for event in events:
                await reading.take(run, event)
            run = following
        reading.at_rest()
        return reading.life

    async def first_run(self, workflow_id: str) -> str:
        """The id of the first run of a trajectory."""
        described = await self._client.get_workflow_handle(workflow_id).describe()
        return described.raw_description.workflow_execution_info.first_run_id or str(described.run_id)

    async def _run(self, workflow_id: str, run: str) -> tuple[list[HistoryEvent], str | None]:
        if run in self._done:
            following, events = self._done[run]
            return events, following
        handle = self._client.get_workflow_handle(workflow_id, run_id=run)
        events = [event async for event in handle.fetch_history_events()]
        last = events[-1]
        if last.event_type != E.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
            return events, None
        following = last.workflow_execution_continued_as_new_event_attributes.new_execution_run_id
        self._done[run] = following, events
        return events, following

    async def step(self, run: str, event: HistoryEvent) -> Step:
        """The step that an activity was asked to record."""
        place = run, event.event_id
        if place not in self._steps:
            payloads = event.activity_task_scheduled_event_attributes.input.payloads
            (self._steps[place],) = await self._client.data_converter.decode(payloads, [Step])
        return self._steps[place]

    async def beginning(self, run: str, event: HistoryEvent) -> dict[str, Any]:
        """What a run began with."""
        if run not in self._beginnings:
            payloads = event.workflow_execution_started_event_attributes.input.payloads
            (self._beginnings[run],) = await self._client.data_converter.decode(payloads, [dict])
        return self._beginnings[run]

    async def update(self, run: str, event: HistoryEvent) -> dict[str, Any]:
        """What an accepted command said."""
        place = run, event.event_id
        if place not in self._updates:
            accepted = event.workflow_execution_update_accepted_event_attributes.accepted_request
            payloads = accepted.input.args.payloads
            (self._updates[place],) = await self._client.data_converter.decode(payloads, [dict])
        return self._updates[place]

    async def summary(self, event: HistoryEvent) -> str:
        """What an event says to operators."""
        if not event.user_metadata.HasField("summary"):
            return ""
        (told,) = await self._client.data_converter.decode([event.user_metadata.summary], [str])
        return str(told)


class _Reading:
    """Goes through a history once, and stops at every rest."""

    def __init__(self, histories: Histories, life: Life) -> None:
        self._histories = histories
        self.life = life
        self._timers: dict[str, Timer] = {}
        self._pending: set[int] = set()
        self._task_due = True
        self._duties: dict[str, Duty] = {}
        self._moment = datetime.min.replace(tzinfo=UTC)
        self._plan_start: date | None = None
        self._granted: date | None = None
        self._actions: list[Action] = []
        self._organisaties: tuple[str, ...] = ()
        self._heard: set[str] = set()
        """The ids of the commands it took: a later run accepts a repeat once more, and answers as before."""

    async def take(self, run: str, event: HistoryEvent) -> None:
        kind, life = event.event_type, self.life
        if kind in NOT_COUNTED:
            return
        life.length += 1
        if kind in WAKES or kind == E.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
            self.at_rest()
            self._task_due = True
        self._moment = life.now = event.event_time.ToDatetime(UTC)
        if kind == E.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
            self._task_due = False
        elif kind == E.EVENT_TYPE_WORKFLOW_TASK_FAILED:
            self._failed(event)
        elif kind == E.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
            await self._accepted(run, event)
        elif kind in ENDS:
            life.ended = ENDS[kind]
        elif kind == E.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
            self._timers.clear()
            self._task_due = True
        elif kind == E.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
            self._listed(event)
        elif kind == E.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
            await self._began(run, event)
        elif kind in TIMERS:
            await self._timer(event)
        elif kind in ACTIVITIES:
            await self._activity(run, event)

    async def _began(self, run: str, event: HistoryEvent) -> None:
        beginning = await self._histories.beginning(run, event)
        if event.workflow_execution_started_event_attributes.continued_execution_run_id:
            self.life.carried.append(beginning["state"])
        else:
            self.life.begun_with = beginning

    async def _accepted(self, run: str, event: HistoryEvent) -> None:
        request = event.workflow_execution_update_accepted_event_attributes.accepted_request
        told = await self._histories.update(run, event)
        self.life.updates_accepted += 1
        if request.meta.update_id not in self._heard:
            self._heard.add(request.meta.update_id)
            self.life.updates.append((len(self.life.steps), request.input.name, told))

    def _listed(self, event: HistoryEvent) -> None:
        """Which organisations find it from now on, where that changed."""
        changed = event.upsert_workflow_search_attributes_event_attributes.search_attributes.indexed_fields
        if ORGANISATIES in changed:
            self._organisaties = tuple(json.loads(changed[ORGANISATIES].data or b"null") or ())

    def at_rest(self) -> None:
        """Notes a rest, when nothing is in hand."""
        if self._task_due or self._pending or self.life.ended:
            return
        stand = self.life.steps[-1].stand if self.life.steps else None
        waits_for = tuple(self._timers.values())
        lapsed = frozenset(action.number for action in self._actions if action.lapsed)
        self.life.rests.append(
            Rest(
                moment=self._moment,
                timers=waits_for,
                duties=dict(self._duties),
                stand=stand,
                plan_start=self._plan_start,
                granted=self._granted,
                lapsed=lapsed,
                organisaties=self._organisaties,
            )
        )
        self._task_due = True

    def _failed(self, event: HistoryEvent) -> None:
        failed = event.workflow_task_failed_event_attributes
        if failed.cause != WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND:
            cause = WorkflowTaskFailedCause.Name(failed.cause)
            self.life.broken_tasks.append(f"{cause}: {failed.failure.message}")

    async def _timer(self, event: HistoryEvent) -> None:
        if event.event_type == E.EVENT_TYPE_TIMER_STARTED:
            started = event.timer_started_event_attributes
            at = self._moment + started.start_to_fire_timeout.ToTimedelta()
            self._timers[started.timer_id] = Timer(at, await self._histories.summary(event))
        elif event.event_type == E.EVENT_TYPE_TIMER_FIRED:
            self._timers.pop(event.timer_fired_event_attributes.timer_id, None)
        elif event.event_type == E.EVENT_TYPE_TIMER_CANCELED:
            self._timers.pop(event.timer_canceled_event_attributes.timer_id, None)

    async def _activity(self, run: str, event: HistoryEvent) -> None:
        if event.event_type == E.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            self._pending.add(event.event_id)
            if event.activity_task_scheduled_event_attributes.activity_type.name == RECORD:
                self._tell(await self._histories.step(run, event))
        elif event.event_type in ACTIVITY_ENDS:
            self._pending.discard(next(_scheduled(event)))

    def _tell(self, step: Step) -> None:
        steps = self.life.steps
        if steps and steps[-1].number == step.number:  # told again, because the first telling failed
            steps.pop()
        steps.append(step)
        self._duties |= {duty.key: duty for duty in step.duties}
        for event in step.events:
            self._actions = after(self._actions, event)
            if event.soort == "plan_akkoord":
                self._plan_start = date.fromisoformat(event.gegevens["start"])
            elif event.soort == "rechtzetten" and event.gegevens["veld"] == "plan.start":
                self._plan_start = date.fromisoformat(event.gegevens["nieuw"])
            elif event.soort == "verlenging_beslissen" and event.gegevens["einde"]:
                self._granted = date.fromisoformat(event.gegevens["einde"])


def _scheduled(event: HistoryEvent) -> Iterator[int]:
    for attributes in (
        event.activity_task_completed_event_attributes,
        event.activity_task_failed_event_attributes,
        event.activity_task_timed_out_event_attributes,
        event.activity_task_canceled_event_attributes,
    ):
        if attributes.scheduled_event_id:
            yield attributes.scheduled_event_id
