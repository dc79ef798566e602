"""The rulebook of the activeringstraject."""

from collections.abc import Iterator
from datetime import date

from models.actors import OPERATIES, Actor
from models.case import CaseState
from models.duties import DutyKind
from rules import admission, agenda, corrections, objections
from rules.rulebook import Rulebook, Shown


def _owner_of(kind: DutyKind, key: str, state: CaseState) -> Actor:
    return agenda.owner_of(kind, key, state.facts)


def _next_in_line(owner: Actor, state: CaseState) -> Actor:
    team = state.facts.team
    return agenda.next_in_line(owner, team) if team else OPERATIES


def _last_day_of(state: CaseState) -> date | None:
    return agenda.last_day_of(state).value


def _shown(state: CaseState) -> Shown:
    team = state.facts.team
    return Shown(
        werkingsgebied=team.werkingsgebied if team else None,
        organisaties=(team.casemanager_werk.organisatie, team.casemanager_zorg.organisatie) if team else None,
        team=team,
        regime=state.facts.regime,
        lines=(*_clock(state), *_actions(state)),
    )


def _clock(state: CaseState) -> Iterator[str]:
    yield "\n### Klok"
    for n, rest in enumerate(state.facts.rests, start=1):
        until = f"{rest.tot:%d-%m-%Y}" if rest.tot else "nog open"
        yield f"- opschorting {n} ({rest.oorzaak}): {rest.van:%d-%m-%Y} – {until}"
    yield from (f"- plan gewijzigd met {extension.dagen} dagen" for extension in state.facts.extensions)
    if not state.facts.rests and not state.facts.extensions:
        yield "- geen opschorting of verlenging"


def _actions(state: CaseState) -> Iterator[str]:
    """Each action by its number and domain: what is done is for the plan, not for this screen."""
    acties = [stand for stand in state.facts.acties if not stand.vervallen]
    if acties:
        yield "\n### Acties"
    for stand in acties:
        answer = stand.antwoord or ("gevraagd" if stand.vraag_vanaf else "afgesproken")
        since = f", vanaf {stand.vanaf:%d-%m-%Y}" if stand.vanaf else ""
        yield f"- actie {stand.nummer} ({stand.actie.domein}): {answer.replace('_', ' ')}{since}"


ACTIVERING = Rulebook(
    vraag=agenda.VRAAG,
    rests_with_ledger=agenda.RESTS_WITH_LEDGER,
    owner_of=_owner_of,
    due_of=agenda.due_of,
    next_in_line=_next_in_line,
    current_dates=agenda.current_dates,
    last_day_of=_last_day_of,
    in_phase=admission.in_phase,
    may_send=admission.may_send,
    may_answer=admission.may_answer,
    answers=admission.ANSWERS,
    complaints=objections.complaints,
    findings_against=objections.findings_against,
    corrected=corrections.corrected,
    shown=_shown,
)
"""The rules of an activeringstraject."""
