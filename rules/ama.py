"""The dates of arbeidsmatige activiteiten: the first day, the anniversaries, what comes next, and the last day."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from models.actors import OPERATIES, Actor, Rol
from models.ama_case import AmaFacts, AmaState
from models.ama_verloop import Overeenkomst
from models.duties import DutyKind, number_of
from models.findings import Finding, Verdict
from models.law import Law, Term
from models.phases import AmaGesloten, Begeleid, Uitstroom, ZonderBetrokkene
from models.steps import CurrentDate
from rules import activering, ama_wijzigingen, contingent, toestemmingen
from rules.agenda import numbered
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.grounded import BVR2022, D2022, PRACTICE, finding, grounded_in

ONE_DAY = timedelta(days=1)
VRAAG = {
    DutyKind.TOESTEMMING: "Vraag de toestemming van de uitkeringsinstantie en meld het antwoord",
    DutyKind.OVEREENKOMST: "Sluit de begeleidingsovereenkomst voor de werkpost",
    DutyKind.DIMONA_IN: "Geef het begin van de activiteit aan (Dimona, type DWD)",
    DutyKind.DIMONA_UIT: "Geef het einde van de activiteit aan (Dimona, type DWD)",
    DutyKind.VERZEKERING: "Verleng de verzekeringen en meld tot wanneer ze gelden",
    DutyKind.OPVOLGING: "Bekijk wat er veranderde: in orde, opnieuw vragen of afsluiten",
    DutyKind.WAT_DAARNA: "Bespreek wat er na de laatste dag komt",
    DutyKind.CONTINGENT: "Kies het maatwerkbedrijf waar een plaats wordt gevraagd",
    DutyKind.BEZOEK: "Ontvang de persoon op bezoek en zeg of de plaats wordt ingenomen",
    DutyKind.POP: "Leg het persoonlijk ontwikkelingsplan vast",
    DutyKind.HERBEOORDELING: "Herbeoordeel of de voorwaarden nog gelden",
    DutyKind.HERVATTING: "Zeg of de begeleiding hervat of nog rust",
    DutyKind.OPSCHORTINGSGESPREK: "Bespreek hoe het verder gaat na deze lange opschorting",
    DutyKind.OPSCHORTINGSBESLISSING: "Beslis hoe het verder gaat na deze lange opschorting",
    DutyKind.AFRONDING: "Rond het dossier af zonder de betrokkene",
    DutyKind.HERSTEL: "Bekijk wat niet lukte en beslis",
}
TERMS = {
    DutyKind.OVEREENKOMST: ("ama.overeenkomst", "De overeenkomst is er binnen {}."),
    DutyKind.OPVOLGING: ("ama.opvolging", "Iemand bekijkt dit binnen {}."),
    DutyKind.WAT_DAARNA: ("ama.wat_daarna_antwoord", "Het gesprek is er binnen {}."),
    DutyKind.CONTINGENT: ("ama.se.contingent", "Het maatwerkbedrijf is gekozen binnen {}."),
    DutyKind.OPSCHORTINGSGESPREK: ("activering.opschorting_antwoord", "Het gesprek is er binnen {}."),
    DutyKind.OPSCHORTINGSBESLISSING: ("activering.opschorting_antwoord", "De beslissing is er binnen {}."),
}
"""The duties whose term counts from the day they opened, with its parameter and sentence."""


@grounded_in(PRACTICE)
def owner_of(kind: DutyKind, key: str, state: AmaState) -> Actor:
    """The begeleider owes what belongs to the accompaniment; VDAB and the maatwerkbedrijf their own part."""
    facts = state.facts
    match kind:
        case DutyKind.HERSTEL:
            return OPERATIES
        case DutyKind.CONTINGENT | DutyKind.HERBEOORDELING:
            return facts.vdab or OPERATIES
        case DutyKind.BEZOEK if facts.plaats is not None:
            return Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=facts.plaats.houder)
        case DutyKind.DIMONA_IN | DutyKind.DIMONA_UIT | DutyKind.VERZEKERING:
            return begeleider_of(agreement(number_of(key), facts), facts)
        case _:
            return facts.trekker


def begeleider_of(each: Overeenkomst, facts: AmaFacts) -> Actor:
    """Who accompanies at one werkpost: the trekker, or another organisation."""
    if facts.begeleider is None or each.begeleider != facts.begeleider.organisatie:
        return Actor(rol=Rol.BEGELEIDER, organisatie=each.begeleider)
    return facts.begeleider


def next_in_line(owner: Actor, state: AmaState) -> Actor:
    """Who hears of somebody's silence: whoever leads the organisation."""
    return state.facts.leiding.get(owner.organisatie, OPERATIES)


