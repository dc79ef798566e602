"""The toeleiding: from a request that is always accepted to VDAB's decision, and the start of what was chosen."""

from collections.abc import Callable
from datetime import date
from typing import Any

from temporalio import workflow

from models import documents as d
from models import messages as m
from models import toeleiding as t
from models.case import Closed
from models.duties import Alarm, Bezig, DutyKind
from models.findings import Finding
from models.follow_up import AmaVervolg, Begonnen, Doorgiftemelding, Gevolg, Vervolg
from models.phases import Aanvullen, Beslissing, Beslist, Ingetrokken, Screening, ZonderBetrokkene
from models.steps import TeamOrder
from models.toeleiding_case import Gestart, ToeleidingFacts, ToeleidingStart, ToeleidingState
from rules import toeleiding
from rules.agenda import next_key, optional
from rules.grounded import finding
from rules.openings import Opening
from rules.toeleidingsboek import TOELEIDINGSBOEK
from workflows.commands import update
from workflows.shared import Handled

COMPETENT, BESIDE = "bevoegdheid", "samenloop"
IN_HAND = (DutyKind.HERSTEL, DutyKind.BEVINDINGEN, DutyKind.BEZWAAR)


@workflow.defn(name="toeleiding")
class Toeleiding(Handled[ToeleidingState]):
    """One request for a werk- en zorgtraject (D2022 art. 7-9)."""

    @workflow.init
    def __init__(self, start: ToeleidingStart) -> None:
        super().__init__(start, start.state or _first_state(start), TOELEIDINGSBOEK)

    @workflow.run
    async def run(self, start: ToeleidingStart) -> Closed:
        """Runs the toeleiding from the request until nothing about the decision can come any more."""
        return await self.live(self._story)

    def next_opening(self) -> Opening | None:
        """What opens by itself next."""
        return toeleiding.next_opening(self.case.state)

    async def _story(self) -> None:
        match self.case.state.phase:
            case Aanvullen() if COMPETENT not in self.case.state.facts.opgezocht:
                await self._find_who_decides()
            case Aanvullen() if (
                not self.case.state.facts.inhoud.ontbreekt or self.case.state.facts.volledig_op
            ):
                self._complete()
            case Beslissing() if "beslissing" not in self.case.state.duties and not self._looked_beside():
                await self._look_beside()
            case Aanvullen() | Screening() | Beslissing():
                await self.go_on()
            case Beslist(overlijden=None) as phase if (route := self._still_to_start(phase)) is not None:
                await self._start_what_follows(*route)
            case Beslist() | Ingetrokken():
                await self.stay_open("Na de beslissing kan niets meer komen.")
            case ZonderBetrokkene() as phase:
                await self.conclude_without_person(phase)

    aanvraag_aanvullen = update(t.AanvraagAanvullen, "Wat aan de aanvraag ontbrak.")
    wachten_op_derde = update(t.WachtenOpDerde, "Een document van een derde wordt afgewacht.")
    derde_opvolgen = update(t.DerdeOpvolgen, "Wat er van het document van een derde werd.")
    onvolledig_beslissen = update(t.OnvolledigBeslissen, "VDAB gaat verder of geeft meer tijd.")
    bevindingen_bekijken = update(t.BevindingenBekijken, "Een mens bekeek de bevindingen bij de aanvraag.")
    advies_vragen = update(t.AdviesVragen, "Advies van een betrokken partner vragen.")
    advies_geven = update(t.AdviesGeven, "Het advies van een partner.")
    screening_vastleggen = update(t.ScreeningVastleggen, "De screening en haar advies.")
    toeleiding_beslissen = update(
        t.ToeleidingBeslissen, "VDAB beslist over twee elementen en een weg (art. 9)."
    )
    aanvraag_intrekken = update(t.AanvraagIntrekken, "De persoon trekt de aanvraag in.")
    bezwaar_noteren = update(t.BezwaarNoteren, "Een klacht of bezwaar; het schorst niets.")
    bezwaar_beantwoorden = update(t.BezwaarBeantwoorden, "Het antwoord op een klacht of bezwaar.")

    @workflow.signal(
        name="doorgifte_gemeld", description="Een doorgifte aan het GBO is verzonden of afgeleverd."
    )
    def transmission_told(self, melding: Doorgiftemelding) -> None:
        """Keeps when the data went to the GBO and were taken there; hearing it twice changes nothing (art. 4-6)."""
        heard = toeleiding.heard(melding, self.case.state.facts)
        if heard == self.case.state.facts.doorgiften:
            return
        self.note(doorgiften=heard)
        what = "verzonden" if melding.afgeleverd_op is None else "afgeleverd"
        on = melding.afgeleverd_op or melding.verzonden_op
        self.case.tell(
            f"onthaal-{what}",
            f"Doorgifte {melding.nummer} is {what} op {on:%d-%m-%Y}.",
            gegevens={"nummer": melding.nummer, "op": on.isoformat()},
        )

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of a toeleiding, with those that every story has."""
        return super().applications() | {
            t.AanvraagAanvullen: self._add,
            t.WachtenOpDerde: self._await_third,
            t.DerdeOpvolgen: self._follow_third,
            t.OnvolledigBeslissen: self._decide_incomplete,
            t.BevindingenBekijken: self._looked_at,
            t.AdviesVragen: self._ask_advice,
            t.AdviesGeven: self._take_advice,
            t.ScreeningVastleggen: self._screened,
            t.ToeleidingBeslissen: self._decide,
            t.AanvraagIntrekken: self._withdraw,
            t.BezwaarNoteren: self._object,
            t.BezwaarBeantwoorden: self._answer_objection,
        }

    async def _find_who_decides(self) -> None:
        """Asks the tables once who decides here; without an answer operations owe it."""
        facts = self.case.state.facts
        order = TeamOrder(
            workflow_id=workflow.info().workflow_id,
            reference=facts.reference,
            nis_code=facts.nis_code,
            on=facts.start,
        )
        left = self.left()
        found = await self.repairs.insist(COMPETENT, lambda: self.calls.competent(order), left)
        if found is not None:
            area = found.werkingsgebied or facts.werkingsgebied
            self.note(werkingsgebied=area, omkadering=found.omkadering, screener=found.screener)
        if left():
            return  # withdrawn, or the person died, while the tables did not answer
        self._looked_up(COMPETENT)
        lacking = self.case.state.facts.inhoud.ontbreekt
        if lacking and self.case.state.facts.volledig_op is None:
            self.case.tell("onvolledig", f"Aan de aanvraag ontbreekt: {', '.join(lacking)}.")
            asked = self.duties.open(DutyKind.AANVULLEN, "aanvullen")
            self._write_incomplete(asked.due)
        self.duties.facts_changed()

    def _write_incomplete(self, due: Finding[date | None]) -> None:
        """The letter goes to the person; a requester that files for somebody is asked by its duty."""
        facts = self.case.state.facts
        if facts.aanvrager is None:
            lacking = facts.inhoud.ontbreekt
            order = d.Onvolledig(vdab=facts.omkadering.vdab, ontbreekt=lacking, tegen=due)
            self.case.order(self.next_document("onvolledig"), order)

    def _complete(self) -> None:
        facts = self.case.state.facts
        if facts.volledig_op is None:
            self.note(volledig_op=self.case.today)
        self.duties.withdraw_all("de aanvraag gaat verder", but=(*IN_HAND, DutyKind.ADVIES))
        self.enter(Screening())
        self.duties.facts_changed()

    def _looked_beside(self) -> bool:
        return BESIDE in self.case.state.facts.opgezocht

    def _looked_up(self, what: str) -> None:
        self.note(opgezocht=(*self.case.state.facts.opgezocht, what))

    async def _look_beside(self) -> None:
        """Asks the record what else runs for the person: it decides which first day is possible."""
        facts = self.case.state.facts
        left = self.left()
        found = await self.repairs.insist(BESIDE, lambda: self.calls.beside(facts.reference), left)
        if left():
            return
        if found is not None:
            self.note(lopend=(*self.case.state.facts.inhoud.lopend, *found.lopend))
        self._looked_up(BESIDE)

    def _add(self, command: t.AanvraagAanvullen, command_id: str) -> str:
        told = {
            name: getattr(command, name)
            for name in t.AanvraagAanvullen.model_fields
            if name in t.Aanvraaginhoud.model_fields and getattr(command, name)
        }
        known = self.case.state.facts.inhoud
        if command.documenten:
            told["documenten"] = (*known.documenten, *command.documenten)
        self.note(inhoud=known.model_copy(update=told))
        self.answer(command, command_id)
        lacking = self.case.state.facts.inhoud.ontbreekt
        if not lacking:
            return "De aanvraag is volledig."
        self.duties.open(DutyKind.AANVULLEN, next_key("aanvullen", self.case.state))
        return f"De aanvraag is aangevuld; nog nodig: {', '.join(lacking)}."

    def _await_third(self, command: t.WachtenOpDerde, command_id: str) -> str:
        for duty in self.case.state.live_duties:
            if duty.kind in (DutyKind.AANVULLEN, DutyKind.ONVOLLEDIG):
                self.duties.withdraw(duty.key, "een document van een derde wordt afgewacht")
        self.duties.open(DutyKind.DERDE, next_key("derde", self.case.state))
        return "Een document van een derde wordt afgewacht."

    def _follow_third(self, command: t.DerdeOpvolgen, command_id: str) -> str:
        self.answer(command, command_id, command.keuze)
        if command.keuze == "nog_wachten":
            self.duties.open(DutyKind.DERDE, next_key("derde", self.case.state))
            return "Het document wordt nog afgewacht."
        if isinstance(self.case.state.phase, Aanvullen):
            self.duties.open(DutyKind.AANVULLEN, next_key("aanvullen", self.case.state))
        return "Het wachten op de derde is voorbij."

    def _decide_incomplete(self, command: t.OnvolledigBeslissen, command_id: str) -> str:
        self.answer(command, command_id, command.keuze)
        if command.keuze == "verder_met_wat_er_is":
            self.note(volledig_op=command.datum)
            return "Het gaat verder met wat er is."
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.AANVULLEN:
                self.duties.withdraw(duty.key, "er is meer tijd")
        asked = self.duties.open(DutyKind.AANVULLEN, next_key("aanvullen", self.case.state))
        self._write_incomplete(asked.due)
        return "De aanvrager krijgt meer tijd."

    def _looked_at(self, command: t.BevindingenBekijken, command_id: str) -> str:
        self.answer(command, command_id)
        return "De bevindingen bij de aanvraag zijn bekeken."

    def _ask_advice(self, command: t.AdviesVragen, command_id: str) -> str:
        self.duties.open(DutyKind.ADVIES, f"advies/{command.organisatie}")
        return f"Advies gevraagd aan {command.organisatie}."

    def _take_advice(self, command: t.AdviesGeven, command_id: str) -> str:
        self.answer(command, command_id)
        return "Het advies is er."

    def _screened(self, command: t.ScreeningVastleggen, command_id: str) -> str:
        self.answer(command, command_id)
        self.note(gescreend_op=command.datum, screening=command)
        facts = self.case.state.facts
        order = d.Screeningsverslag(vdab=facts.omkadering.vdab, screener=facts.screener, screening=command)
        self.case.order(self.next_document("screeningsverslag"), order)
        self.enter(Beslissing())
        return "De screening is vastgelegd."

    def _decide(self, command: t.ToeleidingBeslissen, command_id: str) -> str:
        self.answer(command, command_id, command.route)
        self.duties.withdraw_all("VDAB heeft beslist", but=IN_HAND)
        self.note(beslist_op=command.datum)
        self.enter(Beslist(beslissing=command, gesloten_op=self.case.today))
        self._write_decision(command)
        self._close_diagnostics()
        return f"VDAB beslist: {command.route.replace('_', ' ')}."

    def _write_decision(self, command: t.ToeleidingBeslissen) -> None:
        """The candidate gets the reasons and the remedies; the requester the outcome, unless more was agreed."""
        facts = self.case.state.facts
        vdab = facts.omkadering.vdab
        self.case.order(self.next_document("beslissing"), d.Beslissing(vdab=vdab, beslissing=command))
        if facts.aanvrager is None:
            return
        judged = (command.problematiek, command.groeimogelijkheden) if facts.inhoud.mag_redenen_horen else ()
        order = d.BeslissingAanvrager(
            vdab=vdab,
            aanvrager=facts.aanvrager,
            route=command.route,
            redenen=tuple(each.motivering for each in judged),
        )
        self.case.order(self.next_document("beslissing_aanvrager"), order)

    def _close_diagnostics(self) -> None:
        """After the decision nobody but VDAB needs the diagnostic documents; the case forgets where they are."""
        inhoud = self.case.state.facts.inhoud
        kept = tuple(each for each in inhoud.documenten if each.soort != "diagnostisch")
        if len(kept) != len(inhoud.documenten):
            self.note(inhoud=inhoud.model_copy(update={"documenten": kept}))
            self.case.tell("diagnostiek-gesloten", "De diagnostische documenten zijn gesloten.")

    def _still_to_start(self, phase: Beslist) -> tuple[t.ToeleidingBeslissen, Gevolg, date] | None:
        """What follows by itself and has not started or was not left out yet, with its first day."""
        chosen, facts = phase.beslissing, self.case.state.facts
        done = {*facts.opgezocht, *(each.soort for each in facts.gestart)}
        left = next((soort for soort in toeleiding.chosen_by(chosen) if soort not in done), None)
        return (chosen, left, chosen.start or phase.gesloten_op) if left else None

    async def _start_what_follows(self, chosen: t.ToeleidingBeslissen, soort: Gevolg, begin: date) -> None:
        """Waits for the first day and begins what was chosen, once; what keeps failing a person decides."""
        facts = self.case.state.facts
        known = optional(finding(toeleiding.beside, begin, "De eerste dag volgens de beslissing."))
        owner = toeleiding.owner_of(DutyKind.BESLISSING, "beslissing", self.case.state)
        if not await self.case.reached(Alarm(key=f"start {soort}", owner=owner, on=known)):
            return
        order = Vervolg(
            workflow_id=workflow.info().workflow_id,
            reference=facts.reference,
            nis_code=facts.nis_code,
            soort=soort,
            begin=max(begin, self.case.today),
            nu=workflow.now(),
            keuze=chosen.kernpartner,
            dakloos=soort == toeleiding.ONTHAAL and toeleiding.without_home(chosen, facts),
            regime=facts.regime,
            ama=_of_ama(chosen, facts) if soort in toeleiding.AMA else None,
        )
        await self.begin_next(order, self._begun(soort))

    def _begun(self, soort: Gevolg) -> Callable[[Begonnen | None], None]:
        """Notes that something began, or that a person decided it does not."""

        def noted(begun: Begonnen | None) -> None:
            if begun is None:
                self._looked_up(soort)
            else:
                self.note(
                    gestart=(*self.case.state.facts.gestart, Gestart.model_validate(begun.model_dump()))
                )

        return noted

    def _note_appointment(self, command: m.Afspraak, command_id: str) -> str:
        """A screening that is planned needs no reminder before its day."""
        planned = toeleiding.planned_screening(command, self.case.state, self.case.today)
        if planned.value is not None:
            self.duties.rest_until("screening", Bezig(verwacht_op=planned.value, reden=planned.reden))
        return super()._note_appointment(command, command_id)

    def _withdraw(self, command: t.AanvraagIntrekken, command_id: str) -> str:
        self.duties.withdraw_all("de aanvraag is ingetrokken", but=(DutyKind.HERSTEL,))
        self.enter(Ingetrokken(gesloten_op=self.case.today))
        self._close_diagnostics()
        return "De aanvraag is ingetrokken."

    def _object(self, command: t.BezwaarNoteren, command_id: str) -> str:
        self.duties.open(DutyKind.BEZWAAR, next_key("bezwaar", self.case.state))
        return f"Genoteerd: {command.soort}. Dit schorst niets."

    def _answer_objection(self, command: t.BezwaarBeantwoorden, command_id: str) -> str:
        self.answer(command, command_id)
        return "Er is geantwoord."

    def close_without_person(self, phase: ZonderBetrokkene) -> None:
        """Closes the request of somebody who died."""
        if isinstance(phase.vorige, Beslist):
            closed = {"gesloten_op": self.case.today, "overlijden": phase}
            self.enter(phase.vorige.model_copy(update=closed))
        else:
            self.enter(Ingetrokken(gesloten_op=self.case.today, overlijden=phase))
        self._close_diagnostics()


def _of_ama(chosen: t.ToeleidingBeslissen, facts: ToeleidingFacts) -> AmaVervolg:
    decided = facts.beslist_op if chosen.route == "ama_se" else None
    return AmaVervolg(begeleider=chosen.ama_begeleider, houder=chosen.ama_contingent, beslist_op=decided)


def _first_state(start: ToeleidingStart) -> ToeleidingState:
    assert start.law is not None
    facts = ToeleidingFacts(
        reference=start.reference,
        nis_code=start.nis_code,
        start=start.start,
        regime=start.regime,
        inhoud=start.inhoud,
        aanvrager=start.aanvrager,
        waarschuwingen=start.waarschuwingen,
    )
    return ToeleidingState(law=start.law, facts=facts)
