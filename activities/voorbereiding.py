"""The page that prepares an evaluation: what the plan says, what was agreed last time, what to ask."""

from typing import Any

from activities.contexts import Drawn
from activities.directory import Directory, full_name
from activities.op_vraag_record import Known, NotNow
from activities.plan_contexts import in_plan, provider
from activities.wording import in_short, standing
from models.documents import Reviewverslag, Trajectplan
from models.op_vraag import ActieRegel, Voorbereidingsfiche, VorigeActie, VorigeEvaluatie
from models.printed import Waarom
from models.verloop import ActieStand

ACTIONS, RESULTS = 5, 3
"""How many actions of the plan, and of the evaluation before, fit on the page."""
WORDS, LINE, BLOCK = 60, 90, 240
"""How many signs of a text fit in a cell, on a line, and in a block."""


def voorbereidingsfiche(record: Known) -> Drawn:
    """Draws up the page for the evaluation that comes next; raises NotNow without a plan or an evaluation."""
    facts, review = record.newest(Trajectplan), record.next_review()
    if facts is None:
        raise NotNow("er is nog geen trajectplan")
    if review is None:
        raise NotNow("er komt geen evaluatie meer")
    stands, person = _stands(record, facts), record.directory.person()
    context = Voorbereidingsfiche(
        kenmerk=record.traject.reference,
        datum=record.on,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        casemanagers=record.directory.team(record.team or facts.team),
        nummer=review.nummer,
        op=review.op.value,
        op_waarom=Waarom.of(review.op),
        doel=_short(facts.plan.doel, BLOCK),
        acties=tuple(_line(stand, record.directory) for stand in stands[:ACTIONS]),
        meer_acties=max(0, len(stands) - ACTIONS),
        vorige=_before(record.newest(Reviewverslag)),
    )
    return Drawn("reports/voorbereidingsfiche.nl.html.j2", context)


def _stands(record: Known, facts: Trajectplan) -> list[ActieStand]:
    """The actions that still stand, with what was said about them since the plan was drawn up."""
    stands = {stand.nummer: stand for stand in in_plan(facts.plan, facts.acties)}
    for event in record.of("aanbod_antwoorden", "actie_herzien"):
        number = int((event.opdracht or "").split("/")[1].partition("#")[0])
        if number in stands:
            told = {**stands[number].model_dump(), **_said(event.gegevens, stands[number])}
            stands[number] = ActieStand.model_validate(told)
    return [stand for stand in stands.values() if not stand.vervallen]


def _said(gegevens: dict[str, Any], stand: ActieStand) -> dict[str, Any]:
    """What an answer of a provider, or the tandem's choice after it, changes in an action."""
    match gegevens:
        case {"antwoord": answer}:
            return {"antwoord": answer, "vanaf": gegevens.get("vanaf")}
        case {"keuze": "andere_dienstverlener", "dienstverlener": other}:
            return {"actie": {**stand.actie.model_dump(), "dienstverlener": other}, "antwoord": None}
        case {"keuze": "vervalt"}:
            return {"vervallen": True}
    return {}


def _line(stand: ActieStand, directory: Directory) -> ActieRegel:
    who = provider(stand.actie, directory)
    return ActieRegel(
        wat=_short(stand.actie.omschrijving, WORDS).rstrip("."),
        met=_short(who, WORDS) if who else None,
        stand=standing(stand),
    )


def _before(facts: Reviewverslag | None) -> VorigeEvaluatie | None:
    if facts is None:
        return None
    review = facts.review
    return VorigeEvaluatie(
        gehouden_op=review.datum,
        acties=tuple(
            VorigeActie(actie=_short(each.actie, WORDS // 2), resultaat=_short(each.resultaat, WORDS))
            for each in review.acties[:RESULTS]
        ),
        vervolg=_short(review.vervolg, BLOCK),
        tevredenheid=_short(review.tevredenheid, LINE) if review.tevredenheid else None,
    )


def _short(text: str, room: int) -> str:
    """A text on one line that fits in so many signs; the rest stands in the plan or the report."""
    short = in_short(" ".join(text.split()), room, own_words=True)
    return short.tekst if short else ""
