"""`instap` on an installation without an engine: looking first, what is refused and where, and entering once."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from activities.database import Database
from models.clock import local_date
from models.tables import AanvraagRow, DossierRow, TrajectRow
from tests.cli.conftest import run_in
from worker import wall_clock

TODAY = local_date(wall_clock())
START, AGREED = TODAY - timedelta(days=200), TODAY - timedelta(days=150)
REST = TODAY - timedelta(days=120), TODAY - timedelta(days=99)
END, MOVED = START + timedelta(days=364), START + timedelta(days=364 + 21)
"""A plan of a year, of which three weeks rested since the agreement."""
TOO_LATE = START + timedelta(days=600)
FILE = f"""\
# een lijst van lopende trajecten
- sleutel: eerste
  nis_code: "44021"
  persoon: {{voornaam: Mieke, achternaam: Verhaeghe, geboortedatum: 1991-05-17}}
  start: {START}
  casemanager_werk: {{organisatie: ORG-VDAB-GENT, medewerker: MW-0101}}
  casemanager_zorg: {{organisatie: ORG-CAW-LEIE, medewerker: MW-0301}}
  toegewezen_op: {START}
  plan:
    akkoord_op: {AGREED}
    doel: Een dagritme.
    start: {START}
    einde: {END}
    periodiciteit_maanden: 3
    afspraken: Ieder komt op tijd.
    acties: [{{domein: zorg, omschrijving: Gesprek., dienstverlener: ORG-CAW-LEIE}}]
  opschortingen: [{{van: {REST[0]}, tot: {REST[1]}, oorzaak: ziekte}}]
- sleutel: tweede
  nis_code: "44021"
  persoon: {{voornaam: Joris, achternaam: Verhaeghe, geboortedatum: 1990-01-02}}
  start: {START}
  casemanager_werk: {{organisatie: ORG-KOMPAAN-WERK}}
  casemanager_zorg: {{organisatie: ORG-CAW-LEIE}}
  toegewezen_op: {START}
