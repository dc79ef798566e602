"""What people send by mistake to a toeleiding or an onthaaltraject, and days so far away that they might break it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.command import Command
from models.commands import OF_KIND
from models.duties import DutyKind
from models.errors import Refusal
from rules import onthaalboek, toeleidingsboek
from tests.simulation import intake_moves, onthaal_moves
from tests.simulation.chance import Chance, Move, answered, days
from tests.simulation.draws import Draw
from tests.simulation.intake_known import IN_HAND, IntakeKnown
from tests.simulation.known import Known
from tests.simulation.mistakes import WILD_DAYS

STRANGER = Actor(rol=Rol.SCREENER, organisatie="ORG-VREEMD")
ANYBODY = Actor(rol=Rol.AANVRAGER, organisatie="ORG-VREEMD")
WILD = ("datum", "start", "nieuw", "verwacht_op", "overleden_op", "gesprek_op", "gepland_op")
"""The fields that hold a day."""
OF_TOELEIDING: dict[str, dict[str, Any]] = {
    "wachten_op_derde": {"document": "x", "bij": "x"},
    "advies_vragen": {"organisatie": "ORG-CAW-LEIE"},
    "aanvraag_intrekken": {},
    "bezwaar_noteren": {"soort": "klacht", "inhoud": "x"},
}
OF_ONTHAAL: dict[str, dict[str, Any]] = {
    "onthaal_contactpoging": {"kanaal": "brief", "moment": "avond"},
    "contact_weigeren": {},
    "onbereikbaar_vaststellen": {"reden": "x"},
    "toestemming_geven": {"reikwijdte": ["rechten"]},
    "toestemming_intrekken": {"reikwijdte": ["rechten"]},
    "orienteren": {"opties": ["x", "y"], "keuze": "x"},
    "onthaal_beeindigen": {"oorzaak": "op_vraag"},
    "onthaal_heropenen": {},
}


def one_of(mistakes: list[Draw]) -> Draw:
    """Draws one of some mistakes."""

    def draw(chance: Chance, known: Known) -> Move | None:
        return chance.random.choice(mistakes)(chance, known)

    return draw


def wrong_phase(
    kind: str, names: Mapping[str, dict[str, Any]], phases: Mapping[type[Command], tuple[str, ...]]
) -> Draw:
    """A command that is well-formed and that another phase knows."""

    def draw(chance: Chance, known: Known) -> Move | None:
        wrong = [name for name in names if known.fase not in phases[OF_KIND[kind][name]]]
        if not wrong:
            return None
        name = chance.random.choice(wrong)
        return Move(name, OPERATIES, names[name], "refused", Refusal.VERKEERDE_FASE)

    return draw


def by_stranger(answer: Draw) -> Draw:
    """Somebody who owes nothing here answers."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = answer(chance, known)
        return (
            replace(move, by=STRANGER, expected="refused") if move and "namens" not in move.payload else None
        )

    return draw


def tomorrow(answer: Draw, unsolicited: Draw) -> Draw:
    """Something that did not happen yet."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = chance.random.choice((answer, unsolicited))(chance, known)
        ahead = {"datum": str(known.today + days(1))}
        return replace(move, payload=move.payload | ahead, expected="refused") if move else None

    return draw


def wild_day(answer: Draw, unsolicited: Draw) -> Draw:
    """A move with one of its days far away."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = chance.random.choice((answer, unsolicited, intake_moves.correct))(chance, known)
        field = chance.random.choice(WILD)
        if move is None or (field != "datum" and field not in move.payload):
            return None
        far = {field: chance.random.choice(WILD_DAYS)}
        return replace(move, payload=move.payload | far, expected="either")

    return draw


def answered_before(chance: Chance, known: Known) -> Move | None:
    """A duty that is closed is answered once more."""
    if not known.closed:
        return None
    duty = chance.random.choice(known.closed)
    more = {"verwacht_op": str(known.today + days(5)), "toelichting": "x", "reden": "x"}
    move = answered("opdracht_bezig", chance, known, duty, "refused", **more)
    return replace(move, refused_as=Refusal.NIET_OPEN)


