"""What arbeidsmatige activiteiten open next, and from when: computed from the facts, phase by phase."""

from collections.abc import Iterator
from datetime import date

from models.actors import OPERATIES, Actor, Rol
from models.ama_case import AmaState
from models.ama_verloop import Toestemming
from models.duties import Alarm, DutyKind
from models.findings import Finding
from models.phases import Aangemeld, AmaGesloten, Begeleid, Gepland
from rules import ama, ama_einde, ama_wijzigingen, begeleiding, toestemmingen
from rules.agenda import as_of, day_after
from rules.ama import ONE_DAY
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.grounded import D2022, PRACTICE, finding, grounded_in
from rules.openings import END, Opening

AGREED_END = "afgesproken"
"""The last day that the parties signed has passed."""
WIJZIGING = "wijziging"
"""What was agreed to change counts from its day."""
OF_REST = (
    (DutyKind.OPSCHORTINGSGESPREK, "activering.opschorting_gesprek"),
    (DutyKind.OPSCHORTINGSBESLISSING, "activering.opschorting_beslissing"),
)
EVALUATIE, BEGIN, PENSIOEN, VOORWAARDEN, WACHTLIJST = (
    "evaluatie",
    "begin",
    "pensioen",
    "voorwaarden",
    "wachtlijst",
)
"""What opens by itself and is no duty of the AMA: an evaluation, a first day, an announcement, a look, a question."""


@grounded_in(D2022.article("28-29"))
def next_opening(state: AmaState) -> Opening | None:
    """Of what has still to open, the earliest; none when nothing comes by itself."""
    both = (*openings(state), *_turning(state))
    dated = (opening for opening in both if opening.alarm.on.value is not None)
    return min(dated, key=lambda o: (o.alarm.on.value or date.max, o.key), default=None)


def openings(state: AmaState) -> Iterator[Opening]:
    """Everything that has still to open by itself, with the day it does."""
    facts, phase = state.facts, state.phase
    if isinstance(phase, Aangemeld | Gepland | Begeleid):
        yield from _agreements(state)
        yield from _changes(state)
        yield from _conditions(state)
        yield from _line(state)
    match phase:
        case Begeleid():
            yield from _accompaniment(state)
            yield from _long_rests(state)
        case AmaGesloten():
            window = ama.stays_open(phase.gesloten_op, state)
            assert window.value is not None
            yield Opening(
                END, None, Alarm(key=END, owner=OPERATIES, on=as_of(window, day_after(window.value)))
            )
    if isinstance(phase, Begeleid) and facts.gepland_einde is not None:
        over = ama.planned_end(facts)
        assert over.value is not None
        yield _opening(None, END, as_of(over, day_after(over.value)), state)


def _agreements(state: AmaState) -> Iterator[Opening]:
    """The first day of each agreement, its declaration, its insurance and its last day."""
    for each in state.facts.overeenkomsten:
        n = each.nummer
        if ama_einde.still_comes(each):
            yield _opening(
                None, f"{BEGIN}/{n}", _known(each.start, "De eerste dag van de overeenkomst."), state
            )
        elif each.einde is None:
            if each.afgesproken_einde is not None and state.facts.gepland_einde is None:
                over = _known(each.afgesproken_einde + ONE_DAY, "De afgesproken laatste dag is voorbij.")
                yield _opening(None, f"{AGREED_END}/{n}", over, state)
            key = f"verzekering/{n}/{each.verzekerd_tot}"
            if key not in state.duties:
                yield _opening(
                    DutyKind.VERZEKERING, key, _before(each.verzekerd_tot, "ama.verzekering", state), state
                )


def _changes(state: AmaState) -> Iterator[Opening]:
    """The day on which something of an agreement changes, as was agreed."""
    for each, change in ama_wijzigingen.coming(state):
        yield _opening(None, f"{WIJZIGING}/{each.nummer}", ama_wijzigingen.takes_effect(change), state)


def _conditions(state: AmaState) -> Iterator[Opening]:
    """The days on which a permission or a statuut is looked at again: which it is stays with the begeleider."""
    days = {*looks(state), *(on for _, on in renewals(state))}
    for day in sorted(days):
        on = _known(day, "De voorwaarden worden dan opnieuw bekeken.")
        yield _opening(None, f"{VOORWAARDEN}/{day}", on, state)


def looks(state: AmaState) -> frozenset[date]:
    """The days after the notice on which a statuut ends or may end, or a 25th birthday is near, not looked at yet."""
    days: set[date] = set()
    for each in state.facts.statuten:
        ends = toestemmingen.after(each.tot or each.verwacht_einde)
        if ends and ends > state.facts.start:
            days.add(ends)
        if each.code == "groeipakket":
            near = state.law.at("ama.verjaardag_25", state.facts.start).term()
            birthday = add_term(state.facts.vijfentwintig_op, -near, state.law)
            days |= {birthday} if each.tot is None or each.tot >= birthday else set()
    return frozenset(day for day in days if f"{VOORWAARDEN}/{day}" not in state.facts.opgezocht)


def _turning(state: AmaState) -> Iterator[Opening]:
    """The days on which what is in order may not be so any more, or the other way around: the story looks again."""
    if isinstance(state.phase, Aangemeld | Begeleid):
        for day in sorted(turns(state)):
            on = _known(day, "De voorwaarden worden dan opnieuw bekeken.")
            yield _opening(None, f"{VOORWAARDEN}/{day}", on, state)