def agreement(number: int, facts: AmaFacts) -> Overeenkomst:
    """The agreement with this number; raises StopIteration where there is none."""
    return next(each for each in facts.overeenkomsten if each.nummer == number)


@grounded_in(BVR2022)
def due_of(kind: DutyKind, key: str, opened_on: date, state: AmaState) -> Finding[date | None]:
    """When a duty is due now, from the facts as they are known now."""
    facts, law = state.facts, state.law
    place = facts.plaats
    if place is not None and place.status == "gereserveerd" and kind is DutyKind.OVEREENKOMST:
        return contingent.start_due(place.sinds, law)
    if kind in TERMS:
        name, sentence = TERMS[kind]
        return deadline(opened_on, law.at(name, opened_on), law, sentence)
    match kind:
        case DutyKind.TOESTEMMING:
            return toestemmingen.permission_due(facts.toestemmingen[number_of(key) - 1], law)
        case DutyKind.BEZOEK:
            return contingent.visit_due(opened_on, law)
        case DutyKind.DIMONA_IN:
            return dimona_in(agreement(number_of(key), facts))
        case DutyKind.DIMONA_UIT:
            return dimona_out(agreement(number_of(key), facts), opened_on, law)
        case DutyKind.VERZEKERING:
            return insurance_ends(agreement(number_of(key), facts))
        case DutyKind.POP:
            on = max(facts.eerste_dag or opened_on, facts.ingestapt_op or date.min)
            return deadline(on, law.at("ama.se.pop", on), law, "Het POP is er binnen {} na de start.")
        case DutyKind.HERBEOORDELING:
            return reassessment_due(number_of(key), state)
        case DutyKind.HERVATTING:
            return activering.resumption_due(number_of(key), facts, law)
        case DutyKind.AFRONDING:
            return activering.closing_note_due(opened_on, law)
        case _:
            return activering.repair_due(opened_on, law)


@grounded_in(BVR2022)
def dimona_in(each: Overeenkomst) -> Finding[date | None]:
    """The activity is declared at the latest when it starts; a late declaration stops nothing."""
    return finding(
        dimona_in, each.start, "Dimona IN ten laatste op de eerste dag.", facts={"start": each.start}
    )


@grounded_in(BVR2022)
def dimona_out(each: Overeenkomst, opened_on: date, law: Law) -> Finding[date | None]:
    """The end is declared at the latest the first working day after it; a beginning that never comes is taken back."""
    last = (each.begonnen and each.einde) or opened_on
    term = law.at("ama.dimona_uit", last)
    return finding(
        dimona_out,
        add_term(last, term.term(), law),
        f"Dimona OUT ten laatste {term.value} na de laatste dag."
        if each.begonnen
        else f"De overeenkomst begint niet: de aangifte wordt ingetrokken binnen {term.value}.",
        parameters=(term,),
        facts={"einde": last},
    )


@grounded_in(PRACTICE)
def insurance_ends(each: Overeenkomst) -> Finding[date | None]:
    """Insurances are renewed before they lapse; a lapse is shown red and stops nothing by itself."""
    return finding(insurance_ends, each.verzekerd_tot, "Tot die dag gelden de verzekeringen.")


@grounded_in(D2022.article(29))
def anniversary(number: int, first: date, law: Law) -> Finding[date]:
    """The n-th anniversary of the first day; of 29 February it is the 28th where there is no 29th."""
    term = Term(amount=number, unit="jaren")
    return finding(
        anniversary,
        add_term(first, term, law),
        "Minstens één keer per jaar, geteld vanaf de eerste dag; een later gesprek verschuift de volgende niet.",
        facts={"eerste dag": first, "nummer": number},
    )


@grounded_in(D2022.article(29))
def evaluation_day(number: int, state: AmaState) -> Finding[date]:
    """The anniversary of an evaluation: its number is ahead of the year where the first day was put right."""
    assert state.facts.eerste_dag is not None
    return anniversary(number - state.facts.verschoven, state.facts.eerste_dag, state.law)


@grounded_in(D2022.article(29))
def evaluation_opens(number: int, state: AmaState) -> Finding[date | None]:
    """From some weeks before the anniversary a talk counts as the yearly evaluation."""
    late, on = state.facts.inhalen, evaluation_day(number, state).value
    if late is not None and late.nummer == number:
        told = "Deze evaluatie was te laat bij de instap; ze wordt op een eigen dag ingehaald."
        return finding(evaluation_opens, late.vanaf, told, facts={"verjaardag": on})
    term = state.law.at("ama.evaluatie_venster", on)
    return finding(
        evaluation_opens,
        add_term(on, -term.term(), state.law),
        f"Een gesprek telt vanaf {term.value} voor de verjaardag.",
        parameters=(term,),
        facts={"verjaardag": on},
    )


