"""AMA in the social economy on the real engine: a place, a visit, a plan, and VDAB every year."""

from datetime import date, timedelta

from sqlalchemy import select

from activities.contingent_overzicht import ContingentOverzicht
from models.actors import Actor, Rol
from models.contingent import PlaatsGesloten, PlaatsVraag, PlaatsVrij, PlaatsVrijgeven
from models.tables import PlaceRow
from player.stage import Stage
from tests.workflows.ama_desk import AGREED, HOLDER, MAATWERK, VDAB, YES, AmaDesk
from tests.workflows.desk import BEGIN

BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie=MAATWERK)
VISITED = {"opdracht": "bezoek/1", "keuze": "neemt_de_plaats", "toelichting": "Een goed gesprek."}
ELSEWHERE = "ORG-MAATWERK-ZWINMAAT"


async def started(stage: Stage) -> AmaDesk:
    """A place that was asked, visited and taken, on the first day."""
    desk = await AmaDesk.notified(stage, "ama_se", houder=MAATWERK)
    await desk.accepted("bezoek_vastleggen", HOLDER, **VISITED)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "werkpost": MAATWERK})
    await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
    return desk


def on_the_day(desk: AmaDesk, houder: str) -> tuple[int, int]:
    """How many places a holder has given: taken and promised."""
    lines = ContingentOverzicht(desk.stage.collaborators.database).op(BEGIN)
    line = next(each for each in lines if each.houder == houder)
    return line.ingenomen, line.gereserveerd


async def test_a_place_is_reserved_visited_and_taken(sqlite_stage: Stage) -> None:
    """The maatwerkbedrijf receives the person; the agreement comes after visit and permission, and takes the place."""
    desk = await AmaDesk.notified(sqlite_stage, "ama_se", houder=MAATWERK)
    assert desk.live == ["bezoek/1", "toestemming/1"]
    assert desk.owes("bezoek/1") == ("maatwerkbedrijf", MAATWERK)
    assert on_the_day(desk, MAATWERK) == (0, 1)
    await desk.accepted("bezoek_vastleggen", HOLDER, **VISITED)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    assert desk.live == ["overeenkomst"]
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, "werkpost": MAATWERK})
    assert (desk.stand.fase, desk.live) == ("begeleid", ["dimona_in/1", "pop"])
    assert on_the_day(desk, MAATWERK) == (1, 0)


async def test_a_place_that_is_gone_lets_nothing_begin(sqlite_stage: Stage) -> None:
    """Passed over before the agreement, and closed after it was signed: both times it is asked for again."""
    desk = await AmaDesk.notified(sqlite_stage, "ama_se", houder=MAATWERK)
    await desk.accepted("bezoek_vastleggen", HOLDER, **VISITED)
    await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
    await desk.accepted("plaats_overslaan", HOLDER, motivering="Past nu niet.")
    await desk.settle()
    assert desk.live == []
    await desk.handle.signal("plaats_vrij", PlaatsVrij(datum=BEGIN))
    await desk.settle()
    assert desk.live == ["overeenkomst/2"]
    later = {"opdracht": "overeenkomst/2", "start": "2029-02-05"}
    await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **{**AGREED, **later, "werkpost": MAATWERK})
    assert desk.stand.fase == "gepland"
    await desk.handle.signal("plaats_gesloten", PlaatsGesloten(houder=MAATWERK, datum=BEGIN))
    await desk.settle()
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["contingent/2"])
    assert on_the_day(desk, MAATWERK) == (0, 0)


async def test_a_first_day_on_a_full_contingent_is_given_back(sqlite_stage: Stage) -> None:
    """The place is theirs since today; since last week it cannot be, and another day is agreed."""
    contingenten, sluis = sqlite_stage.collaborators.contingenten, "ORG-MAATWERK-SLUISWERK"
    before, begeleider = BEGIN - timedelta(days=7), Actor(rol=Rol.BEGELEIDER, organisatie=sluis)
    for n in range(4):
        who = f"ama/{n}"
        contingenten.ask(PlaatsVraag(workflow_id=who, houder=sluis, beslist_op=before, as_of=before))
        contingenten.release(PlaatsVrijgeven(workflow_id=who, reden="einde", as_of=BEGIN))
    desk = await AmaDesk.notified(sqlite_stage, "ama_se", houder=sluis)
    await desk.accepted("bezoek_vastleggen", Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=sluis), **VISITED)
    permitted = {**YES, "opdracht": "toestemming/1", "vanaf": before}
    await desk.accepted("toestemming_melden", begeleider, **permitted)
    agreed = {**AGREED, "werkpost": sluis}
    await desk.accepted("overeenkomst_sluiten", begeleider, **{**agreed, "start": before})
    await desk.settle()
    assert (desk.stand.fase, desk.live) == ("aangemeld", ["overeenkomst/2"])
    assert "zijn van de 4 plaatsen er 4 bezet" in desk.events("start-teruggegeven")[0].tekst
    await desk.accepted("overeenkomst_sluiten", begeleider, **{**agreed, "opdracht": "overeenkomst/2"})
    assert (desk.stand.fase, on_the_day(desk, sluis)) == ("begeleid", (1, 0))


