"""Every rule says on what it stands, and every finding says it again."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date

import pytest
from pydantic import BaseModel

import rules
from models.findings import Finding, Verdict
from models.law import Law
from rules.calendar import next_working_day
from rules.grounded import D2022, PRACTICE, REGISTRY, Source, finding, grounded_in, rule_name

MECHANISM = "grounded"


def public_rules() -> list[Callable[..., object]]:
    """Every public function of rules that answers with a finding, the grounding itself excepted."""
    names = [module.name for module in pkgutil.iter_modules(rules.__path__) if module.name != MECHANISM]
    modules = [importlib.import_module(f"rules.{name}") for name in names]
    return [
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_") and answers(function)
    ]


def answers(function: Callable[..., object]) -> bool:
    """Whether a function is annotated to return a finding."""
    answer = inspect.signature(function).return_annotation
    return inspect.isclass(answer) and issubclass(answer, Finding)


@grounded_in(D2022.article(11))
def _example(on: date) -> Finding[bool]:
    return finding(_example, True, "Omdat het mag.", facts={"op": on, "keer": 2}, verdict=Verdict.ZACHT)


class Decision(BaseModel):
    """A message that carries a finding."""

    grond: Finding[date]


@pytest.mark.parametrize("function", public_rules(), ids=rule_name)
def test_every_public_rule_names_its_article(function: Callable[..., object]) -> None:
    """A rule without an article or a declared practice fails the build."""
    rule = REGISTRY[rule_name(function)]
    assert rule.function is function
    assert rule.article == vars(function)["__article__"]


def test_a_finding_carries_its_rule_article_and_facts() -> None:
    """The rule does not repeat its own name or article, and its facts are text."""
    found = _example(date(2027, 3, 14))
    assert (found.rule, found.article) == ("tests.rules.test_grounded._example", "D2022 art. 11")
    assert (found.value, found.reden, found.verdict) == (True, "Omdat het mag.", Verdict.ZACHT)
    assert found.facts == {"op": "2027-03-14", "keer": "2"}


def test_a_finding_is_only_law_when_every_parameter_was_seen_in_law(law: Law) -> None:
    """One assumption makes the whole finding assumed."""
    on = date(2027, 1, 1)
    seen, assumed = law.at("activering.duur_max", on), law.at("activering.duur_max_pauzeert", on)
    assert finding(_example, 1, "x", parameters=[seen]).status == "law"
    assert finding(_example, 1, "x", parameters=[seen, assumed]).status == "assumed"


def test_a_finding_survives_a_journey_as_json() -> None:
    """What a rule answered is what the record and the next run read back."""
    decision = Decision(grond=finding(next_working_day, date(2028, 2, 29), "De eerste werkdag."))
    assert Decision.model_validate_json(decision.model_dump_json()) == decision


def test_a_source_writes_its_articles() -> None:
    """Articles are named the same everywhere; practice has none."""
    assert Source("D2022", "titel").article("15, 6°") == "D2022 art. 15, 6°"
    assert str(PRACTICE) == "afspraak (aangenomen)"
