"""The statements of subsidy as they leave: every golden example to the cent on paper, in the sheet and in CSV."""

import csv
import io
import re
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from activities.database import Database
from activities.jaarstaten import Jaarstaten
from activities.kwartaaloverzichten import Kwartaaloverzichten
from activities.overview_facts import Vraag
from activities.rendering import Templates
from activities.sheets import Sheet, comma_separated, is_dangerous, workbook
from activities.statement_rows import bytes_of
from models.staten import Jaarstaat, JaarstaatOrder, Kwartaaloverzicht
from models.vergoedingsstaat import euro
from tests.activities.ama_record import SURNAME, has_places, is_there, now_tells, table_with
from tests.documents.examples import RECORDED
from tests.documents.pdfs import catalog_of, words
from tests.rules.subsidies import (
    BRUG,
    CODES,
    KAAI,
    LEIE,
    accompanied,
    examples,
    names,
    participant,
    participants,
    places_of,
)

AMOUNT = r"−?€\d[\d.]*,\d\d"


def plain(pdf: bytes) -> str:
    """The words of a PDF, with its amounts in one piece."""
    return re.sub(r"€\s", "€", words(pdf)).replace("−\N{NO-BREAK SPACE}", "−").replace("− €", "−€")


def amount(value: D) -> str:
    """An amount as `plain` gives it."""
    return euro(value).replace("\N{NO-BREAK SPACE}", "")


def table_of(example: Any, folder: Path) -> Any:
    rows = [(row["naam"], row["bedrag"], row["vanaf"]) for row in example.get("bedragen", ())]
    return table_with(folder, rows)


def in_euro(pdf: bytes, label: str) -> str:
    """The amount that stands right after a label in the summary."""
    found = re.search(rf"{re.escape(label)} ({AMOUNT})", plain(pdf))
    assert found, label
    return found[1]


@pytest.mark.parametrize("example", examples("wvg"), ids=names("wvg"))
def test_a_golden_year_stands_on_paper_to_the_cent(
    sqlite_database: Database, templates: Templates, tmp_path: Path, example: Any
) -> None:
    """Each begeleider reads its own lines and balance, and beside it what a human must still decide."""
    (who,) = participants(example)
    is_there(sqlite_database, who)
    statements = Jaarstaten(sqlite_database, templates, lambda: RECORDED, table_of(example, tmp_path))
    after = date(example["jaar"] + 1, 1, 15)
    for code in sorted({CODES[b] for row in example["regels"] for b in row["begeleiders"]}):
        made = statements.draw_up(JaarstaatOrder(organisatie=code, jaar=example["jaar"], as_of=after))
        pdf = bytes_of(sqlite_database, made.id, "pdf")
        mine = [row for row in example["regels"] if code in [CODES[b] for b in row["begeleiders"]]]
        alone = [row for row in mine if len(row["begeleiders"]) == 1]
        for row in mine:
            assert re.search(rf"{row['dagen']} {re.escape(amount(D(row['bedrag'])))}(?!\d)", plain(pdf)), row
        assert in_euro(pdf, "Saldo") == amount(sum((D(row["bedrag"]) for row in alone), D(0)))
        if len(mine) > len(alone):
            waiting = sum((D(row["bedrag"]) for row in mine if row not in alone), D(0))
            assert in_euro(pdf, "Nog te beslissen, niet in het saldo") == amount(waiting)


@pytest.mark.parametrize("example", examples("correcties"), ids=names("correcties"))
def test_a_golden_correction_stands_on_the_next_paper(
    sqlite_database: Database, templates: Templates, tmp_path: Path, example: Any
) -> None:
    """The first statement keeps its bytes; the second prints the difference and the balance."""
    database = sqlite_database
    workflow_id = is_there(database, participant(example["eerst"]))
    first = Jaarstaten(database, templates, lambda: RECORDED).draw_up(
        JaarstaatOrder(organisatie=LEIE, jaar=2027, as_of=date(2028, 1, 15))
    )
    before = bytes_of(database, first.id, "pdf")
    now_tells(database, workflow_id, participant(example["dan"]))
    later = Jaarstaten(database, templates, lambda: RECORDED, table_of(example, tmp_path))
    second = later.draw_up(JaarstaatOrder(organisatie=LEIE, jaar=2028, as_of=date(2029, 1, 15)))
    pdf = bytes_of(database, second.id, "pdf")
    assert in_euro(before, "Saldo") == amount(D(example["staat"]))
    assert in_euro(pdf, "Begeleiding in 2028") == amount(D(example["recht"]))
    assert in_euro(pdf, "Correcties over vroegere jaren") == amount(D(example["correctie"]["bedrag"]))
    assert in_euro(pdf, "Saldo") == amount(D(example["saldo"]["bedrag"]))
    assert example["gezegd"] in plain(pdf)
    assert bytes_of(database, first.id, "pdf") == before


