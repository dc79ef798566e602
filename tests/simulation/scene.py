"""A cheap stage for many trajectories at once: the real engine, workers, record and mail, but blank paper.

The rounds of the post run as the activities they are, without the workflow around them: that one has tests of its own.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.worker import Worker

from activities.digests import Digests
from activities.documents import Documents
from activities.law_tables import LawTables
from activities.letters_out import FolderLetters, LetterDesk
from activities.mail_desk import MailDesk
from activities.post_office import Desks, PostOffice
from activities.relay import Relay
from activities.rendering import Rendered, TemplateBroken, Templates
from activities.senders import Senders
from activities.trajectories import beginning
from activities.waiting import Waiting
from engine import Engine
from models.aanvraag import Aanvraag, Registered
from models.actors import Actor
from models.case import Patience
from models.clock import at_hour, local_date
from models.commands import EVERY_COMMAND
from models.law import Law, LawOrder
from models.mail import Bounce, DigestOrder, PostOrder
from models.messages import Outcome
from models.tables import InboxRow
from player.clock import ClockStuck, LockStep
from player.stage import FIRST_HOUR, Stage, virtual_delay, virtually_ahead
from settings import Settings
from tests.law import DATA, shipped_tables
from tests.simulation.history import Histories, Life
from tests.simulation.record import Record, place_of, read_record
from tests.stage import reserve_references, stage_settings
from worker import Collaborators, compose, connect, trajectories, wall_clock, working

ONE_DAY = timedelta(days=1)
POST_DAYS = timedelta(days=12)
"""How long the post works at the end of a longer time; what waited since then leaves in one mail."""
HOUR = 10
TRIES = 3
FIRST_LOOKS, A_LOOK_SECONDS = 200, 0.05


class BlankPaper(Templates):
    """Templates that are filled in but not printed: PDF is what costs. Jammed, they refuse every document."""

    jammed = False

    def render(self, name: str, context: BaseModel, identifier: str) -> Rendered:
        """The document as HTML; its PDF holds no more than the identifier."""
        if self.jammed:
            raise TemplateBroken(f"{name}: jammed")
        html = self.html(name, context)
        return Rendered(html=html, pdf=identifier.encode(), pages=1, template_version="simulatie")


class OneLaw(LawTables):
    """The shipped tables, read once: a round of the post asks for them every day."""

    def snapshot(self, order: LawOrder) -> Law:
        """The law of all the years that simulations come by."""
        return all_years()


@cache
def all_years() -> Law:
    """The law as shipped, over all the years that simulations come by."""
    return shipped_tables().snapshot(LawOrder(as_of=date(2029, 1, 1), horizon=date(2040, 1, 1)))


LAW = OneLaw(DATA / "parameters.yaml", DATA / "dagen_vrij.yaml")


class Mailbag:
    """Stands in for the mail server, and keeps what it took; SMTP has tests of its own."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []

    @contextmanager
    def session(self) -> Iterator["Mailbag"]:
        """A conversation without a connection."""
        yield self

    def deliver(self, message: EmailMessage) -> None:
        """Takes one mail."""
        self.taken.append(message)


def _desks(settings: Settings, mailbag: Mailbag) -> Desks:
    return Desks(
        mails=MailDesk(settings.mail_from, settings.answer_link),
        letters=LetterDesk(FolderLetters(settings.home / "brieven"), settings.mail_from),
        server=mailbag,
    )


@dataclass(frozen=True)
class Props:
    """What stands in on a cheap stage for what costs time."""

    paper: BlankPaper = field(default_factory=BlankPaper)
    mailbag: Mailbag = field(default_factory=Mailbag)


@asynccontextmanager
async def cheap_stage(
    engine: Engine,
    home: Path,
    template: Path,
    number: int,
    props: Props,
    workflows: Sequence[type] | None = None,
) -> AsyncIterator[Stage]:
    """A stage on SQLite whose documents cost nothing; `workflows` take the place of the real trajectories."""
    copy = home / "werkzorg.db"
    copy.write_bytes(template.read_bytes())
    url = f"sqlite:///{copy}"
    reserve_references(url, number)
    async with AsyncExitStack() as stack:
        settings = stage_settings(home, url, number)
        composed = compose(settings)
        collaborators = replace(
            composed,
            documents=Documents(composed.database, props.paper, wall_clock),
            post_office=PostOffice(composed.database, LAW, _desks(settings, props.mailbag), wall_clock),
            digests=Digests(composed.database, LAW, wall_clock),
        )
        stack.callback(collaborators.database.close)
        clock = LockStep(await connect(engine.connect_config))
        starting = trajectories(clock.client, settings, collaborators, virtual_delay)
        relay = Relay(clock.client, collaborators.inbox, Waiting(collaborators.database), starting)
        if workflows is None:
            await stack.enter_async_context(working(clock.client, settings, collaborators, virtually_ahead))
        else:
            for worker in _other_workers(clock.client, settings, collaborators, workflows):
                await stack.enter_async_context(worker)
        yield Stage(engine, clock.client, settings, collaborators, clock, starting, relay)


