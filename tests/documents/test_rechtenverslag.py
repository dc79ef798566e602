"""The rights report on paper: accessible, with a drawing that is told in words, and of nobody."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from activities.database import Database
from activities.rechtenverslag import Rechtenverslagen, Vraag
from activities.rendering import Templates
from models.rechtenverslag import Rechtenverslag
from tests.activities.measurements import BILL, ENERGY, NAME, Measurements
from tests.documents.pdfs import catalog_of, opened, words
from tests.law import shipped_tables

TEMPLATE = "reports/rechtenverslag.nl.html.j2"
TODAY = date(2027, 7, 2)
HALF_YEAR = Vraag("GBO-GENT", date(2027, 1, 1), date(2027, 6, 30))
WITHOUT, WITH = {ENERGY: {"drempel": "organisatie"}}, {ENERGY: {"ontvangt": True}}


@pytest.fixture
def measured(database: Database) -> Rechtenverslag:
    """Ten people in talks, three by telephone, and one who was measured at the start only."""
    record = Measurements(database)
    record.people(10, WITHOUT, WITH, minuten=40)
    record.people(3, WITHOUT | {BILL: {"recht": "wil_niet"}}, WITH, methode="telefoon")
    record.measure(record.traject(), "nul", WITHOUT)
    return Rechtenverslagen(database, shipped_tables()).draw_up(HALF_YEAR, TODAY)


def paper(made: Rechtenverslag, templates: Templates) -> bytes:
    return templates.render(TEMPLATE, made, "rechten").pdf


def figures_in(pdf: bytes) -> list[str]:
    """The text for each picture of a PDF, in the order of its structure."""
    return list(_figures(catalog_of(pdf)["/StructTreeRoot"]["/K"]))


def _figures(elements: Any) -> Iterator[str]:
    for element in (each.get_object() for each in elements):
        if isinstance(element, dict):
            if element.get("/S") == "/Figure":
                yield str(element.get("/Alt"))
            yield from _figures(element.get("/K", ()))


def test_it_is_an_accessible_pdf(measured: Rechtenverslag, templates: Templates) -> None:
    """A screen reader finds structure, language and title, and the date is that of the report."""
    pdf = paper(measured, templates)
    reader, catalog = opened(pdf), catalog_of(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-BE"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == "Rechten voor en na – GBO-GENT"
    assert reader.metadata.get("/CreationDate", "").startswith("D:20270702")


def test_the_drawing_is_told_in_words(measured: Rechtenverslag, templates: Templates) -> None:
    """The chart is a figure with an alternative text: every bar of it, and few people are no bar."""
    (told,) = figures_in(paper(measured, templates))
    assert told == (
        "Staven: hoeveel personen elk voordeel ontvingen, eerst en daarna. "
        "Sociaal tarief voor elektriciteit en aardgas: eerst 0, daarna 15."
    )


def test_it_tells_its_figures_and_how_they_are_made(measured: Rechtenverslag, templates: Templates) -> None:
    """Period, persons, a row of each table, the signals, and the agreement about small numbers."""
    said = words(paper(measured, templates))
    for expected in (
        "GBO Gent (GBO-GENT)",
        "van 1 januari 2027 tot en met 30 juni 2027",
        "15 met een nulmeting en een eindmeting",
        "< 5 met een nulmeting in deze periode en nog geen eindmeting",
        "afgerond op een veelvoud van 5",
        "Een aantal van 1 tot en met 4 staat er als “< 5”",
        "aanname: niet bevestigd in de wet",
        "Sociaal tarief voor elektriciteit en aardgas 15 15 0 15 15",
        "Maximumfactuur 10 15 < 5 0",
        "In een gesprek 10 800 10 0,75",
        "Aan de telefoon < 5 – – –",
        "Drempel bij de organisatie 15",
    ):
        assert expected in said, expected


def test_nobody_is_in_it(measured: Rechtenverslag, templates: Templates) -> None:
    """No name, no number of a dossier, and no small number in any cell."""
    made = templates.html(TEMPLATE, measured)
    for secret in (NAME, "Noor", "OT-2027", "1990"):
        assert secret not in made
    cells = re.findall(r"<td[^>]*text-align: right[^>]*>([^<]*)</td>", made)
    assert len(cells) > 22 * 9
    assert not {"1", "2", "3", "4"} & set(cells)


def test_an_empty_period_is_a_page_that_says_so(database: Database, templates: Templates) -> None:
    """No drawing and no methods, and still every benefit."""
    made = Rechtenverslagen(database, shipped_tables()).draw_up(HALF_YEAR._replace(gbo=None), TODAY)
    pdf = paper(made, templates)
    said = words(pdf)
    assert "Er is geen grafiek: geen enkel voordeel werd door 5 of meer personen ontvangen." in said
    assert "Er is in deze periode niemand met een nulmeting en een eindmeting." in said
    assert "Geen enkele drempel werd bij 5 of meer personen genoemd." in said
    assert "alle onthaaltrajecten (alle GBO's)" in said
    assert "Maximumfactuur 0 0 0 0 0" in said
    assert figures_in(pdf) == []


def test_the_same_report_gives_the_same_bytes(measured: Rechtenverslag, templates: Templates) -> None:
    """Nothing of the clock and nothing random is in it."""
    assert paper(measured, templates) == paper(measured, Templates())


def test_the_template_asks_what_its_context_gives(templates: Templates) -> None:
    """Template and context have one name, and the same fields."""
    assert templates.variables(TEMPLATE) == set(Rechtenverslag.model_fields)
