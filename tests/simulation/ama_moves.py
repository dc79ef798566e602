"""What begeleiders, maatwerkbedrijven, VDAB and operations send in an AMA and in its yearly evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind, number_of
from tests.simulation import moves as m
from tests.simulation.ama_known import OPEN, AmaKnown
from tests.simulation.ama_oracle import INCAPACITY, foretold
from tests.simulation.chance import OORZAKEN, Chance, Move, answered, days
from tests.simulation.draws import Answer, Draw, answering, happening
from tests.simulation.intake_moves import ENDINGS, MANY_TRIES, correct
from tests.simulation.known import Known

HOLDERS = ("ORG-MAATWERK-DE-KAAI", "ORG-MAATWERK-DE-KAAI", "ORG-MAATWERK-ZWINMAAT", "ORG-MAATWERK-DUINKANT")
OTHERS = (
    *(("ORG-CGG-ARTEVELDE", None), ("ORG-DE-MEANDER", "MW-0502"), ("ORG-DE-MEANDER", "MW-0503")),
    ("ORG-OCMW-LATEM", None),
)
"""Who may accompany instead; the last one is recognised no more."""
STATUTEN = ("leefloon", "arbeidsongeschikt_werknemer", "werkzoekend", "ivt_it", "rva", "geen", "groeipakket")
PERMITTED = STATUTEN[:3]
"""Those beside which an agency must permit it."""
AGENCIES = ("ocmw", "rva", "adviserend_arts", "andere")
ANYTHING, HURRY, OFTEN = 0.35, 0.5, 4
LAST = (
    *("ama_beeindigen", "overleden", "begeleider_wisselen", "hervatten", "statuut_melden"),
    "ama_toestemming_intrekken",
)
LONG, OLD = 30, timedelta(days=450)
"""What ends something: not to be drawn first before a story is old, or little would ever come late."""
FLEETING = (
    *("plaats_overslaan", "bemiddeling_vastleggen", "opschorting_bespreken", "herbeoordeling_vastleggen"),
    *("evaluatie_voorbereiden", "evaluatie_raadplegen", "ama_einde_intrekken"),
)
"""What can come for a short while only: drawn at once where it can and never did."""
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
    assert isinstance(known, AmaKnown)
    random, asked = chance.random, known.file.permissions[number_of(duty.key)]
    if random.random() < (0.02 if asked.na_weigering is None else 0.6):
        return mediate(chance, known, duty)
    if random.random() < (0.5 if asked.statuut in INCAPACITY else 0.1):
        granted = {"verleend_op": _ahead(chance, known, -900, 0), "zelfde_activiteit": random.random() < 0.7}
        reden = {"reden": "Zo besproken."} if random.random() < 0.4 else {}
        reden |= {"tot": _ahead(chance, known, 250, 600)} if random.random() < 0.4 else {}
        return _answer("toestemming_hergebruiken", chance, known, duty, **granted, **reden)
    answers = ("toelating", "vaststelling", "niet_nodig", "geweigerd", "niet_bevoegd")
    refusals = 2 if chance.sent["bemiddeling_vastleggen", "accepted"] else 6
    told = random.choices(answers, (12, 3, 1, refusals, 1))[0]
    more: dict[str, Any] = {"antwoord": told}
    if told in ("toelating", "vaststelling"):
        more["vanaf"] = _ahead(chance, known, -20, 5)
        low, high = random.choice(((5, 100), (250, 600), (250, 600)))
        likely = 0.7 if chance.sent["evaluatie_raadplegen", "accepted"] else 1
        more |= {"tot": _ahead(chance, known, low, high)} if random.random() < likely else {}
        more |= {"uren_per_week": str(random.randint(4, 20))} if random.random() < 0.2 else {}
    if told == "niet_bevoegd":
        more["bevoegd"] = random.choice(AGENCIES)
    return _answer("toestemming_melden", chance, known, duty, **more)


def mediate(chance: Chance, known: Known, duty: Duty) -> Move:
    """After a refusal the begeleider asks again, mostly."""
    keuze = "stopzetten" if chance.random.random() < 0.2 else "opnieuw_vragen"
    return _answer("bemiddeling_vastleggen", chance, known, duty, keuze=keuze, toelichting="Besproken.")


def agree(chance: Chance, known: Known, duty: Duty) -> Move:
    """An agreement from today or soon, now and then from a day that has passed, and with its last day at times."""
    random = chance.random
    start = known.today + days(random.choice((0, 0, 1, 5, 5, 20, 45, -3)))
    told: dict[str, Any] = {
        "werkpost": random.choice(("ORG-DE-MEANDER", "ORG-MAATWERK-DE-KAAI")),
        "activiteit": random.choice(("moestuin", "keuken", "atelier")),
        "start": str(start),
        "uren_per_week": str(random.choice((random.randint(2, 24), random.randint(12, 24)))),
        "getekend_op": str(known.today),
        "verzekerd_tot": str(start + days(random.randint(40, 500))),
    }
    told |= (
        {"einde": str(start + days(random.choice((0, 2, 30, 90, 400, 400))))} if random.random() < 0.2 else {}
    )
    told |= {"begeleider": random.choice(OTHERS)[0]} if random.random() < 0.1 else {}
    told |= {"reden": "Zo besproken."} if random.random() < 0.8 else {}
    return _answer("overeenkomst_sluiten", chance, known, duty, **told)


def declare(chance: Chance, known: Known, duty: Duty) -> Move:
    """A declaration to social security."""
    return _answer("dimona_melden", chance, known, duty, aangegeven_op=str(known.today))


def insure(chance: Chance, known: Known, duty: Duty) -> Move:
    """The insurances go on."""
    return _answer("verzekering_melden", chance, known, duty, verzekerd_tot=_ahead(chance, known, 30, 700))


def follow_up(chance: Chance, known: Known, duty: Duty) -> Move:
    """In order, asked again, or concluded."""
    keuze = chance.random.choices(("in_orde", "toestemming_vragen", "afsluiten"), (9, 8, 1))[0]
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
    if any(each.kind is DutyKind.VOORWAARDEN for each in known.live) and chance.random.random() < 0.7:
        told["reden"] = "Zo besproken."
    return _answer(
        "evaluatie_vastleggen", chance, known, duty, oordeel=oordeel, stap_naar_werk="Nog niet.", **told
    )


def consult(chance: Chance, known: Known, duty: Duty) -> Move:
    """The conditions were looked at."""
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
        "code": chance.random.choice(STATUTEN if chance.random.random() < 0.3 else PERMITTED),
        "vanaf": _ahead(chance, known, -30, 30),
    }
    codes = [each.code for each in known.file.statuten]
    if codes and chance.random.random() < 0.7:
        payload["eindigt"] = chance.random.choice(codes)
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
    numbers = known.agreements or list(known.file.agreements)
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
    reden = {"reden": "Zo besproken."} if chance.random.random() < 0.7 else {}
    payload = {"vanaf": _ahead(chance, known, -5, 30), **reden, **what}
    return _of_agreement(chance, known, "overeenkomst_wijzigen", payload)


def end_agreement(chance: Chance, known: Known) -> Move | None:
    """One of several agreements ends; now and then somebody tries so with the last one."""
    assert isinstance(known, AmaKnown)
    if len(known.file.open_agreements) < 2 and chance.random.random() < 0.9:
        return None
    return _of_agreement(chance, known, "overeenkomst_beeindigen", {"einde": _ahead(chance, known, -10, 20)})


def note_hours(chance: Chance, known: Known) -> Move | None:
    """The hours that were done."""
    payload = {"week_van": _ahead(chance, known, -14, -7), "uren": str(chance.random.randint(1, 30))}
    return told(chance, known, "uren_melden", payload, "begeleid")


def other_begeleider(chance: Chance, known: Known) -> Move | None:
    """Somebody else accompanies from now on."""
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


def go_on(chance: Chance, known: Known) -> Move | None:
    """The last day that was planned does not come; seldom asked where none was."""
    assert isinstance(known, AmaKnown)
    if known.einde is None and chance.random.random() < 0.9:
        return None
    return told(chance, known, "ama_einde_intrekken", {}, "begeleid")


def pass_over(chance: Chance, known: Known) -> Move | None:
    """The maatwerkbedrijf passes over whoever is first."""
    assert isinstance(known, AmaKnown)
    move = told(chance, known, "plaats_overslaan", {"motivering": "Nu niet."}, "aangemeld")
    if move is None or known.houder is None or (known.place != "reserved" and chance.random.random() < 0.9):
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
    move = _answer("opdracht_besluiten", chance, known, duty, toelichting="Niet nodig.")
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


def correct_day(chance: Chance, known: Known) -> Move | None:
    """A day put right: the first day of the file or of an agreement, or that of an answer."""
    assert isinstance(known, AmaKnown)
    move, random = correct(chance, known), chance.random
    if move is None or not known.file.agreements or random.random() < 0.4:
        return move
    each = random.choice(list(known.file.agreements.values()))
    which, old = random.choice((("start", each.start), ("einde", each.einde or each.start)))
    moved = min(old + days(random.choice((-14, -3, -1, 1, 3, 14))), known.today + days(1))
    new = {"veld": f"overeenkomst/{each.nummer}.{which}", "oud": str(old), "nieuw": str(moved)}
    return replace(move, payload=move.payload | new)


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
    (3, correct_day),
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
    (1, go_on),
    (3, pass_over),
    (2, combine),
    (5, rest),
    (4, resume),
]
EVALUATION: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.EVALUATIE: (3, evaluate),
    DutyKind.VOORWAARDEN: (12, consult),
    **ENDINGS,
}


def told_seldom(table: Sequence[tuple[int, Draw]]) -> Draw:
    """Of all that could happen now, mostly what was accepted least in this world; an end can wait."""
    anything = happening(table, MANY_TRIES)

    def drawn(chance: Chance, known: Known) -> Move | None:
        if chance.random.random() < ANYTHING:
            return anything(chance, known)
        return _least([draw(chance, known) for _, draw in table], chance, known)

    return drawn


def answered_seldom(table: Mapping[DutyKind, tuple[int, Answer]]) -> Draw:
    """Of all that is owed, mostly what was answered least in this world."""
    anything = answering(table)

    def drawn(chance: Chance, known: Known) -> Move | None:
        if chance.random.random() < ANYTHING:
            return anything(chance, known)
        alone = [anything(chance, replace(known, live=[duty])) for duty in known.live]
        return _least(alone, chance, known)

    return drawn


def _least(moves: Sequence[Move | None], chance: Chance, known: Known) -> Move | None:
    could = [move for move in moves if move is not None]
    chance.random.shuffle(could)
    late = LONG if known.today < known.start + OLD else 0

    def rank(move: Move) -> int:
        accepted = chance.sent[move.name, "accepted"]
        return -1 if move.name in FLEETING and not accepted else accepted + late * (move.name in LAST)

    return min(could, key=rank, default=None)


def to_and_fro(unsolicited: Draw) -> Draw:
    """Who went to another begeleider today may go back today, and away again."""

    def drawn(chance: Chance, known: Known) -> Move | None:
        assert isinstance(known, AmaKnown)
        again = 0 < known.moved_today < OFTEN and chance.random.random() < 0.5
        return (other_begeleider if again else unsolicited)(chance, known)

    return drawn


def first_what_is_owed(answer: Draw, unsolicited: Draw) -> Draw:
    """Before the first day it mostly waits for answers: what happens by itself is not what makes it begin."""

    def drawn(chance: Chance, known: Known) -> Move | None:
        begins = known.fase in ("aangemeld", "gepland") and chance.random.random() < HURRY
        return (answer if begins else unsolicited)(chance, known)

    return drawn


def prepared_first(answer: Draw) -> Draw:
    """A talk is planned before it is held, mostly where none was planned yet; and once it is entered a day early."""

    def drawn(chance: Chance, known: Known) -> Move | None:
        often, never = (chance.sent["evaluatie_voorbereiden", each] for each in ("accepted", "refused"))
        if known.fase != "evalueren" or chance.random.random() > (0.2 if often and never else 0.8):
            return answer(chance, known)
        move = prepare(chance, known)
        early = {"datum": str(known.today + days(1))} if often and not never else {}
        return replace(move, payload=move.payload | early) if move else None

    return drawn


answer = foretold(answered_seldom(ANSWER))
unsolicited = foretold(to_and_fro(first_what_is_owed(answering(ANSWER), told_seldom(UNSOLICITED))))
answer_evaluation = foretold(prepared_first(answered_seldom(EVALUATION)))
around_evaluation = foretold(told_seldom([*EVERY_STORY, (8, prepare)]))
