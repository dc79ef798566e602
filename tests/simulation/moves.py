"""What people might send next: what the phase and the facts allow, late, mistaken and forbidden things included."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind
from models.messages import COMMANDS
from rules.admission import ANSWERS, IN_PHASE
from tests.simulation.known import Known

Expected = Literal["accepted", "refused", "either"]
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT")
STRANGER = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-VREEMD")
WERK = (("ORG-VDAB-GENT", "MW-0101"), ("ORG-VDAB-GENT", "MW-0102"), ("ORG-KOMPAAN-WERK", "MW-0201"))
ZORG = (("ORG-CAW-LEIE", "MW-0301"), ("ORG-DE-MEANDER", "MW-0501"))
MONTHS = relativedelta(months=1)
OORZAKEN = ("ziekte", "opname", "detentie", "moederschap", "andere")
REDENEN = ("op_vraag", "geen_contact", "verhuisd", "ander_aanbod", "gezondheid", "andere")


@dataclass(frozen=True)
class Move:
    """A command that somebody sends, and what should become of it."""

    name: str
    by: Actor
    payload: dict[str, Any]
    expected: Expected = "accepted"


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


class Chance:
    """Draws the next move of a trajectory, always the same one for the same seed and the same facts."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def day(self, first: date, last: date) -> date:
        """A day between two, or the last when there is none."""
        return first + days(self.random.randint(0, max(0, (last - first).days))) if first < last else last

    def lately(self, known: Known, at_most: int = 25) -> date:
        """Today, mostly; else a day not long ago that is entered late."""
        if self.random.random() < 0.6:
            return known.today
        return self.day(max(known.start, known.today - days(at_most)), known.today)

    def worker(self, workers: Sequence[tuple[str, str]]) -> dict[str, str]:
        """An organisation, mostly with somebody who works there."""
        organisation, worker = self.random.choice(workers)
        named = {"medewerker": worker} if self.random.random() < 0.9 else {}
        return {"organisatie": organisation, **named}

    def answer(self, known: Known) -> Move | None:
        """The answer to a duty that is open."""
        duty = self.random.choice(known.live) if known.live else None
        return self._signed(known, ANSWER[duty.kind](self, known, duty), duty) if duty else None

    def _signed(self, known: Known, move: Move | None, duty: Duty) -> Move | None:
        """The owner answers, or operations for the owner."""
        if move is None or self.random.random() < 0.7:
            return move
        namens = {"namens": duty.addressee.model_dump(mode="json")} if self.random.random() < 0.5 else {}
        return replace(move, by=OPERATIES, payload=move.payload | namens)

    def unsolicited(self, known: Known) -> Move | None:
        """Something that happens by itself."""
        weights = [weight for weight, _ in UNSOLICITED]
        ((_, draw),) = self.random.choices(UNSOLICITED, weights)
        return draw(self, known)

    def forbidden(self, known: Known) -> Move | None:
        """Something that must be refused."""
        return self.random.choice(FORBIDDEN)(self, known)

    def wild(self, known: Known) -> Move | None:
        """Something that may be refused, but must never break a trajectory."""
        return self.random.choice(WILD)(self, known)


# -- answers ---------------------------------------------------------------------------------------


def _assign(chance: Chance, known: Known, duty: Duty) -> Move:
    both = (("casemanager_werk", WERK), ("casemanager_zorg", ZORG))
    pair = {rol: {"rol": rol, **chance.worker(workers)} for rol, workers in both}
    return _answer("toewijzing_beslissen", chance, known, duty, **pair)


def _agree(chance: Chance, known: Known, duty: Duty) -> Move:
    random = chance.random
    start = known.start if known.reopened or random.random() < 0.5 else chance.day(known.start, known.today)
    first, last = start + 3 * MONTHS - days(1), start + 18 * MONTHS - days(3)
    if last <= known.today:
        return _answer("plan_akkoord", chance, known, duty, **_plan(start, last), expected="refused")
    einde = chance.day(max(first, known.today + days(1)), last)
    periodicity = random.choice((1, 2, 3, 3, 4, 6, 8))
    soft = {"reden": "zo afgesproken"} if periodicity > 6 else {}
    plan = _plan(start, einde) | {"periodiciteit_maanden": periodicity} | soft
    return _answer("plan_akkoord", chance, known, duty, **plan)


