"""Draws up a document once and keeps its bytes: asking again gives the same paper, never a new one."""

import hashlib
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from temporalio import activity

from activities import money_contexts
from activities.bedragen import AmountTable
from activities.contexts import Drawn, draw
from activities.database import Clock, Database
from activities.directory import Directory
from activities.rendering import Rendered, Templates
from activities.upserts import insert_missing
from models.documents import OF_THE_BEGELEIDER, DocumentMade, DocumentOrder, Verdeelstaat, Vergoedingsstaat
from models.duties import number_of
from models.errors import Permanent
from models.tables import DocumentRow, ToestemmingRow
from models.vergoedingsstaat import Staat

ONLY_THEIRS = (
    "door: dit document leest alleen de organisatie van de begeleider; zeg met --door MW-… wie het leest"
)


class UnknownDocument(Permanent):
    """There is no document with this id."""


class NotForReader(Permanent):
    """The document belongs to another organisation than that of the reader."""


class Documents:
    """The documents of all trajectories, rendered from templates and kept in the record."""

    def __init__(
        self, database: Database, templates: Templates, clock: Clock, amounts: AmountTable | None = None
    ) -> None:
        self._database = database
        self._templates = templates
        self._clock = clock
        self._amounts = amounts or AmountTable()

    @activity.defn(name="document_maken")
    def render(self, order: DocumentOrder) -> DocumentMade:
        """Draw up and keep a document, once per workflow and key; raises a Permanent that names the field."""
        with self._database.read() as session:
            if made := _made(session, order):
                return made
            drawn = self._draw(order, Directory(session, order.facts.soort, order.reference))
        rendered = self._templates.render(drawn.template, drawn.context, document_id(order))
        with self._database.begin() as session:
            insert_missing(session, DocumentRow, [self._row(order, drawn, rendered)])
            made = _made(session, order)
        assert made
        return made

    def write_to(self, folder: Path, document: str, reader: str | None = None) -> Path:
        """Write the kept bytes of a document to `<folder>/<reference>/<key>.pdf`.

        Raises UnknownDocument, and NotForReader where it belongs to another organisation than that of the reader.
        Of a second trajectory of a kind, or of an evaluation, the name says which: `evaluatie-2_evaluatieverslag.pdf`.
        """
        with self._database.read() as session:
            found = session.get(DocumentRow, document)
            if found is None:
                raise UnknownDocument(f"document {document} bestaat niet")
            if not _may_read(session, found, reader):
                raise NotForReader(ONLY_THEIRS)
        path = folder / found.reference / f"{_file_name(found)}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.pdf)
        return path

    def _draw(self, order: DocumentOrder, directory: Directory) -> Drawn:
        """What is printed; only a statement of money reads the amounts, as they stand at this moment."""
        if isinstance(order.facts, Vergoedingsstaat | Verdeelstaat):
            return money_contexts.draw(order, order.facts, directory, self._amounts.read())
        return draw(order, directory)

    def _row(self, order: DocumentOrder, drawn: Drawn, rendered: Rendered) -> dict[str, Any]:
        return {
            "id": document_id(order),
            "workflow_id": order.workflow_id,
            "key": order.key,
            "reference": order.reference,
            "soort": order.facts.soort,
            "template": drawn.template,
            "template_version": rendered.template_version,
            "as_of": order.as_of,
            "facts": order.facts.model_dump(mode="json") | _findings(drawn),
            "sha256": rendered.sha256,
            "pages": rendered.pages,
            "media_type": "application/pdf",
            "pdf": rendered.pdf,
            "html": rendered.html,
            "recorded_at": self._clock(),
        }


def _may_read(session: Session, found: DocumentRow, reader: str | None) -> bool:
    """Whether an organisation reads a document: a request for permission is read by whoever has that permission."""
    if found.soort not in OF_THE_BEGELEIDER:
        return True
    permission = session.get(ToestemmingRow, (found.workflow_id, number_of(found.key)))
    return reader is not None and permission is not None and permission.org == reader


def _findings(drawn: Drawn) -> dict[str, Any]:
    """The lines of a statement of money with their Findings: the amounts they rest on may change later."""
    return {"staat": drawn.context.model_dump(mode="json")} if isinstance(drawn.context, Staat) else {}


def document_id(order: DocumentOrder) -> str:
    """The id of a document, derived from its workflow and key: without personal data and always the same."""
    identity = f"{order.workflow_id}\0{order.key}".encode()
    return f"DOC-{hashlib.sha256(identity).hexdigest()[:16].upper()}"


def _file_name(found: DocumentRow) -> str:
    """The key, and before it which trajectory of the dossier it is of, where that is not the first of its kind."""
    kind, _, number = found.workflow_id.replace(found.reference, "").partition("/")
    which = f"{kind}-{number.strip('-/').replace('/', '-')}_" if number else ""
    return which + found.key.replace("/", "-")


def _made(session: Session, order: DocumentOrder) -> DocumentMade | None:
    query = select(DocumentRow.id, DocumentRow.sha256, DocumentRow.pages).where(
        DocumentRow.workflow_id == order.workflow_id, DocumentRow.key == order.key
    )
    found = session.execute(query).one_or_none()
    return DocumentMade(document_id=found.id, sha256=found.sha256, pages=found.pages) if found else None
