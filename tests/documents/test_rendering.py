"""The PDFs: tagged, titled, in Dutch, and the same bytes for the same facts in every process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from activities.contexts import Drawn, draw
from activities.database import Database
from activities.directory import Directory
from activities.rendering import TEMPLATES, Rendered, Templates
from models.documents import DocumentOrder
from models.letters import KennismakingTandem
from models.printed import Geadresseerde
from tests.documents.examples import FACTS, LETTERS, NAME, PLAN, REVIEW, VERSLAG, enrol, order
from tests.documents.pdfs import catalog_of, opened, words
from tests.documents.test_templates import contact, slotnota

ROOT = TEMPLATES.parent


def drawn(database: Database, asked: DocumentOrder) -> Drawn:
    with database.read() as session:
        return draw(asked, Directory(session, asked.facts.soort, asked.reference))


def rendered(database: Database, templates: Templates, asked: DocumentOrder) -> Rendered:
    made = drawn(database, asked)
    return templates.render(made.template, made.context, "DOC-TEST")


@pytest.mark.parametrize("soort", FACTS)
def test_a_document_is_an_accessible_pdf(soort: str, database: Database, templates: Templates) -> None:
    """A screen reader finds structure, language and title; the date in it is the business date."""
    enrol(database)
    pdf = rendered(database, templates, order(soort)).pdf
    reader, catalog = opened(pdf), catalog_of(pdf)
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "nl-BE"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.title.endswith("WZ-2026-000123")
    assert reader.metadata.get("/CreationDate", "").startswith("D:20260408")


@pytest.mark.parametrize("soort", FACTS)
def test_a_document_names_person_reference_and_date(
    soort: str, database: Database, templates: Templates
) -> None:
    """Title, reference, name and date in words stand on every document, and no street on a report."""
    enrol(database)
    text = words(rendered(database, templates, order(soort)).pdf)
    assert NAME in text
    assert "WZ-2026-000123" in text
    assert "8 april 2026" in text
    assert ("Geheimestraat" in text) == (soort in LETTERS)


def test_the_trajectplan_has_its_six_elements(database: Database, templates: Templates) -> None:
    """Art. 15: who, when, goal, actions with providers, rights and duties, periodicity; own part first."""
    enrol(database)
    text = words(rendered(database, templates, order("trajectplan")).pdf)
    assert text.index("Dit doe ik") < text.index("Dit doen anderen") < text.index("Waar ik naartoe wil")
    for element in (
        "An Willems",
        "4 mei 2026",
        "vast ritme",
        "Kompaan Werk vzw",
        "CGG De Brug",
        "verwittigen",
    ):
        assert element in text
    for promised in ("op eigen kracht", "Om de 3 maanden", "4 augustus 2026", "4 november 2026"):
        assert promised in text


def test_the_planned_end_says_why_and_what_is_assumed(database: Database, templates: Templates) -> None:
    """A date shows its reason and article, and the mark only where a term was assumed."""
    enrol(database)
    plan = words(rendered(database, templates, order("trajectplan")).pdf)
    review = words(rendered(database, templates, order("reviewverslag")).pdf)
    assert "vanaf 4 mei 2026. Steunt op: decreet van 8 juli 2022, art. 11." in plan
    assert "aanname" in plan
    assert "Waarom deze datum?" in review
    assert "aanname" not in review


def test_a_plan_explained_by_word_of_mouth_has_no_signatures(
    database: Database, templates: Templates
) -> None:
    """The plan says who explained it and when; on paper there is room to sign."""
    enrol(database)
    oral = order("trajectplan", plan=PLAN.model_copy(update={"vorm": "mondeling"}))
    text = words(rendered(database, templates, oral).pdf)
    assert "mondeling toegelicht en afgesproken op 4 mei 2026 door Jan Claes" in text
    assert "handtekening" not in text
    assert "handtekening" in words(rendered(database, templates, order("trajectplan")).pdf)


def test_own_words_are_a_quotation(database: Database, templates: Templates) -> None:
    """What the participant said stands between quotation marks, before anything the team says."""
    enrol(database)
    text = words(rendered(database, templates, order("reviewverslag")).pdf)
    assert "“Ik sta weer op met zin. Slapen gaat nog niet altijd.”" in text
    assert text.index("“Ik sta") < text.index("Hoe gaan we verder?")


def test_the_eindverslag_has_its_five_elements(database: Database, templates: Templates) -> None:
    """Art. 22; the advice is a document of its own, the registration by VDAB is left open, with text to copy."""
    enrol(database)
    text = words(rendered(database, templates, order("eindverslag")).pdf)
    for element in (VERSLAG.acties, VERSLAG.resultaten, VERSLAG.informatie_team, VERSLAG.gesprek):
        assert element in text
    assert VERSLAG.informatie_dienstverleners in text
    assert f"“{VERSLAG.alinea_deelnemer}”" in text
    assert "Betaald werk met ondersteuning is mogelijk" not in text
    assert "eindadvies is een document op zich" in text
    assert "Geregistreerd in VDAB-dossier op" in text
    assert "van 4 mei 2026 tot en met 3 mei 2027. Volledig doorlopen" in text


def test_an_ending_without_talk_says_why_and_gives_no_advice(
    database: Database, templates: Templates
) -> None:
    """Without a talk the report explains itself, also when there never was a plan."""
    enrol(database)
    nothing_said = {"vorm": "zonder_gesprek", "eindadvies": None, "alinea_deelnemer": None}
    silent = order("eindverslag", verslag=VERSLAG.model_copy(update=nothing_said), plan=None, reviews=())
    text = words(rendered(database, templates, silent).pdf)
    assert "Waarom er geen eindgesprek was" in text
    assert "geen eindadvies, omdat er geen eindgesprek was" in text
    assert "voor er een trajectplan was" in text
    assert "“" not in text


def test_a_slotnota_without_team_is_complete(database: Database, templates: Templates) -> None:
    """Somebody can die before a tandem is assigned."""
    enrol(database)
    text = words(rendered(database, templates, order("slotnota", team=None)).pdf)
    assert "overleden op 30 december 2026" in text
    assert "nog niet toegewezen" in text


def test_very_long_words_of_one_s_own_flow_over_pages(database: Database, templates: Templates) -> None:
    """Nothing is cut: the last word of many pages is there, also one without spaces."""
    enrol(database)
    long = "Ik vertel veel. " * 480 + "w" * 300 + " eindwoord"
    made = rendered(
        database,
        templates,
        order("reviewverslag", review=REVIEW.model_copy(update={"eigen_woorden": long})),
    )
    assert made.pages > 1
    assert "eindwoord”" in words(made.pdf)


def test_special_signs_reach_the_paper(database: Database, templates: Templates) -> None:
    """Accents, the euro sign and angle brackets are printed as typed."""
    enrol(database)
    typed = PLAN.model_copy(update={"doel": "<script>alert(1)</script> één café voor € 5 & meer"})
    text = words(rendered(database, templates, order("trajectplan", plan=typed)).pdf)
    assert typed.doel in text


def test_a_letter_is_one_page_also_with_long_names(templates: Templates) -> None:
    """The longest names we can think of, three contacts with all they have, and an address of six lines."""
    long_name = "Marie-Christine Vandenbroucke-Vanderstraeten de Oliveira Figueiredo"
    casemanager = contact(long_name, "Openbaar Centrum voor Maatschappelijk Welzijn van Sint-Niklaas")
    address = (long_name, f"p/a {long_name}", "Straat 1", "bus 2", "9000 Gent")
    for rol in ("deelnemer", "bewindvoerder", "ouder_of_voogd"):
        sheet = Geadresseerde(regels=address, rol=rol)
        letter = KennismakingTandem(
            kenmerk="WZ-2026-000123-2",
            datum=order("slotnota").as_of,
            geadresseerden=(sheet,),
            deelnemer=long_name,
            casemanagers=(casemanager, casemanager),
            klachten=(casemanager, casemanager),
        )
        assert templates.render("letters/kennismaking_tandem.nl.html.j2", letter, "DOC-X").pages == 1


def test_the_same_facts_give_the_same_bytes_in_another_process(templates: Templates) -> None:
    """Neither the clock, nor the seed of hashes, nor what was rendered before gets into the bytes."""
    script = (
        "import hashlib; from activities.rendering import Templates;"
        "from tests.documents.test_templates import slotnota;"
        "pdf = Templates().render('reports/slotnota.nl.html.j2', slotnota(), 'DOC-X').pdf;"
        "print(hashlib.sha256(pdf).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    other = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    here = templates.render("reports/slotnota.nl.html.j2", slotnota(), "DOC-X").pdf
    assert other.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_without_pango_the_message_says_what_to_install(tmp_path: Path) -> None:
    """A machine without the library gets a Dutch sentence instead of a loader's error."""
    (tmp_path / "weasyprint.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    script = "from activities.rendering import to_pdf; to_pdf('<p>x', 'DOC-X')"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    failed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert failed.returncode != 0
    assert "de bibliotheek Pango ontbreekt" in failed.stderr
    assert "apt-get install libpango" in failed.stderr
