"""Where business dates live: Europe/Brussels, on nights that have 23 or 25 hours too."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")


def local_date(moment: datetime) -> date:
    """The date in Brussels at a moment; raises ValueError when the moment has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone has no local date")
    return moment.astimezone(BRUSSELS).date()


def at_hour(day: date, hour: int) -> datetime:
    """The moment, in UTC, at which the clocks of Brussels show that full hour on that day.

    Of an hour that comes twice (October) it is the first; for one that is skipped (March) it is the next.
    """
    return datetime.combine(day, time(hour), BRUSSELS).astimezone(UTC)
