"""Onthaaltrajecten in the record that told of measurements, for the tests of the rights report."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any

from activities.database import Database
from models.tables import DossierRow, EventRow, PersonRow, TrajectRow
from tests.activities.record_steps import NOW

BEFORE, AFTER = date(2027, 2, 1), date(2027, 5, 3)
GENT, BRUGGE = "44021", "31005"
ENERGY, BILL = "sociaal_tarief_energie", "maximumfactuur"
NAME = "Verzonnen"
Benefits = dict[str, dict[str, Any]]


class Measurements:
    """A record in which one onthaaltraject after another tells what was measured."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._numbers: Iterator[int] = count(1)

    def traject(self, nis_code: str = GENT, soort: str = "onthaaltraject") -> str:
        """Another person with a trajectory in a municipality."""
        number = next(self._numbers)
        reference = f"OT-2027-{number:06}"
        workflow_id = f"{soort}/{reference}"
        person = PersonRow(first_name="Noor", last_name=NAME, birth_date=date(1990, 2, 28), nis_code=nis_code)
        with self.database.begin() as session:
            session.add(person)
            session.flush()
            dossier = {"domain": "onthaal", "year": 2027, "created_on": BEFORE, "recorded_at": NOW}
            session.add(DossierRow(reference=reference, person_id=person.id, nis_code=nis_code, **dossier))
            session.flush()
            session.add(
                TrajectRow(
                    workflow_id=workflow_id,
                    reference=reference,
                    soort=soort,
                    ordinal=1,
                    nis_code=nis_code,
                    started_on=BEFORE,
                    recorded_at=NOW,
                )
            )
        return workflow_id

    def tell(self, workflow_id: str, soort: str, datum: date, **gegevens: Any) -> None:
        """One event of a trajectory."""
        contents = {"tekst": "x", "findings": [], "digest": "x", "recorded_at": NOW}
        with self.database.begin() as session:
            session.add(
                EventRow(
                    workflow_id=workflow_id,
                    seq=next(self._numbers),
                    soort=soort,
                    datum=datum,
                    ingevoerd_op=datum,
                    gegevens=gegevens,
                    **contents,
                )
            )

    def measure(
        self,
        workflow_id: str,
        soort: str,
        benefits: Benefits,
        datum: date | None = None,
        methode: str = "gesprek",
        minuten: int = 30,
    ) -> None:
        """A zero or end measurement, as the command `rechten_meten` stands in the event log."""
        rechten = [
            {
                "code": code,
                "recht": "ja",
                "ontvangt": False,
                "aangevraagd": False,
                "resultaat": "geen",
                "drempel": None,
                **seen,
            }
            for code, seen in benefits.items()
        ]
        self.tell(
            workflow_id,
            "rechten_meten",
            datum or (BEFORE if soort == "nul" else AFTER),
            bron="telefoon",
            meting=soort,
            methode=methode,
            minuten=minuten,
            fiche="2027-01",
            rechten=rechten,
        )

    def people(
        self, number: int, nul: Benefits, eind: Benefits, nis_code: str = GENT, **more: Any
    ) -> list[str]:
        """So many persons of whom the same was seen at the start and at the end."""
        made = [self.traject(nis_code) for _ in range(number)]
        for workflow_id in made:
            self.measure(workflow_id, "nul", nul, **more)
            self.measure(workflow_id, "eind", eind, **more)
        return made
