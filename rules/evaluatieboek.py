"""The yearly evaluation: when it is due, whom it asks, what may be said about it, and how it closes (art. 29)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from models import evaluatie as e
from models import messages as m
from models.actors import OPERATIES, Actor, Rol
from models.command import Command
from models.duties import Alarm, Duty, DutyKind, DutyStatus
from models.evaluatie_case import EvaluatieState
from models.findings import Finding, Verdict
from models.law import Term
from models.phases import Evalueren, Geevalueerd, ZonderBetrokkene
from models.steps import CurrentDate
from rules import activering, ama, corrections, everyday
from rules.agenda import as_of, day_after
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.everyday import SHARED_ANSWERS
from rules.grounded import D2022, PRACTICE, finding, grounded_in
from rules.objections import TOO_FAR
from rules.openings import END, Opening
from rules.rulebook import Complaint, Rulebook, Shown

VRAAG = {
    DutyKind.EVALUATIE: "Houd de jaarlijkse evaluatie en leg ze vast",
    DutyKind.VOORWAARDEN: "Kijk de voorwaarden na voor de evaluatie",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
LOOKED_AT = "De voorwaarden zijn nagekeken."
"""All that is told of a consultation: the name of its command says that an agency was asked (D2022 art. 32)."""
EARLY = "ligt voor het venster; leg dit vast als tussentijds gesprek"
AFTER = "ligt na de laatste dag van de begeleiding"
WHO_MAY: dict[type[Command], tuple[Rol, ...]] = {
    e.EvaluatieVoorbereiden: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.Rechtzetten: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.Afspraak: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.Contactnota: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.Overleden: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.OverledenOngedaan: (Rol.BEGELEIDER, Rol.OPERATIES),
    m.HerzieParameters: (Rol.OPERATIES,),
}
IN_PHASE: dict[type[Command], tuple[str, ...]] = {
    e.EvaluatieVoorbereiden: ("evalueren",),
    e.EvaluatieRaadplegen: ("evalueren",),
    e.EvaluatieVastleggen: ("evalueren",),
}
ANSWERS: dict[type[Command], tuple[DutyKind, ...]] = {
    **SHARED_ANSWERS,
    e.EvaluatieVastleggen: (DutyKind.EVALUATIE,),
    e.EvaluatieRaadplegen: (DutyKind.VOORWAARDEN,),
}


@grounded_in(D2022.article(29))
def due_of(kind: DutyKind, key: str, opened_on: date, state: EvaluatieState) -> Finding[date | None]:
    """The evaluation is held at the latest on the anniversary, a maximum that never moves; earlier where VDAB waits."""
    facts, law = state.facts, state.law
    match kind:
        case DutyKind.EVALUATIE if facts.tegen is not None:
            told = f"Evaluatie {facts.nummer} was te laat bij de instap en wordt ingehaald."
            return finding(due_of, facts.tegen, told, facts={"verjaardag": facts.verjaardag})
        case DutyKind.EVALUATIE if facts.variant == "se":
            return ama.report_due(facts.verjaardag, law)
        case DutyKind.EVALUATIE:
            told = f"Evaluatie {facts.nummer} is er ten laatste op de verjaardag van de eerste dag."
            return finding(due_of, facts.verjaardag, told, facts={"verjaardag": facts.verjaardag})
        case DutyKind.VOORWAARDEN:
            term = law.at("ama.voorwaarden", opened_on)
            return deadline(opened_on, term, law, "De voorwaarden zijn nagekeken binnen {}.")
        case DutyKind.AFRONDING:
            return activering.closing_note_due(opened_on, law)
        case _:
            return activering.repair_due(opened_on, law)


@grounded_in(PRACTICE)
def owner_of(kind: DutyKind, key: str, state: EvaluatieState) -> Actor:
    """The trekker among the begeleiders owes the one evaluation."""
    return OPERATIES if kind is DutyKind.HERSTEL else state.facts.begeleider


def next_in_line(owner: Actor, state: EvaluatieState) -> Actor:
    """Who hears of somebody's silence: whoever leads the organisation."""
    return state.facts.leiding.get(owner.organisatie, OPERATIES)


