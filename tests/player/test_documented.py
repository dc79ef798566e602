"""The page that documents the format says what the code knows."""

import re
from pathlib import Path
from typing import get_args

from models.errors import Refusal
from models.steps import MessageKind
from player.story import Stap, Story, Verwacht, VerwachteOpdracht, read_story
from settings import ROOT

PAGE = (ROOT / "docs" / "verhalen.md").read_text()


def test_the_example_is_a_story(tmp_path: Path) -> None:
    """Somebody who copies it has something that works."""
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
    path = tmp_path / "voorbeeld.yaml"
    path.write_text(example)
    assert read_story(path).naam == "gestopt op vraag"


def test_every_field_is_documented() -> None:
    """So are the refusals and the kinds of messages that a story can name."""
    fields = [name for part in (Story, Stap, Verwacht, VerwachteOpdracht) for name in part.model_fields]
    named = [*fields, *Refusal, *get_args(MessageKind)]
    assert [name for name in named if f"`{name}`" not in PAGE] == []
