"""The running case: its state, its clock, and the sentences in which it tells what happened."""

from collections.abc import Awaitable
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from temporalio import workflow

from models.actors import Actor, Rol
from models.case import State
from models.clock import at_hour, local_date
from models.documents import DocumentFacts, DocumentOrder
from models.duties import Alarm
from models.findings import Finding
from models.messages import Command
from models.steps import Event, MessageOrder
from rules.rulebook import Rulebook

T = TypeVar("T")
S = TypeVar("S", bound=State, covariant=True)
PERSON = Actor(rol=Rol.DEELNEMER, organisatie="PERSOON")
"""The participant as the recipient of a letter."""


class Case(Generic[S]):
    """What a trajectory knows, what day it is, and what it has to tell the record."""

    def __init__(self, state: S, reference: str, book: Rulebook) -> None:
        self.state = state
        self.book = book
        self.reference = reference
        self.revision = 0
        """Goes up whenever a fact changed, so that a waiting story looks again."""
        self.stirred = True
        """Whether the pump has something to look at."""
        self.in_flight = 0
        """Calls that were made and not answered yet; a checkpoint waits for them."""

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

    def lead_with_last(self, position: int) -> None:
        """Puts the last event told at a position, so that a command is read before what followed from it."""
        *rest, last = self.state.events[position:]
        first = rest[0].seq if rest else last.seq
        told = [last, *rest]
        self.state.events[position:] = [e.model_copy(update={"seq": first + n}) for n, e in enumerate(told)]

    def send(self, order: MessageOrder) -> None:
        """Puts a message among what the record is told next; the post office sends it."""
        self.state.messages.append(order)
        self.stirred = True

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

    def made(self, key: str, *, letter: bool, informs: Actor | None = None) -> None:
        """Notes that a document is there; a letter then goes to the person, a notice to whom it informs."""
        del self.state.effects[key]
        self.state.made += (key,)
        self.tell("document-gemaakt", f"Document {key} is gemaakt.", gegevens={"document": key})
        if letter:
            brief = f"{workflow.info().workflow_id}/{key}/brief"
            self.send(MessageOrder(key=brief, soort="brief", to=PERSON, as_of=self.today, document=key))
        if informs is not None:
            self.send(
                MessageOrder(
                    key=f"{workflow.info().workflow_id}/{key}/kennisgeving",
                    soort="kennisgeving",
                    to=informs,
                    opdracht=key,
                    vraag=f"Ter kennisname: document {key} staat klaar",
                    as_of=self.today,
                    document=key,
                )
            )

    def left_out(self, key: str) -> None:
        """Notes that a person decided to go on without a document."""
        del self.state.effects[key]
        self.tell("document-overgeslagen", f"Document {key} is overgeslagen.", gegevens={"document": key})

    async def reached(self, alarm: Alarm) -> bool:
        """Waits until the day of an alarm, and tells whether it came; a changed fact ends the wait sooner."""
        seen = self.revision
        if alarm.on.value is not None and alarm.on.value <= self.today:
            return True
        self.state.alarm = alarm
        self.stirred = True
        await workflow.wait_condition(lambda: self.has_come(alarm.on.value) or self.revision != seen)
        self.state.alarm = None
        return self.revision == seen

    async def changed(self) -> None:
        """Waits until a fact changed."""
        seen = self.revision
        await workflow.wait_condition(lambda: self.revision != seen)

    async def counted(self, call: Awaitable[T]) -> T:
        """Awaits a call while it counts as in flight."""
        self.in_flight += 1
        try:
            return await call
        finally:
            self.in_flight -= 1
            self.stirred = True
