"""The dates of a toeleiding: completing, screening, deciding, and what may run beside what (art. 7-9)."""

from collections.abc import Iterator
from datetime import date

from models.actors import OPERATIES, Actor, Rol
from models.command import Command
from models.duties import Alarm, DutyKind
from models.findings import Finding, Verdict
from models.follow_up import Doorgiftemelding, Gevolg
from models.messages import Afspraak
from models.phases import Aanvullen, Beslissing, Beslist, Ingetrokken, Screening, ZonderBetrokkene
from models.steps import CurrentDate
from models.toeleiding import ToeleidingBeslissen
from models.toeleiding_case import Doorgifte, ToeleidingFacts, ToeleidingState
from rules import activering
from rules.agenda import as_of, day_after, next_key, numbered
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.grounded import D2022, PRACTICE, finding, grounded_in
from rules.openings import END, Opening

VRAAG = {
    DutyKind.AANVULLEN: "Vul de aanvraag aan",
    DutyKind.DERDE: "Vraag na of het document van de derde er is",
    DutyKind.ONVOLLEDIG: "Beslis of het verder kan met een onvolledige aanvraag",
    DutyKind.BEVINDINGEN: "Bekijk de bevindingen bij de aanvraag",
    DutyKind.ADVIES: "Geef advies over deze aanvraag",
    DutyKind.SCREENING: "Screen en leg het screeningsverslag vast",
    DutyKind.BESLISSING: "Beslis over de aanvraag",
    DutyKind.BEZWAAR: "Antwoord op de klacht of het bezwaar",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
TERMS = {
    DutyKind.AANVULLEN: ("toeleiding.aanvullen", "Een aanvraag wordt binnen {} aangevuld."),
    DutyKind.DERDE: ("toeleiding.derde", "Naar een document van een derde wordt na {} opnieuw gevraagd."),
    DutyKind.ONVOLLEDIG: ("toeleiding.onvolledig", "VDAB beslist binnen {} of het verder kan."),
    DutyKind.BEVINDINGEN: ("toeleiding.bevindingen", "Iemand bekijkt de bevindingen binnen {}."),
    DutyKind.ADVIES: ("toeleiding.advies", "Advies wordt binnen {} verwacht; zonder advies gaat het verder."),
    DutyKind.BEZWAAR: ("toeleiding.bezwaar", "Op een klacht of bezwaar komt binnen {} een antwoord."),
}
"""The duties whose term counts from the day they opened, with its parameter and sentence."""
IN_HAND = (Aanvullen, Screening, Beslissing)
SENT, DELIVERED = "onthaal verzonden", "onthaal afgeleverd"
"""What VDAB sees of an onthaaltraject that it asked for."""
AMA = ("arbeidsmatige_activiteiten", "ama_se")
"""The two kinds of AMA: nobody does both on one day, nor one of them twice."""
ONTHAAL: Gevolg = "onthaaltraject"


@grounded_in(D2022.article("8-9"))
def owner_of(kind: DutyKind, key: str, state: ToeleidingState) -> Actor:
    """The requester completes, the screener screens, a partner advises, and VDAB looks and decides."""
    facts = state.facts
    vdab = facts.omkadering.vdab or OPERATIES
    match kind:
        case DutyKind.AANVULLEN | DutyKind.DERDE:
            return facts.aanvrager or vdab
        case DutyKind.ADVIES:
            return adviser(key)
        case DutyKind.SCREENING:
            return facts.screener or vdab
        case DutyKind.BEZWAAR:
            return facts.omkadering.leiding.get(vdab.organisatie, vdab)
        case DutyKind.HERSTEL:
            return OPERATIES
        case _:
            return vdab


def adviser(key: str) -> Actor:
    """The partner that a key such as advies/ORG-CAW is about."""
    return Actor(rol=Rol.DIENSTVERLENER, organisatie=key.split("/")[1])


def next_in_line(owner: Actor, state: ToeleidingState) -> Actor:
    """Who hears of somebody's silence: whoever leads the organisation, and VDAB for a requester or a partner."""
    around = state.facts.omkadering
    if owner == OPERATIES:
        return OPERATIES
    if owner.organisatie in around.leiding:
        return around.leiding[owner.organisatie]
    return around.vdab or OPERATIES


@grounded_in(D2022.article("7-9"))
def due_of(kind: DutyKind, key: str, opened_on: date, state: ToeleidingState) -> Finding[date | None]:
    """When a duty of a toeleiding is due now."""
    facts, law = state.facts, state.law
    if kind in TERMS:
        name, sentence = TERMS[kind]
        return deadline(opened_on, law.at(name, opened_on), law, sentence)
    match kind:
        case DutyKind.SCREENING:
            on = facts.volledig_op or opened_on
            sentence = "De screening is er binnen {} nadat de aanvraag volledig is."
            return deadline(on, law.at("toeleiding.screening", on), law, sentence)
        case DutyKind.BESLISSING:
            on = max(facts.volledig_op or opened_on, facts.gescreend_op or opened_on)
            sentence = "VDAB beslist binnen {} nadat de aanvraag volledig en gescreend is (art. 9)."
            return deadline(on, law.at("toeleiding.beslissing", on), law, sentence)
        case DutyKind.AFRONDING:
            return activering.closing_note_due(opened_on, law)
        case _:
            return activering.repair_due(opened_on, law)


@grounded_in(D2022.article("7-9"))
def next_opening(state: ToeleidingState) -> Opening | None:
    """Of what a toeleiding has still to open, the earliest; none when nothing comes by itself."""
    return min(_openings(state), key=lambda o: (o.alarm.on.value or date.max, o.key), default=None)


def _openings(state: ToeleidingState) -> Iterator[Opening]:
    phase, facts = state.phase, state.facts
    if isinstance(phase, IN_HAND) and facts.waarschuwingen and "bevindingen" not in state.duties:
        yield _opening(DutyKind.BEVINDINGEN, "bevindingen", facts.start, state)
    match phase:
        case Aanvullen():
            yield from _completing(state)
        case Screening() if "screening" not in state.duties:
            yield _opening(DutyKind.SCREENING, "screening", facts.volledig_op or facts.start, state)
        case Beslissing() if "beslissing" not in state.duties:
            yield _opening(DutyKind.BESLISSING, "beslissing", facts.gescreend_op or facts.start, state)
        case Beslist() | Ingetrokken():
            window = stays_open(phase.gesloten_op, state)
            assert window.value is not None
            yield Opening(
                END, None, Alarm(key=END, owner=OPERATIES, on=as_of(window, day_after(window.value)))
            )


def _completing(state: ToeleidingState) -> Iterator[Opening]:
    """The question to complete, and VDAB's choice when it stays unanswered; both rest while a third is awaited."""
    asked = [duty for duty in state.duties.values() if duty.kind is DutyKind.AANVULLEN]
    if not asked:
        yield _opening(DutyKind.AANVULLEN, "aanvullen", state.facts.start, state)
    kinds = {duty.kind for duty in state.live_duties}
    if asked and asked[-1].live and not kinds & {DutyKind.DERDE, DutyKind.ONVOLLEDIG}:
        due = asked[-1].anchor
        assert due is not None
        key = next_key("onvolledig", state)
        yield _opening(DutyKind.ONVOLLEDIG, key, day_after(due), state)


def _opening(kind: DutyKind, key: str, on: date, state: ToeleidingState) -> Opening:
    known = finding(next_opening, on, "Sinds dit kan.")
    optional = Finding[date | None].model_validate(known.model_dump())
    return Opening(key, kind, Alarm(key=key, owner=owner_of(kind, key, state), on=optional))


@grounded_in(PRACTICE)
def stays_open(closed_on: date, state: ToeleidingState) -> Finding[date | None]:
    """For some months after the decision a complaint or an objection still finds its file."""
    term = state.law.at("toeleiding.open", closed_on)
    return finding(
        stays_open,
        add_term(closed_on, term.term(), state.law),
        f"Na de beslissing blijft het dossier {term.value} open voor klacht of bezwaar.",
        parameters=(term,),
        facts={"gesloten op": closed_on},
    )


def current_dates(state: ToeleidingState) -> Iterator[CurrentDate]:
    """Every date the toeleiding now goes by, with its reason."""
    if isinstance(state.phase, Beslist | Ingetrokken):
        yield CurrentDate(naam="open tot", on=stays_open(state.phase.gesloten_op, state))
    for each in state.facts.doorgiften:
        yield CurrentDate(naam=numbered(SENT, each.nummer), on=sent_on(each))
        if each.afgeleverd_op is not None:
            yield CurrentDate(naam=numbered(DELIVERED, each.nummer), on=delivered_on(each))
    for duty in state.live_duties:
        yield CurrentDate(naam=f"opdracht {duty.key}", on=duty.due)


@grounded_in(D2022.article("4-6"))
def sent_on(told: Doorgifte) -> Finding[date | None]:
    """VDAB answers for each transmission to the GBO, and so knows when it was."""
    return finding(sent_on, told.verzonden_op, "De gegevens van art. 5 zijn verzonden.")


@grounded_in(D2022.article("4-6"))
def delivered_on(told: Doorgifte) -> Finding[date | None]:
    """That somebody took the data is the last thing that VDAB hears."""
    return finding(
        delivered_on, told.afgeleverd_op, "Een kernpartner heeft de gegevens; meer hoort VDAB niet."
    )


@grounded_in(D2022.article(4))
def without_home(chosen: ToeleidingBeslissen, facts: ToeleidingFacts) -> bool:
    """Whether the person keeps who helps them for want of a home: the decision knows better than the request."""
    return facts.inhoud.dakloos if chosen.dakloos is None else chosen.dakloos


@grounded_in(D2022.article("4-6"))
def heard(melding: Doorgiftemelding, facts: ToeleidingFacts) -> tuple[Doorgifte, ...]:
    """The transmissions as VDAB knows them after a message, whatever came before and however often it comes."""
    told = {each.nummer: each for each in facts.doorgiften}
    before = told.get(melding.nummer)
    known = before.afgeleverd_op if before else None
    told[melding.nummer] = Doorgifte(
        nummer=melding.nummer,
        verzonden_op=before.verzonden_op if before else melding.verzonden_op,
        afgeleverd_op=known or melding.afgeleverd_op,
    )
    return tuple(told[nummer] for nummer in sorted(told))


def last_day_of(state: ToeleidingState) -> date | None:
    """The day it was decided or withdrawn; none while it is in hand."""
    phase = state.phase
    if isinstance(phase, ZonderBetrokkene):
        return phase.overleden_op
    return phase.gesloten_op if isinstance(phase, Beslist | Ingetrokken) else None


@grounded_in(D2022.article(11))
def beside(soort: str, start: date, facts: ToeleidingFacts) -> Iterator[Finding[date | None]]:
    """What else runs on the first day: a second of the same kind cannot, anything beside an AMA asks for a reason.

    Of an AMA the first day is agreed later: whether the other one has ended by then is looked at once more, and hard.
    """
    for other in facts.lopend:
        if other.tot is not None and other.tot < start:
            continue
        same = other.soort == soort
        if not same and other.soort not in AMA:
            continue
        ends = f"op {other.tot:%d-%m-%Y}" if other.tot else "nog zonder einddatum"
        needed = f"het moet eindigen ten laatste de dag voor {start:%d-%m-%Y}"
        yield finding(
            beside,
            start,
            f"Er loopt een {other.soort.replace('_', ' ')} ({ends}); {needed}.",
            facts={"loopt": other.soort, "tot": other.tot or "onbekend", "start": start},
            verdict=Verdict.HARD if same else Verdict.ZACHT,
        )


@grounded_in(D2022.article(9))
def chosen_by(decision: ToeleidingBeslissen) -> tuple[Gevolg, ...]:
    """What starts by itself after a decision; advice alone and a refusal start nothing."""
    match decision.route:
        case "activeringstraject" | "ama_se":
            return (decision.route,)
        case "advies_welzijn":
            ama: tuple[Gevolg, ...] = ("arbeidsmatige_activiteiten",) if decision.ama_begeleider else ()
            return (*ama, *((ONTHAAL,) if decision.onthaal else ()))
        case _:
            return ()


@grounded_in(PRACTICE)
def planned_screening(command: Afspraak, state: ToeleidingState, today: date) -> Finding[date | None]:
    """The day ahead that the screener planned: the ladder rests until then, as often as on a promise."""
    asked = state.duties.get("screening")
    speaker = command.namens or command.door
    ahead = today < command.gepland_op <= state.law.horizon and command.uitkomst == "gepland"
    if asked is None or not asked.live or speaker is None or not ahead:
        return finding(planned_screening, None, "Hier is geen screening mee gepland.")
    again = activering.may_rest_again(len(asked.bezig), today, state.law)
    if not speaker.speaks_for(asked.addressee) or not again.value:
        return finding(planned_screening, None, again.reden, parameters=again.parameters)
    return finding(
        planned_screening,
        command.gepland_op,
        f"De screening is gepland op {command.gepland_op:%d-%m-%Y}.",
        parameters=again.parameters,
    )


def findings_against(command: Command, state: ToeleidingState, today: date) -> Iterator[Finding[date | None]]:
    """What the law and the agreements have to say of a decision."""
    if isinstance(command, ToeleidingBeslissen):
        for soort in chosen_by(command):
            if soort != ONTHAAL:
                yield from beside(soort, command.start or today, state.facts)
