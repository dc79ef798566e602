"""Who a worker's reference is: the role and organisation in which somebody acts."""

from activities.database import Database
from models.actors import Actor, Rol
from models.tables import WorkerRow


class Staff:
    """The workers of all organisations, by their reference."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def actor(self, ref: str) -> Actor | None:
        """The worker as an actor, or None where nobody has this reference."""
        with self._database.read() as session:
            row = session.get(WorkerRow, ref)
        return Actor(rol=Rol(row.rol), organisatie=row.org, medewerker=row.ref) if row else None
