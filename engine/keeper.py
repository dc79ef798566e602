"""Keeps the engine's processes: starts and restarts them on request, and ends them with whoever asked.

Runs as a script of its own, with the standard library only: it starts at once. It reads lines of JSON on
standard input (first the plan, then orders) and answers with lines of JSON on standard output. When its input
closes or its parent is gone, it stops its children; when it is killed itself, the kernel kills them.
"""

import ctypes
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, TypedDict, cast

_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1
_TICK = 0.2
_GRACE = 5.0


class Child(TypedDict):
    """How to start one program: its words, its folder, its environment and where its output goes."""

    argv: list[str]
    cwd: str
    env: dict[str, str]
    log: str


class Plan(TypedDict):
    """What the parent asks for: who it is, the open file that claims the folder, and the children."""

    parent: int
    claim: int
    children: dict[str, Child]


def dies_with() -> Callable[[], None]:
    """What a child runs before it becomes its program, so that it dies with the process that calls this."""
    parent = os.getpid()

    def arm() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return arm


class Keeper:
    """The children of one engine folder, by name."""

    def __init__(self, plan: Plan) -> None:
        self._plans = plan["children"]
        self._claim = plan["claim"]
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Start one child, after stopping the one of that name that still runs."""
        if name in self._children:
            self.stop([name])
        plan = self._plans[name]
        with open(plan["log"], "ab") as log:
            # The child inherits the claim: the folder stays claimed until the last of them is gone.
            self._children[name] = subprocess.Popen(
                plan["argv"], cwd=plan["cwd"], env=plan["env"], stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT, pass_fds=(self._claim,), preexec_fn=dies_with(),
            )  # fmt: skip
        tell(started=name, pid=self._children[name].pid)

    def kill(self, name: str) -> None:
        """Kill one child without giving it a chance to tidy up."""
        if name in self._children:
            self._children[name].kill()
            self._children[name].wait()
        self.reap()

    def reap(self) -> None:
        """Tell of every child that has ended."""
        for name, child in list(self._children.items()):
            if child.poll() is not None:
                del self._children[name]
                tell(exited=name, code=child.returncode)

    def stop(self, names: list[str] | None = None) -> None:
        """Ask children to stop, and kill those that do not in time."""
        leaving = [self._children[name] for name in names or list(self._children)]
        for child in leaving:
            child.terminate()
        end = time.monotonic() + _GRACE
        for child in leaving:
            try:
                child.wait(max(0.0, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        self.reap()


def tell(**event: Any) -> None:
    """Send one event to the parent; a parent that no longer listens is noticed elsewhere."""
    try:
        sys.stdout.write(json.dumps(event) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        pass


def orders(parent: int) -> Iterator[dict[str, Any] | None]:
    """The lines that come in, with nothing now and then, until the input closes or the parent is gone."""
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    rest = b""
    while os.getppid() == parent:
        if not selector.select(_TICK):
            yield None
            continue
        if not (block := os.read(0, 65536)):
            return
        *lines, rest = (rest + block).split(b"\n")
        yield from (json.loads(line) for line in lines)


def _leave(*_: object) -> None:
    raise SystemExit(0)


def main() -> None:
    """Follow the plan and the orders until the parent is gone."""
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _leave)
    incoming = orders(parent)
    plan: Plan | None = next((cast("Plan", line) for line in incoming if line), None)
    if plan is None or plan["parent"] != parent:
        return
    keeper = Keeper(plan)
    try:
        for name in plan["children"]:
            keeper.start(name)
        for order in incoming:
            if order is not None:
                {"start": keeper.start, "kill": keeper.kill}[order["do"]](order["child"])
            keeper.reap()
    finally:
        keeper.stop()


if __name__ == "__main__":
    main()
