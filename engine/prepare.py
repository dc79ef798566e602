"""Makes a Temporal server ready for Werkzorg: namespace, retention and search attributes."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from google.protobuf.duration_pb2 import Duration
from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
    UpdateWorkflowExecutionOptionsRequest,
)
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from engine.problem import EngineProblem

RETENTION = timedelta(days=90)
_NOTICED_WITHIN = 10.0

Answer = TypeVar("Answer")

_KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
_KEYWORD_LIST = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST
_DATETIME = IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
_BOOL = IndexedValueType.INDEXED_VALUE_TYPE_BOOL

SEARCH_ATTRIBUTES: dict[str, IndexedValueType.ValueType] = {
    "Dossier": _KEYWORD,
    "Fase": _KEYWORD,
    "Werkingsgebied": _KEYWORD,
    "VolgendeOpdracht": _KEYWORD,
    "Organisaties": _KEYWORD_LIST,
    "VolgendeTermijn": _DATETIME,
    "TeLaat": _BOOL,
    "Opgeschort": _BOOL,
}


async def prepare(client: Client, *, ours: bool = True) -> None:
    """Bring the namespace of this client to what the product needs.

    Where the server is not ours, its namespace must exist and its retention is left alone.
    Raises EngineProblem for a search attribute of another type, RPCError for what the server refuses.
    """
    if ours:
        await _namespace(client)
    if missing := await missing_attributes(client):
        order = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        await _once_known(lambda: client.operator_service.add_search_attributes(order))


async def missing_attributes(client: Client) -> dict[str, IndexedValueType.ValueType]:
    """The search attributes that this namespace does not have yet; one of another type is refused."""
    ask = ListSearchAttributesRequest(namespace=client.namespace)
    answer = await _once_known(lambda: client.operator_service.list_search_attributes(ask))
    present = answer.custom_attributes
    wrong = [name for name, kind in SEARCH_ATTRIBUTES.items() if present.get(name, kind) != kind]
    if wrong:
        raise EngineProblem(
            f"Zoekattribuut {wrong[0]} bestaat in namespace {client.namespace} met een ander type: "
            "verwijder het daar (`temporal operator search-attribute remove`) of kies een andere namespace."
        )
    return {name: kind for name, kind in SEARCH_ATTRIBUTES.items() if name not in present}


async def has_time_skipping(client: Client) -> bool:
    """Whether this server can move a workflow's clock, asked with a workflow that does not exist."""
    options = WorkflowExecutionOptions()
    options.time_skipping_config.SetInParent()
    try:
        await client.workflow_service.update_workflow_execution_options(
            UpdateWorkflowExecutionOptionsRequest(
                namespace=client.namespace,
                workflow_execution=WorkflowExecution(workflow_id="werkzorg-tijdproef"),
                workflow_execution_options=options,
                update_mask=FieldMask(paths=["time_skipping_config"]),
            ),
            retry=True,
        )
    except RPCError as refusal:
        return refusal.status == RPCStatusCode.NOT_FOUND
    return True


async def _namespace(client: Client) -> None:
    """The namespace with our retention: register it, or set what a development server left at a day.

    Registering comes first: asking after a namespace that is not there makes the server deny it for a second.
    """
    wanted = Duration()
    wanted.FromTimedelta(RETENTION)
    try:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(namespace=client.namespace, workflow_execution_retention_period=wanted)
        )
    except RPCError as error:
        if error.status != RPCStatusCode.ALREADY_EXISTS:
            raise
        await _keep(client, wanted)


async def _keep(client: Client, wanted: Duration) -> None:
    ask = DescribeNamespaceRequest(namespace=client.namespace)
    found = await _once_known(lambda: client.workflow_service.describe_namespace(ask))
    if found.config.workflow_execution_retention_ttl != wanted:
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(
                namespace=client.namespace,
                config=NamespaceConfig(workflow_execution_retention_ttl=wanted),
            )
        )


async def _once_known(call: Callable[[], Awaitable[Answer]]) -> Answer:
    """Call again while the server has not yet noticed its own new namespace."""
    end = time.monotonic() + _NOTICED_WITHIN
    while True:
        try:
            return await call()
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND or time.monotonic() > end:
                raise
            await asyncio.sleep(0.05)
