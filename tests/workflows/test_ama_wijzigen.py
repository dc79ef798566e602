"""A change of an agreement on the real engine: it counts from its day, and what was before stays with its own days."""

from datetime import date
from decimal import Decimal as D

from sqlalchemy import select

from models.ama_stand import Begeleidingsperiode
from models.errors import Refusal
from models.staten import JaarstaatOrder
from models.subsidie import Jaarcijfers
from models.tables import DocumentRow
from player.stage import Stage
from tests.workflows.ama_desk import AGREED, BEGELEIDER, HELD, OTHER, YES, AmaDesk
from tests.workflows.desk import BEGIN
from tests.workflows.test_ama_money import facts

MARCH, APRIL = date(2029, 3, 1), date(2029, 4, 2)
KAAI = "ORG-MAATWERK-DE-KAAI"
WIJZIGING = "wijziging 1 van overeenkomst 1"


def periods(desk: AmaDesk) -> list[Begeleidingsperiode]:
    """Who accompanies where, as the statements read it."""
    stand = desk.stand.ama
    assert stand is not None
    return list(stand.overeenkomsten)


def papers(desk: AmaDesk) -> list[str]:
    """The agreements that were drawn up, in order."""
    return sorted(key for key in desk.documents if key.startswith("begeleidingsovereenkomst/"))


async def test_a_later_change_counts_from_its_day(sqlite_stage: Stage) -> None:
    """Before it nothing is different but that it is asked and told; a checkpoint in between loses nothing."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    moves = {"nummer": 1, "vanaf": MARCH, "werkpost": KAAI, "uren_per_week": "16"}
    told = await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **moves)
    assert told.outcome is not None
    assert told.outcome["samenvatting"].endswith("vanaf 01-03-2029; tot dan geldt wat er nu staat.")
    assert (desk.live, desk.date_of(WIJZIGING)) == (["toestemming/2"], MARCH)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/2", **YES)
    await desk.checkpoint()
    await desk.go(date(2029, 2, 28))
    assert [(each.werkpost, each.tot) for each in periods(desk)] == [(BEGELEIDER.organisatie, None)]
    assert papers(desk) == ["begeleidingsovereenkomst/1/1"]
    await desk.go(MARCH)
    assert [(each.werkpost, each.van, each.tot) for each in periods(desk)] == [
        (BEGELEIDER.organisatie, BEGIN, date(2029, 2, 28)),
        (KAAI, MARCH, None),
    ]
    assert papers(desk) == ["begeleidingsovereenkomst/1/1", "begeleidingsovereenkomst/1/2"]
    assert [each.tekst for each in desk.events("overeenkomst-gewijzigd")] == [
        "De wijziging van overeenkomst 1 gaat in."
    ]
    assert WIJZIGING not in {each.naam for each in desk.stand.dates}


async def test_its_day_is_put_right_and_an_end_comes_before_it(sqlite_stage: Stage) -> None:
    """A corrected day counts; what was agreed for after the last day never comes, and is refused from then on."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    moves = {"nummer": 1, "vanaf": MARCH, "activiteit": "inpakken"}
    await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **moves)
    right = {"veld": "overeenkomst/1/wijziging/1.vanaf", "oud": str(MARCH), "nieuw": str(APRIL)}
    await desk.accepted("rechtzetten", BEGELEIDER, **right, waarom="Een maand later.")
    assert desk.date_of(WIJZIGING) == APRIL
    await desk.go(date(2029, 3, 5))
    assert not desk.events("overeenkomst-gewijzigd")
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde="2029-03-30", oorzaak="op_vraag")
    assert WIJZIGING not in {each.naam for each in desk.stand.dates}
    refused = await desk.refusal("overeenkomst_wijzigen", BEGELEIDER, **{**moves, "vanaf": APRIL})
    assert refused["soort"] == Refusal.ONGELDIG
    await desk.go(APRIL)
    assert (desk.stand.fase, papers(desk)) == ("uitstroom", ["begeleidingsovereenkomst/1/1"])


