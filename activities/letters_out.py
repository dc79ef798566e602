"""Letters to the person: at most one a day, none after a death, out through a print shop."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.mail_desk import message_id
from activities.outbox import LETTER, cancel
from activities.smtp import NotNow
from models.tables import DocumentRow, DossierRow, MailRow, OutboxRow, PersonRow

PERSON = "persoon:"
NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Letter:
    """One letter for the print shop: its identity, the dossier, the key of the document and its bytes."""

    letter_id: str
    reference: str
    key: str
    pdf: bytes


class LettersOut(Protocol):
    """Where letters leave the house on paper."""

    def hand_over(self, letter: Letter) -> None:
        """Takes one letter, the same one any number of times; raises Undeliverable or NotNow."""


class FolderLetters:
    """A stand-in for the print shop: it puts each letter in a folder, under the dossier and its key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, letter: Letter) -> None:
        """Writes the letter once; two different letters of the same name both stay."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._free_or_same(letter)
            partial = path.with_suffix(".part")
            partial.write_bytes(letter.pdf)
            partial.replace(path)
        except OSError as error:
            raise NotNow(f"de map voor brieven weigert: {error.strerror}") from error

    def _free_or_same(self, letter: Letter) -> Path:
        name, number = NOT_IN_A_NAME.sub("-", f"{letter.reference}-{letter.key}"), 1
        path = self._folder / f"{name}.pdf"
        while path.exists() and path.read_bytes() != letter.pdf:
            number += 1
            path = self._folder / f"{name}-{number}.pdf"
        return path


class LetterDesk:
    """Chooses the one letter that a person gets on a day."""

    def __init__(self, out: LettersOut, sender: str) -> None:
        self._out = out
        self._sender = sender

    def draw_up(
        self, session: Session, rows: Sequence[OutboxRow], day: date, now: datetime
    ) -> MailRow | None:
        """The first letter whose document is there; those to somebody who gets none are cancelled."""
        for row in rows:
            if reason := _nobody_to_write_to(session, row):
                cancel(row, reason)
            elif _document(session, row) is not None:
                return self._mail(session, row, day, now)
        return None

    def may_still_leave(self, session: Session, mail: MailRow) -> bool:
        """Whether a mail that was drawn up may leave now; only a letter can be stopped, by a death since then."""
        if mail.kinds != [LETTER]:
            return True
        row = _letter_of(session, mail)
        return row.status == "ready" and _nobody_to_write_to(session, row) is None

    def hand_over(self, session: Session, mail: MailRow) -> None:
        """Gives the letter to the print shop; raises Undeliverable or NotNow."""
        document = _document(session, _letter_of(session, mail))
        if document is None:
            raise NotNow("het document is er niet meer")
        letter = Letter(mail.id, document.reference, document.key, document.pdf)
        self._out.hand_over(letter)

    def _mail(self, session: Session, row: OutboxRow, day: date, now: datetime) -> MailRow:
        recipient = f"{PERSON}{row.reference}"
        mail = MailRow(
            id=message_id(recipient, day, self._sender),
            recipient=recipient,
            day=day,
            subject=f"Brief {row.document_key}",
            body=f"{row.workflow_id} {row.document_key}",
            kinds=[LETTER],
            attempts=1,
            recorded_at=now,
        )
        session.add(mail)
        session.flush()
        row.mail_id = mail.id
        return mail


def _letter_of(session: Session, mail: MailRow) -> OutboxRow:
    return session.scalars(select(OutboxRow).where(OutboxRow.mail_id == mail.id)).one()


def _nobody_to_write_to(session: Session, row: OutboxRow) -> str | None:
    """Why no letter leaves to this person; none when one may."""
    query = select(PersonRow).join(DossierRow).where(DossierRow.reference == row.reference)
    person = session.scalar(query)
    if person is None:
        return "de persoon is niet bekend"
    if person.overleden_op is not None:
        return "de persoon is overleden"
    return "er gaan geen brieven naar deze persoon" if person.brief_aan == "geen_brief" else None


def _document(session: Session, row: OutboxRow) -> DocumentRow | None:
    query = select(DocumentRow).where(
        DocumentRow.workflow_id == row.workflow_id, DocumentRow.key == row.document_key
    )
    return session.scalar(query)
