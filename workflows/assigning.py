"""Chapter one: the tandem is assigned, the participant is met, told and heard; and the case changes hands."""

from collections.abc import Callable
from typing import Any

from temporalio import workflow

from models import begeleiding as b
from models import documents as d
from models import messages as m
from models.actors import Actor, Rol, Team
from models.case import Facts
from models.duties import DutyKind
from models.phases import Lopend, Toewijzing, Voorbereiding
from models.steps import TANDEM, TeamOrder, TeamProposal
from models.verloop import Tandemperiode
from rules import admission, agenda
from workflows.chapter import Chapter
from workflows.commands import update

NO_AREA = "onbepaald"
"""The werkingsgebied of a municipality that the tables do not know."""


class Assigning(Chapter):
    """Who accompanies the participant, from the first proposal of the tables to the last hand-over."""

    async def _assign_team(self) -> None:
        key = self._numbered(DutyKind.TOEWIJZING)
        if key not in self.duties:
            await self._ask_for_first_team()
        if isinstance(self.case.state.phase, Toewijzing):
            await self.duties.ask(DutyKind.TOEWIJZING, key)

    async def _ask_for_first_team(self) -> None:
        proposal = await self._ask_the_tables()
        if proposal is None or not isinstance(self.case.state.phase, Toewijzing):
            return
        area = proposal.werkingsgebied or self.case.state.facts.werkingsgebied
        self.note(werkingsgebied=area, omkadering=proposal.omkadering)
        if proposal.team.value is not None:
            told = "De tabellen wijzen een team aan."
            self.case.tell("team-voorgesteld", told, findings=(proposal.team,))
            self._assigned(proposal.team.value)
            self.duties.facts_changed()

    async def _ask_the_tables(self) -> TeamProposal | None:
        facts = self.case.state.facts
        order = TeamOrder(
            workflow_id=workflow.info().workflow_id,
            reference=self.case.reference,
            nis_code=facts.nis_code,
            on=facts.verhuisd_per or facts.start,
        )
        return await self.repairs.insist("toewijzing", lambda: self.calls.team(order), self.left())

    async def _move_to_other_team(self) -> None:
        """The participant moved: who has the mandate there takes over, or a person decides."""
        moved_on = self.case.state.facts.verhuisd_per
        proposal = await self._ask_the_tables()
        if self.case.state.facts.verhuisd_per != moved_on or not self._has_moved():
            return
        self.note(verhuisd_per=None)
        if proposal is None:
            return
        self.note(werkingsgebied=proposal.werkingsgebied or NO_AREA, omkadering=proposal.omkadering)
        if proposal.werkingsgebied == self._team().werkingsgebied:
            return
        told = f"De deelnemer woont nu in {proposal.werkingsgebied or 'een onbekend werkingsgebied'}."
        self.case.tell("team-voorgesteld", told, findings=(proposal.team,))
        if proposal.team.value is None:
            for rol in TANDEM:
                self.duties.open(
                    DutyKind.HERVERDELING, agenda.next_key(f"herverdeling/{rol}", self.case.state)
                )
            return
        self._hand_over_to(proposal.team.value)

    def _has_moved(self) -> bool:
        """Whether somebody has still to find out who accompanies a participant that moved."""
        state = self.case.state
        return state.facts.verhuisd_per is not None and state.phase.fase in admission.GUIDED

    def _hand_over_to(self, new: Team) -> None:
        old = self._team()
        self.note(team=new)
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.HERVERDELING:
                self.duties.withdraw(duty.key, "er is een ander team")
        for rol in TANDEM:
            self._taken_over(rol, old.member(rol), new.member(rol))
        self._introduce()
        if isinstance(self.case.state.phase, Lopend):  # another coordinator hears of the plan
            key = self.next_document("trajectplan_coordinator")
            self.case.order(key, d.TrajectplanCoordinator(**self._plan_facts()))
        for before, after in ((old.vdab, new.vdab), (old.netwerkcoordinator, new.netwerkcoordinator)):
            if before and after:
                self.duties.hand_over(before, after)

    toewijzing_beslissen = update(m.ToewijzingBeslissen, "Een mens wijst de casemanagers aan.")
    eerste_gesprek = update(b.EersteGesprek, "Het eerste gesprek is er geweest (art. 14 §2 2°).")
    informeren = update(b.Informeren, "De deelnemer weet wat er nog ontbrak van de zes onderwerpen.")
    verkennen = update(b.Verkennen, "Wat voor het plan is verkend (art. 14 §2 3°-4°).")
    herverdelen = update(m.Herverdelen, "Een andere persoon of organisatie neemt een rol over.")
    andere_casemanager_vragen = update(
        b.AndereCasemanagerVragen, "De deelnemer vraagt een andere casemanager."
    )
    overdracht_bevestigen = update(b.OverdrachtBevestigen, "De nieuwe casemanager neemt het dossier over.")
    verhuizen = update(b.Verhuizen, "De deelnemer woont in een andere gemeente.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            m.ToewijzingBeslissen: self._decide_team,
            b.EersteGesprek: self._first_talk,
            b.Informeren: self._inform,
            b.Verkennen: self._explore,
            m.Herverdelen: self._reassign,
            b.AndereCasemanagerVragen: self._ask_for_another,
            b.OverdrachtBevestigen: self._confirm_hand_over,
            b.Verhuizen: self._move,
        }

    def _decide_team(self, command: m.ToewijzingBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        pairs = (
            (command.casemanager_werk, command.leiding_werk),
            (command.casemanager_zorg, command.leiding_zorg),
        )
        leiding = {member.organisatie: head for member, head in pairs if head is not None}
        around = self.case.state.facts.omkadering
        self._assigned(
            Team(
                werkingsgebied=self.case.state.facts.werkingsgebied,
                casemanager_werk=command.casemanager_werk,
                casemanager_zorg=command.casemanager_zorg,
                leiding={**around.leiding, **leiding},
                netwerkcoordinator=around.netwerkcoordinator,
                vdab=around.vdab,
            )
        )
        return "Een mens heeft de casemanagers aangewezen."

    def _assigned(self, team: Team) -> None:
        self.note(team=team, toegewezen_op=self.case.today)
        self._remember_tandem(team)
        self.enter(Voorbereiding())
        self._introduce()

    def _first_talk(self, command: b.EersteGesprek, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self._know(command.geinformeerd, command)
        return (
            f"Eerste gesprek op {command.datum:%d-%m-%Y}, {len(command.geinformeerd)} van de zes onderwerpen."
        )

    def _inform(self, command: b.Informeren, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self._know(command.geinformeerd, command)
        return f"De deelnemer kent {len(self.case.state.facts.geinformeerd)} van de zes onderwerpen."

    def _know(self, points: tuple[b.Informatiepunt, ...], command: m.Command) -> None:
        told = dict.fromkeys(points, command.datum)
        self.note(geinformeerd=told | self.case.state.facts.geinformeerd)

    def _explore(self, command: b.Verkennen, command_id: str) -> str:
        self.note(verkenning=command)
        return "De verkenning is vastgelegd."

    def _ask_for_another(self, command: b.AndereCasemanagerVragen, command_id: str) -> str:
        self.note(andere_gevraagd=self.case.state.facts.andere_gevraagd + 1)
        self.duties.open(
            DutyKind.HERVERDELING, agenda.next_key(f"herverdeling/{command.rol}", self.case.state)
        )
        return f"De deelnemer vraagt een andere {command.rol}."

    def _move(self, command: b.Verhuizen, command_id: str) -> str:
        self.note(nis_code=command.nis_code, verhuisd_per=command.per)
        return f"Verhuisd per {command.per:%d-%m-%Y}."

    def _reassign(self, command: m.Herverdelen, command_id: str) -> str:
        team = self._team()
        old = team.member(command.rol)
        new = Actor(rol=command.rol, organisatie=command.organisatie, medewerker=command.medewerker)
        self.note(team=team.with_member(new, command.leiding))
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.HERVERDELING and duty.key.startswith(f"herverdeling/{command.rol}"):
                self.duties.answer(duty.key, command.datum, command_id)
        self._taken_over(command.rol, old, new)
        self._introduce()
        return f"{command.rol} is nu van {command.organisatie}."

    def _taken_over(self, rol: Rol, old: Actor, new: Actor) -> None:
        """What was owed goes to the new one, who gets a pack to read and confirms it."""
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.OVERDRACHT and duty.key.startswith(f"overdracht/{rol}"):
                self.duties.withdraw(duty.key, "iemand anders neemt het dossier over")
        self.duties.hand_over(old, new)
        self._remember_tandem(self._team())
        self.case.order(self.next_document("overdrachtsfiche"), self._pack(rol, old))
        self.duties.open(DutyKind.OVERDRACHT, agenda.next_key(f"overdracht/{rol}", self.case.state))

    def _introduce(self) -> None:
        """The participant hears by letter who accompanies them now."""
        known = len(self.case.state.facts.tandems)
        letter = d.KennismakingTandem(team=self._team(), overname=known > 1)
        self.case.order(self.next_document("kennismaking_tandem"), letter)

    def _remember_tandem(self, team: Team) -> None:
        known = self.case.state.facts.tandems
        since = self.case.today if known else self.case.state.facts.start
        now = Tandemperiode(van=since, werk=team.casemanager_werk, zorg=team.casemanager_zorg)
        kept = tuple(period for period in known if period.van != since)
        self.note(tandems=(*kept, now))

    def _pack(self, rol: Rol, old: Actor) -> d.Overdrachtsfiche:
        state = self.case.state
        facts: Facts = state.facts
        return d.Overdrachtsfiche(
            team=self._team(),
            rol=str(rol),
            van=old,
            fase=state.phase.fase,
            plan=self._plan(),
            acties=facts.acties,
            reviews=tuple(facts.reviews.values()),
            opschortingen=tuple((rest.van, rest.tot) for rest in facts.rests),
            open_opdrachten=tuple((duty.vraag, duty.due.value) for duty in state.live_duties),
            verkenning=facts.verkenning,
        )

    def _confirm_hand_over(self, command: b.OverdrachtBevestigen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        return "De overdracht is bevestigd."
