"""Messages leave between eight and six, each reader at an hour of their own."""

from datetime import timedelta

import pytest

from activities.post_office import send_hour
from tests.post.world import JAN, MONDAY, World

VAN, TOT = 8, 18


def test_the_hours_of_readers_are_spread_over_the_day() -> None:
    """Every hour has its share, none outside the window, and a reader keeps theirs."""
    hours = [send_hour(f"MW-{number:04}", VAN, TOT) for number in range(2000)]
    shares = [hours.count(hour) for hour in range(VAN, TOT)]
    assert sum(shares) == len(hours)
    assert min(shares) > 150
    assert send_hour(JAN, VAN, TOT) == send_hour(JAN, VAN, TOT)


@pytest.mark.parametrize("hour", [7, 18, 23])
async def test_nothing_leaves_outside_the_hours(world: World, hour: int) -> None:
    """Also when somebody triggers the round at night."""
    world.duty(world.dossier(), "review/1", MONDAY)
    await world.digest(MONDAY)
    assert (await world.post(MONDAY, hour=hour)).sent == 0


async def test_a_reader_is_served_from_their_hour_on(world: World) -> None:
    """Not before, and in a later round when theirs was missed."""
    world.duty(world.dossier(), "review/1", MONDAY)
    await world.digest(MONDAY)
    hour = send_hour(JAN, VAN, TOT)
    sent = [(await world.post(MONDAY, hour=each)).sent for each in range(VAN, hour)]
    assert sum(sent) == 0
    assert (await world.post(MONDAY, hour=TOT - 1)).sent == 1
    assert (await world.post(MONDAY + timedelta(days=1), hour=TOT - 1)).sent == 0
