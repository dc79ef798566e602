"""The law tables are edited under running cases, and the workers are replaced: nothing moves until somebody asks."""

from datetime import date

import pytest
from sqlalchemy import select

from models.tables import DutyRow, EventRow
from player.story import Story
from tests.checkpoint.test_played_twice import assert_same
from tests.law_change.lawbook import Lawbook
from tests.law_change.scene import Edit, Scene, Theatre
from tests.replay.stories import eindverslag, first_talk, plan, review, step, stopped, story

AFTER_PLAN = date(2027, 2, 19)
REVIEW_DUE, REVIEW_REMINDED = date(2027, 4, 5), date(2027, 4, 8)
PLAN_DUE, FIRST_RUNG_DAY, THIRD_RUNG_DAY = date(2027, 3, 30), date(2027, 3, 31), date(2027, 4, 2)
AFTER_STOP = date(2027, 3, 4)
EINDVERSLAG_DUE = date(2027, 4, 5)
SHORTER = "T+1 trekker, T+2 team, T+4 leiding, T+6 operaties, T+8 operaties"

LATE_PLAN = story("laat plan", tot="P3M2D")
LATE_REVIEW = story("late evaluatie", plan(), review("P4M8D", 1), tot="P4M10D")
ENDED = story(
    "gestopt", plan(), stopped("P2M"), step("P2M10D", "herzie_parameters", "operaties"), tot="P2M12D"
)
BEYOND_THE_HORIZON = story(
    "lang",
    first_talk("P5D"),
    plan(einde="P1Y5M29D", periodiciteit_maanden=6),
    review("P6M", 1, niveau=3),
    review("P1Y", 2, niveau=3),
    step(
        "P1Y3M15D",
        "beslispunt_beslissen",
        opdracht="beslispunt",
        keuze="afronden",
        motivering="Zo afgesproken.",
    ),
    eindverslag("P1Y6M20D"),
    step("P2Y6D", "contactnota", nota="De wet is nu verder bekend."),
    tot="P2Y1M",
)


def quicker_ladder(lawbook: Lawbook) -> None:
    """People are reminded sooner."""
    lawbook.set("ladder.standaard", SHORTER)


def other_parameters(lawbook: Lawbook) -> None:
    """Every term and ladder that the rest of these stories could feel."""
    quicker_ladder(lawbook)
    lawbook.set("activering.review_venster", "4 weken")
    lawbook.set("activering.review_laatste", "20 weken")
    lawbook.set("activering.eindverslag_laat", "10 dagen")
    lawbook.set("activering.heropening", "1 maanden")
    lawbook.set("ladder.uur", "9")


def other_days_off(lawbook: Lawbook) -> None:
    """The day of a duty and the day of a rung become days off."""
    lawbook.give_off(REVIEW_DUE)
    lawbook.give_off(REVIEW_REMINDED)


@pytest.mark.parametrize(
    ("played", "edits"),
    [(LATE_REVIEW, (other_parameters, other_days_off)), (BEYOND_THE_HORIZON, (other_parameters,))],
    ids=["late review", "beyond the horizon"],
)
async def test_an_edit_under_a_running_case_changes_nothing(
    theatre: Theatre, played: Story, edits: tuple[Edit, ...]
) -> None:
    """No date moves, no rung comes or goes, no document differs, also where the case reads later law on its own."""
    async with theatre.scene("zoals-het-was") as scene:
        await scene.play(played)
        undisturbed = scene.left_behind()
    for edit in edits:
        async with theatre.scene(edit.__name__.replace("_", "-")) as scene:
            await scene.play(played, edit, AFTER_PLAN)
            assert scene.crew.shifts > 1
            assert_same(undisturbed, scene.left_behind())


