"""Ports: the same ones again, never a taken one, and the taken one named."""

import socket
from dataclasses import astuple
from pathlib import Path

import pytest

from engine.ports import Fixed, is_free, kept_ports, ports_for
from engine.problem import EngineProblem


@pytest.fixture
def taken() -> "socket.socket":
    """A port that something else listens on."""
    listener = socket.create_server(("127.0.0.1", 0))
    yield listener
    listener.close()


def test_a_folder_keeps_its_ports(tmp_path: Path) -> None:
    """A restart uses the ports that the database remembers."""
    first = ports_for(tmp_path, None)
    assert ports_for(tmp_path, None) == first == kept_ports(tmp_path)
    assert len(set(astuple(first))) == len(astuple(first))


def test_a_taken_port_is_named(tmp_path: Path, taken: socket.socket) -> None:
    """The line names the port and the setting that moves it; nothing is kept."""
    port = taken.getsockname()[1]
    with pytest.raises(EngineProblem, match=rf"Poort {port} is al in gebruik.*WERKZORG_TEMPORAL_PORT"):
        ports_for(tmp_path, Fixed(grpc=port, ui=_free()))
    assert kept_ports(tmp_path) is None


def test_a_kept_port_that_is_taken_is_replaced(tmp_path: Path) -> None:
    """Where nobody asked for a number, another one does as well."""
    first = ports_for(tmp_path, None)
    with socket.create_server(("127.0.0.1", first.history)):
        second = ports_for(tmp_path, None)
    assert second.history != first.history
    assert second.grpc == first.grpc


def test_asked_ports_go_before_kept_ones(tmp_path: Path) -> None:
    """Another WERKZORG_TEMPORAL_PORT works on the same folder."""
    first = ports_for(tmp_path, None)
    asked = Fixed(grpc=_free(), ui=_free())
    second = ports_for(tmp_path, asked)
    assert (second.grpc, second.ui) == (asked.grpc, asked.ui)
    assert second.matching == first.matching


def test_an_unreadable_ports_file_is_forgotten(tmp_path: Path) -> None:
    """Half a file, or one of another version, is as good as none."""
    (tmp_path / "ports.json").write_text('{"grpc": 1')
    assert kept_ports(tmp_path) is None
    assert is_free(ports_for(tmp_path, None).grpc)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
