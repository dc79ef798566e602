"""A desk in front of one dossier on the real engine: everybody's commands, and what the record says afterwards."""

import asyncio
from datetime import date
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHandle

from models.aanvraag import Aanvraag, Registered
from models.actors import OPERATIES, Actor, Rol, Team
from models.clock import at_hour, local_date
from models.lines import DutyLine, MessageLine, TimelineLine
from models.messages import COMMAND_ID_PREFIX, COMMANDS
from models.steps import Stand
from models.tables import InboxRow
from player.stage import FIRST_HOUR, Stage
from rules.begeleiding import SIX_POINTS

BEGIN = date(2029, 1, 8)
"""A Monday, in the future, at which every dossier of these tests begins."""
FIRST_REVIEW = date(2029, 4, 9)
GENT, ELSEWHERE = "44021", "11002"
"""A municipality with a tandem, and one for which the tables know none."""
STRANGER = Actor(rol=Rol.CASEMANAGER_WERK, organisatie="ORG-ELDERS", medewerker="MW-9999")
TRIES = 20
UNTOLD = "nog niets verteld"
NOTHING_TOLD = Stand(
    fase=UNTOLD,
    start=BEGIN,
    einde=None,
    opgeschort=False,
    te_laat=False,
    volgende_opdracht=None,
    volgende_termijn=None,
    dates=(),
)
"""How a trajectory stands of which the record has heard nothing yet."""
LOOK_AGAIN_SECONDS = 0.01
ACTION = {"domein": "werk", "omschrijving": "keuken", "dienstverlener": "ORG-KOMPAAN-WERK"}
PLAN: dict[str, Any] = {
    "opdracht": "trajectplan",
    "doel": "een dagritme",
    "start": "2029-01-08",
    "einde": "2030-01-07",
    "acties": [ACTION],
    "afspraken": "ieder verwittigt",
    "periodiciteit_maanden": 3,
}
TALK = {"opdracht": "eerste_gesprek", "waar": "kantoor", "hoe": "gesprek", "geinformeerd": SIX_POINTS}
REVIEW = {"opdracht": "review/1", "eigen_woorden": "het gaat", "vervolg": "verdergaan"}


