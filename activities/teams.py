"""Proposes the tandem of a case from the mandates on a date; whom the tables cannot give, a person names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.database import Database, bugs_are_permanent
from models.actors import Actor, Rol, Team
from models.findings import Finding, Verdict
from models.law import Parameter
from models.schema import Period
from models.steps import TeamOrder, TeamProposal
from models.tables import (
    GemeenteRow,
    MandaatRow,
    OrganisationRow,
    TrajectRow,
    WerkingsgebiedGemeenteRow,
    WorkerRow,
)

RULE = "teams.assign_team"
ARTICLE = "D2022 art. 14 §2 1°"
FIRST_IN_LINE = ("VDAB", "CAW", "OCMW", "DMW")
"""Whose turn it is where nobody guides the person yet: VDAB for work, the welfare member for care."""


@dataclass(frozen=True)
class _Ground:
    """What a proposal stands on: facts as text and the parameters used."""

    facts: dict[str, str]
    parameters: tuple[Parameter, ...] = ()

    def finding(self, team: Team | None, reden: str) -> Finding[Team | None]:
        return Finding[Team | None](
            value=team,
            rule=RULE,
            article=ARTICLE,
            reden=reden,
            parameters=self.parameters,
            facts=self.facts,
            verdict=Verdict.OK if team else Verdict.ZACHT,
        )


class Teams:
    """Who is mandated where and when, and who works there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="team_toewijzen")
    def assign_team(self, order: TeamOrder) -> TeamProposal:
        """The tandem the tables give for a case, or none with the reason why."""
        with bugs_are_permanent(), self._database.read() as session:
            member = _werkingsgebied(session, order.nis_code, order.on)
            if member is None:
                ground = _Ground({"nis_code": order.nis_code, "op": str(order.on)})
                reden = f"Gemeente {order.nis_code} hoort op {order.on} bij geen gekend werkingsgebied."
                return TeamProposal(werkingsgebied=None, team=ground.finding(None, reden))
            return TeamProposal(werkingsgebied=member.werkingsgebied, team=_propose(session, order, member))


def _werkingsgebied(session: Session, nis_code: str, on: date) -> WerkingsgebiedGemeenteRow | None:
    """The werkingsgebied of a municipality, or of what it merged into, on a date."""
    of_gemeente = select(WerkingsgebiedGemeenteRow).where(
        WerkingsgebiedGemeenteRow.nis_code == _in_force(session, nis_code, on)
    )
    return session.scalar(of_gemeente.where(_valid(WerkingsgebiedGemeenteRow, on)))


def _in_force(session: Session, nis_code: str, on: date) -> str:
    """The code that a municipality has on a date, following mergers."""
    gemeente = session.get(GemeenteRow, nis_code)
    while gemeente and gemeente.successor_nis and gemeente.valid_to and gemeente.valid_to < on:
        gemeente = session.get(GemeenteRow, gemeente.successor_nis)
    return gemeente.nis_code if gemeente else nis_code


def _valid(row: type[Period], on: date) -> ColumnElement[bool]:
    return (row.valid_from <= on) & or_(row.valid_to.is_(None), row.valid_to >= on)


def _propose(session: Session, order: TeamOrder, member: WerkingsgebiedGemeenteRow) -> Finding[Team | None]:
    guide = _guide(session, order.workflow_id)
    work = _mandated(session, Rol.CASEMANAGER_WERK, member.werkingsgebied, order.on, guide)
    care = _mandated(session, Rol.CASEMANAGER_ZORG, member.werkingsgebied, order.on, guide)
    ground = _Ground(dict(_facts(order, member, guide, work, care)), (_assignment(member),))
    if not work or not care:
        role = "casemanager werk" if not work else "casemanager zorg"
        where = f"in {member.werkingsgebied} op {order.on}"
        return ground.finding(None, f"Geen organisatie heeft {where} een mandaat als {role}.")
    pair = next(((w, c) for c in care for w in work if w != c), None)
    if pair is None:
        reden = "Casemanager werk en casemanager zorg moeten van een andere organisatie zijn (art. 13 §2 5°)."
        return ground.finding(None, reden)
    team = _team(session, member.werkingsgebied, *pair, order.on)
    return ground.finding(team, f"{pair[0]} en {pair[1]} hebben een mandaat op {order.on}.")


def _guide(session: Session, workflow_id: str) -> str | None:
    """The organisation that guided the person already, as the request said; the first step of the cascade."""
    return session.scalar(select(TrajectRow.begeleidt_al).where(TrajectRow.workflow_id == workflow_id))


def _mandated(session: Session, rol: Rol, area: str, on: date, guide: str | None) -> Sequence[str]:
    """The organisations with this mandate: who guides already, then who is first in line, then by code."""
    mandates = (
        select(OrganisationRow.code, OrganisationRow.type_code)
        .join(MandaatRow, MandaatRow.org == OrganisationRow.code)
        .where(MandaatRow.rol == rol.value, MandaatRow.werkingsgebied == area)
        .where(_valid(MandaatRow, on), _valid(OrganisationRow, on))
    )
    found = {code: type_code for code, type_code in session.execute(mandates)}
    return sorted(found, key=lambda code: (code != guide, found[code] not in FIRST_IN_LINE, code))


def _facts(
    order: TeamOrder,
    member: WerkingsgebiedGemeenteRow,
    guide: str | None,
    work: Sequence[str],
    care: Sequence[str],
) -> Iterator[tuple[str, str]]:
    yield "nis_code", order.nis_code
    yield "op", str(order.on)
    yield "werkingsgebied", member.werkingsgebied
    if member.nis_code != order.nis_code:
        yield "opgegaan_in", member.nis_code
    if guide:
        yield "begeleidt_al", guide
    yield "mandaat_werk", ", ".join(work) or "geen"
    yield "mandaat_zorg", ", ".join(care) or "geen"


def _assignment(member: WerkingsgebiedGemeenteRow) -> Parameter:
    """Which werkingsgebied a municipality belongs to, as the parameter it is: dated, and mostly assumed."""
    return Parameter.model_validate(
        {
            "name": f"werkingsgebied.{member.nis_code}",
            "value": member.werkingsgebied,
            "geldig_van": member.valid_from,
            "status": member.status,
            "bron": "tabel werkingsgebied_gemeenten",
        }
    )


def _team(session: Session, area: str, work: str, care: str, on: date) -> Team:
    """The first contact worker of both, or the team's mailbox where there is none; with who leads them."""
    there = select(WorkerRow).where(WorkerRow.org.in_([work, care]), _valid(WorkerRow, on))
    workers = session.scalars(there.order_by(WorkerRow.ref)).all()
    return Team(
        werkingsgebied=area,
        casemanager_werk=_contact(workers, work, Rol.CASEMANAGER_WERK),
        casemanager_zorg=_contact(workers, care, Rol.CASEMANAGER_ZORG),
        leiding=_leiding(workers),
    )


def _contact(workers: Sequence[WorkerRow], org: str, rol: Rol) -> Actor:
    refs = [w.ref for w in workers if (w.org, w.rol) == (org, rol.value) and not w.is_leiding]
    return Actor(rol=rol, organisatie=org, medewerker=refs[0] if refs else None)


def _leiding(workers: Sequence[WorkerRow]) -> dict[str, Actor]:
    """Per organisation the teamcoordinator with the lowest reference: the last one written wins."""
    leaders = [worker for worker in reversed(workers) if worker.is_leiding]
    return {w.org: Actor(rol=Rol.TEAMCOORDINATOR, organisatie=w.org, medewerker=w.ref) for w in leaders}