def _other_workers(
    client: Client, settings: Settings, collaborators: Collaborators, workflows: Sequence[type]
) -> Iterator[Worker]:
    """Workers for other trajectories than those of the product, and for their documents."""
    threads = ThreadPoolExecutor(2)
    of_queue = collaborators.activities
    of_queue["trajecten"].append(Senders(collaborators.database, client).report)
    for kind, others in (("trajecten", workflows), ("documenten", ())):
        yield Worker(
            client,
            task_queue=settings.queues._asdict()[kind],
            workflows=others,
            activities=of_queue[kind],
            activity_executor=threads,
        )


class Dossier:
    """One trajectory on the scene: its time, the commands sent to it, and its life as the history tells it."""

    def __init__(self, stage: Stage, registered: Registered) -> None:
        self._stage = stage
        self._histories = Histories(stage.client)
        self._first_run: str | None = None
        self.workflow_id = registered.workflow_id
        self.reference = registered.reference
        self.begin = registered.begin
        self.now = at_hour(registered.begin, FIRST_HOUR)
        self.told: list[str] = []
        """What was done to it, one line a step: the story of a failure."""
        self._sent = 0
        self.asked: dict[str, Any] = {}
        """What its people know of the request and it does not tell."""

    @property
    def today(self) -> date:
        """The day it is for this trajectory."""
        return local_date(self.now)

    async def move(self, to: datetime) -> None:
        """Lets time pass for this trajectory alone, past any number of its deadlines."""
        open_now = await self._stage.clock.quiet([self.workflow_id])
        if open_now:
            await self._stage.clock.move(open_now, to)
            await self.settle()
        self.now = to

    async def settle(self) -> None:
        """Waits until the trajectory has nothing in hand."""
        await self._stage.clock.quiet([self.workflow_id])

    async def send(self, name: str, by: Actor, payload: dict[str, Any], **more: Any) -> InboxRow:
        """Sends a command through the inbox and the relay, dated today unless it says otherwise."""
        self._sent += 1
        contents = {"datum": self.today.isoformat(), "door": by.model_dump(mode="json"), **payload, **more}
        valid = EVERY_COMMAND[name].model_validate(contents).model_dump(mode="json", exclude_none=True)
        command_id = f"cmd-{self.workflow_id.replace('/', '-')}-{self._sent}"
        row = self._stage.collaborators.inbox.put(command_id, self.workflow_id, name, valid)
        for _ in range(TRIES):
            row = await self._stage.relay.send(row)
            if row.status != "open":
                break
        became = row.status if row.refusal is None else f"{row.status}: {row.refusal['tekst']}"
        self.told.append(f"{self.today} {name} {valid} -> {became}")
        return row

    async def repeat(self, row: InboxRow) -> Outcome:
        """Sends an accepted command once more with the same id, as a relay that lost the answer would."""
        handle = self._stage.client.get_workflow_handle(self.workflow_id)
        self.told.append(f"{self.today} {row.command} nog eens, als {row.id}")
        return await handle.execute_update(row.command, row.payload, id=row.id, result_type=Outcome)

    async def checkpoint(self) -> None:
        """Asks for a fresh run."""
        self.told.append(f"{self.today} checkpoint")
        await self._stage.client.get_workflow_handle(self.workflow_id).signal("checkpoint")

    async def bounce(self, key: str) -> None:
        """Tells that a message did not arrive."""
        self.told.append(f"{self.today} {key} kwam terug")
        handle = self._stage.client.get_workflow_handle(self.workflow_id)
        await handle.signal("bericht_teruggekeerd", Bounce(workflow_id=self.workflow_id, key=key))

    async def life(self) -> Life:
        """Its life so far, from the history."""
        if self._first_run is None:
            self._first_run = await self._histories.first_run(self.workflow_id)
        return await self._histories.life(self.workflow_id, self._first_run)

    def record(self) -> Record:
        """What the record knows of it."""
        return read_record(self._stage.collaborators.database, self.workflow_id)

    def place(self) -> str | None:
        """What became of the place that it asked in a contingent."""
        return place_of(self._stage.collaborators.database, self.workflow_id)


