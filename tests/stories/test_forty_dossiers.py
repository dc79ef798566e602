"""One case manager with forty dossiers for a year: at most one mail a working day, none while the house is closed."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

from models.tables import MailRow
from player.performance import perform
from player.stage import Stage
from player.story import Stap, Story
from tests.counted import COUNTED
from tests.replay.stories import AANVRAAG, first_talk, plan, review
from tests.stories.test_played import silent

DOSSIERS = 40
BEGIN = date(2027, 1, 4)
DAYS = 365
WERK, ZORG = "MW-0101", "MW-0301"
CLOSED = (date(2027, 12, 26), date(2028, 1, 1))
"""The jaarlijkse sluiting of the organisation of the casemanager zorg (data/organisaties.yaml)."""


def _dossiers() -> Iterator[Story]:
    """Half agree a plan, early or late; of those some hold their reviews, some rest, most leave all to the ladder."""
    random = Random(40)
    for number in range(DOSSIERS):
        agreed = random.randrange(20, 120)
        steps: list[Stap] = [first_talk(f"P{random.randrange(5, 20)}D"), plan(f"P{agreed}D", "P15M")]
        if not number % 2:
            steps = steps[: (number // 2) % 2]  # a talk alone, or nothing
        if number % 8 == 1:
            steps += [review("P6M", 2), review("P9M", 3)]
        if number % 8 == 3:
            day = f"P{agreed + 30}D"
            away = {"van": day, "oorzaak": "opname"}
            steps.append(Stap(na=day, wie="casemanager_zorg", wat="opschorten", met=away))
        yield Story(
            naam=f"dossier {number}", begin=BEGIN, tot=f"P{DAYS}D", aanvraag=AANVRAAG, stappen=tuple(steps)
        )


async def test_a_year_of_forty_dossiers(sqlite_stage: Stage, request: pytest.FixtureRequest) -> None:
    """Whatever opens, falls due and goes late in forty dossiers, a person hears of it once a day."""
    await perform(sqlite_stage, tuple(_dossiers()), silent)
    with sqlite_stage.collaborators.database.read() as session:
        mails = session.execute(select(MailRow.recipient, MailRow.day, MailRow.status)).all()
    sent = [(recipient, day) for recipient, day, status in mails if status == "sent"]
    counts = Counter(recipient for recipient, _ in sent)
    request.config.stash.setdefault(COUNTED, []).extend(
        f"mails in a year of {DOSSIERS} dossiers: {who:<30} {counts[who]:>5}"
        for who in sorted(counts)
        if not who.startswith("persoon:")
    )

    assert max(Counter(sent).values()) == 1
    assert not [day for _, day in sent if day.weekday() >= 5]
    by_worker = {who: {day for recipient, day in sent if who in recipient} for who in (WERK, ZORG)}
    assert len(by_worker[WERK]) > DAYS / 4  # there was much to say
    assert by_worker[ZORG]
    closed = {CLOSED[0] + timedelta(days=n) for n in range((CLOSED[1] - CLOSED[0]).days + 1)}
    assert not by_worker[ZORG] & closed
    assert by_worker[WERK] & closed  # the other organisation was open
