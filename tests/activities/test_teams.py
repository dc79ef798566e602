"""The tandem follows from municipality, date and mandates; what the tables cannot give a person decides."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from activities.database import Database
from activities.dossiers import Dossiers
from activities.registry import Registry
from activities.teams import Teams
from models.actors import Rol, Team
from models.findings import Verdict
from models.steps import TeamOrder, TeamProposal
from models.tables import MandaatRow, OrganisationRow, TrajectRow, VdabServiceRow, WorkerRow
from tests.activities.record_steps import REFERENCE, WORKFLOW, clock, request, step
from tests.law import shipped_tables

DAY = date(2026, 11, 2)


@pytest.fixture
def teams(database: Database) -> Teams:
    return Teams(database)


def _order(nis_code: str = "44021", on: date = DAY) -> TeamOrder:
    return TeamOrder(workflow_id=WORKFLOW, reference=REFERENCE, nis_code=nis_code, on=on)


def _registered(database: Database, **asked: str) -> None:
    Registry(database, clock, shipped_tables()).register(request(**asked))


def _without_mandate(database: Database, *organisations: str) -> None:
    with database.begin() as session:
        session.execute(delete(MandaatRow).where(MandaatRow.org.in_(organisations)))


def _team(proposal: TeamProposal) -> Team:
    assert proposal.team.value is not None, proposal.team.reden
    return proposal.team.value


def test_the_tandem_of_gent(teams: Teams) -> None:
    """VDAB for work, the welfare member for care, each with its first contact worker and who leads them."""
    proposal = teams.assign_team(_order())
    team = _team(proposal)
    assert (proposal.werkingsgebied, team.werkingsgebied) == ("WG-GENT", "WG-GENT")
    assert str(team.casemanager_werk) == "casemanager_werk MW-0101 (ORG-VDAB-GENT)"
    assert str(team.casemanager_zorg) == "casemanager_zorg MW-0301 (ORG-CAW-LEIE)"
    assert {org: leader.medewerker for org, leader in team.leiding.items()} == {
        "ORG-VDAB-GENT": "MW-0109",
        "ORG-CAW-LEIE": "MW-0309",
    }
    assert all(leader.rol is Rol.TEAMCOORDINATOR for leader in team.leiding.values())


def test_the_finding_says_on_what_it_stands(teams: Teams) -> None:
    """Article, mandates and the assumed table of municipalities, so that it can be explained later."""
    finding = teams.assign_team(_order()).team
    assert finding.article == "D2022 art. 14 §2 1°"
    assert finding.facts["mandaat_zorg"] == "ORG-CAW-LEIE, ORG-CGG-ARTEVELDE, ORG-DE-MEANDER"
    assert (finding.status, finding.parameters[0].value) == ("assumed", "WG-GENT")


def test_the_same_order_gives_the_same_tandem(teams: Teams) -> None:
    """Never by workload: nobody can be steered to or away from."""
    assert teams.assign_team(_order()) == teams.assign_team(_order())


@pytest.mark.parametrize(
    ("nis_code", "on", "werkingsgebied"),
    [
        ("44040", date(2024, 12, 31), "WG-GENT"),  # Melle, its last day
        ("44040", date(2025, 1, 1), "WG-GENT"),  # merged into Merelbeke-Melle
        ("44088", date(2025, 1, 1), "WG-GENT"),
        ("44045", date(2026, 11, 2), "WG-WAASLAND"),  # Moerbeke merged into Lokeren, of another region
        ("31005", DAY, "WG-BRUGGE-OOSTENDE"),
        ("35013", DAY, "WG-BRUGGE-OOSTENDE"),
        ("11002", DAY, "WG-ANTWERPEN"),
        ("21004", DAY, None),
        ("44021", date(2022, 12, 31), None),
    ],
)
def test_the_werkingsgebied_follows_municipality_and_date(
    teams: Teams, nis_code: str, on: date, werkingsgebied: str | None
) -> None:
    """By NIS code and date, over mergers, never by arrondissement; none is a reason, not an error."""
    proposal = teams.assign_team(_order(nis_code, on))
    assert proposal.werkingsgebied == werkingsgebied
    if werkingsgebied is None:
        assert proposal.team.value is None
        assert nis_code in proposal.team.reden


@pytest.mark.parametrize(
    ("on", "mandated"),
    [
        (date(2023, 6, 30), False),
        (date(2023, 7, 1), True),
        (date(2028, 6, 30), True),
        (date(2028, 7, 1), True),
        (date(2033, 6, 30), True),
        (date(2033, 7, 1), False),
    ],
)
def test_a_mandate_holds_on_its_first_and_last_day(teams: Teams, on: date, mandated: bool) -> None:
    """The first mandates and their fictional successors join without a gap."""
    proposal = teams.assign_team(_order(on=on))
    assert (proposal.team.value is not None) is mandated
    if not mandated:
        assert "mandaat" in proposal.team.reden


@pytest.mark.parametrize(
    ("guide", "werk", "zorg"),
    [
        ("ORG-DE-MEANDER", "ORG-VDAB-GENT", "ORG-DE-MEANDER"),
        ("ORG-KOMPAAN-WERK", "ORG-KOMPAAN-WERK", "ORG-CAW-LEIE"),
        ("ORG-OCMW-GENT", "ORG-VDAB-GENT", "ORG-CAW-LEIE"),
    ],
)
def test_who_guides_the_person_already_goes_first(
    database: Database, teams: Teams, guide: str, werk: str, zorg: str
) -> None:
    """If it has the mandate; an outside guide leaves the tandem as it was."""
    _registered(database, begeleidt_al=guide)
    team = _team(teams.assign_team(_order()))
    assert (team.casemanager_werk.organisatie, team.casemanager_zorg.organisatie) == (werk, zorg)


def test_work_and_care_are_never_one_organisation(database: Database, teams: Teams) -> None:
    """Art. 13 §2 5°: who has both mandates takes one of them; if it is the only one, nobody."""
    _without_mandate(database, "ORG-VDAB-GENT", "ORG-CAW-LEIE")
    with database.begin() as session:
        own = {"org": "ORG-KOMPAAN-WERK", "werkingsgebied": "WG-GENT", "rol": "casemanager_zorg"}
        session.add(MandaatRow(id="eigen", source="test", valid_from=date(2023, 7, 1), **own))
    team = _team(teams.assign_team(_order()))
    assert team.casemanager_werk.organisatie == "ORG-KOMPAAN-WERK"
    assert team.casemanager_zorg.organisatie == "ORG-CGG-ARTEVELDE"
    with database.begin() as session:
        session.execute(delete(MandaatRow).where(MandaatRow.org != "ORG-KOMPAAN-WERK"))
    proposal = teams.assign_team(_order())
    assert proposal.team.value is None
    assert "art. 13 §2 5°" in proposal.team.reden


def test_without_a_contact_worker_the_mailbox_is_meant(database: Database, teams: Teams) -> None:
    """A worker who left, and who leads and is no case manager, are no contact; the organisation still is."""
    with database.begin() as session:
        gone = update(WorkerRow).where(WorkerRow.org == "ORG-CAW-LEIE")
        session.execute(gone.values(valid_to=date(2026, 11, 1)))
    team = _team(teams.assign_team(_order()))
    assert (team.casemanager_zorg.organisatie, team.casemanager_zorg.medewerker) == ("ORG-CAW-LEIE", None)
    assert set(team.leiding) == {"ORG-VDAB-GENT"}


def test_the_coordinator_and_the_vdab_service_come_with_the_tandem(teams: Teams) -> None:
    """The mandated coordinator of the providers, and the service that decides, each with a contact worker."""
    team = _team(teams.assign_team(_order("31005")))
    assert str(team.netwerkcoordinator) == "netwerkcoordinator MW-1801 (ORG-NETWERK-BRUGGE-OOSTENDE)"
    assert str(team.vdab) == "vdab MW-1103 (ORG-VDAB-BRUGGE)"


def test_their_heads_are_next_in_line_too(database: Database, teams: Teams) -> None:
    """Also where VDAB is no case manager of the case; an organisation without a head adds nobody."""
    _registered(database, begeleidt_al="ORG-KOMPAAN-WERK")
    before = _team(teams.assign_team(_order()))
    assert set(before.leiding) == {"ORG-KOMPAAN-WERK", "ORG-CAW-LEIE", "ORG-VDAB-GENT"}
    head = {
        "org": "ORG-NETWERK-GENT",
        "name": "X",
        "email": "x@netwerkgent.example",
        "rol": "teamcoordinator",
    }
    with database.begin() as session:
        session.add(WorkerRow(ref="MW-0809", is_leiding=True, valid_from=DAY, **head))
    after = _team(teams.assign_team(_order()))
    assert str(after.leiding["ORG-NETWERK-GENT"]) == "teamcoordinator MW-0809 (ORG-NETWERK-GENT)"
    assert str(after.netwerkcoordinator) == "netwerkcoordinator MW-0801 (ORG-NETWERK-GENT)"


def test_without_a_contact_worker_they_are_reached_by_mailbox(database: Database, teams: Teams) -> None:
    """Never nobody: the organisation is named and the worker is left empty."""
    with database.begin() as session:
        session.execute(delete(WorkerRow).where(WorkerRow.ref.in_(["MW-0103", "MW-0801"])))
    team = _team(teams.assign_team(_order()))
    assert str(team.netwerkcoordinator) == "netwerkcoordinator (ORG-NETWERK-GENT)"
    assert str(team.vdab) == "vdab (ORG-VDAB-GENT)"


@pytest.mark.parametrize(("last", "there"), [(DAY, True), (date(2026, 11, 1), False)])
def test_coordinator_and_service_hold_on_the_date(
    database: Database, teams: Teams, last: date, there: bool
) -> None:
    """To the last day of the mandate and of the service; afterwards the tandem is assigned without them."""
    with database.begin() as session:
        ending = update(MandaatRow).where(MandaatRow.org == "ORG-NETWERK-GENT")
        session.execute(ending.values(valid_to=last))
        session.execute(update(VdabServiceRow).values(valid_to=last))
    team = _team(teams.assign_team(_order()))
    assert ((team.netwerkcoordinator is not None), (team.vdab is not None)) == (there, there)
    assert team.casemanager_zorg.organisatie == "ORG-CAW-LEIE"


@pytest.mark.parametrize(
    ("asked", "zorg", "stap", "mini_team"),
    [
        ({"begeleidt_al": "ORG-DE-MEANDER"}, "ORG-DE-MEANDER", "1", None),
        ({"begeleidt_al": "ORG-DE-MEANDER", "hoofdnood": "welzijn"}, "ORG-DE-MEANDER", "1", None),
        ({"hoofdnood": "welzijn"}, "ORG-CAW-LEIE", "2", None),
        ({"hoofdnood": "beperking"}, "ORG-DE-MEANDER", "2", None),
        ({"hoofdnood": "geestelijke_gezondheid"}, "ORG-CGG-ARTEVELDE", "2", None),
        (
            {"hoofdnood": "beperking", "begeleidt_al": "ORG-OCMW-GENT"},
            "ORG-DE-MEANDER",
            "2",
            "ORG-OCMW-GENT",
        ),
        ({"begeleidt_al": "ORG-OCMW-GENT"}, "ORG-CAW-LEIE", "3", "ORG-OCMW-GENT"),
        ({"begeleidt_al": "ORG-KOMPAAN-WERK"}, "ORG-CAW-LEIE", "3", None),
        ({}, "ORG-CAW-LEIE", "3", None),
    ],
)
def test_the_care_side_follows_three_steps(
    database: Database, teams: Teams, asked: dict[str, str], zorg: str, stap: str, mini_team: str | None
) -> None:
    """Who guides already, else who fits the main need, else the welfare member; the Finding says which."""
    _registered(database, **asked)
    finding = teams.assign_team(_order()).team
    assert finding.value is not None
    assert finding.value.casemanager_zorg.organisatie == zorg
    assert finding.facts["stap"].startswith(stap)
    assert finding.facts.get("mini_team") == mini_team
    assert finding.facts.get("hoofdnood") == asked.get("hoofdnood")
    assert ("doorverwijzen" in finding.reden) is (stap == "3")
    assert ("mini-team" in finding.reden) is (mini_team is not None)


def test_a_guide_that_merged_into_a_member_is_that_member(database: Database, teams: Teams) -> None:
    """The request may still know the organisation under its old code."""
    old = {"name": "Oud", "type_code": "VAPH", "team_mailbox": "oud@demeander.example"}
    with database.begin() as session:
        period = {"valid_from": date(2020, 1, 1), "valid_to": date(2025, 12, 31)}
        session.add(OrganisationRow(code="ORG-OUD", successor_code="ORG-DE-MEANDER", **old, **period))
    _registered(database, begeleidt_al="ORG-OUD")
    finding = teams.assign_team(_order()).team
    assert finding.facts["begeleidt_al"] == "ORG-DE-MEANDER"
    assert finding.facts["stap"].startswith("1")


def test_a_member_without_a_mandate_on_the_day_is_no_member(database: Database, teams: Teams) -> None:
    """Its mandate ended the day before: it guides on from the mini-team, and another member takes the case."""
    _registered(database, begeleidt_al="ORG-DE-MEANDER")
    with database.begin() as session:
        ending = update(MandaatRow).where(MandaatRow.org == "ORG-DE-MEANDER")
        session.execute(ending.values(valid_to=date(2026, 11, 1)))
    finding = teams.assign_team(_order()).team
    assert (
        _team(TeamProposal(werkingsgebied=None, team=finding)).casemanager_zorg.organisatie == "ORG-CAW-LEIE"
    )
    assert finding.facts["mini_team"] == "ORG-DE-MEANDER"


@pytest.mark.parametrize(
    ("gone", "alarm"),
    [
        ([], "volledig"),
        (["ORG-CAW-LEIE"], "onvolledig: geen CAW, OCMW of DMW (art. 12 §1)"),
        (["ORG-DE-MEANDER"], "onvolledig: geen VAPH-voorziening (art. 12 §1)"),
        (
            ["ORG-CAW-LEIE", "ORG-CGG-ARTEVELDE"],
            "onvolledig: geen CAW, OCMW of DMW, geen GGZ-voorziening (art. 12 §1)",
        ),
    ],
)
def test_an_incomplete_partnership_is_an_alarm_and_no_refusal(
    database: Database, teams: Teams, gone: list[str], alarm: str
) -> None:
    """One of each of three kinds (art. 12 §1): what is missing is told, and the case is assigned."""
    _without_mandate(database, *gone)
    finding = teams.assign_team(_order()).team
    assert finding.value is not None
    assert finding.verdict is Verdict.OK
    assert finding.facts["samenwerkingsverband"] == alarm
    assert ("onvolledig" in finding.reden) is bool(gone)


def test_a_main_need_that_no_member_fits_falls_to_the_welfare_member(
    database: Database, teams: Teams
) -> None:
    """And where there is none either, to who is left."""
    _registered(database, hoofdnood="geestelijke_gezondheid")
    _without_mandate(database, "ORG-CGG-ARTEVELDE")
    assert _team(teams.assign_team(_order())).casemanager_zorg.organisatie == "ORG-CAW-LEIE"
    _without_mandate(database, "ORG-CAW-LEIE")
    proposal = teams.assign_team(_order())
    assert _team(proposal).casemanager_zorg.organisatie == "ORG-DE-MEANDER"
    assert "want er is geen CAW, OCMW of DMW" in proposal.team.reden


def test_a_participant_who_moved_gets_a_second_team(database: Database, teams: Teams) -> None:
    """The same activity, another municipality and day: the first team stands in the record and changes nothing."""
    _registered(database, begeleidt_al="ORG-CAW-LEIE")
    Dossiers(database, clock).record_step(step(1))
    moved = teams.assign_team(_order("35013", date(2027, 3, 1)))
    team = _team(moved)
    assert (moved.werkingsgebied, team.werkingsgebied) == ("WG-BRUGGE-OOSTENDE", "WG-BRUGGE-OOSTENDE")
    assert str(team.casemanager_zorg) == "casemanager_zorg MW-1301 (ORG-CAW-VUURTOREN)"
    assert (moved.team.facts["op"], moved.team.facts["mini_team"]) == ("2027-03-01", "ORG-CAW-LEIE")
    with database.read() as session:
        assert session.get_one(TrajectRow, WORKFLOW).werkingsgebied == "WG-GENT"


def test_two_vdab_services_give_the_first_by_code(database: Database, teams: Teams) -> None:
    """The same answer every time, until somebody ends the one that is over."""
    with database.begin() as session:
        other = {"org": "ORG-VDAB-BRUGGE", "werkingsgebied": "WG-GENT"}
        session.add(VdabServiceRow(valid_from=date(2026, 1, 1), **other))
    vdab = _team(teams.assign_team(_order())).vdab
    assert vdab is not None
    assert vdab.organisatie == "ORG-VDAB-BRUGGE"
