"""Who was accompanied by whom, from the stand that the trajectories told: one participant over all their trajectories.

Of a dossier of which no trajectory has a stand (any more) nothing is known.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from models.ama_stand import AmaStand, Begeleidingsperiode
from models.kwartaal import Plaatsen, Voorschot
from models.subsidie import Begeleid, Keuze
from models.tables import AdvanceRow, ContingentRow, PlaceRow, SubsidyChoiceRow, TrajectRow
from models.vergoedingsstaat import CENT
from rules.calendar import ONE_DAY

WVG_SOORT, SE_SOORT = "arbeidsmatige_activiteiten", "ama_se"
PAGE = 500
"""Rows of trajectories in memory at once."""


class _Stand(NamedTuple):
    workflow_id: str
    ama: AmaStand


def accompanied_by(session: Session, organisatie: str, besides: Collection[str] = ()) -> Iterator[Begeleid]:
    """Everybody whom an organisation ever accompanied (AMA WVG), and dossiers that are asked besides."""
    named = cast(TrajectRow.stand, Text).contains(f'"{organisatie}"', autoescape=True)
    theirs = select(TrajectRow.reference).where(TrajectRow.soort == WVG_SOORT, named)
    wanted = or_(TrajectRow.reference.in_(theirs), TrajectRow.reference.in_(besides))
    for reference, stands in _stands(session, WVG_SOORT, wanted):
        yield _whole(reference, stands)


def dossier(session: Session, soort: str, reference: str) -> Begeleid | None:
    """One participant over all trajectories of a kind; none where nothing is known."""
    found = dict(_stands(session, soort, TrajectRow.reference == reference))
    return _whole(reference, found[reference]) if reference in found else None


def accompanied_in(session: Session, jaar: int) -> Iterator[tuple[Begeleid, set[str]]]:
    """Everybody (AMA WVG), with the begeleiders for whom somebody decided about shared days of a year."""
    decided: dict[str, set[str]] = {}
    for row in session.scalars(select(SubsidyChoiceRow).where(SubsidyChoiceRow.jaar == jaar)):
        decided.setdefault(row.reference, set()).add(row.organisatie)
    for reference, stands in _stands(session, WVG_SOORT, TrajectRow.soort == WVG_SOORT):
        yield _whole(reference, stands), decided.get(reference, set())


def _whole(reference: str, stands: Iterable[_Stand]) -> Begeleid:
    known = list(stands)
    return Begeleid(
        kenmerk=reference,
        overeenkomsten=tuple(each for stand in known for each in stand.ama.overeenkomsten),
        rusten=tuple(each for stand in known for each in stand.ama.rusten),
    )


def begeleiders(session: Session) -> list[str]:
    """Every organisation that ever accompanied somebody (AMA WVG), in order."""
    found = _stands(session, WVG_SOORT, TrajectRow.soort == WVG_SOORT)
    return sorted(
        {each.begeleider for _, stands in found for stand in stands for each in stand.ama.overeenkomsten}
    )


def placed_with(session: Session, houder: str, besides: Collection[str] = ()) -> Iterator[Begeleid]:
    """Everybody who ever had a place in a contingent (AMA SE), with their agreements while they had it."""
    place = select(PlaceRow.workflow_id).where(PlaceRow.holder == houder, PlaceRow.occupied_from.is_not(None))
    named = cast(TrajectRow.stand, Text).contains(f'"{houder}"', autoescape=True)
    theirs = select(TrajectRow.reference).where(
        TrajectRow.soort == SE_SOORT, or_(TrajectRow.workflow_id.in_(place), named)
    )
    wanted = or_(TrajectRow.reference.in_(theirs), TrajectRow.reference.in_(besides))
    periods = _places(session, houder)
    for reference, stands in _stands(session, SE_SOORT, wanted):
        yield Begeleid(
            kenmerk=reference,
            overeenkomsten=tuple(each for stand in stands for each in _while_placed(stand, houder, periods)),
            rusten=tuple(each for stand in stands for each in stand.ama.rusten),
        )


def contingent_of(session: Session, houder: str) -> tuple[Plaatsen, ...]:
    """The places of a holder, from day to day."""
    rows = select(ContingentRow).where(ContingentRow.holder == houder).order_by(ContingentRow.valid_from)
    return tuple(
        Plaatsen(aantal=row.places, van=row.valid_from, tot=row.valid_to) for row in session.scalars(rows)
    )


def advances_of(
    session: Session, houder: str, as_of: date, besides: Collection[int]
) -> tuple[Voorschot, ...]:
    """What was advanced to a holder up to a day, but for what stood on an overview already."""
    rows = select(AdvanceRow).where(AdvanceRow.houder == houder, AdvanceRow.op <= as_of)
    return tuple(
        Voorschot(nummer=row.id, jaar=row.jaar, op=row.op, bedrag=row.cent * CENT)
        for row in session.scalars(rows.order_by(AdvanceRow.op, AdvanceRow.id))
        if row.id not in besides
    )


def choices(session: Session, references: Iterable[str]) -> tuple[Keuze, ...]:
    """What was decided about days that two begeleiders share."""
    rows = select(SubsidyChoiceRow).where(SubsidyChoiceRow.reference.in_(list(references)))
    return tuple(
        Keuze(
            kenmerk=row.reference,
            jaar=row.jaar,
            organisatie=row.organisatie,
            op=row.op,
            door=row.door,
            reden=row.reden,
        )
        for row in session.scalars(rows.order_by(SubsidyChoiceRow.id))
    )


def _stands(session: Session, soort: str, wanted: Any) -> Iterator[tuple[str, list[_Stand]]]:
    """The stands of a kind by dossier, in order; read in pages, however many there are."""
    columns = select(TrajectRow.reference, TrajectRow.workflow_id, TrajectRow.stand)
    query = columns.where(TrajectRow.soort == soort, wanted).order_by(
        TrajectRow.reference, TrajectRow.workflow_id
    )
    rows = session.execute(query.execution_options(yield_per=PAGE))
    for reference, group in groupby(rows, key=lambda row: row.reference):
        told = [(row.workflow_id, (row.stand or {}).get("ama")) for row in group]
        known = [_Stand(workflow_id, AmaStand.model_validate(ama)) for workflow_id, ama in told if ama]
        if known:
            yield reference, known


def _places(session: Session, houder: str) -> dict[str, list[tuple[str, date, date | None]]]:
    """The places that trajectories of a holder had, here and elsewhere: holder, first and last day."""
    mine = select(PlaceRow.workflow_id).where(PlaceRow.holder == houder)
    rows = select(PlaceRow).where(PlaceRow.workflow_id.in_(mine), PlaceRow.occupied_from.is_not(None))
    found: dict[str, list[tuple[str, date, date | None]]] = {}
    for row in session.scalars(rows):
        assert row.occupied_from is not None
        last = row.released_on - ONE_DAY if row.released_on else None
        found.setdefault(row.workflow_id, []).append((row.holder, row.occupied_from, last))
    return found


def _while_placed(
    stand: _Stand, houder: str, places: dict[str, list[tuple[str, date, date | None]]]
) -> Sequence[Begeleidingsperiode]:
    """The agreements while the place was with this holder; whoever never moved has them whole."""
    theirs = places.get(stand.workflow_id, [])
    if {who for who, _, _ in theirs} <= {houder}:
        whole = stand.ama.overeenkomsten if theirs or stand.ama.contingent == houder else ()
        since = stand.ama.plaats_vanaf
        return whole if since is None else [cut for each in whole if (cut := _cut(each, since, None))]
    return [
        cut
        for who, van, tot in theirs
        if who == houder
        for each in stand.ama.overeenkomsten
        if (cut := _cut(each, van, tot)) is not None
    ]


def _cut(each: Begeleidingsperiode, van: date, tot: date | None) -> Begeleidingsperiode | None:
    ends = [day for day in (each.tot, tot) if day is not None]
    first, last = max(each.van, van), min(ends, default=None)
    return None if last is not None and last < first else each.model_copy(update={"van": first, "tot": last})
