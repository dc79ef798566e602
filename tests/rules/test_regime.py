"""Under which decree a request runs: the day it was registered decides, and the day is law."""

from datetime import date

import pytest

from models.law import Law
from rules.regime import NAME, regime_of


@pytest.mark.parametrize(
    ("asked", "regime"),
    [
        pytest.param("2014-04-25", "d2014", id="the first decree"),
        pytest.param("2023-06-30", "d2014", id="the last day of the decree of 2014"),
        pytest.param("2023-07-01", "d2022", id="the first day of the decree of 2022"),
        pytest.param("2027-01-04", "d2022", id="years later"),
    ],
)
def test_the_day_of_the_request_decides(law: Law, asked: str, regime: str) -> None:
    """What was asked before 1 July 2023 runs to its end under the decree of 2014 (art. 40)."""
    found = regime_of(date.fromisoformat(asked), law)
    assert (found.value, found.article, found.status) == (regime, "D2022 art. 40", "law")
    assert NAME[found.value] in found.reden
