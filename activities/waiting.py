"""Trajectories that were registered and have not told the record anything yet: their start may have been lost."""

from collections.abc import Sequence

from sqlalchemy import select

from activities.database import Database
from models.aanvraag import Registered
from models.tables import TrajectRow


class Waiting:
    """What waits between the register and the engine."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unstarted(self) -> Sequence[Registered]:
        """The registered trajectories without a first step; starting one that runs already does nothing."""
        silent = select(TrajectRow).where(TrajectRow.last_step == 0, TrajectRow.is_open)
        with self._database.read() as session:
            return [_registered(row) for row in session.scalars(silent)]

    def lost(self, workflow_id: str) -> Registered | None:
        """This trajectory, when it was registered and never heard of."""
        with self._database.read() as session:
            row = session.get(TrajectRow, workflow_id)
            return _registered(row) if row is not None and row.last_step == 0 and row.is_open else None


def _registered(row: TrajectRow) -> Registered:
    return Registered.model_validate(
        {
            "reference": row.reference,
            "workflow_id": row.workflow_id,
            "soort": row.soort,
            "begin": row.started_on,
            "nis_code": row.nis_code,
            "meegegeven": row.begint_met or {},
        }
    )
