"""The lists of an onthaaltraject: 22 social benefits and 15 life domains, each with the period in which it holds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from activities.catalogus import Catalogus
from activities.law_tables import MalformedTable
from models.gbo import Levensdomein, Recht
from tests.house.source import words

DAY = date(2026, 1, 1)
BEGIN = date(2023, 7, 1)
"""The first day of the onthaaltraject."""
ROW = {
    "code": "wonen",
    "naam": "Wonen",
    "geldig_van": "2023-07-01",
    "status": "assumed",
    "bron": "praktijk",
}


def _every() -> list[tuple[Recht | Levensdomein, ...]]:
    lists = Catalogus()
    return [lists.rechten(DAY), lists.levensdomeinen(DAY)]


def _written(folder: Path, *rows: dict[str, str]) -> Catalogus:
    lines = ["\n  ".join(f"{name}: {value}" for name, value in row.items()) for row in rows]
    text = "".join(f"- {line}\n" for line in lines)
    (folder / "levensdomeinen.yaml").write_text(text, encoding="utf-8")
    return Catalogus(folder)


def test_twenty_two_benefits_and_fifteen_domains() -> None:
    """As many as are counted at the start and at the end."""
    benefits, domains = _every()
    assert (len(benefits), len(domains)) == (22, 15)


@pytest.mark.parametrize("on", [BEGIN, date(2024, 2, 29), date(2024, 3, 1), date(2030, 1, 1)])
def test_a_benefit_that_changes_leaves_no_gap(on: date) -> None:
    """A measurement on any day since the beginning counts the same list."""
    lists = Catalogus()
    assert {recht.code for recht in lists.rechten(on)} == {recht.code for recht in lists.rechten(DAY)}
    assert len(lists.levensdomeinen(on)) == 15


def test_before_the_onthaaltraject_existed_there_is_no_list() -> None:
    """The decree started it on 1 July 2023."""
    lists, before = Catalogus(), BEGIN - timedelta(days=1)
    assert lists.rechten(before) == ()
    assert lists.levensdomeinen(before) == ()


def test_each_stands_there_once_under_its_own_name() -> None:
    """Codes and names are unique on a day."""
    for entries in _every():
        assert len({entry.code for entry in entries}) == len(entries)
        assert len({entry.naam for entry in entries}) == len(entries)


def test_nothing_of_it_was_seen_in_law() -> None:
    """Both lists are composed, and say so with where they come from."""
    for entries in _every():
        assert {entry.status for entry in entries} == {"assumed"}
        assert all(entry.bron for entry in entries)


def test_the_benefits_cover_the_five_domains() -> None:
    """Energy, housing, leisure, telecom and health."""
    domains = {recht.domein for recht in Catalogus().rechten(DAY)}
    assert domains == {"energie", "huisvesting", "vrije_tijd", "telecom", "gezondheid"}


def test_the_social_offer_for_internet_follows_the_old_tariff() -> None:
    """A benefit keeps its code when it changes, so that a measurement at the start and one at the end compare."""

    def internet(on: date) -> list[str]:
        return [r.naam for r in Catalogus().rechten(on) if r.code == "sociaal_tarief_internet"]

    assert internet(date(2024, 2, 29)) == ["Sociaal tarief voor internet"]
    assert internet(date(2024, 3, 1)) == ["Sociaal internetaanbod"]


def test_the_words_are_for_people() -> None:
    """No name of a list punishes, controls or labels."""
    unwanted = {"sanctie", "controle", "fraude", "misbruik", "stoornis"}
    assert not [entry.code for entries in _every() for entry in entries if words(entry.naam) & unwanted]


def test_entries_cannot_be_changed() -> None:
    """Whoever reads a list cannot alter it for the next."""
    entry: BaseModel = Catalogus().rechten(DAY)[0]
    with pytest.raises(ValidationError, match="frozen"):
        entry.__setattr__("naam", "Anders")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"geldig_tot": "2023-06-30"}, "line 6, geldig_tot: ends before it begins"),
        ({"naamm": "Wonen"}, "naamm: unknown field"),
        ({"code": "Wonen!"}, "line 1, code"),
        ({"status": "misschien"}, "status"),
        ({"geldig_van": "ooit"}, "geldig_van"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    """With the line and the field."""
    with pytest.raises(MalformedTable, match=told):
        _written(tmp_path, ROW | changed).levensdomeinen(DAY)


@pytest.mark.parametrize(
    ("van", "tot", "refused"),
    [("2024-01-01", "2024-12-31", True), ("2023-12-31", None, True), ("2024-01-01", None, False)],
)
def test_periods_of_one_code_follow_each_other(
    tmp_path: Path, van: str, tot: str | None, refused: bool
) -> None:
    """The first row ends on the last day of 2023 or goes on; only what starts after it may follow."""
    first = ROW | ({} if tot else {"geldig_tot": "2023-12-31"})
    second = ROW | {"geldig_van": van} | ({"geldig_tot": tot} if tot else {})
    lists = _written(tmp_path, first, second)
    if refused:
        with pytest.raises(MalformedTable, match=f"wonen is on the list already on {van}"):
            lists.levensdomeinen(DAY)
    else:
        assert [entry.geldig_van for entry in lists.levensdomeinen(DAY)] == [date(2024, 1, 1)]
