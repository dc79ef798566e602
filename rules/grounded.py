"""How a rule says on what it stands: the article on the function, in a registry and in every finding."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, ParamSpec, TypeVar

from models.findings import Finding, Verdict
from models.law import Parameter

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True)
class Source:
    """A text that rules execute, by its short tag and its full title."""

    tag: str
    title: str

    def article(self, number: int | str) -> str:
        """How an article of this text is named in findings: "D2022 art. 11"."""
        return f"{self.tag} art. {number}"

    def __str__(self) -> str:
        return self.tag


D2022 = Source("D2022", "Decreet van 8 juli 2022 over de werk- en zorgtrajecten (BS 3 augustus 2022)")
BVR2022 = Source("BVR2022", "Besluit van de Vlaamse Regering van 18 november 2022 (BS 6 februari 2023)")
LSB = Source("LSB", "Decreet van 9 februari 2018 over het lokaal sociaal beleid")
GERW = Source("Ger.W.", "Gerechtelijk Wetboek, berekening van termijnen")
PRACTICE = Source(
    "afspraak (aangenomen)", "Werkafspraak zonder artikel: waarschuwt en stelt voor, weigert nooit"
)


class Rule(NamedTuple):
    """A registered rule: the function and the article it executes."""

    function: Callable[..., object]
    article: str


REGISTRY: dict[str, Rule] = {}


def grounded_in(ground: str | Source) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares the article that a rule executes, or the practice where no article is known."""

    def ground_it(function: Callable[P, R]) -> Callable[P, R]:
        function.__dict__["__article__"] = str(ground)
        REGISTRY[rule_name(function)] = Rule(function, str(ground))
        return function

    return ground_it


def rule_name(function: Callable[..., object]) -> str:
    """The name under which a rule is known in the registry and in findings: "ladder.ladder_for"."""
    return f"{function.__module__.removeprefix('rules.')}.{function.__qualname__}"


def finding(
    rule: Callable[..., object],
    value: T,
    reden: str,
    *,
    parameters: Sequence[Parameter] = (),
    facts: Mapping[str, object] | None = None,
    verdict: Verdict = Verdict.OK,
) -> Finding[T]:
    """The answer of a rule, with its name and article filled in and its facts written as text."""
    name = rule_name(rule)
    return Finding(
        value=value,
        rule=name,
        article=REGISTRY[name].article,
        reden=reden,
        parameters=tuple(parameters),
        facts={key: str(fact) for key, fact in (facts or {}).items()},
        verdict=verdict,
    )
