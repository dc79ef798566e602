"""The subsidy of AMA in health and welfare policy: one a participant a year, by the days really accompanied."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from models.findings import Finding
from models.law import Parameter
from models.subsidie import (
    AFRONDING,
    WIJZIGING,
    WVG,
    WVG_DEEL,
    WVG_EENMAAL,
    WVG_RUST,
    WVG_SAMENLOOP,
    Begeleid,
    Keuze,
    Regel,
)
from models.vergoedingsstaat import Bedragen, euro
from rules.begeleide_dagen import (
    Days,
    Tarief,
    all_days,
    beyond_rest,
    by_begeleider,
    counted,
    day_euros,
    tariffs,
    used,
    written_sum,
    year_of,
)
from rules.grounded import D2022, finding, grounded_in
from rules.vergoedingen import day_text, rounded

AMA = D2022.article("28-33")


class _Share(NamedTuple):
    """The days of one begeleider in a year, or those of several together."""

    begeleiders: tuple[str, ...]
    days: tuple[date, ...]
    """The days that count."""
    rested: int
    """The days under an agreement that do not."""
    keuze: Keuze | None


class _Year(NamedTuple):
    """What counts for everybody in a year."""

    jaar: int
    rates: tuple[Tarief, ...]
    deel: Parameter
    rust: Parameter
    bedragen: Bedragen


@grounded_in(AMA)
def ceiling(jaar: int, bedragen: Bedragen) -> Finding[Decimal]:
    """What a participant gives at most in a calendar year; when the amount changes, the mean over all its days."""
    rates = tariffs(WVG, jaar, bedragen)
    days = list(all_days(*year_of(jaar)))
    counts = counted(days, rates)
    amount = rounded(day_euros(counts, rates) / len(days))
    if not rates[1:]:
        return finding(
            ceiling, amount, f"Het maximum van {jaar} is {euro(amount)}.", parameters=(rates[0].row,)
        )
    return finding(
        ceiling,
        amount,
        f"Het maximum van {jaar} is {written_sum(counts, rates, len(days))} = {euro(amount)}.",
        parameters=(*used(counts, rates), bedragen.at(WIJZIGING, days[0])),
    )


@grounded_in(AMA)
def year_lines(
    deelnemer: Begeleid, jaar: int, bedragen: Bedragen, keuzes: Sequence[Keuze] = ()
) -> tuple[Regel, ...]:
    """What one participant gives in a year, a line a begeleider; days with several begeleiders wait for a human.

    Together the lines are the amount of the participant's year: each is the year up to it, less what came before.
    """
    first, _ = year_of(jaar)
    year = _Year(
        jaar,
        tariffs(WVG, jaar, bedragen),
        bedragen.at(WVG_DEEL, first),
        bedragen.at(WVG_RUST, first),
        bedragen,
    )
    made: list[Regel] = []
    earlier: list[date] = []
    for share in _shares(deelnemer, year, keuzes):
        made.append(
            Regel(
                kenmerk=deelnemer.kenmerk,
                jaar=jaar,
                soort="recht",
                begeleiders=share.begeleiders,
                dagen=len(share.days),
                bedrag=share_right(deelnemer, share, earlier, year),
            )
        )
        earlier += share.days
    return tuple(made)


@grounded_in(AMA)
def share_right(
    deelnemer: Begeleid, share: _Share, earlier: Collection[date], year: _Year
) -> Finding[Decimal]:
    """What the days of one begeleider give: the year with them, less the year without them, below the maximum."""
    top = ceiling(year.jaar, year.bedragen)
    before, alone = _worth(earlier, year), _worth(share.days, year)
    until = _worth([*earlier, *share.days], year)
    amount = min(until, top.value) - min(before, top.value)
    counts = counted(share.days, year.rates)
    said = [_days_said(share), f"{written_sum(counts, year.rates, year.deel.value)} = {euro(alone)}."]
    if until > top.value:
        said.append(f"{top.reden} Daar blijft het bij: {euro(amount)}.")
    elif amount != alone:
        said.append(f"Samen met de dagen ervoor is dat {euro(until)}, dus hier {euro(amount)}.")
    parameters, more = _remarks(deelnemer, share, year)
    return finding(
        share_right,
        amount,
        " ".join(filter(None, [*more[:1], *said, *more[1:]])),
        parameters=(*used(counts, year.rates), year.deel, *parameters, *_of_top(top, until)),
        facts={"dagen": len(share.days), "niet meegeteld": share.rested, "maximum": top.value},
    )


def _of_top(top: Finding[Decimal], until: Decimal) -> tuple[Parameter, ...]:
    """What the maximum rests on besides the amounts, where it counted."""
    return tuple(row for row in top.parameters if row.name != WVG) if until > top.value else ()


def _worth(days: Collection[date], year: _Year) -> Decimal:
    return rounded(day_euros(counted(days, year.rates), year.rates) / Decimal(year.deel.value))


def _shares(deelnemer: Begeleid, year: _Year, keuzes: Sequence[Keuze]) -> Iterator[_Share]:
    """The days of the year by whose they are, in the order of their first day."""
    beyond: Days = beyond_rest(deelnemer.rusten, year.rust.term(), year.jaar, year.bedragen)
    mine = [each for each in keuzes if (each.kenmerk, each.jaar) == (deelnemer.kenmerk, year.jaar)]
    groups: dict[tuple[str, ...], list[date]] = {}
    chosen: dict[tuple[str, ...], Keuze] = {}
    for day, together in by_begeleider(deelnemer, year.jaar).items():
        keuze = _chosen(together, mine)
        whose = (keuze.organisatie,) if keuze else together
        groups.setdefault(whose, []).append(day)
        if keuze:
            chosen[whose] = keuze
    for whose, days in groups.items():
        kept = tuple(day for day in days if day not in beyond)
        yield _Share(whose, kept, len(days) - len(kept), chosen.get(whose))


def _chosen(together: tuple[str, ...], keuzes: Sequence[Keuze]) -> Keuze | None:
    """The newest decision about these begeleiders, of one day the last; none where there is nothing to decide."""
    fit = [each for each in reversed(keuzes) if each.organisatie in together]
    return max(fit, key=lambda each: each.op) if fit and together[1:] else None


def _days_said(share: _Share) -> str:
    if not share.days:
        return "Geen enkele dag telt mee:"
    first, last, count = share.days[0], share.days[-1], len(share.days)
    unbroken = (last - first).days + 1 == count
    when = (
        f"Van {day_text(first)} tot en met {day_text(last)}"
        if unbroken
        else f"Tussen {day_text(first)} en {day_text(last)}"
    )
    return f"{when} {'is' if count == 1 else 'zijn'} dat {_number(count)}:"


def _number(days: int) -> str:
    return "1 begeleide dag" if days == 1 else f"{days} begeleide dagen"


def _remarks(
    deelnemer: Begeleid, share: _Share, year: _Year
) -> tuple[tuple[Parameter, ...], tuple[str, ...]]:
    """What else the line rests on, and how that is said; what comes first is said first."""
    first, last = year_of(year.jaar)

    def row(name: str) -> Parameter:
        return year.bedragen.at(name, first)

    parameters, said = [row(AFRONDING)], [""]
    if share.begeleiders[1:]:
        parameters.append(row(WVG_SAMENLOOP))
        said[0] = (
            f"Te beslissen: op deze dagen zijn er {len(share.begeleiders)} begeleiders. "
            "Een mens zegt wie ze krijgt; er is niets verdeeld en niets ingehouden."
        )
    if share.keuze:
        said.append(
            f"Op {day_text(share.keuze.op)} is beslist dat de dagen met een andere begeleider hierbij horen."
        )
    if share.rested:
        parameters.append(year.rust)
        said.append(
            f"Van een opschorting tellen de eerste {year.rust.value} mee; {share.rested} dagen vallen erbuiten."
        )
    theirs = [each for each in deelnemer.overeenkomsten if each.begeleider in share.begeleiders]
    running = [each for each in theirs if each.van <= last and (each.tot is None or each.tot >= first)]
    agreements = {each.nummer for each in running}
    if len(agreements) > len(share.begeleiders):
        parameters.append(row(WVG_EENMAAL))
        said.append(f"Er zijn {len(agreements)} overeenkomsten; een dag telt één keer.")
    if sum(count > 0 for count in counted(share.days, year.rates)) > 1:
        parameters.append(row(WIJZIGING))
    return tuple(parameters), tuple(said)
