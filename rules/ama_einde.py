"""How the agreements of arbeidsmatige activiteiten end: each for itself, and the last one with the accompaniment."""

from datetime import date

from models.ama_case import AmaFacts
from models.ama_verloop import Overeenkomst
from models.findings import Finding
from rules.grounded import PRACTICE, finding, grounded_in


@grounded_in(PRACTICE)
def takes_along(facts: AmaFacts) -> Finding[date | None]:
    """When one agreement ended as signed, the last day of all of them; none while one has no last day yet."""
    goes_on = any(each.einde is None for each in facts.overeenkomsten)
    theirs = (each.einde for each in facts.overeenkomsten if each.begonnen or still_comes(each))
    ends = [day for day in theirs if day is not None]
    last = None if goes_on else max(ends, default=None)
    told = "Een andere overeenkomst loopt of begint nog." if goes_on else "Geen overeenkomst loopt verder."
    return finding(takes_along, last, told, facts={"overeenkomsten": len(facts.overeenkomsten)})


def cannot_go_on(facts: AmaFacts, today: date) -> str | None:
    """Why the planned last day cannot be taken back; none where something goes on after it."""
    if facts.gepland_einde is None:
        return "er is geen laatste dag gepland"
    if takes_along(facts).value is not None:
        return "geen overeenkomst loopt verder; voeg er eerst een toe of zet haar laatste dag recht"
    for each in facts.overeenkomsten:
        signed = each.afgesproken_einde
        if each.begonnen and each.einde is None and signed is not None and signed < today:
            return f"de afgesproken laatste dag van overeenkomst {each.nummer} is voorbij"
    return None


def still_comes(each: Overeenkomst) -> bool:
    """Whether an agreement has still to begin, also where its end is announced; one without a day never begins."""
    return not each.begonnen and (each.einde is None or each.einde > each.start)


def with_the_whole(each: Overeenkomst, last: date) -> date:
    """The last day of an agreement when the whole ends: never after it; what never began ends before no first day."""
    mine = last if each.einde is None else min(each.einde, last)
    return mine if each.begonnen else max(each.start, mine)
