"""The days of arbeidsmatige activiteiten put right: what follows, and what the law has to say of the right day."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from models.ama_case import AmaFacts, AmaState
from models.ama_orders import HerzienOrder
from models.ama_verloop import Overeenkomst, Periode, Rechtzetting
from models.findings import Finding
from models.messages import Rechtzetten
from models.phases import AmaGesloten, Begeleid, Gepland, Uitstroom
from rules import ama, ama_einde, ama_evaluaties, ama_wijzigingen, corrections, toestemmingen

START, EINDE = "start", "einde"
OF_AGREEMENT = re.compile(r"overeenkomst/(\d+)\.(start|einde)")
OF_CHANGE = re.compile(r"overeenkomst/(\d+)/wijziging/(\d+)\.vanaf")
WHOLE = "einde"
"""The last day of all of it, once it ended."""
VAPH = "vaph/"
TOO_SHORT = "laat de overeenkomst eindigen voor ze begint"


def findings_against(command: Rechtzetten, state: AmaState) -> Iterator[Finding[Any]]:
    """What the law has to say of a first day, or of days more, as when the agreement was signed.

    What ran before it was entered here was never refused, and is not now; a permission that counted then is enough.
    """
    facts, phase, new = state.facts, state.phase, corrections.as_date(command)
    each = _named(command.veld, facts)
    if each is not None and command.veld.endswith(START):
        if not _entered(each.start, facts):
            then = toestemmingen.as_granted(facts) if each.begonnen else facts
            yield toestemmingen.all_permitted(new, then)
            yield ama.recognised(new, ama_wijzigingen.agreed(each, new).begeleider, facts)
            yield ama.no_vaph(new, each.einde or each.afgesproken_einde, facts)
            yield ama.of_age(new, facts)
    elif each is not None and each.einde is not None and new > each.einde:
        yield ama.no_vaph(each.start, new, facts)
    elif command.veld == WHOLE and isinstance(phase, Uitstroom | AmaGesloten) and new > phase.einde:
        yield ama.no_vaph(facts.eerste_dag or new, new, facts)


def may_come(command: Rechtzetten, state: AmaState) -> bool:
    """Whether the right day may have still to come: of what was agreed and did not begin, or ends before the whole."""
    if OF_CHANGE.fullmatch(command.veld) or command.veld.startswith(VAPH):
        return True
    each = _named(command.veld, state.facts)
    if each is None or not isinstance(state.phase, Gepland | Begeleid):
        return False
    return ama_einde.still_comes(each) if command.veld.endswith(START) else True


def needs_a_look(command: Rechtzetten, state: AmaState) -> bool:
    """Whether the record has a say as well: of another first day, and of days after what was the last one."""
    each = _named(command.veld, state.facts)
    if each is not None and command.veld.endswith(START):
        return each.begonnen
    facts, phase = corrections.corrected_by(CORRECTIONS, command, state)
    now = ama.last_day_of(state)
    later = ama.last_day_of(state.model_copy(update={"facts": facts, "phase": phase}))
    return now is not None and later is not None and later > now


def look(right: Rechtzetting, state: AmaState, workflow_id: str) -> HerzienOrder:
    """What the record is asked about a day that was put right: the days that there are now."""
    facts = state.facts
    each = _named(right.veld, facts) if right.veld.endswith(START) else None
    first = facts.eerste_dag or date.fromisoformat(right.nieuw)
    start = each.start if each else first
    organisation = ama_wijzigingen.agreed(each, start).begeleider if each else facts.trekker.organisatie
    return HerzienOrder(
        workflow_id=workflow_id,
        reference=facts.reference,
        variant=facts.variant,
        organisatie=organisation,
        start=start,
        tot=ama.last_day_of(state),
        eerste_dag=first,
        erkenning=each is not None and not _entered(date.fromisoformat(right.oud), facts),
    )


def _named(veld: str, facts: AmaFacts) -> Overeenkomst | None:
    match = OF_AGREEMENT.fullmatch(veld)
    return next((e for e in facts.overeenkomsten if match and e.nummer == int(match[1])), None)


def _entered(start: date, facts: AmaFacts) -> bool:
    return facts.ingestapt_op is not None and start < facts.ingestapt_op


def _agreement(command: Rechtzetten, state: AmaState, number: str, field: str) -> Any:
    """The first or last day of an agreement put right: every anniversary follows, and the last day of the whole."""
    facts, found = state.facts, _named(command.veld, state.facts)
    if found is None:
        raise corrections.NotCorrectable("veld", "noemt een overeenkomst die er niet is")
    if field == EINDE and found.einde is None:
        told = "is nog niet bekend; gebruik overeenkomst_beeindigen of ama_beeindigen"
        raise corrections.NotCorrectable("veld", told)
    if not found.begonnen and not ama_einde.still_comes(found):
        raise corrections.NotCorrectable("veld", "noemt een overeenkomst die niet begint")
    corrections.same(command, getattr(found, field))
    new = found.model_copy(update={field: corrections.as_date(command)})
    last = new.einde or new.afgesproken_einde
    if last is not None and last < new.start:
        raise corrections.NotCorrectable("nieuw", TOO_SHORT)
    facts = ama_evaluaties.recounted(_with(facts, new), state)
    phase = state.phase
    if field == EINDE and found.begonnen and isinstance(phase, Uitstroom | AmaGesloten):
        begun = (each for each in facts.overeenkomsten if each.begonnen)
        return _ended(max(each.einde or phase.einde for each in begun), facts, phase)
    if isinstance(phase, Gepland) and field == START:
        return facts, Gepland(start=new.start)
    return (_planned(found, facts) if isinstance(phase, Begeleid) else facts), phase


def _planned(before: Overeenkomst, facts: AmaFacts) -> AmaFacts:
    """What was planned because the last agreement ends follows the last day of that one."""
    planned, last = facts.gepland_einde, ama_einde.takes_along(facts).value
    if planned is None or last is None or planned.einde != before.einde or planned.oorzaak != "werkpost":
        return facts
    return facts.model_copy(update={"gepland_einde": planned.model_copy(update={"einde": last})})


def _whole(command: Rechtzetten, state: AmaState) -> Any:
    """The last day of the whole put right: every agreement that ended with it follows."""
    phase, facts = state.phase, state.facts
    if not isinstance(phase, Uitstroom | AmaGesloten):
        raise corrections.NotCorrectable("veld", "kan nu niet: de begeleiding is niet geëindigd")
    corrections.same(command, phase.einde)
    last = corrections.as_date(command)
    for each in facts.overeenkomsten:
        if not each.begonnen or each.start > phase.einde:
            continue
        if last < each.start:
            raise corrections.NotCorrectable("nieuw", TOO_SHORT)
        if each.einde == phase.einde:
            facts = _with(facts, each.model_copy(update={"einde": last}))
        elif each.einde is not None and last < each.einde:
            raise corrections.NotCorrectable("nieuw", "ligt voor de laatste dag van een overeenkomst")
    return _ended(last, facts, phase)


def _with(facts: AmaFacts, new: Overeenkomst) -> AmaFacts:
    known = tuple(new if each.nummer == new.nummer else each for each in facts.overeenkomsten)
    return facts.model_copy(update={"overeenkomsten": known})


def _ended(last: date, facts: AmaFacts, phase: Uitstroom | AmaGesloten) -> tuple[AmaFacts, Any]:
    """The whole ended on this day: what was planned was planned for it."""
    death = phase.overlijden if isinstance(phase, AmaGesloten) else None
    if death is not None and last > death.overleden_op:
        raise corrections.NotCorrectable("nieuw", "ligt na het overlijden")
    planned = facts.gepland_einde
    if planned is not None and planned.einde == phase.einde:
        facts = facts.model_copy(update={"gepland_einde": planned.model_copy(update={"einde": last})})
    return facts, phase.model_copy(update={"einde": last})


def _change(command: Rechtzetten, state: AmaState, number: str, which: str) -> Any:
    """The day from which a change counts put right, also when that day came already."""
    known = {each.nummer: each for each in state.facts.overeenkomsten}
    each = known.get(int(number))
    change = next((c for c in each.wijzigingen if c.nummer == int(which)), None) if each else None
    if each is None or change is None:
        raise corrections.NotCorrectable("veld", "noemt een wijziging die er niet is")
    corrections.same(command, change.vanaf)
    vanaf = corrections.as_date(command)
    if vanaf < each.start or (each.einde is not None and vanaf > each.einde):
        raise corrections.NotCorrectable("nieuw", "ligt buiten de dagen van de overeenkomst")
    return _with(
        state.facts, ama_wijzigingen.put_right(each, change.nummer, vanaf, command.datum)
    ), state.phase


def _vaph(command: Rechtzetten, state: AmaState, number: str, field: str) -> Any:
    """A day of support by the VAPH put right; the first day of the next number is a period that nobody told yet."""
    periods = dict(enumerate(state.facts.vaph, start=1))
    n, day = int(number), corrections.as_date(command)
    known = periods.get(n)
    if known is None and (n, field) != (len(periods) + 1, "van"):
        raise corrections.NotCorrectable("veld", "noemt een periode die er niet is")
    corrections.same(command, getattr(known, field) if known else None)
    new = known.model_copy(update={field: day}) if known else Periode(van=day)
    if new.tot is not None and new.tot < new.van:
        raise corrections.NotCorrectable("nieuw", "laat de ondersteuning eindigen voor ze begint")
    vaph = tuple((periods | {n: new}).values())
    return state.facts.model_copy(update={"vaph": vaph}), state.phase


def falls_beside_vaph(command: Rechtzetten, state: AmaState) -> bool:
    """Whether what runs turns out to be beside support by the VAPH: somebody has to look, nothing ends by itself."""
    facts = state.facts
    if not command.veld.startswith(VAPH) or not isinstance(state.phase, Begeleid):
        return False
    return ama.no_vaph(facts.eerste_dag or facts.start, ama.last_day_of(state), facts).value is not None


CORRECTIONS: tuple[tuple[str, Callable[..., Any]], ...] = (
    (OF_AGREEMENT.pattern, _agreement),
    (OF_CHANGE.pattern, _change),
    (WHOLE, _whole),
    (rf"{VAPH}(\d+)\.(van|tot)", _vaph),
    corrections.REST,
    *corrections.OF_EVERY_STORY,
)
"""The facts of arbeidsmatige activiteiten that can be put right."""
