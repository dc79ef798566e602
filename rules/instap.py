"""The entry of a running trajectory: where it stands on that day, and what is owed then."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from models.actie import Actie
from models.actors import Actor, Omkadering, Rol, Team
from models.case import CaseState, Extension, Facts, Rest
from models.duties import Duty, DutyKind, DutyStatus
from models.findings import Finding
from models.instap import Instap, Instapplan, Opschorting
from models.law import Law
from models.phases import Afronding, Lopend, Phase, Voorbereiding
from models.steps import Event
from models.verloop import ActieStand, Meting, Tandemperiode, Verlengingsvraag
from rules import activering, agenda, begeleiding, einde, openings
from rules.instap_keuring import weighed
from rules.regime import regime_of

LATER_REVIEW = "voor de instap niet vastgelegd; een latere evaluatie neemt haar plaats in"
WINDOW_PAST = "voor de instap niet gemeten, en daarvoor is het te laat"
TALKED = "het plan is met de deelnemer besproken"


def entered(instap: Instap, team: Team, law: Law, op: date, door: Actor) -> CaseState:
    """The state of the trajectory on the day it is entered, as if it had been followed from its first day.

    One whose planned end has passed enters all the same, in its afronding: its end documents are owed by law
    (art. 22) whoever kept the file, and refusing it would leave the person with nobody who owes anything.
    The register gives it its reference.
    """
    plan = instap.plan.agreed() if instap.plan else None
    state = CaseState(
        law=law,
        facts=_facts(instap, team, op, law),
        phase=Lopend(plan=plan) if plan else Voorbereiding(),
    )
    state.duties = {duty.key: duty for duty in _closed_duties(instap, state, op)}
    if isinstance(state.phase, Lopend):
        state.facts, state.phase = _ended(state.facts, state.phase, law, op)
    state.touched = list(state.duties)
    state.events, state.seq = [_event(instap, state, op, door)], 1
    return state


def owed(state: CaseState, op: date) -> tuple[Duty, ...]:
    """What the trajectory asks by itself on the day it is entered, and of whom."""
    ahead = state.model_copy(update={"duties": dict(state.duties)})
    if isinstance(ahead.phase, Afronding):
        key = agenda.numbered(DutyKind.EINDVERSLAG, ahead.facts.einde_nummer)
        ahead.duties[key] = _duty(DutyKind.EINDVERSLAG, key, ahead, op)
    if (resting := ahead.facts.open_rest) is not None:
        key = f"{DutyKind.HERVATTING}/{resting}"
        ahead.duties[key] = _duty(DutyKind.HERVATTING, key, ahead, op)
    while (opening := openings.next_opening(ahead)) and opening.kind and _has_come(opening.alarm.on, op):
        ahead.duties[opening.key] = _duty(opening.kind, opening.key, ahead, op)
    return tuple(ahead.live_duties)


def _has_come(on: Finding[date | None], op: date) -> bool:
    return on.value is not None and on.value <= op


def _facts(instap: Instap, team: Team, op: date, law: Law) -> Facts:
    return Facts(
        reference="",
        nis_code=instap.nis_code,
        start=instap.start,
        regime=regime_of(instap.aangevraagd_op or instap.start, law).value,
        werkingsgebied=team.werkingsgebied,
        team=team,
        omkadering=Omkadering(
            netwerkcoordinator=team.netwerkcoordinator, vdab=team.vdab, leiding=team.leiding
        ),
        rests=tuple(rests(instap.opschortingen, op)),
        extensions=(Extension(dagen=instap.verlengd),) if instap.verlengd else (),
        verlengd=1 if instap.verlengd else 0,
        verlenging=_granted(instap),
        reviews=instap.evaluaties,
        toegewezen_op=instap.toegewezen_op,
        tandems=(Tandemperiode(van=instap.start, werk=team.casemanager_werk, zorg=team.casemanager_zorg),),
        geinformeerd=instap.geinformeerd,
        acties=tuple(_actions(instap.plan, op, law)) if instap.plan else (),
        metingen=tuple(
            Meting(op=w.op, niveau=w.niveau, groeipotentieel=w.groeipotentieel, door=Rol.CASEMANAGER_WERK)
            for w in instap.metingen
        ),
    )


def _granted(instap: Instap) -> Verlengingsvraag | None:
    if (granted := instap.toegestaan) is None:
        return None
    until = granted.einde
    return Verlengingsvraag(gevraagd_op=granted.gevraagd_op, tot=until, besluit="toegestaan", einde=until)


def rests(told: Sequence[Opschorting], op: date) -> Iterator[Rest]:
    """The ledger until now; that a rest still goes on is confirmed by the entry itself."""
    for rest in sorted(told, key=lambda each: each.van):
        expected = rest.verwacht if rest.verwacht and rest.verwacht > op else None
        yield Rest(
            van=rest.van,
            tot=rest.tot,
            verwacht=expected,
            oorzaak=rest.oorzaak,
            bevestigd_op=op if rest.tot is None and expected is None else None,
        )


def _actions(plan: Instapplan, op: date, law: Law) -> Iterator[ActieStand]:
    """The actions of the plan: what began has its place, only what has still to begin is asked of a provider.

    A welzijnspakket that ended before the entry is not evaluated any more.
    """
    for n, actie in enumerate(plan.acties, start=1):
        runs = actie.van is None or actie.van <= op
        stand = ActieStand(
            nummer=n,
            actie=actie,
            sinds=plan.datum,
            vraag_vanaf=op if actie.needs_an_offer and not runs else None,
            antwoord="bevestigd" if actie.needs_an_offer and runs else None,
            vanaf=actie.van,
            pakket_vanaf=_package_since(actie, op),
        )
        over = stand.pakket_vanaf is not None and begeleiding.package_end(stand, law).value < op
        yield stand.model_copy(update={"pakket_vanaf": None}) if over else stand


def _package_since(actie: Actie, op: date) -> date | None:
    began = actie.pakket is not None and actie.van is not None and actie.van <= op
    return actie.van if began else None


def _closed_duties(instap: Instap, state: CaseState, op: date) -> Iterator[Duty]:
    """What nobody has to answer any more: it was answered, or its time passed before the entry."""
    talk = DutyKind.EERSTE_GESPREK
    if instap.eerste_gesprek is not None:
        yield _answered(talk, talk, instap.eerste_gesprek, instap.toegewezen_op, state)
    elif instap.plan is not None:
        yield _withdrawn(talk, talk, TALKED, instap.plan.datum, instap.toegewezen_op, state)
    if instap.plan is not None:
        kind = DutyKind.TRAJECTPLAN
        yield _answered(kind, kind, instap.plan.datum, instap.toegewezen_op, state)
        yield from _closed_reviews(instap, instap.plan, state, op)
    if instap.beslispunt is not None:
        key = agenda.numbered(DutyKind.BESLISPUNT, state.facts.verlengd + state.facts.ronde)
        opens = einde.decision_point(agenda.last_day_of(state), state.law).value
        yield _answered(DutyKind.BESLISPUNT, key, instap.beslispunt, opens, state)
    for months in begeleiding.measurements_to_ask(state.facts, state.law):
        due = begeleiding.measurement_due(months, state.facts, state.law).value
        if due is not None and due < op:
            key = f"{DutyKind.METING}/{months}"
            yield _withdrawn(DutyKind.METING, key, WINDOW_PAST, op, op, state)


def _closed_reviews(instap: Instap, plan: Instapplan, state: CaseState, op: date) -> Iterator[Duty]:
    """The reviews that were held; of those missed since then only the newest is still asked."""
    for n, held in sorted(instap.evaluaties.items()):
        opens = activering.review_opens(n, plan, state.facts, state.law).value
        yield _answered(DutyKind.REVIEW, f"review/{n}", held, opens, state)
    for n in _missed(max(instap.evaluaties, default=0), plan, state, op)[:-1]:
        yield _withdrawn(DutyKind.REVIEW, f"review/{n}", LATER_REVIEW, op, op, state)


def _missed(last: int, plan: Instapplan, state: CaseState, op: date) -> list[int]:
    """The reviews after the last one held whose day has passed; those before the agreement were none."""
    n, missed = last + 1, []
    while (due := activering.review_due(n, plan, state.facts, state.law).value) is not None and due < op:
        if activering.review_falls_away(n, plan, state.facts, state.law).value:
            break
        if due >= plan.datum:
            missed.append(n)
        n += 1
    return missed


def _answered(kind: DutyKind, key: str, held: date, opened_on: date | None, state: CaseState) -> Duty:
    """A duty that was answered on the day its subject happened, and opened no later than that."""
    opened = min(opened_on or held, held)
    done: dict[str, Any] = {"status": DutyStatus.ANSWERED, "closed_on": held, "happened_on": held}
    return _duty(kind, key, state, opened).model_copy(update=done)


def _withdrawn(
    kind: DutyKind, key: str, reden: str, closed_on: date, opened_on: date, state: CaseState
) -> Duty:
    done: dict[str, Any] = {"status": DutyStatus.WITHDRAWN, "closed_on": closed_on, "reden": reden}
    return _duty(kind, key, state, opened_on).model_copy(update=done)


def _duty(kind: DutyKind, key: str, state: CaseState, opened_on: date) -> Duty:
    return Duty(
        key=key,
        kind=kind,
        vraag=agenda.VRAAG[kind],
        addressee=agenda.owner_of(kind, key, state.facts),
        opened_on=opened_on,
        due=agenda.due_of(kind, key, opened_on, state),
        rests_with_ledger=kind in agenda.RESTS_WITH_LEDGER,
    )


def _ended(facts: Facts, phase: Lopend, law: Law, op: date) -> tuple[Facts, Phase]:
    """The same when the last day has still to come; else the afronding, in which nothing rests any more."""
    end = activering.planned_end(phase.plan, facts, law).value
    if end >= op:
        return facts, phase
    after = agenda.day_after(end)
    rests = tuple(
        rest.model_copy(update={"tot": max(rest.van, after)}) if rest.tot is None else rest
        for rest in facts.rests
    )
    ended = Afronding(plan=phase.plan, einde=end, vorm="volledig", oorzaak="geplande duur bereikt")
    return facts.model_copy(update={"rests": rests}), ended


def _event(instap: Instap, state: CaseState, op: date, door: Actor) -> Event:
    """The first line of its log: who entered what, and what the law had to say of it."""
    asked = regime_of(instap.aangevraagd_op or instap.start, state.law)
    return Event(
        seq=1,
        soort="instap",
        datum=op,
        ingevoerd_op=op,
        tekst=f"Ingestapt in fase {state.phase.fase}: het traject begon op {instap.start:%d-%m-%Y}.",
        door=door,
        findings=(agenda.last_day_of(state), asked, *(each.finding for each in weighed(instap, state.law))),
        gegevens=instap.model_dump(
            mode="json", exclude={"persoon", "statuut", "sleutel"}, exclude_defaults=True
        ),
    )
