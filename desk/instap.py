"""`instap`: what runs at go-live, activering or AMA, is entered from a file, or shown first without any change."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from activities.ama_instappen import AmaInstappen
from activities.instappen import Instappen
from activities.trajectories import LAW_REACH, Trajectories
from desk.forms import STDIN, as_json, understood
from desk.office import Office
from desk.plainly import DeskProblem
from desk.showing import console, day, fields
from models.aanvraag import AanvraagOngeldig, Registered
from models.actors import OPERATIES, Actor
from models.ama_case import AmaState
from models.ama_instap import AmaInstap
from models.case import CaseState
from models.findings import Finding, Verdict
from models.instap import Instap
from models.law import Law, LawOrder
from models.steps import CurrentDate
from player.wording import field_errors
from rules import ama, ama_instap
from rules.agenda import current_dates
from rules.instap import entered, owed
from rules.instap_keuring import complaints, weighed
from worker import trajectories, wall_clock

AMA = ("arbeidsmatige_activiteiten", "ama_se")
Told = TypeVar("Told", bound=BaseModel)


class Entry(NamedTuple):
    """One trajectory of the file that can be entered: what it says, its state, and what somebody should look at."""

    line: int
    instap: Instap | AmaInstap
    state: CaseState | AmaState
    remarks: tuple[Finding[Any], ...]


class Written(NamedTuple):
    """One trajectory as it stands in the file, and where."""

    line: int
    contents: Any


def enter(desk: Office, source: str, door: str | None, *, dry_run: bool, json: bool) -> None:
    """Enters every trajectory of a file once, or shows what that would give; one mistake and nothing is entered."""
    op = desk.today([])
    entries = _checked(desk, source, op, _who(desk, door))
    if dry_run:
        _show(entries, op, json)
        return
    asyncio.run(_enter(desk, entries))


def _who(desk: Office, door: str | None) -> Actor:
    if door is None:
        return OPERATIES
    if (found := desk.staff.actor(door)) is None:
        raise DeskProblem("door: geen medewerker met deze referentie")
    return found


def _checked(desk: Office, source: str, op: date, door: Actor) -> list[Entry]:
    """The trajectories of the file; raises DeskProblem that names every mistake by line and field."""
    entries: list[Entry] = []
    mistakes: list[str] = []
    known: dict[str, int] = {}
    for written in _read(source):
        try:
            entry = _entry(desk, written, op, door, entries)
            if (first := known.setdefault(entry.instap.sleutel, entry.line)) != entry.line:
                raise Mistake("sleutel", f"staat ook op regel {first}")
            entries.append(entry)
        except Mistakes as found:
            mistakes += [_placed(source, written, each) for each in found.each]
    if mistakes:
        raise DeskProblem("instap niet aangenomen, niets is gewijzigd:\n  " + "\n  ".join(mistakes))
    return entries


class Mistakes(Exception):
    """What cannot be accepted of one trajectory: fields and rules, never what was filled in."""

    def __init__(self, each: Sequence[tuple[tuple[int | str, ...], str]]) -> None:
        super().__init__(f"{len(each)} field(s)")
        self.each = each


class Mistake(Mistakes):
    """One field that cannot be accepted."""

    def __init__(self, veld: str, regel: str) -> None:
        super().__init__([(tuple(int(p) if p.isdecimal() else p for p in veld.split(".")), regel)])


def _entry(desk: Office, written: Written, op: date, door: Actor, before: Sequence[Entry]) -> Entry:
    if not isinstance(written.contents, dict):
        raise Mistakes([((), "is geen groep van velden")])
    if written.contents.get("soort") in AMA:
        return _ama_entry(desk, written, op, door, before)
    instap = _understood(Instap, written)
    law = desk.collaborators.law.snapshot(LawOrder(as_of=min(instap.start, op), horizon=op + LAW_REACH))
    remarks = _judged(instap, law, op)
    try:
        team = Instappen(desk.collaborators.database, desk.collaborators.teams).team(instap, op)
        remarks = (*desk.collaborators.registry.remarks(instap), *remarks)
    except AanvraagOngeldig as refused:
        raise Mistake(refused.veld, refused.regel) from None
    return Entry(written.line, instap, entered(instap, team, law, op, door), remarks)


def _ama_entry(desk: Office, written: Written, op: date, door: Actor, before: Sequence[Entry]) -> Entry:
    """AMA that runs: what is impossible is refused, what is only remarkable is shown."""
    instap = _understood(AmaInstap, written)
    law = desk.collaborators.law.snapshot(LawOrder(as_of=op, horizon=op + LAW_REACH))
    if wrong := [Mistake(*each).each[0] for each in ama_instap.complaints(instap, law, op)]:
        raise Mistakes(wrong)
    try:
        beside = [each.instap for each in before if isinstance(each.instap, AmaInstap)]
        remarks = AmaInstappen(desk.collaborators.database, wall_clock).remarks(instap, op, beside)
    except AanvraagOngeldig as refused:
        raise Mistake(refused.veld, refused.regel) from None
    law = desk.collaborators.law.snapshot(LawOrder(as_of=instap.start, horizon=op + LAW_REACH))
    state = ama_instap.entered(instap, law, op, door)
    return Entry(written.line, instap, state, (*remarks, *ama_instap.weighed(state, op)))


def _understood(model: type[Told], written: Written) -> Told:
    try:
        return model.model_validate(understood(model, written.contents))
    except ValidationError as invalid:
        raise Mistakes([(error.loc, error.rule) for error in field_errors(invalid)]) from None


def _judged(instap: Instap, law: Law, op: date) -> tuple[Finding[Any], ...]:
    """What the agreements remark; raises Mistakes for what is impossible or what the law refuses."""
    if wrong := [Mistake(*complaint).each[0] for complaint in complaints(instap, law, op)]:
        raise Mistakes(wrong)
    found = list(weighed(instap, law))
    hard = [each for each in found if each.finding.verdict is Verdict.HARD]
    if hard:
        raise Mistakes([Mistake(each.veld, _told(each.finding)).each[0] for each in hard])
    return tuple(each.finding for each in found if each.finding.verdict is Verdict.ZACHT)


def _told(found: Finding[Any]) -> str:
    return f"{found.reden} ({found.article})"


def _read(source: str) -> Iterator[Written]:
    """The trajectories in a YAML or JSON file, each with its line; raises DeskProblem."""
    try:
        text = typer.get_text_stream("stdin").read() if source == STDIN else Path(source).read_text("utf-8")
        read = YAML(typ="rt", pure=True).load(text)
    except (OSError, UnicodeDecodeError) as unreadable:
        raise DeskProblem(f"{source}: kan niet gelezen worden ({type(unreadable).__name__})") from None
    except YAMLError as broken:
        mark = getattr(broken, "problem_mark", None)
        where = f", regel {mark.line + 1}" if mark else ""
        raise DeskProblem(f"{source}{where}: geen geldige YAML of JSON") from None
    if isinstance(read, CommentedSeq):
        yield from (Written(read.lc.item(n)[0] + 1, each) for n, each in enumerate(read))
    elif isinstance(read, CommentedMap):
        yield Written(read.lc.line + 1, read)
    else:
        raise DeskProblem(f"{source}: is geen traject en geen lijst van trajecten")


def _placed(source: str, written: Written, mistake: tuple[tuple[int | str, ...], str]) -> str:
    """A mistake with the line of its field, or of the group in which the field is missing."""
    loc, rule = mistake
    line, node = written.line, written.contents
    for part in loc:
        if isinstance(node, CommentedMap) and part in node:
            line, node = node.lc.key(part)[0] + 1, node[part]
        elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
            line, node = node.lc.item(part)[0] + 1, node[part]
        else:
            break
    return f"{source}, regel {line}: {'.'.join(map(str, loc)) or 'geheel'}: {rule}"


async def _enter(desk: Office, entries: Sequence[Entry]) -> None:
    """Registers and starts them one by one; what was entered before a failure is told, and is the same next time."""
    client = await desk.client()
    starting = trajectories(client, desk.settings, desk.collaborators) if client else None
    columns = TextColumn("Instappen"), BarColumn(40), MofNCompleteColumn()
    told: list[str] = []
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            for entry in progress.track(entries):
                told += await _one(desk, starting, entry)
    finally:
        for line in told:
            typer.echo(line)
    if starting is None:
        typer.echo("Er draait geen engine: de trajecten zijn geregistreerd en starten met `./werkzorg up`.")


async def _one(desk: Office, starting: Trajectories | None, entry: Entry) -> list[str]:
    try:
        registered = _registered(desk, entry)
    except AanvraagOngeldig as refused:
        raise DeskProblem(f"instap {entry.instap.sleutel} niet aangenomen: {refused}") from None
    if starting is not None:
        await starting.start(registered)
    entered_as = f"{entry.instap.sleutel}: dossier {registered.reference}, traject {registered.workflow_id}."
    return [entered_as, *(f"  let op: {_told(found)}" for found in entry.remarks)]


def _registered(desk: Office, entry: Entry) -> Registered:
    if isinstance(entry.instap, AmaInstap):
        assert isinstance(entry.state, AmaState)
        return AmaInstappen(desk.collaborators.database, wall_clock).enter(entry.instap, entry.state)
    assert isinstance(entry.state, CaseState)
    return desk.collaborators.registry.enter(entry.instap, entry.state)


def _show(entries: Sequence[Entry], op: date, json: bool) -> None:
    """What each trajectory would go by and who would be asked what; nothing was changed."""
    if json:
        typer.echo(as_json([_preview(entry, op) for entry in entries]))
        return
    out = console()
    for entry in entries:
        out.print(f"[bold]{entry.instap.sleutel}[/bold] (regel {entry.line}), fase {entry.state.phase.fase}")
        for current in _dates(entry.state):
            value = day(current.on.value) if current.on.value else "rust"
            fields([(current.naam, f"{value} – {_told(current.on)}")], out, "  ")
        fields((("gevraagd", line) for line in _asked(entry.state, op)), out, "  ")
        fields((("let op", _told(found)) for found in entry.remarks), out, "  ")
    out.print(f"{len(entries)} traject(en) nagekeken; er is niets gewijzigd.")


def _dates(state: CaseState | AmaState) -> Iterator[CurrentDate]:
    """Every date that it would go by."""
    if isinstance(state, AmaState):
        yield from ama.current_dates(state)
        if (late := state.facts.inhalen) is not None:
            yield CurrentDate(
                naam=f"inhalen evaluatie {late.nummer}", on=ama.evaluation_opens(late.nummer, state)
            )
        if (late := state.facts.herbeoordeling_inhalen) is not None:
            yield CurrentDate(
                naam=f"inhalen herbeoordeling {late.nummer}", on=ama.reassessment_opens(late.nummer, state)
            )
    else:
        yield from current_dates(state)


def _asked(state: CaseState | AmaState, op: date) -> Iterator[str]:
    """What would be asked that day, of whom."""
    if isinstance(state, AmaState):
        yield from (f"{each.key} aan {each.alarm.owner}" for each in ama_instap.owed(state, op))
        return
    for duty in owed(state, op):
        due = day(duty.due.value) if duty.due.value else "rust"
        yield f"{duty.key} tegen {due} aan {duty.addressee}: {duty.vraag}"


def _duties(state: CaseState | AmaState, op: date) -> list[dict[str, Any]]:
    if isinstance(state, AmaState):
        owing = ama_instap.owed(state, op)
        return [{"key": each.key, "addressee": each.alarm.owner.model_dump(mode="json")} for each in owing]
    shown = {"key", "vraag", "addressee", "due"}
    return [duty.model_dump(mode="json", include=shown) for duty in owed(state, op)]


def _preview(entry: Entry, op: date) -> dict[str, Any]:
    return {
        "sleutel": entry.instap.sleutel,
        "fase": entry.state.phase.fase,
        "datums": [current.model_dump(mode="json") for current in _dates(entry.state)],
        "opdrachten": _duties(entry.state, op),
        "let_op": [_told(found) for found in entry.remarks],
    }
