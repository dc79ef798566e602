"""What a trajectory opens next, and from when: computed from the facts, phase by phase."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.case import CaseState
from models.duties import Alarm, DutyKind
from models.findings import Finding
from models.phases import Afgesloten, Afronding, Lopend, Voorbereiding
from rules import activering, agenda, begeleiding, einde, reviews
from rules.grounded import D2022, PRACTICE, finding, grounded_in

END = "einde"
NETWORK = ("netwerk", "ad_hoc")
"""The offers that the coordinator pays for."""


class Opening(NamedTuple):
    """What opens next and from when: a duty, or the end of the trajectory."""

    key: str
    kind: DutyKind | None
    alarm: Alarm


@grounded_in(D2022.article("10-11, 14-15, 22"))
def next_opening(state: CaseState) -> Opening | None:
    """Of what a trajectory has still to open, the earliest; none when nothing comes by itself."""
    dated = [opening for opening in _openings(state) if opening.alarm.on.value is not None]
    return min(dated, key=lambda o: (o.alarm.on.value or date.max, o.key), default=None)


def _openings(state: CaseState) -> Iterator[Opening]:
    phase = state.phase
    match phase:
        case Voorbereiding():
            yield from _first_steps(state)
            yield from _offers(state)
            yield from _long_rests(state)
            yield from _measurements(state)
        case Lopend():
            yield from _first_steps(state)
            yield from _running(state, phase)
            yield from _offers(state)
            yield from _long_rests(state)
            yield from _measurements(state)
        case Afronding():
            yield from _packages(state)
            yield from _statements(state)
            if phase.vorm == "volledig":  # nobody is asked where somebody stands who left on the way
                yield from _measurements(state)
        case Afgesloten():
            if phase.overlijden is None:
                yield from _statements(state)
            if phase.vorm == "volledig":
                yield from _measurements(state)
            aftercare = tuple(_aftercare(state, phase))
            yield from aftercare
            if not aftercare:
                yield Opening(END, None, agenda.reopening_alarm(phase.gesloten_op, state))


def _first_steps(state: CaseState) -> Iterator[Opening]:
    """The first talk, what is still to be told after it, and the plan."""
    facts = state.facts
    on = _known(facts.toegewezen_op or facts.start, "Sinds er een team is.")
    plan, tell = (agenda.numbered(base, facts.ronde) for base in ("trajectplan", "informeren"))
    talk = state.duties.get("eerste_gesprek")
    if isinstance(state.phase, Voorbereiding):
        if talk is None:
            yield _opening(DutyKind.EERSTE_GESPREK, "eerste_gesprek", on, state)
        if plan not in state.duties:
            yield _opening(DutyKind.TRAJECTPLAN, plan, on, state)
    told = not begeleiding.still_to_tell(facts)
    if talk is not None and not talk.live and not told and tell not in state.duties:
        yield _opening(DutyKind.INFORMEREN, tell, on, state)


def _running(state: CaseState, phase: Lopend) -> Iterator[Opening]:
    """Reviews, packages, the beslispunt, the end documents, and the end itself."""
    plan, facts, law = phase.plan, state.facts, state.law
    end = activering.planned_end(plan, facts, law)
    if (n := reviews.next_review(state)) is not None:
        opens = activering.review_opens(n, plan, facts, law)
        yield _opening(DutyKind.REVIEW, f"review/{n}", opens, state)
    yield from _packages(state)
    key = agenda.numbered("beslispunt", facts.verlengd + facts.ronde)
    if key not in state.duties:
        yield _opening(DutyKind.BESLISPUNT, key, einde.decision_point(end, law), state)
    key = agenda.numbered("eindverslag", facts.einde_nummer)
    if key not in state.duties:
        yield _opening(DutyKind.EINDVERSLAG, key, activering.end_documents_open(end, law), state)
    over = agenda.as_of(agenda.optional(end), agenda.day_after(end.value))
    owner = agenda.owner_of(DutyKind.EINDVERSLAG, key, facts)
    yield Opening(END, None, Alarm(key=END, owner=owner, on=over))


def _packages(state: CaseState) -> Iterator[Opening]:
    """The evaluation of each package when it ends, at the latest when the trajectory does."""
    ended = isinstance(state.phase, Afronding)
    for stand in state.facts.acties:
        key = f"pakket/{stand.nummer}"
        if stand.pakket_vanaf and not stand.vervallen and key not in state.duties:
            over = agenda.last_day_of(state) if ended else begeleiding.package_end(stand, state.law)
            yield _opening(DutyKind.PAKKET, key, agenda.optional(over), state)


def _offers(state: CaseState) -> Iterator[Opening]:
    """The providers that have still to say whether there is a place."""
    for stand in state.facts.acties:
        key = agenda.numbered(f"aanbod/{stand.nummer}", stand.gevraagd + 1)
        if stand.vraag_vanaf and not stand.vervallen and key not in state.duties:
            on = _known(stand.vraag_vanaf, "Sinds de actie in het plan staat, of na de wachttijd.")
            yield _opening(DutyKind.AANBOD, key, on, state)


def _long_rests(state: CaseState) -> Iterator[Opening]:
    """The talk and the decision about a suspension that goes on and on."""
    n = state.facts.open_rest
    if n is None:
        return
    since = state.facts.rests[n - 1].van
    for kind, name in (
        (DutyKind.OPSCHORTINGSGESPREK, "activering.opschorting_gesprek"),
        (DutyKind.OPSCHORTINGSBESLISSING, "activering.opschorting_beslissing"),
    ):
        if f"{kind}/{n}" not in state.duties:
            on = begeleiding.long_rest(since, name, state.law)
            yield _opening(kind, f"{kind}/{n}", on, state)


def _measurements(state: CaseState) -> Iterator[Opening]:
    """The one-question duties, where no value on the participatieladder is near enough; who had no team has none.

    What could have been measured only before a reopening is not asked after it.
    """
    facts = state.facts
    if facts.team is None:
        return
    for months in begeleiding.measurements_to_ask(facts, state.law):
        due = begeleiding.measurement_due(months, facts, state.law).value
        over = facts.heropend_op is not None and due is not None and due < facts.heropend_op
        if f"meting/{months}" not in state.duties and not over:
            on = begeleiding.measurement_moment(months, facts, state.law)
            yield _opening(DutyKind.METING, f"meting/{months}", on, state)


def _statements(state: CaseState) -> Iterator[Opening]:
    """The verdeelstaat, where the network provided something."""
    key = agenda.numbered("verdeelstaat", state.facts.ronde)
    paid = any(stand.actie.aanbod in NETWORK for stand in state.facts.acties)
    if paid and key not in state.duties:
        on = _known(agenda.last_day_of(state).value, "Het traject is geëindigd.")
        yield _opening(DutyKind.VERDEELSTAAT, key, on, state)


def _aftercare(state: CaseState, phase: Afgesloten) -> Iterator[Opening]:
    """The contacts after paid work began, where they were agreed."""
    afloop = state.facts.afloop
    if phase.overlijden or afloop is None or not afloop.nazorg or afloop.uitkomst not in begeleiding.PAID:
        return
    since = afloop.sinds or phase.einde
    for n, _ in enumerate(state.law.at("nazorg.momenten", since).terms(), start=1):
        key = agenda.numbered(f"nazorg/{n}", state.facts.ronde)
        if key not in state.duties:
            on = begeleiding.aftercare(n, since, state.law)
            yield _opening(DutyKind.NAZORG, key, on, state)


@grounded_in(PRACTICE)
def _known(on: date, reden: str) -> Finding[date | None]:
    """A day that is a fact of the case."""
    return finding(_known, on, reden)


def _opening(kind: DutyKind, key: str, on: Finding[date | None], state: CaseState) -> Opening:
    return Opening(key, kind, Alarm(key=key, owner=agenda.owner_of(kind, key, state.facts), on=on))
