"""`docs/law.md`: from article to rule, with the parameters it asks for, its tests, and the documents that cite it."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import rules
from desk.law_sources import Code
from models.law import Parameter
from rules import grounded

PAGE = "docs/law.md"
COMMAND = "./werkzorg parameters pagina"
NOTHING = "–"
SHOWN = 4
"""How many tests of one module are named; the others are counted."""
ABOUT = f"""\
# Wet, regels, tests en documenten

Gemaakt uit de code en `data/parameters.yaml` met `{COMMAND}`; een test waakt erover dat ze klopt. Niet met de
hand wijzigen.

- **Artikel**: waarop de regel steunt, zoals elke bevinding (*waarom*) het noemt. De zin bij een regel komt uit de code
  en is Engels.
- **Parameters**: de namen die in de regel en haar hulpfuncties staan, met waarde, begin en bron. ⚠ is een **aanname**:
  ze herinnert en stelt voor, en weigert, sluit of beëindigt nooit iets. *Ook die van* noemt andere regels die ze
  bevraagt.
- **Tests**: de tests in `tests/rules/` die de regel bij naam noemen. Andere tests raken haar door hele verhalen te
  spelen.
- **Documenten**: waar een bevinding van de regel in de feiten van het document staat, voor zover dat te lezen is
  waar het besteld wordt. Een datum die met een opdracht meekomt (zoals *voorzien op* in een reviewverslag) staat er
  niet bij.
"""


def page(root: Path, parameters: Sequence[Parameter]) -> str:
    """The whole page, from the code under a root and the rows of the parameter table."""
    code = Code(root, _registered(), {row.name for row in parameters})
    parts = [ABOUT, *(_table(source, code, parameters) for source in _sources())]
    return "\n".join([*(part for part in parts if part), _elsewhere(code, parameters)])


def _registered() -> dict[str, grounded.Rule]:
    """Every rule of the product, once all its modules are read."""
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{rules.__name__}.{module.name}")
    ours = f"{rules.__name__}."
    found = grounded.REGISTRY.items()
    return {name: rule for name, rule in found if rule.function.__module__.startswith(ours)}


def _sources() -> list[grounded.Source]:
    """The texts that rules stand on, in the order in which the house names them."""
    return [each for each in vars(grounded).values() if isinstance(each, grounded.Source)]


def _table(source: grounded.Source, code: Code, parameters: Sequence[Parameter]) -> str:
    rows = [(name, rule) for name, rule in _registered().items() if rule.article.startswith(source.tag)]
    if not rows:
        return ""
    rows.sort(key=lambda row: (_natural(row[1].article), row[0]))
    lines = [
        f"## {source.title}\n",
        "| artikel | regel | parameters | tests | documenten |",
        "|---|---|---|---|---|",
    ]
    for name, rule in rows:
        article = rule.article.removeprefix(source.tag).strip() or NOTHING
        cells = (article, _rule(name, rule), _asked(name, code, parameters), _tests(name, code))
        lines.append(f"| {' | '.join(cells)} | {_documents(name, code)} |")
    return "\n".join([*lines, ""])


def _natural(text: str) -> list[tuple[int, str]]:
    """So that article 9 comes before article 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text)]


def _rule(name: str, rule: grounded.Rule) -> str:
    sentence = inspect.cleandoc(rule.function.__doc__ or "").partition("\n")[0]
    return f"`{name}`<br>{_cell(sentence)}"


def _asked(name: str, code: Code, parameters: Sequence[Parameter]) -> str:
    rows = [_parameter(row) for row in parameters if row.name in code.parameters[name]]
    others = sorted(rule for rule in code.uses[name] if _leans_on(rule, code, frozenset()))
    if others:
        rows.append("*Ook die van* " + ", ".join(f"`{other}`" for other in others))
    return "<br>".join(rows) or NOTHING


def _leans_on(rule: str, code: Code, seen: frozenset[str]) -> bool:
    """Whether a rule asks for a parameter, itself or through another rule."""
    if rule in seen:
        return False
    others = code.uses[rule]
    return bool(code.parameters[rule]) or any(_leans_on(other, code, seen | {rule}) for other in others)


def _parameter(row: Parameter) -> str:
    mark = "wet" if row.status == "law" else "⚠ **aanname**"
    since = f"vanaf {row.geldig_van:%d-%m-%Y}"
    return f"`{row.name}` = {_cell(row.value)}, {since}, {mark}: {_cell(row.bron)}"


def _tests(name: str, code: Code) -> str:
    return "<br>".join(_of_module(*found) for found in code.tests[name].items()) or "⚠ geen"


def _of_module(module: str, tests: Sequence[str]) -> str:
    shown = ", ".join(test.removeprefix("test_").replace("_", " ") for test in tests[:SHOWN])
    more = f" en {len(tests) - SHOWN} meer" if len(tests) > SHOWN else ""
    return f"[{module}](../tests/rules/{module}.py): {shown}{more}"


def _documents(name: str, code: Code) -> str:
    return ", ".join(sorted(code.documents.get(name, ()))) or NOTHING


def _elsewhere(code: Code, parameters: Sequence[Parameter]) -> str:
    """What stands in the table and in no rule: the machine of letters, mails and retention asks for it."""
    asked = frozenset[str]().union(*code.parameters.values())
    rows = [row for row in parameters if row.name not in asked]
    return "\n".join(
        [
            "## Parameters die geen regel noemt\n",
            "Ze worden elders gevraagd (registratie, post, metingen), of nog nergens.\n",
            *(f"- {_parameter(row)}" for row in rows),
            "",
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def differences(before: str, after: str) -> Iterable[str]:
    """The lines that are in one page only, for who has to find out why it is no longer true."""
    yield from _only(before, after, "-")
    yield from _only(after, before, "+")


def _only(here: str, there: str, sign: str) -> Iterator[str]:
    known = set(there.splitlines())
    yield from (f"{sign} {line}" for line in here.splitlines() if line not in known)
