"""What arbeidsmatige activiteiten ask of the record: who is recognised, what else runs, and whether a day can be."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from temporalio import activity

from activities.database import Database, bugs_are_permanent
from activities.follow_up import as_other, open_beside
from activities.mandates import (
    contact,
    leaders,
    organisation_then,
    recognitions,
    vdab_service,
    werkingsgebied_of,
    workers_at,
)
from activities.registry import AMA_KINDS
from models.actors import Rol
from models.ama_orders import Begin, BeginOrder, HerzienOrder, Opgezocht, OpzoekOrder
from models.tables import DossierRow, OrganisationRow, TrajectRow
from models.toeleiding import AnderTraject
from rules import ama_begin

BEGELEIDER = "ama_begeleider"
"""The recognition that accompanying asks (D2022 art. 30)."""

NOT_BEGUN = "aangemeld"
"""The phase to which an AMA returns whose first day was cleared and then given back all the same."""


class AmaRecord:
    """The tables and the record, for whoever is or wants to be in arbeidsmatige activiteiten."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="ama_opzoeken")
    def look_up(self, order: OpzoekOrder) -> Opgezocht:
        """Who is recognised and who hears of silence, who decides in this municipality, and what else runs."""
        with bugs_are_permanent(), self._database.read() as session:
            area = werkingsgebied_of(session, order.nis_code, order.on)
            vdab = vdab_service(session, area.werkingsgebied, order.on) if area else None
            mine = organisation_then(session, order.organisatie, order.on) if order.organisatie else None
            workers = workers_at(session, [org for org in (vdab, mine) if org], order.on)
            return Opgezocht(
                bekend=mine is None or session.get(OrganisationRow, mine) is not None,
                lopend=open_beside(session, order.reference, order.workflow_id),
                erkend=recognitions(session, order.organisatie, BEGELEIDER) if order.organisatie else (),
                leiding=leaders(workers).get(mine) if mine else None,
                vdab=contact(workers, vdab, Rol.VDAB) if vdab else None,
                werkingsgebied=area.werkingsgebied if area else None,
            )

    @activity.defn(name="ama_beginnen")
    def begin(self, order: BeginOrder) -> Begin:
        """The last look before the first day; what may begin is marked, so that the other kind sees it at once."""
        with bugs_are_permanent(), self._database.begin() as session:
            session.get_one(DossierRow, order.reference, with_for_update=True)
            found = ama_begin.objections(
                order.start,
                order.variant,
                _begun_beside(session, order),
                recognitions(session, order.organisatie, BEGELEIDER),
            )
            answer = Begin(bezwaren=tuple(found))
            mine = session.get_one(TrajectRow, order.workflow_id)
            if not answer.bezwaren and (mine.begonnen_op is None or order.start < mine.begonnen_op):
                mine.begonnen_op = order.start
            return answer

    @activity.defn(name="ama_herzien")
    def look_again(self, order: HerzienOrder) -> Begin:
        """The look at days that were put right; those that can be are marked, so that the other kind sees them."""
        with bugs_are_permanent(), self._database.begin() as session:
            session.get_one(DossierRow, order.reference, with_for_update=True)
            erkend = recognitions(session, order.organisatie, BEGELEIDER) if order.erkenning else None
            beside = _begun_beside(session, order)
            found = ama_begin.objections(order.start, order.variant, beside, erkend, order.tot)
            answer = Begin(bezwaren=tuple(found))
            if not answer.bezwaren:
                mine = session.get_one(TrajectRow, order.workflow_id)
                mine.begonnen_op, mine.einde = order.eerste_dag, order.tot
            return answer


def _begun_beside(session: Session, order: BeginOrder) -> tuple[AnderTraject, ...]:
    """The other AMA of the person that really began; what was only notified keeps nobody from beginning.

    One that is closed counts until its last day.
    """
    begun = select(TrajectRow).where(
        TrajectRow.reference == order.reference,
        TrajectRow.workflow_id != order.workflow_id,
        TrajectRow.soort.in_(AMA_KINDS),
        TrajectRow.begonnen_op.is_not(None),
        or_(TrajectRow.fase.is_(None), TrajectRow.fase != NOT_BEGUN),
        TrajectRow.is_open | (TrajectRow.einde >= order.start),
    )
    return tuple(as_other(row) for row in session.scalars(begun.order_by(TrajectRow.workflow_id)))
