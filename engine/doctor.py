"""Examines an installation: which engine, database, mail server and schema it found, and what is missing."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Column, Table

from engine.checks import (
    Check,
    Revisions,
    Status,
    alembic_revisions,
    check_chromium,
    check_cli,
    check_database,
    check_engine,
    check_go,
    check_mail,
    check_pdf,
    check_postgres,
    check_temporal,
)
from engine.machine import Machine, this_machine
from settings import Settings

_COLOUR = {Status.OK: "green", Status.WARNING: "yellow", Status.MISSING: "red"}


def examine(
    settings: Settings, machine: Machine | None = None, revisions: Revisions = alembic_revisions
) -> list[Check]:
    """Everything that `doctor` looks at, in the order in which a start would need it."""
    machine = machine or this_machine(settings)
    return [
        check_engine(machine),
        check_go(machine),
        check_cli(machine),
        *asyncio.run(check_temporal(settings, machine)),
        check_database(settings, revisions),
        check_mail(settings),
        check_pdf(),
        check_chromium(machine),
        check_postgres(machine),
    ]


def healthy(checks: Sequence[Check]) -> bool:
    """Whether nothing is missing that work needs."""
    return all(check.status is not Status.MISSING for check in checks)


def as_json(checks: Sequence[Check]) -> str:
    """The checks for another program."""
    return json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2)


def show(checks: Sequence[Check], console: Console) -> None:
    """The checks for a person."""
    table = Table("", "", Column(overflow="fold"), box=None, show_header=False)
    for check in checks:
        colour = _COLOUR[check.status]
        table.add_row(check.name, f"[{colour}]{check.status}[/{colour}]", check.sentence)
    console.print(table)
