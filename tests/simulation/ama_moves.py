"""What begeleiders, maatwerkbedrijven, VDAB and operations send in an AMA and in its yearly evaluation."""

from dataclasses import replace
from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind
from rules.everyday import NEVER_LEFT
from tests.simulation import moves as m
from tests.simulation.ama_known import OPEN, AmaKnown
from tests.simulation.chance import OORZAKEN, Chance, Move, answered, days
from tests.simulation.draws import Answer, Draw, answering, happening
from tests.simulation.intake_moves import ENDINGS, MANY_TRIES, correct
from tests.simulation.known import Known

HOLDERS = ("ORG-MAATWERK-DE-KAAI", "ORG-MAATWERK-DE-KAAI", "ORG-MAATWERK-ZWINMAAT", "ORG-MAATWERK-DUINKANT")
OTHERS = (("ORG-CGG-ARTEVELDE", None), ("ORG-DE-MEANDER", "MW-0502"))
STATUTEN = ("leefloon", "arbeidsongeschikt_werknemer", "werkzoekend", "ivt_it", "rva", "geen", "groeipakket")
AGENCIES = ("ocmw", "rva", "adviserend_arts", "andere")
ENDS = ("op_vraag", "werkpost", "voorwaarden", "verhuisd", "nooit_gestart", "overstap", "andere")
WORDS = {"eigen_woorden": "Het doet me goed.", "begeleider": "Komt graag."}
FUNCTIONS = ("bezigheid", "structuur", "contacten", "zelfontplooiing")
STILL_FITS = ("toestemming_klopt", "verzekering_klopt", "uren_kloppen", "werkpost_past")
WHY = {"reden": "Zo besproken.", "toelichting": "Zo besproken."}


def _ahead(chance: Chance, known: Known, low: int, high: int) -> str:
    return str(known.today + days(chance.random.randint(low, high)))


def _answer(name: str, chance: Chance, known: Known, duty: Duty, **more: Any) -> Move:
    """An answer of which the rules say whether it can be."""
    return answered(name, chance, known, duty, "either", **more)


def permit(chance: Chance, known: Known, duty: Duty) -> Move:
    """What an agency answered; mostly yes, sometimes for some time or some hours only."""
    random = chance.random
    told = random.choices(
        ("toelating", "vaststelling", "niet_nodig", "geweigerd", "niet_bevoegd"), (9, 3, 1, 2, 1)
    )[0]
    more: dict[str, Any] = {"antwoord": told}
    if told in ("toelating", "vaststelling"):
        more["vanaf"] = _ahead(chance, known, -20, 10)
        more |= {"tot": _ahead(chance, known, 5, 400)} if random.random() < 0.4 else {}
        more |= {"uren_per_week": str(random.randint(4, 20))} if random.random() < 0.2 else {}
    if told == "niet_bevoegd":
        more["bevoegd"] = random.choice(AGENCIES)
    if random.random() < 0.15:
        granted = {"verleend_op": _ahead(chance, known, -900, 0), "zelfde_activiteit": random.random() < 0.7}
        return _answer("toestemming_hergebruiken", chance, known, duty, **granted)
    if random.random() < 0.1:
        return mediate(chance, known, duty)
    return _answer("toestemming_melden", chance, known, duty, **more)


def mediate(chance: Chance, known: Known, duty: Duty) -> Move:
    """After a refusal the begeleider asks again, mostly."""
    keuze = "stopzetten" if chance.random.random() < 0.2 else "opnieuw_vragen"
    return _answer("bemiddeling_vastleggen", chance, known, duty, keuze=keuze, toelichting="Besproken.")


def agree(chance: Chance, known: Known, duty: Duty) -> Move:
    """An agreement, from today or soon, and now and then from a day that has passed."""
    start = known.today + days(chance.random.choice((0, 0, 1, 5, 20, 45, -3, -30)))
    told = {
        "werkpost": chance.random.choice(("ORG-DE-MEANDER", "ORG-MAATWERK-DE-KAAI")),
        "activiteit": chance.random.choice(("moestuin", "keuken", "atelier")),
        "start": str(start),
        "uren_per_week": str(chance.random.randint(2, 24)),
        "getekend_op": str(known.today),
        "verzekerd_tot": str(start + days(chance.random.randint(40, 700))),
        "reden": "Zo besproken.",
    }
    return _answer("overeenkomst_sluiten", chance, known, duty, **told)


