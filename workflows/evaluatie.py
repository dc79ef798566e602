"""The yearly evaluation of arbeidsmatige activiteiten: prepared, held, written down, and told to its AMA (art. 29)."""

from collections.abc import Callable
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from models import documents as d
from models import evaluatie as e
from models import messages as m
from models.actors import OPERATIES, Actor
from models.ama_verloop import Toestemming
from models.case import Closed
from models.duties import Alarm, DutyKind
from models.evaluatie_case import EvaluatieFacts, EvaluatieStart, EvaluatieState
from models.phases import Evalueren, Geevalueerd, ZonderBetrokkene
from models.steps import Toestemmingsregel
from rules import evaluatieboek
from rules.evaluatieboek import EVALUATIEBOEK
from rules.openings import Opening
from workflows.commands import update
from workflows.repairs import AGAIN
from workflows.shared import Handled

AMA = "ama-verwittigen"
"""What keeps failing while the AMA does not run."""
ENDED = "de begeleiding is geëindigd"
"""Why an evaluation is taken back, and by what it is found again."""


@workflow.defn(name="evaluatie")
class Evaluatie(Handled[EvaluatieState]):
    """The n-th yearly evaluation of one AMA; the AMA alone opens it, and hears what came of it."""

    @workflow.init
    def __init__(self, start: EvaluatieStart) -> None:
        super().__init__(start, start.state or _first_state(start), EVALUATIEBOEK)

    @workflow.run
    async def run(self, start: EvaluatieStart) -> Closed:
        """Runs from the opening of the window until nothing can be put right any more."""
        return await self.live(self._story)

    async def _story(self) -> None:
        match self.case.state.phase:
            case Evalueren():
                await self.go_on()
            case Geevalueerd(overlijden=None) if not self.case.state.facts.gemeld:
                await self._tell_ama()
            case Geevalueerd():
                await self.stay_open("Aan de evaluatie kan niets meer worden rechtgezet.")
            case ZonderBetrokkene() as phase:
                self.close_without_person(phase)

    evaluatie_voorbereiden = update(e.EvaluatieVoorbereiden, "Wanneer het gesprek is en wie erbij is.")
    evaluatie_raadplegen = update(e.EvaluatieRaadplegen, "De voorwaarden zijn nagekeken.")
    evaluatie_vastleggen = update(e.EvaluatieVastleggen, "De jaarlijkse evaluatie is gehouden.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of an evaluation, with those that every story has."""
        return super().applications() | {
            e.EvaluatieVoorbereiden: self._prepare,
            e.EvaluatieRaadplegen: self._consulted,
            e.EvaluatieVastleggen: self._held,
        }

    @workflow.signal(
        name="ama_geeindigd", description="De begeleiding eindigde: een evaluatie heeft geen zin meer."
    )
    def ama_ended(self, ended: e.AmaGeeindigd) -> None:
        """Takes the evaluation back when the accompaniment is over."""
        if isinstance(self.case.state.phase, Evalueren):
            self.note(gemeld=True, ama_einde=ended.einde, ama_hervat=False)
            self._close(ENDED)
            self.duties.facts_changed()

    @workflow.signal(name="verjaardag_gewijzigd", description="De eerste dag van de AMA is rechtgezet.")
    def anniversary_moved(self, told: e.VerjaardagGewijzigd) -> None:
        """What is still to be held is due on the right anniversary, and counts from its window."""
        if self.case.state.facts.gehouden is None:
            self.note(verjaardag=told.verjaardag)
            self.case.tell(
                "verjaardag",
                f"De verjaardag is nu {told.verjaardag:%d-%m-%Y}.",
                gegevens={"verjaardag": told.verjaardag.isoformat()},
            )
            self.duties.facts_changed()

    @workflow.signal(
        name="ama_hervat", description="De begeleiding loopt verder: wat om haar einde introk, staat er weer."
    )
    def ama_goes_on(self, told: e.AmaHervat) -> None:
        """Brings back the evaluation that was taken back for an end that was undone."""
        self.note(ama_hervat=True)
        self._come_back()

    def _come_back(self) -> None:
        if evaluatieboek.comes_back(self.case.state):
            self.note(gemeld=False, ama_einde=None, onbereikt_op=None)
            self.enter(Evalueren())
            self.duties.restore(ENDED)
            self.duties.facts_changed()

    def _undo_death(self, command: m.OverledenOngedaan, command_id: str) -> str:
        told = super()._undo_death(command, command_id)
        self._come_back()
        return told

    @workflow.signal(
        name="begeleider_gewisseld", description="Iemand anders begeleidt: de evaluatie gaat mee over."
    )
    def taken_over(self, told: e.BegeleiderGewisseld) -> None:
        """The one evaluation is the trekker's: whoever accompanies now owes it."""
        if isinstance(self.case.state.phase, Evalueren):
            facts = self.case.state.facts
            self.note(begeleider=told.begeleider, leiding={**facts.leiding, **told.leiding})
            self.case.tell("overgenomen", f"{told.begeleider.organisatie} neemt de evaluatie over.")
            self.duties.hand_over(facts.begeleider, told.begeleider)
            self._keep_for(told.begeleider)
            self.duties.facts_changed()

    def next_opening(self) -> Opening | None:
        """What opens by itself next."""
        return evaluatieboek.next_opening(self.case.state)

    async def _tell_ama(self) -> None:
        """One signal to the AMA, again every day while it is out of reach; a person may leave it out."""
        since, decided = self.case.state.facts.onbereikt_op, self.repairs.decided(AMA)
        if since is None or decided == AGAIN:
            await self._tell_now()
        elif decided is not None:
            self.note(gemeld=True)
        elif await self.case.reached(Alarm(key=AMA, owner=OPERATIES, on=evaluatieboek.told_again(since))):
            await self._tell_now()

    async def _tell_now(self) -> None:
        """Tells what came of it; the AMA takes over what it does not know yet."""
        facts = self.case.state.facts
        held = facts.gehouden
        told = e.EvaluatieAfgerond(
            nummer=facts.nummer,
            gehouden_op=held.datum if held else None,
            oordeel=held.oordeel if held else None,
            einde=held.einde if held else None,
            alles_klopt=held.alles_klopt if held else True,
            datum=self.case.today,
        )
        try:
            await self.reach(facts.ama, "evaluatie_afgerond", told)
        except ApplicationError as failure:
            self.note(onbereikt_op=self.case.today)
            if self.repairs.waiting(AMA) is None:
                self.repairs.ask(AMA, failure)
            return
        self.note(gemeld=self.case.state.facts.gehouden == held)  # put right meanwhile, it is told again
        self.repairs.resolved(AMA)

    def _close(self, why: str) -> None:
        held = self.case.state.facts.gehouden
        self.duties.withdraw_all(why, but=(DutyKind.HERSTEL,))
        self.enter(Geevalueerd(gesloten_op=self.case.today, gehouden_op=held.datum if held else None))

    def _prepare(self, command: e.EvaluatieVoorbereiden, command_id: str) -> str:
        self.note(gepland_op=command.gepland_op)
        return f"Het gesprek is gepland op {command.gepland_op:%d-%m-%Y}."

    def _consulted(self, command: e.EvaluatieRaadplegen, command_id: str) -> str:
        self.answer(command, command_id)
        self._keep_apart(command.antwoord, command)
        return evaluatieboek.LOOKED_AT

    def _keep_apart(self, said: str, command: m.Command) -> None:
        """What was said of the conditions stands where only the organisation of the begeleider reads it (art. 32)."""
        facts = self.case.state.facts
        looked_at = Toestemming(
            nummer=facts.nummer,
            statuut="onbekend",
            instantie=None,
            sinds=facts.start,
            op=command.datum,
            door=command.door,
            evaluatie=said,
        )
        self.note(voorwaarden_nagekeken=looked_at)
        self._keep_for(facts.begeleider)

    def _keep_for(self, begeleider: Actor) -> None:
        """Whoever accompanies reads it; the next begeleider takes it over."""
        told = self.case.state.facts.voorwaarden_nagekeken
        if told is not None:
            line = Toestemmingsregel(organisatie=begeleider.organisatie, toestemming=told)
            self.case.state.toestemmingen.append(line)

    def _held(self, command: e.EvaluatieVastleggen, command_id: str) -> str:
        self.answer(command, command_id, command.oordeel)
        if command.reden and any(duty.kind is DutyKind.VOORWAARDEN for duty in self.case.state.live_duties):
            self._keep_apart(command.reden, command)
        self._take_over(command)
        self._close("de evaluatie is gehouden")
        return f"Evaluatie {self.case.state.facts.nummer} is gehouden: {command.oordeel}."

    def _take_over(self, held: e.EvaluatieVastleggen) -> None:
        """The report is made of the talk as it is known now, and the AMA hears of it."""
        self.note(gehouden=held, gemeld=False, onbereikt_op=None)
        facts = self.case.state.facts
        report = d.EvaluatieverslagAma(
            nummer=facts.nummer, begeleider=facts.begeleider, verjaardag=facts.verjaardag, evaluatie=held
        )
        self.case.order(self.next_document("evaluatieverslag"), report)

    def _correct(self, command: m.Rechtzetten, command_id: str) -> str:
        before = self.case.state.facts.gehouden
        told = super()._correct(command, command_id)
        held = self.case.state.facts.gehouden
        if held is not None and held != before:
            self._take_over(held)
        return told

    def duty_left(self, key: str) -> None:
        """An evaluation that a human ended without a talk is over; the next one counts from the anniversary."""
        if self.duties[key].kind is DutyKind.EVALUATIE:
            self._close("de evaluatie is zonder gesprek beëindigd")

    def ask_closing_note(self) -> None:
        """After a death the AMA is concluded; its evaluation asks nothing of its own."""

    def close_without_person(self, phase: ZonderBetrokkene) -> None:
        """Closes the evaluation of somebody who died."""
        self.enter(Geevalueerd(gesloten_op=self.case.today, overlijden=phase))
        self.duties.facts_changed()


def _first_state(start: EvaluatieStart) -> EvaluatieState:
    assert start.law is not None
    facts = EvaluatieFacts.model_validate(
        {name: value for name, value in start if name in EvaluatieFacts.model_fields}
    )
    return EvaluatieState(law=start.law, facts=facts)
