"""A copy of the law tables that a test can edit under running cases, and workers that can be stopped and started."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from player.stage import Stage
from settings import ROOT
from worker import compose, connect, working

SHIPPED = ROOT / "data"


class Lawbook:
    """The tables of one installation, copied from those that ship with the product."""

    def __init__(self, folder: Path) -> None:
        self.parameters = folder / "parameters.yaml"
        self.days_off = folder / "dagen_vrij.yaml"
        self.parameters.write_bytes((SHIPPED / "parameters.yaml").read_bytes())
        self.days_off.write_bytes((SHIPPED / "dagen_vrij.yaml").read_bytes())

    def set(self, name: str, value: str) -> None:
        """Replaces a value in place, as nobody should."""
        rows = self._read(self.parameters)
        (row,) = (row for row in rows if row["name"] == name)
        row["value"] = value
        self._write(self.parameters, rows)

    def give_off(self, day: date) -> None:
        """Makes a day a day off."""
        rows = self._read(self.days_off)
        rows.append({"dag": day, "vrij": "ja", "reden": "Brugdag", "bron": "omzendbrief"})
        self._write(self.days_off, rows)

    def _read(self, path: Path) -> Any:
        return YAML().load(path) or []

    def _write(self, path: Path, rows: Any) -> None:
        with path.open("w") as file:
            YAML().dump(rows, file)


class Crew:
    """The workers of a stage; those that start anew know nothing of what the ones before them had in mind."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._shift = AsyncExitStack()
        self.shifts = 0

    async def start(self) -> None:
        """New workers, composed from the settings and connected anew."""
        settings = self._stage.settings
        collaborators = compose(settings)
        self._shift.callback(collaborators.database.close)
        client = await connect(self._stage.engine.connect_config)
        await self._shift.enter_async_context(working(client, settings, collaborators))
        self.shifts += 1

    async def stop(self) -> None:
        """Stops the workers."""
        await self._shift.aclose()
        self._shift = AsyncExitStack()

    async def restart(self) -> None:
        """Stops the workers and starts others."""
        await self.stop()
        await self.start()


@asynccontextmanager
async def at_work(stage: Stage) -> AsyncIterator[Crew]:
    """A crew at work on a stage that has no workers of its own."""
    crew = Crew(stage)
    await crew.start()
    try:
        yield crew
    finally:
        await crew.stop()
