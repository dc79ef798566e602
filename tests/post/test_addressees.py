"""The reader is looked up when the mail leaves: leave, departures, mergers and closures are known by then."""

from datetime import timedelta

from sqlalchemy import delete, update

from models.tables import AbsenceRow, WorkerRow
from tests.post.world import ADDRESS, AN, CAW, CAW_TEAM, JAN, MONDAY, TUESDAY, VDAB, WEDNESDAY, World, text

COLLEAGUE, COLLEAGUE_ADDRESS = "MW-0302", "colleague@cawleie.example"
NEXT_MONDAY = MONDAY + timedelta(days=7)


def _colleague(world: World) -> None:
    """A colleague who is there, whatever the shipped example says of their leave."""
    with world.database.begin() as session:
        session.execute(delete(AbsenceRow))
        row = update(WorkerRow).where(WorkerRow.ref == COLLEAGUE)
        session.execute(row.values(org=CAW, email=COLLEAGUE_ADDRESS))


def _late(world: World, worker: str | None = JAN) -> None:
    case = world.dossier()
    world.duty(case, "review/1", MONDAY - timedelta(days=5), worker)
    world.message(case, "review/1", "te_laat", MONDAY)


async def test_who_is_on_leave_is_replaced(world: World) -> None:
    """The replacement reads it, and sees in whose place."""
    _colleague(world)
    _late(world)
    world.absent(JAN, MONDAY, TUESDAY, COLLEAGUE)
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == COLLEAGUE_ADDRESS
    assert f"In vervanging van {JAN}" in text(mail)


async def test_a_replacement_gets_one_mail_for_both(world: World) -> None:
    """Their own overview and their colleague's come together."""
    _colleague(world)
    _late(world)
    world.duty("activeringstraject/WZ-2027-000123", "review/2", MONDAY, COLLEAGUE)
    world.absent(JAN, MONDAY, TUESDAY, COLLEAGUE)
    (mail,) = await world.day(MONDAY)
    assert text(mail).count("In vervanging van") == 1
    assert "(review/2)" in text(mail)


async def test_leave_without_replacement_goes_to_the_team(world: World) -> None:
    """Also when the replacement is away too, or two replace each other."""
    _colleague(world)
    _late(world)
    world.absent(JAN, MONDAY, TUESDAY, COLLEAGUE)
    world.absent(COLLEAGUE, MONDAY, TUESDAY, JAN)
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == CAW_TEAM
    assert text(mail).startswith("Dag team,")


async def test_who_left_or_is_unknown_is_read_by_the_team(world: World) -> None:
    """Nobody's mail is lost because they left yesterday."""
    _late(world, "MW-9999")
    world.duty("activeringstraject/WZ-2027-000123", "review/2", MONDAY, JAN)
    world.left(JAN, MONDAY - timedelta(days=1))
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == CAW_TEAM
    assert "In vervanging van MW-9999" in text(mail)
    assert f"In vervanging van {JAN}" in text(mail)


async def test_a_merged_organisation_is_read_by_its_successor(world: World) -> None:
    """Its workers who moved along read their own mail; the others' goes to the successor's team."""
    _late(world)
    world.duty("activeringstraject/WZ-2027-000123", "review/2", MONDAY, COLLEAGUE)
    _colleague(world)
    world.merged(CAW, VDAB, MONDAY - timedelta(days=1))
    with world.database.begin() as session:
        session.execute(update(WorkerRow).where(WorkerRow.ref == COLLEAGUE).values(org=VDAB))
    mails = {mail["To"]: text(mail) for mail in await world.day(MONDAY)}
    assert mails.keys() == {"gent@vdab.example", COLLEAGUE_ADDRESS}
    assert f"In vervanging van {JAN}" in mails["gent@vdab.example"]
    assert "In vervanging van" not in mails[COLLEAGUE_ADDRESS]


async def test_an_organisation_that_ended_is_read_by_operations(world: World) -> None:
    """Without a successor operations must know; so must they for an organisation nobody knows."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY, None, org="ORG-ONBEKEND")
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == "operaties@werkzorg.example"
    assert "In vervanging van ORG-ONBEKEND" in text(mail)


async def test_an_unassigned_duty_is_read_by_the_team(world: World) -> None:
    """Nobody's duty is never to nobody."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY, None)
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == CAW_TEAM
    assert "In vervanging van" not in text(mail)


async def test_after_a_closure_one_mail_comes(world: World) -> None:
    """Nothing leaves while the organisation is closed, and nothing bursts when it opens."""
    case = world.dossier()
    world.closed(CAW, MONDAY, NEXT_MONDAY)
    for number in range(1, 6):
        world.duty(case, f"review/{number}", MONDAY + timedelta(days=number))
        world.message(case, f"review/{number}", "aankondiging", MONDAY + timedelta(days=number))
    for day in range((NEXT_MONDAY - MONDAY).days + 1):
        assert await world.day(MONDAY + timedelta(days=day)) == []
    (mail,) = await world.day(NEXT_MONDAY + timedelta(days=1))
    assert mail["Subject"] == "Werkzorg: 5 opdrachten (5 te laat)"


async def test_a_closure_of_one_holds_up_nobody_else(world: World) -> None:
    """The others get their mail as on any day."""
    _late(world)
    world.duty("activeringstraject/WZ-2027-000123", "plan", MONDAY, AN, org=VDAB)
    world.closed(CAW, MONDAY, TUESDAY)
    assert [mail["To"] for mail in await world.day(MONDAY)] == [ADDRESS[AN]]
    assert [mail["To"] for mail in await world.day(WEDNESDAY)] == [ADDRESS[AN], ADDRESS[JAN]]
