"""The round of the quarter overviews on the real engine: everything once, in parts, however often it runs."""

from datetime import date

from sqlalchemy import select

from models.kwartaal import Plaatsen
from models.sweeps import Rondgang, Swept
from models.tables import StatementRow
from player.stage import Stage
from tests.activities.ama_record import has_places, is_there
from tests.activities.test_staten import SINCE
from tests.rules.subsidies import KAAI, accompanied

DAY = date(2027, 7, 2)


async def quarters(stage: Stage, name: str) -> Swept:
    """The round of a day, one holder a part."""
    return await stage.client.execute_workflow(
        "kwartaaloverzicht-ama-se",
        Rondgang(as_of=DAY, at_most=1),
        id=f"kwartaaloverzicht/{name}{stage.settings.queue_suffix}",
        task_queue=stage.settings.queues.buitenwereld,
        result_type=Swept,
    )


def drawn_up(stage: Stage) -> dict[str, str]:
    """The overviews of the record with their digest."""
    with stage.collaborators.database.read() as session:
        return {row.id: f"{row.recorded_at}" for row in session.scalars(select(StatementRow))}


async def test_a_quarter_is_drawn_up_once_however_often_the_round_runs(sqlite_stage: Stage) -> None:
    """Every holder in a part of its own; the second round finds everything there and changes no byte."""
    database = sqlite_stage.collaborators.database
    has_places(database, KAAI, [Plaatsen(aantal=10, van=date(2026, 1, 1))])
    is_there(database, accompanied((KAAI, SINCE, None)), "se", KAAI)
    holders = sqlite_stage.collaborators.kwartaaloverzichten.holders()
    first = await quarters(sqlite_stage, "eerst")
    assert (first.gedaan, first.meldingen) == ({"opgemaakt": 2 * len(holders)}, ())
    there = drawn_up(sqlite_stage)
    again = await quarters(sqlite_stage, "daarna")
    assert again.gedaan == {"stond er al": 2 * len(holders)}
    assert drawn_up(sqlite_stage) == there
    assert len(there) == 2 * len(holders)
