"""Starts an engine in a folder and stops it afterwards; the same folder can be started again and again."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from temporalio.client import Client
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.service import RPCError

from engine.cache import disk_trouble_named
from engine.claim import claimed
from engine.config import SERVER_FILE, UI_ENVIRONMENT, UI_FOLDER, cli_arguments, write_config
from engine.keeper import Child
from engine.kept import Kept
from engine.machine import Machine, this_machine
from engine.ports import Fixed, Ports, kept_ports, ports_for
from engine.prepare import has_time_skipping, prepare
from engine.problem import EngineProblem
from engine.provide import Kind, Provided, provide
from settings import Settings

_HEALTHY_WITHIN = 30.0
_SERVER, _UI = "server", "ui"


@dataclass(frozen=True)
class Engine:
    """A Temporal server that answers, ours or somebody else's, prepared for Werkzorg."""

    address: str
    ui_url: str | None
    kind: Kind
    time_skipping: bool
    folder: Path
    connect_config: ClientConnectConfig = field(repr=False)
    """What `Client.connect` needs to reach it."""
    _kept: Kept | None = field(default=None, repr=False)

    @property
    def server_pid(self) -> int | None:
        """The process of the server, while it is ours and runs."""
        return self._kept.pids.get(_SERVER) if self._kept else None

    @property
    def pids(self) -> dict[str, int]:
        """All processes of this engine by name, where it is ours: `keeper`, `server` and perhaps `ui`."""
        return {"keeper": self._kept.keeper_pid, **self._kept.pids} if self._kept else {}

    async def kill_server(self) -> None:
        """Kill the server as a power cut would, and return when it is gone."""
        await self._own().kill(_SERVER)

    async def restart_server(self) -> None:
        """Start the server again on the same ports and database, and return when it answers."""
        await self._own().restart(_SERVER)
        await _healthy(self.connect_config, self._own(), self.folder)

    async def server_gone(self) -> None:
        """Return when the server of this engine has stopped; never for a server that is not ours."""
        if self._kept is None:
            await asyncio.Event().wait()
        else:
            await self._kept.gone(_SERVER)

    def _own(self) -> Kept:
        if self._kept is None:
            raise EngineProblem(f"De server op {self.address} is niet door Werkzorg gestart.")
        return self._kept


@asynccontextmanager
async def running_engine(
    folder: Path,
    *,
    time_skipping: bool,
    ui: bool,
    ports: Fixed | None = None,
    machine: Machine | None = None,
) -> AsyncIterator[Engine]:
    """An engine that answers, on the database in this folder, until the block is left.

    Raises EngineProblem when there is none to be had, a port is taken, the folder is in use, or
    a virtual clock is asked of a server that has none.
    """
    machine = machine or this_machine()
    provided = await asyncio.to_thread(provide, machine)
    if provided.kind is Kind.EXTERNAL:
        yield await _external(folder, machine, time_skipping=time_skipping)
        return
    async with claimed(folder) as claim:
        with disk_trouble_named(folder):
            chosen = ports_for(folder, ports)
            write_config(folder, chosen, time_skipping=time_skipping)
        children = _children(provided, folder, chosen, machine, time_skipping, ui)
        kept = await Kept.start(folder, children, claim)
    try:
        yield await _started(kept, provided, folder, chosen, time_skipping=time_skipping, ui=ui)
    finally:
        await kept.close()


def connect_config(folder: Path, machine: Machine | None = None) -> ClientConnectConfig:
    """How another process reaches the engine of this folder, or the server that the user pointed at."""
    machine = machine or this_machine()
    if machine.external_address:
        return ClientConfig.load_client_connect_config(override_env_vars=dict(machine.environ))
    if ports := kept_ports(folder):
        return _ours(ports)
    raise EngineProblem("Er draait nog geen engine: start `./werkzorg up`, of zet TEMPORAL_ADDRESS.")


async def _external(folder: Path, machine: Machine, *, time_skipping: bool) -> Engine:
    config = connect_config(folder, machine)
    client = await _healthy(config, None, folder)
    skips = await has_time_skipping(client)
    if time_skipping and not skips:
        raise no_time_skipping(config["target_host"])
    try:
        await prepare(client, ours=False)
    except RPCError as error:
        raise EngineProblem(
            f"De Temporal-server op {config['target_host']} kan niet voorbereid worden voor namespace "
            f"{client.namespace} ({error.message}): maak de namespace en de zoekattributen daar aan."
        ) from error
    return Engine(config["target_host"], Settings().ui_url, Kind.EXTERNAL, skips, folder, config)


async def _started(
    kept: Kept, provided: Provided, folder: Path, ports: Ports, *, time_skipping: bool, ui: bool
) -> Engine:
    config = _ours(ports)
    client = await _healthy(config, kept, folder)
    await prepare(client)
    if time_skipping and not await has_time_skipping(client):
        raise no_time_skipping(ports.address)
    shown = ports.ui_url if ui else None
    return Engine(ports.address, shown, provided.kind, time_skipping, folder, config, kept)


def no_time_skipping(address: str) -> EngineProblem:
    """The line for a server without a virtual clock."""
    return EngineProblem(
        f"De Temporal-server op {address} heeft geen tijdversnelling (frontend.WorkflowTimeSkippingEnabled, "
        "vanaf server 1.32): play, demo en verhaaltests kunnen daar niet draaien."
    )


def _ours(ports: Ports) -> ClientConnectConfig:
    return ClientConnectConfig(target_host=ports.address, namespace="default")


def _children(
    provided: Provided, folder: Path, ports: Ports, machine: Machine, time_skipping: bool, ui: bool
) -> dict[str, Child]:
    # Nobody's TEMPORAL_* steers a server of ours.
    environ = {key: value for key, value in machine.environ.items() if not key.startswith("TEMPORAL_")}

    def child(name: str, *argv: str) -> Child:
        return Child(argv=list(argv), cwd=str(folder), env=environ, log=str(folder / f"{name}.log"))

    if provided.kind is Kind.CLI:
        arguments = cli_arguments(ports, time_skipping=time_skipping, ui=ui)
        return {_SERVER: child(_SERVER, str(provided.server), *arguments)}
    server = child(_SERVER, str(provided.server), "--config-file", SERVER_FILE, "--allow-no-auth", "start")
    panel = child(_UI, str(provided.ui), "--config", UI_FOLDER, "--env", UI_ENVIRONMENT, "start")
    return {_SERVER: server, _UI: panel} if ui else {_SERVER: server}


async def _healthy(config: ClientConnectConfig, kept: Kept | None, folder: Path) -> Client:
    """A client of a server that answers; one that stops or stays silent is a problem."""
    end = time.monotonic() + (_HEALTHY_WITHIN if kept else 5.0)
    while time.monotonic() < end:
        if kept and not kept.runs(_SERVER):
            break
        try:
            client = await Client.connect(**config)
            await client.service_client.check_health()
        except (RPCError, RuntimeError):
            await asyncio.sleep(0.03)
        else:
            return client
    where = f"; zie {folder / 'server.log'}" if kept else " (TEMPORAL_ADDRESS)"
    raise EngineProblem(f"De Temporal-server op {config['target_host']} antwoordt niet{where}.")
