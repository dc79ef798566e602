"""The table of amounts: what ships with the product, and what a slip of the pen in it gets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from activities.bedragen import AmountTable
from activities.law_tables import MalformedTable

ASSUMED = """
- {name: vergoeding.eenheid, value: per traject, geldig_van: 2022-07-08, status: assumed, bron: x}
- {name: vergoeding.peildag, value: start, geldig_van: 2022-07-08, status: assumed, bron: x}
- {name: vergoeding.wissel, value: dagen, geldig_van: 2022-07-08, status: assumed, bron: x}
- {name: vergoeding.minimumduur, value: 3 maanden, geldig_van: 2022-07-08, status: assumed, bron: x}
"""
SUBSIDIES = """
- {name: subsidie.ama_wvg.dagen_per_jaar, value: "365", geldig_van: 2024-01-01, status: assumed, bron: x}
- {name: subsidie.ama_wvg.opschorting, value: 31 dagen, geldig_van: 2024-01-01, status: assumed, bron: x}
- {name: subsidie.ama_wvg.per_deelnemer, value: één subsidie, geldig_van: 2024-01-01, status: assumed, bron: x}
- {name: subsidie.ama_wvg.samenloop, value: een mens beslist, geldig_van: 2024-01-01, status: assumed, bron: x}
- {name: subsidie.ama_se.dagen_per_jaar, value: "365", geldig_van: 2022-04-01, status: law, bron: x}
- {name: subsidie.ama_se.dagen, value: kalenderdagen, geldig_van: 2022-04-01, status: assumed, bron: x}
- {name: subsidie.wijziging, value: dagen, geldig_van: 2022-04-01, status: assumed, bron: x}
- {name: subsidie.afronding, value: cent, geldig_van: 2022-04-01, status: assumed, bron: x}
"""
ROW = """- name: vergoeding.netwerk
  value: "3220.00"
  geldig_van: 2023-07-01
  status: law
  bron: toelichting
"""
Write = Callable[[str], AmountTable]
SLIPS = [
    (ROW.replace("3220.00", "3.220,00"), "line 7, value: not understood for vergoeding.netwerk"),
    (ROW.replace("3220.00", "-1"), "line 7, value"),
    (ROW.replace("3220.00", "0.005"), "line 7, value"),
    (ROW.replace("3220.00", "NaN"), "line 7, value"),
    (ROW.replace("netwerk", "netwerken"), "line 6, name: no amount of this name is used"),
    (ROW.replace("status: law", "status: wet"), "line 9, status"),
    (ROW + ROW, "line 13, geldig_van: vergoeding.netwerk has a value from this date already"),
    (ROW.replace("bron", "bronnen"), "line 10, bronnen: unknown field"),
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a table of one's own."""

    def written(text: str) -> AmountTable:
        (tmp_path / "bedragen.yaml").write_text(text + SUBSIDIES)
        return AmountTable(tmp_path / "bedragen.yaml")

    return written


def test_the_amounts_are_law_and_all_that_is_thought_about_them_is_not() -> None:
    """883,27 and 3.220,00 were read; their unit, day, split and minimum were not; the third has no amount."""
    shipped = AmountTable().read().parameters
    assert {(p.name, p.value) for p in shipped if p.status == "law"} == {
        ("vergoeding.samenwerkingsverband_zorg", "883.27"),
        ("vergoeding.netwerk", "3220.00"),
        ("subsidie.ama_wvg", "1061.20"),
        ("subsidie.ama_se", "2812.20"),
        ("subsidie.ama_se.dagen_per_jaar", "365"),
    }
    assert {p.name for p in shipped if p.status == "assumed"} == {
        "vergoeding.eenheid",
        "vergoeding.peildag",
        "vergoeding.wissel",
        "vergoeding.minimumduur",
        "subsidie.ama_wvg.dagen_per_jaar",
        "subsidie.ama_wvg.opschorting",
        "subsidie.ama_wvg.per_deelnemer",
        "subsidie.ama_wvg.samenloop",
        "subsidie.ama_se.dagen",
        "subsidie.wijziging",
        "subsidie.afronding",
    }
    assert all(p.bron and p.uitleg for p in shipped)


def test_an_amount_holds_from_its_day(write: Write) -> None:
    """Before the first row nobody knows it; from a newer row on, the newer one counts."""
    newer = ROW.replace("3220.00", "3300.00").replace("2023-07-01", "2027-01-01")
    amounts = write(ASSUMED + ROW + newer).read()
    values = {
        day: (row := amounts.known("vergoeding.netwerk", day)) and row.value
        for day in (date(2023, 6, 30), date(2023, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(values.values()) == [None, "3220.00", "3220.00", "3300.00"]


def test_an_edit_is_seen_at_once(write: Write) -> None:
    """The table is read when a statement is drawn up, and parsed again when the file changed."""
    table = write(ASSUMED + ROW)
    before = table.read()
    write(ASSUMED + ROW.replace("3220.00", "3300.50"))
    day = date(2027, 1, 1)
    assert before.at("vergoeding.netwerk", day).value == "3220.00"
    assert table.read().at("vergoeding.netwerk", day).value == "3300.50"


@pytest.mark.parametrize(("row", "message"), SLIPS)
def test_a_slip_names_its_line_and_field(write: Write, row: str, message: str) -> None:
    """A malformed amount is refused when it is read, never printed."""
    with pytest.raises(MalformedTable) as refused:
        write(ASSUMED + row).read()
    assert message in str(refused.value)


@pytest.mark.parametrize("name", ["eenheid", "peildag", "wissel", "minimumduur"])
def test_an_assumption_cannot_be_left_out_or_be_any_word(write: Write, name: str) -> None:
    """What the rules need is there, in a form they understand."""
    lines = [line for line in ASSUMED.splitlines() if f"vergoeding.{name}," not in line]
    with pytest.raises(MalformedTable, match=f"there is no vergoeding.{name}"):
        write("\n".join(lines)).read()
    odd = f"- {{name: vergoeding.{name}, value: iets, geldig_van: 2024-01-01, status: assumed, bron: x}}"
    with pytest.raises(MalformedTable, match="line 6, value"):
        write(ASSUMED + odd).read()
