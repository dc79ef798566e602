"""Whole trajectories on the real engine, in virtual time: what each story expects holds at its end."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from models.actors import Rol
from models.lines import TimelineLine
from models.tables import DocumentRow, PersonRow
from player.expectations import Result
from player.performance import perform
from player.play import Show, StepRefused
from player.stage import Stage
from player.story import Story, StoryProblem, Verwacht, read_story
from settings import ROOT

OURS = sorted(Path(__file__).parent.glob("*.yaml"))

TWELVE_MONTHS_FROM_4_JANUARY_2027: dict[str, Any] = {
    "fase": "afgesloten",
    "einde": "2028-03-11",
    "opdrachten": {
        "trajectplan": {"tegen": "2027-03-30", "antwoord_op": "2027-02-19"},
        "review/1": {"tegen": "2027-04-05", "antwoord_op": "2027-04-01", "te_laat": "nee"},
        "review/2": {"tegen": "2027-07-05", "antwoord_op": "2027-08-14", "te_laat": "ja"},
        "hervatting/1": {"tegen": "2027-10-04", "antwoord_op": "2027-09-24", "te_laat": "nee"},
        "hervatting/1#2": {"tegen": "2027-11-05", "antwoord_op": "2027-10-29", "te_laat": "nee"},
        "review/3": {"tegen": "2027-12-10", "antwoord_op": "2027-12-05", "te_laat": "nee"},
        "eindverslag": {"tegen": "2028-04-10", "antwoord_op": "2028-03-16", "te_laat": "nee"},
    },
}
"""A suspension of 67 days moves the third review and the end; 29 March 2027 is Easter Monday."""


EIGHTEEN_MONTHS_FROM_4_JANUARY_2027: dict[str, Any] = {
    "fase": "afgesloten",
    "einde": "2028-06-24",
    "opdrachten": {
        "eerste_gesprek": {"tegen": "2027-01-25", "antwoord_op": "2027-01-16"},
        "trajectplan": {"tegen": "2027-03-30", "antwoord_op": "2027-02-24"},
        "aanbod/2": {"tegen": "2027-03-17", "antwoord_op": "2027-03-04"},
        "actie/2": {"tegen": "2027-03-18", "antwoord_op": "2027-03-09"},
        "aanbod/2/2": {"tegen": "2027-03-31", "antwoord_op": "2027-03-14"},
        "review/2": {"tegen": "2027-07-05", "antwoord_op": "2027-08-18", "te_laat": "ja"},
        "meting/6": {"status": "withdrawn", "tegen": "2027-09-06"},
        "beslispunt": {"tegen": "2027-11-09", "antwoord_op": "2027-10-24"},
        "review/4": {"tegen": "2028-01-04", "antwoord_op": "2027-12-31"},
        "review/5": {"tegen": "2028-04-04", "antwoord_op": "2028-03-30"},
        "beslispunt/2": {"tegen": "2028-05-02", "antwoord_op": "2028-04-07"},
        "verlenging": {"tegen": "2028-05-09", "antwoord_op": "2028-04-21"},
        "eindverslag": {"tegen": "2028-07-24", "antwoord_op": "2028-06-28"},
        "verdeelstaat": {"tegen": "2028-07-24", "antwoord_op": "2028-06-30"},
    },
}
"""Twenty working days for VDAB skip Easter Monday (17 April 2028) and 1 May; a beslispunt moves off a Saturday."""


def silent(_story: Story) -> Show:
    """Nobody watches."""
    return lambda _line: None


async def play(stage: Stage, *stories: Story) -> list[Result]:
    """Plays stories together and requires that each goes as it says."""
    results = await perform(stage, stories, silent)
    assert [result.verschillen for result in results] == [() for _ in results]
    return results


ON_POSTGRESQL = {
    "jolien": ("afgesloten",),
    "vroeg_overlijden": ("afgesloten",),
    "toeleiding_gtb": ("beslist", "lopend"),
    "zelf_geweigerd": ("beslist",),
    "onthaal_fusie": ("beslist", "beeindigd"),
    "ama_ingetrokken": ("ama_gesloten",),
    "ama_naar_se": ("ama_gesloten", "geevalueerd", "geevalueerd", "beslist", "begeleid"),
    "plaats_bezet": ("beslist", "ama_gesloten"),
    "wachtlijst": ("beslist", "begeleid"),
}
"""At least one shipped story of each kind of trajectory, with the phases in which it and what follows from it end."""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_shipped_stories_end_on_postgresql_as_they_say(stage: Stage) -> None:
    """Stories of the demo, begun today whatever day that is, one of each kind, side by side.

    The demo itself plays every one of them on SQLite (tests/cli/test_playing.py) and fails when one differs.
    """
    stories = [read_story(ROOT / "data" / "verhalen" / f"{stem}.yaml") for stem in ON_POSTGRESQL]
    results = await play(stage, *stories)
    ended = [(result.fase, *(each.fase for each in result.vervolg)) for result in results]
    assert ended == list(ON_POSTGRESQL.values())


async def test_a_protected_address_stands_in_no_document(sqlite_stage: Stage) -> None:
    """Neither VDAB's papers nor those of the GBO name it, and the GBO never had it."""
    story = read_story(ROOT / "data" / "verhalen" / "beschermd_adres.yaml")
    (result,) = await play(sqlite_stage, story)
    street = story.told["persoon"]["adres"]
    with sqlite_stage.collaborators.database.read() as session:
        known = session.scalars(select(PersonRow.address_line_1)).all()
        printed = session.scalars(select(DocumentRow.html)).all()
    assert sorted(known, key=str) == [None, street]
    assert len(printed) == len(result.documenten) + len(result.vervolg[0].documenten)
    assert not [html for html in printed if street in html]


