"""Which move comes next: an answer to something that is owed, or something that happens by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from models.actors import OPERATIES
from models.duties import Duty, DutyKind
from tests.simulation import guidance as g
from tests.simulation import moves as m
from tests.simulation.chance import Chance, Move
from tests.simulation.known import Known

Answer = Callable[[Chance, Known, Duty], Move | None]
Draw = Callable[[Chance, Known], Move | None]

ANSWER: dict[DutyKind, tuple[int, Answer]] = {
    DutyKind.TOEWIJZING: (2, m.assign),
    DutyKind.EERSTE_GESPREK: (3, g.first_talk),
    DutyKind.INFORMEREN: (2, g.inform),
    DutyKind.TRAJECTPLAN: (4, m.agree),
    DutyKind.AANBOD: (2, g.offer),
    DutyKind.ACTIE: (3, g.reconsider),
    DutyKind.VOORSTEL: (3, g.decide_proposal),
    DutyKind.PAKKET: (12, g.evaluate_package),
    DutyKind.REVIEW: (2, m.review),
    DutyKind.HERVATTING: (2, m.rest_on),
    DutyKind.OPSCHORTINGSGESPREK: (5, g.discuss_rest),
    DutyKind.OPSCHORTINGSBESLISSING: (5, g.discuss_rest),
    DutyKind.BESLISPUNT: (12, g.decide_what_comes),
    DutyKind.VERLENGING: (1, g.decide_extension),
    DutyKind.EINDVERSLAG: (4, m.conclude),
    DutyKind.VERDEELSTAAT: (5, g.divide),
    DutyKind.NAZORG: (6, g.look_after),
    DutyKind.METING: (2, g.measure),
    DutyKind.HERVERDELING: (2, g.found_somebody),
    DutyKind.OVERDRACHT: (2, g.take_over),
    DutyKind.AFRONDING: (2, m.close),
    DutyKind.HERSTEL: (2, m.repair),
}
"""How each kind of duty is answered, and how likely it is to be the one that is; what comes seldom is drawn often."""

UNSOLICITED: list[tuple[int, Draw]] = [
    (8, m.busy),
    (5, m.leave),
    (8, m.suspend),
    (5, m.resume),
    (4, m.extend),
    (3, m.stop),
    (10, m.reopen),
    (3, m.die),
    (8, m.live_again),
    (3, m.reassign),
    (2, m.meet),
    (2, m.note),
    (2, m.review_law),
    (10, m.correct),
    (2, m.periodicity),
    (2, g.explore),
    (3, g.place),
    (4, g.start_early),
    (2, g.want_another),
    (3, g.move_house),
    (6, g.change_plan),
    (4, g.propose),
    (12, g.start_package),
    (4, g.talk_before_stop),
    (3, g.try_to_reach),
    (8, g.note_outcome),
    (2, g.register),
    (2, g.note_payment),
    (4, g.dispute),
    (5, g.hear),
    (14, g.recover),
]
TRIES = 3
"""How often something else is drawn when what was drawn cannot happen here and now."""


def answering(table: Mapping[DutyKind, tuple[int, Answer]]) -> Draw:
    """Draws the answer to a duty that is open, by its owner or by operations for the owner."""

    def draw(chance: Chance, known: Known) -> Move | None:
        if not known.live:
            return None
        (duty,) = chance.random.choices(known.live, [table[each.kind][0] for each in known.live])
        move = table[duty.kind][1](chance, known, duty)
        if move is None or "opdracht" not in move.payload or chance.random.random() < 0.7:
            return move
        namens = {"namens": duty.addressee.model_dump(mode="json")} if chance.random.random() < 0.5 else {}
        return replace(move, by=OPERATIES, payload=move.payload | namens)

    return draw


def happening(table: Sequence[tuple[int, Draw]], tries: int = TRIES) -> Draw:
    """Draws something that happens by itself."""
    weights = [weight for weight, _ in table]

    def draw(chance: Chance, known: Known) -> Move | None:
        for _, happens in chance.random.choices(table, weights, k=tries):
            if move := happens(chance, known):
                return move
        return None

    return draw


answer = answering(ANSWER)
unsolicited = happening(UNSOLICITED)
