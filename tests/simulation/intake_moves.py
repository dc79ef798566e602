"""What the people around a toeleiding send: requester, screener, partners and VDAB; and what every story has."""

from dataclasses import replace
from datetime import date
from typing import Any

from models.actors import OPERATIES
from models.duties import Duty, DutyKind
from tests.simulation import moves as m
from tests.simulation.chance import Chance, Move, answered, days
from tests.simulation.draws import Answer, Draw, answering, happening
from tests.simulation.intake_known import DECIDED, IN_HAND, IntakeKnown
from tests.simulation.known import Known

PARTNERS = ("ORG-CAW-LEIE", "ORG-OCMW-GENT", "ORG-DE-MEANDER", "ORG-GTB-GENT")
NEVER_LEFT = {DutyKind.HERSTEL, DutyKind.KERNPARTNER, DutyKind.CONTACT} | {
    *(DutyKind.AANVULLEN, DutyKind.DERDE, DutyKind.ONVOLLEDIG, DutyKind.SCREENING, DutyKind.BESLISSING)
}
"""Without their answer a person would wait for nobody."""
CONTENTS: dict[str, Any] = {
    "motivering": "Wil weer iets doen.",
    "eigen_woorden": "Ik wil buiten komen.",
    "ladder": {"niveau": 2, "groeipotentieel": 4, "op": "2029-09-01", "door": "VDAB", "bron": "gesprek"},
    "documenten": [{"soort": "diagnostisch", "kenmerk": "verslag", "bij": "VDAB"}],
}
ROUTES = ("activeringstraject", "ama_se", "advies_welzijn", "geweigerd")
FOLLOWED = ("activeringstraject", "advies_welzijn")
WHY = {"toelichting": "Zo besproken."}


def some_contents(chance: Chance, likely: float) -> dict[str, Any]:
    """Some of what a request must have."""
    return {name: value for name, value in CONTENTS.items() if chance.random.random() < likely}


def add(chance: Chance, known: Known, duty: Duty) -> Move:
    """The requester completes the request, or part of it."""
    told = some_contents(chance, 0.5) or {"motivering": "Wil weer iets doen."}
    return answered("aanvraag_aanvullen", chance, known, duty, **told)


def follow_third(chance: Chance, known: Known, duty: Duty) -> Move:
    """What became of a third party's document."""
    keuze = chance.random.choice(("ontvangen", "nog_wachten", "zonder_verder"))
    return answered("derde_opvolgen", chance, known, duty, keuze=keuze)


def decide_incomplete(chance: Chance, known: Known, duty: Duty) -> Move:
    """VDAB goes on with what there is, or gives more time."""
    keuze = chance.random.choice(("verder_met_wat_er_is", "meer_tijd"))
    return answered("onvolledig_beslissen", chance, known, duty, keuze=keuze, **WHY)


def look_at(chance: Chance, known: Known, duty: Duty) -> Move:
    """Somebody looked at the findings."""
    return answered("bevindingen_bekijken", chance, known, duty, **WHY)


def advise(chance: Chance, known: Known, duty: Duty) -> Move:
    """A partner advises."""
    return answered("advies_geven", chance, known, duty, advies="Begeleiding bij een dagritme.")


def screen(chance: Chance, known: Known, duty: Duty) -> Move:
    """The screening."""
    five = ("doet_en_wil", "sterktes", "hindernissen", "hulp", "advies")
    return answered("screening_vastleggen", chance, known, duty, **dict.fromkeys(five, "Besproken."))


def decide(chance: Chance, known: Known, duty: Duty) -> Move:
    """VDAB decides; a first day on which another activeringstraject still runs is refused."""
    assert isinstance(known, IntakeKnown)
    random = chance.random
    route = random.choice((*ROUTES, *FOLLOWED))
    more: dict[str, Any] = {"reden": "Zo besproken."}
    first = known.today
    if route == "activeringstraject" and random.random() < 0.6:
        first = known.today + days(random.randint(0, 60))
        more["start"] = first.isoformat()
    if route == "geweigerd":
        more["orientatie"] = "Het OCMW."
    if route == "advies_welzijn" and random.random() < 0.7:
        more |= {"onthaal": True, "contact_aanvaard": True}
    runs_until = known.asked.get("loopt_tot")
    same = route == "activeringstraject" and runs_until is not None and first.isoformat() <= runs_until
    judged = {
        name: {"aanwezig": random.random() < 0.7, "motivering": "Zo beoordeeld."}
        for name in ("problematiek", "groeimogelijkheden")
    }
    expected = "refused" if same else "accepted"
    return answered("toeleiding_beslissen", chance, known, duty, expected, route=route, **judged, **more)


def answer_objection(chance: Chance, known: Known, duty: Duty) -> Move:
    """VDAB answers a complaint."""
    return answered("bezwaar_beantwoorden", chance, known, duty, antwoord="We bekeken het opnieuw.")


