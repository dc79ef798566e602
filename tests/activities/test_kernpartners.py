"""An onthaaltraject goes to whom the person chose, else to their helper, else along the order the GBO agreed."""

from datetime import date

import pytest
from sqlalchemy import delete, update

from activities.database import Database
from activities.kernpartners import Kernpartners
from models.actors import Actor, Rol
from models.findings import Verdict
from models.gbo import KernpartnerOrder, KernpartnerProposal
from models.tables import AbsenceRow, GboPartnerRow, OrganisationRow, WorkerRow

DAY = date(2026, 11, 2)
CAW, DMW, OCMW = "ORG-CAW-LEIE", "ORG-DMW-SCHELDEZORG", "ORG-OCMW-GENT"
ELSEWHERE = "ORG-CAW-VUURTOREN"
"""A kernpartner of Brugge and of Oostende, not of Gent."""
NO_PARTNER = "ORG-DE-MEANDER"


@pytest.fixture
def kernpartners(database: Database) -> Kernpartners:
    return Kernpartners(database)


def _order(
    nis_code: str = "44021",
    on: date = DAY,
    keuze: str | None = None,
    helper: str | None = None,
    dakloos: bool = False,
) -> KernpartnerOrder:
    return KernpartnerOrder(nis_code=nis_code, on=on, keuze=keuze, helper=helper, dakloos=dakloos)


def _organisations(proposal: KernpartnerProposal) -> list[str]:
    return [partner.organisatie for partner in proposal.partners.value]


def test_the_kernpartners_of_gent(kernpartners: Kernpartners) -> None:
    """Each with somebody to ask, who leads them, and who coordinates the GBO."""
    proposal = kernpartners.route(_order())
    assert (proposal.gbo, proposal.werkingsgebied) == ("GBO-GENT", "WG-GENT")
    assert [str(partner) for partner in proposal.partners.value] == [
        f"kernpartner MW-0304 ({CAW})",
        f"kernpartner MW-2101 ({DMW})",
        f"kernpartner MW-0402 ({OCMW})",
    ]
    assert {org: str(leader) for org, leader in proposal.leiding.items()} == {
        CAW: f"teamcoordinator MW-0309 ({CAW})",
        DMW: f"teamcoordinator MW-2109 ({DMW})",
        OCMW: f"teamcoordinator MW-0409 ({OCMW})",
    }
    assert proposal.coordinator == Actor(rol=Rol.GBO_COORDINATOR, organisatie=OCMW, medewerker="MW-0403")


def test_the_finding_says_on_what_it_stands(kernpartners: Kernpartners) -> None:
    """Article, assumed tables with their dates, and one sentence about the first."""
    finding = kernpartners.route(_order("44048", date(2025, 1, 1))).partners
    assert (finding.rule, finding.article) == ("kernpartners.route", "D2022 art. 4")
    assert finding.reden == f"{CAW} is de eerste in de volgorde die het GBO afsprak."
    assert finding.facts == {
        "nis_code": "44048",
        "op": "2025-01-01",
        "gbo": "GBO-GENT",
        "opgegaan_in": "44086",
        "volgorde": f"{CAW}, {DMW}, {OCMW}",
    }
    assert [(p.name, p.value, p.geldig_van, p.status) for p in finding.parameters] == [
        ("gbo.44086", "GBO-GENT", date(2025, 1, 1), "assumed"),
        ("gbo_volgorde.GBO-GENT", f"{CAW}, {DMW}, {OCMW}", date(2023, 7, 1), "assumed"),
    ]
    assert (finding.status, finding.verdict) == ("assumed", Verdict.OK)


@pytest.mark.parametrize(
    ("keuze", "helper", "dakloos", "expected", "because"),
    [
        (None, None, False, [CAW, DMW, OCMW], "eerste in de volgorde"),
        (OCMW, None, False, [OCMW, CAW, DMW], "De persoon koos"),
        (None, DMW, False, [DMW, CAW, OCMW], "hulpverlener van de persoon werkt"),
        (OCMW, DMW, False, [OCMW, DMW, CAW], "De persoon koos"),
        (DMW, DMW, True, [DMW, CAW, OCMW], "De persoon koos"),
        (
            NO_PARTNER,
            None,
            False,
            [CAW, DMW, OCMW],
            "geen kernpartner van dit GBO; ORG-CAW-LEIE is de eerste",
        ),
        (NO_PARTNER, DMW, False, [DMW, CAW, OCMW], "geen kernpartner van dit GBO; de hulpverlener"),
        (None, NO_PARTNER, False, [CAW, DMW, OCMW], "eerste in de volgorde"),
        (None, ELSEWHERE, False, [CAW, DMW, OCMW], "eerste in de volgorde"),
        (None, ELSEWHERE, True, [ELSEWHERE, CAW, DMW, OCMW], "blijft dat doen"),
        (DMW, ELSEWHERE, True, [DMW, ELSEWHERE, CAW, OCMW], "De persoon koos"),
        (None, NO_PARTNER, True, [CAW, DMW, OCMW], "eerste in de volgorde"),
        ("ORG-ONBEKEND", None, False, [CAW, DMW, OCMW], "geen kernpartner"),
    ],
)
def test_choice_then_helper_then_the_agreed_order(
    kernpartners: Kernpartners,
    keuze: str | None,
    helper: str | None,
    dakloos: bool,
    expected: list[str],
    because: str,
) -> None:
    """Nobody twice, and whoever has no home keeps the helper they have, wherever that one is a kernpartner."""
    proposal = kernpartners.route(_order(keuze=keuze, helper=helper, dakloos=dakloos))
    assert _organisations(proposal) == expected
    assert because in proposal.partners.reden
    assert all(partner.rol is Rol.KERNPARTNER for partner in proposal.partners.value)


