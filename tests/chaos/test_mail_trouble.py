"""The mail server goes away, or takes a mail and never says so: one mail in the record, one Message-ID."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select
from temporalio.client import WorkflowHandle

from engine import Engine
from engine.mail_sink import HOST, MailSink
from models.mail import PostResult, Ronde
from models.tables import MailRow, OutboxRow
from player.stage import Stage, on_stage
from tests.chaos.conftest import Setting
from tests.stage import reserve_references, stage_settings
from tests.workflows.desk import BEGIN, Desk

WITHIN = 40.0
PAUSE = 0.1
"""Seconds: how long to wait for something at the most, and how long before looking again."""
SILENCE = 3.0
"""Seconds without a sign of life after which a round is taken from its worker."""


class HangsUp(MailSink):
    """A mail server that takes its first mail and hangs up before it says so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Takes a mail."""
        answer = await super().handle_DATA(server, session, envelope)
        if self.count == 1:
            server.transport.abort()
        return answer


@asynccontextmanager
async def mail_stage(
    engine: Engine, home: Path, template: Path, number: int, port: int
) -> AsyncIterator[Stage]:
    """A stage whose mail server should listen on a port, with a dossier that has mail to send."""
    (home / "werkzorg.db").write_bytes(template.read_bytes())
    url = f"sqlite:///{home / 'werkzorg.db'}"
    reserve_references(url, number)
    async with AsyncExitStack() as stack:
        settings = stage_settings(home, url, number, smtp_host=HOST, smtp_port=port)
        yield await on_stage(stack, engine, settings, workers=True)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


async def post_round(stage: Stage, name: str, day: date = BEGIN) -> WorkflowHandle[object, PostResult]:
    """Begins the post round of a day."""
    return await stage.client.start_workflow(
        "post",
        Ronde(as_of=day, hele_dag=True, silence_seconds=SILENCE),
        id=f"post/{name}/{day}",
        task_queue=stage.settings.queues.buitenwereld,
        result_type=PostResult,
    )


async def in_trouble(round: WorkflowHandle[object, PostResult]) -> None:
    """Waits until a part of the round was tried in vain, and is tried again."""
    async with asyncio.timeout(WITHIN):
        while True:
            described = await round.describe()
            if any(each.attempt > 1 for each in described.raw_description.pending_activities):
                return
            await asyncio.sleep(PAUSE)


def mails(stage: Stage) -> list[MailRow]:
    """Every mail of the record that goes by mail server."""
    query = select(MailRow).where(~MailRow.recipient.startswith("persoon:")).order_by(MailRow.id)
    with stage.collaborators.database.read() as session:
        return list(session.scalars(query))


def assert_mailed_once(stage: Stage) -> None:
    """Every message is in one mail that was sent, and no recipient has two."""
    with stage.collaborators.database.read() as session:
        rows = session.scalars(select(OutboxRow)).all()
    assert {row.status for row in rows} == {"sent"}
    assert all(row.mail_id is not None for row in rows)
    sent = mails(stage)
    assert sent
    assert {mail.status for mail in sent} == {"sent"}
    assert max(Counter(mail.recipient for mail in sent).values()) == 1


def assert_same_mail(sink: MailSink, stage: Stage) -> None:
    """What came at the mail server, however often, is what the record has: same Message-ID, same bytes."""
    assert {each["Message-ID"] for each in sink.messages()} == {f"<{mail.id}>" for mail in mails(stage)}
    assert len({each.as_bytes() for each in sink.messages()}) == len(mails(stage))


async def test_a_mail_server_that_is_down_gets_everything_once_when_it_is_back(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """Nothing listens during a round: no mail is drawn up for good, no ladder waits; then each leaves once."""
    port = free_port()
    async with mail_stage(engine, tmp_path, sqlite_template, next(tests_seen), port) as stage:
        desk = await Desk.open(stage)
        round = await post_round(stage, desk.reference)
        await in_trouble(round)
        assert {row.status for row in desk.messages()} == {"ready"}
        assert desk.live == ["eerste_gesprek", "trajectplan"]
        async with MailSink(tmp_path / "mails", port) as sink:
            async with asyncio.timeout(WITHIN):
                done = await round.result()
            assert done.sent == len({message.mail_id for message in desk.messages()})
            again = await (await post_round(stage, f"{desk.reference}-nog-eens")).result()
            assert again.sent == 0
            assert len(sink.messages()) == len(mails(stage))
            assert_same_mail(sink, stage)
        assert_mailed_once(stage)


async def test_a_connection_that_breaks_before_the_answer_brings_the_same_mail_again(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> None:
    """The server took it and hung up: the mail is offered again, the same to the byte, and noted once."""
    async with HangsUp(tmp_path / "mails") as sink:
        number = next(tests_seen)
        async with mail_stage(engine, tmp_path, sqlite_template, number, sink.port) as stage:
            desk = await Desk.open(stage)
            round = await post_round(stage, desk.reference)
            async with asyncio.timeout(WITHIN):
                await round.result()
            assert len(sink.messages()) == len(mails(stage)) + 1
            assert_same_mail(sink, stage)
            assert_mailed_once(stage)


async def test_a_worker_killed_before_the_answer_brings_the_same_mail_again(on_scene: Setting) -> None:
    """The server took it and the worker died of it: the next worker offers the same mail, and notes it once."""
    async with on_scene() as scene:
        desk = await Desk.open(scene.stage)
        scene.sink.after[1] = scene.workers.crash
        round = await post_round(scene.stage, desk.reference)
        async with asyncio.timeout(WITHIN):
            await round.result()
        await scene.workers.finished()
        assert scene.workers.killed == 1
        assert len(scene.sink.messages()) == len(mails(scene.stage)) + 1
        assert_same_mail(scene.sink, scene.stage)
        assert_mailed_once(scene.stage)
