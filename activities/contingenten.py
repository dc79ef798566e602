"""The places for AMA in the social economy: each decided by one transaction, whose answer is a fact in the history.

`Contingenten(database, clock)`; every call may be repeated and gives the same answer:

- `plaats_vragen(PlaatsVraag{workflow_id, ronde=1, houder, beslist_op, voorrang=False, as_of}) -> Plaats`
- `plaats_innemen(PlaatsInnemen{workflow_id, ronde=1, van, as_of}) -> Plaats`
- `plaats_vrijgeven(PlaatsVrijgeven{workflow_id, ronde=1, reden, as_of}) -> Vrijgegeven{houder, volgende}`
- `plaats_overslaan(Overslaan{workflow_id, ronde=1, sleutel, reden, door, as_of})
  -> Overgeslagen{plaats, volgende}`
- `wie_nu(WieNu{houder=None, as_of}) -> AanDeBeurt{workflow_ids}`
- `gesloten(WieGesloten{houder=None, as_of}) -> Gesloten{geplaatst, wachtend}`

`Plaatsmeldingen(client)` sends each trajectory the signal `plaats_vrij` with a `PlaatsVrij{versie, datum}`, after
which it asks again: `wachtenden_verwittigen(Verwittiging{workflow_ids, datum}) -> Verwittigd{bereikt, beeindigd}`.

`Plaats{status, houder, ronde, positie, sinds, reden: Finding[bool], volgende}` has as status `wachtlijst`,
`gereserveerd`, `ingenomen`, `vrijgegeven` or `geen_contingent`; where the contingent itself refuses, the finding is
hard. What is given back stays given back: a new request after that has the next `ronde`. Who takes a place may claim
one at another holder (after a closure, with `voorrang`); taking that one gives the old one back on the same day.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities import contingent_rows as rows
from activities.contingent_rows import CLAIMED, HELD, Line
from activities.database import Clock, Database, bugs_are_permanent
from models.contingent import (
    AanDeBeurt,
    Gesloten,
    Overgeslagen,
    Overslaan,
    Plaats,
    PlaatsInnemen,
    Plaatsstatus,
    PlaatsVraag,
    PlaatsVrij,
    PlaatsVrijgeven,
    Verwittigd,
    Verwittiging,
    Vrijgegeven,
    WieGesloten,
    WieNu,
)
from models.errors import Permanent
from models.findings import Finding
from models.tables import PlaceRow, SkipRow
from rules import contingent as rules

STATUS: dict[str, Plaatsstatus] = {
    "waiting": "wachtlijst",
    "reserved": "gereserveerd",
    "occupied": "ingenomen",
    "released": "vrijgegeven",
}


class PlaatsGeweigerd(Permanent):
    """A request for a place that contradicts an earlier one of the same trajectory; a person looks at it."""


class Contingenten:
    """The places of every contingent, and who is in line for them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def activities(self) -> tuple[Callable[..., Any], ...]:
        """All of them, for a worker."""
        return self.ask, self.occupy, self.release, self.skip, self.whose_turn, self.closed

    @activity.defn(name="plaats_vragen")
    def ask(self, vraag: PlaatsVraag) -> Plaats:
        """A place when one is free and nobody comes before, else a place in line; raises PlaatsGeweigerd."""
        with bugs_are_permanent(), self._database.begin() as session:
            rows.lock(session, [vraag.houder])
            row = rows.request_of(session, vraag.workflow_id, vraag.ronde)
            if row is None:
                places = rows.places_of(session, vraag.houder, vraag.as_of)
                if places.value is None:
                    return _no_contingent(vraag.houder, vraag.ronde, rules.may_reserve(0, places))
                _check_first(session, vraag)
                row = self._join(session, vraag)
            if row.holder != vraag.houder:
                raise PlaatsGeweigerd(
                    f"ronde: deze vraag staat al bij {row.holder}; een nieuwe heeft de volgende"
                )
            if row.status == "waiting":
                row.decided_on, row.priority = vraag.beslist_op, vraag.voorrang
                session.flush()
                _reserve(session, row, vraag.as_of)
            return _told(session, row, vraag.as_of)

    def _join(self, session: Session, vraag: PlaatsVraag) -> PlaceRow:
        row = PlaceRow(
            workflow_id=vraag.workflow_id,
            ronde=vraag.ronde,
            holder=vraag.houder,
            decided_on=vraag.beslist_op,
            priority=vraag.voorrang,
            status="waiting",
            asked_on=vraag.as_of,
            recorded_at=self._clock(),
        )
        session.add(row)
        session.flush()
        return row

    @activity.defn(name="plaats_innemen")
    def occupy(self, order: PlaatsInnemen) -> Plaats:
        """The reserved place is taken from a day on, and an older one given back; raises PlaatsGeweigerd.

        Since a day before it was promised only where it was free: else nothing changes, and the finding says why.
        """
        with bugs_are_permanent(), self._database.begin() as session:
            row = _locked(session, order.workflow_id, order.ronde)
            if row is None:
                raise PlaatsGeweigerd("ronde: onder dit nummer is geen plaats gevraagd")
            if row.status in HELD and (against := rows.against_since(session, row, order.van)):
                return _told(session, row, order.as_of).model_copy(update={"reden": against})
            if row.status == "occupied":
                row.occupied_from = order.van
            if row.status != "reserved":
                return _told(session, row, order.as_of)
            line = rows.line_of(session, row.holder, order.van)
            possible = rules.may_occupy(line.used, line.places)
            if not possible.value:
                return _no_contingent(row.holder, row.ronde, possible)
            left = self._leave_older(session, row, order)
            row.status, row.occupied_from = "occupied", order.van
            row.finding = possible.model_dump(mode="json")
            session.flush()
            return _told(session, row, order.as_of).model_copy(update={"volgende": left})

    def _leave_older(self, session: Session, row: PlaceRow, order: PlaatsInnemen) -> tuple[str, ...]:
        """Gives back the place that was taken until now, and says whose turn it is there."""
        older = rows.live_of(session, row.workflow_id, besides=row.ronde)
        for each in older:
            _release(each, "andere_plaats", order.van)
        session.flush()
        left = (rows.line_of(session, each.holder, order.as_of) for each in older)
        return tuple(workflow_id for line in left for workflow_id in line.next)

    @activity.defn(name="plaats_vrijgeven")
    def release(self, order: PlaatsVrijgeven) -> Vrijgegeven:
        """What was taken, promised or waited for is given back; whose turn it is may have changed by a repeat."""
        with bugs_are_permanent(), self._database.begin() as session:
            row = _locked(session, order.workflow_id, order.ronde)
            if row is None:
                return Vrijgegeven(houder=None)
            if row.status != "released":
                _release(row, order.reden, order.as_of)
                session.flush()
            line = rows.line_of(session, row.holder, order.as_of)
            return Vrijgegeven(houder=row.holder, volgende=line.next)

    @activity.defn(name="plaats_overslaan")
    def skip(self, order: Overslaan) -> Overgeslagen:
        """Who comes first goes back to the line and keeps its place there; this place is for who comes after."""
        with bugs_are_permanent(), self._database.begin() as session:
            row = _locked(session, order.workflow_id, order.ronde)
            if row is None:
                raise PlaatsGeweigerd("ronde: onder dit nummer is geen plaats gevraagd")
            known = rows.skip_of(session, row, order.sleutel) is not None
            if row.status in CLAIMED and not known:
                session.add(self._skip(row, order))
                row.status, row.number, row.reserved_on, row.finding = "waiting", None, None, None
                session.flush()
            line = rows.line_of(session, row.holder, order.as_of)
            others = tuple(each for each in line.next if each != row.workflow_id)
            return Overgeslagen(plaats=_told(session, row, order.as_of), volgende=others)

    def _skip(self, row: PlaceRow, order: Overslaan) -> SkipRow:
        return SkipRow(
            place_id=row.id,
            key=order.sleutel,
            skipped_on=order.as_of,
            reden=order.reden,
            rol=order.door.rol,
            org=order.door.organisatie,
            worker=order.door.medewerker,
            recorded_at=self._clock(),
        )

    @activity.defn(name="wie_nu")
    def whose_turn(self, order: WieNu) -> AanDeBeurt:
        """Who would get a place if they asked: after something was given back, or a contingent grew."""
        with bugs_are_permanent(), self._database.read() as session:
            lines = [rows.line_of(session, each, order.as_of) for each in rows.holders(session, order.houder)]
            return AanDeBeurt(workflow_ids=tuple(each for line in lines for each in line.next))

    @activity.defn(name="gesloten")
    def closed(self, order: WieGesloten) -> Gesloten:
        """Who has a place, or waits for one, where there is no contingent on a day."""
        with bugs_are_permanent(), self._database.read() as session:
            lines = [rows.line_of(session, each, order.as_of) for each in rows.holders(session, order.houder)]
            touched = [row for line in lines if line.places.value is None for row in line.rows]
            return Gesloten(
                geplaatst=tuple(row.workflow_id for row in touched if row.status in HELD),
                wachtend=tuple(row.workflow_id for row in touched if row.status == "waiting"),
            )


