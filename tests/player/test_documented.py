"""The page that documents the format says what the code knows."""

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from models.documents import DocumentFacts
from models.duties import DutyKind
from models.errors import Refusal
from models.steps import MessageKind
from player.demo import shipped_stories
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


def test_every_kind_of_duty_and_document_is_documented() -> None:
    """Somebody who writes what a story expects finds its key there."""
    documents = [get_args(kind.model_fields["soort"].annotation)[0] for kind in _kinds_of_document()]
    assert [kind for kind in DutyKind if f"`{kind}`" not in PAGE] == []
    assert [kind for kind in documents if not re.search(rf"`{kind}(/\d)?`", PAGE)] == []


def _kinds_of_document() -> tuple[type[BaseModel], ...]:
    union, _discriminator = get_args(DocumentFacts)
    kinds: tuple[type[BaseModel], ...] = get_args(union)
    return kinds


def test_every_shipped_story_is_listed() -> None:
    """The demo plays them all."""
    assert [path.stem for path in shipped_stories() if f"| `{path.stem}` |" not in PAGE] == []
