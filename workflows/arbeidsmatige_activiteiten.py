"""Arbeidsmatige activiteiten: permissions, agreements, and years with an evaluation each (art. 28-33)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models import ama as a
from models import messages as m
from models.ama_case import AmaFacts, AmaStart, AmaState
from models.ama_orders import EvaluatieOrder
from models.ama_verloop import EvaluatieStand
from models.case import Closed
from models.contingent import Vrijgavereden
from models.duties import DutyKind, number_of
from models.evaluatie import (
    AmaGeeindigd,
    AmaHervat,
    BegeleiderGewisseld,
    Evaluate,
    EvaluatieAfgerond,
    VerjaardagGewijzigd,
)
from models.phases import Aangemeld, AmaGesloten, Begeleid, Gepland, Uitstroom, ZonderBetrokkene
from rules import ama, ama_evaluaties, ama_openings
from rules.amaboek import AMABOEK
from rules.openings import END, Opening
from workflows.ama_chapter import CONDITIONS, LOOK_UP
from workflows.ama_handing_over import HandingOver
from workflows.commands import update

COUNTED = (
    *(DutyKind.HERSTEL, DutyKind.AFRONDING, DutyKind.HERVATTING, DutyKind.BEZOEK, DutyKind.VERZEKERING),
    *(DutyKind.OPSCHORTINGSGESPREK, DutyKind.OPSCHORTINGSBESLISSING, DutyKind.WAT_DAARNA, DutyKind.POP),
)
"""The kinds whose keys are numbered by those that exist, or that are asked once: they stay."""


@workflow.defn(name="arbeidsmatige_activiteiten")
class ArbeidsmatigeActiviteiten(HandingOver):
    """One participant's arbeidsmatige activiteiten, in welfare policy or in the social economy."""

    @workflow.init
    def __init__(self, start: AmaStart) -> None:
        super().__init__(start, start.state or _first_state(start), AMABOEK)

    @workflow.run
    async def run(self, start: AmaStart) -> Closed:
        """Runs from the notice until nothing can be put right any more; each year is a run of its own."""
        return await self.live(self._story)

    async def _story(self) -> None:
        if LOOK_UP not in self.case.state.facts.opgezocht:
            await self.look_up()
        if self.case.state.facts.overname:
            return await self.see_who_takes_over()
        if self.case.state.facts.te_herzien:
            return await self.look_again()  # a day that was put right has to be possible
        match self.case.state.phase:
            case Aangemeld():
                await self._prepare()  # the permissions come before any start
            case Gepland():
                await self._go_on()
            case Begeleid():
                await self._accompany()  # art. 29
            case Uitstroom() as phase:
                await self._leave(phase)
            case AmaGesloten() as phase:
                await self._let_go(phase.einde, "ingetrokken" if phase.overlijden is None else "overleden")
                await self.stay_open("Niets kan nog worden rechtgezet.")
            case ZonderBetrokkene() as phase:
                await self.conclude_without_person(phase)

    wat_daarna_vastleggen = update(a.WatDaarnaVastleggen, "Wat er na de laatste dag komt.")
    tussentijds_gesprek = update(a.TussentijdsGesprek, "Een gesprek voor het venster; het verschuift niets.")
    ama_beeindigen = update(a.AmaBeeindigen, "Een mens beëindigt de begeleiding, met een laatste dag.")

    ama_einde_intrekken = update(
        a.AmaEindeIntrekken, "De geplande laatste dag vervalt; de begeleiding gaat verder."
    )

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """Every command of arbeidsmatige activiteiten."""
        return super().applications() | {
            a.WatDaarnaVastleggen: self._note_what_next,
            a.TussentijdsGesprek: self._note_talk,
            a.AmaBeeindigen: self._decide_end,
            a.AmaEindeIntrekken: self._take_end_back,
        }

    @workflow.signal(name="evaluate", description="Open de evaluatie met dit nummer, als haar venster er is.")
    def evaluate(self, asked: Evaluate) -> None:
        """The yearly round asks to open an evaluation; once is enough, and before its window it means nothing."""
        if ama.next_evaluation(self.case.state) != asked.nummer:
            return
        opens = ama.evaluation_opens(asked.nummer, self.case.state).value
        if opens is not None and asked.datum >= opens:
            self.note(te_openen=asked.nummer)
            self.duties.facts_changed()

    @workflow.signal(name="evaluatie_afgerond", description="Een evaluatie meldt wat ervan kwam.")
    def evaluation_done(self, done: EvaluatieAfgerond) -> None:
        """Takes over what an evaluation found, and its day when that is put right; the next one stays where it is."""
        known = self.case.state.facts.evaluaties
        mine = next((each for each in known if each.nummer == done.nummer), None)
        if mine is None or (mine.afgerond_op is not None and done.gehouden_op in (None, mine.gehouden_op)):
            return
        told = {"gehouden_op": done.gehouden_op, "oordeel": done.oordeel, "afgerond_op": done.datum}
        self.keep_evaluation(done.nummer, **told)
        self.case.tell("evaluatie-afgerond", _what_came(done))
        if isinstance(self.case.state.phase, Begeleid) and mine.gehouden_op is None:
            self._follow_evaluation(done)
        self.duties.facts_changed()

    def _follow_evaluation(self, done: EvaluatieAfgerond) -> None:
        if done.oordeel == "stoppen" and done.einde is not None:
            self.plan_end(done.einde, "evaluatie")
        elif done.vraagt_opvolging:
            self.ask_follow_up(f"Evaluatie {done.nummer} vraagt opvolging.")

    async def _prepare(self) -> None:
        """Every permission in parallel, a place where one is needed, and then the agreement."""
        if self.case.state.facts.begeleider is not None:
            self.ask_permissions()
        if await self.see_to_place():
            return
        if self.case.state.facts.variant == "se" and self.want_first_place():
            return
        placed = self.case.state.facts.variant == "wvg" or self.has_place()
        if placed and self.case.state.facts.in_orde_op is not None:
            self.ask_agreement()
        if not self.case.state.live_duties and self.next_opening() is None:
            self.ask_follow_up(CONDITIONS)  # else nobody would see that nothing can begin
        await self._go_on()

    async def _accompany(self) -> None:
        await self._take_back_evaluations()
        await self._tell_who_took_over()
        await self._tell_anniversaries()
        self.ask_about_rest()
        self.ask_permissions()
        if not await self.see_to_place():
            await self._go_on()

    async def _go_on(self) -> None:
        """Waits for what comes next, and does it."""
        opening = ama_openings.next_opening(self.case.state)
        if opening is None:
            await self.case.changed()
        elif await self.case.reached(opening.alarm):
            await self._open(opening)

    async def _open(self, opening: Opening) -> None:
        if opening.kind is not None:
            self.duties.open(opening.kind, opening.key)
            return
        what = opening.key.partition("/")[0]
        match what:
            case "evaluatie":
                await self._open_evaluation(number_of(opening.key))
            case ama_openings.AGREED_END:
                self.end_as_agreed(number_of(opening.key))
            case ama_openings.WIJZIGING:
                self.change_as_agreed(number_of(opening.key))
            case "begin":
                await self.begin(number_of(opening.key))
            case ama_openings.VOORWAARDEN:
                self.look_at_conditions(opening.alarm.on.value)
            case "wachtlijst":
                self._ask_line_again()
            case _ if opening.key == END:
                self.end()
                self.duties.facts_changed()
            case ama_openings.PENSIOEN:
                self._announce_pension()

    def _announce_pension(self) -> None:
        """The pension comes into sight: the begeleider hears so, once."""
        self.note(opgezocht=(*self.case.state.facts.opgezocht, ama_openings.PENSIOEN))
        last = ama.last_day_before_pension(self.case.state.facts)
        self.case.tell("pensioen", "Het pensioen komt in zicht.", findings=(last,))
        self.tell_begeleider("pensioen", "Het pensioen van de deelnemer komt in zicht")

    def _ask_line_again(self) -> None:
        place = self.case.state.facts.plaats
        assert place is not None
        self.note(plaats=place.model_copy(update={"status": "gevraagd"}))

    async def _open_evaluation(self, number: int) -> None:
        """Opens the n-th evaluation as a workflow of its own, once; a new AMA year begins a new run."""
        facts = self.case.state.facts
        assert facts.eerste_dag is not None
        order = EvaluatieOrder(
            workflow_id=workflow.info().workflow_id,
            reference=facts.reference,
            nis_code=facts.nis_code,
            nummer=number,
            verjaardag=ama.evaluation_day(number, self.case.state).value,
            variant=facts.variant,
            begeleider=facts.trekker,
            leiding=facts.leiding,
            voorwaarden=ama_evaluaties.conditions_end(number, self.case.today, self.case.state).value,
            tegen=ama.made_up_by(number, self.case.today, self.case.state).value,
            begin=self.case.today,
            nu=workflow.now(),
        )
        left = self.left()
        begun = await self.repairs.insist(
            f"evaluatie-{number}", lambda: self.calls.open_evaluation(order), left
        )
        if begun is None and left():
            return
        opened = EvaluatieStand(
            nummer=number,
            geopend_op=self.case.today,
            verjaardag=order.verjaardag,
            workflow_id=begun.workflow_id if begun else "",
            afgerond_op=None if begun else self.case.today,
        )
        self.note(evaluaties=(*self.case.state.facts.evaluaties, opened), te_openen=0)
        if begun is not None:
            self.case.tell(
                "traject-gestart",
                f"Evaluatie {number} is geopend.",
                gegevens={
                    "soort": "evaluatie",
                    "workflow_id": begun.workflow_id,
                    "begin": begun.begin.isoformat(),
                },
            )
        self._begin_year(number)
        self.duties.facts_changed()

    def _begin_year(self, number: int) -> None:
        """A run lasts one AMA year: what is long closed stays in the record only."""
        self.note(jaar=number)
        duties = self.case.state.duties
        for key, duty in list(duties.items()):
            old = (
                duty.closed_on is not None
                and ama.forgotten(duty.closed_on, self.case.state.law) < self.case.today
            )
            if old and duty.kind not in COUNTED and key not in self.case.state.touched:
                del duties[key]
        self.pump.checkpoint_wanted = True

    async def _leave(self, phase: Uitstroom) -> None:
        """The last declarations are awaited; nothing else is owed."""
        begun = self.case.state.facts.eerste_dag is not None
        await self._let_go(phase.einde, "einde" if begun else "ingetrokken")
        if await self.duties.all_closed() and isinstance(self.case.state.phase, Uitstroom):
            self.close(phase.einde, phase.oorzaak)

    async def _let_go(self, einde: date, why: Vrijgavereden) -> None:
        """The place is given back, and open evaluations hear of the end."""
        await self.give_place_back(why)
        for each in self.case.state.facts.evaluaties:
            if each.afgerond_op is None:
                left = self.left()
                self.keep_evaluation(each.nummer, losgelaten=True)
                await self._end_evaluation(each, AmaGeeindigd(einde=einde, datum=self.case.today), why)
                if left():
                    return
                self.keep_evaluation(each.nummer, afgerond_op=self.case.today)

    async def _take_back_evaluations(self) -> None:
        """What was let go comes back with the accompaniment, when its end or a death was undone."""
        left = self.left()
        while (each := ama_evaluaties.let_go(self.case.state.facts)) is not None and not left():
            held = each.gehouden_op is not None
            self.keep_evaluation(
                each.nummer, losgelaten=False, afgerond_op=each.afgerond_op if held else None
            )
            if held:
                continue
            try:
                await self.reach(each.workflow_id, "ama_hervat", AmaHervat(datum=self.case.today))
            except ApplicationError:
                self.keep_evaluation(each.nummer, afgerond_op=self.case.today)
                self.ask_follow_up(f"Evaluatie {each.nummer} is afgesloten en komt niet terug.")

    async def _tell_who_took_over(self) -> None:
        """Open evaluations hear who accompanies now: the one evaluation is the trekker's."""
        left = self.left()
        while (each := ama_evaluaties.has_to_hear(self.case.state.facts)) is not None and not left():
            facts = self.case.state.facts
            told = BegeleiderGewisseld(begeleider=facts.trekker, leiding=facts.leiding, datum=self.case.today)
            tell = partial(self.reach, each.workflow_id, "begeleider_gewisseld", told)
            await self.repairs.insist(f"evaluatie-{each.nummer}-wissel", tell, left)
            if self.case.state.facts.trekker == told.begeleider:
                self.keep_evaluation(each.nummer, wissel=False)

    async def _tell_anniversaries(self) -> None:
        """Open evaluations hear their anniversary when the first day was put right."""
        left = self.left()
        while (each := ama_evaluaties.moved(self.case.state)) is not None and not left():
            on = ama.evaluation_day(each.nummer, self.case.state).value
            told = VerjaardagGewijzigd(verjaardag=on, datum=self.case.today)
            tell = partial(self.reach, each.workflow_id, "verjaardag_gewijzigd", told)
            await self.repairs.insist(f"evaluatie-{each.nummer}-verjaardag", tell, left)
            if not left():
                self.keep_evaluation(each.nummer, verjaardag=on)

    async def _end_evaluation(self, each: EvaluatieStand, told: AmaGeeindigd, why: Vrijgavereden) -> None:
        """Tells an open evaluation that its AMA ended; that of somebody who died may have ended by itself."""
        if why == "overleden":
            await self.tell_other(each.workflow_id, "ama_geeindigd", told)
            return
        tell = partial(self.reach, each.workflow_id, "ama_geeindigd", told)
        await self.repairs.insist(f"evaluatie-{each.nummer}-einde", tell, self.left())

    def next_opening(self) -> Opening | None:
        """What opens by itself next."""
        return ama_openings.next_opening(self.case.state)

    def close_without_person(self, phase: ZonderBetrokkene) -> None:
        """Ends the accompaniment of somebody who died."""
        self.close(ama.last_day_of(self.case.state) or phase.overleden_op, "overlijden", phase)

    def _note_what_next(self, command: a.WatDaarnaVastleggen, command_id: str) -> str:
        self.answer(command, command_id)
        self.plan_end(command.einde, "pensioen")
        return f"De laatste dag is gepland op {command.einde:%d-%m-%Y}."

    def _note_talk(self, command: a.TussentijdsGesprek, command_id: str) -> str:
        return "Het tussentijds gesprek is genoteerd; de jaarlijkse evaluatie blijft waar ze staat."

    def _decide_end(self, command: a.AmaBeeindigen, command_id: str) -> str:
        self.plan_end(command.einde, command.oorzaak)
        return f"De begeleiding eindigt op {command.einde:%d-%m-%Y}: {command.oorzaak.replace('_', ' ')}."

    def _take_end_back(self, command: a.AmaEindeIntrekken, command_id: str) -> str:
        end = self.case.state.facts.gepland_einde
        assert end is not None
        self.note(gepland_einde=None)
        return f"De begeleiding gaat verder; {end.einde:%d-%m-%Y} is niet langer haar laatste dag."


def _what_came(done: EvaluatieAfgerond) -> str:
    if done.gehouden_op is None:
        return f"Evaluatie {done.nummer} is zonder gesprek beëindigd."
    return f"Evaluatie {done.nummer} is gehouden op {done.gehouden_op:%d-%m-%Y}: {done.oordeel}."


def _first_state(start: AmaStart) -> AmaState:
    assert start.law is not None
    facts = AmaFacts.model_validate(
        {name: value for name, value in start if name in AmaFacts.model_fields and value is not None}
    )
    return AmaState(law=start.law, facts=facts)
