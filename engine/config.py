"""The configuration of the engine on one machine: server, dynamic settings and UI."""

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from engine.ports import HOST, Ports

DATABASE = "temporal.db"
SERVER_FILE = "server.yaml"
DYNAMIC_FILE = "dynamic.yaml"
UI_FOLDER = "ui"
UI_ENVIRONMENT = "werkzorg"

Value = bool | int | str

_ONE_SHARD: dict[str, Value] = {
    f"history.{queue}ProcessorMaxPoll{scope}RPS": 5000
    for queue in ("timer", "transfer", "visibility")
    for scope in ("", "Host")
}
_ONE_MACHINE: dict[str, Value] = {
    "system.forceSearchAttributesCacheRefreshOnRead": True,  # which reads the database at every list
    **{f"{service}.persistenceMaxQPS": 100_000 for service in ("frontend", "history", "matching")},
}
_TIME_SKIPPING: dict[str, Value] = {
    "frontend.WorkflowTimeSkippingEnabled": True,
    "frontend.WorkflowTimeSkippingMaxSkipPerSession": 100_000,
    "history.timerProcessorMaxTimeShift": "5ms",
    # A continue-as-new within one real second would get a back-off that the fast-forward jumps over.
    "history.workflowIdReuseMinimalInterval": "0s",
}


def dynamic_values(*, time_skipping: bool) -> dict[str, Value]:
    """The dynamic settings of a single-shard engine, with the virtual clock only where it was asked for."""
    return _ONE_SHARD | _ONE_MACHINE | (_TIME_SKIPPING if time_skipping else {})


def write_config(folder: Path, ports: Ports, *, time_skipping: bool) -> None:
    """Write all configuration files of a compiled engine into its folder."""
    (folder / UI_FOLDER).mkdir(exist_ok=True)
    dynamic = {key: [{"value": value}] for key, value in dynamic_values(time_skipping=time_skipping).items()}
    files: dict[Path, dict[str, Any]] = {
        folder / SERVER_FILE: server_config(ports, time_skipping=time_skipping),
        folder / DYNAMIC_FILE: dynamic,
        folder / UI_FOLDER / f"{UI_ENVIRONMENT}.yaml": ui_config(ports),
    }
    for file, content in files.items():
        with file.open("w") as opened:
            YAML().dump(content, opened)


def server_config(ports: Ports, *, time_skipping: bool) -> dict[str, Any]:
    """The server's own configuration: SQLite beside it, one shard, and nothing reachable from outside."""
    return {
        "log": {"stdout": True, "level": "warn"},
        "persistence": {
            "defaultStore": "default",
            "visibilityStore": "visibility",
            "numHistoryShards": 1,
            "datastores": {
                "default": _sqlite(time_skipping=time_skipping),
                "visibility": _sqlite(time_skipping=time_skipping),
            },
        },
        "global": {"membership": {"maxJoinDuration": "30s", "broadcastAddress": HOST}},
        "services": {
            "frontend": _service(ports.grpc, ports.membership),
            "history": _service(ports.history, ports.history_membership),
            "matching": _service(ports.matching, ports.matching_membership),
            "worker": _service(ports.worker, ports.worker_membership),
        },
        "clusterMetadata": _cluster(ports),
        "dcRedirectionPolicy": {"policy": "noop"},
        "dynamicConfigClient": {"filepath": DYNAMIC_FILE, "pollInterval": "10s"},
    }


def ui_config(ports: Ports) -> dict[str, Any]:
    """The Web UI for operators on this machine: with write actions, without news from elsewhere."""
    return {
        "temporalGrpcAddress": ports.address,
        "host": HOST,
        "port": ports.ui,
        "enableUi": True,
        "defaultNamespace": "default",
        "disableWriteActions": False,
        # A trajectory ends by a command that gives its reason, never by a button.
        "workflowCancelDisabled": True,
        "workflowTerminateDisabled": True,
        "batchActionsDisabled": True,
        "disableNewsFetch": True,
        "notifyOnNewVersion": False,
        # Plain HTTP on the loopback only.
        "cors": {"cookieInsecure": True, "allowOrigins": [ports.ui_url], "unsafeAllowAllOrigins": False},
    }


def cli_arguments(ports: Ports, *, time_skipping: bool, ui: bool) -> list[str]:
    """What the development server of the `temporal` command line needs to be the same engine."""
    fixed = ["server", "start-dev", "--ip", HOST, "--port", str(ports.grpc), "--log-level", "warn"]
    shown = ["--ui-ip", HOST, "--ui-port", str(ports.ui)] if ui else ["--headless"]
    values = dynamic_values(time_skipping=time_skipping).items()
    dynamic = [word for k, v in values for word in ("--dynamic-config-value", f"{k}={json.dumps(v)}")]
    return [*fixed, "--db-filename", DATABASE, *shown, *dynamic]


def _sqlite(*, time_skipping: bool) -> dict[str, Any]:
    # What is played in virtual time survives a killed server, and need not survive a power cut.
    synchronous = "off" if time_skipping else "full"
    # The name is relative to the engine's folder, where the server runs: no character in a path can break it.
    return {
        "sql": {
            "pluginName": "sqlite",
            "databaseName": DATABASE,
            "connectAddr": "localhost",
            "connectProtocol": "tcp",
            "connectAttributes": {
                "mode": "rwc",
                "setup": "true",
                "journal_mode": "wal",
                "synchronous": synchronous,
            },
            "maxConns": 1,
            "maxIdleConns": 1,
            "maxConnLifetime": "1h",
        }
    }


def _service(port: int, membership: int) -> dict[str, Any]:
    return {"rpc": {"grpcPort": port, "membershipPort": membership, "bindOnIP": HOST}}


def _cluster(ports: Ports) -> dict[str, Any]:
    return {
        "enableGlobalNamespace": False,
        "failoverVersionIncrement": 10,
        "masterClusterName": "active",
        "currentClusterName": "active",
        "clusterInformation": {
            "active": {
                "enabled": True,
                "initialFailoverVersion": 1,
                "rpcName": "frontend",
                "rpcAddress": ports.address,
            }
        },
    }
