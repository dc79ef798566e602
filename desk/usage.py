"""Says in Dutch how commands are used, and on one line what is wrong with how one was typed."""

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

SENTENCES = (
    (r"No such command '(.*?)'.*", r"er is geen commando \1"),
    (r"No such option:? '?([-\w]+)'?.*", r"er is geen optie \1"),
    (r"Missing (?:argument|option|parameter) '?(.*?)'?\.(?: .*)?", r"\1 ontbreekt"),
    (r"Option '?(.*?)'? requires an argument.*", r"\1 vraagt een waarde"),
    (r"Got unexpected extra arguments? \(.*\).*", "er staat te veel op de regel"),
    (r"Invalid value for '?(.*?)'?: .*?is not one of (.*)\.?", r"\1: kies uit \2"),
    (r"Invalid value for '?(.*?)'?: .*", r"\1: heeft niet de juiste vorm"),
)
"""What the library says, and what we say; a value that was typed is not repeated."""
HINT = "; zie --help"


def in_dutch(misused: TyperException) -> str:
    """The line for a command that was typed wrongly."""
    said = " ".join(misused.format_message().split())
    for pattern, sentence in SENTENCES:
        if match := re.fullmatch(pattern, said):
            return match.expand(sentence) + HINT
    return said + HINT


HELP = (
    (r"^Usage: ", "Gebruik: "),
    (r"\[OPTIONS\]", "[OPTIES]"),
    (r"COMMAND \[ARGS\]\.\.\.", "COMMANDO …"),
    (r"^Arguments:$", "Argumenten:"),
    (r"^Options:$", "Opties:"),
    (r"^Commands:$", "Commando's:"),
    (r"Show this message and exit\.", "Toon deze hulp."),
    (r"\[required\]", "[verplicht]"),
    (r"\[default: ", "[standaard: "),
    (r" <str>", "      "),
)
"""The words around our own on a page of help."""


def translated(page: str) -> str:
    """A page of help with the words of the library in Dutch too."""
    for pattern, dutch in HELP:
        page = re.sub(pattern, dutch, page, flags=re.MULTILINE)
    return page


class DutchCommand(TyperCommand):
    """A command whose help is Dutch throughout."""

    def get_help(self, ctx: Any) -> str:
        """The page of help."""
        return translated(super().get_help(ctx))


class DutchGroup(TyperGroup):
    """A group of commands whose help is Dutch throughout."""

    def get_help(self, ctx: Any) -> str:
        """The page of help."""
        return translated(super().get_help(ctx))


def speak_dutch(app: typer.Typer) -> None:
    """Gives the help of every command and group of an application its Dutch words."""
    app.info.cls = DutchGroup
    for command in app.registered_commands:
        command.cls = DutchCommand
    for group in app.registered_groups:
        group.cls = DutchGroup
        if group.typer_instance is not None:
            speak_dutch(group.typer_instance)
