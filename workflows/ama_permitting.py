"""Permissions and statuut: who must permit, who is asked, what they answered, and what changes later."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from models import ama as a
from models import documents as d
from models import messages as m
from models.aanvraag import Statuutcode
from models.ama_verloop import Statuutperiode, Toestemming
from models.duties import DutyKind, number_of
from models.phases import Begeleid, Gepland
from rules import ama, ama_aanvraag, ama_openings, ama_uren, toestemmingen
from workflows.ama_chapter import CONDITIONS, AmaChapter
from workflows.commands import update

NOT_NEEDED = "ze is niet meer nodig"
"""All that is told of a question that is taken back: a statuut ended, or a newer answer came."""


class Permitting(AmaChapter):
    """The begeleider asks every agency in parallel, and is the one who is chased."""

    statuut_melden = update(a.Statuutmelding, "Het statuut van de deelnemer verandert of eindigt.")
    toestemming_vragen = update(a.ToestemmingVragen, "De toestemming is gevraagd.")
    toestemming_melden = update(a.ToestemmingMelden, "Wat de uitkeringsinstantie antwoordde.")
    toestemming_hergebruiken = update(a.ToestemmingHergebruiken, "Een eerdere toestemming geldt nog.")
    ama_toestemming_intrekken = update(a.ToestemmingIntrekken, "Een toestemming wordt ingetrokken.")
    bemiddeling_vastleggen = update(a.BemiddelingVastleggen, "Wat de bemiddeling gaf.")
    opvolgen = update(a.Opvolgen, "Een mens bekeek wat er veranderde.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            a.Statuutmelding: self._change_statuut,
            a.ToestemmingVragen: self._asked,
            a.ToestemmingMelden: self._answered,
            a.ToestemmingHergebruiken: self._serve_again,
            a.ToestemmingIntrekken: self._withdrawn,
            a.BemiddelingVastleggen: self._mediated,
            a.Opvolgen: self._followed_up,
        }

    def ask_permissions(self, *, ahead: bool = False) -> None:
        """Opens what is still to be asked for the statuten of today, and notes when all is there."""
        today = self.case.today
        self._lapse_with_statuut()
        if not toestemmingen.statuten_on(today, self.case.state.facts):
            unknown = Statuutperiode(code="onbekend", van=today)
            self.note(statuten=(*self.case.state.facts.statuten, unknown))
        for statuut in tuple(toestemmingen.to_ask(today, self.case.state.facts, ahead=ahead)):
            self.ask_permission(statuut.code, toestemmingen.needs_permission(statuut.code).value)
        self._note_whether_complete()

    def ask_permission(
        self,
        code: Statuutcode,
        instantie: a.Instantie | None,
        refused: int | None = None,
        changed: int | None = None,
    ) -> None:
        """Opens one permission that the begeleider must obtain; after a refusal, by mediating."""
        n = len(self.case.state.facts.toestemmingen) + 1
        asked = Toestemming(
            nummer=n, statuut=code, instantie=instantie, sinds=self.case.today, na_weigering=refused
        )
        self.keep_permission(asked)
        duty = self.duties.open(DutyKind.TOESTEMMING, f"toestemming/{n}")
        facts = self.case.state.facts
        if facts.begeleider is not None:
            about = ama_aanvraag.what_is_asked(code, facts, self.case.today, changed)
            request = d.Toestemmingsaanvraag(
                begeleider=facts.begeleider, toestemming=asked, tegen=duty.due, **about._asdict()
            )
            self.case.order(f"toestemmingsaanvraag/{n}", request)

    def _note_whether_complete(self) -> None:
        facts, day = self.case.state.facts, self.case.today
        if not isinstance(
            self.case.state.phase, Begeleid
        ):  # what was granted for later is in order, for later
            day = toestemmingen.counts_from(day, facts)
        found = toestemmingen.all_permitted(day, facts)
        if found.value and self.case.state.facts.in_orde_op is None:
            self.note(in_orde_op=self.case.today)
            self.case.tell("toestemmingen-in-orde", "Elke nodige toestemming is in orde.")
        elif not found.value and self.case.state.facts.in_orde_op is not None:
            self.note(in_orde_op=None)
            self.case.tell("toestemmingen-te-bekijken", "De toestemmingen zijn opnieuw te bekijken.")

    def ask_again(self, changed: int | None = None) -> None:
        """The activity changed: every agency that permits is asked again; what they permitted stands meanwhile."""
        today, facts = self.case.today, self.case.state.facts
        since = ama.agreement(changed, facts).wijzigingen[-1].vanaf if changed else None
        for each in tuple(toestemmingen.to_ask_again(today, facts, since)):
            self.ask_permission(each.statuut, each.instantie, changed=changed)

    def _lapse_with_statuut(self) -> None:
        """What was permitted or asked beside a statuut that has ended does not count any more."""
        facts = self.case.state.facts
        stands = toestemmingen.standing(self.case.today, facts)
        for each in toestemmingen.current(facts):
            if each not in stands:
                self._lapse(each)

    def _lapse(self, each: Toestemming) -> None:
        self.keep_permission(each.model_copy(update={"vervallen": True}))
        self._withdraw_duty(each.nummer)

    def _ask_what_lapsed(self) -> None:
        """A permission that was taken back or has ended is asked again, unless its agency was asked meanwhile."""
        for each in tuple(toestemmingen.lapsed_on(self.case.today, self.case.state.facts)):
            self.ask_permission(each.statuut, each.instantie)

    def look_at_conditions(self, day: date | None) -> None:
        """A day on which something begins or ends: who permits is asked again, a human looks at what ends."""
        state = self.case.state
        ends = day in ama_openings.looks(state)
        for each, on in tuple(ama_openings.renewals(state)):
            if on == day:
                self.ask_permission(each.statuut, each.instantie)
        if ends or day in ama_openings.turns(state):
            self.note(opgezocht=(*state.facts.opgezocht, f"{ama_openings.VOORWAARDEN}/{day}"))
            self._ask_what_lapsed()
            self.ask_permissions()
        if ends:
            self.ask_follow_up(CONDITIONS)

    def _change_statuut(self, command: a.Statuutmelding, command_id: str) -> str:
        facts = self.case.state.facts
        ended, until = (command.eindigt, "onbekend"), command.vanaf - timedelta(days=1)
        kept = (
            each.model_copy(update={"tot": until, "verwacht_einde": None})
            if each.code in ended and (each.tot is None or each.tot > until)
            else each
            for each in facts.statuten
            if not (each.code in ended and each.van > until)
        )
        new = Statuutperiode(code=command.code, van=command.vanaf, verwacht_einde=command.verwacht_einde)
        self.note(statuten=(*kept, new))
        for each in toestemmingen.current(self.case.state.facts):
            if each.statuut in ended and command.vanaf <= self.case.today:
                self._lapse(each)
        if isinstance(self.case.state.phase, Gepland):
            self.ask_permissions()  # here the story only waits for the first day
        if isinstance(self.case.state.phase, Gepland | Begeleid):
            self.ask_follow_up(CONDITIONS)
        return "Het statuut is bijgewerkt."

    def _withdraw_duty(self, number: int) -> None:
        key = f"toestemming/{number}"
        if key in self.duties and self.duties[key].live:
            self.duties.withdraw(key, NOT_NEEDED)

    def _change(self, key: str, **facts: Any) -> Toestemming:
        known = self.case.state.facts.toestemmingen[number_of(key) - 1]
        changed = known.model_copy(update=facts)
        self.keep_permission(changed)
        return changed

    def _asked(self, command: a.ToestemmingVragen, command_id: str) -> str:
        whom = {"instantie": command.instantie} if command.instantie else {}
        self._change(command.opdracht, gevraagd_op=command.gevraagd_op, **whom)
        return f"{command.opdracht}: gevraagd."

    def _answered(self, command: a.ToestemmingMelden, command_id: str) -> str:
        self.answer(command, command_id)
        told = self._change(
            command.opdracht,
            antwoord=command.antwoord,
            op=command.datum,
            door=command.namens or command.door,
            vanaf=command.vanaf,
            tot=command.tot,
            uren_per_week=command.uren_per_week,
            bewijs=command.bewijs,
            vervallen=command.antwoord in ("niet_bevoegd", "geweigerd"),
        )
        if command.antwoord == "niet_bevoegd":
            self.ask_permission(told.statuut, command.bevoegd)
        elif command.antwoord == "geweigerd":
            self.ask_permission(told.statuut, told.instantie, refused=told.nummer)
        else:
            self._replace_older(told)
        return f"{command.opdracht}: beantwoord."

    def _replace_older(self, newest: Toestemming) -> None:
        """The newest answer of an agency replaces what it said before; more than it allows a human looks at."""
        for each in toestemmingen.current(self.case.state.facts):
            if each.statuut == newest.statuut and each.nummer < newest.nummer:
                kept = toestemmingen.until_then(each, newest, self.case.today)
                self.keep_permission(kept)
                if kept.vervallen:
                    self._withdraw_duty(each.nummer)
        since = max(self.case.today, newest.vanaf or self.case.today)
        if newest.uren_per_week and ama_uren.too_many_from(since, self.case.state.facts):
            self.ask_follow_up(CONDITIONS)

    def _serve_again(self, command: a.ToestemmingHergebruiken, command_id: str) -> str:
        self.answer(command, command_id)
        told = self._change(
            command.opdracht,
            antwoord="hergebruikt",
            op=command.datum,
            door=command.namens or command.door,
            vanaf=command.verleend_op,
            tot=command.tot,
            uren_per_week=command.uren_per_week,
            bewijs=command.bewijs,
        )
        self._replace_older(told)
        return f"{command.opdracht}: beantwoord."

    def _withdrawn(self, command: a.ToestemmingIntrekken, command_id: str) -> str:
        self._change(f"toestemming/{command.nummer}", ingetrokken_per=command.per)
        self._ask_what_lapsed()
        self.ask_follow_up(CONDITIONS)
        return "De toestemming is ingetrokken."

    def _mediated(self, command: a.BemiddelingVastleggen, command_id: str) -> str:
        self.answer(command, command_id)
        mediated = self._change(command.opdracht, vervallen=True)
        if command.keuze == "opnieuw_vragen":
            self.ask_permission(mediated.statuut, mediated.instantie)
        else:
            self.plan_end(command.datum, "voorwaarden")
        return "De bemiddeling is vastgelegd."

    def _followed_up(self, command: a.Opvolgen, command_id: str) -> str:
        self.answer(command, command_id)
        if command.keuze == "toestemming_vragen":
            self.ask_permissions(ahead=True)
            self.ask_again()
            self._ask_what_lapsed()
        elif command.einde is not None:
            self.plan_end(command.einde, "andere")
        return "Wat veranderde, is bekeken."
