"""Chapter four: towards the end, the end itself, and what may come after it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from temporalio import workflow

from models import begeleiding as b
from models import documents as d
from models import messages as m
from models.actors import OPERATIES
from models.case import Extension
from models.duties import Alarm, DutyKind
from models.follow_up import AmaVervolg, Begonnen, Vervolg
from models.phases import Afgesloten, EindeOnbeslist, Lopend, Toewijzing, Voorbereiding, ZonderBetrokkene
from models.verloop import Afloop, Poging, Stap, Verlengingsvraag
from rules import activering, agenda
from workflows.chapter import Chapter
from workflows.commands import update

FOLLOWED_BY: dict[b.Uitkomst, str] = {
    "ama_se": "arbeidsmatige_activiteiten",
    "ama_wvg": "arbeidsmatige_activiteiten",
    "advies_welzijn": "onthaaltraject",
}
"""The outcomes after which another trajectory starts, with its kind."""

AFTER_THE_END = (DutyKind.VERDEELSTAAT, DutyKind.NAZORG)


class Ending(Chapter):
    """Beslispunt, extension, stop, end documents, outcome, nazorg, and reopening."""

    beslispunt_beslissen = update(b.BeslispuntBeslissen, "Wat er na het plan komt (art. 11).")
    verlenging_beslissen = update(
        b.VerlengingBeslissen, "VDAB beslist over een uitzonderlijke verlenging (art. 11)."
    )
    verlengen = update(m.Verlengen, "Een later einde, binnen de maximale duur (art. 11).")
    stopgesprek = update(b.Stopgesprek, "Een gesprek dat aan een stopzetting voorafgaat.")
    contactpoging = update(b.Contactpoging, "Een poging om de deelnemer te bereiken.")
    stopzetten = update(m.Stopzetten, "Een mens zet het traject vroegtijdig stop.")
    eindverslag_indienen = update(m.EindverslagIndienen, "Eindverslag en eindadvies (art. 22).")
    uitkomst_vastleggen = update(b.UitkomstVastleggen, "Waar de deelnemer naartoe ging.")
    nazorg_vastleggen = update(b.NazorgVastleggen, "Een contact na de start van het werk.")
    vdab_registratie = update(b.VdabRegistratie, "Wanneer iets in het VDAB-dossier is geregistreerd.")
    afronden_zonder_betrokkene = update(m.AfrondenZonderBetrokkene, "Slotnota na een overlijden.")
    heropenen = update(m.Heropenen, "Een afgesloten traject gaat verder.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            b.BeslispuntBeslissen: self._decide_what_comes,
            b.VerlengingBeslissen: self._decide_extension,
            m.Verlengen: self._extend,
            b.Stopgesprek: self._talk_before_stop,
            b.Contactpoging: self._try_to_reach,
            m.Stopzetten: self._stop,
            m.EindverslagIndienen: self._file_eindverslag,
            b.UitkomstVastleggen: self._note_outcome,
            b.NazorgVastleggen: self._aftercare,
            b.VdabRegistratie: self._registered,
            m.AfrondenZonderBetrokkene: self._file_closing_note,
            m.Heropenen: self._reopen,
        }

    def _decide_what_comes(self, command: b.BeslispuntBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id, command.keuze)
        if command.keuze == "afronden" or command.einde is None:
            return "Het traject wordt afgerond op zijn geplande einde."
        if command.keuze == "verlengen":
            return self._lengthened(command.einde)
        granted = self.case.state.facts.granted_end
        asked = Verlengingsvraag(gevraagd_op=command.datum, tot=command.einde, einde=granted)
        self.note(verlenging=asked)
        self.duties.open(DutyKind.VERLENGING, agenda.next_key("verlenging", self.case.state))
        return f"Uitzonderlijke verlenging gevraagd tot {command.einde:%d-%m-%Y}."

    def _decide_extension(self, command: b.VerlengingBeslissen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id, command.besluit)
        asked = self.case.state.facts.verlenging
        assert asked is not None
        einde = command.einde or asked.einde  # a refusal takes back nothing that was granted before
        decided = asked.model_copy(update={"besluit": command.besluit, "einde": einde})
        self.note(verlenging=decided)
        phase = self.case.state.phase
        if command.einde is not None:
            if isinstance(phase, EindeOnbeslist):
                self.enter(Lopend(plan=phase.plan))
            return f"VDAB staat een einde op {command.einde:%d-%m-%Y} toe. {self._lengthened(command.einde)}"
        self._order_refusal(asked, command)
        if isinstance(phase, EindeOnbeslist):
            self._end(agenda.last_day_of(self.case.state).value, "volledig", "maximale duur bereikt")
        return "VDAB weigert een uitzonderlijke verlenging."

    def _order_refusal(self, asked: Verlengingsvraag, command: b.VerlengingBeslissen) -> None:
        self.case.order(
            self.next_document("weigering_verlenging"),
            d.WeigeringVerlenging(
                team=self._team(),
                gevraagd_tot=asked.tot,
                einde=agenda.last_day_of(self.case.state),
                motivering=command.motivering,
            ),
        )

    def _extend(self, command: m.Verlengen, command_id: str) -> str:
        return self._lengthened(command.einde)

    def _lengthened(self, einde: date) -> str:
        """A new end has a beslispunt and end documents of its own."""
        self._plan_to_end_on(einde)
        facts, filed = self.case.state.facts, self.case.state.duties.get(self._end_documents())
        again = facts.opnieuw_geeindigd + (filed is not None and not filed.live)
        self.note(verlengd=facts.verlengd + 1, opnieuw_geeindigd=again)
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.BESLISPUNT:
                self.duties.withdraw(duty.key, "er is een ander einde afgesproken")
        return f"Nieuw gepland einde {einde:%d-%m-%Y}."

    def _plan_to_end_on(self, einde: date) -> None:
        state = self.case.state
        assert isinstance(state.phase, Lopend)
        days = activering.days_to_extend(state.phase.plan, state.facts, einde, self.case.today, state.law)
        self.note(extensions=(*state.facts.extensions, Extension(dagen=days)))

    def _talk_before_stop(self, command: b.Stopgesprek, command_id: str) -> str:
        step = Stap(stap=command.stap, op=command.datum)
        self.note(stopgesprekken=(*self.case.state.facts.stopgesprekken, step))
        return f"Een {command.stap} gesprek is gevoerd."

    def _try_to_reach(self, command: b.Contactpoging, command_id: str) -> str:
        attempt = Poging(op=command.datum, kanaal=command.kanaal, gelukt=command.gelukt)
        self.note(pogingen=(*self.case.state.facts.pogingen, attempt))
        return f"Contactpoging ({command.kanaal}): {'gelukt' if command.gelukt else 'niet gelukt'}."

    def _stop(self, command: m.Stopzetten, command_id: str) -> str:
        if self.case.state.facts.team is None:  # nobody guided the person yet, so nobody owes end documents
            self.duties.withdraw_all("het traject is gestopt voor er een team was")
            self._close_case(None, command.einde, "vroegtijdig", command.oorzaak)
            return f"Stopgezet op {command.einde:%d-%m-%Y}."
        self._end(command.einde, "vroegtijdig", command.oorzaak)
        self.case.order(
            self.next_document("stopzetting"),
            d.Stopzetting(
                team=self._team(),
                einde=command.einde,
                oorzaak=command.oorzaak,
                heropenen_tot=activering.reopening_window(self.case.today, self.case.state.law),
            ),
        )
        return f"Stopgezet op {command.einde:%d-%m-%Y}."

    def _file_eindverslag(self, command: m.EindverslagIndienen, command_id: str) -> str:
        state = self.case.state
        self.duties.answer(command.opdracht, command.datum, command_id)
        einde = agenda.last_day_of(state).value
        self.case.order(
            command.opdracht,
            d.Eindverslag(
                team=self._team(),
                plan=self._plan(),
                einde=einde,
                verslag=command,
                reviews=tuple(state.facts.reviews.values()),
            ),
        )
        if command.niveau is not None:
            self._keep_value(command, command.niveau)
        if command.uitkomst is not None and state.facts.afloop is None:
            self.note(afloop=Afloop(uitkomst=command.uitkomst))
            self._order_next(command.uitkomst)
        if command.eindadvies is None:
            return "Eindverslag ingediend, zonder eindadvies."
        self._order_advice(command, einde)
        return "Eindverslag en eindadvies ingediend."

    def _order_advice(self, command: m.EindverslagIndienen, einde: date) -> None:
        state = self.case.state
        key = command.opdracht.replace("eindverslag", "eindadvies")
        self.case.order(
            key,
            d.Eindadvies(
                team=self._team(),
                start=state.facts.start,
                einde=einde,
                verslag=command,
                metingen=state.facts.metingen,
            ),
        )
        self.case.order(
            key.replace("eindadvies", "eindadvies_kopie"),
            d.EindadviesKopie(
                team=self._team(),
                einde=einde,
                verslag=command,
                heropenen_tot=activering.reopening_window(max(einde, self.case.today), state.law),
            ),
        )

    def _note_outcome(self, command: b.UitkomstVastleggen, command_id: str) -> str:
        before = self.case.state.facts.afloop
        begun = before is not None and before.begonnen
        told = command.model_dump(include={"uitkomst", "sinds", "nazorg", "begeleider"})
        self.note(afloop=Afloop(**told, begonnen=begun))
        if command.begeleider is None:
            self._order_next(command.uitkomst)
        return f"Uitkomst: {command.uitkomst.replace('_', ' ')}."

    def _order_next(self, uitkomst: b.Uitkomst) -> None:
        """A trajectory that comes next is ordered in the log of the dossier, for whoever starts it."""
        if (soort := FOLLOWED_BY.get(uitkomst)) is not None:
            told = f"Vervolg gevraagd: {soort}."
            self.case.tell("vervolg-gevraagd", told, gegevens={"soort": soort, "uitkomst": uitkomst})

    def ama_to_begin(self) -> Afloop | None:
        """The outcome whose AMA has still to begin at the begeleider of the participant's choice."""
        afloop = self.case.state.facts.afloop
        return afloop if afloop and afloop.begeleider and not afloop.begonnen else None

    async def begin_ama(self, einde: date, afloop: Afloop) -> None:
        """Begins the AMA the day after the last one, once; a person decides about what keeps failing."""
        facts = self.case.state.facts
        begin = max(agenda.day_after(einde), self.case.today)
        owner = facts.team.casemanager_zorg if facts.team else OPERATIES
        if not await self.case.reached(Alarm(key="start ama", owner=owner, on=agenda.follows(begin))):
            return
        order = Vervolg(
            workflow_id=workflow.info().workflow_id,
            reference=facts.reference,
            nis_code=facts.nis_code,
            soort="arbeidsmatige_activiteiten",
            begin=begin,
            nu=workflow.now(),
            regime=facts.regime,
            ama=AmaVervolg(begeleider=afloop.begeleider),
        )
        await self.begin_next(order, self._ama_begun)

    def _ama_begun(self, begun: Begonnen | None) -> None:
        afloop = self.case.state.facts.afloop
        assert afloop is not None
        self.note(afloop=afloop.model_copy(update={"begonnen": True}))

    def _aftercare(self, command: b.NazorgVastleggen, command_id: str) -> str:
        self.duties.answer(command.opdracht, command.datum, command_id)
        return "Contact van de nazorg vastgelegd."

    def _registered(self, command: b.VdabRegistratie, command_id: str) -> str:
        return f"Geregistreerd in het VDAB-dossier op {command.geregistreerd_op:%d-%m-%Y}: {command.wat}."

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
        self.note(
            ronde=state.facts.ronde + 1,
            heropend_op=self.case.today,
            afloop=None,
            stopgesprekken=(),
            pogingen=(),
        )
        for duty in state.live_duties:
            if duty.kind in AFTER_THE_END:
                self.duties.withdraw(duty.key, "het traject is heropend")
        without_plan = Voorbereiding() if state.facts.team else Toewijzing()
        self.enter(Lopend(plan=phase.plan) if phase.plan else without_plan)
        self._ask_again_about_actions()
        if phase.plan is not None:
            self._plan_to_end_on(command.einde)
        return f"Heropend, tot {command.einde:%d-%m-%Y}."

    def _closing_note(self) -> str:
        notes = [duty.key for duty in self.case.state.duties.values() if duty.kind is DutyKind.AFRONDING]
        return notes[-1]
