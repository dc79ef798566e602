"""What the chapters of arbeidsmatige activiteiten share: its calls, its numbered facts, and how it ends."""

from datetime import date
from typing import Any

from temporalio import workflow

from models.actors import Actor
from models.ama import AmaEinde
from models.ama_case import AmaStart, AmaState
from models.ama_verloop import GeplandEinde, Overeenkomst, Toestemming
from models.contingent import PlaatsVrijgeven, Verwittiging, Vrijgavereden
from models.duties import DutyKind
from models.phases import AmaGesloten, Begeleid, Uitstroom, ZonderBetrokkene
from models.steps import MessageOrder, Toestemmingsregel
from rules import agenda, ama, ama_einde
from rules.rulebook import Rulebook
from workflows.ama_calls import AmaCalls
from workflows.resting import Resting
from workflows.shared import Handled

LOOK_UP = "opzoeken"
"""What was asked of the tables, so that it is asked once for each begeleider."""
CONDITIONS = "De voorwaarden zijn opnieuw te bekijken."
"""What is told of a statuut or a permission that changes: the begeleider knows which, nobody else need."""
STAYS = (DutyKind.HERSTEL, DutyKind.DIMONA_IN, DutyKind.DIMONA_UIT)


class AmaChapter(Resting[AmaState], Handled[AmaState]):
    """A part of the story of arbeidsmatige activiteiten."""

    def __init__(self, start: AmaStart, state: AmaState, book: Rulebook) -> None:
        """The same as every trajectory, with the calls of this one."""
        super().__init__(start, state, book)
        self.calls: AmaCalls = AmaCalls(start.patience)

    def keep_permission(self, each: Toestemming) -> None:
        """Keeps a permission; only the organisation of the begeleider is told what it says."""
        others = [known for known in self.case.state.facts.toestemmingen if known.nummer != each.nummer]
        self.note(toestemmingen=tuple(sorted((*others, each), key=lambda known: known.nummer)))
        whose = self.case.state.facts.trekker.organisatie
        self.case.state.toestemmingen.append(Toestemmingsregel(organisatie=whose, toestemming=each))

    def change_agreement(self, number: int, **facts: Any) -> Overeenkomst:
        """Changes what is known of one agreement."""
        return self.keep_agreement(ama.agreement(number, self.case.state.facts).model_copy(update=facts))

    def keep_agreement(self, changed: Overeenkomst) -> Overeenkomst:
        """Keeps an agreement as it is now."""
        known = self.case.state.facts.overeenkomsten
        self.note(overeenkomsten=tuple(changed if each.nummer == changed.nummer else each for each in known))
        return changed

    def ask_follow_up(self, why: str) -> None:
        """Asks a human to look at something that changed; silence decides nothing.

        Whoever was asked already and has still to look sees the newest as well: one question is enough.
        """
        self.case.tell("opvolging-gevraagd", why)
        if any(duty.kind is DutyKind.OPVOLGING for duty in self.case.state.live_duties):
            return
        n = self.case.state.facts.opgevolgd + 1
        self.note(opgevolgd=n)
        self.duties.open(DutyKind.OPVOLGING, f"opvolging/{n}")

    def take_over(self, new: Actor) -> None:
        """Somebody else is the trekker: the duties, the permissions and the last word of the tables go along."""
        old = self.case.state.facts.begeleider
        rest = tuple(each for each in self.case.state.facts.opgezocht if each != LOOK_UP)
        self.note(begeleider=new, opgezocht=rest)
        if old is not None:
            self.duties.hand_over(old, new)
        for each in self.case.state.facts.toestemmingen:
            self.keep_permission(each)

    def tell_begeleider(self, key: str, what: str) -> None:
        """Sends the begeleider one notice that asks for nothing."""
        self.notice(key, what, self.case.state.facts.trekker)

    def notice(self, key: str, what: str, to: Actor) -> None:
        """Sends somebody one notice that asks for nothing."""
        self.case.send(
            MessageOrder(
                key=f"{workflow.info().workflow_id}/{key}/kennisgeving",
                soort="kennisgeving",
                to=to,
                vraag=what,
                as_of=self.case.today,
            )
        )

    def plan_end(self, einde: date, oorzaak: AmaEinde) -> None:
        """Sets the last day; what was not begun ends at once, what runs ends when that day has passed."""
        phase = self.case.state.phase
        if isinstance(phase, Begeleid):
            self.note(gepland_einde=GeplandEinde(einde=einde, oorzaak=oorzaak))
            return
        self.duties.withdraw_all("er komt geen begeleiding", but=(DutyKind.HERSTEL, DutyKind.DIMONA_UIT))
        for each in self.case.state.facts.overeenkomsten:
            if ama_einde.still_comes(each):
                self.take_declaration_back(each)
        last = min(einde, self.case.today)
        if any(duty.kind is DutyKind.DIMONA_UIT for duty in self.case.state.live_duties):
            self.enter(Uitstroom(einde=last, oorzaak=oorzaak))
        else:
            self.close(last, oorzaak)

    def take_declaration_back(self, each: Overeenkomst) -> None:
        """An agreement never begins: its declaration is not owed any more, and one that was made is taken back."""
        key = f"dimona_in/{each.nummer}"
        if key in self.duties and self.duties[key].live:
            self.duties.withdraw(key, "de overeenkomst begint niet")
        elif each.dimona_in is not None:
            self.duties.open(DutyKind.DIMONA_UIT, f"dimona_uit/{each.nummer}")

    def end(self) -> None:
        """The last day passed: what is owed now is to declare it, and the place is given back."""
        end = self.case.state.facts.gepland_einde
        assert end is not None
        self.duties.withdraw_all("de begeleiding is geëindigd", but=STAYS)
        self._end_rest(end.einde)
        self.enter(Uitstroom(einde=end.einde, oorzaak=end.oorzaak))
        for each in self.case.state.facts.overeenkomsten:
            self.change_agreement(each.nummer, einde=ama_einde.with_the_whole(each, end.einde))
            if ama_einde.still_comes(each):
                self.take_declaration_back(each)
            elif each.einde is None:
                self.duties.open(DutyKind.DIMONA_UIT, f"dimona_uit/{each.nummer}")

    def _end_rest(self, einde: date) -> None:
        facts = self.case.state.facts
        if (resting := facts.open_rest) is not None:
            began = facts.rests[resting - 1].van
            self.change_rest(tot=max(began, agenda.day_after(einde)))

    def close(self, einde: date, oorzaak: str, overlijden: ZonderBetrokkene | None = None) -> None:
        """Nothing is owed any more; corrections are possible for a while."""
        closed = AmaGesloten(einde=einde, oorzaak=oorzaak, gesloten_op=self.case.today, overlijden=overlijden)
        self.enter(closed)
        self.duties.facts_changed()

    async def give_place_back(self, why: Vrijgavereden) -> None:
        """Gives the place back, and wakes whose turn it is; nothing where there is none."""
        place = self.case.state.facts.plaats
        if place is None or place.status == "vrijgegeven":
            return
        for ronde in range(1, place.ronde + 1):  # after a closure the old place may still be held
            await self._give_round_back(ronde, why)
        now = self.case.state.facts.plaats
        assert now is not None
        self.note(plaats=now.model_copy(update={"status": "vrijgegeven", "sinds": self.case.today}))
        self.case.tell("plaats-vrijgegeven", f"De plaats bij {now.houder} is vrijgegeven.")

    async def _give_round_back(self, ronde: int, why: Vrijgavereden) -> None:
        me = workflow.info().workflow_id
        order = PlaatsVrijgeven(workflow_id=me, ronde=ronde, reden=why, as_of=self.case.today)
        given = await self.repairs.insist("plaats-vrijgeven", lambda: self.calls.give_place_back(order))
        await self.wake(given.volgende if given else ())

    async def wake(self, waiting: tuple[str, ...]) -> None:
        """Tells whose turn it is that a place is free."""
        if waiting:
            order = Verwittiging(workflow_ids=waiting, datum=self.case.today)
            await self.repairs.insist("verwittigen", lambda: self.calls.wake(order))
