"""The two statements of money on paper: amounts to the cent, a reason for each line, and nobody's name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from activities.bedragen import AmountTable
from activities.database import Database
from activities.directory import Directory
from activities.documents import Documents
from activities.money_contexts import Money, draw
from activities.rendering import Templates
from models.documents import DocumentOrder
from models.tables import DocumentRow
from models.verloop import Betaling, Geld
from tests.documents.examples import NAME, RECORDED, REFERENCE, STREET, enrol
from tests.documents.pdfs import catalog_of, opened, words
from tests.rules.money import (
    COORDINATOR,
    KOMPAAN,
    LEIE,
    START,
    after,
    dispute,
    divided,
    given,
    paid,
    recovered,
    tandem,
    trajectory,
)

OCMW = "ORG-OCMW-GENT"
AS_OF = date(2028, 3, 2)
GELD = Geld(
    betalingen=(paid("500.00"), paid("700.50", date(2027, 4, 1))),
    betwistingen=(dispute("netwerk", COORDINATOR),),
    terugvorderingen=(recovered("samenwerkingsverband_zorg", LEIE, "500.00"),),
)
FULL = trajectory(tandem(START), tandem(after(120), OCMW), geld=GELD)
"""Split 290,39 + 592,88; the 290,39 is recovered; 3.220,00 − 1.200,50 = 2.019,50; 592,88 + 2.019,50 = 2.612,38."""
DIVIDED = divided(given(KOMPAAN, "1500.00"), given(OCMW, "619.75", "vorming"), betalingen=GELD.betalingen)
"""2.019,50 to divide; 1.500,00 + 619,75 = 2.119,75 was: 100,25 too much."""
CANARY = "psychotherapie"


def order(facts: Money) -> DocumentOrder:
    """The order for a statement about these facts."""
    return DocumentOrder(
        workflow_id=f"activeringstraject/{REFERENCE}",
        reference=REFERENCE,
        key=f"document/{facts.soort}",
        as_of=AS_OF,
        facts=facts,
    )


def text(facts: Money, database: Database, templates: Templates) -> str:
    """What the statement says on paper."""
    return plain(paper(facts, database, templates))


def plain(pdf: bytes) -> str:
    """The text of all pages, with every space a plain one."""
    return words(pdf).replace("\N{NO-BREAK SPACE}", " ")


def paper(facts: Money, database: Database, templates: Templates) -> bytes:
    with database.read() as session:
        made = draw(order(facts), facts, Directory(session, facts.soort, REFERENCE), AmountTable().read())
    return templates.render(made.template, made.context, "DOC-TEST").pdf


def after_heading(said: str, heading: str) -> str:
    """The text from a heading on."""
    assert said.count(heading) == 1
    return said.partition(heading)[2]


@pytest.mark.parametrize("facts", [FULL, DIVIDED], ids=lambda facts: facts.soort)
def test_a_statement_is_an_accessible_pdf(facts: Money, database: Database, templates: Templates) -> None:
    """A screen reader finds structure, language and title; the date in it is the business date."""
    pdf = paper(facts, database, templates)
    reader, catalog = opened(pdf), catalog_of(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-BE"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == f"{facts.soort.capitalize()} – {REFERENCE}"
    assert reader.metadata.get("/CreationDate", "").startswith("D:20280302")


def test_the_vergoedingsstaat_prints_its_amounts_to_the_cent(
    database: Database, templates: Templates
) -> None:
    """Every line of the golden example, then what each organisation is due, then the total."""
    said = text(FULL, database, templates)
    for amount in ("€ 290,39", "− € 290,39", "€ 592,88", "€ 3.220,00", "− € 1.200,50", "€ 2.019,50"):
        assert amount in said
    summary = after_heading(said, "Samengevat")
    for line in (
        "CAW Leie en Schelde € 0,00",
        "OCMW Gent € 592,88",
        "VDAB Gent bedrag niet gekend",
        "Totaal van wat gekend is € 2.612,38",
    ):
        assert line in summary
    assert "Van minstens een lijn is het bedrag niet gekend." in summary


def test_every_line_is_printed_with_its_reason(database: Database, templates: Templates) -> None:
    """The article in words, the arithmetic, the hearing, the dispute, and what is assumed."""
    said = text(FULL, database, templates)
    for reason in (
        "120 van 365 dagen, € 883,27 × 120 ÷ 365 = € 290,39. Steunt op: decreet van 8 juli 2022, art. 16.",
        "na de hoorzitting van 16 februari 2028",
        "Een lijn gaat nooit onder 0: € 209,61 blijft buiten deze staat.",
        "€ 500,00 (5 maart 2027) + € 700,50 (1 april 2027) = € 1.200,50.",
        "bedrag niet gekend. Steunt op: decreet van 8 juli 2022, art. 16.",
        "Betwistbaar: er waren geen gesprekken (gezegd op 1 februari 2028).",
    ):
        assert reason in said
    assert said.count("aanname: niet bevestigd in de wet") == 4  # two shares, the network, its deduction
    assumed = after_heading(said, "Wat we hier aannemen")
    assert "Elk bedrag geldt één keer voor een heel traject" in assumed
    assert "verdeeld volgens de dagen" in assumed


def test_the_verdeelstaat_reconciles_on_paper(database: Database, templates: Templates) -> None:
    """What there was, what each provider got, and what went beyond it, softly."""
    said = text(DIVIDED, database, templates)
    assert "Te verdelen" in said
    assert "€ 3.220,00 − € 1.200,50 = € 2.019,50." in said
    assert "Kompaan Werk vzw" in said
    assert "OCMW Gent" in said
    summary = after_heading(said, "Samengevat")
    for amount in ("€ 2.119,75", "€ 0,00", "€ 100,25"):
        assert amount in summary
    assert "Betwistbaar: er is € 100,25 meer verdeeld dan de vergoeding" in summary
    assert "art. 19-20" in summary


def test_a_verdeelstaat_that_was_not_filed_says_so(database: Database, templates: Templates) -> None:
    """Nothing divided is no error, and everything is still to divide."""
    said = text(DIVIDED.model_copy(update={"geld": Geld()}), database, templates)
    assert "nog niet ingediend" in said
    assert "Er is nog niets verdeeld." in said
    assert "Nog niet verdeeld: € 3.220,00." in said


def test_without_a_team_nobody_is_named(database: Database, templates: Templates) -> None:
    """A trajectory that ended before anybody was assigned has its lines, for nobody yet."""
    said = text(trajectory(tandems=(), team=None), database, templates)
    assert "nog niet aangeduid € 883,27" not in said.partition("Samengevat")[0]
    assert "nog niet aangeduid" in said
    assert "€ 883,27" in said
    assert "er was nog geen team toegewezen" in said


def test_a_statement_says_nothing_of_the_participant(database: Database, templates: Templates) -> None:
    """Organisations get a reference: no name, no street, and not what others paid for or why money came back."""
    enrol(database)
    other = Betaling(op=after(3), bedrag=Decimal("20.00"), waarvoor=CANARY, van_wie=CANARY)
    back = recovered("netwerk", COORDINATOR, "10.00").model_copy(update={"motivering": CANARY})
    geld = GELD.model_copy(update={"betalingen": (other,), "terugvorderingen": (back,)})
    statements: list[Money] = [
        FULL.model_copy(update={"geld": geld}),
        DIVIDED.model_copy(update={"geld": geld}),
    ]
    for facts in statements:
        said = text(facts, database, templates)
        assert REFERENCE in said
        for secret in (NAME, *NAME.split(), STREET, CANARY):
            assert secret not in said


def test_a_statement_keeps_its_findings(database: Database, documents: Documents) -> None:
    """Amounts are no part of a case's law: what the lines rested on is kept with the document."""
    documents.render(order(FULL))
    with database.read() as session:
        row = session.scalars(select(DocumentRow)).one()
    assert row.facts["soort"] == "vergoedingsstaat"
    first: dict[str, Any] = row.facts["staat"]["groepen"][0]["posten"][0]["regel"]["bedrag"]
    assert (first["value"], first["article"]) == ("290.39", "D2022 art. 16")
    assert first["parameters"][0] | {"uitleg": ""} == {
        "name": "vergoeding.samenwerkingsverband_zorg",
        "value": "883.27",
        "geldig_van": "2023-07-01",
        "status": "law",
        "bron": "Toelichting DWSE, DWVG en VDAB van 24-11-2022; recht in D2022 art. 16",
        "uitleg": "",
    }


