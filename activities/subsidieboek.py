"""What people note beside the statements of subsidy: advances that were paid, and who gets days that two share."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from activities.ama_facts import WVG_SOORT, dossier
from activities.database import Clock, Database
from activities.statement_rows import StaatGeweigerd
from activities.upserts import insert_all
from models.subsidie import Begeleid, Keuze
from models.tables import AdvanceRow, ContingentHolderRow, OrganisationRow, SubsidyChoiceRow, WorkerRow
from models.vergoedingsstaat import CENT
from rules.begeleide_dagen import by_begeleider


class Subsidieboek:
    """Notes advances and decisions once; what is noted counts in the next statement that is drawn up."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def advance(self, houder: str, jaar: int, op: date, bedrag: Decimal, door: str) -> bool:
        """Notes an advance, and says whether it is new; raises StaatGeweigerd for what cannot be."""
        if bedrag <= 0 or bedrag != bedrag.quantize(CENT):
            raise StaatGeweigerd("bedrag: is een bedrag boven nul met hoogstens twee cijfers na de komma")
        cent = int(bedrag / CENT)
        with self._database.begin() as session:
            if session.get(ContingentHolderRow, houder) is None:
                raise StaatGeweigerd("contingent: deze organisatie heeft geen contingent")
            if session.get(WorkerRow, door) is None:
                raise StaatGeweigerd("door: er is geen medewerker met deze code")
            same = select(AdvanceRow).where(
                AdvanceRow.houder == houder, AdvanceRow.jaar == jaar, AdvanceRow.op == op
            )
            if there := session.scalar(same):
                if there.cent != cent:
                    raise StaatGeweigerd(
                        f"bedrag: voor {jaar} is op {op:%d-%m-%Y} al een ander voorschot genoteerd"
                    )
                return False
            row = {"houder": houder, "jaar": jaar, "op": op, "cent": cent, "door": door}
            insert_all(session, AdvanceRow, [row | {"recorded_at": self._clock()}])
        return True

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
            row = {
                "reference": keuze.kenmerk,
                "jaar": keuze.jaar,
                "organisatie": keuze.organisatie,
                "op": keuze.op,
            }
            same = select(SubsidyChoiceRow.id).filter_by(**row)
            if session.scalar(same) is not None:
                return False
            noted = {"door": keuze.door, "reden": keuze.reden, "recorded_at": self._clock()}
            insert_all(session, SubsidyChoiceRow, [row | noted])
        return True


def _shares(who: Begeleid, keuze: Keuze) -> bool:
    """Whether there is a day of that year on which this begeleider was not the only one."""
    days = by_begeleider(who, keuze.jaar).values()
    return any(keuze.organisatie in together and len(together) > 1 for together in days)
