"""The ports of one engine: chosen free, kept beside its database, checked before the start."""

import json
import random
import socket
from collections.abc import Container
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.problem import EngineProblem

HOST = "127.0.0.1"
_BELOW_EPHEMERAL = range(20_000, 32_000)
"""Never a port that outgoing connections use: a client that retries could end up talking to itself."""


@dataclass(frozen=True)
class Ports:
    """One port for each thing that listens; people only ever see the first two."""

    grpc: int
    ui: int
    membership: int
    history: int
    history_membership: int
    matching: int
    matching_membership: int
    worker: int
    worker_membership: int

    @property
    def address(self) -> str:
        """Where clients find the Temporal server."""
        return f"{HOST}:{self.grpc}"

    @property
    def ui_url(self) -> str:
        """Where people find the Temporal Web UI."""
        return f"http://{HOST}:{self.ui}"


@dataclass(frozen=True)
class Fixed:
    """The two ports that somebody asked for by number."""

    grpc: int
    ui: int


def ports_for(folder: Path, fixed: Fixed | None) -> Ports:
    """The ports of this folder: the same as last time where it can be, with the asked ones first.

    A server on another port than its database remembers starts and stops slowly.
    """
    kept = kept_ports(folder)
    values = asdict(kept) if kept else {}
    values.update(asdict(fixed) if fixed else {})
    asked = asdict(fixed) if fixed else {}
    for name in Ports.__dataclass_fields__:
        port = values.get(name)
        if port is not None and name in asked:
            require_free(port)
        elif port is None or not is_free(port):
            values[name] = _free_port(set(values.values()))
    ports = Ports(**values)
    _file(folder).write_text(json.dumps(asdict(ports), indent=1))
    return ports


def kept_ports(folder: Path) -> Ports | None:
    """The ports on which the engine of this folder ran last, or nothing when it never did."""
    try:
        return Ports(**json.loads(_file(folder).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def require_free(port: int) -> None:
    """Refuse a port that something else listens on, by its number."""
    if not is_free(port):
        raise EngineProblem(
            f"Poort {port} is al in gebruik: stop wat daar draait (misschien een andere `werkzorg up`), "
            "of kies een andere met WERKZORG_TEMPORAL_PORT of WERKZORG_UI_PORT."
        )


def is_free(port: int) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port(taken: Container[int]) -> int:
    for _ in range(200):
        port = random.SystemRandom().choice(_BELOW_EPHEMERAL)
        if port not in taken and is_free(port):
            return port
    raise EngineProblem(
        f"Geen vrije poort gevonden tussen {_BELOW_EPHEMERAL.start} en {_BELOW_EPHEMERAL.stop}."
    )


def _file(folder: Path) -> Path:
    return folder / "ports.json"
