"""The activeringstraject: at most eighteen months of work and care actions, with reviews and a final advice."""

from collections.abc import Callable
from datetime import date
from typing import Any

from temporalio import workflow

from models import documents as d
from models import messages as m
from models.actors import Actor, Team
from models.case import Closed, Extension, Rest, Start
from models.duties import DutyKind
from models.phases import (
    Afgesloten,
    Afronding,
    Lopend,
    Phase,
    Toewijzing,
    Voorbereiding,
    Vorm,
    ZonderBetrokkene,
)
from models.steps import TeamOrder
from rules import activering, agenda
from workflows.commands import update
from workflows.traject import Traject


@workflow.defn(name="activeringstraject")
class Activeringstraject(Traject):
    """One participant's activeringstraject (D2022 art. 10-27)."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """Runs the trajectory from its request to the end of its reopening window."""
        return await self.live(self._story)

    async def _story(self) -> None:
        """One step of the story, told from the phase the case is in; it is told again whenever something changed."""
        match self.case.state.phase:
            case Toewijzing():
                await self._assign_team()  # art. 14 §2 1°
            case Voorbereiding():
                await self._agree_trajectplan()  # art. 15
            case Lopend():
                await self._accompany()  # art. 10-11, 15 6°
            case Afronding() as phase:
                await self._conclude(phase)  # art. 14 §2 8°-9°, 22
            case Afgesloten() as phase:
                await self._stay_reopenable(phase)
            case ZonderBetrokkene() as phase:
                await self._conclude_without_person(phase)

    async def _assign_team(self) -> None:
        key = self._numbered(DutyKind.TOEWIJZING)
        if key not in self.duties:
            await self._ask_the_tables()
        if isinstance(self.case.state.phase, Toewijzing):
            await self.duties.ask(DutyKind.TOEWIJZING, key)

    async def _ask_the_tables(self) -> None:
        facts = self.case.state.facts
        order = TeamOrder(
            workflow_id=workflow.info().workflow_id,
            reference=self.case.reference,
            nis_code=facts.nis_code,
            on=facts.start,
        )
        proposal = await self.repairs.insist("toewijzing", lambda: self.calls.team(order))
        if proposal is None or not isinstance(self.case.state.phase, Toewijzing):
            return
        self._note(werkingsgebied=proposal.werkingsgebied or facts.werkingsgebied)
        if proposal.team.value is not None:
            told = "De tabellen wijzen een team aan."
            self.case.tell("team-voorgesteld", told, findings=(proposal.team,))
            self._assigned(proposal.team.value)
            self.duties.facts_changed()

    async def _agree_trajectplan(self) -> None:
        self._ask_about_rest()
        await self.duties.ask(DutyKind.TRAJECTPLAN, self._numbered(DutyKind.TRAJECTPLAN))

    async def _accompany(self) -> None:
        self._ask_about_rest()
        opening = agenda.next_opening(self.case.state)
        if not await self.case.reached(opening.alarm):
            return
        if opening.kind is not None:
            self.duties.open(opening.kind, opening.key)
        else:
            self._end(agenda.last_day_of(self.case.state).value, "volledig", "geplande duur bereikt")
            self.duties.facts_changed()

    async def _conclude(self, phase: Afronding) -> None:
        key = self._numbered(DutyKind.EINDVERSLAG)
        duty = self.duties.open(DutyKind.EINDVERSLAG, key)
        if duty.live:
            await self.duties.ask(DutyKind.EINDVERSLAG, key)
        else:
            self._close_case(phase.plan, phase.einde, phase.vorm, phase.oorzaak)

    async def _stay_reopenable(self, phase: Afgesloten) -> None:
        window = agenda.reopening_alarm(phase.gesloten_op, self.case.state)
        if await self.case.reached(window) and await self.duties.all_closed():
            self.case.tell("beeindigd", "De termijn om te heropenen is voorbij.")
            self.pump.ending = True

    async def _conclude_without_person(self, phase: ZonderBetrokkene) -> None:
        duty = self._closing_note()
        if duty in self.duties and not self.duties[duty].live:
            plan = getattr(phase.vorige, "plan", None)
            self._close_case(plan, phase.overleden_op, "overlijden", "overlijden", phase)
        else:
            await self.duties.ask(DutyKind.AFRONDING, duty)

    toewijzing_beslissen = update(m.ToewijzingBeslissen, "Een mens wijst de casemanagers aan.")
    plan_akkoord = update(m.PlanAkkoord, "Het trajectplan is opgemaakt en akkoord (art. 15).")
    review_vastleggen = update(m.ReviewVastleggen, "Een evaluatie is gehouden.")
    nog_opgeschort = update(m.NogOpgeschort, "Het traject rust nog.")
    eindverslag_indienen = update(m.EindverslagIndienen, "Eindverslag en eindadvies (art. 22).")
    afronden_zonder_betrokkene = update(m.AfrondenZonderBetrokkene, "Slotnota na een overlijden.")
    opschorten = update(m.Opschorten, "Het traject rust vanaf een dag.")
    hervatten = update(m.Hervatten, "Het traject loopt weer vanaf een dag.")
    verlengen = update(m.Verlengen, "Een later einde, binnen de maximale duur (art. 11).")
    stopzetten = update(m.Stopzetten, "Een mens zet het traject vroegtijdig stop.")
    heropenen = update(m.Heropenen, "Een afgesloten traject gaat verder.")
    herverdelen = update(m.Herverdelen, "Een andere persoon of organisatie neemt een rol over.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of every story and those of this one."""
        return super().applications() | {
            m.ToewijzingBeslissen: self._decide_team,
            m.PlanAkkoord: self._agree,
            m.ReviewVastleggen: self._record_review,
            m.NogOpgeschort: self._rest_on,
            m.EindverslagIndienen: self._file_eindverslag,
            m.AfrondenZonderBetrokkene: self._file_closing_note,
            m.Opschorten: self._suspend,
            m.Hervatten: self._resume,
            m.Verlengen: self._extend,
            m.Stopzetten: self._stop,
            m.Heropenen: self._reopen,
            m.Herverdelen: self._reassign,
        }

    def _decide_team(self, command: m.ToewijzingBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        pairs = (
            (command.casemanager_werk, command.leiding_werk),
            (command.casemanager_zorg, command.leiding_zorg),
        )
        leiding = {member.organisatie: head for member, head in pairs if head is not None}
        self._assigned(
            Team(
                werkingsgebied=self.case.state.facts.werkingsgebied,
                casemanager_werk=command.casemanager_werk,
                casemanager_zorg=command.casemanager_zorg,
                leiding=leiding,
            )
        )
        return "Een mens heeft de casemanagers aangewezen."

    def _agree(self, plan: m.PlanAkkoord, command_id: str) -> str:
        self.duties.answer(plan.opdracht, plan.datum, command_id)
        self.enter(Lopend(plan=plan))
        state = self.case.state
        self.case.order(
            self._numbered(DutyKind.TRAJECTPLAN),
            d.Trajectplan(
                team=self._team(),
                plan=plan,
                einde=agenda.last_day_of(state),
                evaluaties=agenda.planned_reviews(state),
            ),
        )
        return f"Trajectplan akkoord, tot {plan.einde:%d-%m-%Y}."

    def _record_review(self, command: m.ReviewVastleggen, command_id: str) -> str:
        state, n = self.case.state, agenda.number_of(command.opdracht)
        voorzien = self.duties[command.opdracht].due
        in_time = self.duties.answer(command.opdracht, command.datum, command_id)
        self._note(reviews={**state.facts.reviews, n: command.datum})
        self.case.order(
            f"reviewverslag/{n}",
            d.Reviewverslag(
                nummer=n,
                team=self._team(),
                review=command,
                voorzien_op=voorzien,
                volgende=agenda.next_review_due(state),
            ),
        )
        return f"Evaluatie {n} gehouden op {command.datum:%d-%m-%Y}, {'op tijd' if in_time else 'te laat'}."

    def _suspend(self, command: m.Opschorten, command_id: str) -> str:
        rest = Rest(van=command.van, tot=None, verwacht=command.tot, oorzaak=command.oorzaak)
        self._note(rests=(*self.case.state.facts.rests, rest))
        self._ask_about_rest()
        return f"Opgeschort vanaf {command.van:%d-%m-%Y}."

    def _rest_on(self, command: m.NogOpgeschort, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        self._change_rest(bevestigd_op=command.datum)
        self._ask_about_rest()
        return "Het traject rust nog."

    def _resume(self, command: m.Hervatten, command_id: str) -> str:
        key = self._resumption_key()
        if key in self.duties and self.duties[key].live:
            self.duties.answer(key, command.datum, command_id)
        self._change_rest(tot=command.per)
        return f"Hervat vanaf {command.per:%d-%m-%Y}."

    def _extend(self, command: m.Verlengen, command_id: str) -> str:
        self._plan_to_end_on(command.einde)
        return f"Nieuw gepland einde {command.einde:%d-%m-%Y}."

    def _stop(self, command: m.Stopzetten, command_id: str) -> str:
        if self.case.state.facts.team is None:  # nobody guided the person yet, so nobody owes end documents
            self.duties.withdraw_all("het traject is gestopt voor er een team was")
            self._close_case(None, command.einde, "vroegtijdig", command.oorzaak)
        else:
            self._end(command.einde, "vroegtijdig", command.oorzaak)
        return f"Stopgezet op {command.einde:%d-%m-%Y}."

    def _file_eindverslag(self, command: m.EindverslagIndienen, command_id: str) -> str:
        state = self.case.state
        self.duties.answer(command.opdracht, command.datum, command_id)
        self.case.order(
            command.opdracht,
            d.Eindverslag(
                team=self._team(),
                plan=getattr(state.phase, "plan", None),
                einde=agenda.last_day_of(state).value,
                verslag=command,
                reviews=tuple(state.facts.reviews.values()),
            ),
        )
        return "Eindverslag en eindadvies ingediend."

    def _file_closing_note(self, command: m.AfrondenZonderBetrokkene, command_id: str) -> str:
        phase = self.case.state.phase
        assert isinstance(phase, ZonderBetrokkene)
        self.duties.answer(command.opdracht, command.datum, command_id)
        facts = d.Slotnota(team=self.case.state.facts.team, overleden_op=phase.overleden_op, nota=command)
        self.case.order(command.opdracht.replace("afronding", "slotnota"), facts)
        return "Slotnota ingediend."

    def _reopen(self, command: m.Heropenen, command_id: str) -> str:
        state = self.case.state
        phase = state.phase
        assert isinstance(phase, Afgesloten)
        self._note(ronde=state.facts.ronde + 1, heropend_op=self.case.today)
        without_plan = Voorbereiding() if state.facts.team else Toewijzing()
        self.enter(Lopend(plan=phase.plan) if phase.plan else without_plan)
        if phase.plan is not None:
            self._plan_to_end_on(command.einde)
        return f"Heropend, tot {command.einde:%d-%m-%Y}."

    def _reassign(self, command: m.Herverdelen, command_id: str) -> str:
        team = self._team()
        new = Actor(rol=command.rol, organisatie=command.organisatie, medewerker=command.medewerker)
        self._note(team=team.with_member(new, command.leiding))
        self.duties.hand_over(team.member(command.rol), new)
        return f"{command.rol} is nu van {command.organisatie}."

    def _note(self, **facts: Any) -> None:
        self.case.state.facts = self.case.state.facts.model_copy(update=facts)

    def _assigned(self, team: Team) -> None:
        self._note(team=team)
        self.enter(Voorbereiding())
        self.case.order("kennismaking_tandem", d.KennismakingTandem(team=team))

    def _end(self, einde: date, vorm: Vorm, oorzaak: str) -> None:
        phase = self.case.state.phase
        plan = phase.plan if isinstance(phase, Lopend) else None
        self.duties.withdraw_all("het traject is geëindigd", but=(DutyKind.EINDVERSLAG, DutyKind.HERSTEL))
        if (resting := self.case.state.facts.open_rest) is not None:
            began = self.case.state.facts.rests[resting - 1].van
            self._change_rest(tot=max(began, agenda.day_after(einde)))
        self.enter(Afronding(plan=plan, einde=einde, vorm=vorm, oorzaak=oorzaak))

    def _close_case(
        self,
        plan: m.PlanAkkoord | None,
        einde: date,
        vorm: Vorm,
        oorzaak: str,
        overlijden: ZonderBetrokkene | None = None,
    ) -> None:
        closed: Phase = Afgesloten(
            plan=plan,
            einde=einde,
            vorm=vorm,
            oorzaak=oorzaak,
            gesloten_op=self.case.today,
            overlijden=overlijden,
        )
        self.enter(closed)
        self.duties.facts_changed()

    def _ask_about_rest(self) -> None:
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

    def _change_rest(self, **facts: Any) -> None:
        known = self.case.state.facts
        n = known.open_rest
        assert n is not None
        rests = (*known.rests[: n - 1], known.rests[n - 1].model_copy(update=facts), *known.rests[n:])
        self._note(rests=rests)

    def _plan_to_end_on(self, einde: date) -> None:
        state = self.case.state
        assert isinstance(state.phase, Lopend)
        days = activering.days_to_extend(state.phase.plan, state.facts, einde, self.case.today, state.law)
        self._note(extensions=(*state.facts.extensions, Extension(dagen=days)))

    def _numbered(self, kind: DutyKind) -> str:
        return agenda.numbered(kind, self.case.state.facts.ronde)

    def _team(self) -> Team:
        team = self.case.state.facts.team
        assert team is not None
        return team

    def _closing_note(self) -> str:
        notes = [duty.key for duty in self.case.state.duties.values() if duty.kind is DutyKind.AFRONDING]
        return notes[-1]