def not_what_is_known(chance: Chance, known: Known) -> Move:
    """A correction of a fact that the file knows otherwise."""
    payload = {"veld": "start", "oud": "2020-01-01", "nieuw": str(known.today), "waarom": "x", "reden": "x"}
    return Move("rechtzetten", OPERATIES, payload, "refused")


def start_in_the_past(chance: Chance, known: Known) -> Move | None:
    """A decision that lets the trajectory begin before today."""
    asked = [duty for duty in known.live if duty.kind is DutyKind.BESLISSING]
    if not asked:
        return None
    judged = {"aanwezig": True, "motivering": "x"}
    return answered(
        "toeleiding_beslissen",
        chance,
        known,
        asked[0],
        "refused",
        problematiek=judged,
        groeimogelijkheden=judged,
        route="activeringstraject",
        start=str(known.today - days(1)),
    )


def asked_twice(chance: Chance, known: Known) -> Move | None:
    """A partner that was asked for advice before."""
    assert isinstance(known, IntakeKnown)
    if not known.advisers:
        return None
    payload = {"organisatie": chance.random.choice(sorted(known.advisers))}
    return Move("advies_vragen", OPERATIES, payload, "refused")


def withdrawn_too_late(chance: Chance, known: Known) -> Move | None:
    """A request is withdrawn when what was decided has started."""
    assert isinstance(known, IntakeKnown)
    return Move("aanvraag_intrekken", OPERATIES, {}, "refused") if known.followed else None


def by_anybody(chance: Chance, known: Known) -> Move | None:
    """An organisation that filed nothing withdraws the request or tells a death."""
    assert isinstance(known, IntakeKnown)
    if known.fase not in IN_HAND:
        return None
    death = Move("overleden", ANYBODY, {"overleden_op": str(known.today)}, "refused", Refusal.NIET_VAN_U)
    withdrawn = Move("aanvraag_intrekken", ANYBODY, {}, "refused", Refusal.NIET_VAN_U)
    return chance.random.choice((death, withdrawn))


def by_former_partner(chance: Chance, known: Known) -> Move | None:
    """A kernpartner that has the person no more."""
    assert isinstance(known, IntakeKnown)
    if not known.before:
        return None
    by = chance.random.choice(known.before)
    return Move("contactnota", by, {"nota": "x"}, "refused", Refusal.NIET_VAN_U)


def without_consent(chance: Chance, known: Known) -> Move | None:
    """Something is kept to which the person did not consent."""
    assert isinstance(known, IntakeKnown)
    if known.fase != "onthaal" or "levensdomeinen" in known.consents:
        return None
    by = chance.random.choice(known.around)
    return Move("levensdomein_vastleggen", by, {"domein": "wonen"}, "refused", Refusal.ONGELDIG)


def hardly_tried(chance: Chance, known: Known) -> Move | None:
    """Somebody is called unreachable after two attempts at the most, without a reason."""
    assert isinstance(known, IntakeKnown)
    if known.fase not in ("kennismaking", "onthaal") or known.attempts >= 3:
        return None
    return Move("onbereikbaar_vaststellen", OPERATIES, {}, "refused", Refusal.REDEN_NODIG)


def _of_both(answer: Draw, unsolicited: Draw) -> list[Draw]:
    return [by_stranger(answer), tomorrow(answer, unsolicited), answered_before, not_what_is_known]


TOELEIDING: Callable[[Chance, Known], Move | None] = one_of(
    [
        *_of_both(intake_moves.answer, intake_moves.unsolicited),
        wrong_phase("toeleiding", OF_TOELEIDING, toeleidingsboek.IN_PHASE),
        start_in_the_past,
        asked_twice,
        withdrawn_too_late,
        by_anybody,
    ]
)
"""What a toeleiding must refuse."""
ONTHAAL: Callable[[Chance, Known], Move | None] = one_of(
    [
        *_of_both(onthaal_moves.answer, onthaal_moves.unsolicited),
        wrong_phase("onthaaltraject", OF_ONTHAAL, onthaalboek.IN_PHASE),
        by_former_partner,
        by_former_partner,
        without_consent,
        hardly_tried,
    ]
)
"""What an onthaaltraject must refuse."""
