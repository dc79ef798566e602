"""Draws up the quarter overview of each contingent once, as a sheet, as CSV and in figures on paper.

`draw_up(KwartaalOrder{as_of, after, at_most}) -> KwartaalResult` draws up everything that is due on a day, a page of
holders at a time; run twice it does nothing the second time. `one(...)` draws up one overview.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.bedragen import AmountTable
from activities.database import Clock, Database
from activities.overview_facts import SOORT, Vraag, facts_of, is_anything, last_by_year
from activities.overview_sheets import csv_of, overview, workbook_of
from activities.rendering import Templates
from activities.statement_rows import (
    Drawn,
    StaatGeweigerd,
    found,
    keep,
    organisation_name,
    statement_id,
)
from models.kwartaal import KWARTALEN, LAATSTE, Kwartaalfeiten
from models.staten import KwartaalOrder, KwartaalResult, Opgemaakt
from models.tables import ContingentHolderRow, OrganisationRow
from rules.kwartaaloverzicht import last_quarter

TEMPLATE = "reports/kwartaaloverzicht.nl.html.j2"


class Kwartaaloverzichten:
    """The quarter overviews of AMA in the social economy, from the record and the amounts of today."""

    def __init__(
        self, database: Database, templates: Templates, clock: Clock, amounts: AmountTable | None = None
    ) -> None:
        self._database = database
        self._templates = templates
        self._clock = clock
        self._amounts = amounts or AmountTable()

    @activity.defn(name="kwartaaloverzichten_opmaken")
    def draw_up(self, order: KwartaalOrder) -> KwartaalResult:
        """Every overview that is due on a day, for a page of holders; what is there already stays as it is."""
        holders = [each for each in self.holders() if each > order.after]
        now, done = holders[: order.at_most], KwartaalResult()
        for houder in now:
            done += self._of_holder(houder, order.as_of)
        return done.model_copy(update={"next_after": now[-1] if len(holders) > len(now) else None})

    def one(self, asked: Vraag) -> Opgemaakt:
        """One overview, drawn up once; raises StaatGeweigerd."""
        with self._database.read() as session:
            if there := found(session, statement_id(SOORT, *asked[:3])):
                return there
            name = organisation_name(session, asked.houder, "contingent", _holders(session))
            feiten, nummer = facts_of(session, asked, self._amounts.read())
            names = _names(session, feiten)
        context = overview(asked.as_of, name, nummer, feiten)
        made = self._templates.render(TEMPLATE, context, context.kenmerk)
        drawn = Drawn(
            soort=SOORT,
            organisatie=asked.houder,
            jaar=asked.jaar,
            kwartaal=asked.kwartaal,
            nummer=nummer,
            as_of=asked.as_of,
            facts=feiten.model_dump(mode="json"),
            template_version=made.template_version,
            files={
                "pdf": made.pdf,
                "xlsx": workbook_of(context, feiten, names),
                "csv": csv_of(feiten, names),
            },
        )
        return keep(self._database, drawn, self._clock())

    def holders(self) -> list[str]:
        """Every holder of a contingent, in order."""
        with self._database.read() as session:
            return _holders(session)

    def _of_holder(self, houder: str, as_of: date) -> KwartaalResult:
        """The overviews of one holder that are due; one that cannot be drawn up keeps no other holder waiting."""
        done = KwartaalResult()
        for jaar, kwartaal in self._due(houder, as_of):
            if activity.in_activity():
                activity.heartbeat(houder)
            try:
                made = self.one(Vraag(houder, jaar, kwartaal, as_of))
            except StaatGeweigerd as refused:
                return done + KwartaalResult(niet_gelukt=(f"{houder}: {refused}",))
            done += KwartaalResult(opgemaakt=int(made.nieuw), stond_er_al=int(not made.nieuw))
        return done

    def _due(self, houder: str, as_of: date) -> list[tuple[int, int]]:
        """The quarters up to the last one that is over: of its year, and of years that were begun and not ended."""
        jaar, kwartaal = last_quarter(as_of)
        with self._database.read() as session:
            last = last_by_year(session, houder)
            begun = {year for year, until in last.items() if year < jaar and until < LAATSTE}
            if jaar in last or is_anything(session, houder, jaar):
                begun.add(jaar)
        return [
            (year, each) for year in sorted(begun) for each in KWARTALEN if (year, each) <= (jaar, kwartaal)
        ]


def _holders(session: Session) -> list[str]:
    return list(session.scalars(select(ContingentHolderRow.org).order_by(ContingentHolderRow.org)))


def _names(session: Session, feiten: Kwartaalfeiten) -> dict[str, str]:
    """The names of the begeleiders of an overview; the holder knows them, they are its partners."""
    codes = {code for each in feiten.personen for code in each.begeleiders}
    rows = session.scalars(select(OrganisationRow).where(OrganisationRow.code.in_(codes)))
    return {row.code: row.name for row in rows}
