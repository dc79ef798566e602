"""The product as text: its own packages, what git tracks, and the words in it."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import ROOT

PACKAGES = ("models", "rules", "activities", "workflows", "engine", "player", "desk")
"""Our packages: the one place that lists them."""
MODULES = ("worker", "settings", "cli")
FOLDERS = ("bench", "data", "docs", "migrations", "templates", "tests")
"""What else stands in the root and can be imported as long as everything runs from there."""
BINARY = {".png", ".lock", ".sum"}
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def product_files() -> Iterator[Path]:
    """Every Python file of the product itself, tests and migrations left out."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))
    yield from (path for name in MODULES if (path := ROOT / f"{name}.py").is_file())


def files_of(*packages: str) -> Iterator[Path]:
    """Every Python file of some packages."""
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    """A file by its path from the root."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """A file as a tree."""
    return ast.parse(path.read_text("utf-8"))


def words(text: str) -> set[str]:
    """The words in a text in small letters, with names such as `ErkenningRow` and `eind_verslag` taken apart."""
    return {word.lower() for word in WORD.findall(text)}


def tracked_files() -> list[Path]:
    """Every text file that is, or is about to be, in version control."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("NIET GECONTROLEERD: geen git of geen kloon, dus onbekend welke bestanden erbij horen")
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def texts(paths: Iterable[Path]) -> dict[str, str]:
    """Files by name, with what stands in them."""
    return {name_of(path): path.read_text("utf-8") for path in paths}
