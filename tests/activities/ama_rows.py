"""Dossiers with arbeidsmatige activiteiten in the record, as the register leaves them, for the tests beside it."""

from datetime import date
from typing import Any

from activities.database import Database
from activities.registry import Registry, workflow_id
from models.aanvraag import Registered
from models.tables import TrajectRow
from tests.activities.record_steps import NOW, START, clock, request
from tests.law import shipped_tables

WVG, SE = "arbeidsmatige_activiteiten", "ama_se"


def a_dossier(database: Database, **changes: Any) -> str:
    """A dossier with an activeringstraject, by its reference."""
    answer = Registry(database, clock, shipped_tables()).register(request(**changes))
    assert isinstance(answer, Registered)
    return answer.reference


def add_ama(
    database: Database, reference: str, soort: str = WVG, ordinal: int = 1, since: date = START, **told: Any
) -> str:
    """One AMA of a dossier, by its workflow id; `told` is what its workflow told the record of it."""
    of_it = workflow_id(soort, reference, ordinal)
    with database.begin() as session:
        session.add(
            TrajectRow(
                workflow_id=of_it,
                reference=reference,
                soort=soort,
                ordinal=ordinal,
                nis_code="44021",
                started_on=since,
                recorded_at=NOW,
                **told,
            )
        )
    return of_it
