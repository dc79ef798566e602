"""What every command has: who says it, when it happened, and texts that can be printed."""

import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from models.actors import Actor

Bron = Literal["online", "telefoon", "brief", "mail"]


TURNS_TEXT_AROUND = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _writable(text: str) -> str:
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") and sign not in "\n\t" for sign in text):
        raise ValueError("bevat een stuurteken")
    if not TURNS_TEXT_AROUND.isdisjoint(text):
        raise ValueError("bevat een teken dat de leesrichting omkeert")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("is meer dan een regel")
    return text


Tekst = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=8000),
    AfterValidator(_writable),
]
Kort = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_writable),
    AfterValidator(_one_line),
]


class Strict(BaseModel):
    """A message that refuses unknown fields and never repeats its values in an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Command(Strict):
    """What every command carries: when it happened, who enters it, whose word it is, and how it came in."""

    datum: date = Field(description="Dag waarop het gebeurde (JJJJ-MM-DD).")
    door: Actor | None = Field(None, description="Wie het invoert; door API en CLI ingevuld.")
    namens: Actor | None = Field(None, description="Wiens antwoord het is, als dat iemand anders is.")
    bron: Bron = Field("online", description="Hoe het binnenkwam.")
    reden: Kort | None = Field(None, description="Reden, nodig wanneer een zachte regel iets opmerkt.")


class Answer(Command):
    """A command that answers one duty, named by its key."""

    opdracht: Kort = Field(description="Sleutel van de opdracht, bijvoorbeeld review/3.")