@pytest.mark.parametrize("example", examples("se"), ids=names("se"))
def test_golden_quarters_are_the_same_on_paper_in_the_sheet_and_in_csv(
    sqlite_database: Database, templates: Templates, tmp_path: Path, example: Any
) -> None:
    """Four quarters, to the cent, in three forms that agree; and they are the year."""
    database, jaar = sqlite_database, example["jaar"]
    has_places(database, KAAI, places_of(example))
    for who in participants(example):
        is_there(database, who, "se", KAAI)
    made = Kwartaaloverzichten(database, templates, lambda: RECORDED, table_of(example, tmp_path))
    year = D(0)
    for kwartaal in (1, 2, 3, 4):
        drawn = made.one(Vraag(KAAI, jaar, kwartaal, date(jaar + 1, 1, 15)))
        right = D(example["kwartalen"][kwartaal - 1]["bedrag"])
        so_far = D(example["tot_nu"][kwartaal - 1]["bedrag"])
        year += right
        pdf = bytes_of(database, drawn.id, "pdf")
        assert in_euro(pdf, "Recht in dit kwartaal") == in_euro(pdf, "Saldo") == amount(right)
        assert in_euro(pdf, f"Het jaar {jaar} tot nu") == amount(so_far) == amount(year)
        sheet = money(bytes_of(database, drawn.id, "xlsx"))
        assert (sheet["Recht in dit kwartaal"], sheet["Saldo"]) == (right, right)
        assert (sheet[f"Recht kwartaal {kwartaal} van {jaar}"], sheet[f"Het jaar {jaar} tot nu"]) == (
            right,
            so_far,
        )
        rows = records(bytes_of(database, drawn.id, "csv"))
        told = {row["waarom"]: euros(row["bedrag"]) for row in rows if row["soort"] == "totaal"}
        assert (told["Saldo"], told[f"Het jaar {jaar} tot nu"]) == (right, so_far)
        assert [euros(row["bedrag"]) for row in rows if row["soort"] == "recht"] == [right]
        (together,) = [row for row in rows if row["soort"] == "samen"]
        people = [row for row in rows if row["soort"] == "deelnemer"]
        assert int(together["dagen_jaar"]) == example["dagen"][kwartaal - 1]
        assert sum(int(row["dagen_jaar"]) for row in people) == int(together["dagen_jaar"])
        assert sum(int(row["dagen_kwartaal"]) for row in people) == int(together["dagen_kwartaal"])
        assert everybody(bytes_of(database, drawn.id, "xlsx"))[-1][4:] == (
            int(together["dagen_kwartaal"]),
            int(together["dagen_jaar"]),
        )


def sheets(xlsx: bytes) -> Any:
    """The workbook as another program than ours reads it."""
    return openpyxl.load_workbook(io.BytesIO(xlsx))


def everybody(xlsx: bytes) -> list[tuple[Any, ...]]:
    """The rows of the participants."""
    return list(sheets(xlsx)["Deelnemers"].iter_rows(min_row=2, values_only=True))


def money(xlsx: bytes) -> dict[str, D]:
    """The lines and totals of the second sheet."""
    rows = sheets(xlsx)["Berekening"].iter_rows(min_row=2, values_only=True)
    return {str(row[0]): D(str(row[1])).quantize(D("0.01")) for row in rows}


