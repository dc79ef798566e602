"""Chapter two: the plan, its actions and providers, its changes, and its reviews."""

from collections.abc import Callable, Iterable
from typing import Any

from models import begeleiding as b
from models import documents as d
from models import messages as m
from models.actie import Actie
from models.duties import DutyKind, number_of
from models.phases import Lopend
from models.verloop import ActieStand, Ritme
from rules import agenda, begeleiding, reviews
from workflows.chapter import NOTHING_OFFERED, OF_OFFER, Chapter
from workflows.commands import update


class Planning(Chapter):
    """From the first action to the last review."""

    voorfase_actie = update(b.VoorfaseActie, "Een eerste actie begint voor er een plan is.")
    plan_akkoord = update(m.PlanAkkoord, "Het trajectplan is opgemaakt en akkoord (art. 15).")
    plan_wijzigen = update(b.PlanWijzigen, "Het plan verandert, klein of wezenlijk.")
    aanbod_antwoorden = update(b.AanbodAntwoorden, "Een dienstverlener zegt of er een plaats is.")
    actie_herzien = update(b.ActieHerzien, "Het team kiest iets anders voor een actie zonder aanbod.")
    wijziging_voorstellen = update(b.WijzigingVoorstellen, "Een dienstverlener stelt een wijziging voor.")
    voorstel_beslissen = update(b.VoorstelBeslissen, "Het team beslist over een voorstel.")
    pakket_starten = update(b.PakketStarten, "Een welzijnspakket begint met zijn eerste gesprek.")
    pakket_evalueren = update(b.PakketEvalueren, "Een welzijnspakket is geëvalueerd, in vijf regels.")
    review_vastleggen = update(m.ReviewVastleggen, "Een evaluatie is gehouden.")
    participatieladder = update(b.Participatieladder, "Waar de deelnemer staat op de participatieladder.")
    meting_vastleggen = update(b.MetingVastleggen, "De ene vraag van een meting.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            b.VoorfaseActie: self._start_early,
            m.PlanAkkoord: self._agree,
            b.PlanWijzigen: self._change_plan,
            b.AanbodAntwoorden: self._hear_provider,
            b.ActieHerzien: self._reconsider_action,
            b.WijzigingVoorstellen: self._take_proposal,
            b.VoorstelBeslissen: self._decide_proposal,
            b.PakketStarten: self._start_package,
            b.PakketEvalueren: self._evaluate_package,
            m.ReviewVastleggen: self._record_review,
            b.Participatieladder: self._place,
            b.MetingVastleggen: self._measure,
        }

    def _start_early(self, command: b.VoorfaseActie, command_id: str) -> str:
        stand = self._stand_of(command.actie)
        self.note(acties=(*self.case.state.facts.acties, stand))
        return f"Actie {stand.nummer} begint in de voorfase."

    def _agree(self, plan: m.PlanAkkoord, command_id: str) -> str:
        self.duties.answer(plan.opdracht, plan.datum, command_id)
        for duty in self.case.state.live_duties:
            if (
                duty.kind is DutyKind.EERSTE_GESPREK
            ):  # what was not told yet is asked for by a duty of its own
                self.duties.withdraw(duty.key, "het plan is met de deelnemer besproken")
        self.enter(Lopend(plan=plan))
        self._take_actions(plan.acties)
        self._order_plan(self._numbered(DutyKind.TRAJECTPLAN))
        return f"Trajectplan akkoord, tot {plan.einde:%d-%m-%Y}."

    def _stand_of(self, actie: Actie) -> ActieStand:
        return ActieStand(
            nummer=1 + len(self.case.state.facts.acties),
            actie=actie,
            sinds=self.case.today,
            vraag_vanaf=self.case.today if actie.needs_an_offer else None,
        )

    def _order_plan(self, key: str, wijziging: str | None = None) -> None:
        """The plan for the team, for the coordinator without what concerns care, and a letter to the participant."""
        facts = self._plan_facts()
        self.case.order(key, d.Trajectplan(**facts, wijziging=wijziging))
        # another coordinator may have had a version more
        coordinator = self.next_document("trajectplan_coordinator")
        self.case.order(coordinator, d.TrajectplanCoordinator(**facts, wijziging=wijziging))
        self.case.order(self.next_document("plan_kopie"), d.PlanKopie(**facts))

    def _change_plan(self, command: b.PlanWijzigen, command_id: str) -> str:
        if command.aard == "klein":
            return "Kleine wijziging van het plan genoteerd."
        phase = self.case.state.phase
        assert isinstance(phase, Lopend)
        changed: dict[str, Any] = {
            "doel": command.doel or phase.plan.doel,
            "vorm": command.vorm,
            "eigen_woorden": command.eigen_woorden,
            "acties": command.acties or phase.plan.acties,
        }
        if command.periodiciteit_maanden:
            changed["periodiciteit_maanden"] = self._new_rhythm(command.periodiciteit_maanden)
        if command.acties:
            self._take_actions(command.acties, all_of_them=True)
        self.case.state.phase = Lopend(plan=phase.plan.model_copy(update=changed))
        self.note(planversie=self.case.state.facts.planversie + 1, versie_van=command.datum)
        self._order_plan(self.next_document("trajectplan"), command.wat)
        return f"Versie {self.case.state.facts.planversie} van het trajectplan."

    def _new_rhythm(self, months: int) -> int:
        """The reviews that come now count from today; those that were asked keep their dates."""
        plan, known = self._plan(), self.case.state.facts.ritmes
        assert plan is not None
        before = known or (Ritme(na=0, vanaf=plan.start, maanden=plan.periodiciteit_maanden),)
        rhythm = Ritme(na=reviews.last_review(self.case.state), vanaf=self.case.today, maanden=months)
        self.note(ritmes=(*before, rhythm))
        return months

    def _take_actions(self, acties: Iterable[Actie], *, all_of_them: bool = False) -> None:
        """Actions that stay keep their number and answers; those that are gone lapse, with what was asked of them."""
        wanted = list(acties)
        for stand in self.case.state.facts.acties:
            new = next((a for a in wanted if a.omschrijving == stand.actie.omschrijving), None)
            if new is not None and not stand.vervallen:
                wanted.remove(new)
                self._keep_action(stand, new)
            elif all_of_them and not stand.vervallen:
                self._change_action(stand, vervallen=True)
        for actie in wanted:
            self.note(acties=(*self.case.state.facts.acties, self._stand_of(actie)))

    def _keep_action(self, stand: ActieStand, new: Actie) -> None:
        """An action that stays; with another provider it is asked anew, and a package that began stays one."""
        if stand.pakket_vanaf is not None:
            new = new.model_copy(update={"pakket": stand.actie.pakket})
        if (new.dienstverlener, new.needs_an_offer) == (
            stand.actie.dienstverlener,
            stand.actie.needs_an_offer,
        ):
            self._change_action(stand, actie=new)
            return
        for duty in self.case.state.live_duties:
            if duty.kind in OF_OFFER and number_of(duty.key) == stand.nummer:
                self.duties.withdraw(duty.key, "er is iets anders afgesproken")
        self._change_action(stand, actie=new, antwoord=None, vanaf=None, **self._asking_anew(stand, new))

    def _hear_provider(self, command: b.AanbodAntwoorden, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        stand = agenda.action_of(command.opdracht, self.case.state.facts)
        waits = command.vanaf if command.antwoord == "wachtlijst" else None
        self._change_action(
            stand,
            antwoord=command.antwoord,
            vanaf=command.vanaf,
            vraag_vanaf=waits,
            gevraagd=stand.gevraagd + 1,
        )
        if command.antwoord in NOTHING_OFFERED:
            self.duties.open(DutyKind.ACTIE, agenda.next_key(f"actie/{stand.nummer}", self.case.state))
        return f"Actie {stand.nummer}: {command.antwoord.replace('_', ' ')}."

    def duty_left(self, key: str) -> None:
        """A provider that somebody stops asking leaves an action for which something else is chosen."""
        if self.duties[key].kind is DutyKind.AANBOD:
            stand = agenda.action_of(key, self.case.state.facts)
            self._change_action(stand, gevraagd=stand.gevraagd + 1, vraag_vanaf=None)
            self.duties.open(DutyKind.ACTIE, agenda.next_key(f"actie/{stand.nummer}", self.case.state))

    def _reconsider_action(self, command: b.ActieHerzien, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        stand = agenda.action_of(command.opdracht, self.case.state.facts)
        match command.keuze:
            case "andere_dienstverlener":
                actie = stand.actie.model_copy(update={"dienstverlener": command.dienstverlener})
                self._change_action(stand, actie=actie, antwoord=None, vraag_vanaf=self.case.today)
            case "vervalt":
                self._change_action(stand, vervallen=True)
            case _:
                again = begeleiding.asked_again(self.case.today, self.case.state.law).value
                self._change_action(stand, vraag_vanaf=again)
        return f"Actie {stand.nummer}: {command.keuze.replace('_', ' ')}."

    def _take_proposal(self, command: b.WijzigingVoorstellen, command_id: str) -> str:
        self.duties.open(DutyKind.VOORSTEL, agenda.next_key(f"voorstel/{command.actie}", self.case.state))
        return f"Voorstel voor actie {command.actie}."

    def _decide_proposal(self, command: b.VoorstelBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id, command.besluit)
        told = f"Voorstel voor actie {number_of(command.opdracht)} {command.besluit}."
        return told if command.besluit == "geweigerd" else f"{told} Leg de wijziging vast met plan_wijzigen."

    def _start_package(self, command: b.PakketStarten, command_id: str) -> str:
        stand = agenda.action_of(f"pakket/{command.actie}", self.case.state.facts)
        self._change_action(stand, pakket_vanaf=command.eerste_gesprek_op)
        return f"Het pakket van actie {stand.nummer} loopt vanaf {command.eerste_gesprek_op:%d-%m-%Y}."

    def _evaluate_package(self, command: b.PakketEvalueren, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        stand = agenda.action_of(command.opdracht, self.case.state.facts)
        self._change_action(stand, pakket_geevalueerd=True)
        self.case.order(
            f"pakketevaluatie/{stand.nummer}",
            d.Pakketevaluatie(
                team=self._team(),
                actie=stand,
                einde=begeleiding.package_end(stand, self.case.state.law),
                evaluatie=command,
            ),
        )
        return f"Het pakket van actie {stand.nummer} is geëvalueerd."

    def _record_review(self, command: m.ReviewVastleggen, command_id: str) -> str:
        state, n = self.case.state, number_of(command.opdracht)
        voorzien, running = self.duties[command.opdracht].due, isinstance(state.phase, Lopend)
        in_time = self.duties.answer(command.opdracht, command.datum, command_id)
        self.note(reviews={**state.facts.reviews, n: command.datum})
        if command.niveau is not None:
            self._keep_value(command, command.niveau)
        self.case.order(
            f"reviewverslag/{n}",
            d.Reviewverslag(
                nummer=n,
                team=self._team(),
                review=command,
                voorzien_op=voorzien,
                volgende=reviews.next_review_due(state) if running else None,
                jaarevaluatie=running and reviews.looks_at_the_year(n, state),
                acties=state.facts.acties,
            ),
        )
        return f"Evaluatie {n} gehouden op {command.datum:%d-%m-%Y}, {'op tijd' if in_time else 'te laat'}."

    def _place(self, command: b.Participatieladder, command_id: str) -> str:
        self._keep_value(command, command.niveau, command.groeipotentieel)
        return "Een waarde op de participatieladder is vastgelegd."

    def _measure(self, command: b.MetingVastleggen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self._keep_value(command, command.niveau, command.groeipotentieel)
        return f"Meting van {number_of(command.opdracht)} maanden vastgelegd."
