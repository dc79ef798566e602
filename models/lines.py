"""What lists and screens show of the record: names of organisations and workers, never of participants."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict


class Line(BaseModel):
    """A row to show; it can be made from a row of a query."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class TrajectLine(Line):
    """Where one trajectory stands."""

    workflow_id: str
    reference: str
    soort: str
    own_reference: str | None
    nis_code: str
    gemeente: str | None
    werkingsgebied: str | None
    started_on: date
    fase: str | None
    einde: date | None
    opgeschort: bool
    te_laat: bool
    is_open: bool
    volgende_opdracht: str | None
    volgende_termijn: datetime | None
    as_of: date | None
    stand: dict[str, Any] | None


class TeamLine(Line):
    """Somebody in the team around a participant, in a period."""

    workflow_id: str
    rol: str
    org: str
    organisatie: str | None
    worker: str | None
    medewerker: str | None
    sees: str
    valid_from: date
    valid_to: date | None


class DutyLine(Line):
    """One duty with its owner by name."""

    workflow_id: str
    reference: str
    own_reference: str | None
    key: str
    kind: str
    vraag: str
    rol: str
    org: str
    organisatie: str | None
    worker: str | None
    medewerker: str | None
    status: str
    opened_on: date
    due: date | None
    due_version: int
    due_finding: dict[str, Any]
    overdue_since: date | None
    verwacht_op: date | None
    closed_on: date | None
    happened_on: date | None
    command_id: str | None
    reden: str | None
    passed: list[str]


class TimelineLine(Line):
    """One event, with who did it and for whom."""

    workflow_id: str
    seq: int
    soort: str
    datum: date
    ingevoerd_op: date
    recorded_at: datetime
    tekst: str
    wie: str | None
    opdracht: str | None
    command_id: str | None
    findings: list[dict[str, Any]]
    gegevens: dict[str, Any]


class MessageLine(Line):
    """One message of the outbox, with what became of it."""

    key: str
    workflow_id: str | None
    reference: str | None
    soort: str
    opdracht: str | None
    vraag: str
    due: date | None
    rol: str
    org: str
    worker: str | None
    document_key: str | None
    as_of: date
    status: str
    mail_id: str | None


class MailLine(Line):
    """One mail."""

    id: str
    recipient: str
    day: date
    subject: str
    kinds: list[str]
    status: str
    attempts: int
    sent_at: datetime | None


class DocumentLine(Line):
    """One stored document, without its bytes."""

    id: str
    workflow_id: str
    key: str
    reference: str
    soort: str
    template: str
    template_version: str
    as_of: date
    sha256: str
    pages: int
    media_type: str


class DossierView(Line):
    """One dossier: its trajectories, who is around the participant and what is still owed."""

    reference: str
    domain: str
    own_reference: str | None
    nis_code: str
    gemeente: str | None
    created_on: date
    overleden_op: date | None
    letters_held: bool
    trajecten: tuple[TrajectLine, ...]
    team: tuple[TeamLine, ...]
    opdrachten: tuple[DutyLine, ...]


class ToestemmingLine(Line):
    """One permission of a benefit agency, as the organisation of the begeleider reads it (D2022 art. 32)."""

    workflow_id: str
    nummer: int
    statuut: str
    instantie: str | None
    gevraagd_op: date | None
    antwoord: str | None
    op: date | None
    vanaf: date | None
    tot: date | None
    uren_per_week: Decimal | None
    bewijs: str | None
    ingetrokken_per: date | None
    vervallen: bool
    na_weigering: int | None = None
    """The number of the question that was refused, where this one is the mediation about it."""
    evaluatie: str | None = None
    """Of an evaluation: what the agency said of the conditions, or why nobody asked it."""
