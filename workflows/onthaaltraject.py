"""The onthaaltraject: a hand-off to the GBO with a clock, and what is done once somebody has the person (art. 4-6)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from temporalio import workflow

from models import documents as d
from models import messages as m
from models import onthaal as o
from models.actors import OPERATIES, Actor, Rol
from models.case import Closed
from models.duties import Alarm, DutyKind
from models.gbo import KernpartnerOrder
from models.onthaal_case import Doorgegeven, OnthaalFacts, OnthaalStart, OnthaalState, Toestemming
from models.phases import Beeindigd, Doorgifte, Kennismaking, Onthaal, Routering, ZonderBetrokkene
from rules import onthaal
from rules.agenda import numbered
from rules.onthaalboek import ONTHAALBOEK
from rules.openings import Opening
from workflows.commands import update
from workflows.shared import Handled

ROUTE = "kernpartners"
STAYS = (DutyKind.HERSTEL, DutyKind.AANKOMST)


@workflow.defn(name="onthaaltraject")
class Onthaaltraject(Handled[OnthaalState]):
    """One person's onthaaltraject through the GBO (D2022 art. 4-6); it knows them by reference only."""

    @workflow.init
    def __init__(self, start: OnthaalStart) -> None:
        super().__init__(start, start.state or _first_state(start), ONTHAALBOEK)

    @workflow.run
    async def run(self, start: OnthaalStart) -> Closed:
        """Runs the onthaaltraject until its data must be erased."""
        return await self.live(self._story)

    def next_opening(self) -> Opening | None:
        """What opens by itself next."""
        return onthaal.next_opening(self.case.state)

    async def _story(self) -> None:
        match self.case.state.phase:
            case Routering():
                await self._route()
            case Doorgifte():
                await self._await_acknowledgement()
            case Kennismaking() | Onthaal():
                await self.go_on()
            case Beeindigd():
                await self._stay_until_erased()
            case ZonderBetrokkene() as phase:
                await self._conclude_or_erase(phase)

    ontvangst_bevestigen = update(o.OntvangstBevestigen, "De kernpartner onthaalt de persoon.")
    ontvangst_teruggeven = update(o.OntvangstTeruggeven, "De kernpartner geeft terug, met een code.")
    kernpartner_aanduiden = update(o.KernpartnerAanduiden, "Een mens wijst een kernpartner aan.")
    onthaal_contactpoging = update(o.OnthaalContactpoging, "Een poging om de persoon te bereiken.")
    onthaal_starten = update(o.OnthaalStarten, "Het eerste gesprek van mens tot mens.")
    contact_weigeren = update(o.ContactWeigeren, "De persoon wil geen contact.")
    onbereikbaar_vaststellen = update(
        o.OnbereikbaarVaststellen, "Een mens stelt vast dat iemand onbereikbaar is."
    )
    toestemming_geven = update(o.ToestemmingGeven, "De persoon stemt toe (LSB art. 11).")
    toestemming_intrekken = update(o.ToestemmingIntrekken, "De persoon trekt een toestemming in.")
    levensdomein_vastleggen = update(o.LevensdomeinVastleggen, "Een levensdomein: verkend, actie, resultaat.")
    rechten_meten = update(o.RechtenMeten, "De nul- of eindmeting van de sociale rechten.")
    orienteren = update(o.Orienteren, "De persoon koos waar het verder gaat.")
    aankomst_melden = update(o.AankomstMelden, "Of de persoon is aangekomen.")
    warme_overdracht = update(o.WarmeOverdracht, "Het gesprek met drie bij een overdracht.")
    nog_nodig_antwoorden = update(o.NogNodigAntwoorden, "Of het onthaaltraject nog nodig is.")
    onthaal_beeindigen = update(o.OnthaalBeeindigen, "Het onthaaltraject eindigt.")
    onthaal_heropenen = update(o.OnthaalHeropenen, "Een oproep heropent het onthaaltraject.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of an onthaaltraject, with those that every story has."""
        return super().applications() | {
            o.OntvangstBevestigen: self._acknowledge,
            o.OntvangstTeruggeven: self._give_back,
            o.KernpartnerAanduiden: self._name_partner,
            o.OnthaalContactpoging: self._try,
            o.OnthaalStarten: self._begin,
            o.ContactWeigeren: self._refuse_contact,
            o.OnbereikbaarVaststellen: self._not_reached,
            o.ToestemmingGeven: self._consent,
            o.ToestemmingIntrekken: self._take_back,
            o.LevensdomeinVastleggen: self._note_domain,
            o.RechtenMeten: self._measure,
            o.Orienteren: self._orient,
            o.AankomstMelden: self._arrived,
            o.WarmeOverdracht: self._hand_over_warmly,
            o.NogNodigAntwoorden: self._still_needed,
            o.OnthaalBeeindigen: self._end_onthaal,
            o.OnthaalHeropenen: self._reopen,
        }

    async def _route(self) -> None:
        """Sends the data to the first kernpartner that had them not yet; where none is left a person names one."""
        facts = self.case.state.facts
        if not facts.gerouteerd:
            await self._look_up_partners()
            return
        had = {each.aan.organisatie for each in facts.doorgiften}
        may_pass_on = onthaal.sent_by_vdab(facts) or not had
        following = next((a for a in facts.volgorde if may_pass_on and a.organisatie not in had), None)
        if following is not None:
            self._send_to(following)
        else:
            key = numbered("kernpartner", len(facts.doorgiften) + facts.ronde)
            await self.duties.ask(DutyKind.KERNPARTNER, key)

    async def _look_up_partners(self) -> None:
        facts = self.case.state.facts
        order = KernpartnerOrder(
            nis_code=facts.nis_code,
            on=facts.start,
            keuze=facts.keuze,
            helper=facts.helper,
            dakloos=facts.dakloos,
        )
        left = self.left()
        found = await self.repairs.insist(ROUTE, lambda: self.calls.kernpartners(order), left)
        if left():
            return
        self.note(gerouteerd=True)
        if found is None:
            return
        area = found.werkingsgebied or facts.werkingsgebied
        self.note(volgorde=found.partners.value, leiding=found.leiding, werkingsgebied=area)
        self.case.tell("gerouteerd", found.partners.reden, findings=(found.partners,))

    def _send_to(self, partner: Actor) -> None:
        """One transmission: what art. 5 allows goes to one kernpartner, and the person hears who it is."""
        before = self.case.state.facts.doorgiften
        sent = Doorgegeven(aan=partner, van=self.case.today)
        self.note(doorgiften=(*before, sent), pogingen=())
        self.enter(Doorgifte())
        self._tell_sender()
        self.duties.open(DutyKind.ONTVANGST, numbered("ontvangst", len(before) + 1))
        what = (
            "De gegevens van art. 5 zijn"
            if onthaal.sent_by_vdab(self.case.state.facts)
            else "De aanmelding is"
        )
        self.case.tell("verzonden", f"{what} verzonden aan {partner.organisatie}.")
        letter = d.OnthaalKennismaking(
            kernpartner=partner,
            leiding=self.case.state.facts.leiding.get(partner.organisatie),
            vorige=bool(before),
        )
        self.case.order(self.next_document("onthaal_kennismaking"), letter)
        self.duties.facts_changed()

    async def _await_acknowledgement(self) -> None:
        """Until the day after its date; then VDAB's standing order sends it on (art. 4)."""
        again = onthaal.retransmitted(self.case.state)
        key = numbered("ontvangst", len(self.case.state.facts.doorgiften))
        alarm = Alarm(key=f"doorgeven {key}", owner=self.duties[key].addressee, on=again)
        if await self.case.reached(alarm):
            self._send_on(f"{self.duties[key].addressee.organisatie} antwoordde niet", again.reden)

    def _send_on(self, why: str, told: str) -> None:
        """Ends the access of the kernpartner that has the data, and looks for the next one."""
        self.case.tell("doorgegeven", f"{why}. {told}")
        self._end_access()
        self.duties.withdraw_all("een andere kernpartner komt aan de beurt", but=STAYS)
        self.enter(Routering())
        self.duties.facts_changed()

    def _end_access(self) -> None:
        ended = (
            each if each.tot else each.model_copy(update={"tot": self.case.today})
            for each in self.case.state.facts.doorgiften
        )
        self.note(doorgiften=tuple(ended))

    def _tell_sender(self) -> None:
        """VDAB, where it sent the person on, hears when that was sent and delivered, and nothing else (art. 4-6)."""
        facts = self.case.state.facts
        if onthaal.sent_by_vdab(facts):
            self.case.state.meldingen.append(onthaal.told_to_vdab(facts))

    def _change_last(self, **facts: Any) -> None:
        *before, last = self.case.state.facts.doorgiften
        self.note(doorgiften=(*before, last.model_copy(update=facts)))

    async def _stay_until_erased(self) -> None:
        """The law knows no delay: what somebody still owes on the day of the erasure is taken back (art. 6)."""
        if await self.go_on():
            self.duties.withdraw_all("de gegevens worden gewist")
            self.case.tell("beeindigd", "De gegevens worden gewist.")
            self.pump.ending = True

    def _acknowledge(self, command: o.OntvangstBevestigen, command_id: str) -> str:
        self.answer(command, command_id)
        holder = self.case.state.facts.doorgiften[-1].aan
        if command.medewerker is not None:
            holder = holder.model_copy(update={"medewerker": command.medewerker})
        self._change_last(aan=holder, afgeleverd_op=self.case.today)
        self._tell_sender()
        self.case.tell("afgeleverd", "De kernpartner onthaalt de persoon.")
        self.enter(Kennismaking())
        return "Ontvangst bevestigd."

    def _give_back(self, command: o.OntvangstTeruggeven, command_id: str) -> str:
        self.answer(command, command_id, command.oorzaak)
        self._send_on("De kernpartner geeft terug", "De volgende komt aan de beurt.")
        return f"Teruggegeven: {command.oorzaak}."

    def _name_partner(self, command: o.KernpartnerAanduiden, command_id: str) -> str:
        self.answer(command, command_id)
        partner = Actor(rol=Rol.KERNPARTNER, organisatie=command.organisatie, medewerker=command.medewerker)
        self._send_to(partner)
        return f"{command.organisatie} neemt contact op."

    def _try(self, command: o.OnthaalContactpoging, command_id: str) -> str:
        self.note(pogingen=(*self.case.state.facts.pogingen, command))
        return "De poging is genoteerd."

    def _begin(self, command: o.OnthaalStarten, command_id: str) -> str:
        self.answer(command, command_id)
        self.enter(Onthaal(gestart_op=command.datum))
        return "Het onthaaltraject is gestart."

    def _refuse_contact(self, command: o.ContactWeigeren, command_id: str) -> str:
        self._finish("geweigerd", command.datum)
        return "De persoon wil geen contact; één oproep heropent."

    def _not_reached(self, command: o.OnbereikbaarVaststellen, command_id: str) -> str:
        self._finish("onbereikbaar", command.datum)
        phase, last = self.case.state.phase, self.case.state.facts.doorgiften[-1].aan
        assert isinstance(phase, Beeindigd)
        until = onthaal.erase_on(phase, self.case.state)
        lead = self.case.state.facts.leiding.get(last.organisatie)
        letter = d.Onbereikbaar(kernpartner=last, leiding=lead, heropenen_tot=until)
        self.case.order(self.next_document("onbereikbaar"), letter)
        return "Vastgesteld: onbereikbaar."

    def _consent(self, command: o.ToestemmingGeven, command_id: str) -> str:
        given = (
            Toestemming(reikwijdte=each, met=command.met, van=command.datum) for each in command.reikwijdte
        )
        self.note(toestemmingen=(*self.case.state.facts.toestemmingen, *given))
        return f"Toestemming voor {', '.join(command.reikwijdte)}."

    def _take_back(self, command: o.ToestemmingIntrekken, command_id: str) -> str:
        """Nothing more is kept under it, and what was kept is forgotten by the case."""
        ended = (
            each.model_copy(update={"tot": command.datum})
            if each.reikwijdte in command.reikwijdte and each.tot is None
            else each
            for each in self.case.state.facts.toestemmingen
        )
        self.note(toestemmingen=tuple(ended))
        if "levensdomeinen" in command.reikwijdte:
            self.note(levensdomeinen=())
        if "rechten" in command.reikwijdte:
            self.note(metingen=())
        return f"Toestemming ingetrokken voor {', '.join(command.reikwijdte)}."

    def _note_domain(self, command: o.LevensdomeinVastleggen, command_id: str) -> str:
        others = (each for each in self.case.state.facts.levensdomeinen if each.domein != command.domein)
        self.note(levensdomeinen=(*others, command))
        return "Een levensdomein is vastgelegd."

    def _measure(self, command: o.RechtenMeten, command_id: str) -> str:
        self.note(metingen=(*self.case.state.facts.metingen, command))
        return f"De {command.meting}meting van de rechten is vastgelegd."

    def _orient(self, command: o.Orienteren, command_id: str) -> str:
        self.note(orientaties=(*self.case.state.facts.orientaties, command))
        n = len(self.case.state.facts.orientaties)
        self.duties.open(DutyKind.AANKOMST, f"aankomst/{n}")
        return "De persoon koos waar het verder gaat."

    def _arrived(self, command: o.AankomstMelden, command_id: str) -> str:
        self.answer(command, command_id, command.aangekomen)
        return f"Aangekomen: {command.aangekomen}."

    def _hand_over_warmly(self, command: o.WarmeOverdracht, command_id: str) -> str:
        facts = self.case.state.facts
        assert facts.kernpartner is not None
        fiche = d.OverdrachtOnthaal(
            kernpartner=facts.kernpartner, overdracht=command, levensdomeinen=facts.levensdomeinen
        )
        self.case.order(self.next_document("overdracht_onthaal"), fiche)
        return f"Overdracht besproken met {command.organisatie}."

    def _still_needed(self, command: o.NogNodigAntwoorden, command_id: str) -> str:
        self.answer(command, command_id, "ja" if command.nodig else "nee")
        if not command.nodig:
            self._finish("door_hulpverlener", command.datum)
            return "Het onthaaltraject is niet meer nodig."
        return "Het onthaaltraject is nog nodig."

    def _end_onthaal(self, command: o.OnthaalBeeindigen, command_id: str) -> str:
        self._finish(command.oorzaak, command.datum)
        return f"Het onthaaltraject eindigt: {command.oorzaak.replace('_', ' ')}."

    def _finish(self, oorzaak: o.Eindreden, einde: date) -> None:
        """Ends the onthaaltraject: one call reopens it until the day it must be erased (art. 6)."""
        facts, phase = self.case.state.facts, self.case.state.phase
        self.duties.withdraw_all("het onthaaltraject is beëindigd", but=STAYS)
        if isinstance(phase, Onthaal) and facts.kernpartner is not None:
            dossier = d.Onthaaldossier(
                kernpartner=facts.kernpartner,
                start=phase.gestart_op,
                einde=einde,
                oorzaak=oorzaak,
                levensdomeinen=facts.levensdomeinen,
                metingen=facts.metingen,
                orientaties=facts.orientaties,
            )
            self.case.order(self.next_document("onthaaldossier"), dossier)
        self.enter(Beeindigd(oorzaak=oorzaak, einde=einde, gesloten_op=self.case.today))

    def _reopen(self, command: o.OnthaalHeropenen, command_id: str) -> str:
        """The same kernpartner goes on where it was; it has the person again from the first talk."""
        self.note(ronde=self.case.state.facts.ronde + 1)
        last = self.case.state.facts.doorgiften[-1] if self.case.state.facts.doorgiften else None
        if last is None or last.afgeleverd_op is None:
            self._end_access()
            self.enter(Routering())
            return "Het onthaaltraject gaat verder; er wordt een kernpartner gezocht."
        again = Doorgegeven(aan=last.aan, van=self.case.today, afgeleverd_op=self.case.today)
        self._end_access()
        self.note(doorgiften=(*self.case.state.facts.doorgiften, again), pogingen=())
        self.enter(Kennismaking())
        return "Het onthaaltraject gaat verder bij dezelfde kernpartner."

    async def _conclude_or_erase(self, phase: ZonderBetrokkene) -> None:
        """Waits for the closing note, but never past the day of the erasure (art. 6)."""
        if not any(duty.kind is DutyKind.AFRONDING for duty in self.case.state.live_duties):
            await self.conclude_without_person(phase)
            return
        gone = onthaal.erase_on(self._ended_by_death(phase), self.case.state)
        if await self.case.reached(Alarm(key="wissen", owner=OPERATIES, on=gone)):
            self.duties.withdraw_all("de gegevens worden gewist")
            self.close_without_person(phase)

    def _undo_death(self, command: m.OverledenOngedaan, command_id: str) -> str:
        """Nobody could acknowledge meanwhile: the kernpartner has its whole term again before it counts as silent."""
        told = super()._undo_death(command, command_id)
        self.note(hervat_op=self.case.today)
        return told

    def close_without_person(self, phase: ZonderBetrokkene) -> None:
        """Ends the onthaaltraject of somebody who died."""
        self.enter(self._ended_by_death(phase))

    def _ended_by_death(self, phase: ZonderBetrokkene) -> Beeindigd:
        einde = phase.vorige.einde if isinstance(phase.vorige, Beeindigd) else phase.overleden_op
        return Beeindigd(oorzaak="overlijden", einde=einde, gesloten_op=self.case.today, overlijden=phase)


def _first_state(start: OnthaalStart) -> OnthaalState:
    assert start.law is not None
    facts = OnthaalFacts(
        reference=start.reference,
        nis_code=start.nis_code,
        start=start.start,
        herkomst=start.herkomst,
        keuze=start.keuze,
        helper=start.helper,
        heeft_helper=start.heeft_helper,
        dakloos=start.dakloos,
    )
    return OnthaalState(law=start.law, facts=facts)
