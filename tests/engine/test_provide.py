"""An engine is found, or made once and whole, or its absence is told in one line."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.machine import Machine
from engine.problem import EngineProblem
from engine.provide import Kind, find, provide
from engine.versions import TOOLS, cache_key
from settings import ROOT
from tests.engine.conftest import Pretended
from tests.engine.processes import alive, gone_within

_BUILDER = """
import sys
from pathlib import Path
from engine.machine import Machine
from engine.provide import provide
print(provide(Machine(cache=Path(sys.argv[1]), environ={"PATH": sys.argv[2]})).kind)
"""


def builder(machine: Machine) -> subprocess.Popen[str]:
    """Another process that wants the engine of this machine."""
    arguments = [str(machine.cache), machine.environ["PATH"]]
    return subprocess.Popen(
        [sys.executable, "-c", _BUILDER, *arguments], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_an_external_address_starts_and_makes_nothing(bare: Pretended) -> None:
    """With TEMPORAL_ADDRESS set, even a machine that could compile does not."""
    bare.with_go()
    pointed = Machine(bare.machine.cache, {**bare.machine.environ, "TEMPORAL_ADDRESS": "elders:7233"})
    assert provide(pointed, progress=False).kind is Kind.EXTERNAL
    assert bare.calls == []
    assert not bare.machine.cache.exists()


def test_a_compiled_engine_is_made_once_with_all_its_programs(bare: Pretended) -> None:
    """The first time every tool is compiled by its full path; the second time nothing is."""
    bare.with_go()
    made = provide(bare.machine, progress=False)
    builds = [call for call in bare.calls if call.startswith("build")]
    assert made.kind is Kind.COMPILED
    assert [call.split()[-1] for call in builds] == [tool.package for tool in TOOLS]
    assert all("-mod=readonly -trimpath" in call for call in builds)
    assert provide(bare.machine, progress=False) == made
    assert len(bare.calls) == 1 + len(TOOLS)


def test_progress_is_visible_without_a_terminal(bare: Pretended, capfd: pytest.CaptureFixture[str]) -> None:
    """A log shows that a compilation is going on and how far it is."""
    provide(bare.with_go().machine)
    shown = capfd.readouterr().err
    assert "gecompileerd" in shown
    assert "100 % (2 van 2 pakketten)" in shown


def test_a_half_finished_build_is_not_used(bare: Pretended) -> None:
    """A builder killed in the middle leaves nothing that looks finished, and no process behind."""
    bare.with_go(before_build=f"echo $$ > {bare.folder}/go.pid; sleep 60")
    killed = builder(bare.machine)
    pid_file = bare.folder / "go.pid"
    while not (pid_file.exists() and pid_file.read_text().strip()):
        time.sleep(0.02)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()

    assert find(bare.machine) is None
    assert gone_within(5, [int(pid_file.read_text())])
    bare.with_go()
    assert provide(bare.machine, progress=False).kind is Kind.COMPILED
    left = sorted(entry.name for entry in bare.machine.engines.iterdir())
    assert left == ["build.log", "lock", cache_key()]


def test_two_builders_compile_once(bare: Pretended) -> None:
    """The second builder waits for the first and uses its engine."""
    bare.with_go(before_build="sleep 0.3")
    first, second = builder(bare.machine), builder(bare.machine)
    outcomes = [process.communicate(timeout=60) for process in (first, second)]
    assert [out.strip() for out, _ in outcomes] == [Kind.COMPILED, Kind.COMPILED]
    assert len([call for call in bare.calls if call.startswith("build")]) == len(TOOLS)
    assert sum("even wachten" in err for _, err in outcomes) == 1


def test_an_unwritable_cache_is_told_in_one_line(bare: Pretended) -> None:
    """A cache that cannot be made is named, with the way out."""
    (bare.folder / "bestand").write_text("")
    blocked = Machine(bare.folder / "bestand" / "cache", bare.with_go().machine.environ)
    with pytest.raises(EngineProblem, match=r"Kan niet schrijven in .*WERKZORG_CACHE") as raised:
        provide(blocked, progress=False)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told_in_one_line(bare: Pretended) -> None:
    """When our own log does not fit on the disk, the line says that the disk is full."""
    bare.with_go()
    bare.machine.engines.mkdir(parents=True)
    (bare.machine.engines / "build.log").symlink_to("/dev/full")
    with pytest.raises(EngineProblem, match="is vol"):
        provide(bare.machine, progress=False)
    assert find(bare.machine) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("write x: no space left on device", "is vol"),
        ("dial tcp: no route to host", "mislukt.*no route to host"),
    ],
)
def test_a_failed_compilation_says_why(bare: Pretended, said: str, told: str) -> None:
    """The last thing the compiler said reaches the user, and nothing half is kept."""
    bare.with_go(before_build=f"echo '{said}'; exit 1")
    with pytest.raises(EngineProblem, match=told):
        provide(bare.machine, progress=False)
    assert not list(bare.machine.engines.glob(".half-*"))
    assert find(bare.machine) is None


@pytest.mark.parametrize("version", [None, "1.26.7", "1.22"])
def test_without_go_cli_or_network_one_line_says_what_to_install(
    bare: Pretended, version: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too old a Go is no Go; the download fails at once where there is no network."""
    for proxy in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(proxy, "http://127.0.0.1:1")
    if version:
        bare.with_go(version)
    started = time.monotonic()
    with pytest.raises(EngineProblem, match=r"Go ≥ 1\.26\.8 of de Temporal CLI, of zet TEMPORAL_ADDRESS"):
        provide(bare.machine, progress=False)
    assert time.monotonic() - started < 20
    assert find(bare.machine) is None


@pytest.mark.parametrize(
    ("version", "used"), [("1.9.0", True), ("1.10.2", True), ("1.8.9", False), ("0.13.1", False)]
)
def test_a_command_line_on_the_path_serves_when_new_enough(bare: Pretended, version: str, used: bool) -> None:
    """`temporal` 1.9 and later holds server 1.32; earlier ones are passed over."""
    found = find(bare.with_cli(version).machine)
    assert (found is not None and found.kind is Kind.CLI) is used


def test_a_downloaded_command_line_is_found_again(bare: Pretended) -> None:
    """What was fetched once serves the next time without a network."""
    downloaded = bare.machine.engines / "temporal-cli"
    downloaded.mkdir(parents=True)
    (bare.with_cli("1.9.0").folder / "bin" / "temporal").rename(downloaded / "temporal")
    assert provide(bare.machine, progress=False).server == downloaded / "temporal"


def test_the_compiled_engine_goes_before_a_command_line(bare: Pretended) -> None:
    """What was compiled is pinned; what somebody installs later does not replace it."""
    bare.with_go().with_cli("1.9.0")
    (bare.machine.engines / cache_key()).mkdir(parents=True)
    found = find(bare.machine)
    assert found is not None
    assert found.kind is Kind.COMPILED


def test_this_process_is_alive() -> None:
    """The tests' own measure of life works."""
    assert alive(os.getpid())
    assert not gone_within(0, [os.getpid()])
