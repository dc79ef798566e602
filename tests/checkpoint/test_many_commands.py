"""A hundred and fifty commands race with a stream of checkpoints: none is lost, none is done twice."""

import asyncio
from collections import Counter
from random import Random

from sqlalchemy import select

from models.actors import OPERATIES
from models.messages import COMMAND_ID_PREFIX, Outcome
from models.tables import EventRow, InboxRow
from player.play import Player
from player.stage import Stage
from tests.replay.chain import runs
from tests.replay.stories import story

COMMANDS = 150
AT_ONCE = 8
"""Below the number of Updates that a server takes in flight for one workflow."""
WAVE = 30
"""After so many commands the race holds its breath until a checkpoint took its chance: a run ends without news only."""
RUNS = 1 + COMMANDS // WAVE
"""At the least; more where the race itself left such a moment."""
TWICE = 3
"""Every third command is sent by two hands at once."""
PAUSE_SECONDS = 0.15


async def test_commands_race_with_checkpoints(sqlite_stage: Stage) -> None:
    """Every command is one event and one accepted row, and a repeat hears the first answer in a later run too."""
    player = Player(sqlite_stage, story("wedloop"))
    await player.play()
    ids = [f"{COMMAND_ID_PREFIX}{player.reference}-wedloop-{n}" for n in range(COMMANDS)]
    streaming = asyncio.create_task(_stream_of_checkpoints(sqlite_stage, player.workflow_id))
    await _race(sqlite_stage, player, ids)
    streaming.cancel()
    await sqlite_stage.clock.quiet([player.workflow_id])

    assert len(await runs(sqlite_stage.client, player.workflow_id)) >= RUNS
    assert _counted(sqlite_stage, ids) == {command_id: 1 for command_id in ids}
    rows = {command_id: sqlite_stage.collaborators.inbox.get(command_id) for command_id in ids}
    assert {row.status for row in rows.values() if row} == {"accepted"}
    await _assert_repeats_hear_the_same(sqlite_stage, player, rows)
    assert _counted(sqlite_stage, ids) == {command_id: 1 for command_id in ids}


async def test_the_events_are_numbered_without_gaps_after_a_race(sqlite_stage: Stage) -> None:
    """However the runs cut through the commands, the log of the dossier counts 1, 2, 3."""
    player = Player(sqlite_stage, story("telling"))
    await player.play()
    ids = [f"{COMMAND_ID_PREFIX}{player.reference}-telling-{n}" for n in range(2 * AT_ONCE)]
    streaming = asyncio.create_task(_stream_of_checkpoints(sqlite_stage, player.workflow_id))
    await _race(sqlite_stage, player, ids)
    streaming.cancel()
    await sqlite_stage.clock.quiet([player.workflow_id])
    with sqlite_stage.collaborators.database.read() as session:
        numbers = session.scalars(select(EventRow.seq).order_by(EventRow.seq)).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))


async def _stream_of_checkpoints(stage: Stage, workflow_id: str) -> None:
    random = Random(150)
    while True:
        await stage.client.get_workflow_handle(workflow_id).signal("checkpoint")
        await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))


async def _race(stage: Stage, player: Player, ids: list[str]) -> None:
    """Sends all commands, so many at once, each until its outcome is known."""
    hands = asyncio.Semaphore(AT_ONCE)
    random, today = Random(len(ids)), str(await player.today())

    async def one(number: int, command_id: str) -> None:
        name, contents = _command(number, today, player)
        async with hands:
            await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))
            await player.command(command_id, name, contents, "wedloop")

    numbered = list(enumerate(ids))
    for first in range(0, len(ids), WAVE):
        wave = numbered[first : first + WAVE]
        run = await _run(stage, player)
        await asyncio.gather(
            *(one(n, each) for n, each in wave if n % TWICE == 0), *(one(n, each) for n, each in wave)
        )
        while await _run(stage, player) == run:
            await asyncio.sleep(PAUSE_SECONDS)
    while await stage.relay.round():
        await asyncio.sleep(PAUSE_SECONDS)


async def _run(stage: Stage, player: Player) -> str:
    return (await stage.client.get_workflow_handle(player.workflow_id).describe()).run_id


def _command(number: int, today: str, player: Player) -> tuple[str, dict[str, object]]:
    contents: dict[str, object] = {"datum": today, "door": OPERATIES.model_dump(mode="json")}
    if number % 2:
        return "contactnota", {**contents, "nota": f"Telefoon {number}."}
    stand = player._stand(player.workflow_id)
    assert stand is not None
    assert stand.team is not None
    contents["door"] = stand.team.casemanager_werk.model_dump(mode="json")
    return "afspraak", {**contents, "gepland_op": today, "waar": f"lokaal {number}", "hoe": "gesprek"}


def _counted(stage: Stage, ids: list[str]) -> Counter[str]:
    with stage.collaborators.database.read() as session:
        return Counter(session.scalars(select(EventRow.command_id).where(EventRow.command_id.in_(ids))).all())


async def _assert_repeats_hear_the_same(
    stage: Stage, player: Player, rows: dict[str, InboxRow | None]
) -> None:
    """In a fresh run, long after, the same command id gets the answer of the first time."""
    handle = stage.client.get_workflow_handle(player.workflow_id)
    before = await _run(stage, player)
    await handle.signal("checkpoint")
    await stage.clock.quiet([player.workflow_id])
    assert await _run(stage, player) != before
    for command_id, row in list(rows.items())[:: COMMANDS // 10]:
        assert row is not None
        again = await handle.execute_update(row.command, row.payload, id=command_id, result_type=Outcome)
        assert again.model_dump(mode="json") == row.outcome
