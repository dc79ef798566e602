"""The rulebook of arbeidsmatige activiteiten: which command may come when, from whom, and what is wrong with it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from models import ama as a
from models import begeleiding as b
from models import messages as m
from models.actors import Actor, Rol
from models.ama_case import AmaFacts, AmaState
from models.ama_stand import AmaStand, Rustperiode, VolgendeEvaluatie
from models.command import Command
from models.duties import Duty, DutyKind, number_of
from models.findings import Finding
from models.law import Law
from models.phases import AmaGesloten, Begeleid, Uitstroom, ZonderBetrokkene
from rules import (
    ama,
    ama_aanvraag,
    ama_rechtzetten,
    ama_uren,
    ama_wijzigingen,
    corrections,
    everyday,
    toestemmingen,
)
from rules.ama_einde import cannot_go_on
from rules.contingent import begins_on_place
from rules.everyday import SHARED_ANSWERS
from rules.objections import TOO_EARLY, TOO_FAR, resumption_complaints, suspension_complaints
from rules.rulebook import Complaint, Rulebook, Shown

BEFORE = ("aangemeld", "gepland")
OPEN = (*BEFORE, "begeleid")
OWED = (*OPEN, "uitstroom")
IN_PHASE: dict[type[Command], tuple[str, ...]] = {
    a.Statuutmelding: OPEN,
    a.ToestemmingVragen: OPEN,
    a.ToestemmingMelden: OPEN,
    a.ToestemmingHergebruiken: OPEN,
    a.ToestemmingIntrekken: OPEN,
    a.BemiddelingVastleggen: OPEN,
    a.OvereenkomstSluiten: ("aangemeld", "begeleid"),
    a.OvereenkomstToevoegen: ("begeleid",),
    a.OvereenkomstWijzigen: ("gepland", "begeleid"),
    a.OvereenkomstBeeindigen: ("begeleid",),
    a.UrenMelden: ("begeleid",),
    a.DimonaMelden: OWED,
    a.VerzekeringMelden: OPEN,
    a.Opvolgen: OPEN,
    a.WatDaarnaVastleggen: ("begeleid",),
    a.BegeleiderWisselen: OPEN,
    a.TussentijdsGesprek: ("begeleid",),
    a.AmaBeeindigen: OPEN,
    a.AmaEindeIntrekken: ("begeleid",),
    a.ContingentKiezen: OPEN,
    a.PlaatsOverslaan: ("aangemeld",),
    a.BezoekVastleggen: OPEN,
    a.PopVastleggen: ("begeleid",),
    a.CombinatieMelden: ("begeleid",),
    a.HerbeoordelingVastleggen: ("begeleid",),
    m.Opschorten: ("begeleid",),
    m.NogOpgeschort: ("begeleid",),
    b.OpschortingBespreken: ("begeleid",),
    m.Hervatten: ("begeleid",),
}
OWN = (Rol.BEGELEIDER, Rol.OPERATIES)
WHO_MAY: dict[type[Command], tuple[Rol, ...]] = {
    **dict.fromkeys(
        (
            a.Statuutmelding,
            a.ToestemmingVragen,
            a.ToestemmingIntrekken,
            a.OvereenkomstToevoegen,
            a.OvereenkomstWijzigen,
            a.OvereenkomstBeeindigen,
            a.UrenMelden,
            a.BegeleiderWisselen,
            a.TussentijdsGesprek,
            a.CombinatieMelden,
            m.Opschorten,
            m.Hervatten,
            m.Rechtzetten,
            m.Afspraak,
            m.Contactnota,
            m.Overleden,
            m.OverledenOngedaan,
        ),
        OWN,
    ),
    **dict.fromkeys((a.AmaBeeindigen, a.AmaEindeIntrekken), (*OWN, Rol.VDAB)),
    a.PlaatsOverslaan: (Rol.MAATWERKBEDRIJF, Rol.OPERATIES),
    m.HerzieParameters: (Rol.OPERATIES,),
}
ANSWERS: dict[type[Command], tuple[DutyKind, ...]] = {
    **SHARED_ANSWERS,
    a.ToestemmingMelden: (DutyKind.TOESTEMMING,),
    a.ToestemmingHergebruiken: (DutyKind.TOESTEMMING,),
    a.BemiddelingVastleggen: (DutyKind.TOESTEMMING,),
    a.OvereenkomstSluiten: (DutyKind.OVEREENKOMST,),
    a.DimonaMelden: (DutyKind.DIMONA_IN, DutyKind.DIMONA_UIT),
    a.VerzekeringMelden: (DutyKind.VERZEKERING,),
    a.Opvolgen: (DutyKind.OPVOLGING,),
    a.WatDaarnaVastleggen: (DutyKind.WAT_DAARNA,),
    a.ContingentKiezen: (DutyKind.CONTINGENT,),
    a.BezoekVastleggen: (DutyKind.BEZOEK,),
    a.PopVastleggen: (DutyKind.POP,),
    a.HerbeoordelingVastleggen: (DutyKind.HERBEOORDELING,),
    m.NogOpgeschort: (DutyKind.HERVATTING,),
    b.OpschortingBespreken: (DutyKind.OPSCHORTINGSGESPREK, DutyKind.OPSCHORTINGSBESLISSING),
}
DAYS = ("gevraagd_op", "verleend_op", "vanaf", "tot", "verwacht_einde", "per", "start")
SINCE: dict[tuple[type[Command], str], str] = {
    (a.ToestemmingVragen, "gevraagd_op"): "ama.vragen",
    (a.ToestemmingHergebruiken, "verleend_op"): "ama.hergebruik",
    (a.OvereenkomstSluiten, "start"): "ama.se.uren_min",
    (a.OvereenkomstWijzigen, "vanaf"): "ama.se.uren_min",
}
"""The days from which something is computed by a parameter: before it there is nothing to compute with."""
VEILED = (
    a.Statuutmelding,
    a.ToestemmingVragen,
    a.ToestemmingMelden,
    a.ToestemmingHergebruiken,
    a.ToestemmingIntrekken,
    a.BemiddelingVastleggen,
)
"""What no event even names: the name of one is an answer already (D2022 art. 32)."""
CONFIDENTIAL = (*VEILED, a.Opvolgen)
"""What stays with the organisation of the begeleider: no event repeats it."""
TOLD = "De toestemmingen of het statuut zijn bijgewerkt."
"""All that is told of them."""


def in_phase(command: Command, state: AmaState) -> bool:
    """Whether the phase the accompaniment is in knows this command."""
    shared = everyday.in_phase(command, state)
    if shared is None and getattr(state.phase, "overlijden", None) is not None:
        return False
    if isinstance(command, m.Opschorten | m.Hervatten):
        resting = state.facts.open_rest is not None
        if resting is isinstance(command, m.Opschorten):
            return False
    return state.phase.fase in IN_PHASE[type(command)] if shared is None else shared


def may_send(speaker: Actor, command: Command, state: AmaState) -> bool:
    """Whether this actor may send an unsolicited command: who accompanies, and who it is about.

    Who accompanies at a further werkpost does not give the whole away: that is for the trekker.
    """
    if speaker.rol not in WHO_MAY.get(type(command), ()):
        return False
    facts = state.facts
    match speaker.rol:
        case Rol.BEGELEIDER:
            return not isinstance(command, a.BegeleiderWisselen) or speaker.speaks_for(facts.trekker)
        case Rol.MAATWERKBEDRIJF:
            return facts.plaats is not None and facts.plaats.houder == speaker.organisatie
        case Rol.VDAB:
            return facts.variant == "se" and (facts.vdab is None or speaker.speaks_for(facts.vdab))
    return True


def of_the_file(speaker: Actor, state: AmaState, today: date) -> bool:
    """Whether an organisation still accompanies: the trekker, and each until the last day of its agreement."""
    still = (e.begeleider for e in state.facts.overeenkomsten if e.einde is None or e.einde >= today)
    known = {state.facts.trekker.organisatie, *still}
    return speaker.rol is not Rol.BEGELEIDER or speaker.organisatie in known


def may_answer(speaker: Actor, duty: Duty, command: Command, state: AmaState) -> bool:
    """Whether this actor may answer this duty."""
    return everyday.may_answer(speaker, duty, command, ama.next_in_line(duty.addressee, state))


def complaints(command: Command, state: AmaState, today: date) -> Iterator[Complaint]:
    """What is impossible in a command, field by field."""
    right = ama_rechtzetten
    yield from everyday.complaints(command, state, today, right.CORRECTIONS, right.may_come)
    for veld in ("gevraagd_op", "getekend_op", "aangegeven_op", "geregistreerd_op", "verleend_op"):
        day = getattr(command, veld, None)
        if day is not None and day > today:
            yield Complaint(veld, "ligt in de toekomst")
    for veld in ("start", "einde", "verzekerd_tot", "vanaf", "tot", "stap_tegen", "verwacht_einde"):
        day = getattr(command, veld, None)
        if day is not None and day > state.law.horizon:
            yield Complaint(veld, TOO_FAR)
    for veld in DAYS:
        day = getattr(command, veld, None)
        if day is not None and day < known_since(SINCE.get((type(command), veld)), state.law):
            yield Complaint(veld, TOO_EARLY)
    yield from _own_complaints(command, state, today)


def known_since(name: str | None, law: Law) -> date:
    """The first day of which the tables know a parameter; without a name, of which they know anything."""
    return min(each.geldig_van for each in law.parameters if name in (None, each.name))


def _own_complaints(command: Command, state: AmaState, today: date) -> Iterator[Complaint]:
    facts = state.facts
    match command:
        case m.Opschorten():
            yield from suspension_complaints(command, state, today)
        case m.Hervatten(per=per):
            yield from resumption_complaints(per, state, today)
        case a.ToestemmingVragen(opdracht=key):
            duty = state.duties.get(key)
            if duty is None or duty.kind is not DutyKind.TOESTEMMING or not duty.live:
                yield Complaint("opdracht", "is geen open vraag om toestemming")
        case a.BemiddelingVastleggen(opdracht=key) if not _after_refusal(key, facts):
            yield Complaint("opdracht", "is geen vraag die na een weigering opnieuw gesteld wordt")
        case a.ToestemmingIntrekken(nummer=n) if not any(
            each.nummer == n and each.antwoord in toestemmingen.GRANTS for each in facts.toestemmingen
        ):
            yield Complaint("nummer", "is geen toestemming die werd verleend")
        case a.OvereenkomstWijzigen(nummer=n) | a.OvereenkomstBeeindigen(nummer=n) if not _is_open(n, facts):
            yield Complaint("nummer", "is geen lopende overeenkomst")
        case a.OvereenkomstWijzigen(nummer=n, vanaf=since) if since > _last_day(n, facts):
            yield Complaint("vanaf", "ligt na de laatste dag van de overeenkomst")
        case a.OvereenkomstBeeindigen(nummer=n, einde=last) if last < ama.agreement(n, facts).start:
            yield Complaint("einde", "ligt voor de start van de overeenkomst")
        case a.OvereenkomstBeeindigen() if len(_open(facts)) == 1:
            yield Complaint("nummer", "is de laatste overeenkomst; gebruik ama_beeindigen")
        case a.VerzekeringMelden(opdracht=key, verzekerd_tot=until):
            if until <= ama.agreement(number_of(key), facts).verzekerd_tot:
                yield Complaint("verzekerd_tot", "ligt niet na de vorige")
        case a.AmaEindeIntrekken() if (why := cannot_go_on(facts, today)) is not None:
            yield Complaint("einde", why)
        case a.AmaBeeindigen(einde=last) | a.WatDaarnaVastleggen(einde=last):
            if facts.eerste_dag is not None and last < facts.eerste_dag:
                yield Complaint("einde", "ligt voor de eerste dag")
        case a.Opvolgen(einde=last) | a.HerbeoordelingVastleggen(einde=last) if last and facts.eerste_dag:
            if last < facts.eerste_dag:
                yield Complaint("einde", "ligt voor de eerste dag")
        case a.PlaatsOverslaan() if facts.plaats is None or facts.plaats.status != "gereserveerd":
            yield Complaint("plaats", "is nu niet gereserveerd")
        case a.PopVastleggen(stap_tegen=by, geregistreerd_op=made) if by <= made:
            yield Complaint("stap_tegen", "ligt niet na geregistreerd_op")
        case a.BegeleiderWisselen() if facts.begeleider is None:
            yield Complaint("organisatie", "er is nog geen begeleider")
        case a.BegeleiderWisselen(organisatie=org, medewerker=worker):
            if facts.begeleider is not None and (org, worker) == (
                facts.begeleider.organisatie,
                facts.begeleider.medewerker,
            ):
                yield Complaint("organisatie", "begeleidt al")


def _after_refusal(key: str, facts: AmaFacts) -> bool:
    return facts.toestemmingen[number_of(key) - 1].na_weigering is not None


def _open(facts: AmaFacts) -> list[int]:
    return [each.nummer for each in facts.overeenkomsten if each.einde is None]


def _last_day(number: int, facts: AmaFacts) -> date:
    planned = facts.gepland_einde.einde if facts.gepland_einde else date.max
    return min(ama.agreement(number, facts).afgesproken_einde or date.max, planned)


def _is_open(number: int, facts: AmaFacts) -> bool:
    return number in _open(facts)


def findings_against(command: Command, state: AmaState, today: date) -> tuple[Finding[Any], ...]:
    """What the law and the agreements have to say of a command."""
    return (*everyday.findings_against(command, state, today), *_findings(command, state, today))


def _findings(command: Command, state: AmaState, today: date) -> Iterator[Finding[Any]]:
    facts, law = state.facts, state.law
    match command:
        case m.Rechtzetten():
            yield from ama_rechtzetten.findings_against(command, state)
        case a.OvereenkomstSluiten(start=start, einde=end, uren_per_week=hours):
            yield toestemmingen.all_permitted(start, facts)
            yield from [begins_on_place(facts)] if facts.variant == "se" else ()
            yield ama.recognised(start, command.begeleider or facts.trekker.organisatie, facts)
            yield ama.no_vaph(start, end, facts)
            yield ama.of_age(start, facts)
            total = hours + ama_uren.agreed_on(start, facts)
            yield ama.enough_hours(total, facts, law, start)
            yield toestemmingen.within_hours(total, start, facts)
        case a.OvereenkomstWijzigen(nummer=n, vanaf=since, uren_per_week=hours) if hours is not None:
            total = hours + ama_uren.agreed_on(since, facts, but=n)
            yield ama.enough_hours(total, facts, law, since)
            yield toestemmingen.within_hours(total, since, facts)
        case a.ToestemmingHergebruiken(opdracht=key, verleend_op=granted, zelfde_activiteit=same):
            code = facts.toestemmingen[number_of(key) - 1].statuut
            yield toestemmingen.may_serve_again(code, granted, same, today, law)


def _shown(state: AmaState) -> Shown:
    facts = state.facts
    known = {
        facts.trekker.organisatie,
        *(each.begeleider for each in facts.overeenkomsten if each.einde is None),
    }
    return Shown(
        werkingsgebied=facts.werkingsgebied if facts.werkingsgebied != "onbepaald" else None,
        organisaties=tuple(known),
        lines=tuple(_lines(state)),
        ama=_stand(state),
    )


def _stand(state: AmaState) -> AmaStand:
    facts = state.facts
    over = isinstance(state.phase, Uitstroom | AmaGesloten | ZonderBetrokkene)
    ended = ama.last_day_of(state) if over else None
    n = ama.next_evaluation(state)
    vanaf = ama.evaluation_opens(n, state).value if n is not None else None
    return AmaStand(
        variant=facts.variant,
        overeenkomsten=tuple(
            period
            for each in facts.overeenkomsten
            if each.begonnen
            for period in ama_wijzigingen.periods(each, ended)
        ),
        rusten=tuple(Rustperiode(van=r.van, tot=r.tot, oorzaak=r.oorzaak) for r in facts.rests),
        contingent=facts.plaats.houder if facts.plaats else None,
        plaats_vanaf=facts.plaats_vanaf,
        wens=ama_aanvraag.wish(facts),
        evaluatie=VolgendeEvaluatie(nummer=n, vanaf=vanaf) if n is not None and vanaf is not None else None,
    )


def _lines(state: AmaState) -> Iterator[str]:
    """What is shared: whether all is in order and since when, never which agency said what (D2022 art. 32)."""
    facts = state.facts
    yield "\n### Toestemmingen"
    yield f"- in orde op {facts.in_orde_op:%d-%m-%Y}" if facts.in_orde_op else "- nog niet in orde"
    if (wish := ama_aanvraag.wish(facts)) is not None:
        yield f"\n### Wens\n- {wish}"
    if facts.overeenkomsten:
        yield "\n### Overeenkomsten"
    for each in facts.overeenkomsten:
        until = f" tot {each.einde:%d-%m-%Y}" if each.einde else ""
        lapsed = " · **verzekering vervallen**" if _lapsed(each.verzekerd_tot, state) else ""
        coming = (c for other, c in ama_wijzigingen.coming(state) if other is each)
        changes = "".join(f" · wijzigt op {change.vanaf:%d-%m-%Y}" for change in coming)
        yield f"- {each.nummer}: {each.werkpost}, vanaf {each.start:%d-%m-%Y}{until}{changes}{lapsed}"
    if facts.plaats is not None:
        yield f"\n### Plaats\n- {facts.plaats.houder}: {facts.plaats.status.replace('_', ' ')}"
    for held in facts.evaluaties[-1:]:
        yield "\n### Evaluaties"
        on = f"gehouden op {held.gehouden_op:%d-%m-%Y}" if held.gehouden_op else "open"
        yield f"- evaluatie {held.nummer}: {on}"


def _lapsed(until: date, state: AmaState) -> bool:
    late = (d for d in state.live_duties if d.kind is DutyKind.VERZEKERING and d.overdue_since)
    return isinstance(state.phase, Begeleid) and any(d.key.endswith(str(until)) for d in late)


def _corrected(command: m.Rechtzetten, state: AmaState) -> Any:
    return corrections.corrected_by(ama_rechtzetten.CORRECTIONS, command, state)


AMABOEK = Rulebook(
    vraag=ama.VRAAG,
    rests_with_ledger=(),
    owner_of=ama.owner_of,
    due_of=ama.due_of,
    next_in_line=ama.next_in_line,
    current_dates=ama.current_dates,
    last_day_of=ama.last_day_of,
    in_phase=in_phase,
    may_send=may_send,
    of_the_file=of_the_file,
    may_answer=may_answer,
    answers=ANSWERS,
    complaints=complaints,
    findings_against=findings_against,
    corrected=_corrected,
    shown=_shown,
    confidential=CONFIDENTIAL,
    veiled=dict.fromkeys(VEILED, TOLD),
    private_rules=("toestemmingen.within_hours",),
)
"""The rules of arbeidsmatige activiteiten."""