def records(contents: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by their heads."""
    return list(csv.DictReader(io.StringIO(contents.decode("utf-8-sig"), newline=""), delimiter=";"))


def euros(text: str) -> D:
    return D(text.replace(",", "."))


# What they say, and what they do not


def test_the_yearly_statement_is_an_accessible_pdf_without_names(
    sqlite_database: Database, templates: Templates
) -> None:
    """References only: of participants and of no other begeleider."""
    both = accompanied((LEIE, date(2027, 1, 1), None), (BRUG, date(2027, 6, 1), None))
    is_there(sqlite_database, both)
    statements = Jaarstaten(sqlite_database, templates, lambda: RECORDED)
    made = statements.draw_up(JaarstaatOrder(organisatie=LEIE, jaar=2027, as_of=date(2028, 1, 15)))
    pdf = bytes_of(sqlite_database, made.id, "pdf")
    catalog, said = catalog_of(pdf), words(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert "Jaarstaat arbeidsmatige activiteiten 2027" in said
    assert both.kenmerk in said
    assert "Een mens beslist wie ze krijgt." in said
    for secret in (SURNAME, "Noor", BRUG, "De Brug", "ziekte", "1990"):
        assert secret not in said


def test_the_overview_names_no_person_no_activity_and_no_illness(
    sqlite_database: Database, templates: Templates
) -> None:
    """In none of its three forms: identification by reference, begeleiders, periods and days (art. 32)."""
    who = accompanied(
        (KAAI, date(2027, 1, 1), date(2027, 2, 10)), rusten=[(date(2027, 2, 1), date(2027, 2, 5))]
    )
    is_there(sqlite_database, who, "se", KAAI)
    made = Kwartaaloverzichten(sqlite_database, templates, lambda: RECORDED)
    drawn = made.one(Vraag(KAAI, 2027, 1, date(2027, 4, 2)))
    xlsx, plain_rows = (bytes_of(sqlite_database, drawn.id, kind) for kind in ("xlsx", "csv"))
    cells = [str(c) for sheet in sheets(xlsx) for row in sheet.iter_rows(values_only=True) for c in row if c]
    said = " ".join(
        [*cells, plain_rows.decode("utf-8-sig"), words(bytes_of(sqlite_database, drawn.id, "pdf"))]
    )
    assert who.kenmerk in said
    for secret in (SURNAME, "Noor", "ziekte", "WZC", "De Linde", "1990"):
        assert secret not in said
    (row, _) = everybody(xlsx)
    assert (row[0], row[2].date(), row[3].date(), row[4:]) == (
        who.kenmerk,
        date(2027, 1, 1),
        date(2027, 2, 10),
        (41, 41),
    )
    assert "4 van de dagen in dit kwartaal" in words(bytes_of(sqlite_database, drawn.id, "pdf"))


BAD = ["=1+1", "+32 9", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", BAD)
def test_no_cell_becomes_a_formula(text: str) -> None:
    """In the workbook it is text that says so itself, in CSV it starts with an apostrophe; nothing is lost."""
    assert is_dangerous(text)
    made = workbook([Sheet("Blad", ["kop"], [(text,)])], date(2027, 1, 1), "titel")
    cell = sheets(made)["Blad"]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.replace("_x000D_", "\r") == text
    (row,) = records(comma_separated(["kop"], [(text,)]))
    assert row["kop"] == f"'{text}"


def test_numbers_stay_numbers_also_below_zero() -> None:
    """A correction of minus five is a number in both, and an innocent text stays as it is."""
    cells = (D("-5.00"), 3, date(2027, 1, 2), "gewoon", None)
    made = sheets(workbook([Sheet("Blad", list("abcde"), [cells])], date(2027, 1, 1), "titel"))["Blad"]
    assert [made.cell(2, n).value for n in (1, 2, 4, 5)] == [-5, 3, "gewoon", None]
    assert made["C2"].value.date() == date(2027, 1, 2)
    assert comma_separated(list("abcde"), [cells]).decode("utf-8-sig") == (
        "a;b;c;d;e\r\n-5,00;3;02/01/2027;gewoon;\r\n"
    )


def test_a_sheet_has_every_row_and_the_same_bytes() -> None:
    """Twenty thousand rows are twenty thousand rows; nothing of the clock is in the file."""
    rows = [(f"WZ-2026-{n:06}", n) for n in range(20_000)]
    made = workbook([Sheet("Blad", ["dossier", "n"], iter(rows))], date(2027, 1, 1), "titel")
    assert made == workbook([Sheet("Blad", ["dossier", "n"], iter(rows))], date(2027, 1, 1), "titel")
    read = openpyxl.load_workbook(io.BytesIO(made), read_only=True)["Blad"]
    assert sum(1 for _ in read.iter_rows(min_row=2)) == 20_000
    assert len(comma_separated(["dossier", "n"], iter(rows)).splitlines()) == 20_001


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("reports/jaarstaat.nl.html.j2", Jaarstaat),
        ("reports/kwartaaloverzicht.nl.html.j2", Kwartaaloverzicht),
    ],
)
def test_the_templates_ask_what_their_contexts_give(
    templates: Templates, template: str, context: Any
) -> None:
    """Template and context have one name, and the same fields."""
    assert templates.variables(template) == set(context.model_fields)