class Desk:
    """One dossier, the people who speak about it, and its record."""

    def __init__(self, stage: Stage, registered: Registered) -> None:
        self.stage = stage
        self.reference = registered.reference
        self.workflow_id = registered.workflow_id
        self.sent = 0

    @classmethod
    async def open(cls, stage: Stage, nis_code: str = GENT, voornaam: str = "Noor") -> "Desk":
        """A dossier that was just asked for, on its first morning."""
        persoon = {"voornaam": voornaam, "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"}
        asked = {
            "sleutel": f"aanvraag {voornaam}",
            "soort": "activeringstraject",
            "ingediend_op": BEGIN,
            "begin": BEGIN,
            "nis_code": nis_code,
            "persoon": persoon,
        }
        registered = stage.collaborators.registry.register(Aanvraag.model_validate(asked))
        assert isinstance(registered, Registered)
        await stage.trajectories.start(registered)
        desk = cls(stage, registered)
        await desk.go(BEGIN, FIRST_HOUR)
        while desk.stand.fase == UNTOLD:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        await desk.settle()
        return desk

    @classmethod
    async def running(cls, stage: Stage) -> "Desk":
        """A dossier of which the first talk was held and the plan agreed on its first day."""
        return await cls.agreed(stage)

    @classmethod
    async def agreed(cls, stage: Stage, voornaam: str = "Noor", **other: Any) -> "Desk":
        """The same with another plan, or of somebody else."""
        desk = await cls.open(stage, voornaam=voornaam)
        await desk.accepted("eerste_gesprek", **TALK)
        await desk.accepted("plan_akkoord", **{**PLAN, **other})
        return desk

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        """The trajectory in the engine, whichever run it is in."""
        return self.stage.client.get_workflow_handle(self.workflow_id)

    async def go(self, day: date, hour: int = 10) -> None:
        """Lets time pass until an hour of a day, and everything settle."""
        await self.settle()
        await self.stage.clock.move([self.workflow_id], at_hour(day, hour))
        await self.settle()

    async def settle(self) -> None:
        """Waits until the trajectory has told its record everything."""
        await self.stage.clock.quiet([self.workflow_id])

    async def today(self) -> date:
        """The day it is for the trajectory."""
        return local_date(await self.stage.clock.now(self.workflow_id))

    async def send(
        self, name: str, by: Actor | None = None, command_id: str | None = None, **contents: Any
    ) -> InboxRow:
        """Sends a command as API and CLI do, through the inbox, until its outcome is known."""
        self.sent += 1
        own_id = command_id or f"{COMMAND_ID_PREFIX}{self.reference}-{self.sent}"
        told = {"datum": await self.today(), "door": by or self.werk, **contents}
        payload = COMMANDS[name].model_validate(told).model_dump(mode="json", exclude_none=True)
        row = self.stage.collaborators.inbox.put(own_id, self.workflow_id, name, payload)
        for _ in range(TRIES):
            row = await self.stage.relay.send(row)
            if row.status != "open":
                return row
        raise AssertionError(f"{name} stays open")

    async def accepted(self, name: str, by: Actor | None = None, **contents: Any) -> InboxRow:
        """Sends a command that should go through, and waits until the record knows it."""
        row = await self.send(name, by, **contents)
        assert row.status == "accepted", (name, row.refusal)
        await self.settle()
        return row

    async def typed(self, name: str, contents: dict[str, Any], update_id: str) -> Any:
        """Types a command as JSON into the Temporal UI, where nothing checks it first."""
        outcome = await self.handle.execute_update(name, contents, id=update_id)
        await self.settle()
        return outcome

    async def bounce(self, key: str) -> None:
        """Tells the trajectory that a message did not arrive."""
        await self.handle.signal("bericht_teruggekeerd", {"workflow_id": self.workflow_id, "key": key})
        await self.settle()

    async def checkpoint(self) -> None:
        """Begins a fresh run with the same state."""
        before = (await self.handle.describe()).run_id
        await self.handle.signal("checkpoint")
        await self.settle()
        assert (await self.handle.describe()).run_id != before

    async def history(self, kind: "EventType.ValueType") -> int:
        """How many events of a kind the history of the current run holds."""
        return sum([1 async for event in self.handle.fetch_history_events() if event.event_type == kind])

    @property
    def stand(self) -> Stand:
        """Where the trajectory stands by the record."""
        dossier = self.stage.collaborators.reading.dossier(self.reference)
        assert dossier is not None
        return Stand.model_validate(dossier.trajecten[0].stand or NOTHING_TOLD)

    @property
    def team(self) -> Team:
        """The tandem of the dossier."""
        assert self.stand.team is not None
        return self.stand.team

    @property
    def werk(self) -> Actor:
        """The casemanager werk, or somebody unknown while there is none."""
        return self.team.casemanager_werk if self.stand.team else STRANGER

    @property
    def zorg(self) -> Actor:
        """The casemanager zorg."""
        return self.team.casemanager_zorg

    def coordinator(self, of: Actor) -> Actor:
        """The next in line of somebody."""
        return self.team.leiding[of.organisatie]

    def duty(self, key: str) -> DutyLine:
        """One duty by the record."""
        found = self.stage.collaborators.reading.opdracht(self.workflow_id, key)
        assert found is not None, key
        return found

    @property
    def live(self) -> list[str]:
        """The keys of the duties that somebody owes."""
        dossier = self.stage.collaborators.reading.dossier(self.reference)
        assert dossier is not None
        return sorted(duty.key for duty in dossier.opdrachten)

    def events(self, *kinds: str) -> list[TimelineLine]:
        """What happened, of some kinds."""
        told = self.stage.collaborators.reading.tijdlijn(self.reference)
        return [event for event in told if event.soort in kinds]

    def messages(self, *kinds: str, about: str | None = None) -> list[MessageLine]:
        """The messages of some kinds, or all, about one duty or all."""
        told = self.stage.collaborators.reading.berichten(self.reference)
        return [m for m in told if (not kinds or m.soort in kinds) and (about is None or m.opdracht == about)]


OPERATOR = OPERATIES.model_copy(update={"medewerker": "MW-0001"})
