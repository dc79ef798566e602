"""What must hold for an AMA and its yearly evaluations, beside what holds for every trajectory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from activities.database import Database
from models.tables import ContingentRow, PlaceRow, TrajectRow
from tests.simulation.ama_file import ONE_DAY, AmaFile, file_of, read, recognised_on
from tests.simulation.ama_known import OPEN
from tests.simulation.history import Life, Rest
from tests.simulation.scene import Scene

HELD = ("reserved", "occupied")


def of_ama(rest: Rest) -> Iterator[str]:
    """An open AMA, and one whose last day is not declared, waits for somebody by a date."""
    if rest.stand is None or rest.stand.fase not in (*OPEN, "uitstroom", "evalueren"):
        return
    owed = any(duty.addressee.organisatie and duty.due.value for duty in rest.live)
    if not owed and not rest.timers:
        yield f"in phase {rest.stand.fase} nobody owes anything by a date and no timer is armed"


def of_ama_life(life: Life) -> Iterator[str]:
    """What must hold over the whole life of an AMA."""
    yield from begun_against_the_law(life)
    yield from ended_before_it_began(life)
    yield from still_running(life)
    yield from evaluated_twice(life)
    yield from begun_twice(life)


def begun_against_the_law(life: Life) -> Iterator[str]:
    """No agreement begins without every permission of its first day, a recognised begeleider, or its place."""
    seen: set[int] = set()
    for step, file in read(life):
        ama = step.stand.ama
        for each in ama.overeenkomsten if ama else ():
            if each.nummer not in seen:
                seen.add(each.nummer)
                yield from _missing(each.nummer, each.van, file)
                if ama and ama.variant == "wvg" and not recognised_on(each.begeleider, each.van):
                    yield f"agreement {each.nummer} began on {each.van} with {each.begeleider}, not recognised"
                if ama and ama.variant == "se" and each.nummer in file.nowhere:
                    yield f"agreement {each.nummer} began on {each.van} and there was no place for it"


def _missing(number: int, day: date, file: AmaFile) -> Iterator[str]:
    for code in sorted(file.missing_on(day)):
        yield f"agreement {number} began on {day} without the permission for {code}"
    if not file.statuten_on(day):
        yield f"agreement {number} began on {day} and no statuut is known"


def ended_before_it_began(life: Life) -> Iterator[str]:
    """An agreement that began lasted a day at the least."""
    ama = life.stand.ama if life.steps else None
    for each in ama.overeenkomsten if ama else ():
        if each.tot is not None and each.tot < each.van:
            yield f"agreement {each.nummer} began on {each.van} and ended on {each.tot}"


def still_running(life: Life) -> Iterator[str]:
    """An agreement whose last day was signed is over when that day has passed, or the whole AMA ends by then."""
    if life.now is None or life.stand.fase != "begeleid" or life.stand.einde is not None:
        return
    yesterday = life.now.date() - 2 * ONE_DAY
    for each in file_of(life).agreements.values():
        last = each.signed_end
        if each.begun and each.einde is None and last is not None and last < yesterday:
            yield f"agreement {each.nummer} was signed until {last} and still runs"


def evaluated_twice(life: Life) -> Iterator[str]:
    """Each yearly evaluation opens once."""
    opened = Counter(
        event.gegevens["workflow_id"] for event in life.events if event.soort == "traject-gestart"
    )
    yield from (f"{which} was opened {count} times" for which, count in opened.items() if count > 1)


def begun_twice(life: Life) -> Iterator[str]:
    """An agreement begins once."""
    begun = Counter(event.tekst for event in life.events if event.soort == "begonnen")
    yield from (f"told {count} times: {text}" for text, count in begun.items() if count > 1)


class Evaluated(NamedTuple):
    """One yearly evaluation as the record has it."""

    ama: str
    number: int
    anniversary: date


class Held(NamedTuple):
    """A place in a contingent that is promised or taken."""

    holder: str
    number: int | None
    workflow_id: str


def of_record(scene: Scene) -> Iterator[str]:
    """What must hold in the record of all the AMA of a scene together."""
    database = scene.stage.collaborators.database
    yield from badly_numbered(evaluations(database))
    held = places_held(database)
    yield from beyond_contingent(held, places_on(database, scene.today))
    yield from held_after_the_end(held, ended(database))


def evaluations(database: Database) -> list[Evaluated]:
    """The yearly evaluations that the record has."""
    with database.read() as session:
        rows = session.scalars(select(TrajectRow).where(TrajectRow.soort == "evaluatie"))
        found = [(row.ordinal, row.begint_met or {}) for row in rows]
    return [Evaluated(told["ama"], number, date.fromisoformat(told["verjaardag"])) for number, told in found]


def badly_numbered(found: Sequence[Evaluated]) -> Iterator[str]:
    """The evaluations of an AMA are numbered from 1, one for each anniversary."""
    for ama in sorted({each.ama for each in found}):
        mine = sorted(each for each in found if each.ama == ama)
        numbers = [each.number for each in mine]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{ama} has evaluations {numbers}"
        days = [each.anniversary for each in mine]
        if days != sorted(set(days)):
            yield f"{ama} has evaluations for {[str(day) for day in days]}"


def places_held(database: Database) -> list[Held]:
    """The places that are promised or taken."""
    with database.read() as session:
        rows = session.scalars(select(PlaceRow).where(PlaceRow.status.in_(HELD)))
        return [Held(row.holder, row.number, row.workflow_id) for row in rows]


def places_on(database: Database, day: date) -> dict[str, int]:
    """How many places each holder has on a day; one whose contingent ended is not named."""
    with database.read() as session:
        rows = session.scalars(select(ContingentRow).order_by(ContingentRow.valid_from)).all()
        begun = {row.holder: row for row in rows if row.valid_from <= day}
        return {
            holder: row.places for holder, row in begun.items() if row.valid_to is None or row.valid_to >= day
        }


def beyond_contingent(held: Sequence[Held], places: dict[str, int]) -> Iterator[str]:
    """No holder has more people than places, no two have one place, and nobody holds two promises of one holder."""
    for holder, count in Counter(each.holder for each in held).items():
        if count > places.get(holder, 0):
            yield f"{holder} has {places.get(holder, 0)} places and {count} people"
    for (holder, number), count in Counter((each.holder, each.number) for each in held).items():
        if count > 1 or number is None:
            yield f"place {number} of {holder} is held {count} times"
    for (holder, who), count in Counter((each.holder, each.workflow_id) for each in held).items():
        if count > 1:
            yield f"{who} holds {count} places of {holder}"


def ended(database: Database) -> set[str]:
    """The AMA that are over."""
    with database.read() as session:
        over = select(TrajectRow.workflow_id).where(TrajectRow.fase.in_(("uitstroom", "ama_gesloten")))
        return set(session.scalars(over))


def held_after_the_end(held: Sequence[Held], over: set[str]) -> Iterator[str]:
    """Whoever stopped keeps no place."""
    yield from (f"{each.workflow_id} is over and holds a place" for each in held if each.workflow_id in over)
