"""What a person sees of a story that is played: one line an event, and a table of what came out otherwise."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from models.lines import TimelineLine
from player.expectations import Result

LOUD = {
    "te-laat": "red",
    "storing": "red",
    "herinnering": "yellow",
    "fase": "bold cyan",
    "document-gemaakt": "green",
}


def event_line(line: TimelineLine, prefix: str = "") -> Text:
    """One event: when, what, and who."""
    text = Text(f"{prefix}{line.datum:%d-%m-%Y}  ", style="dim")
    text.append(line.tekst, style=LOUD.get(line.soort, "default"))
    if line.wie:
        text.append(f"  — {line.wie}", style="dim")
    return text


def show_result(result: Result, console: Console) -> None:
    """How a story ended, and where that differs from what it expects."""
    console.print(
        f"\n[bold]{result.naam}[/bold]: dossier {result.reference}, fase {result.fase}, "
        f"{len(result.tijdlijn)} gebeurtenissen, {len(result.mails)} mails en brieven, "
        f"{len(result.documenten)} documenten.",
        highlight=False,
    )
    for followed in result.vervolg:
        console.print(
            f"  daarna een {followed.soort} vanaf {followed.gestart_op:%d-%m-%Y}: dossier {followed.reference}, "
            f"fase {followed.fase}, {len(followed.documenten)} documenten.",
            highlight=False,
        )
    if result.verschillen:
        console.print(differences_table([result]))
    else:
        console.print("Alles is zoals het verhaal verwacht.", style="green")


def differences_table(results: Sequence[Result]) -> Table:
    """What the stories expect beside what was found."""
    table = Table("Wat", "Verwacht", "Gevonden", title="Anders dan verwacht", title_justify="left")
    for result in results:
        for difference in result.verschillen:
            table.add_row(difference.wat, difference.verwacht, difference.gevonden)
    return table
