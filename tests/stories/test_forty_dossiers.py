"""Forty dossiers of the same few people: at most one mail a working day, none while their house is closed."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.tables import ClosureRow, MailRow, OutboxRow
from player.play import play_together
from player.stage import Stage
from tests.counted import COUNTED
from tests.stories.forty import BOTH, DAYS, GUIDES, cast

WERK, ZORG = "MW-0101", "MW-0301"
CLOSED = (date(2027, 12, 26), date(2028, 1, 1))
"""The jaarlijkse sluiting of the organisation of the casemanager zorg (data/organisaties.yaml)."""
CHASED = {"aankondiging", "te_laat", "leiding_te_laat", "operaties_te_laat"}


async def test_five_months_of_forty_dossiers(sqlite_stage: Stage, request: pytest.FixtureRequest) -> None:
    """Whatever opens, falls due and goes late in activeringstrajecten and AMA, a person hears of it once a day."""
    _close_as_well(sqlite_stage, GUIDES)
    players = cast(sqlite_stage)
    await play_together(sqlite_stage, players)
    with sqlite_stage.collaborators.database.read() as session:
        mails = session.execute(select(MailRow.recipient, MailRow.day, MailRow.status)).all()
        told = session.scalars(select(OutboxRow)).all()
    sent = [(recipient, day) for recipient, day, status in mails if status == "sent"]
    counts = Counter(recipient for recipient, _ in sent)
    request.config.stash.setdefault(COUNTED, []).extend(
        f"mails in {DAYS} days of {len(players)} dossiers: {who:<30} {counts[who]:>5}"
        for who in sorted(counts)
        if not who.startswith("persoon:")
    )

    assert max(Counter(sent).values()) == 1
    assert not [day for _, day in sent if day.weekday() >= 5]
    _assert_nobody_hears_while_closed(sent)
    _assert_there_was_much_to_say(told)


def _assert_nobody_hears_while_closed(sent: list[tuple[str, date]]) -> None:
    by_worker = {who: {day for recipient, day in sent if who in recipient} for who in (WERK, ZORG, BOTH)}
    closed = {CLOSED[0] + timedelta(days=n) for n in range((CLOSED[1] - CLOSED[0]).days + 1)}
    assert len(by_worker[WERK]) > DAYS / 4
    assert by_worker[WERK] & closed  # the other organisation was open
    for who in (ZORG, BOTH):
        assert by_worker[who]
        assert not by_worker[who] & closed


def _assert_there_was_much_to_say(told: Sequence[OutboxRow]) -> None:
    """Ladders went up to the top in AMA and its evaluations, and one mail held what several dossiers had to say."""
    for soort in ("ama/", "evaluatie/"):
        kinds = {row.soort for row in told if row.workflow_id and row.workflow_id.startswith(soort)}
        assert kinds >= CHASED, soort
    mine = [row for row in told if row.worker == BOTH]
    assert {row.rol for row in mine} >= {"casemanager_zorg", "begeleider"}
    in_one_mail = Counter(row.mail_id for row in mine if row.status == "sent")
    assert max(in_one_mail.values()) > 1


def _close_as_well(stage: Stage, org: str) -> None:
    """That organisation closes on the same days."""
    with stage.collaborators.database.begin() as session:
        session.add(
            ClosureRow(id=f"{org}-dicht", org=org, first_day=CLOSED[0], last_day=CLOSED[1], reden="sluiting")
        )
