"""Composition root: settings become collaborators, collaborators become workers."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConnectConfig
from temporalio.plugin import SimplePlugin
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.ama_record import AmaRecord
from activities.bedragen import AmountTable
from activities.catalogus import Catalogus
from activities.contingent_overzicht import ContingentOverzicht
from activities.contingenten import Contingenten, Plaatsmeldingen
from activities.controle import Controle
from activities.database import Database
from activities.digests import Digests
from activities.documents import Documents
from activities.dossiers import Dossiers
from activities.erkenningen import Erkenningen
from activities.evaluaties import EvaluatieRegister, Evaluaties
from activities.failures import Failures
from activities.follow_up import Ahead, Followers, FollowUp, at_once
from activities.inbox_rows import Inbox
from activities.jaarstaten import Jaarstaten
from activities.kernpartners import Kernpartners
from activities.kwartaaloverzichten import Kwartaaloverzichten
from activities.kwartaalronde import Kwartaalronde
from activities.law_tables import LawTables
from activities.letters_out import FolderLetters, LetterDesk
from activities.mail_desk import MailDesk
from activities.plaatscontrole import Plaatscontrole
from activities.post_office import Desks, PostOffice
from activities.reading import Reading
from activities.registry import Registry
from activities.relay import Relay
from activities.rendering import Templates
from activities.runs import Runs
from activities.senders import Senders
from activities.smtp import Smtp
from activities.teams import Teams
from activities.trajectories import Trajectories, no_delay
from activities.waiting import Waiting
from activities.wekken import Wekken
from models.aanvraag import Registered
from models.case import Patience
from settings import Settings
from workflows.activeringstraject import Activeringstraject
from workflows.arbeidsmatige_activiteiten import ArbeidsmatigeActiviteiten
from workflows.evaluatie import Evaluatie
from workflows.onthaaltraject import Onthaaltraject
from workflows.sweeps import (
    DagelijkseControle,
    Digest,
    JaarlijkseEvaluaties,
    KwartaaloverzichtAmaSe,
    Post,
)
from workflows.toeleiding import Toeleiding


class Sandbox(SandboxedWorkflowRunner):
    """The sandbox; that a workflow can be made in it is found out once a process, however many workers it has."""

    def prepare_workflow(self, defn: Any) -> None:
        """See SandboxedWorkflowRunner: it imports all modules of the workflow anew."""
        if defn.cls not in _PREPARED:
            super().prepare_workflow(defn)
            _PREPARED.add(defn.cls)


_PREPARED: set[type] = set()
SANDBOX = Sandbox(
    restrictions=SandboxRestrictions.default.with_passthrough_modules(
        "models", "activities", "dateutil", "pydantic", "pydantic_core", "annotated_types"
    )
)
"""Words and activities pass through; rules and workflows stay inside, so that a clock in a rule is caught."""
TRAJECTORIES: Sequence[type] = (
    Toeleiding,
    Activeringstraject,
    Onthaaltraject,
    ArbeidsmatigeActiviteiten,
    Evaluatie,
)
ROUNDS: Sequence[type] = (Post, Digest, JaarlijkseEvaluaties, KwartaaloverzichtAmaSe, DagelijkseControle)
WORKFLOWS: Sequence[type] = (*TRAJECTORIES, *ROUNDS)
PATIENCE_SECONDS = 60
"""How long a step of a workflow may compute; none needs a second, but a busy machine can stand still for two."""


class Plugin(SimplePlugin):
    """What all workers have in common, whoever builds them."""

    async def run_worker(self, worker: Worker, next: Callable[[Worker], Awaitable[None]]) -> None:
        """Gives workflows more patience than the SDK's two seconds, for which it has no option (ADR 0023)."""
        if worker._workflow_worker is not None:
            worker._workflow_worker._deadlock_timeout_seconds = PATIENCE_SECONDS
        await super().run_worker(worker, next)


PLUGIN = Plugin("werkzorg", data_converter=pydantic_data_converter, workflow_runner=SANDBOX)
"""Converter and sandbox in one place: client, workers and the replay of histories take the same."""
LEAVE_GRACEFULLY = timedelta(seconds=10)
THREADS = {"trajecten": 8, "documenten": 2, "buitenwereld": 4}
"""At once per queue, each with threads of its own: a backlog of PDFs delays no ladder, and none waits on the clock."""
UNRELEASED = "unreleased"
"""The build id where none is set; without one the SDK reads every module at each start."""


