"""The tandem follows from municipality, date and mandates; what the tables cannot give a person decides."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from activities.database import Database
from activities.registry import Registry
from activities.teams import Teams
from models.actors import Rol, Team
from models.steps import TeamOrder, TeamProposal
from models.tables import MandaatRow, WorkerRow
from tests.activities.record_steps import REFERENCE, WORKFLOW, clock, request
from tests.law import shipped_tables

DAY = date(2026, 11, 2)


@pytest.fixture
def teams(database: Database) -> Teams:
    return Teams(database)


def _order(nis_code: str = "44021", on: date = DAY) -> TeamOrder:
    return TeamOrder(workflow_id=WORKFLOW, reference=REFERENCE, nis_code=nis_code, on=on)


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
        ("44045", date(2026, 11, 2), None),  # Moerbeke merged into Lokeren, of another region
        ("31005", DAY, "WG-BRUGGE-OOSTENDE"),
        ("35013", DAY, "WG-BRUGGE-OOSTENDE"),
        ("11002", DAY, None),
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
    """If it has the mandate; an outside guide changes nothing here."""
    Registry(database, clock, shipped_tables()).register(request(begeleidt_al=guide))
    team = _team(teams.assign_team(_order()))
    assert (team.casemanager_werk.organisatie, team.casemanager_zorg.organisatie) == (werk, zorg)


def test_work_and_care_are_never_one_organisation(database: Database, teams: Teams) -> None:
    """Art. 13 §2 5°: who has both mandates takes one of them; if it is the only one, nobody."""
    with database.begin() as session:
        session.execute(delete(MandaatRow).where(MandaatRow.org == "ORG-VDAB-GENT"))
        session.execute(delete(MandaatRow).where(MandaatRow.org == "ORG-CAW-LEIE"))
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
