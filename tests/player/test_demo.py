"""The demo's progress counts the steps that the timeline tells of, so that every bar gets full."""

from typing import Any

import pytest

from models.actors import Rol
from player.story import CHECKPOINT, Stap


@pytest.mark.parametrize(
    ("step", "told"),
    [
        pytest.param({"wat": "contactnota"}, True, id="accepted"),
        pytest.param({"wat": "verlengen", "weigering": "harde_regel"}, False, id="refused"),
        pytest.param({"wat": CHECKPOINT}, False, id="no command"),
    ],
)
def test_only_what_is_accepted_moves_the_bar(step: dict[str, Any], told: bool) -> None:
    """A refusal stands in the inbox, not in the timeline."""
    assert Stap.model_validate({"na": "P1M", "wie": Rol.OPERATIES, **step}).leaves_a_line is told
