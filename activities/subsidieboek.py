"""What people note beside the statements of subsidy: advances that were paid, and who gets days that two share."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.ama_facts import WVG_SOORT, dossier
from activities.database import Clock, Database
from activities.statement_rows import StaatGeweigerd
from activities.upserts import insert_all
from models.subsidie import Begeleid, Keuze
from models.tables import AdvanceRow, ContingentHolderRow, OrganisationRow, SubsidyChoiceRow, WorkerRow
from models.vergoedingsstaat import CENT
from rules.begeleide_dagen import by_begeleider

LARGEST = Decimal("9999999.99")
"""What is above it was typed wrongly; every database can hold it in cents."""


class Subsidieboek:
    """Notes advances and decisions once; what is noted counts in the next statement that is drawn up."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def advance(self, houder: str, jaar: int, op: date, bedrag: Decimal, door: str) -> bool:
        """Notes an advance, and says whether it is new; raises StaatGeweigerd for what cannot be."""
        cent = _cents(bedrag)
        with self._database.begin() as session:
            noted = _noted(session, houder, jaar, op, door)
            if -cent in noted:
                raise StaatGeweigerd(f"bedrag: dit voorschot voor {jaar} op {op:%d-%m-%Y} werd teruggenomen")
            if cent in noted:
                return False
            if any(other > 0 and -other not in noted for other in noted):
                raise StaatGeweigerd(
                    f"bedrag: voor {jaar} is op {op:%d-%m-%Y} al een ander voorschot genoteerd; "
                    "was dat verkeerd, neem het dan eerst terug (--terug)"
                )
            self._note(session, houder, jaar, op, cent, door)
        return True

    def take_back(self, houder: str, jaar: int, op: date, bedrag: Decimal, door: str) -> bool:
        """Notes that an advance was noted wrongly, and says whether that is new; raises StaatGeweigerd.

        The advance stays: an entry against it undoes it on the next overview.
        """
        cent = _cents(bedrag)
        with self._database.begin() as session:
            noted = _noted(session, houder, jaar, op, door)
            if cent not in noted:
                raise StaatGeweigerd(
                    f"bedrag: voor {jaar} is op {op:%d-%m-%Y} geen voorschot van dit bedrag genoteerd"
                )
            if -cent in noted:
                return False
            self._note(session, houder, jaar, op, -cent, door)
        return True

    def _note(self, session: Session, houder: str, jaar: int, op: date, cent: int, door: str) -> None:
        row = {"houder": houder, "jaar": jaar, "op": op, "cent": cent, "door": door}
        insert_all(session, AdvanceRow, [row | {"recorded_at": self._clock()}])

    def choose(self, keuze: Keuze) -> bool:
        """Notes who gets the shared days of a year, and says whether it is new; raises StaatGeweigerd."""
        with self._database.begin() as session:
            if session.get(OrganisationRow, keuze.organisatie) is None:
                raise StaatGeweigerd("organisatie: er is geen organisatie met deze code")
            if session.get(WorkerRow, keuze.door) is None:
                raise StaatGeweigerd("door: er is geen medewerker met deze code")
            who = dossier(session, WVG_SOORT, keuze.kenmerk)
            if who is None:
                raise StaatGeweigerd("dossier: er zijn geen arbeidsmatige activiteiten bekend met dit nummer")
            if not _shares(who, keuze):
                raise StaatGeweigerd(
                    f"organisatie: in {keuze.jaar} is er geen dag met deze begeleider en nog een andere"
                )
            row = {"reference": keuze.kenmerk, "jaar": keuze.jaar, "op": keuze.op}
            that_day = select(SubsidyChoiceRow.organisatie).filter_by(**row)
            if session.scalar(that_day.order_by(SubsidyChoiceRow.id.desc()).limit(1)) == keuze.organisatie:
                return False
            noted = {"organisatie": keuze.organisatie, "door": keuze.door, "reden": keuze.reden}
            insert_all(session, SubsidyChoiceRow, [row | noted | {"recorded_at": self._clock()}])
        return True


def _cents(bedrag: Decimal) -> int:
    """An amount in cents, exact; raises StaatGeweigerd for what is no amount that can be paid."""
    if not bedrag.is_finite() or not CENT <= bedrag <= LARGEST or bedrag != bedrag.quantize(CENT):
        raise StaatGeweigerd("bedrag: is een bedrag boven nul met hoogstens twee cijfers na de komma")
    return int(bedrag / CENT)


def _noted(session: Session, houder: str, jaar: int, op: date, door: str) -> set[int]:
    """The cents that are noted for a day, below zero what was taken back; raises StaatGeweigerd for who is unknown."""
    if session.get(ContingentHolderRow, houder, with_for_update=True) is None:
        raise StaatGeweigerd("contingent: deze organisatie heeft geen contingent")
    if session.get(WorkerRow, door) is None:
        raise StaatGeweigerd("door: er is geen medewerker met deze code")
    return set(session.scalars(select(AdvanceRow.cent).filter_by(houder=houder, jaar=jaar, op=op)))


def _shares(who: Begeleid, keuze: Keuze) -> bool:
    """Whether there is a day of that year on which this begeleider was not the only one."""
    days = by_begeleider(who, keuze.jaar).values()
    return any(keuze.organisatie in together and len(together) > 1 for together in days)