async def test_a_declaration_made_ahead_is_taken_back(sqlite_stage: Stage) -> None:
    """Where the AMA ends before its first day the declaration is still owed its cancellation, and then it closes."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": "2029-02-01"})
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde=BEGIN, oorzaak="op_vraag")
    assert (desk.stand.fase, desk.live, periods(desk)) == ("uitstroom", ["dimona_uit/1"], [])
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_uit/1", aangegeven_op=BEGIN)
    await desk.settle()
    assert (desk.stand.fase, desk.stand.einde) == ("ama_gesloten", BEGIN)


async def test_a_first_and_a_last_day_that_have_not_come_are_put_right(sqlite_stage: Stage) -> None:
    """A first day moves with its declaration; a last day that was planned is taken back, and nothing ends."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": str(MARCH)})
    moved = {"veld": "overeenkomst/1.start", "oud": str(MARCH), "nieuw": "2029-03-15", "waarom": "Ziek."}
    await desk.accepted("rechtzetten", BEGELEIDER, **moved)
    assert desk.duty("dimona_in/1").due == date(2029, 3, 15)
    await desk.go(date(2029, 3, 14))
    assert desk.stand.fase == "gepland"
    await desk.go(date(2029, 3, 15))
    assert (desk.stand.fase, [each.van for each in periods(desk)]) == ("begeleid", [date(2029, 3, 15)])
    await desk.accepted("ama_beeindigen", BEGELEIDER, einde="2029-03-30", oorzaak="op_vraag")
    await desk.accepted("ama_einde_intrekken", BEGELEIDER)
    await desk.go(APRIL)
    assert (desk.stand.fase, desk.stand.einde) == ("begeleid", None)


async def test_who_takes_over_is_paid_from_that_day(sqlite_stage: Stage) -> None:
    """From 8 January up to and including 28 February: 24 + 28 = 52 days for the first, 1061.20 × 52 ÷ 365 = 151.18."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    await desk.go(MARCH)
    await desk.accepted("begeleider_wisselen", BEGELEIDER, organisatie=OTHER.organisatie)
    await desk.accepted("ama_beeindigen", OTHER, einde="2029-03-30", oorzaak="op_vraag")
    await desk.go(date(2029, 3, 31))
    record = sqlite_stage.collaborators
    for who, days, amount in ((BEGELEIDER, 52, "151.18"), (OTHER, 30, "87.23")):
        order = JaarstaatOrder(organisatie=who.organisatie, jaar=2029, as_of=date(2030, 1, 15))
        (line,) = Jaarcijfers.model_validate(facts(sqlite_stage, record.jaarstaten.draw_up(order).id)).regels
        assert (line.dagen, line.bedrag.value) == (days, D(amount))


async def test_whoever_takes_over_holds_the_open_evaluation(sqlite_stage: Stage) -> None:
    """One evaluation, the trekker's: the question goes along, and whoever had it before is a stranger there."""
    desk = await AmaDesk.accompanied(sqlite_stage)
    held = await desk.evaluation(1, date(2029, 10, 30))
    await desk.accepted("begeleider_wisselen", BEGELEIDER, organisatie=OTHER.organisatie)
    await desk.settle()
    await held.settle()
    assert held.owes("evaluatie") == ("begeleider", OTHER.organisatie)
    assert (await held.refusal("evaluatie_vastleggen", BEGELEIDER, **HELD))["soort"] == Refusal.NIET_VAN_U
    await held.accepted("evaluatie_vastleggen", OTHER, **HELD)
    await held.settle()
    await desk.settle()
    assert len(desk.events("evaluatie-afgerond")) == 1


async def test_whoever_takes_over_before_the_first_day_begins(sqlite_stage: Stage) -> None:
    """What was signed goes along, with its declaration: nothing begins under an organisation that left."""
    desk = await AmaDesk.permitted(sqlite_stage)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "start": "2029-02-01"})
    await desk.accepted("begeleider_wisselen", BEGELEIDER, organisatie=OTHER.organisatie)
    assert desk.owes("dimona_in/1") == ("begeleider", OTHER.organisatie)
    await desk.go(date(2029, 2, 1))
    assert (desk.stand.fase, [each.begeleider for each in periods(desk)]) == ("begeleid", [OTHER.organisatie])


async def test_an_agency_is_asked_about_what_is_known_that_day(sqlite_stage: Stage) -> None:
    """First the wish, which is then forgotten for what was agreed; of a later change its values and its day."""
    wens = {"activiteit": "koken", "uren_per_week": "6", "vanaf": "2029-02-01"}
    desk = await AmaDesk.notified(sqlite_stage, wens=wens)
    stand = desk.stand.ama
    assert stand is not None
    assert stand.wens == "koken, 6 uren per week, ten vroegste vanaf 01-02-2029"
    assert asked(desk, 1) == ("koken", None, "6", "2029-02-01")
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
    moves = {"nummer": 1, "vanaf": MARCH, "werkpost": KAAI}
    await desk.accepted("overeenkomst_wijzigen", BEGELEIDER, **moves)
    await desk.settle()
    assert asked(desk, 2) == ("moestuin", KAAI, "12", str(MARCH))


def asked(desk: AmaDesk, number: int) -> tuple[str, ...]:
    """What one request told of the activity, as it is kept with its document."""
    one = select(DocumentRow.facts).where(DocumentRow.key == f"toestemmingsaanvraag/{number}")
    with desk.stage.collaborators.database.read() as session:
        told = session.scalars(one.where(DocumentRow.workflow_id == desk.workflow_id)).one()
    return tuple(told[name] for name in ("activiteit", "werkpost", "uren_per_week", "vanaf"))
