"""Towards the end: the beslispunt, VDAB's decision on an exceptional extension, and what comes before a stop."""

from datetime import date

from models.case import Facts
from models.findings import Finding, Verdict
from models.law import Law
from rules.calendar import add_term, last_day, next_working_day
from rules.grounded import D2022, PRACTICE, finding, grounded_in

OWN_WISH = ("op_vraag", "verhuisd", "ander_aanbod", "gezondheid")
"""The reasons that are the participant's own, which no talk has to precede."""
HELPER = "hulpverlener"
"""The way of reaching somebody by asking their helper; it is no channel of its own."""


@grounded_in(D2022.article(11))
def decision_point(end: Finding[date], law: Law) -> Finding[date | None]:
    """Some weeks before the end people decide: finish, lengthen, or ask VDAB for more."""
    before = law.at("activering.beslispunt", end.value)
    return finding(
        decision_point,
        add_term(end.value, -before.term(), law),
        f"Wat er na het plan komt wordt {before.value} voor het einde beslist.",
        parameters=(*end.parameters, before),
        facts=end.facts | {"einde": str(end.value)},
    )


@grounded_in(D2022.article(11))
def decision_point_due(end: Finding[date], opened_on: date, law: Law) -> Finding[date | None]:
    """In time to ask for an exceptional extension, and never without some days to decide."""
    before = law.at("activering.verlenging_vragen", end.value)
    least = law.at("activering.beslispunt_min", opened_on)
    latest = max(add_term(end.value, -before.term(), law), add_term(opened_on, least.term(), law))
    return finding(
        decision_point_due,
        next_working_day(latest, law),
        f"Een uitzonderlijke verlenging wordt minstens {before.value} voor het einde gevraagd.",
        parameters=(*end.parameters, before, least),
        facts=end.facts | {"einde": str(end.value), "gevraagd vanaf": str(opened_on)},
    )


@grounded_in(D2022.article(11))
def extension_due(asked_on: date, end: Finding[date], law: Law) -> Finding[date | None]:
    """VDAB decides within a term, and some days before the end."""
    term = law.at("activering.verlenging_beslissen", asked_on)
    before = law.at("activering.verlenging_voor_einde", asked_on)
    by_term = add_term(asked_on, term.term(), law)
    by_end = max(add_term(end.value, -before.term(), law), asked_on)
    return finding(
        extension_due,
        next_working_day(min(by_term, by_end), law),
        f"VDAB beslist binnen {term.value}, en minstens {before.value} voor het einde.",
        parameters=(term, before),
        facts={"gevraagd op": asked_on, "einde": end.value},
    )


@grounded_in(PRACTICE)
def prepared_stop(oorzaak: str, facts: Facts) -> Finding[bool]:
    """A stop that is not the participant's wish comes after a motivating and a confronting talk."""
    held = {step.stap for step in facts.stopgesprekken}
    prepared = oorzaak in OWN_WISH or oorzaak == "geen_contact" or {"motiverend", "confronterend"} <= held
    return finding(
        prepared_stop,
        prepared,
        "Voor een stopzetting komen een motiverend en een confronterend gesprek.",
        facts={"gesprekken": ", ".join(sorted(held)) or "geen", "oorzaak": oorzaak},
        verdict=Verdict.OK if prepared else Verdict.ZACHT,
    )


@grounded_in(PRACTICE)
def tried_to_reach(facts: Facts, einde: date, law: Law) -> Finding[bool]:
    """A stop for lack of contact comes after enough weeks, attempts and ways, and after asking the helper."""
    weeks, times, ways = (law.at(f"stop.{name}", einde) for name in ("duur", "pogingen", "kanalen"))
    spoken = max((attempt.op for attempt in facts.pogingen if attempt.gelukt), default=date.min)
    failed = [attempt for attempt in facts.pogingen if not attempt.gelukt and attempt.op > spoken]
    by = {attempt.kanaal for attempt in failed}
    since = min((attempt.op for attempt in failed), default=einde)
    enough = (
        add_term(since, weeks.term(), law) <= einde
        and len(failed) >= times.number()
        and len(by - {HELPER}) >= ways.number()
        and HELPER in by
    )
    return finding(
        tried_to_reach,
        enough,
        f"Zonder contact stoppen kan na {weeks.value}, {times.value} pogingen langs {ways.value} wegen, "
        "en nadat de hulpverlener is gevraagd.",
        parameters=(weeks, times, ways),
        facts={"pogingen": len(failed), "wegen": ", ".join(sorted(by)) or "geen", "sinds": since},
        verdict=Verdict.OK if enough else Verdict.ZACHT,
    )


@grounded_in(D2022.article(11))
def early_stop(einde: date, facts: Facts, law: Law) -> Finding[bool]:
    """A trajectory may stop before its minimum length; that is marked."""
    minimum = law.at("activering.duur_min", facts.start)
    early = einde < last_day(facts.start, minimum.term(), law)
    reden = f"Het traject stopt voor het {minimum.value} geduurd heeft; dat mag, en staat gemerkt."
    return finding(
        early_stop,
        early,
        reden if early else f"Het traject heeft minstens {minimum.value} geduurd.",
        parameters=(minimum,),
        facts={"start": facts.start, "einde": einde},
    )
