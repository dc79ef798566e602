"""`./werkzorg` finds the project from anywhere and says what to do when it is not set up."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from settings import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with only the shim and a command line that shows what it got."""
    folder = tmp_path / "een map"
    folder.mkdir()
    shutil.copy(ROOT / "werkzorg", folder)
    (folder / "cli.py").write_text("import os, sys; print(os.getcwd(), *sys.argv[1:])")
    return folder


def set_up(checkout: Path) -> None:
    """What `make setup` would do for the shim."""
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to(sys.executable)


def test_a_link_from_elsewhere_works(checkout: Path, tmp_path: Path) -> None:
    """Through a link, the project is found and the caller's folder stays: relative paths mean the same."""
    set_up(checkout)
    (tmp_path / "link").symlink_to("een map/werkzorg")
    (tmp_path / "link2").symlink_to(tmp_path / "link")
    (tmp_path / "elders").mkdir()
    answer = subprocess.run(
        [tmp_path / "link2", "play", "mijn verhaal.yaml"],
        cwd=tmp_path / "elders", capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip() == f"{tmp_path / 'elders'} play mijn verhaal.yaml"


def test_without_set_up_one_line_says_so(checkout: Path) -> None:
    """A fresh clone points at `make setup`."""
    answer = subprocess.run([checkout / "werkzorg"], capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert "make setup" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
