"""Chapter five: the money of a trajectory, which everybody may see and nobody withholds on a guess."""

from collections.abc import Callable
from typing import Any

from models import documents as d
from models import messages as m
from models import vergoeding as v
from models.phases import Afgesloten
from models.verloop import Betaling, Betwisting, Gehoord, Terugvordering
from rules import agenda
from workflows.chapter import Chapter
from workflows.commands import update


class Paying(Chapter):
    """Other payments, the verdeelstaat, disputes, hearings and recoveries."""

    andere_vergoeding = update(v.AndereVergoeding, "Een andere vergoeding voor dezelfde acties (art. 21).")
    verdeelstaat_indienen = update(v.VerdeelstaatIndienen, "Hoe de vergoeding is verdeeld (art. 18).")
    vergoeding_betwisten = update(v.VergoedingBetwisten, "Een lijn wordt betwist.")
    hoorzitting = update(v.Hoorzitting, "Een organisatie is gehoord (art. 26-27).")
    terugvordering_beslissen = update(
        v.TerugvorderingBeslissen, "Een lijn wordt teruggevorderd (art. 26-27)."
    )

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            v.AndereVergoeding: self._note_payment,
            v.VerdeelstaatIndienen: self._divide,
            v.VergoedingBetwisten: self._dispute,
            v.Hoorzitting: self._hear,
            v.TerugvorderingBeslissen: self._recover,
        }

    def _note_payment(self, command: v.AndereVergoeding, command_id: str) -> str:
        payment = Betaling(
            op=command.datum, bedrag=command.bedrag, waarvoor=command.waarvoor, van_wie=command.van_wie
        )
        self._money(betalingen=(*self.case.state.facts.geld.betalingen, payment))
        return "Andere vergoeding vastgelegd."

    def _divide(self, command: v.VerdeelstaatIndienen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self._know_of_money(verdelingen=command.verdelingen, verdeeld_op=command.datum)
        facts = self.case.state.facts
        self.case.order(
            command.opdracht,
            d.Verdeelstaat(
                team=facts.team,
                start=facts.start,
                einde=agenda.last_day_of(self.case.state).value,
                geld=facts.geld,
            ),
        )
        return "Verdeelstaat ingediend."

    def _dispute(self, command: v.VergoedingBetwisten, command_id: str) -> str:
        dispute = Betwisting(
            op=command.datum, lijn=command.lijn, organisatie=command.organisatie, waarom=command.waarom
        )
        self._money(betwistingen=(*self.case.state.facts.geld.betwistingen, dispute))
        return f"Lijn {command.lijn} is betwist."

    def _hear(self, command: v.Hoorzitting, command_id: str) -> str:
        heard = Gehoord(op=command.datum, lijn=command.lijn, organisatie=command.organisatie)
        self._money(gehoord=(*self.case.state.facts.geld.gehoord, heard))
        return "De organisatie is gehoord."

    def _recover(self, command: v.TerugvorderingBeslissen, command_id: str) -> str:
        money = self.case.state.facts.geld
        heard = [
            h.op
            for h in money.gehoord
            if (h.lijn, h.organisatie) == (command.lijn, command.organisatie) and h.op <= command.datum
        ]
        recovery = Terugvordering(
            op=command.datum,
            lijn=command.lijn,
            organisatie=command.organisatie,
            bedrag=command.bedrag,
            motivering=command.motivering,
            gehoord_op=max(heard),
        )
        self._money(terugvorderingen=(*money.terugvorderingen, recovery))
        return f"Terugvordering op lijn {command.lijn} beslist."

    def _money(self, **facts: Any) -> None:
        """Keeps what changes a line of the statement; where the statement exists already, another one is drawn up."""
        self._know_of_money(**facts)
        if isinstance(self.case.state.phase, Afgesloten) and self.case.state.facts.team is not None:
            self._draw_up_statement()

    def _know_of_money(self, **facts: Any) -> None:
        self.note(geld=self.case.state.facts.geld.model_copy(update=facts))
