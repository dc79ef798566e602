"""Plays stories: the requests, the steps at their moments, the post of every working day, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from activities.ama_aanmeldingen import AmaAanmeldingen
from activities.reading import DutyFilter
from models.aanvraag import Aanvraag, AanvraagOngeldig, AlreadyRunning, Registered
from models.actors import OPERATIES, Actor, Rol
from models.ama_aanmelding import AmaAanmelding
from models.clock import at_hour, local_date
from models.commands import EVERY_COMMAND
from models.duties import LIVE, DutyStatus
from models.follow_up import Begonnen
from models.lines import TimelineLine
from models.messages import COMMAND_ID_PREFIX
from models.steps import Stand
from models.tables import InboxRow
from player.clock import ClockStuck
from player.roles import in_role, reference_of
from player.rounds import Rounds
from player.stage import FIRST_HOUR, Stage
from player.story import AANMELDING, AANVRAAG, CHECKPOINT, Stap, Story, StoryProblem, after, dated
from player.wording import field_errors
from worker import wall_clock

STEP_HOUR = 10
ROUND_TRIES = 50
BEGUN_TRIES = 600
BEGUN_PAUSE_SECONDS = 0.05
MANY = 10_000
STARTED = "traject-gestart"
SHARES_PLACES = "ama_se"
ONE_DAY = timedelta(days=1)
BEGIN, OVER = 0, -1
"""The stops of a story that are no step."""

Show = Callable[[TimelineLine], None]
Between = Callable[["Player"], Awaitable[None]]


class Sent(NamedTuple):
    """A step that was sent, and what became of it; a checkpoint and a request have no row."""

    stap: Stap
    row: InboxRow | None


class StepRefused(StoryProblem):
    """A step went otherwise than the story expects: refused, accepted, or refused for another reason."""


@dataclass
class Played:
    """What playing a story gave: who it was about and every command with its outcome."""

    registered: Registered
    begin: date
    end: date
    sent: list[Sent] = field(default_factory=list)
    followers: dict[str, str] = field(default_factory=dict)
    """The workflows of all trajectories that followed, each with its kind, in the order in which they began."""


class Player:
    """Plays one story on a stage."""

    def __init__(self, stage: Stage, story: Story, show: Show = lambda _line: None) -> None:
        self._stage = stage
        self._show = show
        self._told: dict[str, int] = {}
        """The last event that was shown of each trajectory."""
        self.followers: dict[str, Begonnen] = {}
        """All trajectories that followed, by workflow id: of a kind there can be several."""
        self._joining: list[str] = []
        self.story = story
        self.begin = story.begin or local_date(wall_clock())

    async def play(self, between: Between | None = None) -> Played:
        """Plays to the end; `between` is awaited at every stop, for tests that disturb the peace."""
        (played,) = await play_together(self._stage, [self], between)
        return played

    async def register(self) -> None:
        """Files the request or the notice and starts the trajectory, at the beginning of the story."""
        registered = self._filed(self.story.request(self.begin), self.story.opening)
        await self._stage.trajectories.start(registered)
        self.workflow_id = registered.workflow_id
        self.reference = registered.reference
        self.played = Played(registered, self.begin, self.begin)

    def _filed(self, contents: dict[str, Any], what: str, where: str = "") -> Registered:
        """Registers a request or a notice; raises StoryProblem for one that is not taken."""
        try:
            registered = self._register(contents, what)
        except ValidationError as invalid:
            raise StoryProblem(f"{self.story.naam}, {where or what}.{field_errors(invalid)[0]}") from None
        except AanvraagOngeldig as invalid:
            raise StoryProblem(f"{self.story.naam}, {where or what}.{invalid}") from None
        if isinstance(registered, AlreadyRunning):
            raise StoryProblem(f"{self.story.naam}: {registered.bevinding.reden}")
        return registered

    def _register(self, contents: dict[str, Any], what: str) -> Registered | AlreadyRunning:
        known = self._stage.collaborators
        if what == AANMELDING:
            notices = AmaAanmeldingen(known.database, wall_clock, known.law)
            return notices.register(AmaAanmelding.model_validate(contents))
        return known.registry.register(Aanvraag.model_validate(contents))

    async def begun(self, workflow_id: str | None = None) -> None:
        """Waits for the first step in the record: just after its delay a workflow has no task in hand yet."""
        wanted = workflow_id or self.workflow_id
        for _ in range(BEGUN_TRIES):
            if self._stand(wanted) is not None:
                return
            await asyncio.sleep(BEGUN_PAUSE_SECONDS)
        raise ClockStuck(f"{wanted} begint niet")

    @property
    def workflow_ids(self) -> list[str]:
        """The trajectory of the story, and those that followed from it."""
        return [self.workflow_id, *self.followers]

    def of_kind(self, soort: str) -> list[str]:
        """What followed of a kind, in the order in which it began."""
        return [each.workflow_id for each in self.followers.values() if each.soort == soort]

    def new_followers(self) -> list[str]:
        """The trajectories that were started since the last time."""
        joining, self._joining = self._joining, []
        return joining

    def _follow(self, told: dict[str, Any]) -> None:
        self._followed(Begonnen.model_validate({"soort": told["workflow_id"].partition("/")[0], **told}))

    def _followed(self, begun: Begonnen) -> None:
        self.followers[begun.workflow_id] = begun
        self._joining.append(begun.workflow_id)

    @property
    def stops(self) -> list[tuple[datetime, int]]:
        """The moments the story names, in order: its beginning, each step by number, and when it is over."""
        begin = (at_hour(self.begin, FIRST_HOUR), BEGIN)
        steps = [(self._moment(stap.na), n) for n, stap in enumerate(self.story.stappen, start=1)]
        end = self._moment(self.story.tot) if self.story.tot is not None else begin[0]
        return [begin, *steps, (max(end, *(moment for moment, _ in [begin, *steps])), OVER)]

    def _moment(self, duration: str) -> datetime:
        return at_hour(after(self.begin, duration), STEP_HOUR)

    async def take(self, number: int) -> None:
        """Takes the step with this number, if it is one."""
        if number not in (BEGIN, OVER):
            stap = self.story.stappen[number - 1]
            self.played.sent.append(Sent(stap, await self._send(number, stap)))

    async def today(self) -> date:
        """The day it is in the story."""
        return local_date(await self._stage.clock.now(self.workflow_id))

    async def finish(self) -> None:
        """Notes what came of it."""
        self.played.end = await self.today()
        self.played.followers = {workflow_id: each.soort for workflow_id, each in self.followers.items()}
        self.tell()

    def tell(self) -> None:
        """Shows what happened since the last time."""
        for workflow_id in self.workflow_ids:
            for line in self._stage.collaborators.reading.nieuws(workflow_id, self._told.get(workflow_id, 0)):
                self._told[workflow_id] = line.seq
                if line.soort == STARTED:
                    self._follow(line.gegevens)
                self._show(line)

    async def _send(self, number: int, stap: Stap) -> InboxRow | None:
        if stap.wat == CHECKPOINT:
            await self._stage.client.get_workflow_handle(self._target(stap, "stap")).signal(CHECKPOINT)
            return None
        if stap.wat == AANVRAAG:
            await self._file(stap, f"stap {number}, met")
            return None
        today = await self.today()
        contents = {"datum": today.isoformat(), **dated(stap.met, self.begin)}
        where = f"stap {number}"
        target = self._target(stap, where)
        contents["door"] = self._actor(stap.wie, where, target).model_dump(mode="json")
        if stap.namens is not None:
            contents["namens"] = self._actor(stap.namens, where, target).model_dump(mode="json")
        command_id = f"{COMMAND_ID_PREFIX}{reference_of(target)}-{number}"
        row = await self.command(command_id, stap.wat, contents, where, target)
        self._judge(number, stap, row)
        return row

    async def _file(self, stap: Stap, where: str) -> None:
        """Files a request for the same dossier; what it starts is followed like what the dossier starts itself."""
        contents = self.story.later_request(stap, self.begin, self.reference)
        registered = self._filed(contents, AANVRAAG, where)
        await self._stage.trajectories.start(registered)
        told = {name: getattr(registered, name) for name in Begonnen.model_fields}
        self._followed(Begonnen.model_validate(told))

    def _target(self, stap: Stap, where: str) -> str:
        """The workflow that a step is for: of the trajectories of a kind that followed, the newest."""
        if stap.traject is None or stap.traject == self.played.registered.soort:
            return self.workflow_id
        mine = self.of_kind(stap.traject)
        if not mine:
            raise StoryProblem(f"{self.story.naam}, {where}: er is nog geen {stap.traject} gestart")
        return mine[-1]

    async def command(
        self, command_id: str, name: str, contents: dict[str, Any], where: str, target: str | None = None
    ) -> InboxRow:
        """Sends one command through the inbox until its outcome is known."""
        try:
            payload = EVERY_COMMAND[name].model_validate(contents).model_dump(mode="json", exclude_none=True)
        except ValidationError as invalid:
            wrong = field_errors(invalid)[0]
            raise StoryProblem(f"{self.story.naam}, {where}, met.{wrong}") from None
        row = self._stage.collaborators.inbox.put(command_id, target or self.workflow_id, name, payload)
        for _ in range(ROUND_TRIES):
            row = await self._stage.relay.send(row)
            if row.status != "open":
                break
        return row

    def _judge(self, number: int, stap: Stap, row: InboxRow) -> None:
        refused = (row.refusal or {}).get("soort")
        if row.status == "open" or refused != stap.weigering:
            told = (row.refusal or {}).get(
                "tekst", "aanvaard" if row.status == "accepted" else "geen antwoord"
            )
            expected = f", verwacht: {stap.weigering}" if stap.weigering else ""
            step = f"stap {number} ({stap.wat} na {stap.na})"
            raise StepRefused(f"{self.story.naam}, {step}: {told}{expected}")

    def _actor(self, who: Rol | Actor, where: str, target: str) -> Actor:
        """Somebody named outright, or whoever has the role in this case now."""
        if isinstance(who, Actor):
            return who
        if who is Rol.OPERATIES:
            return OPERATIES
        stand = self._stand(target)
        found = in_role(who, stand.team) if stand and stand.team else self._owing(who, target)
        if found is None:
            raise StoryProblem(
                f"{self.story.naam}, {where}: niemand heeft in dit dossier de rol {who}; "
                "noem {rol, organisatie, medewerker}"
            )
        return found

    def _owing(self, who: Rol, target: str) -> Actor | None:
        """Whoever owes or owed something in a role, the newest first: a trajectory without a tandem has no other."""
        wanted = DutyFilter(reference=reference_of(target), status=tuple(DutyStatus), limit=MANY)
        lines = self._stage.collaborators.reading.opdrachten(wanted)
        found = [line for line in lines if line.workflow_id == target and line.rol == who]
        newest = max(found, key=lambda line: (line.status in LIVE, line.opened_on), default=None)
        return Actor(rol=who, organisatie=newest.org, medewerker=newest.worker) if newest else None

    def _stand(self, workflow_id: str) -> Stand | None:
        dossier = self._stage.collaborators.reading.dossier(reference_of(workflow_id))
        mine = [line for line in dossier.trajecten if line.workflow_id == workflow_id] if dossier else []
        return Stand.model_validate(mine[0].stand) if mine and mine[0].stand else None


async def play_together(
    stage: Stage,
    players: Sequence[Player],
    between: Between | None = None,
    finished: Callable[[Player], None] = lambda _player: None,
) -> list[Played]:
    """Plays several stories in one record, in lock-step and with the same post; a story that is over stands still."""
    for player in players:
        await player.register()
    ensemble = Ensemble(stage, players, between)
    await ensemble.settle(*players)
    stops = [Stop(moment, number, player) for player in players for moment, number in player.stops]
    for stop in sorted(stops, key=lambda stop: (stop.moment, stop.number == OVER)):
        await ensemble.go_to(stop.moment, stop.player)
        if stop.number == BEGIN:
            await stop.player.begun()
        await stop.player.take(stop.number)
        await ensemble.join()
        await ensemble.settle(*ensemble.hearing(stop.player))
        if stop.number == OVER:
            await ensemble.let_go(stop.player)
            finished(stop.player)
    return [player.played for player in players]


class Stop(NamedTuple):
    """A moment that a story names."""

    moment: datetime
    number: int
    player: Player


class Ensemble:
    """All players of one play, the clock they share, and when each of their trajectories has something to do."""

    def __init__(self, stage: Stage, players: Sequence[Player], between: Between | None) -> None:
        begin = min(player.begin for player in players)
        self._clock = stage.clock
        self._players = list(players)
        self._between = between
        self._rounds = Rounds(stage, begin, players[0].reference)
        self._now = at_hour(begin - ONE_DAY, FIRST_HOUR)
        self._armed: dict[str, datetime | None] = {}

    async def go_to(self, moment: datetime, whose: Player) -> None:
        """Moves from deadline to deadline until the stop of a player, with the post of every day in between.

        Only who has something to do is moved, with those who may hear of it: nothing happens to the others in between.
        """
        if self._now >= moment:
            await self._move(whose.workflow_ids)
        while True:
            if self._between is not None:
                for player in self._players:
                    await self._between(player)
                await self.settle(*self._players)
            await self._post(local_date(self._now) - ONE_DAY)
            await self.join()
            if self._now >= moment:
                return
            coming = (due for due in self._armed.values() if due is not None and due > self._now)
            self._now = min([moment, *coming])
            await self._move(whose.workflow_ids if self._now == moment else ())

    async def settle(self, *players: Player) -> None:
        """Waits until the trajectories of these players have no work in hand, and tells what happened."""
        await self._look([each for player in players for each in player.workflow_ids])

    async def let_go(self, player: Player) -> None:
        """Sends the post of the last day of a story; its dossier then stays as it is."""
        await self._post(await player.today())
        await player.finish()
        self._players.remove(player)
        for workflow_id in player.workflow_ids:
            self._armed.pop(workflow_id, None)

    async def _move(self, also: Collection[str]) -> None:
        """Moves whose deadline it is, and those named, then looks at every trajectory beside them.

        Who may only hear of it goes first: nobody is told something on a day that was before it.
        """
        due = {each for each, armed in self._armed.items() if armed is not None and armed <= self._now}
        moving = self._hearing({*due, *also})
        moved = sorted((each for each in self._armed if each in moving), key=due.__contains__)
        await self._clock.move(moved, self._now)
        if not moving <= {*due, *also}:
            await self._clock.quiet(moved)  # what one told another has then arrived
        await self.settle(*(player for player in self._players if {*player.workflow_ids} & {*moved}))

    def hearing(self, player: Player) -> list[Player]:
        """A player, and those that may hear something from it: who waits for a place that it has."""
        if not player.of_kind(SHARES_PLACES):
            return [player]
        others = [each for each in self._players if each is not player]
        return [player, *(each for each in others if each.of_kind(SHARES_PLACES))]

    def _hearing(self, moving: set[str]) -> set[str]:
        """Those that move, and who may hear from them: what else runs in their story, and who waits for a place."""
        groups = [player.workflow_ids for player in self._players]
        groups.append([each for player in self._players for each in player.of_kind(SHARES_PLACES)])
        return moving.union(*(group for group in groups if moving & {*group}))

    async def _post(self, last: date) -> None:
        """Sends the post up to and including a day; what came back reached trajectories that lay still."""
        if await self._rounds.until(last):
            await self.settle(*self._players)

    async def join(self) -> None:
        """Brings the trajectories that were started meanwhile to the moment it is now."""
        for player in self._players:
            for workflow_id in player.new_followers():
                await self._clock.move([workflow_id], self._now)
                await player.begun(workflow_id)
                await self._look([workflow_id])

    async def _look(self, workflow_ids: Sequence[str]) -> None:
        """Waits until none of them has work in hand, tells what happened, and finds the deadlines of the open ones."""
        still_open = await self._clock.quiet(workflow_ids)
        for player in self._players:
            if {*player.workflow_ids} & {*workflow_ids}:
                player.tell()
        for workflow_id in workflow_ids:
            self._armed.pop(workflow_id, None)
        self._armed |= {each: await self._clock.deadline(each) for each in still_open}
