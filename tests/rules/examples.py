"""Where Hypothesis draws its days, terms and suspensions from."""

from datetime import date, timedelta

from hypothesis import strategies as st

from models.law import Term, Unit
from models.ledger import Closure, Ledger, Suspension

FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)
CALENDAR_UNITS: tuple[Unit, ...] = ("dagen", "weken", "maanden", "jaren")
LONGEST: dict[Unit, int] = {"dagen": 90, "werkdagen": 40, "weken": 20, "maanden": 18, "jaren": 1}

days = st.dates(FIRST, LAST)


def terms(*units: Unit, least: int = 1) -> st.SearchStrategy[Term]:
    """Terms in some of the units, none longer than a trajectory lasts."""
    return st.sampled_from(units).flatmap(
        lambda unit: st.builds(Term, amount=st.integers(least, LONGEST[unit]), unit=st.just(unit))
    )


calendar_terms = terms(*CALENDAR_UNITS)
working_terms = terms("werkdagen")
any_terms = st.one_of(calendar_terms, working_terms)
budgets = st.lists(st.one_of(any_terms, any_terms.map(lambda term: -term)), min_size=1, max_size=4)


def rest(van: date, length: int) -> Suspension:
    """A suspension of so many days."""
    return Suspension(van=van, tot=van + timedelta(days=length))


rests = st.builds(rest, days, st.integers(0, 120))
ledgers = st.builds(Ledger, suspensions=st.lists(rests, max_size=4).map(tuple))
closures = st.lists(
    st.builds(
        lambda van, length: Closure(van=van, tot=van + timedelta(days=length), reden="verlof"),
        days,
        st.integers(0, 20),
    ),
    max_size=3,
)


def with_rest(ledger: Ledger, suspension: Suspension) -> Ledger:
    """The ledger with one more suspension."""
    return Ledger(suspensions=(*ledger.suspensions, suspension))