def told(chance: Chance, known: Known, name: str, payload: dict[str, Any], *fasen: str) -> Move | None:
    """Something that VDAB, the kernpartner or operations tell by themselves."""
    assert isinstance(known, IntakeKnown)
    if known.fase not in fasen or known.died:
        return None
    datum = {"datum": chance.lately(known).isoformat()}
    return Move(name, chance.random.choice(known.around), payload | datum)


def await_third(chance: Chance, known: Known) -> Move | None:
    """A third party's document is awaited."""
    assert isinstance(known, IntakeKnown)
    if any(duty.kind is DutyKind.DERDE for duty in known.live):
        return None
    move = told(chance, known, "wachten_op_derde", {"document": "attest", "bij": "ziekenhuis"}, "aanvullen")
    filed = known.requester
    return replace(move, by=filed) if move and filed and chance.random.random() < 0.5 else move


def ask_advice(chance: Chance, known: Known) -> Move | None:
    """A partner that was not asked before is asked for advice."""
    assert isinstance(known, IntakeKnown)
    others = [each for each in PARTNERS if each not in known.advisers]
    if not others:
        return None
    return told(chance, known, "advies_vragen", {"organisatie": chance.random.choice(others)}, *IN_HAND)


def withdraw(chance: Chance, known: Known) -> Move | None:
    """The person withdraws; what has started by then goes on."""
    assert isinstance(known, IntakeKnown)
    if known.followed:
        return None
    move = told(chance, known, "aanvraag_intrekken", {}, *IN_HAND, "beslist")
    filed = known.requester
    return replace(move, by=filed) if move and filed and chance.random.random() < 0.5 else move


def object_to(chance: Chance, known: Known) -> Move | None:
    """A complaint or an objection."""
    soort = chance.random.choice(("klacht", "heroverweging", "andere"))
    return told(chance, known, "bezwaar_noteren", {"soort": soort, "inhoud": "Niet akkoord."}, *DECIDED)


def leave(chance: Chance, known: Known) -> Move | None:
    """A named human ends a duty without its answer; some can end by their own answer only."""
    if not known.live:
        return None
    duty = chance.random.choice(known.live)
    expected = "refused" if duty.kind in NEVER_LEFT else "accepted"
    move = answered("opdracht_besluiten", chance, known, duty, expected, toelichting="Niet nodig.")
    return replace(move, by=OPERATIES) if chance.random.random() < 0.5 else move


def die(chance: Chance, known: Known) -> Move | None:
    """The person died, not long ago."""
    assert isinstance(known, IntakeKnown)
    if known.died:
        return None
    on = chance.day(max(known.start, known.today - days(10)), known.today)
    return Move("overleden", chance.random.choice(known.around), {"overleden_op": on.isoformat()})


def meet(chance: Chance, known: Known) -> Move | None:
    """An appointment."""
    assert isinstance(known, IntakeKnown)
    if known.died:
        return None
    payload = {"gepland_op": known.today.isoformat(), "waar": "kantoor", "hoe": "gesprek"}
    return Move("afspraak", chance.random.choice(known.around), payload)


def correct(chance: Chance, known: Known) -> Move | None:
    """The first day, or the day of an answer, put right; whether it can be is for the rules to say."""
    answers = [
        (f"{each.key}.datum", on) for each in known.closed if (on := each.happened_on) and on > LONG_AGO
    ]
    veld, oud = chance.random.choice([("start", known.start), *answers])
    moved = oud + days(chance.random.choice((-60, -14, -3, -1, 1, 3, 14, 60)))
    nieuw = min(moved, known.today)
    payload = {
        "veld": veld,
        "oud": str(oud),
        "nieuw": str(nieuw),
        "waarom": "Verkeerd.",
        "reden": "Verkeerd.",
    }
    return Move("rechtzetten", OPERATIES, payload, "either")


LONG_AGO = date(2000, 1, 1)
"""A wild day that was answered is not put right."""
MANY_TRIES = 8
"""Most of what can happen belongs to one phase."""
EVERY_STORY: list[tuple[int, Draw]] = [
    (4, m.busy),
    (4, leave),
    (2, die),
    (8, m.live_again),
    (2, meet),
    (2, m.note),
    (2, m.review_law),
    (5, correct),
]
ENDINGS: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.AFRONDING: (2, m.close),
    DutyKind.HERSTEL: (2, m.repair),
}
ANSWER: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.AANVULLEN: (3, add),
    DutyKind.DERDE: (4, follow_third),
    DutyKind.ONVOLLEDIG: (4, decide_incomplete),
    DutyKind.BEVINDINGEN: (2, look_at),
    DutyKind.ADVIES: (3, advise),
    DutyKind.SCREENING: (4, screen),
    DutyKind.BESLISSING: (5, decide),
    DutyKind.BEZWAAR: (4, answer_objection),
    **ENDINGS,
}
UNSOLICITED: list[tuple[int, Draw]] = [
    *EVERY_STORY,
    (10, await_third),
    (8, ask_advice),
    (1, withdraw),
    (5, object_to),
]
answer = answering(ANSWER)
unsolicited = happening(UNSOLICITED, MANY_TRIES)
