"""The dates of an activeringstraject: each a pure function of the facts and the law of the case."""

from datetime import date, timedelta

from models.case import Facts, RestingFacts
from models.findings import Finding, Verdict
from models.law import Law, Term
from models.ledger import Ledger
from models.messages import PlanAkkoord
from models.verloop import Ritme
from rules import ledger as clock
from rules.calendar import add_term, last_day, next_working_day
from rules.grounded import D2022, PRACTICE, finding, grounded_in

ONE_DAY = timedelta(days=1)
NO_REST = Ledger()


@grounded_in(D2022.article(11))
def latest_end(start: date, law: Law, ledger: Ledger = NO_REST, granted: date | None = None) -> Finding[date]:
    """A trajectory lasts at most eighteen months, or until the day VDAB granted in an exceptional case.

    A suspension that ended moves the maximum only if its parameter says so.
    """
    maximum = law.at("activering.duur_max", start)
    pauses = law.at("activering.duur_max_pauzeert", start)
    over = Ledger(suspensions=tuple(s for s in ledger.suspensions if s.tot)) if pauses.flag() else NO_REST
    end = clock.until(start, [maximum.term()], over, law)
    assert end is not None  # only rests that ended count
    moves = "verlengt dat" if pauses.flag() else "verlengt dat niet"
    reden = f"Het traject duurt hoogstens {maximum.value} vanaf {start:%d-%m-%Y}; opschorting {moves}."
    if granted is not None and granted > end:
        end, reden = granted, f"{reden} VDAB stond uitzonderlijk een einde op {granted:%d-%m-%Y} toe."
    return finding(
        latest_end,
        end,
        reden,
        parameters=(maximum, pauses),
        facts=clock.explain_until(start, [maximum.term()], over, law),
    )


@grounded_in(D2022.article(11))
def plan_length(start: date, end: date, law: Law, granted: date | None = None) -> Finding[bool]:
    """A plan shorter than three or longer than eighteen months is refused, but for what VDAB granted."""
    minimum, maximum = law.at("activering.duur_min", start), law.at("activering.duur_max", start)
    earliest = last_day(start, minimum.term(), law)
    latest = last_day(start, maximum.term(), law)
    latest = max(latest, granted or latest)
    allowed = earliest <= end <= latest
    return finding(
        plan_length,
        allowed,
        f"Een traject duurt {minimum.value} tot {maximum.value}: het einde ligt van {earliest:%d-%m-%Y} "
        f"tot {latest:%d-%m-%Y}.",
        parameters=(minimum, maximum),
        facts={"start": start, "einde": end},
        verdict=Verdict.OK if allowed else Verdict.HARD,
    )


@grounded_in(D2022.article(11))
def within_maximum(
    start: date, end: date, law: Law, ledger: Ledger = NO_REST, granted: date | None = None
) -> Finding[bool]:
    """No trajectory ends after its legal maximum, however its end came to be known."""
    latest = latest_end(start, law, ledger, granted)
    within = end <= latest.value
    return finding(
        within_maximum,
        within,
        f"Een traject dat begon op {start:%d-%m-%Y} eindigt uiterlijk op {latest.value:%d-%m-%Y}.",
        parameters=latest.parameters,
        facts={"start": start, "einde": end},
        verdict=Verdict.OK if within else Verdict.HARD,
    )


@grounded_in(D2022.article("15, 6°"))
def usual_periodicity(months: int, on: date, law: Law) -> Finding[bool]:
    """An evaluation every one to six months is usual; another periodicity asks for a reason."""
    low, high = law.at("activering.periodiciteit_min", on), law.at("activering.periodiciteit_max", on)
    usual = low.term().amount <= months <= high.term().amount
    return finding(
        usual_periodicity,
        usual,
        f"Gebruikelijk is een evaluatie om de {low.value} tot {high.value}.",
        parameters=(low, high),
        facts={"periodiciteit in maanden": months},
        verdict=Verdict.OK if usual else Verdict.ZACHT,
    )


@grounded_in(D2022.article("15, 6°"))
def can_be_reviewed(plan: PlanAkkoord, start: date, law: Law) -> bool:
    """A plan names a periodicity in which an evaluation fits in the longest trajectory that can be."""
    return can_hold_reviews(plan.periodiciteit_maanden, start, law)


@grounded_in(D2022.article("15, 6°"))
def can_hold_reviews(months: int, start: date, law: Law) -> bool:
    """An evaluation every so many months fits in the longest trajectory that can be."""
    return months <= law.at("activering.duur_max", start).term().amount


@grounded_in(D2022.article("13 §2 5°"))
def separate_organisations(werk: str, zorg: str) -> Finding[bool]:
    """The casemanager werk is never of the same organisation as the casemanager zorg."""
    apart = werk != zorg
    return finding(
        separate_organisations,
        apart,
        "De casemanager werk en de casemanager zorg horen bij verschillende organisaties.",
        facts={"organisatie werk": werk, "organisatie zorg": zorg},
        verdict=Verdict.OK if apart else Verdict.HARD,
    )


