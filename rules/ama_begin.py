"""What keeps arbeidsmatige activiteiten from beginning: the other kind, or no recognition (art. 28-30)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.ama_stand import Variant
from models.ama_verloop import Periode
from models.findings import Finding, Verdict
from models.toeleiding import AnderTraject
from rules.grounded import D2022, finding, grounded_in

ONE_DAY = timedelta(days=1)
OTHER = {"wvg": "ama_se", "se": "arbeidsmatige_activiteiten"}
"""The kind that nobody does beside this one."""
IN_WORDS = {
    "ama_se": "AMA in de sociale economie",
    "arbeidsmatige_activiteiten": "AMA in het welzijns- en gezondheidsbeleid",
}


def objections(
    start: date,
    variant: Variant,
    others: Iterable[AnderTraject],
    erkend: Iterable[Periode] | None,
    tot: date | None = None,
) -> Iterator[Finding[date | None]]:
    """Everything that keeps the activities from beginning on a day; only in welfare policy is recognition asked.

    None for `erkend` asks no recognition: of a last day that was put right.
    """
    yield from not_with_the_other(start, variant, others, tot)
    if variant == "wvg" and erkend is not None:
        yield from recognised(start, erkend)


@grounded_in(D2022.article("28-29"))
def not_with_the_other(
    start: date, variant: Variant, others: Iterable[AnderTraject], tot: date | None = None
) -> Iterator[Finding[date | None]]:
    """Nobody does both kinds of AMA on one day: the last day of the old one is at most the day before.

    Where this one has a last day too, the other may have come after it.
    """
    for other in others:
        if other.soort != OTHER[variant] or (other.tot is not None and other.tot < start):
            continue
        if tot is not None and other.van > start:
            if other.van <= tot:
                yield _before_the_other(other)
            continue
        needed = start - ONE_DAY
        ends = f"tot {other.tot:%d-%m-%Y}" if other.tot else "zonder einddatum"
        yield finding(
            not_with_the_other,
            needed,
            f"Er loopt {IN_WORDS[other.soort]} {ends}; "
            f"dat eindigt ten laatste op {needed:%d-%m-%Y}, de dag voor de start.",
            facts={"start": start, "loopt": other.soort, "sinds": other.van, "tot": other.tot or "onbekend"},
            verdict=Verdict.HARD,
        )


@grounded_in(D2022.article("28-29"))
def _before_the_other(other: AnderTraject) -> Finding[date | None]:
    """What came before the other kind has its last day before the first of the other."""
    needed = other.van - ONE_DAY
    return finding(
        _before_the_other,
        needed,
        f"Vanaf {other.van:%d-%m-%Y} loopt {IN_WORDS[other.soort]}; "
        f"de laatste dag is dan ten laatste {needed:%d-%m-%Y}.",
        facts={"loopt": other.soort, "sinds": other.van},
        verdict=Verdict.HARD,
    )


@grounded_in(D2022.article(30))
def recognised(start: date, erkend: Iterable[Periode]) -> Iterator[Finding[date | None]]:
    """Whoever accompanies is recognised on the first day; a recognition lost later stops nothing that runs."""
    periods = tuple(erkend)
    if any(each.van <= start and (each.tot is None or start <= each.tot) for each in periods):
        return
    later = min((each.van for each in periods if each.van > start), default=None)
    before = max((each.tot for each in periods if each.tot and each.tot < start), default=None)
    since = f" sinds {before + ONE_DAY:%d-%m-%Y}" if before else ""
    again = f"; dat kan vanaf {later:%d-%m-%Y}" if later else ""
    yield finding(
        recognised,
        later,
        f"De begeleider is op {start:%d-%m-%Y} niet erkend{since}; er kan dan niets beginnen{again}.",
        facts={"start": start, "erkend tot": before or "nooit", "erkend vanaf": later or "onbekend"},
        verdict=Verdict.HARD,
    )
