"""The desk of operations on an installation that runs: requests, answers, commands, explanations and repair."""

import asyncio
import json
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.database import Database
from engine.ports import kept_ports
from models.tables import InboxRow
from tests.cli.conftest import AANVRAAG, Installation
from workflows.schedules import PLANS

PLAN = """\
doel: Weer een dagritme vinden.
start: {day}
einde: 2027-10-23
periodiciteit_maanden: 3
afspraken: Ieder komt op tijd.
acties: [{{domein: zorg, omschrijving: Gesprek., dienstverlener: ORG-CAW-LEIE}}]
"""


def inbox(up: Installation) -> int:
    """How many commands the inbox holds."""
    database = Database.at(f"sqlite:///{up.home / 'werkzorg.db'}")
    with database.read() as session:
        count = session.query(InboxRow).count()
    database.close()
    return count


def test_the_same_request_again_is_the_same_dossier(up: Installation) -> None:
    """The key of its sender makes it the same; other contents under that key are refused."""
    reference = up.request("zelfde")
    again = up.run("aanvraag", "-", stdin=AANVRAAG.format(key="zelfde"))
    assert again.stdout.split()[1] == f"{reference},"
    other = up.run("aanvraag", "-", stdin=AANVRAAG.format(key="zelfde").replace("44021", "44013"))
    assert other.exit_code == 1
    assert other.stderr.startswith("werkzorg: aanvraag niet aangenomen: sleutel: ")


def test_a_malformed_request_names_its_fields(up: Installation) -> None:
    """Every field with its rule on one line; no value, no dossier."""
    wrong = AANVRAAG.format(key="fout").replace("1991-05-17", "ooit").replace('"44021"', "Gent")
    answer = up.run("aanvraag", "-", stdin=wrong)
    assert answer.exit_code == 1
    assert "nis_code: heeft niet de juiste vorm; persoon.geboortedatum: is geen datum" in answer.stderr
    assert not any(secret in answer.stderr for secret in ("Verhaeghe", "ooit", "Gent"))


def test_a_duty_shows_what_its_answer_looks_like(up: Installation) -> None:
    """The schema and an example come from the model of the command."""
    reference = up.request("tonen")
    shown = json.loads(up.run("opdracht", "show", reference, "trajectplan", "--json").stdout)
    assert shown["antwoord"] == "plan_akkoord"
    assert shown["schema"]["properties"].keys() > shown["voorbeeld"].keys() >= {"doel", "start", "einde"}


def test_operations_answer_for_somebody(up: Installation, tmp_path: Path) -> None:
    """Both names show; an answer that comes twice is refused and the first one stands."""
    reference = up.request("namens")
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN.format(day="2026-11-23"))
    answer = ("opdracht", "antwoord", reference, "trajectplan", "--met", plan, "--door", "MW-0001")
    accepted = up.run(*answer, "--bron", "telefoon", "--datum", "2026-11-23")
    assert accepted.stdout == "Trajectplan akkoord, tot 23-10-2027.\n"
    up.until(lambda: "Trajectplan akkoord" in up.run("dossier", "tijdlijn", reference).stdout)
    assert "Els Peeters (operaties) namens An Willems" in up.run("dossier", "tijdlijn", reference).stdout
    again = up.run(*answer)
    assert again.exit_code == 1
    assert again.stderr.startswith("werkzorg: plan_akkoord geweigerd: ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--van", "2026-11-23"], "oorzaak: ontbreekt", id="missing"),
        pytest.param(["--van", "gisteren", "--oorzaak", "ziekte"], "van: is geen datum (JJJJ-MM-DD)", id="no date"),
        pytest.param(
            ["--van", "2026-11-23", "--oorzaak", "griep"],
            "oorzaak: kies uit ziekte, opname, detentie, moederschap of andere", id="no choice",
        ),
    ],
)  # fmt: skip
def test_a_malformed_command_gets_no_inbox_row(up: Installation, options: list[str], said: str) -> None:
    """Field and rule on one line, and nothing is kept."""
    reference, before = up.request("misvormd"), inbox(up)
    answer = up.run("dossier", "opschorten", reference, *options, "--door", "MW-0301")
    assert answer.exit_code == 1
    assert answer.stderr == f"werkzorg: opschorten niet aangenomen: {said}\n"
    assert inbox(up) == before


def test_who_enters_a_command_must_be_known(up: Installation) -> None:
    """A command without a worker, or of nobody, is not taken."""
    reference, before = up.request("wie"), inbox(up)
    nobody = up.run("dossier", "contactnota", reference, "--nota", "Gebeld.")
    assert nobody.stderr == "werkzorg: door: ontbreekt; zeg met --door MW-… wie dit invoert\n"
    unknown = up.run("dossier", "contactnota", reference, "--nota", "Gebeld.", "--door", "MW-9999")
    assert unknown.stderr == "werkzorg: door: geen medewerker met deze referentie\n"
    assert inbox(up) == before


def test_a_correction_explains_the_new_date_and_what_it_brings_about(up: Installation) -> None:
    """Rule, article, parameters with status and facts; after `rechtzetten` the consequences too."""
    reference = up.request("waarom")
    plan = PLAN.format(day="2026-11-23")
    up.run("opdracht", "antwoord", reference, "trajectplan", "--met", "-", "--door", "MW-0101", stdin=plan)
    extend = ("dossier", "verlengen", reference, "--motivering", "Opleiding.", "--door", "MW-0101")
    refused = up.run(*extend, "--einde", "2029-01-01")
    assert refused.exit_code == 1
    assert "D2022 art. 11" in refused.stderr
    correct = ("--veld", "plan.einde", "--oud", "2027-10-23", "--nieuw", "2027-11-23", "--waarom", "Tikfout.")
    corrected = up.run("dossier", "rechtzetten", reference, *correct, "--door", "MW-0101")
    assert "gepland einde: 2027-10-23 wordt 2027-11-23" in corrected.stdout
    up.until(lambda: "Te bekijken na rechtzetting" in up.run("dossier", "waarom", reference).stdout)
    why = up.run("dossier", "waarom", reference).stdout
    assert "gepland einde: 23-11-2027" in why
    assert "activering.duur_max = 18 maanden (wet, vanaf 01-07-2023; D2022 art. 11)" in why