@grounded_in(D2022.article(11))
def planned_end(plan: PlanAkkoord, facts: Facts, law: Law) -> Finding[date]:
    """The agreed end, moved by suspensions and extensions, never past the legal maximum nor before the minimum."""
    budgets, since = _plan_budgets(plan, facts), _since_agreed(plan, facts)
    wanted = clock.until(plan.start, budgets, since, law)
    maximum = latest_end(plan.start, law, facts.ledger, facts.granted_end)
    minimum = law.at("activering.duur_min", plan.start)
    earliest = last_day(plan.start, minimum.term(), law)
    end = maximum.value if wanted is None else min(max(wanted, earliest), maximum.value)
    if wanted is None:
        reden = "Zolang het traject rust zonder bekend einde geldt alleen de maximale duur."
    elif wanted > maximum.value:
        reden = (
            f"Het afgesproken einde schuift op tot {wanted:%d-%m-%Y}, maar de maximale duur houdt het tegen."
        )
    elif wanted < earliest:
        reden = f"Het einde zou {wanted:%d-%m-%Y} zijn, maar een traject duurt minstens {minimum.value}."
    else:
        reden = "Het einde dat in het plan is afgesproken, verlengingen en opschortingen meegeteld."
    return finding(
        planned_end,
        end,
        reden,
        parameters=(*maximum.parameters, minimum),
        facts=clock.explain_until(plan.start, budgets, since, law) | {"uiterste einde": str(maximum.value)},
    )


def length_in_days(plan: PlanAkkoord) -> Term:
    """The plan's own length as a budget of days that counts its first day."""
    return Term(amount=(plan.einde - plan.start + ONE_DAY).days, unit="dagen")


def _plan_budgets(plan: PlanAkkoord, facts: Facts) -> list[Term]:
    return [length_in_days(plan), *(e.term() for e in facts.extensions)]


def _since_agreed(plan: PlanAkkoord, facts: Facts) -> Ledger:
    """What rested since the plan was agreed: whoever agreed its end knew of the rest before."""
    later = (s for s in facts.ledger.suspensions if s.tot is None or s.tot > plan.datum)
    return Ledger(suspensions=tuple(s.model_copy(update={"van": max(s.van, plan.datum)}) for s in later))


def days_to_extend(plan: PlanAkkoord, facts: Facts, einde: date, on: date, law: Law) -> int:
    """How many days the plan gains or loses so that it ends on that day, if what rests now resumed today."""
    rests = tuple(r.model_copy(update={"tot": max(on, r.van)}) if r.tot is None else r for r in facts.rests)
    as_if = facts.model_copy(update={"rests": rests})
    since = _since_agreed(plan, as_if)
    now = clock.until(plan.start, _plan_budgets(plan, as_if), since, law)
    assert now is not None
    return clock.running_days(now, einde, since) if einde >= now else -clock.running_days(einde, now, since)


@grounded_in(D2022.article("15, 6°"))
def review_due(n: int, plan: PlanAkkoord, facts: Facts, law: Law) -> Finding[date | None]:
    """The n-th review is due n periods after the start of the plan; suspensions move it, a skipped one does not.

    A periodicity that was changed in mid-course counts from that day.
    """
    rhythm = next(r for r in reversed(_rhythms(plan, facts)) if r.na < n)
    budget = Term(amount=(n - rhythm.na) * rhythm.maanden, unit="maanden")
    exact = clock.due(rhythm.vanaf, [budget], facts.ledger, law)
    return finding(
        review_due,
        next_working_day(exact, law) if exact else None,
        f"Evaluatie {n}: om de {rhythm.maanden} maanden, zoals in het plan afgesproken.",
        facts=clock.explain(rhythm.vanaf, [budget], facts.ledger, law),
    )


def _rhythms(plan: PlanAkkoord, facts: Facts) -> tuple[Ritme, ...]:
    first = Ritme(na=0, vanaf=plan.start, maanden=plan.periodiciteit_maanden)
    return (first, *facts.ritmes)


@grounded_in(PRACTICE)
def review_opens(n: int, plan: PlanAkkoord, facts: Facts, law: Law) -> Finding[date | None]:
    """A review can be prepared and held from a window before its date."""
    window = law.at("activering.review_venster", plan.start)
    due = review_due(n, plan, facts, law)
    opens = add_term(due.value, -window.term(), law) if due.value else None
    return finding(
        review_opens,
        opens,
        f"Evaluatie {n} kan vanaf {window.value} voor haar datum.",
        parameters=(window,),
        facts={**due.facts, "evaluatie op": str(due.value)},
    )


