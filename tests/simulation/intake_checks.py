"""What must hold for a toeleiding and an onthaaltraject after every step, beside what holds for every trajectory."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import func, select

from models.actors import OPERATIES_ORGANISATIE, Rol
from models.clock import at_hour
from models.duties import Duty, DutyKind
from models.steps import Event
from models.tables import EventRow, TrajectRow
from tests.simulation.checks import A_MOMENT, WAKING
from tests.simulation.history import Life, Rest
from tests.simulation.scene import Scene

OPEN = ("routering", "doorgifte", "kennismaking", "onthaal")
FOLLOW = ("activeringstraject", "onthaaltraject", "ama_se")
A_YEAR = relativedelta(months=12)


def of_onthaal(rest: Rest) -> Iterator[str]:
    """Somebody has the person or looks for somebody; access ends at a reroute, and the file within a year."""
    yield from unowned(rest)
    yield from wrong_access(rest)
    yield from kept_too_long(rest)


def unowned(rest: Rest) -> Iterator[str]:
    """An open onthaaltraject has an owner organisation and a date at every moment."""
    if rest.stand is None or rest.stand.fase not in OPEN:
        return
    owed = any(duty.addressee.organisatie and duty.due.value for duty in rest.live)
    if not owed and not (rest.organisaties and rest.timers):
        yield f"in phase {rest.stand.fase} nobody has the person by a date"


def wrong_access(rest: Rest) -> Iterator[str]:
    """Only the last kernpartner that was asked finds it in its lists, and nobody while a next one is looked for."""
    if rest.stand is None or rest.stand.fase not in OPEN:
        return
    sent = _sent(rest)
    expected = () if rest.stand.fase == "routering" else tuple(sent[-1:])
    if rest.organisaties != expected:
        yield f"in phase {rest.stand.fase} it is in the lists of {rest.organisaties}, and was sent to {sent}"
    if rest.stand.fase == "routering" and not any(_of_operations(duty) for duty in rest.live):
        yield "nobody has the person and operations are not asked for a kernpartner"


def _sent(rest: Rest) -> list[str]:
    """The organisations that were sent the data, in that order."""
    asked = (duty for duty in rest.duties.values() if duty.kind is DutyKind.ONTVANGST)
    return [duty.addressee.organisatie for duty in asked]


def _of_operations(duty: Duty) -> bool:
    return duty.addressee.organisatie == OPERATIES_ORGANISATIE and duty.due.value is not None


def kept_too_long(rest: Rest) -> Iterator[str]:
    """An ended file is erased within a year after its end, by a timer that is armed."""
    if rest.stand is None or rest.stand.fase != "beeindigd" or rest.stand.einde is None:
        return
    last = rest.stand.einde + A_YEAR
    erased = {each.naam: each.on.value for each in rest.stand.dates}.get("wissen op")
    if erased is None or erased > last:
        yield f"it ended on {rest.stand.einde} and is erased on {erased}"
    if rest.moment > at_hour(last, WAKING) + A_MOMENT:
        yield f"it should have been erased on {last}"
    elif not any(timer.at <= at_hour(last, WAKING) + A_MOMENT for timer in rest.timers):
        yield f"it is erased on {last} and no timer is armed for it"


def access_not_ended(life: Life) -> Iterator[str]:
    """What a checkpoint carries says of every kernpartner but the last until when it had access."""
    for state in life.carried:
        passed = state["facts"]["doorgiften"]
        last = passed if state["phase"]["fase"] == "routering" else passed[:-1]
        yield from (f"{each['aan']['organisatie']} still has access" for each in last if each["tot"] is None)


def not_sent_on(life: Life) -> Iterator[str]:
    """Nobody is asked twice in one round, but by a person who names them."""
    named = {event.opdracht for event in life.events if event.soort == "kernpartner_aanduiden"}
    asked = [duty for duty in life.duties.values() if duty.kind is DutyKind.ONTVANGST]
    orgs = Counter(duty.addressee.organisatie for duty in asked)
    if not named:
        yield from (f"{org} was asked {count} times" for org, count in orgs.items() if count > 1)
    if any(duty.addressee.rol is not Rol.KERNPARTNER for duty in asked):
        yield "somebody who is no kernpartner was asked"


def of_onthaal_life(life: Life) -> Iterator[str]:
    """What must hold over the whole life of an onthaaltraject."""
    yield from access_not_ended(life)
    yield from not_sent_on(life)


def of_toeleiding(life: Life) -> Iterator[str]:
    """What was decided starts once, on its day; nothing starts after a withdrawal or beside a refusal."""
    started = [event for event in life.events if event.soort == "traject-gestart"]
    kinds = Counter(_soort(event) for event in started)
    yield from (f"{count} of {soort} were started" for soort, count in kinds.items() if count > 1)
    decided = _decided(life)
    for event in started:
        if event.gegevens["begin"] != event.ingevoerd_op.isoformat():
            yield f"on {event.ingevoerd_op} a {_soort(event)} was started for {event.gegevens['begin']}"
        if decided is None or _soort(event) not in _wanted(decided):
            yield f"a {_soort(event)} was started and not decided"
    if decided is not None and not kinds and _stood_still(life, decided):
        yield f"{_wanted(decided)} was decided and did not start"


def _soort(event: Event) -> str:
    return str(event.gegevens.get("soort") or str(event.gegevens["workflow_id"]).partition("/")[0])


def _decided(life: Life) -> Event | None:
    return next((event for event in life.events if event.soort == "toeleiding_beslissen"), None)


def _wanted(decided: Event) -> tuple[str, ...]:
    told = decided.gegevens
    chosen = [told["route"]] if told["route"] in ("activeringstraject", "ama_se") else []
    return (*chosen, *(["onthaaltraject"] if told["onthaal"] else []))


def _stood_still(life: Life, decided: Event) -> bool:
    """Whether the first day passed while nobody died, withdrew or looked at what failed."""
    begin = date.fromisoformat(decided.gegevens["start"] or decided.ingevoerd_op.isoformat())
    late = life.now is not None and life.now > at_hour(begin, WAKING) + A_MOMENT
    other = {"overleden", "aanvraag_intrekken", "niet-gestart", "storing"}
    return bool(_wanted(decided)) and late and other.isdisjoint(event.soort for event in life.events)


def started_in_record(scene: Scene) -> Iterator[str]:
    """The record has as many trajectories that followed as were told, and one of a kind for a dossier."""
    with scene.stage.collaborators.database.read() as session:
        rows = session.execute(select(TrajectRow.reference, TrajectRow.soort)).all()
        told = session.scalar(select(func.count()).where(EventRow.soort == "traject-gestart"))
    followed = [(reference, soort) for reference, soort in rows if soort in FOLLOW]
    if len(followed) != told:
        yield f"{told} trajectories were told to follow, the record has {len(followed)}"
    for (reference, soort), count in Counter(followed).items():
        if count > 1:
            yield f"{reference} has {count} of {soort}"
