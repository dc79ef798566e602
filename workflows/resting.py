"""The trajectory rests, for as long as it takes, and somebody keeps asking how it goes."""

from collections.abc import Callable
from typing import Any, TypeVar

from models import begeleiding as b
from models import messages as m
from models.case import Rest, RestingState
from models.duties import DutyKind
from workflows.commands import update
from workflows.traject import Traject

R = TypeVar("R", bound=RestingState, covariant=True)
OF_REST = (DutyKind.OPSCHORTINGSGESPREK, DutyKind.OPSCHORTINGSBESLISSING)


class Resting(Traject[R]):
    """Suspensions with a known or an unknown end."""

    opschorten = update(m.Opschorten, "Het traject rust vanaf een dag.")
    nog_opgeschort = update(m.NogOpgeschort, "Het traject rust nog.")
    opschorting_bespreken = update(b.OpschortingBespreken, "Wat een lange opschorting nu vraagt.")
    hervatten = update(m.Hervatten, "Het traject loopt weer vanaf een dag.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands that every story has, with those about resting."""
        return super().applications() | {
            m.Opschorten: self._suspend,
            m.NogOpgeschort: self._rest_on,
            b.OpschortingBespreken: self._discuss_rest,
            m.Hervatten: self._resume,
        }

    def _suspend(self, command: m.Opschorten, command_id: str) -> str:
        rest = Rest(van=command.van, tot=None, verwacht=command.tot, oorzaak=command.oorzaak)
        self.note(rests=(*self.case.state.facts.rests, rest))
        self.ask_about_rest()
        return f"Opgeschort vanaf {command.van:%d-%m-%Y}."

    def _rest_on(self, command: m.NogOpgeschort, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self.change_rest(bevestigd_op=command.datum)
        self.ask_about_rest()
        return "Het traject rust nog."

    def _discuss_rest(self, command: b.OpschortingBespreken, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id, command.keuze)
        return f"Besproken: {command.keuze.replace('_', ' ')}."

    def _resume(self, command: m.Hervatten, command_id: str) -> str:
        key = self._resumption_key()
        if key in self.duties and self.duties[key].live:
            self.duties.answer(key, command.datum, command_id)
        for duty in self.case.state.live_duties:
            if duty.kind in OF_REST:
                self.duties.withdraw(duty.key, "het traject is hervat")
        self.change_rest(tot=command.per)
        return f"Hervat vanaf {command.per:%d-%m-%Y}."

    def change_rest(self, **facts: Any) -> None:
        """Changes what is known of the suspension that has not ended yet."""
        known = self.case.state.facts
        n = known.open_rest
        assert n is not None
        rests = (*known.rests[: n - 1], known.rests[n - 1].model_copy(update=facts), *known.rests[n:])
        self.note(rests=rests)

    def ask_about_rest(self) -> None:
        """Asks how it is with a suspension that has not ended yet."""
        if self.case.state.facts.open_rest is not None:
            self.duties.open(DutyKind.HERVATTING, self._resumption_key())

    def _resumption_key(self) -> str:
        facts = self.case.state.facts
        assert facts.open_rest is not None
        base = f"hervatting/{facts.open_rest}"
        asked = [key for key in self.case.state.duties if key == base or key.startswith(f"{base}#")]
        if not asked:
            return base
        newest = asked[-1]
        return newest if self.duties[newest].live else f"{base}#{len(asked) + 1}"
