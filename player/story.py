"""The format of a story: a request, steps in time, and what is expected; errors name the line and field."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

import isodate  # type: ignore[import-untyped]
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from models.aanvraag import Aanvraag, Soort, Verzoek
from models.actors import Actor, Rol
from models.ama_aanmelding import AmaAanmelding
from models.commands import EVERY_COMMAND
from models.duties import DutyStatus
from models.errors import Refusal
from models.steps import MessageKind
from player.wording import FieldError, field_errors

DURATION = re.compile(r"-?P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
CHECKPOINT = "checkpoint"
"""A step that is no command: the trajectory begins a fresh run with the same state."""
AANVRAAG, AANMELDING = "aanvraag", "aanmelding"
"""What a story begins with; a request is also a step that is no command: it is filed for the same dossier."""
OPENINGS: dict[str, type[Verzoek]] = {AANVRAAG: Aanvraag, AANMELDING: AmaAanmelding}
NO_COMMANDS = (CHECKPOINT, AANVRAAG)
EXAMPLE_DAY = date(2027, 1, 4)
"""Any day will do to judge the contents of a story that begins on the day it is played."""


class StoryProblem(ValueError):
    """A story that cannot be read; the message names the file, the line and the field."""


def is_duration(text: object) -> bool:
    """Whether something is a duration such as P1M15D or -P8M."""
    return isinstance(text, str) and DURATION.fullmatch(text) is not None


def _duration(text: str) -> str:
    if not is_duration(text):
        raise ValueError("is geen duur zoals P1M15D")
    return text


def _command(name: str) -> str:
    if name not in EVERY_COMMAND and name not in NO_COMMANDS:
        raise ValueError(f"is geen commando; kies uit {', '.join(sorted(EVERY_COMMAND))}")
    return name


def _role(who: Any) -> Any:
    if isinstance(who, str) and who not in set(Rol):
        raise ValueError(f"is geen rol; kies uit {', '.join(Rol)}")
    return Rol(who) if isinstance(who, str) else who


def _moment(when: Any) -> Any:
    if isinstance(when, date) or is_duration(when):
        return when
    try:
        return date.fromisoformat(str(when))
    except ValueError:
        raise ValueError("is geen duur zoals P1M15D en geen datum (JJJJ-MM-DD)") from None


def _yes_no(told: Any) -> Any:
    return {"ja": True, "nee": False}.get(told, told) if isinstance(told, str) else told


YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Duration = Annotated[str, AfterValidator(_duration)]
Moment = Annotated[date | str, BeforeValidator(_moment)]
"""A day, or how long after the beginning it comes."""
Who = Annotated[Rol | Actor, BeforeValidator(_role)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Stap(_Part):
    """One step: so long after the beginning, somebody sends a command with some contents."""

    na: Duration = Field(description="ISO 8601-duur vanaf het begin, bijvoorbeeld P1M15D.")
    wie: Who
    wat: Annotated[str, AfterValidator(_command)]
    met: dict[str, Any] = {}
    namens: Who | None = None
    traject: Soort | None = Field(None, description="Voor welk traject, als het niet het eerste is.")
    weigering: Refusal | None = Field(None, description="De verwachte weigering, als het commando niet mag.")

    @property
    def leaves_a_line(self) -> bool:
        """Whether the timeline tells of this step: not of what is refused, nor of what is no command."""
        return self.weigering is None and self.wat not in NO_COMMANDS


class VerwachteOpdracht(_Part):
    """What is expected of one duty; what is left out does not matter."""

    status: DutyStatus | None = None
    tegen: Moment | None = None
    antwoord_op: Moment | None = None
    te_laat: YesNo | None = None


class VerwachtBericht(_Part):
    """How many messages of a kind somebody is expected to have got."""

    aan: str
    """A worker's reference, an organisation's code for its team mailbox, or `deelnemer`."""
    soort: MessageKind
    aantal: Annotated[int, Field(ge=0)]


class Verwacht(_Part):
    """What should be true at the end."""

    fase: str | None = None
    begin: Moment | None = None
    einde: Moment | None = None
    opdrachten: dict[str, VerwachteOpdracht] = {}
    berichten: tuple[VerwachtBericht, ...] = ()
    documenten: tuple[str, ...] | None = None
    """All documents, by key and in any order."""
    vervolg: dict[Soort, "Verwacht"] = {}
    """What should be true of a trajectory that followed, by kind."""
    evaluaties: dict[int, "Verwacht"] = {}
    """What should be true of the yearly evaluations of this trajectory, by number."""


class Story(_Part):
    """A whole story."""

    naam: str
    vertelling: str = ""
    begin: date | None = Field(None, description="Vaste dag in de toekomst; leeg = vandaag.")
    tot: Duration | None = Field(
        None, description="Hoe lang na het begin er gespeeld wordt, als dat na de laatste stap is."
    )
    aanvraag: dict[str, Any] | None = None
    aanmelding: dict[str, Any] | None = Field(
        None,
        description="In plaats van een aanvraag: arbeidsmatige activiteiten die een begeleider aanmeldt.",
    )
    stappen: tuple[Stap, ...] = ()
    verwacht: Verwacht = Verwacht()

    @model_validator(mode="after")
    def _begins_with_one(self) -> Self:
        if (self.aanvraag is None) == (self.aanmelding is None):
            raise ValueError("een verhaal begint met een aanvraag of met een aanmelding")
        return self

    @property
    def opening(self) -> str:
        """What the story begins with: a request or a notice."""
        return AANMELDING if self.aanvraag is None else AANVRAAG

    @property
    def told(self) -> dict[str, Any]:
        """What the request or the notice says."""
        return self.aanvraag or self.aanmelding or {}

    def request(self, begin: date) -> dict[str, Any]:
        """The request or the notice as it is filed when the story begins on that day."""
        day = begin.isoformat()
        filed = {"sleutel": f"verhaal {self.naam}", "ingediend_op": day}
        first_day = {"begin": day} if self.opening == AANVRAAG else {}
        return {**filed, **first_day, **dated(self.told, begin)}

    def later_request(self, stap: Stap, begin: date, reference: str) -> dict[str, Any]:
        """The request that a step files for the same person, in the same dossier."""
        filed = {"sleutel": f"verhaal {self.naam} {stap.na}", "ingediend_op": stap.na, "dossier": reference}
        same = {name: self.told.get(name) for name in ("nis_code", "persoon")}
        made: dict[str, Any] = dated({**filed, **same, **stap.met}, begin)
        return made


def read_story(path: Path) -> Story:
    """Reads a story from YAML and judges everything in it; raises StoryProblem."""
    tree = _tree(path)
    try:
        story = Story.model_validate(_plain(tree))
    except ValidationError as invalid:
        raise _problem(path, tree, _without_unions(field_errors(invalid)[0])) from None
    if wrong := next(_wrong_contents(story), None):
        raise _problem(path, tree, wrong)
    return story


def _tree(path: Path) -> CommentedMap:
    try:
        tree = YAML().load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as unreadable:
        raise StoryProblem(f"{path}: kan niet gelezen worden ({type(unreadable).__name__})") from None
    except MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise StoryProblem(f"{path}, regel {line}: geen geldige YAML ({broken.problem})") from None
    if not isinstance(tree, CommentedMap):
        raise StoryProblem(f"{path}, regel 1: een verhaal heeft velden (naam, aanvraag, stappen, verwacht)")
    return tree


def _wrong_contents(story: Story) -> Iterator[FieldError]:
    """What the request and the commands of a story would be refused for, whatever the dossier."""
    begin = story.begin or EXAMPLE_DAY
    try:
        OPENINGS[story.opening].model_validate(story.request(begin))
    except ValidationError as invalid:
        yield from (FieldError((story.opening, *error.loc), error.rule) for error in field_errors(invalid))
    for number, (before, stap) in enumerate(pairwise(story.stappen), start=1):
        if after(begin, stap.na) < after(begin, before.na):
            yield FieldError(("stappen", number, "na"), "ligt voor de vorige stap")
    for number, stap in enumerate(story.stappen):
        where = ("stappen", number, "met")
        yield from (FieldError((*where, *error.loc), error.rule) for error in _wrong_step(story, stap, begin))


def _wrong_step(story: Story, stap: Stap, begin: date) -> list[FieldError]:
    if stap.wat == CHECKPOINT:
        return []
    try:
        if stap.wat == AANVRAAG:
            Aanvraag.model_validate(story.later_request(stap, begin, "WZ"))
        else:
            EVERY_COMMAND[stap.wat].model_validate({"datum": begin, **dated(stap.met, begin)})
    except ValidationError as invalid:
        return field_errors(invalid)
    return []


def _without_unions(error: FieldError) -> FieldError:
    """The location without the names that pydantic gives to the sides of a union."""
    sides = ("Rol", "Actor", "date", "str")
    return error._replace(loc=tuple(part for part in error.loc if part not in sides))


def _problem(path: Path, tree: CommentedMap, wrong: FieldError) -> StoryProblem:
    return StoryProblem(f"{path}, regel {_line(tree, wrong.loc)}, {wrong}")


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
    if is_duration(value):
        return after(begin, value).isoformat()
    return value.isoformat() if isinstance(value, date) else value
