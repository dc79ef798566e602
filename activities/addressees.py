"""Who reads a message on a day: the person, their replacement, the successor's team, and never nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actors import OPERATIES_ORGANISATIE
from models.errors import Permanent
from models.ledger import Closure
from models.tables import AbsenceRow, ClosureRow, OrganisationRow, Period, WorkerRow

TEAM = "team:"
CLOSURES_BEFORE = timedelta(days=14)
"""How far back closures are read: the weekly overview may have been held up by one."""


class NoMailbox(Permanent):
    """The record lacks even the mailbox of operations, so a message would reach nobody."""


@dataclass(frozen=True)
class Addressee:
    """Who reads on a day what was meant for somebody, and in whose place."""

    recipient: str
    """The worker's reference, or `team:` and the organisation."""
    email: str
    organisation: str
    name: str | None = None
    in_place_of: str | None = None


class Addressees:
    """The workers and organisations as they are on one day, read once."""

    def __init__(self, session: Session, day: date) -> None:
        self._day = day
        self._organisations = {row.code: row for row in session.scalars(select(OrganisationRow))}
        self._workers = {row.ref: row for row in session.scalars(select(WorkerRow))}
        away = select(AbsenceRow).where(AbsenceRow.first_day <= day, AbsenceRow.last_day >= day)
        self._replacements = {row.worker: row.replacement for row in session.scalars(away)}
        near = ClosureRow.last_day >= day - CLOSURES_BEFORE, ClosureRow.first_day <= day
        self._closures = session.scalars(select(ClosureRow).where(*near)).all()

    def find(self, organisation: str, worker: str | None) -> Addressee:
        """Who reads on this day what is meant for a worker, or for the team of an organisation."""
        standing = self._standing(organisation)
        reader = self._present(worker, standing.code)
        if reader is not None:
            replaced = None if reader.ref == worker else worker
            return Addressee(reader.ref, reader.email, reader.org, reader.name, replaced)
        replaced = worker or (None if standing.code == organisation else organisation)
        return Addressee(TEAM + standing.code, standing.team_mailbox, standing.code, None, replaced)

    def mailbox(self, recipient: str) -> str:
        """Where mail to a known recipient goes."""
        if recipient.startswith(TEAM):
            return self._organisations[recipient.removeprefix(TEAM)].team_mailbox
        return self._workers[recipient].email

    def closures(self, addressee: Addressee) -> Sequence[Closure]:
        """When the addressee's organisation is closed, around this day."""
        return [
            Closure(van=row.first_day, tot=row.last_day, reden=row.reden)
            for row in self._closures
            if row.org in (None, addressee.organisation)
        ]

    def is_open(self, addressee: Addressee) -> bool:
        """Whether the addressee's organisation is open on this day."""
        return not any(closure.covers(self._day) for closure in self.closures(addressee))

    def _standing(self, code: str) -> OrganisationRow:
        """The organisation, its successor where it ended, or else operations; raises NoMailbox."""
        seen: set[str] = set()
        while code not in seen:
            seen.add(code)
            found = self._organisations.get(code)
            if found is not None and self._runs(found):
                return found
            code = (found and found.successor_code) or OPERATIES_ORGANISATIE
        raise NoMailbox(f"{OPERATIES_ORGANISATIE} heeft geen mailbox")

    def _present(self, worker: str | None, organisation: str) -> WorkerRow | None:
        """The worker, else the first replacement who is there; none when that ends at nobody."""
        seen: set[str] = set()
        while worker is not None and worker not in seen:
            found = self._workers.get(worker)
            here = found is not None and self._runs(found) and (seen or found.org == organisation)
            if here and worker not in self._replacements:
                return found
            seen.add(worker)
            worker = self._replacements.get(worker)
        return None

    def _runs(self, row: Period) -> bool:
        """Whether a row holds on this day."""
        return row.valid_from <= self._day and (row.valid_to is None or self._day <= row.valid_to)
