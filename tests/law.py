"""The law as shipped, for tests: the tables of the product from 2024 up to and including 2032."""

from datetime import date
from functools import cache
from pathlib import Path

from activities.catalogus import Catalogus
from activities.law_tables import LawTables
from models.law import Law, LawOrder

DATA = Path(__file__).parent.parent / "data"
AS_OF = date(2025, 1, 1)
HORIZON = date(2032, 12, 31)


def shipped_tables() -> LawTables:
    """The tables in `data/`."""
    return LawTables(DATA / "parameters.yaml", DATA / "dagen_vrij.yaml", Catalogus().codes)


@cache
def shipped_law() -> Law:
    """The snapshot that a case of 2025 would carry, read once."""
    return shipped_tables().snapshot(LawOrder(as_of=AS_OF, horizon=HORIZON))
