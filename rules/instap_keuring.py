"""What is impossible in the entry of a running trajectory, and what the law says of it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from models.findings import Finding
from models.instap import Instap, Instapplan, Opschorting
from models.law import Law, UnknownParameter
from rules import activering, begeleiding
from rules.objections import NO_REVIEW
from rules.rulebook import Complaint

OUTSIDE = "ligt voor de start van het traject of in de toekomst"
WITHOUT_PLAN = "kan niet zonder plan"
UNKNOWN_DAY = "noemt een dag die het dossier niet kent"


class Weighed(NamedTuple):
    """What the law or the agreements have to say of one field of an entry."""

    veld: str
    finding: Finding[Any]


def complaints(instap: Instap, law: Law, op: date) -> Iterator[Complaint]:
    """What is impossible in an entry of that day, field by field; it repeats no value."""
    if instap.start >= op:
        yield Complaint("start", "ligt niet in het verleden")
    elif not _has_law(instap.start, law):
        yield Complaint("start", "ligt voor de eerste dag waarvoor de parameters gekend zijn")
    else:
        yield from _request_complaints(instap, law)
        yield from _person_complaints(instap)
        for veld, day in _past_days(instap):
            if not instap.start <= day <= op:
                yield Complaint(veld, OUTSIDE)
        yield from rest_complaints(instap.opschortingen, law)
        yield from _plan_complaints(instap, law)


def weighed(instap: Instap, law: Law) -> Iterator[Weighed]:
    """What the law says of an entry: hard findings refuse it, soft ones are shown and kept with it."""
    werk, zorg = instap.casemanager_werk.organisatie, instap.casemanager_zorg.organisatie
    yield Weighed("casemanager_zorg.organisatie", activering.separate_organisations(werk, zorg))
    if (plan := instap.plan) is None:
        return
    granted = instap.toegestaan.einde if instap.toegestaan else None
    yield Weighed("plan.einde", activering.plan_length(plan.start, plan.einde, law, granted))
    if instap.verlengd:
        later = plan.einde + timedelta(days=instap.verlengd)
        yield Weighed("verlengd", activering.plan_length(plan.start, later, law, granted))
    usual = activering.usual_periodicity(plan.periodiciteit_maanden, plan.start, law)
    yield Weighed("plan.periodiciteit_maanden", usual)
    for n, actie in enumerate(plan.acties):
        if (length := begeleiding.stage_length(actie, law)) is not None:
            yield Weighed(f"plan.acties.{n}.tot", length)


def _has_law(start: date, law: Law) -> bool:
    try:
        return bool(law.at("activering.duur_max", start))
    except UnknownParameter:
        return False


def _request_complaints(instap: Instap, law: Law) -> Iterator[Complaint]:
    """A request comes before its trajectory, and not before the first decree that a regime is known of."""
    asked = instap.aangevraagd_op
    if asked is None:
        return
    if asked > instap.start:
        yield Complaint("aangevraagd_op", "ligt na de start van het traject")
    elif asked < min(p.geldig_van for p in law.parameters if p.name == "aanvraag.regime"):
        yield Complaint("aangevraagd_op", "ligt voor het eerste decreet dat de parameters kennen")


def _person_complaints(instap: Instap) -> Iterator[Complaint]:
    if instap.persoon.geboortedatum > instap.start:
        yield Complaint("persoon.geboortedatum", "ligt na de start van het traject")
    keys = [(statuut.code, statuut.van) for statuut in instap.statuut]
    if len(keys) != len(set(keys)):
        yield Complaint("statuut", "noemt twee keer dezelfde code vanaf dezelfde dag")


def _past_days(instap: Instap) -> Iterator[tuple[str, date]]:
    """Every day on which something is said to have happened, by its field."""
    days: dict[str, date | None] = {
        "toegewezen_op": instap.toegewezen_op,
        "eerste_gesprek": instap.eerste_gesprek,
        "beslispunt": instap.beslispunt,
        **{f"geinformeerd.{punt}": day for punt, day in instap.geinformeerd.items()},
        **{f"evaluaties.{n}": day for n, day in instap.evaluaties.items()},
        **{f"metingen.{n}.op": waarde.op for n, waarde in enumerate(instap.metingen)},
    }
    for n, rest in enumerate(instap.opschortingen):
        days |= {f"opschortingen.{n}.van": rest.van, f"opschortingen.{n}.tot": rest.tot}
    if instap.toegestaan:
        days["toegestaan.gevraagd_op"] = instap.toegestaan.gevraagd_op
    if instap.plan:
        days |= {"plan.start": instap.plan.start, "plan.akkoord_op": instap.plan.datum}
    yield from ((veld, day) for veld, day in days.items() if day is not None)


def rest_complaints(told: Sequence[Opschorting], law: Law) -> Iterator[Complaint]:
    """What is impossible in the suspensions of an entry."""
    for n, rest in enumerate(told):
        if rest.tot is not None and rest.tot <= rest.van:
            yield Complaint(f"opschortingen.{n}.tot", "ligt niet na van")
        if rest.tot is not None and rest.verwacht is not None:
            yield Complaint(f"opschortingen.{n}.verwacht", "hoort bij een opschorting die nog loopt")
        if rest.verwacht is not None and not rest.van < rest.verwacht <= law.horizon:
            yield Complaint(f"opschortingen.{n}.verwacht", UNKNOWN_DAY)
    in_order = sorted(enumerate(told), key=lambda numbered: numbered[1].van)
    for (_, before), (n, after) in pairwise(in_order):
        if before.tot is None or after.van < before.tot:
            yield Complaint(f"opschortingen.{n}.van", "valt in een eerdere opschorting")


def _plan_complaints(instap: Instap, law: Law) -> Iterator[Complaint]:
    plan = instap.plan
    if plan is None:
        needing = ("verlengd", "toegestaan", "evaluaties", "beslispunt")
        yield from (Complaint(veld, WITHOUT_PLAN) for veld in needing if getattr(instap, veld))
        return
    if plan.einde <= max(plan.start, plan.datum):
        yield Complaint("plan.einde", "ligt niet na de start en het akkoord")
    if not activering.can_be_reviewed(plan, plan.start, law):
        yield Complaint("plan.periodiciteit_maanden", NO_REVIEW)
    first = min((off.dag for off in law.days_off), default=instap.start)
    for n, actie in enumerate(plan.acties):
        for veld, day in (("van", actie.van), ("tot", actie.tot)):
            if day is not None and not first <= day <= law.horizon:
                yield Complaint(f"plan.acties.{n}.{veld}", UNKNOWN_DAY)
    if instap.toegestaan and instap.toegestaan.einde <= activering.latest_end(plan.start, law).value:
        yield Complaint("toegestaan.einde", "ligt binnen de maximale duur; daarvoor volstaat verlengd")
    held = sorted(instap.evaluaties.items())
    for (_, before), (n, after) in pairwise(held):
        if after <= before:
            yield Complaint(f"evaluaties.{n}", "ligt niet na de evaluatie ervoor")
    if held and held[-1][0] * plan.periodiciteit_maanden > _longest(plan, law):
        yield Complaint(f"evaluaties.{held[-1][0]}", "zoveel evaluaties telt geen enkel traject")


def _longest(plan: Instapplan, law: Law) -> int:
    return law.at("activering.duur_max", plan.start).term().amount
