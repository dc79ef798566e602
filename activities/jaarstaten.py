"""Draws up the yearly statement of each begeleider once: what closed years still differ stands on the next one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session
from temporalio import activity

from activities.ama_facts import accompanied_by, begeleiders, choices
from activities.bedragen import AmountTable
from activities.database import Clock, Database
from activities.rendering import Templates
from activities.statement_rows import (
    Drawn,
    StaatGeweigerd,
    found,
    keep,
    of_organisation,
    organisation_name,
    statement_id,
)
from models.findings import Finding
from models.staten import Jaarstaat, JaarstaatOrder, Opgemaakt, StaatPost
from models.subsidie import WVG, Jaarcijfers, Regel
from models.vergoedingsstaat import Bedragen, euro
from rules.begeleide_dagen import amount_is_known, year_of
from rules.jaarstaat import statement

SOORT = "jaarstaat"
TEMPLATE = "reports/jaarstaat.nl.html.j2"
WHAT = {"recht": "Begeleiding", "correctie": "Correctie"}


class Jaarstaten:
    """The yearly statements of AMA in health and welfare policy, from the record and the amounts of today."""

    def __init__(
        self, database: Database, templates: Templates, clock: Clock, amounts: AmountTable | None = None
    ) -> None:
        self._database = database
        self._templates = templates
        self._clock = clock
        self._amounts = amounts or AmountTable()

    @activity.defn(name="jaarstaat_opmaken")
    def draw_up(self, order: JaarstaatOrder) -> Opgemaakt:
        """The statement of one organisation over one year, drawn up once; raises StaatGeweigerd."""
        with self._database.read() as session:
            if there := found(session, statement_id(SOORT, order.organisatie, order.jaar)):
                return there
            bedragen = self._amounts.read()
            _check(order, bedragen)
            name = organisation_name(session, order.organisatie, "organisatie")
            nummer, cijfers = _figures(session, order, bedragen)
        context = jaarstaat(order, name, nummer, cijfers)
        made = self._templates.render(TEMPLATE, context, context.kenmerk)
        drawn = Drawn(
            soort=SOORT,
            organisatie=order.organisatie,
            jaar=order.jaar,
            kwartaal=None,
            nummer=nummer,
            as_of=order.as_of,
            facts=cijfers.model_dump(mode="json"),
            template_version=made.template_version,
            files={"pdf": made.pdf},
        )
        return keep(self._database, drawn, self._clock())

    def organisations(self) -> list[str]:
        """Every organisation that ever accompanied somebody, in order."""
        with self._database.read() as session:
            return begeleiders(session)


def _check(order: JaarstaatOrder, bedragen: Bedragen) -> None:
    """A year is stated when it is over and its amount is known."""
    _, last = year_of(order.jaar)
    if order.as_of <= last:
        raise StaatGeweigerd(f"jaar: {order.jaar} is nog niet voorbij; een jaarstaat sluit een jaar af")
    known = amount_is_known(WVG, order.jaar, bedragen)
    if not known.value:
        raise StaatGeweigerd(f"jaar: {known.reden}")


def _figures(session: Session, order: JaarstaatOrder, bedragen: Bedragen) -> tuple[int, Jaarcijfers]:
    """The number of the statement and its lines, with the corrections of the years that were stated before."""
    rows = of_organisation(session, SOORT, order.organisatie)
    stated = [Jaarcijfers.model_validate(row.facts) for row in rows]
    earlier = [line for each in stated for line in each.regels]
    people = list(accompanied_by(session, order.organisatie, {line.kenmerk for line in earlier}))
    cijfers = statement(
        order.organisatie,
        order.jaar,
        people,
        bedragen,
        earlier,
        {each.jaar for each in stated},
        choices(session, [each.kenmerk for each in people]),
    )
    return max((row.nummer for row in rows), default=0) + 1, cijfers


def jaarstaat(order: JaarstaatOrder, name: str, nummer: int, cijfers: Jaarcijfers) -> Jaarstaat:
    """What the statement prints; another begeleider is never named on it."""

    def posts(soort: str, waiting: bool = False) -> tuple[StaatPost, ...]:
        return tuple(
            _post(line)
            for line in cijfers.regels
            if line.te_beslissen == waiting and soort in (line.soort, "alle")
        )

    return Jaarstaat(
        kenmerk=statement_id(SOORT, order.organisatie, order.jaar),
        datum=order.as_of,
        organisatie=name,
        nummer=nummer,
        aannames=assumptions(line.bedrag for line in cijfers.regels),
        jaar=order.jaar,
        rechten=posts("recht"),
        correcties=posts("correctie"),
        te_beslissen=posts("alle", waiting=True),
        recht=euro(cijfers.recht),
        correctie=euro(cijfers.correcties),
        saldo=euro(cijfers.saldo),
        beslissen=euro(cijfers.te_beslissen),
    )


def _post(line: Regel) -> StaatPost:
    wat = f"{WHAT[line.soort]} {line.jaar}"
    return StaatPost(
        kenmerk=line.kenmerk,
        wat=f"{wat}, te beslissen" if line.te_beslissen else wat,
        dagen=line.dagen,
        bedrag=euro(line.bedrag.value),
        waarom=line.bedrag,
    )


def assumptions(findings: Iterable[Finding[Any]]) -> tuple[str, ...]:
    """What was assumed for these amounts, in the order in which it first counts."""
    rows = (row for each in findings for row in each.parameters)
    return tuple(dict.fromkeys(row.uitleg for row in rows if row.status == "assumed"))
