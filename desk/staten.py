"""`report jaarstaat`, `report kwartaaloverzicht`, `report afsluiting`, and `subsidie`: the money of AMA at the desk."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from activities.afsluiting import Afsluitingen
from activities.overview_facts import Vraag
from activities.statement_rows import StaatGeweigerd, bytes_of
from activities.subsidieboek import Subsidieboek
from desk import showing
from desk.office import Office, office
from desk.opdrachten import AsJson
from desk.plainly import DeskProblem, plainly
from desk.reports import DAY, app
from models.kwartaal import KWARTALEN
from models.staten import Formaat, JaarstaatOrder, Opgemaakt
from models.subsidie import Keuze
from models.vergoedingsstaat import euro
from worker import wall_clock

subsidie = typer.Typer(no_args_is_help=True, help="Wat bij de staten van subsidie genoteerd wordt.")
Jaar = Annotated[int, typer.Option(metavar="JJJJ", help="Het kalenderjaar.", min=2000, max=2100)]
Uit = Annotated[Path | None, typer.Option(metavar="MAP", help="Zonder: de map van deze installatie.")]
Op = Annotated[
    datetime | None,
    typer.Option(formats=DAY, metavar="JJJJ-MM-DD", help="Dag van opmaak; zonder: vandaag."),
]
Door = Annotated[str, typer.Option(metavar="MW-…", help="Wie dit invoert.")]


@app.command()
def jaarstaat(
    context: typer.Context,
    jaar: Jaar,
    organisatie: Annotated[
        str | None, typer.Option(metavar="ORG-…", help="Begeleider; zonder: allemaal.")
    ] = None,
    op: Op = None,
    uit: Uit = None,
) -> None:
    """Maak de jaarstaat van een begeleider op (AMA welzijn en gezondheid) en schrijf ze als PDF.

    Een staat wordt één keer opgemaakt en verandert daarna niet meer: opnieuw vragen geeft dezelfde PDF. Wat later
    bekend raakt (een einde, een opschorting, een nieuw bedrag), staat als correctielijn op de staat van het volgende
    jaar. Het jaar moet voorbij zijn. Deelnemers staan erop met hun dossiernummer.

    Voorbeeld: ./werkzorg report jaarstaat --organisatie ORG-OCMW-GENT --jaar 2027 --uit .
    """
    desk = office(context)
    with plainly():
        jaarstaten = desk.collaborators.jaarstaten
        codes = [organisatie] if organisatie else jaarstaten.organisations()
        if not codes:
            raise DeskProblem("organisatie: er is nog niemand die begeleidt")
        on = _day(desk, op)
        _every(
            "Jaarstaten",
            codes,
            lambda code: _write(
                desk, jaarstaten.draw_up(JaarstaatOrder(organisatie=code, jaar=jaar, as_of=on)), ("pdf",), uit
            ),
        )


@app.command()
def kwartaaloverzicht(
    context: typer.Context,
    jaar: Jaar,
    kwartaal: Annotated[int, typer.Option(metavar="1-4", help="Het kwartaal.", min=1, max=KWARTALEN[-1])],
    contingent: Annotated[
        str | None, typer.Option(metavar="ORG-…", help="Houder van het contingent; zonder: allemaal.")
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Ook als CSV.")] = False,
    op: Op = None,
    uit: Uit = None,
) -> None:
    """Maak het kwartaaloverzicht van een contingent op (AMA sociale economie): rekenblad, en de cijfers als PDF.

    Het jaar tot nu is alle begeleide dagen ÷ 365, hoogstens het contingent, maal het bedrag; een kwartaal is het
    jaar tot nu min de kwartalen ervoor. Kwartalen komen dus op volgorde. Een overzicht wordt één keer opgemaakt; wat
    later bekend raakt, staat als correctie op het volgende. Voorschotten noteer je met `./werkzorg subsidie voorschot`.

    Voorbeeld: ./werkzorg report kwartaaloverzicht --contingent ORG-MAATWERK-DE-KAAI --jaar 2027 --kwartaal 1 --csv
    """
    desk = office(context)
    with plainly():
        overzichten = desk.collaborators.kwartaaloverzichten
        codes = [contingent] if contingent else overzichten.holders()
        if not codes:
            raise DeskProblem("contingent: er is nog geen contingent")
        kinds: tuple[Formaat, ...] = ("xlsx", "pdf", "csv") if csv else ("xlsx", "pdf")
        on = _day(desk, op)
        _every(
            "Kwartaaloverzichten",
            codes,
            lambda code: _write(desk, overzichten.one(Vraag(code, jaar, kwartaal, on)), kinds, uit),
        )


@app.command()
def afsluiting(
    context: typer.Context,
    jaar: Jaar,
    organisatie: Annotated[
        str | None, typer.Option(metavar="ORG-…", help="Eén organisatie; zonder: allemaal.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Toon wat er nog ontbreekt om een jaar arbeidsmatige activiteiten af te sluiten, per organisatie.

    Evaluaties die niet gehouden zijn, Dimona die niet genoteerd is, verzekeringen die verlopen, overeenkomsten zonder
    laatste dag na een einde, dagen met twee begeleiders, en jaarstaten die nog niet opgemaakt zijn. Het sluit zelf
    niets af. Toestemmingen staan er niet in: die ziet alleen de begeleider.

    Voorbeeld: ./werkzorg report afsluiting --jaar 2027 --organisatie ORG-OCMW-GENT
    """
    desk = office(context)
    with plainly():
        missing = Afsluitingen(desk.collaborators.database).missing(jaar, organisatie)
        if json_ or desk.json:
            showing.show_json(missing)
        elif missing:
            showing.console().print(showing.ontbreekt(missing))
        else:
            typer.echo(f"Voor {jaar} ontbreekt er niets.")