@grounded_in(D2022.article(29))
def next_opening(state: EvaluatieState) -> Opening | None:
    """The evaluation and, where needed, a look at the conditions open at once; closed, it can be corrected a while."""
    phase, facts = state.phase, state.facts
    if isinstance(phase, Geevalueerd):
        window = stays_open(phase.gesloten_op, state)
        assert window.value is not None
        return Opening(END, None, Alarm(key=END, owner=OPERATIES, on=as_of(window, day_after(window.value))))
    if isinstance(phase, Evalueren):
        known = finding(next_opening, facts.start, "Sinds het venster open is.")
        on = Finding[date | None].model_validate(known.model_dump())
        wanted = [DutyKind.EVALUATIE, *([DutyKind.VOORWAARDEN] if facts.voorwaarden else [])]
        for kind in wanted:
            if str(kind) not in state.duties:
                return Opening(str(kind), kind, Alarm(key=str(kind), owner=facts.begeleider, on=on))
    return None


@grounded_in(PRACTICE)
def told_again(since: date) -> Finding[date | None]:
    """An AMA that does not run hears the next day what came of its evaluation, until it runs again."""
    told = "De begeleiding was niet te bereiken; ze wordt de dag erna opnieuw verwittigd."
    return finding(told_again, day_after(since), told, facts={"niet bereikt op": since})


def comes_back(state: EvaluatieState) -> bool:
    """Whether an evaluation was taken back for an end of its AMA that was undone, and no talk was held meanwhile."""
    phase, facts = state.phase, state.facts
    closed = isinstance(phase, Geevalueerd) and phase.overlijden is None
    return closed and facts.gehouden is None and facts.ama_einde is not None and facts.ama_hervat


@grounded_in(PRACTICE)
def stays_open(closed_on: date, state: EvaluatieState) -> Finding[date | None]:
    """For some weeks a correction still finds its evaluation."""
    term = state.law.at("ama.evaluatie_open", closed_on)
    return finding(
        stays_open,
        add_term(closed_on, term.term(), state.law),
        f"Na de evaluatie kan nog {term.value} iets worden rechtgezet.",
        parameters=(term,),
        facts={"gesloten op": closed_on},
    )


def current_dates(state: EvaluatieState) -> Iterator[CurrentDate]:
    """Every date the evaluation now goes by, with its reason."""
    for duty in state.live_duties:
        yield CurrentDate(naam=f"opdracht {duty.key}", on=duty.due)


def last_day_of(state: EvaluatieState) -> date | None:
    """The day on which it closed; none while it is open."""
    phase = state.phase
    if isinstance(phase, ZonderBetrokkene):
        return phase.overleden_op
    return phase.gesloten_op if isinstance(phase, Geevalueerd) else None


def in_phase(command: Command, state: EvaluatieState) -> bool:
    """Whether the evaluation can hear this command now; a talk that was held before the AMA ended also after it."""
    if isinstance(command, e.EvaluatieVastleggen) and _ended_unheld(state):
        return True
    shared = everyday.in_phase(command, state)
    return state.phase.fase in IN_PHASE[type(command)] if shared is None else shared


def answered_late(command: Command, duty: Duty, state: EvaluatieState) -> bool:
    """Whether the talk can still be recorded: the duty went away with the AMA, not what happened before."""
    held = isinstance(command, e.EvaluatieVastleggen) and duty.status is DutyStatus.WITHDRAWN
    return held and _ended_unheld(state)


def _ended_unheld(state: EvaluatieState) -> bool:
    phase, facts = state.phase, state.facts
    closed = isinstance(phase, Geevalueerd) and phase.overlijden is None
    return closed and facts.ama_einde is not None and facts.gehouden is None


def may_send(speaker: Actor, command: Command, state: EvaluatieState) -> bool:
    """Whether this actor may send an unsolicited command: the begeleider of this file, and operations."""
    if speaker.rol not in WHO_MAY.get(type(command), ()):
        return False
    return speaker.rol is Rol.OPERATIES or speaker.speaks_for(state.facts.begeleider)


def may_answer(speaker: Actor, duty: Duty, command: Command, state: EvaluatieState) -> bool:
    """Whether this actor may answer this duty."""
    return everyday.may_answer(speaker, duty, command, next_in_line(duty.addressee, state))


