"""Where stories leave their record: a folder of their own that is wiped at each start, never that of real dossiers."""

import shutil
from pathlib import Path

from engine import EngineProblem
from engine.claim import claimed
from settings import Settings

MARK = ".verhalen"
KEPT = ("engine.lock", "ports.json")
"""Of the engine: its claim, and its ports, so that addresses stay the same from one play to the next."""


async def fresh_grounds(home: Path) -> Settings:
    """Settings for a play in this folder, wiped of the play before; raises EngineProblem.

    The engine's database and the record go together. A folder that holds anything else is refused.
    """
    mark = home / MARK
    if home.is_dir() and any(home.iterdir()) and not mark.exists():
        raise EngineProblem(f"{home} is geen map van verhalen: kies met --home een lege of nieuwe map.")
    try:
        async with claimed(home / "engine"):
            _wipe(home)
            mark.touch()
    except OSError as trouble:
        raise EngineProblem(f"{home} kan niet geschreven worden ({trouble.strerror}).") from None
    return settings_for(home)


def settings_for(home: Path) -> Settings:
    """The settings of a play: never the database that this installation was pointed at."""
    return Settings(home=home, database_url=None, documents=home / "documenten")


def is_grounds(home: Path) -> bool:
    """Whether a folder was made for stories."""
    return (home / MARK).exists()


def _wipe(home: Path) -> None:
    for path in home.iterdir():
        if path.name == "engine":
            for part in path.iterdir():
                if part.name not in KEPT:
                    _remove(part)
        elif path.name != MARK:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
