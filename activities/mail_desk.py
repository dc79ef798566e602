"""Draws up the one mail of a person's day from what waits for them, without a participant's name."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from activities.addressees import Addressee
from activities.outbox import DIGEST, Owed, cancel, no_longer_true, owed
from activities.rendering import TEMPLATES, dutch_date
from models.duties import DutyKind
from models.mail import Bericht, Regel, Rubriek
from models.tables import DossierRow, MailRow, OutboxRow

TEMPLATE = "mails/bericht.nl.txt.j2"
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
RUBRIEKEN = {
    "te_laat": Rubriek.TE_LAAT,
    "team_te_laat": Rubriek.TEAM,
    "leiding_te_laat": Rubriek.LEIDING,
    "operaties_te_laat": Rubriek.OPERATIES,
}
"""Where a message about a late duty stands in a mail; the others stand by their date."""


OF_OTHERS = (Rubriek.TEAM, Rubriek.LEIDING, Rubriek.OPERATIES)


class MailDesk:
    """Turns waiting messages into mails, with the sender's address and the place to answer."""

    def __init__(self, sender: str, answer_link: str | None = None, templates: Path = TEMPLATES) -> None:
        self._sender = sender
        self._answer_link = answer_link
        environment = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["datum"] = dutch_day
        self._template = environment.get_template(TEMPLATE)

    def draw_up(
        self, session: Session, rows: Sequence[tuple[OutboxRow, Addressee]], day: date, now: datetime
    ) -> MailRow | None:
        """The mail of a recipient's day, or none; messages that are no longer true are cancelled."""
        by_duty: dict[tuple[str, str], Regel] = {}
        told = []
        for row, reader in rows:
            about = owed(session, row, day)
            if reason := _outdated(row, about, day):
                cancel(row, reason)
                continue
            told.append(row)
            for duty, line in _lines(session, row, about, reader, day):
                by_duty[duty] = min(line, by_duty.get(duty, line), key=_place)
        if not told:
            return None
        mail = self._mail(rows[0][1], tuple(by_duty.values()), day, now)
        mail.kinds = sorted({row.soort for row in told})
        session.add(mail)
        session.flush()
        for row in told:
            row.mail_id = mail.id
        return mail

    def message(self, mail: MailRow, to: str) -> EmailMessage:
        """The mail as it leaves: the same for the same row, however often it is offered."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(mail.recorded_at)
        message["Message-ID"] = f"<{mail.id}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body)
        return message

    def message_id(self, recipient: str, day: date) -> str:
        """The Message-ID of the one mail that a recipient can get on a day."""
        return message_id(recipient, day, self._sender)

    def _mail(self, reader: Addressee, lines: tuple[Regel, ...], day: date, now: datetime) -> MailRow:
        bericht = Bericht(aanhef=reader.name, regels=lines, antwoord_link=self._answer_link)
        body = self._template.render(
            aanhef=bericht.aanhef, rubrieken=bericht.rubrieken, antwoord_link=bericht.antwoord_link
        )
        return MailRow(
            id=self.message_id(reader.recipient, day),
            recipient=reader.recipient,
            day=day,
            subject=bericht.onderwerp,
            body=body,
            attempts=1,
            recorded_at=now,
        )


def message_id(recipient: str, day: date, sender: str) -> str:
    """A Message-ID that follows from recipient and day, so that a crash cannot make a second one."""
    digest = hashlib.sha256(f"{recipient}\0{day}".encode()).hexdigest()
    return f"{digest[:32]}@{sender.rpartition('@')[2]}"


def dutch_day(day: date) -> str:
    """A date with its weekday: vrijdag 14 maart 2027."""
    return f"{WEEKDAYS[day.weekday()]} {dutch_date(day)}"


def _outdated(row: OutboxRow, about: Sequence[Owed], day: date) -> str | None:
    """Why a message says nothing that is still true; none when it does."""
    if row.soort == DIGEST:
        said = any(_rubriek(row, each, day) for each in about)
        return None if said else "er is niets meer te melden"
    return no_longer_true(row, about[0].duty) if about else None


def _lines(
    session: Session, row: OutboxRow, about: Sequence[Owed], reader: Addressee, day: date
) -> Iterator[tuple[tuple[str, str], Regel]]:
    """What a message says, by duty."""
    if not about:
        told = (row.workflow_id, row.opdracht) if row.workflow_id and row.opdracht else ("", row.key)
        yield told, _as_written(session, row, reader, day)
    for each in about:
        if rubriek := _rubriek(row, each, day):
            yield (each.duty.workflow_id, each.duty.key), _line(each, rubriek, reader)


def _rubriek(row: OutboxRow, about: Owed, day: date) -> Rubriek | None:
    """Where a duty stands in a mail; one that is announced always stands somewhere."""
    by_date = Rubriek.of(about.due, about.duty.opened_on, day)
    if row.soort == DIGEST:
        return by_date
    return RUBRIEKEN.get(row.soort) or by_date or Rubriek.NIEUW


def _line(about: Owed, rubriek: Rubriek, reader: Addressee) -> Regel:
    return Regel(
        rubriek=rubriek,
        kenmerk=about.reference,
        eigen_kenmerk=about.own_reference,
        opdracht=about.duty.key,
        vraag=about.duty.vraag,
        tegen=about.due,
        bij=(about.duty.worker or about.duty.org) if rubriek in OF_OTHERS else None,
        fiche=about.duty.kind == DutyKind.REVIEW and rubriek not in OF_OTHERS,
        in_vervanging_van=reader.in_place_of,
    )


def _as_written(session: Session, row: OutboxRow, reader: Addressee, day: date) -> Regel:
    """A message whose duty the record does not know: better told once too often than never."""
    dossier = session.get(DossierRow, row.reference) if row.reference else None
    return Regel(
        rubriek=RUBRIEKEN.get(row.soort) or Rubriek.of(row.due, day, day) or Rubriek.NIEUW,
        kenmerk=row.reference,
        eigen_kenmerk=dossier.own_reference if dossier else None,
        opdracht=row.opdracht,
        vraag=row.vraag,
        tegen=row.due,
        in_vervanging_van=reader.in_place_of,
    )


def _place(line: Regel) -> int:
    return list(Rubriek).index(line.rubriek)