def complaints(command: Command, state: EvaluatieState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field."""
    yield from everyday.complaints(command, state, today, CORRECTIONS)
    if isinstance(command, e.EvaluatieVoorbereiden):
        if too_early(command.gepland_op, state):
            yield Complaint("gepland_op", EARLY)
        if command.gepland_op > state.law.horizon:
            yield Complaint("gepland_op", TOO_FAR)
    if isinstance(command, e.EvaluatieVastleggen):
        if too_early(command.datum, state):
            yield Complaint("datum", EARLY)
        if too_late(command.datum, state):
            yield Complaint("datum", AFTER)
        if command.einde is not None and command.einde > state.law.horizon:
            yield Complaint("einde", "ligt verder dan de dagen die het dossier kent")
        if command.einde is not None and command.einde < first_day(state):
            yield Complaint("einde", "ligt voor de eerste dag")


def too_early(day: date, state: EvaluatieState) -> bool:
    """Whether a talk on this day is none of this year."""
    opens = window_opens(state).value
    return opens is not None and day < opens


def too_late(day: date, state: EvaluatieState) -> bool:
    """Whether a talk on this day came after the accompaniment."""
    return state.facts.ama_einde is not None and day > state.facts.ama_einde


def first_day(state: EvaluatieState) -> date:
    """The day from which the anniversary of this evaluation was counted."""
    years = Term(amount=state.facts.nummer, unit="jaren")
    return add_term(state.facts.verjaardag, -years, state.law)


@grounded_in(PRACTICE)
def window_opens(state: EvaluatieState) -> Finding[date | None]:
    """The first day on which a talk counts as this evaluation."""
    term = state.law.at("ama.evaluatie_venster", state.facts.verjaardag)
    return finding(
        window_opens,
        add_term(state.facts.verjaardag, -term.term(), state.law),
        f"Een gesprek telt vanaf {term.value} voor de verjaardag.",
        parameters=(term,),
        facts={"verjaardag": state.facts.verjaardag},
    )


def _findings_against(command: Command, state: EvaluatieState, today: date) -> tuple[Finding[Any], ...]:
    found = tuple(everyday.findings_against(command, state, today))
    return (*found, conditions_known(state)) if isinstance(command, e.EvaluatieVastleggen) else found


@grounded_in(PRACTICE)
def conditions_known(state: EvaluatieState) -> Finding[bool]:
    """Whoever records the talk while the conditions have still to be looked at says why."""
    known = not any(duty.kind is DutyKind.VOORWAARDEN for duty in state.live_duties)
    told = (
        "Niets van de voorwaarden is nog na te kijken."
        if known
        else "De voorwaarden zijn nog niet nagekeken."
    )
    return finding(conditions_known, known, told, verdict=Verdict.OK if known else Verdict.ZACHT)


def _shown(state: EvaluatieState) -> Shown:
    facts = state.facts
    planned = f", gepland op {facts.gepland_op:%d-%m-%Y}" if facts.gepland_op else ""
    line = f"\n### Evaluatie {facts.nummer}\n- verjaardag {facts.verjaardag:%d-%m-%Y}{planned}"
    return Shown(organisaties=(facts.begeleider.organisatie,), lines=(line,))


def _talk_corrected(command: m.Rechtzetten, state: EvaluatieState) -> Any:
    """The day of the talk put right: it counts from the same window as when it was recorded."""
    held, phase = state.facts.gehouden, state.phase
    if held is None or not isinstance(phase, Geevalueerd):
        raise corrections.NotCorrectable("veld", "noemt een gesprek dat niet is vastgelegd")
    corrections.same(command, held.datum)
    day = corrections.as_date(command)
    if too_early(day, state):
        raise corrections.NotCorrectable("nieuw", EARLY)
    if too_late(day, state):
        raise corrections.NotCorrectable("nieuw", AFTER)
    facts = state.facts.model_copy(update={"gehouden": held.model_copy(update={"datum": day})})
    return facts, phase.model_copy(update={"gehouden_op": day})


CORRECTIONS = ((r"evaluatie\.datum", _talk_corrected), *corrections.OF_EVERY_STORY)
"""The facts of an evaluation that can be put right."""


def _corrected(command: m.Rechtzetten, state: EvaluatieState) -> Any:
    return corrections.corrected_by(CORRECTIONS, command, state)


EVALUATIEBOEK = Rulebook(
    vraag=VRAAG,
    rests_with_ledger=(),
    owner_of=owner_of,
    due_of=due_of,
    next_in_line=next_in_line,
    current_dates=current_dates,
    last_day_of=last_day_of,
    in_phase=in_phase,
    may_send=may_send,
    may_answer=may_answer,
    answers=ANSWERS,
    complaints=complaints,
    findings_against=_findings_against,
    corrected=_corrected,
    shown=_shown,
    answered_late=answered_late,
    confidential=(e.EvaluatieVastleggen, e.EvaluatieRaadplegen),
    veiled={e.EvaluatieRaadplegen: LOOKED_AT},
)
"""The rules of a yearly evaluation."""
