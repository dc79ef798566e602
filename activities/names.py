"""Who actors are by name, looked up together when a screen is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actors import OPERATIES_ORGANISATIE
from models.tables import OrganisationRow, WorkerRow

Told = dict[str, Any] | None
"""An actor as events keep it, or nobody."""


@dataclass(frozen=True)
class Names:
    """The names of some organisations and workers; what has no name shows its code."""

    organisations: dict[str, str]
    workers: dict[str, str]

    @classmethod
    def of(cls, session: Session, actors: Iterable[Told]) -> "Names":
        """The names of these actors, in two queries."""
        known = [actor for actor in actors if actor]
        codes = {actor["organisatie"] for actor in known}
        refs = {actor["medewerker"] for actor in known if actor.get("medewerker")}
        named = select(OrganisationRow.code, OrganisationRow.name).where(OrganisationRow.code.in_(codes))
        called = select(WorkerRow.ref, WorkerRow.name).where(WorkerRow.ref.in_(refs))
        return cls(
            organisations={code: name for code, name in session.execute(named)},
            workers={ref: name for ref, name in session.execute(called)},
        )

    def who(self, door: Told, namens: Told) -> str | None:
        """Who did it, and for whom: "Els Peeters (operaties) namens Jan Claes (casemanager zorg, CAW X)"."""
        parts = [self._name(door) if door else None, f"namens {self._name(namens)}" if namens else None]
        return " ".join(filter(None, parts)) or None

    def _name(self, actor: dict[str, Any]) -> str:
        organisation, ref = actor["organisatie"], actor.get("medewerker")
        where = [self.organisations.get(organisation, organisation)]
        role = actor["rol"].replace("_", " ")
        title = ", ".join([role, *(where if organisation != OPERATIES_ORGANISATIE else [])])
        return f"{self.workers.get(ref, ref)} ({title})" if ref else title
