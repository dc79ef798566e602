"""Every municipality has a werkingsgebied and a GBO, before and after the mergers of 2025."""

from collections import Counter
from datetime import date

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from sqlalchemy import or_, select

from activities.database import Database, seed
from activities.kernpartners import Kernpartners
from activities.mandates import vdab_service, werkingsgebied_of, workers_at
from activities.reference_data import DATA
from activities.reference_file import Gbos, Gebieden
from models.actors import Rol
from models.gbo import KernpartnerOrder
from models.tables import (
    GboGemeenteRow,
    GboPartnerRow,
    GemeenteRow,
    OrganisationRolRow,
    OrganisationRow,
    WerkingsgebiedGemeenteRow,
    WerkingsgebiedRow,
    WorkerRow,
)

BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)
MEMBERS = WerkingsgebiedGemeenteRow | GboGemeenteRow
REGIO = {"code": "A", "naam": "A", "van": "2023-01-01", "status": "assumed"}


@pytest.fixture(scope="module")
def gebieden() -> Gebieden:
    return Gebieden.model_validate(YAML(typ="safe").load(DATA / "werkingsgebieden.yaml"))


@pytest.fixture(scope="module")
def gbos() -> Gbos:
    return Gbos.model_validate(YAML(typ="safe").load(DATA / "gbo.yaml"))


def _there(database: Database, row: type[GemeenteRow | MEMBERS], on: date) -> list[str]:
    """The NIS codes with a row that holds on a date, one for each row."""
    valid = row.valid_from <= on, or_(row.valid_to.is_(None), row.valid_to >= on)
    with database.read() as session:
        return list(session.scalars(select(row.nis_code).where(*valid)))


def _expired(database: Database) -> dict[str, str]:
    """Every code that is no more, with its successor."""
    merged = select(GemeenteRow.nis_code, GemeenteRow.successor_nis).where(
        GemeenteRow.successor_nis.is_not(None)
    )
    with database.read() as session:
        return {code: successor for code, successor in session.execute(merged) if successor}


@pytest.mark.parametrize(("on", "gemeenten"), [(BEFORE, 300), (AFTER, 285)])
@pytest.mark.parametrize("row", [WerkingsgebiedGemeenteRow, GboGemeenteRow])
def test_each_municipality_has_one_row(
    database: Database, row: type[MEMBERS], on: date, gemeenten: int
) -> None:
    """Each of the last day before the mergers and of the first after them, exactly once, and no other."""
    expected = Counter(_there(database, GemeenteRow, on))
    assert len(expected) == gemeenten
    assert Counter(_there(database, row, on)) == expected


def test_the_werkingsgebied_answers_for_every_code(database: Database) -> None:
    """Asked by any code, an expired one too, on both days; Brussels is no Flemish municipality."""
    before, after = _there(database, GemeenteRow, BEFORE), _there(database, GemeenteRow, AFTER)
    asked = [(nis, BEFORE) for nis in before] + [(nis, AFTER) for nis in {*before, *after}]
    with database.read() as session:
        assert not [key for key in asked if werkingsgebied_of(session, *key) is None]
        assert werkingsgebied_of(session, "21004", AFTER) is None


def test_an_expired_code_answers_through_its_successor(database: Database) -> None:
    """A request that still carries the old code lands where the new municipality is."""
    expired = _expired(database)
    assert len(expired) == 27
    kernpartners = Kernpartners(database)
    for code, successor in expired.items():
        old = kernpartners.route(KernpartnerOrder(nis_code=code, on=AFTER))
        new = kernpartners.route(KernpartnerOrder(nis_code=successor, on=AFTER))
        assert old.gbo is not None
        assert old.werkingsgebied is not None
        assert (old.gbo, old.werkingsgebied, old.partners.value) == (
            new.gbo,
            new.werkingsgebied,
            new.partners.value,
        )
        assert old.partners.facts["opgegaan_in"] == successor


def test_no_merger_moves_anybody_to_another_gbo(database: Database) -> None:
    """What was one region before the mergers is one after them."""
    kernpartners = Kernpartners(database)
    for code in _expired(database):
        before = kernpartners.route(KernpartnerOrder(nis_code=code, on=BEFORE))
        after = kernpartners.route(KernpartnerOrder(nis_code=code, on=AFTER))
        assert (before.gbo, before.werkingsgebied) == (after.gbo, after.werkingsgebied), code


@pytest.mark.parametrize(
    ("nis_code", "area"),
    [
        ("11056", "WG-WAASLAND"),  # Zwijndrecht, arrondissement Antwerpen until 2024
        ("44045", "WG-WAASLAND"),  # Moerbeke, arrondissement Gent until 2024
        ("42023", "WG-WAASLAND"),  # Waasmunster, arrondissement Dendermonde
        ("42025", "WG-GENT"),  # Wetteren, arrondissement Dendermonde
        ("41081", "WG-VLAAMSE-ARDENNEN"),  # Zottegem, arrondissement Aalst
        ("23062", "WG-OOST-BRABANT"),  # Overijse, arrondissement Halle-Vilvoorde
        ("31005", "WG-BRUGGE-OOSTENDE"),
        ("35013", "WG-BRUGGE-OOSTENDE"),
    ],
)
def test_a_region_is_not_the_arrondissement(database: Database, nis_code: str, area: str) -> None:
    """The referentieregio's cross arrondissements, and were the same before and after the mergers."""
    for on in (BEFORE, AFTER):
        with database.read() as session:
            member = werkingsgebied_of(session, nis_code, on)
        assert member is not None
        assert (member.werkingsgebied, member.status) == (area, "assumed")


