"""`aanmelding`: an onthaaltraject or AMA without VDAB, without an engine and on one that runs."""

import json
import shutil
from pathlib import Path

import pytest

from settings import ROOT
from tests.cli.conftest import Installation, run_in

EXAMPLE = ROOT / "data" / "voorbeelden" / "aanmelding.yaml"
AMA = ROOT / "data" / "voorbeelden" / "aanmelding_ama.yaml"
SECRETS = ("Bilal", "Van Acker", "1990")


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """An installation with a record and no engine."""
    shutil.copy(sqlite_template, tmp_path / "werkzorg.db")
    return tmp_path


def test_without_an_engine_it_is_registered_and_waits(home: Path) -> None:
    """Twice the same file is one dossier, and nothing of the person is told."""
    once, twice = run_in(home, "aanmelding", EXAMPLE), run_in(home, "aanmelding", EXAMPLE)
    assert once.exit_code == 0, once.output
    assert once.stdout == (
        "Dossier OT-2026-000001, traject onthaaltraject/OT-2026-000001.\n"
        "Er draait geen engine: de aanmelding is geregistreerd en het traject start met `./werkzorg up`.\n"
    )
    assert twice.stdout == once.stdout


def test_what_is_wrong_is_named_by_field(home: Path) -> None:
    """Every field with its rule on one line, never a value; other contents under a known key too."""
    wrong = (
        EXAMPLE.read_text("utf-8")
        .replace("herkomst: outreach", "herkomst: vdab")
        .replace("1990-04-02", "ooit")
    )
    refused = run_in(home, "aanmelding", "-", stdin=wrong)
    assert refused.exit_code == 1
    assert refused.stderr == (
        "werkzorg: aanmelding niet aangenomen: herkomst: kies uit eigen_onthaal, outreach of partner; "
        "gegevens.geboortedatum: is geen datum (JJJJ-MM-DD)\n"
    )
    run_in(home, "aanmelding", EXAMPLE)
    other = run_in(
        home, "aanmelding", "-", stdin=EXAMPLE.read_text("utf-8").replace("outreach #", "partner #")
    )
    assert other.stderr.startswith("werkzorg: aanmelding niet aangenomen: sleutel: ")
    assert not any(secret in refused.output + other.output for secret in SECRETS)


def test_whoever_notifies_confirms_and_the_talk_can_begin(up: Installation) -> None:
    """The kernpartner that brought the person gets the hand-off itself, and has them from then on."""
    filed = up.run("aanmelding", EXAMPLE)
    assert filed.stdout.endswith("Het traject is gestart.\n"), filed.output
    reference = filed.stdout.split()[1].rstrip(",")

    def owed() -> dict[str, str]:
        lines = json.loads(up.run("--json", "dossier", "show", reference).stdout)["opdrachten"]
        return {line["key"]: line["org"] for line in lines}

    up.until(lambda: "ontvangst" in owed())
    assert owed()["ontvangst"] == "ORG-CAW-LEIE"
    confirmed = up.run("opdracht", "antwoord", reference, "ontvangst", "--door", "MW-0304")
    assert confirmed.stdout == "Ontvangst bevestigd.\n", confirmed.output
    up.until(lambda: "contact" in owed())
    assert owed()["contact"] == "ORG-CAW-LEIE"


def test_a_begeleider_notifies_with_the_same_command(home: Path) -> None:
    """What a person should look at is told; a second AMA of the same person is refused with the one that runs."""
    filed = run_in(home, "aanmelding", AMA)
    assert filed.exit_code == 0, filed.output
    assert filed.stdout.startswith("Dossier WZ-2026-000001, traject ama/WZ-2026-000001.\n")
    young = AMA.read_text("utf-8").replace("1979", "2010").replace("voorbeeld-ama", "jong")
    assert "let op: De persoon is nog geen 18 jaar." in run_in(home, "aanmelding", "-", stdin=young).stdout
    again = young.replace("jong", "opnieuw").replace("# dossier: WZ-2026-000123", "dossier: WZ-2026-000001")
    refused = run_in(home, "aanmelding", "-", stdin=again)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("werkzorg: aanmelding niet aangenomen: Er loopt al een arbeidsmatige ")
    assert "lopend ama/WZ-2026-000001" in refused.stderr
    assert not any(secret in filed.output + refused.output for secret in ("Yasmina", "Bogaerts", "1979"))


def test_another_kind_is_named(home: Path) -> None:
    """AMA in the social economy and the way to a decision come by VDAB."""
    text = AMA.read_text("utf-8").replace("soort: arbeidsmatige_activiteiten", "soort: ama_se")
    refused = run_in(home, "aanmelding", "-", stdin=text)
    assert refused.stderr == (
        "werkzorg: aanmelding niet aangenomen: soort: kies uit onthaaltraject of arbeidsmatige_activiteiten\n"
    )
