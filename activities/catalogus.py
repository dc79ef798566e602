"""What people choose from: kinds of actions for a trajectplan, and the lists of an onthaaltraject by date."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, StringConstraints, model_validator
from ruamel.yaml import YAML

from activities.law_tables import Row, read_row, rows_of
from activities.reference_data import DATA
from models.actie import Activeringsvorm, Domein, Pakket
from models.command import Kort, Strict
from models.gbo import Levensdomein, Recht
from models.law import Lijstcode

Entry = TypeVar("Entry", Recht, Levensdomein)

ACTIES = DATA / "acties.yaml"
PERIOD = {"code", "geldig_van", "geldig_tot"}


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


class Catalogus:
    """The social benefits and the life domains of an onthaaltraject, as their files list them on a date."""

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder

    def rechten(self, on: date) -> tuple[Recht, ...]:
        """The benefits that are measured on a date, in the order of the file; raises MalformedTable."""
        return _listed(self._folder / "rechten.yaml", Recht, on)

    def codes(self) -> tuple[Lijstcode, ...]:
        """Every code of both lists with its period, for the law of an onthaaltraject; raises MalformedTable."""
        found = (
            ("levensdomeinen", _entries(self._folder / "levensdomeinen.yaml", Levensdomein)),
            ("rechten", _entries(self._folder / "rechten.yaml", Recht)),
        )
        return tuple(
            Lijstcode.model_validate({"lijst": lijst, **each.model_dump(include=PERIOD)})
            for lijst, entries in found
            for each in entries
        )

    def levensdomeinen(self, on: date) -> tuple[Levensdomein, ...]:
        """The life domains that are gone through on a date, in the order of the file; raises MalformedTable."""
        return _listed(self._folder / "levensdomeinen.yaml", Levensdomein, on)


def _listed(path: Path, model: type[Entry], on: date) -> tuple[Entry, ...]:
    return tuple(entry for entry in _entries(path, model) if entry.holds(on))


def _entries(path: Path, model: type[Entry]) -> list[Entry]:
    rows = rows_of(path)
    entries = [read_row(row, model) for row in rows]
    for row, entry in zip(rows, entries, strict=True):
        _check_period(row, entry, entries)
    return entries


def _check_period(row: Row, entry: Entry, entries: list[Entry]) -> None:
    """Raises MalformedTable for a period that ends before it begins, or a code that is twice on the list."""
    if entry.geldig_tot is not None and entry.geldig_tot < entry.geldig_van:
        raise row.error("geldig_tot", "ends before it begins")
    if sum(other.code == entry.code and other.holds(entry.geldig_van) for other in entries) > 1:
        raise row.error("code", f"{entry.code} is on the list already on {entry.geldig_van}")
