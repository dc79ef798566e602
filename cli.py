"""The command line of Werkzorg: stories and demo, the installation, and the desk of operations."""

import asyncio
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from typer.exceptions import TyperException

import engine.commands
from desk import contingenten, dossiers, law_page, opdrachten, playing, reports, serving, showing, staten
from desk.aanmeldingen import notify
from desk.aanvragen import file_request
from desk.controle import controle as look_after
from desk.forms import as_json
from desk.instap import enter
from desk.office import Office, office
from desk.opdrachten import AsJson, Reference
from desk.plainly import DeskProblem, plainly
from desk.sending import tell
from desk.usage import in_dutch, speak_dutch
from models.clock import local_date
from player.demo import Demo, shipped_stories
from player.grounds import is_grounds, settings_for
from player.stage import prepare_record
from settings import ROOT, Settings
from worker import wall_clock

INTERRUPTED = 130
Home = Annotated[Path | None, typer.Option("--home", metavar="MAP", help="Map van deze installatie of demo.")]

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(opdrachten.app, name="opdracht")
app.add_typer(dossiers.app, name="dossier")
app.add_typer(reports.app, name="report")
app.add_typer(contingenten.app, name="contingent")
app.add_typer(staten.subsidie, name="subsidie")
app.add_typer(engine.commands.app, name="engine")
app.command("doctor")(engine.commands.doctor)
schedules_app = typer.Typer(no_args_is_help=True, help="De vaste rondes (zie docs/rondes.md).")
app.add_typer(schedules_app, name="schedules")
parameters_app = typer.Typer(no_args_is_help=True, help="De wettentabellen.")
app.add_typer(parameters_app, name="parameters")
document_app = typer.Typer(no_args_is_help=True, help="Documenten van een dossier.")
app.add_typer(document_app, name="document")


@app.callback()
def choose(
    context: typer.Context,
    home: Home = None,
    json_: Annotated[bool, typer.Option("--json", help="Toon lijsten als JSON.")] = False,
) -> None:
    """Werkzorg: de back office van de Vlaamse werk- en zorgtrajecten.

    \b
    Beginnen:     ./werkzorg demo
    Met de hand:  ./werkzorg up   en dan   ./werkzorg aanvraag aanvraag.yaml
    Een verhaal:  ./werkzorg play data/verhalen/twaalf_maanden.yaml
    De demo:      ./werkzorg --home var/demo dossier list
    """
    chosen = (home or Settings().home).expanduser().absolute()
    os.environ["WERKZORG_HOME"] = str(chosen)  # `engine` and `doctor` read the settings themselves
    settings = settings_for(chosen) if is_grounds(chosen) else Settings(home=chosen)
    context.obj = Office(settings, json_)


@app.command()
def play(
    context: typer.Context,
    verhalen: Annotated[list[Path], typer.Argument(metavar="VERHAAL...", help="YAML-bestand(en).")],
    home: Home = None,
    json_: AsJson = False,
) -> None:
    """Speel verhalen in virtuele tijd en vergelijk met wat ze verwachten (zie docs/verhalen.md).

    \b
    Exitcode 1: anders dan verwacht. Exitcode 2: het verhaal is niet te lezen (bestand, regel, veld).
    Voorbeeld: ./werkzorg play data/verhalen/overlijden.yaml --json
    """
    desk = office(context)
    with plainly():
        as_told = asyncio.run(
            playing.play(verhalen, home or Settings().home / "verhalen", json_ or desk.json)
        )
    raise typer.Exit(0 if as_told else 1)


@app.command()
def demo(
    leave: Annotated[bool, typer.Option("--exit", help="Stop na afloop.")] = False,
    home: Home = None,
) -> None:
    """Speel de verhalen van data/verhalen en toon waar alles te zien is.

    In een terminal blijft de demo daarna draaien tot Ctrl-C; anders, of met --exit, stopt ze.
    """
    console = Console(highlight=False)
    where = (home or Settings().home / "demo").expanduser().absolute()
    with plainly():
        given = Demo(where, shipped_stories(), stay=console.is_terminal and not leave)
        as_told = asyncio.run(given.give(console))
    raise typer.Exit(0 if as_told else 1)


@app.command()
def up(context: typer.Context) -> None:
    """Start alles op deze machine: engine, UI, record, worker, mailserver en rondes; tot Ctrl-C."""
    with plainly():
        asyncio.run(serving.serve(office(context).settings))


@app.command()
def worker(context: typer.Context) -> None:
    """Start alleen de worker en de relay, voor de engine die al draait."""
    with plainly():
        asyncio.run(serving.serve_workers(office(context).settings))


@app.command()
def migrate(context: typer.Context) -> None:
    """Breng het schema van het record op peil en vul de referentietabellen."""
    with plainly():
        prepare_record(office(context).settings)
    typer.echo("Het record is op peil.")


@schedules_app.command("apply")
def apply_schedules(context: typer.Context, json_: AsJson = False) -> None:
    """Maak de rondes aan op de engine die draait, of breng ze op peil; wat gepauzeerd is blijft dat."""
    desk = office(context)
    with plainly():
        applied = asyncio.run(serving.apply_schedules(desk.settings))
    if json_ or desk.json:
        typer.echo(as_json(applied))
    for name, what in {} if json_ or desk.json else applied.items():
        typer.echo(f"{name}: {what}")


