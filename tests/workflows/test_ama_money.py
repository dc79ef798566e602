"""What an AMA on the real engine told is what its statements count: the days under its agreements, to the cent."""

from datetime import date
from decimal import Decimal as D

from sqlalchemy import select

from activities.afsluiting import Afsluitingen
from activities.overview_facts import Vraag
from models.kwartaal import Kwartaalfeiten
from models.staten import JaarstaatOrder
from models.subsidie import Jaarcijfers
from models.tables import StatementRow
from player.stage import Stage
from tests.workflows.ama_desk import BEGELEIDER, MAATWERK, AmaDesk
from tests.workflows.test_ama_se import started

ORGANISATION = BEGELEIDER.organisatie


async def test_a_year_is_stated_by_the_days_that_were_told(sqlite_stage: Stage) -> None:
    """From 8 January up to and including 2 March: 24 + 28 + 2 = 54 days, 1061.20 × 54 ÷ 365 = 157.00.

    Until its Dimona OUT is noted, the year lacks that; when its statement is there, nothing more.
    """
    desk = await AmaDesk.accompanied(sqlite_stage)
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde="2029-03-02", oorzaak="op_vraag")
    await desk.go(date(2029, 3, 3))
    record = sqlite_stage.collaborators
    closing = Afsluitingen(record.database)
    assert [each.wat for each in closing.missing(2029, ORGANISATION)] == ["jaarstaat", "dimona"]
    told = {"opdracht": "dimona_uit/1", "aangegeven_op": "2029-03-03"}
    await desk.accepted("dimona_melden", BEGELEIDER, **told)
    await desk.settle()
    order = JaarstaatOrder(organisatie=ORGANISATION, jaar=2029, as_of=date(2030, 1, 15))
    made = record.jaarstaten.draw_up(order)
    (line,) = Jaarcijfers.model_validate(facts(sqlite_stage, made.id)).regels
    assert (line.kenmerk, line.dagen, line.bedrag.value) == (desk.reference, 54, D("157.00"))
    assert closing.missing(2029, ORGANISATION) == []


async def test_a_quarter_counts_the_days_in_the_place_that_was_taken(sqlite_stage: Stage) -> None:
    """From 8 January up to and including 31 March: 24 + 28 + 31 = 83 days, 2812.20 × 83 ÷ 365 = 639.49."""
    desk = await started(sqlite_stage)
    made = sqlite_stage.collaborators.kwartaaloverzichten.one(Vraag(MAATWERK, 2029, 1, date(2029, 4, 2)))
    found = Kwartaalfeiten.model_validate(facts(sqlite_stage, made.id))
    assert [(each.kenmerk, each.dagen, each.tot) for each in found.personen] == [(desk.reference, 83, None)]
    assert found.cijfers.saldo == D("639.49")


def facts(stage: Stage, statement: str) -> object:
    """What is kept of a statement."""
    with stage.collaborators.database.read() as session:
        return session.scalar(select(StatementRow.facts).where(StatementRow.id == statement))