def test_nothing_says_that_a_person_has_no_home(kernpartners: Kernpartners) -> None:
    """The reason travels with the trajectory: it tells who stays, not how somebody lives."""
    finding = kernpartners.route(_order(helper=ELSEWHERE, dakloos=True)).partners
    assert finding.facts["hulpverlener"] == ELSEWHERE
    assert "dakloos" not in finding.model_dump_json()


@pytest.mark.parametrize(
    ("nis_code", "on", "gbo"),
    [
        ("44040", date(2024, 12, 31), "GBO-GENT"),  # Melle, its last day
        ("44040", date(2025, 1, 1), "GBO-GENT"),  # merged into Merelbeke-Melle
        ("44088", date(2025, 1, 1), "GBO-GENT"),
        ("44088", date(2024, 12, 31), None),  # not there yet
        ("44045", DAY, "GBO-WAASLAND"),
        ("31005", DAY, "GBO-BRUGGE"),
        ("35013", DAY, "GBO-OOSTENDE"),
        ("21004", DAY, None),  # Brussel
        ("99999", DAY, None),
        ("44021", date(2022, 12, 31), None),
    ],
)
def test_the_gbo_follows_municipality_and_date(
    kernpartners: Kernpartners, nis_code: str, on: date, gbo: str | None
) -> None:
    """Without a GBO nobody is proposed: a reason, not an error, for a person to decide."""
    proposal = kernpartners.route(_order(nis_code, on))
    assert proposal.gbo == gbo
    if gbo is None:
        assert (proposal.partners.value, proposal.leiding, proposal.coordinator) == ((), {}, None)
        assert proposal.partners.reden == f"Geen gekend GBO bedient gemeente {nis_code} op {on}."
        assert proposal.partners.verdict is Verdict.ZACHT


def test_without_a_home_or_a_known_municipality_the_helper_stays(kernpartners: Kernpartners) -> None:
    """Whoever sleeps in Brussel this month is not let go by the worker who knows them."""
    proposal = kernpartners.route(_order("21004", helper=CAW, dakloos=True))
    assert (proposal.gbo, _organisations(proposal)) == (None, [CAW])
    assert list(proposal.leiding) == [CAW]


def test_who_is_away_is_not_asked(database: Database, kernpartners: Kernpartners) -> None:
    """The mailbox of the team is asked, or a colleague in the same role."""
    with database.begin() as session:
        session.add(AbsenceRow(worker="MW-0304", first_day=DAY, last_day=DAY))
    assert kernpartners.route(_order()).partners.value[0].medewerker is None
    assert kernpartners.route(_order(on=date(2026, 11, 3))).partners.value[0].medewerker == "MW-0304"
    with database.begin() as session:
        colleague = {"ref": "MW-0399", "org": CAW, "name": "X", "email": "x@cawleie.example"}
        session.add(WorkerRow(**colleague, rol="kernpartner", valid_from=date(2026, 1, 1)))
    assert kernpartners.route(_order()).partners.value[0].medewerker == "MW-0399"


def test_a_merged_kernpartner_is_asked_under_its_new_name(
    database: Database, kernpartners: Kernpartners
) -> None:
    """Choice, helper and agreed order follow the successor, which is asked once."""
    with database.begin() as session:
        ended = {"valid_to": date(2026, 10, 31), "successor_code": OCMW}
        session.execute(update(OrganisationRow).where(OrganisationRow.code == DMW).values(ended))
    assert _organisations(kernpartners.route(_order(keuze=DMW))) == [OCMW, CAW]
    assert _organisations(kernpartners.route(_order(on=date(2026, 10, 31)))) == [CAW, DMW, OCMW]


def test_a_kernpartner_that_stopped_is_not_asked(database: Database, kernpartners: Kernpartners) -> None:
    """Neither one that left the GBO nor one that ended without a successor; the last day still counts."""
    last = date(2026, 10, 31)
    with database.begin() as session:
        session.execute(update(OrganisationRow).where(OrganisationRow.code == DMW).values(valid_to=last))
        session.execute(update(GboPartnerRow).where(GboPartnerRow.org == CAW).values(valid_to=last))
    assert _organisations(kernpartners.route(_order())) == [OCMW]
    assert _organisations(kernpartners.route(_order(keuze=CAW, helper=DMW))) == [OCMW]
    assert _organisations(kernpartners.route(_order(on=last))) == [CAW, DMW, OCMW]


def test_the_agreed_order_is_the_one_of_the_table(database: Database, kernpartners: Kernpartners) -> None:
    """Partners who agree on another order are asked in that one."""
    with database.begin() as session:
        session.execute(update(GboPartnerRow).where(GboPartnerRow.org == CAW).values(volgorde=9))
    assert _organisations(kernpartners.route(_order())) == [DMW, OCMW, CAW]


def test_a_gbo_without_kernpartners_says_so(database: Database, kernpartners: Kernpartners) -> None:
    """Known but empty: a person decides."""
    with database.begin() as session:
        session.execute(delete(GboPartnerRow).where(GboPartnerRow.gbo == "GBO-GENT"))
    proposal = kernpartners.route(_order())
    assert (proposal.gbo, proposal.partners.value) == ("GBO-GENT", ())
    assert proposal.partners.reden == f"Het GBO van gemeente 44021 heeft op {DAY} geen enkele kernpartner."


def test_the_same_order_gives_the_same_route(kernpartners: Kernpartners) -> None:
    """Never by workload: nobody is steered to or away from."""
    assert kernpartners.route(_order(helper=OCMW)) == kernpartners.route(_order(helper=OCMW))
