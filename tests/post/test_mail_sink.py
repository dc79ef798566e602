"""The mail server of demo and tests is a real one: it keeps every message and counts on after a restart."""

import asyncio
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from activities.smtp import MailServer, MailServerDown, Smtp
from engine.mail_sink import HOST, MailSink, main


def _message(to: str = "jan@cawleie.example") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "werkzorg@werkzorg.example", to, "Café"
    message.set_content("Dag, tot één mail per dag. 😀\n.\nPunt.\n")
    return message


def _send(server: MailServer, count: int = 1) -> None:
    with server.session() as session:
        for _ in range(count):
            session.deliver(_message())


async def test_a_message_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    """Accents, emoji and a lonely dot come through."""
    async with MailSink(tmp_path) as sink:
        await asyncio.to_thread(_send, Smtp(HOST, sink.port))
        (kept,) = sink.messages()
    assert kept["Subject"] == "Café"
    assert kept.get_content().replace("\r\n", "\n") == _message().get_content()


async def test_the_count_goes_on_after_a_restart(tmp_path: Path) -> None:
    """No message of an earlier run is overwritten."""
    for _ in range(2):
        async with MailSink(tmp_path) as sink:
            await asyncio.to_thread(_send, Smtp(HOST, sink.port), 2)
            assert sink.count == 2
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        f"{number:06}.eml" for number in range(1, 5)
    ]


async def test_a_closed_sink_is_down(tmp_path: Path) -> None:
    """Its port answers no more, and says so as one kind of error."""
    async with MailSink(tmp_path) as sink:
        port = sink.port
    with pytest.raises(MailServerDown, match=str(port)):
        await asyncio.to_thread(_send, Smtp(HOST, port))
    with pytest.raises(RuntimeError):
        _ = sink.port


async def test_the_sink_runs_as_a_program(tmp_path: Path) -> None:
    """For `up` and for work by hand; stopping it is no error."""
    async with MailSink(tmp_path / "other") as taken:
        refused = await asyncio.to_thread(main, [str(taken.port), str(tmp_path)])
    assert refused == 1
    command = [sys.executable, "-m", "engine.mail_sink", "0", str(tmp_path / "mails")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = await asyncio.to_thread(process.stdout.readline)
        port = int(line.split(",")[0].rpartition(":")[2])
        await asyncio.to_thread(_send, Smtp(HOST, port))
    finally:
        process.terminate()
        process.wait(10)
    assert len(list((tmp_path / "mails").glob("*.eml"))) == 1


def test_wrong_arguments_are_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2 and how to use it."""
    assert main(["poort"]) == 2
    assert "gebruik" in capsys.readouterr().err