def wall_clock() -> datetime:
    """The moment at which something is recorded."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock, injected everywhere


@dataclass(frozen=True)
class Collaborators:
    """Everything that touches the world, composed once from the settings."""

    database: Database
    law: LawTables
    dossiers: Dossiers
    teams: Teams
    documents: Documents
    post_office: PostOffice
    digests: Digests
    registry: Registry
    inbox: Inbox
    reading: Reading
    follow_up: FollowUp
    kernpartners: Kernpartners
    contingenten: Contingenten
    ama: AmaRecord
    evaluaties: EvaluatieRegister
    erkenningen: Erkenningen
    jaarstaten: Jaarstaten
    kwartaaloverzichten: Kwartaaloverzichten

    @property
    def activities(self) -> dict[str, list[Callable[..., Any]]]:
        """The activities by the kind of queue they belong to."""
        return {
            "trajecten": [
                self.dossiers.record_step,
                self.teams.assign_team,
                self.teams.competent,
                self.law.snapshot,
                self.follow_up.beside,
                self.kernpartners.route,
                *self.contingenten.activities,
                self.ama.look_up,
                self.ama.begin,
                self.ama.look_again,
            ],
            "documenten": [
                self.documents.render,
                self.jaarstaten.draw_up,
                self.kwartaaloverzichten.draw_up,
            ],
            "buitenwereld": [self.post_office.send, self.digests.draw_up, self.erkenningen.look],
        }


def compose(settings: Settings) -> Collaborators:
    """The collaborators of one installation."""
    database = Database.at(settings.database)
    law = LawTables(settings.parameters, settings.days_off, Catalogus().codes)
    desks = Desks(
        mails=MailDesk(settings.mail_from, settings.answer_link),
        letters=LetterDesk(FolderLetters(settings.home / "brieven"), settings.mail_from),
        server=Smtp(settings.smtp_host, settings.smtp_port),
    )
    return Collaborators(
        database=database,
        law=law,
        dossiers=Dossiers(database, wall_clock),
        teams=Teams(database),
        documents=Documents(database, Templates(), wall_clock, AmountTable()),
        post_office=PostOffice(database, law, desks, wall_clock),
        digests=Digests(database, law, wall_clock),
        registry=Registry(database, wall_clock, law),
        inbox=Inbox(database, wall_clock),
        reading=Reading(database),
        follow_up=FollowUp(database, wall_clock, law),
        kernpartners=Kernpartners(database),
        contingenten=Contingenten(database, wall_clock),
        ama=AmaRecord(database),
        evaluaties=EvaluatieRegister(database, wall_clock),
        erkenningen=Erkenningen(database, law, wall_clock),
        jaarstaten=Jaarstaten(database, Templates(), wall_clock, AmountTable()),
        kwartaaloverzichten=Kwartaaloverzichten(database, Templates(), wall_clock, AmountTable()),
    )


async def connect(config: ClientConnectConfig) -> Client:
    """A client with the product's converter, to the engine of this installation."""
    return await Client.connect(**config, plugins=[PLUGIN])


def build_workers(
    client: Client, settings: Settings, collaborators: Collaborators, ahead: Ahead = at_once
) -> list[Worker]:
    """One worker a queue: trajectories, documents, the outside world; `ahead` is for clocks that run ahead."""
    queues = settings.queues._asdict()
    starting = trajectories(client, settings, collaborators)
    followers = Followers(collaborators.follow_up, starting, ahead)
    of_queue = collaborators.activities
    evaluations = Evaluaties(collaborators.evaluaties, starting, ahead)
    senders = Senders(collaborators.database, client)
    daily = control(client, settings, collaborators)
    of_queue["trajecten"] += [
        followers.start,
        senders.report,
        evaluations.open,
        Plaatsmeldingen(client).tell,
    ]
    of_queue["documenten"].append(Kwartaalronde(collaborators.kwartaaloverzichten).look)
    of_queue["buitenwereld"] += [
        daily.trajecten.look,
        daily.plaatsen.look,
        Wekken(collaborators.database, client).wake,
    ]
    workflows: dict[str, list[type]] = {
        "trajecten": [*TRAJECTORIES],
        "buitenwereld": [*ROUNDS],
        "documenten": [],
    }
    return [
        Worker(
            client,
            task_queue=queues[kind],
            workflows=workflows[kind],
            activities=activities,
            activity_executor=ThreadPoolExecutor(THREADS[kind], thread_name_prefix=kind),
            max_concurrent_activities=THREADS[kind],
            build_id=settings.build_id or UNRELEASED,
            interceptors=[Failures()],
            graceful_shutdown_timeout=LEAVE_GRACEFULLY,
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=settings.sticky_timeout_seconds),
        )
        for kind, activities in of_queue.items()
    ]


def trajectories(
    client: Client,
    settings: Settings,
    collaborators: Collaborators,
    delay: Callable[[Registered], timedelta] = no_delay,
) -> Trajectories:
    """How trajectories are started in this installation."""
    patience = Patience(
        attempt_seconds=settings.activity_timeout_seconds, attempts=settings.activity_attempts
    )
    return Trajectories(client, collaborators.law, settings.queues.trajecten, patience, delay)


@dataclass(frozen=True)
class Control:
    """Everything that the daily control looks at, in order."""

    trajecten: Controle
    erkenningen: Erkenningen
    plaatsen: Plaatscontrole


def control(client: Client, settings: Settings, collaborators: Collaborators) -> Control:
    """The daily control of this installation."""
    database = collaborators.database
    runs = Runs(client, Waiting(database), trajectories(client, settings, collaborators))
    return Control(
        Controle(database, runs, wall_clock),
        collaborators.erkenningen,
        Plaatscontrole(collaborators.contingenten, ContingentOverzicht(database), client),
    )


@asynccontextmanager
async def working(
    client: Client, settings: Settings, collaborators: Collaborators, ahead: Ahead = at_once
) -> AsyncIterator[Relay]:
    """All workers at work, and the relay that goes with them, until the block is left."""
    relay = Relay(
        client,
        collaborators.inbox,
        Waiting(collaborators.database),
        trajectories(client, settings, collaborators),
    )
    async with AsyncExitStack() as stack:
        for worker in build_workers(client, settings, collaborators, ahead):
            await stack.enter_async_context(worker)
        yield relay


async def work(config: ClientConnectConfig, settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT, then leaves gracefully."""
    stop = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with working(await connect(config), settings, compose(settings)) as relay:
        carrying = asyncio.create_task(relay.run())
        await stop.wait()
        carrying.cancel()
