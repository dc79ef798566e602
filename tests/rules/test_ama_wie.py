"""Who may tell something of an AMA unasked: who accompanies today, and for some things the trekker only."""

from datetime import date, timedelta
from typing import Any

import pytest

from models.actors import OPERATIES, Actor, Rol
from models.ama import BegeleiderWisselen, UrenMelden
from models.ama_case import AmaState
from models.law import Law
from models.messages import Rechtzetten
from models.phases import Begeleid
from rules.amaboek import AMABOEK
from tests.rules.ama_examples import BEGELEIDER, START, agreement, facts

TODAY = date(2026, 7, 1)
SECOND = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-CGG-ARTEVELDE")
STRANGER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-ELDERS")
HOURS = UrenMelden.model_validate({"datum": TODAY, "week_van": TODAY, "uren": "4"})
SWITCH = BegeleiderWisselen.model_validate({"datum": TODAY, "organisatie": "ORG-ELDERS"})
RIGHT = Rechtzetten.model_validate({"datum": TODAY, "veld": "start", "oud": "x", "nieuw": "y", "waarom": "z"})


def may(speaker: Actor, command: Any, law: Law, **second: Any) -> bool:
    other = agreement(nummer=2, begeleider=SECOND.organisatie, **second)
    state = AmaState(law=law, facts=facts(overeenkomsten=(agreement(), other)), phase=Begeleid())
    return AMABOEK.may_send(speaker, command, state) and AMABOEK.of_the_file(speaker, state, TODAY)


@pytest.mark.parametrize("command", [HOURS, RIGHT], ids=["hours", "a correction"])
@pytest.mark.parametrize(
    ("last_day", "allowed"),
    [
        pytest.param(None, True, id="runs"),
        pytest.param(TODAY + timedelta(days=30), True, id="announced to end"),
        pytest.param(TODAY, True, id="its last day"),
        pytest.param(TODAY - timedelta(days=1), False, id="ended yesterday"),
        pytest.param(START, False, id="ended long ago"),
    ],
)
def test_who_accompanies_at_a_further_werkpost_speaks_until_its_last_day(
    law: Law, command: Any, last_day: date | None, allowed: bool
) -> None:
    """From the day after it is a stranger here, however far back the word is dated; the trekker always speaks."""
    assert may(SECOND, command, law, einde=last_day) is allowed
    before = command.model_copy(update={"datum": START})
    assert may(SECOND, before, law, einde=last_day) is allowed
    assert may(BEGELEIDER, command, law, einde=last_day)
    assert not may(STRANGER, command, law, einde=last_day)


@pytest.mark.parametrize(
    ("speaker", "allowed"), [(BEGELEIDER, True), (OPERATIES, True), (SECOND, False), (STRANGER, False)]
)
def test_only_the_trekker_gives_the_whole_to_another(law: Law, speaker: Actor, allowed: bool) -> None:
    """Or operations; whoever accompanies at one werkpost does not take the rest along."""
    assert may(speaker, SWITCH, law) is allowed
