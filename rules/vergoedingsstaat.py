"""All lines of a vergoedingsstaat together; no line is withheld on an assumption."""

from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from models.actors import Rol
from models.documents import Verdeelstaat, Vergoedingsstaat
from models.findings import Finding
from models.vergoeding import Lijn
from models.vergoedingsstaat import ZERO, Bedragen, Regel, balance
from models.verloop import Betwisting, Geld, Terugvordering
from rules.betwistbaar import after_death, disputed, ended_early, unassigned, without_network
from rules.grounded import D2022, grounded_in
from rules.vergoedingen import (
    TANDEM,
    Money,
    days_of,
    deduction,
    network_right,
    organisation_of,
    recovery,
    tandem_right,
)


@grounded_in(D2022.article(16))
def lines(facts: Vergoedingsstaat, bedragen: Bedragen) -> tuple[Regel, ...]:
    """All lines of a statement: the three rights, each followed by what is taken off it."""
    said = (after_death() if facts.overleden else None, ended_early(facts, bedragen), unassigned(facts))
    general = [note for note in said if note]
    made: list[Regel] = []
    for lijn in TANDEM:
        rights = {who: tandem_right(lijn, who, facts, bedragen) for who in days_of(lijn, facts)}
        for who, right in rights.items():
            made += _with_corrections(_right(lijn, who, right, general, facts.geld, set(rights)), facts.geld)
        made += _stray(lijn, set(rights), facts.geld)
    return (*made, *network_lines(facts, bedragen, general))


@grounded_in(D2022.article(20))
def network_lines(
    facts: Vergoedingsstaat | Verdeelstaat, bedragen: Bedragen, general: Sequence[Finding[str]] = ()
) -> tuple[Regel, ...]:
    """The line of the network, what is deducted from it (art. 21) and what is recovered."""
    who = organisation_of(facts.team, Rol.NETWERKCOORDINATOR)
    notes = [*general]
    if isinstance(facts, Vergoedingsstaat) and not facts.netwerkacties:
        notes.append(without_network())
    right = _right("netwerk", who, network_right(facts, bedragen), notes, facts.geld, {who})
    corrected = _with_corrections(right, facts.geld)
    return (*corrected, *_stray("netwerk", {who}, facts.geld))


def _right(
    lijn: Lijn,
    who: str | None,
    right: Money,
    notes: Sequence[Finding[str]],
    geld: Geld,
    known: Collection[str | None],
) -> Regel:
    """The line of one organisation; a dispute in a name that has no line stands beside every line."""
    against = [
        disputed(each)
        for each in sorted(geld.betwistingen, key=lambda each: each.op)
        if each.lijn == lijn and (_is(each, who) or each.organisatie not in known)
    ]
    return Regel(lijn=lijn, soort="recht", organisatie=who, bedrag=right, opmerkingen=(*notes, *against))


def _with_corrections(right: Regel, geld: Geld) -> tuple[Regel, ...]:
    """A line with what is taken off it: first what others paid, then what was decided after a hearing."""
    made = [right]
    if right.lijn == "netwerk" and geld.betalingen:
        made.append(_taken_off(right, "aftrek", deduction(right.bedrag, geld)))
    for decided in _recoveries(right.lijn, geld):
        if _is(decided, right.organisatie):
            made.append(_taken_off(right, "terugvordering", recovery(decided, balance(made))))
    return tuple(made)


def _stray(lijn: Lijn, known: Collection[str | None], geld: Geld) -> Iterator[Regel]:
    """Recoveries from an organisation that has no line here: shown, with nothing to take them from."""
    for decided in _recoveries(lijn, geld):
        if None not in known and decided.organisatie not in known:
            nothing = recovery(decided, ZERO)
            yield Regel(lijn=lijn, soort="terugvordering", organisatie=decided.organisatie, bedrag=nothing)


def _taken_off(right: Regel, soort: Literal["aftrek", "terugvordering"], bedrag: Money) -> Regel:
    return Regel(lijn=right.lijn, soort=soort, organisatie=right.organisatie, bedrag=bedrag)


def _recoveries(lijn: Lijn, geld: Geld) -> list[Terugvordering]:
    mine = [each for each in geld.terugvorderingen if each.lijn == lijn]
    return sorted(mine, key=lambda each: (each.op, each.gehoord_op, each.organisatie, each.bedrag))


def _is(told: Betwisting | Terugvordering, who: str | None) -> bool:
    """Whether something is about this organisation; while nobody was assigned, it is about the one line."""
    return who is None or told.organisatie == who
