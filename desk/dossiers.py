"""`dossier`: where dossiers stand and why, and one command for each thing that can be told about them unasked."""

import asyncio
import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any

import typer

from activities.reading import TrajectFilter
from desk import showing, why
from desk.forms import ENVELOPE, as_json, keyword, options_of, own_fields, signed
from desk.office import office
from desk.opdrachten import AsJson, Reference, Traject
from desk.plainly import DeskProblem, plainly
from desk.repair import repair
from desk.sending import send
from models.commands import EVERY_COMMAND
from models.messages import Answer, Command
from player.showing import event_line
from worker import TRAJECTORIES

app = typer.Typer(
    no_args_is_help=True, help="Dossiers: lijst, stand, tijdlijn, waarom, herstel en hun commando's."
)


@app.command("list")
def list_(
    context: typer.Context,
    fase: Annotated[str | None, typer.Option(help="Fase, bijvoorbeeld lopend.")] = None,
    werkingsgebied: Annotated[str | None, typer.Option(help="Bijvoorbeeld WG-GENT.")] = None,
    organisatie: Annotated[str | None, typer.Option(help="In het team, of met een opdracht.")] = None,
    te_laat: Annotated[bool, typer.Option("--te-laat", help="Alleen met iets te laat.")] = False,
    q: Annotated[
        str | None, typer.Option("-q", "--zoek", help="Deel van het nummer of het eigen kenmerk.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Toon dossiers.

    Voorbeeld: ./werkzorg dossier list --werkingsgebied WG-GENT --te-laat
    """
    desk = office(context)
    wanted = TrajectFilter(
        fase=fase, werkingsgebied=werkingsgebied, organisatie=organisatie, te_laat=te_laat or None, q=q
    )
    with plainly():
        lines = desk.collaborators.reading.trajecten(wanted)
    if json_ or desk.json:
        showing.show_json(lines)
    else:
        showing.console().print(showing.trajecten(lines) if lines else "Geen dossiers.")


@app.command()
def show(context: typer.Context, ref: Reference, json_: AsJson = False) -> None:
    """Toon één dossier: trajecten, team en open opdrachten."""
    desk = office(context)
    with plainly():
        view = desk.dossier(ref)
    if json_ or desk.json:
        typer.echo(as_json(view.model_dump(mode="json")))
    else:
        showing.dossier(view, showing.console())


@app.command()
def tijdlijn(context: typer.Context, ref: Reference, json_: AsJson = False) -> None:
    """Toon alles wat in een dossier gebeurde, in volgorde."""
    desk = office(context)
    with plainly():
        desk.dossier(ref)
        lines = desk.collaborators.reading.tijdlijn(ref)
    if json_ or desk.json:
        showing.show_json(lines)
        return
    out = showing.console()
    for line in lines:
        out.print(event_line(line), soft_wrap=True)


@app.command()
def waarom(context: typer.Context, ref: Reference, json_: AsJson = False) -> None:
    """Leg elke datum uit waar het dossier nu naar kijkt: regel, artikel, parameters, feiten.

    Na een rechtzetting staat er de nieuwe datum, en wat er nog te bekijken valt.
    """
    desk = office(context)
    with plainly():
        lines = desk.dossier(ref).trajecten
    if json_ or desk.json:
        typer.echo(as_json([why.explanation(line) for line in lines]))
        return
    for line in lines:
        why.explain(line, showing.console())


@app.command()
def metingen(context: typer.Context, ref: Reference, json_: AsJson = False) -> None:
    """Toon de metingen op de participatieladder: op vaste momenten na de eerste start.

    Per moment telt de nieuwste waarde die er dicht genoeg bij ligt; zie `./werkzorg parameters list`.
    """
    desk = office(context)
    with plainly():
        rows = desk.metingen.of(ref, desk.today(desk.dossier(ref).trajecten))
    if json_ or desk.json:
        showing.show_json(rows)
    else:
        showing.console().print(showing.metingen(rows) if rows else "Geen activeringstraject.")


@app.command()
def toestemmingen(
    context: typer.Context,
    ref: Reference,
    door: Annotated[
        str, typer.Option(metavar="MW-…", help="Wie leest: iemand van de organisatie van de begeleider.")
    ],
    json_: AsJson = False,
) -> None:
    """Toon de toestemmingen van een dossier; alleen de organisatie van de begeleider leest ze (D2022 art. 32).

    Ook operaties leest ze niet: iets invoeren kan namens iemand, lezen kan die zelf.
    """
    desk = office(context)
    with plainly():
        desk.dossier(ref)
        reader = desk.staff.actor(door)
        lines = desk.collaborators.reading.toestemmingen(ref, reader.organisatie) if reader else []
        if not lines:
            raise DeskProblem("door: hoort niet bij een organisatie met toestemmingen in dit dossier")
    if json_ or desk.json:
        showing.show_json(lines)
    else:
        showing.console().print(showing.toestemmingen(lines))


@app.command()
def uitkeringen(
    context: typer.Context,
    door: Annotated[
        str, typer.Option(metavar="MW-…", help="Wie leest: iemand van de organisatie van de begeleider.")
    ],
    json_: AsJson = False,
) -> None:
    """Toon wie bij uw organisatie een uitkering heeft die sinds 2026 eindigt of verdwijnt.

    Wat verandert meldt u met `dossier statuut_melden`; daarna wordt gevraagd wat dat betekent.
    """
    desk = office(context)
    with plainly():
        reader = desk.staff.actor(door)
        if reader is None:
            raise DeskProblem("door: geen medewerker met deze referentie")
        lines = desk.collaborators.reading.eindigende_uitkeringen(reader.organisatie)
    if json_ or desk.json:
        showing.show_json(lines)
    elif lines:
        showing.console().print(showing.toestemmingen(lines))
    else:
        typer.echo("Niemand met een uitkering die eindigt.")


@app.command()
def herstel(context: typer.Context, ref: Reference, traject: Traject = None) -> None:
    """Laat een traject dat per vergissing is gestopt verdergaan waar het was.

    De run gaat terug naar de laatste afgewerkte workflowtaak; niets gebeurt twee keer.
    """
    desk = office(context)
    with plainly():
        typer.echo(asyncio.run(repair(desk, desk.traject(ref, traject))))


def unsolicited() -> dict[str, type[Command]]:
    """The commands that answer no duty, by name."""
    return {name: model for name, model in EVERY_COMMAND.items() if not issubclass(model, Answer)}


def _command(name: str, model: type[Command]) -> Callable[..., Any]:
    def run(context: typer.Context, ref: str, traject: str | None, met: str | None, **typed: Any) -> None:
        desk = office(context)
        with plainly():
            send(desk, desk.meant(name, ref, traject), name, met, typed)

    file = Annotated[
        str | None, typer.Option("--met", metavar="BESTAND|-", help="YAML of JSON met de velden.")
    ]
    described = signed(
        run,
        inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context),
        keyword("ref", Reference, inspect.Parameter.empty),
        *options_of(model, own_fields(model)),
        *options_of(model, ENVELOPE),
        keyword("met", file),
        keyword("traject", Traject),
    )
    described.__doc__ = sentence_of(name) + f"\n\nVoorbeeld: ./werkzorg dossier {name} {_typed(model)}"
    return described


def _typed(model: type[Command]) -> str:
    """How a command with its required fields looks on a line."""
    needed = [name for name in own_fields(model) if model.model_fields[name].is_required()]
    return " ".join(
        ["WZ-2026-000123", *(f"--{name.replace('_', '-')} …" for name in needed), "--door MW-0001"]
    )


def sentence_of(name: str) -> str:
    """What a command says, as the trajectory that receives it describes it."""
    received = next((getattr(kind, name) for kind in TRAJECTORIES if hasattr(kind, name)), None)
    return getattr(received, "__doc__", None) or f"{name.replace('_', ' ').capitalize()}."


for _name, _model in unsolicited().items():
    app.command(_name, short_help=re.sub(r" \(art\. [^)]*\)", "", sentence_of(_name)))(
        _command(_name, _model)
    )
