"""How a command is received: who speaks, whether it may be said here and now, and the same answer at a repeat."""

from typing import Any, TypeVar

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models.actors import OPERATIES, Actor, Rol
from models.case import State
from models.commands import command_name
from models.errors import Refusal
from models.findings import Finding, Verdict
from models.messages import (
    COMMAND_ID_PREFIX,
    Answer,
    Command,
    OpdrachtBesluiten,
    Outcome,
)
from workflows.case import Case

C = TypeVar("C", bound=Command)
OUTCOMES_KEPT = 1000


def update(kind: type[C], description: str) -> Any:
    """An Update handler for one kind of command, with its validator; the class attribute's name is the Update's."""

    def receive(self: Any, bericht: C) -> Outcome:
        return self.accept(bericht)  # type: ignore[no-any-return]

    def check(self: Any, bericht: C) -> None:
        self.check(bericht)

    for function in (receive, check):
        function.__annotations__ = {"bericht": kind}
    receive.__annotations__["return"] = Outcome
    receive.__doc__ = description
    handler = workflow.update(name=command_name(kind), description=description)(receive)
    handler.validator(check)
    return handler


class Reception:
    """Checks a command against phase, speaker, contents and law, and remembers what it answered."""

    def __init__(self, case: Case[State]) -> None:
        self._case = case
        self._book = case.book

    def check(self, raw: Command) -> None:
        """Refuses with an ApplicationError that names field and article; a known command id always passes."""
        if self.known() is not None:
            return
        command = self.signed(raw)
        speaker = command.namens or command.door
        assert speaker is not None
        state = self._case.state
        if not self._book.in_phase(command, state):
            raise _refused(
                Refusal.VERKEERDE_FASE, f"{command_name(type(command))} kan niet in fase {state.phase.fase}"
            )
        if isinstance(command, Answer):
            self._check_duty(command, speaker)
        elif not self._may_send(speaker, command):
            raise _refused(Refusal.NIET_VAN_U, "deze rol of organisatie mag dit niet melden", veld="namens")
        for complaint in self._book.complaints(command, state, self._case.today):
            raise _refused(Refusal.ONGELDIG, f"{complaint.veld}: {complaint.reden}", veld=complaint.veld)
        self._check_findings(command)

    def _may_send(self, speaker: Actor, command: Command) -> bool:
        book, state = self._book, self._case.state
        return book.may_send(speaker, command, state) and book.of_the_file(speaker, state, self._case.today)

    def _check_duty(self, command: Answer, speaker: Actor) -> None:
        state = self._case.state
        duty = state.duties.get(command.opdracht)
        if duty is None or not (duty.live or self._book.answered_late(command, duty, state)):
            raise _refused(Refusal.NIET_OPEN, "opdracht: staat niet open", veld="opdracht")
        if duty.kind not in self._book.answers[type(command)]:
            raise _refused(Refusal.ONGELDIG, "opdracht: vraagt een ander antwoord", veld="opdracht")
        if not self._book.may_answer(speaker, duty, command, state):
            raise _refused(Refusal.NIET_VAN_U, "deze opdracht is van iemand anders", veld="namens")

    def _check_findings(self, command: Command) -> None:
        for found in self._book.findings_against(command, self._case.state, self._case.today):
            if found.verdict is Verdict.HARD:
                raise _refused(Refusal.HARDE_REGEL, found.reden, found=found)
            if found.verdict is Verdict.ZACHT and not command.reden:
                raise _refused(Refusal.REDEN_NODIG, found.reden, veld="reden", found=found)

    def signed(self, command: C) -> C:
        """The command with its speaker: what was typed into the Temporal UI is operations, *namens* whom it names."""
        door, namens = command.door, command.namens
        if not self.command_id().startswith(COMMAND_ID_PREFIX):
            namens = namens or (door if door and door.rol is not Rol.OPERATIES else None)
            door = OPERATIES
        if door is None:
            raise _refused(Refusal.ONGELDIG, "door: ontbreekt", veld="door")
        if namens is None and door.rol is Rol.OPERATIES and isinstance(command, Answer):
            namens = self._owner(command)
        if namens is not None and namens != door and door.rol is not Rol.OPERATIES:
            raise _refused(Refusal.NIET_VAN_U, "alleen operaties antwoorden namens iemand", veld="namens")
        return command.model_copy(update={"door": door, "namens": namens})

    def _owner(self, command: Answer) -> Actor | None:
        """For whom operations answer when they do not say so: whoever owes the duty; an exit is their own decision."""
        duty = self._case.state.duties.get(command.opdracht)
        if duty is None or duty.addressee.rol is Rol.OPERATIES or isinstance(command, OpdrachtBesluiten):
            return None
        return duty.addressee

    def command_id(self) -> str:
        """The id of the command at hand, which is the id of its Update."""
        info = workflow.current_update_info()
        assert info is not None
        return info.id

    def known(self) -> Outcome | None:
        """What was answered to this command before."""
        return self._case.state.outcomes.get(self.command_id())

    def remember(self, samenvatting: str, gevolgen: tuple[str, ...] = ()) -> Outcome:
        """Keeps the answer by command id, the oldest giving way, and returns it."""
        outcomes = self._case.state.outcomes
        outcome = Outcome(command_id=self.command_id(), samenvatting=samenvatting, gevolgen=gevolgen)
        outcomes[outcome.command_id] = outcome
        while len(outcomes) > OUTCOMES_KEPT:
            del outcomes[next(iter(outcomes))]
        return outcome


def weighed(command: Command, case: Case[State]) -> tuple[Finding[Any], ...]:
    """The findings that spoke about a command, kept with the event even when they had nothing against it."""
    return case.book.findings_against(command, case.state, case.today)


def _refused(
    kind: Refusal, message: str, *, veld: str | None = None, found: Finding[Any] | None = None
) -> ApplicationError:
    detail = {
        "veld": veld,
        "artikel": found.article if found else None,
        "regel": found.rule if found else None,
        "parameters": [f"{p.name} = {p.value} ({p.status})" for p in found.parameters] if found else [],
    }
    text = f"{message} ({found.article})" if found else message
    return ApplicationError(text, detail, type=str(kind), non_retryable=True)