@grounded_in(PRACTICE)
def review_falls_away(n: int, plan: PlanAkkoord, facts: Facts, law: Law) -> Finding[bool]:
    """In the last weeks of a trajectory the final talk takes the place of a review."""
    last = law.at("activering.review_laatste", plan.start)
    end, due = planned_end(plan, facts, law).value, review_due(n, plan, facts, law).value
    limit = add_term(end, -last.term(), law)
    return finding(
        review_falls_away,
        due is not None and due > limit,
        f"In de laatste {last.value} komt het eindgesprek in de plaats van een evaluatie.",
        parameters=(last,),
        facts={"einde": end, "evaluatie op": due},
    )


@grounded_in(D2022.article("14 §2 1°"))
def assignment_due(start: date, law: Law) -> Finding[date | None]:
    """The tandem is assigned within a term after the start."""
    term = law.at("activering.toewijzing", start)
    return _practice_term(assignment_due, start, term.name, "De toewijzing gebeurt binnen {}.", law)


@grounded_in(D2022.article(15))
def plan_due(facts: Facts, law: Law) -> Finding[date | None]:
    """The trajectplan is late after a term from the start; suspensions move it."""
    term = law.at("activering.plan_laat", facts.prepared_from)
    exact = clock.due(facts.prepared_from, [term.term()], facts.ledger, law)
    return finding(
        plan_due,
        next_working_day(exact, law) if exact else None,
        f"Het trajectplan is er binnen {term.value} na de start.",
        parameters=(term,),
        facts=clock.explain(facts.prepared_from, [term.term()], facts.ledger, law),
    )


@grounded_in(PRACTICE)
def end_documents_open(end: Finding[date], law: Law) -> Finding[date | None]:
    """The end documents and the final talk are prepared from some weeks before the end."""
    before = law.at("activering.eindgesprek_voor", end.value)
    return finding(
        end_documents_open,
        add_term(end.value, -before.term(), law),
        f"Het eindgesprek en het eindverslag worden voorbereid vanaf {before.value} voor het einde.",
        parameters=(*end.parameters, before),
        facts=end.facts | {"einde": str(end.value)},
    )


@grounded_in(D2022.article(22))
def end_documents_due(end: date, law: Law) -> Finding[date | None]:
    """The eindverslag is filed by the end, and late after a term from it."""
    return _practice_term(
        end_documents_due,
        end,
        "activering.eindverslag_laat",
        "Het eindverslag is er binnen {} na het einde.",
        law,
    )


@grounded_in(PRACTICE)
def resumption_due(n: int, facts: RestingFacts, law: Law) -> Finding[date | None]:
    """Somebody is asked about a suspension when it should end, and every few weeks while its end is unknown."""
    rest = facts.rests[n - 1]
    every = law.at("activering.opschorting_vraag", rest.van)
    told = {"opgeschort van": rest.van, "laatst bevestigd op": rest.bevestigd_op}
    if rest.verwacht and not rest.bevestigd_op:
        expected = next_working_day(rest.verwacht, law)
        return finding(resumption_due, expected, "Op die dag wordt de hervatting verwacht.", facts=told)
    return finding(
        resumption_due,
        next_working_day(add_term(rest.bevestigd_op or rest.van, every.term(), law), law),
        f"Zonder bekend einde wordt om de {every.value} gevraagd hoe het staat; stilte beslist niets.",
        parameters=(every,),
        facts=told,
    )


@grounded_in(PRACTICE)
def reopening_window(closed_on: date, law: Law) -> Finding[date | None]:
    """A closed trajectory can be reopened for some months."""
    term = law.at("activering.heropening", closed_on)
    return finding(
        reopening_window,
        add_term(closed_on, term.term(), law),
        f"Heropenen kan tot {term.value} na het afsluiten.",
        parameters=(term,),
        facts={"afgesloten op": closed_on},
    )


@grounded_in(PRACTICE)
def closing_note_due(on: date, law: Law) -> Finding[date | None]:
    """After a death one closing note is owed, within a term after it became known."""
    return _practice_term(closing_note_due, on, "overleden.afronden", "De slotnota volgt binnen {}.", law)


@grounded_in(PRACTICE)
def repair_due(on: date, law: Law) -> Finding[date | None]:
    """Operations look at a call that kept failing within a term."""
    return _practice_term(repair_due, on, "herstel.termijn", "Operaties bekijken een storing binnen {}.", law)


def _practice_term(rule: object, start: date, name: str, sentence: str, law: Law) -> Finding[date | None]:
    term = law.at(name, start)
    return finding(
        rule,  # type: ignore[arg-type]
        next_working_day(add_term(start, term.term(), law), law),
        sentence.format(term.value),
        parameters=(term,),
        facts={"vanaf": start},
    )


@grounded_in(PRACTICE)
def may_rest_again(times: int, on: date, law: Law) -> Finding[bool]:
    """A duty rests at most so many times on a promise; one more asks for a reason."""
    maximum = law.at("bezig.maximum", on)
    within = times < maximum.number()
    return finding(
        may_rest_again,
        within,
        f"Een opdracht rust hoogstens {maximum.value} keer op een belofte.",
        parameters=(maximum,),
        facts={"al gerust": times},
        verdict=Verdict.OK if within else Verdict.ZACHT,
    )
