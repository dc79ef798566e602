"""The replay gate: whatever the recorded trajectories told, this code tells again, to the day."""

import json
from itertools import pairwise

import pytest
from temporalio.workflow import NondeterminismError
from temporalio.workflow import _Definition as Definition

import worker
from tests.replay import changed
from tests.replay.corpus import HISTORIES, NAMES, kind_of, read
from tests.replay.listening import replayed
from tests.replay.stories import STORIES
from tests.replay.told import Told, differences, recorded, retold, steps

AGAIN = "a case would hear something else than it was told: use workflow.patched(), or record anew (docs/replay.md)"
MANY = 20
"""More differences than anybody reads."""
STOPPED = "stopgezet.1"
NEVER_WOKEN = "nooit_gewekt.1"
"""A trajectory in which no timer went off: another deadline gives the same commands."""
LATE_NOT_REMINDED = "net_te_laat.1"
"""A first talk after its date and before its first reminder: one timer waited for a rung in vain."""


async def gate(name: str, workflows: list[type] | None = None) -> list[str]:
    """What the replay gate has against a history."""
    history = read(name)
    return differences(recorded(history), retold(await replayed(history, workflows or worker.WORKFLOWS)))


@pytest.mark.parametrize("name", NAMES)
async def test_a_recorded_history_is_told_again_to_the_day(name: str) -> None:
    """The replay of a history gives the same steps, duties, dates, Findings, answers, orders and timers."""
    found = await gate(name)
    assert not found, "\n".join([AGAIN, *found[:MANY]])


def test_every_workflow_and_every_story_has_its_histories() -> None:
    """No workflow of the product, and no turn a trajectory can take, is outside the gate."""
    assert set(map(kind_of, NAMES)) == {Definition.must_from_class(each).name for each in worker.WORKFLOWS}
    stories = {name.rpartition(".")[0] for name in NAMES}
    assert {story.naam.replace(" ", "_") for story in STORIES} <= stories


def test_the_corpus_is_worth_replaying() -> None:
    """Between them the histories hold every phase, ladder, letter, repair and Finding that the gate must compare."""
    told = [step for name in NAMES for step in steps(recorded(read(name)))]
    events = {event["soort"] for step in told for event in step["events"]}
    assert {
        "te-laat",
        "herinnering",
        "termijn-verschoven",
        "storing",
        "gevolgen",
        "opdracht-hersteld",
    } <= events
    assert {"parameters-herzien", "overleden_ongedaan", "heropenen", "document-gemaakt"} <= events
    phases = {step["stand"]["fase"] for step in told}
    assert phases >= {
        "voorbereiding",
        "lopend",
        "afronding",
        "afgesloten",
        "zonder_betrokkene",
        "einde_onbeslist",
    }
    assert any(finding["parameters"] for step in told for e in step["events"] for finding in e["findings"])
    assert any(duty["due"]["value"] for step in told for duty in step["duties"])


def test_a_checkpointed_story_has_a_history_for_each_run() -> None:
    """Every run but the last hands its whole state over, and the next one starts with exactly that."""
    runs = sorted(name for name in NAMES if name.startswith("checkpoint."))
    assert len(runs) == 4
    for one, next_one in pairwise(runs):
        handed = read(one).events[-1].workflow_execution_continued_as_new_event_attributes
        started = read(next_one).events[0].workflow_execution_started_event_attributes
        assert handed.input == started.input
        assert handed.new_execution_run_id == started.original_execution_run_id


def test_the_corpus_stays_small() -> None:
    """The histories are a reasonable part of a checkout."""
    assert sum(path.stat().st_size for path in HISTORIES.glob("*.json")) < 8_000_000


async def test_a_date_read_from_other_tables_is_seen_though_the_engine_is_content() -> None:
    """A term that no longer comes from the history gives the same commands, and still fails the gate."""
    found = await gate(STOPPED, [changed.LaterEindverslag])
    assert any(".due.value: " in line for line in found), found
    assert any(line.startswith("timer ") and "runs: " in line for line in found), found


async def test_a_later_rung_is_seen_by_its_timer_alone() -> None:
    """A ladder that climbs a day later is seen before anybody was reminded, by how long a timer runs."""
    found = await gate(LATE_NOT_REMINDED, [changed.LaterRung])
    assert found
    assert all(line.startswith(("timer ", "search attributes ", "stap_vastleggen ")) for line in found), found
    assert any(line.startswith("timer ") for line in found), found


async def test_another_waking_hour_is_seen_by_the_timers() -> None:
    """When only the hour changes, every date stays and every timer tells."""
    found = await gate(NEVER_WOKEN, [changed.LaterHour])
    assert any(line.startswith("timer ") and "runs: " in line for line in found), found
    assert not any(".due.value: " in line for line in found), found


async def test_another_order_of_commands_is_refused() -> None:
    """The same commands in another order are no replay at all."""
    with pytest.raises(NondeterminismError):
        await gate(NEVER_WOKEN, [changed.OtherOrder])


async def test_a_timer_that_is_gone_from_the_history_is_seen() -> None:
    """The comparison goes both ways: what is told for the first time counts too."""
    was = recorded(read(STOPPED))
    first = next(key for key in was if key[0] == "timer")
    without: Told = {key: contents for key, contents in was.items() if key != first}
    assert differences(without, was) == [f"timer {first[1]}: told for the first time"]
    assert differences(was, without) == [f"timer {first[1]}: no longer told"]


async def test_another_sentence_is_no_other_date() -> None:
    """Wording can improve without a new recording, a number in a sentence cannot change."""
    assert await gate(STOPPED, [changed.OtherWords]) == []
    was = recorded(read(STOPPED))
    other = json.loads(json.dumps(list(was.values())))
    assert differences(was, dict(zip(was, other, strict=True))) == []
