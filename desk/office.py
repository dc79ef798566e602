"""What a command works with: the settings that were chosen, the record, and the engine if it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import typer
from temporalio.client import Client

from activities.metingen import Metingen
from activities.op_vraag import OpVraag
from activities.relay import Relay
from activities.rendering import Templates
from activities.runs import Runs
from activities.staff import Staff
from activities.waiting import Waiting
from desk.plainly import DeskProblem
from engine import EngineProblem, connect_config
from engine.machine import this_machine
from models.clock import local_date
from models.lines import DossierView, TrajectLine
from settings import Settings
from worker import Collaborators, compose, connect, trajectories, wall_clock

SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Office:
    """The desk for one command; what it needs is opened when it is first asked for."""

    settings: Settings
    json: bool = False
    """Whether lists are shown as JSON."""

    @cached_property
    def collaborators(self) -> Collaborators:
        """Everything that touches the record; raises DeskProblem when there is none yet."""
        url = self.settings.database
        if url.startswith(SQLITE) and not self.settings.home.joinpath(url.removeprefix(SQLITE)).exists():
            raise DeskProblem(f"er is nog geen record in {self.settings.home}: start `./werkzorg up`")
        return compose(self.settings)

    @cached_property
    def staff(self) -> Staff:
        """The workers, by their reference."""
        return Staff(self.collaborators.database)

    @cached_property
    def metingen(self) -> Metingen:
        """The measurements of dossiers, after the law tables of this installation."""
        return Metingen(self.collaborators.database, self.collaborators.law)

    @cached_property
    def on_request(self) -> OpVraag:
        """The documents that are made when somebody asks for them."""
        return OpVraag(self.collaborators.database, Templates())

    def today(self, trajecten: Sequence[TrajectLine]) -> date:
        """Today; a dossier that was played lives later than the wall clock."""
        return max([local_date(wall_clock()), *(line.as_of for line in trajecten if line.as_of)])

    async def client(self) -> Client | None:
        """A client of the engine, or None when none runs."""
        try:
            return await connect(connect_config(self.settings.engine_folder, this_machine(self.settings)))
        except (EngineProblem, RuntimeError):
            return None

    async def require_client(self) -> Client:
        """A client of the engine; raises DeskProblem when none runs."""
        client = await self.client()
        if client is None:
            raise DeskProblem("er draait geen engine: start `./werkzorg up`, of zet TEMPORAL_ADDRESS")
        return client

    def relay(self, client: Client) -> Relay:
        """The relay that carries commands from the inbox to this engine."""
        waiting = Waiting(self.collaborators.database)
        starting = trajectories(client, self.settings, self.collaborators)
        return Relay(client, self.collaborators.inbox, waiting, starting)

    def runs(self, client: Client) -> Runs:
        """The runs of trajectories in this engine."""
        starting = trajectories(client, self.settings, self.collaborators)
        return Runs(client, Waiting(self.collaborators.database), starting)

    def dossier(self, reference: str) -> DossierView:
        """One dossier; raises DeskProblem when there is none with this number."""
        found = self.collaborators.reading.dossier(reference)
        if found is None:
            raise DeskProblem(f"er is geen dossier {reference}")
        return found

    def organisation(self, door: str | None) -> str | None:
        """Where whoever reads works; none where nobody was named; raises DeskProblem for who is unknown."""
        if door is None:
            return None
        if (reader := self.staff.actor(door)) is None:
            raise DeskProblem("door: geen medewerker met deze referentie")
        return reader.organisatie

    def traject(self, reference: str, named: str | None) -> TrajectLine:
        """The trajectory that is meant: the named one, else the only open one, else the only one."""
        every = self.dossier(reference).trajecten
        wanted = [line for line in every if named in (line.soort, line.workflow_id)] if named else list(every)
        candidates = [line for line in wanted if line.is_open] or _newest(wanted)
        if len(candidates) != 1:
            names = ", ".join(line.workflow_id for line in wanted) or "geen"
            raise DeskProblem(f"traject: kies er één met --traject ({names})")
        return candidates[0]

    def meant(self, name: str, reference: str, named: str | None) -> Sequence[TrajectLine]:
        """To whom a command goes: a death to all that is open, its undoing to all, anything else to one."""
        every = self.dossier(reference).trajecten
        if named is None and name == "overleden_ongedaan":
            return every  # also what closed by it
        if named is None and name == "overleden" and (still := [line for line in every if line.is_open]):
            return still
        return [self.traject(reference, named)]


def _newest(lines: Sequence[TrajectLine]) -> list[TrajectLine]:
    """Of closed trajectories of one kind the newest; of several kinds all, so that somebody chooses."""
    kinds = {line.soort: line for line in sorted(lines, key=lambda line: line.started_on)}
    return list(kinds.values())


def office(context: typer.Context) -> Office:
    """The desk that the global options chose."""
    chosen = context.find_object(Office)
    assert chosen is not None
    return chosen
