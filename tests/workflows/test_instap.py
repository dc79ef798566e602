"""A running trajectory enters the real engine in mid-phase: it goes on where it was, and the past stays quiet."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from activities.instappen import Instappen
from activities.registry import Registry
from activities.relay import Relay
from activities.trajectories import LAW_REACH, Trajectories
from activities.waiting import Waiting
from models.aanvraag import AanvraagOngeldig, Registered
from models.case import CaseState
from models.clock import at_hour
from models.instap import Instap
from models.law import LawOrder
from player.stage import FIRST_HOUR, Stage
from rules.begeleiding import SIX_POINTS
from rules.instap import entered, owed
from tests.chaos.once import assert_once
from tests.workflows.contents import CONTENTS
from tests.workflows.desk import ACTION, GENT, LOOK_AGAIN_SECONDS, OPERATOR, UNTOLD, Desk
from worker import trajectories, wall_clock

START, OP = date(2028, 9, 4), date(2029, 3, 12)
"""A trajectory of a year, entered on a Monday in its seventh month."""
REST = {"van": "2028-11-06", "tot": "2028-12-04", "oorzaak": "opname"}
FOUR_WEEKS = timedelta(days=28)
PLANNED_END = date(2029, 9, 3) + FOUR_WEEKS
SECOND_REVIEW, THIRD_REVIEW = date(2029, 4, 3), date(2029, 7, 2)
"""Six and nine months after the start, four weeks later; Easter Monday is no day for a review."""
PLAN: dict[str, Any] = {
    "akkoord_op": "2028-10-02",
    "doel": "een dagritme",
    "start": START,
    "einde": "2029-09-03",
    "acties": [ACTION],
    "afspraken": "ieder verwittigt",
    "periodiciteit_maanden": 3,
}
TOLD: dict[str, Any] = {
    "sleutel": "instap Noor",
    "nis_code": GENT,
    "persoon": {"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"},
    "start": START,
    "casemanager_werk": {"organisatie": "ORG-VDAB-GENT", "medewerker": "MW-0101"},
    "casemanager_zorg": {"organisatie": "ORG-CAW-LEIE", "medewerker": "MW-0301"},
    "toegewezen_op": "2028-09-06",
    "eerste_gesprek": "2028-09-18",
    "geinformeerd": dict.fromkeys(SIX_POINTS, "2028-09-18"),
    "plan": PLAN,
    "opschortingen": [REST],
    "evaluaties": {1: "2029-01-04"},
    "metingen": [{"op": "2029-02-05", "niveau": 3}],
}
"""With a suspension that is over and one review that was held."""


class Entering:
    """One trajectory at the desk of operations, on the day it is entered."""

    def __init__(self, stage: Stage, **changes: Any) -> None:
        self.stage = stage
        self.instap = Instap.model_validate({**TOLD, **changes})
        team = Instappen(stage.collaborators.database, stage.collaborators.teams).team(self.instap, OP)
        law = stage.collaborators.law.snapshot(LawOrder(as_of=START, horizon=OP + LAW_REACH))
        self.state: CaseState = entered(self.instap, team, law, OP, OPERATOR)

    @property
    def registry(self) -> Registry:
        """Where it is registered."""
        return self.stage.collaborators.registry

    async def begun(self) -> Desk:
        """Its dossier, on the morning of the entry."""
        registered = self.registry.enter(self.instap, self.state)
        await self.starting.start(registered)
        return await self.morning(registered)

    async def morning(self, registered: Registered) -> Desk:
        """The dossier once it has told its first step."""
        desk = Desk(self.stage, registered)
        await desk.go(OP, FIRST_HOUR)
        while desk.stand.fase == UNTOLD:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        await desk.settle()
        return desk

    @property
    def starting(self) -> Trajectories:
        """How it starts on the day of the entry, which is still ahead on the wall clock."""
        delay = at_hour(OP, FIRST_HOUR) - wall_clock()
        stage = self.stage
        return trajectories(stage.client, stage.settings, stage.collaborators, lambda _: delay)


def day_of(desk: Desk, naam: str) -> date | None:
    """A date that the trajectory goes by, by its name."""
    return {current.naam: current.on.value for current in desk.stand.dates}[naam]


async def test_it_goes_on_where_it_was(sqlite_stage: Stage) -> None:
    """The end with its ledger, the next review on its day, the log from its entry on, and nothing asked yet."""
    desk = await Entering(sqlite_stage).begun()
    assert (desk.stand.fase, desk.stand.start, desk.stand.einde) == ("lopend", START, PLANNED_END)
    assert day_of(desk, "evaluatie 2") == SECOND_REVIEW
    assert desk.live == []
    first = sqlite_stage.collaborators.reading.tijdlijn(desk.reference)[0]
    assert (first.seq, first.soort, first.wie) == (1, "instap", "Els Peeters (operaties)")
    assert desk.duty("review/1").happened_on == date(2029, 1, 4)
    assert desk.messages() == []
    assert sqlite_stage.collaborators.reading.documenten(desk.reference) == []
    assert_once(desk)


async def test_what_comes_is_asked_and_what_is_past_stays_quiet(sqlite_stage: Stage) -> None:
    """The second review is announced once in its window and chased when it is late; nothing else is sent."""
    desk = await Entering(sqlite_stage).begun()
    await desk.go(SECOND_REVIEW)
    assert desk.live == ["review/2"]
    assert [(m.soort, m.opdracht) for m in desk.messages()] == [("aankondiging", "review/2")]
    review: dict[str, Any] = {"opdracht": "review/2", "eigen_woorden": "het gaat", "vervolg": "verdergaan"}
    await desk.accepted("review_vastleggen", **review)
    assert day_of(desk, "evaluatie 3") == THIRD_REVIEW
    assert not desk.messages("brief", "te_laat", "herinnering")
    assert [d.key for d in sqlite_stage.collaborators.reading.documenten(desk.reference)] == [
        "reviewverslag/2"
    ]
    assert_once(desk)


async def test_what_is_late_since_long_is_announced_once(sqlite_stage: Stage) -> None:
    """A review of months ago: late, with one announcement and every rung of its ladder marked as passed."""
    entering = Entering(sqlite_stage, evaluaties={}, opschortingen=[], metingen=[], geinformeerd={})
    desk = await entering.begun()
    assert desk.live == sorted(duty.key for duty in owed(entering.state, OP))
    assert desk.live == ["informeren", "meting/6", "review/2"]
    assert desk.stand.te_laat
    told = desk.messages(about="informeren")
    assert [message.soort for message in told] == ["aankondiging"]
    await desk.go(OP + FOUR_WEEKS)
    assert desk.messages(about="informeren") == told
    assert_once(desk)


async def test_filing_it_twice_makes_one(sqlite_stage: Stage) -> None:
    """The same key and contents give the same dossier; the relay starts what the desk could not, once."""
    entering = Entering(sqlite_stage)
    first = entering.registry.enter(entering.instap, entering.state)
    collaborators = sqlite_stage.collaborators
    relay = Relay(
        sqlite_stage.client, collaborators.inbox, Waiting(collaborators.database), entering.starting
    )
    await asyncio.gather(relay.round(), relay.round())
    again = entering.registry.enter(entering.instap, entering.state)
    assert again == first
    await entering.starting.start(again)
    desk = await entering.morning(first)
    assert (desk.stand.fase, desk.stand.einde) == ("lopend", PLANNED_END)
    assert len(desk.events("instap")) == 1
    assert not desk.messages("brief")
    assert_once(desk)


async def test_other_contents_under_the_same_key_are_refused(sqlite_stage: Stage) -> None:
    """A correction under an old key would be lost without a word; the dossier keeps what it had."""
    entering, other = Entering(sqlite_stage), Entering(sqlite_stage, verlengd=14)
    entering.registry.enter(entering.instap, entering.state)
    with pytest.raises(AanvraagOngeldig, match="sleutel"):
        other.registry.enter(other.instap, other.state)


async def test_one_that_ended_owes_its_end_documents(sqlite_stage: Stage) -> None:
    """It enters in its afronding with one announcement, and the way to a closed dossier is open."""
    ended = {**PLAN, "einde": "2029-01-31"}
    desk = await Entering(sqlite_stage, plan=ended, evaluaties={}, opschortingen=[]).begun()
    assert (desk.stand.fase, desk.live) == ("afronding", ["eindverslag"])
    assert [(m.soort, m.opdracht) for m in desk.messages()] == [("aankondiging", "eindverslag")]
    await desk.accepted("eindverslag_indienen", **CONTENTS["eindverslag_indienen"])
    assert (desk.stand.fase, desk.stand.einde) == ("afgesloten", date(2029, 1, 31))
