"""A call that keeps failing while the person dies or withdraws holds up nothing, and begins nothing afterwards."""

import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest_asyncio
from temporalio import activity

from activities.kernpartners import Kernpartners
from engine import Engine
from models.errors import Permanent
from models.gbo import KernpartnerOrder, KernpartnerProposal
from player.stage import Stage
from tests.stage import staged
from tests.workflows.intake_desk import OPERATOR, IntakeDesk
from worker import working

ASKED = "herstel/kernpartners#1"


class TablesLost(Permanent):
    """The tables of the GBO cannot be read."""


class Lost(Kernpartners):
    """Tables that cannot be read."""

    @activity.defn(name="kernpartners_zoeken")
    def route(self, order: KernpartnerOrder) -> KernpartnerProposal:
        """Fails for good."""
        raise TablesLost("gbo_partners")


@pytest_asyncio.fixture
async def without_tables(
    engine: Engine, tmp_path: Path, sqlite_template: Path, tests_seen: Iterator[int]
) -> AsyncIterator[Stage]:
    """A stage on which nobody can be routed."""
    shutil.copyfile(sqlite_template, tmp_path / "werkzorg.db")
    url = f"sqlite:///{tmp_path / 'werkzorg.db'}"
    async with staged(engine, tmp_path, url, next(tests_seen), workers=False) as stage:
        lost = replace(stage.collaborators, kernpartners=Lost(stage.collaborators.database))
        async with working(stage.client, stage.settings, lost):
            yield stage


async def test_a_death_while_a_call_keeps_failing_is_closed(without_tables: Stage) -> None:
    """The closing note is all that is owed; the file then waits for its erasure."""
    desk = await IntakeDesk.handed_off(without_tables)
    assert (desk.stand.fase, desk.live) == ("routering", [ASKED])
    await desk.accepted("overleden", OPERATOR, overleden_op=date(2029, 1, 8))
    assert (desk.stand.fase, desk.live) == ("zonder_betrokkene", ["afronding"])
    await desk.accepted("afronden_zonder_betrokkene", OPERATOR, opdracht="afronding", notitie="Rust zacht.")
    assert (desk.stand.fase, desk.live) == ("beeindigd", [])
    assert "wissen op" in {current.naam for current in desk.stand.dates}


async def test_a_death_that_was_none_asks_again(without_tables: Stage) -> None:
    """The repair is back, and nobody was routed meanwhile."""
    desk = await IntakeDesk.handed_off(without_tables)
    await desk.accepted("overleden", OPERATOR, overleden_op=date(2029, 1, 8))
    await desk.accepted("overleden_ongedaan", OPERATOR)
    assert (desk.stand.fase, desk.live) == ("routering", [ASKED])
    left_out = {"opdracht": ASKED, "keuze": "overslaan", "toelichting": "Operaties wijzen zelf aan."}
    await desk.accepted("herstel_beslissen", OPERATOR, **left_out)
    assert desk.live == ["kernpartner"]
