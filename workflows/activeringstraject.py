"""The activeringstraject: at most eighteen months of work and care actions, with reviews and a final advice."""

from temporalio import workflow

from models.case import CaseState, Closed, Facts, Start
from models.duties import DutyKind
from models.phases import (
    Afgesloten,
    Afronding,
    EindeOnbeslist,
    Lopend,
    Toewijzing,
    Voorbereiding,
    ZonderBetrokkene,
)
from rules import agenda, openings
from rules.activeringsboek import ACTIVERING
from workflows.assigning import Assigning
from workflows.ending import Ending
from workflows.paying import Paying
from workflows.planning import Planning


@workflow.defn(name="activeringstraject")
class Activeringstraject(Assigning, Planning, Ending, Paying):
    """One participant's activeringstraject (D2022 art. 10-27)."""

    @workflow.init
    def __init__(self, start: Start) -> None:
        super().__init__(start, start.state or _first_state(start), ACTIVERING)

    @workflow.run
    async def run(self, start: Start) -> Closed:
        """Runs the trajectory from its request to the end of its reopening window."""
        return await self.live(self._story)

    async def _story(self) -> None:
        """One step of the story, told from the phase the case is in; it is told again whenever something changed."""
        if self._has_moved():
            await self._move_to_other_team()
        match self.case.state.phase:
            case Toewijzing():
                await self._assign_team()  # art. 14 §2 1°
            case Voorbereiding():
                await self._go_on()  # art. 14 §2 2°-5°, 15
            case Lopend():
                await self._accompany()  # art. 10-11, 15 6°
            case EindeOnbeslist():
                await self._await_decision()  # art. 11
            case Afronding() as phase:
                await self._conclude(phase)  # art. 14 §2 8°-9°, 22
            case Afgesloten(overlijden=None, einde=einde) if (afloop := self.ama_to_begin()) is not None:
                await self.begin_ama(einde, afloop)
            case Afgesloten():
                await self._stay_reopenable()
            case ZonderBetrokkene() as phase:
                await self._conclude_without_person(phase)

    async def _go_on(self) -> bool:
        """Waits for what opens next and opens it; tells whether it was the end that came."""
        opening = openings.next_opening(self.case.state)
        if opening is None:
            await self.case.changed()
            return False
        if not await self.case.reached(opening.alarm):
            return False
        if opening.kind is None:
            return True
        self.duties.open(opening.kind, opening.key)
        return False

    async def _accompany(self) -> None:
        self.ask_about_rest()
        phase = self.case.state.phase
        if not await self._go_on() or not isinstance(phase, Lopend):
            return
        if any(duty.kind is DutyKind.VERLENGING for duty in self.case.state.live_duties):
            self._leave_end_undecided(phase)
        else:
            self._end(agenda.last_day_of(self.case.state).value, "volledig", "geplande duur bereikt")
        self.duties.facts_changed()

    def _leave_end_undecided(self, phase: Lopend) -> None:
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.BESLISPUNT:
                self.duties.withdraw(duty.key, "VDAB beslist nog over een verlenging")
        self.enter(EindeOnbeslist(plan=phase.plan, einde=agenda.last_day_of(self.case.state).value))

    async def _await_decision(self) -> None:
        """Guidance goes on while VDAB decides; the duty to decide never ends by itself.

        Late knowledge may say that the end has not come yet.
        """
        phase = self.case.state.phase
        if isinstance(phase, EindeOnbeslist) and agenda.last_day_of(self.case.state).value >= self.case.today:
            self.enter(Lopend(plan=phase.plan))
        else:
            await self.case.changed()

    async def _conclude(self, phase: Afronding) -> None:
        key = self._end_documents()
        if self.duties.open(DutyKind.EINDVERSLAG, key).live:
            await self._go_on()
        else:
            self._close_case(phase.plan, phase.einde, phase.vorm, phase.oorzaak)

    async def _stay_reopenable(self) -> None:
        if await self._go_on() and await self.duties.all_closed():
            self.case.tell("beeindigd", "De termijn om te heropenen is voorbij.")
            self.pump.ending = True

    async def _conclude_without_person(self, phase: ZonderBetrokkene) -> None:
        duty = self._closing_note()
        if duty in self.duties and not self.duties[duty].live:
            plan = getattr(phase.vorige, "plan", None)
            einde = agenda.last_day_after_death(phase, self.case.state)
            self._close_case(plan, einde, "overlijden", "overlijden", phase)
        else:
            await self.duties.ask(DutyKind.AFRONDING, duty)

    def closed(self) -> Closed:
        """How the activeringstraject ended for good."""
        phase = self.case.state.phase
        assert isinstance(phase, Afgesloten)
        return Closed(reference=self.case.reference, einde=phase.einde, vorm=phase.vorm)


def _first_state(start: Start) -> CaseState:
    assert start.law is not None
    facts = Facts(reference=start.reference, nis_code=start.nis_code, start=start.start, regime=start.regime)
    return CaseState(law=start.law, facts=facts)
