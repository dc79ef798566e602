"""What the engine may use of its machine: programs, a cache, an environment; given, not looked up."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.versions import MODULE
from settings import Settings, environment

Version = tuple[int, ...]


@dataclass(frozen=True)
class Machine:
    """A cache folder and the environment in which programs are found and started."""

    cache: Path
    environ: Mapping[str, str] = field(repr=False)

    @property
    def engines(self) -> Path:
        """The folder of compiled and downloaded engines."""
        return self.cache / "engine"

    @property
    def external_address(self) -> str | None:
        """The Temporal server that the user pointed at: then nothing is started."""
        return self.environ.get("TEMPORAL_ADDRESS") or None

    def program(self, name: str) -> Path | None:
        """Where a program stands on this machine's path."""
        found = shutil.which(name, path=self.environ.get("PATH", ""))
        return Path(found) if found else None

    def go_version(self) -> Version | None:
        """The version of Go that compiles our module, or nothing where there is no Go."""
        go = self.program("go")
        return self._version([str(go), "env", "GOVERSION"], r"go(\d+(?:\.\d+)*)") if go else None

    def cli_version(self, cli: Path | None) -> Version | None:
        """The version of a `temporal` command line, or nothing where there is none."""
        return self._version([str(cli), "--version"], r"temporal version v?(\d+(?:\.\d+)*)") if cli else None

    def _version(self, command: list[str], pattern: str) -> Version | None:
        try:
            answer = subprocess.run(
                command, cwd=MODULE, env=self.environ, capture_output=True, text=True, timeout=20, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        match = re.search(pattern, answer.stdout)
        return tuple(int(part) for part in match[1].split(".")) if match else None


def this_machine(settings: Settings | None = None) -> Machine:
    """The machine this process runs on, with the cache of the settings."""
    return Machine(cache=(settings or Settings()).cache, environ=environment())
