"""Options made from the models of commands, so that no list of fields is written twice; the models judge the values."""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import typer
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from activities.staff import Staff
from desk.plainly import DeskProblem
from models.actors import Actor
from models.messages import Command
from player.wording import field_errors

Contents = dict[str, Any]
ENVELOPE = tuple(Command.model_fields)
STDIN = "-"
KINDS: dict[Any, str] = {
    date: "JJJJ-MM-DD",
    str: "TEKST",
    int: "GETAL",
    bool: "ja|nee",
    Decimal: "BEDRAG",
    Actor: "MW-…",
}
SAMPLES = ("…", "ORG-VDAB-GENT", "44021")
"""Texts for an example: anything, the code of an organisation, a municipality; the first that fits is taken."""
YES_NO = {"ja": True, "nee": False}


class Asked(NamedTuple):
    """One field of a command: how it is typed, whether it is needed, and what it is."""

    name: str
    kind: str
    needed: bool
    help: str


def asked(model: type[Command]) -> Iterator[Asked]:
    """The fields that are a command's own; what does not fit on a line comes from a file."""
    for name in own_fields(model):
        field = model.model_fields[name]
        kind = _kind(field.annotation) or "in een bestand"
        yield Asked(name, kind, field.is_required(), field.description or "")


def options_of(model: type[BaseModel], names: tuple[str, ...]) -> Iterator[inspect.Parameter]:
    """One option a field that can be typed on a line; groups of fields only come from a file."""
    for name in names:
        field = model.model_fields[name]
        kind = _kind(field.annotation)
        if kind is not None:
            needed = "Verplicht." if field.is_required() and name not in ENVELOPE else None
            help_text = " ".join(filter(None, [field.description, needed]))
            option = typer.Option(f"--{name.replace('_', '-')}", help=help_text, metavar=kind)
            yield keyword(name, Annotated[str | None, option])


def keyword(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    """A parameter of a command that is made at run time."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def signed(function: Callable[..., Any], *parameters: inspect.Parameter) -> Callable[..., Any]:
    """The function with these parameters, as typer reads them."""
    function.__signature__ = inspect.Signature(list(parameters))  # type: ignore[attr-defined]
    return function


def own_fields(model: type[Command]) -> tuple[str, ...]:
    """The fields of a command that are not on every command."""
    return tuple(name for name in model.model_fields if name not in ENVELOPE)


def _kind(annotation: Any) -> str | None:
    """How a value is typed, or None for what does not fit on a line."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return next((_kind(part) for part in get_args(annotation) if part is not type(None)), None)
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin is Literal:
        return "|".join(str(part.value if isinstance(part, Enum) else part) for part in get_args(annotation))
    if origin is tuple:
        several = _choices(annotation)
        return f"{several},…" if several else None
    return KINDS.get(annotation)


def _choices(annotation: Any) -> str | None:
    """The words to choose from where several of them make a value."""
    parts = [part for part in get_args(annotation) if part is not Ellipsis]
    return _kind(parts[0]) if get_origin(parts[0]) is Literal else None


def read_contents(source: str | None) -> Contents:
    """The fields in a YAML or JSON file, or on standard input for `-`; raises DeskProblem."""
    if source is None:
        return {}
    try:
        text = sys.stdin.read() if source == STDIN else Path(source).read_text("utf-8")
        read = YAML(typ="safe", pure=True).load(text)
    except (OSError, UnicodeDecodeError) as unreadable:
        raise DeskProblem(f"{source}: kan niet gelezen worden ({type(unreadable).__name__})") from None
    except YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        where = f", regel {mark.line + 1}" if mark else ""
        raise DeskProblem(f"{source}{where}: geen geldige YAML of JSON") from None
    if not isinstance(read, dict):
        raise DeskProblem(f"{source}: is geen groep van velden")
    return {str(name): value for name, value in read.items()}


def given(model: type[BaseModel], options: Mapping[str, Any]) -> Contents:
    """The options that were typed; several words in one option are parted by commas."""
    typed = {name: value for name, value in options.items() if value is not None}
    several = [name for name in typed if get_origin(model.model_fields[name].annotation) is tuple]
    return typed | {name: [part.strip() for part in typed[name].split(",")] for name in several}


def understood(annotation: Any, value: Any) -> Any:
    """The same value with ja and nee, and amounts with a comma, as the models read them."""
    if annotation is bool:
        return YES_NO.get(value, value) if isinstance(value, str) else value
    if annotation is Decimal:
        return value.replace(",", ".") if isinstance(value, str) and "." not in value else value
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel) and isinstance(value, dict):
        fields = annotation.model_fields
        return {
            name: understood(fields[name].annotation, part) if name in fields else part
            for name, part in value.items()
        }
    if get_origin(annotation) is tuple and isinstance(value, list):
        return [understood(get_args(annotation)[0], part) for part in value]
    if get_origin(annotation) in (Union, UnionType, Annotated):
        for part in get_args(annotation):
            value = understood(part, value)
    return value


def with_workers(model: type[BaseModel], contents: Contents, staff: Staff) -> Contents:
    """The same contents with every worker's reference replaced by who that is; raises DeskProblem."""
    who = [name for name, field in model.model_fields.items() if _kind(field.annotation) == "MW-…"]
    return {name: _worker(name, value, staff) if name in who else value for name, value in contents.items()}


def _worker(name: str, value: Any, staff: Staff) -> Any:
    if not isinstance(value, str):
        return value
    found = staff.actor(value)
    if found is None:
        raise DeskProblem(f"{name}: geen medewerker met deze referentie")
    return found.model_dump(mode="json", exclude_none=True)


def checked(name: str, model: type[BaseModel], contents: Contents) -> Contents:
    """The contents as they are sent; raises DeskProblem that names each field and its rule, never a value."""
    try:
        return model.model_validate(understood(model, contents)).model_dump(mode="json", exclude_none=True)
    except ValidationError as invalid:
        wrong = "; ".join(str(error) for error in field_errors(invalid))
        raise DeskProblem(f"{name} niet aangenomen: {wrong}") from None


def example(schema: Mapping[str, Any]) -> Contents:
    """A filled-in example of the required fields of a JSON schema."""
    definitions = schema.get("$defs", {})
    required = schema.get("required", [])
    return {name: _example(schema["properties"][name], definitions) for name in required}


def _example(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    if "$ref" in part:
        return _example(definitions[part["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in part:
        return _example(part["anyOf"][0], definitions)
    if "enum" in part:
        return part["enum"][0]
    match part.get("type"):
        case "object":
            return example({**part, "$defs": definitions})
        case "array":
            return [_example(part["items"], definitions)]
        case "integer":
            return part.get("minimum", 1)
        case "number":
            return f"{part['maximum']:g}" if "maximum" in part else "100,00"
        case "boolean":
            return "nee"
        case _:
            return _example_text(part)


def _example_text(part: Mapping[str, Any]) -> str:
    if part.get("format") == "date":
        return "2027-03-01"
    return next((text for text in SAMPLES if re.fullmatch(part.get("pattern", ".*"), text)), SAMPLES[0])


def as_json(value: Any) -> str:
    """For another program: readable, and with the letters people wrote."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
