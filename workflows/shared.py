"""What most stories share: openings that come by themselves, and how they end."""

from collections.abc import Callable
from typing import Any

from models import messages as m
from models.case import State
from models.duties import DutyKind
from models.phases import ZonderBetrokkene
from rules.agenda import numbered
from rules.openings import Opening
from workflows.case import S
from workflows.commands import update
from workflows.traject import Traject


class Handled(Traject[S]):
    """A trajectory that opens what comes next, and closes when its window has passed."""

    afronden_zonder_betrokkene = update(m.AfrondenZonderBetrokkene, "Slotnota na een overlijden.")

    def next_opening(self) -> Opening | None:
        """What opens by itself next; each story says so."""
        raise NotImplementedError

    def close_without_person(self, phase: ZonderBetrokkene) -> None:
        """Enters the phase in which a story is closed after a death; each story says so."""
        raise NotImplementedError

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands that every story has, with the closing note."""
        return super().applications() | {m.AfrondenZonderBetrokkene: self._note_closing}

    async def go_on(self) -> bool:
        """Waits for what opens next and opens it; tells whether it was the end that came."""
        opening = self.next_opening()
        if opening is None:
            await self.case.changed()
            return False
        if not await self.case.reached(opening.alarm):
            return False
        if opening.kind is None:
            return True
        self.duties.open(opening.kind, opening.key)
        return False

    async def stay_open(self, told: str) -> None:
        """Keeps a closed trajectory until its window has passed and nobody owes anything."""
        if await self.go_on() and await self.duties.all_closed():
            self.case.tell("beeindigd", told)
            self.pump.ending = True

    async def conclude_without_person(self, phase: ZonderBetrokkene) -> None:
        """Waits for the closing note, the only thing still owed after a death."""
        state: State = self.case.state
        notes = [duty for duty in state.duties.values() if duty.kind is DutyKind.AFRONDING]
        if notes and not notes[-1].live:
            self.close_without_person(phase)
            self.duties.facts_changed()
        else:
            await self.duties.ask(DutyKind.AFRONDING, numbered("afronding", len(notes) or 1))

    def answer(self, command: m.Answer, command_id: str, choice: str | None = None) -> None:
        """Closes the duty that a command answers."""
        self.duties.answer(command.opdracht, command.datum, command_id, choice)

    def _note_closing(self, command: m.AfrondenZonderBetrokkene, command_id: str) -> str:
        self.answer(command, command_id)
        return "De slotnota is er; het dossier wordt afgesloten."