def test_a_statement_reads_the_amounts_when_it_is_drawn_up(
    database: Database, templates: Templates, tmp_path: Any
) -> None:
    """A later amount gives a later statement another figure; the first statement stays as it was."""
    table = tmp_path / "bedragen.yaml"
    shipped = AmountTable().read()
    rows = [
        f'- {{name: {p.name}, value: "{p.value}", geldig_van: {p.geldig_van}, status: {p.status}, bron: x}}'
        for p in shipped.parameters
    ]
    table.write_text("\n".join(rows))
    documents = Documents(database, templates, lambda: RECORDED, AmountTable(table))
    documents.render(order(FULL))
    new = "- {name: vergoeding.netwerk, value: '4000.00', geldig_van: 2026-01-01, status: law, bron: x}"
    table.write_text("\n".join([*rows, new]))
    later = order(FULL).model_copy(update={"key": "document/vergoedingsstaat/2"})
    documents.render(order(FULL))
    documents.render(later)
    with database.read() as session:
        pages = {row.key: plain(row.pdf) for row in session.scalars(select(DocumentRow))}
    assert "€ 3.220,00" in pages["document/vergoedingsstaat"]
    assert "€ 4.000,00" not in pages["document/vergoedingsstaat"]
    assert "€ 4.000,00" in pages[later.key]
