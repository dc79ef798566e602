"""A running engine: prepared, restartable after a kill, alone in its folder, and gone with its parent."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, RemoveSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.worker import Worker

from engine import EngineProblem, Kind, connect_config, has_time_skipping, prepare, running_engine
from engine.machine import Machine
from engine.ports import Fixed, kept_ports
from engine.prepare import SEARCH_ATTRIBUTES, missing_attributes
from settings import ROOT
from tests.engine.processes import alive, gone_within
from tests.engine.workflows import Rememberer

_PARENT = """
import asyncio, json, sys
from pathlib import Path
from engine import running_engine

async def main():
    async with running_engine(Path(sys.argv[1]), time_skipping=False, ui=True) as engine:
        print(json.dumps(engine.pids), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
def parent(tmp_path: Path, machine: Machine) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs an engine with its UI."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], cwd=ROOT, env=machine.environ, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def pids_of(parent: "subprocess.Popen[str]") -> dict[str, int]:
    """The processes of the parent's engine, once it answers."""
    assert parent.stdout is not None
    pids: dict[str, int] = json.loads(parent.stdout.readline())
    assert pids.keys() == {"keeper", "server", "ui"}
    assert all(alive(pid) for pid in pids.values())
    return pids


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_survives_its_parent(parent: "subprocess.Popen[str]", how: signal.Signals) -> None:
    """However the parent ends, even killed, server and UI and keeper end with it."""
    pids = pids_of(parent)
    parent.send_signal(how)
    parent.wait(60)
    assert gone_within(10, pids.values())


def test_no_process_survives_a_killed_keeper(parent: "subprocess.Popen[str]") -> None:
    """The children die with the process that would have stopped them."""
    pids = pids_of(parent)
    os.kill(pids["keeper"], signal.SIGKILL)
    assert gone_within(5, pids.values())


async def test_a_killed_server_comes_back_where_it_was(tmp_path: Path, machine: Machine) -> None:
    """A workflow that runs while the server is killed goes on with what it knew."""
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as engine:
        client = await Client.connect(**engine.connect_config)
        async with Worker(client, task_queue="onthouden", workflows=[Rememberer]):
            handle = await client.start_workflow(Rememberer.run, id="o/1", task_queue="onthouden")
            await handle.signal(Rememberer.word, "voor")
            before, address = engine.server_pid, engine.address
            await engine.kill_server()
            assert engine.server_pid is None
            await engine.restart_server()
            assert engine.server_pid not in (None, before)
            assert engine.address == address
            await handle.signal(Rememberer.word, "klaar")
            assert await asyncio.wait_for(handle.result(), 60) == ["voor", "klaar"]


async def test_the_same_folder_can_be_started_again(tmp_path: Path, machine: Machine) -> None:
    """What was running is still there, on the same ports, when the engine is started again."""
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as first:
        client = await Client.connect(**first.connect_config)
        await client.start_workflow("ergens", id="o/2", task_queue="niemand")
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as second:
        client = await Client.connect(**connect_config(tmp_path, machine))
        assert second.address == first.address
        assert (await client.get_workflow_handle("o/2").describe()).id == "o/2"


async def test_an_engine_is_ready_at_once(tmp_path: Path, machine: Machine) -> None:
    """Search attributes and virtual clock work from the first workflow on; preparing twice is fine."""
    async with running_engine(tmp_path, time_skipping=True, ui=True, machine=machine) as engine:
        client = await Client.connect(**engine.connect_config)
        late = SearchAttributePair(SearchAttributeKey.for_bool("TeLaat"), True)
        handle = await client.start_workflow(
            "ergens", id="o/3", task_queue="niemand", search_attributes=TypedSearchAttributes([late])
        )
        assert (await handle.describe()).typed_search_attributes.search_attributes == [late]
        await prepare(client)
        assert await missing_attributes(client) == {}
        assert await has_time_skipping(client)
        assert engine.ui_url is not None
        assert await asyncio.to_thread(_status, engine.ui_url) == 200


async def test_real_work_gets_no_virtual_clock(tmp_path: Path, machine: Machine) -> None:
    """The engine of `up` refuses to move a clock."""
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as engine:
        client = await Client.connect(**engine.connect_config)
        assert not engine.time_skipping
        assert not await has_time_skipping(client)


async def test_a_healthy_engine_takes_little_time(tmp_path: Path, machine: Machine) -> None:
    """From nothing to prepared in seconds, on a busy machine too."""
    started = time.monotonic()
    async with running_engine(tmp_path, time_skipping=True, ui=True, machine=machine):
        assert time.monotonic() - started < 10


async def test_a_port_in_use_is_named(tmp_path: Path, machine: Machine) -> None:
    """The start is refused before anything is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EngineProblem, match=f"Poort {port} is al in gebruik"):
            async with running_engine(
                tmp_path, time_skipping=False, ui=False, ports=Fixed(port, port), machine=machine
            ):
                pass
    assert not (tmp_path / "temporal.db").exists()


async def test_a_folder_in_use_is_left_alone(tmp_path: Path, machine: Machine) -> None:
    """A second engine on the same folder is refused, and the first one's ports stay known."""
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as engine:
        with pytest.raises(EngineProblem, match="draait al een engine"):
            async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine):
                pass
        kept = kept_ports(tmp_path)
        assert kept is not None
        assert kept.address == engine.address


