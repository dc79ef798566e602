"""The figures of the rights report, and how they stay silent about few people.

Every number is zero, "< 5", or rounded to a multiple of five (the smallest cell, a parameter). So no small number comes
out of arithmetic either: sums and differences of what is shown are multiples of five again, in a row, between tables,
and between two reports.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.findings import Finding
from models.gbo import Recht as Beschreven
from models.law import Law
from models.onthaal import Recht
from models.rechtenverslag import (
    MINUTEN_PER_UUR,
    Aantal,
    Intrekking,
    Meting,
    Rechtencijfers,
    Signaal,
    Vergelijking,
    Voordeel,
    Werkwijze,
)
from rules.grounded import PRACTICE, finding, grounded_in

HUNDREDTH = Decimal("0.01")
Test = Callable[[Recht], bool]


@grounded_in(PRACTICE)
def smallest_cell(law: Law, on: date) -> Finding[int]:
    """From how many persons on a number is shown."""
    row = law.at("statistiek.kleinste_cel", on)
    reden = f"Een aantal van minder dan {row.value} personen wordt niet getoond."
    return finding(smallest_cell, row.number(), reden, parameters=(row,))


@grounded_in(PRACTICE)
def longest_list(law: Law, on: date) -> Finding[int]:
    """How many thresholds the list of signals has at most."""
    row = law.at("statistiek.drempels", on)
    return finding(longest_list, row.number(), f"Ten hoogste {row.value} drempels.", parameters=(row,))


def compared(
    metingen: Sequence[Meting], intrekkingen: Sequence[Intrekking], van: date, tot: date
) -> tuple[Vergelijking, ...]:
    """Each person measured at the end in a period, beside their zero measurement; the newest of each counts."""
    kept = sorted(_kept(metingen, intrekkingen, tot), key=_when)
    zeros: dict[str, list[Meting]] = {}
    for each in kept:
        if each.meting == "nul":
            zeros.setdefault(each.traject, []).append(each)
    found: dict[str, Vergelijking] = {}
    for end in (each for each in kept if each.meting == "eind" and each.op >= van):
        before = [each for each in zeros.get(end.traject, ()) if each.op <= end.op]
        if before:
            found[end.dossier] = Vergelijking(nul=before[-1], eind=end)
    return tuple(found.values())


def only_started(
    metingen: Sequence[Meting], intrekkingen: Sequence[Intrekking], van: date, tot: date
) -> frozenset[str]:
    """The persons with a zero measurement in a period and no end measurement up to its last day."""
    kept = _kept(metingen, intrekkingen, tot)
    ended = {each.dossier for each in kept if each.meting == "eind"}
    return frozenset(each.dossier for each in kept if each.op >= van) - ended


def shown(count: int, smallest: int) -> Aantal:
    """What is told of a number of persons: zero, that there are few, or the nearest multiple of the smallest cell."""
    if 0 < count < smallest:
        return f"< {smallest}"
    steps = (Decimal(count) / smallest).quantize(Decimal(1), ROUND_HALF_UP)
    return int(steps) * smallest


def per_hour(rights: Aantal | None, minutes: int) -> Decimal | None:
    """Rights an hour, after the number as it is shown, half a hundredth up; None without a number or any time."""
    if not isinstance(rights, int) or minutes == 0:
        return None
    return (Decimal(rights) * MINUTEN_PER_UUR / minutes).quantize(HUNDREDTH, ROUND_HALF_UP)


def figures(
    persons: Sequence[Vergelijking],
    only_zero: int,
    listed: Sequence[Beschreven],
    smallest: int,
    longest: int,
) -> Rechtencijfers:
    """Every figure of the report over these persons, for these benefits, fit to be shown."""
    names = {each.code: each.naam for each in listed}
    return Rechtencijfers(
        personen=shown(len(persons), smallest),
        alleen_nul=shown(only_zero, smallest),
        voordelen=tuple(_voordeel(code, naam, persons, smallest) for code, naam in names.items()),
        werkwijzen=tuple(_werkwijzen(persons, names, smallest)),
        signalen=tuple(_signalen(persons, names, smallest))[:longest],
    )


def _kept(metingen: Iterable[Meting], intrekkingen: Sequence[Intrekking], tot: date) -> list[Meting]:
    """What was measured up to a day and not taken back since, also when that was said after the period."""
    backs: dict[str, list[Intrekking]] = {}
    for back in intrekkingen:
        backs.setdefault(back.traject, []).append(back)
    return [
        each
        for each in metingen
        if each.op <= tot and not any(_is_later(back, each) for back in backs.get(each.traject, ()))
    ]


def _is_later(back: Intrekking, meting: Meting) -> bool:
    """By its day, or told later: either way the measurement was taken back."""
    return back.nummer > meting.nummer or back.op > meting.op


def _when(meting: Meting) -> tuple[date, int]:
    return meting.op, meting.nummer


def _voordeel(code: str, naam: str, persons: Sequence[Vergelijking], smallest: int) -> Voordeel:
    nul = [_of(each.nul, code) for each in persons]
    eind = [_of(each.eind, code) for each in persons]

    def told(measured: Sequence[Recht], test: Test) -> Aantal:
        return shown(sum(map(test, measured)), smallest)

    return Voordeel(
        code=code,
        naam=naam,
        recht_nul=told(nul, _entitled),
        recht_eind=told(eind, _entitled),
        ontvangt_nul=told(nul, _receives),
        ontvangt_eind=told(eind, _receives),
        nieuw=shown(sum(_is_new(each, code) for each in persons), smallest),
        niet_nagegaan_nul=told(nul, _unseen),
        niet_nagegaan_eind=told(eind, _unseen),
        wil_niet_nul=told(nul, _unwanted),
        wil_niet_eind=told(eind, _unwanted),
    )


def _of(meting: Meting, code: str) -> Recht:
    """What was seen of a benefit; one that was not asked is not looked at either."""
    return meting.found(code) or Recht(code=code, recht="niet_nagegaan")


def _entitled(recht: Recht) -> bool:
    return recht.recht == "ja"


def _receives(recht: Recht) -> bool:
    return recht.ontvangt


def _unseen(recht: Recht) -> bool:
    return recht.recht == "niet_nagegaan"


def _unwanted(recht: Recht) -> bool:
    return recht.recht == "wil_niet"


def _is_new(person: Vergelijking, code: str) -> bool:
    """Looked at both times, not received at the start and received at the end."""
    nul, eind = person.nul.found(code), person.eind.found(code)
    return nul is not None and eind is not None and eind.ontvangt and not nul.ontvangt


def _werkwijzen(persons: Sequence[Vergelijking], codes: Iterable[str], smallest: int) -> Iterable[Werkwijze]:
    """A person counts under the method of the zero measurement, with the minutes of both measurements."""
    known = tuple(codes)
    for methode in sorted({each.nul.methode for each in persons}):
        group = [each for each in persons if each.nul.methode == methode]
        minutes = sum(each.nul.minuten + each.eind.minuten for each in group)
        new = shown(sum(_is_new(each, code) for each in group for code in known), smallest)
        few = len(group) < smallest
        yield Werkwijze(
            methode=methode,
            personen=shown(len(group), smallest),
            minuten=None if few else minutes,
            nieuw=None if few else new,
            per_uur=None if few else per_hour(new, minutes),
        )


def _signalen(persons: Sequence[Vergelijking], names: dict[str, str], smallest: int) -> list[Signaal]:
    """What stood in the way of at least so many persons, most first; the same twice of one person is once."""
    met = Counter(
        found
        for each in persons
        for found in {
            (recht.code, recht.drempel)
            for recht in (*each.nul.rechten, *each.eind.rechten)
            if recht.drempel is not None and recht.code in names
        }
    )
    order = list(names)
    often = [
        Signaal(code=code, naam=names[code], drempel=drempel, aantal=shown(count, smallest))
        for (code, drempel), count in met.items()
        if count >= smallest
    ]
    return sorted(often, key=lambda each: (-int(each.aantal), order.index(each.code), each.drempel))