def _plan(start: date, einde: date) -> dict[str, Any]:
    return {
        "doel": "Iets dat lukt.",
        "start": start.isoformat(),
        "einde": einde.isoformat(),
        "periodiciteit_maanden": 3,
        "afspraken": "Ieder komt of verwittigt.",
        "acties": [{"domein": "zorg", "omschrijving": "Gesprek.", "dienstverlener": "ORG-CAW-LEIE"}],
    }


def _review(chance: Chance, known: Known, duty: Duty) -> Move:
    return _answer("review_vastleggen", chance, known, duty, eigen_woorden="Het gaat.", vervolg="Verder.")


def _rest_on(chance: Chance, known: Known, duty: Duty) -> Move:
    if known.open_rest is None or known.fase not in ("voorbereiding", "lopend"):
        return _answer("nog_opgeschort", chance, known, duty, toelichting="Nog even.", expected="refused")
    on = chance.day(max(known.open_rest.van, known.today - days(10)), known.today)
    return _answer("nog_opgeschort", chance, known, duty, toelichting="Nog even.", datum=on.isoformat())


def _conclude(chance: Chance, known: Known, duty: Duty) -> Move:
    told = dict.fromkeys(
        ("acties", "resultaten", "informatie_team", "informatie_dienstverleners", "gesprek"), "Zoals besproken."
    )
    vorm = chance.random.choice(("volledig", "vroegtijdig_met_gesprek", "zonder_gesprek"))
    eindadvies = {} if vorm == "zonder_gesprek" else {"eindadvies": "Een opleiding."}
    return _answer("eindverslag_indienen", chance, known, duty, vorm=vorm, **told, **eindadvies)


def _close(chance: Chance, known: Known, duty: Duty) -> Move:
    return _answer("afronden_zonder_betrokkene", chance, known, duty, notitie="Afgesloten.")


def _repair(chance: Chance, known: Known, duty: Duty) -> Move:
    keuze = chance.random.choice(("opnieuw", "overslaan", "gecorrigeerd"))
    return _answer("herstel_beslissen", chance, known, duty, keuze=keuze, toelichting="Bekeken.")


ANSWER: dict[DutyKind, Callable[[Chance, Known, Duty], Move | None]] = {
    DutyKind.TOEWIJZING: _assign,
    DutyKind.TRAJECTPLAN: _agree,
    DutyKind.REVIEW: _review,
    DutyKind.HERVATTING: _rest_on,
    DutyKind.EINDVERSLAG: _conclude,
    DutyKind.AFRONDING: _close,
    DutyKind.HERSTEL: _repair,
}


def _answer(
    name: str, chance: Chance, known: Known, duty: Duty, expected: Expected = "accepted", **more: Any
) -> Move:
    datum = {"datum": chance.lately(known).isoformat()}
    return Move(name, duty.addressee, {"opdracht": duty.key, **datum, **more}, expected)


# -- what happens by itself ------------------------------------------------------------------------


def _busy(chance: Chance, known: Known) -> Move | None:
    if not known.live:
        return None
    duty = chance.random.choice(known.live)
    verwacht = known.today + days(chance.random.randint(1, 40))
    more = {"verwacht_op": verwacht.isoformat(), "toelichting": "Bijna.", "reden": "drukte"}
    return _answer("opdracht_bezig", chance, known, duty, **more)


def _leave(chance: Chance, known: Known) -> Move | None:
    duties = [duty for duty in known.live if duty.kind in ANSWERS[COMMANDS["opdracht_besluiten"]]]
    if not duties:
        return None
    move = _answer("opdracht_besluiten", chance, known, chance.random.choice(duties), toelichting="Niet nodig.")
    return replace(move, by=OPERATIES) if chance.random.random() < 0.7 else move


