"""The law tables: what ships with the product, and what a slip of the pen in them gets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from activities.law_tables import FLEMISH_HOLIDAY, LawTables, MalformedTable
from models.law import DayOff, Law, LawOrder
from tests.law import AS_OF, DATA, HORIZON, shipped_tables

ORDER = LawOrder(as_of=AS_OF, horizon=HORIZON)
ROW = """
- name: proef.duur
  value: 3 maanden
  geldig_van: 2023-07-01
  status: law
  bron: D2022 art. 11
"""
FLEMISH = f"""
- name: {FLEMISH_HOLIDAY}
  value: nee
  geldig_van: 2022-07-08
  status: assumed
  bron: afspraak
- name: {FLEMISH_HOLIDAY}
  value: ja
  geldig_van: 2027-01-01
  status: assumed
  bron: afspraak
"""
EXCEPTIONS = """
- dag: 2027-05-07
  vrij: ja
  reden: Brugdag
  bron: omzendbrief
- dag: 2027-11-11
  vrij: nee
  reden: Vervangen
  bron: omzendbrief
"""
Write = Callable[..., LawTables]

SLIPS = [
    (ROW.replace("3 maanden", "3 mnd"), "line 3, value: no number"),
    (ROW.replace("3 maanden", "drie"), None),
    (ROW.replace("3 maanden", "12%"), "line 3, value"),
    (ROW.replace("3 maanden", "T+3 baas"), "line 3, value"),
    (ROW.replace("3 maanden", "[1, 2]"), "line 3, value: given twice, or no single value"),
    (ROW.replace("2023-07-01", "2023-02-30"), "line 4, geldig_van"),
    (ROW.replace("2023-07-01", "ooit"), "line 4, geldig_van"),
    (ROW.replace("status: law", "status: wet"), "line 5, status"),
    (ROW.replace("status", "statuut"), "line 5, statuut: unknown field"),
    (ROW.replace("  bron: D2022 art. 11\n", ""), "line 2, bron: Field required"),
    (ROW + "  value: 4 maanden\n", "line 7, value: given twice"),
    (ROW + ROW, "line 10, geldig_van: proef.duur has a value from this date already"),
    (ROW + "- los\n", "line 7, row"),
    (ROW + "  - scheef: [\n", "line 7"),
    ("name: geen lijst\n", "line 1: the table is no list of rows"),
    (ROW.replace("proef.duur", "ladder.voor.review").replace("3 maanden", "kort"), "there is no ladder.kort"),
    (ROW.replace("proef.duur", "ladder.voor.review").replace("3 maanden", "geen"), None),
    ("", None),
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes tables of one's own."""

    def written(parameters: str, days_off: str = "[]") -> LawTables:
        (tmp_path / "parameters.yaml").write_text(parameters)
        (tmp_path / "dagen_vrij.yaml").write_text(days_off)
        return LawTables(tmp_path / "parameters.yaml", tmp_path / "dagen_vrij.yaml")

    return written


def days_of(law: Law, year: int) -> dict[date, str]:
    """The days off of a year, with their names."""
    return {off.dag: off.naam for off in law.days_off if off.dag.year == year}


@pytest.mark.parametrize("year", range(2024, 2033))
def test_each_year_has_the_ten_legal_holidays(law: Law, year: int) -> None:
    """Ten a year, no Sunday of Easter or Whitsun, no 2 or 15 November, no 26 December, no 11 July."""
    days = days_of(law, year)
    fixed = {(1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)}
    movable = [day for day in days if (day.month, day.day) not in fixed]
    assert len(days) == 10
    assert [day.weekday() for day in sorted(movable)] == [0, 3, 0]


def test_the_days_off_reach_from_the_year_before_up_to_the_horizon() -> None:
    """A case can date a fact of last year, and nothing beyond the horizon is promised."""
    short = shipped_tables().snapshot(LawOrder(as_of=date(2027, 6, 1), horizon=date(2028, 7, 21)))
    assert short.days_off[0].dag == date(2026, 1, 1)
    assert short.days_off[-1].dag == date(2028, 7, 21)


def test_only_what_was_seen_in_law_is_law(law: Law) -> None:
    """Art. 11, a werkervaringsstage, the erasure, the entry into force and ages were read, and no other."""
    seen = {parameter.name for parameter in law.parameters if parameter.status == "law"}
    ages = {"leeftijd.ama_min", "leeftijd.groeipakket_max", "leeftijd.pensioen"}
    read = {
        "activering.duur_min",
        "activering.duur_max",
        "activering.stage_max",
        "onthaal.wissen",
        "aanvraag.regime",
    }
    assert seen == read | ages
    assert all(parameter.bron and parameter.uitleg for parameter in law.parameters)