@app.command()
def controle(
    context: typer.Context,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Zonder: vandaag.")
    ] = None,
    alleen_tonen: Annotated[bool, typer.Option("--alleen-tonen", help="Herstel en meld niets.")] = False,
    json_: AsJson = False,
) -> None:
    """Kijk elk traject na tegen de engine en het record, zoals de dagelijkse controle (zie docs/rondes.md).

    \b
    Wat veilig is wordt hersteld, de rest gaat als bericht naar operaties, hoogstens één keer per dag.
    Een dag die nog moet komen kan alleen met --alleen-tonen.
    Voorbeeld: ./werkzorg controle --alleen-tonen
    """
    desk = office(context)
    with plainly():
        day = as_of.date() if as_of else local_date(wall_clock())
        asyncio.run(look_after(desk, day, only_show=alleen_tonen, json=json_ or desk.json))


@parameters_app.command("list")
def list_parameters(context: typer.Context, json_: AsJson = False) -> None:
    """Toon elke parameter met waarde, begin, status (wet of aanname) en bron."""
    desk = office(context)
    with plainly():
        rows = serving.law_tables(desk.settings).parameters()
    if json_ or desk.json:
        showing.show_json(rows)
    else:
        showing.console().print(showing.parameters(rows))


@parameters_app.command()
def pagina(
    context: typer.Context,
    naar: Annotated[Path, typer.Option(metavar="BESTAND", help="Waar de pagina komt.")] = ROOT
    / law_page.PAGE,
) -> None:
    """Schrijf docs/law.md: per artikel de regels, hun parameters, tests en documenten."""
    with plainly():
        rows = serving.law_tables(office(context).settings).parameters()
    naar.write_text(law_page.page(ROOT, rows), "utf-8")
    typer.echo(f"{naar} is geschreven.")


@app.command()
def aanvraag(
    context: typer.Context,
    bestand: Annotated[str, typer.Argument(metavar="BESTAND|-", help="De aanvraag, in YAML of JSON.")],
) -> None:
    """Registreer een aanvraag en start haar traject; dezelfde sleutel geeft hetzelfde dossier."""
    with plainly():
        file_request(office(context), bestand)


@app.command()
def aanmelding(
    context: typer.Context,
    bestand: Annotated[str, typer.Argument(metavar="BESTAND|-", help="De aanmelding, in YAML of JSON.")],
) -> None:
    """Meld iemand aan zonder VDAB: een onthaaltraject, of AMA door een erkende begeleider.

    \b
    Dezelfde sleutel geeft hetzelfde dossier. Voorbeelden: data/voorbeelden/aanmelding.yaml en aanmelding_ama.yaml
    """
    with plainly():
        notify(office(context), bestand)


@app.command()
def instap(
    context: typer.Context,
    bestand: Annotated[
        str, typer.Argument(metavar="BESTAND|-", help="Een traject of een lijst ervan, in YAML of JSON.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Toon de datums en wat gevraagd wordt; wijzig niets.")
    ] = False,
    door: Annotated[str | None, typer.Option(metavar="MW-…", help="Wie dit invoert.")] = None,
    json_: AsJson = False,
) -> None:
    """Laat lopende activeringstrajecten instappen (zie docs/instap.md); dezelfde sleutel telt één keer.

    \b
    Eerst kijken: ./werkzorg instap data/voorbeelden/instap.yaml --dry-run
    """
    desk = office(context)
    with plainly():
        enter(desk, bestand, door, dry_run=dry_run, json=json_ or desk.json)


@app.command()
def commando(
    context: typer.Context,
    nummer: Annotated[
        str, typer.Argument(metavar="CMD-…", help="Het nummer dat bij het invoeren gegeven is.")
    ],
) -> None:
    """Toon wat er van een commando geworden is."""
    with plainly():
        row = office(context).collaborators.inbox.get(nummer)
        if row is None:
            raise DeskProblem("er is geen commando met dit nummer")
        tell(row)


@app.command()
def documenten(context: typer.Context, ref: Reference, json_: AsJson = False) -> None:
    """Toon de documenten van een dossier."""
    desk = office(context)
    with plainly():
        desk.dossier(ref)
        lines = desk.collaborators.reading.documenten(ref)
    if json_ or desk.json:
        showing.show_json(lines)
    else:
        showing.console().print(showing.documenten(lines) if lines else "Geen documenten.")


@document_app.command()
def schrijven(
    context: typer.Context,
    nummer: Annotated[str, typer.Argument(metavar="DOC-…", help="Zie `./werkzorg documenten REF`.")],
    naar: Annotated[Path | None, typer.Option(help="Map; zonder: de map van deze installatie.")] = None,
    door: Annotated[str | None, typer.Option(metavar="MW-…", help=reports.READER)] = None,
) -> None:
    """Schrijf een document als PDF naar een map: dezelfde bytes als toen het gemaakt werd."""
    desk = office(context)
    with plainly():
        folder, reader = naar or desk.settings.documents, desk.organisation(door)
        path = desk.collaborators.documents.write_to(folder, nummer, reader)
    typer.echo(str(path))


speak_dutch(app)


def main() -> int:
    """Runs one command and tells with what code to exit."""
    try:
        return app(prog_name="./werkzorg", standalone_mode=False) or 0
    except typer.Exit as left:
        return left.exit_code
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("werkzorg: afgebroken", err=True)
        return INTERRUPTED
    except TyperException as misused:
        typer.echo(f"werkzorg: {in_dutch(misused)}", err=True)
        return misused.exit_code


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the SDK now and then aborts while the interpreter shuts down
