"""Where stories are played: an engine with a virtual clock, a fresh record, workers, and a real mail server."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from temporalio.client import Client

from activities.database import Database, make_engine, migrate
from activities.reference_data import seed
from activities.registry import PREFIX
from activities.relay import Relay
from activities.trajectories import Trajectories
from activities.waiting import Waiting
from engine import Engine, EngineProblem, Kind, running_engine
from engine.mail_sink import HOST, MailSink
from models.aanvraag import Registered
from models.clock import at_hour
from models.tables import CounterRow
from player.clock import LockStep
from settings import Settings
from worker import Collaborators, compose, connect, trajectories, wall_clock, working

FIRST_HOUR = 9
"""The hour of the first day at which a story that begins on a fixed day starts."""
YEARS_AHEAD = 15
"""For how many years references are kept apart on a server that keeps the dossiers of earlier plays."""


@dataclass(frozen=True)
class Stage:
    """Everything a story needs; real dossiers never stand in its record."""

    engine: Engine
    client: Client
    settings: Settings
    collaborators: Collaborators
    clock: LockStep
    trajectories: Trajectories
    relay: Relay


def virtual_delay(registered: Registered) -> timedelta:
    """How long to wait, on the wall clock, until the first day of a story; the player skips it."""
    return virtually_ahead(at_hour(registered.begin, FIRST_HOUR))


def virtually_ahead(moment: datetime) -> timedelta:
    """How far a moment on a virtual clock lies ahead of the wall clock."""
    return max(moment - wall_clock(), timedelta(0))


@asynccontextmanager
async def stage(settings: Settings, *, ui: bool = False, workers: bool = True) -> AsyncIterator[Stage]:
    """A stage in the home of these settings, on an engine of its own or on the one TEMPORAL_ADDRESS names."""
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(
            running_engine(settings.engine_folder, time_skipping=True, ui=ui)
        )
        sink = await stack.enter_async_context(MailSink(settings.home / "mails"))
        set_up = settings.changed(smtp_host=HOST, smtp_port=sink.port)
        prepare_record(set_up)
        if engine.kind is Kind.EXTERNAL:
            set_up = _kept_apart(set_up)
        yield await on_stage(stack, engine, set_up, workers=workers)


async def on_stage(stack: AsyncExitStack, engine: Engine, settings: Settings, *, workers: bool) -> Stage:
    """Puts collaborators and, if asked, workers on an engine that runs already."""
    collaborators = compose(settings)
    stack.callback(collaborators.database.close)
    clock = LockStep(await connect(engine.connect_config))
    starting = trajectories(clock.client, settings, collaborators, virtual_delay)
    relay = Relay(clock.client, collaborators.inbox, Waiting(collaborators.database), starting)
    if workers:
        await stack.enter_async_context(working(clock.client, settings, collaborators, virtually_ahead))
    return Stage(engine, clock.client, settings, collaborators, clock, starting, relay)


def prepare_record(settings: Settings) -> None:
    """Migrates and seeds the record of a stage; raises EngineProblem when its folder cannot be written."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineProblem(f"{settings.home} kan niet geschreven worden: {error.strerror}.") from None
    migrate(settings.database)
    engine = make_engine(settings.database)
    seed(engine)
    engine.dispose()


def _kept_apart(settings: Settings) -> Settings:
    """On somebody else's server: queues of our own, and references that no earlier play gave out there."""
    now = wall_clock()
    number = int(now.timestamp())
    database = Database.at(settings.database)
    with database.begin() as session:
        for domain, year in product(PREFIX, range(now.year, now.year + YEARS_AHEAD)):
            session.add(CounterRow(domain=domain, year=year, last=number))
    database.close()
    return settings.changed(queue_suffix=f"{settings.queue_suffix}-verhaal-{number}")
