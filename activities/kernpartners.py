"""Who welcomes a person in an onthaaltraject: their choice, their helper, or the order that the GBO agreed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.database import Database, bugs_are_permanent
from activities.mandates import organisation_then, werkingsgebied_of, workers_at
from models.actors import Actor, Rol
from models.findings import Finding, Verdict
from models.gbo import KernpartnerOrder, KernpartnerProposal
from models.law import Parameter
from models.tables import AbsenceRow, GboGemeenteRow, GboPartnerRow, GboRow, OrganisationRow, Period

RULE = "kernpartners.route"
ARTICLE = "D2022 art. 4"
"""The GBO itself, and who its kernpartners are, is LSB art. 9."""


@dataclass(frozen=True)
class _Asked:
    """Whom the order names, under the codes of that day."""

    keuze: str | None
    helper: str | None
    keeps_helper: bool
    """Whether the helper is a kernpartner somewhere, and stays with a person without a home."""


@dataclass(frozen=True)
class _Gbo:
    """The GBO of a municipality on a date, with who agreed to be asked, in which order and since when."""

    member: GboGemeenteRow
    agreed: dict[str, date]

    @property
    def parameters(self) -> Iterator[Parameter]:
        """Which GBO serves the municipality, and the agreed order: dated, and assumed unless seen in law."""
        member = self.member
        yield _parameter(f"gbo.{member.nis_code}", member.gbo, member.valid_from, member.status)
        if self.agreed:
            order, since = ", ".join(self.agreed), max(self.agreed.values())
            yield _parameter(f"gbo_volgorde.{member.gbo}", order, since, "assumed")


class Kernpartners:
    """Which kernpartners serve a municipality, and who works there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="kernpartners_zoeken")
    def route(self, order: KernpartnerOrder) -> KernpartnerProposal:
        """The kernpartners for a person in the order in which they are asked, or none with the reason why."""
        with bugs_are_permanent(), self._database.read() as session:
            area = werkingsgebied_of(session, order.nis_code, order.on)
            gbo = _gbo(session, area.nis_code if area else order.nis_code, order.on)
            route = _Route(order, _asked(session, order), gbo)
            coordinator = _coordinator(session, gbo, order.on)
            organisations = {*route.steps, *([coordinator] if coordinator else [])}
            people = _People.at(session, organisations, order.on)
            return KernpartnerProposal(
                gbo=gbo.member.gbo if gbo else None,
                werkingsgebied=area.werkingsgebied if area else None,
                partners=route.finding(people),
                leiding=people.leiding,
                coordinator=people.contact(Rol.GBO_COORDINATOR, coordinator) if coordinator else None,
            )


def _gbo(session: Session, nis_code: str, on: date) -> _Gbo | None:
    of_gemeente = select(GboGemeenteRow).where(GboGemeenteRow.nis_code == nis_code)
    member = session.scalar(of_gemeente.where(_valid(GboGemeenteRow, on)))
    return _Gbo(member, _agreed(session, member.gbo, on)) if member else None


def _agreed(session: Session, gbo: str, on: date) -> dict[str, date]:
    """Who agreed to be asked on a date, in that order, each under its code of then; who is no more falls out."""
    rows = select(GboPartnerRow).where(GboPartnerRow.gbo == gbo, _valid(GboPartnerRow, on))
    agreed: dict[str, date] = {}
    for row in session.scalars(rows.order_by(GboPartnerRow.volgorde, GboPartnerRow.org)):
        if standing := _standing(session, row.org, on):
            agreed.setdefault(standing, row.valid_from)
    return agreed


def _asked(session: Session, order: KernpartnerOrder) -> _Asked:
    helper = _standing(session, order.helper, order.on)
    return _Asked(
        keuze=_standing(session, order.keuze, order.on),
        helper=helper,
        keeps_helper=order.dakloos and helper is not None and _is_kernpartner(session, helper, order.on),
    )


def _standing(session: Session, code: str | None, on: date) -> str | None:
    """The organisation or its successor, where one of them exists on a date."""
    if code is None:
        return None
    then = organisation_then(session, code, on)
    there = select(OrganisationRow.code).where(OrganisationRow.code == then, _valid(OrganisationRow, on))
    return session.scalar(there)


def _is_kernpartner(session: Session, org: str, on: date) -> bool:
    """Whether an organisation, or one that it took over, is a kernpartner of any GBO on a date."""
    everywhere = session.scalars(select(GboPartnerRow.org).distinct().where(_valid(GboPartnerRow, on)))
    return any(_standing(session, partner, on) == org for partner in everywhere)


