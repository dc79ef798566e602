"""A worker as the house runs it: in another process, killed by a test, started again as a service manager would."""

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Self

from engine import Engine
from settings import Settings
from tests.chaos.stops import GO, HOLD, PASSED, READY, STOPPED
from tests.chaos.worker_process import Job, main

STARTS_WITHIN = 60.0

Action = Callable[[], Awaitable[None]]

FORKS = multiprocessing.get_context("forkserver")
"""Workers come from a process that has read the code already: each starts within a blink."""
FORKS.set_forkserver_preload(["tests.chaos.preloaded"])


class Workers:
    """One worker process at a time; `at` holds it at a place in its work while something happens."""

    def __init__(
        self, engine: Engine, settings: Settings, *, traced: bool = False, sandboxed: bool = True
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._traced = traced
        self._sandboxed = sandboxed
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._ready = asyncio.Event()
        self._acting: list[asyncio.Task[Any]] = []
        self._one_crash = asyncio.Lock()
        self._failed = ""
        self.at: dict[str, Action] = {}
        """What happens when the worker is first held at a place; it then goes on, if it still lives."""
        self.passed: list[str] = []
        self.killed = 0

    async def start(self) -> None:
        """Starts the worker, and returns when it polls."""
        self._ready.clear()
        ours, theirs = FORKS.Pipe()
        job = self._job().model_dump_json()
        process = FORKS.Process(target=main, args=(job, theirs), name="worker", daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        self._process, self._line = process, ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._hear, ours)
        await self._answered()

    async def kill(self) -> None:
        """Kills the worker as a power cut would, and returns when it is gone."""
        if self._process is not None and self._line is not None:
            self._process.kill()
            await asyncio.to_thread(self._process.join)
            self._hang_up(self._line)
            self._process = self._line = None
            self.killed += 1

    async def crash(self) -> None:
        """Kills the worker, and starts another; held at two places at once it dies twice, one after the other."""
        async with self._one_crash:
            await self.kill()
            await self.start()

    async def hold(self) -> None:
        """Tells the worker at which places it is held."""
        if self.at and self._line is not None:
            self._ready.clear()
            self._line.send((HOLD, list(self.at)))
            await self._answered()

    def do(self, action: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Lets something happen beside the test; `finished` waits for it."""
        task = asyncio.create_task(action)
        self._acting.append(task)
        return task

    async def finished(self) -> None:
        """Everything that was asked to happen at a place has happened; raises what went wrong in it."""
        assert not self.at, f"the worker never came at {sorted(self.at)}"
        await asyncio.gather(*self._acting)

    def _job(self) -> Job:
        config = self._engine.connect_config
        return Job(
            address=config["target_host"],
            namespace=config["namespace"],
            settings=self._settings.model_dump(mode="json", exclude_unset=True),
            held_at=frozenset(self.at),
            traced=self._traced,
            sandboxed=self._sandboxed,
        )

    async def _answered(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), STARTS_WITHIN)
        finally:
            assert self._ready.is_set(), f"the worker process is not ready {self._failed}"

    def _hear(self, line: Connection) -> None:
        try:
            while line.poll():
                self._heard(line, *line.recv())
        except (EOFError, OSError):
            self._hang_up(line)

    def _heard(self, line: Connection, what: str, place: str) -> None:
        if what == READY:
            self._ready.set()
        elif what == PASSED:
            self.passed.append(place)
        elif what == STOPPED:
            self.do(self._act(line, place))
        else:
            self._failed = place

    async def _act(self, line: Connection, place: str) -> None:
        if action := self.at.pop(place, None):
            await action()
        with suppress(OSError):
            line.send((GO, [place]))

    def _hang_up(self, line: Connection) -> None:
        if not line.closed:
            asyncio.get_running_loop().remove_reader(line.fileno())
            line.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self._acting:
            each.cancel()
        await self.kill()
