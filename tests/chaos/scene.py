"""A stage whose worker lives in another process, and whose engine and mail server a test may take away."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from engine import Engine
from engine.mail_sink import HOST, MailSink
from player.play import Played, Player
from player.stage import Stage, on_stage
from player.story import Story
from tests.chaos.record import Rows, assert_exactly_once, record_of
from tests.chaos.workers import Action, Workers
from tests.stage import reserve_references, stage_settings


class Sink(MailSink):
    """A mail server to which something happens after it took a mail, before it says so."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.after: dict[int, Action] = {}
        """By the number of the mail."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Takes a mail; what happens next goes on also when its client is gone by that."""
        answer = await super().handle_DATA(server, session, envelope)
        if action := self.after.pop(self.count, None):
            await asyncio.shield(asyncio.ensure_future(action()))
        return answer


@dataclass(frozen=True)
class Scene:
    """A stage, the worker process that serves it, and its mail server."""

    stage: Stage
    workers: Workers
    sink: Sink
    _one_cut: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def power_cut(self, *, worker: bool = False) -> None:
        """Kills the server, and the worker if asked, and starts them again."""
        async with self._one_cut:
            await self.stage.engine.kill_server()
            if worker:
                await self.workers.kill()
            await self.stage.engine.restart_server()
            if worker:
                await self.workers.start()

    async def play(self, story: Story, between: Action | None = None) -> Played:
        """Plays a story to its end, disturbed at the places that were named and between its stops."""

        async def disturbed(_player: Player) -> None:
            if between is not None:
                await between()

        await self.workers.hold()
        played = await Player(self.stage, story).play(between=disturbed)
        await self.workers.finished()
        return played

    def record(self, reference: str) -> Rows:
        """The record, after proving that everything in it exists once."""
        database = self.stage.collaborators.database
        assert_exactly_once(database, self.stage.settings, self.received())
        return record_of(database, reference)

    def received(self) -> Iterable[str]:
        """The Message-IDs that the mail server took, in order."""
        return [message["Message-ID"] for message in self.sink.messages()]


@asynccontextmanager
async def scene(
    engine: Engine,
    home: Path,
    database_url: str,
    number: int,
    *,
    traced: bool = False,
    sandboxed: bool = True,
) -> AsyncIterator[Scene]:
    """A scene with a worker that runs; a killed one is given up after two seconds."""
    reserve_references(database_url, number)
    async with AsyncExitStack() as stack:
        sink = await stack.enter_async_context(Sink(home / "mails"))
        settings = stage_settings(home, database_url, number, smtp_host=HOST, smtp_port=sink.port)
        impatient = settings.changed(activity_timeout_seconds=2, activity_attempts=30)
        stage = await on_stage(stack, engine, impatient, workers=False)
        workers = await stack.enter_async_context(
            Workers(engine, impatient, traced=traced, sandboxed=sandboxed)
        )
        yield Scene(stage, workers, sink)
