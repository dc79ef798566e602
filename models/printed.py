"""What printed documents share: people with where to reach them, dates with their reason, addressees."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

from models.findings import Finding


class Printed(BaseModel):
    """A context of a template: complete, closed, and silent about its values when it is wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Contact(Printed):
    """Somebody a reader can turn to, with the organisation and every way to reach them that is known."""

    functie: str
    naam: str
    organisatie: str
    telefoon: str | None
    email: str
    adres: str | None
    """Where the organisation is: for a visit or a letter."""


class Waarom(Printed):
    """Why a date is what it is: the sentence and article of its Finding, and whether a term was assumed."""

    reden: str
    artikel: str
    aangenomen: bool

    @classmethod
    def of(cls, finding: Finding[Any]) -> Self:
        """The printable part of a Finding."""
        return cls(reden=finding.reden, artikel=finding.article, aangenomen=finding.status == "assumed")


class Geadresseerde(Printed):
    """One sheet of a letter: to whom, at what address, and how it reaches that person."""

    regels: tuple[str, ...]
    """The address block, name first; no street where the address is protected."""
    rol: Literal["deelnemer", "bewindvoerder", "ouder_of_voogd"] = "deelnemer"
    bezorging: Literal["post", "persoonlijk", "niet_versturen"] = "post"
