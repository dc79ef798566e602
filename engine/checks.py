"""What `doctor` looks at, one function a thing: each says how it stands and what to do about it."""

import socket
from asyncio import wait_for
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from engine.machine import Machine
from engine.prepare import missing_attributes
from engine.problem import EngineProblem
from engine.provide import find
from engine.running import connect_config
from engine.versions import MINIMUM_CLI, MINIMUM_GO, readable
from settings import ROOT, Settings

Revisions = Callable[[str], tuple[str | None, str | None]]
"""From a database URL: the revision it has and the newest one."""

_POSTGRES_FOLDERS = "/usr/lib/postgresql/*/bin"


class Status(StrEnum):
    """How one thing stands."""

    OK = "in orde"
    WARNING = "let op"
    MISSING = "ontbreekt"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and a sentence about it."""

    name: str
    status: Status
    sentence: str


def check_engine(machine: Machine) -> Check:
    """Which engine a start would use, and why."""
    if found := find(machine):
        return Check("engine", Status.OK, found.why)
    if (machine.go_version() or ()) >= MINIMUM_GO:
        return Check("engine", Status.WARNING, "nog niet gecompileerd: `./werkzorg engine provide` doet dat")
    return Check(
        "engine", Status.MISSING,
        f"geen: installeer Go ≥ {readable(MINIMUM_GO)} of de Temporal CLI, of zet TEMPORAL_ADDRESS",
    )  # fmt: skip


def check_go(machine: Machine) -> Check:
    """Whether the engine can be compiled here."""
    version = machine.go_version()
    if version is None:
        return Check("go", Status.WARNING, "niet gevonden; alleen nodig om de engine te compileren")
    if version < MINIMUM_GO:
        wanted = f"te oud ({readable(version)}); om te compileren is {readable(MINIMUM_GO)} nodig"
        return Check("go", Status.WARNING, wanted)
    return Check("go", Status.OK, readable(version))


def check_cli(machine: Machine) -> Check:
    """Whether there is a `temporal` command line that can serve."""
    version = machine.cli_version(machine.program("temporal"))
    if version is None:
        return Check(
            "temporal-cli", Status.WARNING, "niet gevonden; niet nodig waar een engine gecompileerd is"
        )
    if version < MINIMUM_CLI:
        wanted = f"te oud ({readable(version)}); nodig is {readable(MINIMUM_CLI)}"
        return Check("temporal-cli", Status.WARNING, wanted)
    return Check("temporal-cli", Status.OK, readable(version))


def alembic_revisions(url: str) -> tuple[str | None, str | None]:
    """The revision this database has, and the newest one that the product ships."""
    newest = ScriptDirectory.from_config(Config(str(ROOT / "alembic.ini"))).get_current_head()
    database = create_engine(url)
    try:
        with database.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), newest
    finally:
        database.dispose()


def check_database(settings: Settings, revisions: Revisions) -> Check:
    """Whether the record can be reached and has the newest schema; its password is never shown."""
    try:
        url = make_url(settings.database)
        shown = url.render_as_string(hide_password=True)
        if url.database and url.get_backend_name() == "sqlite" and not Path(url.database).is_file():
            return Check(
                "databank", Status.WARNING, f"{shown} bestaat nog niet: `./werkzorg migrate` maakt ze"
            )
        has, newest = revisions(settings.database)
    except CommandError as error:
        return Check("databank", Status.MISSING, f"de migraties zijn niet leesbaar: {error}")
    except SQLAlchemyError as error:
        return Check(
            "databank", Status.MISSING, f"niet bereikbaar ({type(error).__name__}): WERKZORG_DATABASE_URL"
        )
    if has != newest:
        wanted = f"{shown}: schema {has or 'leeg'}, nieuwste is {newest}; voer `./werkzorg migrate` uit"
        return Check("databank", Status.MISSING, wanted)
    return Check("databank", Status.OK, f"{shown}, schema {has}")


def check_mail(settings: Settings) -> Check:
    """Whether a mail server listens where mails are brought."""
    where = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with socket.create_connection((settings.smtp_host, settings.smtp_port), timeout=2):
            return Check("mailserver", Status.OK, f"luistert op {where}")
    except OSError:
        hint = f"niets luistert op {where}; `./werkzorg up` start een opvang, of zet WERKZORG_SMTP_HOST"
        return Check("mailserver", Status.WARNING, hint)


def check_pdf() -> Check:
    """Whether letters and reports can be rendered."""
    try:
        weasyprint = import_module("weasyprint")
    except OSError:
        hint = "Pango ontbreekt: installeer libpango-1.0-0 en libpangoft2-1.0-0 (`make setup` op Debian)"
        return Check("pdf", Status.MISSING, hint)
    return Check("pdf", Status.OK, f"WeasyPrint {weasyprint.__version__} vindt Pango")


def check_chromium(machine: Machine) -> Check:
    """Whether there is a browser for the check of the Web UI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := machine.program(name):
            return Check("chromium", Status.OK, str(found))
    return Check("chromium", Status.WARNING, "niet gevonden; alleen nodig voor de browsertest van de UI")


def check_postgres(machine: Machine) -> Check:
    """Whether the tests can make a throw-away PostgreSQL cluster."""
    found = machine.program("initdb") or next(Path("/").glob(f"{_POSTGRES_FOLDERS[1:]}/initdb"), None)
    if found:
        return Check("postgresql", Status.OK, str(found))
    return Check("postgresql", Status.WARNING, "initdb niet gevonden; de tests slaan PostgreSQL dan over")


async def check_temporal(settings: Settings, machine: Machine) -> list[Check]:
    """Whether the server answers now, and knows our search attributes."""
    try:
        client = await wait_for(Client.connect(**connect_config(settings.engine_folder, machine)), 5)
        missing = await missing_attributes(client)
    except (RuntimeError, RPCError, TimeoutError):
        return [Check("temporal", Status.WARNING, "antwoordt niet; `./werkzorg up` start de engine")]
    except EngineProblem as problem:
        return [Check("temporal", Status.WARNING, str(problem))]
    reached = Check("temporal", Status.OK, f"antwoordt op {client.service_client.config.target_host}")
    if missing:
        hint = f"{', '.join(missing)} ontbreken: `./werkzorg engine prepare`"
        return [reached, Check("zoekattributen", Status.MISSING, hint)]
    return [reached, Check("zoekattributen", Status.OK, "alle geregistreerd")]
