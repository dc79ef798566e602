"""`report`: writes documents of a dossier as PDF, stored or from the record of today, and reports over many."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from activities.op_vraag import ABOUT, KINDS
from activities.op_vraag_record import NotNow
from activities.rechtenverslag import Rechtenverslagen, UnknownGbo, Vraag
from activities.rendering import Templates
from desk.forms import as_json
from desk.office import Office, office
from desk.opdrachten import AsJson, Reference, Traject
from desk.plainly import DeskProblem, plainly
from models.lines import DocumentLine, TrajectLine
from models.rechtenverslag import Rechtenverslag

app = typer.Typer(no_args_is_help=True, help="Verslagen en brieven als PDF.")
RECHTEN = "reports/rechtenverslag.nl.html.j2"
DAY = ["%Y-%m-%d"]
READER = "Wie leest; een toestemmingsaanvraag leest alleen de organisatie van de begeleider."


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
    door: Annotated[str | None, typer.Option(metavar="MW-…", help=READER)] = None,
) -> None:
    """Schrijf een document als PDF: een bewaard document met zijn eigen bytes, of een nieuw op vraag.

    Bewaard: de sleutel of de soort; zijn er meer, dan het nieuwste. Op vraag, uit wat het dossier nu weet en zonder het
    te bewaren: voorbereidingsfiche, uitnodiging, evaluatie_uitnodiging, opschorting, verlenging, ontvangst.

    Voorbeeld: ./werkzorg report render trajectplan WZ-2026-000123 --uit .
    """
    desk = office(context)
    with plainly():
        desk.dossier(ref)
        with _writing():
            path = _write(desk, soort, ref, traject, uit or desk.settings.documents, desk.organisation(door))
    typer.echo(str(path))


@app.command()
def rechten(
    context: typer.Context,
    van: Annotated[
        datetime, typer.Option(formats=DAY, metavar="JJJJ-MM-DD", help="Eerste dag van de eindmetingen.")
    ],
    tot: Annotated[datetime, typer.Option(formats=DAY, metavar="JJJJ-MM-DD", help="Laatste dag ervan.")],
    gbo: Annotated[
        str | None, typer.Option(metavar="GBO-…", help="Code van het GBO; zonder: alle samen.")
    ] = None,
    uit: Annotated[
        Path | None, typer.Option(metavar="BESTAND", help="Zonder: een PDF in de map van deze installatie.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Schrijf het rechtenverslag: sociale rechten voor en na, rechten per uur, en waar het vastloopt.

    Over alle onthaaltrajecten met een eindmeting in de periode. Kleine aantallen worden niet getoond. Met --json komen
    de cijfers op het scherm, en komt er alleen een PDF met --uit.

    Voorbeeld: ./werkzorg report rechten --gbo GBO-GENT --van 2027-01-01 --tot 2027-06-30 --uit rechten.pdf
    """
    desk = office(context)
    with plainly():
        asked = Vraag(gbo, van.date(), tot.date())
        made = _rechtenverslag(desk, asked)
        as_data = json_ or desk.json
        if as_data:
            typer.echo(as_json(made.as_data()))
        if uit or not as_data:
            path = uit or desk.settings.documents / _file_name(asked)
            with _writing():
                _write_rechten(made, path)
            typer.echo(str(path), err=as_data)


def _rechtenverslag(desk: Office, asked: Vraag) -> Rechtenverslag:
    if asked.tot < asked.van:
        raise DeskProblem("tot: ligt voor de eerste dag van de periode")
    reports = Rechtenverslagen(desk.collaborators.database, desk.collaborators.law)
    try:
        return reports.draw_up(asked, desk.today([]))
    except UnknownGbo as unknown:
        raise DeskProblem(f"gbo: {unknown}") from None


def _file_name(asked: Vraag) -> str:
    return f"rechtenverslag-{asked.gbo or 'alle'}-{asked.van}-{asked.tot}.pdf"


def _write_rechten(made: Rechtenverslag, path: Path) -> None:
    pdf = Templates().render(RECHTEN, made, path.stem).pdf
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pdf)


@contextmanager
def _writing() -> Iterator[None]:
    """A file that cannot be written is one line about the option that said where."""
    try:
        yield
    except OSError as failure:
        raise DeskProblem(f"uit: daar kan niet geschreven worden ({type(failure).__name__})") from None


def _write(desk: Office, soort: str, ref: str, traject: str | None, folder: Path, reader: str | None) -> Path:
    stored = desk.collaborators.reading.documenten(ref)
    if found := newest(soort, stored):
        return desk.collaborators.documents.write_to(folder, found.id, reader)
    return _on_request(desk, soort, _about(desk, soort, ref, traject), stored, folder)


def _about(desk: Office, soort: str, ref: str, traject: str | None) -> TrajectLine:
    """The trajectory that is meant: of a document about one kind the open one of that kind, where there is one."""
    kind = ABOUT.get(soort)
    runs = any(line.soort == kind and line.is_open for line in desk.dossier(ref).trajecten)
    return desk.traject(ref, traject or (kind if runs else None))


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