@pytest.mark.parametrize(
    ("edit", "spoken", "silent"),
    [(None, THIRD_RUNG_DAY, FIRST_RUNG_DAY), (quicker_ladder, FIRST_RUNG_DAY, THIRD_RUNG_DAY)],
    ids=["as shipped", "edited"],
)
async def test_the_same_edit_before_the_start_is_felt(
    theatre: Theatre, edit: Edit | None, spoken: date, silent: date
) -> None:
    """The edits are no empty gesture: a case that starts under them is reminded on other days."""
    async with theatre.scene("van-bij-het-begin") as scene:
        if edit:
            edit(scene.lawbook)
        await scene.play(LATE_PLAN)
        told = {row["as_of"] for row in scene.left_behind()["outbox"] if row["soort"] == "te_laat"}
        assert (spoken in told, silent in told) == (True, False)


async def test_a_new_case_runs_under_the_edited_law(theatre: Theatre) -> None:
    """A case that starts after the edit goes by it, beside one that started before and does not."""
    async with theatre.scene("nieuw") as scene:
        before = await scene.play(story("eerder", tot="P3D"))
        scene.lawbook.set("activering.plan_laat", "10 weken")
        await scene.crew.restart()
        after = await scene.play(story("later", tot="P3D"))
        assert _due(scene, before.workflow_id, "trajectplan") == PLAN_DUE
        assert _due(scene, after.workflow_id, "trajectplan") == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("edit", "becomes", "told"),
    [
        (
            lambda lawbook: lawbook.set("activering.eindverslag_laat", "45 dagen"),
            date(2027, 4, 19),
            "activering.eindverslag_laat vanaf 2023-07-01: 30 dagen wordt 45 dagen",
        ),
        (
            lambda lawbook: lawbook.give_off(EINDVERSLAG_DUE),
            date(2027, 4, 6),
            "vrije dag komt bij: 2027-04-05",
        ),
    ],
    ids=["parameter", "day off"],
)
async def test_herzie_parameters_redates_and_says_what_changed(
    theatre: Theatre, edit: Edit, becomes: date, told: str
) -> None:
    """When operations ask for it the case takes the tables over, names each change, and redates its duties."""
    async with theatre.scene("herzien") as scene:
        player = await scene.play(ENDED, edit, AFTER_STOP)
        events = _events(scene, player.workflow_id)
        (revised,) = (event for event in events if event.soort == "parameters-herzien")
        assert revised.gegevens["wijzigingen"] == [told]
        assert revised.command_id == f"cmd-{player.reference}-3"
        moved = [event for event in events if event.soort == "termijn-verschoven"]
        assert [event.opdracht for event in moved] == ["eindverslag"]
        assert [finding["value"] for finding in moved[0].findings] == [str(EINDVERSLAG_DUE), str(becomes)]
        assert moved[0].seq > revised.seq
        assert _due(scene, player.workflow_id, "eindverslag") == becomes


async def test_herzie_parameters_without_an_edit_says_that_nothing_changed(theatre: Theatre) -> None:
    """Tables that did not change give no change, also in a later year and with a later horizon."""
    revised_late = story(
        "jaren later",
        plan(einde="P1Y3M", periodiciteit_maanden=6),
        review("P6M", 1),
        step("P1Y1M", "herzie_parameters", "operaties"),
        tot="P1Y1M2D",
    )
    async with theatre.scene("onveranderd") as scene:
        player = await scene.play(revised_late)
        events = _events(scene, player.workflow_id)
        (revised,) = (event for event in events if event.soort == "parameters-herzien")
        assert revised.gegevens["wijzigingen"] == []
        assert not [event for event in events if event.soort == "termijn-verschoven"]


def _due(scene: Scene, workflow_id: str, key: str) -> date | None:
    with scene.stage.collaborators.database.read() as session:
        return session.get_one(DutyRow, (workflow_id, key)).due


def _events(scene: Scene, workflow_id: str) -> list[EventRow]:
    of_case = select(EventRow).where(EventRow.workflow_id == workflow_id).order_by(EventRow.seq)
    with scene.stage.collaborators.database.read() as session:
        return list(session.scalars(of_case))
