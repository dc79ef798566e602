"""Asking people, with a clock: duties are opened by key, reminded, redated, answered, left or withdrawn."""

from datetime import date
from typing import Any

from temporalio import workflow

from models.actors import OPERATIES, Actor
from models.case import State
from models.duties import Bezig, Duty, DutyKind, DutyStatus
from models.steps import RUNG_MESSAGE, MessageKind, MessageOrder
from rules import agenda
from rules.ladder import Rung, ladder_for, rung_day
from workflows.case import Case


class Duties:
    """The duties of one case and the ladders that keep them from being forgotten."""

    def __init__(self, case: Case[State]) -> None:
        self._case = case

    def __getitem__(self, key: str) -> Duty:
        return self._case.state.duties[key]

    def __contains__(self, key: str) -> bool:
        return key in self._case.state.duties

    async def ask(self, kind: DutyKind, key: str) -> None:
        """Gets or opens a duty and waits until it is closed, or until a changed fact makes the story look again."""
        self.open(kind, key)
        seen = self._case.revision
        await workflow.wait_condition(lambda: not self[key].live or self._case.revision != seen)

    async def all_closed(self) -> bool:
        """Waits until nobody owes anything; a changed fact ends the wait sooner."""
        seen = self._case.revision
        await workflow.wait_condition(lambda: not self._case.state.live_duties or self._case.revision != seen)
        return self._case.revision == seen

    def open(self, kind: DutyKind, key: str) -> Duty:
        """Gets a duty by its key or opens it, announces it once, and marks the rungs that are already past."""
        if key in self:
            return self[key]
        state, today = self._case.state, self._case.today
        due = self._case.book.due_of(kind, key, today, state)
        self._keep(
            Duty(
                key=key,
                kind=kind,
                vraag=self._case.book.vraag[kind],
                addressee=self._case.book.owner_of(kind, key, state),
                opened_on=today,
                due=due,
                rests_with_ledger=kind in self._case.book.rests_with_ledger,
            )
        )
        self._skip_past_rungs(key)
        self._message(self[key], "aankondiging", self[key].addressee, "open")
        told = f"Opdracht {key} geopend: {self[key].vraag}."
        self._case.tell("opdracht-geopend", told, opdracht=key, findings=(due,))
        return self[key]

    def answer(self, key: str, happened_on: date, command_id: str, choice: str | None = None) -> bool:
        """Closes a duty with its answer; tells whether what it asks for happened in time."""
        due, was_late = self[key].due.value, self[key].overdue_since
        in_time = due is None or happened_on <= due
        self._close(key, DutyStatus.ANSWERED, happened_on=happened_on, command_id=command_id, reden=choice)
        if was_late and in_time:
            self._not_late(key, f"Opdracht {key} was op tijd en is laat ingevoerd.")
        return in_time

    def happened(self, key: str, happened_on: date) -> None:
        """Puts right when something happened; what turns out to have been in time is no longer late."""
        duty = self[key]
        self._change(key, happened_on=happened_on)
        if duty.overdue_since and duty.due.value is not None and happened_on <= duty.due.value:
            self._not_late(key, f"Opdracht {key} was op tijd, zo blijkt.")

    def leave(self, key: str, reden: str, command_id: str) -> None:
        """Ends a duty without its answer, by the decision of a named human."""
        self._close(key, DutyStatus.EXITED, reden=reden, command_id=command_id)

    def withdraw(self, key: str, reden: str) -> None:
        """Takes a duty back because it no longer makes sense."""
        self._close(key, DutyStatus.WITHDRAWN, reden=reden)
        self._case.tell("opdracht-ingetrokken", f"Opdracht {key} ingetrokken: {reden}.", opdracht=key)

    def withdraw_all(self, reden: str, *, but: tuple[DutyKind, ...] = ()) -> None:
        """Takes back every live duty, but those of some kinds."""
        for duty in self._case.state.live_duties:
            if duty.kind not in but:
                self.withdraw(duty.key, reden)

    def restore(self, reden: str) -> None:
        """Brings back the duties that were withdrawn for this reason; their past rungs stay silent."""
        for duty in list(self._case.state.duties.values()):
            if duty.status is DutyStatus.WITHDRAWN and duty.reden == reden:
                back = DutyStatus.BEZIG if duty.bezig else DutyStatus.OPEN
                self._change(duty.key, status=back, closed_on=None, reden=None)
                told = f"Opdracht {duty.key} staat weer open."
                self._case.tell("opdracht-hersteld", told, opdracht=duty.key)
                self._skip_past_rungs(duty.key)

    def rest_until(self, key: str, promise: Bezig) -> None:
        """Rests the ladder of a duty until the day its addressee promised."""
        self._change(key, status=DutyStatus.BEZIG, bezig=(*self[key].bezig, promise))
        self._skip_past_rungs(key)

    def hand_over(self, old: Actor, new: Actor) -> None:
        """Gives every live duty of one person to another, and announces it there: each time, also twice in a day."""
        mark = f"overdracht {self._case.state.seq}"
        for duty in self._case.state.live_duties:
            if duty.addressee.speaks_for(old):
                self._change(duty.key, addressee=new)
                self._message(self[duty.key], "aankondiging", new, mark)

    def facts_changed(self) -> None:
        """Computes every live due date anew from the facts, tells which moved, and lets the story look again."""
        self._case.revision += 1
        self._case.stirred = True
        for duty in self._case.state.live_duties:
            new = self._case.book.due_of(duty.kind, duty.key, duty.opened_on, self._case.state)
            if new == duty.due:
                continue
            if new.value == duty.due.value:
                self._change(duty.key, due=new)
                continue
            self._change(duty.key, due=new, version=duty.version + 1)
            self._skip_past_rungs(duty.key)
            told = f"Opdracht {duty.key}: {_day(duty.due.value)} wordt {_day(new.value)}."
            self._case.tell("termijn-verschoven", told, opdracht=duty.key, findings=(duty.due, new))
            self._reconsider_lateness(self[duty.key])

    def rungs(self, duty: Duty) -> list[tuple[date, Rung]]:
        """The rungs of a duty that were neither climbed nor passed, with their days, first ones first."""
        anchor, state = duty.anchor, self._case.state
        if anchor is None:
            return []
        ledger = agenda.ledger_of(duty, state.facts)
        closures = state.closures.get(duty.addressee.organisatie, ())
        ladder = ladder_for(duty.kind, state.law, duty.opened_on).value
        days = ((rung_day(anchor, rung, state.law, closures, ledger), rung) for rung in ladder)
        return sorted(
            ((day, rung) for day, rung in days if day and _mark(duty, rung) not in duty.passed),
            key=lambda pair: (pair[0], pair[1].offset),
        )

    def climb(self) -> None:
        """Marks what is late, and speaks with the newest rung that has come; older ones stay silent."""
        for duty in self._case.state.live_duties:
            if not duty.overdue_since and self._is_late(duty.due.value):
                self._change(duty.key, overdue_since=self._case.today)
                told = f"Opdracht {duty.key} is te laat."
                self._case.tell("te-laat", told, opdracht=duty.key, findings=(duty.due,))
            come = [(day, rung) for day, rung in self.rungs(duty) if self._case.has_come(day)]
            if come:
                self._pass(duty.key, [rung for _, rung in come])
                newest, rung = come[-1]
                if newest > duty.opened_on:  # closures that became known later put it on or before that day
                    self._remind(duty, rung)

    def _reconsider_lateness(self, duty: Duty) -> None:
        """A redated duty is late only since its new date, or not at all."""
        if duty.overdue_since is None:
            return
        if duty.due.value is None or not self._is_late(duty.due.value):
            self._not_late(duty.key, f"Opdracht {duty.key} is niet meer te laat.")
        else:
            since = max(duty.overdue_since, agenda.day_after(duty.due.value))
            self._change(duty.key, overdue_since=since)

    def _is_late(self, due: date | None) -> bool:
        return due is not None and self._case.has_come(agenda.day_after(due))

    def _not_late(self, key: str, told: str) -> None:
        self._change(key, overdue_since=None)
        self._case.tell("te-laat-ingetrokken", told, opdracht=key)

    def _close(self, key: str, status: DutyStatus, **facts: Any) -> None:
        self._change(key, status=status, closed_on=self._case.today, **facts)

    def _change(self, key: str, **facts: Any) -> None:
        self._keep(self[key].model_copy(update=facts))

    def _keep(self, duty: Duty) -> None:
        state = self._case.state
        state.duties[duty.key] = duty
        if duty.key not in state.touched:
            state.touched.append(duty.key)
        self._case.stirred = True

    def _skip_past_rungs(self, key: str) -> None:
        self._pass(key, [rung for day, rung in self.rungs(self[key]) if day <= self._case.today])

    def _pass(self, key: str, rungs: list[Rung]) -> None:
        if rungs:
            self._change(key, passed=(*self[key].passed, *(_mark(self[key], rung) for rung in rungs)))

    def _remind(self, duty: Duty, rung: Rung) -> None:
        to = self._hears(duty, rung)
        self._message(
            duty, RUNG_MESSAGE[rung.to] if rung.offset > 0 else "herinnering", to, _mark(duty, rung)
        )
        told = f"Opdracht {duty.key}: {rung.name} naar {to.rol}."
        self._case.tell("herinnering", told, opdracht=duty.key)

    def _hears(self, duty: Duty, rung: Rung) -> Actor:
        owner = duty.addressee
        match rung.to:
            case "trekker":
                return owner
            case "team":
                return owner.model_copy(update={"medewerker": None})
            case "leiding":
                return self._case.book.next_in_line(owner, self._case.state)
            case _:
                return OPERATIES

    def _message(self, duty: Duty, soort: MessageKind, to: Actor, mark: str) -> None:
        recipient = f"{to.rol}:{to.organisatie}:{to.medewerker or 'team'}"
        self._case.send(
            MessageOrder(
                key=f"{workflow.info().workflow_id}/{duty.key}/{mark}/{recipient}",
                soort=soort,
                to=to,
                opdracht=duty.key,
                vraag=duty.vraag,
                due=duty.due.value,
                as_of=self._case.today,
            )
        )


def _mark(duty: Duty, rung: Rung) -> str:
    """The identity of a rung: it belongs to a version of the due date and to the promises made so far."""
    return f"v{duty.version}.{len(duty.bezig)}/{rung.name}"


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else "rust"
