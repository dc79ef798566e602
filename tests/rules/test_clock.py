"""Business dates and hours in Brussels, through both nights on which the clock changes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.clock import BRUSSELS, at_hour, local_date

LOCAL_DATES = [
    (datetime(2027, 1, 14, 22, 59, tzinfo=UTC), date(2027, 1, 14)),
    (datetime(2027, 1, 14, 23, 0, tzinfo=UTC), date(2027, 1, 15)),
    (datetime(2027, 7, 14, 21, 59, tzinfo=UTC), date(2027, 7, 14)),
    (datetime(2027, 7, 14, 22, 0, tzinfo=UTC), date(2027, 7, 15)),
    (datetime(2027, 3, 27, 23, 0, tzinfo=UTC), date(2027, 3, 28)),
    (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
    (datetime(2027, 3, 28, 22, 0, tzinfo=UTC), date(2027, 3, 29)),
    (datetime(2027, 10, 30, 22, 0, tzinfo=UTC), date(2027, 10, 31)),
    (datetime(2027, 10, 31, 22, 59, tzinfo=UTC), date(2027, 10, 31)),
    (datetime(2027, 12, 31, 23, 0, tzinfo=UTC), date(2028, 1, 1)),
    (datetime(2028, 2, 28, 23, 0, tzinfo=UTC), date(2028, 2, 29)),
]
HOURS = [
    (date(2027, 1, 15), 7, datetime(2027, 1, 15, 6, tzinfo=UTC)),
    (date(2027, 7, 15), 7, datetime(2027, 7, 15, 5, tzinfo=UTC)),
    (date(2027, 3, 28), 0, datetime(2027, 3, 27, 23, tzinfo=UTC)),
    (date(2027, 3, 28), 2, datetime(2027, 3, 28, 1, tzinfo=UTC)),
    (date(2027, 3, 28), 7, datetime(2027, 3, 28, 5, tzinfo=UTC)),
    (date(2027, 10, 31), 2, datetime(2027, 10, 31, 0, tzinfo=UTC)),
    (date(2027, 10, 31), 3, datetime(2027, 10, 31, 2, tzinfo=UTC)),
    (date(2027, 10, 31), 7, datetime(2027, 10, 31, 6, tzinfo=UTC)),
]


@pytest.mark.parametrize(("moment", "expected"), LOCAL_DATES)
def test_the_business_date_is_the_date_in_brussels(moment: datetime, expected: date) -> None:
    """Midnight in Brussels, in winter and in summer, is where the next business date begins."""
    assert local_date(moment) == expected


def test_a_moment_without_zone_has_no_business_date() -> None:
    """A naive moment is refused, not read in the zone of the machine."""
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2027, 1, 1, 12))


@pytest.mark.parametrize(("day", "hour", "expected"), HOURS)
def test_an_hour_is_the_hour_on_the_clocks_of_that_day(day: date, hour: int, expected: datetime) -> None:
    """Seven o'clock is seven o'clock on the wall on both clock-change days, given in UTC."""
    moment = at_hour(day, hour)
    assert moment == expected
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(("day", "length"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25)])
def test_a_clock_change_day_is_an_hour_shorter_or_longer(day: date, length: int) -> None:
    """From midnight to midnight the March night has 23 hours and the October night 25."""
    assert at_hour(day + timedelta(days=1), 0) - at_hour(day, 0) == timedelta(hours=length)


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29)])
def test_every_working_hour_stays_on_its_own_day(day: date) -> None:
    """An hour of a day, read back, is that hour of that day."""
    for hour in range(7, 24):
        moment = at_hour(day, hour)
        assert (local_date(moment), moment.astimezone(BRUSSELS).hour) == (day, hour)
