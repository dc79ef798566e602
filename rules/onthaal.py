"""The dates of an onthaaltraject: the hand-off, the first contact, reaching somebody, and the erasure (art. 4-6)."""

from collections.abc import Iterator
from datetime import date
from itertools import count

from models.actors import OPERATIES, Actor, Code, Rol
from models.command import Command
from models.duties import Alarm, DutyKind, number_of
from models.findings import Finding, Verdict
from models.follow_up import Doorgiftemelding
from models.law import Law, Term
from models.onthaal import LevensdomeinVastleggen, OnbereikbaarVaststellen, RechtenMeten, WarmeOverdracht
from models.onthaal_case import OnthaalFacts, OnthaalState
from models.phases import Beeindigd, Doorgifte, Kennismaking, Onthaal, ZonderBetrokkene
from models.steps import CurrentDate
from rules import activering
from rules.agenda import day_after, numbered
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.grounded import D2022, LSB, PRACTICE, finding, grounded_in
from rules.openings import END, Opening

VRAAG = {
    DutyKind.KERNPARTNER: "Wijs een kernpartner aan die contact opneemt",
    DutyKind.ONTVANGST: "Bevestig dat u deze persoon onthaalt, of geef terug",
    DutyKind.CONTACT: "Neem contact op en spreek de persoon",
    DutyKind.AANKOMST: "Zeg of de persoon bij u is aangekomen",
    DutyKind.NOG_NODIG: "Zeg of het onthaaltraject nog nodig is",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
TERMS = {
    DutyKind.KERNPARTNER: ("onthaal.kernpartner", "Binnen {} is er een kernpartner."),
    DutyKind.ONTVANGST: ("onthaal.ontvangst", "Een kernpartner bevestigt of geeft terug binnen {}."),
    DutyKind.CONTACT: ("onthaal.contact", "Het eerste contact is er binnen {} na de bevestiging."),
    DutyKind.AANKOMST: ("onthaal.aankomst", "Of iemand is aangekomen wordt na {} één keer gevraagd."),
    DutyKind.NOG_NODIG: ("onthaal.nog_nodig_antwoord", "Of het nog nodig is wordt binnen {} beantwoord."),
}
"""The duties whose term counts from the day they opened, with its parameter and sentence."""
HELPER = "hulpverlener"
"""The way of reaching somebody by asking their helper; it is no channel of its own."""


@grounded_in(D2022.article(4))
def owner_of(kind: DutyKind, key: str, state: OnthaalState) -> Actor:
    """The kernpartner that has the person owes everything; operations where nobody has them."""
    match kind:
        case DutyKind.KERNPARTNER | DutyKind.HERSTEL:
            return OPERATIES
        case DutyKind.AANKOMST:
            receiver = state.facts.orientaties[number_of(key) - 1].ontvanger
            return _desk(receiver) if receiver else state.facts.kernpartner or OPERATIES
        case _:
            return state.facts.kernpartner or OPERATIES


def _desk(code: str) -> Actor:
    return Actor(rol=Rol.DIENSTVERLENER, organisatie=code)


def next_in_line(owner: Actor, state: OnthaalState) -> Actor:
    """Who hears of somebody's silence: whoever leads the organisation."""
    return state.facts.leiding.get(owner.organisatie, OPERATIES)


@grounded_in(D2022.article("4-6"))
def due_of(kind: DutyKind, key: str, opened_on: date, state: OnthaalState) -> Finding[date | None]:
    """When a duty of an onthaaltraject is due now."""
    if kind in TERMS:
        name, sentence = TERMS[kind]
        since = (
            max(opened_on, state.facts.hervat_op or opened_on) if kind is DutyKind.ONTVANGST else opened_on
        )
        return deadline(since, state.law.at(name, opened_on), state.law, sentence)
    if kind is DutyKind.AFRONDING:
        return activering.closing_note_due(opened_on, state.law)
    return activering.repair_due(opened_on, state.law)


@grounded_in(D2022.article("4-6"))
def next_opening(state: OnthaalState) -> Opening | None:
    """Of what an onthaaltraject has still to open, the earliest; none when nothing comes by itself."""
    return min(_openings(state), key=lambda o: (o.alarm.on.value or date.max, o.key), default=None)


def _openings(state: OnthaalState) -> Iterator[Opening]:
    phase, facts = state.phase, state.facts
    match phase:
        case Kennismaking():
            key = numbered("contact", len(facts.doorgiften))
            if key not in state.duties:
                yield _opening(DutyKind.CONTACT, key, _known(_since(facts)), state)
        case Onthaal():
            yield from _still_needed(state, phase)
        case Beeindigd():
            gone = erase_on(phase, state)
            assert gone.value is not None
            yield Opening(END, None, Alarm(key="wissen", owner=OPERATIES, on=gone))


def _still_needed(state: OnthaalState, phase: Onthaal) -> Iterator[Opening]:
    """At each of the moments, and after the last one as long again each time: nobody is forgotten."""
    terms = state.law.at("onthaal.nog_nodig", phase.gestart_op).terms()
    for n in count(1):
        key = f"nog_nodig/{n}" if state.facts.ronde == 1 else f"nog_nodig/{n}/{state.facts.ronde}"
        if key not in state.duties:
            term = terms[n - 1] if n <= len(terms) else _times(n - len(terms) + 1, terms[-1])
            on = add_term(phase.gestart_op, term, state.law)
            yield _opening(DutyKind.NOG_NODIG, key, _known(on), state)
            return


def _times(number: int, term: Term) -> Term:
    return term.model_copy(update={"amount": number * term.amount})


def _opening(kind: DutyKind, key: str, on: Finding[date | None], state: OnthaalState) -> Opening:
    return Opening(key, kind, Alarm(key=key, owner=owner_of(kind, key, state), on=on))


def _since(facts: OnthaalFacts) -> date:
    last = facts.doorgiften[-1]
    return last.afgeleverd_op or last.van


@grounded_in(PRACTICE)
def _known(on: date) -> Finding[date | None]:
    """A day that is a fact of the case."""
    return finding(_known, on, "Sinds dit kan.")


@grounded_in(D2022.article(4))
def retransmitted(state: OnthaalState) -> Finding[date | None]:
    """The day after a kernpartner's silence VDAB's standing order sends the data to the next one."""
    key = numbered("ontvangst", len(state.facts.doorgiften))
    due = state.duties[key].due
    assert due.value is not None
    order = state.law.at("onthaal.doorlopende_opdracht", state.facts.start)
    of_vdab = sent_by_vdab(state.facts)
    told = f"Wie zwijgt geeft door: doorlopende opdracht van {order.value}."
    return finding(
        retransmitted,
        day_after(due.value),
        told if of_vdab else "Wie zwijgt verliest de aanmelding: operaties wijzen een kernpartner aan.",
        parameters=(*due.parameters, order) if of_vdab else due.parameters,
        facts={"bevestigen tegen": due.value},
    )


def sent_by_vdab(facts: OnthaalFacts) -> bool:
    """Whether VDAB sent the person on: only then may its standing order pass the data to the next one."""
    return facts.herkomst == "vdab"


@grounded_in(D2022.article("4-6"))
def told_to_vdab(facts: OnthaalFacts) -> Doorgiftemelding:
    """Of the last transmission: when it was sent and when it was delivered, and neither to whom nor why."""
    last = facts.doorgiften[-1]
    return Doorgiftemelding(
        nummer=len(facts.doorgiften), verzonden_op=last.van, afgeleverd_op=last.afgeleverd_op
    )


@grounded_in(D2022.article(6))
def erase_on(phase: Beeindigd, state: OnthaalState) -> Finding[date | None]:
    """The data are erased at most a year after the end; until then one call reopens."""
    term = state.law.at("onthaal.wissen", phase.einde)
    return finding(
        erase_on,
        add_term(phase.einde, term.term(), state.law),
        f"Ten laatste {term.value} na het einde worden de gegevens gewist.",
        parameters=(term,),
        facts={"einde": phase.einde},
    )


def current_dates(state: OnthaalState) -> Iterator[CurrentDate]:
    """Every date the onthaaltraject now goes by, with its reason."""
    if isinstance(state.phase, Doorgifte):
        yield CurrentDate(naam="door naar de volgende", on=retransmitted(state))
    if isinstance(state.phase, Beeindigd):
        yield CurrentDate(naam="wissen op", on=erase_on(state.phase, state))
    for duty in state.live_duties:
        yield CurrentDate(naam=f"opdracht {duty.key}", on=duty.due)


def last_day_of(state: OnthaalState) -> date | None:
    """The last day of an ended onthaaltraject; none while it runs."""
    phase = state.phase
    if isinstance(phase, ZonderBetrokkene):
        return phase.overleden_op
    return phase.einde if isinstance(phase, Beeindigd) else None


@grounded_in(PRACTICE)
def tried_enough(state: OnthaalState, today: date) -> Finding[bool]:
    """Nobody is unreachable before enough time, attempts, moments, channels, the helper and an offered visit."""
    facts, law = state.facts, state.law
    since = _since(facts) if facts.doorgiften else facts.start
    weeks, times, ways = (
        law.at(name, since) for name in ("onthaal.onbereikbaar_na", "onthaal.pogingen", "onthaal.kanalen")
    )
    own = [each for each in facts.pogingen if each.kanaal != HELPER]
    lacking = [
        *([f"{weeks.value} sinds de bevestiging"] if today < add_term(since, weeks.term(), law) else []),
        *([f"{times.value} pogingen"] if len(own) < times.number() else []),
        *(["verschillende momenten"] if len({each.moment for each in own}) < ways.number() else []),
        *([f"{ways.value} kanalen"] if len({each.kanaal for each in own}) < ways.number() else []),
        *(["de hulpverlener vragen"] if _helper_not_asked(facts) else []),
        *(["een bezoek of andere plek aanbieden"] if not any(p.bezoek_aangeboden for p in own) else []),
    ]
    return finding(
        tried_enough,
        not lacking,
        f"Voor onbereikbaar ontbreekt nog: {', '.join(lacking)}." if lacking else "Alles is geprobeerd.",
        parameters=(weeks, times, ways),
        facts={"pogingen": len(own)},
        verdict=Verdict.ZACHT if lacking else Verdict.OK,
    )


def _helper_not_asked(facts: OnthaalFacts) -> bool:
    return facts.heeft_helper and not any(each.kanaal == HELPER for each in facts.pogingen)


@grounded_in(LSB.article(11))
def consented(scope: str, facts: OnthaalFacts, met: Code | None = None) -> Finding[bool]:
    """Data are kept or shared only while the person consents to that, explicitly, and with whom they said."""
    given = any(
        each.reikwijdte == scope and each.tot is None and (met is None or not each.met or met in each.met)
        for each in facts.toestemmingen
    )
    return finding(
        consented,
        given,
        f"De persoon stemde toe in {scope}." if given else f"Er is geen toestemming voor {scope}.",
        facts={"reikwijdte": scope},
    )


CONSENT_FOR: dict[type[Command], str] = {
    LevensdomeinVastleggen: "levensdomeinen",
    RechtenMeten: "rechten",
    WarmeOverdracht: "overdracht",
}
"""What may be kept only with consent, by its scope."""


def off_the_lists(command: Command, law: Law) -> Iterator[tuple[str, str]]:
    """The fields with a code that is not on its list on the day it is about, with what is wrong with it.

    A case from before the lists were in its law knows none of them.
    """
    match command:
        case LevensdomeinVastleggen(domein=code):
            said = [("domein", code)]
            lijst = "levensdomeinen"
        case RechtenMeten(rechten=rechten):
            said = [(f"rechten.{n}.code", recht.code) for n, recht in enumerate(rechten)]
            lijst = "rechten"
        case _:
            return
    of_list = [each for each in law.codes if each.lijst == lijst]
    for veld, code in said if of_list else ():
        periods = [each for each in of_list if each.code == code]
        if not periods:
            yield veld, f"staat niet op de lijst van {lijst}"
        elif not any(each.holds(command.datum) for each in periods):
            yield veld, f"staat op die dag niet op de lijst van {lijst}"


def findings_against(command: Command, state: OnthaalState, today: date) -> Iterator[Finding[bool]]:
    """What the agreements have to say of a command."""
    if isinstance(command, OnbereikbaarVaststellen):
        yield tried_enough(state, today)
