"""Days that are put right after they came: the record is asked about them, and what cannot be is put back."""

from contextlib import suppress

from temporalio import workflow

from models.ama_orders import Begin
from models.ama_verloop import Rechtzetting
from models.messages import Rechtzetten
from rules import ama_rechtzetten
from rules.corrections import NotCorrectable
from workflows.ama_chapter import CONDITIONS
from workflows.ama_placing import Placing


class Correcting(Placing):
    """A first day or a last day put right has the same to answer for as one that was agreed in time."""

    def _correct(self, command: Rechtzetten, command_id: str) -> str:
        needed = ama_rechtzetten.needs_a_look(command, self.case.state)
        told = super()._correct(command, command_id)
        if needed:
            self._look_later(Rechtzetting(veld=command.veld, oud=command.oud, nieuw=command.nieuw))
        if ama_rechtzetten.falls_beside_vaph(command, self.case.state):
            self.ask_follow_up(CONDITIONS)
        return told

    def _look_later(self, right: Rechtzetting) -> None:
        """Of one day that was put right twice before anybody looked, the first value is the one to go back to."""
        waiting = self.case.state.facts.te_herzien
        before = next((each for each in waiting if (each.veld, each.nieuw) == (right.veld, right.oud)), None)
        if before is None:
            self.note(te_herzien=(*waiting, right))
        else:
            both = right.model_copy(update={"oud": before.oud})
            self.note(te_herzien=tuple(both if each is before else each for each in waiting))

    async def look_again(self) -> None:
        """Asks the record about the first day that was put right, and puts it back where it cannot be."""
        right = self.case.state.facts.te_herzien[0]
        order = ama_rechtzetten.look(right, self.case.state, workflow.info().workflow_id)
        what = f"herzien-{right.veld}"
        found = await self.repairs.insist(what, lambda: self.calls.look_again(order), self.left())
        first, *rest = self.case.state.facts.te_herzien
        if first != right:
            return  # it was put right once more meanwhile
        self.note(te_herzien=tuple(rest))
        if found is not None and found.bezwaren:
            self._put_back(right, found)
        self.duties.facts_changed()

    def _put_back(self, right: Rechtzetting, found: Begin) -> None:
        back = Rechtzetten(
            datum=self.case.today, veld=right.veld, oud=right.nieuw, nieuw=right.oud, waarom="kan niet"
        )
        with suppress(NotCorrectable):  # what ended or changed meanwhile stands
            self.case.state.facts, self.case.state.phase = self.case.book.corrected(back, self.case.state)
        why = " ".join(each.reden for each in found.bezwaren)
        self.case.tell(
            "rechtzetting-teruggedraaid",
            f"{right.veld} staat weer op {right.oud}. {why}",
            findings=found.bezwaren,
        )
        told = "Een rechtzetting kon niet en is teruggedraaid: kijk met `dossier tijdlijn`"
        self.tell_begeleider(f"teruggedraaid/{self.case.state.seq}", told)
