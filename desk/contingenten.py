"""`contingent`: the places for AMA in the social economy, who has them and who waits."""

from datetime import datetime
from typing import Annotated

import typer

from activities.contingent_overzicht import ContingentOverzicht
from desk import showing
from desk.office import office
from desk.opdrachten import AsJson
from desk.plainly import plainly

app = typer.Typer(
    no_args_is_help=True,
    help="Contingenten: plaatsen voor arbeidsmatige activiteiten in de sociale economie.",
)


@app.callback()
def contingenten() -> None:
    """Keep `list` a command of its own, also while it is the only one."""


@app.command("list")
def list_(
    context: typer.Context,
    op: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Op deze dag. Zonder: vandaag."),
    ] = None,
    json_: AsJson = False,
) -> None:
    """Toon per maatwerkbedrijf de plaatsen, wie ze heeft en wie wacht, in volgorde.

    \b
    Plaatsen       het contingent op die dag (data/contingenten.yaml); – is geen contingent
    Ingenomen      er loopt een overeenkomst
    Gereserveerd   beloofd, en nog niet gestart
    Vrij           wat nog beloofd kan worden: nooit meer dan er plaatsen zijn
    Wachten        trajecten in de volgorde waarin ze een plaats krijgen: eerst wie er een
                   verloor door een sluiting, dan wie het eerst van VDAB een beslissing kreeg

    \b
    Na een verlaging kunnen er meer plaatsen bezet zijn dan er zijn: niemand moet weg, en er komt niemand bij.
    Voorbeeld: ./werkzorg contingent list --op 2027-01-01
    """
    desk = office(context)
    with plainly():
        collaborators = desk.collaborators
        on = op.date() if op else desk.today(collaborators.reading.trajecten())
        lines = ContingentOverzicht(collaborators.database).op(on)
    if json_ or desk.json:
        showing.show_json(lines)
    else:
        out = showing.console()
        out.print(f"Op {showing.day(on)}")
        out.print(showing.contingenten(lines) if lines else "Geen contingenten.")
