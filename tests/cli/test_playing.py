"""`play` and `demo`: exit codes and output as programs and people see them."""

import json
from itertools import product
from pathlib import Path

import pytest

import cli
from player.demo import shipped_stories
from settings import ROOT
from tests.cli.conftest import werkzorg

DEATH = ROOT / "data" / "verhalen" / "overlijden.yaml"


def test_a_story_as_json(tmp_path: Path) -> None:
    """Everything is one JSON document on standard output, and nothing else is there."""
    answer = werkzorg("play", DEATH, "--json", "--home", tmp_path / "spel")
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert (result["fase"], result["verschillen"]) == ("afgesloten", [])
    assert {"reference", "opdrachten", "berichten", "mails", "documenten", "tijdlijn"} <= result.keys()
    assert [line["status"] for line in result["berichten"] if line["soort"] == "brief"] == ["cancelled"]


def test_another_end_than_expected(tmp_path: Path) -> None:
    """The timeline and a table of differences, and exit code 1."""
    story = tmp_path / "verhaal.yaml"
    story.write_text(DEATH.read_text().replace("fase: afgesloten", "fase: lopend"))
    answer = werkzorg("play", story, "--home", tmp_path / "spel")
    assert answer.returncode == 1
    assert "Overlijden gemeld" in answer.stdout
    row = next(line for line in answer.stdout.splitlines() if line.startswith("│ fase"))
    assert [cell.strip() for cell in row.strip("│").split("│")] == ["fase", "lopend", "afgesloten"]


def test_a_malformed_story(tmp_path: Path) -> None:
    """File, line and field on one line, exit code 2, and no engine was started."""
    story = tmp_path / "verhaal.yaml"
    story.write_text(DEATH.read_text().replace("wat: overleden", "wat: sterven"))
    answer = werkzorg("play", story, "--home", tmp_path / "spel")
    assert answer.returncode == 2
    assert answer.stderr.startswith(f"werkzorg: {story}, regel 32, stappen.1.wat: is geen commando")
    assert len(answer.stderr.splitlines()) == 1
    assert not (tmp_path / "spel").exists()


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """With TEMPORAL_ADDRESS nothing is started: one line and exit code 1."""
    answer = werkzorg("play", DEATH, "--home", tmp_path / "spel", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert answer.returncode == 1
    assert answer.stderr.startswith("werkzorg: De Temporal-server op 127.0.0.1:1")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["spelen"], "er is geen commando spelen", id="unknown command"),
        pytest.param(["play"], "VERHAAL... ontbreekt", id="missing argument"),
        pytest.param(["play", "x.yaml", "--snel"], "er is geen optie --snel", id="unknown option"),
        pytest.param(["dossier", "show"], "REF ontbreekt", id="missing reference"),
        pytest.param(
            ["opdracht", "list", "--voor", "morgen"], "--voor: heeft niet de juiste vorm", id="no date"
        ),
    ],
)
def test_a_command_that_was_typed_wrongly(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line in Dutch that repeats no value."""
    monkeypatch.setattr("sys.argv", ["werkzorg", *arguments])
    monkeypatch.setenv("WERKZORG_HOME", "/nergens")
    assert cli.main() == 2
    assert capsys.readouterr().err == f"werkzorg: {said}; zie --help\n"


def test_the_demo_leaves_everything_to_look_at(tmp_path: Path) -> None:
    """Without a terminal it stops by itself; its record answers the commands it names."""
    home = tmp_path / "demo"
    answer = werkzorg("demo", "--home", home)
    assert answer.returncode == 0, answer.stderr
    assert "Waar te kijken" in answer.stdout
    assert f"./werkzorg --home {home} dossier list" in answer.stdout
    assert {path.name for path in home.glob("documenten/*/*.pdf")} >= {"eindverslag.pdf", "slotnota.pdf"}
    assert list(home.glob("mails/*.eml"))
    assert list(home.glob("brieven/**/*.pdf"))
    listed = json.loads(werkzorg("--home", home, "--json", "dossier", "list").stdout)
    references = {line["reference"] for line in listed if line["reference"].startswith("WZ-")}
    assert len(references) == len(shipped_stories())
    ended = {"activeringstraject": "afgesloten", "toeleiding": "beslist", "onthaaltraject": "beeindigd"}
    begun = {
        ("activeringstraject", "voorbereiding"),
        ("activeringstraject", "lopend"),
        ("evaluatie", "geevalueerd"),
    }
    ama = product(("arbeidsmatige_activiteiten", "ama_se"), ("begeleid", "ama_gesloten"))
    assert {(line["soort"], line["fase"]) for line in listed} == {*begun, *ama, *ended.items()}
    why = werkzorg("--home", home, "dossier", "waarom", listed[0]["reference"])
    assert "artikel" in why.stdout
