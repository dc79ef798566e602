"""An installation that runs, as `./werkzorg up` starts it, and the commands against it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import app
from engine.ports import _free_port
from settings import ROOT

STARTS_WITHIN = 60
PORTS = ("WERKZORG_TEMPORAL_PORT", "WERKZORG_UI_PORT", "WERKZORG_SMTP_PORT")
AANVRAAG = """\
sleutel: {key}
soort: activeringstraject
ingediend_op: 2026-11-23
nis_code: "44021"
persoon: {{voornaam: Mieke, achternaam: Verhaeghe, geboortedatum: 1991-05-17, adres: Sleepstraat 210}}
"""


def werkzorg(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs `./werkzorg` as a program and waits for it."""
    command = [str(ROOT / "werkzorg"), *map(str, arguments)]
    environ = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=500, check=False, env=environ)


def run_in(home: Path, *arguments: object, stdin: str | None = None) -> Result:
    """One command in this process, for an installation: what it printed, and its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WERKZORG_HOME", str(home))
        return CliRunner().invoke(app, ["--home", str(home), *map(str, arguments)], input=stdin)


def help_of(*command: str) -> str:
    """The page of help of a command."""
    return CliRunner().invoke(app, [*command, "--help"], prog_name="./werkzorg").stdout


@dataclass
class Installation:
    """A home with `./werkzorg up` at work in it."""

    home: Path
    environment: dict[str, str]
    process: "subprocess.Popen[str]"
    told: list[str] = field(default_factory=list)

    def run(self, *arguments: object, stdin: str | None = None) -> Result:
        """One command in this process: what it printed, and its exit code."""
        return run_in(self.home, *arguments, stdin=stdin)

    def request(self, key: str) -> str:
        """Files a request and gives the number of its dossier, once its trajectory has told something."""
        filed = self.run("aanvraag", "-", stdin=AANVRAAG.format(key=key))
        assert filed.exit_code == 0, filed.output
        reference = filed.stdout.split()[1].rstrip(",")
        self.until(lambda: "trajectplan" in self.run("opdracht", "show", reference, "trajectplan").stdout)
        return reference

    def until(self, true: Callable[[], bool]) -> None:
        """Waits for what the workers do on their own."""
        end = time.monotonic() + STARTS_WITHIN
        while not true():
            assert time.monotonic() < end, "it did not come"
            time.sleep(0.1)


@pytest.fixture(scope="session")
def start_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Installation]]:
    """Starts installations, new ones or one that ran before, and stops those that still run at the end."""
    running: list[Installation] = []

    def start(before: Installation | None = None) -> Installation:
        home = before.home if before else tmp_path_factory.mktemp("up")
        environment = before.environment if before else {name: str(_free_port(())) for name in PORTS}
        process = subprocess.Popen(
            [str(ROOT / "werkzorg"), "--home", str(home), "up"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **environment},
        )  # fmt: skip
        running.append(Installation(home, environment, process))
        assert process.stdout is not None
        for line in process.stdout:
            running[-1].told.append(line.rstrip())
            if "stop met Ctrl-C" in line:
                return running[-1]
        raise AssertionError("\n".join(running[-1].told))

    yield start
    for each in running:
        each.process.send_signal(signal.SIGTERM)
        each.process.wait(30)


@pytest.fixture(scope="session")
def up(start_up: Callable[..., Installation]) -> Installation:
    """One installation for all tests that only use it."""
    return start_up()
