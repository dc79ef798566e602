"""The post office: one mail and one letter a person a day, the same ones after a crash."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.addressees import Addressee, Addressees
from activities.database import Clock, Database
from activities.law_tables import LawTables
from activities.letters_out import PERSON, LetterDesk
from activities.mail_desk import MailDesk
from activities.outbox import LETTER, bounces, is_anything_due, ready, release, settle, waiting
from activities.smtp import MailServer, MailServerDown, MailSession, NotNow, Undeliverable
from models.law import Law, LawOrder
from models.mail import PostOrder, PostResult
from models.tables import MailRow
from rules.calendar import is_working_day

AHEAD = timedelta(days=1)


def send_hour(recipient: str, van: int, tot: int) -> int:
    """The hour from which a recipient's messages leave: fixed for each, spread over the day."""
    return van + int.from_bytes(hashlib.sha256(recipient.encode()).digest()[:4]) % (tot - van)


@dataclass(frozen=True)
class Desks:
    """Who draws up and hands over: the mails, the letters, and the server that mails go to."""

    mails: MailDesk
    letters: LetterDesk
    server: MailServer


@dataclass
class _Recipient:
    """Somebody for whom something waits: messages with who reads them, or a mail that may not have left."""

    name: str
    mailbox: str | None = None
    readers: dict[str, Addressee] = field(default_factory=dict)
    letters: list[str] = field(default_factory=list)


class PostOffice:
    """Sends what the outbox holds for a day; its addressees are looked up at that moment."""

    def __init__(self, database: Database, laws: LawTables, desks: Desks, clock: Clock) -> None:
        self._database = database
        self._laws = laws
        self._desks = desks
        self._clock = clock

    @activity.defn(name="post_versturen")
    def send(self, order: PostOrder) -> PostResult:
        """Sends to a bounded number of recipients; raises MailServerDown when the server takes nothing.

        A mail of which nobody knows whether it left is offered again: same Message-ID, same body.
        """
        law = self._law(order.as_of)
        if not is_working_day(order.as_of, law) or not _may_leave(order, law):
            return PostResult()
        recipients = self._recipients(order, law)
        now, done = recipients[: order.at_most], PostResult()
        with self._desks.server.session() as session:
            for recipient in now:
                if activity.in_activity():
                    activity.heartbeat()
                done += self._serve(session, recipient, order.as_of)
        if len(recipients) > len(now):
            return done.model_copy(update={"next_after": now[-1].name})
        with self._database.read() as record:
            return done.model_copy(update={"bounced": bounces(record, order.as_of)})

    def has_something(self, as_of: date) -> bool:
        """Whether the post office has something to do on this day."""
        with self._database.read() as session:
            due = is_anything_due(session, as_of)
        return due and is_working_day(as_of, self._law(as_of))

    def _law(self, day: date) -> Law:
        return self._laws.snapshot(LawOrder(as_of=day, horizon=day + AHEAD))

    def _recipients(self, order: PostOrder, law: Law) -> Sequence[_Recipient]:
        """Those to serve now, in order, after the one who was last."""
        van, tot = _hours(order.as_of, law)
        with self._database.read() as session:
            waiting_for = _by_recipient(session, order.as_of)
        return [
            waiting_for[name]
            for name in sorted(waiting_for)
            if name > order.after and (order.hour is None or send_hour(name, van, tot) <= order.hour)
        ]

    def _serve(self, session: MailSession, recipient: _Recipient, day: date) -> PostResult:
        """Draws up the recipient's mail of the day, hands it over, and notes what became of it."""
        with self._database.begin() as record:
            mail, cancelled = self._draw_up(record, recipient, day)
        if mail is None:
            return PostResult(cancelled=cancelled)
        try:
            self._hand_over(session, mail, recipient)
        except Undeliverable:
            self._settle(mail, "bounced")
            return PostResult(cancelled=cancelled)
        except NotNow:
            self._did_not_leave(mail)
            return PostResult(cancelled=cancelled, deferred=1)
        except MailServerDown:
            self._did_not_leave(mail)
            raise
        self._settle(mail, "sent")
        return PostResult(cancelled=cancelled, sent=1)

    def _draw_up(self, record: Session, recipient: _Recipient, day: date) -> tuple[MailRow | None, int]:
        """The mail to offer, with how many messages were cancelled; none when the day's mail has gone."""
        begun = _offered_again(record, recipient.name, day)
        if begun is not None and not self._desks.letters.may_still_leave(record, begun):
            release(record, begun)
            return None, 0
        if begun is not None or self._has_had_one(record, recipient.name, day):
            return begun, 0
        rows = ready(record, [*recipient.readers, *recipient.letters])
        if recipient.letters:
            mail = self._desks.letters.draw_up(record, rows, day, self._clock())
        else:
            read = [(row, recipient.readers[row.key]) for row in rows]
            mail = self._desks.mails.draw_up(record, read, day, self._clock())
        return mail, sum(row.status == "cancelled" for row in rows)

    def _has_had_one(self, record: Session, name: str, day: date) -> bool:
        """Whether a mail of this day went; one that left a day late counts for both days."""
        today = (MailRow.recipient == name) & (MailRow.day == day)
        known = select(MailRow.id).where(or_(today, MailRow.id == self._desks.mails.message_id(name, day)))
        return record.scalar(known.limit(1)) is not None

    def _hand_over(self, session: MailSession, mail: MailRow, recipient: _Recipient) -> None:
        if recipient.mailbox is not None:
            session.deliver(self._desks.mails.message(mail, recipient.mailbox))
            return
        with self._database.read() as record:
            self._desks.letters.hand_over(record, mail)

    def _settle(self, mail: MailRow, status: str) -> None:
        with self._database.begin() as record:
            settle(record, mail.id, status, self._clock())

    def _did_not_leave(self, mail: MailRow) -> None:
        """Lets the messages wait again, unless an earlier attempt may have left with them."""
        if mail.attempts == 1:
            with self._database.begin() as record:
                release(record, mail)


