"""Who plays in the sequences of a toeleiding and of an onthaaltraject, and how these begin."""

from datetime import timedelta
from random import Random
from typing import Any

from models.aanvraag import Aanvraag, Registered
from models.clock import at_hour
from models.follow_up import Vervolg
from player.stage import FIRST_HOUR
from tests.simulation import intake_checks, intake_mistakes, intake_moves, onthaal_moves
from tests.simulation.cast import Cast
from tests.simulation.chance import Chance
from tests.simulation.intake_known import intake_known
from tests.simulation.scene import Dossier, Scene

GTB = {"rol": "aanvrager", "organisatie": "ORG-GTB-GENT"}
HELPER = {"naam": "Els", "telefoon": "0470 00 00 02", "organisatie": "ORG-DMW-SCHELDEZORG"}
OUTSIDE = "21004"
"""A municipality outside Flanders: nobody decides there, and no GBO welcomes."""

MOVES, JUMPS = 9, (55, 30, 15)
"""A hand-off takes days where an activeringstraject takes months."""


async def toeleiding(scene: Scene, nis_code: str, name: str) -> Dossier:
    """A request with some of what it must have, by the person or by an organisation."""
    random = Random(f"{name}-aanvraag")
    inhoud = intake_moves.some_contents(Chance(random), 0.75)
    filed = {"aanvrager": GTB} if random.random() < 0.5 else {}
    runs_until = None
    if random.random() < 0.3:
        runs_until = (scene.begin + timedelta(days=random.randint(30, 200))).isoformat()
        inhoud["lopend"] = [{"soort": "activeringstraject", "van": str(scene.begin), "tot": runs_until}]
    elif random.random() < 0.3:
        inhoud["lopend"] = [{"soort": "arbeidsmatige_activiteiten", "van": str(scene.begin)}]
    born = "2016-01-01" if random.random() < 0.2 else "1990-01-01"
    asked = request_of(scene, nis_code, name, inhoud=inhoud, **filed)
    asked["persoon"]["geboortedatum"] = born
    dossier = await scene.admit(scene.register(Aanvraag.model_validate(asked)))
    dossier.asked = {"nis_code": nis_code, "loopt_tot": runs_until, **filed}
    return dossier


async def onthaal(scene: Scene, nis_code: str, name: str) -> Dossier:
    """An onthaaltraject after an advice of VDAB: with or without a choice, a helper or a home."""
    random = Random(f"{name}-aanvraag")
    keuze = random.choice((None, None, "ORG-OCMW-GENT", "ORG-CAW-VUURTOREN"))
    helped = {"hulpverlener": HELPER} if random.random() < 0.4 else {}
    dakloos = random.random() < 0.2
    registered = sent_to_gbo(scene, nis_code, name, keuze=keuze, dakloos=dakloos, **helped)
    dossier = await scene.admit(registered)
    dossier.asked = {"nis_code": nis_code, "onthaal": True}
    return dossier


def sent_to_gbo(
    scene: Scene, nis_code: str, name: str, *, keuze: str | None = None, dakloos: bool = False, **more: Any
) -> Registered:
    """A registered onthaaltraject that follows from a request whose own trajectory is left out here."""
    asked = scene.register(Aanvraag.model_validate(request_of(scene, nis_code, name, **more)))
    order = Vervolg(
        workflow_id=asked.workflow_id,
        reference=asked.reference,
        nis_code=nis_code,
        soort="onthaaltraject",
        begin=scene.begin,
        nu=at_hour(scene.begin, FIRST_HOUR),
        keuze=keuze,
    )
    registered = scene.stage.collaborators.follow_up.register(order)
    return registered.model_copy(update={"meegegeven": registered.meegegeven | {"dakloos": dakloos}})


def request_of(scene: Scene, nis_code: str, name: str, **more: Any) -> dict[str, Any]:
    """A request for a toeleiding as its sender writes it."""
    return {
        "sleutel": f"simulatie {name}",
        "soort": "toeleiding",
        "ingediend_op": scene.begin.isoformat(),
        "nis_code": nis_code,
        "persoon": {
            "voornaam": "Sim",
            "achternaam": name,
            "geboortedatum": "1990-01-01",
            "adres": "Straat 1",
            "postcode": "9000",
        },
        **more,
    }


TOELEIDING = Cast(
    places=("44021", "44021", "44021", "31005", "35013", "11002", OUTSIDE),
    request=toeleiding,
    draws=(
        intake_moves.answer,
        intake_moves.unsolicited,
        intake_mistakes.TOELEIDING,
        intake_mistakes.wild_day(intake_moves.answer, intake_moves.unsolicited),
    ),
    die=intake_moves.die,
    moves=MOVES,
    jumps=JUMPS,
    known=intake_known,
    of_life=intake_checks.of_toeleiding,
    of_scene=intake_checks.started_in_record,
)
ONTHAAL = Cast(
    places=("44021", "44021", "44021", "31005", "35013", "44048", OUTSIDE),
    request=onthaal,
    draws=(
        onthaal_moves.answer,
        onthaal_moves.unsolicited,
        intake_mistakes.ONTHAAL,
        intake_mistakes.wild_day(onthaal_moves.answer, onthaal_moves.unsolicited),
    ),
    die=intake_moves.die,
    moves=MOVES,
    jumps=JUMPS,
    known=intake_known,
    at_rest=intake_checks.of_onthaal,
    of_life=intake_checks.of_onthaal_life,
)
CASTS = {"toeleiding": TOELEIDING, "onthaaltraject": ONTHAAL}
