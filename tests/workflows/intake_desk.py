"""A desk in front of one toeleiding or onthaaltraject on the real engine, and of what followed from it."""

import asyncio
from datetime import date
from typing import Any, Self

from models.aanvraag import Aanvraag, Registered
from models.actors import OPERATIES, Actor, Rol
from models.clock import at_hour
from models.commands import OF_KIND
from models.follow_up import Vervolg
from models.lines import MessageLine, TimelineLine, TrajectLine
from models.messages import COMMAND_ID_PREFIX
from models.steps import Stand
from models.tables import InboxRow
from player.roles import reference_of
from player.stage import FIRST_HOUR, Stage
from tests.workflows.desk import BEGIN, GENT, LOOK_AGAIN_SECONDS, NOTHING_TOLD, TRIES, UNTOLD, Desk

REQUESTER = Actor(rol=Rol.AANVRAGER, organisatie="ORG-GTB-GENT")
SCREENER = Actor(rol=Rol.SCREENER, organisatie="ORG-VDAB-GENT", medewerker="MW-0104")
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
HEAD = Actor(rol=Rol.TEAMCOORDINATOR, organisatie="ORG-VDAB-GENT", medewerker="MW-0109")
OPERATOR = OPERATIES.model_copy(update={"medewerker": "MW-0001"})
CAW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-LEIE", medewerker="MW-0304")
DMW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-DMW-SCHELDEZORG", medewerker="MW-2101")
OCMW = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-OCMW-GENT", medewerker="MW-0402")
FIRST_PARTNERS = (CAW, DMW, OCMW)
"""The kernpartners of Gent in the order that its GBO agreed."""
FOREIGN = Actor(rol=Rol.KERNPARTNER, organisatie="ORG-CAW-VUURTOREN")
LAST = 30.0
"""Seconds within which a trajectory tells its first step."""

COMPLETE: dict[str, Any] = {
    "motivering": "Wil weer iets doen.",
    "eigen_woorden": "Ik wil vooruit.",
    "ladder": {"niveau": 3, "groeipotentieel": 5, "op": "2029-01-08", "door": "GTB", "bron": "gesprek"},
    "documenten": [{"soort": "diagnostisch", "kenmerk": "verslag 12", "bij": "GTB"}],
}
SCREENED = {
    "opdracht": "screening",
    "doet_en_wil": "Helpt in een repaircafé.",
    "sterktes": "Handig.",
    "hindernissen": "Slaapt slecht.",
    "hulp": "Een dagritme.",
    "advies": "Een activeringstraject.",
}
JUDGED = {"aanwezig": True, "motivering": "Dat bleek uit het gesprek."}
DECIDED: dict[str, Any] = {"opdracht": "beslissing", "problematiek": JUDGED, "groeimogelijkheden": JUDGED}
TO_ONTHAAL = {"route": "advies_welzijn", "onthaal": True, "contact_aanvaard": True}


