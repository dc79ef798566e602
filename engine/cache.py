"""A cache whose entries are whole or absent, made by one process at a time."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.problem import EngineProblem

_SCRATCH = ".half-"


def obtain(folder: Path, key: str, make: Callable[[Path], None], while_waiting: Callable[[], None]) -> Path:
    """The entry with this key, made by `make` in a scratch folder when it is not there yet.

    An interrupted maker leaves only a scratch folder, which the next one sweeps away.
    """
    entry = folder / key
    if entry.is_dir():
        return entry
    with disk_trouble_named(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(folder / "lock", while_waiting):
            if not entry.is_dir():
                _sweep(folder)
                _make_whole(folder, entry, make)
    return entry


@contextmanager
def disk_trouble_named(folder: Path) -> Iterator[None]:
    """Turn a full or unwritable folder into one clear line."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(folder) from error
        raise EngineProblem(
            f"Kan niet schrijven in {folder} ({error.strerror}): maak de map schrijfbaar, "
            "of kies een andere met WERKZORG_CACHE of WERKZORG_HOME."
        ) from error


def disk_full(folder: Path) -> EngineProblem:
    """The line for a disk without room."""
    return EngineProblem(
        f"De schijf van {folder} is vol: maak ongeveer 3 GB vrij, "
        "of kies een andere plaats met WERKZORG_CACHE."
    )


def _make_whole(folder: Path, entry: Path, make: Callable[[Path], None]) -> None:
    scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder))
    try:
        make(scratch)
        for file in scratch.iterdir():
            _flush(file)
        scratch.rename(entry)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _flush(file: Path) -> None:
    """Bring a file to the disk, so that a power cut cannot leave an entry with empty files."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _sweep(folder: Path) -> None:
    for half in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(half, ignore_errors=True)


@contextmanager
def _one_at_a_time(lock: Path, while_waiting: Callable[[], None]) -> Iterator[None]:
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            while_waiting()
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
