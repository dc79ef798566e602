"""Tables for another program: an Excel workbook and a CSV file, complete, and with no cell that is a formula.

Text that a spreadsheet would read as a formula stays text: in the workbook it is a string that is marked as literal,
in CSV an apostrophe goes before it. Numbers are numbers, also below zero.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

Cell = str | int | Decimal | date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the head of each column, and its rows, which are read once."""

    naam: str
    kop: Sequence[str]
    rijen: Iterable[Sequence[Cell]]
    breedtes: Sequence[int] = ()


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    return text.lstrip(" ").startswith(DANGEROUS)


def safe(text: str) -> str:
    """The same text, which no spreadsheet takes for a formula."""
    return f"'{text}" if is_dangerous(text) else text


def workbook(sheets: Iterable[Sheet], on: date, titel: str) -> bytes:
    """An Excel workbook, written row by row; the same sheets give the same bytes."""
    target = io.BytesIO()
    book = Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": titel, "created": datetime.combine(on, time(), UTC).replace(tzinfo=None)})
    formats = {
        "kop": book.add_format({"bold": True, "bottom": 1}),
        "datum": book.add_format({"num_format": "dd/mm/yyyy"}),
        "bedrag": book.add_format({"num_format": "#,##0.00"}),
        "tekst": book.add_format({"text_wrap": True, "valign": "top"}),
        "letterlijk": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
    }
    for sheet in sheets:
        made = book.add_worksheet(sheet.naam)
        made.freeze_panes(1, 0)
        for column, width in enumerate(sheet.breedtes):
            made.set_column(column, column, width)
        for column, head in enumerate(sheet.kop):
            made.write_string(0, column, head, formats["kop"])
        for number, cells in enumerate(sheet.rijen, 1):
            for column, cell in enumerate(cells):
                _write(made, number, column, cell, formats)
    book.close()
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, cell, formats["letterlijk" if is_dangerous(cell) else "tekst"])
        case date():
            sheet.write_datetime(row, column, datetime.combine(cell, time()), formats["datum"])
        case Decimal():
            sheet.write_number(row, column, float(cell), formats["bedrag"])
        case int():
            sheet.write_number(row, column, cell)


def comma_separated(kop: Sequence[str], rijen: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as a Dutch Excel opens it: semicolons, decimal commas, UTF-8 with a mark, every row."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(head) for head in kop])
    writer.writerows([_plain(cell) for cell in cells] for cells in rijen)
    return target.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return safe(cell)
        case Decimal():
            return f"{cell:.2f}".replace(".", ",")
        case date():
            return f"{cell:%d/%m/%Y}"
        case int():
            return str(cell)
