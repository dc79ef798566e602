"""Reads our own code as text: which parameters a rule asks for, which tests mention it, which documents cite it."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from models import documents

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
RULES, TESTS, DOCUMENTS = "rules.", "tests.rules.", "models.documents."
READ = ("rules", "workflows", "tests/rules")
TEST = "test_"


@dataclass(frozen=True)
class Module:
    """One file of ours as a tree, with what each of its global names stands for."""

    name: str
    tree: ast.Module

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """The functions and constants of the module, by their own name."""
        return dict(_defined(self.tree.body))

    @cached_property
    def known(self) -> dict[str, str]:
        """Every global name with its full one: what is imported, and what is defined here."""
        own = {name: f"{self.name}.{name}" for name in self.definitions}
        return {**dict(_imported(self.tree)), **own}

    def names_in(self, node: ast.AST) -> Iterator[str]:
        """The full names of what a piece of this module mentions."""
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id in self.known:
                yield self.known[each.id]
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
                yield f"{self.known.get(each.value.id, '')}.{each.attr}"


def _defined(body: Iterable[ast.stmt]) -> Iterator[tuple[str, Definition]]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name, node


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


class Code:
    """The rules, the workflows and the tests of the rules, read and never run."""

    def __init__(self, root: Path, rules: Iterable[str], parameters: Iterable[str]) -> None:
        paths = (path for folder in READ for path in sorted((root / folder).glob("*.py")))
        dotted = ((path, ".".join(path.relative_to(root).with_suffix("").parts)) for path in paths)
        self._modules = {name: Module(name, ast.parse(path.read_text("utf-8"))) for path, name in dotted}
        self._rules = {RULES + rule for rule in rules}
        self._names = frozenset(parameters)

    @cached_property
    def parameters(self) -> Mapping[str, frozenset[str]]:
        """For each rule the parameters whose names stand in it, in its helpers, or in what its callers give it."""
        return {rule.removeprefix(RULES): self._asked_by(rule) for rule in self._rules}

    @cached_property
    def uses(self) -> Mapping[str, frozenset[str]]:
        """For each rule the other rules that it asks, itself or through its private helpers."""
        return {rule.removeprefix(RULES): self._used_by(rule) for rule in self._rules}

    @cached_property
    def tests(self) -> Mapping[str, Mapping[str, list[str]]]:
        """For each rule the tests that mention it, by their module, in the order in which they stand there."""
        found: dict[str, dict[str, list[str]]] = {rule.removeprefix(RULES): {} for rule in self._rules}
        for module in self._modules.values():
            if module.name.startswith(TESTS):
                for name, node in module.definitions.items():
                    mentioned = self._mentions(module, node) & self._rules if name.startswith(TEST) else ()
                    for rule in mentioned:
                        of_rule = found[rule.removeprefix(RULES)]
                        of_rule.setdefault(module.name.removeprefix(TESTS), []).append(name)
        return found

    @cached_property
    def documents(self) -> Mapping[str, set[str]]:
        """For each rule the kinds of document whose facts get its finding where the document is ordered."""
        found: dict[str, set[str]] = {}
        for kind, rule in self._cited():
            found.setdefault(rule.removeprefix(RULES), set()).add(kind)
        return found

    def _asked_by(self, rule: str) -> frozenset[str]:
        pieces = [node for _, node in self._pieces(rule)]
        found = {text for piece in pieces for text in _texts(piece)} | self._handed(rule)
        put_together = self._names - self._named_anywhere
        for pattern in (pattern for piece in pieces for pattern in _patterns(piece)):
            found |= {name for name in put_together if re.fullmatch(pattern, name)}
        return self._names & found

    def _used_by(self, rule: str) -> frozenset[str]:
        asked = {name for module, node in self._pieces(rule) for name in module.names_in(node)}
        return frozenset(name.removeprefix(RULES) for name in asked & self._rules - {rule})

    def _definition(self, dotted: str) -> tuple[Module, Definition] | None:
        module, _, name = dotted.rpartition(".")
        found = self._modules.get(module)
        return (found, found.definitions[name]) if found and name in found.definitions else None

    def _pieces(self, dotted: str) -> list[tuple[Module, Definition]]:
        """A rule with the helpers and constants it leans on; another rule is another row."""
        found: dict[str, tuple[Module, Definition]] = {}
        todo = [dotted]
        while todo:
            name = todo.pop()
            if name not in found and (piece := self._definition(name)):
                found[name] = piece
                mentioned = set(piece[0].names_in(piece[1])) - self._rules
                todo += [name for name in mentioned if name.startswith(RULES)]
        return list(found.values())

    def _mentions(self, module: Module, node: ast.AST, seen: frozenset[str] = frozenset()) -> set[str]:
        """What a test mentions, itself or through the helpers and tables beside it."""
        names = set(module.names_in(node))
        beside = {name for name in names - seen if name.startswith(f"{module.name}.")}
        for name in beside:
            found = self._definition(name)
            if found:
                names |= self._mentions(module, found[1], seen | beside)
        return names

    @cached_property
    def _named_anywhere(self) -> set[str]:
        rules = (module.tree for module in self._modules.values() if module.name.startswith(RULES))
        return {text for tree in rules for text in _texts(tree)}

    def _handed(self, dotted: str) -> set[str]:
        """The texts that callers give to a rule that asks for a parameter by a name it was given."""
        found = self._definition(dotted)
        if found is None or not _asks_by_given_name(found[1]):
            return set()
        calls = (
            node
            for module in self._modules.values()
            if not module.name.startswith(TESTS)
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call) and dotted in module.names_in(node.func)
        )
        return {text for call in calls for text in _texts(call)}

    def _cited(self) -> Iterator[tuple[str, str]]:
        for module in self._modules.values():
            if module.name.startswith(TESTS):
                continue
            for around in (node for node in ast.walk(module.tree) if isinstance(node, FUNCTIONS)):
                for call in (node for node in ast.walk(around) if isinstance(node, ast.Call)):
                    yield from self._cited_by(module, around, call)

    def _cited_by(self, module: Module, around: ast.AST, call: ast.Call) -> Iterator[tuple[str, str]]:
        model = next(filter(None, map(_document, module.names_in(call.func))), None)
        if model is None:
            return
        reasoned = {name for name, field in model.model_fields.items() if "Finding" in str(field.annotation)}
        for keyword in call.keywords:
            if keyword.arg in reasoned:
                for rule in self._findings_in(module, around, keyword.value):
                    yield str(model.model_fields["soort"].default), rule

    def _findings_in(self, module: Module, around: ast.AST, value: ast.AST) -> set[str]:
        """The rules behind a value: those it calls, or those behind the local names in it."""
        local = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        given = [
            node.value
            for node in ast.walk(around)
            if isinstance(node, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id in local for target in node.targets)
        ]
        names = {name for each in (value, *given) for name in module.names_in(each)}
        return {rule for name in names if name.startswith(RULES) for rule in self._passed_on(name)}

    def _passed_on(self, dotted: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """A rule and the rules whose finding it returns as it is."""
        found = self._definition(dotted)
        if found is None or dotted in seen or not isinstance(found[1], FUNCTIONS):
            return set()
        module, function = found
        returned = (node.value for node in ast.walk(function) if isinstance(node, ast.Return) and node.value)
        names = {
            name for value in returned for call in _outermost(value) for name in module.names_in(call.func)
        }
        further = {rule for name in names for rule in self._passed_on(name, seen | {dotted})}
        return further | ({dotted} & self._rules)


def _document(name: str) -> type[BaseModel] | None:
    """The facts of a kind of document, by their full name."""
    found = getattr(documents, name.removeprefix(DOCUMENTS), None) if name.startswith(DOCUMENTS) else None
    is_kind = isinstance(found, type) and issubclass(found, BaseModel) and "soort" in found.model_fields
    return found if is_kind else None


def _texts(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _asked(node: ast.AST) -> Iterator[ast.expr]:
    """The name in each `law.at(name, …)`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr == "at":
            yield from each.args[:1]


def _patterns(node: ast.AST) -> Iterator[str]:
    """Names that are put together where they are asked, such as `ladder.voor.` and a kind."""
    for name in _asked(node):
        if isinstance(name, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else None for part in name.values)
            yield "".join(".+" if part is None else re.escape(str(part)) for part in parts)


def _asks_by_given_name(node: ast.AST) -> bool:
    if not isinstance(node, FUNCTIONS):
        return False
    arguments = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    return any(isinstance(name, ast.Name) and name.id in arguments for name in _asked(node))


def _outermost(value: ast.expr) -> Iterator[ast.Call]:
    """The calls that a returned value is, whichever way a condition goes."""
    match value:
        case ast.Call():
            yield value
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_outermost(body), *_outermost(orelse))
