"""Measurements of social benefits as trajectories tell them, for the tests of the rights report."""

from datetime import date
from typing import Any

from models.gbo import Recht as Beschreven
from models.onthaal import Recht
from models.rechtenverslag import Meting, Vergelijking

CODES = ("sociaal_tarief_energie", "maximumfactuur")
LISTED = tuple(
    Beschreven(
        code=code,
        naam=code.replace("_", " ").capitalize(),
        domein="energie",
        geldig_van=date(2023, 7, 1),
        status="assumed",
        bron="test",
    )
    for code in CODES
)
BEFORE, AFTER = date(2027, 2, 1), date(2027, 5, 3)


def seen(code: str = CODES[0], recht: str = "ja", ontvangt: bool = False, **more: Any) -> Recht:
    """What was seen of one benefit; entitled and not received unless told otherwise."""
    return Recht.model_validate({"code": code, "recht": recht, "ontvangt": ontvangt, **more})


def meting(soort: str, *rechten: Recht, wie: str = "OT-1", **more: Any) -> Meting:
    """One measurement of a person: on the first day for nul, on the second for eind, half an hour each."""
    contents: dict[str, Any] = {
        "dossier": wie,
        "traject": f"onthaaltraject/{wie}",
        "nummer": 1 if soort == "nul" else 9,
        "op": BEFORE if soort == "nul" else AFTER,
        "meting": soort,
        "methode": "gesprek",
        "minuten": 30,
        "rechten": rechten or (seen(),),
    }
    return Meting.model_validate(contents | more)


def person(wie: str, nul: Recht, eind: Recht, **more: Any) -> Vergelijking:
    """Somebody measured twice on one benefit."""
    return Vergelijking(nul=meting("nul", nul, wie=wie, **more), eind=meting("eind", eind, wie=wie, **more))


def people(number: int, nul: Recht, eind: Recht, start: int = 0, **more: Any) -> list[Vergelijking]:
    """So many people of whom the same was seen."""
    return [person(f"OT-{start + each}", nul, eind, **more) for each in range(number)]
