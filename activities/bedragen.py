"""Reads the table of amounts that ships with the product: a statement uses it as it stands when it is drawn up."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import get_args

from activities.law_tables import MalformedTable, Row, read_row, rows_of
from models.law import Parameter, Term
from models.subsidie import (
    AFRONDING,
    SE,
    SE_DAGEN,
    SE_DEEL,
    WIJZIGING,
    WVG,
    WVG_DEEL,
    WVG_EENMAAL,
    WVG_RUST,
    WVG_SAMENLOOP,
)
from models.vergoeding import Lijn
from models.vergoedingsstaat import EENHEID, MINIMUMDUUR, PEILDAG, WISSEL, Bedragen, amount_name

BEDRAGEN = Path(__file__).resolve().parent.parent / "data" / "bedragen.yaml"
AMOUNT = re.compile(r"\d{1,10}(\.\d{1,2})?")


class AmountTable:
    """The dated amounts of one file; parsed again only when the file changed."""

    def __init__(self, path: Path = BEDRAGEN) -> None:
        self._path = path

    def read(self) -> Bedragen:
        """All rows, each checked; raises MalformedTable that names file, line and field."""
        rows = rows_of(self._path)
        read = tuple(_checked(row) for row in rows)
        _check_once(zip(rows, read, strict=True))
        for name in ASSUMED.keys() - {each.name for each in read}:
            raise MalformedTable(f"{self._path} line 1: there is no {name}")
        return Bedragen(parameters=read)


def _is_amount(value: str) -> bool:
    return AMOUNT.fullmatch(value) is not None


def _is_number_of_days(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value) > 0


def _is_days(value: str) -> bool:
    return _is_term(value) and Term.parse(value).unit == "dagen"


def _is_term(value: str) -> bool:
    try:
        return Term.parse(value).amount >= 0
    except ValueError:
        return False


ASSUMED: dict[str, Callable[[str], bool]] = {
    EENHEID: {"per traject"}.__contains__,
    PEILDAG: {"start", "einde"}.__contains__,
    WISSEL: {"dagen"}.__contains__,
    MINIMUMDUUR: _is_term,
    WVG_DEEL: _is_number_of_days,
    WVG_RUST: _is_days,
    WVG_EENMAAL: {"één subsidie"}.__contains__,
    WVG_SAMENLOOP: {"een mens beslist"}.__contains__,
    SE_DEEL: _is_number_of_days,
    SE_DAGEN: {"kalenderdagen"}.__contains__,
    WIJZIGING: {"dagen"}.__contains__,
    AFRONDING: {"cent"}.__contains__,
}
"""What a statement needs besides the amounts, most of it assumed, and which values the rules understand."""
KNOWN = (
    ASSUMED | {amount_name(lijn): _is_amount for lijn in get_args(Lijn)} | {WVG: _is_amount, SE: _is_amount}
)


def _checked(row: Row) -> Parameter:
    """The parameter of a row, refused here when a rule could not read its value later."""
    parameter = read_row(row, Parameter)
    understands = KNOWN.get(parameter.name)
    if understands is None:
        raise row.error("name", f"no amount of this name is used: {parameter.name}")
    if not understands(parameter.value):
        raise row.error("value", f"not understood for {parameter.name}: {parameter.value}")
    return parameter


def _check_once(rows: Iterable[tuple[Row, Parameter]]) -> None:
    seen: set[tuple[str, date]] = set()
    for row, parameter in rows:
        if (parameter.name, parameter.geldig_van) in seen:
            raise row.error("geldig_van", f"{parameter.name} has a value from this date already")
        seen.add((parameter.name, parameter.geldig_van))
