"""Places in the work of a worker where a test can hold it: at the start, the commit and the end of each activity."""

import asyncio
import json
import sys
import threading
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection
from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from models.documents import DocumentOrder
from models.mail import DigestOrder, PostOrder
from models.steps import Step

EVERYWHERE = "*"
BEGINS, COMMITS, ENDS = "begins", "commits", "ends"
_at_work: ContextVar[str | None] = ContextVar("at_work", default=None)


class Stops(Interceptor):
    """Tells its parent of every place it passes; at those that were asked it waits until the parent lets go."""

    def __init__(self, wanted: frozenset[str], traced: bool) -> None:
        self._wanted = wanted
        self._traced = traced
        self._turn = threading.Lock()
        self._go: dict[str, threading.Event] = {place: threading.Event() for place in wanted}

    def listen(self) -> None:
        """Hears from the parent, a place a line, where to go on."""
        for line in sys.stdin:
            self._go[line.strip()].set()

    def at(self, place: str) -> None:
        """Is somewhere; may be held there for ever."""
        if self._traced:
            self._say(passed=place)
        if place in self._wanted and not self._go[place].is_set():
            self._say(stopped=place)
            self._go[place].wait()

    def at_commit(self, _connection: Connection) -> None:
        """Is about to commit: everything was said to the database, and nothing is there yet."""
        if work := _at_work.get():
            self.at(f"{work}:{COMMITS}")

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """See Interceptor."""
        return _Watched(next, self)

    def _say(self, **message: str) -> None:
        with self._turn:
            print(json.dumps(message), flush=True)


class _Watched(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, stops: Stops) -> None:
        super().__init__(next)
        self._stops = stops

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        """Stops before the activity, and after it: all is done then and the engine does not know yet."""
        work = f"{activity.info().activity_type}:{_identity(input.args[0])}"
        _at_work.set(work)
        await asyncio.to_thread(self._stops.at, f"{work}:{BEGINS}")
        result = await super().execute_activity(input)
        await asyncio.to_thread(self._stops.at, f"{work}:{ENDS}")
        return result


def _identity(order: Any) -> str:
    """What an order is about, the same at each attempt."""
    match order:
        case Step():
            return str(order.number)
        case DocumentOrder():
            return order.key
        case PostOrder() | DigestOrder():
            return f"{order.as_of}"
        case _:
            return ""
