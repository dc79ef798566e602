"""What every story has in common: how it lives, checkpoints and ends, and the commands that are always possible."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from typing import Any, Generic

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models import messages as m
from models.case import Beginning, Closed
from models.commands import command_name
from models.duties import Bezig, DutyKind
from models.findings import Finding, Verdict
from models.follow_up import Begonnen, Vervolg
from models.mail import Bounce
from models.messages import Outcome
from models.phases import Phase, ZonderBetrokkene
from models.steps import LetterHold
from rules import agenda
from rules.rulebook import Rulebook
from workflows.calls import Calls
from workflows.case import Case, S
from workflows.commands import Reception, update, weighed
from workflows.duties import Duties
from workflows.pump import Pump
from workflows.repairs import Repairs

MESSAGE_REPAIR = "herstel/bericht/"
"""Of a message that did not arrive; when that of the repair itself does not arrive either, nothing more is sent."""


NAMED: dict[str, str] = {
    "arbeidsmatige_activiteiten": "De aanmelding voor AMA bij een begeleider",
    "ama_se": "De weg naar AMA in de sociale economie",
}
"""What begins of an AMA: its first day is agreed later."""
VEILED = "vertrouwelijk"
"""What an event is called when the name of its command would tell too much."""


class Traject(Generic[S]):
    """A trajectory: one case, one pump that keeps its dates, and one story that says what comes next."""

    def __init__(self, start: Beginning, state: S, book: Rulebook) -> None:
        """Builds everything before any command arrives; a checkpoint hands over the whole state."""
        self._start = start
        self.case = Case(state, start.reference, book)
        self.duties = Duties(self.case)
        self.repairs = Repairs(self.case, self.duties)
        self.calls = Calls(start.patience)
        self.pump = Pump(self.case, self.duties, self.repairs, self.calls)
        self._reception = Reception(self.case)
        self._apply = self.applications()

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """What each command does, by its class; each answers with one Dutch sentence."""
        return {
            m.HerstelBeslissen: self._decide_repair,
            m.OpdrachtBezig: self._promise,
            m.OpdrachtBesluiten: self._end_duty,
            m.Rechtzetten: self._correct,
            m.Afspraak: self._note_appointment,
            m.Contactnota: self._note_contact,
            m.Overleden: self._note_death,
            m.OverledenOngedaan: self._undo_death,
            m.HerzieParameters: self._review_law,
        }

    async def live(self, story: Callable[[], Awaitable[None]]) -> Closed:
        """Tells the story beside the pump until it ends or a checkpoint is due; what fails in either surfaces."""
        pump = asyncio.create_task(self.pump.run())
        told = asyncio.create_task(self._tell(story))
        for task in await self._first_done(pump, told):
            task.result()
        await pump
        told.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        if not self.pump.ending:
            self._checkpoint()
        await self.pump.run()  # what a last command brought while the first pump left
        return self.closed()

    def closed(self) -> Closed:
        """How the trajectory ended for good."""
        phase = self.case.state.phase
        einde = self.case.book.last_day_of(self.case.state)
        return Closed(reference=self._start.reference, einde=einde or self.case.today, vorm=phase.fase)

    async def _first_done(self, *tasks: asyncio.Task[None]) -> list[asyncio.Task[None]]:
        """Waits for one of them; a cancellation asked in the Temporal UI is noted and ends nothing."""
        while True:
            try:
                done, _ = await workflow.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                return done
            except asyncio.CancelledError:
                self.case.tell(
                    "annulering-geweigerd", "Annuleren beëindigt geen traject; gebruik stopzetten."
                )

    async def _tell(self, story: Callable[[], Awaitable[None]]) -> None:
        while not self.pump.ending:
            await story()

    def _checkpoint(self) -> None:
        again = self._start.model_copy(update={"state": self.case.state, "law": None})
        workflow.continue_as_new(again, memo=dict(workflow.memo()))

    @workflow.signal(name="checkpoint", description="Begin een nieuwe run met dezelfde stand.")
    def checkpoint(self) -> None:
        """Asks for a fresh run; nothing in the record changes by it."""
        self.pump.checkpoint_wanted = True
        self.case.stirred = True

    @workflow.signal(
        name="bericht_teruggekeerd", description="Een bericht kwam niet aan bij wie het moest krijgen."
    )
    def message_returned(self, bounce: Bounce) -> None:
        """Opens a duty for operations to find another way to reach the addressee, once a message."""
        about = bounce.key.removeprefix(f"{bounce.workflow_id}/")
        after_death = isinstance(self.case.state.phase, ZonderBetrokkene)  # the outbox row says it bounced
        if not after_death and not about.startswith(MESSAGE_REPAIR):
            self.duties.open(DutyKind.HERSTEL, f"{MESSAGE_REPAIR}{about}")

    def check(self, bericht: m.Command) -> None:
        """Refuses a command that may not be sent here and now."""
        self._reception.check(bericht)

    def accept(self, bericht: m.Command) -> Outcome:
        """Applies a command once; a repeat gets the answer of the first time."""
        if known := self._reception.known():
            return known
        command = self._reception.signed(bericht)
        command_id = self._reception.command_id()
        book = self.case.book
        secret, veil = isinstance(command, book.confidential), book.veiled.get(type(command))
        heard = () if secret else weighed(command, self.case)
        private = tuple(each for each in heard if each.rule in book.private_rules)
        before, position = self._dates(), len(self.case.state.events)
        told = self._apply[type(command)](command, command_id)
        self.case.tell(
            VEILED if veil else command_name(type(command)),
            veil or told,
            opdracht=command.opdracht if isinstance(command, m.Answer) else None,
            command=command,
            command_id=command_id,
            findings=tuple(each for each in heard if each not in private),
            gegevens={} if secret else _told(command, private),
        )
        self.case.lead_with_last(position)
        self.duties.facts_changed()
        return self._reception.remember(told, self._consequences(command, before))

    def _dates(self) -> dict[str, str]:
        return {c.naam: str(c.on.value or "rust") for c in self.case.book.current_dates(self.case.state)}

    def _consequences(self, command: m.Command, before: dict[str, str]) -> tuple[str, ...]:
        after = self._dates()
        moved = tuple(
            f"{naam}: {before[naam]} wordt {after[naam]}"
            for naam in before
            if naam in after and before[naam] != after[naam]
        )
        if isinstance(command, m.Rechtzetten) and moved:
            again = tuple(f"bekijk of document {key} opnieuw moet" for key in self.case.state.made)
            consequences = (*moved, *again)
            self.case.state.gevolgen += consequences
            self.case.tell(
                "gevolgen", f"{len(moved)} datum(s) verschoven.", gegevens={"gevolgen": consequences}
            )
            return consequences
        return moved

    herstel_beslissen = update(m.HerstelBeslissen, "Operaties beslissen over een oproep die bleef mislukken.")
    opdracht_bezig = update(m.OpdrachtBezig, "Wie de opdracht heeft is bezig en zegt tegen wanneer.")
    opdracht_besluiten = update(m.OpdrachtBesluiten, "Een mens beëindigt een opdracht zonder antwoord.")
    rechtzetten = update(m.Rechtzetten, "Een verkeerd ingevoerd feit krijgt zijn juiste waarde.")
    afspraak = update(m.Afspraak, "Een afspraak en wat ervan kwam.")
    contactnota = update(m.Contactnota, "Eén regel over een contact.")
    overleden = update(m.Overleden, "De deelnemer is overleden.")
    overleden_ongedaan = update(m.OverledenOngedaan, "Het overlijden was verkeerd ingevoerd.")
    herzie_parameters = update(m.HerzieParameters, "Neem de wettentabellen over zoals ze nu zijn.")

    def _decide_repair(self, command: m.HerstelBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id, command.keuze)
        return f"Beslist over {command.opdracht}: {command.keuze}."

    def _promise(self, command: m.OpdrachtBezig, command_id: str) -> str:
        promise = Bezig(verwacht_op=command.verwacht_op, reden=command.toelichting)
        self.duties.rest_until(command.opdracht, promise)
        return f"Opdracht {command.opdracht} is bezig, verwacht op {command.verwacht_op:%d-%m-%Y}."

    def _end_duty(self, command: m.OpdrachtBesluiten, command_id: str) -> str:
        self.duties.leave(command.opdracht, "beslist door een mens", command_id)
        self.duty_left(command.opdracht)
        return f"Opdracht {command.opdracht} is zonder antwoord beëindigd."

    def duty_left(self, key: str) -> None:
        """What follows when a human ended a duty without its answer; a story says so where something does."""

    def _correct(self, command: m.Rechtzetten, command_id: str) -> str:
        state = self.case.state
        state.facts, state.phase = self.case.book.corrected(command, state)
        key = command.veld.removesuffix(".datum")
        if key in self.duties:
            self.duties.happened(key, date.fromisoformat(command.nieuw))
        return f"Rechtgezet: {command.veld}."

    def _note_appointment(self, command: m.Afspraak, command_id: str) -> str:
        return f"Afspraak op {command.gepland_op:%d-%m-%Y}: {command.uitkomst}."

    def _note_contact(self, command: m.Contactnota, command_id: str) -> str:
        return "Contactnota toegevoegd."

    def _note_death(self, command: m.Overleden, command_id: str) -> str:
        state = self.case.state
        self.duties.withdraw_all(f"overleden ({command_id})")
        state.letters = LetterHold(command_id=command_id, hold=True, overleden_op=command.overleden_op)
        assert not isinstance(state.phase, ZonderBetrokkene)
        self.enter(
            ZonderBetrokkene(overleden_op=command.overleden_op, command_id=command_id, vorige=state.phase)
        )
        self.ask_closing_note()
        return "Overlijden gemeld; brieven aan de persoon zijn tegengehouden."

    def ask_closing_note(self) -> None:
        """The one thing that is still owed after a death; a story that another one concludes asks nothing."""
        before = sum(duty.kind is DutyKind.AFRONDING for duty in self.case.state.duties.values())
        self.duties.open(DutyKind.AFRONDING, agenda.numbered("afronding", before + 1))

    def _undo_death(self, command: m.OverledenOngedaan, command_id: str) -> str:
        phase = self.case.state.phase
        death = phase if isinstance(phase, ZonderBetrokkene) else getattr(phase, "overlijden", None)
        assert isinstance(death, ZonderBetrokkene)
        self.duties.withdraw_all("overlijden ongedaan gemaakt", but=(DutyKind.HERSTEL,))
        self.enter(death.vorige)
        self.case.state.letters = LetterHold(command_id=death.command_id, hold=False, overleden_op=None)
        self.duties.restore(f"overleden ({death.command_id})")
        return "Het overlijden is ongedaan gemaakt; wat het introk staat er weer."

    def _review_law(self, command: m.HerzieParameters, command_id: str) -> str:
        self.case.state.law_to_review = command_id
        return "De parameters worden herzien."

    def note(self, **facts: Any) -> None:
        """Changes facts of the case."""
        self.case.state.facts = self.case.state.facts.model_copy(update=facts)

    def next_document(self, base: str) -> str:
        """The first key of a document that was neither made nor ordered yet."""
        known, n = {*self.case.state.made, *self.case.state.effects}, 1
        while agenda.numbered(base, n) in known:
            n += 1
        return agenda.numbered(base, n)

    async def tell_other(self, workflow_id: str, signal: str, told: Any) -> None:
        """Sends a signal to another trajectory; one that has ended needs no answer."""
        with suppress(ApplicationError):
            await self.reach(workflow_id, signal, told)

    async def reach(self, workflow_id: str, signal: str, told: Any) -> None:
        """Sends a signal to another trajectory; raises ApplicationError where it does not run."""
        other = workflow.get_external_workflow_handle(workflow_id)
        await self.case.counted(other.signal(signal, told))

    async def begin_next(self, order: Vervolg, noted: Callable[[Begonnen | None], None]) -> None:
        """Begins what follows, once, and notes it; what keeps failing a person decides, and may leave out.

        Nothing is noted when the phase was left meanwhile: what was called for is pointless then.
        """
        left = self.left()
        begun = await self.repairs.insist(f"start-{order.soort}", lambda: self.calls.follow_up(order), left)
        if begun is None and left():
            return
        noted(begun)
        if begun is None:
            told = f"Er is beslist om geen {order.soort.replace('_', ' ')} te starten."
            self.case.tell("niet-gestart", told)
            return
        named = NAMED.get(order.soort)
        self.case.tell(
            "traject-gestart",
            f"{named or f'Een {order.soort}'} is gestart op {begun.begin:%d-%m-%Y}.",
            gegevens={
                **({"soort": order.soort} if named else {}),
                "workflow_id": begun.workflow_id,
                "begin": begun.begin.isoformat(),
            },
        )
        self.duties.facts_changed()

    def left(self) -> Callable[[], bool]:
        """Whether the phase the case is in now has been left since: what it called for is pointless then."""
        phase = self.case.state.phase.fase
        return lambda: self.case.state.phase.fase != phase

    def enter(self, phase: Phase) -> None:
        """Moves the case to another phase and says so."""
        self.case.state.phase = phase
        self.case.tell("fase", f"Fase {phase.fase}.", gegevens={"fase": phase.fase})


def _told(command: m.Command, private: tuple[Finding[Any], ...]) -> dict[str, Any]:
    """What the event of a command repeats of it; the reason for what only its sender heard stays with the sender."""
    left_out = {"datum", "door", "namens", "opdracht"}
    if any(found.verdict is not Verdict.OK for found in private):
        left_out.add("reden")
    return command.model_dump(mode="json", exclude=left_out)
