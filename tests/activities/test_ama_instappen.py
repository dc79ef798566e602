"""AMA that runs is entered once: a dossier of its first year, its statuut, and the state its workflow starts in."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlalchemy import func, select

from activities.ama_instappen import AmaInstappen
from activities.ama_record import AmaRecord
from activities.database import Database
from activities.trajectories import beginning
from activities.waiting import Waiting
from desk.forms import understood
from models.aanvraag import AanvraagOngeldig, Registered
from models.actors import OPERATIES
from models.ama_case import AmaStart
from models.ama_instap import AmaInstap
from models.ama_orders import BeginOrder
from models.case import Patience
from models.law import LawOrder
from models.tables import DossierRow, PersonRow, StatuutPeriodRow, TrajectRow
from rules.ama_instap import complaints, entered
from settings import ROOT
from tests.activities.ama_rows import SE, a_dossier, add_ama
from tests.activities.record_steps import clock
from tests.law import shipped_law, shipped_tables
from tests.rules.test_ama_instap import OP, SECOND, START, told

SECRETS = ("Noor", "Verzonnen", "1990", "NERGENS")


@pytest.fixture
def register(database: Database) -> AmaInstappen:
    return AmaInstappen(database, clock)


def enter(register: AmaInstappen, **changes: Any) -> Registered:
    instap = told(**changes)
    return register.enter(instap, entered(instap, shipped_law(), OP, OPERATIES))


def count(database: Database, row: type[Any]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(row)) or 0


def test_it_is_registered_with_the_state_in_which_it_starts(
    database: Database, register: AmaInstappen
) -> None:
    """A number of its first year, its true start, and a mark that it runs since then."""
    answer = enter(register)
    assert (answer.reference, answer.workflow_id) == ("WZ-2018-000001", "ama/WZ-2018-000001")
    (waiting,) = Waiting(database).unstarted()
    law = shipped_tables().snapshot(LawOrder(as_of=OP, horizon=OP))
    start = beginning(waiting, law, Patience(attempt_seconds=5, attempts=3))
    assert isinstance(start, AmaStart)
    assert start.state is not None
    assert (start.state.facts.reference, start.state.facts.eerste_dag) == (answer.reference, START)
    assert [each.toestemming.nummer for each in start.state.toestemmingen] == [1, 2]
    with database.read() as session:
        row = session.get_one(TrajectRow, answer.workflow_id)
        assert (row.started_on, row.begonnen_op) == (START, START)
    assert count(database, StatuutPeriodRow) == 1


def test_the_same_key_is_the_same_entry(database: Database, register: AmaInstappen) -> None:
    """However often the file is entered; other contents under that key are refused."""
    once = enter(register)
    assert enter(register) == once
    assert [count(database, row) for row in (DossierRow, PersonRow, TrajectRow)] == [1, 1, 1]
    with pytest.raises(AanvraagOngeldig, match=r"^sleutel: "):
        enter(register, laatste_evaluatie="2026-10-02")


def test_the_other_kind_cannot_begin_beside_what_was_entered(
    database: Database, register: AmaInstappen
) -> None:
    """It runs since its first day, also before its workflow told anything."""
    answer = enter(register)
    other = add_ama(database, answer.reference, SE, 2)
    order = {"workflow_id": other, "reference": answer.reference, "variant": "se", "start": OP}
    found = AmaRecord(database).begin(BeginOrder.model_validate(order | {"organisatie": "ORG-X"}))
    assert [each.rule for each in found.bezwaren] == ["ama_begin.not_with_the_other"]


def test_it_joins_a_dossier_that_is_known(database: Database, register: AmaInstappen) -> None:
    """One open AMA of a kind: a second is refused by its field."""
    reference = a_dossier(database)
    assert enter(register, dossier=reference).reference == reference
    with pytest.raises(AanvraagOngeldig, match=r"^dossier: "):
        enter(register, sleutel="tweede", dossier=reference)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("nis_code", {"nis_code": "44999"}),
        ("begeleider", {"begeleider": "ORG-NERGENS"}),
        ("medewerker", {"medewerker": "MW-0503"}),
        ("overeenkomsten.0.werkpost", {"overeenkomsten": [{**SECOND, "werkpost": "ORG-NERGENS"}]}),
        ("overeenkomsten.0.begeleider", {"overeenkomsten": [{**SECOND, "begeleider": "ORG-NERGENS"}]}),
    ],
)
def test_what_nobody_knows_is_refused_by_its_field(
    database: Database, register: AmaInstappen, field: str, changes: dict[str, Any]
) -> None:
    """The field and the rule, never what was filled in; nothing is stored, nor when it is only looked at."""
    for attempt in (lambda: register.remarks(told(**changes), OP), lambda: enter(register, **changes)):
        with pytest.raises(AanvraagOngeldig) as refused:
            attempt()
        assert refused.value.veld == field
        assert not any(secret in str(refused.value) for secret in SECRETS)
    assert count(database, PersonRow) == 0


def test_looking_first_shows_what_stops_nothing(database: Database, register: AmaInstappen) -> None:
    """Somebody of the same name and birth; nothing is stored."""
    a_dossier(database)
    assert [each.rule for each in register.remarks(told(), OP)] == ["aanvraag.zelfde_persoon"]
    assert count(database, DossierRow) == 1


def test_the_examples_can_be_entered(register: AmaInstappen) -> None:
    """Somebody who copies them has something that works, without a remark."""
    text = Path(ROOT / "data" / "voorbeelden" / "instap_ama.yaml").read_text("utf-8")
    op = date(2026, 11, 28)
    for written in YAML(typ="safe", pure=True).load(text):
        instap = AmaInstap.model_validate(understood(AmaInstap, written))
        assert not list(complaints(instap, shipped_law(), op))
        assert not register.remarks(instap, op)
        register.enter(instap, entered(instap, shipped_law(), op, OPERATIES))