@subsidie.command()
def voorschot(
    context: typer.Context,
    contingent: Annotated[str, typer.Option(metavar="ORG-…", help="Houder van het contingent.")],
    jaar: Jaar,
    op: Annotated[datetime, typer.Option(formats=DAY, metavar="JJJJ-MM-DD", help="Dag van betaling.")],
    bedrag: Annotated[str, typer.Option(metavar="EURO", help="Bijvoorbeeld 5000.00 of 5000,00.")],
    door: Door,
    terug: Annotated[
        bool, typer.Option("--terug", help="Neem terug wat voor die dag verkeerd genoteerd werd.")
    ] = False,
) -> None:
    """Noteer een voorschot dat betaald is; het gaat van het saldo van het volgende overzicht af.

    Verkeerd genoteerd? Geef hetzelfde bedrag met --terug, en noteer daarna het juiste.

    Voorbeeld: ./werkzorg subsidie voorschot --contingent ORG-MAATWERK-DE-KAAI --jaar 2027 --op 2027-02-15 \
--bedrag 5000,00 --door MW-0901
    """
    desk = office(context)
    with plainly():
        book, amount = _book(desk), _amount(bedrag)
        new = (book.take_back if terug else book.advance)(contingent, jaar, op.date(), amount, door)
    done = "teruggenomen" if terug else "genoteerd"
    typer.echo(f"Voorschot van {euro(amount)} {'' if new else 'was al '}{done}.")


@subsidie.command()
def beslis(
    context: typer.Context,
    dossier: Annotated[str, typer.Option(metavar="WZ-…", help="Nummer van het dossier.")],
    jaar: Jaar,
    organisatie: Annotated[str, typer.Option(metavar="ORG-…", help="De begeleider die de dagen krijgt.")],
    reden: Annotated[str, typer.Option(help="Waarom; blijft in het record en komt op geen staat.")],
    door: Door,
    op: Op = None,
) -> None:
    """Beslis welke begeleider de dagen krijgt waarop er in een jaar meer dan één was.

    De volgende staat van elke begeleider brengt het in orde met correctielijnen. Van twee beslissingen geldt de
    nieuwste, van twee op een dag die het laatst genoteerd werd.

    Voorbeeld: ./werkzorg subsidie beslis --dossier WZ-2026-000123 --jaar 2027 --organisatie ORG-OCMW-GENT \
--reden "zij deden de opvolging" --door MW-0901
    """
    desk = office(context)
    with plainly():
        today = desk.today(desk.dossier(dossier).trajecten)
        on = op.date() if op else today
        if on > today:
            raise DeskProblem("op: ligt in de toekomst")
        keuze = Keuze(kenmerk=dossier, jaar=jaar, organisatie=organisatie, op=on, door=door, reden=reden)
        new = _book(desk).choose(keuze)
    typer.echo("Beslissing genoteerd." if new else "Deze beslissing stond er al.")


def _book(desk: Office) -> Subsidieboek:
    return Subsidieboek(desk.collaborators.database, wall_clock)


def _day(desk: Office, op: datetime | None) -> date:
    return op.date() if op else desk.today([])


def _amount(text: str) -> Decimal:
    """What was typed, in euro; no mark between thousands, which another reader takes for a comma."""
    if not re.fullmatch(r"[0-9]{1,7}([.,][0-9]{1,2})?", text):
        raise DeskProblem("bedrag: heeft niet de juiste vorm; schrijf 5000,00")
    return Decimal(text.replace(",", "."))


def _every(what: str, codes: Sequence[str], draw_up: Callable[[str], None]) -> None:
    """One after another, with a bar for who waits; what is refused is told at the end."""
    columns = TextColumn(what), BarColumn(40), MofNCompleteColumn()
    refused: list[str] = []
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        for code in progress.track(codes):
            try:
                draw_up(code)
            except StaatGeweigerd as problem:
                refused.append(f"{code}: {problem}" if codes[1:] else str(problem))
    if refused:
        raise DeskProblem("; ".join(refused))


def _write(desk: Office, made: Opgemaakt, kinds: Iterable[Formaat], uit: Path | None) -> None:
    """Writes the kept bytes to files and says where, and whether the statement was there already."""
    folder = uit or desk.settings.documents / "staten"
    with _writing():
        folder.mkdir(parents=True, exist_ok=True)
        for kind in kinds:
            path = folder / f"{made.id.replace('/', '-')}.{kind}"
            path.write_bytes(bytes_of(desk.collaborators.database, made.id, kind))
            typer.echo(str(path))
    if not made.nieuw:
        typer.echo(f"{made.id}: stond er al, dezelfde bestanden", err=True)


@contextmanager
def _writing() -> Iterator[None]:
    """A file that cannot be written is one line about the option that said where."""
    try:
        yield
    except OSError as failure:
        raise DeskProblem(f"uit: daar kan niet geschreven worden ({type(failure).__name__})") from None
