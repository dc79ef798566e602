"""The parent's side of the keeper: give it a plan, send it orders, hear what became of the children."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine import keeper
from engine.keeper import Child, Plan
from engine.problem import EngineProblem

_PATIENCE = 10.0


class Kept:
    """The processes of one engine folder, as far as their keeper has told."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self._heard = asyncio.Condition()
        self._ended = False
        self._once_started: set[str] = set()
        self.pids: dict[str, int] = {}
        self._listener = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, folder: Path, children: dict[str, Child], claim: int) -> "Kept":
        """Start a keeper with these children and the claim on the folder, and wait until they run."""
        with (folder / "keeper.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-S", keeper.__file__,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log,
                start_new_session=True, pass_fds=(claim,),
            )  # fmt: skip
        kept = cls(process, folder)
        kept._send(Plan(parent=os.getpid(), claim=claim, children=children))
        try:
            await kept._until(lambda: kept._once_started >= children.keys())
        except BaseException:
            await kept.close()
            raise
        return kept

    @property
    def keeper_pid(self) -> int:
        """The process that keeps the others."""
        return self._process.pid

    def runs(self, child: str) -> bool:
        """Whether a child runs, as far as is known."""
        return child in self.pids

    async def kill(self, child: str) -> None:
        """Kill one child, and return when it is gone."""
        self._send({"do": "kill", "child": child})
        await self._until(lambda: child not in self.pids)

    async def restart(self, child: str) -> None:
        """Start one child again, and return when it runs."""
        before = self.pids.get(child)
        self._send({"do": "start", "child": child})
        await self._until(lambda: self.pids.get(child, before) != before)

    async def gone(self, child: str) -> None:
        """Return when a child no longer runs."""
        async with self._heard:
            await self._heard.wait_for(lambda: self._ended or child not in self.pids)

    async def close(self) -> None:
        """Let the keeper stop its children, and return when all are gone."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._listener

    def _send(self, line: Any) -> None:
        assert self._process.stdin is not None
        with suppress(ConnectionError):
            self._process.stdin.write(json.dumps(line).encode() + b"\n")

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            await self._hear(json.loads(line))
        await self._hear({})

    async def _hear(self, event: dict[str, Any]) -> None:
        async with self._heard:
            match event:
                case {"started": name, "pid": pid}:
                    self.pids[name] = pid
                    self._once_started.add(name)
                case {"exited": name}:
                    self.pids.pop(name, None)
                case _:
                    self._ended = True
                    self.pids.clear()
            self._heard.notify_all()

    async def _until(self, reached: Callable[[], bool]) -> None:
        async with self._heard:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait_for(lambda: self._ended or reached()), _PATIENCE)
            if not reached():
                raise EngineProblem(
                    f"De bewaker van de engine in {self._folder} doet niet wat gevraagd is; "
                    "zie keeper.log daar."
                )
