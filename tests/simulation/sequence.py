"""Plays random sequences: some trajectories that share their days and their post, each with a temper of its own."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from models.tables import InboxRow
from player.clock import ClockStuck
from tests.simulation import checks
from tests.simulation.cast import ACTIVERING, Cast
from tests.simulation.chance import Chance, Move
from tests.simulation.history import Life
from tests.simulation.known import Known
from tests.simulation.record import addressed, deliveries
from tests.simulation.scene import Dossier, Scene, all_years

STOPS = 11
A_CHECKPOINT, A_REPEAT, A_BOUNCE, A_JAM, A_DEATH_ON_THE_FIRST_DAY = 0.1, 0.1, 0.03, 0.1, 0.1
SEEN = "seen"
"""How the phases are counted that a trajectory was looked at in, beside the commands."""
FIRST_DAYS = date(2029, 9, 3), date(2031, 6, 30)


class WentWrong(AssertionError):
    """A check failed; the message tells the story so far."""


@dataclass
class Temper:
    """How a trajectory's people are: whether they answer, how much happens, and how careful they are."""

    answers: float
    events: float
    mistakes: float
    wild: float

    @classmethod
    def drawn(cls, random: Random, tempers: Sequence[tuple[float, float]]) -> "Temper":
        """Diligent, slack, or silent altogether."""
        answers, events = random.choice(tempers)
        return cls(answers, events, mistakes=1.5 if events else 0, wild=0.3 if events else 0)


@dataclass
class Player:
    """One trajectory with the chance that drives it."""

    dossier: Dossier
    random: Random
    temper: Temper
    cast: Cast
    accepted: list[InboxRow] = field(default_factory=list)
    life: Life | None = None
    looked_at: int = 0
    """How many of its rests were looked at; the newest one is looked at again."""
    owed_before_death: Life | None = None


