"""What operators read in the Temporal UI, in Dutch: where a trajectory stands, whom it waits for, and why."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeKey

from models.case import State
from models.clock import at_hour, local_date
from models.duties import Alarm, Duty, DutyStatus
from models.findings import Finding
from models.steps import Stand, Step
from rules.grounded import PRACTICE
from rules.regime import NAME
from workflows.case import Case

FASE = SearchAttributeKey.for_keyword("Fase")
WERKINGSGEBIED = SearchAttributeKey.for_keyword("Werkingsgebied")
VOLGENDE_OPDRACHT = SearchAttributeKey.for_keyword("VolgendeOpdracht")
ORGANISATIES = SearchAttributeKey.for_keyword_list("Organisaties")
VOLGENDE_TERMIJN = SearchAttributeKey.for_datetime("VolgendeTermijn")
TE_LAAT = SearchAttributeKey.for_bool("TeLaat")
OPGESCHORT = SearchAttributeKey.for_bool("Opgeschort")

SUMMARY_BYTES = 400
SHOWN = 5
"""How many consequences of corrections the UI shows: the newest."""
OF_DUTY = "opdracht "
"""How the dates of duties are named: they stand with the duty itself."""


def show(case: Case[State], deadline: datetime | None) -> None:
    """Refreshes the current details, and those search attributes that changed."""
    workflow.set_current_details(details(case, deadline))
    known = workflow.info().typed_search_attributes
    updates = [
        key.value_set(value) if value is not None else key.value_unset()
        for key, value in _attributes(case, deadline)
        if known.get(key) != value
    ]
    if updates:
        workflow.upsert_search_attributes(updates)


def _attributes(
    case: Case[State], deadline: datetime | None
) -> Iterator[tuple[SearchAttributeKey[Any], Any]]:
    state, shown = case.state, case.book.shown(case.state)
    duty = next_duty(state)
    yield FASE, state.phase.fase
    yield WERKINGSGEBIED, shown.werkingsgebied
    yield VOLGENDE_OPDRACHT, duty.key if duty else None
    yield ORGANISATIES, None if shown.organisaties is None else sorted(set(shown.organisaties))
    yield VOLGENDE_TERMIJN, next_term(state, deadline)
    yield TE_LAAT, any(duty.overdue_since for duty in state.live_duties)
    yield OPGESCHORT, state.facts.open_rest is not None


def next_duty(state: State) -> Duty | None:
    """The live duty that is due first; one that rests comes last."""
    return min(state.live_duties, key=lambda d: (d.due.value or date.max, d.opened_on, d.key), default=None)


def next_term(state: State, deadline: datetime | None) -> datetime | None:
    """When the next duty is due; without one, or while it rests, when the trajectory looks again."""
    duty = next_duty(state)
    if duty is None or duty.due.value is None:
        return deadline
    return at_hour(duty.due.value, state.law.at("ladder.uur", state.facts.start).number())


def stand(case: Case[State], deadline: datetime | None) -> Stand:
    """Where the trajectory stands, for the record."""
    state, shown = case.state, case.book.shown(case.state)
    duty = next_duty(state)
    return Stand(
        fase=state.phase.fase,
        start=state.facts.start,
        einde=case.book.last_day_of(state),
        opgeschort=state.facts.open_rest is not None,
        te_laat=any(duty.overdue_since for duty in state.live_duties),
        volgende_opdracht=duty.key if duty else None,
        volgende_termijn=next_term(state, deadline),
        dates=tuple(case.book.current_dates(state)),
        gevolgen=state.gevolgen,
        team=shown.team,
        werkingsgebied=shown.werkingsgebied,
        regime=shown.regime,
        ama=shown.ama,
    )


def details(case: Case[State], deadline: datetime | None = None) -> str:
    """The case on one page of Markdown: phase, open duties with date and reason, dates, and what is its own."""
    return "\n".join(_lines(case, deadline))


def _lines(case: Case[State], deadline: datetime | None) -> Iterator[str]:
    state = case.state
    yield f"## {case.reference} · fase {state.phase.fase}"
    if (resting := state.facts.open_rest) is not None:
        yield f"\n**Opgeschort** sinds {state.facts.ledger.suspensions[resting - 1].van:%d-%m-%Y}."
    yield "\n### Wacht op"
    for duty in state.live_duties:
        yield from _duty_lines(duty)
    if not state.live_duties:
        yield "- niemand: er staat geen opdracht open"
    yield "\n### Daarna"
    if state.alarm is not None:
        yield f"- {state.alarm.key}: {_why(state.alarm.on)}"
    if deadline is not None:
        yield f"- kijkt weer op **{local_date(deadline):%d-%m-%Y}**"
    yield "\n### Datums"
    dates = (current for current in case.book.current_dates(state) if not current.naam.startswith(OF_DUTY))
    yield from (f"- {current.naam}: {_why(current.on)}" for current in dates)
    shown = case.book.shown(state)
    yield f"- regime: {NAME[shown.regime]}"
    yield from shown.lines
    if state.gevolgen:
        yield "\n### Te bekijken na rechtzetting"
        yield from (f"- {each}" for each in state.gevolgen[-SHOWN:])


def _duty_lines(duty: Duty) -> Iterator[str]:
    """One duty; a list inside a list is shown flat by the UI, so each duty has a list of its own."""
    late = f", **te laat** sinds {duty.overdue_since:%d-%m-%Y}" if duty.overdue_since else ""
    yield f"\n**{duty.key}** – {duty.vraag}\n"
    yield f"- tegen **{_day(duty.due)}**{late}"
    if duty.status is DutyStatus.BEZIG:
        yield f"- bezig, verwacht op **{duty.bezig[-1].verwacht_op:%d-%m-%Y}**"
    yield f"- wie: {duty.addressee}, sinds {duty.opened_on:%d-%m-%Y}"
    yield f"- waarom: {_reason(duty.due)}"


def _day(found: Finding[date | None]) -> str:
    return f"{found.value:%d-%m-%Y}" if found.value else "rust"


def _reason(found: Finding[date | None]) -> str:
    if found.article == str(PRACTICE):
        return f"{found.reden} (aangenomen afspraak)"
    assumed = ", met een aanname" if found.status == "assumed" else ""
    return f"{found.reden} ({found.article}{assumed})"


def _why(found: Finding[date | None]) -> str:
    return f"**{_day(found)}** – {_reason(found)}"


def step_summary(step: Step) -> str:
    """One line that says what a step tells the record."""
    told = "; ".join(event.tekst for event in step.events) or "stand bijgewerkt"
    return _short(f"Vastleggen: {told}")


def timer_summary(alarm: Alarm) -> str:
    """One line that says until which day a trajectory sleeps and what it wakes for."""
    return _short(f"Wacht tot {_day(alarm.on)}: {alarm.key} ({alarm.owner.rol})")


def _short(text: str) -> str:
    return text.encode()[:SUMMARY_BYTES].decode(errors="ignore")
