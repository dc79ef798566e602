"""Nobody is measured or ranked: not a participant, not a worker, not an organisation."""

import pytest

from models.tables import Base
from settings import ROOT
from tests.house.source import product_files, texts, words

MEASURES = frozenset(
    {
        "score",
        "scores",
        "scoring",
        "scored",
        "rank",
        "ranks",
        "ranked",
        "ranking",
        "rangschikking",
        "rangorde",
        "ranglijst",
        "klassement",
        "rating",
        "punten",
        "puntenlijst",
        "puntentelling",
        "puntensaldo",
        "strafpunten",
        "sanctie",
        "sancties",
        "boete",
        "boetes",
    }
)
"""Words for measuring, ranking or punishing; the levels of the participatieladder are none of these."""


def measured(text: str) -> set[str]:
    """The words in a text that measure or rank."""
    return words(text) & MEASURES


def test_no_word_of_the_code_measures_anybody() -> None:
    """Names, texts and comments of the product know no score and no ranking."""
    found = {name: some for name, text in texts(product_files()).items() if (some := measured(text))}
    assert not found


def test_no_template_or_table_of_values_measures_anybody() -> None:
    """Neither what people read nor the parameters, stories and reference data they are made from."""
    shown = [path for folder in ("templates", "data") for path in sorted((ROOT / folder).rglob("*.*"))]
    found = {name: some for name, text in texts(shown).items() if (some := measured(text))}
    assert not found


def test_no_column_of_the_record_measures_anybody() -> None:
    """There is nowhere to keep such a thing."""
    columns = [
        f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns
    ]
    assert columns
    assert not [column for column in columns if measured(column)]


@pytest.mark.parametrize(
    "offence",
    ["participant_score = 3", "class WorkerRanking: ...", "ORDER BY punten", "<td>Rangschikking</td>"],
)
def test_the_check_sees_a_measure(offence: str) -> None:
    """Negative control: in a name, a class, a query and a template."""
    assert measured(offence)
