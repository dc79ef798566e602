"""A real mail server for one machine: it writes each message as .eml to a folder and keeps count."""

import asyncio
import email
import sys
from email import policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
ACCEPTED = "250 OK"


class MailSink:
    """Takes mail on a port of this machine; port 0 means any free one, known once it is opened."""

    def __init__(self, folder: Path, port: int = 0, host: str = HOST) -> None:
        self._folder = folder
        self._host = host
        self._asked_port = port
        self._server: asyncio.Server | None = None
        self.count = 0
        """How many messages were taken since the start."""

    @property
    def port(self) -> int:
        """The port on which it listens; raises RuntimeError when it is not open."""
        if self._server is None:
            raise RuntimeError("the mail sink is not open")
        return int(self._server.sockets[0].getsockname()[1])

    def messages(self) -> list[EmailMessage]:
        """Everything in the folder, in the order in which it came."""
        return [_parsed(path.read_bytes()) for path in sorted(self._folder.glob("*.eml"))]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Writes one message under the next number; called by the mail protocol."""
        self.count += 1
        name = f"{self.count + self._kept:06d}.eml"
        partial = self._folder / f"{name}.part"
        partial.write_bytes(envelope.original_content or b"")
        partial.rename(self._folder / name)
        return ACCEPTED

    async def __aenter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._kept = max((int(path.stem) for path in self._folder.glob("*.eml")), default=0)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, loop=loop), self._host, self._asked_port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None


def _parsed(content: bytes) -> EmailMessage:
    """One stored message, read with the modern policy."""
    return email.message_from_bytes(content, policy=policy.default)


async def _serve(port: int, folder: Path) -> None:
    """Takes mail until the process is stopped."""
    async with MailSink(folder, port) as sink:
        print(f"mailserver luistert op {HOST}:{sink.port}, berichten in {folder}", flush=True)
        await asyncio.Event().wait()


def main(arguments: list[str]) -> int:
    """Runs the mail server from the command line: PORT FOLDER."""
    if len(arguments) != 2 or not arguments[0].isdigit():
        print("gebruik: python -m engine.mail_sink POORT MAP", file=sys.stderr)
        return 2
    try:
        asyncio.run(_serve(int(arguments[0]), Path(arguments[1])))
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        print(f"mailserver kan niet luisteren op poort {arguments[0]}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
