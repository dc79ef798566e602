"""What arbeidsmatige activiteiten start with of a person: periods of statuut, and the days that hang on their birth."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ama_verloop import Statuutperiode
from models.law import Law
from models.tables import DossierRow, PersonRow, StatuutPeriodRow
from rules import leeftijd


def person_facts(session: Session, dossier: DossierRow, on: date, law: Law) -> dict[str, Any]:
    """The periods of statuut and the days of art. 28, as an AMA starts with them; no other data of the person."""
    born = session.get_one(PersonRow, dossier.person_id).birth_date
    return {
        "statuten": [each.model_dump(mode="json") for each in _periods(session, dossier)],
        "achttien_op": leeftijd.achttien_op(born, on, law).value.isoformat(),
        "vijfentwintig_op": leeftijd.vijfentwintig_op(born, on, law).value.isoformat(),
        "pensioen_op": leeftijd.pensioen_op(born, law).value.isoformat(),
    }


def _periods(session: Session, dossier: DossierRow) -> list[Statuutperiode]:
    mine = select(StatuutPeriodRow).where(StatuutPeriodRow.person_id == dossier.person_id)
    rows = session.scalars(mine.order_by(StatuutPeriodRow.valid_from, StatuutPeriodRow.code))
    return [
        Statuutperiode.model_validate(
            {"code": row.code, "van": row.valid_from, "tot": row.valid_to, "verwacht_einde": row.expected_end}
        )
        for row in rows
    ]
