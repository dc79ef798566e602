"""What a story gave, and where that differs from what it expects."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from activities.reading import DutyFilter, Reading
from models.actors import Rol
from models.duties import DutyStatus
from models.lines import DocumentLine, DutyLine, MailLine, MessageLine, TimelineLine, TrajectLine
from player.play import Played
from player.roles import reference_of
from player.story import Moment, Story, Verwacht, after

NOTHING = "–"
MANY = 10_000
EVALUATIE = "evaluatie"
YES_NO = {True: "ja", False: "nee"}
L = TypeVar("L", DutyLine, MessageLine, DocumentLine, TimelineLine)


class Difference(BaseModel):
    """Something that came out otherwise than the story expects."""

    wat: str
    verwacht: str
    gevonden: str


class Result(BaseModel):
    """Everything that a story left in the record, and how that compares with what it expects."""

    naam: str
    reference: str
    workflow_id: str
    soort: str
    begin: date
    """Of the story."""
    gestart_op: date
    """The first day of this trajectory."""
    gespeeld_tot: date
    fase: str | None
    einde: date | None
    opdrachten: tuple[DutyLine, ...]
    berichten: tuple[MessageLine, ...]
    mails: tuple[MailLine, ...]
    documenten: tuple[DocumentLine, ...]
    tijdlijn: tuple[TimelineLine, ...]
    vervolg: tuple["Result", ...] = ()
    """The same of each trajectory that followed, its evaluations among them, in the order in which they began."""
    verschillen: tuple[Difference, ...] = ()


def result_of(reading: Reading, story: Story, played: Played) -> Result:
    """What the record holds after a story and what followed from it, compared with what the story expects."""
    found = _found(reading, story.naam, played, played.registered.workflow_id)
    followed = tuple(_found(reading, story.naam, played, begun) for begun in played.followers)
    whole = found.model_copy(update={"vervolg": followed})
    return whole.model_copy(update={"verschillen": tuple(differences(story.verwacht, whole))})


def _found(reading: Reading, naam: str, played: Played, workflow_id: str) -> Result:
    """What the record holds of one trajectory, also where its dossier has another one."""
    reference = reference_of(workflow_id)
    mine = {line.workflow_id: line for line in _trajecten(reading, reference)}[workflow_id]
    every = DutyFilter(reference=reference, status=tuple(DutyStatus), limit=MANY)

    def own(lines: Iterable[L]) -> tuple[L, ...]:
        return tuple(line for line in lines if line.workflow_id == workflow_id)

    return Result(
        naam=naam,
        reference=reference,
        workflow_id=workflow_id,
        soort=mine.soort,
        begin=played.begin,
        gestart_op=mine.started_on,
        gespeeld_tot=played.end,
        fase=mine.fase,
        einde=mine.einde,
        opdrachten=own(reading.opdrachten(every)),
        berichten=own(reading.berichten(reference)),
        mails=tuple(reversed(reading.mails(reference, limit=MANY))),
        documenten=own(reading.documenten(reference)),
        tijdlijn=own(reading.tijdlijn(reference)),
    )


def _trajecten(reading: Reading, reference: str) -> tuple[TrajectLine, ...]:
    dossier = reading.dossier(reference)
    return dossier.trajecten if dossier else ()


def differences(
    expected: Verwacht, found: Result, followed: Sequence[Result] | None = None
) -> Iterator[Difference]:
    """Each thing that a story expects and the record does not hold; what it leaves out does not matter."""
    followed = found.vervolg if followed is None else followed
    yield from _compared("fase", expected.fase, found.fase)
    yield from _compared("begin", _day(expected.begin, found.begin), found.gestart_op)
    yield from _compared("einde", _day(expected.einde, found.begin), found.einde)
    yield from _duties(expected, found)
    yield from _messages(expected, found)
    if expected.documenten is not None:
        yield from _documents(set(expected.documenten), {line.key for line in found.documenten})
    by_kind = {result.soort: result for result in followed}
    yield from _followers(expected.vervolg, by_kind, followed)
    evaluated = {n: each for each in followed if (n := _number(each, found)) is not None}
    yield from _followers(expected.evaluaties, evaluated, followed, "evaluatie ")


def _duties(expected: Verwacht, found: Result) -> Iterator[Difference]:
    duties = {line.key: line for line in found.opdrachten}
    for key, wanted in expected.opdrachten.items():
        line = duties.get(key)
        if line is None:
            yield Difference(wat=f"opdracht {key}", verwacht="bestaat", gevonden="bestaat niet")
            continue
        late = None if wanted.te_laat is None else YES_NO[wanted.te_laat]
        yield from _compared(f"opdracht {key}, status", wanted.status, line.status)
        yield from _compared(f"opdracht {key}, tegen", _day(wanted.tegen, found.begin), line.due)
        yield from _compared(
            f"opdracht {key}, antwoord_op", _day(wanted.antwoord_op, found.begin), line.happened_on
        )
        yield from _compared(f"opdracht {key}, te_laat", late, YES_NO[line.overdue_since is not None])


def _messages(expected: Verwacht, found: Result) -> Iterator[Difference]:
    got = Counter((recipient(line), line.soort) for line in found.berichten if line.status == "sent")
    for wanted in expected.berichten:
        count = got[wanted.aan, wanted.soort]
        yield from _compared(f"bericht {wanted.soort} aan {wanted.aan}", wanted.aantal, count)


def recipient(line: MessageLine) -> str:
    """To whom a message is addressed: a worker, a team by its organisation's code, or the participant."""
    return "deelnemer" if line.rol == Rol.DEELNEMER else line.worker or line.org


def _documents(wanted: Set[str], made: Set[str]) -> Iterator[Difference]:
    for key in sorted(wanted - made):
        yield Difference(wat=f"document {key}", verwacht="gemaakt", gevonden=NOTHING)
    for key in sorted(made - wanted):
        yield Difference(wat=f"document {key}", verwacht=NOTHING, gevonden="gemaakt")


def _number(each: Result, of: Result) -> int | None:
    """Which yearly evaluation of a trajectory something is; none when it is something else."""
    kind, _, rest = each.workflow_id.partition("/")
    whose, _, number = rest.partition("/")
    return int(number) if kind == EVALUATIE and whose == of.workflow_id.partition("/")[2] else None


def _followers(
    expected: Mapping[Any, Verwacht], found: Mapping[Any, Result], followed: Sequence[Result], word: str = ""
) -> Iterator[Difference]:
    """What is otherwise in what followed; a trajectory that never began is a difference of its own."""
    for which, wanted in expected.items():
        if which not in found:
            yield Difference(wat=f"{word}{which}", verwacht="gestart", gevonden="niet gestart")
            continue
        for each in differences(wanted, found[which], followed):
            yield each.model_copy(update={"wat": f"{word}{which}: {each.wat}"})


def _compared(wat: str, wanted: object, got: object) -> Iterator[Difference]:
    """The difference, if there is one and something was expected."""
    if wanted is not None and str(wanted) != str(got):
        yield Difference(wat=wat, verwacht=str(wanted), gevonden=NOTHING if got is None else str(got))


def _day(moment: Moment | None, begin: date) -> date | None:
    return after(begin, moment) if isinstance(moment, str) else moment
