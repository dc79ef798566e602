"""What a request is made of: words that can be printed, an address block, a NIS code, a day that can be meant."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("bevat een teken dat niet afgedrukt kan worden")
    return text


Woord = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_printable),
]
Adresblok = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(lambda block: "\n".join(map(_printable, block.splitlines()))),
]
FURTHEST = date(2199, 12, 31)
"""Nobody who lives now has anything after it: files write such a day for an end that is not known."""


def _within_reach(day: date) -> date:
    if day > FURTHEST:
        raise ValueError(f"ligt na {FURTHEST.year}; laat leeg wat geen laatste dag heeft")
    return day


Dag = Annotated[date, AfterValidator(_within_reach)]
"""A day that may lie ahead, within the reach of a life."""
NisCode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{4}$")]
