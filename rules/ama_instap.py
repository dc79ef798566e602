"""The entry of AMA that runs already: where it stands on that day, and when a missed evaluation is made up for."""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from models.actors import Actor
from models.ama_case import AmaFacts, AmaState
from models.ama_instap import AmaInstap
from models.ama_verloop import (
    EvaluatieStand,
    Overeenkomst,
    Periode,
    Statuutperiode,
    Toestemming,
)
from models.findings import Finding
from models.law import Law, UnknownParameter
from models.phases import Begeleid
from models.steps import Event, Toestemmingsregel
from rules import ama, ama_se_instap, leeftijd, toestemmingen
from rules.ama_openings import VOORWAARDEN, openings
from rules.calendar import add_term
from rules.grounded import PRACTICE, finding, grounded_in
from rules.instap import rests
from rules.instap_keuring import OUTSIDE, rest_complaints
from rules.openings import Opening
from rules.rulebook import Complaint

HIDDEN = {"sleutel", "persoon", "statuut", "toestemmingen", "vaph", "medewerker"}
"""What the event of the entry does not repeat: the person, and what only the begeleider may see (art. 32)."""


def entered(instap: AmaInstap, law: Law, op: date, door: Actor) -> AmaState:
    """The state on the day of the entry, as if it had been followed from its first day; nothing of the past is asked.

    The register gives it its reference.
    """
    state = AmaState(law=law, facts=_facts(instap, law, op), phase=Begeleid())
    on = spread(instap.sleutel, op, law).value
    state.facts = state.facts.model_copy(update=_evaluations(instap, state, op, on))
    state.facts = state.facts.model_copy(update=ama_se_instap.reassessed(instap, state, op, on))
    organisation = instap.begeleider
    state.toestemmingen = [
        Toestemmingsregel(organisatie=organisation, toestemming=each) for each in state.facts.toestemmingen
    ]
    state.events, state.seq = [_event(instap, state, op, door)], 1
    return state


def complaints(instap: AmaInstap, law: Law, op: date) -> Iterator[Complaint]:
    """What is impossible in an entry of that day, field by field; it repeats no value."""
    if instap.start >= op:
        yield Complaint("start", "ligt niet in het verleden")
        return
    if not _has_law(instap.start, law):
        yield Complaint("start", "ligt voor de eerste dag waarvoor de parameters gekend zijn")
        return
    if instap.persoon.geboortedatum > instap.start:
        yield Complaint("persoon.geboortedatum", "ligt na de start")
    keys = [(statuut.code, statuut.van) for statuut in instap.statuut]
    if len(keys) != len(set(keys)):
        yield Complaint("statuut", "noemt twee keer dezelfde code vanaf dezelfde dag")
    for veld, day in _past_days(instap):
        if not instap.start <= day <= op:
            yield Complaint(veld, OUTSIDE)
    for n, each in enumerate(instap.toestemmingen):
        if each.verleend_op > op:
            yield Complaint(f"toestemmingen.{n}.verleend_op", "ligt in de toekomst")
    yield from _agreement_complaints(instap, op)
    yield from ama_se_instap.complaints(instap, op)
    yield from rest_complaints(instap.opschortingen, law)


def weighed(state: AmaState, op: date) -> tuple[Finding[bool] | Finding[date | None], ...]:
    """What a person should look at: what runs is never refused, so even what is hard for a start is only shown."""
    running = [each for each in state.facts.overeenkomsten if each.einde is None]
    hours = sum((each.uren_per_week for each in running), Decimal(0))
    found = (
        ama.of_age(op, state.facts),
        ama.no_vaph(max(op, running[0].start), None, state.facts),
        ama.enough_hours(hours, state.facts, state.law, op),
    )
    return tuple(each for each in found if each.verdict != "ok")


def owed(state: AmaState, op: date) -> tuple[Opening, ...]:
    """What opens by itself on the day of the entry, and whom it is for; permissions are the begeleider's own."""
    come = (each for each in openings(state) if each.alarm.on.value is not None and each.alarm.on.value <= op)
    return tuple(sorted(come, key=lambda each: each.key))


@grounded_in(PRACTICE)
def spread(sleutel: str, op: date, law: Law) -> Finding[date]:
    """The day on which an overdue evaluation opens: by a stable hash within some months after the entry."""
    term = law.at("ama.instap_spreiding", op)
    days = (add_term(op, term.term(), law) - op).days
    chosen = int.from_bytes(hashlib.sha256(sleutel.encode()).digest()) % days
    return finding(
        spread,
        date.fromordinal(op.toordinal() + 1 + chosen),
        f"Evaluaties die bij de instap te laat waren, worden gespreid over {term.value}.",
        parameters=(term,),
        facts={"instap": op},
    )


def _facts(instap: AmaInstap, law: Law, op: date) -> AmaFacts:
    born = instap.persoon.geboortedatum
    return AmaFacts(
        reference="",
        nis_code=instap.nis_code,
        start=instap.start,
        ingestapt_op=op,
        begeleider=instap.trekker,
        statuten=tuple(
            Statuutperiode(code=each.code, van=each.van, tot=each.tot, verwacht_einde=each.verwacht_einde)
            for each in instap.statuut
        ),
        achttien_op=leeftijd.achttien_op(born, op, law).value,
        vijfentwintig_op=leeftijd.vijfentwintig_op(born, op, law).value,
        pensioen_op=leeftijd.pensioen_op(born, law).value,
        vaph=tuple(Periode(van=each.van, tot=each.tot) for each in instap.vaph),
        rests=tuple(rests(instap.opschortingen, op)),
        toestemmingen=tuple(_permissions(instap)),
        overeenkomsten=tuple(_agreements(instap, op)),
        te_sluiten=len(instap.overeenkomsten),
        opgezocht=tuple(_looked_at(instap, op)),
        **ama_se_instap.facts(instap),
    )


