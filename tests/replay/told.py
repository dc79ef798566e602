"""What a trajectory told the world, read from a recorded history or from a replay, in the same words.

The engine compares the kind and order of commands. Here their contents are compared: every step with its events,
duties, dates and Findings, every order, answer and search attribute, the state a checkpoint hands over, and how long
every timer runs. Of a sentence only its numbers and dates count, so that wording can improve without a new recording.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from google.protobuf.duration_pb2 import Duration
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from models.ama_case import AmaStart
from models.ama_orders import BeginOrder, EvaluatieOrder, OpzoekOrder
from models.case import Beginning, Start
from models.contingent import Overslaan, PlaatsInnemen, PlaatsVraag, PlaatsVrijgeven, Verwittiging
from models.documents import DocumentOrder
from models.evaluatie_case import EvaluatieStart
from models.follow_up import AfzenderMelden, Vervolg
from models.gbo import KernpartnerOrder
from models.law import LawOrder
from models.mail import DigestOrder, PostOrder
from models.messages import Outcome
from models.onthaal_case import OnthaalStart
from models.steps import Step, TeamOrder
from models.sweeps import Part
from models.toeleiding_case import ToeleidingStart

Key = tuple[str, str]
Told = dict[Key, Any]
"""What was told, by its kind and number, in the order it was told."""

ORDERS: dict[str, type[Any]] = {
    "stap_vastleggen": Step,
    "team_toewijzen": TeamOrder,
    "bevoegdheid_zoeken": TeamOrder,
    "samenloop_zoeken": str,
    "traject_starten": Vervolg,
    "afzender_melden": AfzenderMelden,
    "kernpartners_zoeken": KernpartnerOrder,
    "wet_lezen": LawOrder,
    "document_maken": DocumentOrder,
    "post_versturen": PostOrder,
    "digest_opstellen": DigestOrder,
    "ama_opzoeken": OpzoekOrder,
    "ama_beginnen": BeginOrder,
    "evaluatie_openen": EvaluatieOrder,
    "plaats_vragen": PlaatsVraag,
    "plaats_innemen": PlaatsInnemen,
    "plaats_vrijgeven": PlaatsVrijgeven,
    "plaats_overslaan": Overslaan,
    "wachtenden_verwittigen": Verwittiging,
    "controle_trajecten": Part,
    "evaluaties_wekken": Part,
    "controle_erkenningen": Part,
    "plaatsen_nagaan": Part,
    "kwartaalronde": Part,
}
SENTENCES = ("tekst", "vraag", "samenvatting", "uitleg")
NUMBERS = re.compile(r"\d+(?:[-.:/#]\d+)*")


def recorded(history: WorkflowHistory) -> Told:
    """What the workflow told when it was recorded."""
    told: Told = {}
    for event in history.events:
        for kind, number, contents in _of_event(event):
            told[_key(told, kind, number)] = contents
    return told


def retold(commands: Iterable[WorkflowCommand]) -> Told:
    """What the workflow told while it was replayed; a timer that was called off at once never reached the history."""
    told: Told = {}
    called_off = set()
    for command in commands:
        if command.HasField("cancel_timer"):
            called_off.add(("timer", str(command.cancel_timer.seq)))
        for kind, number, contents in _of_command(command):
            told[_key(told, kind, number)] = contents
    for key in called_off:
        told[key]["called off"] = True
    return told


def differences(was: Told, now: Told) -> list[str]:
    """Where a replay tells something else than the recording did, one line each, in the order of the recording."""
    found = []
    for key, contents in was.items():
        if key not in now:
            found.append(f"{' '.join(key)}: no longer told")
            continue
        again = {k: v for k, v in now[key].items() if k != "called off"}
        found += [f"{' '.join(key)}: {line}" for line in _unlike(contents, again)]
    new = (key for key, contents in now.items() if key not in was and not contents.get("called off"))
    return found + [f"{' '.join(key)}: told for the first time" for key in new]


def steps(told: Told) -> Iterator[Mapping[str, Any]]:
    """The steps among what was told, as the record got them."""
    for (kind, _), contents in told.items():
        if kind == "stap_vastleggen":
            yield contents["order"]


def _key(told: Told, kind: str, number: str | None) -> Key:
    """What has no number of its own is counted."""
    return kind, number if number is not None else str(1 + sum(known == kind for known, _ in told))


def _of_event(event: HistoryEvent) -> Iterator[tuple[str, str | None, Any]]:
    match event.event_type:
        case EventType.EVENT_TYPE_TIMER_STARTED:
            timer = event.timer_started_event_attributes
            yield "timer", timer.timer_id, _timer(timer.start_to_fire_timeout, event.user_metadata)
        case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            call = event.activity_task_scheduled_event_attributes
            yield (
                call.activity_type.name,
                call.activity_id,
                _call(call, call.activity_type.name, call.input.payloads),
            )
        case EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
            attributes = event.upsert_workflow_search_attributes_event_attributes.search_attributes
            yield "search attributes", None, _attributes(attributes.indexed_fields)
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
            answer = event.workflow_execution_update_completed_event_attributes
            yield "answer", answer.meta.update_id, _result(answer.outcome.success.payloads, Outcome)
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
            again = event.workflow_execution_continued_as_new_event_attributes
            yield "checkpoint", "", _start(again.input.payloads)
        case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
            yield "end", "", _end(event.workflow_execution_completed_event_attributes.result.payloads)


def _of_command(command: WorkflowCommand) -> Iterator[tuple[str, str | None, Any]]:
    match command.WhichOneof("variant"):
        case "start_timer":
            timer = command.start_timer
            yield "timer", str(timer.seq), _timer(timer.start_to_fire_timeout, command.user_metadata)
        case "schedule_activity":
            call = command.schedule_activity
            yield call.activity_type, call.activity_id, _call(call, call.activity_type, call.arguments)
        case "upsert_workflow_search_attributes":
            attributes = command.upsert_workflow_search_attributes.search_attributes
            yield "search attributes", None, _attributes(attributes.indexed_fields)
        case "update_response" if command.update_response.HasField("completed"):
            answer = command.update_response
            yield "answer", answer.protocol_instance_id, _result([answer.completed], Outcome)
        case "continue_as_new_workflow_execution":
            again = command.continue_as_new_workflow_execution
            yield "checkpoint", "", _start(again.arguments)
        case "complete_workflow_execution":
            yield "end", "", _end([command.complete_workflow_execution.result])


def _timer(length: Duration, metadata: Any) -> dict[str, Any]:
    return {"runs": str(length.ToTimedelta()), "waits for": _decoded([metadata.summary], str)}


def _call(call: Any, name: str, payloads: Iterable[Payload]) -> dict[str, Any]:
    return {
        "queue": call.task_queue if isinstance(call.task_queue, str) else call.task_queue.name,
        "patience": str(call.start_to_close_timeout.ToTimedelta()),
        "attempts": call.retry_policy.maximum_attempts,
        "order": _decoded(payloads, ORDERS[name]),
    }


def _attributes(fields: Mapping[str, Payload]) -> dict[str, Any]:
    return {name: fields[name].data.decode() for name in sorted(fields)}


def _start(payloads: Iterable[Payload]) -> dict[str, Any]:
    """The state that a checkpoint hands over; which kind of trajectory it is shows in what it begins with."""
    (payload,) = payloads
    told = json.loads(payload.data)
    kinds: dict[str, type[Beginning]] = {
        "inhoud": ToeleidingStart,
        "herkomst": OnthaalStart,
        "pensioen_op": AmaStart,
        "verjaardag": EvaluatieStart,
    }
    kind = next((kinds[field] for field in kinds if field in told), Start)
    return {"start": _decoded([payload], kind)}


def _result(payloads: Iterable[Payload], kind: type[BaseModel]) -> dict[str, Any]:
    return {"result": _decoded(payloads, kind)}


def _end(payloads: Iterable[Payload]) -> dict[str, Any]:
    return {"result": pydantic_data_converter.payload_converter.from_payloads(list(payloads), [dict])}


def _decoded(payloads: Iterable[Payload], kind: type) -> Any:
    """The one value in some payloads, read by production's converter, as plain data; a new field gets its default."""
    listed = [payload for payload in payloads if payload.metadata]
    if not listed:
        return None
    (value,) = pydantic_data_converter.payload_converter.from_payloads(listed, [kind])
    return _numbers(value) if isinstance(value, str) else _plain(value.model_dump(mode="json"))


def _plain(value: Any) -> Any:
    """The same data with every sentence reduced to its numbers."""
    if isinstance(value, dict):
        return {
            key: _numbers(each) if _is_sentence(key, value) else _plain(each) for key, each in value.items()
        }
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _is_sentence(key: str, holder: dict[str, Any]) -> bool:
    """A sentence that only people read; the `reden` of a duty is more than that, the one of a Finding is not."""
    return isinstance(holder[key], str) and (key in SENTENCES or (key == "reden" and "article" in holder))


def _numbers(sentence: str) -> list[str]:
    return NUMBERS.findall(sentence)


def _unlike(was: Any, now: Any, path: str = "") -> Iterator[str]:
    """Where two plain values differ, by the path to each place."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            yield from _unlike(was.get(key), now.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _unlike(one, other, f"{path}[{number}]")
    elif was != now:
        yield f"{path}: {was} becomes {now}"