async def test_a_server_that_does_not_start_is_told_at_once(tmp_path: Path, machine: Machine) -> None:
    """A damaged database gives one line that points at the log."""
    (tmp_path / "temporal.db").write_bytes(b"geen databank" * 1000)
    started = time.monotonic()
    with pytest.raises(EngineProblem, match=r"antwoordt niet; zie .*server\.log"):
        async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine):
            pass
    assert time.monotonic() - started < 20


async def test_an_external_server_is_used_and_not_started(tmp_path: Path, machine: Machine) -> None:
    """With TEMPORAL_ADDRESS nothing is started; a missing virtual clock is told where it is needed."""
    async with running_engine(tmp_path / "theirs", time_skipping=False, ui=False, machine=machine) as theirs:
        pointed = Machine(machine.cache, {**machine.environ, "TEMPORAL_ADDRESS": theirs.address})
        ours = tmp_path / "ours"
        async with running_engine(ours, time_skipping=False, ui=True, machine=pointed) as engine:
            assert (engine.kind, engine.address, engine.pids) == (Kind.EXTERNAL, theirs.address, {})
            with pytest.raises(EngineProblem, match="niet door Werkzorg gestart"):
                await engine.kill_server()
        with pytest.raises(EngineProblem, match="geen tijdversnelling"):
            async with running_engine(ours, time_skipping=True, ui=False, machine=pointed):
                pass
        assert not ours.exists()
    assert theirs.server_pid is None


async def test_an_external_server_that_is_not_there(tmp_path: Path, machine: Machine) -> None:
    """A wrong TEMPORAL_ADDRESS is told in one line."""
    pointed = Machine(machine.cache, {**machine.environ, "TEMPORAL_ADDRESS": "127.0.0.1:1"})
    with pytest.raises(EngineProblem, match=r"127\.0\.0\.1:1 antwoordt niet \(TEMPORAL_ADDRESS\)"):
        async with running_engine(tmp_path, time_skipping=False, ui=False, machine=pointed):
            pass


async def test_a_search_attribute_of_another_type_is_named(tmp_path: Path, machine: Machine) -> None:
    """A namespace that uses one of our names otherwise is refused with the name."""
    async with running_engine(tmp_path, time_skipping=False, ui=False, machine=machine) as engine:
        client = await Client.connect(engine.address, namespace="elders")
        await prepare(client)
        remove = RemoveSearchAttributesRequest(namespace="elders", search_attributes=["TeLaat"])
        await client.operator_service.remove_search_attributes(remove)
        keyword = {"TeLaat": SEARCH_ATTRIBUTES["Dossier"]}
        add = AddSearchAttributesRequest(namespace="elders", search_attributes=keyword)
        await client.operator_service.add_search_attributes(add)
        with pytest.raises(EngineProblem, match="TeLaat bestaat in namespace elders"):
            await prepare(client)


def test_nothing_was_started_yet(tmp_path: Path, machine: Machine) -> None:
    """A command that needs an engine says how to start one."""
    with pytest.raises(EngineProblem, match="werkzorg up"):
        connect_config(tmp_path, machine)


def _status(url: str) -> int:
    """The status of a page that may need a moment to come up."""
    for _ in range(50):
        try:
            with urllib.request.urlopen(url) as answer:
                return int(answer.status)
        except OSError:
            time.sleep(0.1)
    return 0