class IntakeDesk(Desk):
    """One trajectory of a dossier, the people who speak about it, and what its record says."""

    def __init__(self, stage: Stage, registered: Registered) -> None:
        super().__init__(stage, registered)
        self.soort = registered.soort
        self.registered = registered

    @classmethod
    async def filed(cls, stage: Stage, inhoud: dict[str, Any] | None = None, **other: Any) -> Self:
        """A toeleiding that was just asked for, on its first morning; complete unless said otherwise."""
        asked = request(**{"inhoud": COMPLETE if inhoud is None else inhoud, **other})
        registered = stage.collaborators.registry.register(Aanvraag.model_validate(asked))
        assert isinstance(registered, Registered)
        return await cls.begun(stage, registered)

    @classmethod
    async def handed_off(cls, stage: Stage, keuze: str | None = None, **other: Any) -> Self:
        """An onthaaltraject that just followed from a decision, without the toeleiding before it."""
        registered = stage.collaborators.registry.register(Aanvraag.model_validate(request(**other)))
        assert isinstance(registered, Registered)
        order = Vervolg(
            workflow_id=registered.workflow_id,
            reference=registered.reference,
            nis_code=registered.nis_code,
            soort="onthaaltraject",
            begin=BEGIN,
            nu=at_hour(BEGIN, FIRST_HOUR),
            keuze=keuze,
        )
        return await cls.begun(stage, stage.collaborators.follow_up.register(order))

    @classmethod
    async def welcomed(cls, stage: Stage, **other: Any) -> Self:
        """An onthaaltraject in which the first talk was held, on its first day."""
        desk = await cls.handed_off(stage, **other)
        await desk.accepted("ontvangst_bevestigen", CAW, opdracht="ontvangst")
        await desk.accepted("onthaal_starten", CAW, opdracht="contact", waar="kantoor")
        return desk

    @classmethod
    async def begun(cls, stage: Stage, registered: Registered) -> Self:
        """A trajectory that is registered, on its first morning."""
        await stage.trajectories.start(registered)
        desk = cls(stage, registered)
        await desk.go(registered.begin, FIRST_HOUR)
        await desk.heard_of()
        return desk

    async def screened(self, **more: Any) -> None:
        """The screening of a complete request is recorded."""
        await self.accepted("screening_vastleggen", SCREENER, **{**SCREENED, **more})

    async def decided(self, **more: Any) -> InboxRow:
        """VDAB decides."""
        return await self.accepted("toeleiding_beslissen", VDAB, **{**DECIDED, **more})

    async def heard_of(self) -> None:
        """Waits until the record knows the first step, and the trajectory is quiet."""
        end = asyncio.get_running_loop().time() + LAST
        while self.stand.fase == UNTOLD:
            assert asyncio.get_running_loop().time() < end, f"{self.workflow_id} tells nothing"
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        await self.settle()

    def began(self) -> dict[str, str]:
        """The workflows that followed from the decision, by kind."""
        told = [event.gegevens for event in self.events("traject-gestart")]
        return {
            each.get("soort") or each["workflow_id"].partition("/")[0]: each["workflow_id"] for each in told
        }

    async def follower(self, soort: str) -> Self:
        """The desk in front of what followed, at the moment it is here."""
        workflow_id = self.began()[soort]
        told = {"reference": reference_of(workflow_id), "workflow_id": workflow_id, "soort": soort}
        registered = Registered.model_validate({**told, "begin": await self.today(), "nis_code": GENT})
        desk = type(self)(self.stage, registered)
        await self.stage.clock.move([workflow_id], await self.stage.clock.now(self.workflow_id))
        await desk.heard_of()
        return desk

    async def send(
        self, name: str, by: Actor | None = None, command_id: str | None = None, **contents: Any
    ) -> InboxRow:
        """Sends a command of this kind of trajectory, by operations unless somebody else is named."""
        self.sent += 1
        own_id = command_id or f"{COMMAND_ID_PREFIX}{self.workflow_id}-{self.sent}"
        told = {"datum": await self.today(), "door": by or OPERATOR, **contents}
        kind = OF_KIND[self.soort][name]
        payload = kind.model_validate(told).model_dump(mode="json", exclude_none=True)
        row = self.stage.collaborators.inbox.put(own_id, self.workflow_id, name, payload)
        for _ in range(TRIES):
            row = await self.stage.relay.send(row)
            if row.status != "open":
                return row
        raise AssertionError(f"{name} stays open")

    async def refusal(self, name: str, by: Actor | None = None, **contents: Any) -> dict[str, Any]:
        """Sends a command that should be refused, and gives the refusal."""
        row = await self.send(name, by, **contents)
        assert row.status == "refused", (name, row.outcome)
        assert row.refusal is not None
        return row.refusal

    @property
    def row(self) -> TrajectLine:
        """The trajectory in the lists."""
        dossier = self.stage.collaborators.reading.dossier(self.reference)
        assert dossier is not None
        return next(each for each in dossier.trajecten if each.workflow_id == self.workflow_id)

    @property
    def stand(self) -> Stand:
        """Where the trajectory stands by the record."""
        return Stand.model_validate(self.row.stand or NOTHING_TOLD)

    @property
    def live(self) -> list[str]:
        """The keys of the duties that somebody owes in this trajectory."""
        dossier = self.stage.collaborators.reading.dossier(self.reference)
        assert dossier is not None
        return sorted(duty.key for duty in dossier.opdrachten if duty.workflow_id == self.workflow_id)

    def owes(self, key: str) -> tuple[str, str]:
        """Who owes a duty: role and organisation."""
        duty = self.duty(key)
        return duty.rol, duty.org

    def events(self, *kinds: str) -> list[TimelineLine]:
        """What happened in this trajectory, of some kinds."""
        return [event for event in super().events(*kinds) if event.workflow_id == self.workflow_id]

    def messages(self, *kinds: str, about: str | None = None) -> list[MessageLine]:
        """The messages of this trajectory."""
        return [m for m in super().messages(*kinds, about=about) if m.workflow_id == self.workflow_id]

    @property
    def documents(self) -> list[str]:
        """The keys of the documents of this trajectory."""
        found = self.stage.collaborators.reading.documenten(self.reference)
        return [each.key for each in found if each.workflow_id == self.workflow_id]

    def date_of(self, name: str) -> date | None:
        """One of the dates the trajectory goes by."""
        return next(each.on.value for each in self.stand.dates if each.naam == name)

    async def ended(self) -> bool:
        """Whether the workflow is over in the engine."""
        return (await self.handle.describe()).close_time is not None


def request(**other: Any) -> dict[str, Any]:
    """A request for a toeleiding, filed by the person in Gent."""
    persoon = {
        **{"voornaam": "Noor", "achternaam": "Verzonnen", "geboortedatum": "1990-02-28"},
        **{"adres": "Kerkstraat 1", "postcode": "9000", "telefoon": "0470 00 00 00"},
    }
    return {
        "sleutel": "aanvraag Noor",
        "soort": "toeleiding",
        "ingediend_op": BEGIN,
        "begin": BEGIN,
        "nis_code": GENT,
        "persoon": persoon,
        **other,
    }
