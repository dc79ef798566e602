"""An AMA that follows from VDAB's decision: registered once, with what the dossier knows and the decision says."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from activities.database import Database
from activities.follow_up import FollowUp, StillRunning
from activities.registry import Registry
from activities.trajectories import beginning
from activities.waiting import Waiting
from models.aanvraag import Registered
from models.actors import Actor, Rol
from models.ama_case import AmaStart
from models.ama_verloop import Statuutperiode
from models.case import Patience
from models.follow_up import Vervolg
from models.law import LawOrder
from tests.activities.ama_rows import SE, WVG, add_ama
from tests.activities.record_steps import START, clock, request
from tests.law import shipped_tables

RVA = {"code": "rva", "van": "2024-06-01", "bron": "VDAB", "verwacht_einde": "2026-12-31"}
DECIDED = date(2026, 12, 14)
KAAI = "ORG-MAATWERK-DE-KAAI"


@pytest.fixture
def follow_up(database: Database) -> FollowUp:
    return FollowUp(database, clock, shipped_tables())


@pytest.fixture
def asked(database: Database) -> Registered:
    """A toeleiding of somebody whose statuut is known."""
    answer = Registry(database, clock, shipped_tables()).register(request(soort="toeleiding", statuut=[RVA]))
    assert isinstance(answer, Registered)
    return answer


def order(asked: Registered, soort: str, **chosen: Any) -> Vervolg:
    """What the toeleiding asks on the day of the decision."""
    contents = {
        "workflow_id": asked.workflow_id,
        "reference": asked.reference,
        "nis_code": asked.nis_code,
        "soort": soort,
        "begin": DECIDED,
        "nu": datetime(2026, 12, 14, 9, tzinfo=UTC),
    }
    return Vervolg.model_validate(contents | {"ama": chosen})


def start_of(database: Database, registered: Registered) -> AmaStart:
    """What its workflow starts with, also when the relay makes up for a lost start."""
    (waiting,) = [w for w in Waiting(database).unstarted() if w.workflow_id == registered.workflow_id]
    assert waiting == registered
    law = shipped_tables().snapshot(LawOrder(as_of=START, horizon=START))
    start = beginning(waiting, law, Patience(attempt_seconds=5, attempts=3))
    assert isinstance(start, AmaStart)
    return start


def test_the_social_economy_by_decision(database: Database, follow_up: FollowUp, asked: Registered) -> None:
    """The day of the decision is the place in line; the maatwerkbedrijf is the person's choice."""
    told = follow_up.register(order(asked, SE, houder=KAAI, beslist_op=DECIDED))
    assert told == follow_up.register(order(asked, SE, houder=KAAI, beslist_op=DECIDED))
    assert (told.reference, told.workflow_id) == (asked.reference, f"ama/{asked.reference}")
    start = start_of(database, told)
    assert (start.variant, start.houder, start.beslist_op) == ("se", KAAI, DECIDED)
    assert (start.begeleider, start.start) == (None, DECIDED)
    assert start.statuten == (
        Statuutperiode(code="rva", van=date(2024, 6, 1), verwacht_einde=date(2026, 12, 31)),
    )
    assert (start.achttien_op, start.vijfentwintig_op, start.pensioen_op) == (
        date(2008, 2, 28),
        date(2015, 2, 28),
        date(2057, 3, 1),
    )


@pytest.mark.parametrize(
    ("chosen", "worker"),
    [
        pytest.param("ORG-OCMW-GENT", "MW-0404", id="with somebody who accompanies"),
        pytest.param("ORG-CAW-LEIE", None, id="with a team mailbox"),
    ],
)
def test_welfare_policy_by_choice(
    database: Database, follow_up: FollowUp, asked: Registered, chosen: str, worker: str | None
) -> None:
    """The organisation that the person chose accompanies."""
    start = start_of(database, follow_up.register(order(asked, WVG, begeleider=chosen)))
    assert (start.variant, start.beslist_op) == ("wvg", None)
    assert start.begeleider == Actor(rol=Rol.BEGELEIDER, organisatie=chosen, medewerker=worker)


def test_a_begeleider_whom_nobody_knows_is_asked_of_operations(
    database: Database, follow_up: FollowUp, asked: Registered
) -> None:
    """A slip of the pen in the decision keeps nobody from beginning."""
    told = follow_up.register(order(asked, WVG, begeleider="ORG-NERGENS"))
    assert start_of(database, told).begeleider is None


def test_a_second_of_the_kind_waits_for_a_person(
    database: Database, follow_up: FollowUp, asked: Registered
) -> None:
    """The other kind may be on its way beside it: their days are looked at before the first one."""
    add_ama(database, asked.reference, SE)
    with pytest.raises(StillRunning):
        follow_up.register(order(asked, SE, beslist_op=DECIDED))
    told = follow_up.register(order(asked, WVG, begeleider="ORG-OCMW-GENT"))
    assert told.workflow_id == f"ama/{asked.reference}-2"
