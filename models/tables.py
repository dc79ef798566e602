"""The record as tables: people and dossiers, what the trajectories told, what came in and what went out.

Periods run from `valid_from` up to and including `valid_to`; an empty `valid_to` still runs. Names of people
stand in `persons` and `workers` only. What a trajectory tells (duties, events) has a foreign key to its
trajectory but none to organisations: the record stores what was decided, also where the reference tables
disagree. Effects (inbox, outbox, mails, documents) stand by themselves.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.contingent_tables import PlaceRow, SkipRow
from models.effect_tables import DocumentRow, InboxRow, MailRow, OutboxRow
from models.reference_tables import (
    AbsenceRow,
    ClosureRow,
    ContingentHolderRow,
    ContingentPartnerRow,
    ContingentRow,
    ErkenningRow,
    GboGemeenteRow,
    GboPartnerRow,
    GboRow,
    GemeenteRow,
    MandaatRow,
    NetworkMembershipRow,
    OrganisationRolRow,
    OrganisationRow,
    OrganisationTypeRow,
    VdabServiceRow,
    WerkingsgebiedGemeenteRow,
    WerkingsgebiedRow,
    WorkerRow,
)
from models.schema import Base, Moment, Period
from models.statement_tables import AdvanceRow, StatementFileRow, StatementRow, SubsidyChoiceRow

__all__ = [
    "AanvraagRow",
    "AbsenceRow",
    "AdvanceRow",
    "Base",
    "ClosureRow",
    "ContingentHolderRow",
    "ContingentPartnerRow",
    "ContingentRow",
    "CounterRow",
    "DocumentRow",
    "DossierKeyRow",
    "DossierRow",
    "DutyRow",
    "ErkenningRow",
    "EventRow",
    "GboGemeenteRow",
    "GboPartnerRow",
    "GboRow",
    "GemeenteRow",
    "InboxRow",
    "MailRow",
    "MandaatRow",
    "MiniTeamRow",
    "Moment",
    "NetworkMembershipRow",
    "OrganisationRolRow",
    "OrganisationRow",
    "OrganisationTypeRow",
    "OutboxRow",
    "Period",
    "PersonRow",
    "PlaceRow",
    "SkipRow",
    "StatementFileRow",
    "StatementRow",
    "StatuutPeriodRow",
    "SubsidyChoiceRow",
    "ToestemmingRow",
    "TrajectRow",
    "VdabServiceRow",
    "WerkingsgebiedGemeenteRow",
    "WerkingsgebiedRow",
    "WorkerRow",
]


# Whom it is about: people and their dossiers


class PersonRow(Base):
    """A participant as one retention domain knows them; nowhere else stands their name or address."""

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint(
            "brief_aan IN ('zelf', 'bewindvoerder_en_zelf', 'ouder_of_voogd', 'per_adres', 'geen_brief')",
            name="brief_aan",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    birth_date: Mapped[date] = mapped_column(index=True)
    address_line_1: Mapped[str | None]
    address_line_2: Mapped[str | None]
    postcode: Mapped[str | None]
    nis_code: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    brief_aan: Mapped[str] = mapped_column(default="zelf")
    brief_aan_adres: Mapped[str | None]
    protected_address: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(default="brief")
    language: Mapped[str] = mapped_column(default="nl")
    interpreter: Mapped[bool] = mapped_column(default=False)
    overleden_op: Mapped[date | None]
    helper_name: Mapped[str | None]
    helper_phone: Mapped[str | None]
    helper_email: Mapped[str | None]
    helper_org: Mapped[str | None]


class StatuutPeriodRow(Period, Base):
    """A period in which a person had a statuut, with where that is known from."""

    __tablename__ = "statuut_periods"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    source: Mapped[str]
    expected_end: Mapped[date | None]


class CounterRow(Base):
    """The last number given to a dossier of a domain in a year."""

    __tablename__ = "counters"

    domain: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class DossierRow(Base):
    """One person in one retention domain; `letters_held_by` names the command that stopped their letters."""

    __tablename__ = "dossiers"

    reference: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    domain: Mapped[str]
    year: Mapped[int]
    nis_code: Mapped[str]
    own_reference: Mapped[str | None]
    created_on: Mapped[date]
    letters_held_by: Mapped[str | None]
    recorded_at: Mapped[datetime]


class DossierKeyRow(Base):
    """The key of a dossier in a retention domain; destroying it will erase the dossier everywhere."""

    __tablename__ = "dossier_keys"
    __table_args__ = (
        UniqueConstraint("reference", "domain"),
        CheckConstraint("domain IN ('onthaal', 'activering_ama')", name="domain"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("dossiers.reference"))
    domain: Mapped[str]
    material: Mapped[bytes | None]
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class TrajectRow(Base):
    """One trajectory and where it stands, as its workflow last told."""

    __tablename__ = "trajecten"
    __table_args__ = (
        Index(
            "uq_trajecten_one_open_of_a_kind",
            "reference",
            "soort",
            unique=True,
            sqlite_where=text("is_open AND soort <> 'evaluatie'"),
            postgresql_where=text("is_open AND soort <> 'evaluatie'"),
        ),
        Index(None, "is_open", "werkingsgebied", "fase"),
        Index(None, "is_open", "evaluatie_vanaf"),
    )

    workflow_id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(ForeignKey("dossiers.reference"), index=True)
    soort: Mapped[str]
    ordinal: Mapped[int]
    nis_code: Mapped[str]
    werkingsgebied: Mapped[str | None]
    started_on: Mapped[date]
    begeleidt_al: Mapped[str | None]
    """The organisation that guided the person already when the request came; it goes first in the tandem."""
    begint_met: Mapped[dict[str, Any] | None]
    """What its workflow starts with besides its reference, place and day."""
    hoofdnood: Mapped[str | None]
    """What weighs most for the person, as the request said; it decides which member fits."""
    fase: Mapped[str | None]
    """Empty until the trajectory told its first step."""
    stand: Mapped[dict[str, Any] | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_step: Mapped[int] = mapped_column(default=0)
    opgeschort: Mapped[bool] = mapped_column(default=False)
    te_laat: Mapped[bool] = mapped_column(default=False)
    einde: Mapped[date | None]
    volgende_opdracht: Mapped[str | None]
    volgende_termijn: Mapped[datetime | None]
    as_of: Mapped[date | None]
    begonnen_op: Mapped[date | None]
    """Of arbeidsmatige activiteiten: the first day that was cleared; it decides what can begin beside it."""
    evaluatie_nummer: Mapped[int | None]
    """Of arbeidsmatige activiteiten: the yearly evaluation that has not been opened yet."""
    evaluatie_vanaf: Mapped[date | None]
    """The first day of the window of that evaluation."""
    is_open: Mapped[bool] = mapped_column(default=True)
    recorded_at: Mapped[datetime]


class AanvraagRow(Base):
    """A registered request, by the key its sender chose: the same request is never a second dossier."""

    __tablename__ = "aanvragen"

    sleutel: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    reference: Mapped[str] = mapped_column(ForeignKey("dossiers.reference"), index=True)
    workflow_id: Mapped[str] = mapped_column(ForeignKey("trajecten.workflow_id"))
    answer: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


# What the trajectories told: the record


class MiniTeamRow(Period, Base):
    """Somebody in the team around a participant, in a period, with what they may see."""

    __tablename__ = "mini_team"

    id: Mapped[int] = mapped_column(primary_key=True)
    workflow_id: Mapped[str] = mapped_column(ForeignKey("trajecten.workflow_id"), index=True)
    rol: Mapped[str]
    org: Mapped[str]
    worker: Mapped[str | None]
    sees: Mapped[str]


class DutyRow(Base):
    """One duty as its trajectory last told it."""

    __tablename__ = "duties"
    __table_args__ = (
        Index(None, "org", "status"),
        Index(None, "worker", "status"),
        Index(None, "status", "due"),
    )

    workflow_id: Mapped[str] = mapped_column(ForeignKey("trajecten.workflow_id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    vraag: Mapped[str]
    rol: Mapped[str]
    org: Mapped[str]
    worker: Mapped[str | None]
    status: Mapped[str]
    opened_on: Mapped[date]
    due: Mapped[date | None]
    due_version: Mapped[int]
    due_finding: Mapped[dict[str, Any]]
    overdue_since: Mapped[date | None]
    verwacht_op: Mapped[date | None]
    closed_on: Mapped[date | None]
    happened_on: Mapped[date | None]
    command_id: Mapped[str | None]
    reden: Mapped[str | None]
    passed: Mapped[list[Any]]
    recorded_at: Mapped[datetime]


class ToestemmingRow(Base):
    """One permission of a benefit agency, for the organisation of the begeleider only (D2022 art. 32).

    It stands in no list, event, mail or search attribute: whoever reads it names that organisation.
    """

    __tablename__ = "toestemmingen"

    workflow_id: Mapped[str] = mapped_column(ForeignKey("trajecten.workflow_id"), primary_key=True)
    nummer: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str] = mapped_column(index=True)
    contents: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


class EventRow(Base):
    """One thing that happened in a trajectory; rows are only ever added, the databases refuse the rest."""

    __tablename__ = "events"

    workflow_id: Mapped[str] = mapped_column(ForeignKey("trajecten.workflow_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    soort: Mapped[str]
    datum: Mapped[date]
    ingevoerd_op: Mapped[date]
    recorded_at: Mapped[datetime]
    tekst: Mapped[str]
    opdracht: Mapped[str | None]
    door: Mapped[dict[str, Any] | None]
    namens: Mapped[dict[str, Any] | None]
    command_id: Mapped[str | None]
    findings: Mapped[list[Any]]
    gegevens: Mapped[dict[str, Any]]
    digest: Mapped[str]