def declare(chance: Chance, known: Known, duty: Duty) -> Move:
    """A declaration to social security."""
    return _answer("dimona_melden", chance, known, duty, aangegeven_op=str(known.today))


def insure(chance: Chance, known: Known, duty: Duty) -> Move:
    """The insurances go on."""
    return _answer("verzekering_melden", chance, known, duty, verzekerd_tot=_ahead(chance, known, 30, 700))


def follow_up(chance: Chance, known: Known, duty: Duty) -> Move:
    """In order, asked again, or concluded."""
    keuze = chance.random.choices(("in_orde", "toestemming_vragen", "afsluiten"), (5, 4, 1))[0]
    last = {"einde": _ahead(chance, known, -5, 60)} if keuze == "afsluiten" else {}
    return _answer("opvolgen", chance, known, duty, keuze=keuze, toelichting="Bekeken.", **last)


def what_next(chance: Chance, known: Known, duty: Duty) -> Move:
    """The last day before the pension."""
    einde = _ahead(chance, known, -5, 90)
    return _answer("wat_daarna_vastleggen", chance, known, duty, wens="Vrijwilligerswerk.", einde=einde)


def choose(chance: Chance, known: Known, duty: Duty) -> Move:
    """A maatwerkbedrijf; one of them has no places any more."""
    return _answer("contingent_kiezen", chance, known, duty, houder=chance.random.choice(HOLDERS))


def visit(chance: Chance, known: Known, duty: Duty) -> Move:
    """The visit was held."""
    keuze = chance.random.choices(("neemt_de_plaats", "wil_niet", "past_niet"), (6, 1, 1))[0]
    return _answer("bezoek_vastleggen", chance, known, duty, keuze=keuze, toelichting="Besproken.")


def plan_growth(chance: Chance, known: Known, duty: Duty) -> Move:
    """The personal development plan."""
    told = {"stap": "Een stage.", "stap_tegen": _ahead(chance, known, 10, 200)}
    return _answer("pop_vastleggen", chance, known, duty, geregistreerd_op=str(known.today), **told)


def reassess(chance: Chance, known: Known, duty: Duty) -> Move:
    """VDAB looks every year."""
    besluit = chance.random.choices(("verlengd", "doorstroom", "stop"), (6, 2, 1))[0]
    last = {"einde": _ahead(chance, known, -5, 60)} if besluit == "stop" else {}
    told = {"besluit": besluit, "motivering": "Zo beoordeeld.", **last}
    return _answer("herbeoordeling_vastleggen", chance, known, duty, **told)


def still_resting(chance: Chance, known: Known, duty: Duty) -> Move:
    """The rest goes on."""
    return _answer("nog_opgeschort", chance, known, duty, toelichting="Nog even.")


def discuss_rest(chance: Chance, known: Known, duty: Duty) -> Move:
    """A long rest is discussed."""
    keuze = chance.random.choice(("wachten", "hervatten_voorbereiden", "stoppen_voorbereiden"))
    return _answer("opschorting_bespreken", chance, known, duty, keuze=keuze, toelichting="Besproken.")


def evaluate(chance: Chance, known: Known, duty: Duty) -> Move:
    """The yearly evaluation was held."""
    oordeel = chance.random.choices(("verder", "bijsturen", "doorstromen", "stoppen"), (6, 2, 1, 1))[0]
    told: dict[str, Any] = dict.fromkeys(FUNCTIONS, WORDS)
    told |= {name: chance.random.random() < 0.85 for name in STILL_FITS}
    told |= {"einde": _ahead(chance, known, -5, 60)} if oordeel == "stoppen" else {}
    return _answer(
        "evaluatie_vastleggen", chance, known, duty, oordeel=oordeel, stap_naar_werk="Nog niet.", **told
    )


def consult(chance: Chance, known: Known, duty: Duty) -> Move:
    """The agency was consulted."""
    return _answer("evaluatie_raadplegen", chance, known, duty, antwoord="Geen bezwaar.")


