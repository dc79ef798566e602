"""What the chapters of an activeringstraject share: its facts, its team, and how it ends."""

from datetime import date
from typing import Any

from models import messages as m
from models.actie import Actie
from models.actors import Team
from models.case import CaseState
from models.documents import Vergoedingsstaat
from models.duties import DutyKind, DutyStatus, number_of
from models.phases import Afgesloten, Afronding, EindeOnbeslist, Lopend, Vorm, ZonderBetrokkene
from models.verloop import ActieStand, Meting
from rules import agenda, begeleiding, openings, reviews
from workflows.resting import Resting

STAYS_AFTER_THE_END = (
    DutyKind.EINDVERSLAG,
    DutyKind.HERSTEL,
    DutyKind.METING,
    DutyKind.OVERDRACHT,
    DutyKind.PAKKET,
)
OF_OFFER = (DutyKind.AANBOD, DutyKind.ACTIE)
OF_ACTION = (*OF_OFFER, DutyKind.VOORSTEL, DutyKind.PAKKET)
NOTHING_OFFERED = ("geen_aanbod", "geweigerd")


class Chapter(Resting[CaseState]):
    """A part of the story of an activeringstraject."""

    def _numbered(self, kind: DutyKind) -> str:
        return agenda.numbered(kind, self.case.state.facts.ronde)

    def _end_documents(self) -> str:
        """The key of the duty to file the end documents of this end."""
        return agenda.numbered(DutyKind.EINDVERSLAG, self.case.state.facts.einde_nummer)

    def _team(self) -> Team:
        team = self.case.state.facts.team
        assert team is not None
        return team

    def _plan(self) -> m.PlanAkkoord | None:
        phase = self.case.state.phase
        return phase.plan if isinstance(phase, Lopend | EindeOnbeslist | Afronding | Afgesloten) else None

    def _change_action(self, stand: ActieStand, **facts: Any) -> None:
        changed = stand.model_copy(update=facts)
        known = self.case.state.facts.acties
        self.note(acties=tuple(changed if each.nummer == stand.nummer else each for each in known))
        if changed.vervallen:
            for duty in self.case.state.live_duties:
                if duty.kind in OF_ACTION and number_of(duty.key) == stand.nummer:
                    self.duties.withdraw(duty.key, "de actie vervalt")

    def _asking_anew(self, stand: ActieStand, actie: Actie) -> dict[str, Any]:
        asked = [d for d in self.case.state.duties.values() if d.kind is DutyKind.AANBOD]
        times = sum(number_of(duty.key) == stand.nummer for duty in asked)
        return {"gevraagd": times, "vraag_vanaf": self.case.today if actie.needs_an_offer else None}

    def _ask_again_about_actions(self) -> None:
        """After a reopening: what was still asked about an action at the end is asked again."""
        for stand in self.case.state.facts.acties:
            if not stand.vervallen and stand.vraag_vanaf is not None:
                self._change_action(stand, **self._asking_anew(stand, stand.actie))
            key = agenda.next_key(f"actie/{stand.nummer}", self.case.state)
            if not stand.vervallen and stand.antwoord in NOTHING_OFFERED and self._undecided(stand):
                self.duties.open(DutyKind.ACTIE, key)

    def _undecided(self, stand: ActieStand) -> bool:
        asked = [d for d in self.case.state.duties.values() if d.kind is DutyKind.ACTIE]
        of_action = [duty for duty in asked if number_of(duty.key) == stand.nummer]
        return bool(of_action) and of_action[-1].status is DutyStatus.WITHDRAWN

    def _plan_facts(self) -> dict[str, Any]:
        """The plan as it runs now, for its documents."""
        state, phase = self.case.state, self.case.state.phase
        assert isinstance(phase, Lopend)
        return {
            "team": self._team(),
            "plan": phase.plan,
            "einde": agenda.last_day_of(state),
            "evaluaties": reviews.planned_reviews(state),
            "acties": tuple(stand for stand in state.facts.acties if not stand.vervallen),
            "versie": state.facts.planversie,
            "akkoord_op": state.facts.versie_van,
        }

    def _keep_value(self, command: m.Command, niveau: int, groeipotentieel: int | None = None) -> None:
        """Keeps a value; a question that it answers is no longer asked."""
        speaker = command.namens or command.door
        meting = Meting(
            op=command.datum,
            niveau=niveau,
            groeipotentieel=groeipotentieel,
            door=speaker.rol if speaker else None,
        )
        self.note(metingen=(*self.case.state.facts.metingen, meting))
        still = {*begeleiding.measurements_to_ask(self.case.state.facts, self.case.state.law)}
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.METING and number_of(duty.key) not in still:
                self.duties.withdraw(duty.key, "er is een recente waarde")

    def _end(self, einde: date, vorm: Vorm, oorzaak: str) -> None:
        """The last day came, or somebody stopped: what is still owed are the end documents."""
        plan = self._plan()
        self.duties.withdraw_all("het traject is geëindigd", but=STAYS_AFTER_THE_END)
        if (resting := self.case.state.facts.open_rest) is not None:
            began = self.case.state.facts.rests[resting - 1].van
            self.change_rest(tot=max(began, agenda.day_after(einde)))
        self.enter(Afronding(plan=plan, einde=einde, vorm=vorm, oorzaak=oorzaak))

    def _close_case(
        self,
        plan: m.PlanAkkoord | None,
        einde: date,
        vorm: Vorm,
        oorzaak: str,
        overlijden: ZonderBetrokkene | None = None,
    ) -> None:
        self.enter(
            Afgesloten(
                plan=plan,
                einde=einde,
                vorm=vorm,
                oorzaak=oorzaak,
                gesloten_op=self.case.today,
                overlijden=overlijden,
            )
        )
        if self.case.state.facts.team is not None:
            self._draw_up_statement()
        self.duties.facts_changed()

    def _draw_up_statement(self) -> None:
        """The statement of what the trajectory gives right to; a later fact about money makes another one."""
        facts, phase = self.case.state.facts, self.case.state.phase
        assert isinstance(phase, Afgesloten)
        self.case.order(
            self.next_document("vergoedingsstaat"),
            Vergoedingsstaat(
                team=facts.team,
                start=facts.start,
                einde=phase.einde,
                tandems=facts.tandems,
                geld=facts.geld,
                overleden=phase.vorm == "overlijden",
                netwerkacties=any(stand.actie.aanbod in openings.NETWORK for stand in facts.acties),
            ),
        )