def _suspend(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("voorbereiding", "lopend") or known.open_rest or not known.tandem:
        return None
    first = max([known.start, *(rest.tot for rest in known.rests if rest.tot)])
    if first > known.today:
        return None
    van = chance.day(max(first, known.today - days(45)), known.today)
    tot = {"tot": (van + days(chance.random.randint(1, 120))).isoformat()} if chance.random.random() < 0.4 else {}
    payload = {"van": van.isoformat(), "oorzaak": chance.random.choice(OORZAKEN), **tot}
    return Move("opschorten", chance.random.choice(known.tandem), payload)


def _resume(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("voorbereiding", "lopend") or not known.open_rest or not known.tandem:
        return None
    per = chance.day(max(known.open_rest.van, known.today - days(30)), known.today)
    return Move("hervatten", chance.random.choice(known.tandem), {"per": per.isoformat()})


def _extend(chance: Chance, known: Known) -> Move | None:
    if known.fase != "lopend":
        return None
    first = max(known.today + days(1), known.first_day + 3 * MONTHS)
    if first > known.latest_end:
        return None
    einde = chance.day(first, known.latest_end)
    payload = {"einde": einde.isoformat(), "motivering": "Samen beslist."}
    return Move("verlengen", chance.random.choice(known.tandem), payload)


def _stop(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("toewijzing", "voorbereiding", "lopend"):
        return None
    einde = chance.day(max(known.start, known.today - days(20)), known.today)
    payload = {"einde": einde.isoformat(), "oorzaak": chance.random.choice(REDENEN)}
    return Move("stopzetten", chance.random.choice([*known.tandem, VDAB]), payload)


def _reopen(chance: Chance, known: Known) -> Move | None:
    if known.fase != "afgesloten" or known.died or known.latest_end <= known.today:
        return None
    einde = chance.day(known.today + days(1), known.latest_end)
    return Move("heropenen", chance.random.choice([*known.tandem, VDAB]), {"einde": einde.isoformat()})


def _die(chance: Chance, known: Known) -> Move | None:
    if known.died:
        return None
    on = chance.day(max(known.start, known.today - days(10)), known.today)
    return Move("overleden", chance.random.choice([*known.tandem, OPERATIES]), {"overleden_op": on.isoformat()})


def _live_again(chance: Chance, known: Known) -> Move | None:
    return Move("overleden_ongedaan", OPERATIES, {}) if known.died else None


def _reassign(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("voorbereiding", "lopend", "afronding") or known.team is None:
        return None
    rol, workers = chance.random.choice((("casemanager_werk", WERK), ("casemanager_zorg", ZORG)))
    return Move("herverdelen", OPERATIES, {"rol": rol, **chance.worker(workers)})


def _meet(chance: Chance, known: Known) -> Move | None:
    if not known.tandem or known.fase not in ("voorbereiding", "lopend", "afronding"):
        return None
    payload = {"gepland_op": known.today.isoformat(), "waar": "kantoor", "hoe": "gesprek"}
    return Move("afspraak", chance.random.choice(known.tandem), payload)


def _note(chance: Chance, known: Known) -> Move:
    datum = chance.lately(known).isoformat()
    return Move("contactnota", OPERATIES, {"nota": "Gebeld.", "datum": datum})


def _review_law(chance: Chance, known: Known) -> Move:
    return Move("herzie_parameters", OPERATIES, {})


def _correct(chance: Chance, known: Known) -> Move | None:
    """A fact put right; whether it can be is for the rules to say."""
    facts = list(_facts(known))
    if not facts:
        return None
    veld, oud, low, high = chance.random.choice(facts)
    moved = oud + days(chance.random.choice((-60, -14, -3, -1, 1, 3, 14, 60)))
    nieuw = min(max(moved, low), high)
    payload = {"veld": veld, "oud": str(oud), "nieuw": str(nieuw), "waarom": "Verkeerd.", "reden": "Verkeerd."}
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


def _periodicity(chance: Chance, known: Known) -> Move | None:
    if not known.plan or known.fase != "lopend":
        return None
    oud, nieuw = known.plan["periodiciteit_maanden"], chance.random.randint(1, 6)
    payload = {"veld": "plan.periodiciteit_maanden", "oud": str(oud), "nieuw": str(nieuw), "waarom": "Verkeerd."}
    return Move("rechtzetten", OPERATIES, payload, "either")


UNSOLICITED: list[tuple[int, Callable[[Chance, Known], Move | None]]] = [
    (8, _busy),
    (2, _leave),
    (8, _suspend),
    (8, _resume),
    (5, _extend),
    (3, _stop),
    (10, _reopen),
    (2, _die),
    (6, _live_again),
    (3, _reassign),
    (2, _meet),
    (2, _note),
    (2, _review_law),
    (10, _correct),
    (2, _periodicity),
]


# -- what must be refused --------------------------------------------------------------------------


def _wrong_phase(chance: Chance, known: Known) -> Move | None:
    """A command that is well-formed and that another phase knows."""
    names = {
        "verlengen": {"einde": str(known.today + days(30)), "motivering": "x"},
        "stopzetten": {"einde": str(known.today), "oorzaak": "andere"},
        "opschorten": {"van": str(known.today), "oorzaak": "ziekte"},
        "hervatten": {"per": str(known.today)},
        "heropenen": {"einde": str(known.today + days(30))},
    }
    wrong = [name for name in names if known.fase not in IN_PHASE[COMMANDS[name]]]
    if not wrong or not known.tandem:
        return None
    name = chance.random.choice(wrong)
    return Move(name, chance.random.choice(known.tandem), names[name], "refused")


def _stranger(chance: Chance, known: Known) -> Move | None:
    move = chance.answer(known)
    return replace(move, by=STRANGER, expected="refused") if move and "namens" not in move.payload else None


def _tomorrow(chance: Chance, known: Known) -> Move | None:
    move = chance.answer(known)
    ahead = {"datum": str(known.today + days(1))}
    return replace(move, payload=move.payload | ahead, expected="refused") if move else None


def _answered_before(chance: Chance, known: Known) -> Move | None:
    closed = [duty for duty in known.closed if duty.kind is DutyKind.REVIEW]
    move = _review(chance, known, chance.random.choice(closed)) if closed else None
    return replace(move, expected="refused") if move else None


def _too_long(chance: Chance, known: Known) -> Move | None:
    beyond = str(known.latest_end + days(chance.random.randint(1, 400)))
    if known.fase == "lopend" and known.tandem:
        return Move("verlengen", known.tandem[0], {"einde": beyond, "motivering": "x", "reden": "x"}, "refused")
    if known.fase == "afgesloten" and not known.died:
        return Move("heropenen", VDAB, {"einde": beyond, "reden": "x"}, "refused")
    return None


def _too_short(chance: Chance, known: Known) -> Move | None:
    plans = [duty for duty in known.live if duty.kind is DutyKind.TRAJECTPLAN]
    if not plans:
        return None
    plan = _plan(known.today, known.today + 2 * MONTHS) | {"reden": "x"}
    return _answer("plan_akkoord", chance, known, plans[0], expected="refused", **plan)


def _no_reason(chance: Chance, known: Known) -> Move | None:
    plans = [duty for duty in known.live if duty.kind is DutyKind.TRAJECTPLAN]
    if not plans or known.reopened:
        return None
    plan = _plan(known.today, known.today + 12 * MONTHS) | {"periodiciteit_maanden": 9}
    return _answer("plan_akkoord", chance, known, plans[0], expected="refused", **plan)


def _same_organisation(chance: Chance, known: Known) -> Move | None:
    if known.fase not in ("voorbereiding", "lopend", "afronding") or known.team is None:
        return None
    other = known.team.casemanager_zorg.organisatie
    return Move("herverdelen", OPERATIES, {"rol": "casemanager_werk", "organisatie": other}, "refused")


def _not_what_is_known(chance: Chance, known: Known) -> Move:
    payload = {"veld": "start", "oud": "2020-01-01", "nieuw": str(known.today), "waarom": "x", "reden": "x"}
    return Move("rechtzetten", OPERATIES, payload, "refused")


FORBIDDEN: list[Callable[[Chance, Known], Move | None]] = [
    _wrong_phase,
    _stranger,
    _tomorrow,
    _answered_before,
    _too_long,
    _too_short,
    _no_reason,
    _same_organisation,
    _not_what_is_known,
]


# -- what must break nothing -----------------------------------------------------------------------

WILD_DAYS = ("0001-01-01", "1900-02-28", "2023-06-30", "2023-07-01", "2099-12-31", "9999-12-31")


def _wild_day(field: str) -> Callable[[Chance, Known], Move | None]:
    """A move with one of its days far away."""

    def draw(chance: Chance, known: Known) -> Move | None:
        moves = (chance.answer, chance.unsolicited, lambda k: _correct(chance, k))
        move = chance.random.choice(moves)(known)
        if move is None or field not in move.payload:
            return None
        far = {field: chance.random.choice(WILD_DAYS)}
        return replace(move, payload=move.payload | far, expected="either")

    return draw


WILD: list[Callable[[Chance, Known], Move | None]] = [
    _wild_day(field)
    for field in ("datum", "van", "tot", "per", "einde", "start", "nieuw", "verwacht_op", "overleden_op")
]
