"""Loads the reference data that ships with the product; loading it again changes nothing."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import DeclarativeBase

from activities.reference_file import (
    Bestand,
    Contingenten,
    Contingenthouder,
    Gbo,
    Gbos,
    Gebieden,
    Organisatie,
    Regio,
    Werkingsgebied,
)
from activities.upserts import insert_missing, upsert
from models.tables import (
    AbsenceRow,
    ClosureRow,
    ContingentHolderRow,
    ContingentPartnerRow,
    ContingentRow,
    ErkenningRow,
    GboGemeenteRow,
    GboPartnerRow,
    GboRow,
    GemeenteRow,
    MandaatRow,
    NetworkMembershipRow,
    OrganisationRolRow,
    OrganisationRow,
    OrganisationTypeRow,
    VdabServiceRow,
    WerkingsgebiedGemeenteRow,
    WerkingsgebiedRow,
    WorkerRow,
)

DATA = Path(__file__).resolve().parent.parent / "data"

Rows = list[dict[str, Any]]


def seed(engine: Engine, folder: Path = DATA) -> None:
    """Bring municipalities, areas and contingents up to date; add organisations and kernpartners not there yet."""
    gemeenten = _gemeenten(folder / "gemeenten.csv")
    types = _read(folder / "organisatietypes.yaml")
    bestand = Bestand.model_validate(_read(folder / "organisaties.yaml"))
    places = _Places(
        Gebieden.model_validate(_read(folder / "werkingsgebieden.yaml")),
        {row["nis_code"]: row for row in gemeenten},
    )
    gbos = Gbos.model_validate(_read(folder / "gbo.yaml")).gbos
    holders = Contingenten.model_validate(_read(folder / "contingenten.yaml")).contingenten
    with engine.begin() as connection:
        upsert(connection, OrganisationTypeRow, [{"code": t["code"], "name": t["naam"]} for t in types])
        upsert(connection, GemeenteRow, gemeenten)
        _add_werkingsgebieden(connection, places)
        for row, values in _organisations(bestand):
            insert_missing(connection, row, values)
        _add_gbos(connection, gbos, places)
        _add_contingents(connection, holders)


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def _gemeenten(path: Path) -> Rows:
    """The municipalities, each after its successor, so that the reference to it holds."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [_gemeente(line) for line in csv.DictReader(lines)]
    return sorted(rows, key=lambda row: row["successor_nis"] is not None)


def _gemeente(line: dict[str, str]) -> dict[str, Any]:
    return {
        "nis_code": line["nis_code"],
        "name": line["gemeente"].partition(" (")[0],
        "arrondissement": line["arrondissement"],
        "provincie": line["provincie"],
        "valid_from": date.fromisoformat(line["geldig_van"]),
        "valid_to": date.fromisoformat(line["geldig_tot"]) if line["geldig_tot"] else None,
        "successor_nis": line["opgegaan_in"] or None,
        "postcode": line["postcode_2020"] or None,
        "inhabitants": int(line["inwoners_2020"]) if line["inwoners_2020"] else None,
    }


@dataclass(frozen=True)
class _Places:
    """The referentieregio's and the municipalities, from which werkingsgebieden and GBO's are made."""

    gebieden: Gebieden
    gemeenten: dict[str, dict[str, Any]]

    def members(self, area: Werkingsgebied | Gbo, column: str) -> Rows:
        """The municipalities of an area, each from the later of both starts until it is no more."""
        regios = self.gebieden.of(area)
        return [self._member(regio, nis) | {column: area.code} for regio in regios for nis in regio.gemeenten]

    def _member(self, regio: Regio, nis: str) -> dict[str, Any]:
        gemeente = self.gemeenten[nis]
        return {
            "nis_code": nis,
            "valid_from": max(regio.van, gemeente["valid_from"]),
            "valid_to": gemeente["valid_to"],
            "status": regio.status,
        }


def _add_werkingsgebieden(connection: Connection, places: _Places) -> None:
    areas = places.gebieden.werkingsgebieden
    upsert(connection, WerkingsgebiedRow, [{"code": w.code, "name": w.naam} for w in areas])
    members = [member for area in areas for member in places.members(area, "werkingsgebied")]
    upsert(connection, WerkingsgebiedGemeenteRow, members)


