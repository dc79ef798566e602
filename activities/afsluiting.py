"""What is still missing before a year can be closed, by organisation: from the duties and stands of the record.

Permissions of benefit agencies are not in it: their state belongs to the begeleider alone.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from activities.ama_facts import SE_SOORT, WVG_SOORT, accompanied_in
from activities.database import Database
from activities.statement_rows import found, statement_id
from models.ama_stand import AmaStand
from models.duties import DutyKind, DutyStatus
from models.staten import Ontbreekt
from models.tables import DutyRow, TrajectRow
from rules.begeleide_dagen import by_begeleider, year_of

EVALUATIE_SOORT = "evaluatie"
OPEN = (DutyStatus.OPEN, DutyStatus.BEZIG)
NEEDED: Mapping[DutyKind, tuple[str, str]] = {
    DutyKind.EVALUATIE: ("evaluatie", "Evaluatie niet gehouden"),
    DutyKind.DIMONA_IN: ("dimona", "Dimona IN niet genoteerd"),
    DutyKind.DIMONA_UIT: ("dimona", "Dimona UIT niet genoteerd"),
    DutyKind.VERZEKERING: ("verzekering", "Verzekering niet verlengd"),
    DutyKind.OVEREENKOMST: ("overeenkomst", "Overeenkomst niet gesloten"),
}
"""The kinds of duty that the closing of a year waits for, and how that is said."""


class Afsluitingen:
    """Lists what a year lacks; it changes nothing and closes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missing(self, jaar: int, organisatie: str | None = None) -> list[Ontbreekt]:
        """Everything that is missing at the end of a year, by organisation and dossier."""
        with self._database.read() as session:
            everything = [
                *_duties(session, jaar),
                *_ends(session, jaar),
                *_shared(session, jaar),
                *_statements(session, jaar),
            ]
        mine = [each for each in everything if organisatie in (None, each.organisatie)]
        return sorted(mine, key=lambda each: (each.organisatie, each.dossier or "", each.wat, each.tekst))


def _duties(session: Session, jaar: int) -> Iterator[Ontbreekt]:
    """What was owed in or before the year and is still open."""
    _, last = year_of(jaar)
    rows = (
        select(DutyRow.org, DutyRow.kind, DutyRow.due, TrajectRow.reference)
        .join(TrajectRow, TrajectRow.workflow_id == DutyRow.workflow_id)
        .where(
            TrajectRow.soort.in_((WVG_SOORT, SE_SOORT, EVALUATIE_SOORT)),
            DutyRow.kind.in_([kind.value for kind in NEEDED]),
            DutyRow.status.in_([status.value for status in OPEN]),
            or_(DutyRow.due <= last, (DutyRow.due.is_(None)) & (DutyRow.opened_on <= last)),
        )
    )
    for org, kind, due, reference in session.execute(rows):
        wat, tekst = NEEDED[DutyKind(kind)]
        yield Ontbreekt.model_validate(
            {"organisatie": org, "dossier": reference, "wat": wat, "tekst": tekst, "tegen": due}
        )


def _ends(session: Session, jaar: int) -> Iterator[Ontbreekt]:
    """An accompaniment that ended, with an agreement that has no last day."""
    _, last = year_of(jaar)
    rows = select(TrajectRow.reference, TrajectRow.einde, TrajectRow.is_open, TrajectRow.stand).where(
        TrajectRow.soort.in_((WVG_SOORT, SE_SOORT))
    )
    for reference, einde, is_open, stand in session.execute(rows.order_by(TrajectRow.workflow_id)):
        told = (stand or {}).get("ama")
        if not told or not _has_ended(einde, is_open, last):
            continue
        for each in AmaStand.model_validate(told).overeenkomsten:
            if each.tot is None:
                yield Ontbreekt(
                    organisatie=each.begeleider,
                    dossier=reference,
                    wat="einddatum",
                    tekst=f"Overeenkomst {each.nummer} heeft geen laatste dag",
                    tegen=einde,
                )


def _has_ended(einde: date | None, is_open: bool, last: date) -> bool:
    return einde <= last if einde is not None else not is_open


def _shared(session: Session, jaar: int) -> Iterator[Ontbreekt]:
    """Days with two begeleiders for whom nobody decided yet: each of them sees that, and not who the other is."""
    for who, decided in accompanied_in(session, jaar):
        together = {pair for pair in by_begeleider(who, jaar).values() if pair[1:]}
        for pair in together:
            if not decided & set(pair):
                for code in pair:
                    yield Ontbreekt(
                        organisatie=code,
                        dossier=who.kenmerk,
                        wat="te_beslissen",
                        tekst=f"Dagen in {jaar} met nog een andere begeleider: te beslissen wie ze krijgt",
                    )


def _statements(session: Session, jaar: int) -> Iterator[Ontbreekt]:
    """Who accompanied somebody in the year and has no statement of it yet."""
    codes = {
        code
        for who, _ in accompanied_in(session, jaar)
        for together in by_begeleider(who, jaar).values()
        for code in together
    }
    for code in sorted(codes):
        if found(session, statement_id("jaarstaat", code, jaar)) is None:
            yield Ontbreekt(
                organisatie=code, dossier=None, wat="jaarstaat", tekst=f"Jaarstaat {jaar} niet opgemaakt"
            )
