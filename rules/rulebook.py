"""What the core of every story asks of the rules of its kind: who owes what by when, and what may be said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from models.actors import Actor, Team
from models.ama_stand import AmaStand
from models.command import Command
from models.duties import Duty, DutyKind
from models.findings import Finding
from models.law import Regime
from models.phases import Phase
from models.steps import CurrentDate


class Complaint(NamedTuple):
    """What is wrong with a command's contents: the field and a sentence that repeats no value."""

    veld: str
    reden: str


class Shown(NamedTuple):
    """What screens and lists show of a case besides its duties and dates."""

    werkingsgebied: str | None = None
    organisaties: tuple[str, ...] | None = None
    team: Team | None = None
    regime: Regime = "d2022"
    lines: tuple[str, ...] = ()
    """Lines of Markdown of this kind of trajectory."""
    ama: AmaStand | None = None


def _any_day(speaker: Actor, state: Any, today: date) -> bool:
    return True


@dataclass(frozen=True)
class Rulebook:
    """The rules of one kind of trajectory, as functions of its state; a state of another kind is a bug."""

    vraag: Mapping[DutyKind, str]
    rests_with_ledger: tuple[DutyKind, ...]
    owner_of: Callable[[DutyKind, str, Any], Actor]
    due_of: Callable[[DutyKind, str, date, Any], Finding[date | None]]
    next_in_line: Callable[[Actor, Any], Actor]
    current_dates: Callable[[Any], Iterable[CurrentDate]]
    last_day_of: Callable[[Any], date | None]
    in_phase: Callable[[Command, Any], bool]
    may_send: Callable[[Actor, Command, Any], bool]
    may_answer: Callable[[Actor, Duty, Command, Any], bool]
    answers: Mapping[type[Command], tuple[DutyKind, ...]]
    complaints: Callable[[Command, Any, date], Iterable[Complaint]]
    findings_against: Callable[[Command, Any, date], tuple[Finding[Any], ...]]
    corrected: Callable[[Any, Any], tuple[Any, Phase]]
    shown: Callable[[Any], Shown]
    answered_late: Callable[[Command, Duty, Any], bool] = lambda command, duty, state: False
    """Whether a command still answers a duty that was taken back: what happened before that."""
    confidential: tuple[type[Command], ...] = ()
    """The commands whose contents no event repeats."""
    veiled: Mapping[type[Command], str] = field(default_factory=dict)
    """The confidential commands that no event even names, each with the sentence that is told instead."""
    private_rules: tuple[str, ...] = ()
    """The rules whose findings the sender hears and no event keeps."""
    of_the_file: Callable[[Actor, Any, date], bool] = _any_day
    """Whether who may send something unasked still belongs to the file on a day."""
