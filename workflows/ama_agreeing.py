"""Agreements: one per werkpost, begun only when everything it needs is there, changed and ended by people."""

from collections.abc import Callable
from datetime import date
from typing import Any

from temporalio import workflow

from models import ama as a
from models import documents as d
from models import messages as m
from models.ama_orders import BeginOrder
from models.ama_verloop import Overeenkomst, Wijziging
from models.contingent import PlaatsInnemen
from models.duties import DutyKind, number_of
from models.findings import Finding, Verdict
from models.phases import Aangemeld, Begeleid, Gepland
from rules import ama, ama_einde, ama_uren, ama_wijzigingen, contingent, toestemmingen
from workflows.ama_chapter import CONDITIONS
from workflows.ama_permitting import Permitting
from workflows.commands import update


class Agreeing(Permitting):
    """The begeleidingsovereenkomst, its declaration and its insurances."""

    overeenkomst_sluiten = update(a.OvereenkomstSluiten, "De begeleidingsovereenkomst is getekend.")
    overeenkomst_toevoegen = update(a.OvereenkomstToevoegen, "Er komt een werkpost bij.")
    overeenkomst_wijzigen = update(a.OvereenkomstWijzigen, "Uren, activiteit of werkpost veranderen.")
    overeenkomst_beeindigen = update(a.OvereenkomstBeeindigen, "Een van de werkposten eindigt.")
    uren_melden = update(a.UrenMelden, "De uren die echt zijn gedaan.")
    dimona_melden = update(a.DimonaMelden, "De Dimona-aangifte is gebeurd.")
    verzekering_melden = update(a.VerzekeringMelden, "De verzekeringen zijn verlengd.")

    def applications(self) -> dict[type[m.Command], Callable[[Any, str], str]]:
        """The commands of this chapter, with those before it."""
        return super().applications() | {
            a.OvereenkomstSluiten: self._agree,
            a.OvereenkomstToevoegen: self._add_agreement,
            a.OvereenkomstWijzigen: self._change_agreed,
            a.OvereenkomstBeeindigen: self._end_agreement,
            a.UrenMelden: self._note_hours,
            a.DimonaMelden: self._declared,
            a.VerzekeringMelden: self._insured,
        }

    def ask_agreement(self) -> None:
        """Asks the agreement that is owed, once every permission is there; a question that was left is put again."""
        facts = self.case.state.facts
        key = ama.next_agreement_key(facts)
        if key in self.duties and not self.duties[key].live and isinstance(self.case.state.phase, Aangemeld):
            self.note(te_sluiten=facts.te_sluiten + 1)
            key = ama.next_agreement_key(self.case.state.facts)
        self.duties.open(DutyKind.OVEREENKOMST, key)

    def _agree(self, command: a.OvereenkomstSluiten, command_id: str) -> str:
        self.answer(command, command_id)
        facts = self.case.state.facts
        agreed = Overeenkomst(
            nummer=len(facts.overeenkomsten) + 1,
            begeleider=command.begeleider or facts.trekker.organisatie,
            afgesproken_einde=command.einde,
            **{name: getattr(command, name) for name in OF_AGREEMENT},
        )
        self.note(overeenkomsten=(*facts.overeenkomsten, agreed))
        if isinstance(self.case.state.phase, Aangemeld):
            self.enter(Gepland(start=command.start))
        self.duties.open(DutyKind.DIMONA_IN, f"dimona_in/{agreed.nummer}")
        return f"Overeenkomst {agreed.nummer} is getekend, vanaf {command.start:%d-%m-%Y}."

    async def begin(self, number: int) -> None:
        """The first day of an agreement: it begins when everything it needs is there, else it is given back."""
        each = ama.agreement(number, self.case.state.facts)
        order = BeginOrder(
            workflow_id=workflow.info().workflow_id,
            reference=self.case.reference,
            variant=self.case.state.facts.variant,
            organisatie=each.begeleider,
            start=each.start,
        )
        revision = self.case.revision
        found = await self.repairs.insist(f"begin-{number}", lambda: self.calls.may_begin(order), self.left())
        if self.case.revision != revision or found is None:
            return self._postponed(number, found is None, revision)
        against = [*self._against(each), *found.bezwaren]
        if against:
            return self._give_back(each, against)
        missed = await self.take_place(each.start)
        each = ama.agreement(number, self.case.state.facts)
        if not (ama_einde.still_comes(each) and isinstance(self.case.state.phase, Gepland | Begeleid)):
            return None  # meanwhile it was given back, ended or concluded
        if missed is not None:
            return self._give_back(each, missed)
        return self._begun(each)

    def _postponed(self, number: int, decided: bool, revision: int) -> None:
        """A changed fact looks again; a person who decided to leave the look out gives the day back."""
        if decided and self.case.revision == revision:
            self._give_back(ama.agreement(number, self.case.state.facts), [])

    def _against(self, each: Overeenkomst) -> list[Finding[Any]]:
        facts = self.case.state.facts
        found: tuple[Finding[Any], ...] = (
            toestemmingen.all_permitted(each.start, facts),
            contingent.begins_on_place(facts),
            ama.no_vaph(each.start, each.afgesproken_einde, facts),
        )
        return [finding for finding in found if finding.verdict is Verdict.HARD]

    def _give_back(self, each: Overeenkomst, against: list[Finding[Any]]) -> None:
        """The day cannot be: it is told why, and the begeleider agrees another one."""
        why = " ".join(finding.reden for finding in against)
        self.case.tell(
            "start-teruggegeven",
            f"Overeenkomst {each.nummer} kan niet beginnen. {why}",
            findings=tuple(against),
        )
        self.change_agreement(each.nummer, einde=each.start)
        self.take_declaration_back(each)
        self.note(teruggegeven=self.case.state.facts.teruggegeven + 1)
        if isinstance(self.case.state.phase, Gepland):
            self.enter(Aangemeld())
        else:
            self.duties.open(DutyKind.OVEREENKOMST, ama.next_agreement_key(self.case.state.facts))
        self.duties.facts_changed()

    async def take_place(self, since: date) -> list[Finding[Any]] | None:
        """Takes the reserved place from a day on; what kept it from being taken, none when nothing did."""
        place = self.case.state.facts.plaats
        if place is None or place.status != "gereserveerd":
            return None
        order = PlaatsInnemen(
            workflow_id=workflow.info().workflow_id, ronde=place.ronde, van=since, as_of=self.case.today
        )
        taken = await self.repairs.insist("plaats-innemen", lambda: self.calls.take_place(order))
        if taken is None or self.case.state.facts.plaats != place:
            return []  # a person left it out, or the place is gone meanwhile
        if taken.status == "ingenomen" and taken.reden.value:
            self.note(plaats=place.model_copy(update={"status": taken.status, "sinds": since}))
            return None
        if taken.status != place.status:
            now = place.model_copy(update={"status": taken.status, "sinds": self.case.today})
            self.note(plaats=now, plaats_weg=taken.status == "geen_contingent")
        return [taken.reden]

    def _begun(self, each: Overeenkomst) -> None:
        self.change_agreement(each.nummer, begonnen=True)
        if each.einde is not None:
            self.duties.open(DutyKind.DIMONA_UIT, f"dimona_uit/{each.nummer}")
        if isinstance(self.case.state.phase, Gepland):
            self.enter(Begeleid())
        self._order_agreement(each.nummer)
        self.case.tell("begonnen", f"De activiteiten van overeenkomst {each.nummer} zijn begonnen.")
        self.duties.facts_changed()

    def _order_agreement(self, number: int) -> None:
        facts = self.case.state.facts
        each = ama.agreement(number, facts)
        who = ama.begeleider_of(each, facts)
        told: dict[str, Any] = {"begeleider": who, "variant": facts.variant, "overeenkomst": each}
        se = facts.variant == "se"
        paper = d.Begeleidingsovereenkomst(
            **told, minimum_uren=ama.least_hours(self.case.state.law, each.start) if se else None
        )
        self.case.order(f"begeleidingsovereenkomst/{number}/{each.versie}", paper)
        leiding = facts.leiding.get(who.organisatie)
        copy = d.OvereenkomstKopie(**told, leiding=leiding)
        self.case.order(f"overeenkomst_kopie/{number}/{each.versie}", copy)

    def _add_agreement(self, command: a.OvereenkomstToevoegen, command_id: str) -> str:
        self.note(te_sluiten=self.case.state.facts.te_sluiten + 1)
        self.duties.open(DutyKind.OVEREENKOMST, ama.next_agreement_key(self.case.state.facts))
        return "Voor een bijkomende werkpost wordt een overeenkomst gevraagd."

    def _change_agreed(self, command: a.OvereenkomstWijzigen, command_id: str) -> str:
        before = ama.agreement(command.nummer, self.case.state.facts)
        change = Wijziging(
            nummer=len(before.wijzigingen) + 1,
            vanaf=command.vanaf,
            uren_per_week=command.uren_per_week,
            activiteit=command.activiteit,
            werkpost=command.werkpost,
        )
        self.keep_agreement(ama_wijzigingen.with_change(before, change))
        since = f"Overeenkomst {command.nummer} is gewijzigd vanaf {command.vanaf:%d-%m-%Y}"
        later = command.vanaf > self._changes_by(before)
        if not later:
            self.take_effect(command.nummer)
        if command.activiteit or command.werkpost or self._more_than_granted(command, before):
            self.ask_again(command.nummer)
        return f"{since}; tot dan geldt wat er nu staat." if later else f"{since}."

    def _changes_by(self, each: Overeenkomst) -> date:
        """Until which day a change counts at once: of what has not begun, until its first day."""
        return self.case.today if each.begonnen else max(self.case.today, each.start)

    def take_effect(self, number: int) -> None:
        """The day of a change came: it counts from now on, and the agreement is drawn up anew."""
        before = ama.agreement(number, self.case.state.facts)
        changed = ama_wijzigingen.taken_effect(before, self._changes_by(before))
        self.keep_agreement(changed.model_copy(update={"versie": before.versie + 1}))
        if before.begonnen:
            self._order_agreement(number)

    def other_begeleider_at(self, old: str, new: str, since: date) -> None:
        """Another organisation accompanies where this one did, from a day on; what has still to begin goes along."""
        for each in self.case.state.facts.overeenkomsten:
            self.keep_agreement(ama_wijzigingen.taken_over(each, old, new, since, self._changes_by(each)))

    def change_as_agreed(self, number: int) -> None:
        """What was agreed for today counts from today on."""
        self.take_effect(number)
        self.case.tell("overeenkomst-gewijzigd", f"De wijziging van overeenkomst {number} gaat in.")
        self.duties.facts_changed()

    def _more_than_granted(self, command: a.OvereenkomstWijzigen, before: Overeenkomst) -> bool:
        """Whether new hours need a permission: beyond those granted, or just more where none were named."""
        if command.uren_per_week is None:
            return False
        facts = self.case.state.facts
        granted = toestemmingen.together(command.vanaf, facts).value.uren
        if granted is None:
            return command.uren_per_week > ama_wijzigingen.agreed(before, command.vanaf).uren_per_week
        others = ama_uren.agreed_on(command.vanaf, facts, but=command.nummer)
        return command.uren_per_week + others > granted

    def _end_agreement(self, command: a.OvereenkomstBeeindigen, command_id: str) -> str:
        each = self.change_agreement(command.nummer, einde=command.einde)
        if each.begonnen:
            self.duties.open(DutyKind.DIMONA_UIT, f"dimona_uit/{command.nummer}")
        elif not ama_einde.still_comes(each):
            self.take_declaration_back(each)
        for duty in self.case.state.live_duties:
            if duty.kind is DutyKind.VERZEKERING and number_of(duty.key) == command.nummer:
                self.duties.withdraw(duty.key, "de overeenkomst eindigt")
        return f"Overeenkomst {command.nummer} eindigt op {command.einde:%d-%m-%Y}."

    def end_as_agreed(self, number: int) -> None:
        """The last day that the parties signed has passed: the last agreement takes the accompaniment along."""
        each = ama.agreement(number, self.case.state.facts)
        self.change_agreement(number, einde=each.afgesproken_einde)
        last = ama_einde.takes_along(self.case.state.facts).value
        if last is not None:
            self.plan_end(last, "werkpost")
        self.duties.open(DutyKind.DIMONA_UIT, f"dimona_uit/{number}")
        self.duties.facts_changed()

    def _note_hours(self, command: a.UrenMelden, command_id: str) -> str:
        found = toestemmingen.within_hours(command.uren, command.week_van, self.case.state.facts)
        if not found.value:
            self.ask_follow_up(CONDITIONS)
        return "De uren zijn genoteerd."

    def _declared(self, command: a.DimonaMelden, command_id: str) -> str:
        which = self.duties[command.opdracht].kind
        self.answer(command, command_id)
        field = "dimona_in" if which is DutyKind.DIMONA_IN else "dimona_uit"
        self.change_agreement(number_of(command.opdracht), **{field: command.aangegeven_op})
        return f"{command.opdracht}: aangegeven."

    def _insured(self, command: a.VerzekeringMelden, command_id: str) -> str:
        self.answer(command, command_id)
        self.change_agreement(number_of(command.opdracht), verzekerd_tot=command.verzekerd_tot)
        return f"De verzekeringen gelden tot {command.verzekerd_tot:%d-%m-%Y}."


OF_AGREEMENT = (
    "werkpost",
    "activiteit",
    "plaatsen",
    "start",
    "uren_per_week",
    "opbouw",
    "getekend_op",
    "verzekerd_tot",
    "onkosten",
    "kledij",
)
"""The fields that an agreement takes from the command as they are."""
