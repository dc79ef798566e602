"""Ages by date of birth: the 18th and 25th birthday, and the first day of the pension, on the days at the border."""

from datetime import date

import pytest

from models.law import Law
from rules.leeftijd import achttien_op, pensioen_op, vijfentwintig_op

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("born", "eighteen", "twenty_five"),
    [
        pytest.param("2008-11-02", "2026-11-02", "2033-11-02", id="an ordinary day"),
        pytest.param("2008-02-29", "2026-02-28", "2033-02-28", id="29 February, in years without one"),
        pytest.param("2002-02-28", "2020-02-28", "2027-02-28", id="28 February, in a leap year"),
        pytest.param("2003-12-31", "2021-12-31", "2028-12-31", id="the last of the year"),
    ],
)
def test_a_birthday_is_the_same_day_of_the_year(law: Law, born: str, eighteen: str, twenty_five: str) -> None:
    """From that day on somebody is so old; of 29 February it is the 28th."""
    of = date.fromisoformat(born)
    assert achttien_op(of, TODAY, law).value == date.fromisoformat(eighteen)
    assert vijfentwintig_op(of, TODAY, law).value == date.fromisoformat(twenty_five)


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        pytest.param("1959-07-15", "2024-08-01", id="65: readmitted by no table of calendar days"),
        pytest.param("1959-12-31", "2025-01-01", id="the last at 65"),
        pytest.param("1960-01-01", "2026-02-01", id="the first at 66"),
        pytest.param("1960-01-10", "2026-02-01", id="66: excluded by no table of calendar days"),
        pytest.param("1963-12-31", "2030-01-01", id="the last at 66"),
        pytest.param("1964-01-01", "2031-02-01", id="the first at 67"),
        pytest.param("1960-02-29", "2026-03-01", id="29 February: in March, as of the 28th"),
        pytest.param("1964-02-29", "2031-03-01", id="29 February at 67"),
        pytest.param("1965-12-15", "2033-01-01", id="December: the year after"),
        pytest.param("1961-05-01", "2027-06-01", id="the first of a month: the month after"),
        pytest.param("1930-03-03", "1995-04-01", id="long ago"),
    ],
)
def test_the_pension_begins_the_month_after_the_birthday(law: Law, born: str, first_day: str) -> None:
    """At 65, 66 or 67 by the date of birth, never by the day on which it is asked."""
    assert pensioen_op(date.fromisoformat(born), law).value == date.fromisoformat(first_day)


def test_no_finding_repeats_a_date_of_birth(law: Law) -> None:
    """It would stand in the dossier for everybody to read; the age and its source are enough."""
    born = date(1960, 1, 10)
    for found in (achttien_op(born, TODAY, law), vijfentwintig_op(born, TODAY, law), pensioen_op(born, law)):
        assert not found.facts
        assert [each.status for each in found.parameters] == ["law"]
        assert "1960" not in found.reden
