"""What every document of toeleiding and onthaal has: kept once, readable aloud, on paper of the right dossier."""

from typing import Any

import pytest
from sqlalchemy import select, update

from activities.database import Database
from activities.documents import Documents, document_id
from activities.rendering import Templates
from models.actors import Actor, Rol
from models.documents import DocumentOrder
from models.tables import DocumentRow, OrganisationRow, WorkerRow
from models.toeleiding import Beoordeeld
from tests.documents.examples import NAME, REFERENCE, STREET
from tests.documents.intake_examples import (
    INTAKE,
    INTAKE_LETTERS,
    ONTHAAL,
    OT,
    REFUSED,
    TO_ONTHAAL,
    asked,
    known,
    reference_of,
)
from tests.documents.pdfs import catalog_of, opened, words
from tests.documents.test_letters_of_the_tandem import LONG, LONG_NAME
from tests.documents.test_rendering import rendered

MUCH = LONG * 20
SHOUTED = MUCH.upper()
LINES = "Ja.\n\nNee.\n\n" * 700
ONE_WORD = "W" * 8000
TALK = "op donderdag 16 april 2026 om 10 uur in het kantoor aan de achterkant van het station " * 2


@pytest.mark.parametrize("soort", INTAKE)
def test_a_document_is_kept_and_can_be_read_aloud(
    soort: str, database: Database, documents: Documents
) -> None:
    """PDF/UA with structure, language and title; the kept row names the template and the facts."""
    known(database, soort)
    made = documents.render(asked(soort))
    with database.read() as session:
        row = session.scalars(select(DocumentRow)).one()
    folder = "letters" if soort in INTAKE_LETTERS else "reports"
    assert (row.template, row.facts["soort"]) == (f"{folder}/{soort}.nl.html.j2", soort)
    assert made.document_id == row.id == document_id(asked(soort))
    reader, catalog = opened(row.pdf), catalog_of(row.pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-BE"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith(reference_of(soort))


@pytest.mark.parametrize("soort", INTAKE)
def test_a_document_names_person_reference_and_date(
    soort: str, database: Database, templates: Templates
) -> None:
    """The street stands on letters only."""
    known(database, soort)
    text = words(rendered(database, templates, asked(soort)).pdf)
    for element in (NAME, reference_of(soort), "8 april 2026"):
        assert element in text
    assert (STREET in text) == (soort in INTAKE_LETTERS)


@pytest.mark.parametrize("soort", INTAKE)
def test_a_protected_address_stands_nowhere(soort: str, database: Database, templates: Templates) -> None:
    """A letter is handed over; neither paper nor preview tells where the person lives."""
    known(database, soort, protected_address=True)
    made = rendered(database, templates, asked(soort))
    assert STREET not in words(made.pdf) + made.html
    assert ("Persoonlijk te overhandigen" in made.html) == (soort in INTAKE_LETTERS)


@pytest.mark.parametrize("soort", ONTHAAL)
def test_an_onthaal_document_has_the_number_of_the_onthaal_only(
    soort: str, database: Database, templates: Templates
) -> None:
    """Art. 5: the number of the dossier at VDAB would be one identifier too many."""
    known(database, soort)
    made = rendered(database, templates, asked(soort))
    assert OT in made.html
    assert REFERENCE not in made.html
    assert "WZ-" not in words(made.pdf) + made.html


def long(soort: str, text: str) -> DocumentOrder:
    """A letter from facts in which everybody wrote as much as the models allow."""
    judged = Beoordeeld(aanwezig=True, motivering=text[:8000])
    decision = {
        "problematiek": judged,
        "groeimogelijkheden": judged,
        "orientatie": text[:8000],
        "gesprek": TALK[:200],
    }
    told: dict[str, dict[str, Any]] = {
        "onvolledig": {},
        "beslissing": {"beslissing": TO_ONTHAAL.model_copy(update=decision)},
        "onthaal_kennismaking": {"vorige": True},
        "onbereikbaar": {},
    }
    return asked(soort, **told[soort])


@pytest.mark.parametrize(
    ("soort", "text"),
    [
        ("onvolledig", MUCH),
        ("onthaal_kennismaking", MUCH),
        ("onbereikbaar", MUCH),
        *(("beslissing", text) for text in (MUCH, SHOUTED, LINES, ONE_WORD)),
    ],
    ids=["onvolledig", "kennismaking", "onbereikbaar", "much", "shouted", "lines", "one word"],
)
def test_a_letter_is_one_page_whatever_people_write(
    soort: str, text: str, database: Database, templates: Templates
) -> None:
    """Long names and the longest texts: each of the two addressees holds one sheet, with the greeting on it."""
    known(
        database,
        soort,
        first_name="Marie-Christine",
        last_name=LONG_NAME,
        address_line_2="bus 0012",
        email="m@post.example",
        phone="0400 00 00 00",
        helper_name=LONG_NAME,
        brief_aan="bewindvoerder_en_zelf",
        brief_aan_adres=f"Mr. {LONG_NAME}\nAdvocatenkantoor Aan De Kouter\nVeldstraat 1 bus 3\n9000 Gent",
    )
    with database.begin() as session:
        session.execute(update(WorkerRow).values(name=f"Anna {LONG_NAME}"))
        session.execute(update(OrganisationRow).values(name="Openbaar Centrum voor Maatschappelijk Welzijn"))
    made = rendered(database, templates, long(soort, text))
    assert made.pages == 2
    for page in opened(made.pdf).pages:
        assert "Vriendelijke groeten" in page.extract_text()


@pytest.mark.parametrize("soort", INTAKE_LETTERS)
def test_every_letter_says_whom_to_call_and_how_to_complain(
    soort: str, database: Database, templates: Templates
) -> None:
    """A complaint can be made by word of mouth too, and there is somebody outside to hear it."""
    known(database, soort)
    text = words(rendered(database, templates, asked(soort)).pdf)
    someone = "lien.vanhecke@cawleie.example" if soort in ONTHAAL else "bram.lievens@vdab.example"
    for promised in (someone, "gewoon mondeling", "Ombudsdienst", "tolk nodig", "iemand meebrengen"):
        assert promised in text


@pytest.mark.parametrize("soort", ["onvolledig", "beslissing", "screeningsverslag", "beslissing_aanvrager"])
def test_without_a_vdab_service_the_back_office_answers(
    soort: str, database: Database, templates: Templates
) -> None:
    """A municipality that the tables do not know keeps no letter from the person."""
    known(database, soort)
    assert "operaties@werkzorg.example" in words(rendered(database, templates, asked(soort, vdab=None)).pdf)


def test_a_team_without_a_named_worker_is_reached_by_its_mailbox(
    database: Database, templates: Templates
) -> None:
    """The kernpartner need not have said yet who will make contact, nor who leads."""
    team = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-LEIE")
    known(database, "onthaal_kennismaking")
    letter = asked("onthaal_kennismaking", kernpartner=team, leiding=None)
    text = words(rendered(database, templates, letter).pdf)
    assert "Het team van CAW Leie en Schelde" in text
    assert "onthaal@cawleie.example" in text
    assert "teamcoördinator" not in text


def test_a_refusal_on_paper_is_the_candidate_s_own(database: Database, templates: Templates) -> None:
    """Nobody is called the name of a scheme: the person is spoken to."""
    known(database, "beslissing")
    made = rendered(database, templates, asked("beslissing", beslissing=REFUSED))
    assert f"Beste {NAME}" in words(made.pdf)
    assert "kandidaat" not in words(made.pdf)