def _permissions(instap: AmaInstap) -> Iterator[Toestemming]:
    """Numbered in the order in which they were granted; of a statuut only the newest counts."""
    told = sorted(instap.toestemmingen, key=lambda each: each.verleend_op)
    newest = {each.statuut: n for n, each in enumerate(told, start=1)}
    for n, each in enumerate(told, start=1):
        whom = toestemmingen.needs_permission(each.statuut).value
        yield Toestemming(
            nummer=n,
            statuut=each.statuut,
            instantie=each.instantie or whom,
            sinds=max(each.verleend_op, instap.start),
            antwoord=each.antwoord,
            op=each.verleend_op,
            vanaf=each.vanaf or each.verleend_op,
            tot=each.tot,
            uren_per_week=each.uren_per_week,
            bewijs=each.bewijs,
            vervallen=newest[each.statuut] != n,
        )


def _agreements(instap: AmaInstap, op: date) -> Iterator[Overeenkomst]:
    told = sorted(instap.overeenkomsten, key=lambda each: each.start)
    for n, each in enumerate(told, start=1):
        contents = each.model_dump(exclude={"begeleider", "getekend_op"})
        yield Overeenkomst.model_validate(
            {
                **contents,
                "nummer": n,
                "begeleider": each.begeleider or instap.begeleider,
                "getekend_op": each.getekend_op or each.start,
                "begonnen": each.start <= op,
            }
        )


def _looked_at(instap: AmaInstap, op: date) -> Iterator[str]:
    """The ends of a statuut that somebody has looked at long ago: they passed before the entry."""
    for each in instap.statuut:
        if each.tot is not None and each.tot < op:
            yield f"{VOORWAARDEN}/{each.tot + ama.ONE_DAY}"


def _evaluations(instap: AmaInstap, state: AmaState, op: date, on: date) -> dict[str, object]:
    """What was evaluated, and of those missed since then only the newest, on a day of its own."""

    def opens(number: int) -> date | None:
        return ama.evaluation_opens(number, state).value

    held = ama_se_instap.number_of(instap.laatste_evaluatie, opens)
    between = on, ama_se_instap.owed_by(on, state.law)
    left, late = ama_se_instap.made_up(held, ama_se_instap.passed(op, state), opens, between)
    known = [_stand(held, instap.laatste_evaluatie, op)] if held else []
    known += [_stand(left, None, op)] if left > held else []
    return {"evaluaties": tuple(known), "inhalen": late, "jaar": known[-1].nummer if known else 0}


def _stand(number: int, held: date | None, op: date) -> EvaluatieStand:
    return EvaluatieStand(
        nummer=number, geopend_op=held or op, workflow_id="", gehouden_op=held, afgerond_op=held or op
    )


def _has_law(start: date, law: Law) -> bool:
    try:
        return bool(law.at("ama.evaluatie_venster", start))
    except UnknownParameter:
        return False


def _past_days(instap: AmaInstap) -> Iterator[tuple[str, date]]:
    """Every day on which something is said to have happened since the start, by its field."""
    days: dict[str, date | None] = {
        "laatste_evaluatie": instap.laatste_evaluatie,
        **ama_se_instap.past_days(instap),
    }
    for n, each in enumerate(instap.overeenkomsten):
        days[f"overeenkomsten.{n}.einde"] = each.einde
    for n, rest in enumerate(instap.opschortingen):
        days |= {f"opschortingen.{n}.van": rest.van, f"opschortingen.{n}.tot": rest.tot}
    yield from ((veld, day) for veld, day in days.items() if day is not None)


def _agreement_complaints(instap: AmaInstap, op: date) -> Iterator[Complaint]:
    if min(each.start for each in instap.overeenkomsten) != instap.start:
        yield Complaint("overeenkomsten", "de eerste begint niet op de start")
    if not any(each.einde is None and each.start <= op for each in instap.overeenkomsten):
        yield Complaint("overeenkomsten", "er loopt er geen meer")


def _event(instap: AmaInstap, state: AmaState, op: date, door: Actor) -> Event:
    """The first line of its log: who entered what; no permission, no statuut."""
    told = f"Ingestapt in fase {state.phase.fase}: de begeleiding begon op {instap.start:%d-%m-%Y}."
    late = state.facts.inhalen
    if late is not None:
        told += f" Evaluatie {late.nummer} wordt ingehaald vanaf {late.vanaf:%d-%m-%Y}."
    if (again := state.facts.herbeoordeling_inhalen) is not None:
        told += f" Herbeoordeling {again.nummer} wordt ingehaald vanaf {again.vanaf:%d-%m-%Y}."
    return Event(
        seq=1,
        soort="instap",
        datum=op,
        ingevoerd_op=op,
        tekst=told,
        door=door,
        gegevens=instap.model_dump(mode="json", exclude=HIDDEN, exclude_defaults=True),
    )
