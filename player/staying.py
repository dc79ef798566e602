"""Serves until somebody says stop, or until the Temporal server of this installation is gone."""

import asyncio
import signal
from collections.abc import Callable

from engine import Engine, EngineProblem

STOPS = (signal.SIGINT, signal.SIGTERM)


async def until_stopped(engine: Engine, tell: Callable[[], None]) -> None:
    """Tells that it serves, and returns at Ctrl-C or SIGTERM; raises EngineProblem when the server stops by itself."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for each in STOPS:
        loop.add_signal_handler(each, stop.set)
    tell()
    stopped, gone = asyncio.create_task(stop.wait()), asyncio.create_task(engine.server_gone())
    try:
        await asyncio.wait({stopped, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        gone.cancel()
        for each in STOPS:
            loop.remove_signal_handler(each)
    if not stop.is_set():
        raise EngineProblem(f"De Temporal-server is gestopt; zie {engine.folder / 'server.log'}.")
