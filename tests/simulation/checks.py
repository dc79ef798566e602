"""What must hold after every step, each as a function that lists what is wrong; none of them asks the workflow."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.actors import Rol
from models.clock import at_hour
from models.duties import Duty, DutyKind
from models.law import Law
from models.steps import Event, MessageOrder
from models.tables import DutyRow
from rules.ladder import ladder_for
from tests.simulation.history import Life, Rest
from tests.simulation.known import AFTER, ONE_DAY, Known, last_day_of_maximum, last_day_of_minimum
from tests.simulation.record import Delivery, Record

A_MOMENT = timedelta(minutes=1)
"""What it takes to get from a timer to its rest, at the most."""
WAKING = 7
AGREES = ("verlengen", "heropenen", "beslispunt_beslissen", "verlenging_beslissen")
"""The commands that agree on an end."""
NO_RUNG = ("aankondiging", "brief", "kennisgeving")
WINDOWS = ("heropenen tot", "open tot", "wissen op")
"""How the day is called until which something can still come after the end."""
OF_A_MESSAGE = "herstel/bericht/"
OF_ACTION = (DutyKind.AANBOD, DutyKind.ACTIE, DutyKind.VOORSTEL, DutyKind.PAKKET)
OWNER = re.compile(rf".+: .+ \(({'|'.join(Rol)})\)")


def everything(life: Life, record: Record, law: Law, looked_at: int = 0) -> list[str]:
    """All that is wrong with one trajectory; so many of its rests were looked at before."""
    rests = life.rests[looked_at:]
    return [
        *broken(life),
        *(f"{rest.moment:%Y-%m-%d %H:%M}: {found}" for rest in rests for found in at_rest(rest, law)),
        *told_twice(life.messages, life.workflow_id),
        *told_on_opening_day(life.messages, life.duties),
        *gaps(event.seq for event in life.events),
        *unlike_the_record(life, record),
    ]


def at_rest(rest: Rest, law: Law) -> Iterator[str]:
    """What is wrong with how a trajectory waits."""
    yield from left_alone(rest)
    yield from forgotten(rest, law)
    yield from nameless(rest)
    yield from past_maximum(rest)
    yield from before_minimum(rest)
    yield from undecided_by_nobody(rest)
    yield from owed_for_nothing(rest)
    yield from after_death(rest)
    yield from wrongly_late(rest)


def left_alone(rest: Rest) -> Iterator[str]:
    """An open trajectory has an open duty with owner and date, or an armed timer."""
    if not rest.timers and not any(_is_owed(duty, rest) for duty in rest.live):
        yield "no duty is open and no timer is armed"


def _is_owed(duty: Duty, rest: Rest) -> bool:
    """Whether somebody owes it by a date, or will be asked about the suspension in which it rests."""
    if not duty.addressee.organisatie:
        return False
    return duty.due.value is not None or (duty.rests_with_ledger and _asks_about_rest(rest))


def _asks_about_rest(rest: Rest) -> bool:
    dated = (duty.due.value is not None for duty in rest.live if duty.kind is DutyKind.HERVATTING)
    return any(dated)


def forgotten(rest: Rest, law: Law) -> Iterator[str]:
    """What has still to happen has a timer that goes off in time."""
    first = min((timer.at for timer in rest.timers), default=None)
    for duty in rest.live:
        if not _is_owed(duty, rest):
            yield f"{duty.key} has no owner or no date"
        due = duty.due.value
        late_at = at_hour(due + ONE_DAY, WAKING) if due and not duty.overdue_since else None
        if late_at and (first is None or first > late_at + A_MOMENT):
            yield f"{duty.key} will be late on {late_at:%Y-%m-%d} and nothing wakes before {first}"
        if first is None and due and _has_rungs(duty, law) and not _suspended(duty, rest):
            yield f"{duty.key} has rungs to come and no timer is armed"
    if first is None and (end := _end_ahead(rest)):
        yield f"the phase ends after {end} and no timer is armed"


def _end_ahead(rest: Rest) -> date | None:
    """The day after which the phase ends by itself: of a running plan, or of the window after the end."""
    dates = {each.naam: each.on.value for each in rest.stand.dates} if rest.stand else {}
    window = next((dates[name] for name in WINDOWS if dates.get(name)), None)
    return dates.get("gepland einde") or (window if window and window >= rest.today else None)


def _has_rungs(duty: Duty, law: Law) -> bool:
    mark = f"v{duty.version}.{len(duty.bezig)}/"
    passed = sum(each.startswith(mark) for each in duty.passed)
    return passed < len(ladder_for(duty.kind, law, duty.opened_on).value)


def _suspended(duty: Duty, rest: Rest) -> bool:
    return duty.rests_with_ledger and rest.stand is not None and rest.stand.opgeschort


def nameless(rest: Rest) -> Iterator[str]:
    """There is one timer at the most, in the future, and it says what it waits for and whose that is."""
    if len(rest.timers) > 1:
        yield f"{len(rest.timers)} timers are armed"
    for timer in rest.timers:
        if not OWNER.fullmatch(timer.summary):
            yield f"a timer says no owner: {timer.summary!r}"
        if timer.at < rest.moment:
            yield f"a timer should have gone off at {timer.at}"


def past_maximum(rest: Rest) -> Iterator[str]:
    """A trajectory lasts eighteen calendar months at the most, or as long as VDAB granted, and plans no longer."""
    if rest.stand is None or rest.plan_start is None:
        return
    last = max(last_day_of_maximum(rest.plan_start), rest.granted or rest.plan_start)
    if rest.stand.fase in (*AFTER, "einde_onbeslist") and (rest.stand.einde or date.max) > last:
        yield f"it ended on {rest.stand.einde}, the maximum was {last}"
    if rest.stand.fase != "lopend":
        return
    if rest.moment > at_hour(last + ONE_DAY, WAKING) + A_MOMENT:
        yield f"still running, the maximum was {last}"
    dates = {each.naam: each.on.value for each in rest.stand.dates}
    if dates.get("uiterste einde") != last:
        yield f"the latest end is told as {dates.get('uiterste einde')}, and is {last}"
    planned = dates.get("gepland einde")
    if planned is None or planned > last:
        yield f"the planned end {planned} lies past the maximum {last}"


def before_minimum(rest: Rest) -> Iterator[str]:
    """A plan is made for three calendar months at the least."""
    if rest.stand is None or rest.stand.fase != "lopend" or rest.plan_start is None:
        return
    first = last_day_of_minimum(rest.plan_start)
    planned = {each.naam: each.on.value for each in rest.stand.dates}.get("gepland einde")
    if planned and planned < first:
        yield f"the planned end {planned} lies before the minimum {first}"


def undecided_by_nobody(rest: Rest) -> Iterator[str]:
    """An end that VDAB has still to decide is owed by somebody with a name, and by nobody in another phase."""
    asked = [duty for duty in rest.live if duty.kind is DutyKind.VERLENGING]
    fase = rest.stand.fase if rest.stand else None
    if fase == "einde_onbeslist" and not any(duty.addressee.organisatie for duty in asked):
        yield "the end is undecided and nobody owes the decision"
    if asked and fase not in ("lopend", "einde_onbeslist"):
        yield f"in phase {fase} VDAB is asked for a longer plan"
    if len(asked) > 1:
        yield f"VDAB is asked {len(asked)} times at once"


def owed_for_nothing(rest: Rest) -> Iterator[str]:
    """Nobody owes anything about an action that is no longer in the plan."""
    for duty in rest.live:
        if duty.kind in OF_ACTION and int(duty.key.split("/")[1]) in rest.lapsed:
            yield f"{duty.key} is open and its action lapsed"


def after_death(rest: Rest) -> Iterator[str]:
    """After a death one duty is open: the closing note; and what operations repair of a document that was under way."""
    if rest.stand is not None and rest.stand.fase == "zonder_betrokkene":
        notes = [duty for duty in rest.live if duty.kind is DutyKind.AFRONDING]
        others = [duty.key for duty in rest.live if duty not in notes and not _repairs_document(duty)]
        if others:
            yield f"after the death these are open: {others}"
        if len(notes) != 1:
            yield f"after the death {len(notes)} closing notes are open"


def _repairs_document(duty: Duty) -> bool:
    return duty.kind is DutyKind.HERSTEL and not duty.key.startswith(OF_A_MESSAGE)


def wrongly_late(rest: Rest) -> Iterator[str]:
    """A duty is late from the morning after its date, and not before; what was done in time is not late."""
    for duty in rest.duties.values():
        due = duty.due.value
        if duty.overdue_since and (due is None or duty.overdue_since <= due):
            yield f"{duty.key} is late since {duty.overdue_since} and due {due}"
        late_at = at_hour(due + ONE_DAY, WAKING) + A_MOMENT if duty.live and due else None
        if late_at and late_at < rest.moment and not duty.overdue_since:
            yield f"{duty.key} was due {due} and is not late"
        if duty.happened_on and duty.overdue_since and (due is None or duty.happened_on <= due):
            yield f"{duty.key} was done on {duty.happened_on}, due {due}, and still counts as late"


def told_twice(messages: Sequence[MessageOrder], workflow_id: str) -> Iterator[str]:
    """Nobody hears the same thing twice: one message a key, and one a date, promise, rung and recipient."""
    for key, count in Counter(message.key for message in messages).items():
        if count > 1:
            yield f"message {key} was ordered {count} times"
    rungs = Counter(rung for message in messages if (rung := _rung(message, workflow_id)))
    yield from (f"told {count} times: {rung}" for rung, count in rungs.items() if count > 1)
    days = Counter(
        (message.opdracht, message.as_of, str(message.to))
        for message in messages
        if message.soort not in NO_RUNG
    )
    yield from (f"reminded {count} times in a day: {day}" for day, count in days.items() if count > 1)


def _rung(message: MessageOrder, workflow_id: str) -> tuple[str | None, date | None, str, str, str] | None:
    """What a rung says: the duty with its date, the promises made, the rung and the recipient."""
    if message.soort in NO_RUNG:
        return None
    version, rung, recipient = message.key.removeprefix(f"{workflow_id}/{message.opdracht}/").split("/", 2)
    return message.opdracht, message.due, version.partition(".")[2], rung, recipient


def told_on_opening_day(messages: Iterable[MessageOrder], duties: dict[str, Duty]) -> Iterator[str]:
    """No rung speaks on the day its duty opened."""
    for message in messages:
        if message.soort not in NO_RUNG and duties[str(message.opdracht)].opened_on >= message.as_of:
            yield f"{message.key} was sent on the day its duty opened"


def gaps(numbers: Iterable[int]) -> Iterator[str]:
    """Events are numbered from 1, without gaps."""
    found = list(numbers)
    if found != list(range(1, len(found) + 1)):
        yield f"events are numbered {found}"


def unlike_the_record(life: Life, record: Record) -> Iterator[str]:
    """The record knows every duty, event and message that the trajectory told, as it told it."""
    for key, duty in life.duties.items():
        if (row := record.duties.get(key)) is None:
            yield f"the record lacks {key}"
        elif _row(row) != _told(duty):
            yield f"the record has {key} as {_row(row)}, the trajectory told {_told(duty)}"
    yield from (f"the record made up {key}" for key in record.duties.keys() - life.duties.keys())
    if record.numbers != [event.seq for event in life.events]:
        yield f"the record has events {record.numbers[-3:]}, the trajectory told {life.events[-1].seq}"
    kept, ordered = {row.key for row in record.outbox}, {message.key for message in life.messages}
    yield from (f"the outbox lacks {key}" for key in sorted(ordered - kept))
    lines = (line.toestemming for step in life.steps for line in step.toestemmingen)
    permitted = {each.nummer: each.model_dump(mode="json") for each in lines}
    yield from (
        f"the record has permission {number} as {record.permissions.get(number)}, the trajectory told {told}"
        for number, told in permitted.items()
        if record.permissions.get(number) != told
    )
    if life.steps and record.traject.fase != life.stand.fase:
        yield f"the record is in phase {record.traject.fase}, the trajectory in {life.stand.fase}"


def _row(row: DutyRow) -> tuple[object, ...]:
    return (
        row.status,
        row.due,
        row.due_version,
        row.overdue_since,
        row.closed_on,
        row.rol,
        row.org,
        row.worker,
    )


def _told(duty: Duty) -> tuple[object, ...]:
    who = duty.addressee
    dates = duty.due.value, duty.version, duty.overdue_since, duty.closed_on
    return duty.status.value, *dates, who.rol.value, who.organisatie, who.medewerker


def broken(life: Life) -> Iterator[str]:
    """No workflow task ever failed, and a trajectory only ends by completing."""
    yield from (f"workflow task failed: {each[:400]}" for each in life.broken_tasks[:1])
    if life.ended not in (None, "completed"):
        yield f"the trajectory {life.ended}"


def many_mails(sent: Sequence[Delivery]) -> Iterator[str]:
    """At most one mail a recipient a day, and each mail once."""
    for (recipient, day), count in Counter((each.recipient, each.day) for each in sent).items():
        if count > 1:
            yield f"{recipient} got {count} mails on {day}"
    for mail, count in Counter(each.id for each in sent).items():
        if count > 1:
            yield f"mail {mail} was sent {count} times"


def letters_after_death(events: Iterable[Event], sent: Iterable[Delivery], reference: str) -> Iterator[str]:
    """No letter goes to the person from the day a death was entered until the day it was undone."""
    letters = [each.day for each in sent if each.recipient == f"persoon:{reference}"]
    for first, last in _held(events):
        yield from (f"a letter left on {day}" for day in letters if first <= day < last)


def _held(events: Iterable[Event]) -> Iterator[tuple[date, date]]:
    since: date | None = None
    for event in events:
        if event.soort == "overleden":
            since = since or event.ingevoerd_op
        elif event.soort == "overleden_ongedaan" and since is not None:
            yield since, event.ingevoerd_op
            since = None
    if since is not None:
        yield since, date.max


def traces_of_refusal(before: Life, after: Life) -> Iterator[str]:
    """A refused command leaves nothing behind: no accepted Update, no event, no other duty."""
    if after.updates_accepted != before.updates_accepted:
        yield "the history holds an accepted Update"
    if len(after.events) != len(before.events):
        yield f"events were told: {[event.tekst for event in after.events[len(before.events) :]]}"
    if after.duties != before.duties:
        yield "a duty changed"


def not_as_agreed(name: str, payload: Mapping[str, Any], facts: Known) -> Iterator[str]:
    """What was agreed is what is planned: an end that was accepted while nothing rests is the planned end."""
    agreed = payload.get("einde") if payload.get("keuze") != "uitzonderlijk" else None
    if name in AGREES and agreed and facts.fase == "lopend" and not facts.open_rest:
        planned = facts.dates.get("gepland einde")
        if str(planned) != agreed:
            yield f"{name} agreed on {agreed}, and the planned end is {planned}"


def not_brought_back(name: str, before: Life | None, after: Life) -> Iterator[str]:
    """The undo of a death brings back every duty that it withdrew, unless the phase ended meanwhile."""
    if name != "overleden_ongedaan" or before is None or _went_on(after):
        return
    if before.stand.fase == after.stand.fase:
        lost = [key for key, duty in before.duties.items() if duty.live and not after.duties[key].live]
        yield from (f"the undo did not bring back {key}" for key in lost)


def _went_on(life: Life) -> bool:
    """Whether the phase that the undo brought back ended in the same breath, because its last day had passed."""
    phases = [event.soort for event in life.events if event.soort in ("overleden_ongedaan", "fase")]
    return phases[-2:] == ["fase", "fase"]
