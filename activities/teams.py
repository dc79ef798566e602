"""Proposes the tandem of a case from the mandates on a date; whom the tables cannot give, a person names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from temporalio import activity

from activities.cascade import STEPS, Choice, in_order, missing
from activities.database import Database, bugs_are_permanent
from activities.mandates import (
    Mandated,
    contact,
    leaders,
    mandated,
    organisation_then,
    vdab_service,
    werkingsgebied_of,
    workers_at,
)
from models.actors import Omkadering, Rol, Team
from models.findings import Finding, Verdict
from models.law import Parameter
from models.steps import Competent, TeamOrder, TeamProposal
from models.tables import TrajectRow, WerkingsgebiedGemeenteRow

RULE = "teams.assign_team"
ARTICLE = "D2022 art. 14 §2 1°"


@dataclass(frozen=True)
class _Ground:
    """What a proposal stands on: facts as text and the parameters used."""

    facts: dict[str, str]
    parameters: tuple[Parameter, ...] = ()

    def finding(self, team: Team | None, reden: str, **more: str) -> Finding[Team | None]:
        return Finding[Team | None](
            value=team,
            rule=RULE,
            article=ARTICLE,
            reden=reden,
            parameters=self.parameters,
            facts=self.facts | more,
            verdict=Verdict.OK if team else Verdict.ZACHT,
        )


@dataclass(frozen=True)
class _Tables:
    """What the tables and the request say about who can be in the tandem."""

    guide: str | None
    """The organisation that guided the person already, as the request said."""
    need: str | None
    """What weighs most for the person, as the request said."""
    work: list[str]
    """Who has the mandate for work: who guides already, then VDAB, then by code."""
    partnership: list[Mandated]
    care: list[Choice]

    @property
    def lacking(self) -> str | None:
        """Why the samenwerkingsverband is not whole, which is an alarm and stops nothing (art. 12 §1)."""
        absent = missing(self.partnership)
        return f"onvolledig: geen {', geen '.join(absent)} (art. 12 §1)" if absent else None

    @property
    def pair(self) -> tuple[str, Choice] | None:
        """Who takes work and who takes care, never one organisation (art. 13 §2 5°)."""
        return next(((work, care) for care in self.care for work in self.work if work != care.org), None)


class Teams:
    """Who is mandated where and when, and who works there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="team_toewijzen")
    def assign_team(self, order: TeamOrder) -> TeamProposal:
        """The tandem the tables give for a case, or none with the reason why."""
        with bugs_are_permanent(), self._database.read() as session:
            member = werkingsgebied_of(session, order.nis_code, order.on)
            if member is None:
                ground = _Ground({"nis_code": order.nis_code, "op": str(order.on)})
                reden = f"Gemeente {order.nis_code} hoort op {order.on} bij geen gekend werkingsgebied."
                return TeamProposal(werkingsgebied=None, team=ground.finding(None, reden))
            return TeamProposal(
                werkingsgebied=member.werkingsgebied,
                team=_propose(session, order, member),
                omkadering=_around(session, member.werkingsgebied, order.on),
            )

    @activity.defn(name="bevoegdheid_zoeken")
    def competent(self, order: TeamOrder) -> Competent:
        """Which VDAB service decides for a municipality on a date, and who screens there."""
        with bugs_are_permanent(), self._database.read() as session:
            member = werkingsgebied_of(session, order.nis_code, order.on)
            if member is None:
                return Competent()
            around = _around(session, member.werkingsgebied, order.on)
            vdab = around.vdab
            workers = workers_at(session, [vdab.organisatie] if vdab else [], order.on)
            screener = contact(workers, vdab.organisatie, Rol.SCREENER) if vdab else None
            return Competent(werkingsgebied=member.werkingsgebied, omkadering=around, screener=screener)


