"""A record with people in arbeidsmatige activiteiten, as their trajectories told, for the tests of the statements."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import delete, update

from activities.bedragen import AmountTable
from activities.database import Database
from models.ama_stand import AmaStand, Rustperiode, Variant
from models.kwartaal import Plaatsen
from models.subsidie import Begeleid
from models.tables import (
    ContingentHolderRow,
    ContingentRow,
    DossierRow,
    PersonRow,
    PlaceRow,
    TrajectRow,
)
from tests.activities.record_steps import NOW

SOORT: dict[Variant, str] = {"wvg": "arbeidsmatige_activiteiten", "se": "ama_se"}
SURNAME = "Verzonnen"
GENT = "44021"


def is_there(
    database: Database,
    who: Begeleid,
    variant: Variant = "wvg",
    contingent: str | None = None,
    ordinal: int = 1,
    is_open: bool = True,
) -> str:
    """Somebody with a trajectory that told its agreements and suspensions; gives its workflow id."""
    soort = SOORT[variant]
    workflow_id = f"ama/{who.kenmerk}" + (f"-{ordinal}" if ordinal > 1 else "")
    with database.begin() as session:
        if session.get(DossierRow, who.kenmerk) is None:
            person = PersonRow(
                first_name="Noor", last_name=SURNAME, birth_date=date(1990, 2, 28), nis_code=GENT
            )
            session.add(person)
            session.flush()
            dossier = {"domain": "activering_ama", "year": 2026, "created_on": NOW.date(), "recorded_at": NOW}
            session.add(DossierRow(reference=who.kenmerk, person_id=person.id, nis_code=GENT, **dossier))
            session.flush()
        session.add(
            TrajectRow(
                workflow_id=workflow_id,
                reference=who.kenmerk,
                soort=soort,
                ordinal=ordinal,
                nis_code=GENT,
                started_on=NOW.date(),
                stand=stand(who, variant, contingent),
                is_open=is_open,
                recorded_at=NOW,
            )
        )
    return workflow_id


def stand(who: Begeleid, variant: Variant = "wvg", contingent: str | None = None) -> dict[str, Any]:
    """The part of a stand that statements read."""
    ama = AmaStand(
        variant=variant,
        overeenkomsten=who.overeenkomsten,
        rusten=tuple(Rustperiode(**each.model_dump()) for each in who.rusten),
        contingent=contingent,
    )
    return {"fase": "lopend", "ama": ama.model_dump(mode="json")}


def now_tells(
    database: Database,
    workflow_id: str,
    who: Begeleid | None,
    variant: Variant = "wvg",
    contingent: str | None = None,
) -> None:
    """What a trajectory tells from now on; None when nothing of it is left."""
    told = stand(who, variant, contingent) if who else None
    with database.begin() as session:
        session.execute(update(TrajectRow).where(TrajectRow.workflow_id == workflow_id).values(stand=told))


def has_places(database: Database, houder: str, places: Sequence[Plaatsen]) -> None:
    """The contingent of a holder, instead of the one that ships with the product."""
    with database.begin() as session:
        session.execute(delete(ContingentRow).where(ContingentRow.holder == houder))
        if session.get(ContingentHolderRow, houder) is None:
            session.add(ContingentHolderRow(org=houder))
            session.flush()
        for each in places:
            session.add(
                ContingentRow(
                    holder=houder,
                    valid_from=each.van,
                    valid_to=each.tot,
                    places=each.aantal,
                    source="test",
                    status="law",
                )
            )


def had_place(
    database: Database,
    workflow_id: str,
    houder: str,
    van: date,
    released_on: date | None = None,
    ronde: int = 1,
) -> None:
    """A place that a trajectory took, and gave back."""
    with database.begin() as session:
        session.add(
            PlaceRow(
                workflow_id=workflow_id,
                ronde=ronde,
                holder=houder,
                decided_on=van,
                priority=False,
                status="released" if released_on else "occupied",
                number=None if released_on else 1,
                asked_on=van,
                reserved_on=van,
                occupied_from=van,
                released_on=released_on,
                reason="andere_plaats" if released_on else None,
                recorded_at=NOW,
            )
        )


def table_with(folder: Path, rows: Iterable[tuple[str, str, date]]) -> AmountTable:
    """The shipped table of amounts with rows added, in a file of one's own."""
    path = folder / "bedragen.yaml"
    shipped = AmountTable().read().parameters
    written = [_row(p.name, p.value, p.geldig_van, p.status) for p in shipped]
    written += [_row(name, value, van, "law") for name, value, van in rows]
    path.write_text("\n".join(written), "utf-8")
    return AmountTable(path)


def _row(name: str, value: str, van: date, status: str) -> str:
    return f'- {{name: {name}, value: "{value}", geldig_van: {van}, status: {status}, bron: x, uitleg: "{name}."}}'
