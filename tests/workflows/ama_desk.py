"""A desk in front of one AMA on the real engine, and of the evaluations that it opens."""

from datetime import date
from typing import Any, Self

from activities.follow_up import keep
from activities.registry import take_turn, workflow_id
from models.aanvraag import Aanvraag, Registered
from models.actors import Actor, Rol
from player.stage import Stage
from tests.workflows.desk import BEGIN
from tests.workflows.intake_desk import IntakeDesk, request
from worker import wall_clock

BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-DE-MEANDER", medewerker="MW-0502")
OTHER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-CGG-ARTEVELDE")
MAATWERK = "ORG-MAATWERK-DE-KAAI"
HOLDER = Actor(rol=Rol.MAATWERKBEDRIJF, organisatie=MAATWERK)
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
BORN = {"achttien_op": "2008-02-28", "vijfentwintig_op": "2015-02-28", "pensioen_op": "2057-03-01"}
LEEFLOON = [{"code": "leefloon", "van": "2020-01-01"}]
AGREED: dict[str, Any] = {
    "opdracht": "overeenkomst",
    "werkpost": "ORG-DE-MEANDER",
    "activiteit": "moestuin",
    "start": BEGIN,
    "uren_per_week": "12",
    "getekend_op": BEGIN,
    "verzekerd_tot": "2030-12-31",
}
TOLD = {"eigen_woorden": "Het doet me goed.", "begeleider": "Komt graag."}
HELD: dict[str, Any] = {
    "opdracht": "evaluatie",
    **{name: TOLD for name in ("bezigheid", "structuur", "contacten", "zelfontplooiing")},
    **{name: True for name in ("toestemming_klopt", "verzekering_klopt", "uren_kloppen", "werkpost_past")},
    "stap_naar_werk": "Nog niet.",
    "oordeel": "verder",
}
YES = {"antwoord": "toelating", "vanaf": BEGIN}


class AmaDesk(IntakeDesk):
    """One AMA, the people who speak about it, and what its record says."""

    @classmethod
    async def notified(cls, stage: Stage, soort: str = "arbeidsmatige_activiteiten", **other: Any) -> Self:
        """An AMA that was just notified by its begeleider, or decided by VDAB, on its first morning."""
        return await cls.begun(stage, registered(stage, soort, request(), **other))

    @classmethod
    async def permitted(cls, stage: Stage, **other: Any) -> Self:
        """An AMA with every permission, whose agreement is owed."""
        desk = await cls.notified(stage, **other)
        await desk.accepted("toestemming_melden", BEGELEIDER, opdracht="toestemming/1", **YES)
        return desk

    @classmethod
    async def accompanied(cls, stage: Stage, **other: Any) -> Self:
        """An AMA whose activities began today."""
        desk = await cls.permitted(stage, **other)
        await desk.accepted("overeenkomst_sluiten", BEGELEIDER, **AGREED)
        await desk.accepted("dimona_melden", BEGELEIDER, opdracht="dimona_in/1", aangegeven_op=BEGIN)
        return desk

    async def evaluation(self, number: int, day: date) -> Self:
        """The desk in front of the n-th evaluation, on a day in its window."""
        await self.go(day)
        mine = [e for e in self.events("traject-gestart") if e.gegevens["workflow_id"].endswith(f"/{number}")]
        wanted = mine[0].gegevens["workflow_id"]
        told = {"reference": self.reference, "workflow_id": wanted, "soort": "evaluatie"}
        registered = Registered.model_validate({**told, "begin": await self.today(), "nis_code": "44021"})
        desk = type(self)(self.stage, registered)
        await self.stage.clock.move([wanted], await self.stage.clock.now(self.workflow_id))
        await desk.heard_of()
        return desk


def registered(stage: Stage, soort: str, asked_for: dict[str, Any], **other: Any) -> Registered:
    """An AMA in the dossier of a request, registered and not yet started; `other` is what it starts with."""
    asked = stage.collaborators.registry.register(Aanvraag.model_validate(asked_for))
    assert isinstance(asked, Registered)
    se = soort == "ama_se"
    who = (
        {"variant": "se", "beslist_op": str(BEGIN)}
        if se
        else {"begeleider": BEGELEIDER.model_dump(mode="json")}
    )
    answer = Registered(
        reference=asked.reference,
        workflow_id=workflow_id(soort, asked.reference, 1),
        soort=soort,
        begin=BEGIN,
        nis_code=asked.nis_code,
        meegegeven={**who, **BORN, "statuten": LEEFLOON, **other},
    )
    with stage.collaborators.database.begin() as session:
        take_turn(session, BEGIN.year)
        keep(session, answer, 1, f"ama {soort} {asked_for['sleutel']}", "digest", wall_clock())
    return answer
