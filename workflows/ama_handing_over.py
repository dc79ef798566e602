"""Who accompanies: what the tables say of an organisation, and another one that goes on from a day."""

from collections.abc import Callable
from typing import Any

from temporalio import workflow

from models import ama as a
from models import messages as m
from models.actors import Actor, Rol
from models.ama_orders import Opgezocht, OpzoekOrder
from models.ama_verloop import Overname
from models.findings import Finding
from rules import ama_overname
from workflows.ama_chapter import LOOK_UP
from workflows.ama_correcting import Correcting
from workflows.commands import update


class HandingOver(Correcting):
    """Nobody gets what is open, the permissions among it, before the tables said that there is such an organisation."""

    begeleider_wisselen = update(a.BegeleiderWisselen, "Iemand anders begeleidt verder.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {a.BegeleiderWisselen: self._other_begeleider}

    async def look_up(self) -> None:
        """Asks who is recognised and who leads, and what else runs; again for a new begeleider."""
        facts = self.case.state.facts
        order = self._about(facts.begeleider.organisatie if facts.begeleider else facts.houder)
        found = await self.repairs.insist(LOOK_UP, lambda: self.calls.look_up(order), self.left())
        self._note_looked_up(found)
        if found is not None:
            self.duties.facts_changed()

    def _about(self, organisatie: str | None) -> OpzoekOrder:
        return OpzoekOrder(
            workflow_id=workflow.info().workflow_id,
            reference=self.case.state.facts.reference,
            nis_code=self.case.state.facts.nis_code,
            organisatie=organisatie,
            on=self.case.today,
        )

    def _note_looked_up(self, found: Opgezocht | None) -> None:
        facts = self.case.state.facts
        self.note(opgezocht=(*facts.opgezocht, LOOK_UP))
        if found is None:
            return
        leiding = {found.leiding.organisatie: found.leiding} if found.leiding else {}
        self.note(
            lopend=found.lopend,
            erkend=found.erkend,
            leiding={**facts.leiding, **leiding},
            vdab=facts.vdab or found.vdab,
            werkingsgebied=found.werkingsgebied or facts.werkingsgebied,
        )

    def _other_begeleider(self, command: a.BegeleiderWisselen, command_id: str) -> str:
        """A colleague goes on at once; of another organisation the tables are asked first."""
        assert command.door is not None
        new = Overname(
            begeleider=Actor(
                rol=Rol.BEGELEIDER, organisatie=command.organisatie, medewerker=command.medewerker
            ),
            vanaf=command.datum,
            met_reden=command.reden is not None,
            door=command.door,
        )
        if command.organisatie == self.case.state.facts.trekker.organisatie:
            self.note(overname=None)
            self._hand_to(new)
            return f"{command.organisatie} begeleidt verder."
        self.note(overname=new)
        return f"{command.organisatie} begeleidt verder zodra de tabellen zijn nagekeken."

    async def see_who_takes_over(self) -> None:
        """Asks the tables about who was named, and gives everything that is open to whoever may have it."""
        new = self.case.state.facts.overname
        assert new is not None
        order = self._about(new.begeleider.organisatie)
        found = await self.repairs.insist("overname", lambda: self.calls.look_up(order), self.left())
        if self.case.state.facts.overname != new:
            return  # somebody else was named meanwhile
        self.note(overname=None)
        weighed = ama_overname.may_take_over(new, self.case.state.facts.variant, found) if found else None
        if weighed is not None and not weighed.value:
            self._stays(new, weighed)
        else:
            self._hand_to(new, weighed)
            self._note_looked_up(found)
        self.duties.facts_changed()

    def _stays(self, new: Overname, weighed: Finding[bool]) -> None:
        told = f"{new.begeleider.organisatie} neemt niet over. {weighed.reden}"
        self.case.tell("overname-geweigerd", told, findings=(weighed,))
        about = "De begeleiding is niet overgedragen: kijk met `dossier tijdlijn`"
        self.notice(f"overname/{self.case.state.seq}", about, new.door)

    def _hand_to(self, new: Overname, weighed: Finding[bool] | None = None) -> None:
        old, organisatie = self.case.state.facts.trekker, new.begeleider.organisatie
        self.take_over(new.begeleider)
        if organisatie != old.organisatie:
            self.other_begeleider_at(old.organisatie, organisatie, new.vanaf)
        for each in self.case.state.facts.evaluaties:
            if each.afgerond_op is None:
                self.keep_evaluation(each.nummer, wissel=True)
        self.case.tell(
            "begeleider-gewisseld",
            f"{organisatie} begeleidt verder vanaf {new.vanaf:%d-%m-%Y}.",
            findings=(weighed,) if weighed else (),
            gegevens={"begeleider": new.begeleider.model_dump(mode="json")},
        )

    def keep_evaluation(self, number: int, **told: Any) -> None:
        """Keeps what is known of one evaluation."""
        known = self.case.state.facts.evaluaties
        self.note(evaluaties=tuple(e.model_copy(update=told) if e.nummer == number else e for e in known))