def _propose(session: Session, order: TeamOrder, member: WerkingsgebiedGemeenteRow) -> Finding[Team | None]:
    tables = _tables(session, order, member.werkingsgebied)
    ground = _Ground(dict(_facts(order, member, tables)), (_assignment(member),))
    if not tables.work or not tables.care:
        role = "casemanager werk" if not tables.work else "casemanager zorg"
        where = f"in {member.werkingsgebied} op {order.on}"
        return ground.finding(None, f"Geen organisatie heeft {where} een mandaat als {role}.")
    if tables.pair is None:
        reden = "Casemanager werk en casemanager zorg moeten van een andere organisatie zijn (art. 13 §2 5°)."
        return ground.finding(None, reden)
    work, care = tables.pair
    outside = {"mini_team": tables.guide} if tables.guide not in (None, work, care.org) else {}
    sentences = [
        f"{work} en {care.org} hebben een mandaat op {order.on}. {care.reden}",
        *(f"{org} begeleidt de persoon al en komt in het mini-team." for org in outside.values()),
        *([f"Het samenwerkingsverband is {tables.lacking}."] if tables.lacking else []),
    ]
    team = _team(session, member.werkingsgebied, work, care.org, order.on)
    team = team.model_copy(update={"mini_team": tuple(outside.values())})
    return ground.finding(team, " ".join(sentences), stap=STEPS[care.stap], **outside)


def _tables(session: Session, order: TeamOrder, area: str) -> _Tables:
    guide, need = _asked(session, order)
    work = mandated(session, Rol.CASEMANAGER_WERK, area, order.on)
    partnership = mandated(session, Rol.CASEMANAGER_ZORG, area, order.on)
    return _Tables(
        guide=guide,
        need=need,
        work=[m.org for m in sorted(work, key=lambda m: (m.org != guide, m.soort != "VDAB", m.org))],
        partnership=partnership,
        care=in_order(partnership, guide, need),
    )


def _asked(session: Session, order: TeamOrder) -> tuple[str | None, str | None]:
    """Who guides the person already, under its code of today, and the main need, as the request said."""
    traject = session.get(TrajectRow, order.workflow_id)
    if traject is None:
        return None, None
    guide = traject.begeleidt_al
    return organisation_then(session, guide, order.on) if guide else None, traject.hoofdnood


def _facts(order: TeamOrder, member: WerkingsgebiedGemeenteRow, tables: _Tables) -> Iterator[tuple[str, str]]:
    yield "nis_code", order.nis_code
    yield "op", str(order.on)
    yield "werkingsgebied", member.werkingsgebied
    if member.nis_code != order.nis_code:
        yield "opgegaan_in", member.nis_code
    if tables.guide:
        yield "begeleidt_al", tables.guide
    if tables.need:
        yield "hoofdnood", tables.need
    yield "mandaat_werk", ", ".join(tables.work) or "geen"
    yield "mandaat_zorg", ", ".join(choice.org for choice in tables.care) or "geen"
    yield "samenwerkingsverband", tables.lacking or "volledig"


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
    """The tandem with whom the werkingsgebied has around it, and who leads each of them."""
    around = _around(session, area, on)
    workers = workers_at(session, [work, care], on)
    return Team(
        werkingsgebied=area,
        casemanager_werk=contact(workers, work, Rol.CASEMANAGER_WERK),
        casemanager_zorg=contact(workers, care, Rol.CASEMANAGER_ZORG),
        leiding=around.leiding | leaders(workers),
        netwerkcoordinator=around.netwerkcoordinator,
        vdab=around.vdab,
    )


def _around(session: Session, area: str, on: date) -> Omkadering:
    """The coordinator and the VDAB service of a werkingsgebied, with who leads them."""
    coordinator = next((m.org for m in mandated(session, Rol.NETWERKCOORDINATOR, area, on)), None)
    vdab = vdab_service(session, area, on)
    workers = workers_at(session, [org for org in (coordinator, vdab) if org], on)
    return Omkadering(
        leiding=leaders(workers),
        netwerkcoordinator=contact(workers, coordinator, Rol.NETWERKCOORDINATOR) if coordinator else None,
        vdab=contact(workers, vdab, Rol.VDAB) if vdab else None,
    )
