"""The entry of AMA in the social economy that runs: its place, its plan, its reassessments, and what is made up for."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from models.ama import CombinatieMelden, PopVastleggen
from models.ama_case import AmaState
from models.ama_instap import AmaInstap
from models.ama_verloop import Herbeoordeling, Inhaaldag, PlaatsStand
from models.law import Law
from rules import ama
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.rulebook import Complaint


def facts(instap: AmaInstap) -> dict[str, Any]:
    """What only AMA in the social economy knows: the place that is taken, the plan, and what goes beside it."""
    place = instap.plaats
    if place is None:
        return {}
    return {
        "variant": instap.variant,
        "houder": place.houder,
        "beslist_op": place.beslist_op or place.sinds,
        "plaats": PlaatsStand(houder=place.houder, status="ingenomen", sinds=place.sinds),
        "plaats_vanaf": place.sinds if place.sinds > instap.start else None,
        "pop": _pop(instap),
        "combinaties": tuple(CombinatieMelden(datum=each.van, **dict(each)) for each in instap.combinaties),
    }


def _pop(instap: AmaInstap) -> PopVastleggen | None:
    told = instap.pop
    if told is None:
        return None
    return PopVastleggen(opdracht="pop", datum=told.geregistreerd_op, **dict(told))


def reassessed(instap: AmaInstap, state: AmaState, op: date, on: date) -> dict[str, object]:
    """What VDAB reassessed, and of those missed since then only the newest.

    It opens as long after the evaluation that is made up for as it does in any other year, and makes way for the next
    one where that evaluation does.
    """
    if instap.variant == "wvg":
        return {}
    law = state.law
    window = law.at("ama.evaluatie_venster", on).term()
    fed = ama.report_due(add_term(on, window, law), law).value
    last = ama.report_due(add_term(owed_by(on, law), window, law), law).value
    assert fed is not None
    assert last is not None

    def opens(number: int) -> date | None:
        on = ama.anniversary(number, instap.start, law).value
        known = min(each.geldig_van for each in law.parameters if each.name == "ama.se.verslag")
        return on if on < known else ama.reassessment_opens(number, state).value

    held = number_of(instap.laatste_herbeoordeling, opens)
    left, late = made_up(held, passed(op, state), opens, (fed, last))
    known = []
    if held and instap.laatste_herbeoordeling is not None:
        known = [Herbeoordeling(nummer=held, op=instap.laatste_herbeoordeling, besluit="verlengd")]
    if left > held:
        known.append(Herbeoordeling(nummer=left, op=op, besluit="zonder antwoord"))
    return {"herbeoordelingen": tuple(known), "herbeoordeling_inhalen": late}


def complaints(instap: AmaInstap, op: date) -> Iterator[Complaint]:
    """What is impossible about the place and the plan; the contingent itself is asked where it is kept."""
    if instap.plaats is not None and not instap.start <= instap.plaats.sinds <= op:
        yield Complaint("plaats.sinds", "ligt voor de start of na de instap")
    for n, each in enumerate(instap.combinaties):
        if each.van > op:
            yield Complaint(f"combinaties.{n}.van", "ligt in de toekomst")


def past_days(instap: AmaInstap) -> dict[str, date | None]:
    """The days on which something is said to have happened, by their field."""
    return {
        "laatste_herbeoordeling": instap.laatste_herbeoordeling,
        "pop.geregistreerd_op": instap.pop.geregistreerd_op if instap.pop else None,
    }


def number_of(held: date | None, opens: Callable[[int], date | None]) -> int:
    """Which one of every year it was: the last whose window had opened; 0 before the first."""
    number = 0
    if held is not None:
        while (day := opens(number + 1)) is not None and day <= held:
            number += 1
    return number


def passed(op: date, state: AmaState) -> int:
    """How many anniversaries have passed."""
    first, number = state.facts.eerste_dag, 0
    assert first is not None
    while ama.anniversary(number + 1, first, state.law).value < op:
        number += 1
    return number


def owed_by(on: date, law: Law) -> date:
    """By when an evaluation is made up for that opens on a day."""
    by = deadline(on, law.at("ama.evaluatie_venster", on), law, "{}").value
    assert by is not None
    return by


def made_up(
    held: int, due: int, opens: Callable[[int], date | None], between: tuple[date, date]
) -> tuple[int, Inhaaldag | None]:
    """The last one that is behind us, and the newest missed one with the day on which it opens.

    It is made up for between two days. Where the window of the next one opens by then, that one takes its place:
    nobody owes two at once.
    """
    if due <= held:
        return held, None
    on, last = between
    following = opens(due + 1)
    if following is not None and following <= last:
        return due, None
    return due - 1, Inhaaldag(nummer=due, vanaf=on)
