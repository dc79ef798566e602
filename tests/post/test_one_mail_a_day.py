"""However much there is to say, a person hears it in one mail a day, and only on working days."""

from datetime import date, timedelta

from sqlalchemy import select

from models.tables import WorkerRow
from tests.post.world import (
    ADDRESS,
    AN,
    CANARY,
    CAW,
    CAW_TEAM,
    GREET,
    JAN,
    LINK,
    MONDAY,
    TUESDAY,
    VDAB,
    World,
    text,
)


async def test_many_messages_are_one_mail(world: World) -> None:
    """Announcements, reminders and the overview of a day come together, each duty once."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY - timedelta(days=5))
    world.duty(case, "review/2", MONDAY + timedelta(days=2))
    world.message(case, "review/1", "te_laat", MONDAY)
    world.message(case, "review/2", "aankondiging", MONDAY)
    (mail,) = await world.day(MONDAY)
    assert mail["To"] == ADDRESS[JAN]
    assert mail["Subject"] == "Werkzorg: 2 opdrachten (1 te laat)"
    assert [text(mail).count(f"({key})") for key in ("review/1", "review/2")] == [1, 1]
    assert {status for status, _ in world.outbox().values()} == {"sent"}


async def test_what_comes_after_the_mail_of_the_day_waits(world: World) -> None:
    """A second message on the same day goes with the mail of the next working day."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=90))
    world.message(case, "review/1", "aankondiging", MONDAY)
    await world.post(MONDAY)
    world.duty(case, "review/2", MONDAY + timedelta(days=90))
    world.message(case, "review/2", "aankondiging", MONDAY)
    assert (await world.post(MONDAY)).sent == 0
    assert (await world.post(TUESDAY)).sent == 1
    assert [mail.day for mail in world.mails()] == [MONDAY, TUESDAY]


async def test_a_second_round_sends_nothing(world: World) -> None:
    """A trigger, a backfill or a repeated round is safe."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY)
    assert (await world.digest(MONDAY)).written == 1
    assert (await world.digest(MONDAY)).written == 0
    assert (await world.post(MONDAY)).sent == 1
    assert (await world.post(MONDAY)).sent == 0
    assert world.sink.count == 1


async def test_nothing_leaves_on_a_day_off(world: World) -> None:
    """Not in a weekend, not on Easter Monday; the first working day has one mail."""
    saturday, easter_monday = date(2027, 3, 27), date(2027, 3, 29)
    case = world.dossier()
    world.duty(case, "review/1", date(2027, 6, 1))
    world.message(case, "review/1", "aankondiging", saturday)
    for days in range((easter_monday - saturday).days + 1):
        assert await world.day(saturday + timedelta(days=days)) == []
        assert not world.office().has_something(saturday + timedelta(days=days))
    assert world.office().has_something(easter_monday + timedelta(days=1))
    assert len(await world.day(easter_monday + timedelta(days=1))) == 1


async def test_everybody_has_a_mail_of_their_own(world: World) -> None:
    """Also in bounded parts: each part says where to go on."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY, JAN)
    world.duty(case, "plan", MONDAY, AN, org=VDAB)
    world.duty(case, "review/2", MONDAY, None)
    await world.digest(MONDAY)
    first = await world.post(MONDAY, at_most=2)
    second = await world.post(MONDAY, at_most=2, after=first.next_after)
    assert (first.sent, second.sent, second.next_after) == (2, 1, None)
    assert {mail["To"] for mail in world.received} == {ADDRESS[JAN], ADDRESS[AN], CAW_TEAM}


async def test_a_mail_says_what_is_asked_and_never_about_whom(world: World) -> None:
    """Reference, own reference, question, date and where to answer; the participant's name nowhere."""
    case = world.dossier()
    world.duty(case, "review/1", MONDAY - timedelta(days=3))
    world.duty(case, "review/2", MONDAY + timedelta(days=1), None)
    world.message(case, "review/1", "te_laat", MONDAY)
    world.message(case, "review/1", "team_te_laat", MONDAY, worker=None)
    world.message(case, "review/1", "leiding_te_laat", MONDAY, org=VDAB, worker=GREET)
    world.message(case, "review/1", "operaties_te_laat", MONDAY, org="ORG-OPERATIES", worker=None)
    mails = await world.day(MONDAY)
    assert len(mails) == 4
    assert not [mail for mail in mails if CANARY.lower() in mail.as_string().lower()]
    (mail,) = (mail for mail in mails if mail["To"] == ADDRESS[JAN])
    for said in ("Dag Jan Claes", "WZ-2027-000123, uw kenmerk CL-77", "vrijdag 26 februari 2027", LINK):
        assert said in text(mail)
    assert "WZ-2027-000123, review/1" in text(mail)
    assert (mail["Auto-Submitted"], mail["Date"]) == ("auto-generated", "Mon, 01 Mar 2027 07:30:00 +0000")


async def test_who_leads_hears_of_silence_in_the_same_mail(world: World) -> None:
    """What is late with a worker comes with the leader's own overview, under its own title."""
    case = world.dossier()
    leader = next(row for row in _leaders(world) if row.org == CAW)
    world.duty(case, "review/1", MONDAY - timedelta(days=20))
    world.duty(case, "toewijzing", MONDAY + timedelta(days=1), leader.ref)
    world.message(case, "review/1", "leiding_te_laat", MONDAY, worker=leader.ref)
    mails = [mail for mail in await world.day(MONDAY) if mail["To"] == leader.email]
    assert len(mails) == 1
    assert "TE LAAT BIJ UW MEDEWERKERS" in text(mails[0])
    assert "DEZE WEEK" in text(mails[0])


def _leaders(world: World) -> list[WorkerRow]:
    with world.database.read() as session:
        return list(session.scalars(select(WorkerRow).where(WorkerRow.is_leiding)))
