"""Statements of subsidy in the record: read with what they said, and stored once with their bytes."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.database import Database, RecordUnavailable
from activities.upserts import insert_all, insert_missing
from models.errors import Permanent
from models.staten import Formaat, Opgemaakt
from models.tables import OrganisationRow, StatementFileRow, StatementRow


class StaatGeweigerd(Permanent):
    """A statement cannot be drawn up as it is asked; the message names the field and the rule."""


class Drawn(NamedTuple):
    """A statement that was drawn up and is not in the record yet."""

    soort: str
    organisatie: str
    jaar: int
    kwartaal: int | None
    nummer: int
    as_of: date
    facts: dict[str, Any]
    template_version: str
    files: Mapping[Formaat, bytes]

    @property
    def id(self) -> str:
        """Under which id it is kept."""
        return statement_id(self.soort, self.organisatie, self.jaar, self.kwartaal)


def statement_id(soort: str, organisatie: str, jaar: int, kwartaal: int | None = None) -> str:
    """The id of a statement: kind, organisation and period, and so always the same."""
    return "/".join([soort, organisatie, str(jaar), *([str(kwartaal)] if kwartaal else [])])


def found(session: Session, statement: str) -> Opgemaakt | None:
    """A statement that was drawn up before."""
    row = session.get(StatementRow, statement)
    return Opgemaakt(id=row.id, nummer=row.nummer, nieuw=False) if row else None


def of_organisation(session: Session, soort: str, organisatie: str) -> Sequence[StatementRow]:
    """Every statement of a kind and organisation, in the order in which they were drawn up."""
    mine = select(StatementRow).where(StatementRow.soort == soort, StatementRow.organisatie == organisatie)
    return session.scalars(mine.order_by(StatementRow.nummer)).all()


def keep(database: Database, drawn: Drawn, recorded_at: datetime) -> Opgemaakt:
    """Stores a statement once; raises RecordUnavailable when another one of this organisation came between."""
    with database.begin() as session:
        row = {
            **{name: getattr(drawn, name) for name in ("soort", "organisatie", "jaar", "kwartaal", "nummer")},
            **{"id": drawn.id, "as_of": drawn.as_of, "facts": drawn.facts},
            "template_version": drawn.template_version,
            "recorded_at": recorded_at,
        }
        insert_missing(session, StatementRow, [row])
        mine = select(StatementRow.id, StatementRow.nummer).where(StatementRow.id == drawn.id)
        kept = session.execute(mine).one_or_none()
        if kept is None:
            raise RecordUnavailable("een andere staat van deze organisatie kwam ertussen")
        nieuw = not _has_files(session, drawn.id)
        if nieuw:
            insert_all(session, StatementFileRow, _files(drawn))
    return Opgemaakt(id=kept.id, nummer=kept.nummer, nieuw=nieuw)


def _has_files(session: Session, statement: str) -> bool:
    """Whether the statement is complete already; row and files become true together."""
    mine = select(StatementFileRow.formaat).where(StatementFileRow.statement == statement)
    return session.scalar(mine.limit(1)) is not None


def _files(drawn: Drawn) -> list[dict[str, Any]]:
    return [
        {
            "statement": drawn.id,
            "formaat": formaat,
            "sha256": hashlib.sha256(contents).hexdigest(),
            "contents": contents,
        }
        for formaat, contents in drawn.files.items()
    ]


def bytes_of(database: Database, statement: str, formaat: Formaat) -> bytes:
    """The kept bytes of a statement; raises StaatGeweigerd when there are none."""
    with database.read() as session:
        row = session.get(StatementFileRow, (statement, formaat))
    if row is None:
        raise StaatGeweigerd(f"formaat: {statement} bestaat niet als {formaat}")
    return row.contents


def organisation_name(session: Session, code: str, field: str, known: Collection[str] = ()) -> str:
    """The name of an organisation; raises StaatGeweigerd that names the field when nobody knows the code."""
    row = session.get(OrganisationRow, code)
    if row is None:
        choose = f"; kies uit {', '.join(known)}" if known else ""
        raise StaatGeweigerd(f"{field}: er is geen organisatie met deze code{choose}")
    return row.name
