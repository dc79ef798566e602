"""The glossary holds the words that the code uses, and says where."""

import importlib
import re
from typing import Any, NamedTuple, get_args

import pytest
from pydantic import BaseModel

from models.documents import DocumentFacts
from models.duties import DutyKind
from settings import ROOT
from tests.house.source import product_files, texts

STATUTORY = (
    "aanvraag",
    "toeleiding",
    "activeringstraject",
    "onthaaltraject",
    "arbeidsmatige_activiteiten",
    "trajectplan",
    "eindverslag",
    "eindadvies",
    "screeningsverslag",
    "casemanager",
    "casemanagementteam",
    "netwerkcoordinator",
    "kernpartner",
    "begeleider",
    "werkpost",
    "begeleidingsovereenkomst",
    "toestemming",
    "uitkeringsinstantie",
    "maatwerkbedrijf",
    "contingent",
    "erkenning",
    "mandaat",
    "werkingsgebied",
    "dossier",
    "participatieladder",
)
"""The nouns that the decree names, which stay Dutch inside English names."""
LATER = "later"
EXPLAINED_ELSEWHERE = {
    "afronding_zonder_betrokkene": "slotnota",
    "pakket": "welzijnspakket",
    "herverdeling": "herverdelen",
}
"""Words of the code that stand in the glossary under another form of themselves."""


class Entry(NamedTuple):
    """A row of the glossary."""

    term: str
    article: str
    meaning: str
    types: tuple[str, ...]


def entries() -> list[Entry]:
    """Every row of every table."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    rows = [row for row in rows if row[0] != "woord"]
    assert all(len(row) == 4 for row in rows)
    return [Entry(row[0], row[1], row[2], tuple(re.findall(r"`([^`]+)`", row[3]))) for row in rows]


def resolved(path: str) -> Any:
    """What a dotted name stands for; raises when there is no such thing."""
    module, name = path.split(".")[:2], path.split(".")[2:]
    found: Any = importlib.import_module(".".join(module))
    for part in name:
        fields = found.model_fields if isinstance(found, type) and issubclass(found, BaseModel) else {}
        found = fields.get(part) or getattr(found, part)
    return found


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry.term)
def test_every_word_says_where_it_comes_from_and_where_it_is(entry: Entry) -> None:
    """An article or the practice, one sentence, and a type that exists; or that it comes later."""
    assert re.fullmatch(r"[a-z_]+", entry.term)
    assert entry.article == "praktijk" or re.match(r"(D2022|LSB) art\. \d", entry.article)
    assert entry.meaning.endswith((".", "…"))
    assert entry.types
    assert entry.types == (LATER,) or all(resolved(path) for path in entry.types)


def test_every_word_is_used() -> None:
    """A word that the code does not know (yet) says so."""
    written = [*product_files(), *sorted((ROOT / "data").glob("*.yaml"))]
    code = "\n".join(texts(written).values()).lower()
    assert not [entry.term for entry in entries() if entry.types != (LATER,) and entry.term not in code]


def test_every_statutory_noun_is_explained() -> None:
    """Nobody has to guess what a Dutch noun in an English name means; each stands there once."""
    terms = [entry.term for entry in entries()]
    assert set(STATUTORY) <= set(terms)
    assert len(terms) == len(set(terms))


def test_every_kind_of_duty_and_document_is_explained() -> None:
    """What people are asked and what they get stands in the list they look words up in."""
    documents = {kind.model_fields["soort"].default for kind in get_args(get_args(DocumentFacts)[0])}
    asked = {str(kind) for kind in DutyKind}
    assert "verdeelstaat" in documents & asked
    terms = {entry.term for entry in entries() if entry.types != (LATER,)}
    assert {EXPLAINED_ELSEWHERE.get(word, word) for word in documents | asked} <= terms


def test_the_words_explained_elsewhere_are_needed() -> None:
    """The list of other forms holds nothing that has a row of its own."""
    assert not {entry.term for entry in entries()} & EXPLAINED_ELSEWHERE.keys()
