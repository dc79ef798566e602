"""Putting a fact right: which facts can be corrected, and what the case knows afterwards."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from models.case import CaseState, Facts, Rest, RestingState, State
from models.law import Law
from models.messages import PlanAkkoord, Rechtzetten
from models.phases import (
    Afgesloten,
    Afronding,
    Beeindigd,
    EindeOnbeslist,
    Lopend,
    Onthaal,
    Phase,
    ZonderBetrokkene,
)
from models.verloop import Ritme

Corrected = tuple[Facts, Phase]


class NotCorrectable(ValueError):
    """The correction names no known fact, another old value, or no possible new one; `veld` says which part."""

    def __init__(self, veld: str, reden: str) -> None:
        super().__init__(reden)
        self.veld = veld
        self.reden = reden


def corrected(command: Rechtzetten, state: CaseState) -> Corrected:
    """The facts and phase with one fact put right; raises NotCorrectable and changes nothing."""
    found: Corrected = corrected_by(CORRECTIONS, command, state)
    return found


def corrected_by(
    corrections: Sequence[tuple[str, Callable[..., Any]]], command: Rechtzetten, state: State
) -> Any:
    """What a story knows after one of the corrections it allows; raises NotCorrectable and changes nothing."""
    for pattern, correct in corrections:
        if match := re.fullmatch(pattern, command.veld):
            return correct(command, state, *match.groups())
    raise NotCorrectable("veld", "is geen feit dat kan worden rechtgezet")


def impossible_days(facts: Facts, phase: Phase, law: Law, today: date) -> Iterator[tuple[date, str]]:
    """The days among the facts that cannot be, each with what is wrong with it."""
    rests = [*(r.van for r in facts.rests), *(r.tot for r in facts.rests if r.tot)]
    packages = [stand.pakket_vanaf for stand in facts.acties if stand.pakket_vanaf]
    within = [*rests, *packages, *_days_of(phase)]
    past = [facts.start, *facts.reviews.values(), *within]
    if isinstance(phase, ZonderBetrokkene):
        past.append(phase.overleden_op)
    yield from ((day, "ligt in de toekomst") for day in past if day > today)
    yield from (
        (day, "laat iets gebeuren voor de start van het traject") for day in within if day < facts.start
    )
    if facts.start < min((off.dag for off in law.days_off), default=facts.start):
        yield facts.start, "ligt voor de tijd waarvan het dossier de wet kent"


def _days_of(phase: Phase) -> Iterator[date]:
    if isinstance(phase, Lopend | EindeOnbeslist | Afronding | Afgesloten) and phase.plan is not None:
        yield phase.plan.start
    if isinstance(phase, Afronding | Afgesloten):
        yield phase.einde


def same(command: Rechtzetten, known: object) -> None:
    """Raises NotCorrectable where the old value is not what the case knows."""
    if command.oud != str(known):
        raise NotCorrectable("oud", "is niet wat het dossier nu kent")


def as_date(command: Rechtzetten) -> date:
    """The new value as a day; raises NotCorrectable where it is none."""
    try:
        return date.fromisoformat(command.nieuw)
    except ValueError:
        raise NotCorrectable("nieuw", "is geen datum (JJJJ-MM-DD)") from None


def _as_number(command: Rechtzetten) -> int:
    if not command.nieuw.isdecimal() or not int(command.nieuw):
        raise NotCorrectable("nieuw", "is geen getal vanaf 1")
    return int(command.nieuw)


def _start(command: Rechtzetten, state: CaseState) -> Corrected:
    same(command, state.facts.start)
    return state.facts.model_copy(update={"start": as_date(command)}), state.phase


def _plan(command: Rechtzetten, state: CaseState, field: str) -> Corrected:
    phase = state.phase
    plan = phase.plan if isinstance(phase, Lopend | EindeOnbeslist | Afronding | Afgesloten) else None
    if plan is None:
        raise NotCorrectable("veld", "kan nu niet: er is geen plan")
    same(command, getattr(plan, field))
    value: Any = _as_number(command) if field == "periodiciteit_maanden" else as_date(command)
    new: PlanAkkoord = plan.model_copy(update={field: value})
    if new.einde <= new.start:
        raise NotCorrectable("nieuw", "laat het plan eindigen voor het begint")
    facts = state.facts.model_copy(update={"ritmes": _rhythms_of(new, state.facts.ritmes)})
    return facts, phase.model_copy(update={"plan": new})


def _rhythms_of(plan: PlanAkkoord, known: tuple[Ritme, ...]) -> tuple[Ritme, ...]:
    """The rhythms of the evaluations after a correction: the first begins with the plan, the last is the plan's."""
    if not known:
        return known
    first, *between, last = known
    first = first.model_copy(update={"vanaf": plan.start})
    return (first, *between, last.model_copy(update={"maanden": plan.periodiciteit_maanden}))


