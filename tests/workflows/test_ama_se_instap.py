"""Running AMA in the social economy enters the real engine: its place is kept, and given back at its end."""

from datetime import date

from activities.ama_instappen import AmaInstappen
from activities.contingent_overzicht import ContingentOverzicht
from activities.overview_facts import Vraag
from activities.trajectories import LAW_REACH
from models.actors import Actor, Rol
from models.clock import at_hour
from models.kwartaal import Kwartaalfeiten
from models.law import LawOrder
from player.stage import FIRST_HOUR, Stage
from rules.ama_instap import entered
from tests.rules.test_ama_se_instap import AGREED, KAAI, told
from tests.workflows.ama_desk import VDAB, AmaDesk
from tests.workflows.desk import OPERATOR
from tests.workflows.test_ama_money import facts
from worker import trajectories, wall_clock

OP = date(2029, 3, 12)
HOLDER = Actor(rol=Rol.BEGELEIDER, organisatie=KAAI)


async def entering(stage: Stage) -> AmaDesk:
    """Since 2024, with a place since this year and no plan, at the desk of operations on the day it is entered."""
    agreed = {**AGREED, "verzekerd_tot": "2031-12-31"}
    instap = told(
        overeenkomsten=[agreed],
        plaats={"houder": KAAI, "sinds": "2029-02-01"},
        pop=None,
        laatste_evaluatie="2028-05-08",
        laatste_herbeoordeling="2028-06-01",
    )
    law = stage.collaborators.law.snapshot(LawOrder(as_of=OP, horizon=OP + LAW_REACH))
    state = entered(instap, law, OP, OPERATOR)
    registered = AmaInstappen(stage.collaborators.database, wall_clock).enter(instap, state)
    ahead = at_hour(OP, FIRST_HOUR) - wall_clock()
    starting = trajectories(stage.client, stage.settings, stage.collaborators, lambda _registered: ahead)
    await starting.start(registered)
    desk = AmaDesk(stage, registered)
    await desk.go(OP, FIRST_HOUR)
    await desk.heard_of()
    return desk


def taken(desk: AmaDesk, on: date) -> int:
    """How many places of the holder are taken on a day."""
    lines = ContingentOverzicht(desk.stage.collaborators.database).op(on)
    return next(each.ingenomen for each in lines if each.houder == KAAI)


def counted(stage: Stage, desk: AmaDesk) -> int:
    """The days of the first quarter on the overview of the holder."""
    made = stage.collaborators.kwartaaloverzichten.one(Vraag(KAAI, 2029, 1, date(2029, 4, 2)))
    found = Kwartaalfeiten.model_validate(facts(stage, made.id))
    return sum(each.dagen for each in found.personen if each.kenmerk == desk.reference)


async def test_its_place_is_kept_and_given_back_at_its_end(sqlite_stage: Stage) -> None:
    """The plan is asked from now on, VDAB before the anniversary; the quarter counts from the place."""
    desk = await entering(sqlite_stage)
    assert (desk.stand.fase, desk.live, taken(desk, OP)) == ("begeleid", ["pop"], 1)
    assert desk.duty("pop").due == date(2029, 4, 23)
    assert ([each.soort for each in desk.messages()], desk.documents) == (["aankondiging"], [])
    stand = desk.stand.ama
    assert stand is not None
    assert (stand.variant, stand.contingent) == ("se", KAAI)
    plan = {"stap": "Een stage.", "stap_tegen": "2029-09-01", "geregistreerd_op": OP}
    await desk.accepted("pop_vastleggen", HOLDER, opdracht="pop", **plan)
    await desk.go(date(2029, 4, 23))
    assert counted(sqlite_stage, desk) == 28 + 31
    assert desk.duty("herbeoordeling/5").due == date(2029, 6, 3)
    goes_on = {"besluit": "stop", "motivering": "Zoals gevraagd.", "einde": "2029-06-01"}
    await desk.accepted("herbeoordeling_vastleggen", VDAB, opdracht="herbeoordeling/5", **goes_on)
    await desk.go(date(2029, 6, 2))
    assert (desk.stand.fase, desk.stand.einde) == ("uitstroom", date(2029, 6, 1))
    assert taken(desk, date(2029, 6, 2)) == 0
    assert "dimona_uit/1" in desk.live
