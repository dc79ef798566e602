"""Places in the work of a worker where a test can hold it: at the start, the commit and the end of each activity."""

import asyncio
import os
import threading
from collections.abc import Iterable
from contextvars import ContextVar
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Connection as DatabaseConnection
from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from models.documents import DocumentOrder
from models.follow_up import Vervolg
from models.mail import DigestOrder, PostOrder
from models.steps import Step
from models.sweeps import Part

BEGINS, COMMITS, ENDS = "begins", "commits", "ends"
READY, PASSED, STOPPED = "ready", "passed", "stopped"
GO, HOLD = "go", "hold"
_at_work: ContextVar[str | None] = ContextVar("at_work", default=None)


class Stops(Interceptor):
    """Tells its parent of the places it passes; where it is held, it waits until the parent lets it go."""

    def __init__(self, parent: Connection, held_at: Iterable[str], traced: bool) -> None:
        self._parent = parent
        self._traced = traced
        self._turn = threading.Lock()
        self._held: dict[str, threading.Event] = {}
        self._hold(held_at)

    def listen(self) -> None:
        """Hears from the parent where to wait and where to go on; a parent that is gone ends everything."""
        try:
            while True:
                self._heard(*self._parent.recv())
        except (EOFError, OSError):
            os._exit(1)

    def say(self, what: str, place: str = "") -> None:
        """Tells the parent something."""
        with self._turn:
            self._parent.send((what, place))

    def at(self, place: str) -> None:
        """Is somewhere; may be held there for ever."""
        if self._traced:
            self.say(PASSED, place)
        if place in self._held and not self._held[place].is_set():
            self.say(STOPPED, place)
            self._held[place].wait()

    def at_commit(self, _connection: DatabaseConnection) -> None:
        """Is about to commit: everything was said to the database, and nothing is there yet."""
        if work := _at_work.get():
            self.at(f"{work}:{COMMITS}")

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """See Interceptor."""
        return _Watched(next, self)

    def _heard(self, what: str, places: Iterable[str]) -> None:
        if what == HOLD:
            self._hold(places)
            self.say(READY)
        for place in places if what == GO else ():
            self._held[place].set()

    def _hold(self, places: Iterable[str]) -> None:
        self._held |= {place: threading.Event() for place in places}


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
    """What an order is about, the same at each attempt and in each play."""
    match order:
        case Step(events=(first, *_)):
            return f"{first.soort} {first.opdracht or ''}".rstrip()
        case DocumentOrder():
            return order.key
        case PostOrder() | DigestOrder():
            return f"{order.as_of}"
        case Vervolg():
            return order.soort
        case Part():
            return f"{order.as_of} {order.after}".rstrip()
        case _:
            return ""
