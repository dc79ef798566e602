"""Permissions of benefit agencies: which statuut needs one, of whom, and what they allow together."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from models.aanvraag import Statuutcode
from models.ama import Instantie
from models.ama_case import AmaFacts
from models.ama_verloop import Statuutperiode, Toestemming
from models.findings import Finding, Verdict
from models.law import Law
from rules.begeleiding import deadline
from rules.calendar import add_term
from rules.grounded import BVR2022, PRACTICE, finding, grounded_in

ADDRESSEE: dict[Statuutcode, Instantie] = {
    "werkzoekend": "vdab",
    "leefloon": "ocmw",
    "arbeidsongeschikt_werknemer": "adviserend_arts",
    "arbeidsongeschikt_zelfstandige": "adviserend_arts",
    "rva": "rva",
    "inschakelingsuitkering": "rva",
    "beschermingsuitkering": "rva",
    "arbeidsongeval": "andere",
    "onbekend": "andere",
}
"""Whom to ask for each statuut; a statuut that is not here needs no permission."""
INCAPACITY: tuple[Statuutcode, ...] = ("arbeidsongeschikt_werknemer", "arbeidsongeschikt_zelfstandige")
GRANTS = ("toelating", "vaststelling", "niet_nodig", "hergebruikt")
ENDING: tuple[Statuutcode, ...] = ("rva", "inschakelingsuitkering", "beschermingsuitkering")
"""The benefits that were limited in time or abolished from 2026 on."""


class Grenzen(NamedTuple):
    """What every permission allows together: from when, until when, for how many hours a week."""

    vanaf: date | None = None
    tot: date | None = None
    uren: Decimal | None = None


@grounded_in(BVR2022)
def needs_permission(code: Statuutcode) -> Finding[Instantie | None]:
    """Who permits the activity beside a benefit; none where the statuut needs no permission."""
    whom = ADDRESSEE.get(code)
    told = "Bij dit statuut hoort een toestemming." if whom else "Bij dit statuut is geen toestemming nodig."
    return finding(needs_permission, whom, told)


def statuten_on(day: date, facts: AmaFacts) -> tuple[Statuutperiode, ...]:
    """The statuten that count on a day."""
    return tuple(s for s in facts.statuten if s.van <= day and (s.tot is None or s.tot >= day))


def after(last: date | None) -> date | None:
    """The day after a last day; none after the last one there is, as a file writes it for no end at all."""
    return None if last in (None, date.max) else last + timedelta(days=1)


def ended_on(day: date, facts: AmaFacts) -> Iterator[Statuutperiode]:
    """The statuten that came to an end before a day: what goes on under the same code did not end."""
    for each in facts.statuten:
        ends = after(each.tot)
        if ends and ends <= day and each.code not in {s.code for s in statuten_on(ends, facts)}:
            yield each


def current(facts: AmaFacts) -> tuple[Toestemming, ...]:
    """The permissions that count: not withdrawn by a newer question or an ended statuut."""
    return tuple(each for each in facts.toestemmingen if not each.vervallen)


def as_granted(facts: AmaFacts) -> AmaFacts:
    """The facts for a day that has passed: what was granted counted then, whatever replaced it since."""
    then = (each.model_copy(update={"vervallen": False}) for each in facts.toestemmingen)
    return facts.model_copy(update={"toestemmingen": tuple(then)})


def standing(day: date, facts: AmaFacts) -> tuple[Toestemming, ...]:
    """The permissions that count on a day: one of a statuut that ended since is gone, also when that comes back."""
    ends = [(each.code, each.tot) for each in ended_on(day, facts)]
    return tuple(
        each
        for each in current(facts)
        if not any(code == each.statuut and last and each.sinds <= last for code, last in ends)
    )


def to_ask(day: date, facts: AmaFacts, *, ahead: bool = False) -> Iterator[Statuutperiode]:
    """The statuten on a day, and where that is wanted those known for later, for which no permission was asked."""
    asked = {each.statuut for each in standing(day, facts)}
    later = (each for each in facts.statuten if ahead and each.van > day)
    for each in (*statuten_on(day, facts), *later):
        if each.code not in asked and needs_permission(each.code).value:
            asked.add(each.code)
            yield each


def to_ask_again(day: date, facts: AmaFacts, counts_on: date | None = None) -> Iterator[Toestemming]:
    """Who permits on a day and is asked once more: about a change, who has to permit on the day of that change.

    Without one nobody is asked who has still to answer, or whose statuut makes way for one that is known.
    """
    unanswered = {each.statuut for each in current(facts) if each.antwoord is None}
    then = {each.code for each in statuten_on(max(day, counts_on or day), facts)}
    for each in valid_on(day, facts):
        passed_over = each.statuut in unanswered or _makes_way(each.statuut, day, facts)
        if each.instantie and each.statuut in then and (counts_on or not passed_over):
            yield each


def _makes_way(code: Statuutcode, day: date, facts: AmaFacts) -> bool:
    """Whether a statuut of a day ends, and another one begins the day after."""
    ends = {after(each.tot) for each in statuten_on(day, facts) if each.code == code}
    return any(each.van in ends and each.code != code for each in facts.statuten)


def _valid(each: Toestemming, day: date) -> bool:
    if each.antwoord not in GRANTS:
        return False
    if each.ingetrokken_per is not None and each.ingetrokken_per <= day:
        return False
    return (each.vanaf is None or each.vanaf <= day) and (each.tot is None or each.tot >= day)


def valid_on(day: date, facts: AmaFacts) -> tuple[Toestemming, ...]:
    """The permissions that are valid on a day, for the statuten of that day."""
    codes = {each.code for each in statuten_on(day, facts)}
    return tuple(each for each in standing(day, facts) if each.statuut in codes and _valid(each, day))


def lapsed_on(day: date, facts: AmaFacts) -> Iterator[Toestemming]:
    """The newest permission for each statuut of a day that was given and is not valid on that day any more."""
    codes = {each.code for each in statuten_on(day, facts)}
    newest = {each.statuut: each for each in standing(day, facts)}
    for each in newest.values():
        if (
            each.statuut in codes
            and each.antwoord in GRANTS
            and not _valid(each, max(day, each.vanaf or day))
        ):
            yield each


@grounded_in(BVR2022)
def all_permitted(day: date, facts: AmaFacts) -> Finding[bool]:
    """Nobody begins before every agency that must permit it has done so (hard).

    Whoever reads it hears that it is in order or not: how many agencies there are stays with the begeleider.
    """
    have = {each.statuut for each in valid_on(day, facts)}
    owed = [s for s in statuten_on(day, facts) if needs_permission(s.code).value and s.code not in have]
    ok = bool(statuten_on(day, facts)) and not owed
    return finding(
        all_permitted,
        ok,
        "Elke nodige toestemming is er."
        if ok
        else f"Op {day:%d-%m-%Y} is nog niet elke nodige toestemming in orde: kijk met `dossier toestemmingen`.",
        facts={"dag": day},
        verdict=Verdict.OK if ok else Verdict.HARD,
    )


def counts_from(day: date, facts: AmaFacts) -> date:
    """The first day, today or later, on which everything that was granted counts: a grant may begin later."""
    codes = {each.code for each in statuten_on(day, facts)}
    granted = (p.vanaf for p in standing(day, facts) if p.statuut in codes and p.antwoord in GRANTS)
    return max([day, *(since for since in granted if since is not None)])


def until_then(older: Toestemming, newest: Toestemming, today: date) -> Toestemming:
    """An older permission once there is a newer answer: it counts until the day from which that one does."""
    since = newest.vanaf
    if older.antwoord not in GRANTS or since is None or since <= today:
        return older.model_copy(update={"vervallen": True})
    last = since - timedelta(days=1)
    return older.model_copy(update={"tot": min(older.tot or last, last)})


@grounded_in(PRACTICE)
def together(day: date, facts: AmaFacts) -> Finding[Grenzen]:
    """Agencies that disagree are respected both: the latest beginning, the earliest end, the fewest hours."""
    each = valid_on(day, facts)
    found = Grenzen(
        vanaf=max((p.vanaf for p in each if p.vanaf), default=None),
        tot=min((p.tot for p in each if p.tot), default=None),
        uren=min((p.uren_per_week for p in each if p.uren_per_week is not None), default=None),
    )
    return finding(together, found, "Van alle toestemmingen samen geldt het strengste.")


@grounded_in(PRACTICE)
def within_hours(hours: Decimal, day: date, facts: AmaFacts) -> Finding[bool]:
    """More hours than every agency allows asks for a reason, and for asking again."""
    most = together(day, facts).value.uren
    fits = most is None or hours <= most
    return finding(
        within_hours,
        fits,
        "De uren passen binnen de toestemmingen."
        if fits
        else "Dat zijn in totaal meer uren dan toegestaan; vraag ze eerst.",
        facts={"uren": hours},
        verdict=Verdict.OK if fits else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def may_serve_again(code: Statuutcode, granted: date, same: bool, today: date, law: Law) -> Finding[bool]:
    """An earlier permission serves again for incapacity only (hard); an old one, or for other work, asks why."""
    term = law.at("ama.hergebruik", granted)
    possible = code in INCAPACITY
    fits = possible and same and add_term(granted, term.term(), law) >= today
    told = f"Hergebruik kan bij arbeidsongeschiktheid, tot {term.value} na de toestemming, voor dezelfde activiteit."
    return finding(
        may_serve_again,
        fits,
        told,
        parameters=(term,),
        facts={"verleend op": granted, "zelfde activiteit": same},
        verdict=Verdict.OK if fits else Verdict.ZACHT if possible else Verdict.HARD,
    )


@grounded_in(PRACTICE)
def asked_anew(each: Toestemming, law: Law) -> Finding[date | None]:
    """One that serves again is asked anew once it is too old for that; it goes on counting meanwhile."""
    assert each.vanaf is not None
    assert each.op is not None
    term = law.at("ama.hergebruik", each.vanaf)
    old = add_term(each.vanaf, term.term(), law)
    return finding(
        asked_anew,
        max(old, each.op + timedelta(days=1)),
        f"Een eerdere toestemming die opnieuw dient, wordt {term.value} nadat ze verleend werd opnieuw gevraagd.",
        parameters=(term,),
        facts={"nummer": each.nummer},
    )


@grounded_in(PRACTICE)
def permission_due(each: Toestemming, law: Law) -> Finding[date | None]:
    """The begeleider asks within some days; then an answer is expected within a term that names no agency."""
    if each.gevraagd_op is None:
        term = law.at("ama.vragen", each.sinds)
        return deadline(each.sinds, term, law, "De begeleider vraagt de toestemming binnen {}.")
    term = law.at("ama.antwoord", each.gevraagd_op)
    return deadline(each.gevraagd_op, term, law, "Een antwoord wordt verwacht binnen {} na de vraag.")


@grounded_in(PRACTICE)
def renewal_opens(each: Toestemming, law: Law) -> Finding[date | None]:
    """A permission that ends is asked again some time before."""
    assert each.tot is not None
    term = law.at("ama.toestemming_vernieuwen", each.sinds)
    return finding(
        renewal_opens,
        add_term(each.tot, -term.term(), law),
        f"Een toestemming die eindigt wordt {term.value} vooraf opnieuw gevraagd.",
        parameters=(term,),
        facts={"nummer": each.nummer},
    )