@grounded_in(PRACTICE)
def made_up_by(number: int, opened_on: date, state: AmaState) -> Finding[date | None]:
    """An evaluation that was overdue at an instap gets as long as any other; none for one that was not."""
    late = state.facts.inhalen
    if late is None or late.nummer != number:
        return finding(made_up_by, None, "Ze is er ten laatste op de verjaardag.")
    term = state.law.at("ama.evaluatie_venster", opened_on)
    return deadline(
        opened_on, term, state.law, "Wie bij de instap te laat was, haalt de evaluatie in binnen {}."
    )


def next_evaluation(state: AmaState) -> int | None:
    """The number of the evaluation that was not opened yet; none before the first day, or after the last one."""
    facts = state.facts
    if facts.eerste_dag is None or not isinstance(state.phase, Begeleid):
        return None
    number = max((each.nummer for each in facts.evaluaties), default=0) + 1
    end = facts.gepland_einde
    if end is not None and end.einde < evaluation_day(number, state).value:
        return None
    return number


@grounded_in(D2022.article("28-29"))
def reassessment_due(number: int, state: AmaState) -> Finding[date | None]:
    """VDAB reassesses at the latest on each anniversary; undecided, the place is kept and it escalates."""
    first, late = state.facts.eerste_dag, state.facts.herbeoordeling_inhalen
    assert first is not None
    if late is not None and late.nummer == number:
        term = state.law.at("ama.se.verslag", late.vanaf)
        return deadline(late.vanaf, term, state.law, "Wie bij de instap te laat was: binnen {}.")
    return as_of_date(anniversary(number, first, state.law))


@grounded_in(PRACTICE)
def reassessment_opens(number: int, state: AmaState) -> Finding[date | None]:
    """From the day on which the report is there; one that was overdue at an instap has a day of its own."""
    first, late = state.facts.eerste_dag, state.facts.herbeoordeling_inhalen
    assert first is not None
    on = anniversary(number, first, state.law).value
    if late is not None and late.nummer == number:
        told = "Deze herbeoordeling was te laat bij de instap; ze wordt op een eigen dag ingehaald."
        return finding(reassessment_opens, late.vanaf, told, facts={"verjaardag": on})
    return report_due(on, state.law)


@grounded_in(PRACTICE)
def as_of_date(found: Finding[date]) -> Finding[date | None]:
    """A date that is always known, where one is expected that may not be."""
    return Finding[date | None].model_validate(found.model_dump())


@grounded_in(PRACTICE)
def report_due(on: date, law: Law) -> Finding[date | None]:
    """The evaluation report feeds the reassessment: it is there some weeks before the anniversary."""
    term = law.at("ama.se.verslag", on)
    return finding(
        report_due,
        add_term(on, -term.term(), law),
        f"Het verslag is er {term.value} voor de verjaardag: het voedt de herbeoordeling.",
        parameters=(term,),
        facts={"verjaardag": on},
    )


@grounded_in(PRACTICE)
def planned_end(facts: AmaFacts) -> Finding[date | None]:
    """The last day that somebody decided."""
    assert facts.gepland_einde is not None
    end = facts.gepland_einde
    return finding(planned_end, end.einde, "De laatste dag die werd beslist.", facts={"oorzaak": end.oorzaak})


@grounded_in(D2022.article(28))
def last_day_before_pension(facts: AmaFacts) -> Finding[date | None]:
    """The last possible day is the one before the pension begins; nothing ends by itself."""
    return finding(
        last_day_before_pension,
        facts.pensioen_op - ONE_DAY,
        "De dag voor het pensioen begint; een mens plant het einde.",
        facts={"pensioen vanaf": facts.pensioen_op},
    )


@grounded_in(D2022.article(28))
def of_age(day: date, facts: AmaFacts) -> Finding[bool]:
    """From the 18th birthday until the pension, by date of birth; otherwise a reason is asked."""
    fits = facts.achttien_op <= day < facts.pensioen_op
    return finding(
        of_age,
        fits,
        "De leeftijd past."
        if fits
        else "De persoon is dan nog geen 18, of heeft de pensioenleeftijd bereikt.",
        facts={"dag": day},
        verdict=Verdict.OK if fits else Verdict.ZACHT,
    )


