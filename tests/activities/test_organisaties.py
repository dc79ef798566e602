"""The organisations that ship with the product are enough to play every story in both werkingsgebieden."""

from datetime import date

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from sqlalchemy import select

from activities.cascade import missing
from activities.database import Database
from activities.mandates import mandated, vdab_service
from activities.reference_data import DATA
from activities.reference_file import Bestand, Organisatie
from models.actors import Rol
from models.tables import NetworkMembershipRow, OrganisationRolRow, VdabServiceRow, WorkerRow

AREAS = ("WG-GENT", "WG-BRUGGE-OOSTENDE")
DAY = date(2026, 11, 2)
SIX = {"caw", "werkactor", "maatwerkbedrijf", "ggz", "vaph", "ocmw"}


@pytest.fixture(scope="module")
def bestand() -> Bestand:
    return Bestand.model_validate(YAML(typ="safe").load(DATA / "organisaties.yaml"))


@pytest.mark.parametrize("area", AREAS)
def test_the_network_has_each_of_its_six_kinds(database: Database, area: str) -> None:
    """Art. 17 §1 1°."""
    kinds = select(NetworkMembershipRow.kind).where(NetworkMembershipRow.werkingsgebied == area)
    with database.read() as session:
        assert set(session.scalars(kinds)) == SIX


@pytest.mark.parametrize("area", AREAS)
def test_partnership_coordinator_and_vdab_are_there(database: Database, area: str) -> None:
    """One of each of the three kinds (art. 12), one coordinator (art. 17), one service that decides."""
    with database.read() as session:
        assert missing(mandated(session, Rol.CASEMANAGER_ZORG, area, DAY)) == []
        assert len(mandated(session, Rol.NETWERKCOORDINATOR, area, DAY)) == 1
        services = session.scalars(select(VdabServiceRow).where(VdabServiceRow.werkingsgebied == area)).all()
        assert [service.org for service in services] == [vdab_service(session, area, DAY)]


def test_every_provider_has_somebody_who_answers(database: Database) -> None:
    """So that a duty of a provider has a person to go to, and every VDAB service one who decides."""
    pairs = select(OrganisationRolRow.org, OrganisationRolRow.rol)
    asked = pairs.where(OrganisationRolRow.rol.in_(["dienstverlener", "vdab"]))
    staffed = select(WorkerRow.org, WorkerRow.rol).where(~WorkerRow.is_leiding)
    with database.read() as session:
        needed = {tuple(row) for row in session.execute(asked)}
        there = {tuple(row) for row in session.execute(staffed)}
    assert ("ORG-WZC-DE-LINDE", "dienstverlener") in needed
    assert not needed - there


def test_workplace_and_language_stand_outside_the_network(bestand: Bestand) -> None:
    """A care home, a hospital and a school offer actions without a mandate or a place in the network."""
    outside = {o.type: o for o in bestand.organisaties if o.type in ("WZC", "ZIEKENHUIS", "CVO")}
    assert set(outside) == {"WZC", "ZIEKENHUIS", "CVO"}
    assert not [o.code for o in outside.values() if o.mandaten or o.netwerk]


def test_nobody_can_be_reached(bestand: Bestand) -> None:
    """Everything is invented: addresses that exist nowhere, and no reference twice."""
    mails = [o.mailbox for o in bestand.organisaties]
    mails += [worker.email for o in bestand.organisaties for worker in o.medewerkers]
    refs = [worker.ref for o in bestand.organisaties for worker in o.medewerkers]
    assert not [mail for mail in mails if not mail.endswith(".example")]
    assert len(refs) == len(set(refs))


def test_only_vdab_decides_for_a_werkingsgebied() -> None:
    """A slip of the pen in the file is named."""
    written = {"code": "ORG-X", "naam": "X", "type": "CAW", "mailbox": "x@x.example"}
    with pytest.raises(ValidationError, match="rol vdab"):
        Organisatie.model_validate(written | {"beslist_voor": ["WG-GENT"], "rollen": ["dienstverlener"]})
    assert Organisatie.model_validate(
        written | {"beslist_voor": ["WG-GENT"], "rollen": ["vdab"]}
    ).beslist_voor
