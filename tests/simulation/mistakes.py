"""What people send by mistake: what must be refused without a trace, and days so far away that they might break it."""

from collections.abc import Callable
from dataclasses import replace

from models.actors import OPERATIES, Actor, Rol
from models.duties import DutyKind
from models.messages import COMMANDS
from rules.admission import IN_PHASE
from tests.simulation import draws
from tests.simulation.chance import MONTHS, VDAB, Chance, Move, answered, days
from tests.simulation.guidance import COORDINATOR, line
from tests.simulation.known import AFTER, GUIDED, Known
from tests.simulation.moves import correct, plan, review

STRANGER = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-VREEMD")
WILD_DAYS = ("0001-01-01", "1900-02-28", "2023-06-30", "2023-07-01", "2099-12-31", "9999-12-31")


def forbidden(chance: Chance, known: Known) -> Move | None:
    """Something that must be refused."""
    return chance.random.choice(FORBIDDEN)(chance, known)


def wild(chance: Chance, known: Known) -> Move | None:
    """Something that may be refused, but must never break a trajectory."""
    return _wild_day(chance.random.choice(WILD))(chance, known)


def _wrong_phase(chance: Chance, known: Known) -> Move | None:
    """A command that is well-formed and that another phase knows."""
    names = {
        "verlengen": {"einde": str(known.today + days(30)), "motivering": "x"},
        "stopzetten": {"einde": str(known.today), "oorzaak": "andere"},
        "opschorten": {"van": str(known.today), "oorzaak": "ziekte"},
        "hervatten": {"per": str(known.today)},
        "heropenen": {"einde": str(known.today + days(30))},
        "plan_wijzigen": {"aard": "klein", "wat": "x"},
        "stopgesprek": {"stap": "motiverend", "verslag": "x"},
        "verhuizen": {"nis_code": "44021", "per": str(known.today)},
        "uitkomst_vastleggen": {"uitkomst": "geen"},
        "andere_vergoeding": {"bedrag": "1.00", "waarvoor": "x", "van_wie": "x"},
    }
    wrong = [name for name in names if known.fase not in IN_PHASE[COMMANDS[name]]]
    if not wrong or not known.tandem:
        return None
    name = chance.random.choice(wrong)
    return Move(name, chance.random.choice(known.tandem), names[name], "refused")


def _stranger(chance: Chance, known: Known) -> Move | None:
    move = draws.answer(chance, known)
    return replace(move, by=STRANGER, expected="refused") if move and "namens" not in move.payload else None


def _tomorrow(chance: Chance, known: Known) -> Move | None:
    move = draws.answer(chance, known) if chance.random.random() < 0.5 else draws.unsolicited(chance, known)
    ahead = {"datum": str(known.today + days(1))}
    return replace(move, payload=move.payload | ahead, expected="refused") if move else None


def _answered_before(chance: Chance, known: Known) -> Move | None:
    closed = [duty for duty in known.closed if duty.kind is DutyKind.REVIEW]
    move = review(chance, known, chance.random.choice(closed)) if closed else None
    return replace(move, expected="refused") if move else None


def _too_long(chance: Chance, known: Known) -> Move | None:
    beyond = str(known.latest_end + days(chance.random.randint(1, 400)))
    if known.fase == "lopend" and known.tandem:
        return Move(
            "verlengen", known.tandem[0], {"einde": beyond, "motivering": "x", "reden": "x"}, "refused"
        )
    if known.fase == "afgesloten" and not known.died:
        return Move("heropenen", VDAB, {"einde": beyond, "reden": "x"}, "refused")
    return None


def _too_short(chance: Chance, known: Known) -> Move | None:
    plans = [duty for duty in known.live if duty.kind is DutyKind.TRAJECTPLAN]
    if not plans:
        return None
    short = plan(known.today, known.today + 2 * MONTHS) | {"reden": "x"}
    return answered("plan_akkoord", chance, known, plans[0], expected="refused", **short)


