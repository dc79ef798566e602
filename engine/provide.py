"""Finds an engine on this machine, and makes one when there is none."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.build import compile_engine
from engine.cache import obtain
from engine.download import CLI, download_cli
from engine.machine import Machine, this_machine
from engine.problem import EngineProblem
from engine.progress import Reporter, reporting
from engine.versions import MINIMUM_CLI, MINIMUM_GO, SERVER, TOOLS, UI, cache_key, readable

_DOWNLOADED = "temporal-cli"


class Kind(StrEnum):
    """Where an engine comes from."""

    EXTERNAL = "extern"
    COMPILED = "gecompileerd"
    CLI = "temporal-cli"


@dataclass(frozen=True)
class Provided:
    """An engine that is ready to start (or already runs elsewhere), and why it is this one."""

    kind: Kind
    why: str
    server: Path | None = None
    ui: Path | None = None


def find(machine: Machine) -> Provided | None:
    """The engine that is here already, without compiling and without a network."""
    if address := machine.external_address:
        return Provided(Kind.EXTERNAL, f"TEMPORAL_ADDRESS wijst naar {address}; er wordt niets gestart")
    if (compiled := machine.engines / cache_key()).is_dir():
        return _compiled(compiled)
    for cli in (machine.program("temporal"), machine.engines / _DOWNLOADED / CLI):
        version = machine.cli_version(cli)
        if cli and version and version >= MINIMUM_CLI:
            return Provided(
                Kind.CLI, f"de ontwikkelserver van {cli} (versie {readable(version)})", server=cli
            )
    return None


def provide(machine: Machine | None = None, *, progress: bool = True) -> Provided:
    """An engine that is ready to start: the one that is here, else compiled with Go, else downloaded."""
    machine = machine or this_machine()
    if found := find(machine):
        return found
    with reporting(progress) as report:
        return _made(machine, report)


def _made(machine: Machine, report: Reporter) -> Provided:
    def waiting() -> None:
        report.say("Een ander proces maakt de engine al; even wachten")

    if (machine.go_version() or ()) >= MINIMUM_GO:
        make = compile_engine(machine, machine.engines / "build.log", report)
        return _compiled(obtain(machine.engines, cache_key(), make, waiting))
    obtain(machine.engines, _DOWNLOADED, download_cli(report), waiting)
    if found := find(machine):
        return found
    raise EngineProblem(
        f"De opgehaalde Temporal CLI is te oud (nodig: {readable(MINIMUM_CLI)}): "
        f"installeer Go ≥ {readable(MINIMUM_GO)}, of zet TEMPORAL_ADDRESS."
    )


def _compiled(folder: Path) -> Provided:
    server, ui = (folder / tool.binary for tool in TOOLS[:2])
    return Provided(Kind.COMPILED, f"Temporal {SERVER} en UI {UI}, gecompileerd in {folder}", server, ui)