class World:
    """A scene with some trajectories, played from one seed."""

    def __init__(
        self, scene: Scene, seed: str, became: Counter[tuple[str, str]], cast: Cast = ACTIVERING
    ) -> None:
        self._scene = scene
        self._cast = cast
        self._random = Random(seed)
        self._seed = seed
        self._became = became
        self._players: list[Player] = []
        self._together = 0
        self._sent: Counter[tuple[str, str]] = Counter()
        """What was sent in this world alone: another one may not change what is drawn here."""

    async def play(self, together: int, stops: int = STOPS) -> None:
        """Plays to the end, and checks everything after every step; raises WentWrong."""
        self._together = together
        await self._begin(together)
        for _ in range(stops):
            self._scene.props.paper.jammed = False
            await self._pass(self._jump())
            self._scene.props.paper.jammed = self._random.random() < A_JAM
            for player in tuple(self._players):
                await self._heard(player)
                await self._turn(player)
            await self._take_up()
        await self._pass(timedelta(days=self._random.randint(200, 400)))

    async def _begin(self, together: int) -> None:
        names = [f"{self._seed}-{n}" for n in range(together)]
        places = [self._random.choice(self._cast.places) for _ in names]
        requests = [
            self._cast.request(self._scene, nis, name) for nis, name in zip(places, names, strict=True)
        ]
        for dossier, name in zip(await asyncio.gather(*requests), names, strict=True):
            random = Random(name)
            self._players.append(
                Player(dossier, random, Temper.drawn(random, self._cast.tempers), self._cast)
            )
            await self._look(self._players[-1])
            if random.random() < A_DEATH_ON_THE_FIRST_DAY:
                await self._die(self._players[-1])

    async def _die(self, player: Player) -> None:
        """The letter of the first day has not left yet."""
        if move := player.cast.die(Chance(player.random), self._known(player)):
            await self._send(player, move)

    def _known(self, player: Player) -> Known:
        assert player.life is not None
        return player.cast.known(player.life, player.dossier.today, player.dossier)

    def _jump(self) -> timedelta:
        low, high = self._random.choices(((1, 7), (8, 35), (36, 130)), self._cast.jumps)[0]
        return timedelta(days=self._random.randint(low, high))

    async def _pass(self, span: timedelta) -> None:
        to = self._scene.today + span
        try:
            await self._scene.move([player.dossier for player in self._players], to)
        except ClockStuck as stuck:
            for player in self._players:
                await self._look(player, f"{to}: {stuck}")
            raise
        for player in self._players:
            player.dossier.told.append(f"-- {to}")
            await self._look(player)
        await self._take_up()
        self._look_at_post()

    async def _take_up(self) -> None:
        """What the trajectories started since then is played beside them."""
        taken_up = {player.dossier.workflow_id for player in self._players}
        for player in tuple(self._players):
            assert player.life is not None
            for registered, cast in player.cast.followers(player.life):
                if registered.workflow_id not in taken_up:
                    dossier = await self._scene.join(registered)
                    follower = Player(dossier, Random(player.random.random()), player.temper, cast)
                    self._players.append(follower)
                    await self._look(follower)

    async def _heard(self, player: Player) -> None:
        """What another trajectory told it meanwhile is no trace of what comes next."""
        if len(self._players) > self._together or player.cast.share:
            await self._settled(player, [])

    async def _turn(self, player: Player) -> None:
        random, temper = player.random, player.temper
        if not temper.events:
            return
        if random.random() < A_CHECKPOINT:
            await self._checkpoint(player)
        if random.random() < A_BOUNCE:
            await self._bounce(player)
        for _ in range(random.randint(0, player.cast.moves)):
            if player.life is None or not player.life.running:
                return
            if move := self._drawn(player, self._known(player)):
                await self._send(player, move)
        if player.accepted and random.random() < A_REPEAT:
            await self._repeat(player)

    def _drawn(self, player: Player, facts: Known) -> Move | None:
        temper = player.temper
        weights = (temper.answers, temper.events, temper.mistakes, temper.wild)
        (draw,) = player.random.choices(player.cast.draws, weights)
        return draw(Chance(player.random, self._sent), facts)

    async def _send(self, player: Player, move: Move) -> None:
        before, dossier = player.life, player.dossier
        assert before is not None
        row = await dossier.send(move.name, move.by, move.payload)
        self._became[move.name, row.status] += 1
        self._sent[move.name, row.status] += 1
        wrong = []
        if row.status == "open":
            wrong.append(f"{move.name} got no answer")
        elif move.expected not in ("either", row.status):
            wrong.append(f"{move.name} was {row.status}, and should be {move.expected}")
        elif row.refusal is not None and move.refused_as not in (None, row.refusal["soort"]):
            wrong.append(f"{move.name} was refused as {row.refusal['soort']}, not {move.refused_as}")
        await self._settled(player, wrong)
        assert player.life is not None
        if row.status == "refused":
            wrong += checks.traces_of_refusal(before, player.life)
        elif row.status == "accepted":
            player.accepted.append(row)
            wrong += checks.not_brought_back(move.name, player.owed_before_death, player.life)
            if move.name == "overleden":
                player.owed_before_death = before
            wrong += checks.not_as_agreed(move.name, move.payload, self._known(player))
        self._complain(player, wrong)

    async def _repeat(self, player: Player) -> None:
        before, row = player.life, player.random.choice(player.accepted)
        assert before is not None
        if not before.running:
            return
        outcome = await player.dossier.repeat(row)
        await self._settled(player, [])
        assert player.life is not None
        wrong = [] if outcome.model_dump(mode="json") == row.outcome else [f"the repeat told {outcome}"]
        if len(player.life.events) != len(before.events):
            wrong.append("the repeat was told again")
        self._complain(player, wrong)

    async def _checkpoint(self, player: Player) -> None:
        before = player.life
        assert before is not None
        if not before.running:
            return
        await player.dossier.checkpoint()
        await self._settled(player, [])
        assert player.life is not None
        self._complain(player, list(checks.traces_of_refusal(before, player.life)))

    async def _bounce(self, player: Player) -> None:
        assert player.life is not None
        if player.life.running and player.life.messages:
            await player.dossier.bounce(player.random.choice(player.life.messages).key)
            await self._settled(player, [])

    async def _settled(self, player: Player, wrong: Sequence[str]) -> None:
        try:
            await player.dossier.settle()
        except ClockStuck as stuck:
            wrong = [*wrong, str(stuck)]
        await self._look(player, *wrong)

    async def _look(self, player: Player, *wrong: str) -> None:
        player.life = await player.dossier.life()
        if player.life.steps:
            self._became[player.life.stand.fase, SEEN] += 1
        record = player.dossier.record()
        found = checks.everything(player.life, record, all_years(), player.looked_at)
        for rest in player.life.rests[player.looked_at :]:
            found += [f"{rest.moment:%Y-%m-%d %H:%M}: {each}" for each in player.cast.at_rest(rest)]
        found += player.cast.of_life(player.life)
        player.looked_at = max(0, len(player.life.rests) - 1)
        self._complain(player, [*wrong, *found])

    def _look_at_post(self) -> None:
        sent = deliveries(self._scene.stage.collaborators.database)
        mails = addressed(self._scene.props.mailbag.taken, sent)
        wrong = [*checks.many_mails(sent), *checks.many_mails(mails), *self._cast.of_scene(self._scene)]
        for player in self._players:
            assert player.life is not None
            reference = player.dossier.reference
            self._complain(player, [*wrong, *checks.letters_after_death(player.life.events, sent, reference)])

    def _complain(self, player: Player, wrong: Iterable[str]) -> None:
        if found := [f"- {each}" for each in wrong]:
            told = [f"  {each}" for each in player.dossier.told]
            heading = f"{player.dossier.workflow_id}, {player.temper}:"
            raise WentWrong("\n".join([heading, *found, *told]))
