"""Before a message leaves it is held against the record: what is no longer true is cancelled."""

from datetime import timedelta
from typing import Any

import pytest

from tests.post.world import AN, MONDAY, TUESDAY, World, text

EARLIER = MONDAY - timedelta(days=5)
LATE = ("te_laat", "team_te_laat", "leiding_te_laat", "operaties_te_laat")


@pytest.mark.parametrize("status", ["answered", "exited", "withdrawn"])
@pytest.mark.parametrize("soort", [*LATE, "herinnering", "aankondiging"])
async def test_a_closed_duty_is_never_spoken_of(world: World, soort: str, status: str) -> None:
    """Answered, decided or withdrawn since the message was written: it is not sent."""
    case = world.dossier()
    world.duty(case, "review/1", EARLIER)
    key = world.message(case, "review/1", soort, MONDAY)
    world.change("review/1", status=status)
    result = await world.post(MONDAY)
    assert (result.sent, result.cancelled) == (0, 1)
    status_now, reason = world.outbox()[key]
    assert status_now == "cancelled"
    assert (reason or "").startswith("post: ")
    assert world.sink.count == 0
    assert world.mails() == []


CHANGES: list[Any] = [
    pytest.param({"due": MONDAY + timedelta(days=30)}, "latere datum", id="a later date"),
    pytest.param({"due": None}, "latere datum", id="no date any more: it rests"),
    pytest.param({"status": "bezig", "verwacht_op": MONDAY + timedelta(days=3)}, "aan gewerkt", id="busy"),
    pytest.param({"worker": AN}, "iemand anders", id="another owner"),
]


@pytest.mark.parametrize(("change", "reason"), CHANGES)
async def test_a_reminder_that_was_overtaken_is_not_sent(
    world: World, change: dict[str, Any], reason: str
) -> None:
    """A later date, a promise or another owner makes the reminder untrue."""
    case = world.dossier()
    world.duty(case, "review/1", EARLIER)
    key = world.message(case, "review/1", "te_laat", MONDAY)
    world.change("review/1", **change)
    assert (await world.post(MONDAY)).sent == 0
    assert reason in str(world.outbox()[key][1])


async def test_a_reminder_after_a_broken_promise_is_sent(world: World) -> None:
    """Busy until a day that has passed is late again."""
    case = world.dossier()
    promised = MONDAY - timedelta(days=3)
    world.duty(case, "review/1", EARLIER, status="bezig", verwacht_op=promised)
    world.message(case, "review/1", "te_laat", MONDAY)
    assert (await world.post(MONDAY)).sent == 1
    assert "vrijdag 26 februari 2027" in text(world.received[0])


async def test_an_announcement_tells_the_date_as_it_is_now(world: World) -> None:
    """Redated before the announcement left: the new date is announced."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=60))
    world.message(case, "review/1", "aankondiging", MONDAY)
    world.change("review/1", due=MONDAY + timedelta(days=90))
    await world.post(MONDAY)
    assert "30 mei 2027" in text(world.received[0])


async def test_a_digest_whose_duties_were_answered_is_not_sent(world: World) -> None:
    """Drawn up in the morning, answered before it left: there is nothing to say."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY)
    await world.digest(MONDAY)
    world.change("review/1", status="answered")
    assert (await world.post(MONDAY)).cancelled == 1
    assert world.sink.count == 0


async def test_what_is_still_true_leaves_without_what_is_not(world: World) -> None:
    """One answered duty does not hold up the others of the same mail."""
    case = world.dossier()
    world.duty(case, "review/1", EARLIER)
    world.duty(case, "review/2", EARLIER)
    for key in ("review/1", "review/2"):
        world.message(case, key, "te_laat", MONDAY)
    world.change("review/1", status="answered")
    result = await world.post(MONDAY)
    assert (result.sent, result.cancelled) == (1, 1)
    assert "review/1" not in text(world.received[0])
    assert (await world.post(TUESDAY)).sent == 0


async def test_a_message_about_an_unknown_duty_is_told_as_written(world: World) -> None:
    """Better told once too often than never."""
    case = world.dossier()
    world.message(case, "review/9", "aankondiging", MONDAY)
    assert (await world.post(MONDAY)).sent == 1
    assert "WZ-2027-000123, review/9" in text(world.received[0])
