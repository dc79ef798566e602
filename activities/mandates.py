"""Who may do what where on a date, as the reference tables say it: municipalities, mandates, services, people."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.actors import Actor, Rol
from models.ama_verloop import Periode
from models.schema import Period
from models.tables import (
    ErkenningRow,
    GemeenteRow,
    MandaatRow,
    OrganisationRow,
    VdabServiceRow,
    WerkingsgebiedGemeenteRow,
    WorkerRow,
)


class Mandated(NamedTuple):
    """An organisation with a mandate, and what kind of organisation it is."""

    org: str
    soort: str


def werkingsgebied_of(session: Session, nis_code: str, on: date) -> WerkingsgebiedGemeenteRow | None:
    """The werkingsgebied of a municipality, or of what it merged into, on a date."""
    of_gemeente = select(WerkingsgebiedGemeenteRow).where(
        WerkingsgebiedGemeenteRow.nis_code == _gemeente_then(session, nis_code, on)
    )
    return session.scalar(of_gemeente.where(_valid(WerkingsgebiedGemeenteRow, on)))


def organisation_then(session: Session, code: str, on: date) -> str:
    """The code that an organisation has on a date, following mergers."""
    known = session.get(OrganisationRow, code)
    while known and known.successor_code and known.valid_to and known.valid_to < on:
        known = session.get(OrganisationRow, known.successor_code)
    return known.code if known else code


def recognitions(session: Session, code: str, kind: str) -> tuple[Periode, ...]:
    """The periods in which an organisation is recognised, before a merger and as its successor after it."""
    codes = [code]
    known = session.get(OrganisationRow, code)
    while known and known.successor_code and known.successor_code not in codes:
        codes.append(known.successor_code)
        known = session.get(OrganisationRow, known.successor_code)
    rows = select(ErkenningRow.valid_from, ErkenningRow.valid_to).where(
        ErkenningRow.org.in_(codes), ErkenningRow.kind == kind
    )
    found = session.execute(rows.order_by(ErkenningRow.valid_from, ErkenningRow.number))
    return tuple(Periode(van=van, tot=tot) for van, tot in found)


def mandated(session: Session, rol: Rol, area: str, on: date) -> list[Mandated]:
    """The organisations with a mandate for a role in a werkingsgebied on a date, by code."""
    mandates = (
        select(OrganisationRow.code, OrganisationRow.type_code)
        .join(MandaatRow, MandaatRow.org == OrganisationRow.code)
        .where(MandaatRow.rol == rol.value, MandaatRow.werkingsgebied == area)
        .where(_valid(MandaatRow, on), _valid(OrganisationRow, on))
    )
    return sorted({Mandated(code, soort) for code, soort in session.execute(mandates)})


def vdab_service(session: Session, area: str, on: date) -> str | None:
    """The VDAB service that decides for a werkingsgebied on a date; the first by code where there are two."""
    services = (
        select(VdabServiceRow.org)
        .join(OrganisationRow, OrganisationRow.code == VdabServiceRow.org)
        .where(VdabServiceRow.werkingsgebied == area)
        .where(_valid(VdabServiceRow, on), _valid(OrganisationRow, on))
    )
    return session.scalar(services.order_by(VdabServiceRow.org).limit(1))


def workers_at(session: Session, organisations: Collection[str], on: date) -> Sequence[WorkerRow]:
    """Who works at these organisations on a date, by reference."""
    there = select(WorkerRow).where(WorkerRow.org.in_(organisations), _valid(WorkerRow, on))
    return session.scalars(there.order_by(WorkerRow.ref)).all()


def contact(workers: Sequence[WorkerRow], org: str, rol: Rol) -> Actor:
    """The first contact worker of an organisation in a role, or its mailbox where there is none."""
    refs = [w.ref for w in workers if (w.org, w.rol) == (org, rol.value) and not w.is_leiding]
    return Actor(rol=rol, organisatie=org, medewerker=refs[0] if refs else None)


def leaders(workers: Sequence[WorkerRow]) -> dict[str, Actor]:
    """Per organisation the teamcoordinator with the lowest reference: the last one written wins."""
    leading = [worker for worker in reversed(workers) if worker.is_leiding]
    return {w.org: Actor(rol=Rol.TEAMCOORDINATOR, organisatie=w.org, medewerker=w.ref) for w in leading}


def _gemeente_then(session: Session, nis_code: str, on: date) -> str:
    """The code that a municipality has on a date, following mergers."""
    gemeente = session.get(GemeenteRow, nis_code)
    while gemeente and gemeente.successor_nis and gemeente.valid_to and gemeente.valid_to < on:
        gemeente = session.get(GemeenteRow, gemeente.successor_nis)
    return gemeente.nis_code if gemeente else nis_code


def _valid(row: type[Period], on: date) -> ColumnElement[bool]:
    return (row.valid_from <= on) & or_(row.valid_to.is_(None), row.valid_to >= on)
