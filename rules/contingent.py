"""Who gets a place for AMA in the social economy: never beyond the contingent, by date of decision (art. 33)."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.ama_case import AmaFacts
from models.ama_verloop import Periode
from models.contingent import Contingent, Wachtende
from models.findings import Finding, Verdict
from models.law import Law, Parameter
from rules.begeleiding import deadline
from rules.grounded import D2022, PRACTICE, finding, grounded_in


@grounded_in(D2022.article(33))
def places_on(contingents: Iterable[Contingent], on: date) -> Finding[int | None]:
    """The places of a holder on a day, by the newest row that began; none before the first and after a closure."""
    begun = [each for each in contingents if each.geldig_van <= on]
    newest = max(begun, key=lambda each: each.geldig_van, default=None)
    if newest is None:
        return finding(places_on, None, f"Er is op {on} nog geen contingent.", facts={"op": on})
    stated = (_parameter(newest),)
    if newest.geldig_tot is not None and newest.geldig_tot < on:
        reden = f"Het contingent eindigde op {newest.geldig_tot}."
        return finding(places_on, None, reden, parameters=stated, facts={"op": on})
    reden = f"Het contingent telt {newest.plaatsen} plaatsen sinds {newest.geldig_van}."
    return finding(places_on, newest.plaatsen, reden, parameters=stated, facts={"op": on})


def _parameter(contingent: Contingent) -> Parameter:
    return Parameter(
        name=f"contingent.{contingent.houder}",
        value=str(contingent.plaatsen),
        geldig_van=contingent.geldig_van,
        status=contingent.status,
        bron=contingent.bron,
    )


@grounded_in(D2022.article(33))
def may_reserve(used: int, places: Finding[int | None]) -> Finding[bool]:
    """A place is promised only while fewer are taken and promised than there are: the contingent itself says no."""
    stated, facts = places.parameters, {**places.facts, "bezet": used, "plaatsen": places.value}
    if places.value is None:
        return finding(may_reserve, False, places.reden, parameters=stated, facts=facts, verdict=Verdict.HARD)
    if used < places.value:
        reden = f"Van de {places.value} plaatsen zijn er {used} bezet of beloofd."
        return finding(may_reserve, True, reden, parameters=stated, facts=facts)
    reden = f"Alle {places.value} plaatsen zijn bezet of beloofd ({used}); wie vraagt komt op de wachtlijst."
    return finding(may_reserve, False, reden, parameters=stated, facts=facts, verdict=Verdict.HARD)


@grounded_in(D2022.article(33))
def may_occupy(used: int, places: Finding[int | None]) -> Finding[bool]:
    """Whoever was promised a place may take it, also after a cut; only a closure leaves nothing to take."""
    stated, facts = places.parameters, {**places.facts, "bezet": used, "plaatsen": places.value}
    if places.value is None:
        return finding(may_occupy, False, places.reden, parameters=stated, facts=facts, verdict=Verdict.HARD)
    if used > places.value:
        reden = f"Het contingent werd verlaagd tot {places.value}; wie een plaats had of kreeg, houdt ze."
        return finding(may_occupy, True, reden, parameters=stated, facts=facts)
    return finding(may_occupy, True, "De beloofde plaats wordt ingenomen.", parameters=stated, facts=facts)


@grounded_in(D2022.article(33))
def may_have_had(since: date, held: Sequence[Periode], contingents: Sequence[Contingent]) -> Finding[bool]:
    """A place that somebody has had since a day: there was one, then and whenever anybody got one after that.

    A contingent that was cut later takes no place from who had one, so only the days of a beginning are looked at.
    """
    for day in sorted({since, *(each.van for each in held if each.van >= since)}):
        places = places_on(contingents, day)
        used = sum(each.van <= day and (each.tot is None or each.tot >= day) for each in held)
        if places.value is None or used >= places.value:
            which = "op de eerste dag van de plaats" if day == since else f"op {day:%d-%m-%Y}"
            reden = f"{which} heeft dit maatwerkbedrijf geen contingent"
            facts: dict[str, object] = {"sinds": since, "op": day}
            if places.value is not None:
                reden = f"{which} zijn van de {places.value} plaatsen er {used} bezet of beloofd"
                facts |= {"bezet": used, "plaatsen": places.value}
            stated = places.parameters
            return finding(may_have_had, False, reden, parameters=stated, facts=facts, verdict=Verdict.HARD)
    stated = places_on(contingents, since).parameters
    reden = "De plaats was er op de dag dat ze werd ingenomen, en is er nog."
    return finding(may_have_had, True, reden, parameters=stated, facts={"sinds": since})


@grounded_in(D2022.article(33))
def begins_on_place(facts: AmaFacts) -> Finding[bool]:
    """In the social economy nothing begins without a place, promised or taken (hard); what runs already goes on."""
    place = facts.plaats
    gone = facts.plaats_weg or facts.overslaan is not None
    held = place is not None and place.status in ("gereserveerd", "ingenomen") and not gone
    fits = held or facts.variant == "wvg" or facts.eerste_dag is not None
    return finding(
        begins_on_place,
        fits,
        "De plaats is er, of er is er geen nodig."
        if fits
        else "Er is geen plaats beloofd; zonder plaats begint er niets.",
        facts={"houder": place.houder if place else "geen", "plaats": place.status if place else "geen"},
        verdict=Verdict.OK if fits else Verdict.HARD,
    )


@grounded_in(PRACTICE)
def in_line(waiting: Iterable[Wachtende]) -> tuple[Wachtende, ...]:
    """The order of the line: who lost a place by a closure, then by day of the decision, then by trajectory."""
    return tuple(sorted(waiting, key=lambda each: (not each.voorrang, each.beslist_op, each.workflow_id)))


@grounded_in(PRACTICE)
def offered_now(
    waiting: Iterable[Wachtende], used: int, places: Finding[int | None]
) -> tuple[Wachtende, ...]:
    """Who would get one of the free places: the first in line, whoever was passed over after the others."""
    free = max(0, (places.value or 0) - used)
    line = in_line(waiting)
    passed = [each for each in line if each.overgeslagen]
    return (*(each for each in line if not each.overgeslagen), *passed)[:free]


@grounded_in(PRACTICE)
def place_for(
    workflow_id: str, waiting: Sequence[Wachtende], used: int, places: Finding[int | None]
) -> Finding[bool]:
    """Whether somebody in line gets a place now: when one is free and nobody before them has a claim to it."""
    possible = may_reserve(used, places)
    if not possible.value:
        return possible
    if workflow_id in (each.workflow_id for each in offered_now(waiting, used, places)):
        return possible
    reden = "Er is een plaats vrij, maar wie eerder in de rij staat gaat voor."
    return finding(place_for, False, reden, parameters=possible.parameters, facts=possible.facts)


@grounded_in(PRACTICE)
def given_back(on: date, reason: str) -> Finding[bool]:
    """What was given back stays so: whoever wants a place again asks anew."""
    reden = f"Teruggegeven op {on}: {reason.replace('_', ' ')}."
    return finding(given_back, False, reden, facts={"op": on, "reden": reason})


@grounded_in(PRACTICE)
def visit_due(reserved_on: date, law: Law) -> Finding[date | None]:
    """The participant visits the maatwerkbedrijf within a term after the place was reserved."""
    term = law.at("ama.se.bezoek", reserved_on)
    return deadline(reserved_on, term, law, "Het bezoek aan het maatwerkbedrijf is er binnen {}.")


@grounded_in(PRACTICE)
def start_due(reserved_on: date, law: Law) -> Finding[date | None]:
    """The activities start within a term after the place was reserved."""
    term = law.at("ama.se.start", reserved_on)
    return deadline(reserved_on, term, law, "De activiteiten starten binnen {} na de reservatie.")