def told(chance: Chance, known: Known, name: str, payload: dict[str, Any], *fasen: str) -> Move | None:
    """Something that a begeleider or operations tell by themselves."""
    assert isinstance(known, AmaKnown)
    if known.fase not in fasen or known.died:
        return None
    datum = {"datum": chance.lately(known).isoformat()}
    return Move(name, chance.random.choice(known.around), payload | datum, "either")


def change_statuut(chance: Chance, known: Known) -> Move | None:
    """A statuut begins, and mostly another one ends."""
    assert isinstance(known, AmaKnown)
    payload: dict[str, Any] = {
        "code": chance.random.choice(STATUTEN),
        "vanaf": _ahead(chance, known, -30, 30),
    }
    if known.statuten and chance.random.random() < 0.7:
        payload["eindigt"] = chance.random.choice(known.statuten)
    if chance.random.random() < 0.2:
        payload["verwacht_einde"] = _ahead(chance, known, 20, 200)
    return told(chance, known, "statuut_melden", payload, *OPEN)


def ask_permission(chance: Chance, known: Known) -> Move | None:
    """The agency was asked."""
    asked = [duty for duty in known.live if duty.kind is DutyKind.TOESTEMMING]
    if not asked:
        return None
    payload = {"opdracht": chance.random.choice(asked).key, "gevraagd_op": _ahead(chance, known, -5, 0)}
    return told(chance, known, "toestemming_vragen", payload, *OPEN)


def take_back(chance: Chance, known: Known) -> Move | None:
    """An agency takes its permission back."""
    assert isinstance(known, AmaKnown)
    if not known.granted_by:
        return None
    payload = {"nummer": chance.random.choice(known.granted_by), "per": _ahead(chance, known, -10, 20)}
    return told(chance, known, "ama_toestemming_intrekken", payload, *OPEN)


def one_more(chance: Chance, known: Known) -> Move | None:
    """A further werkpost."""
    return told(chance, known, "overeenkomst_toevoegen", {}, "begeleid")


def _of_agreement(chance: Chance, known: Known, name: str, payload: dict[str, Any]) -> Move | None:
    assert isinstance(known, AmaKnown)
    numbers = known.agreements or list(range(1, known.signed + 1))
    if not numbers:
        return None
    return told(
        chance, known, name, payload | {"nummer": chance.random.choice(numbers)}, "gepland", "begeleid"
    )


def change_agreement(chance: Chance, known: Known) -> Move | None:
    """Other hours or another activity."""
    what = chance.random.choice(
        ({"uren_per_week": "16"}, {"uren_per_week": "6"}, {"activiteit": "houtatelier"})
    )
    payload = {"vanaf": _ahead(chance, known, -5, 30), "reden": "Zo besproken.", **what}
    return _of_agreement(chance, known, "overeenkomst_wijzigen", payload)


def end_agreement(chance: Chance, known: Known) -> Move | None:
    """One of several agreements ends."""
    return _of_agreement(chance, known, "overeenkomst_beeindigen", {"einde": _ahead(chance, known, -10, 20)})


def note_hours(chance: Chance, known: Known) -> Move | None:
    """The hours that were done."""
    payload = {"week_van": _ahead(chance, known, -14, -7), "uren": str(chance.random.randint(1, 30))}
    return told(chance, known, "uren_melden", payload, "begeleid")


def other_begeleider(chance: Chance, known: Known) -> Move | None:
    """Somebody else accompanies from now on; once a day is enough."""
    assert isinstance(known, AmaKnown)
    if known.moved_on == known.today:
        return None
    organisatie, worker = chance.random.choice(OTHERS)
    named = {"medewerker": worker} if worker else {}
    return told(chance, known, "begeleider_wisselen", {"organisatie": organisatie, **named}, *OPEN)


def talk(chance: Chance, known: Known) -> Move | None:
    """A talk before the window."""
    return told(chance, known, "tussentijds_gesprek", {"verslag": "Het gaat."}, "begeleid")


def end(chance: Chance, known: Known) -> Move | None:
    """A named human ends it; one that runs too."""
    payload = {"einde": _ahead(chance, known, -10, 60), "oorzaak": chance.random.choice(ENDS)}
    return told(chance, known, "ama_beeindigen", payload, *OPEN)


