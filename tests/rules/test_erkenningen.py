"""An organisation hears six and three months before its recognition ends, each once, and not after the end."""

from datetime import date

import pytest

from models.law import Law
from rules.erkenningen import reminder_due

ENDS = date(2028, 12, 31)


@pytest.mark.parametrize(
    ("on", "moment"),
    [
        pytest.param(date(2028, 6, 29), None, id="the day before the first moment"),
        pytest.param(date(2028, 6, 30), "6 maanden", id="six months before"),
        pytest.param(date(2028, 9, 29), "6 maanden", id="the day before the second moment"),
        pytest.param(date(2028, 9, 30), "3 maanden", id="three months before"),
        pytest.param(ENDS, "3 maanden", id="the last day"),
        pytest.param(date(2029, 1, 1), None, id="the day after the end"),
    ],
)
def test_the_newest_moment_speaks(law: Law, on: date, moment: str | None) -> None:
    """After a long silence only one message goes: that of the moment that came last."""
    found = reminder_due(ENDS, on, law)
    assert (str(found.value) if found.value else None) == moment
    assert (found.article, found.status) == ("D2022 art. 30", "assumed")


def test_a_leap_day_counts(law: Law) -> None:
    """Six months before 29 August is 29 February where there is one, else the last day of that month."""
    assert str(reminder_due(date(2028, 8, 29), date(2028, 2, 29), law).value) == "6 maanden"
    assert str(reminder_due(date(2027, 8, 29), date(2027, 2, 28), law).value) == "6 maanden"
    assert reminder_due(date(2027, 8, 29), date(2027, 2, 27), law).value is None
