"""The kinds of text that a request is made of: words that can be printed, an address block, a NIS code."""

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
NisCode = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{4}$")]
