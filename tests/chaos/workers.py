"""A worker as the house runs it: in another process, killed by a test, started again as a service manager would."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from engine import Engine
from settings import ROOT, Settings
from tests.chaos.worker_process import Job

STARTS_WITHIN = 60.0

Action = Callable[[], Awaitable[None]]


class Workers:
    """One worker process at a time; `at` holds it at a place in its work while something happens."""

    def __init__(self, engine: Engine, settings: Settings, *, traced: bool = False) -> None:
        self._engine = engine
        self.settings = settings
        self.templates: Path | None = None
        self.at: dict[str, Action] = {}
        """What happens when the worker is first held at a place; it then goes on, if it still lives."""
        self.passed: list[str] = []
        self.killed = 0
        self._traced = traced
        self._process: asyncio.subprocess.Process | None = None
        self._listener: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()
        self.acting: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Starts the worker, and returns when it polls."""
        self._ready.clear()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.chaos.worker_process", self._job().model_dump_json(),
            cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._listener = asyncio.create_task(self._listen(self._process))
        ready = asyncio.create_task(self._ready.wait())
        done, _ = await asyncio.wait(
            {ready, self._listener}, timeout=STARTS_WITHIN, return_when="FIRST_COMPLETED"
        )
        assert ready in done, "the worker process did not start; its error stands above"

    async def kill(self) -> None:
        """Kills the worker as a power cut would, and returns when it is gone."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
            self._process = None
            self.killed += 1

    async def hold(self) -> None:
        """Starts anew, so that the worker is held at the places that were named since it started."""
        if self.at and self._process is not None:
            await self.crash()
            self.killed -= 1

    async def crash(self) -> None:
        """Kills the worker, and starts another."""
        await self.kill()
        await self.start()

    async def finished(self) -> None:
        """Everything that was asked to happen at a place has happened; raises what went wrong in it."""
        assert not self.at, f"the worker never came at {sorted(self.at)}"
        await asyncio.gather(*self.acting)

    def _job(self) -> Job:
        config = self._engine.connect_config
        return Job(
            parent=os.getpid(),
            address=config["target_host"],
            namespace=config["namespace"],
            settings=self.settings.model_dump(mode="json", exclude_unset=True),
            templates=self.templates,
            stops=frozenset(self.at),
            traced=self._traced,
        )

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            if not line.startswith(b"{"):  # the SDK's core writes its warnings there too
                continue
            match json.loads(line):
                case {"ready": _}:
                    self._ready.set()
                case {"passed": place}:
                    self.passed.append(place)
                case {"stopped": place}:
                    self.acting.add(asyncio.create_task(self._act(process, place)))

    async def _act(self, process: asyncio.subprocess.Process, place: str) -> None:
        if action := self.at.pop(place, None):
            await action()
        assert process.stdin is not None
        with suppress(ConnectionError):
            process.stdin.write(f"{place}\n".encode())
            await process.stdin.drain()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self.acting:
            each.cancel()
        await self.kill()
        if self._listener is not None:
            await self._listener