def _rest(command: Rechtzetten, state: RestingState, number: str, field: str) -> Any:
    rests = list(state.facts.rests)
    if not 1 <= int(number) <= len(rests):
        raise NotCorrectable("veld", "noemt een opschorting die er niet is")
    rest = rests[int(number) - 1]
    same(command, getattr(rest, field))
    new: Rest = rest.model_copy(update={field: as_date(command)})
    if new.tot is not None and new.tot < new.van:
        raise NotCorrectable("nieuw", "laat de opschorting eindigen voor ze begint")
    if field == "tot" and rest.tot is None:
        raise NotCorrectable("veld", "is nog niet bekend; gebruik hervatten")
    rests[int(number) - 1] = new
    return state.facts.model_copy(update={"rests": tuple(rests)}), state.phase


def _review(command: Rechtzetten, state: CaseState, number: str) -> Corrected:
    held = state.facts.reviews.get(int(number))
    if held is None:
        raise NotCorrectable("veld", "noemt een evaluatie die niet is vastgelegd")
    same(command, held)
    reviews = {**state.facts.reviews, int(number): as_date(command)}
    return state.facts.model_copy(update={"reviews": reviews}), state.phase


def _package(command: Rechtzetten, state: CaseState, number: str) -> Corrected:
    stand = next((s for s in state.facts.acties if s.nummer == int(number) and s.pakket_vanaf), None)
    if stand is None:
        raise NotCorrectable("veld", "noemt een pakket dat niet is begonnen")
    same(command, stand.pakket_vanaf)
    new = stand.model_copy(update={"pakket_vanaf": as_date(command)})
    acties = tuple(new if each.nummer == stand.nummer else each for each in state.facts.acties)
    return state.facts.model_copy(update={"acties": acties}), state.phase


def _answer(command: Rechtzetten, state: CaseState, key: str) -> Corrected:
    """When something happened that a duty asked for: the duty keeps it, no other fact does."""
    duty = state.duties.get(key)
    if duty is None or duty.happened_on is None:
        raise NotCorrectable("veld", "noemt een opdracht die niet is beantwoord")
    same(command, duty.happened_on)
    as_date(command)
    return state.facts, state.phase


def _end(command: Rechtzetten, state: CaseState) -> Corrected:
    if not isinstance(state.phase, Afronding | Afgesloten):
        raise NotCorrectable("veld", "kan nu niet: het traject is niet geëindigd")
    same(command, state.phase.einde)
    return state.facts, state.phase.model_copy(update={"einde": as_date(command)})


def _death(command: Rechtzetten, state: CaseState) -> Corrected:
    if not isinstance(state.phase, ZonderBetrokkene):
        raise NotCorrectable("veld", "kan nu niet: er is geen overlijden gemeld")
    same(command, state.phase.overleden_op)
    return state.facts, state.phase.model_copy(update={"overleden_op": as_date(command)})


def _first_talk(command: Rechtzetten, state: State) -> Any:
    """When the first face-to-face talk of an onthaaltraject was, from which it counts as started."""
    if not isinstance(state.phase, Onthaal):
        raise NotCorrectable("veld", "kan nu niet: er loopt geen onthaaltraject")
    same(command, state.phase.gestart_op)
    begun = _not_before_start(command, state)
    return state.facts, state.phase.model_copy(update={"gestart_op": begun})


def _last_day(command: Rechtzetten, state: State) -> Any:
    """The last day of an onthaaltraject, from which the erasure is counted (art. 6)."""
    if not isinstance(state.phase, Beeindigd):
        raise NotCorrectable("veld", "kan nu niet: het onthaaltraject is niet beëindigd")
    same(command, state.phase.einde)
    ended = _not_before_start(command, state)
    return state.facts, state.phase.model_copy(update={"einde": ended})


def _not_before_start(command: Rechtzetten, state: State) -> date:
    if (day := as_date(command)) < state.facts.start:
        raise NotCorrectable("nieuw", "ligt voor de start")
    return day


START = (r"start", _start)
ANSWERED = (r"([a-z_]+(?:/[\w#-]+)*)\.datum", _answer)
REST: tuple[str, Callable[..., Any]] = (r"opschorting/(\d+)\.(van|tot)", _rest)
DIED = (r"overleden_op", _death)
OF_EVERY_STORY: tuple[tuple[str, Callable[..., Any]], ...] = (START, ANSWERED, DIED)
"""What can be put right in every story."""
OF_ONTHAAL: tuple[tuple[str, Callable[..., Any]], ...] = (
    *OF_EVERY_STORY,
    (r"gestart_op", _first_talk),
    (r"einde", _last_day),
)
"""What can be put right in an onthaaltraject."""
CORRECTIONS: tuple[tuple[str, Callable[..., Corrected]], ...] = (
    START,
    (r"plan\.(start|einde|periodiciteit_maanden)", _plan),
    REST,
    (r"review/(\d+)\.datum", _review),
    (r"pakket/(\d+)\.vanaf", _package),
    ANSWERED,
    (r"einde", _end),
    DIED,
)
"""The facts that can be put right, by the name they have in `rechtzetten`."""
