"""The engine's configuration: one machine, nothing from outside, a virtual clock only where it was asked."""

import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from engine.config import DYNAMIC_FILE, cli_arguments, dynamic_values, server_config, ui_config, write_config
from engine.machine import Machine
from engine.ports import ports_for
from engine.provide import Kind, provide

_VIRTUAL_CLOCK = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    "frontend.WorkflowTimeSkippingMaxSkipPerSession": 100_000,
    "history.timerProcessorMaxTimeShift": "5ms",
    "history.workflowIdReuseMinimalInterval": "0s",
}


def test_the_virtual_clock_is_there_only_when_asked() -> None:
    """An engine for real work never lets anybody move a clock."""
    assert _VIRTUAL_CLOCK.items() <= dynamic_values(time_skipping=True).items()
    assert not _VIRTUAL_CLOCK.keys() & dynamic_values(time_skipping=False).keys()


def test_one_shard_polls_often_enough() -> None:
    """The poll limits that make one shard slow are lifted for work and for stories alike."""
    for time_skipping in (True, False):
        values = dynamic_values(time_skipping=time_skipping)
        limits = [value for key, value in values.items() if key.endswith("RPS")]
        assert limits == [5000] * 6


def test_the_server_itself_accepts_every_dynamic_setting(machine: Machine, tmp_path: Path) -> None:
    """The stock server knows each key and its type: a renamed setting would be ignored in silence."""
    provided = provide(machine)
    if provided.kind is not Kind.COMPILED:
        pytest.skip("only the stock server can validate its dynamic configuration")
    write_config(tmp_path, ports_for(tmp_path, None), time_skipping=True)
    answer = subprocess.run(
        [str(provided.server), "validate-dynamic-config", str(tmp_path / DYNAMIC_FILE)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "error" not in answer.stdout
    assert "warning" not in answer.stdout


def test_everything_listens_on_the_loopback(tmp_path: Path) -> None:
    """No port of the engine can be reached from another machine."""
    ports = ports_for(tmp_path, None)
    services = server_config(ports, time_skipping=False)["services"].values()
    assert {service["rpc"]["bindOnIP"] for service in services} == {"127.0.0.1"}
    assert ui_config(ports)["host"] == "127.0.0.1"


def test_the_files_are_readable_yaml(tmp_path: Path) -> None:
    """Somebody who looks finds ordinary configuration files."""
    write_config(tmp_path, ports_for(tmp_path, None), time_skipping=False)
    server = YAML(typ="safe").load(tmp_path / "server.yaml")
    assert server["persistence"]["numHistoryShards"] == 1
    sql = server["persistence"]["datastores"]["visibility"]["sql"]
    assert sql["connectAttributes"]["journal_mode"] == "wal"
    assert YAML(typ="safe").load(tmp_path / "ui" / "werkzorg.yaml")["disableWriteActions"] is False


@pytest.mark.parametrize(("time_skipping", "synchronous"), [(False, "full"), (True, "off")])
def test_only_what_is_played_is_not_written_through(
    tmp_path: Path, time_skipping: bool, synchronous: str
) -> None:
    """Real trajectories survive a power cut; stories in virtual time are thrown away."""
    config = server_config(ports_for(tmp_path, None), time_skipping=time_skipping)
    for store in config["persistence"]["datastores"].values():
        expected = {"mode": "rwc", "setup": "true", "journal_mode": "wal", "synchronous": synchronous}
        assert store["sql"]["connectAttributes"] == expected


def test_the_command_line_server_gets_the_same_settings(tmp_path: Path) -> None:
    """The development server takes its dynamic settings as JSON on the command line."""
    words = cli_arguments(ports_for(tmp_path, None), time_skipping=True, ui=False)
    assert 'history.timerProcessorMaxTimeShift="5ms"' in words
    assert "frontend.WorkflowTimeSkippingEnabled=true" in words
    assert "--headless" in words