def pass_over(chance: Chance, known: Known) -> Move | None:
    """The maatwerkbedrijf passes over whoever is first."""
    assert isinstance(known, AmaKnown)
    move = told(chance, known, "plaats_overslaan", {"motivering": "Nu niet."}, "aangemeld")
    if move is None or known.houder is None:
        return None
    return replace(move, by=Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=known.houder))


def combine(chance: Chance, known: Known) -> Move | None:
    """Something beside it."""
    payload = {"soort": chance.random.choice(("stage", "opleiding", "werk")), "van": str(known.today)}
    return told(chance, known, "combinatie_melden", payload, "begeleid")


def rest(chance: Chance, known: Known) -> Move | None:
    """It rests, until a day or until somebody says so."""
    van = known.today - days(chance.random.randint(0, 20))
    until = {"tot": str(van + days(chance.random.randint(1, 120)))} if chance.random.random() < 0.4 else {}
    payload = {"van": str(van), "oorzaak": chance.random.choice(OORZAKEN), **until}
    return told(chance, known, "opschorten", payload, "begeleid") if not known.open_rest else None


def resume(chance: Chance, known: Known) -> Move | None:
    """It goes on."""
    payload = {"per": _ahead(chance, known, -10, 0)}
    return told(chance, known, "hervatten", payload, "begeleid") if known.open_rest else None


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
    if known.died:
        return None
    on = chance.day(max(known.start, known.today - days(10)), known.today)
    return Move("overleden", OPERATIES, {"overleden_op": on.isoformat()}, "either")


def meet(chance: Chance, known: Known) -> Move | None:
    """An appointment."""
    payload = {"gepland_op": str(known.today), "waar": "kantoor", "hoe": "gesprek"}
    return None if known.died else Move("afspraak", OPERATIES, payload, "either")


def correct_start(chance: Chance, known: Known) -> Move | None:
    """The first day of an agreement put right; whether it can be is for the rules to say."""
    assert isinstance(known, AmaKnown)
    move = correct(chance, known)
    if move is None or not known.agreements or chance.random.random() < 0.5:
        return move
    return replace(move, payload=move.payload | {"veld": f"overeenkomst/{known.agreements[0]}.start"})


def prepare(chance: Chance, known: Known) -> Move | None:
    """The talk is planned."""
    return told(
        chance, known, "evaluatie_voorbereiden", {"gepland_op": _ahead(chance, known, 1, 40)}, "evalueren"
    )


EVERY_STORY: list[tuple[int, Draw]] = [
    (4, m.busy),
    (3, leave),
    (1, die),
    (8, m.live_again),
    (2, meet),
    (2, m.note),
    (2, m.review_law),
    (3, correct_start),
]
ANSWER: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.TOESTEMMING: (4, permit),
    DutyKind.OVEREENKOMST: (5, agree),
    DutyKind.DIMONA_IN: (2, declare),
    DutyKind.DIMONA_UIT: (2, declare),
    DutyKind.VERZEKERING: (3, insure),
    DutyKind.OPVOLGING: (3, follow_up),
    DutyKind.WAT_DAARNA: (3, what_next),
    DutyKind.CONTINGENT: (5, choose),
    DutyKind.BEZOEK: (5, visit),
    DutyKind.POP: (2, plan_growth),
    DutyKind.HERBEOORDELING: (4, reassess),
    DutyKind.HERVATTING: (2, still_resting),
    DutyKind.OPSCHORTINGSGESPREK: (4, discuss_rest),
    DutyKind.OPSCHORTINGSBESLISSING: (4, discuss_rest),
    **ENDINGS,
}
UNSOLICITED: list[tuple[int, Draw]] = [
    *EVERY_STORY,
    (4, change_statuut),
    (4, ask_permission),
    (3, take_back),
    (4, one_more),
    (5, change_agreement),
    (4, end_agreement),
    (3, note_hours),
    (2, other_begeleider),
    (2, talk),
    (1, end),
    (3, pass_over),
    (2, combine),
    (5, rest),
    (6, resume),
]
EVALUATION: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.EVALUATIE: (4, evaluate),
    DutyKind.RAADPLEGING: (4, consult),
    **ENDINGS,
}
answer = answering(ANSWER)
unsolicited = happening(UNSOLICITED, MANY_TRIES)
answer_evaluation = answering(EVALUATION)
around_evaluation = happening([*EVERY_STORY, (8, prepare)], MANY_TRIES)
