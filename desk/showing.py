"""Lists and pages for a person in a terminal, and the same as JSON for another program."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Column, Table

from activities.metingen import Meetmoment
from desk.forms import Asked, as_json
from models.contingent import ContingentLijn
from models.law import Parameter
from models.lines import DocumentLine, DossierView, DutyLine, ToestemmingLine, TrajectLine
from models.staten import Ontbreekt
from models.steps import Stand
from models.sweeps import Melding
from player.wording import STATUS
from rules.regime import NAME
from rules.toeleiding import DELIVERED, SENT

NOTHING = "–"


def console() -> Console:
    """Where tables go: as wide as the terminal, and wide enough where there is none."""
    made = Console(highlight=False)
    return made if made.is_terminal else Console(highlight=False, width=160)


def show_json(lines: Iterable[BaseModel]) -> None:
    """Rows for another program."""
    typer.echo(as_json([line.model_dump(mode="json") for line in lines]))


def day(value: date | None) -> str:
    """A date as people write it."""
    return f"{value:%d-%m-%Y}" if value else NOTHING


def trajecten(lines: Sequence[TrajectLine]) -> Table:
    """Trajectories, one a row."""
    table = _table(
        "Dossier", "Traject", "Fase", "Gemeente", "Begonnen", "Einde", "Volgende opdracht", "Termijn", ""
    )
    for line in lines:
        mark = " ".join(
            word for word, true in (("te laat", line.te_laat), ("opgeschort", line.opgeschort)) if true
        )
        table.add_row(
            line.reference,
            line.soort,
            line.fase or "nog niet gestart",
            line.gemeente or line.nis_code,
            day(line.started_on),
            day(line.einde),
            line.volgende_opdracht or NOTHING,
            day(line.volgende_termijn.date() if line.volgende_termijn else None),
            mark,
        )
    return table


def opdrachten(lines: Sequence[DutyLine]) -> Table:
    """Duties, one a row."""
    table = _table("Dossier", "Opdracht", "Vraag", "Wie", "Tegen", "Status")
    for line in lines:
        who = line.medewerker or line.organisatie or line.org
        late = f" [red]te laat sinds {day(line.overdue_since)}[/red]" if line.overdue_since else ""
        table.add_row(
            line.reference, line.key, line.vraag, who, day(line.due), f"{STATUS[line.status]}{late}"
        )
    return table


def documenten(lines: Sequence[DocumentLine]) -> Table:
    """Documents, one a row."""
    table = _table("Document", "Sleutel", "Soort", "Datum", "Blz.")
    for line in lines:
        table.add_row(line.id, line.key, line.soort, day(line.as_of), str(line.pages))
    return table


def ontbreekt(rows: Sequence[Ontbreekt]) -> Table:
    """What a year still lacks, one a row."""
    table = _table("Organisatie", "Dossier", "Wat", "Tegen")
    for row in rows:
        table.add_row(row.organisatie, row.dossier or NOTHING, row.tekst, day(row.tegen))
    return table


def parameters(rows: Sequence[Parameter]) -> Table:
    """Parameters with their status and source, one a row."""
    table = _table("Naam", "Waarde", "Vanaf", "Status", "Bron")
    for row in rows:
        status = "[green]wet[/green]" if row.status == "law" else "[yellow]aanname[/yellow]"
        table.add_row(row.name, row.value, day(row.geldig_van), status, row.bron)
    return table


def contingenten(lines: Sequence[ContingentLijn]) -> Table:
    """Contingents, one holder a row; who waits stands below one another, in order."""
    names = ("Houder", "Partners", "Plaatsen", "Ingenomen", "Gereserveerd", "Vrij", "Wachten", "Bron")
    table = _table(*names)
    for line in lines:
        table.add_row(
            f"{line.naam} ({line.houder})",
            ", ".join(line.partners) or NOTHING,
            NOTHING if line.plaatsen is None else str(line.plaatsen),
            str(line.ingenomen),
            str(line.gereserveerd),
            str(line.vrij),
            "\n".join(each.rpartition("/")[2] for each in line.wachtend) or NOTHING,
            line.bron or NOTHING,
        )
    return table


def asked(fields: Iterable[Asked]) -> Table:
    """What an answer asks: its fields, how each is typed, and what it is."""
    table = _table("Veld", "Vorm", "", "Uitleg")
    for field in fields:
        table.add_row(field.name, field.kind, "verplicht" if field.needed else "", field.help)
    return table


def metingen(rows: Iterable[Meetmoment]) -> Table:
    """The moments of measurement of one dossier, one a row."""
    table = _table("Na de eerste start", "Moment", "Trede", "Gemeten op")
    for row in rows:
        found = str(row.niveau) if row.niveau is not None else row.uitkomst
        table.add_row(row.na, day(row.moment), found, day(row.gemeten_op))
    return table


def toestemmingen(rows: Iterable[ToestemmingLine]) -> Table:
    """The permissions of one dossier, one a row, for who may read them."""
    table = _table("Nr.", "Statuut", "Instantie", "Gevraagd", "Antwoord", "Van", "Tot", "Uren", "Bewijs")
    for row in rows:
        told = (row.instantie, day(row.gevraagd_op), _what_came(row), day(row.vanaf), day(row.tot))
        hours = str(row.uren_per_week) if row.uren_per_week is not None else NOTHING
        cells = (str(row.nummer), row.statuut, *(each or NOTHING for each in told), hours)
        table.add_row(*(cell.replace("_", " ") for cell in cells), row.bewijs or row.evaluatie or NOTHING)
    return table


def _what_came(row: ToestemmingLine) -> str:
    """What came of one question; after a refusal the next one says whose mediation it is."""
    if row.evaluatie:
        return "voor de evaluatie"
    if row.ingetrokken_per:
        return f"ingetrokken per {day(row.ingetrokken_per)}"
    if row.antwoord in ("geweigerd", "niet_bevoegd") or not row.vervallen:
        after = f"bemiddeling over {row.na_weigering}" if row.na_weigering else NOTHING
        return row.antwoord or after
    return "vervallen"


def meldingen(rows: Iterable[Melding]) -> Table:
    """What a control found, one a row."""
    table = _table("Waarover", "Probleem", "Uitleg", "")
    for row in rows:
        table.add_row(row.onderwerp, row.probleem, row.uitleg, "hersteld" if row.hersteld else "")
    return table


def dossier(view: DossierView, out: Console) -> None:
    """One dossier: its trajectories, who is around the participant, and what is still owed."""
    out.print(
        f"[bold]{view.reference}[/bold]  {view.gemeente or view.nis_code}, sinds {day(view.created_on)}"
    )
    died = day(view.overleden_op) if view.overleden_op else None
    for label, value in (("eigen kenmerk", view.own_reference), ("overleden op", died)):
        if value:
            out.print(f"  {label}: {value}")
    if view.letters_held:
        out.print("  brieven aan de persoon worden tegengehouden")
    out.print(trajecten(view.trajecten))
    for line in view.trajecten:
        out.print(f"  {line.soort}: {', '.join(_besides(line))}", soft_wrap=True)
    for member in view.team:
        until = f" tot {day(member.valid_to)}" if member.valid_to else ""
        who = ", ".join(filter(None, [member.medewerker, member.organisatie or member.org]))
        out.print(f"  {member.rol.replace('_', ' ')}: {who} (vanaf {day(member.valid_from)}{until})")
    out.print(opdrachten(view.opdrachten) if view.opdrachten else "  Er staat geen opdracht open.")


def _besides(line: TrajectLine) -> Iterator[str]:
    """The decree a trajectory runs under, a wish, and of an onthaaltraject all that VDAB sees: sent, and delivered."""
    stand = Stand.model_validate(line.stand) if line.stand else None
    yield NAME[stand.regime if stand else "d2022"]
    if stand and stand.ama and stand.ama.wens:
        yield f"wens: {stand.ama.wens}"
    for current in stand.dates if stand else ():
        if current.naam.startswith((SENT, DELIVERED)):
            yield f"{current.naam} {day(current.on.value)}"


def _table(*names: str) -> Table:
    columns = [Column(name, overflow="fold") for name in names]
    return Table(*columns, box=None, header_style="bold", pad_edge=False)


def fields(rows: Iterable[tuple[str, Any]], out: Console, indent: str = "    ") -> None:
    """Names with their values, one a line."""
    for name, value in rows:
        out.print(f"{indent}{name:<11} {value}", soft_wrap=True)