def turns(state: AmaState) -> frozenset[date]:
    """The days after the notice on which a statuut begins, or a permission begins or ends to count, not looked at.

    Where all is in order and stays so on that day, nobody needs to look.
    """
    days: set[date | None] = {each.van for each in state.facts.statuten}
    for each in toestemmingen.current(state.facts):
        if each.antwoord in toestemmingen.GRANTS:
            days |= {each.vanaf, each.ingetrokken_per, toestemmingen.after(each.tot)}
    ahead = (day for day in days if day is not None and day > state.facts.start)
    return frozenset(
        day
        for day in ahead
        if f"{VOORWAARDEN}/{day}" not in state.facts.opgezocht
        and (state.facts.in_orde_op is None or not toestemmingen.all_permitted(day, state.facts).value)
    )


def renewals(state: AmaState) -> Iterator[tuple[Toestemming, date]]:
    """The newest permission of each statuut that ends before it or serves again, with the day it is asked again."""
    newest = {each.statuut: each.nummer for each in state.facts.toestemmingen}
    for each in toestemmingen.current(state.facts):
        if each.antwoord in toestemmingen.GRANTS and newest[each.statuut] == each.nummer:
            yield from ((each, day) for day in sorted(_asked_again(each, state))[:1])


def _asked_again(each: Toestemming, state: AmaState) -> Iterator[date]:
    """The days for which a permission is asked again: before it ends, and when it is too old to serve again."""
    if _goes_on(each, state):
        before = toestemmingen.renewal_opens(each, state.law).value
        assert before is not None
        yield before
    if each.antwoord == "hergebruikt":
        old = toestemmingen.asked_anew(each, state.law).value
        assert old is not None
        if any(statuut.code == each.statuut for statuut in toestemmingen.statuten_on(old, state.facts)):
            yield old


def _goes_on(each: Toestemming, state: AmaState) -> bool:
    """Whether a permission ends while its statuut goes on."""
    ends = toestemmingen.after(each.tot)
    there = toestemmingen.statuten_on(ends, state.facts) if ends else ()
    return any(statuut.code == each.statuut for statuut in there)


def _line(state: AmaState) -> Iterator[Opening]:
    """Who waits for a place is asked about again after a while, also when no word came."""
    place = state.facts.plaats
    if place is not None and place.status == "wachtlijst":
        term = state.law.at("ama.se.wachtlijst", place.sinds)
        on = deadline(place.sinds, term, state.law, "De wachtlijst wordt na {} opnieuw nagevraagd.")
        yield Opening(WACHTLIJST, None, Alarm(key=WACHTLIJST, owner=_holder(state), on=on))


def _holder(state: AmaState) -> Actor:
    place = state.facts.plaats
    return Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=place.houder) if place else OPERATIES


def _accompaniment(state: AmaState) -> Iterator[Opening]:
    """The yearly evaluation, the pension, and in the social economy the plan and VDAB's reassessment."""
    facts = state.facts
    if (n := ama.next_evaluation(state)) is not None:
        on = ama.evaluation_opens(n, state)
        if facts.te_openen == n and on.value is not None:
            on = as_of(on, min(on.value, state.facts.start))  # the yearly round asked for it: now
        yield _opening(None, f"{EVALUATIE}/{n}", on, state)
    if facts.gepland_einde is None:
        if PENSIOEN not in facts.opgezocht:
            yield _opening(
                None, PENSIOEN, _before(facts.pensioen_op, "ama.pensioen_aankondiging", state), state
            )
        if "wat_daarna" not in state.duties:
            on = _before(facts.pensioen_op, "ama.wat_daarna", state)
            yield _opening(DutyKind.WAT_DAARNA, "wat_daarna", on, state)
    if facts.variant == "se" and facts.eerste_dag is not None:
        if facts.pop is None and "pop" not in state.duties:
            yield _opening(DutyKind.POP, "pop", _known(facts.eerste_dag, "Sinds de start."), state)
        yield from _reassessments(state)


def _reassessments(state: AmaState) -> Iterator[Opening]:
    """What VDAB reassesses next; none for who leaves before the anniversary."""
    facts = state.facts
    n = max((each.nummer for each in facts.herbeoordelingen), default=0) + 1
    if f"herbeoordeling/{n}" in state.duties or facts.eerste_dag is None:
        return
    end = facts.gepland_einde
    if end is not None and end.einde < ama.anniversary(n, facts.eerste_dag, state.law).value:
        return
    yield _opening(DutyKind.HERBEOORDELING, f"herbeoordeling/{n}", ama.reassessment_opens(n, state), state)


def _long_rests(state: AmaState) -> Iterator[Opening]:
    """The talk and the decision about a suspension that goes on and on."""
    n = state.facts.open_rest
    if n is None:
        return
    since = state.facts.rests[n - 1].van
    for kind, name in OF_REST:
        if f"{kind}/{n}" not in state.duties:
            yield _opening(kind, f"{kind}/{n}", begeleiding.long_rest(since, name, state.law), state)


def _opening(kind: DutyKind | None, key: str, on: Finding[date | None], state: AmaState) -> Opening:
    owner = ama.owner_of(kind, key, state) if kind else state.facts.trekker
    return Opening(key, kind, Alarm(key=key, owner=owner, on=on))


@grounded_in(PRACTICE)
def _known(on: date, told: str) -> Finding[date | None]:
    """A day that is a fact of the case."""
    return finding(_known, on, told)


@grounded_in(PRACTICE)
def _before(day: date, name: str, state: AmaState) -> Finding[date | None]:
    """So long before a day that is known."""
    term = state.law.at(name, state.facts.start)
    return finding(
        _before,
        add_term(day, -term.term(), state.law),
        f"Zo lang vooraf: {term.value}.",
        parameters=(term,),
        facts={"dag": day},
    )
