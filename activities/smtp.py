"""How a mail leaves the house: one SMTP session a round, and what each refusal of the mail server means."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from models.errors import Permanent

TIMEOUT_SECONDS = 30.0


class Undeliverable(Permanent):
    """The mail server refuses this recipient for good (5xx)."""


class NotNow(Exception):
    """The mail server refuses this recipient for the moment (4xx); nothing was taken."""


class MailServerDown(Exception):
    """The mail server takes no mail at all; nothing was taken."""


class MailSession(Protocol):
    """A conversation with a mail server, in which several mails can leave."""

    def deliver(self, message: EmailMessage) -> None:
        """Hands one mail over; raises Undeliverable, NotNow or MailServerDown when it was not taken.

        Any other exception leaves open whether it was taken: the same mail must then be offered again.
        """


class MailServer(Protocol):
    """Where mails leave the house."""

    def session(self) -> AbstractContextManager[MailSession]:
        """Opens a conversation that connects at its first mail and is closed at the end."""


@dataclass(frozen=True)
class Smtp:
    """A mail server spoken to over SMTP, with STARTTLS and a login where they are asked."""

    host: str
    port: int
    starttls: bool = False
    user: str = ""
    password: str = ""

    @contextmanager
    def session(self) -> Iterator[MailSession]:
        """Opens a conversation that connects at its first mail and is closed at the end."""
        conversation = _Conversation(self._connect)
        try:
            yield conversation
        finally:
            conversation.close()

    def _connect(self) -> smtplib.SMTP:
        """A connection that has said hello; raises MailServerDown."""
        try:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
            if self.starttls:
                connection.starttls()
            if self.user:
                connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerDown(f"geen verbinding met {self.host}:{self.port}") from error
        return connection


class _Conversation:
    """One connection, made when a mail asks for it, and again when the server hung up in between."""

    def __init__(self, connect: Callable[[], smtplib.SMTP]) -> None:
        self._connect = connect
        self._connection: smtplib.SMTP | None = None

    def deliver(self, message: EmailMessage) -> None:
        """Hands one mail over; see MailSession."""
        try:
            self._connected().send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(max(code for code, _ in error.recipients.values())) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code) from error
        except smtplib.SMTPResponseException as error:
            raise MailServerDown(f"de mailserver antwoordt {error.smtp_code}") from error

    def close(self) -> None:
        """Says goodbye; a server that is already gone is no problem."""
        if self._connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            self._connection.close()

    def _connected(self) -> smtplib.SMTP:
        """The connection, alive as far as this side knows."""
        if self._connection is None or self._connection.sock is None:
            self._connection = self._connect()
        return self._connection


def _refusal(code: int) -> Exception:
    """What a refusal of one recipient means, by its code."""
    return Undeliverable(f"SMTP {code}") if code >= 500 else NotNow(f"SMTP {code}")
