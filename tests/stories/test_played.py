"""The stories that ship with the product, played on the real engine on both kinds of database."""

from pathlib import Path

import pytest

from player.play import Player
from player.stage import Stage
from player.story import read_story
from settings import ROOT

STORIES = sorted((ROOT / "data" / "verhalen").glob("*.yaml"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
async def test_a_story_ends_as_it_says(stage: Stage, path: Path) -> None:
    """A shipped story plays to its end and every expectation of it holds."""
    played = await Player(stage, read_story(path)).play()
    assert played.timeline
