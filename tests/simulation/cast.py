"""Who plays in a sequence: how a kind of trajectory is asked for, what its people send, and what must hold for it."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.aanvraag import Registered
from tests.simulation import draws, mistakes
from tests.simulation.chance import Chance, Move
from tests.simulation.history import Life, Rest
from tests.simulation.known import Known, known
from tests.simulation.moves import die
from tests.simulation.scene import Dossier, Scene

Draw = Callable[[Chance, Known], Move | None]


def nothing_more(_looked_at: object) -> Iterator[str]:
    """Nothing else has to hold."""
    yield from ()


def nobody_follows(_life: Life) -> Iterator[tuple[Registered, "Cast"]]:
    """Nothing that it starts is played."""
    yield from ()


def as_told(life: Life, today: date, _dossier: Dossier) -> Known:
    """What is known of a trajectory from what it told."""
    return known(life, today)


@dataclass(frozen=True)
class Cast:
    """The people of one kind of trajectory."""

    places: Sequence[str]
    request: Callable[[Scene, str, str], Awaitable[Dossier]]
    """Asks for a trajectory in a municipality, under a name that nobody else has."""
    draws: tuple[Draw, Draw, Draw, Draw]
    """Answers, what happens by itself, what must be refused, and days far away."""
    die: Draw
    moves: int = 5
    """How much happens at a stop, at the most."""
    tempers: Sequence[tuple[float, float]] = ((6, 2), (6, 6), (4, 6), (2, 6), (1, 2), (0, 0))
    """How often its people answer, and how much happens by itself; one of them is as good as another."""
    jumps: tuple[int, int, int] = (35, 40, 25)
    """How often the next stop is days, weeks or months away."""
    known: Callable[[Life, date, Dossier], Known] = as_told
    at_rest: Callable[[Rest], Iterator[str]] = nothing_more
    of_life: Callable[[Life], Iterator[str]] = nothing_more
    of_scene: Callable[[Scene], Iterator[str]] = nothing_more
    share: bool = False
    """Whether what one of them does can change another."""
    followers: Callable[[Life], Iterator[tuple[Registered, "Cast"]]] = nobody_follows
    """The trajectories that this one started and that are played beside it."""


async def _request(scene: Scene, nis_code: str, name: str) -> Dossier:
    return await scene.request(nis_code, name)


ACTIVERING = Cast(
    places=("44021", "44021", "44021", "44021", "31005", "35013", "11002"),
    request=_request,
    draws=(draws.answer, draws.unsolicited, mistakes.forbidden, mistakes.wild),
    die=die,
)
"""Gent, mostly; Brugge and Oostende; and a municipality for which no tandem is known."""
