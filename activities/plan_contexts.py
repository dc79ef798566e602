"""The trajectplan as three readers get it: the participant in full, in short, and the network coordinator."""

from itertools import accumulate
from math import ceil

from activities.directory import Directory
from activities.rendering import dutch_date
from activities.wording import AANBOD, PAKKETTEN, STATUTEN, VERZEKERINGEN, VORMEN, in_short, standing, told
from models import documents, letters, reports
from models.actie import Actie, Werkplek
from models.actors import Actor, Rol
from models.messages import PlanAkkoord
from models.printed import Waarom
from models.verloop import ActieStand

ZELF = {"ik", "ikzelf", "ik zelf", "zelf", "deelnemer", "de deelnemer"}
"""How a plan says that an action has no provider but the participant."""
ZORG = {"zorg", "psycho-educatie"}
GOAL, WHAT, QUOTE = 180, 90, 120
"""How many signs of the goal, of an action and of the participant's own words fit in the letter about the plan."""
LINES, REFUSED_LINES, SIGNS = 6, 2, 95
"""How many lines that letter has for actions, for those not accepted among them, and the signs on a line."""
DAYS = 5
"""How many evaluations that letter names."""


def provider(actie: Actie, directory: Directory) -> str | None:
    """Who provides an action by name; None when the participant does it alone."""
    alone = actie.dienstverlener.casefold() in ZELF
    return None if alone else directory.provider(actie.dienstverlener)


def in_plan(plan: PlanAkkoord, acties: tuple[ActieStand, ...]) -> tuple[ActieStand, ...]:
    """The actions that stand in the plan with their numbers; a plan without a count is counted in its order."""
    counted = acties or tuple(
        ActieStand(nummer=number, actie=actie, sinds=plan.datum)
        for number, actie in enumerate(plan.acties, start=1)
    )
    return tuple(stand for stand in counted if not stand.vervallen)


def trajectplan(
    base: reports.Report, facts: documents.Trajectplan, directory: Directory
) -> reports.Trajectplan:
    """The participant's view: what I do, what others do, and every action in full (art. 15)."""
    plan = facts.plan
    numbered = in_plan(plan, facts.acties)
    agreed = tuple(stand for stand in numbered if stand.actie.aanvaard)
    return reports.Trajectplan(
        **dict(base),
        versie=facts.versie,
        wijziging=facts.wijziging,
        doel=plan.doel,
        acties=tuple(_in_full(stand, directory) for stand in agreed),
        niet_aanvaard=tuple(_in_full(stand, directory) for stand in numbered if not stand.actie.aanvaard),
        dit_doen_anderen=_others(agreed, directory),
        start=plan.start,
        einde=facts.einde.value,
        einde_waarom=Waarom.of(facts.einde),
        periodiciteit_maanden=plan.periodiciteit_maanden,
        evaluaties=facts.evaluaties,
        afspraken=plan.afspraken,
        akkoord_op=facts.akkoord_op or plan.datum,
        vorm=plan.vorm,
        eigen_woorden=plan.eigen_woorden,
        toegelicht_door=_explainer(plan.namens or plan.door, directory),
    )


def _in_full(stand: ActieStand, directory: Directory) -> reports.PlanActie:
    actie = stand.actie
    return reports.PlanActie(
        nummer=stand.nummer,
        omschrijving=actie.omschrijving,
        domein=actie.domein,
        vorm=VORMEN[actie.activeringsvorm] if actie.activeringsvorm else None,
        soort=told(actie),
        aanbod=_offer(actie),
        met=provider(actie, directory),
        plaats=actie.plaats,
        van=actie.van,
        tot=actie.tot,
        waarom=actie.waarom,
        resultaat=actie.resultaat,
        mijn_aandeel=actie.aandeel_deelnemer,
        aandeel_anderen=actie.aandeel_anderen,
        pakket=PAKKETTEN[actie.pakket] if actie.pakket else None,
        werkplek=_workplace(actie.werkplek) if actie.werkplek else None,
    )


def _offer(actie: Actie) -> str | None:
    """Where the offer comes from, and why it was made for this person where it was."""
    if actie.aanbod is None:
        return None
    return AANBOD[actie.aanbod] + (f": {actie.aanbod_reden}" if actie.aanbod_reden else "")


def _workplace(agreed: Werkplek) -> reports.Werkplekafspraak:
    return reports.Werkplekafspraak(
        stage=agreed.werkervaringsstage,
        statuut=STATUTEN[agreed.statuut_nagegaan],
        verzekering=VERZEKERINGEN[agreed.verzekering],
        begeleider=agreed.begeleider,
        uren=tuple(reports.Uren(vanaf=step.vanaf, uren_per_week=step.uren_per_week) for step in agreed.uren),
        mag_weten=agreed.mag_weten,
    )


