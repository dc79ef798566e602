"""A case changes hands: a worker leaves, the participant asks for somebody else, or lives elsewhere."""

from datetime import date

from player.stage import Stage
from tests.rules.cases import VDAB
from tests.workflows.desk import OPERATOR, Desk
from tests.workflows.test_extension import ALLOWED, ASKED

BRUGGE = "31005"
NOBODY = "11002"
"""A municipality in whose werkingsgebied nobody has a mandate."""
NEW = {"rol": "casemanager_werk", "organisatie": "ORG-KOMPAAN-WERK", "medewerker": "MW-0201"}
NEWER = {**NEW, "organisatie": "ORG-VDAB-GENT", "medewerker": "MW-0102"}


async def test_the_new_one_confirms_with_a_pack_in_hand(sqlite_stage: Stage) -> None:
    """The hand-over is a duty of its own with a short ladder: reminded before its date, and soon at operations."""
    desk = await Desk.running(sqlite_stage)
    await desk.accepted("herverdelen", desk.coordinator(desk.werk), **NEW)
    duty = desk.duty("overdracht/casemanager_werk")
    assert (duty.worker, duty.due) == ("MW-0201", date(2029, 1, 15))
    assert "overdrachtsfiche" in [e.gegevens["document"] for e in desk.events("document-gemaakt")]
    await desk.go(date(2029, 1, 23))
    told = sorted((m.as_of, m.soort) for m in desk.messages(about="overdracht/casemanager_werk"))
    assert [soort for _, soort in told] == [
        *("aankondiging", "herinnering", "herinnering", "leiding_te_laat", "operaties_te_laat"),
    ]
    assert told[1][0] == date(2029, 1, 11)
    await desk.accepted("overdracht_bevestigen", opdracht="overdracht/casemanager_werk")
    assert desk.live == []


async def test_who_passes_on_at_once_has_nothing_to_confirm(sqlite_stage: Stage) -> None:
    """Of two hand-overs in a row only the last is confirmed, by whoever has the case."""
    desk = await Desk.running(sqlite_stage)
    await desk.accepted("herverdelen", OPERATOR, **NEW)
    await desk.accepted("herverdelen", OPERATOR, **NEWER)
    assert desk.duty("overdracht/casemanager_werk").status == "withdrawn"
    assert desk.live == ["overdracht/casemanager_werk/2"]
    assert desk.duty("overdracht/casemanager_werk/2").worker == "MW-0102"


async def test_another_casemanager_is_asked_once_without_a_reason(sqlite_stage: Stage) -> None:
    """The next in line finds somebody; the hand-over answers the question, and a second wish asks for a reason."""
    desk = await Desk.running(sqlite_stage)
    head = desk.coordinator(desk.werk)
    await desk.accepted("andere_casemanager_vragen", desk.zorg, rol="casemanager_werk")
    assert desk.duty("herverdeling/casemanager_werk").worker == head.medewerker
    await desk.accepted("herverdelen", head, **NEW)
    assert desk.duty("herverdeling/casemanager_werk").status == "answered"
    row = await desk.send("andere_casemanager_vragen", desk.zorg, rol="casemanager_zorg")
    assert row.refusal is not None
    assert row.refusal["regel"] == "begeleiding.asks_for_another"


async def test_who_moves_to_brugge_gets_the_tandem_there(sqlite_stage: Stage) -> None:
    """What was owed goes along, both new casemanagers get a pack, and VDAB there decides what VDAB here was asked."""
    desk = await Desk.running(sqlite_stage)
    await desk.go(date(2029, 10, 15))
    await desk.accepted("beslispunt_beslissen", **ASKED)
    before = desk.live
    await desk.accepted("verhuizen", nis_code=BRUGGE, per=date(2029, 10, 15))
    team = desk.team
    assert team.werkingsgebied == "WG-BRUGGE-OOSTENDE"
    assert (desk.werk.organisatie, desk.zorg.organisatie) == ("ORG-VDAB-BRUGGE", "ORG-CAW-VUURTOREN")
    overdracht = ["overdracht/casemanager_werk", "overdracht/casemanager_zorg"]
    assert desk.live == sorted([*before, *overdracht])
    assert {desk.duty(key).org for key in before} == {"ORG-VDAB-BRUGGE"}
    assert team.vdab is not None
    await desk.accepted("verlenging_beslissen", team.vdab, **ALLOWED)


async def test_the_new_coordinator_gets_every_version_of_the_plan(sqlite_stage: Stage) -> None:
    """The plan as it runs at the move, and what is changed after it: never an older one under the same name."""
    desk = await Desk.running(sqlite_stage)
    await desk.accepted("verhuizen", nis_code=BRUGGE, per=date(2029, 1, 8))
    await desk.accepted("plan_wijzigen", aard="wezenlijk", wat="een ander doel", doel="een opleiding")
    made = [e.gegevens["document"] for e in desk.events("document-gemaakt")]
    coordinator = [key for key in made if key.startswith("trajectplan_coordinator")]
    assert sorted(coordinator) == [f"trajectplan_coordinator{n}" for n in ("", "/2", "/3")]
    assert len(made) == len(set(made))


async def test_who_moves_out_of_reach_keeps_the_team_until_somebody_is_found(sqlite_stage: Stage) -> None:
    """Where the tables know nobody operations are asked, and the tandem goes on meanwhile."""
    desk = await Desk.running(sqlite_stage)
    tandem = desk.werk, desk.zorg
    await desk.accepted("verhuizen", VDAB, nis_code=NOBODY, per=date(2029, 1, 8))
    asked = ["herverdeling/casemanager_werk", "herverdeling/casemanager_zorg"]
    assert desk.live == asked
    assert {desk.duty(key).org for key in asked} == {"ORG-OPERATIES"}
    assert (desk.werk, desk.zorg) == tandem
    await desk.accepted("herverdelen", OPERATOR, **NEW)
    assert desk.duty(asked[0]).status == "answered"
    await desk.accepted("verhuizen", VDAB, nis_code=BRUGGE, per=date(2029, 1, 8))
    assert desk.duty(asked[1]).status == "withdrawn"
    assert desk.team.werkingsgebied == "WG-BRUGGE-OOSTENDE"


async def test_a_move_within_the_werkingsgebied_changes_nobody(sqlite_stage: Stage) -> None:
    """The same team goes on, and nobody is told anything."""
    desk = await Desk.running(sqlite_stage)
    team, messages = desk.team, desk.messages()
    await desk.accepted("verhuizen", nis_code="44083", per=date(2029, 1, 8))
    assert (desk.team, desk.live, desk.messages()) == (team, [], messages)


async def test_who_moved_and_died_is_not_handed_over(sqlite_stage: Stage) -> None:
    """A death that comes while the tables are asked silences the move; undone, the move goes on."""
    desk = await Desk.running(sqlite_stage)
    await desk.send("verhuizen", nis_code=BRUGGE, per=date(2029, 1, 8))
    await desk.send("overleden", OPERATOR, overleden_op=date(2029, 1, 8))
    await desk.settle()
    assert desk.live == ["afronding"]
    await desk.accepted("overleden_ongedaan", OPERATOR)
    assert desk.team.werkingsgebied == "WG-BRUGGE-OOSTENDE"
    assert len(desk.live) == 2