@grounded_in(D2022.article(28))
def no_vaph(start: date, end: date | None, facts: AmaFacts) -> Finding[date | None]:
    """Not together with day support or supported work of the VAPH (hard): says which last day is needed of which."""
    last = end or date.max
    known = sorted(enumerate(facts.vaph, start=1), key=lambda each: each[1].van)
    beside = [(n, p) for n, p in known if p.van <= last and (p.tot is None or p.tot >= start)]
    needed, told = None, "Geen overlap."
    for n, period in beside[:1]:
        needed = max(start, period.van) - ONE_DAY
        told = f"De ondersteuning van het VAPH (vaph/{n}) moet eindigen ten laatste op {needed:%d-%m-%Y}."
        if period.van > start:
            told = f"Vanaf {period.van:%d-%m-%Y} is er ondersteuning van het VAPH (vaph/{n}); "
            told += f"de laatste dag is dan ten laatste {needed:%d-%m-%Y}."
    return finding(
        no_vaph,
        needed,
        told,
        facts={"start": start},
        verdict=Verdict.HARD if beside else Verdict.OK,
    )


@grounded_in(D2022.article(30))
def recognised(day: date, organisation: str, facts: AmaFacts) -> Finding[bool]:
    """What is known of the recognition asks for a reason now; the last look before the first day is hard."""
    mine = facts.begeleider is not None and facts.begeleider.organisatie == organisation
    fits = (
        facts.variant == "se"
        or not mine
        or any(p.van <= day and (p.tot is None or p.tot >= day) for p in facts.erkend)
    )
    told = "De begeleider is erkend." if fits else f"Voor {day:%d-%m-%Y} is nog geen erkenning gekend."
    return finding(recognised, fits, told, facts={"dag": day}, verdict=Verdict.OK if fits else Verdict.ZACHT)


@grounded_in(BVR2022)
def least_hours(law: Law, on: date) -> Finding[Decimal]:
    """In the social economy somebody does at least so many hours a week, reached in steps."""
    least = law.at("ama.se.uren_min", on)
    told = f"Minstens {least.value} uren per week, eventueel in stappen."
    return finding(least_hours, Decimal(least.value), told, parameters=(least,))


@grounded_in(BVR2022)
def enough_hours(hours: Decimal, facts: AmaFacts, law: Law, on: date) -> Finding[bool]:
    """Fewer hours than the social economy asks need a reason; welfare policy asks none."""
    least = least_hours(law, on)
    fits = facts.variant == "wvg" or hours >= least.value
    return finding(
        enough_hours,
        fits,
        least.reden,
        parameters=least.parameters,
        facts={"uren": hours},
        verdict=Verdict.OK if fits else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def stays_open(closed_on: date, state: AmaState) -> Finding[date | None]:
    """For some months after the end a correction still finds its file."""
    term = state.law.at("ama.open", closed_on)
    return finding(
        stays_open,
        add_term(closed_on, term.term(), state.law),
        f"Na het einde blijft het dossier {term.value} open voor rechtzettingen.",
        parameters=(term,),
        facts={"gesloten op": closed_on},
    )


@grounded_in(PRACTICE)
def forgotten(closed_on: date, law: Law) -> date:
    """After so long a closed duty leaves the state of a running accompaniment; the record keeps it for ever."""
    return add_term(closed_on, law.at("ama.geheugen", closed_on).term(), law)


def current_dates(state: AmaState) -> Iterator[CurrentDate]:
    """Every date the accompaniment now goes by, with its reason."""
    facts = state.facts
    if (n := next_evaluation(state)) is not None:
        asked = [each.nummer for each in facts.evaluaties if each.afgerond_op is None]
        for each in (*asked, n):
            yield CurrentDate(naam=f"evaluatie {each}", on=as_of_date(evaluation_day(each, state)))
        yield CurrentDate(naam="laatste dag voor het pensioen", on=last_day_before_pension(facts))
    for agreed, change in ama_wijzigingen.coming(state):
        naam = f"wijziging {change.nummer} van overeenkomst {agreed.nummer}"
        yield CurrentDate(naam=naam, on=ama_wijzigingen.takes_effect(change))
    if facts.gepland_einde is not None:
        yield CurrentDate(naam="einde", on=planned_end(facts))
    if isinstance(state.phase, AmaGesloten):
        yield CurrentDate(naam="open tot", on=stays_open(state.phase.gesloten_op, state))
    for duty in state.live_duties:
        yield CurrentDate(naam=f"opdracht {duty.key}", on=duty.due)


def last_day_of(state: AmaState) -> date | None:
    """The last day: decided, or a fact once it ended; none while nobody decided one."""
    phase, end = state.phase, state.facts.gepland_einde
    if isinstance(phase, ZonderBetrokkene):
        before = phase.vorige if isinstance(phase.vorige, Uitstroom | AmaGesloten) else end
        return min(before.einde, phase.overleden_op) if before else phase.overleden_op
    if isinstance(phase, Uitstroom | AmaGesloten):
        return phase.einde
    return end.einde if end else None


def next_agreement_key(facts: AmaFacts) -> str:
    """The key of the agreement that is owed now: one for each that was asked or given back."""
    return numbered("overeenkomst", facts.te_sluiten + facts.teruggegeven)
