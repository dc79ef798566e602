"""What the simulation of arbeidsmatige activiteiten found, each told as the story that showed it."""

from datetime import date
from typing import Any

import pytest

from models.actors import OPERATIES
from tests.simulation.ama_cast import BEGELEIDER, GHENT, opened, welfare
from tests.simulation.ama_mistakes import OF_EVALUATION
from tests.simulation.checks import told_twice
from tests.simulation.scene import Dossier, Scene
from tests.simulation.test_found import accepted, refused

YES = {"opdracht": "toestemming/1", "antwoord": "niet_nodig"}
LONG_AGO = (
    ("toestemming_vragen", {"opdracht": "toestemming/1", "gevraagd_op": "2001-01-01"}, "gevraagd_op"),
    ("statuut_melden", {"code": "leefloon", "vanaf": "0001-01-01"}, "vanaf"),
    (
        "toestemming_hergebruiken",
        {"opdracht": "toestemming/1", "verleend_op": "0001-01-01", "zelfde_activiteit": True, "reden": "x"},
        "verleend_op",
    ),
    ("toestemming_melden", YES | {"vanaf": "0001-01-01", "antwoord": "toelating"}, "vanaf"),
)


@pytest.fixture
def begin() -> date:
    """The first day of these stories."""
    return date(2029, 1, 8)


async def accompanied(scene: Scene, name: str, **agreed: Any) -> Dossier:
    """An AMA whose activities began on its first day."""
    dossier = await welfare(scene, GHENT, name)
    for number in range(1, 3):
        if f"toestemming/{number}" in (await dossier.life()).duties:
            await accepted(
                dossier, "toestemming_melden", BEGELEIDER, YES | {"opdracht": f"toestemming/{number}"}
            )
    signed = {"opdracht": "overeenkomst", "werkpost": "ORG-DE-MEANDER", "activiteit": "keuken"}
    signed |= {"start": str(scene.begin), "uren_per_week": "12", "getekend_op": str(scene.begin)}
    signed |= {"verzekerd_tot": "2032-01-01", "reden": "Zo besproken.", **agreed}
    await accepted(dossier, "overeenkomst_sluiten", BEGELEIDER, signed)
    assert (await dossier.life()).stand.fase == "begeleid"
    return dossier


@pytest.mark.parametrize(("name", "contents", "veld"), LONG_AGO)
async def test_a_day_before_the_law_is_refused(
    scene: Scene, name: str, contents: dict[str, Any], veld: str
) -> None:
    """A question asked or a statuut begun long before the tables begin broke the trajectory for good."""
    dossier = await welfare(scene, GHENT, "lang geleden")
    assert (await dossier.life()).duties["toestemming/1"].live
    await refused(dossier, name, BEGELEIDER, contents, veld)


async def test_a_change_before_the_law_is_refused(scene: Scene) -> None:
    """Hours from a day of which no table knows the least were no refusal and no answer."""
    dossier = await accompanied(scene, "uren")
    change = {"nummer": 1, "vanaf": "2001-01-01", "uren_per_week": "14"}
    await refused(dossier, "overeenkomst_wijzigen", BEGELEIDER, change, "vanaf")


async def test_an_evaluation_ends_nothing_before_it_began(scene: Scene) -> None:
    """An evaluation concluded to stop on a day before the first one, and the agreement ended before it began."""
    dossier = await accompanied(scene, "gestopt")
    await scene.move([dossier], date(2029, 11, 5))
    ((registered, _),) = opened(await dossier.life())
    evaluation = await scene.join(registered)
    stop = OF_EVALUATION["evaluatie_vastleggen"] | {"opdracht": "evaluatie", "oordeel": "stoppen"}
    await refused(evaluation, "evaluatie_vastleggen", BEGELEIDER, stop | {"einde": "2029-01-07"}, "einde")
    await accepted(evaluation, "evaluatie_vastleggen", BEGELEIDER, stop | {"einde": "2029-01-08"})


async def test_who_died_before_the_first_day_was_accompanied_on_no_day(scene: Scene) -> None:
    """A death that was told later left an agreement that ended before it began in what is shown."""
    dossier = await accompanied(scene, "overleden", start="2029-01-08")
    await scene.move([dossier], date(2029, 1, 12))
    await accepted(dossier, "overleden", OPERATIES, {"overleden_op": "2029-01-07"})
    key = next(key for key, duty in (await dossier.life()).duties.items() if duty.live)
    await accepted(dossier, "afronden_zonder_betrokkene", BEGELEIDER, {"opdracht": key, "notitie": "x"})
    shown = (await dossier.life()).stand.ama
    assert shown is not None
    assert shown.overeenkomsten == ()


async def test_what_is_asked_once_stays_asked(scene: Scene) -> None:
    """The talk about a rest that went on for years was forgotten with its year, and asked once more."""
    dossier = await accompanied(scene, "rust")
    await accepted(dossier, "opschorten", BEGELEIDER, {"van": "2029-01-08", "oorzaak": "ziekte"})
    await scene.move([dossier], date(2029, 8, 1))
    about = ("opschortingsgesprek/1", "opschortingsbeslissing/1")
    waits = {"keuze": "wachten", "toelichting": "x"}
    for key in about:
        if (await dossier.life()).duties[key].live:
            await accepted(dossier, "opschorting_bespreken", BEGELEIDER, {"opdracht": key, **waits})
    await scene.move([dossier], date(2031, 1, 15))
    life = await dossier.life()
    assert [each for each in life.events if each.soort == "traject-gestart"]
    assert not [key for key in about if life.duties[key].live]
    assert not list(told_twice(life.messages, life.workflow_id))


async def test_who_comes_back_the_same_day_hears_it_again(scene: Scene) -> None:
    """The order to the next begeleider was named by the day alone: from A to B to A to B, and B heard of it once."""
    dossier = await welfare(scene, GHENT, "lang geleden")
    away, back = (
        {"organisatie": "ORG-CGG-ARTEVELDE"},
        {"organisatie": "ORG-DE-MEANDER", "medewerker": "MW-0502"},
    )
    for which in (away, back, away):
        await accepted(dossier, "begeleider_wisselen", OPERATIES, which)
    life = await dossier.life()
    assert not list(told_twice(life.messages, life.workflow_id))
    heard = [each.to.organisatie for each in life.messages if each.opdracht == "toestemming/1"]
    assert heard == [*("ORG-DE-MEANDER", "ORG-CGG-ARTEVELDE"), *("ORG-DE-MEANDER", "ORG-CGG-ARTEVELDE")]
    assert life.duties["toestemming/1"].addressee.organisatie == "ORG-CGG-ARTEVELDE"
