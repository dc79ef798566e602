"""What people send by mistake to an AMA and to its evaluation, and days so far away that they might break it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from models.actors import OPERATIES, Actor, Rol
from models.command import Answer
from models.commands import EVERY_COMMAND
from tests.simulation import intake_mistakes
from tests.simulation.ama_known import AmaKnown
from tests.simulation.ama_oracle import foretold, in_phase
from tests.simulation.chance import Chance, Move, days
from tests.simulation.draws import Draw
from tests.simulation.intake_moves import correct
from tests.simulation.known import Known
from tests.simulation.mistakes import WILD_DAYS

STRANGER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-VREEMD")
LOOKS = 40
WILD = (
    *("datum", "nieuw", "verwacht_op", "overleden_op", "gepland_op", "gevraagd_op", "verleend_op", "vanaf"),
    *("tot", "start", "einde", "getekend_op", "verzekerd_tot", "aangegeven_op", "geregistreerd_op", "per"),
    *("van", "stap_tegen", "verwacht_einde", "week_van"),
)
"""The fields that hold a day."""
UNASKED: dict[str, dict[str, Any]] = {
    "statuut_melden": {"code": "geen", "vanaf": "2029-01-01"},
    "toestemming_vragen": {"opdracht": "toestemming/1", "gevraagd_op": "2029-01-01"},
    "ama_toestemming_intrekken": {"nummer": 1, "per": "2029-01-01"},
    "overeenkomst_toevoegen": {},
    "overeenkomst_wijzigen": {"nummer": 1, "vanaf": "2029-06-01", "activiteit": "keuken"},
    "overeenkomst_beeindigen": {"nummer": 1, "einde": "2029-06-01"},
    "uren_melden": {"week_van": "2029-06-04", "uren": "8"},
    "begeleider_wisselen": {"organisatie": "ORG-CGG-ARTEVELDE"},
    "tussentijds_gesprek": {"verslag": "x"},
    "ama_beeindigen": {"einde": "2029-06-01", "oorzaak": "andere"},
    "ama_einde_intrekken": {},
    "plaats_overslaan": {"motivering": "x"},
    "combinatie_melden": {"soort": "stage", "van": "2029-06-01"},
    "opschorten": {"van": "2029-06-01", "oorzaak": "ziekte"},
    "hervatten": {"per": "2029-06-01"},
    "overleden": {"overleden_op": "2029-01-08"},
    "overleden_ongedaan": {},
    "afspraak": {"gepland_op": "2029-06-01", "waar": "x", "hoe": "gesprek"},
}
ASKED: dict[str, dict[str, Any]] = {
    "toestemming_melden": {"antwoord": "niet_nodig"},
    "toestemming_hergebruiken": {"verleend_op": "2029-01-01", "zelfde_activiteit": True, "reden": "x"},
    "bemiddeling_vastleggen": {"keuze": "opnieuw_vragen", "toelichting": "x"},
    "overeenkomst_sluiten": {
        **{
            "werkpost": "ORG-DE-MEANDER",
            "activiteit": "keuken",
            "start": "2029-06-01",
            "uren_per_week": "12",
        },
        **{"getekend_op": "2029-01-01", "verzekerd_tot": "2030-06-01", "reden": "x"},
    },
    "dimona_melden": {"aangegeven_op": "2029-01-01"},
    "verzekering_melden": {"verzekerd_tot": "2035-01-01"},
    "opvolgen": {"keuze": "in_orde", "toelichting": "x"},
    "wat_daarna_vastleggen": {"wens": "x", "einde": "2035-01-01"},
    "contingent_kiezen": {"houder": "ORG-MAATWERK-DE-KAAI"},
    "bezoek_vastleggen": {"keuze": "neemt_de_plaats", "toelichting": "x"},
    "pop_vastleggen": {"stap": "x", "stap_tegen": "2035-01-01", "geregistreerd_op": "2029-01-01"},
    "herbeoordeling_vastleggen": {"besluit": "verlengd", "motivering": "x"},
    "nog_opgeschort": {"toelichting": "x"},
    "opschorting_bespreken": {"keuze": "wachten", "toelichting": "x"},
    "afronden_zonder_betrokkene": {"notitie": "x"},
    "herstel_beslissen": {"keuze": "overslaan", "toelichting": "x"},
}
IN_WORDS = {"eigen_woorden": "x", "begeleider": "x"}
OF_EVALUATION: dict[str, dict[str, Any]] = {
    "evaluatie_raadplegen": {"antwoord": "x"},
    "evaluatie_vastleggen": {
        **{name: IN_WORDS for name in ("bezigheid", "structuur", "contacten", "zelfontplooiing")},
        **dict.fromkeys(("toestemming_klopt", "verzekering_klopt", "uren_kloppen", "werkpost_past"), True),
        **{"stap_naar_werk": "x", "oordeel": "verder"},
    },
    "afronden_zonder_betrokkene": ASKED["afronden_zonder_betrokkene"],
}
PREPARED: dict[str, dict[str, Any]] = {"evaluatie_voorbereiden": {"gepland_op": "2030-01-08"}}


def wrong_phase(names: Mapping[str, dict[str, Any]]) -> Draw:
    """A command that is well-formed and that another phase knows."""

    def draw(chance: Chance, known: Known) -> Move | None:
        assert isinstance(known, AmaKnown)
        wrong = [name for name in names if not in_phase(name, known)]
        if not wrong:
            return None
        name = chance.random.choice(wrong)
        asked = {"opdracht": "nooit_gevraagd/1"} if issubclass(EVERY_COMMAND[name], Answer) else {}
        return Move(name, OPERATIES, names[name] | asked, "either")

    return draw


def not_asked(names: Mapping[str, dict[str, Any]]) -> Draw:
    """An answer to something that nobody asked, or that asks something else."""

    def draw(chance: Chance, known: Known) -> Move | None:
        keys = [duty.key for duty in (*known.live, *known.closed)]
        name, key = chance.random.choice(list(names)), chance.random.choice(["nooit_gevraagd/1", *keys])
        live = any(duty.key == key for duty in known.live)
        if live and chance.random.random() < 0.7:
            return None
        return Move(name, OPERATIES, names[name] | {"opdracht": key}, "either")

    return draw


def tomorrow(answer: Draw, unsolicited: Draw) -> Draw:
    """Something that did not happen yet."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = chance.random.choice((answer, unsolicited))(chance, known)
        ahead = {"datum": str(known.today + days(1))}
        return _otherwise(replace(move, payload=move.payload | ahead)) if move else None

    return draw