def test_fifteen_regions_make_fourteen_werkingsgebieden(gebieden: Gebieden, gbos: Gbos) -> None:
    """Brugge and Oostende are one werkingsgebied but two GBO's; no region is left out or counted twice."""
    regios = Counter(regio.code for regio in gebieden.regios)
    assert len(regios) == 15
    assert Counter(code for area in gebieden.werkingsgebieden for code in area.regios) == regios
    assert Counter(code for gbo in gbos.gbos for code in gbo.regios) == regios
    assert (len(gebieden.werkingsgebieden), len(gbos.gbos)) == (14, 15)


def test_every_gbo_has_its_three_kinds_and_falls_back_on_an_ocmw(database: Database, gbos: Gbos) -> None:
    """OCMW, CAW and DMW (LSB art. 9), the OCMW at the end of the order."""
    with database.read() as session:
        kinds = {row.code: row.type_code for row in session.scalars(select(OrganisationRow))}
    for gbo in gbos.gbos:
        asked = [kinds[partner.org] for partner in gbo.partners]
        assert set(asked) == {"OCMW", "CAW", "DMW"}, gbo.code
        assert asked[-1] == "OCMW", gbo.code


def test_every_kernpartner_and_screener_has_somebody_who_answers(database: Database) -> None:
    """An organisation with one of the roles of the onthaal or of the screening has a worker in it."""
    roles = [Rol.KERNPARTNER.value, Rol.GBO_COORDINATOR.value, Rol.SCREENER.value]
    with database.read() as session:
        pairs = select(OrganisationRolRow.org, OrganisationRolRow.rol).where(
            OrganisationRolRow.rol.in_(roles)
        )
        needed = {tuple(pair) for pair in session.execute(pairs)}
        workers = select(WorkerRow.org, WorkerRow.rol).where(~WorkerRow.is_leiding)
        there = {tuple(pair) for pair in session.execute(workers)}
        partners = set(session.scalars(select(GboPartnerRow.org)))
    assert {org for org, rol in needed if rol == "kernpartner"} == partners
    assert {"ORG-VDAB-GENT", "ORG-VDAB-BRUGGE", "ORG-GTB-GENT"} == {
        o for o, rol in needed if rol == "screener"
    }
    assert not needed - there


def test_every_werkingsgebied_has_a_vdab_service_that_decides(database: Database) -> None:
    """With somebody who decides and somebody who leads (D2022 art. 9)."""
    with database.read() as session:
        for area in session.scalars(select(WerkingsgebiedRow.code)):
            service = vdab_service(session, area, AFTER)
            assert service is not None, area
            workers = workers_at(session, [service], AFTER)
            assert {"vdab", "teamcoordinator"} <= {worker.rol for worker in workers}, area
            assert [worker.is_leiding for worker in workers if worker.rol == "teamcoordinator"] == [True]


def test_the_agreed_order_of_the_database_stays(database: Database) -> None:
    """A GBO that agreed on another order keeps it when the reference data are loaded again."""
    with database.begin() as session:
        session.get_one(GboPartnerRow, ("GBO-GENT", "ORG-OCMW-GENT", date(2023, 7, 1))).volgorde = 7
        session.get_one(GboGemeenteRow, ("44021", date(2023, 1, 1))).gbo = "GBO-BRUGGE"
    seed(database.engine)
    with database.read() as session:
        assert session.get_one(GboPartnerRow, ("GBO-GENT", "ORG-OCMW-GENT", date(2023, 7, 1))).volgorde == 7
        assert session.get_one(GboGemeenteRow, ("44021", date(2023, 1, 1))).gbo == "GBO-GENT"


def test_a_municipality_in_two_regions_is_named() -> None:
    """A slip of the pen would give a person two GBO's."""
    twice = [REGIO | {"gemeenten": ["44021"]}, REGIO | {"code": "B", "gemeenten": ["44021"]}]
    with pytest.raises(ValidationError, match="44021"):
        Gebieden.model_validate({"regios": twice, "werkingsgebieden": []})


def test_a_region_that_does_not_exist_is_named() -> None:
    """The file that names it says which."""
    area = {"code": "WG-A", "naam": "A", "regios": ["B"]}
    gebieden = Gebieden.model_validate(
        {"regios": [REGIO | {"gemeenten": ["44021"]}], "werkingsgebieden": [area]}
    )
    with pytest.raises(ValueError, match="WG-A noemt een regio die niet bestaat: B"):
        gebieden.of(gebieden.werkingsgebieden[0])
