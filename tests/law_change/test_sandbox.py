"""A rule that looks at a clock is caught by the sandbox that production runs in."""

import pytest
from temporalio.client import Client, WorkflowFailureError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

import worker
from engine import Engine
from tests.law_change.clocked import LooksAtTheClock

QUEUE = "zandbak"


async def _asked(client: Client, rule: str) -> str:
    async with Worker(
        client,
        task_queue=QUEUE,
        workflows=[LooksAtTheClock],
        workflow_failure_exception_types=[Exception],
    ):
        return await client.execute_workflow(
            LooksAtTheClock.run, rule, id=f"zandbak/{rule}", task_queue=QUEUE
        )


@pytest.mark.parametrize("rule", ["today", "now", "time"])
async def test_a_clock_in_a_rule_is_caught(engine: Engine, rule: str) -> None:
    """Whatever clock a rule looks at, the workflow that asks it does not go on."""
    with pytest.raises(WorkflowFailureError) as failed:
        await _asked(await worker.connect(engine.connect_config), rule)
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "RestrictedWorkflowAccessError"


async def test_a_rule_that_is_given_its_day_is_not(engine: Engine) -> None:
    """The same workflow with a rule as it should be ends well."""
    assert await _asked(await worker.connect(engine.connect_config), "given") == "2027-01-04"


@pytest.mark.parametrize("package", ["rules", "workflows", "tests"])
def test_what_decides_stays_inside(package: str) -> None:
    """Rules and workflows are loaded inside the sandbox, never passed through."""
    assert package not in worker.SANDBOX.restrictions.passthrough_modules
