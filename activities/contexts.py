"""From the facts of an order to a template and its context: every name and date in its place."""

from typing import NamedTuple

from activities import ama_contexts, intake_contexts, letter_contexts, plan_contexts, report_contexts
from activities.directory import Directory
from activities.letter_contexts import teambrief
from activities.report_contexts import report
from models import documents as d
from models.documents import DocumentOrder
from models.errors import Permanent
from models.letters import Letter
from models.printed import Printed


class Drawn(NamedTuple):
    """A template by its name and the context it prints."""

    template: str
    context: Printed


class NotDrawnHere(Permanent):
    """A statement of money is drawn up with the amounts of the moment, in `money_contexts`."""


def draw(order: DocumentOrder, directory: Directory) -> Drawn:
    """The template and context of an order; raises DocumentIncomplete when the record lacks something."""
    context = _of_kind(order, directory) or _letter(order, directory) or _report(order, directory)
    folder = "letters" if isinstance(context, Letter) else "reports"
    return Drawn(f"{folder}/{order.facts.soort}.nl.html.j2", context)


def _of_kind(order: DocumentOrder, directory: Directory) -> Printed | None:
    """What one kind of trajectory draws up by itself."""
    return intake_contexts.draw(order, directory) or ama_contexts.draw(order, directory)


def _letter(order: DocumentOrder, directory: Directory) -> Printed | None:
    facts = order.facts
    match facts:
        case d.KennismakingTandem():
            return letter_contexts.kennismaking(teambrief(order, directory, facts.team), facts)
        case d.PlanKopie():
            return plan_contexts.plan_kopie(teambrief(order, directory, facts.team), facts, directory)
        case d.Stopzetting():
            return letter_contexts.stopzetting(teambrief(order, directory, facts.team), facts)
        case d.WeigeringVerlenging():
            base = teambrief(order, directory, facts.team)
            return letter_contexts.weigering_verlenging(base, facts, directory)
        case d.EindadviesKopie():
            base = teambrief(order, directory, facts.team)
            return letter_contexts.eindadvies_kopie(base, facts, directory)
    return None


def _report(order: DocumentOrder, directory: Directory) -> Printed:
    facts = order.facts
    if isinstance(facts, intake_contexts.DRAWN):
        raise NotDrawnHere(f"{facts.soort}: wordt in intake_contexts opgemaakt")
    if isinstance(facts, ama_contexts.DRAWN):
        raise NotDrawnHere(f"{facts.soort}: wordt in ama_contexts opgemaakt")
    base = report(order, directory, facts.team)
    match facts:
        case d.Trajectplan():
            return plan_contexts.trajectplan(base, facts, directory)
        case d.TrajectplanCoordinator():
            return plan_contexts.for_coordinator(base, facts, directory)
        case d.Reviewverslag():
            return report_contexts.reviewverslag(base, facts, directory)
        case d.Pakketevaluatie():
            return report_contexts.pakketevaluatie(base, facts, directory)
        case d.Overdrachtsfiche():
            return report_contexts.overdrachtsfiche(base, facts, directory)
        case d.Eindverslag():
            return report_contexts.eindverslag(base, facts)
        case d.Eindadvies():
            return report_contexts.eindadvies(base, facts, directory)
        case d.Slotnota():
            return report_contexts.slotnota(base, facts)
    raise NotDrawnHere(f"{facts.soort}: een staat van bedragen wordt met de bedragen opgemaakt")
