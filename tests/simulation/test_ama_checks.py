"""Each check of the AMA fails on something that is wrong, made by hand: none of them is a check that cannot fail."""

from datetime import timedelta
from typing import Any

import pytest

from models.ama_stand import AmaStand, Begeleidingsperiode
from models.ama_verloop import Toestemming
from models.steps import Toestemmingsregel
from tests.simulation import ama_checks as checks
from tests.simulation.history import Life, Rest
from tests.simulation.test_checks import NOON, life, owed, stand, timer

TODAY = NOON.date()
TOMORROW = TODAY + timedelta(days=1)
GIVEN: dict[str, Any] = {"antwoord": "toelating", "vanaf": TODAY}


def begun(told: dict[str, Any] | None, *updates: tuple[int, str, dict[str, Any]]) -> Life:
    """An agreement that began today for somebody on leefloon, with what the agency answered."""
    runs = Begeleidingsperiode(nummer=1, begeleider="ORG-EEN", werkpost="ORG-TWEE", van=TODAY)
    known = Toestemming(nummer=1, statuut="leefloon", instantie="ocmw", sinds=TODAY, **(told or {}))
    lines = (Toestemmingsregel(organisatie="ORG-EEN", toestemming=known),)
    where = stand("begeleid").model_copy(update={"ama": AmaStand(variant="wvg", overeenkomsten=(runs,))})
    found = life()
    found.steps = [found.steps[0].model_copy(update={"toestemmingen": lines, "stand": where})]
    found.begun_with = {"statuten": [{"code": "leefloon", "van": "2020-01-01"}]}
    found.updates = list(updates)
    return found


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        pytest.param(GIVEN, 0, id="given"),
        pytest.param({}, 1, id="not answered"),
        pytest.param({"antwoord": "geweigerd"}, 1, id="refused"),
        pytest.param(GIVEN | {"vanaf": TOMORROW}, 1, id="from tomorrow on"),
        pytest.param(GIVEN | {"ingetrokken_per": TODAY}, 1, id="taken back"),
        pytest.param(GIVEN | {"ingetrokken_per": TOMORROW}, 0, id="taken back from tomorrow on"),
        pytest.param(GIVEN | {"vervallen": True}, 1, id="replaced"),
    ],
)
def test_nothing_begins_without_its_permission(told: dict[str, Any], wrong: int) -> None:
    """What counts is what the agency allowed on the first day."""
    assert len(list(checks.begun_without_permission(begun(told)))) == wrong


def test_a_new_statuut_asks_its_own_permission() -> None:
    """A statuut that was told before the start counts; one that was ended does not."""
    arts = {"code": "arbeidsongeschikt_werknemer", "vanaf": str(TODAY)}
    assert list(checks.begun_without_permission(begun(GIVEN, (0, "statuut_melden", arts))))
    free = {"code": "geen", "vanaf": str(TODAY), "eindigt": "leefloon"}
    assert not list(checks.begun_without_permission(begun({}, (0, "statuut_melden", free))))


def test_an_open_ama_waits_for_somebody() -> None:
    """A duty with a date or a timer is enough, and after the end nothing is needed."""
    where: dict[str, Any] = {"moment": NOON, "stand": stand("aangemeld"), "timers": (), "duties": {}}
    assert list(checks.of_ama(Rest(**where)))
    assert not list(checks.of_ama(Rest(**where | {"timers": (timer(),)})))
    assert not list(checks.of_ama(Rest(**where | {"duties": {"x": owed(key="x")}})))
    assert not list(checks.of_ama(Rest(**where | {"stand": stand("ama_gesloten")})))
