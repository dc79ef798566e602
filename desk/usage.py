"""Says in Dutch, on one line, what is wrong with how a command was typed."""

import re

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
