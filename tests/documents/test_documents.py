"""A document is drawn up once and kept: every repeat, at once or years later, gives the same paper."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier, get_ident

import pytest
from pydantic import BaseModel
from sqlalchemy import func, select, update
from temporalio import activity

from activities.database import Database
from activities.directory import DocumentIncomplete
from activities.documents import Documents, UnknownDocument, document_id
from activities.rendering import Rendered, TemplateBroken, Templates
from models.tables import DocumentRow, PersonRow
from tests.documents.examples import AS_OF, FACTS, RECORDED, STREET, enrol, order
from tests.documents.pdfs import opened, words


class Broken(Templates):
    """Templates that cannot render anything any more."""

    def render(self, name: str, context: BaseModel, identifier: str) -> Rendered:
        raise TemplateBroken(name)


class Racing(Templates):
    """Templates that finish only when two renders of the same document are under way, each its own way."""

    def __init__(self) -> None:
        super().__init__()
        self._both = Barrier(2, timeout=30)

    def render(self, name: str, context: BaseModel, identifier: str) -> Rendered:
        made = super().render(name, context, f"{identifier}-{get_ident()}")
        self._both.wait()
        return made


def rows(database: Database) -> list[DocumentRow]:
    with database.read() as session:
        return list(session.scalars(select(DocumentRow)))


def test_the_activity_has_its_permanent_name() -> None:
    """Histories keep the name for ever."""
    definition = activity._Definition.from_callable(Documents.render)
    assert definition is not None
    assert definition.name == "document_maken"


@pytest.mark.parametrize("soort", FACTS)
def test_a_document_is_kept_with_all_that_explains_it(
    soort: str, database: Database, documents: Documents
) -> None:
    """Bytes, preview, digest, template and version, facts, business date and wall clock."""
    enrol(database)
    made = documents.render(order(soort))
    (row,) = rows(database)
    assert made.document_id == row.id == document_id(order(soort))
    assert made.sha256 == row.sha256 == hashlib.sha256(row.pdf).hexdigest()
    assert made.pages == row.pages == len(opened(row.pdf).pages)
    assert row.template.endswith(f"/{soort}.nl.html.j2")
    assert row.facts["soort"] == row.soort == soort
    assert (row.as_of, row.recorded_at) == (AS_OF, RECORDED)
    assert row.template_version
    assert row.html.startswith("<!DOCTYPE html>")


def test_asking_again_renders_nothing(database: Database, documents: Documents) -> None:
    """A reprint is the same bytes, even when the templates are broken and the person has moved by then."""
    enrol(database)
    first = documents.render(order("kennismaking_tandem"))
    before = rows(database)[0].pdf
    with database.begin() as session:
        session.execute(update(PersonRow).values(address_line_1="Nieuwstraat 2"))
    later = Documents(database, Broken(), lambda: RECORDED)
    repeated = order("kennismaking_tandem").model_copy(update={"as_of": date(2027, 1, 1)})
    assert later.render(repeated) == first
    assert [row.pdf for row in rows(database)] == [before]


def test_two_at_once_keep_one(database: Database) -> None:
    """Who comes second gets the winner's document, not its own."""
    enrol(database)
    documents = Documents(database, Racing(), lambda: RECORDED)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(documents.render, [order("slotnota")] * 2)
    (row,) = rows(database)
    assert one == other
    assert one.sha256 == hashlib.sha256(row.pdf).hexdigest()


def test_many_documents_at_once(database: Database, documents: Documents) -> None:
    """Different documents beside each other do not disturb one another."""
    enrol(database)
    with ThreadPoolExecutor(5) as pool:
        made = list(pool.map(documents.render, [order(soort) for soort in FACTS]))
    assert len({each.document_id for each in made}) == len(FACTS)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRow)) == len(FACTS)


