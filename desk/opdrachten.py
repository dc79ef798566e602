"""`opdracht`: what people owe, what an answer looks like, and answers that operations enter."""

from datetime import datetime
from typing import Annotated

import typer

from activities.reading import DutyFilter
from desk import showing
from desk.forms import as_json, asked, example, own_fields
from desk.office import Office, office
from desk.plainly import DeskProblem, plainly
from desk.sending import send
from models.commands import EVERY_COMMAND, command_name
from models.duties import LIVE, DutyKind
from models.lines import DutyLine, TrajectLine
from models.messages import OpdrachtBesluiten, OpdrachtBezig
from player.wording import STATUS
from rules.books import EVERY_ANSWER

app = typer.Typer(no_args_is_help=True, help="Opdrachten: lijst, wat een antwoord vraagt, en antwoorden.")

Reference = Annotated[str, typer.Argument(metavar="REF", help="Dossiernummer, bijvoorbeeld WZ-2026-000123.")]
Key = Annotated[
    str, typer.Argument(metavar="OPDRACHT", help="Sleutel van de opdracht, bijvoorbeeld review/3.")
]
Traject = Annotated[
    str | None,
    typer.Option("--traject", metavar="TRAJECT", help="Welk traject, als er meer dan één open is."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Toon JSON.")]
FOR_ANY = (OpdrachtBezig, OpdrachtBesluiten)
ELSEWHERE = {DutyKind.HERVERDELING: "herverdelen"}
"""The duties that end by a command about the dossier, which names no duty."""
CODE = {word: code for code, word in STATUS.items()}
"""Where a duty stands, by the word that people type."""


@app.command("list")
def list_(
    context: typer.Context,
    organisatie: Annotated[str | None, typer.Option(help="Code van de organisatie.")] = None,
    rol: Annotated[str | None, typer.Option(help="Rol van wie ze heeft.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="|".join(CODE), help="Zonder: wat openstaat.")
    ] = None,
    voor: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="JJJJ-MM-DD", help="Tegen of voor deze dag."),
    ] = None,
    te_laat: Annotated[bool, typer.Option("--te-laat", help="Alleen wat te laat is.")] = False,
    json_: AsJson = False,
) -> None:
    """Toon opdrachten, de dringendste eerst.

    Voorbeeld: ./werkzorg opdracht list --organisatie ORG-VDAB-GENT --te-laat
    """
    desk = office(context)
    with plainly():
        wanted = DutyFilter(
            organisatie=organisatie,
            rol=rol,
            status=tuple(map(_code, status)) if status else LIVE,
            voor=voor.date() if voor else None,
            te_laat=te_laat or None,
        )
        lines = desk.collaborators.reading.opdrachten(wanted)
    if json_ or desk.json:
        showing.show_json(lines)
    else:
        showing.console().print(showing.opdrachten(lines) if lines else "Geen opdrachten.")


@app.command()
def show(
    context: typer.Context, ref: Reference, opdracht: Key, traject: Traject = None, json_: AsJson = False
) -> None:
    """Toon één opdracht, met de velden van haar antwoord en een voorbeeld.

    Voorbeeld: ./werkzorg opdracht show WZ-2026-000123 review/3
    """
    desk = office(context)
    with plainly():
        duty = _duty(desk, desk.traject(ref, traject), opdracht)
    name = answer_to(duty.kind)
    schema = EVERY_COMMAND[name].model_json_schema()
    sample = {
        k: v for k, v in example(schema).items() if k in own_fields(EVERY_COMMAND[name]) and k != "opdracht"
    }
    if json_ or desk.json:
        told = {**duty.model_dump(mode="json"), "antwoord": name, "schema": schema, "voorbeeld": sample}
        typer.echo(as_json(told))
        return
    out = showing.console()
    out.print(showing.opdrachten([duty]))
    out.print(
        f"\nWaarom: {duty.due_finding.get('reden', showing.NOTHING)} ({duty.due_finding.get('article')})"
    )
    where = f" (`./werkzorg dossier {name}`)" if name in ELSEWHERE.values() else ""
    out.print(f"\nAntwoord: [bold]{name}[/bold]{where}; ook mogelijk: {', '.join(_others(duty.kind, name))}")
    out.print(showing.asked(field for field in asked(EVERY_COMMAND[name]) if field.name != "opdracht"))
    typer.echo(f"\nVoorbeeld voor --met:\n{as_json(sample)}")


@app.command()
def antwoord(
    context: typer.Context,
    ref: Reference,
    opdracht: Key,
    commando: Annotated[str | None, typer.Argument(help="Zonder: het gewone antwoord.")] = None,
    met: Annotated[str | None, typer.Option(metavar="BESTAND|-", help="YAML of JSON met de velden.")] = None,
    datum: Annotated[str | None, typer.Option(metavar="JJJJ-MM-DD", help="Wanneer het gebeurde.")] = None,
    door: Annotated[str | None, typer.Option(metavar="MW-…", help="Wie het invoert.")] = None,
    namens: Annotated[str | None, typer.Option(metavar="MW-…", help="Zonder: wie de opdracht heeft.")] = None,
    bron: Annotated[str | None, typer.Option(metavar="online|telefoon|brief|mail")] = None,
    reden: Annotated[str | None, typer.Option(help="Nodig wanneer een zachte regel iets opmerkt.")] = None,
    traject: Traject = None,
) -> None:
    """Antwoord op een opdracht, voor wie ze heeft.

    Voorbeeld: ./werkzorg opdracht antwoord WZ-2026-000123 review/3 --met review.yaml --door MW-0001 --bron telefoon
    """
    desk = office(context)
    envelope = {"datum": datum, "door": door, "namens": namens, "bron": bron, "reden": reden}
    with plainly():
        mine = desk.traject(ref, traject)
        name = _answer_of(desk, mine, opdracht, commando)
        send(desk, [mine], name, met, {**envelope, "opdracht": opdracht})


def _code(word: str) -> str:
    """The code of a status that somebody typed; raises DeskProblem."""
    if word not in CODE:
        raise DeskProblem(f"status: kies uit {', '.join(CODE)}")
    return CODE[word]


def answer_to(kind: str) -> str:
    """The name of the command that answers a duty of this kind."""
    answers = (
        command_name(each) for each, kinds in EVERY_ANSWER.items() if kind in kinds and each not in FOR_ANY
    )
    return next(answers, None) or ELSEWHERE[DutyKind(kind)]


def _others(kind: str, name: str) -> list[str]:
    found = (command_name(each) for each, kinds in EVERY_ANSWER.items() if kind in kinds)
    return [other for other in found if other != name]


def _answer_of(desk: Office, traject: TrajectLine, key: str, named: str | None) -> str:
    """The command that was named, or the usual one for this duty; raises DeskProblem."""
    if named is None:
        named = answer_to(_duty(desk, traject, key).kind)
        if named in ELSEWHERE.values():
            raise DeskProblem(f"opdracht: antwoord met `./werkzorg dossier {named} {traject.reference}`")
        return named
    answers = [command_name(each) for each in EVERY_ANSWER]
    if named not in answers:
        raise DeskProblem(f"commando: kies uit {', '.join(answers)}")
    return named


def _duty(desk: Office, traject: TrajectLine, key: str) -> DutyLine:
    found = desk.collaborators.reading.opdracht(traject.workflow_id, key)
    if found is None:
        raise DeskProblem(f"opdracht: {traject.workflow_id} heeft er geen met deze sleutel")
    return found
