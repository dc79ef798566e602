"""The running case: its state, its duties, and the sentences in which it tells what happened."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError

from models.actors import OPERATIES, Actor
from models.case import CaseState
from models.clock import at_hour, local_date
from models.documents import DocumentFacts, DocumentOrder
from models.duties import Alarm, Duty, DutyKind, DutyStatus
from models.findings import Finding
from models.messages import Command
from models.steps import RUNG_MESSAGE, Event, MessageOrder
from rules import agenda
from rules.ladder import Rung, ladder_for, rung_day

T = TypeVar("T")
PERSON = "PERSOON"


class Case:
    """A trajectory's state with everything that may change it; nothing outside this class writes to the state."""

    def __init__(self, state: CaseState, reference: str) -> None:
        self.state = state
        self.reference = reference
        self.revision = 0
        """Goes up whenever a fact changed, so that a waiting story looks again."""
        self.stirred = True
        """Whether the pump has something to look at."""
        self.in_flight = 0
        """Calls that were made and not answered yet; a checkpoint waits for them."""

    # -- time ---------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today in Brussels, on the clock of this workflow."""
        return local_date(workflow.now())

    def waking_hour(self, day: date) -> datetime:
        """The moment of a day at which rungs and alarms happen."""
        return at_hour(day, self.state.law.at("ladder.uur", self.state.facts.start).number())

    def has_come(self, day: date | None) -> bool:
        """Whether the waking hour of that day has passed."""
        return day is not None and self.waking_hour(day) <= workflow.now()

    # -- what happened ------------------------------------------------------------------------

    def tell(
        self,
        soort: str,
        tekst: str,
        *,
        opdracht: str | None = None,
        command: Command | None = None,
        command_id: str | None = None,
        findings: tuple[Finding[Any], ...] = (),
        gegevens: dict[str, Any] | None = None,
    ) -> None:
        """Adds one event to the log of the case."""
        self.state.seq += 1
        self.state.events.append(
            Event(
                seq=self.state.seq,
                soort=soort,
                datum=command.datum if command else self.today,
                ingevoerd_op=self.today,
                tekst=tekst,
                opdracht=opdracht,
                door=command.door if command else None,
                namens=command.namens if command else None,
                command_id=command_id,
                findings=findings,
                gegevens=gegevens or {},
            )
        )
        self.stirred = True

    def changed(self) -> None:
        """Says that a fact or the phase changed: dates are computed anew and the story looks again."""
        self.revision += 1
        self.stirred = True
        self._redate()

    # -- duties -------------------------------------------------------------------------------

    def open(self, kind: DutyKind, key: str) -> Duty:
        """Gets a duty by its key or opens it, announces it once, and marks the rungs that are already past."""
        if key in self.state.duties:
            return self.state.duties[key]
        due = agenda.due_of(kind, key, self.today, self.state)
        duty = Duty(
            key=key,
            kind=kind,
            vraag=agenda.VRAAG[kind],
            addressee=agenda.owner_of(kind, self.state.facts),
            opened_on=self.today,
            due=due,
            rests_with_ledger=kind in agenda.RESTS_WITH_LEDGER,
        )
        self._keep(duty)
        self._skip_past_rungs(key)
        self._announce(duty)
        self.tell("opdracht-geopend", f"Opdracht {key} geopend: {duty.vraag}.", opdracht=key, findings=(due,))
        return duty

    def answer(self, key: str, command: Command, command_id: str, happened_on: date) -> bool:
        """Closes a duty with its answer; tells whether what it asks for happened in time."""
        duty = self.state.duties[key]
        due = duty.due.value
        in_time = due is None or happened_on <= due
        self._close(key, DutyStatus.ANSWERED, happened_on=happened_on, command_id=command_id)
        if duty.overdue_since and in_time:
            self._change(key, overdue_since=None)
            self.tell(
                "te-laat-ingetrokken", f"Opdracht {key} was op tijd en is laat ingevoerd.", opdracht=key
            )
        return in_time

    def decide(self, key: str, choice: str, command_id: str, happened_on: date) -> None:
        """Closes a repair duty with what a person chose."""
        self._close(key, DutyStatus.ANSWERED, reden=choice, happened_on=happened_on, command_id=command_id)

    def leave(self, key: str, reden: str, command_id: str | None = None) -> None:
        """Ends a duty without its answer, by the decision of a named human."""
        self._close(key, DutyStatus.EXITED, reden=reden, command_id=command_id)

    def withdraw(self, key: str, reden: str) -> None:
        """Takes a duty back because it no longer makes sense."""
        self._close(key, DutyStatus.WITHDRAWN, reden=reden)
        self.tell("opdracht-ingetrokken", f"Opdracht {key} ingetrokken: {reden}.", opdracht=key)

    def withdraw_all(self, reden: str, *, but: tuple[DutyKind, ...] = ()) -> None:
        """Takes back every live duty, but those of some kinds."""
        for duty in self.state.live_duties:
            if duty.kind not in but:
                self.withdraw(duty.key, reden)

    def restore(self, reden: str) -> None:
        """Brings back the duties that were withdrawn for this reason; their past rungs stay silent."""
        for duty in list(self.state.duties.values()):
            if duty.status is DutyStatus.WITHDRAWN and duty.reden == reden:
                back = DutyStatus.BEZIG if duty.bezig else DutyStatus.OPEN
                self._change(duty.key, status=back, closed_on=None, reden=None)
                self.tell("opdracht-hersteld", f"Opdracht {duty.key} staat weer open.", opdracht=duty.key)
                self._skip_past_rungs(duty.key)

    def rest_ladder(self, key: str, promise: Any) -> None:
        """Rests the ladder of a duty until the day its addressee promised."""
        duty = self.state.duties[key]
        self._change(key, status=DutyStatus.BEZIG, bezig=(*duty.bezig, promise))
        self._skip_past_rungs(key)

    def hand_over(self, old: Actor, new: Actor) -> None:
        """Gives every live duty of one person to another, and announces it there."""
        for duty in self.state.live_duties:
            if duty.addressee.speaks_for(old):
                self._change(duty.key, addressee=new)
                self._announce(self.state.duties[duty.key], because=f"overdracht/{self.state.seq}")

    def _close(self, key: str, status: DutyStatus, **facts: Any) -> None:
        self._change(key, status=status, closed_on=self.today, **facts)

    def _change(self, key: str, **facts: Any) -> None:
        self._keep(self.state.duties[key].model_copy(update=facts))

    def _keep(self, duty: Duty) -> None:
        self.state.duties[duty.key] = duty
        if duty.key not in self.state.touched:
            self.state.touched.append(duty.key)
        self.stirred = True

    def _redate(self) -> None:
        for duty in self.state.live_duties:
            new = agenda.due_of(duty.kind, duty.key, duty.opened_on, self.state)
            if new == duty.due:
                continue
            if new.value == duty.due.value:
                self._change(duty.key, due=new)
                continue
            self._change(duty.key, due=new, version=duty.version + 1)
            self._skip_past_rungs(duty.key)
            self.tell(
                "termijn-verschoven",
                f"Opdracht {duty.key}: {_day(duty.due.value)} wordt {_day(new.value)}.",
                opdracht=duty.key,
                findings=(duty.due, new),
            )
            if duty.overdue_since and (new.value is None or not self.is_late(new.value)):
                self._change(duty.key, overdue_since=None)
                self.tell(
                    "te-laat-ingetrokken", f"Opdracht {duty.key} is niet meer te laat.", opdracht=duty.key
                )

    # -- the ladder ---------------------------------------------------------------------------

    def is_late(self, due: date) -> bool:
        """Whether the day after a due date has come."""
        return self.has_come(agenda.day_after(due))

    def rungs(self, duty: Duty) -> list[tuple[date, Rung]]:
        """The rungs of a duty that were neither climbed nor passed, with their days, first ones first."""
        anchor = duty.anchor
        if anchor is None:
            return []
        law, ledger = self.state.law, agenda.ledger_of(duty, self.state.facts)
        closures = self.state.closures.get(duty.addressee.organisatie, ())
        ladder = ladder_for(duty.kind, law, duty.opened_on).value
        days = ((rung_day(anchor, rung, law, closures, ledger), rung) for rung in ladder)
        return sorted(
            ((day, rung) for day, rung in days if day and _mark(duty, rung) not in duty.passed),
            key=lambda pair: (pair[0], pair[1].offset),
        )

    def climb(self, duty: Duty) -> None:
        """Marks a duty late when its day has passed, and speaks with the newest rung that has come."""
        if duty.due.value and not duty.overdue_since and self.is_late(duty.due.value):
            self._change(duty.key, overdue_since=self.today)
            self.tell("te-laat", f"Opdracht {duty.key} is te laat.", opdracht=duty.key, findings=(duty.due,))
        come = [rung for day, rung in self.rungs(duty) if self.has_come(day)]
        if not come:
            return
        self._pass(duty.key, come)
        self._remind(duty, come[-1])

    def _skip_past_rungs(self, key: str) -> None:
        duty = self.state.duties[key]
        self._pass(key, [rung for day, rung in self.rungs(duty) if day <= self.today])

    def _pass(self, key: str, rungs: list[Rung]) -> None:
        duty = self.state.duties[key]
        if rungs:
            self._change(key, passed=(*duty.passed, *(_mark(duty, rung) for rung in rungs)))

    def _remind(self, duty: Duty, rung: Rung) -> None:
        to = self._hears(duty, rung)
        soort = RUNG_MESSAGE[rung.to] if rung.offset > 0 else "herinnering"
        self._message(duty, soort, to, _mark(duty, rung))
        self.tell("herinnering", f"Opdracht {duty.key}: {rung.name} naar {to.rol}.", opdracht=duty.key)

    def _hears(self, duty: Duty, rung: Rung) -> Actor:
        owner, team = duty.addressee, self.state.facts.team
        match rung.to:
            case "trekker":
                return owner
            case "team":
                return owner.model_copy(update={"medewerker": None})
            case "leiding" if team and owner.organisatie in team.leiding:
                return team.leiding[owner.organisatie]
            case _:
                return OPERATIES

    def _announce(self, duty: Duty, because: str = "open") -> None:
        self._message(duty, "aankondiging", duty.addressee, because)

    def _message(self, duty: Duty, soort: Any, to: Actor, mark: str) -> None:
        recipient = f"{to.rol}:{to.organisatie}:{to.medewerker or 'team'}"
        self.state.messages.append(
            MessageOrder(
                key=f"{workflow.info().workflow_id}/{duty.key}/{mark}/{recipient}",
                soort=soort,
                to=to,
                opdracht=duty.key,
                vraag=duty.vraag,
                due=duty.due.value,
                as_of=self.today,
            )
        )

    # -- documents and letters ------------------------------------------------------------------

    def order(self, key: str, facts: DocumentFacts) -> None:
        """Orders a document; it is rendered beside the story and stored once."""
        self.state.effects[key] = DocumentOrder(
            workflow_id=workflow.info().workflow_id,
            reference=self.reference,
            key=key,
            as_of=self.today,
            facts=facts,
        )
        self.stirred = True

    def made(self, key: str, letter: bool) -> None:
        """Notes that a document is there; a letter then goes to the person by the post office."""
        del self.state.effects[key]
        self.tell("document-gemaakt", f"Document {key} is gemaakt.", gegevens={"document": key})
        if letter:
            self.state.messages.append(
                MessageOrder(
                    key=f"{workflow.info().workflow_id}/{key}/brief",
                    soort="brief",
                    to=Actor(rol=agenda.PERSON, organisatie=PERSON),
                    as_of=self.today,
                    document=key,
                )
            )

    def left_out(self, key: str) -> None:
        """Notes that a person decided to go on without a document."""
        del self.state.effects[key]
        self.tell("document-overgeslagen", f"Document {key} is overgeslagen.", gegevens={"document": key})

    # -- waiting ------------------------------------------------------------------------------

    async def asked(self, kind: DutyKind, key: str) -> None:
        """Opens a duty if need be and waits until it is closed or something changed."""
        self.open(kind, key)
        seen = self.revision
        await workflow.wait_condition(lambda: not self.state.duties[key].live or self.revision != seen)

    async def reached(self, alarm: Alarm) -> bool:
        """Waits until the day of an alarm, and tells whether it came; a changed fact ends the wait sooner."""
        seen = self.revision
        self.state.alarm = alarm
        self.stirred = True
        await workflow.wait_condition(lambda: self.has_come(alarm.on.value) or self.revision != seen)
        self.state.alarm = None
        return self.revision == seen

    async def insist(self, what: str, call: Callable[[], Awaitable[T]]) -> T | None:
        """Makes a call until it succeeds; when its patience is over a person decides: again, or leave it out."""
        while True:
            repair = self.open_repair(what)
            if repair is None:
                try:
                    return await self.counted(call())
                except ActivityError as failure:
                    repair = self.ask_repair(what, failure)
            if await self._decided(repair) != "opnieuw":
                return None

    async def _decided(self, repair: str) -> str | None:
        """Waits for the person who decides about a repair; one withdrawn by a death may come back."""
        decided = (DutyStatus.ANSWERED, DutyStatus.EXITED)
        await workflow.wait_condition(lambda: self.state.duties[repair].status in decided)
        return self.state.duties[repair].reden

    async def counted(self, call: Awaitable[T]) -> T:
        """Awaits a call while it counts as in flight."""
        self.in_flight += 1
        try:
            return await call
        finally:
            self.in_flight -= 1
            self.stirred = True

    def open_repair(self, what: str) -> str | None:
        """The key of the repair duty for a failing call that still waits for a person."""
        keys = (d.key for d in self.state.duties.values() if d.key.startswith(f"herstel/{what}#"))
        waiting = (DutyStatus.OPEN, DutyStatus.BEZIG, DutyStatus.WITHDRAWN)
        return next((k for k in keys if self.state.duties[k].status in waiting), None)

    def ask_repair(self, what: str, failure: ActivityError) -> str:
        """Opens a repair duty for operations; it names the kind of failure, never its contents."""
        count = sum(key.startswith(f"herstel/{what}#") for key in self.state.duties)
        key = f"herstel/{what}#{count + 1}"
        kind = getattr(failure.cause, "type", None) or type(failure.cause).__name__
        self.tell("storing", f"{what}: {kind}.", opdracht=key)
        self.open(DutyKind.HERSTEL, key)
        return key


def _mark(duty: Duty, rung: Rung) -> str:
    return f"v{duty.version}.{len(duty.bezig)}/{rung.name}"


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else "rust"
