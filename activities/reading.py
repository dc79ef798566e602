"""Reads the record for lists and screens: a fixed number of queries each, however long the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from activities.database import Database
from activities.names import Names
from models.duties import LIVE
from models.lines import (
    DocumentLine,
    DossierView,
    DutyLine,
    Line,
    MailLine,
    MessageLine,
    TeamLine,
    TimelineLine,
    ToestemmingLine,
    TrajectLine,
)
from models.tables import (
    DocumentRow,
    DossierRow,
    DutyRow,
    EventRow,
    GemeenteRow,
    MailRow,
    MiniTeamRow,
    OrganisationRow,
    OutboxRow,
    PersonRow,
    ToestemmingRow,
    TrajectRow,
    WorkerRow,
)
from rules.toestemmingen import ENDING

L = TypeVar("L", bound=Line)

OWED = tuple(status.value for status in LIVE)


@dataclass(frozen=True)
class TrajectFilter:
    """Which trajectories to list; what is left empty does not count."""

    fase: str | None = None
    werkingsgebied: str | None = None
    organisatie: str | None = None
    te_laat: bool | None = None
    q: str | None = None
    """Part of the reference or of the requester's own reference."""
    na: str | None = None
    """The workflow id to go on after."""
    limit: int = 100


@dataclass(frozen=True)
class DutyFilter:
    """Which duties to list; without statuses the live ones."""

    organisatie: str | None = None
    rol: str | None = None
    medewerker: str | None = None
    reference: str | None = None
    status: tuple[str, ...] = OWED
    voor: date | None = None
    """Due on or before this day."""
    te_laat: bool | None = None
    limit: int = 100


