"""Blob triggers whose source is Event Grid: a webhook, a control queue, the function."""

import asyncio
import base64
import logging
from dataclasses import dataclass
from typing import Any

import azure.functions as func
from azure.core.exceptions import AzureError, ResourceNotFoundError
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue import QueueMessage
from azure.storage.queue.aio import QueueClient
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel, to_pascal

from local.host.blob_bindings import Bind
from local.host.blob_paths import BlobPath
from local.host.http_functions import json_response
from local.host.indexing import Function
from local.host.invocation import Invoker
from local.host.queue_listener import HopelessError, QueueListener, first_line, send_creating

log = logging.getLogger("local.host")

WEBHOOK = "/runtime/webhooks/blobs"
BLOB_CREATED = "Microsoft.Storage.BlobCreated"
SUBSCRIPTION_VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent"
POISON_QUEUE = "webjobs-blobtrigger-poison"
SENDS_AT_ONCE = 16
MOST_WAITING = 500
SUBJECT_PREFIX = "/blobServices/default/containers/"


def control_queue(host_id: str) -> str:
    """The queue that holds a host's blob events until its functions have seen them."""
    return f"azure-webjobs-blobtrigger-{host_id}"


class Event(BaseModel):
    """What matters of an Event Grid event."""

    model_config = ConfigDict(alias_generator=to_camel)

    event_type: str
    subject: str = ""
    data: dict[str, Any] = {}


class ControlMessage(BaseModel):
    """A message of the control queue: call this function for this blob."""

    model_config = ConfigDict(alias_generator=to_pascal, populate_by_name=True)

    function_id: str
    blob_type: str = "BlockBlob"
    container_name: str
    blob_name: str
    e_tag: str = ""


@dataclass(frozen=True)
class BlobTrigger:
    """A function with a blob trigger, ready to be called for a blob."""

    function: Function
    path: BlobPath
    bind: Bind
    service: BlobServiceClient


class BlobEvents:
    """Receives Event Grid's events for blob triggers and calls the functions.

    At least once, without receipts: an event that comes twice calls its function twice, as in
    Azure. An event for a blob that is gone, or that the trigger's path does not match, is dropped.
    """

    def __init__(self, triggers: list[BlobTrigger], control: QueueClient, invoke: Invoker) -> None:
        self._triggers = {trigger.function.id: trigger for trigger in triggers}
        self._control = control
        self._invoke = invoke
        self.listener: QueueListener | None = None

    async def webhook(self, request: func.HttpRequest) -> func.HttpResponse:
        """Answer Event Grid: 202 when every event is safe in the control queue."""
        trigger = self._triggers.get(request.params.get("functionName", ""))
        if trigger is None:
            return func.HttpResponse("There is no such blob function.", status_code=404)
        try:
            events = TypeAdapter(list[Event]).validate_json(request.get_body())
        except ValidationError:
            return func.HttpResponse("The body is not an array of Event Grid events.", status_code=400)
        for event in events:
            if event.event_type == SUBSCRIPTION_VALIDATION:
                return json_response({"validationResponse": event.data.get("validationCode")})
        sends = asyncio.Semaphore(SENDS_AT_ONCE)
        try:
            if await self._is_full():
                return func.HttpResponse("Too many events wait; send these later.", status_code=503)
            await asyncio.gather(*(self._enqueue(trigger, event, sends) for event in events))
        except AzureError as error:
            log.error("Blob events for %s: %s", trigger.function.name, first_line(error))
            return func.HttpResponse("Storage failed; send the events again.", status_code=503)
        if self.listener:
            self.listener.wake()
        return func.HttpResponse(status_code=202)

    async def handle(self, _: QueueMessage, body: bytes) -> None:
        """Call the function that a control message names, unless its blob is gone."""
        message = _parse(body)
        trigger = self._triggers.get(message.function_id)
        if trigger is None:
            raise HopelessError(f"names {message.function_id}, which is no longer there")
        try:
            value = await _bind(trigger, message)
        except ResourceNotFoundError:
            log.info("%s/%s is gone; its event is dropped", message.container_name, message.blob_name)
            return
        await self._invoke(trigger.function, value)

    async def _is_full(self) -> bool:
        """Whether so many messages wait that Azurite, whose queues slow down with depth, would choke."""
        try:
            properties = await self._control.get_queue_properties()
        except ResourceNotFoundError:
            return False
        return (properties.approximate_message_count or 0) > MOST_WAITING

    async def _enqueue(self, trigger: BlobTrigger, event: Event, sends: asyncio.Semaphore) -> None:
        container, _, blob = event.subject.removeprefix(SUBJECT_PREFIX).partition("/blobs/")
        if event.event_type != BLOB_CREATED or trigger.path.match(container, blob) is None:
            return
        message = ControlMessage(
            function_id=trigger.function.id,
            blob_type=event.data.get("blobType", "BlockBlob"),
            container_name=container,
            blob_name=blob,
            e_tag=event.data.get("eTag", ""),
        )
        content = base64.b64encode(message.model_dump_json(by_alias=True).encode()).decode()
        async with sends:
            await send_creating(self._control, content)


def _parse(body: bytes) -> ControlMessage:
    try:
        return ControlMessage.model_validate_json(body)
    except ValidationError as error:
        raise HopelessError("is not a blob event") from error


async def _bind(trigger: BlobTrigger, message: ControlMessage) -> object:
    blob = trigger.service.get_blob_client(message.container_name, message.blob_name)
    return await trigger.bind(blob, await blob.get_blob_properties())
