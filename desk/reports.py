"""`report`: writes a document of a dossier as PDF, stored ones as they are and others from the record of today."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from activities.op_vraag import KINDS
from activities.op_vraag_record import NotNow
from desk.office import Office, office
from desk.opdrachten import Reference, Traject
from desk.plainly import DeskProblem, plainly
from models.lines import DocumentLine, TrajectLine

app = typer.Typer(no_args_is_help=True, help="Verslagen en brieven van een dossier als PDF.")


@app.command()
def render(
    context: typer.Context,
    soort: Annotated[
        str, typer.Argument(metavar="SOORT", help="Bijvoorbeeld reviewverslag/2 of uitnodiging.")
    ],
    ref: Reference,
    uit: Annotated[
        Path | None, typer.Option(metavar="MAP", help="Zonder: de map van deze installatie.")
    ] = None,
    traject: Traject = None,
) -> None:
    """Schrijf een document als PDF: een bewaard document met zijn eigen bytes, of een nieuw op vraag.

    Bewaard: de sleutel of de soort; zijn er meer, dan het nieuwste. Op vraag, uit wat het dossier nu weet en zonder het
    te bewaren: voorbereidingsfiche, uitnodiging, opschorting, verlenging, ontvangst.

    Voorbeeld: ./werkzorg report render trajectplan WZ-2026-000123 --uit .
    """
    desk = office(context)
    with plainly():
        desk.dossier(ref)
        try:
            path = _write(desk, soort, ref, traject, uit or desk.settings.documents)
        except OSError as failure:
            raise DeskProblem(f"uit: daar kan niet geschreven worden ({type(failure).__name__})") from None
    typer.echo(str(path))


def _write(desk: Office, soort: str, ref: str, traject: str | None, folder: Path) -> Path:
    stored = desk.collaborators.reading.documenten(ref)
    if found := newest(soort, stored):
        return desk.collaborators.documents.write_to(folder, found.id)
    return _on_request(desk, soort, desk.traject(ref, traject), stored, folder)


def newest(soort: str, stored: Sequence[DocumentLine]) -> DocumentLine | None:
    """The stored document with this key or of this kind; of several the newest."""
    of_kind = [line for line in stored if soort in (line.key, line.soort)]
    return max(of_kind, key=lambda line: (line.as_of, _numbers(line.key)), default=None)


def _numbers(key: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", key)]


def _on_request(
    desk: Office, soort: str, traject: TrajectLine, stored: Sequence[DocumentLine], folder: Path
) -> Path:
    today = desk.today([traject])
    if soort not in KINDS:
        raise DeskProblem(f"soort: {soort} is er niet; kies uit {_known(desk, traject, stored, today)}")
    try:
        made = desk.on_request.render(soort, traject, today)
    except NotNow as missing:
        raise DeskProblem(f"{soort}: {missing}") from None
    path = folder / traject.reference / f"{soort}-{today}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.pdf)
    return path


def _known(desk: Office, traject: TrajectLine, stored: Sequence[DocumentLine], today: date) -> str:
    """What can be written for this dossier: what is stored, and what can be made today."""
    return ", ".join([*dict.fromkeys(line.key for line in stored), *desk.on_request.kinds(traject, today)])