def _no_reason(chance: Chance, known: Known) -> Move | None:
    plans = [duty for duty in known.live if duty.kind is DutyKind.TRAJECTPLAN]
    if not plans or known.reopened:
        return None
    seldom = plan(known.today, known.today + 12 * MONTHS) | {"periodiciteit_maanden": 9}
    return answered("plan_akkoord", chance, known, plans[0], expected="refused", **seldom)


def _same_organisation(chance: Chance, known: Known) -> Move | None:
    if known.fase not in (*GUIDED, "afronding") or known.team is None:
        return None
    other = known.team.casemanager_zorg.organisatie
    return Move("herverdelen", OPERATIES, {"rol": "casemanager_werk", "organisatie": other}, "refused")


def _too_late(chance: Chance, known: Known) -> Move | None:
    """Stopped on a day after the last of the law, while VDAB decides."""
    if known.fase != "einde_onbeslist" or known.today <= known.latest_end:
        return None
    payload = {"einde": str(known.today), "oorzaak": "andere", "reden": "x"}
    return Move("stopzetten", VDAB, payload, "refused")


def _decides_itself(chance: Chance, known: Known) -> Move | None:
    """An extension that the law allows without VDAB is not asked of VDAB, and nobody else decides for it."""
    asked = [duty for duty in known.live if duty.kind is DutyKind.VERLENGING]
    if not asked:
        return None
    within = {"besluit": "toegestaan", "einde": str(known.latest_end), "motivering": "x"}
    move = answered("verlenging_beslissen", chance, known, asked[0], "refused", **within)
    return move if chance.random.random() < 0.5 else replace(move, by=chance.random.choice(known.tandem))


def _unheard(chance: Chance, known: Known) -> Move | None:
    if known.fase not in AFTER:
        return None
    unheard = {"lijn": "netwerk", "organisatie": "ORG-NOOIT-GEHOORD", "bedrag": "5.00", "motivering": "x"}
    return Move("terugvordering_beslissen", VDAB, line(chance) | unheard, "refused")


def _of_another(chance: Chance, known: Known) -> Move | None:
    """Somebody who provides nothing here proposes, or a coordinator starts a package."""
    if known.fase != "lopend" or not known.actions:
        return None
    number = chance.random.choice(known.actions).number
    proposal = {"actie": number, "voorstel": "x"}
    stranger = Actor(rol=Rol.DIENSTVERLENER, organisatie="ORG-VREEMD")
    package = {"actie": number, "eerste_gesprek_op": str(known.today), "reden": "x"}
    return chance.random.choice(
        (
            Move("wijziging_voorstellen", stranger, proposal, "refused"),
            Move("pakket_starten", COORDINATOR, package, "refused"),
        )
    )


def _no_package(chance: Chance, known: Known) -> Move | None:
    others = [action for action in known.actions if not action.package or action.began or action.lapsed]
    if known.fase != "lopend" or not others or not known.tandem:
        return None
    number = chance.random.choice(others).number
    package = {"actie": number, "eerste_gesprek_op": str(known.today), "reden": "x"}
    return Move("pakket_starten", chance.random.choice(known.tandem), package, "refused")


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
    _too_late,
    _decides_itself,
    _unheard,
    _of_another,
    _no_package,
    _not_what_is_known,
]


def _wild_day(field: str) -> Callable[[Chance, Known], Move | None]:
    """A move with one of its days far away."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = chance.random.choice((draws.answer, draws.unsolicited, correct))(chance, known)
        if move is None or field not in move.payload:
            return None
        far = {field: chance.random.choice(WILD_DAYS)}
        return replace(move, payload=move.payload | far, expected="either")

    return draw


WILD = (
    *("datum", "van", "tot", "per", "einde", "start", "nieuw", "verwacht_op", "overleden_op"),
    *("vanaf", "sinds", "eerste_gesprek_op", "geregistreerd_op"),
)
"""The fields that hold a day."""
