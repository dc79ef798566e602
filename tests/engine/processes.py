"""Whether processes are still there, for tests about what is left behind."""

import os
import time
from collections.abc import Iterable
from pathlib import Path


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be buried does not."""
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            return stat.read_text().rpartition(")")[2].split()[0] not in "ZX"
        except (FileNotFoundError, ProcessLookupError):
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone_within(seconds: float, pids: Iterable[int]) -> bool:
    """Whether all these processes are gone in time."""
    waiting, end = list(pids), time.monotonic() + seconds
    while any(alive(pid) for pid in waiting):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