"""
SECRETS = ("Mieke", "Verhaeghe", "Joris", "1991")


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """An installation with a record and no engine."""
    shutil.copy(sqlite_template, tmp_path / "werkzorg.db")
    return tmp_path


def filed(home: Path, text: str, *options: str) -> Result:
    """What the command says of a file."""
    path = home / "lopend.yaml"
    path.write_text(text, "utf-8")
    answer = run_in(home, "instap", path, *options)
    assert not any(secret in answer.output for secret in SECRETS)
    return answer


def stored(home: Path) -> list[int]:
    """How many requests, dossiers and trajectories the record holds."""
    database = Database.at(f"sqlite:///{home / 'werkzorg.db'}")
    with database.read() as session:
        counts = [session.query(row).count() for row in (AanvraagRow, DossierRow, TrajectRow)]
    database.close()
    return counts


def dutch(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def test_a_dry_run_shows_the_dates_and_changes_nothing(home: Path) -> None:
    """Per trajectory each date with its reason, and who would be asked what."""
    answer = filed(home, FILE, "--dry-run")
    assert answer.exit_code == 0, answer.output
    first, second = answer.stdout.split("tweede")
    assert "eerste (regel 2), fase lopend" in first
    assert f"gepland einde {dutch(MOVED)} – Het einde dat in het plan is afgesproken" in first
    assert "uiterste einde" in first
    assert "gevraagd    review/" in first
    assert "(regel 18), fase voorbereiding" in second
    assert "aan casemanager_werk (ORG-KOMPAAN-WERK): Maak het trajectplan op" in second
    assert answer.stdout.endswith("2 traject(en) nagekeken; er is niets gewijzigd.\n")
    assert stored(home) == [0, 0, 0]


def test_a_dry_run_as_json_is_for_another_program(home: Path) -> None:
    """The same, with findings whole."""
    first, second = json.loads(filed(home, FILE, "--dry-run", "--json").stdout)
    dates = {current["naam"]: current["on"] for current in first["datums"]}
    assert dates["gepland einde"]["value"] == str(MOVED)
    assert dates["gepland einde"]["article"] == "D2022 art. 11"
    assert [duty["key"] for duty in second["opdrachten"]][:2] == ["eerste_gesprek", "trajectplan"]
    assert stored(home) == [0, 0, 0]


def test_entering_twice_makes_one_of_each(home: Path) -> None:
    """The same answer, and two dossiers; without an engine they wait for it."""
    once, twice = filed(home, FILE, "--door", "MW-0001"), filed(home, FILE, "--door", "MW-0001")
    assert once.exit_code == 0, once.output
    assert once.stdout == twice.stdout
    assert f"eerste: dossier WZ-{START.year}-000001, traject activeringstraject/WZ-" in once.stdout
    assert "Er draait geen engine" in once.stdout
    assert stored(home) == [2, 2, 2]


def test_one_trajectory_needs_no_list(home: Path) -> None:
    """A file that holds one, as JSON too."""
    one = {"nis_code": "44021", "start": str(START), "toegewezen_op": str(START), "sleutel": "enig"}
    persoon = {"voornaam": "Mieke", "achternaam": "Verhaeghe", "geboortedatum": "1991-05-17"}
    werk, zorg = {"organisatie": "ORG-VDAB-GENT"}, {"organisatie": "ORG-CAW-LEIE"}
    team = {"casemanager_werk": werk, "casemanager_zorg": zorg}
    answer = filed(home, json.dumps({**one, "persoon": persoon, **team}, indent=1))
    assert answer.exit_code == 0, answer.output
    assert stored(home) == [1, 1, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1991-05-17", "ooit", "regel 4: persoon.geboortedatum: is geen datum"),
        ("  toegewezen_op", "  kleur: rood\n  toegewezen_op", "regel 8: kleur: is geen bekend veld"),
        ("  nis_code: \"44021\"\n", "", "regel 2: nis_code: ontbreekt"),
        ("44021", "11999", "regel 3: nis_code: geen gemeente met deze NIS-code"),
        ("MW-0101", "MW-9999", "regel 6: casemanager_werk.medewerker: geen medewerker met deze referentie"),
        ("MW-0101", "MW-0301", "regel 6: casemanager_werk.medewerker: werkt niet bij deze organisatie"),
        ("ORG-VDAB-GENT", "ORG-NERGENS", "regel 6: casemanager_werk.organisatie: geen organisatie met deze code"),
        (f"start: {START}\n  case", f"start: {TODAY}\n  case", "regel 5: start: ligt niet in het verleden"),
        (f"einde: {END}", f"einde: {AGREED}", "regel 13: plan.einde: ligt niet na de start en het akkoord"),
        (f"einde: {END}", f"einde: {TOO_LATE}", "regel 13: plan.einde: Een traject duurt 3 maanden"),
        ("ORG-VDAB-GENT, medewerker: MW-0101", "ORG-CAW-LEIE", "regel 7: casemanager_zorg.organisatie: De case"),
        ("tweede", "eerste", "regel 18: sleutel: staat ook op regel 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_line_and_field_and_nothing_is_entered(
    home: Path, old: str, new: str, said: str
) -> None:
    """Also what the law refuses; the other trajectories of the file wait too."""
    answer = filed(home, FILE.replace(old, new, 1))
    assert answer.exit_code == 1
    assert answer.stderr.startswith("werkzorg: instap niet aangenomen, niets is gewijzigd:\n")
    assert said in answer.stderr
    assert stored(home) == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [("a: [", "lopend.yaml, regel 1: geen geldige YAML of JSON"), ("niets", "is geen traject en geen lijst")],
)
def test_a_file_that_is_none_is_refused(home: Path, text: str, said: str) -> None:
    """One line that names the file."""
    answer = filed(home, text)
    assert answer.exit_code == 1
    assert said in answer.stderr


def test_who_enters_must_be_known(home: Path) -> None:
    """The log of each trajectory begins with that name."""
    answer: Any = filed(home, FILE, "--door", "MW-9999")
    assert answer.stderr == "werkzorg: door: geen medewerker met deze referentie\n"


AMA_FILE = f"""\
- sleutel: ama-eerste
  soort: arbeidsmatige_activiteiten
  nis_code: "44021"
  persoon: {{voornaam: Joris, achternaam: Verhaeghe, geboortedatum: 1985-03-03}}
  statuut: [{{code: leefloon, van: 2017-01-01, bron: OCMW}}]
  start: 2018-10-08
  begeleider: ORG-OCMW-GENT
  medewerker: MW-0404
  overeenkomsten:
    - werkpost: ORG-WP-FIETSHUIS
      activiteit: fietsen
      start: 2018-10-08
      uren_per_week: 8
      verzekerd_tot: {TODAY.year + 2}-12-31
  toestemmingen: [{{statuut: leefloon, antwoord: toelating, verleend_op: 2018-09-20, bewijs: map 7}}]
"""


def test_ama_is_shown_first_and_then_entered_once(home: Path) -> None:
    """The same command and the same file may hold both kinds; permissions are shown to nobody at the desk."""
    both = FILE + AMA_FILE
    shown = filed(home, both, "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert "ama-eerste" in shown.stdout
    assert "laatste dag voor het pensioen" in shown.stdout
    assert not any(secret in shown.output for secret in (*SECRETS, "map 7", "leefloon", "toelating"))
    assert stored(home) == [0, 0, 0]
    once, twice = filed(home, both), filed(home, both)
    assert "ama-eerste: dossier WZ-2018-000001, traject ama/WZ-2018-000001." in once.stdout
    assert once.stdout == twice.stdout
    assert stored(home) == [3, 3, 3]


def test_a_mistake_in_ama_is_named_by_line_and_field(home: Path) -> None:
    """And nothing of the file is entered."""
    wrong = AMA_FILE.replace("werkpost: ORG-WP-FIETSHUIS", "werkpost: ORG-NERGENS")
    refused = filed(home, FILE + wrong)
    assert refused.exit_code == 1
    assert "overeenkomsten.0.werkpost: geen organisatie met deze code" in refused.output
    assert stored(home) == [0, 0, 0]


def test_places_of_one_file_are_counted_together(home: Path) -> None:
    """A contingent of one place: the second of the file is named by its line, and nothing is entered."""
    placed = f"  plaats: {{houder: ORG-MAATWERK-DUINKANT, sinds: {START}}}\n"
    se = AMA_FILE.replace("arbeidsmatige_activiteiten", "ama_se") + placed
    assert filed(home, se, "--dry-run").exit_code == 0
    refused = filed(home, se + se.replace("ama-eerste", "ama-tweede"))
    assert refused.exit_code == 1
    assert f"regel {2 * len(se.splitlines())}: plaats.houder: op de eerste dag" in refused.stderr
    assert stored(home) == [0, 0, 0]
