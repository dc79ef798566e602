"""Small modules, short functions, and names that are ours alone."""

import ast
import importlib.metadata
import sys

import pytest

from settings import ROOT
from tests.house.source import FOLDERS, MODULES, PACKAGES, name_of, parsed, product_files

LINES_A_MODULE = 400
LINES_A_FUNCTION = 50
ABOVE = {"worker": {"player", "desk", "cli"}, "settings": {*PACKAGES, *MODULES}, "cli": set[str]()}
"""What each module of the root may not import; import-linter looks inside packages only."""


def imported(tree: ast.Module) -> set[str]:
    """The first part of the name of everything a module imports."""
    plain = (alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names)
    parts = (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {name.partition(".")[0] for name in (*plain, *parts)}


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    """What does not fit is two things."""
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in product_files()}
    assert lengths
    assert not {name: length for name, length in lengths.items() if length > LINES_A_MODULE}


def test_no_function_is_longer_than_fifty_lines() -> None:
    """Long ones are read by nobody."""
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in product_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LINES_A_FUNCTION
    ]
    assert not found


@pytest.mark.parametrize("module", [name for name in MODULES if (ROOT / f"{name}.py").is_file()])
def test_the_modules_of_the_root_keep_their_place(module: str) -> None:
    """settings knows nobody, worker composes what is below the player, the command line may know all."""
    assert not imported(parsed(ROOT / f"{module}.py")) & (ABOVE[module] - {module})


def test_no_name_of_ours_belongs_to_somebody_else() -> None:
    """Run from the root and never installed: an installed distribution of the same name would hide ours."""
    installed = importlib.metadata.packages_distributions()
    ours = (*PACKAGES, *MODULES, *FOLDERS)
    taken = {*installed, *sys.stdlib_module_names}
    assert not {name: installed.get(name, ["python"]) for name in ours if name in taken}


def test_the_root_holds_no_package_that_the_house_does_not_know() -> None:
    """A new package joins the list here, and the contracts of import-linter in pyproject.toml."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    modules = {path.stem for path in ROOT.glob("*.py")}
    assert packages <= {*PACKAGES, *FOLDERS}
    assert modules <= set(MODULES)
