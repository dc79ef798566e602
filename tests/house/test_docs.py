"""What the documentation points at is there."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from cli import app
from settings import ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
FOLDER = re.compile(r"`((?:tests|docs|data)/[\w/.-]*|\w+/)`")
COMMAND = re.compile(r"(?m)^(?:\./werkzorg|make) .*$")
DECISIONS = ROOT / "docs" / "decisions"


def known(words: list[str]) -> bool:
    """Whether these words name a command of the command line, options and arguments left out."""
    at = typer.main.get_command(app)
    for word in words:
        if not hasattr(at, "commands"):
            return True
        if word not in at.commands:
            return False
        at = at.commands[word]
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_folders_exist(page: Path) -> None:
    """Nobody is sent to a file or folder that is not there."""
    text = page.read_text("utf-8")
    missing = [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    missing += [folder for folder in FOLDER.findall(text) if not (ROOT / folder).exists()]
    assert not missing


def test_the_commands_of_the_readme_exist() -> None:
    """What a newcomer types works: every line of shell in the README names a real command."""
    lines = COMMAND.findall((ROOT / "README.md").read_text("utf-8"))
    targets = re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text("utf-8"))
    assert len(lines) > 5
    for program, *words in (shlex.split(line, comments=True) for line in lines):
        assert words[0] in targets if program == "make" else known(words), words


def test_decisions_are_numbered_and_listed() -> None:
    """One page a decision, without gaps, each in the list."""
    pages = sorted(page.name for page in DECISIONS.glob("[0-9]*.md"))
    assert [int(name[:4]) for name in pages] == list(range(1, len(pages) + 1))
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text("utf-8"))
    assert listed == pages