def test_ids_tell_nothing_and_differ() -> None:
    """The id follows from workflow and key alone."""
    one = order("slotnota")
    assert document_id(one) == document_id(one.model_copy(update={"as_of": date(2030, 1, 1)}))
    assert document_id(one) != document_id(one.model_copy(update={"key": "document/ander"}))
    assert document_id(one) != document_id(one.model_copy(update={"workflow_id": "activeringstraject/X"}))
    assert document_id(one).startswith("DOC-")


def test_without_a_person_nothing_is_kept(database: Database, documents: Documents) -> None:
    """The error is final, names document and field, and leaves no half document behind."""
    with pytest.raises(DocumentIncomplete, match=r"slotnota voor WZ-2026-000123: deelnemer ontbreekt"):
        documents.render(order("slotnota"))
    assert rows(database) == []


def test_a_bewindvoerder_and_the_person_each_get_a_sheet(database: Database, documents: Documents) -> None:
    """One sheet each, both the whole letter; the protected address stands on neither."""
    enrol(
        database,
        brief_aan="bewindvoerder_en_zelf",
        brief_aan_adres="Mr. Els Bewind\nVeldstraat 1\n9000 Gent",
        protected_address=True,
    )
    made = documents.render(order("kennismaking_tandem"))
    (row,) = rows(database)
    text = words(row.pdf)
    assert made.pages == 2
    assert "Mr. Els Bewind" in text
    assert "omdat u bewindvoerder bent" in text
    assert "Persoonlijk te overhandigen" in text
    assert STREET not in text + row.html


@pytest.mark.parametrize("brief_aan", ["zelf", "per_adres", "ouder_of_voogd", "geen_brief"])
def test_a_letter_is_one_page(brief_aan: str, database: Database, documents: Documents) -> None:
    """Whoever it is for, it says whom to call, how to complain and how to get another case manager."""
    enrol(database, brief_aan=brief_aan, brief_aan_adres="Ouders Peeters, Veldstraat 1, 9000 Gent")
    assert documents.render(order("kennismaking_tandem")).pages == 1
    text = words(rows(database)[0].pdf)
    for promised in ("an.willems@vdab.example", "jan.claes@cawleie.example", "Greet Maes"):
        assert promised in text
    assert "Liever een andere casemanager?" in text
    assert "een klacht indienen: met een brief, met een e-mail of gewoon mondeling" in text
    assert ("Niet versturen" in text) == (brief_aan == "geen_brief")


def test_a_kept_document_is_written_to_a_folder(
    database: Database, documents: Documents, tmp_path: Path
) -> None:
    """The file is in the dossier's folder, under its key, with the kept bytes."""
    enrol(database)
    made = documents.render(order("slotnota"))
    path = documents.write_to(tmp_path, made.document_id)
    assert path == tmp_path / "WZ-2026-000123" / "document-slotnota.pdf"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == made.sha256


def test_the_same_document_of_two_trajectories_is_two_files(
    database: Database, documents: Documents, tmp_path: Path
) -> None:
    """Each yearly evaluation has its report, and a second trajectory of a kind its papers: none writes over another."""
    enrol(database)
    written = set()
    for workflow_id in (
        "ama/WZ-2026-000123",
        "ama/WZ-2026-000123-2",
        "evaluatie/WZ-2026-000123/2",
        "evaluatie/WZ-2026-000123-2/1",
    ):
        made = documents.render(order("slotnota").model_copy(update={"workflow_id": workflow_id}))
        written.add(documents.write_to(tmp_path, made.document_id).name)
    assert written == {
        "document-slotnota.pdf",
        "ama-2_document-slotnota.pdf",
        "evaluatie-2_document-slotnota.pdf",
        "evaluatie-2-1_document-slotnota.pdf",
    }


def test_an_unknown_document_is_said_to_be_unknown(documents: Documents, tmp_path: Path) -> None:
    """No file is written for a document that is not there."""
    with pytest.raises(UnknownDocument, match="DOC-ONBEKEND bestaat niet"):
        documents.write_to(tmp_path / "out", "DOC-ONBEKEND")
    assert not (tmp_path / "out").exists()
