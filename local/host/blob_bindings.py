"""What a blob trigger hands to its function, built as the Python worker builds it."""

import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import azure.functions as func
from azure.functions.blob import InputStream
from azure.storage.blob import BlobProperties
from azure.storage.blob.aio import BlobClient
from azurefunctions.extensions.base import Datum
from azurefunctions.extensions.bindings.blob.blobClientConverter import (
    BlobClientConverter,
)

from local.host.errors import UnsupportedError
from local.host.indexing import Function

Bind = Callable[[BlobClient, BlobProperties], Awaitable[object]]


def binder(function: Function) -> Bind:
    """What turns a blob into the function's parameter: its content, or an SDK client for it.

    Raises UnsupportedError if the parameter is annotated with something else.
    """
    annotation = function.annotation
    if not isinstance(annotation, type):
        raise UnsupportedError(function.name, f"a blob parameter annotated as {annotation}")
    if issubclass(annotation, func.InputStream):
        return _read
    if BlobClientConverter.check_input_type_annotation(annotation):
        return _deferred(str(function.trigger["connection"]), annotation)
    raise UnsupportedError(function.name, f"a blob parameter of type {annotation.__name__}")


async def _read(blob: BlobClient, properties: BlobProperties) -> object:
    content = await (await blob.download_blob()).readall()
    return InputStream(
        data=content,
        name=f"{blob.container_name}/{blob.blob_name}",
        uri=blob.url,
        length=len(content),
        blob_properties={
            "ContentType": properties.content_settings.content_type,
            "ETag": properties.etag,
            "Length": properties.size,
        },
        metadata=dict(properties.metadata),
    )


def _deferred(connection: str, annotation: type) -> Bind:
    async def bind(blob: BlobClient, _: BlobProperties) -> object:
        content = {"Connection": connection, "ContainerName": blob.container_name, "BlobName": blob.blob_name}
        model: Any = SimpleNamespace(
            version="1.0",
            source="AzureStorageBlobs",
            content_type="application/json",
            content=json.dumps(content).encode(),
        )
        datum = Datum(value=model, type="model_binding_data")
        return BlobClientConverter.decode(datum, trigger_metadata={}, pytype=annotation)

    return bind
