"""A crash, a broken line or a refusal: every message ends once, under one Message-ID."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.smtp import MailServerDown, Smtp
from engine.mail_sink import HOST, MailSink
from tests.post.world import ADDRESS, AN, JAN, MONDAY, TUESDAY, VDAB, DeliversThenBreaks, World, text


def _two_readers(world: World) -> str:
    case = world.dossier()
    world.duty(case, "review/1", MONDAY + timedelta(days=60))
    world.duty(case, "plan", MONDAY + timedelta(days=60), AN, org=VDAB)
    world.message(case, "review/1", "aankondiging", MONDAY)
    world.message(case, "plan", "aankondiging", MONDAY, worker=AN)
    return case


class Refusing(MailSink):
    """A mail server that does not know one address, or not for the moment."""

    answer = "550 5.1.1 no such user"
    refused = ADDRESS[AN]

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Takes every recipient but one."""
        if address == self.refused:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"


async def test_a_crash_after_delivery_offers_the_same_mail_again(world: World) -> None:
    """The server took it and we do not know: same Message-ID, same bytes, one mail in the record."""
    _two_readers(world)
    with pytest.raises(ConnectionResetError):
        await world.post(MONDAY, DeliversThenBreaks(world.server))
    assert (await world.post(MONDAY)).sent == 2
    assert Counter(mail["Message-ID"] for mail in world.received).most_common() == [
        (f"<{mail.id}>", count) for mail, count in zip(world.mails(), (2, 1), strict=True)
    ]
    assert len({mail.as_string() for mail in world.received}) == 2
    assert [mail.status for mail in world.mails()] == ["sent", "sent"]


async def test_an_answer_in_between_does_not_change_what_is_offered_again(world: World) -> None:
    """A server that took the first must be able to see that the second is the same."""
    _two_readers(world)
    with pytest.raises(ConnectionResetError):
        await world.post(MONDAY, DeliversThenBreaks(world.server))
    world.change("plan", status="answered")
    await world.post(MONDAY)
    first, again = world.received[:2]
    assert (first["Message-ID"], text(first)) == (again["Message-ID"], text(again))


async def test_what_was_offered_again_a_day_later_is_the_mail_of_that_day(world: World) -> None:
    """Nobody gets yesterday's and today's on one day."""
    case = _two_readers(world)
    with pytest.raises(ConnectionResetError):
        await world.post(MONDAY, DeliversThenBreaks(world.server))
    world.duty(case, "plan/2", TUESDAY + timedelta(days=60), AN, org=VDAB)
    world.message(case, "plan/2", "aankondiging", TUESDAY, worker=AN)
    await world.post(TUESDAY)
    assert Counter(mail["Message-ID"] for mail in world.received if mail["To"] == ADDRESS[AN]).total() == 2
    assert [mail.day for mail in world.mails() if mail.recipient == AN] == [TUESDAY]
    await world.post(TUESDAY + timedelta(days=1))
    assert "plan/2" in text(world.received[-1])


async def test_a_server_that_is_down_is_tried_again_with_what_is_true_then(world: World) -> None:
    """Nothing left, so nothing binds: what was answered meanwhile is not told."""
    _two_readers(world)
    free = Smtp(HOST, 9)
    with pytest.raises(MailServerDown):
        await world.post(MONDAY, free)
    assert world.mails() == []
    world.change("plan", status="answered")
    result = await world.post(MONDAY)
    assert (result.sent, result.cancelled) == (1, 1)


async def test_a_refused_address_bounces_and_the_others_go_on(world: World, tmp_path: Path) -> None:
    """The bounce names trajectory and message, for a duty of operations; it is told until the day ends."""
    case = _two_readers(world)
    async with Refusing(tmp_path / "refusing") as refusing:
        server = Smtp(HOST, refusing.port)
        result = await world.post(MONDAY, server)
        assert [mail["To"] for mail in refusing.messages()] == [ADDRESS[JAN]]
        assert result.sent == 1
        assert [bounce.workflow_id for bounce in result.bounced] == [case]
        assert world.outbox()[result.bounced[0].key][0] == "bounced"
        assert (await world.post(MONDAY, server)).bounced == result.bounced
        assert (await world.post(TUESDAY, server)).bounced == ()
        assert refusing.count == 1
    assert [(mail.recipient, mail.status) for mail in world.mails()] == [(AN, "bounced"), (JAN, "sent")]


async def test_a_digest_that_bounces_names_its_most_urgent_trajectory(world: World, tmp_path: Path) -> None:
    """A digest has no trajectory of its own, and still somebody must hear that it did not arrive."""
    later, sooner = world.dossier(), world.dossier("WZ-2027-000124")
    world.duty(later, "plan", MONDAY + timedelta(days=2), AN, org=VDAB)
    world.duty(sooner, "plan", MONDAY + timedelta(days=1), AN, org=VDAB)
    await world.digest(MONDAY)
    async with Refusing(tmp_path / "refusing") as refusing:
        result = await world.post(MONDAY, Smtp(HOST, refusing.port))
    assert [(bounce.workflow_id, bounce.key) for bounce in result.bounced] == [
        (sooner, f"digest/{AN}@{VDAB}/{MONDAY}")
    ]


async def test_an_address_that_is_busy_waits_for_the_next_round(world: World, tmp_path: Path) -> None:
    """A mailbox that is full for the moment holds up nobody, and loses nothing."""
    _two_readers(world)
    async with Refusing(tmp_path / "refusing") as refusing:
        refusing.answer = "452 4.2.2 mailbox full"
        result = await world.post(MONDAY, Smtp(HOST, refusing.port))
    assert (result.sent, result.deferred, result.bounced) == (1, 1, ())
    assert (await world.post(MONDAY)).sent == 1
    assert {status for status, _ in world.outbox().values()} == {"sent"}
