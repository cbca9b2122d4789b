"""Storage clients, one per connection, shared by every listener that uses it."""

from collections.abc import Mapping
from typing import Any

from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

from local.host.settings import connection

# Listeners poll again anyway; the SDK's own retries would only make them stall for long.
RETRIES: dict[str, Any] = {"retry_total": 1}


class StorageClients:
    """Opens blob and queue clients by connection name, and closes them together."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = settings
        self._blobs: dict[str, BlobServiceClient] = {}
        self._queues: dict[str, QueueServiceClient] = {}

    def blobs(self, name: str, where: str) -> BlobServiceClient:
        """The blob service that a connection names; `where` is who wants it, for errors."""
        text = connection(name, self._settings, where)
        if text not in self._blobs:
            self._blobs[text] = BlobServiceClient.from_connection_string(text, **RETRIES)
        return self._blobs[text]

    def queues(self, name: str, where: str) -> QueueServiceClient:
        """The queue service that a connection names; `where` is who wants it, for errors."""
        text = connection(name, self._settings, where)
        if text not in self._queues:
            self._queues[text] = QueueServiceClient.from_connection_string(text, **RETRIES)
        return self._queues[text]

    async def close(self) -> None:
        """Close every client."""
        for blobs in self._blobs.values():
            await blobs.close()
        for queues in self._queues.values():
            await queues.close()
