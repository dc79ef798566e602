"""Which of the places that a worker passes are disturbed: drawn by chance, so that each kind of work has its turn."""

import random
from collections.abc import Iterable

SEED = 1


def kind_of(place: str) -> str:
    """The activity that a place is in."""
    return place.partition(":")[0]


def one_of_each(places: Iterable[str]) -> list[str]:
    """A place before, one at the commit (where there is one), and one after the work of each kind of activity."""
    alike: dict[tuple[str, str], list[str]] = {}
    for place in sorted(set(places)):
        alike.setdefault((kind_of(place), place.rpartition(":")[2]), []).append(place)
    chance = random.Random(SEED)
    return [chance.choice(each) for each in alike.values()]
