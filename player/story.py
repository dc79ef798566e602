"""The format of a story: a request, steps in time, and what is expected; errors name the line and field."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import isodate
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from models.actors import Actor
from models.messages import COMMANDS

DURATION = re.compile(r"-?P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")


class StoryProblem(ValueError):
    """A story that cannot be read; the message names the file, the line and the field."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Stap(_Part):
    """One step: so long after the beginning, somebody sends a command with some contents."""

    na: str = Field(description="ISO 8601-duur vanaf het begin, bijvoorbeeld P1M15D.")
    wie: str | Actor
    wat: str
    met: dict[str, Any] = {}
    namens: str | Actor | None = None
    weigering: str | None = Field(None, description="De verwachte weigering, als het commando niet mag.")

    @field_validator("na")
    @classmethod
    def _duration(cls, text: str) -> str:
        if not DURATION.fullmatch(text) or text in ("P", "-P"):
            raise ValueError("is geen duur zoals P1M15D")
        return text

    @field_validator("wat")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in COMMANDS and name != "checkpoint":
            raise ValueError(f"is geen commando; kies uit {', '.join(sorted(COMMANDS))}")
        return name


class VerwachteOpdracht(_Part):
    """What is expected of one duty; what is left out does not matter."""

    status: Literal["open", "bezig", "answered", "exited", "withdrawn"] | None = None
    tegen: date | str | None = None
    antwoord_op: date | str | None = None
    te_laat: bool | None = None


class VerwachtBericht(_Part):
    """How many messages of a kind somebody is expected to have got."""

    aan: str
    soort: str
    aantal: int


class Verwacht(_Part):
    """What should be true at the end."""

    fase: str | None = None
    einde: date | str | None = None
    opdrachten: dict[str, VerwachteOpdracht] = {}
    berichten: tuple[VerwachtBericht, ...] = ()
    documenten: tuple[str, ...] | None = None


class Story(_Part):
    """A whole story."""

    naam: str
    vertelling: str = ""
    begin: date | None = Field(None, description="Vaste dag in de toekomst; leeg = vandaag.")
    tot: str | None = Field(None, description="Hoe lang er na het begin wordt gespeeld, als dat later is dan de laatste stap.")
    aanvraag: dict[str, Any]
    stappen: tuple[Stap, ...] = ()
    verwacht: Verwacht = Verwacht()


def read_story(path: Path) -> Story:
    """Reads a story from YAML; raises StoryProblem."""
    try:
        tree = YAML().load(path.read_text("utf-8"))
    except OSError as missing:
        raise StoryProblem(f"{path}: kan niet gelezen worden ({type(missing).__name__})") from None
    except MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise StoryProblem(f"{path}, regel {line}: {broken.problem}") from None
    if not isinstance(tree, CommentedMap):
        raise StoryProblem(f"{path}, regel 1: een verhaal is een lijst van velden (naam, aanvraag, stappen, …)")
    try:
        return Story.model_validate(_plain(tree))
    except ValidationError as invalid:
        first = invalid.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise StoryProblem(f"{path}, regel {_line(tree, first['loc'])}, {where}: {first['msg']}") from None


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _line(node: Any, loc: tuple[int | str, ...]) -> int:
    """The line of the deepest part of a location that the file has."""
    line = 1
    for part in loc:
        if not isinstance(node, CommentedMap | CommentedSeq):
            break
        try:
            line = (node.lc.item(part) if isinstance(node, CommentedSeq) else node.lc.key(part))[0] + 1
            node = node[part]
        except (KeyError, IndexError):
            break
    return line


def after(begin: date, duration: str) -> date:
    """The day so long after the beginning; months keep the day and are clipped to the month's end."""
    negative = duration.startswith("-")
    parsed = isodate.parse_duration(duration.removeprefix("-"))
    moved: date | datetime = begin - parsed if negative else begin + parsed
    return moved.date() if isinstance(moved, datetime) else moved


def dated(value: Any, begin: date) -> Any:
    """The same contents with every duration replaced by the day it stands for."""
    if isinstance(value, dict):
        return {key: dated(each, begin) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [dated(each, begin) for each in value]
    if isinstance(value, str) and len(value) > 1 and DURATION.fullmatch(value) and value not in ("P", "-P"):
        return after(begin, value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


ONE_DAY = timedelta(days=1)