async def test_long_stories_from_a_known_day(sqlite_stage: Stage) -> None:
    """Every date of two long stories, worked out by hand."""
    twelve, eighteen = await play(
        sqlite_stage,
        _from_4_january("twaalf_maanden", TWELVE_MONTHS_FROM_4_JANUARY_2027),
        _from_4_january("achttien_maanden", EIGHTEEN_MONTHS_FROM_4_JANUARY_2027),
    )
    reviews = [sum(d.key.startswith("review/") for d in each.opdrachten) for each in (twelve, eighteen)]
    assert reviews == [3, 5]


def _from_4_january(stem: str, expected: dict[str, Any]) -> Story:
    story = read_story(ROOT / "data" / "verhalen" / f"{stem}.yaml")
    return story.model_copy(update={"begin": date(2027, 1, 4), "verwacht": Verwacht.model_validate(expected)})


async def test_several_dossiers_move_in_lock_step(sqlite_stage: Stage, tmp_path: Path) -> None:
    """Undone death, stop, reopening, correction and extension, side by side in one record with one post.

    The example in the documentation plays along.
    """
    results = await play(sqlite_stage, *(read_story(path) for path in OURS), documented_example(tmp_path))
    for result in results:
        assert_in_order(result.tijdlijn)
    days = [(mail.recipient, mail.day) for mail in sqlite_stage.collaborators.reading.mails(limit=1000)]
    assert len(days) == len(set(days))


def documented_example(folder: Path) -> Story:
    """The story that docs/verhalen.md shows."""
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "verhalen.md").read_text(), re.S)
    path = folder / "voorbeeld.yaml"
    path.write_text(example)
    return read_story(path)


def assert_in_order(lines: tuple[TimelineLine, ...]) -> None:
    """Each event has its number, and the record heard of none before the one in front of it."""
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.ingevoerd_op for line in lines] == sorted(line.ingevoerd_op for line in lines)


async def test_a_refusal_nobody_expected_stops_the_story(sqlite_stage: Stage) -> None:
    """It names the story, the step and the reason."""
    story = read_story(ROOT / "data" / "verhalen" / "overlijden.yaml")
    too_soon = story.stappen[-1].model_copy(update={"wie": Rol.OPERATIES})
    refused = story.model_copy(update={"stappen": (too_soon,)})
    with pytest.raises(StepRefused, match=r"overlijden, stap 1 \(afronden_zonder_betrokkene na P3W\): "):
        await perform(sqlite_stage, [refused], silent)


async def test_a_role_that_nobody_has_stops_the_story(sqlite_stage: Stage) -> None:
    """In Aalst the tables name no team, so before a person does there is no casemanager to speak."""
    story = read_story(ROOT / "data" / "verhalen" / "overlijden.yaml")
    with pytest.raises(StoryProblem, match=r"overlijden, stap 1: niemand heeft .* de rol casemanager_zorg"):
        await perform(sqlite_stage, [story.model_copy(update={"stappen": story.stappen[1:2]})], silent)


async def test_an_expected_refusal_that_does_not_come_stops_the_story(sqlite_stage: Stage) -> None:
    """A rule that no longer refuses is seen."""
    story = read_story(ROOT / "data" / "verhalen" / "overlijden.yaml")
    step = story.stappen[0].model_copy(update={"weigering": "harde_regel"})
    with pytest.raises(StepRefused, match="aanvaard, verwacht: harde_regel"):
        await perform(sqlite_stage, [story.model_copy(update={"stappen": (step,)})], silent)
