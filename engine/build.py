"""Compiles the stock Temporal server and UI from the lock in this folder, with visible progress."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from engine.cache import disk_full
from engine.keeper import dies_with
from engine.machine import Machine
from engine.problem import EngineProblem
from engine.progress import Reporter
from engine.versions import MODULE, SERVER, TOOLS, UI

_GO_FLAGS = ("-mod=readonly", "-trimpath", "-buildvcs=false")
_FULL = "no space left on device"


def compile_engine(machine: Machine, log: Path, report: Reporter) -> Callable[[Path], None]:
    """What fills a cache entry with the engine's programs."""

    def make(scratch: Path) -> None:
        report.say(f"Temporal {SERVER} en UI {UI} worden één keer gecompileerd (4 tot 10 minuten)")
        with log.open("w") as log_file:
            _Compilation(machine, log_file, report).run(scratch)

    return make


class _Compilation:
    """One run of the Go toolchain over all tools."""

    def __init__(self, machine: Machine, log: IO[str], report: Reporter) -> None:
        self._machine = machine
        self._log = log
        self._report = report
        self._packages: set[str] = set()
        self._done = 0

    def run(self, into: Path) -> None:
        """Compile every tool into this folder."""
        self._packages = {line for line in self._lines("list", "-deps", "-mod=readonly", *_all_packages())}
        for tool in TOOLS:
            for line in self._lines("build", "-v", *_GO_FLAGS, "-o", str(into / tool.binary), tool.package):
                self._count(line)
            if not (into / tool.binary).is_file():
                raise EngineProblem(f"De compilatie leverde geen {tool.binary} op; zie {self._log.name}.")
        self._report.advance(len(self._packages), len(self._packages))

    def _count(self, line: str) -> None:
        if line in self._packages:
            self._done += 1
            self._report.advance(self._done, len(self._packages))

    def _lines(self, *arguments: str) -> Iterator[str]:
        """What go prints, line by line, also kept in the log."""
        with subprocess.Popen(
            [str(self._machine.program("go")), *arguments],
            cwd=MODULE,
            env=self._machine.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=dies_with(),
        ) as go:
            assert go.stdout is not None
            last = ""
            for line in map(str.strip, go.stdout):
                print(line, file=self._log, flush=True)
                last = line or last
                if line.startswith("go: downloading"):
                    self._report.say(f"Ophalen: {line.removeprefix('go: downloading ')}")
                yield line
        if go.returncode:
            raise self._failure(last)

    def _failure(self, last: str) -> EngineProblem:
        log = Path(self._log.name)
        if _FULL in log.read_text(errors="replace"):
            return disk_full(log.parent)
        return EngineProblem(f"De compilatie van Temporal is mislukt ({last[:160]}); alles staat in {log}.")


def _all_packages() -> list[str]:
    return [tool.package for tool in TOOLS]
