"""What a worker process has done before it is forked: read the code, and tried every workflow in the sandbox."""

import asyncio

import weasyprint  # noqa: F401
from temporalio.workflow import _Definition as Definition

import tests.chaos.worker_process  # noqa: F401
from worker import SANDBOX, WORKFLOWS


async def _try_workflows() -> None:
    for each in WORKFLOWS:
        SANDBOX.prepare_workflow(Definition.must_from_class(each))


asyncio.run(_try_workflows())
