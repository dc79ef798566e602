"""Reads the law tables that ship with the product, and hands out the snapshot that is frozen into a case."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

import holidays
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from temporalio import activity

from models.law import DayOff, Law, LawOrder, Lijstcode, Parameter, Term
from rules.ladder import NO_LADDER, rungs

Model = TypeVar("Model", bound=BaseModel)

LEGAL_HOLIDAYS = frozenset(
    {
        "Nieuwjaar",
        "Paasmaandag",
        "Dag van de Arbeid",
        "O. L. H. Hemelvaart",
        "Pinkstermaandag",
        "Nationale feestdag",
        "O. L. V. Hemelvaart",
        "Allerheiligen",
        "Wapenstilstand",
        "Kerstmis",
    }
)
FLEMISH_HOLIDAY = "feestdag.11_juli"
Codes = Callable[[], tuple[Lijstcode, ...]]
"""Reads the lists that an onthaaltraject chooses from."""


class MalformedTable(ValueError):
    """A law table cannot be read; the message names file, line and field."""


class DayException(BaseModel):
    """A row of the table of days off: a day that becomes free, or a holiday that does not count."""

    dag: date
    vrij: Literal["ja", "nee"]
    reden: str
    bron: str


class Row(NamedTuple):
    """A row of a table as written, with the line of each field."""

    path: Path
    line: int
    fields: dict[str, str]
    lines: dict[str, int]

    def error(self, field: str, reason: str) -> MalformedTable:
        """What is wrong with a field of this row, and where."""
        return MalformedTable(f"{self.path} line {self.lines.get(field, self.line)}, {field}: {reason}")


class LawTables:
    """The parameters and days off in the files of the product, read anew on each call."""

    def __init__(self, parameters: Path, days_off: Path, codes: Codes = tuple) -> None:
        self._parameters = parameters
        self._days_off = days_off
        self._codes = codes

    @activity.defn(name="wet_lezen")
    def snapshot(self, order: LawOrder) -> Law:
        """The law up to the horizon, with the days off from the year before; raises MalformedTable."""
        known = tuple(p for p in self.parameters() if p.geldig_van <= order.horizon)
        codes = tuple(c for c in self._codes() if c.geldig_van <= order.horizon) if order.lijsten else ()
        law = Law(parameters=known, days_off=(), horizon=order.horizon, codes=codes)
        first = date(order.as_of.year - 1, 1, 1)
        days = {day: name for day, name in self._free_days(law, first.year) if first <= day <= order.horizon}
        return law.model_copy(update={"days_off": tuple(DayOff(dag=d, naam=days[d]) for d in sorted(days))})

    def parameters(self) -> tuple[Parameter, ...]:
        """Every row of the parameter table, in its order; raises MalformedTable."""
        rows = list(rows_of(self._parameters))
        read = tuple(_parameter(row) for row in rows)
        known = {parameter.name for parameter in read}
        seen: set[tuple[str, date]] = set()
        for row, parameter in zip(rows, read, strict=True):
            _check_ladder_exists(row, parameter, known)
            if (parameter.name, parameter.geldig_van) in seen:
                raise row.error("geldig_van", f"{parameter.name} has a value from this date already")
            seen.add((parameter.name, parameter.geldig_van))
        return read

    def _free_days(self, law: Law, first_year: int) -> Iterator[tuple[date, str]]:
        exceptions = [read_row(row, DayException) for row in rows_of(self._days_off)]
        worked = {each.dag for each in exceptions if each.vrij == "nee"}
        for year in range(first_year, law.horizon.year + 1):
            yield from (free for free in _holidays(year, law) if free[0] not in worked)
        yield from ((each.dag, each.reden) for each in exceptions if each.vrij == "ja")


def _holidays(year: int, law: Law) -> Iterator[tuple[date, str]]:
    """The ten legal holidays of a year, and 11 July where the parameter says so on that day."""
    yield from _legal_holidays(year)
    eleventh = date(year, 7, 11)
    if law.at(FLEMISH_HOLIDAY, eleventh).flag():
        yield eleventh, "Feest van de Vlaamse Gemeenschap"


@lru_cache(maxsize=64)
def _legal_holidays(year: int) -> tuple[tuple[date, str], ...]:
    public = holidays.country_holidays("BE", years=year, language="nl").items()
    legal = tuple((day, name) for day, name in public if name in LEGAL_HOLIDAYS)
    if len(legal) != len(LEGAL_HOLIDAYS):
        raise RuntimeError(f"the holidays library names {len(legal)} of the ten legal holidays of {year}")
    return legal


def _parameter(row: Row) -> Parameter:
    """The parameter of a row, refused here when a case could not read its value later."""
    parameter = read_row(row, Parameter)
    try:
        _check_shape(parameter.value)
    except ValueError as wrong:
        raise row.error("value", f"no number, term such as 3 maanden or ladder: {parameter.value}") from wrong
    return parameter


def _check_shape(value: str) -> None:
    """Raises ValueError when what starts as a ladder, a number or terms is none; a word may be anything."""
    if value.startswith(("T+", "T-")):
        rungs(value)
    elif " " in value and not value[0].isalpha():
        for part in value.split(","):
            Term.parse(part)
    elif not value[:1].isalpha():
        int(value)


def _check_ladder_exists(row: Row, parameter: Parameter, known: set[str]) -> None:
    of_a_kind = parameter.name.startswith("ladder.voor.")
    if of_a_kind and parameter.value != NO_LADDER and f"ladder.{parameter.value}" not in known:
        raise row.error("value", f"there is no ladder.{parameter.value}")


def read_row(row: Row, model: type[Model]) -> Model:
    """A row as a model; an unknown, missing or malformed field is an error with its line."""
    for field in row.fields.keys() - model.model_fields.keys():
        raise row.error(field, "unknown field")
    try:
        return model.model_validate(row.fields)
    except ValidationError as invalid:
        first = invalid.errors()[0]
        raise row.error(str(first["loc"][0]), first["msg"]) from invalid


def rows_of(path: Path) -> tuple[Row, ...]:
    """The rows of a table as it stands now; parsed again only when the file changed."""
    stat = path.stat()
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _parsed(path: Path, _changed_at: int, _size: int) -> tuple[Row, ...]:
    return tuple(_parse(path))


def _parse(path: Path) -> Iterator[Row]:
    """The rows of a table as text, so that the models judge every value and can say where it stands."""
    try:
        root = YAML(typ="safe", pure=True).compose(path)
    except MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise MalformedTable(f"{path} line {line}: {broken.problem}") from broken
    if root is not None and not isinstance(root, SequenceNode):
        raise MalformedTable(f"{path} line 1: the table is no list of rows")
    for node in root.value if root else ():
        yield _row(path, node)


def _row(path: Path, node: Node) -> Row:
    row = Row(path, node.start_mark.line + 1, {}, {})
    if not isinstance(node, MappingNode):
        raise row.error("row", "no field: value")
    for key, value in node.value:
        twice = key.value in row.fields
        row.lines[key.value] = key.start_mark.line + 1
        if twice or not isinstance(value, ScalarNode):
            raise row.error(str(key.value), "given twice, or no single value")
        row.fields[key.value] = value.value
    return row
