"""The overview comes weekly to who has something near or new, and daily to who cannot wait."""

from datetime import date, timedelta

from tests.post.world import ADDRESS, AN, CAW, JAN, MONDAY, TUESDAY, VDAB, WEDNESDAY, World, text

EASTER_MONDAY = date(2027, 3, 29)
SATURDAY = MONDAY - timedelta(days=2)


def _written(world: World) -> list[str]:
    return sorted(key for key in world.outbox() if key.startswith("digest/"))


async def test_monday_has_an_overview_for_who_owes_something_near(world: World) -> None:
    """Due in two weeks: on Monday, and not on Tuesday again."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=14))
    assert (await world.digest(MONDAY)).written == 1
    assert (await world.digest(TUESDAY)).written == 0
    assert _written(world) == [f"digest/{JAN}@{CAW}/{MONDAY}"]


async def test_nothing_near_or_new_is_nothing_to_say(world: World) -> None:
    """Due in months, opened long ago, without a date, answered, or not open yet: no overview."""
    case = world.dossier()
    world.duty(case, "later", MONDAY + timedelta(days=60))
    world.duty(case, "resting", None)
    world.duty(case, "answered", MONDAY, status="answered")
    world.duty(case, "tomorrow", MONDAY, opened_on=TUESDAY)
    assert not world.digests().has_something(MONDAY)
    assert (await world.digest(MONDAY)).written == 0
    assert world.digests().has_something(TUESDAY)


async def test_what_is_near_comes_every_working_day(world: World) -> None:
    """From three days before its date, and as long as it is late; never in a weekend."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=7))
    for days in range(10):
        await world.digest(MONDAY + timedelta(days=days))
    near = [MONDAY + timedelta(days=days) for days in (0, 4, 7, 8, 9)]
    assert _written(world) == [f"digest/{JAN}@{CAW}/{day}" for day in near]


async def test_a_talk_comes_up_early_with_its_sheet(world: World) -> None:
    """From five days before an evaluation: the mail says where the preparation sheet is, by reference only."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=7), kind="review")
    world.duty(case, "trajectplan", MONDAY + timedelta(days=7))
    for days in range(1, 5):
        await world.digest(MONDAY + timedelta(days=days))
    assert _written(world) == [f"digest/{JAN}@{CAW}/{MONDAY + timedelta(days=days)}" for days in (2, 3, 4)]
    await world.post(MONDAY + timedelta(days=2))
    (mail,) = world.received
    sheets = [line.strip() for line in text(mail).splitlines() if "Voorbereiden" in line]
    assert sheets == ["Voorbereiden: werkzorg report render voorbereidingsfiche WZ-2027-000123"]


async def test_a_monday_off_moves_the_overview_to_tuesday(world: World) -> None:
    """Easter Monday has none, the Tuesday after it has."""
    case = world.dossier()
    world.duty(case, "review/1", EASTER_MONDAY + timedelta(days=14))
    for days in range(4):
        await world.digest(EASTER_MONDAY + timedelta(days=days))
    assert _written(world) == [f"digest/{JAN}@{CAW}/{EASTER_MONDAY + timedelta(days=1)}"]


async def test_a_closure_moves_the_overview_of_that_organisation_only(world: World) -> None:
    """Its overview comes on its first open day; the others have theirs on Monday."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=14))
    world.duty(case, "plan", MONDAY + timedelta(days=14), AN, org=VDAB)
    world.closed(CAW, MONDAY, TUESDAY)
    for day in (MONDAY, TUESDAY, WEDNESDAY, WEDNESDAY + timedelta(days=1)):
        await world.digest(day)
    assert _written(world) == [f"digest/{AN}@{VDAB}/{MONDAY}", f"digest/{JAN}@{CAW}/{WEDNESDAY}"]


async def test_sections_follow_the_date(world: World) -> None:
    """Late, this week, the two weeks after, and what is new and further away."""
    case = world.dossier()
    world.duty(case, "late", MONDAY - timedelta(days=1))
    world.duty(case, "sunday", MONDAY + timedelta(days=6))
    world.duty(case, "next", MONDAY + timedelta(days=7))
    world.duty(case, "third", MONDAY + timedelta(days=20))
    world.duty(case, "new", MONDAY + timedelta(days=21), opened_on=TUESDAY - timedelta(days=7))
    world.duty(case, "old", MONDAY + timedelta(days=21))
    (mail,) = await world.day(MONDAY)
    words = ["TE LAAT", "(late)", "DEZE WEEK", "(sunday)", "VOLGENDE TWEE WEKEN", "(next)", "(third)"]
    places = [text(mail).index(word) for word in [*words, "NIEUW", "(new)"]]
    assert places == sorted(places)
    assert "(old)" not in text(mail)


async def test_a_promise_counts_as_the_date(world: World) -> None:
    """Busy until next week is not late this week."""
    case = world.dossier()
    promised = MONDAY + timedelta(days=8)
    world.duty(case, "review/1", SATURDAY, status="bezig", verwacht_op=promised)
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == ADDRESS[JAN]
    assert "VOLGENDE TWEE WEKEN" in text(mail)
    assert await world.day(TUESDAY) == []


async def test_digests_are_drawn_up_in_bounded_parts(world: World) -> None:
    """Each part says where to go on, and together they are complete."""
    case = world.dossier()
    for worker in (JAN, "MW-0302", None):
        world.duty(case, f"review/{worker}", MONDAY, worker)
    first = await world.digest(MONDAY, at_most=2)
    second = await world.digest(MONDAY, at_most=2, after=first.next_after)
    assert (first.written, second.written, second.next_after) == (2, 1, None)
    assert len(_written(world)) == 3
