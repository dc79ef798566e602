"""The pump: the only timer and the only projection of a trajectory, beside the story it keeps awake."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError

from models.actors import OPERATIES, Actor
from models.case import State
from models.documents import BeslissingAanvrager, DocumentFacts, TrajectplanCoordinator
from models.duties import Alarm
from models.follow_up import AfzenderMelden, Doorgiftemelding
from models.law import LawOrder, changes
from models.steps import Step
from rules import agenda
from workflows import screens
from workflows.calls import LAW_AHEAD, LAW_REACH, RECORD_AGAIN, Calls
from workflows.case import Case
from workflows.duties import Duties
from workflows.repairs import Repairs

LETTERS = (
    "kennismaking_tandem",
    "plan_kopie",
    "stopzetting",
    "weigering_verlenging",
    "eindadvies_kopie",
    "onvolledig",
    "beslissing",
    "onthaal_kennismaking",
    "onbereikbaar",
    "overeenkomst_kopie",
)
"""The documents that go to the person by the post office."""
RECORD = "vastleggen"
LAW = "wet"
REPORT = "melden"


class Pump:
    """Climbs ladders, carries out what was ordered, tells the record, and sleeps until the next deadline."""

    def __init__(self, case: Case[State], duties: Duties, repairs: Repairs, calls: Calls) -> None:
        self._case = case
        self._duties = duties
        self._repairs = repairs
        self._calls = calls
        self._timer: asyncio.Task[None] | None = None
        self._armed_for: datetime | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._record_again: datetime | None = None
        self.checkpoint_wanted = False
        self.ending = False

    @property
    def _state(self) -> State:
        return self._case.state

    async def run(self) -> None:
        """Works until the trajectory ended or a checkpoint is due; whatever fails in it surfaces here."""
        while True:
            self._case.stirred = False
            self._duties.climb()
            self._carry_out()
            screens.show(self._case, self._next_deadline())
            if self._must_record():
                await self._record()
                continue
            if self._may_leave():
                return
            self._arm()
            await workflow.wait_condition(lambda: self._case.stirred or self._may_leave())

    def _may_leave(self) -> bool:
        """A checkpoint carries over what the record has not heard yet; an ended trajectory tells it first."""
        if self._case.in_flight or self._must_record():
            return False
        if self.ending:
            return not self._news()
        return self.checkpoint_wanted or workflow.info().is_continue_as_new_suggested()

    def _news(self) -> bool:
        state = self._state
        return bool(state.in_hand or state.events or state.touched or state.messages or state.letters)

    def _must_record(self) -> bool:
        return self._news() and not self._rests()

    def _rests(self) -> bool:
        """Whether telling the record failed a while ago; a decision about its repair wakes it at once."""
        failed = self._record_again is not None and workflow.now() < self._record_again
        return failed and self._repairs.waiting(RECORD) is not None

    async def _record(self) -> None:
        state = self._state
        state.in_hand = state.in_hand or self._take_step()
        step = state.in_hand
        try:
            told = await self._case.counted(self._calls.record(step, screens.step_summary(step)))
        except ActivityError as failure:
            self._record_again = workflow.now() + RECORD_AGAIN
            if self._repairs.waiting(RECORD) is None:
                self._repairs.ask(RECORD, failure)
            return
        state.in_hand, self._record_again = None, None
        state.closures = told.closures
        self._repairs.resolved(RECORD)

    def _take_step(self) -> Step:
        state = self._state
        state.steps += 1
        step = Step(
            workflow_id=workflow.info().workflow_id,
            reference=self._case.reference,
            number=state.steps,
            as_of=self._case.today,
            events=tuple(state.events),
            duties=tuple(state.duties[key] for key in state.touched),
            messages=tuple(state.messages),
            letters=state.letters,
            toestemmingen=tuple(state.toestemmingen),
            stand=screens.stand(self._case, self._next_deadline()),
        )
        state.events, state.touched, state.messages, state.letters = [], [], [], None
        state.toestemmingen = []
        return step

    def _carry_out(self) -> None:
        for key, task in list(self._running.items()):
            if task.done():
                del self._running[key]
                task.result()
        if (document := self._next_document()) is not None:
            self._running[document] = asyncio.create_task(self._render(document))
        if self._state.meldingen and REPORT not in self._running:
            self._running[REPORT] = asyncio.create_task(self._report(self._state.meldingen[0]))
        if LAW not in self._running and (self._state.law_to_review or self._law_runs_out()):
            self._running[LAW] = asyncio.create_task(self._read_law())

    def _next_document(self) -> str | None:
        """Documents are made one by one, as they were ordered; one that waits for a person holds up no other."""
        for key in self._state.effects:
            if key not in self._running:
                return key
            if self._repairs.waiting(key) is None:
                return None
        return None

    async def _render(self, key: str) -> None:
        order = self._state.effects[key]
        made = await self._repairs.insist(key, lambda: self._calls.document(order))
        if made is None:
            self._case.left_out(key)
        else:
            facts = order.facts
            informs = _informed_by(facts)
            self._case.made(key, letter=facts.soort in LETTERS, informs=informs)

    async def _report(self, melding: Doorgiftemelding) -> None:
        """Tells whoever asked for this trajectory, one message after another; a person may leave one out."""
        order = AfzenderMelden(workflow_id=workflow.info().workflow_id, melding=melding)
        await self._repairs.insist(REPORT, lambda: self._calls.sender(order))
        self._state.meldingen.remove(melding)

    def _law_runs_out(self) -> bool:
        return self._case.today + LAW_AHEAD > self._state.law.horizon

    async def _read_law(self) -> None:
        state, review = self._state, self._state.law_to_review
        horizon = state.law.horizon if review else self._case.today + LAW_REACH
        order = LawOrder(as_of=state.facts.start, horizon=horizon, lijsten=bool(state.law.codes))
        law = await self._repairs.insist(LAW, lambda: self._calls.law(order))
        if review == self._state.law_to_review:
            self._state.law_to_review = None
        if law is None:
            return
        if review is None:
            self._state.law = self._state.law.extended(law)
            return
        differences = tuple(changes(self._state.law, law))
        self._state.law = law
        self._case.tell(
            "parameters-herzien",
            f"Parameters en vrije dagen herzien: {len(differences)} wijziging(en).",
            command_id=review,
            gegevens={"wijzigingen": list(differences)},
        )
        self._duties.facts_changed()

    def _arm(self) -> None:
        alarm = self._next_alarm()
        deadline = self._moment(alarm) if alarm else None
        if deadline == self._armed_for and (self._timer is None) == (deadline is None):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._armed_for = deadline
        self._timer = None
        if alarm is not None and deadline is not None:
            self._timer = asyncio.create_task(self._ring(deadline, screens.timer_summary(alarm)))

    async def _ring(self, deadline: datetime, summary: str) -> None:
        await workflow.sleep(max(deadline - workflow.now(), timedelta(0)), summary=summary)
        self._timer, self._armed_for = None, None
        self._case.stirred = True

    def _next_deadline(self) -> datetime | None:
        alarm = self._next_alarm()
        return self._moment(alarm) if alarm else None

    def _moment(self, alarm: Alarm) -> datetime:
        if alarm.key == RECORD and self._record_again is not None:
            return self._record_again
        assert alarm.on.value is not None
        return self._case.waking_hour(alarm.on.value)

    def _next_alarm(self) -> Alarm | None:
        dated = [alarm for alarm in self._alarms() if alarm.on.value is not None]
        return min(dated, key=lambda alarm: (self._moment(alarm), alarm.key), default=None)

    def _alarms(self) -> Iterator[Alarm]:
        if self._state.alarm is not None:
            yield self._state.alarm
        for duty in self._state.live_duties:
            if duty.due.value is not None and not duty.overdue_since:
                yield Alarm(
                    key=duty.key,
                    owner=duty.addressee,
                    on=agenda.as_of(duty.due, agenda.day_after(duty.due.value)),
                )
            for day, _ in self._duties.rungs(duty)[:1]:
                yield Alarm(key=duty.key, owner=duty.addressee, on=agenda.as_of(duty.due, day))
        if self._record_again is not None:
            yield Alarm(key=RECORD, owner=OPERATIES, on=agenda.again(self._case.today))


def _informed_by(facts: DocumentFacts) -> Actor | None:
    """Who gets a notice that a document is there for them."""
    match facts:
        case TrajectplanCoordinator():
            return facts.team.netwerkcoordinator
        case BeslissingAanvrager():
            return facts.aanvrager
    return None
