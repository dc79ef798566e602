"""Plays a story: the request, its steps at their moments, the post of every working day, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError
from temporalio.client import WorkflowHandle

from models.aanvraag import Aanvraag, AlreadyRunning, Registered
from models.actors import OPERATIES, Actor, Rol, Team
from models.clock import at_hour, local_date
from models.lines import TimelineLine
from models.mail import Ronde
from models.messages import COMMAND_ID_PREFIX, COMMANDS
from models.steps import Stand
from models.tables import InboxRow
from player.stage import FIRST_HOUR, Stage
from player.story import Stap, Story, StoryProblem, after, dated

STEP_HOUR = 10
POST_HOUR = 17
ROUND_TRIES = 50
ONE_DAY = timedelta(days=1)

Show = Callable[[TimelineLine], None]


class Sent(NamedTuple):
    """A step that was sent, and what became of it."""

    stap: Stap
    row: InboxRow


class StepRefused(StoryProblem):
    """A step of the story was refused although the story does not expect it."""


@dataclass
class Played:
    """What playing a story gave: who it was about and every command with its outcome."""

    registered: Registered
    begin: date
    end: date
    sent: list[Sent] = field(default_factory=list)
    timeline: list[TimelineLine] = field(default_factory=list)


class Player:
    """Plays one story on a stage."""

    def __init__(self, stage: Stage, story: Story, show: Show = lambda _line: None) -> None:
        self._stage = stage
        self._story = story
        self._show = show
        self._shown = 0
        self.begin = story.begin or local_date(stage_now())
        self._posted_until = self.begin - ONE_DAY

    async def play(self, between: Callable[["Player"], Any] | None = None) -> Played:
        """Plays to the end; `between` is awaited at every stop, for tests that disturb the peace."""
        registered = await self._register()
        self.workflow_id = registered.workflow_id
        self.reference = registered.reference
        played = Played(registered, self.begin, self.begin)
        await self._go_to(at_hour(self.begin, FIRST_HOUR), between)
        for number, stap in enumerate(self._story.stappen, start=1):
            await self._go_to(self._moment(stap.na), between)
            played.sent.append(Sent(stap, await self._send(number, stap)))
        if self._story.tot is not None:
            await self._go_to(self._moment(self._story.tot), between)
        await self._settle()
        played.end = await self.today()
        await self._post_until(played.end)
        self._tell()
        played.timeline = self._stage.collaborators.reading.tijdlijn(self.reference)
        return played

    async def today(self) -> date:
        """The day it is in the story."""
        return local_date(await self._stage.clock.now(self.workflow_id))

    # -- the request ------------------------------------------------------------------------------

    async def _register(self) -> Registered:
        contents = {
            "sleutel": f"verhaal {self._story.naam}",
            "ingediend_op": self.begin.isoformat(),
            "begin": self.begin.isoformat(),
            **dated(self._story.aanvraag, self.begin),
        }
        try:
            registered = self._stage.collaborators.registry.register(Aanvraag.model_validate(contents))
        except ValidationError as invalid:
            first = invalid.errors(include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise StoryProblem(f"{self._story.naam}, aanvraag.{where}: {first['msg']}") from None
        if isinstance(registered, AlreadyRunning):
            raise StoryProblem(f"{self._story.naam}: {registered.bevinding.reden}")
        await self._stage.trajectories.start(registered)
        return registered

    # -- time -------------------------------------------------------------------------------------

    def _moment(self, duration: str) -> datetime:
        return at_hour(after(self.begin, duration), STEP_HOUR)

    async def _go_to(self, moment: datetime, between: Callable[["Player"], Any] | None = None) -> None:
        """Moves from deadline to deadline, with the post of every day in between."""
        while True:
            open_now = await self._settle()
            if between is not None:
                await between(self)
                open_now = await self._settle()
            now = await self._stage.clock.now(self.workflow_id)
            await self._post_until(local_date(now) - ONE_DAY)
            if not open_now or now >= moment:
                return
            deadlines = [await self._stage.clock.deadline(each) for each in open_now]
            nearest = min((d for d in deadlines if d is not None and d > now), default=moment)
            await self._stage.clock.move(open_now, min(nearest, moment))

    async def _settle(self) -> list[str]:
        open_now = await self._stage.clock.quiet([self.workflow_id])
        self._tell()
        return open_now

    async def _post_until(self, last: date) -> None:
        """Runs digest and post for every day passed that has something to send."""
        office, digests = self._stage.collaborators.post_office, self._stage.collaborators.digests
        while self._posted_until < last:
            self._posted_until += ONE_DAY
            day = self._posted_until
            if digests.has_something(day):
                await self._round("digest", day)
            if office.has_something(day):
                await self._round("post", day)

    async def _round(self, name: str, day: date) -> None:
        await self._stage.client.execute_workflow(
            name,
            Ronde(as_of=day, hele_dag=True),
            id=f"{name}/{self.reference}/{day}",
            task_queue=self._stage.settings.queues.buitenwereld,
            static_summary=f"{name.capitalize()} van {day:%d-%m-%Y} (verhaal)",
        )

    # -- the steps ----------------------------------------------------------------------------------

    async def _send(self, number: int, stap: Stap) -> InboxRow | None:
        if stap.wat == "checkpoint":
            await self._handle.signal("checkpoint")
            return None
        today = await self.today()
        contents = {"datum": today.isoformat(), **dated(stap.met, self.begin)}
        contents["door"] = self._actor(stap.wie).model_dump(mode="json")
        if stap.namens is not None:
            contents["namens"] = self._actor(stap.namens).model_dump(mode="json")
        command_id = f"{COMMAND_ID_PREFIX}{self.reference}-{number}"
        row = await self.command(command_id, stap.wat, contents, f"stap {number}")
        self._judge(number, stap, row)
        return row

    async def command(self, command_id: str, name: str, contents: dict[str, Any], where: str) -> InboxRow:
        """Sends one command through the inbox until its outcome is known."""
        try:
            payload = COMMANDS[name].model_validate(contents).model_dump(mode="json", exclude_none=True)
        except ValidationError as invalid:
            first = invalid.errors(include_input=False)[0]
            field_name = ".".join(str(part) for part in first["loc"])
            raise StoryProblem(f"{self._story.naam}, {where}, met.{field_name}: {first['msg']}") from None
        row = self._stage.collaborators.inbox.put(command_id, self.workflow_id, name, payload)
        for _ in range(ROUND_TRIES):
            row = await self._stage.relay.send(row)
            if row.status != "open":
                break
        return row

    def _judge(self, number: int, stap: Stap, row: InboxRow) -> None:
        refused = (row.refusal or {}).get("soort")
        if refused != stap.weigering:
            told = (row.refusal or {}).get("tekst", row.status)
            raise StepRefused(f"{self._story.naam}, stap {number} ({stap.wat} na {stap.na}): {told}")

    def _actor(self, who: str | Actor) -> Actor:
        if isinstance(who, Actor):
            return who
        if who == Rol.OPERATIES:
            return OPERATIES
        team = self._team()
        if team is not None and who in (Rol.CASEMANAGER_WERK, Rol.CASEMANAGER_ZORG):
            return team.member(Rol(who))
        if team is not None and who == Rol.TEAMCOORDINATOR:
            return next(iter(team.leiding.values()))
        if who in set(Rol):
            return Actor(rol=Rol(who), organisatie="ORG-VDAB")
        raise StoryProblem(f"{self._story.naam}, wie: {who} is geen rol")

    def _team(self) -> Team | None:
        dossier = self._stage.collaborators.reading.dossier(self.reference)
        stands = [line.stand for line in dossier.trajecten if line.workflow_id == self.workflow_id] if dossier else []
        return Stand.model_validate(stands[0]).team if stands and stands[0] else None

    @property
    def _handle(self) -> WorkflowHandle[Any, Any]:
        return self._stage.client.get_workflow_handle(self.workflow_id)

    def _tell(self) -> None:
        lines = self._stage.collaborators.reading.tijdlijn(self.reference)
        for line in lines[self._shown :]:
            self._show(line)
        self._shown = len(lines)


def stage_now() -> datetime:
    """The moment a story without a fixed beginning begins."""
    from worker import wall_clock

    return wall_clock()


