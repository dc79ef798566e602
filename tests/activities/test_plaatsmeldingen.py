"""Who waits hears that there is a place; who has ended is named and holds up nobody."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from temporalio.client import Client
from temporalio.worker import Worker

from activities.contingenten import Plaatsmeldingen
from engine import Engine
from models.contingent import PlaatsVrij, Verwittigd, Verwittiging
from tests.activities.wachtende import Wachtende
from worker import connect

DAY = date(2027, 3, 1)
QUEUE = "wachtenden"


@pytest_asyncio.fixture
async def client(engine: Engine) -> AsyncIterator[Client]:
    """A client with a worker for those who wait."""
    client = await connect(engine.connect_config)
    async with Worker(client, task_queue=QUEUE, workflows=[Wachtende]):
        yield client


async def test_each_hears_it_with_the_day(client: Client) -> None:
    """Told once or more often is the same; one that ended and one that never was are told apart."""
    waiting = [
        await client.start_workflow(Wachtende.run, id=f"ama/wacht-{n}", task_queue=QUEUE) for n in range(3)
    ]
    desk = Plaatsmeldingen(client)
    ids = tuple(each.id for each in waiting)
    told = await desk.tell(Verwittiging(workflow_ids=(*ids, "ama/nooit-begonnen"), datum=DAY))
    assert told == Verwittigd(bereikt=ids, beeindigd=("ama/nooit-begonnen",))
    assert [await each.result() for each in waiting] == [DAY] * 3
    again = await desk.tell(Verwittiging(workflow_ids=ids, datum=DAY))
    assert again == Verwittigd(beeindigd=ids)


@pytest.mark.parametrize("sent", [{"datum": "2027-03-01"}, {"versie": 2, "datum": "2027-03-01", "plaats": 7}])
def test_a_later_version_is_understood(sent: dict[str, object]) -> None:
    """A trajectory that started years ago reads what it knows and leaves the rest."""
    assert PlaatsVrij.model_validate(sent).datum == DAY
