"""The catalogue of kinds of actions that a trajectplan can choose from; any other word may be used too."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from ruamel.yaml import YAML

from activities.reference_data import DATA
from models.actie import Activeringsvorm, Domein, Pakket
from models.command import Kort, Strict

ACTIES = DATA / "acties.yaml"


class Actiesoort(Strict):
    """A kind of action: its domain and form of activation, where it usually comes from, and what it is."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    naam: Kort
    domein: Domein
    activeringsvorm: Activeringsvorm
    aanbod: Literal["regulier", "netwerk"]
    """Where it usually comes from; an ad hoc offer is never usual, it needs a reason of its own."""
    uitleg: Kort
    pakket: Pakket | None = None
    werkplek: bool = False
    """Whether agreements about a workplace belong to it."""


class _Bestand(Strict):
    acties: Annotated[tuple[Actiesoort, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        codes = [soort.code for soort in self.acties]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"staat twee keer in de catalogus: {', '.join(twice)}")
        return self


def catalogus(path: Path = ACTIES) -> dict[str, Actiesoort]:
    """The kinds of actions by their code, in the order of the file; raises ValueError naming what is wrong."""
    bestand = _Bestand.model_validate(YAML(typ="safe").load(path))
    return {soort.code: soort for soort in bestand.acties}
