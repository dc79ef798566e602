"""The doctor says what was found, what is missing and what to do, and never shows a password."""

import asyncio
import json
import socket
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from engine import running_engine
from engine.checks import (
    Check,
    Status,
    check_chromium,
    check_cli,
    check_database,
    check_engine,
    check_go,
    check_mail,
    check_pdf,
    check_temporal,
)
from engine.doctor import as_json, examine, healthy
from engine.machine import Machine
from settings import Settings
from tests.engine.conftest import Pretended

_SECRET = "geheim"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation of its own, with a database that has a password."""
    return Settings(home=tmp_path / "home", database_url=f"postgresql+psycopg://w:{_SECRET}@nergens/w")


def test_a_bare_machine_lacks_an_engine(bare: Pretended) -> None:
    """Without Go, CLI or address the doctor says what to install."""
    check = check_engine(bare.machine)
    assert check.status is Status.MISSING
    assert "TEMPORAL_ADDRESS" in check.sentence


def test_go_promises_an_engine(bare: Pretended) -> None:
    """A machine that can compile is told how."""
    check = check_engine(bare.with_go().machine)
    assert (check.status, "engine provide" in check.sentence) == (Status.WARNING, True)


@pytest.mark.parametrize(
    ("version", "status"), [(None, Status.WARNING), ("1.26.7", Status.WARNING), ("1.27", Status.OK)]
)
def test_go_is_judged_by_its_version(bare: Pretended, version: str | None, status: Status) -> None:
    """Missing and too old are both told; newer is fine."""
    machine = bare.with_go(version).machine if version else bare.machine
    assert check_go(machine).status is status


def test_an_old_command_line_is_told(bare: Pretended) -> None:
    """The version that was found and the one that is needed are both named."""
    assert "1.8" in check_cli(bare.with_cli("1.8.0").machine).sentence


@pytest.mark.parametrize(
    ("has", "status"), [("0003", Status.OK), ("0001", Status.MISSING), (None, Status.MISSING)]
)
def test_the_schema_is_compared_with_the_newest(settings: Settings, has: str | None, status: Status) -> None:
    """An old or empty schema asks for `migrate`; the password stays out of every line."""
    check = check_database(settings, lambda _: (has, "0003"))
    assert check.status is status
    assert _SECRET not in check.sentence


def test_a_database_that_does_not_answer(settings: Settings) -> None:
    """What the driver says, password included, is not repeated."""

    def unreachable(url: str) -> tuple[str | None, str | None]:
        raise OperationalError(f"connect {url}", None, Exception(url))

    check = check_database(settings, unreachable)
    assert check.status is Status.MISSING
    assert _SECRET not in check.sentence


def test_a_database_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Looking leaves no empty database behind."""
    check = check_database(Settings(home=tmp_path), lambda _: (None, None))
    assert check.status is Status.WARNING
    assert list(tmp_path.iterdir()) == []


def test_mail_is_tried(settings: Settings) -> None:
    """A listening server is found, a silent port is named."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert check_mail(settings.changed(smtp_port=port)).status is Status.OK
    gone = check_mail(settings.changed(smtp_port=port))
    assert (gone.status, str(port) in gone.sentence) == (Status.WARNING, True)


def test_a_missing_browser_is_only_a_warning(bare: Pretended) -> None:
    """Nothing but the browser check needs it."""
    empty = Machine(bare.machine.cache, {"PATH": str(bare.folder / "bin")})
    assert check_chromium(empty).status is Status.WARNING


def test_pango_is_found_where_documents_are_made() -> None:
    """Where these tests run, documents can be rendered."""
    assert check_pdf().status is Status.OK


async def test_a_running_server_is_found(tmp_path: Path, machine: Machine) -> None:
    """The engine of `up` answers with its search attributes."""
    settings = Settings(home=tmp_path)
    async with running_engine(settings.engine_folder, time_skipping=False, ui=False, machine=machine):
        checks = await check_temporal(settings, machine)
    assert [check.status for check in checks] == [Status.OK, Status.OK]
    assert [check.status for check in await check_temporal(settings, machine)] == [Status.WARNING]


async def test_everything_is_looked_at(settings: Settings, bare: Pretended) -> None:
    """One list, also as JSON, and a verdict."""
    checks = await asyncio.to_thread(examine, settings, bare.machine, lambda _: ("1", "1"))
    assert [check["name"] for check in json.loads(as_json(checks))] == [
        "engine", "go", "temporal-cli", "temporal", "databank", "mailserver", "pdf", "chromium", "postgresql",
    ]  # fmt: skip
    assert not healthy(checks)
    assert healthy([Check("iets", Status.WARNING, "")])