def test_a_terminated_trajectory_goes_on_where_it_was(up: Installation, tmp_path: Path) -> None:
    """Reset to its last completed workflow task: the story goes on, and nothing is there twice."""
    reference = up.request("herstel")
    fine = up.run("dossier", "herstel", reference)
    assert fine.stdout.endswith("loopt; er is niets te herstellen.\n")
    asyncio.run(terminate(up, f"activeringstraject/{reference}"))
    repaired = up.run("dossier", "herstel", reference)
    assert repaired.stdout.endswith("was afgebroken en gaat verder waar het was.\n")
    plan = PLAN.format(day="2026-11-23")
    up.run("opdracht", "antwoord", reference, "trajectplan", "--met", "-", "--door", "MW-0101", stdin=plan)
    # Documents are made in the order they were asked for; the participant's letter is the last.
    last = "Document plan_kopie is gemaakt"
    up.until(lambda: last in up.run("dossier", "tijdlijn", reference).stdout)
    lines = json.loads(up.run("dossier", "tijdlijn", reference, "--json").stdout)
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    keys = [line["key"] for line in json.loads(up.run("documenten", reference, "--json").stdout)]
    assert {"kennismaking_tandem", "plan_kopie", "trajectplan"} <= set(keys)
    assert len(keys) == len(set(keys))


async def terminate(up: Installation, workflow_id: str) -> None:
    """What somebody does by mistake in the Temporal UI."""
    ports = kept_ports(up.home / "engine")
    assert ports is not None
    client = await Client.connect(ports.address)
    await client.get_workflow_handle(workflow_id).terminate("vergissing")


def test_a_document_is_written_as_it_was_made(up: Installation, tmp_path: Path) -> None:
    """The same bytes, in the folder that was asked."""
    reference = up.request("document")
    up.until(lambda: up.run("documenten", reference, "--json").stdout != "[]\n")
    (document,) = json.loads(up.run("documenten", reference, "--json").stdout)
    written = up.run("document", "schrijven", document["id"], "--naar", tmp_path).stdout.strip()
    assert Path(written).read_bytes().startswith(b"%PDF")
    assert up.run("document", "schrijven", "DOC-0").stderr == "werkzorg: document DOC-0 bestaat niet\n"


def test_lists_are_filtered_and_come_as_json(up: Installation) -> None:
    """Who owes what, where, and by when."""
    reference = up.request("lijst")
    dossiers = json.loads(up.run("--json", "dossier", "list", "--zoek", reference).stdout)
    assert [line["reference"] for line in dossiers] == [reference]
    duties = json.loads(up.run("opdracht", "list", "--organisatie", "ORG-VDAB-GENT", "--json").stdout)
    assert reference in {line["reference"] for line in duties}
    assert up.run("opdracht", "list", "--voor", "2026-11-24").stdout == "Geen opdrachten.\n"
    assert (
        up.run("dossier", "show", "WZ-1999-000001").stderr == "werkzorg: er is geen dossier WZ-1999-000001\n"
    )


def test_every_parameter_is_listed_with_its_status(up: Installation) -> None:
    """Law or assumption, with the source."""
    rows = json.loads(up.run("parameters", "list", "--json").stdout)
    assert {row["status"] for row in rows} == {"law", "assumed"}
    assert "aanname" in up.run("parameters", "list").stdout


def test_the_schedules_are_applied_and_can_be_applied_again(up: Installation) -> None:
    """`up` did it already; once more changes nothing, and says so for each."""
    applied = json.loads(up.run("schedules", "apply", "--json").stdout)
    assert applied.keys() == PLANS.keys()
    assert set(applied.values()) == {"ongewijzigd"}
    assert "dagelijkse-controle: ongewijzigd\n" in up.run("schedules", "apply").stdout


def test_the_control_shows_first_and_repairs_after(up: Installation) -> None:
    """What was terminated by mistake stands in the list, goes on when it is asked, and is well the next time."""
    reference = up.request("controle")
    name = f"activeringstraject/{reference}"
    asyncio.run(terminate(up, name))
    shown = up.run("controle", "--alleen-tonen")
    assert name in shown.stdout
    assert "hersteld" not in shown.stdout
    done = json.loads(up.run("controle", "--json").stdout)
    assert [(each["onderwerp"], each["hersteld"]) for each in done["meldingen"]] == [(name, True)]
    assert done["gedaan"] == {"gemeld": 1, "hersteld": 1}
    assert up.run("controle").stdout.endswith(" bekeken, 0 gevonden\n")
    assert up.run("dossier", "herstel", reference).stdout.endswith("loopt; er is niets te herstellen.\n")


def test_a_control_of_no_day_is_one_line(up: Installation) -> None:
    """The option is named, and nothing is looked at."""
    ahead = up.run("controle", "--as-of", "2099-03-01")
    assert (ahead.exit_code, ahead.stdout) == (1, "")
    assert "as-of: ligt in de toekomst; kijk vooruit met --alleen-tonen" in ahead.stderr
    answer = up.run("controle", "--as-of", "gisteren")
    assert answer.exit_code == 2
