"""What people might send next: answers and commands that the phase and the facts allow, often entered late."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from models.actors import OPERATIES
from models.duties import Duty
from models.messages import COMMANDS
from rules.admission import ANSWERS
from tests.simulation.actions import some_actions
from tests.simulation.chance import MONTHS, OORZAKEN, REDENEN, VDAB, WERK, ZORG, Chance, Move, answered, days
from tests.simulation.known import GUIDED, Known


def assign(chance: Chance, known: Known, duty: Duty) -> Move:
    both = (("casemanager_werk", WERK), ("casemanager_zorg", ZORG))
    pair = {rol: {"rol": rol, **chance.worker(workers)} for rol, workers in both}
    return answered("toewijzing_beslissen", chance, known, duty, **pair)


def agree(chance: Chance, known: Known, duty: Duty) -> Move:
    random = chance.random
    start = known.start if known.reopened or random.random() < 0.5 else chance.day(known.start, known.today)
    first, last = start + 3 * MONTHS - days(1), start + 18 * MONTHS - days(3)
    if last <= known.today:
        return answered("plan_akkoord", chance, known, duty, **plan(start, last), expected="refused")
    soonest = max(first, known.today + days(1))
    low, high = random.choice(((soonest, soonest + days(60)), (last - days(60), last), (soonest, last)))
    einde = chance.day(max(low, soonest), min(high, last))
    periodicity = random.choice((1, 2, 3, 3, 4, 6, 8))
    soft = {"reden": "zo afgesproken"} if periodicity > 6 else {}
    agreed = (
        plan(start, einde) | {"periodiciteit_maanden": periodicity, "acties": some_actions(random)} | soft
    )
    return answered("plan_akkoord", chance, known, duty, **agreed)


def plan(start: date, einde: date) -> dict[str, Any]:
    """A plan between two days."""
    return {
        "doel": "Iets dat lukt.",
        "start": start.isoformat(),
        "einde": einde.isoformat(),
        "periodiciteit_maanden": 3,
        "afspraken": "Ieder komt of verwittigt.",
        "acties": [{"domein": "zorg", "omschrijving": "Gesprek.", "dienstverlener": "ORG-CAW-LEIE"}],
    }


def review(chance: Chance, known: Known, duty: Duty) -> Move:
    """A review was held."""
    level = {"niveau": chance.random.randint(1, 6)} if chance.random.random() < 0.3 else {}
    return answered(
        "review_vastleggen", chance, known, duty, eigen_woorden="Het gaat.", vervolg="Verder.", **level
    )


def rest_on(chance: Chance, known: Known, duty: Duty) -> Move:
    if known.open_rest is None or known.fase not in GUIDED:
        return answered("nog_opgeschort", chance, known, duty, toelichting="Nog even.", expected="refused")
    on = chance.day(max(known.open_rest.van, known.today - days(10)), known.today)
    return answered("nog_opgeschort", chance, known, duty, toelichting="Nog even.", datum=on.isoformat())


def conclude(chance: Chance, known: Known, duty: Duty) -> Move:
    told = dict.fromkeys(
        ("acties", "resultaten", "informatie_team", "informatie_dienstverleners", "gesprek"),
        "Zoals besproken.",
    )
    vorm = chance.random.choice(("volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"))
    eindadvies = {} if vorm == "zonder_gesprek" else {"eindadvies": "Een opleiding."}
    return answered("eindverslag_indienen", chance, known, duty, vorm=vorm, **told, **eindadvies)


def close(chance: Chance, known: Known, duty: Duty) -> Move:
    return answered("afronden_zonder_betrokkene", chance, known, duty, notitie="Afgesloten.")


def repair(chance: Chance, known: Known, duty: Duty) -> Move:
    keuze = chance.random.choice(("opnieuw", "overslaan", "gecorrigeerd"))
    return answered("herstel_beslissen", chance, known, duty, keuze=keuze, toelichting="Bekeken.")


def busy(chance: Chance, known: Known) -> Move | None:
    if not known.live:
        return None
    duty = chance.random.choice(known.live)
    verwacht = known.today + days(chance.random.randint(1, 40))
    more = {"verwacht_op": verwacht.isoformat(), "toelichting": "Bijna.", "reden": "drukte"}
    return answered("opdracht_bezig", chance, known, duty, **more)


def leave(chance: Chance, known: Known) -> Move | None:
    duties = [duty for duty in known.live if duty.kind in ANSWERS[COMMANDS["opdracht_besluiten"]]]
    if not duties:
        return None
    move = answered(
        "opdracht_besluiten", chance, known, chance.random.choice(duties), toelichting="Niet nodig."
    )
    return replace(move, by=OPERATIES) if chance.random.random() < 0.7 else move


def suspend(chance: Chance, known: Known) -> Move | None:
    if known.fase not in GUIDED or known.open_rest or not known.tandem:
        return None
    first = max([known.start, *(rest.tot for rest in known.rests if rest.tot)])
    if first > known.today:
        return None
    van = chance.day(max(first, known.today - days(45)), known.today)
    tot = (
        {"tot": (van + days(chance.random.randint(1, 120))).isoformat()}
        if chance.random.random() < 0.4
        else {}
    )
    payload = {"van": van.isoformat(), "oorzaak": chance.random.choice(OORZAKEN), **tot}
    return Move("opschorten", chance.random.choice(known.tandem), payload)


def resume(chance: Chance, known: Known) -> Move | None:
    if known.fase not in GUIDED or not known.open_rest or not known.tandem:
        return None
    per = chance.day(max(known.open_rest.van, known.today - days(30)), known.today)
    return Move("hervatten", chance.random.choice(known.tandem), {"per": per.isoformat()})


def extend(chance: Chance, known: Known) -> Move | None:
    if known.fase != "lopend":
        return None
    first = max(known.today + days(1), known.first_day + 3 * MONTHS)
    if first > known.latest_end:
        return None
    einde = chance.day(first, known.latest_end)
    payload = {"einde": einde.isoformat(), "motivering": "Samen beslist."}
    return Move("verlengen", chance.random.choice(known.tandem), payload)


def stop(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("toewijzing", *GUIDED):
        return None
    last = min(known.today, known.latest_end) if known.plan else known.today
    einde = chance.day(max(known.start, last - days(20)), last)
    payload = {"einde": einde.isoformat(), "oorzaak": chance.random.choice(REDENEN), "reden": "zo besproken"}
    return Move("stopzetten", chance.random.choice([*known.tandem, VDAB]), payload)


def reopen(chance: Chance, known: Known) -> Move | None:
    if known.fase != "afgesloten" or known.died or known.latest_end <= known.today:
        return None
    shortest = known.first_day + 3 * MONTHS if known.plan else known.today
    einde = chance.day(max(known.today + days(1), shortest), known.latest_end)
    return Move("heropenen", chance.random.choice([*known.tandem, VDAB]), {"einde": einde.isoformat()})


def die(chance: Chance, known: Known) -> Move | None:
    """The person died, not long ago."""
    if known.died:
        return None
    on = chance.day(max(known.start, known.today - days(10)), known.today)
    return Move(
        "overleden", chance.random.choice([*known.tandem, OPERATIES]), {"overleden_op": on.isoformat()}
    )


def live_again(chance: Chance, known: Known) -> Move | None:
    return Move("overleden_ongedaan", OPERATIES, {}) if known.died else None


def reassign(chance: Chance, known: Known) -> Move | None:
    if known.fase not in (*GUIDED, "afronding") or known.team is None:
        return None
    rol, workers = chance.random.choice((("casemanager_werk", WERK), ("casemanager_zorg", ZORG)))
    return Move("herverdelen", OPERATIES, {"rol": rol, **chance.worker(workers)})


def meet(chance: Chance, known: Known) -> Move | None:
    if not known.tandem or known.fase not in (*GUIDED, "afronding"):
        return None
    payload = {"gepland_op": known.today.isoformat(), "waar": "kantoor", "hoe": "gesprek"}
    return Move("afspraak", chance.random.choice(known.tandem), payload)


def note(chance: Chance, known: Known) -> Move:
    datum = chance.lately(known).isoformat()
    return Move("contactnota", OPERATIES, {"nota": "Gebeld.", "datum": datum})


def review_law(chance: Chance, known: Known) -> Move:
    return Move("herzie_parameters", OPERATIES, {})


def correct(chance: Chance, known: Known) -> Move | None:
    """A fact put right; whether it can be is for the rules to say."""
    facts = list(_facts(known))
    if not facts:
        return None
    veld, oud, low, high = chance.random.choice(facts)
    moved = oud + days(chance.random.choice((-60, -14, -3, -1, 1, 3, 14, 60)))
    nieuw = min(max(moved, low), high)
    payload = {
        "veld": veld,
        "oud": str(oud),
        "nieuw": str(nieuw),
        "waarom": "Verkeerd.",
        "reden": "Verkeerd.",
    }
    by = chance.random.choice([*known.tandem, VDAB, OPERATIES])
    return Move("rechtzetten", by, payload, "either")


class Fact(NamedTuple):
    """A date that can be put right, with the days it could be."""

    veld: str
    oud: date
    low: date
    high: date


def _facts(known: Known) -> Sequence[Fact]:
    today, start = known.today, known.start
    found = [Fact("start", start, start - days(20), today)]
    if known.plan and known.fase == "lopend":
        plan_start, plan_end = (date.fromisoformat(known.plan[key]) for key in ("start", "einde"))
        found += [Fact("plan.start", plan_start, start, today)] * 3
        found += [Fact("plan.einde", plan_end, today, known.latest_end)] * 3
    for n, rest in enumerate(known.rests, start=1):
        found.append(Fact(f"opschorting/{n}.van", rest.van, start, rest.tot or today))
        if rest.tot:
            found.append(Fact(f"opschorting/{n}.tot", rest.tot, rest.van, today))
    found += [Fact(f"review/{n}.datum", on, start, today) for n, on in known.reviews.items()]
    if known.fase in ("afronding", "afgesloten") and known.einde:
        found += [Fact("einde", known.einde, start, today)] * 2
    return found


def periodicity(chance: Chance, known: Known) -> Move | None:
    if not known.plan or known.fase != "lopend":
        return None
    oud, nieuw = known.plan["periodiciteit_maanden"], chance.random.randint(1, 6)
    payload = {
        "veld": "plan.periodiciteit_maanden",
        "oud": str(oud),
        "nieuw": str(nieuw),
        "waarom": "Verkeerd.",
    }
    return Move("rechtzetten", OPERATIES, payload, "either")