class Scene:
    """Several trajectories on one stage that share days, people and post."""

    def __init__(self, stage: Stage, begin: date, props: Props) -> None:
        self.stage = stage
        self.props = props
        self.begin = begin
        self.now = at_hour(begin, FIRST_HOUR)
        self._posted_until = begin - ONE_DAY

    @property
    def today(self) -> date:
        """The day it is."""
        return local_date(self.now)

    async def request(self, nis_code: str, name: str, kind: str = "activeringstraject") -> Dossier:
        """Registers a request, starts its trajectory and waits for its first morning."""
        registered = self.register(Aanvraag.model_validate(_request(name, self.begin, nis_code)))
        return await self.admit(registered, kind)

    def register(self, aanvraag: Aanvraag) -> Registered:
        """Registers a request that nothing can be against."""
        registered = self.stage.collaborators.registry.register(aanvraag)
        assert isinstance(registered, Registered)
        return registered

    async def admit(self, registered: Registered, kind: str | None = None) -> Dossier:
        """Starts a registered trajectory and waits for its first morning; `kind` is for a broken one."""
        await self._start(registered, kind or registered.soort)
        dossier = Dossier(self.stage, registered)
        await self._first_morning(dossier)
        return dossier

    async def join(self, registered: Registered) -> Dossier:
        """Takes up a trajectory that another one started; its time is that of the scene."""
        dossier = Dossier(self.stage, registered)
        dossier.now = self.now
        await self._first_morning(dossier)
        return dossier

    async def _first_morning(self, dossier: Dossier) -> None:
        """Waits until the trajectory told its first step: it starts at that hour, give or take a moment."""
        for _ in range(FIRST_LOOKS):
            await self.stage.clock.move([dossier.workflow_id], dossier.now)
            await dossier.settle()
            if dossier.record().traject.last_step:
                return
            await asyncio.sleep(A_LOOK_SECONDS)
        raise ClockStuck(f"{dossier.workflow_id} told nothing on its first morning")

    async def _start(self, registered: Registered, kind: str) -> None:
        if kind == registered.soort:
            await self.stage.trajectories.start(registered)
            return
        law = self.stage.collaborators.law.snapshot(
            LawOrder(as_of=registered.begin, horizon=registered.begin + timedelta(days=4 * 366))
        )
        await self.stage.client.start_workflow(
            kind,
            beginning(registered, law, Patience(attempt_seconds=5, attempts=3)),
            id=registered.workflow_id,
            task_queue=self.stage.settings.queues.trajecten,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            start_delay=virtual_delay(registered),
        )

    async def move(self, dossiers: Sequence[Dossier], to: date) -> None:
        """Lets all trajectories come to the morning of a day, then sends the post of the days passed."""
        moment = at_hour(to, HOUR)
        await asyncio.gather(*(dossier.move(moment) for dossier in dossiers))
        self.now = moment
        await asyncio.to_thread(self._post, to - ONE_DAY)

    def _post(self, last: date) -> None:
        office, digests = self.stage.collaborators.post_office, self.stage.collaborators.digests
        self._posted_until = max(self._posted_until, last - POST_DAYS)
        while self._posted_until < last:
            self._posted_until += ONE_DAY
            day = self._posted_until
            if digests.has_something(day):
                digests.draw_up(DigestOrder(as_of=day))
            if office.has_something(day):
                office.send(PostOrder(as_of=day))


def _request(name: str, begin: date, nis_code: str) -> dict[str, Any]:
    return {
        "sleutel": f"simulatie {name}",
        "soort": "activeringstraject",
        "ingediend_op": begin.isoformat(),
        "begin": begin.isoformat(),
        "nis_code": nis_code,
        "persoon": {
            "voornaam": "Sim",
            "achternaam": name,
            "geboortedatum": "1990-01-01",
            "adres": "Straat 1",
            "postcode": "9000",
        },
    }