class Plaatsmeldingen:
    """Tells trajectories that a place is free for them."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @activity.defn(name="wachtenden_verwittigen")
    async def tell(self, order: Verwittiging) -> Verwittigd:
        """Wakes each of them; one that has ended is named, so that what it still has can be given back."""
        reached, ended = [], []
        for workflow_id in order.workflow_ids:
            try:
                waiting = self._client.get_workflow_handle(workflow_id)
                await waiting.signal("plaats_vrij", PlaatsVrij(datum=order.datum))
                reached.append(workflow_id)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
                ended.append(workflow_id)
        return Verwittigd(bereikt=tuple(reached), beeindigd=tuple(ended))


def _locked(session: Session, workflow_id: str, ronde: int) -> PlaceRow | None:
    """One request, read after every holder that this trajectory has to do with was locked."""
    rows.lock(session, rows.holders_of(session, workflow_id))
    return rows.request_of(session, workflow_id, ronde)


def _check_first(session: Session, vraag: PlaatsVraag) -> None:
    """One claim at a time, and no second place at the same holder; raises PlaatsGeweigerd."""
    for row in rows.live_of(session, vraag.workflow_id, besides=vraag.ronde):
        if row.status in CLAIMED:
            raise PlaatsGeweigerd(f"ronde: ronde {row.ronde} bij {row.holder} loopt nog; geef die eerst vrij")
        if row.holder == vraag.houder:
            raise PlaatsGeweigerd(f"houder: dit traject heeft al een plaats bij {row.holder}")


def _reserve(session: Session, row: PlaceRow, as_of: date) -> None:
    """Promises the lowest free number when there is a place for this one now."""
    line = rows.line_of(session, row.holder, as_of)
    found = line.place_for(row.workflow_id)
    if found.value:
        rows.pass_on(session, line, row)
        row.status, row.number, row.reserved_on = "reserved", line.free_number, as_of
        row.finding = found.model_dump(mode="json")
        session.flush()


def _release(row: PlaceRow, reason: str, on: date) -> None:
    row.status, row.number, row.released_on, row.reason = "released", None, on, reason


def _told(session: Session, row: PlaceRow, as_of: date) -> Plaats:
    """Where a request stands now."""
    line = rows.line_of(session, row.holder, as_of)
    if row.status in CLAIMED and line.places.value is None:
        return _no_contingent(row.holder, row.ronde, rules.may_reserve(line.used, line.places))
    return Plaats(
        status=STATUS[row.status],
        houder=row.holder,
        ronde=row.ronde,
        positie=line.position(row.workflow_id),
        sinds=row.released_on or row.occupied_from or row.reserved_on,
        reden=_why(row, line),
    )


def _why(row: PlaceRow, line: Line) -> Finding[bool]:
    if row.status == "released":
        return rules.given_back(row.released_on or row.asked_on, row.reason or "")
    if row.finding is not None:
        return Finding[bool].model_validate(row.finding)
    return line.place_for(row.workflow_id)


def _no_contingent(houder: str, ronde: int, found: Finding[bool]) -> Plaats:
    return Plaats(status="geen_contingent", houder=houder, ronde=ronde, reden=found)
