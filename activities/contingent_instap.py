"""The place of somebody whose AMA in the social economy ran before it was entered: written once, never over-booked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities import contingent_rows as rows
from activities.persons import warning
from models.aanvraag import AanvraagOngeldig
from models.ama_instap import Instapplaats
from models.ama_verloop import Periode
from models.findings import Finding
from models.tables import ContingentRow, PlaceRow
from rules import contingent as rules


def place_there_is(session: Session, plaats: Instapplaats, beside: Sequence[Instapplaats]) -> Finding[bool]:
    """Why somebody can have had this place, with those beside it in the file; raises AanvraagOngeldig."""
    if plaats.houder not in rows.holders(session, plaats.houder):
        raise AanvraagOngeldig("plaats.houder", "is geen maatwerkbedrijf met een contingent")
    known = rows.held_at(session, plaats.houder)
    known += [Periode(van=each.sinds) for each in beside if each.houder == plaats.houder]
    kept = session.scalars(select(ContingentRow).where(ContingentRow.holder == plaats.houder))
    found = rules.may_have_had(plaats.sinds, known, [rows.contingent(row) for row in kept])
    if not found.value:
        field = "houder" if "bezet" in found.facts else "sinds"
        raise AanvraagOngeldig(f"plaats.{field}", f"{found.reden} ({found.article})")
    return found


def remarks(session: Session, plaats: Instapplaats, op: date) -> list[Finding[None]]:
    """What a person should look at: a contingent that is smaller now than what is taken of it, or is closed."""
    line = rows.line_of(session, plaats.houder, op)
    if line.places.value is None:
        reden = "Het contingent is gesloten; de dagelijkse controle vraagt een nieuwe plaats, met voorrang."
        return [warning("instap.contingent", reden, *line.places.parameters)]
    if line.used >= line.places.value:
        reden = "Het contingent is nu kleiner dan wat ervan bezet is; wie een plaats had, houdt ze."
        return [warning("instap.contingent", reden, *line.places.parameters)]
    return []


def take_place(session: Session, workflow_id: str, plaats: Instapplaats, recorded_at: datetime) -> None:
    """Writes the place that is taken since a day; whoever else asks at this holder waits until it is written."""
    rows.lock(session, [plaats.houder])
    found = place_there_is(session, plaats, ())
    line = rows.line_of(session, plaats.houder, plaats.sinds)
    session.add(
        PlaceRow(
            workflow_id=workflow_id,
            ronde=1,
            holder=plaats.houder,
            decided_on=plaats.beslist_op or plaats.sinds,
            priority=False,
            status="occupied",
            number=line.free_number,
            asked_on=plaats.sinds,
            reserved_on=plaats.sinds,
            occupied_from=plaats.sinds,
            finding=found.model_dump(mode="json"),
            recorded_at=recorded_at,
        )
    )
    session.flush()
