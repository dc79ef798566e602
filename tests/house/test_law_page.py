"""`docs/law.md` says what the code does: it is made again here, and it tells what it should."""

import subprocess
from pathlib import Path

import pytest

from desk.law_page import COMMAND, PAGE, differences, page
from desk.law_sources import Code
from models.law import Parameter
from settings import ROOT
from tests.law import shipped_tables

RULES = """\
from rules.grounded import D2022, grounded_in
TERMS = {"a": ("made.constant", "x")}

@grounded_in(D2022.article(1))
def direct(law, on):
    return law.at("made.direct", on)

@grounded_in(D2022.article(2))
def helped(law, on, kind):
    return _by_name(law, on, "made.helped"), law.at(f"made.kind.{kind}", on), TERMS[kind]

@grounded_in(D2022.article(3))
def handed(law, on, name):
    return law.at(name, on)

@grounded_in(D2022.article(4))
def passes(law, on):
    return direct(law, on) if on else helped(law, on, "a")

def _by_name(law, on, name):
    return law.at(name, on)
"""
WORKFLOW = """\
from models import documents as d
from rules import made

def order(law, on):
    made.handed(law, on, "made.handed")
    end = made.passes(law, on)
    return d.Trajectplan(einde=end, plan=made.helped(law, on, "b"))
"""
TESTS = """\
from rules import made
from rules.made import helped as asked

CASES = [made.handed]

def test_one(law):
    assert made.direct(law, None)

def test_two(law):
    assert _through(law)

def test_three():
    assert CASES

def _through(law):
    return asked(law, None, "a")
"""
NAMES = (
    "made.direct",
    "made.helped",
    "made.kind.a",
    "made.kind.b",
    "made.handed",
    "made.constant",
    "made.other",
)


@pytest.fixture
def made(tmp_path: Path) -> Code:
    """A small product: one module of rules, one workflow, one module of tests."""
    for name, text in (("rules/made", RULES), ("workflows/made", WORKFLOW), ("tests/rules/test_made", TESTS)):
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Code(tmp_path, ["made.direct", "made.helped", "made.handed", "made.passes"], NAMES)


@pytest.fixture(scope="module")
def current() -> str:
    """The page as it should be."""
    return page(ROOT, shipped_tables().parameters())


def test_the_page_is_current(current: str) -> None:
    """Whoever changes a rule, a parameter or a test of a rule makes the page again."""
    written = (ROOT / PAGE).read_text("utf-8")
    changed = "\n".join(list(differences(written, current))[:10])
    assert written == current, f"{PAGE} is niet meer juist: voer `{COMMAND}` uit.\n{changed}"


def test_a_page_that_is_no_longer_true_is_noticed(current: str) -> None:
    """Negative control: another value of a parameter makes another page."""
    rows = shipped_tables().parameters()
    other = [row.model_copy(update={"value": "19 maanden"}) if is_maximum(row) else row for row in rows]
    changed = list(differences(current, page(ROOT, other)))
    assert changed
    assert all(("19 maanden" if line.startswith("+") else "18 maanden") in line for line in changed)


def is_maximum(row: Parameter) -> bool:
    return row.name == "activering.duur_max"


def test_an_article_leads_to_its_parameters_and_tests(current: str) -> None:
    """The row of the maximum: what is law, what is assumed, and who tests it."""
    rows = current.splitlines()
    (row,) = (row for row in rows if "`activering.latest_end`<br>" in row)
    assert row.startswith("| art. 11 | ")
    assert "`activering.duur_max` = 18 maanden, vanaf 01-07-2023, wet: D2022 art. 11" in row
    assert "`activering.duur_max_pauzeert` = nee, vanaf 01-07-2023, ⚠ **aanname**" in row
    assert "[test_activering](../tests/rules/test_activering.py): a trajectory lasts at most" in row


def test_articles_stand_in_their_order(current: str) -> None:
    """Article 9 before article 10, and each text in a table of its own."""
    first = current.partition("## ")[2].partition("## ")[0]
    articles = [row.split("|")[1].strip() for row in first.splitlines() if row.startswith("| art.")]
    numbers = [
        int(article.removeprefix("art. ").split("-")[0].split(" ")[0].split(",")[0]) for article in articles
    ]
    assert numbers == sorted(numbers)
    assert len(numbers) > 10


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("made.direct", {"made.direct"}),
        ("made.helped", {"made.helped", "made.kind.a", "made.kind.b", "made.constant"}),
        ("made.handed", {"made.handed"}),
        ("made.passes", set()),
    ],
)
def test_the_parameters_of_a_rule_are_read_from_its_source(rule: str, asked: set[str], made: Code) -> None:
    """In it, in a helper, put together, in a table, or handed by its callers; another rule's are not its own."""
    assert made.parameters[rule] == asked


def test_a_rule_that_asks_another_rule_says_so(made: Code) -> None:
    """Its parameters are those of the others."""
    assert made.uses["made.passes"] == {"made.direct", "made.helped"}
    assert made.uses["made.direct"] == set()


@pytest.mark.parametrize(
    ("rule", "tests"),
    [
        ("made.direct", {"test_made": ["test_one"]}),
        ("made.helped", {"test_made": ["test_two"]}),
        ("made.handed", {"test_made": ["test_three"]}),
        ("made.passes", {}),
    ],
)
def test_the_tests_of_a_rule_mention_it(rule: str, tests: dict[str, list[str]], made: Code) -> None:
    """By attribute, under another name through a helper, and in a table of cases."""
    assert made.tests[rule] == tests


def test_a_document_cites_the_rules_behind_its_findings(made: Code) -> None:
    """Through a local name and the rules that pass a finding on; a field without a reason cites nothing."""
    assert made.documents == {
        "made.direct": {"trajectplan"},
        "made.helped": {"trajectplan"},
        "made.passes": {"trajectplan"},
    }


def test_the_command_writes_the_page(current: str, tmp_path: Path) -> None:
    """As somebody would do it after a change."""
    command = [str(ROOT / "werkzorg"), "parameters", "pagina", "--naar", str(tmp_path / "law.md")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "law.md").read_text("utf-8") == current