def test_every_shipped_value_holds_when_the_decree_does(law: Law) -> None:
    """On 1 July 2023, the first day of the activeringstrajecten, no parameter is missing."""
    start = date(2023, 7, 1)
    assert {law.at(each.name, start).name for each in law.parameters} == {p.name for p in law.parameters}
    assert str(law.at("activering.duur_max", start).term()) == "18 maanden"


def test_the_eleventh_of_july_follows_its_parameter(write: Write) -> None:
    """The Flemish holiday is off from the year in which the parameter says ja."""
    law = write(FLEMISH).snapshot(ORDER)
    assert date(2026, 7, 11) not in days_of(law, 2026)
    assert days_of(law, 2027)[date(2027, 7, 11)] == "Feest van de Vlaamse Gemeenschap"


def test_a_day_can_be_added_or_taken_away(write: Write) -> None:
    """The table of days off adds a bridge day and makes a holiday a working day, each with its reason."""
    days = days_of(write(FLEMISH, EXCEPTIONS).snapshot(ORDER), 2027)
    assert days[date(2027, 5, 7)] == "Brugdag"
    assert date(2027, 11, 11) not in days


def test_a_slip_in_the_days_off_names_its_line(write: Write) -> None:
    """An exception that is neither ja nor nee is refused with its place."""
    with pytest.raises(MalformedTable, match=r"dagen_vrij.yaml line 3, vrij"):
        write(FLEMISH, EXCEPTIONS.replace("vrij: ja", "vrij: misschien")).snapshot(ORDER)


def test_an_edit_is_seen_at_once_and_a_snapshot_keeps_what_it_had(write: Write) -> None:
    """The tables are read on every call; a case that started before keeps its own law."""
    before = write(FLEMISH + ROW).snapshot(ORDER)
    after = write(FLEMISH + ROW.replace("3 maanden", "4 maanden")).snapshot(ORDER)
    on = date(2027, 1, 1)
    assert (before.at("proef.duur", on).value, after.at("proef.duur", on).value) == ("3 maanden", "4 maanden")


def test_a_value_beyond_the_horizon_waits_for_the_next_snapshot(write: Write) -> None:
    """What holds only after the horizon comes in when the law is extended."""
    later = ROW.replace("2023-07-01", "2033-01-01").replace("3 maanden", "4 maanden")
    tables = write(FLEMISH + ROW + later)
    law = tables.snapshot(ORDER)
    extended = law.extended(tables.snapshot(LawOrder(as_of=AS_OF, horizon=date(2034, 12, 31))))
    assert law.at("proef.duur", date(2033, 6, 1)).value == "3 maanden"
    assert extended.at("proef.duur", date(2033, 6, 1)).value == "4 maanden"
    assert (law.is_off(date(2033, 7, 21)), extended.is_off(date(2033, 7, 21))) == (False, True)


def test_a_copied_law_does_not_remember_the_old_days_off(law: Law) -> None:
    """What is_off caches is not carried into a copy with other days."""
    friday = date(2027, 5, 7)
    assert not law.is_off(friday)
    changed = law.model_copy(update={"days_off": (DayOff(dag=friday, naam="Brugdag"),)})
    assert changed.is_off(friday)
    assert not changed.is_off(date(2027, 5, 6))


@pytest.mark.parametrize(("text", "message"), SLIPS)
def test_a_slip_in_the_parameters_names_its_line_and_field(
    write: Write, text: str, message: str | None
) -> None:
    """A malformed row is refused when it is read, with file, line and field, not later in a case."""
    tables = write(text)
    if message is None:
        tables.parameters()
        return
    with pytest.raises(MalformedTable) as refused:
        tables.parameters()
    assert message in str(refused.value)
    assert "parameters.yaml line" in str(refused.value)


def test_the_shipped_tables_are_where_the_product_looks() -> None:
    """Both files are in `data/`, and the parameters keep the order in which a lawyer reads them."""
    names = [parameter.name for parameter in shipped_tables().parameters()]
    assert (DATA / "dagen_vrij.yaml").exists()
    assert {"activering.duur_min", "activering.duur_max"} <= set(names)
