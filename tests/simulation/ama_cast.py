"""Who plays in the sequences of an AMA and of its yearly evaluations, and how an AMA begins."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from activities.follow_up import keep
from activities.registry import take_turn, workflow_id
from models.aanvraag import Aanvraag, Registered
from models.actors import Actor, Rol
from tests.simulation import ama_checks, ama_mistakes, ama_moves
from tests.simulation.ama_known import ama_known
from tests.simulation.cast import Cast, Draw
from tests.simulation.history import Life
from tests.simulation.intake_cast import request_of
from tests.simulation.scene import Dossier, Scene
from worker import wall_clock

GHENT = "44021"
BEGELEIDER = Actor(rol=Rol.BEGELEIDER, organisatie="ORG-DE-MEANDER", medewerker="MW-0502")
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
BORN = {"achttien_op": "2008-02-28", "vijfentwintig_op": "2015-02-28"}
JUMPS = (30, 35, 35)
"""Eleven of them and what comes after are some two years."""


async def welfare(scene: Scene, nis_code: str, name: str, kind: str | None = None) -> Dossier:
    """An AMA in welfare policy, notified by its begeleider; `kind` is for a broken one."""
    who = {"begeleider": BEGELEIDER.model_dump(mode="json")}
    return await _notified(scene, "arbeidsmatige_activiteiten", nis_code, name, who, kind)


async def social_economy(scene: Scene, nis_code: str, name: str) -> Dossier:
    """An AMA in the social economy, decided by VDAB, with or without a holder that was chosen then."""
    random = Random(f"{name}-houder")
    chosen = {"houder": random.choice(ama_moves.HOLDERS)} if random.random() < 0.6 else {}
    vdab = {"vdab": VDAB.model_dump(mode="json")} if random.random() < 0.7 else {}
    who = {"variant": "se", "beslist_op": str(scene.begin), **chosen, **vdab}
    return await _notified(scene, "ama_se", nis_code, name, who)


async def _notified(
    scene: Scene, soort: str, nis_code: str, name: str, who: dict[str, Any], kind: str | None = None
) -> Dossier:
    random = Random(f"{name}-aanvraag")
    asked = scene.register(Aanvraag.model_validate(request_of(scene, nis_code, name)))
    statuten = random.sample(ama_moves.STATUTEN, random.choice((0, 1, 1, 2)))
    ahead = random.choice((400, 8000, 8000, 8000))
    told = {
        "statuten": [{"code": code, "van": "2020-01-01"} for code in statuten],
        "pensioen_op": str((scene.begin + timedelta(days=ahead)).replace(day=1)),
    }
    answer = Registered(
        reference=asked.reference,
        workflow_id=workflow_id(soort, asked.reference, 1),
        soort=soort,
        begin=scene.begin,
        nis_code=asked.nis_code,
        meegegeven={**who, **BORN, **told},
    )
    with scene.stage.collaborators.database.begin() as session:
        take_turn(session, scene.begin.year)
        keep(session, answer, 1, f"simulatie ama {name}", "digest", wall_clock())
    return await scene.admit(answer, kind)


def opened(life: Life) -> Iterator[tuple[Registered, Cast]]:
    """The evaluations that an AMA opened."""
    for event in life.events:
        if event.soort == "traject-gestart":
            told = {key: event.gegevens[key] for key in ("soort", "workflow_id", "begin")}
            reference = life.steps[-1].reference
            yield Registered.model_validate({**told, "reference": reference, "nis_code": GHENT}), EVALUATION


def _draws(answer: Draw, unsolicited: Draw, *, evaluation: bool = False) -> tuple[Draw, Draw, Draw, Draw]:
    wrong = ama_mistakes.mistakes(answer, unsolicited, evaluation=evaluation)
    return answer, unsolicited, wrong, ama_mistakes.wild_day(answer, unsolicited)


EVALUATION = Cast(
    places=(GHENT,),
    request=welfare,
    draws=_draws(ama_moves.answer_evaluation, ama_moves.around_evaluation, evaluation=True),
    die=ama_moves.die,
    moves=8,
    known=ama_known,
    at_rest=ama_checks.of_ama,
)
"""The people around one yearly evaluation; nobody asks for it, an AMA opens it."""


def _ama(request: Any, *, share: bool = False) -> Cast:
    return Cast(
        places=(GHENT,),
        request=request,
        draws=_draws(ama_moves.answer, ama_moves.unsolicited),
        die=ama_moves.die,
        moves=12,
        tempers=((6, 4), (6, 4), (6, 6), (6, 6), (4, 6), (2, 6), (0, 0)),
        jumps=JUMPS,
        known=ama_known,
        at_rest=ama_checks.of_ama,
        of_life=ama_checks.of_ama_life,
        of_scene=ama_checks.of_record,
        followers=opened,
        share=share,
    )


CASTS = {"arbeidsmatige_activiteiten": _ama(welfare), "ama_se": _ama(social_economy, share=True)}