class Reading:
    """The record as people read it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def trajecten(self, wanted: TrajectFilter | None = None) -> list[TrajectLine]:
        """Trajectories by reference."""
        wanted = wanted or TrajectFilter()
        with self._database.read() as session:
            rows = _filtered(_trajecten(), wanted).order_by(TrajectRow.workflow_id).limit(wanted.limit)
            return _lines(session, rows, TrajectLine)

    def dossier(self, reference: str) -> DossierView | None:
        """One dossier with its trajectories, teams and live duties, or None."""
        with self._database.read() as session:
            found = session.execute(_dossier(reference)).mappings().one_or_none()
            if found is None:
                return None
            return DossierView(
                **{**found, "letters_held": found["letters_held"] is not None},
                trajecten=tuple(
                    _lines(session, _trajecten().where(TrajectRow.reference == reference), TrajectLine)
                ),
                team=tuple(_lines(session, _team(reference), TeamLine)),
                opdrachten=tuple(_lines(session, _owed(DutyFilter(reference=reference)), DutyLine)),
            )

    def opdrachten(self, wanted: DutyFilter | None = None) -> list[DutyLine]:
        """Duties, the earliest due first."""
        with self._database.read() as session:
            return _lines(session, _owed(wanted or DutyFilter()), DutyLine)

    def opdracht(self, workflow_id: str, key: str) -> DutyLine | None:
        """One duty, or None."""
        with self._database.read() as session:
            mine = _duties().where(DutyRow.workflow_id == workflow_id, DutyRow.key == key)
            return next(iter(_lines(session, mine, DutyLine)), None)

    def tijdlijn(self, reference: str) -> list[TimelineLine]:
        """Everything that happened in the trajectories of a dossier, in the order the record heard of it."""
        of_dossier = (
            select(EventRow)
            .join(TrajectRow, TrajectRow.workflow_id == EventRow.workflow_id)
            .where(TrajectRow.reference == reference)
            .order_by(EventRow.ingevoerd_op, EventRow.workflow_id, EventRow.seq)
        )
        return self._events(of_dossier)

    def nieuws(self, workflow_id: str, na: int) -> list[TimelineLine]:
        """What happened in one trajectory after the event with a number, in order."""
        later = select(EventRow).where(EventRow.workflow_id == workflow_id, EventRow.seq > na)
        return self._events(later.order_by(EventRow.seq))

    def _events(self, wanted: Select[EventRow]) -> list[TimelineLine]:
        with self._database.read() as session:
            events = session.scalars(wanted).all()
            names = Names.of(session, [actor for event in events for actor in (event.door, event.namens)])
        return [_told(event, names) for event in events]

    def documenten(self, reference: str) -> list[DocumentLine]:
        """The documents of a dossier, oldest first, without their bytes."""
        mine = _columns(DocumentRow, DocumentLine).where(DocumentRow.reference == reference)
        with self._database.read() as session:
            return _lines(session, mine.order_by(DocumentRow.as_of, DocumentRow.key), DocumentLine)

    def document(self, document_id: str) -> DocumentRow | None:
        """One document with its bytes, or None."""
        with self._database.read() as session:
            return session.get(DocumentRow, document_id)

    def berichten(self, reference: str) -> list[MessageLine]:
        """The messages of a dossier, sent or not, in the order they were asked."""
        mine = _columns(OutboxRow, MessageLine).where(OutboxRow.reference == reference)
        with self._database.read() as session:
            return _lines(session, mine.order_by(OutboxRow.as_of, OutboxRow.key), MessageLine)

    def mails(self, reference: str | None = None, limit: int = 100) -> list[MailLine]:
        """The newest mails first; of one dossier: those that carry a message of it."""
        found = _columns(MailRow, MailLine).order_by(MailRow.day.desc(), MailRow.id).limit(limit)
        if reference is not None:
            found = found.where(
                exists().where(OutboxRow.mail_id == MailRow.id, OutboxRow.reference == reference)
            )
        with self._database.read() as session:
            return _lines(session, found, MailLine)

    def toestemmingen(self, reference: str, organisatie: str) -> list[ToestemmingLine]:
        """The permissions of a dossier that belong to one organisation of a begeleider; no other sees them."""
        mine = (
            select(ToestemmingRow)
            .join(TrajectRow, TrajectRow.workflow_id == ToestemmingRow.workflow_id)
            .where(TrajectRow.reference == reference, ToestemmingRow.org == organisatie)
            .order_by(ToestemmingRow.workflow_id, ToestemmingRow.nummer)
        )
        with self._database.read() as session:
            return [
                ToestemmingLine.model_validate({**row.contents, "workflow_id": row.workflow_id})
                for row in session.scalars(mine)
            ]

    def eindigende_uitkeringen(self, organisatie: str) -> list[ToestemmingLine]:
        """Of one organisation of a begeleider: who has a benefit that ends or is abolished since 2026."""
        mine = (
            select(ToestemmingRow)
            .join(TrajectRow, TrajectRow.workflow_id == ToestemmingRow.workflow_id)
            .where(TrajectRow.is_open, ToestemmingRow.org == organisatie)
            .order_by(ToestemmingRow.workflow_id, ToestemmingRow.nummer)
        )
        with self._database.read() as session:
            lines = [
                ToestemmingLine.model_validate({**row.contents, "workflow_id": row.workflow_id})
                for row in session.scalars(mine)
            ]
        return [line for line in lines if line.statuut in ENDING and not line.vervallen]


def _lines(session: Session, rows: Select[Any], line: type[L]) -> list[L]:
    return [line.model_validate(dict(row)) for row in session.execute(rows).mappings()]


def _columns(row: type[Any], line: type[Line], *others: Any) -> Select[Any]:
    """The columns of a table that a line shows, and others from elsewhere."""
    named = {other.key for other in others}
    return select(*(getattr(row, name) for name in line.model_fields if name not in named), *others)


def _trajecten() -> Select[Any]:
    gemeente = GemeenteRow.name.label("gemeente")
    return (
        _columns(TrajectRow, TrajectLine, DossierRow.own_reference, gemeente)
        .join_from(TrajectRow, DossierRow, DossierRow.reference == TrajectRow.reference)
        .outerjoin(GemeenteRow, GemeenteRow.nis_code == TrajectRow.nis_code)
    )


def _filtered(rows: Select[Any], wanted: TrajectFilter) -> Select[Any]:
    if wanted.fase is not None:
        rows = rows.where(TrajectRow.fase == wanted.fase)
    if wanted.werkingsgebied is not None:
        rows = rows.where(TrajectRow.werkingsgebied == wanted.werkingsgebied)
    if wanted.te_laat is not None:
        rows = rows.where(TrajectRow.te_laat == wanted.te_laat)
    if wanted.organisatie is not None:
        rows = rows.where(_concerns(wanted.organisatie))
    if wanted.q is not None:
        part = {"other": wanted.q, "autoescape": True}
        rows = rows.where(
            or_(TrajectRow.reference.icontains(**part), DossierRow.own_reference.icontains(**part))
        )
    if wanted.na is not None:
        rows = rows.where(TrajectRow.workflow_id > wanted.na)
    return rows


def _concerns(organisation: str) -> Any:
    """Whether an organisation is in the team now or owes something."""
    in_team = exists().where(
        MiniTeamRow.workflow_id == TrajectRow.workflow_id,
        MiniTeamRow.org == organisation,
        MiniTeamRow.valid_to.is_(None),
    )
    owes = exists().where(
        DutyRow.workflow_id == TrajectRow.workflow_id,
        DutyRow.org == organisation,
        DutyRow.status.in_(OWED),
    )
    return or_(in_team, owes)


def _dossier(reference: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            DossierRow.reference,
            DossierRow.domain,
            DossierRow.own_reference,
            DossierRow.nis_code,
            DossierRow.created_on,
            DossierRow.letters_held_by.label("letters_held"),
            PersonRow.overleden_op,
            GemeenteRow.name.label("gemeente"),
        )
        .join(PersonRow, PersonRow.id == DossierRow.person_id)
        .outerjoin(GemeenteRow, GemeenteRow.nis_code == DossierRow.nis_code)
        .where(DossierRow.reference == reference)
    )


def _team(reference: str) -> Select[Any]:
    named = (OrganisationRow.name.label("organisatie"), WorkerRow.name.label("medewerker"))
    return (
        _columns(MiniTeamRow, TeamLine, *named)
        .join_from(MiniTeamRow, TrajectRow, TrajectRow.workflow_id == MiniTeamRow.workflow_id)
        .outerjoin(OrganisationRow, OrganisationRow.code == MiniTeamRow.org)
        .outerjoin(WorkerRow, WorkerRow.ref == MiniTeamRow.worker)
        .where(TrajectRow.reference == reference)
        .order_by(MiniTeamRow.workflow_id, MiniTeamRow.valid_from, MiniTeamRow.rol)
    )


def _duties() -> Select[Any]:
    named = (OrganisationRow.name.label("organisatie"), WorkerRow.name.label("medewerker"))
    return (
        _columns(DutyRow, DutyLine, TrajectRow.reference, DossierRow.own_reference, *named)
        .join_from(DutyRow, TrajectRow, TrajectRow.workflow_id == DutyRow.workflow_id)
        .join(DossierRow, DossierRow.reference == TrajectRow.reference)
        .outerjoin(OrganisationRow, OrganisationRow.code == DutyRow.org)
        .outerjoin(WorkerRow, WorkerRow.ref == DutyRow.worker)
    )


def _owed(wanted: DutyFilter) -> Select[Any]:
    rows = _duties().where(DutyRow.status.in_(wanted.status))
    if wanted.organisatie is not None:
        rows = rows.where(DutyRow.org == wanted.organisatie)
    if wanted.rol is not None:
        rows = rows.where(DutyRow.rol == wanted.rol)
    if wanted.medewerker is not None:
        rows = rows.where(DutyRow.worker == wanted.medewerker)
    if wanted.reference is not None:
        rows = rows.where(TrajectRow.reference == wanted.reference)
    if wanted.voor is not None:
        rows = rows.where(DutyRow.due <= wanted.voor)
    if wanted.te_laat is not None:
        rows = rows.where(DutyRow.overdue_since.is_not(None) == wanted.te_laat)
    return rows.order_by(DutyRow.due.nulls_last(), DutyRow.workflow_id, DutyRow.key).limit(wanted.limit)


def _told(event: EventRow, names: Names) -> TimelineLine:
    shown = {name: getattr(event, name) for name in TimelineLine.model_fields if name != "wie"}
    return TimelineLine(wie=names.who(event.door, event.namens), **shown)
