"""Fetches the `temporal` command line with the SDK, for machines without Go."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from temporalio.testing import WorkflowEnvironment

from engine.problem import EngineProblem
from engine.progress import Reporter
from engine.versions import MINIMUM_GO, readable

CLI = "temporal"


def download_cli(report: Reporter) -> Callable[[Path], None]:
    """What fills a cache entry with a downloaded `temporal`."""

    def make(scratch: Path) -> None:
        report.say("De Temporal-ontwikkelserver wordt één keer opgehaald")
        # A loop of its own: the caller may already be inside one.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, _start_once(scratch)).result()
        downloaded = max(scratch.iterdir(), key=lambda file: file.stat().st_size)
        downloaded.rename(scratch / CLI)

    return make


async def _start_once(into: Path) -> None:
    """The SDK downloads the server in order to start it, so start and stop it."""
    try:
        server = await WorkflowEnvironment.start_local(
            download_dest_dir=str(into), dev_server_download_version="latest"
        )
    except RuntimeError as error:
        raise EngineProblem(
            f"Geen Temporal-server: er is geen `temporal`, geen Go ≥ {readable(MINIMUM_GO)}, "
            "en ophalen lukt niet. "
            f"Installeer Go ≥ {readable(MINIMUM_GO)} of de Temporal CLI, of zet TEMPORAL_ADDRESS."
        ) from error
    await server.shutdown()
