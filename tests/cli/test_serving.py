"""`up` and what happens without it: a command is kept, a request is registered, and a clear line says so."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

from engine.ports import kept_ports
from tests.cli.conftest import AANVRAAG, Installation, werkzorg


def test_without_an_engine_nothing_is_lost(start_up: Callable[..., Installation]) -> None:
    """The request is registered, the command is kept, and both are taken up when the engine runs again."""
    stopped = start_up()
    stopped.process.send_signal(signal.SIGTERM)
    rest, _ = stopped.process.communicate(timeout=60)
    assert (stopped.process.returncode, rest.splitlines()[-1]) == (0, "Gestopt.")
    filed = stopped.run("aanvraag", "-", stdin=AANVRAAG.format(key="wacht"))
    assert "Er draait geen engine" in filed.stdout
    reference = filed.stdout.split()[1].rstrip(",")
    told = stopped.run("dossier", "contactnota", reference, "--nota", "Gebeld.", "--door", "MW-0001")
    assert (told.exit_code, told.stdout[:33]) == (0, "Aangenomen, nog niet bevestigd (c")
    command = told.stdout.split("(")[1].split(")")[0]
    again = start_up(stopped)
    again.until(lambda: again.run("commando", command).stdout == "Contactnota toegevoegd.\n")
    again.until(lambda: "voorbereiding" in again.run("dossier", "list").stdout)


def test_a_server_that_dies_ends_it_with_one_line(start_up: Callable[..., Installation]) -> None:
    """Nothing goes on pretending."""
    running = start_up()
    server = next(pid for pid in children(running.process.pid) if "server" in command_of(pid))
    os.kill(server, signal.SIGKILL)
    rest, _ = running.process.communicate(timeout=60)
    assert running.process.returncode == 1
    assert rest.splitlines()[-1].startswith("werkzorg: De Temporal-server is gestopt; zie ")


def children(pid: int) -> list[int]:
    """All processes below one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(after[1]) == pid:
            child = int(status.parent.name)
            found += [child, *children(child)]
    return found


def command_of(pid: int) -> str:
    """What a process runs."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode()


def test_a_port_in_use_is_one_line(up: Installation, tmp_path: Path) -> None:
    """It names the port and what to do."""
    ports = kept_ports(up.home / "engine")
    assert ports is not None
    answer = werkzorg("--home", tmp_path / "tweede", "up", **up.environment)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"werkzorg: Poort {ports.grpc} is al in gebruik")
    assert len(answer.stderr.splitlines()) == 1


def test_the_folder_of_stories_is_not_served(tmp_path: Path) -> None:
    """Real dossiers and stories never share a database."""
    (tmp_path / ".verhalen").touch()
    answer = werkzorg("--home", tmp_path, "up")
    assert answer.returncode == 1
    assert "is een map van verhalen" in answer.stderr


def test_without_a_record_one_line_says_what_to_start(tmp_path: Path) -> None:
    """And no empty database is left behind."""
    answer = werkzorg("--home", tmp_path / "leeg", "dossier", "list")
    assert answer.returncode == 1
    assert answer.stderr.startswith("werkzorg: er is nog geen record in ")
    assert not (tmp_path / "leeg").exists()
