"""The schedules of the post office, as operations see them in the Temporal UI."""

from temporalio.client import ScheduleActionStartWorkflow, ScheduleOverlapPolicy

from models.mail import Ronde
from workflows.schedules import definitions

WEEKDAYS = {1, 2, 3, 4, 5}


def test_both_rounds_run_on_weekdays_in_brussels() -> None:
    """Digests are there before the first hour in which messages leave; the post looks every hour."""
    hours = {}
    for name, schedule in definitions("trajecten").items():
        (calendar,) = schedule.spec.calendars
        (days,), (hour,) = calendar.day_of_week, calendar.hour
        assert set(range(days.start, days.end + 1)) == WEEKDAYS
        assert schedule.spec.time_zone_name == "Europe/Brussels"
        hours[name] = list(range(hour.start, max(hour.start, hour.end) + 1))
    assert hours == {"digest": [7], "post": list(range(24))}


def test_a_round_takes_its_day_from_its_schedule_and_never_overlaps() -> None:
    """So that a trigger or a catch-up is safe; what was missed long ago is left to the next round."""
    for name, schedule in definitions("trajecten").items():
        assert isinstance(schedule.action, ScheduleActionStartWorkflow)
        assert (schedule.action.workflow, list(schedule.action.args)) == (name, [Ronde()])
        assert schedule.policy.overlap is ScheduleOverlapPolicy.SKIP
        assert schedule.policy.catchup_window is not None