def _otherwise(move: Move) -> Move:
    """The same, of which is said again what should become of it."""
    return replace(move, expected="either", refused_as=None)


def by_stranger(draw_from: Draw) -> Draw:
    """Somebody who does not accompany here answers or tells something."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = draw_from(chance, known)
        if move is None or "namens" in move.payload:
            return None
        return _otherwise(replace(move, by=STRANGER))

    return draw


def told_by_stranger(chance: Chance, known: Known) -> Move:
    """Something that could happen, told by somebody who does not accompany here."""
    could = UNASKED | {"contactnota": {"nota": "x"}}
    name = chance.random.choice(list(could))
    return Move(name, STRANGER, could[name], "either")


def ended_before_it_began(chance: Chance, known: Known) -> Move | None:
    """A last day before the first one."""
    assert isinstance(known, AmaKnown)
    first = known.file.first_day
    if first is None:
        return None
    payload = {"einde": str(first - days(chance.random.randint(1, 30))), "oorzaak": "andere"}
    return Move("ama_beeindigen", OPERATIES, payload, "either")


def refused_seldom(mistakes: list[Draw]) -> Draw:
    """Of some mistakes, the one that was refused least in this world."""
    one = intake_mistakes.one_of(mistakes)

    def draw(chance: Chance, known: Known) -> Move | None:
        could = [move for _ in range(LOOKS) if (move := one(chance, known))]
        return min(could, key=lambda move: chance.sent[move.name, "refused"], default=None)

    return draw


def wild_day(answer: Draw, unsolicited: Draw) -> Draw:
    """A move with one of its days far away."""

    def draw(chance: Chance, known: Known) -> Move | None:
        move = chance.random.choice((answer, unsolicited, correct))(chance, known)
        if move is None:
            return None
        field = chance.random.choice(["datum", *(each for each in WILD if each in move.payload)])
        far = move.payload | {field: chance.random.choice(WILD_DAYS)}
        try:
            EVERY_COMMAND[move.name].model_validate({"datum": str(known.today), **far})
        except ValidationError:
            return None
        return _otherwise(replace(move, payload=far))

    return draw


def mistakes(answer: Draw, unsolicited: Draw, *, evaluation: bool = False) -> Draw:
    """What must be refused, and now and then turns out to be possible."""
    of_ama = [
        *(wrong_phase(UNASKED), wrong_phase(UNASKED | ASKED), not_asked(ASKED), not_asked(ASKED)),
        *(ended_before_it_began, told_by_stranger, told_by_stranger),
    ]
    of_evaluation = [wrong_phase(OF_EVALUATION | PREPARED), not_asked(OF_EVALUATION)]
    return foretold(
        refused_seldom(
            [
                *(of_evaluation if evaluation else of_ama),
                by_stranger(answer),
                by_stranger(unsolicited),
                tomorrow(answer, unsolicited),
                intake_mistakes.answered_before,
                intake_mistakes.not_what_is_known,
            ]
        )
    )