def _add_gbos(connection: Connection, gbos: Sequence[Gbo], places: _Places) -> None:
    """The GBO's and whom they serve are brought up to date; their agreed order is only added to."""
    rows = [{"code": g.code, "name": g.naam, "coordinator_org": g.coordinator} for g in gbos]
    upsert(connection, GboRow, rows)
    members = [member | {"status": g.status} for g in gbos for member in places.members(g, "gbo")]
    upsert(connection, GboGemeenteRow, members)
    partners = [
        {"gbo": g.code, "org": partner.org, "volgorde": place, **_period(partner)}
        for g in gbos
        for place, partner in enumerate(g.partners, 1)
    ]
    insert_missing(connection, GboPartnerRow, partners)


def _add_contingents(connection: Connection, holders: Sequence[Contingenthouder]) -> None:
    """The contingents are brought up to date, so that a closure can get its last day; partners are only added."""
    insert_missing(connection, ContingentHolderRow, [{"org": each.houder} for each in holders])
    partners = [{"holder": h.houder, "org": p.org, **_period(p)} for h in holders for p in h.partners]
    insert_missing(connection, ContingentPartnerRow, partners)
    rows = [
        {"holder": h.houder, "places": p.aantal, "source": p.bron, "status": p.status, **_period(p)}
        for h in holders
        for p in h.plaatsen
    ]
    upsert(connection, ContingentRow, rows)


def _organisations(bestand: Bestand) -> Iterator[tuple[type[DeclarativeBase], Rows]]:
    """Every table's rows about the organisations, in an order in which each finds what it refers to."""
    known = bestand.organisaties
    yield (
        OrganisationRow,
        sorted(map(_organisation, known), key=lambda row: row["successor_code"] is not None),
    )
    yield OrganisationRolRow, [{"org": o.code, "rol": r.value, **_period(o)} for o in known for r in o.rollen]
    yield MandaatRow, [row for o in known for row in _mandaten(o, bestand)]
    yield VdabServiceRow, [row for o in known for row in _services(o)]
    yield ErkenningRow, [row for o in known for row in _erkenningen(o)]
    yield NetworkMembershipRow, [row for o in known for row in _memberships(o)]
    yield ClosureRow, [row for o in known for row in _closures(o)]
    yield WorkerRow, [row for o in known for row in _workers(o)]
    yield AbsenceRow, [row for o in known for row in _absences(o)]


def _period(entry: Any) -> dict[str, date | None]:
    return {"valid_from": entry.van, "valid_to": entry.tot}


def _organisation(o: Organisatie) -> dict[str, Any]:
    return {
        "code": o.code,
        "name": o.naam,
        "type_code": o.type,
        "team_mailbox": o.mailbox,
        "phone": o.telefoon,
        "address": o.adres,
        "successor_code": o.opvolger,
        **_period(o),
    }


def _mandaten(o: Organisatie, bestand: Bestand) -> Iterator[dict[str, Any]]:
    for mandaat in o.mandaten:
        for periode in bestand.mandaatperiodes:
            yield {
                "id": f"{o.code}/{mandaat.rol}/{mandaat.werkingsgebied}/{periode.van.year}",
                "org": o.code,
                "rol": mandaat.rol.value,
                "werkingsgebied": mandaat.werkingsgebied,
                "source": periode.bron,
                **_period(periode),
            }


def _services(o: Organisatie) -> Iterator[dict[str, Any]]:
    for area in o.beslist_voor:
        yield {"org": o.code, "werkingsgebied": area, **_period(o)}


def _erkenningen(o: Organisatie) -> Iterator[dict[str, Any]]:
    for erkenning in o.erkenningen:
        yield {"org": o.code, "kind": erkenning.soort, "number": erkenning.nummer, **_period(erkenning)}


def _memberships(o: Organisatie) -> Iterator[dict[str, Any]]:
    for place in o.netwerk:
        yield {"org": o.code, "werkingsgebied": place.werkingsgebied, "kind": place.soort, **_period(o)}


def _closures(o: Organisatie) -> Iterator[dict[str, Any]]:
    for closed in o.sluitingen:
        days = {"first_day": closed.van, "last_day": closed.tot}
        yield {"id": f"{o.code}/{closed.van}", "org": o.code, "reden": closed.reden, **days}


def _workers(o: Organisatie) -> Iterator[dict[str, Any]]:
    for worker in o.medewerkers:
        yield {
            "ref": worker.ref,
            "org": o.code,
            "name": worker.naam,
            "email": worker.email,
            "phone": worker.telefoon,
            "rol": worker.rol.value,
            "is_leiding": worker.leiding,
            **_period(worker),
        }


def _absences(o: Organisatie) -> Iterator[dict[str, Any]]:
    for worker in o.medewerkers:
        for away in worker.afwezig:
            days = {"first_day": away.van, "last_day": away.tot}
            yield {"worker": worker.ref, "replacement": away.vervanger, **days}