def _others(agreed: tuple[ActieStand, ...], directory: Directory) -> tuple[reports.AndermansAandeel, ...]:
    """What each provider does, providers in the order in which the plan names them first."""
    shares: dict[str, list[str]] = {}
    for stand in agreed:
        if who := provider(stand.actie, directory):
            share = stand.actie.aandeel_anderen or stand.actie.omschrijving
            shares.setdefault(who, []).append(share)
    return tuple(reports.AndermansAandeel(wie=who, wat=tuple(what)) for who, what in shares.items())


def _explainer(actor: Actor | None, directory: Directory) -> str | None:
    """The professional who explained the plan; operations only wrote it down."""
    if actor is None or actor.rol in (Rol.DEELNEMER, Rol.OPERATIES):
        return None
    return directory.contact(actor, "Toegelicht door").naam


def for_coordinator(
    base: reports.Report, facts: documents.TrajectplanCoordinator, directory: Directory
) -> reports.TrajectplanCoordinator:
    """What the coordinator organises: actions about care are only counted, texts about the person left out."""
    agreed = [stand for stand in in_plan(facts.plan, facts.acties) if stand.actie.aanvaard]
    return reports.TrajectplanCoordinator(
        **dict(base),
        versie=facts.versie,
        acties=tuple(_to_organise(s, directory) for s in agreed if not _about_care(s.actie)),
        afgeschermd=tuple(_screened(s) for s in agreed if _about_care(s.actie)),
        start=facts.plan.start,
        einde=facts.einde.value,
        periodiciteit_maanden=facts.plan.periodiciteit_maanden,
        evaluaties=facts.evaluaties,
    )


def _about_care(actie: Actie) -> bool:
    return actie.domein in ZORG or actie.activeringsvorm == "hulpverlening_en_zorg"


def _to_organise(stand: ActieStand, directory: Directory) -> reports.NetwerkActie:
    actie = stand.actie
    return reports.NetwerkActie(
        nummer=stand.nummer,
        omschrijving=actie.omschrijving,
        domein=actie.domein,
        aanbod=AANBOD[actie.aanbod] if actie.aanbod else None,
        met=provider(actie, directory),
        plaats=actie.plaats,
        van=actie.van,
        tot=actie.tot,
        pakket=PAKKETTEN[actie.pakket] if actie.pakket else None,
        antwoord=standing(stand),
    )


def _screened(stand: ActieStand) -> reports.AfgeschermdeActie:
    actie = stand.actie
    return reports.AfgeschermdeActie(
        nummer=stand.nummer,
        aanbod=AANBOD[actie.aanbod] if actie.aanbod else None,
        pakket=PAKKETTEN[actie.pakket] if actie.pakket else None,
    )


def plan_kopie(
    base: letters.Teambrief, facts: documents.PlanKopie, directory: Directory
) -> letters.PlanKopie:
    """The plan on one page: what does not fit is counted and stands in the plan itself."""
    plan, numbered = facts.plan, in_plan(facts.plan, facts.acties)
    agreed = [stand.actie for stand in numbered if stand.actie.aanvaard]
    refused = [stand.actie for stand in numbered if not stand.actie.aanvaard]
    no = _fitting(refused, REFUSED_LINES, directory)
    yes = _fitting(agreed, LINES - sum(map(_height, no)), directory)
    return letters.PlanKopie(
        **dict(base),
        versie=facts.versie,
        doel=_goal(plan),
        acties=yes,
        niet_akkoord=no,
        niet_vermeld=len(numbered) - len(yes) - len(no),
        werkplek=any(actie.werkplek for actie in agreed),
        start=plan.start,
        einde=facts.einde.value,
        periodiciteit_maanden=plan.periodiciteit_maanden,
        evaluaties=facts.evaluaties[:DAYS],
        akkoord_op=facts.akkoord_op or plan.datum,
        vorm=plan.vorm,
        eigen_woorden=in_short(plan.eigen_woorden, QUOTE, own_words=True) if plan.eigen_woorden else None,
    )


def _goal(plan: PlanAkkoord) -> letters.InHetKort:
    unsaid = letters.InHetKort(tekst="Uw doel staat in het plan.", volledig=True)
    return in_short(plan.doel, GOAL) or unsaid


def _fitting(acties: list[Actie], room: int, directory: Directory) -> tuple[letters.KorteActie, ...]:
    """The first actions that fit in so many lines."""
    told = [_in_short(actie, directory) for actie in acties]
    heights = accumulate(map(_height, told))
    return tuple(line for line, height in zip(told, heights, strict=True) if height <= room)


def _height(line: letters.KorteActie) -> int:
    day = dutch_date(line.van) if line.van else ""
    return ceil(len(f"{line.wat}, met {line.met or ''}, vanaf {day}") / SIGNS)


def _in_short(actie: Actie, directory: Directory) -> letters.KorteActie:
    short = in_short(" ".join(actie.omschrijving.split()), WHAT)
    what = short.tekst if short else f"Een actie rond {actie.domein}"
    return letters.KorteActie(wat=what.rstrip("."), met=provider(actie, directory), van=actie.van)
