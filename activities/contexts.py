"""From the facts of an order to the context of a template: every name and date in its place."""

from typing import NamedTuple

from activities.directory import Directory, full_name
from models import documents, letters, reports
from models.actors import Actor, Rol, Team
from models.documents import DocumentOrder
from models.messages import Actie, PlanAkkoord
from models.printed import Contact, Printed, Waarom

ZELF = {"ik", "ikzelf", "ik zelf", "zelf", "deelnemer", "de deelnemer"}
"""How a plan says that an action has no provider but the participant."""


class Drawn(NamedTuple):
    """A template by its name and the context it prints."""

    template: str
    context: Printed


def draw(order: DocumentOrder, directory: Directory) -> Drawn:
    """The template and context of an order; raises DocumentIncomplete when the record lacks something."""
    match order.facts:
        case documents.KennismakingTandem() as facts:
            return Drawn("letters/kennismaking_tandem.nl.html.j2", _kennismaking(order, facts, directory))
        case documents.Trajectplan() as facts:
            return Drawn("reports/trajectplan.nl.html.j2", _trajectplan(order, facts, directory))
        case documents.Reviewverslag() as facts:
            return Drawn("reports/reviewverslag.nl.html.j2", _reviewverslag(order, facts, directory))
        case documents.Eindverslag() as facts:
            return Drawn("reports/eindverslag.nl.html.j2", _eindverslag(order, facts, directory))
        case documents.Slotnota() as facts:
            return Drawn("reports/slotnota.nl.html.j2", _slotnota(order, facts, directory))


def _kennismaking(
    order: DocumentOrder, facts: documents.KennismakingTandem, directory: Directory
) -> letters.KennismakingTandem:
    return letters.KennismakingTandem(
        kenmerk=order.reference,
        datum=order.as_of,
        geadresseerden=directory.addressees(),
        deelnemer=full_name(directory.person()),
        casemanagers=directory.team(facts.team),
        klachten=_klachten(facts, directory),
    )


def _klachten(facts: documents.KennismakingTandem, directory: Directory) -> tuple[Contact, ...]:
    tandem = (facts.team.casemanager_werk, facts.team.casemanager_zorg)
    next_in_line = [facts.team.leiding.get(member.organisatie) for member in tandem]
    return tuple(directory.contact(actor, "Teamcoördinator") for actor in next_in_line if actor)


def _report(order: DocumentOrder, directory: Directory, team: Team | None) -> reports.Report:
    person = directory.person()
    return reports.Report(
        kenmerk=order.reference,
        datum=order.as_of,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        casemanagers=directory.team(team) if team else (),
    )


def _trajectplan(
    order: DocumentOrder, facts: documents.Trajectplan, directory: Directory
) -> reports.Trajectplan:
    plan = facts.plan
    return reports.Trajectplan(
        **dict(_report(order, directory, facts.team)),
        doel=plan.doel,
        dit_doe_ik=tuple(_own(actie, directory) for actie in plan.acties),
        dit_doen_anderen=_others(plan, directory),
        start=plan.start,
        einde=facts.einde.value,
        einde_waarom=Waarom.of(facts.einde),
        periodiciteit_maanden=plan.periodiciteit_maanden,
        evaluaties=facts.evaluaties,
        afspraken=plan.afspraken,
        akkoord_op=plan.datum,
        vorm=plan.vorm,
        toegelicht_door=_explainer(plan.namens or plan.door, directory),
    )


def _own(actie: Actie, directory: Directory) -> reports.EigenActie:
    alone = actie.dienstverlener.casefold() in ZELF
    met = None if alone else directory.provider(actie.dienstverlener)
    return reports.EigenActie(omschrijving=actie.omschrijving, domein=actie.domein, met=met)


def _others(plan: PlanAkkoord, directory: Directory) -> tuple[reports.AndermansAandeel, ...]:
    """What each provider does, providers in the order in which the plan names them first."""
    shares: dict[str, list[str]] = {}
    for actie in plan.acties:
        own = _own(actie, directory)
        if own.met:
            shares.setdefault(own.met, []).append(own.omschrijving)
    return tuple(reports.AndermansAandeel(wie=who, wat=tuple(what)) for who, what in shares.items())


def _explainer(actor: Actor | None, directory: Directory) -> str | None:
    """The professional who explained the plan; operations only wrote it down."""
    if actor is None or actor.rol in (Rol.DEELNEMER, Rol.OPERATIES):
        return None
    return directory.contact(actor, "Toegelicht door").naam


def _reviewverslag(
    order: DocumentOrder, facts: documents.Reviewverslag, directory: Directory
) -> reports.Reviewverslag:
    return reports.Reviewverslag(
        **dict(_report(order, directory, facts.team)),
        nummer=facts.nummer,
        gehouden_op=facts.review.datum,
        voorzien_op=facts.voorzien_op.value,
        voorzien_waarom=Waarom.of(facts.voorzien_op),
        eigen_woorden=facts.review.eigen_woorden,
        acties=facts.review.acties,
        vervolg=facts.review.vervolg,
        volgende_op=facts.volgende.value if facts.volgende else None,
        volgende_waarom=Waarom.of(facts.volgende) if facts.volgende else None,
    )


def _eindverslag(
    order: DocumentOrder, facts: documents.Eindverslag, directory: Directory
) -> reports.Eindverslag:
    verslag = facts.verslag
    return reports.Eindverslag(
        **dict(_report(order, directory, facts.team)),
        vorm=verslag.vorm,
        start=facts.plan.start if facts.plan else None,
        einde=facts.einde,
        doel=facts.plan.doel if facts.plan else None,
        evaluaties=facts.reviews,
        acties=verslag.acties,
        resultaten=verslag.resultaten,
        informatie_team=verslag.informatie_team,
        informatie_dienstverleners=verslag.informatie_dienstverleners,
        gesprek=verslag.gesprek,
        alinea_deelnemer=verslag.alinea_deelnemer,
        eindadvies=verslag.eindadvies,
    )


def _slotnota(order: DocumentOrder, facts: documents.Slotnota, directory: Directory) -> reports.Slotnota:
    return reports.Slotnota(
        **dict(_report(order, directory, facts.team)),
        overleden_op=facts.overleden_op,
        notitie=facts.nota.notitie,
    )
