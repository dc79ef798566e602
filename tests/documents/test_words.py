"""How dates, sources and texts are written for people."""

from datetime import date

import pytest

from activities.rendering import capitalised, dutch_date, paragraphs, unbroken, with_dutch_dates, written_out


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 3, 14), "14 maart 2027"),
        (date(2028, 2, 29), "29 februari 2028"),
        (date(2026, 12, 1), "1 december 2026"),
    ],
)
def test_a_date_is_written_in_dutch(day: date, written: str) -> None:
    """No leading zero, the month in words."""
    assert dutch_date(day) == written


def test_dates_inside_a_reason_are_written_in_dutch() -> None:
    """What only looks like a date stays as it is."""
    assert with_dutch_dates("Van 04-05-2026 tot 31-12-2026.") == "Van 4 mei 2026 tot 31 december 2026."
    assert with_dutch_dates("Nummer 12-34-5678 en 2026-05-04") == "Nummer 12-34-5678 en 2026-05-04"


@pytest.mark.parametrize(
    ("article", "written"),
    [
        ("D2022 art. 14 §2 1°", "decreet van 8 juli 2022, art. 14 §2 1°"),
        ("BVR2022 art. 3", "besluit van 18 november 2022, art. 3"),
        ("afspraak (aangenomen)", "werkafspraak (aangenomen)"),
        ("Wet X art. 1", "Wet X art. 1"),
    ],
)
def test_a_source_is_written_out(article: str, written: str) -> None:
    """Readers do not know our short tags; an unknown source is printed as it stands."""
    assert written_out(article) == written


def test_empty_lines_part_paragraphs() -> None:
    """Single line ends stay inside their paragraph, whatever machine they were typed on."""
    assert list(paragraphs("een\r\ntwee\r\n\r\n\r\n drie \n\n")) == ["een\ntwee", "drie"]


def test_small_repairs_of_text() -> None:
    """A telephone number stays on one line; a name starts a line with a capital and keeps its own."""
    assert unbroken("09 265 47 11") == "09\xa0265\xa047\xa011"
    assert capitalised("het team van VDAB Gent") == "Het team van VDAB Gent"
