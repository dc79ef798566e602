"""The worker is killed between a decision and the start of what follows: exactly one begins, on the right day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from engine import running_engine
from models.tables import EventRow, TrajectRow
from player.play import Played
from player.story import Story
from tests.chaos.conftest import Setting
from tests.chaos.record import assert_same
from tests.chaos.scene import Scene, scene
from tests.chaos.stops import BEGINS, COMMITS, ENDS

BEGIN = date(2027, 2, 1)
DECIDED, STARTED = "stap_vastleggen:toeleiding_beslissen", "stap_vastleggen:traject-gestart"
START = "traject_starten:"
ANSWER = {"aanwezig": True, "motivering": "Dat bleek uit het gesprek."}
SCREENED = {
    "opdracht": "screening",
    "doet_en_wil": "Wil iets doen met de handen.",
    "sterktes": "Geduldig.",
    "hindernissen": "Slaapt slecht.",
    "hulp": "Een vast dagritme.",
    "advies": "Begeleiding.",
}
INHOUD = {
    "motivering": "Wil opnieuw naar buiten.",
    "eigen_woorden": "Ik wil weer iets doen.",
    "ladder": {"niveau": 3, "op": "P0D", "door": "VDAB", "bron": "gesprek"},
    "documenten": [{"soort": "diagnostisch", "kenmerk": "verslag 1", "bij": "VDAB"}],
}
ROUTES = {
    "activeringstraject": ({"route": "activeringstraject", "start": "P1M10D"}, date(2027, 3, 11)),
    "onthaaltraject": (
        {"route": "advies_welzijn", "onthaal": True, "contact_aanvaard": True},
        date(2027, 3, 1),
    ),
}
"""What is decided, and the day on which what follows must begin."""


def decided(soort: str) -> Story:
    """A toeleiding of a month that is decided to one of the two trajectories that begin by themselves."""
    chosen, _ = ROUTES[soort]
    answer = {"opdracht": "beslissing", "problematiek": ANSWER, "groeimogelijkheden": ANSWER, **chosen}
    return Story.model_validate(
        {
            "naam": f"tussen beslissing en start van een {soort}",
            "begin": BEGIN,
            "aanvraag": {
                "soort": "toeleiding",
                "nis_code": "44021",
                "persoon": {"voornaam": "Noor", "achternaam": "Test", "geboortedatum": date(1990, 1, 1)},
                "inhoud": INHOUD,
            },
            "stappen": [
                {"na": "P10D", "wie": "screener", "wat": "screening_vastleggen", "met": SCREENED},
                {"na": "P1M", "wie": "vdab", "wat": "toeleiding_beslissen", "met": answer},
            ],
            "tot": "P1M15D",
        }
    )


LOOKED_UP = ("bevoegdheid_zoeken:", "samenloop_zoeken:")
ROUTED = "kernpartners_zoeken:"
CALLS = {
    "activeringstraject": (*LOOKED_UP, DECIDED, START, STARTED),
    "onthaaltraject": (START, ROUTED),
}
"""The calls at which the worker dies; those that only read commit nothing. The letters of the decision run beside them:
each death makes the engine wait longer before these are tried again, so they have their own turn elsewhere."""


def between(passed: list[str], soort: str) -> Iterator[str]:
    """The places before, at the commit of and after each call between a decision and the start of what follows."""
    yield from dict.fromkeys(place for place in passed if place.startswith(CALLS[soort]))


def followed(scene: Scene, played: Played, soort: str) -> tuple[date, date]:
    """The one trajectory that followed: its first day, and the day on its own clock when it first told anything."""
    with scene.stage.collaborators.database.read() as session:
        (row,) = session.scalars(select(TrajectRow).where(TrajectRow.soort == soort)).all()
        mine = select(EventRow.ingevoerd_op).where(EventRow.workflow_id == row.workflow_id)
        first = session.scalars(mine.order_by(EventRow.seq)).first()
    assert played.followers == {row.workflow_id: soort}
    assert first is not None
    return row.started_on, first


@pytest.mark.parametrize("soort", ROUTES)
async def test_a_worker_killed_before_and_after_each_activity_starts_exactly_one(
    soort: str, on_scene: Setting, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> None:
    """Whatever call is under way when the worker dies, one trajectory follows, on its day, as if nothing happened."""
    story, (_, begins) = decided(soort), ROUTES[soort]
    home = tmp_path_factory.mktemp("vrede")
    copy = home / "werkzorg.db"
    copy.write_bytes(sqlite_template.read_bytes())
    async with (
        running_engine(home / "engine", time_skipping=True, ui=False) as engine,
        scene(engine, home, f"sqlite:///{copy}", 1, traced=True) as peace,
    ):
        played = await peace.play(story)
        undisturbed = peace.record(played.registered.reference)
        assert followed(peace, played, soort) == (begins, begins)
        places = list(between(peace.workers.passed, soort))
    for call in CALLS[soort]:
        of_call = {place.rpartition(":")[2] for place in places if place.startswith(call)}
        assert of_call == ({BEGINS, ENDS} if call in (*LOOKED_UP, ROUTED) else {BEGINS, COMMITS, ENDS}), call
    async with on_scene() as troubled:
        troubled.workers.at |= dict.fromkeys(places, troubled.workers.crash)
        played = await troubled.play(story)
        assert troubled.workers.killed == len(places)
        assert followed(troubled, played, soort) == (begins, begins)
        told = troubled.record(played.registered.reference)
        assert_same(told, undisturbed, but=("inbox",))
