"""What the record knows of one trajectory, for documents that are made on request."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.directory import Directory
from models.actors import Actor, Rol, Team
from models.documents import Reviewverslag, Trajectplan
from models.duties import LIVE, DutyKind
from models.findings import Finding
from models.lines import TrajectLine
from models.steps import Stand
from models.tables import DocumentRow, DossierRow, DutyRow, EventRow

Facts = TypeVar("Facts", Trajectplan, Reviewverslag)
LIVE_CODES = tuple(status.value for status in LIVE)
LONGER: dict[str, dict[str, str]] = {
    "verlengen": {},
    "beslispunt_beslissen": {"keuze": "verlengen"},
    "verlenging_beslissen": {"besluit": "toegestaan"},
}
"""The commands that lengthen a trajectory, with what they then say."""


class NotNow(Exception):
    """A document cannot be made for this dossier now; the message says in Dutch what is not there."""


class Review(NamedTuple):
    """The evaluation that comes next: its number, its date with the reason, and whether it can be held now."""

    nummer: int
    op: Finding[date | None]
    open: bool


@dataclass(frozen=True)
class Known:
    """One trajectory as the record has it on a day, with the directory of names for one document."""

    directory: Directory
    traject: TrajectLine
    on: date
    created_on: date
    letters_held: bool
    events: Sequence[EventRow]
    duties: Sequence[DutyRow]
    documents: Sequence[DocumentRow]

    @property
    def stand(self) -> Stand:
        """Where the trajectory stands; raises NotNow before it told anything."""
        if self.traject.stand is None:
            raise NotNow("het traject heeft nog niets verteld")
        return Stand.model_validate(self.traject.stand)

    @property
    def team(self) -> Team | None:
        """The tandem, or none yet."""
        return self.stand.team if self.traject.stand else None

    @property
    def dates(self) -> Mapping[str, Finding[date | None]]:
        """The dates the trajectory goes by, by their name."""
        return {current.naam: current.on for current in self.stand.dates}

    def newest(self, kind: type[Facts]) -> Facts | None:
        """The facts of the newest stored document of a kind."""
        of_kind = [row for row in self.documents if row.soort == kind.model_fields["soort"].default]
        return kind.model_validate(of_kind[-1].facts) if of_kind else None

    def next_review(self) -> Review | None:
        """The evaluation that is owed now, else the next one among the dates."""
        for duty in self.duties:
            if duty.kind == DutyKind.REVIEW and duty.status in LIVE_CODES:
                due = Finding[date | None].model_validate(duty.due_finding)
                return Review(int(duty.key.partition("/")[2]), due, open=True)
        for naam, on in self.dates.items():
            word, _, number = naam.partition(" ")
            if word == "evaluatie" and number.isdecimal():
                return Review(int(number), on, open=False)
        return None

    def evaluation(self) -> tuple[Actor, date | None] | None:
        """Who owes the yearly evaluation of AMA now, and by when; none where none is owed."""
        for duty in self.duties:
            if duty.kind == DutyKind.EVALUATIE and duty.status in LIVE_CODES:
                return Actor(rol=Rol(duty.rol), organisatie=duty.org, medewerker=duty.worker), duty.due
        return None

    def planned_evaluation(self) -> date | None:
        """The day that was last planned for its talk; none when it has passed."""
        told = [date.fromisoformat(each.gegevens["gepland_op"]) for each in self.of("evaluatie_voorbereiden")]
        return told[-1] if told and told[-1] >= self.on else None

    def planned_appointment(self) -> dict[str, Any] | None:
        """The first appointment from today on, of which nothing else was told since."""
        told = {event.gegevens["gepland_op"]: event.gegevens for event in self.of("afspraak")}
        ahead = [day for day in sorted(told) if day >= str(self.on) and told[day]["uitkomst"] == "gepland"]
        return told[ahead[0]] if ahead else None

    def open_rest(self) -> dict[str, Any] | None:
        """The suspension that has not ended yet, as it was told and put right since."""
        if not self.traject.opgeschort:
            return None
        rests = [dict(event.gegevens) for event in self.of("opschorten")]
        for correction in self.of("rechtzetten"):
            what, _, field = correction.gegevens["veld"].partition(".")
            kind, _, number = what.partition("/")
            if kind == "opschorting" and number.isdecimal() and 0 < int(number) <= len(rests):
                rests[int(number) - 1][field] = correction.gegevens["nieuw"]
        return rests[-1] if rests else None

    def last_extension(self) -> EventRow | None:
        """The last decision that made the trajectory last longer."""
        found = (event for event in reversed(self.events) if event.soort in LONGER)
        return next((event for event in found if LONGER[event.soort].items() <= event.gegevens.items()), None)

    def of(self, *soorten: str) -> Iterator[EventRow]:
        """The events of some kinds, oldest first."""
        return (event for event in self.events if event.soort in soorten)


def known(session: Session, directory: Directory, traject: TrajectLine, on: date) -> Known:
    """Reads one trajectory from the record."""
    mine = traject.workflow_id
    events = select(EventRow).where(EventRow.workflow_id == mine).order_by(EventRow.seq)
    duties = select(DutyRow).where(DutyRow.workflow_id == mine).order_by(DutyRow.due, DutyRow.key)
    documents = select(DocumentRow).where(DocumentRow.workflow_id == mine)
    dossier = session.get_one(DossierRow, traject.reference)
    return Known(
        directory=directory,
        traject=traject,
        on=on,
        created_on=dossier.created_on,
        letters_held=dossier.letters_held_by is not None,
        events=session.scalars(events).all(),
        duties=session.scalars(duties).all(),
        documents=session.scalars(documents.order_by(DocumentRow.as_of, DocumentRow.recorded_at)).all(),
    )
