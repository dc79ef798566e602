"""Explains every date a trajectory now goes by: rule, article, parameters with their status, and the facts."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console

from desk.showing import day, fields
from models.findings import Finding
from models.law import Parameter
from models.lines import TrajectLine
from models.steps import Stand

STATUS = {"law": "wet", "assumed": "aanname"}


def explanation(line: TrajectLine) -> dict[str, Any]:
    """The dates of one trajectory with their reasons, for another program."""
    stand = line.stand or {}
    return {
        "traject": line.workflow_id,
        "fase": line.fase,
        "datums": stand.get("dates", []),
        "gevolgen": stand.get("gevolgen", []),
    }


def explain(line: TrajectLine, out: Console) -> None:
    """The dates of one trajectory with their reasons, and what corrections brought about."""
    out.print(f"[bold]{line.workflow_id}[/bold], fase {line.fase or 'nog niet gestart'}")
    if line.stand is None:
        out.print("  Het traject heeft nog niets verteld; de relay start het zodra er een engine draait.")
        return
    stand = Stand.model_validate(line.stand)
    for current in stand.dates:
        value = day(current.on.value) if current.on.value else "rust"
        out.print(f"\n  [bold]{current.naam}: {value}[/bold]")
        fields(_reasons(current.on), out)
    if stand.gevolgen:
        out.print("\n  [bold]Te bekijken na rechtzetting[/bold]")
        for consequence in stand.gevolgen:
            out.print(f"    - {consequence}", soft_wrap=True)


def _reasons(found: Finding[Any]) -> Iterator[tuple[str, str]]:
    yield "waarom", found.reden
    yield "artikel", f"{found.article} (regel {found.rule}, {STATUS[found.status]})"
    for parameter in found.parameters:
        yield "parameter", _told(parameter)
    for name, value in found.facts.items():
        yield "feit", f"{name}: {value}"


def _told(parameter: Parameter) -> str:
    since = f"vanaf {day(parameter.geldig_van)}"
    return f"{parameter.name} = {parameter.value} ({STATUS[parameter.status]}, {since}; {parameter.bron})"
