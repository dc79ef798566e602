"""What is said against a line of money: the line stays as it is, and somebody decides."""

from collections.abc import Callable, Mapping

from models.documents import Vergoedingsstaat
from models.findings import Finding, Verdict
from models.law import Parameter
from models.vergoedingsstaat import MINIMUMDUUR, Bedragen
from models.verloop import Betwisting
from rules.calendar import last_day
from rules.grounded import PRACTICE, finding, grounded_in
from rules.vergoedingen import day_text


@grounded_in(PRACTICE)
def disputed(betwisting: Betwisting) -> Finding[str]:
    """A line that somebody disputes stays as it is, with the reason beside it."""
    waarom = betwisting.waarom.strip().rstrip(".")
    return _soft(disputed, f"{waarom} (gezegd op {day_text(betwisting.op)})", {"gezegd op": betwisting.op})


@grounded_in(PRACTICE)
def without_network() -> Finding[str]:
    """Where the plan asks nothing of the network, its line stays: the decree gives it for each trajectory."""
    return _soft(without_network, "het plan heeft geen acties van het netwerk", {})


@grounded_in(PRACTICE)
def ended_early(facts: Vergoedingsstaat, bedragen: Bedragen) -> Finding[str] | None:
    """A trajectory shorter than the minimum keeps its lines, with a remark."""
    least = bedragen.at(MINIMUMDUUR, facts.start)
    if facts.einde >= last_day(facts.start, least.term(), bedragen):
        return None
    told = {"start": facts.start, "einde": facts.einde}
    return _soft(ended_early, f"het traject duurde minder dan {least.value}", told, least)


@grounded_in(PRACTICE)
def after_death() -> Finding[str]:
    """A trajectory that ended by death keeps its lines, with a remark."""
    return _soft(after_death, "het traject eindigde door een overlijden", {})


@grounded_in(PRACTICE)
def unassigned(facts: Vergoedingsstaat) -> Finding[str] | None:
    """A trajectory that ended before anybody was assigned keeps its lines, with a remark."""
    if facts.tandems or facts.team:
        return None
    return _soft(unassigned, "er was nog geen team toegewezen", {})


def _soft(
    rule: Callable[..., object], waarom: str, facts: Mapping[str, object], *parameters: Parameter
) -> Finding[str]:
    return finding(
        rule,
        f"betwistbaar: {waarom}",
        f"Betwistbaar: {waarom}. De lijn blijft staan.",
        parameters=parameters,
        facts=facts,
        verdict=Verdict.ZACHT,
    )
