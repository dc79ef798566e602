"""A trajectory with an agreed plan, where most stories start."""

from datetime import date
from typing import Any

from models.actors import Actor
from tests.simulation.scene import Dossier, Scene

AGREED = date(2030, 4, 1)
PLAN: dict[str, Any] = {
    "opdracht": "trajectplan",
    "doel": "Iets dat lukt.",
    "afspraken": "Ieder komt of verwittigt.",
    "periodiciteit_maanden": 3,
    "acties": [{"domein": "zorg", "omschrijving": "Gesprek.", "dienstverlener": "ORG-CAW-LEIE"}],
    "start": "2030-03-04",
    "einde": "2031-03-03",
}
TALK = {
    "opdracht": "eerste_gesprek",
    "waar": "kantoor",
    "hoe": "gesprek",
    "geinformeerd": ["einddoel", "duur", "werk", "zorg", "samenwerking", "gegevens"],
}
REVIEW = {"eigen_woorden": "Het gaat.", "vervolg": "Verder."}
EINDVERSLAG = {
    "opdracht": "eindverslag",
    "vorm": "volledig",
    "acties": "Gesprekken.",
    "resultaten": "Een vast dagritme.",
    "informatie_team": "Klaar voor een opleiding.",
    "informatie_dienstverleners": "Stagiair welkom.",
    "gesprek": "Besproken.",
    "eindadvies": "Een opleiding.",
}


async def tandem(dossier: Dossier) -> tuple[Actor, Actor]:
    """The two casemanagers."""
    team = (await dossier.life()).stand.team
    assert team is not None
    return team.casemanager_werk, team.casemanager_zorg


async def agree(scene: Scene, dossier: Dossier, **other: Any) -> Actor:
    """Holds the first talk, and agrees four weeks later on a plan of a year; the casemanager werk who did."""
    werk, _ = await tandem(dossier)
    talk = await dossier.send("eerste_gesprek", werk, TALK)
    assert talk.status == "accepted", dossier.told
    await dossier.settle()
    await scene.move([dossier], AGREED)
    row = await dossier.send("plan_akkoord", werk, PLAN | other)
    assert row.status == "accepted", dossier.told
    await dossier.settle()
    return werk


async def running(scene: Scene, **other: Any) -> tuple[Dossier, Actor, Actor]:
    """A trajectory in Gent with an agreed plan, and its two casemanagers."""
    dossier = await scene.request("44021", "lopend")
    await agree(scene, dossier, **other)
    return dossier, *(await tandem(dossier))
