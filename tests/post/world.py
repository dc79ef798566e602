"""A small record to send post from: dossiers, duties and messages, with a real mail server to send to."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from temporalio.testing import ActivityEnvironment

from activities.database import Database
from activities.digests import Digests
from activities.letters_out import FolderLetters, LetterDesk
from activities.mail_desk import MailDesk
from activities.post_office import Desks, PostOffice
from activities.smtp import MailServer, MailSession, Smtp
from engine.mail_sink import HOST, MailSink
from models.mail import DigestOrder, DigestResult, PostOrder, PostResult
from models.tables import (
    AbsenceRow,
    ClosureRow,
    DocumentRow,
    DossierRow,
    DutyRow,
    MailRow,
    OrganisationRow,
    OutboxRow,
    PersonRow,
    TrajectRow,
    WorkerRow,
)
from tests.law import shipped_tables

SENDER = "werkzorg@werkzorg.example"
LINK = "https://werkzorg.example/antwoord"
CANARY = "Kanarievogel"
REFERENCE = "WZ-2027-000123"
JAN, AN, GREET = "MW-0301", "MW-0101", "MW-0109"
ADDRESS = {JAN: "jan.claes@cawleie.example", AN: "an.willems@vdab.example"}
CAW, VDAB = "ORG-CAW-LEIE", "ORG-VDAB-GENT"
CAW_TEAM = "onthaal@cawleie.example"
MONDAY = date(2027, 3, 1)
TUESDAY, WEDNESDAY = date(2027, 3, 2), date(2027, 3, 3)


def wall_clock() -> datetime:
    return datetime(2027, 3, 1, 7, 30, tzinfo=UTC)


@dataclass
class World:
    """The record and the mail server of one test."""

    database: Database
    sink: MailSink
    folder: Path
    _numbers: list[int] = field(default_factory=list)

    # -- what stands in the record

    def add(self, *rows: Any) -> None:
        with self.database.begin() as session:
            for row in rows:
                session.add(row)
                session.flush()

    def dossier(self, reference: str = REFERENCE, own_reference: str | None = "CL-77", **person: Any) -> str:
        self._numbers.append(1)
        number = len(self._numbers)
        workflow_id = f"activeringstraject/{reference}"
        named = {"first_name": CANARY, "last_name": f"{CANARY}sen", "birth_date": date(1990, 2, 28)}
        self.add(
            PersonRow(id=number, nis_code="44021", email=f"{CANARY}@thuis.example", **named | person),
            DossierRow(
                reference=reference,
                person_id=number,
                domain="activering_ama",
                year=2027,
                nis_code="44021",
                own_reference=own_reference,
                created_on=date(2027, 1, 4),
                recorded_at=wall_clock(),
            ),
            TrajectRow(
                workflow_id=workflow_id,
                reference=reference,
                soort="activeringstraject",
                ordinal=1,
                nis_code="44021",
                started_on=date(2027, 1, 4),
                recorded_at=wall_clock(),
            ),
        )
        return workflow_id

    def duty(
        self, workflow_id: str, key: str, due: date | None, worker: str | None = JAN, **more: Any
    ) -> str:
        contents: dict[str, Any] = {
            "kind": "trajectplan",
            "vraag": f"Leg de evaluatie vast ({key})",
            "rol": "casemanager_zorg",
            "org": CAW,
            "status": "open",
            "opened_on": date(2027, 1, 4),
            "due_version": 1,
            "due_finding": {},
            "passed": [],
            "recorded_at": wall_clock(),
        }
        self.add(DutyRow(workflow_id=workflow_id, key=key, due=due, worker=worker, **contents | more))
        return key

    def change(self, key: str, **values: Any) -> None:
        with self.database.begin() as session:
            session.execute(update(DutyRow).where(DutyRow.key == key).values(**values))

    def message(self, workflow_id: str, duty: str, soort: str, as_of: date, **more: Any) -> str:
        with self.database.read() as session:
            owed = session.scalars(select(DutyRow).where(DutyRow.key == duty)).first()
        key = f"{workflow_id}/{duty}/{soort}/{more.get('worker', 'trekker')}"
        contents: dict[str, Any] = {
            "rol": "casemanager_zorg",
            "org": owed.org if owed else CAW,
            "worker": owed.worker if owed else JAN,
            "due": owed.due if owed else None,
            "reference": workflow_id.partition("/")[2],
            "vraag": owed.vraag if owed else "Leg vast",
            "recorded_at": wall_clock(),
        }
        row = OutboxRow(
            key=key, workflow_id=workflow_id, soort=soort, opdracht=duty, as_of=as_of, **contents | more
        )
        self.add(row)
        return key

    def letter(self, workflow_id: str, document: str, as_of: date) -> str:
        key = f"{workflow_id}/{document}/brief"
        self.add(
            OutboxRow(
                key=key,
                workflow_id=workflow_id,
                reference=workflow_id.partition("/")[2],
                soort="brief",
                rol="deelnemer",
                org="",
                document_key=document,
                as_of=as_of,
                recorded_at=wall_clock(),
            )
        )
        return key

    def document(self, workflow_id: str, key: str, pdf: bytes = b"%PDF-1.7 brief") -> None:
        self.add(
            DocumentRow(
                id=f"DOC-{workflow_id}-{key}",
                workflow_id=workflow_id,
                key=key,
                reference=workflow_id.partition("/")[2],
                soort="kennismaking_tandem",
                template="letters/kennismaking_tandem",
                template_version="1",
                as_of=MONDAY,
                facts={},
                sha256="0",
                pages=1,
                pdf=pdf,
                html="",
                recorded_at=wall_clock(),
            )
        )

    def absent(self, worker: str, first: date, last: date, replacement: str | None) -> None:
        self.add(AbsenceRow(worker=worker, first_day=first, last_day=last, replacement=replacement))

    def closed(self, org: str | None, first: date, last: date) -> None:
        self.add(ClosureRow(id=f"{org}/{first}", org=org, first_day=first, last_day=last, reden="verlof"))

    def left(self, worker: str, last_day: date) -> None:
        with self.database.begin() as session:
            session.execute(update(WorkerRow).where(WorkerRow.ref == worker).values(valid_to=last_day))

    def merged(self, org: str, successor: str, last_day: date) -> None:
        with self.database.begin() as session:
            values = {"valid_to": last_day, "successor_code": successor}
            session.execute(update(OrganisationRow).where(OrganisationRow.code == org).values(**values))

    # -- the rounds

    @property
    def server(self) -> Smtp:
        return Smtp(HOST, self.sink.port)

    def desks(self, server: MailServer | None = None) -> Desks:
        letters = LetterDesk(FolderLetters(self.folder), SENDER)
        return Desks(MailDesk(SENDER, LINK), letters, server or self.server)

    def office(self, server: MailServer | None = None) -> PostOffice:
        return PostOffice(self.database, shipped_tables(), self.desks(server), wall_clock)

    def digests(self) -> Digests:
        return Digests(self.database, shipped_tables(), wall_clock)

    async def post(self, day: date, server: MailServer | None = None, **order: Any) -> PostResult:
        asked = PostOrder(as_of=day, **order)
        return await asyncio.to_thread(ActivityEnvironment().run, self.office(server).send, asked)

    async def digest(self, day: date, **order: Any) -> DigestResult:
        asked = DigestOrder(as_of=day, **order)
        return await asyncio.to_thread(ActivityEnvironment().run, self.digests().draw_up, asked)

    async def day(self, day: date) -> list[EmailMessage]:
        """Both rounds of a day, and the mails that came of it."""
        before = len(self.received)
        await self.digest(day)
        await self.post(day)
        return self.received[before:]

    # -- what came of it

    @property
    def received(self) -> list[EmailMessage]:
        return self.sink.messages()

    @property
    def letters(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*"))

    def outbox(self) -> dict[str, tuple[str, str | None]]:
        with self.database.read() as session:
            return {row.key: (row.status, row.cancelled_by) for row in session.scalars(select(OutboxRow))}

    def mails(self) -> Sequence[MailRow]:
        with self.database.read() as session:
            return session.scalars(select(MailRow).order_by(MailRow.day, MailRow.recipient)).all()


class DeliversThenBreaks:
    """A mail server whose connection breaks once, right after it took a mail: nobody knows that it did."""

    def __init__(self, server: MailServer, after: int = 1) -> None:
        self._server = server
        self._left = after

    @contextmanager
    def session(self) -> Iterator[MailSession]:
        with self._server.session() as conversation:
            self._conversation = conversation
            yield self

    def deliver(self, message: EmailMessage) -> None:
        self._conversation.deliver(message)
        self._left -= 1
        if self._left == 0:
            raise ConnectionResetError("the line went dead")


def text(message: EmailMessage) -> str:
    """The body as a reader sees it."""
    return str(message.get_content())
