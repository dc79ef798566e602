"""A story that cannot be read is refused with its file, line and field; what somebody wrote is not repeated."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from player.story import Story, StoryProblem, after, dated, read_story

GOOD = """\
naam: proef
aanvraag:
  soort: activeringstraject
  nis_code: "44021"
  persoon: {voornaam: Mieke, achternaam: Verhaeghe, geboortedatum: 1991-05-17}
stappen:
  - na: P1M
    wie: casemanager_werk
    wat: contactnota
    met: {nota: Gebeld.}
verwacht:
  opdrachten:
    trajectplan: {te_laat: nee, tegen: P12W}
"""


def problem_with(tmp_path: Path, old: str, new: str) -> str:
    """What is said of the good story with one thing changed, after the name of its file."""
    path = tmp_path / "verhaal.yaml"
    assert old in GOOD
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(StoryProblem) as problem:
        read_story(path)
    return str(problem.value).removeprefix(f"{path}, ")


def test_a_good_story_is_read(tmp_path: Path) -> None:
    """Everything that the format knows comes through."""
    path = tmp_path / "verhaal.yaml"
    path.write_text(GOOD)
    story = read_story(path)
    assert (story.naam, story.stappen[0].wat) == ("proef", "contactnota")
    assert story.verwacht.opdrachten["trajectplan"].te_laat is False


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("naam: proef\n", "", "regel 1, naam: ontbreekt", id="no name"),
        pytest.param("na: P1M", "na: 1 maand", "regel 7, stappen.0.na: is geen duur zoals P1M15D", id="no duration"),
        pytest.param("    wie: casemanager_werk\n", "", "regel 7, stappen.0.wie: ontbreekt", id="nobody"),
        pytest.param("wie: casemanager_werk", "wie: buurvrouw", "regel 8, stappen.0.wie: is geen rol", id="role"),
        pytest.param("wat: contactnota", "wat: bellen", "regel 9, stappen.0.wat: is geen commando", id="command"),
        pytest.param("nota: Gebeld.", "tekst: Gebeld.", "regel 10, stappen.0.met.nota: ontbreekt", id="no nota"),
        pytest.param("nota: Gebeld.", "nota: x, datum: gisteren", "regel 10, stappen.0.met.datum: is", id="date"),
        pytest.param('nis_code: "44021"', "nis_code: Gent", "regel 4, aanvraag.nis_code: ", id="request"),
        pytest.param("voornaam: Mieke, ", "", "regel 5, aanvraag.persoon.voornaam: ontbreekt", id="person"),
        pytest.param("te_laat: nee", "telaat: nee", "regel 13, verwacht.opdrachten.trajectplan.telaat: ", id="duty"),
        pytest.param("tegen: P12W", "tegen: straks", "regel 13, verwacht.opdrachten.trajectplan.tegen: ", id="when"),
        pytest.param("verwacht:", "verwachting:", "regel 11, verwachting: is geen bekend veld", id="unknown part"),
        pytest.param("naam: proef", "naam: [proef", "regel 2: geen geldige YAML", id="broken YAML"),
        pytest.param("naam: proef", "naam: proef\nnaam: nog een", "regel 2: geen geldige YAML", id="twice the same"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_line_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    """The first problem is told with where it stands."""
    assert problem_with(tmp_path, old, new).startswith(said)


def test_a_step_before_the_one_above_it_is_refused(tmp_path: Path) -> None:
    """Steps stand in the order in which they happen."""
    more = "    met: {nota: Gebeld.}\n  - {na: P20D, wie: operaties, wat: checkpoint}\n"
    said = problem_with(tmp_path, "    met: {nota: Gebeld.}\n", more)
    assert said == "regel 11, stappen.1.na: ligt voor de vorige stap"


@pytest.mark.parametrize("secret", ["Verhaeghe", "1991-05-17", "Mieke"])
def test_no_problem_repeats_what_was_filled_in(tmp_path: Path, secret: str) -> None:
    """Errors land in logs, and requests hold personal data."""
    assert secret not in problem_with(tmp_path, "voornaam: Mieke, ", "voornaam: Mieke, taal: Verhaeghe, ")


@pytest.mark.parametrize("text", ["", "- een\n- lijst", "gewoon tekst"])
def test_a_file_without_fields_is_no_story(tmp_path: Path, text: str) -> None:
    """Something else than a story is told so."""
    path = tmp_path / "verhaal.yaml"
    path.write_text(text)
    with pytest.raises(StoryProblem, match="regel 1: een verhaal heeft velden"):
        read_story(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """One line, with the path."""
    with pytest.raises(StoryProblem, match=r"niets\.yaml: kan niet gelezen worden"):
        read_story(tmp_path / "niets.yaml")


@pytest.mark.parametrize(
    ("begin", "duration", "day"),
    [
        pytest.param(date(2027, 1, 31), "P1M", date(2027, 2, 28), id="clipped to the month's end"),
        pytest.param(date(2027, 1, 4), "P1M15D", date(2027, 2, 19), id="month first, then days"),
        pytest.param(date(2028, 2, 29), "P1Y", date(2029, 2, 28), id="leap day"),
        pytest.param(date(2027, 1, 4), "-P8M", date(2026, 5, 4), id="before the beginning"),
        pytest.param(date(2027, 1, 4), "P0D", date(2027, 1, 4), id="the beginning"),
        pytest.param(date(2027, 1, 4), "P2W", date(2027, 1, 18), id="weeks"),
    ],
)
def test_durations_count_from_the_beginning(begin: date, duration: str, day: date) -> None:
    """Months keep the day where the month has it."""
    assert after(begin, duration) == day


def test_durations_anywhere_become_days() -> None:
    """Contents of any depth; a word that begins with P is left alone."""
    told = {"van": "P1M", "rij": ["P0D", {"tot": date(2027, 2, 1)}], "tekst": "P", "naam": "Peter"}
    expected = {
        "van": "2027-02-04",
        "rij": ["2027-01-04", {"tot": "2027-02-01"}],
        "tekst": "P",
        "naam": "Peter",
    }
    assert dated(told, date(2027, 1, 4)) == expected


def test_the_request_is_filed_when_the_story_begins() -> None:
    """The key names the story, so that playing it again in one record is the same request."""
    story = Story.model_validate({"naam": "proef", "aanvraag": {"statuut": [{"van": "-P1M"}]}})
    filed = story.request(date(2027, 1, 4))
    assert filed["sleutel"] == "verhaal proef"
    assert (filed["ingediend_op"], filed["statuut"]) == ("2027-01-04", [{"van": "2026-12-04"}])


def test_a_notice_is_filed_instead_of_a_request() -> None:
    """It has no first day of its own; later in the story a request can be filed for the same person and dossier."""
    told = {"naam": "proef", "aanmelding": {"nis_code": "44021", "persoon": {"voornaam": "An"}}}
    step = {"na": "P1M", "wie": "operaties", "wat": "aanvraag", "met": {"soort": "toeleiding"}}
    story = Story.model_validate({**told, "stappen": [step]})
    filed = story.request(date(2027, 1, 4))
    assert filed == {"sleutel": "verhaal proef", "ingediend_op": "2027-01-04", **told["aanmelding"]}
    later = story.later_request(story.stappen[0], date(2027, 1, 4), "WZ-2027-000001")
    assert (later["ingediend_op"], later["dossier"], later["soort"]) == (
        "2027-02-04",
        "WZ-2027-000001",
        "toeleiding",
    )
    assert (later["nis_code"], later["persoon"]) == ("44021", {"voornaam": "An"})


@pytest.mark.parametrize("told", [{}, {"aanvraag": {}, "aanmelding": {}}], ids=["nothing", "both"])
def test_a_story_begins_with_one_thing(told: dict[str, Any]) -> None:
    """A request or a notice."""
    with pytest.raises(ValidationError, match="een aanvraag of met een aanmelding"):
        Story.model_validate({"naam": "proef", **told})