async def test_without_a_holder_vdab_chooses_one(sqlite_stage: Stage) -> None:
    """Somebody owes the choice from the first day; who does not want the place is asked again."""
    desk = await AmaDesk.notified(sqlite_stage, "ama_se", vdab=VDAB.model_dump(mode="json"))
    assert desk.live == ["contingent"]
    await desk.accepted("contingent_kiezen", VDAB, opdracht="contingent", houder=MAATWERK)
    await desk.settle()
    await desk.accepted("bezoek_vastleggen", HOLDER, **{**VISITED, "keuze": "wil_niet"})
    await desk.settle()
    assert desk.live == ["contingent/2", "toestemming/1"]
    assert on_the_day(desk, MAATWERK) == (0, 0)


async def test_vdab_reassesses_before_each_anniversary(sqlite_stage: Stage) -> None:
    """Six weeks before it the duty opens, fed by the report; undecided, the place is kept and it escalates."""
    desk = await started(sqlite_stage)
    plan = {"stap": "Een stage", "stap_tegen": "2029-06-01", "geregistreerd_op": BEGIN}
    await desk.accepted("pop_vastleggen", BEGELEIDER, opdracht="pop", **plan)
    await desk.go(date(2029, 11, 28))
    duty = desk.duty("herbeoordeling/1")
    assert (duty.rol, duty.due) == ("vdab", date(2030, 1, 8))
    await desk.go(date(2030, 1, 20))
    assert desk.duty("herbeoordeling/1").overdue_since == date(2030, 1, 9)
    assert on_the_day(desk, MAATWERK) == (1, 0)
    goes_on = {"besluit": "verlengd", "motivering": "De voorwaarden gelden nog."}
    await desk.accepted("herbeoordeling_vastleggen", VDAB, opdracht="herbeoordeling/1", **goes_on)
    assert "herbeoordeling/2" not in desk.live


async def test_a_closure_asks_a_new_place_and_ends_nothing(sqlite_stage: Stage) -> None:
    """Whoever was placed goes on, gets a duty with priority, and keeps the old place until the new one is taken."""
    desk = await started(sqlite_stage)
    closed = PlaatsGesloten(houder=MAATWERK, datum=BEGIN)
    for _ in range(2):
        await desk.handle.signal("plaats_gesloten", closed)
        await desk.settle()
    assert (desk.stand.fase, desk.live) == ("begeleid", ["contingent/2", "pop"])
    await desk.accepted("contingent_kiezen", opdracht="contingent/2", houder="ORG-CAW-LEIE")
    await desk.settle()
    assert desk.live == ["contingent/3", "pop"], "where nobody has a contingent, the question is put again"
    await desk.accepted("contingent_kiezen", opdracht="contingent/3", houder=ELSEWHERE)
    await desk.settle()
    there = Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=ELSEWHERE)
    await desk.accepted("bezoek_vastleggen", there, **{**VISITED, "opdracht": "bezoek/3"})
    await desk.settle()
    assert desk.live == ["overeenkomst/2", "pop"]
    assert (on_the_day(desk, MAATWERK), on_the_day(desk, ELSEWHERE)) == ((0, 0), (1, 0))


async def test_a_second_closure_keeps_the_priority(sqlite_stage: Stage) -> None:
    """The place that was promised after the first one is gone too: no visit is owed there any more."""
    desk = await started(sqlite_stage)
    for houder, following in ((MAATWERK, "contingent/2"), (ELSEWHERE, "contingent/3")):
        await desk.handle.signal("plaats_gesloten", PlaatsGesloten(houder=houder, datum=BEGIN))
        await desk.settle()
        assert desk.live == [following, "pop"]
        chosen = ELSEWHERE if houder == MAATWERK else "ORG-MAATWERK-SLUISWERK"
        await desk.accepted("contingent_kiezen", opdracht=following, houder=chosen)
        await desk.settle()
    assert desk.live == ["bezoek/3", "pop"]
    with sqlite_stage.collaborators.database.read() as session:
        mine = session.scalars(select(PlaceRow).where(PlaceRow.workflow_id == desk.workflow_id))
        told = [(each.ronde, each.status, each.priority) for each in mine]
    assert told == [(1, "released", False), (2, "released", True), (3, "reserved", True)]


async def test_who_withdraws_gives_the_place_back(sqlite_stage: Stage) -> None:
    """Before the start as after it: the next in line can have it."""
    desk = await AmaDesk.notified(sqlite_stage, "ama_se", houder=MAATWERK)
    await desk.accepted("ama_beeindigen", einde=BEGIN, oorzaak="nooit_gestart")
    await desk.settle()
    assert (desk.stand.fase, on_the_day(desk, MAATWERK)) == ("ama_gesloten", (0, 0))


async def test_a_death_keeps_the_place_until_it_is_concluded(sqlite_stage: Stage) -> None:
    """A death entered by mistake loses nothing; the closing note gives the place to whoever is next."""
    desk = await started(sqlite_stage)
    await desk.accepted("overleden", BEGELEIDER, overleden_op=BEGIN)
    await desk.settle()
    assert (desk.live, on_the_day(desk, MAATWERK)) == (["afronding"], (1, 0))
    await desk.accepted("overleden_ongedaan", BEGELEIDER)
    await desk.settle()
    assert (desk.stand.fase, desk.live, on_the_day(desk, MAATWERK)) == ("begeleid", ["pop"], (1, 0))
    await desk.accepted("overleden", BEGELEIDER, overleden_op=BEGIN)
    note = {"opdracht": "afronding/2", "notitie": "Rustig afgerond."}
    await desk.accepted("afronden_zonder_betrokkene", BEGELEIDER, **note)
    await desk.settle()
    assert (desk.stand.fase, on_the_day(desk, MAATWERK)) == ("ama_gesloten", (0, 0))
