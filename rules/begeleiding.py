"""The dates of accompanying somebody: first talk, informing, offers, packages, long rests, measurements, nazorg."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

from models.actie import Actie
from models.begeleiding import Informatiepunt, Uitkomst
from models.case import Facts
from models.findings import Finding, Verdict
from models.law import Law, Parameter, Term
from models.verloop import ActieStand, Meting
from rules import ledger as clock
from rules.calendar import add_term, last_day, next_working_day
from rules.grounded import D2022, PRACTICE, finding, grounded_in

SIX_POINTS: tuple[Informatiepunt, ...] = get_args(Informatiepunt)
PAID: tuple[Uitkomst, ...] = (
    "betaald_werk_regulier",
    "betaald_werk_met_ondersteuning",
    "individueel_maatwerk",
    "collectief_maatwerk",
    "lokale_diensteneconomie",
    "artikel_60",
)
"""The outcomes that are paid work, after which nazorg makes sense."""
OF_WORK = ("werk", "competentie")
"""The domains that the casemanager werk follows up; the others are of the casemanager zorg."""


@grounded_in(PRACTICE)
def deadline(on: date, parameter: Parameter, law: Law, sentence: str) -> Finding[date | None]:
    """A day to act so long after another: it moves to the next working day."""
    return finding(
        deadline,
        next_working_day(add_term(on, parameter.term(), law), law),
        sentence.format(parameter.value),
        parameters=(parameter,),
        facts={"vanaf": on},
    )


@grounded_in(D2022.article("14 §2 2°"))
def first_talk_due(facts: Facts, law: Law) -> Finding[date | None]:
    """The first talk follows within a term after the assignment."""
    on = facts.toegewezen_op or facts.start
    term = law.at("activering.eerste_gesprek", on)
    return _moved(
        first_talk_due, facts, on, term, law, "Het eerste gesprek is er binnen {} na de toewijzing."
    )


@grounded_in(D2022.article("14 §2 2°"))
def informing_due(facts: Facts, law: Law) -> Finding[date | None]:
    """The participant knows the six points within a term after the assignment."""
    on = facts.toegewezen_op or facts.start
    term = law.at("activering.informeren", on)
    return _moved(
        informing_due,
        facts,
        on,
        term,
        law,
        "De deelnemer kent de zes onderwerpen binnen {} na de toewijzing.",
    )


@grounded_in(D2022.article("14 §2 2°"))
def still_to_tell(facts: Facts) -> tuple[Informatiepunt, ...]:
    """Which of the six points the participant was not told yet."""
    return tuple(point for point in SIX_POINTS if point not in facts.geinformeerd)


@grounded_in(D2022.article(18))
def offer_due(opened_on: date, law: Law) -> Finding[date | None]:
    """A provider says within a term whether there is a place."""
    parameter = law.at("activering.aanbod_antwoord", opened_on)
    return _after(offer_due, opened_on, parameter, law, "Een dienstverlener antwoordt binnen {}.")


@grounded_in(PRACTICE)
def asked_again(on: date, law: Law) -> Finding[date | None]:
    """A provider without a place is asked again after a while, when the tandem waits for it."""
    term = law.at("activering.actie_opnieuw", on)
    return _after(asked_again, on, term, law, "Wie op een plaats wacht, vraagt ze na {} opnieuw.")


@grounded_in(D2022.article("15, 4°"))
def package_end(stand: ActieStand, law: Law) -> Finding[date]:
    """A welzijnspakket lasts its number of months from its own first talk."""
    assert stand.pakket_vanaf is not None
    length = law.at(f"pakket.{stand.actie.pakket}", stand.pakket_vanaf)
    return finding(
        package_end,
        last_day(stand.pakket_vanaf, length.term(), law),
        f"Een {stand.actie.pakket} welzijnstraject duurt {length.value} vanaf zijn eerste gesprek.",
        parameters=(length,),
        facts={"eerste gesprek": stand.pakket_vanaf},
    )


@grounded_in(PRACTICE)
def package_fits(stand: ActieStand, end: date, law: Law) -> Finding[bool]:
    """A welzijnspakket ends within the trajectory; one that does not asks for a reason."""
    until = package_end(stand, law)
    fits = until.value <= end
    return finding(
        package_fits,
        fits,
        f"Het pakket loopt tot {until.value:%d-%m-%Y}, het traject tot {end:%d-%m-%Y}.",
        parameters=until.parameters,
        facts={**until.facts, "einde": end},
        verdict=Verdict.OK if fits else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def package_region(werkingsgebied: str, on: date, law: Law) -> Finding[bool]:
    """The welzijnspakketten exist in one werkingsgebied; elsewhere one asks for a reason."""
    region = law.at("pakket.regio", on)
    there = werkingsgebied == region.value
    return finding(
        package_region,
        there,
        f"De welzijnspakketten bestaan in {region.value}.",
        parameters=(region,),
        facts={"werkingsgebied": werkingsgebied},
        verdict=Verdict.OK if there else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def stage_length(actie: Actie, law: Law) -> Finding[bool] | None:
    """A werkervaringsstage has a maximum length; a longer one asks for a reason."""
    if (
        actie.werkplek is None
        or not actie.werkplek.werkervaringsstage
        or actie.van is None
        or actie.tot is None
    ):
        return None
    maximum = law.at("activering.stage_max", actie.van)
    latest = last_day(actie.van, maximum.term(), law)
    return finding(
        stage_length,
        actie.tot <= latest,
        f"Een werkervaringsstage duurt hoogstens {maximum.value}: tot {latest:%d-%m-%Y}.",
        parameters=(maximum,),
        facts={"van": actie.van, "tot": actie.tot},
        verdict=Verdict.OK if actie.tot <= latest else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def long_rest(since: date, name: str, law: Law) -> Finding[date | None]:
    """After so long a suspension people talk about it, later somebody decides; nothing stops by itself."""
    term = law.at(name, since)
    return finding(
        long_rest,
        add_term(since, term.term(), law),
        f"De opschorting duurt dan {term.value}; niets stopt vanzelf.",
        parameters=(term,),
        facts={"opgeschort van": since},
    )


@grounded_in(PRACTICE)
def measurement_due(month: int, facts: Facts, law: Law) -> Finding[date | None]:
    """A measurement is taken within a window after its moment."""
    window = law.at("meting.venster", facts.start)
    moment = measurement_moment(month, facts, law)
    assert moment.value is not None
    return finding(
        measurement_due,
        next_working_day(add_term(moment.value, window.term(), law), law),
        f"De meting van {month} maanden telt tot {window.value} na haar moment.",
        parameters=(window,),
        facts={"moment": moment.value},
    )


@grounded_in(PRACTICE)
def measurement_moment(month: int, facts: Facts, law: Law) -> Finding[date | None]:
    """The day so many months after the first start, for which a measurement is taken."""
    asked = law.at("meting.gevraagd", facts.start)
    return finding(
        measurement_moment,
        add_term(facts.start, Term(amount=month, unit="maanden"), law),
        f"{month} maanden na de eerste start.",
        parameters=(asked,),
        facts={"start": facts.start},
    )


@grounded_in(PRACTICE)
def measurements_to_ask(facts: Facts, law: Law) -> Iterator[int]:
    """The months after the first start for which a value is asked because none is near enough."""
    for term in law.at("meting.gevraagd", facts.start).terms():
        moment = measurement_moment(term.amount, facts, law).value
        assert moment is not None
        if not any(near(meting, moment, law, facts.start) for meting in facts.metingen):
            yield term.amount


@grounded_in(PRACTICE)
def near(meting: Meting, moment: date, law: Law, on: date) -> bool:
    """Whether a value counts for a moment: it was taken within the window around it."""
    window = law.at("meting.venster", on).term()
    return add_term(moment, -window, law) <= meting.op <= add_term(moment, window, law)


@grounded_in(PRACTICE)
def asks_for_another(facts: Facts) -> Finding[bool]:
    """A participant may ask for another case manager once without a reason."""
    first = facts.andere_gevraagd == 0
    return finding(
        asks_for_another,
        first,
        "Een andere casemanager vragen kan één keer zonder reden.",
        facts={"al gevraagd": facts.andere_gevraagd},
        verdict=Verdict.OK if first else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def aftercare(n: int, since: date, law: Law) -> Finding[date | None]:
    """The n-th contact after paid work began."""
    moments = law.at("nazorg.momenten", since)
    term = moments.terms()[n - 1]
    return finding(
        aftercare,
        next_working_day(add_term(since, term, law), law),
        f"Nazorg: een contact {term} na de start van het werk.",
        parameters=(moments,),
        facts={"werk sinds": since},
    )


def _moved(
    rule: object, facts: Facts, on: date, parameter: Parameter, law: Law, sentence: str
) -> Finding[date | None]:
    """A term that rests while the trajectory does."""
    exact = clock.due(on, [parameter.term()], facts.ledger, law)
    return finding(
        rule,  # type: ignore[arg-type]
        next_working_day(exact, law) if exact else None,
        sentence.format(parameter.value),
        parameters=(parameter,),
        facts=clock.explain(on, [parameter.term()], facts.ledger, law),
    )


def _after(rule: object, on: date, parameter: Parameter, law: Law, sentence: str) -> Finding[date | None]:
    return finding(
        rule,  # type: ignore[arg-type]
        next_working_day(add_term(on, parameter.term(), law), law),
        sentence.format(parameter.value),
        parameters=(parameter,),
        facts={"vanaf": on},
    )
