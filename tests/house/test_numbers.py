"""The numbers of the law stand in one table by effective date, never in the code that executes it."""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from tests.house.source import files_of, name_of, parsed

HARMLESS = (0, 1)
TERM = re.compile(r"-?\d+ (dagen|werkdagen|weken|maanden|jaren)|T[+-]\d+ \w+.*")
PATIENCE = ("workflows/calls.py", "workflows/sweeps.py", "workflows/schedules.py")
"""Where durations of the machine itself are spelled: how long a call may last, how late a round may start."""

TECHNICAL = {
    ("rules/calendar.py", 12): "months in a year",
    ("rules/calendar.py", 7): "days in a week",
    (
        "workflows/calls.py",
        2,
    ): "years of law a case keeps ahead of itself: what it knows, not what it decides",
    ("workflows/calls.py", 366): "days in a year, at most",
    ("workflows/calls.py", 5): "minutes between two attempts of a call, at most",
    ("workflows/commands.py", 1000): "how many answers to commands a case carries along",
    ("workflows/screens.py", 400): "bytes in a summary: a limit of Temporal",
    ("workflows/screens.py", 5): "how many consequences the UI shows",
    ("workflows/sweeps.py", 2): "minutes between two attempts of a round",
    ("workflows/sweeps.py", 10): "minutes that one part of a round may last",
    ("workflows/sweeps.py", 12): "hours after which a daily sweep leaves the rest to the next",
    ("workflows/sweeps.py", 50): "minutes after which a round leaves the rest to the next",
    ("workflows/sweeps.py", 100): "how many notes the UI shows",
    ("workflows/schedules.py", 2): "minutes over which starts are spread; the second day of a quarter",
    ("workflows/schedules.py", 3): "months in a quarter",
    ("workflows/schedules.py", 4): "the clock on which quarters are stated",
    ("workflows/schedules.py", 60): "days a missed quarter can still be stated",
    (
        "workflows/schedules.py",
        5,
    ): "Friday; the clock on which evaluations are woken; holders stated in one part",
    ("workflows/schedules.py", 6): "Saturday, and the clock on which the control begins",
    ("workflows/schedules.py", 7): "the clock on which the digests are drawn up; who gets one is a parameter",
    ("workflows/schedules.py", 23): "the last hour of a day",
    ("workflows/schedules.py", 10): "hours a missed round of digests can still start; October",
    ("workflows/schedules.py", 17): "hours a missed control can still start: until the day is over",
    ("workflows/schedules.py", 18): "hours missed evaluations can still be woken: until the day is over",
    ("workflows/schedules.py", 30): "minutes past the hour at which the digests are drawn up",
}
"""Numbers that no decree knows, each with what it is; a number of the law belongs in data/parameters.yaml."""

SAMPLE = '''
"""A rule that knows the law by heart."""
from datetime import timedelta
LONGEST = timedelta(days=30)
REMIND = timedelta(hours=1)
LADDER = "T+3 trekker, T+5 team"
def may_start(age: int) -> bool:
    return age >= 18 and "3 maanden" != D2022.article(11)
'''


class Literal(NamedTuple):
    """A number or term as it stands in a file."""

    line: int
    value: object


def literals(tree: ast.Module) -> Iterator[Literal]:
    """Numbers but 0 and 1, and texts that are a term or a ladder; the number of an article is its name."""
    articles = {id(arg) for call in _calls(tree, "article") for arg in call.args}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in articles or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float) and node.value not in HARMLESS:
            yield Literal(node.lineno, node.value)
        if isinstance(node.value, str) and TERM.fullmatch(node.value):
            yield Literal(node.lineno, node.value)


def durations(tree: ast.Module) -> Iterator[Literal]:
    """Spelled durations: every `timedelta` but none at all, one calendar day, and a counted number of days."""
    for call in _calls(tree, "timedelta"):
        spelled = ast.unparse(call)
        counted = [keyword.arg == "days" and not _has_number(keyword.value) for keyword in call.keywords]
        if spelled not in ("timedelta(0)", "timedelta(days=1)") and not (counted and all(counted)):
            yield Literal(call.lineno, spelled)


def _has_number(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Constant) for each in ast.walk(node))


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name in (
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        ):
            yield node


def test_no_number_of_the_law_stands_in_rules_or_workflows() -> None:
    """Amounts, terms and ages come from parameters; what else is a number says here what it is."""
    found = [
        f"{name_of(path)}:{literal.line} {literal.value!r}"
        for path in files_of("rules", "workflows")
        for literal in literals(parsed(path))
        if (name_of(path), literal.value) not in TECHNICAL
    ]
    assert not found


def test_every_technical_number_is_still_there() -> None:
    """The list of exceptions holds nothing that the code no longer has."""
    there = {
        (name_of(path), literal.value)
        for path in files_of("rules", "workflows")
        for literal in literals(parsed(path))
    }
    assert not TECHNICAL.keys() - there


def test_durations_are_spelled_where_patience_has_a_name() -> None:
    """No story and no rule says for itself how long something lasts."""
    found = [
        f"{name_of(path)}:{literal.line} {literal.value}"
        for path in files_of("rules", "workflows")
        if name_of(path) not in PATIENCE
        for literal in durations(parsed(path))
    ]
    assert not found


def test_the_check_sees_a_rule_that_knows_the_law_by_heart() -> None:
    """Negative control: an age, a term in words, a ladder and two durations are found; an article is not."""
    tree = ast.parse(SAMPLE)
    assert {literal.value for literal in literals(tree)} == {30, 18, "3 maanden", "T+3 trekker, T+5 team"}
    assert [literal.value for literal in durations(tree)] == ["timedelta(days=30)", "timedelta(hours=1)"]
