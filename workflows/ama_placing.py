"""A place in the social economy: a maatwerkbedrijf is chosen, a place asked, visited, and VDAB looks every year."""

from collections.abc import Callable
from typing import Any

from temporalio import workflow

from models import ama as a
from models import messages as m
from models.actors import OPERATIES, Actor, Rol
from models.ama_verloop import Herbeoordeling, PlaatsStand
from models.contingent import Overslaan, PlaatsGesloten, PlaatsVraag, PlaatsVrij
from models.duties import DutyKind, DutyStatus, number_of
from models.phases import Aangemeld, Begeleid, Gepland
from rules import ama, ama_einde
from rules.agenda import numbered
from workflows.ama_agreeing import Agreeing
from workflows.commands import update

LIVE_PLACES = ("ingenomen", "gereserveerd", "wachtlijst", "gevraagd")


class Placing(Agreeing):
    """The place in a contingent, the personal development plan and the yearly reassessment (D2022 art. 28-29)."""

    contingent_kiezen = update(a.ContingentKiezen, "Welk maatwerkbedrijf om een plaats wordt gevraagd.")
    plaats_overslaan = update(a.PlaatsOverslaan, "Het maatwerkbedrijf slaat deze wachtende over.")
    bezoek_vastleggen = update(a.BezoekVastleggen, "Wat het bezoek gaf.")
    pop_vastleggen = update(a.PopVastleggen, "Het persoonlijk ontwikkelingsplan.")
    combinatie_melden = update(a.CombinatieMelden, "Stage, opleiding of werk naast de activiteiten.")
    herbeoordeling_vastleggen = update(a.HerbeoordelingVastleggen, "De jaarlijkse herbeoordeling door VDAB.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            a.ContingentKiezen: self._choose,
            a.PlaatsOverslaan: self._pass_over,
            a.BezoekVastleggen: self._visited,
            a.PopVastleggen: self._plan_growth,
            a.CombinatieMelden: self._combine,
            a.HerbeoordelingVastleggen: self._reassessed,
        }

    @workflow.signal(name="plaats_vrij", description="Er is een plaats: vraag ze.")
    def place_is_free(self, free: PlaatsVrij) -> None:
        """Asks again for a place; without a place in line it means nothing."""
        place = self.case.state.facts.plaats
        if place is not None and place.status == "wachtlijst":
            self.note(plaats=place.model_copy(update={"status": "gevraagd"}))
            self.duties.facts_changed()

    @workflow.signal(
        name="plaats_gesloten", description="Het contingent is gesloten: een nieuwe plaats is nodig."
    )
    def place_closed(self, closed: PlaatsGesloten) -> None:
        """Whoever had a place gets a duty to find another one, with priority; nothing ends by itself."""
        place = self.case.state.facts.plaats
        if place is None or place.houder != closed.houder or place.status not in LIVE_PLACES:
            return
        taken, why = place.status == "ingenomen", f"Het contingent van {place.houder} is gesloten"
        self.note(
            plaats=place.model_copy(
                update={"status": "geen_contingent", "voorrang": taken or place.voorrang}
            ),
            plaats_weg=not taken,
        )
        self.case.tell("contingent-gesloten", f"{why}.")
        if isinstance(self.case.state.phase, Aangemeld | Gepland | Begeleid):
            self._without_place(place, why)
            self._ask_holder()
        self.duties.facts_changed()

    def _without_place(self, place: PlaatsStand, why: str) -> None:
        """What was asked for a place that is gone is taken back; before the first day, nothing signed begins there."""
        facts, visit = self.case.state.facts, self._visit_key(place)
        open_agreements = [d.key for d in self.case.state.live_duties if d.kind is DutyKind.OVEREENKOMST]
        for key in [visit, *(open_agreements if facts.eerste_dag is None else ())]:
            if key in self.duties and self.duties[key].live:
                self.duties.withdraw(key, why)
        for each in facts.overeenkomsten if facts.eerste_dag is None else ():
            if ama_einde.still_comes(each):
                self._give_back(each, self._against(each))

    async def see_to_place(self) -> bool:
        """Does what is still to be done about the place; tells whether the story looks again after it."""
        facts = self.case.state.facts
        if facts.overslaan is not None:
            await self._carry_out_pass_over(facts.overslaan)
        elif facts.plaats_weg:
            self.note(plaats_weg=False)
            await self.give_place_back("andere_plaats")
            self.duties.facts_changed()
        elif facts.plaats is not None and facts.plaats.status == "gevraagd":
            await self._ask_place(facts.plaats)
        elif isinstance(self.case.state.phase, Begeleid) and self._taken():
            await self._move_to_new_place()
        elif isinstance(self.case.state.phase, Begeleid) and self._lost_place():
            self._ask_holder()  # it was given back, or nobody has a contingent where one was chosen
            return False
        else:
            return False
        return True

    async def _move_to_new_place(self) -> None:
        """After a closure: the new place is taken, the old one is given back, and an agreement is owed."""
        if await self.take_place(self.case.today) is None:
            self.note(te_sluiten=self.case.state.facts.te_sluiten + 1)
            self.duties.open(DutyKind.OVEREENKOMST, ama.next_agreement_key(self.case.state.facts))
        else:
            self.note(plaats_weg=True)  # another one is asked, as first in line as before
        self.duties.facts_changed()

    def _lost_place(self) -> bool:
        place = self.case.state.facts.plaats
        return place is not None and place.status in ("geen_contingent", "vrijgegeven")

    def want_first_place(self) -> bool:
        """Takes over the holder that was chosen with the decision; tells whether there was one to take over."""
        facts = self.case.state.facts
        if facts.plaats is not None or facts.houder is None:
            return False
        self._want(facts.houder)
        return True

    def has_place(self) -> bool:
        """Asks for a holder where none is known; tells whether the person has a place that was visited and taken."""
        place = self.case.state.facts.plaats
        if place is None or place.status in ("geen_contingent", "vrijgegeven"):
            self._ask_holder()
        return self._taken()

    def _taken(self) -> bool:
        place = self.case.state.facts.plaats
        if place is None or place.status != "gereserveerd":
            return False
        visit = self._visit_key(place)
        return visit in self.duties and not self.duties[visit].live

    def _ask_holder(self) -> None:
        place = self.case.state.facts.plaats
        self.duties.open(DutyKind.CONTINGENT, numbered("contingent", place.ronde + 1 if place else 1))

    def _want(self, holder: str) -> None:
        before = self.case.state.facts.plaats
        wanted = PlaatsStand(
            houder=holder,
            status="gevraagd",
            sinds=self.case.today,
            voorrang=before.voorrang if before else False,
            ronde=before.ronde + 1 if before else 1,
        )
        self.note(plaats=wanted)
        if self.case.state.facts.eerste_dag is None:
            self.take_over(Actor(rol=Rol.BEGELEIDER, organisatie=holder))
        self.duties.facts_changed()

    async def _ask_place(self, place: PlaatsStand) -> None:
        facts = self.case.state.facts
        order = PlaatsVraag(
            workflow_id=workflow.info().workflow_id,
            ronde=place.ronde,
            houder=place.houder,
            beslist_op=facts.beslist_op or facts.start,
            voorrang=place.voorrang,
            as_of=self.case.today,
        )
        left = self.left()
        found = await self.repairs.insist("plaats-vragen", lambda: self.calls.ask_place(order), left)
        if left() or self.case.state.facts.plaats != place:
            return
        status = found.status if found else "geen_contingent"
        self.note(plaats=place.model_copy(update={"status": status, "sinds": self.case.today}))
        told = found.reden if found else None
        self.case.tell(
            "plaats", told.reden if told else "Er is geen plaats.", findings=(told,) if told else ()
        )
        if status == "gereserveerd":
            self.duties.open(DutyKind.BEZOEK, self._visit_key(place))
        self.duties.facts_changed()

    def _visit_key(self, place: PlaatsStand) -> str:
        """The key of the visit to this place; after being passed over, the next place has a visit of its own."""
        base = f"bezoek/{place.ronde}"
        asked = [key for key in self.case.state.duties if key == base or key.startswith(f"{base}#")]
        if not asked or self.duties[asked[-1]].status is DutyStatus.WITHDRAWN:
            return f"{base}#{len(asked) + 1}" if asked else base
        return asked[-1]

    def _choose(self, command: a.ContingentKiezen, command_id: str) -> str:
        self.answer(command, command_id)
        self._want(command.houder)
        return f"Een plaats wordt gevraagd bij {command.houder}."

    def _pass_over(self, command: a.PlaatsOverslaan, command_id: str) -> str:
        place = self.case.state.facts.plaats
        assert place is not None
        self.note(
            overslaan=Overslaan(
                workflow_id=workflow.info().workflow_id,
                ronde=place.ronde,
                sleutel=command_id,
                reden=command.motivering,
                door=command.namens or command.door or OPERATIES,
                as_of=self.case.today,
            )
        )
        self._without_place(place, "het maatwerkbedrijf slaat over")
        return "Overgeslagen; de plaats in de rij blijft."

    async def _carry_out_pass_over(self, order: Overslaan) -> None:
        """Goes back to the line; whose turn it is instead is told."""
        done = await self.repairs.insist("plaats-overslaan", lambda: self.calls.pass_over(order))
        place = self.case.state.facts.plaats
        self.note(overslaan=None)
        if done is not None and place is not None:
            again = place.model_copy(update={"status": done.plaats.status, "sinds": self.case.today})
            self.note(plaats=again)
            if again.status == "gereserveerd":  # nobody else wanted it
                self.case.tell("plaats", done.plaats.reden.reden, findings=(done.plaats.reden,))
                self.duties.open(DutyKind.BEZOEK, self._visit_key(again))
            self.duties.facts_changed()
            await self.wake(done.volgende)

    def _visited(self, command: a.BezoekVastleggen, command_id: str) -> str:
        self.answer(command, command_id, command.keuze)
        if command.keuze != "neemt_de_plaats":
            self.note(plaats_weg=True)
        return f"Na het bezoek: {command.keuze.replace('_', ' ')}."

    def _plan_growth(self, command: a.PopVastleggen, command_id: str) -> str:
        self.answer(command, command_id)
        self.note(pop=command)
        return f"Het POP is er; de volgende stap is tegen {command.stap_tegen:%d-%m-%Y}."

    def _combine(self, command: a.CombinatieMelden, command_id: str) -> str:
        self.note(combinaties=(*self.case.state.facts.combinaties, command))
        return f"Daarnaast: {command.soort}."

    def _reassessed(self, command: a.HerbeoordelingVastleggen, command_id: str) -> str:
        self.answer(command, command_id, command.besluit)
        self.note_reassessment(number_of(command.opdracht), command.besluit)
        if command.einde is not None:
            self.plan_end(command.einde, "evaluatie")
        elif command.besluit == "doorstroom":
            self.ask_follow_up("VDAB ziet een doorstroom: bespreek de stap.")
        return f"VDAB herbeoordeelt: {command.besluit}."

    def note_reassessment(self, number: int, besluit: str) -> None:
        """Keeps a reassessment; the next one counts from the next anniversary."""
        new = Herbeoordeling(nummer=number, op=self.case.today, besluit=besluit)
        self.note(herbeoordelingen=(*self.case.state.facts.herbeoordelingen, new))

    def duty_left(self, key: str) -> None:
        """A reassessment that a human left without an answer keeps the place; the next one comes next year."""
        if self.duties[key].kind is DutyKind.HERBEOORDELING:
            self.note_reassessment(number_of(key), "zonder antwoord")