@dataclass(frozen=True)
class _Route:
    """What was asked and what the tables gave for it, put into words."""

    order: KernpartnerOrder
    asked: _Asked
    gbo: _Gbo | None

    @property
    def steps(self) -> dict[str, str]:
        """Each organisation once, in the order in which they are asked, with why it stands there."""
        agreed = self.gbo.agreed if self.gbo else {}
        steps: dict[str, str] = {}
        if self.asked.keuze in agreed:
            steps[self.asked.keuze] = f"de persoon koos {self.asked.keuze}"
        if self.asked.helper in agreed:
            works = f"de hulpverlener van de persoon werkt bij {self.asked.helper}"
            steps.setdefault(self.asked.helper, works)
        elif self.asked.helper and self.asked.keeps_helper:
            stays = f"{self.asked.helper} begeleidt de persoon al en blijft dat doen, waar die ook verblijft"
            steps.setdefault(self.asked.helper, stays)
        for org in agreed:
            steps.setdefault(org, f"{org} is de eerste in de volgorde die het GBO afsprak")
        return steps

    def finding(self, people: "_People") -> Finding[tuple[Actor, ...]]:
        """Who is asked, with why the first one is first; a soft finding where there is nobody."""
        return Finding[tuple[Actor, ...]](
            value=tuple(people.contact(Rol.KERNPARTNER, org) for org in self.steps),
            rule=RULE,
            article=ARTICLE,
            reden=self._reden(),
            parameters=tuple(self.gbo.parameters) if self.gbo else (),
            facts=dict(self._facts()),
            verdict=Verdict.OK if self.steps else Verdict.ZACHT,
        )

    def _reden(self) -> str:
        where, on = f"gemeente {self.order.nis_code}", self.order.on
        first = next(iter(self.steps.values()), None)
        if first is None and self.gbo is None:
            return f"Geen gekend GBO bedient {where} op {on}."
        if first is None:
            return f"Het GBO van {where} heeft op {on} geen enkele kernpartner."
        if self.order.keuze and self.asked.keuze not in self.steps:
            return f"De persoon koos {self.order.keuze}, maar dat is geen kernpartner van dit GBO; {first}."
        return first[:1].upper() + first[1:] + "."

    def _facts(self) -> Iterator[tuple[str, str]]:
        yield "nis_code", self.order.nis_code
        yield "op", str(self.order.on)
        yield "gbo", self.gbo.member.gbo if self.gbo else "geen"
        if self.gbo and self.gbo.member.nis_code != self.order.nis_code:
            yield "opgegaan_in", self.gbo.member.nis_code
        if self.order.keuze:
            yield "keuze", self.order.keuze
        if self.order.helper:
            yield "hulpverlener", self.order.helper
        yield "volgorde", ", ".join(self.steps) or "geen"


def _coordinator(session: Session, gbo: _Gbo | None, on: date) -> str | None:
    """The organisation where the coordinator of a GBO works."""
    row = session.get(GboRow, gbo.member.gbo) if gbo else None
    return _standing(session, row.coordinator_org, on) if row else None


@dataclass(frozen=True)
class _People:
    """Who works at some organisations on a date: the first one present per role, and who leads."""

    contacts: dict[tuple[str, str], str]
    leiding: dict[str, Actor]

    @classmethod
    def at(cls, session: Session, organisations: Collection[str], on: date) -> "_People":
        """The people of these organisations on a date, by reference."""
        workers = workers_at(session, organisations, on)
        today = AbsenceRow.first_day <= on, AbsenceRow.last_day >= on
        away = set(session.scalars(select(AbsenceRow.worker).where(*today)))
        contacts: dict[tuple[str, str], str] = {}
        leiding: dict[str, Actor] = {}
        for worker in workers:
            leader = Actor(rol=Rol.TEAMCOORDINATOR, organisatie=worker.org, medewerker=worker.ref)
            if worker.is_leiding:
                leiding.setdefault(worker.org, leader)
            elif worker.ref not in away:
                contacts.setdefault((worker.org, worker.rol), worker.ref)
        return cls(contacts, leiding)

    def contact(self, rol: Rol, org: str) -> Actor:
        """Who is asked at an organisation: the first one present in the role, or else its mailbox."""
        return Actor(rol=rol, organisatie=org, medewerker=self.contacts.get((org, rol.value)))


def _parameter(name: str, value: str, since: date, status: str) -> Parameter:
    source = "tabel gbo_gemeenten" if name.startswith("gbo.") else "tabel gbo_partners"
    return Parameter.model_validate(
        {"name": name, "value": value, "geldig_van": since, "status": status, "bron": source}
    )


def _valid(row: type[Period], on: date) -> ColumnElement[bool]:
    return (row.valid_from <= on) & or_(row.valid_to.is_(None), row.valid_to >= on)