def _hours(day: date, law: Law) -> tuple[int, int]:
    """From and until what hour messages leave."""
    return law.at("bericht.van", day).number(), law.at("bericht.tot", day).number()


def _may_leave(order: PostOrder, law: Law) -> bool:
    """Whether it is an hour at which messages leave."""
    van, tot = _hours(order.as_of, law)
    return order.hour is None or van <= order.hour < tot


def _by_recipient(session: Session, day: date) -> dict[str, _Recipient]:
    """Everyone for whom something waits, but for those whose mail of the day has gone or who are closed."""
    addressees = Addressees(session, day)
    found: dict[str, _Recipient] = {}
    for row in waiting(session, day):
        if row.soort == LETTER:
            name = f"{PERSON}{row.reference}"
            found.setdefault(name, _Recipient(name)).letters.append(row.key)
            continue
        reader = addressees.find(row.org, row.worker)
        if addressees.is_open(reader):
            known = found.setdefault(reader.recipient, _Recipient(reader.recipient, reader.email))
            known.readers[row.key] = reader
    begun = dict(_begun(session, addressees, day))
    gone = select(MailRow.recipient).where(MailRow.day == day, MailRow.status != "drawn_up")
    served = set(session.scalars(gone))
    return {name: each for name, each in (begun | found).items() if name not in served}


def _begun(session: Session, addressees: Addressees, day: date) -> Iterator[tuple[str, _Recipient]]:
    """The recipients of mails that were drawn up and may not have left."""
    open_mails = select(MailRow.recipient).where(MailRow.status == "drawn_up", MailRow.day <= day)
    for name in session.scalars(open_mails):
        yield name, _Recipient(name, None if name.startswith(PERSON) else addressees.mailbox(name))


def _offered_again(record: Session, name: str, day: date) -> MailRow | None:
    """The recipient's mail that may not have left, which becomes the mail of this day."""
    open_mails = select(MailRow).where(MailRow.recipient == name, MailRow.status == "drawn_up")
    mail = record.scalar(open_mails.where(MailRow.day <= day).order_by(MailRow.day).limit(1))
    if mail is not None:
        mail.day, mail.attempts = day, mail.attempts + 1
    return mail
