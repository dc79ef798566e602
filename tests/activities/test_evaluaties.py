"""A yearly evaluation is registered once for each anniversary of each AMA, and starts with what it needs."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from activities.database import Database
from activities.evaluaties import EvaluatieRegister, evaluation_id
from activities.trajectories import beginning
from activities.waiting import Waiting
from models.actors import Actor, Rol
from models.ama_orders import EvaluatieOrder
from models.case import Patience
from models.evaluatie_case import EvaluatieStart
from models.law import LawOrder
from models.tables import TrajectRow
from player.roles import reference_of
from tests.activities.ama_rows import a_dossier, add_ama
from tests.activities.record_steps import clock
from tests.law import shipped_tables

ANNIVERSARY, WINDOW = date(2027, 11, 2), date(2027, 8, 24)
HILDE = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-OCMW-GENT", medewerker="MW-0404")
TOM = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-OCMW-GENT", medewerker="MW-0409")


@pytest.fixture
def register(database: Database) -> EvaluatieRegister:
    return EvaluatieRegister(database, clock)


def asked(ama: str, nummer: int = 1, **changes: Any) -> EvaluatieOrder:
    """The first evaluation of an AMA, asked on the first day of its window."""
    contents = {
        "workflow_id": ama,
        "reference": reference_of(ama),
        "nis_code": "44021",
        "nummer": nummer,
        "verjaardag": ANNIVERSARY,
        "variant": "wvg",
        "begeleider": HILDE,
        "leiding": {"ORG-OCMW-GENT": TOM},
        "voorwaarden": True,
        "begin": WINDOW,
        "nu": datetime(2027, 8, 24, 5, tzinfo=UTC),
    }
    return EvaluatieOrder.model_validate(contents | changes)


def test_an_evaluation_is_registered_once(database: Database, register: EvaluatieRegister) -> None:
    """Asked again, on another day or with another begeleider, it stays the one that was opened."""
    ama = add_ama(database, a_dossier(database))
    once = register.register(asked(ama))
    again = register.register(asked(ama, begin=ANNIVERSARY, begeleider=TOM))
    assert once == again
    assert (once.workflow_id, once.soort, once.begin) == ("evaluatie/WZ-2026-000001/1", "evaluatie", WINDOW)
    with database.read() as session:
        assert session.scalar(select(func.count()).where(TrajectRow.soort == "evaluatie")) == 1


def test_each_anniversary_of_each_ama_has_its_own(database: Database, register: EvaluatieRegister) -> None:
    """Several may be open beside each other in one dossier, and each number tells the dossier it is of."""
    reference = a_dossier(database)
    first, second = add_ama(database, reference, is_open=False), add_ama(database, reference, ordinal=2)
    made = [register.register(asked(ama, n)).workflow_id for ama, n in ((first, 5), (second, 1), (second, 2))]
    assert made == [f"evaluatie/{reference}/5", f"evaluatie/{reference}-2/1", f"evaluatie/{reference}-2/2"]
    assert {reference_of(each) for each in (*made, first, second)} == {reference}
    assert evaluation_id(second, 2) == made[2]


def test_what_it_starts_with_is_kept_for_whoever_starts_it(
    database: Database, register: EvaluatieRegister
) -> None:
    """A start that was lost is made up by the relay with the same contents, and no data of the person."""
    registered = register.register(asked(add_ama(database, a_dossier(database))))
    (lost,) = [each for each in Waiting(database).unstarted() if each.soort == "evaluatie"]
    assert lost == registered
    law = shipped_tables().snapshot(LawOrder(as_of=WINDOW, horizon=WINDOW))
    start = beginning(lost, law, Patience(attempt_seconds=5, attempts=3))
    assert isinstance(start, EvaluatieStart)
    assert (start.nummer, start.ama, start.verjaardag) == (1, "ama/WZ-2026-000001", ANNIVERSARY)
    assert (start.begeleider, start.voorwaarden, start.start) == (HILDE, True, WINDOW)
