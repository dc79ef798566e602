"""Letters to the person: on paper, one a day, and none that would hurt."""

from datetime import timedelta
from typing import Any

from sqlalchemy import update

from activities.letters_out import FolderLetters, Letter
from models.tables import OutboxRow, PersonRow
from tests.post.world import MONDAY, REFERENCE, TUESDAY, World, wall_clock


def _case(world: World, **person: Any) -> str:
    case = world.dossier(**person)
    world.document(case, "brief/kennismaking")
    world.letter(case, "brief/kennismaking", MONDAY)
    return case


async def test_a_letter_is_handed_to_the_print_shop(world: World) -> None:
    """Under the dossier and the key of its document; no mail leaves for it."""
    _case(world)
    assert (await world.post(MONDAY)).sent == 1
    assert world.letters == [f"{REFERENCE}-brief-kennismaking.pdf"]
    assert world.sink.count == 0
    assert [(mail.recipient, mail.status) for mail in world.mails()] == [(f"persoon:{REFERENCE}", "sent")]


async def test_nothing_leaves_to_who_died(world: World) -> None:
    """The letter is cancelled, with the reason."""
    case = _case(world, overleden_op=MONDAY)
    assert (await world.post(MONDAY)).cancelled == 1
    assert world.letters == []
    assert world.outbox()[f"{case}/brief/kennismaking/brief"] == (
        "cancelled",
        "post: de persoon is overleden",
    )


async def test_nothing_leaves_to_who_gets_no_letters(world: World) -> None:
    """`geen_brief` is a wish, and holds."""
    _case(world, brief_aan="geen_brief")
    assert (await world.post(MONDAY)).cancelled == 1
    assert world.letters == []


async def test_a_letter_waits_for_its_document(world: World) -> None:
    """Not rendered yet is not lost: it leaves once the document is there."""
    case = world.dossier()
    world.letter(case, "brief/plan", MONDAY)
    assert (await world.post(MONDAY)).sent == 0
    world.document(case, "brief/plan")
    assert (await world.post(TUESDAY)).sent == 1


async def test_a_person_gets_one_letter_a_day(world: World) -> None:
    """A second one leaves on the next working day."""
    case = _case(world)
    world.document(case, "brief/plan", b"%PDF-1.7 plan")
    world.letter(case, "brief/plan", MONDAY)
    await world.post(MONDAY)
    await world.post(MONDAY)
    assert len(world.letters) == 1
    await world.post(TUESDAY)
    assert len(world.letters) == 2


async def test_a_death_stops_a_letter_that_was_drawn_up_before_a_crash(world: World) -> None:
    """A crash and a death between drawing up and handing over: nothing leaves, and the undo restores it."""
    case = _case(world)
    world.folder.write_bytes(b"a file where the folder should be")
    assert (await world.post(MONDAY)).deferred == 1
    world.folder.unlink()
    _draw_up_and_crash(world)
    with world.database.begin() as session:
        session.execute(update(PersonRow).values(overleden_op=TUESDAY))
        session.execute(update(OutboxRow).values(status="cancelled", cancelled_by="cmd-dood"))
    assert (await world.post(TUESDAY)).sent == 0
    assert (world.letters, world.mails()) == ([], [])
    with world.database.begin() as session:
        session.execute(update(PersonRow).values(overleden_op=None))
        session.execute(update(OutboxRow).values(status="ready", cancelled_by=None))
    assert (await world.post(TUESDAY)).sent == 1
    assert world.outbox()[f"{case}/brief/kennismaking/brief"] == ("sent", None)


def _draw_up_and_crash(world: World) -> None:
    """What a worker leaves behind that dies right before it hands the letter over."""
    desk = world.desks().letters
    with world.database.begin() as session:
        rows = list(session.query(OutboxRow))
        assert desk.draw_up(session, rows, MONDAY, wall_clock()) is not None


async def test_a_letter_handed_over_again_is_the_same_file(world: World) -> None:
    """A crash before it was noted makes no second letter, and no letter overwrites another."""
    shop = FolderLetters(world.folder)
    for pdf in (b"one", b"one", b"another"):
        shop.hand_over(Letter("id", REFERENCE, "brief/plan", pdf))
    assert world.letters == [f"{REFERENCE}-brief-plan-2.pdf", f"{REFERENCE}-brief-plan.pdf"]


async def test_letters_do_not_hold_up_mails(world: World) -> None:
    """A print shop that takes nothing is no reason to be silent to the others."""
    case = _case(world)
    world.folder.write_bytes(b"a file where the folder should be")
    world.duty(case, "review/1", MONDAY, None)
    world.message(case, "review/1", "aankondiging", MONDAY - timedelta(days=1))
    result = await world.post(MONDAY)
    assert (result.sent, result.deferred) == (1, 1)
