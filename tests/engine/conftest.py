"""Machines for these tests: this one, and one with a `go` and a `temporal` that only pretend."""

import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.machine import Machine, this_machine

_GO = """#!/bin/sh
echo "$*" >> "{calls}"
case "$1" in
    env) echo "go{version}" ;;
    list) printf 'een\\ntwee\\n' ;;
    build)
        {before_build}
        echo een
        while [ "$1" != -o ]; do shift; done
        echo programma > "$2" ;;
esac
"""


@dataclass(frozen=True)
class Pretended:
    """A machine whose path holds only what a test put there, and a record of what was called."""

    machine: Machine
    folder: Path

    @property
    def calls(self) -> list[str]:
        """Every call of `go` so far, without the questions after its version."""
        file = self.folder / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if not line.startswith("env")]

    def with_go(self, version: str = "1.26.8", before_build: str = ":") -> "Pretended":
        """The same machine with a `go` that notes its calls and writes files."""
        calls = self.folder / "calls"
        return self._with("go", _GO.format(calls=calls, version=version, before_build=before_build))

    def with_cli(self, version: str) -> "Pretended":
        """The same machine with a `temporal` of some version."""
        return self._with(
            "temporal", f"#!/bin/sh\necho 'temporal version {version} (Server 1.32.0, UI 2.55.0)'\n"
        )

    def _with(self, name: str, script: str) -> "Pretended":
        program = self.folder / "bin" / name
        program.write_text(script)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return self


@pytest.fixture
def bare(tmp_path: Path) -> Pretended:
    """A machine without Go, without the CLI and with an empty cache."""
    (tmp_path / "bin").mkdir()
    environ = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin", "HOME": str(tmp_path)}
    return Pretended(Machine(cache=tmp_path / "cache", environ=environ), tmp_path)


@pytest.fixture
def machine() -> Machine:
    """This machine, with nobody's TEMPORAL_* settings."""
    here = this_machine()
    environ = {key: value for key, value in here.environ.items() if not key.startswith("TEMPORAL_")}
    return Machine(cache=here.cache, environ=environ)
