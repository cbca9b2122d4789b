"""How the storage services are reached: by managed identity in Azure, by Azurite's key in development."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict
from urllib.parse import urlsplit

from azure.core.credentials_async import AsyncTokenCredential
from azure.data.tables.aio import TableServiceClient
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

from core.adapters.azure_blobs import BlobAccount, DelegationSigner, KeySigner
from core.adapters.azure_retries import NO_RETRIES, RetryingTransport
from core.adapters.storage_meters import Count, uncounted
from core.domain.errors import Invalid

PIECE_BYTES = 1024 * 1024
"""Larger uploads go in blocks: a bigger body would hold up the event loop, as aiohttp rightly warns."""


_BLOB_SERVICE = re.compile(
    r"https://[a-z0-9]{3,24}\.blob\.core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)/?"
)


class _Calls(TypedDict):
    transport: RetryingTransport
    retry_total: int


class _Pieces(TypedDict):
    max_block_size: int
    max_single_put_size: int


_PIECES = _Pieces(max_block_size=PIECE_BYTES, max_single_put_size=PIECE_BYTES)


@dataclass(frozen=True, slots=True)
class StorageAccount:
    """The three service clients of the app's account. `open` gives the blob service at another address."""

    blobs: BlobAccount
    queues: QueueServiceClient
    tables: TableServiceClient
    open: Callable[[str], BlobAccount]
    identity: AsyncTokenCredential | None = None

    @classmethod
    def from_connection_string(cls, text: str, count: Count = uncounted) -> "StorageAccount":
        """An account with a key: Azurite, whose other accounts are taken to have the same key.

        `count` is told of every request that is billed.
        """
        fields = dict(part.split("=", 1) for part in text.split(";") if part)
        key = fields["AccountKey"]

        def opened(address: str) -> BlobAccount:
            if urlsplit(address).netloc != urlsplit(fields["BlobEndpoint"]).netloc:
                raise Invalid("Only accounts of this Azurite can be opened with its key.", field="account")
            name = urlsplit(address).path.strip("/")
            credential = {"account_name": name, "account_key": key}
            service = BlobServiceClient(address, credential=credential, **_PIECES, **_calls("blob", count))
            return BlobAccount(service, KeySigner(name, key))

        home = BlobServiceClient.from_connection_string(text, **_PIECES, **_calls("blob", count))
        return cls(
            blobs=BlobAccount(home, KeySigner(fields["AccountName"], key)),
            queues=QueueServiceClient.from_connection_string(text, **_calls("queue", count)),
            tables=TableServiceClient.from_connection_string(text, **_calls("table", count)),
            open=opened,
        )

    @classmethod
    def from_identity(
        cls, blobs: str, queues: str, tables: str, client_id: str | None, count: Count = uncounted
    ) -> "StorageAccount":
        """An account by its three service URIs, with a managed identity, which opens other accounts too."""
        credential = _identity(client_id)

        def opened(address: str) -> BlobAccount:
            if not _BLOB_SERVICE.fullmatch(address):  # no other host may ever see the identity's token
                raise Invalid(f"'{address}' is not the address of an Azure blob service.", field="account")
            service = BlobServiceClient(address, credential=credential, **_PIECES, **_calls("blob", count))
            return BlobAccount(service, DelegationSigner(service))

        return cls(
            blobs=opened(blobs),
            queues=QueueServiceClient(queues, credential=credential, **_calls("queue", count)),
            tables=TableServiceClient(endpoint=tables, credential=credential, **_calls("table", count)),
            open=opened,
            identity=credential,
        )

    def checks(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """A question to each service, by its name, that raises when the service does not answer."""

        async def blobs() -> None:
            await self.blobs.service.get_container_client("tagwerk").exists()

        async def queues() -> None:
            async for _ in self.queues.list_queues(results_per_page=1):
                break

        async def tables() -> None:
            async for _ in self.tables.list_tables(results_per_page=1):
                break

        return {"blobs": blobs, "queues": queues, "tables": tables}

    async def close(self) -> None:
        """Close every connection."""
        await self.blobs.service.close()
        await self.queues.close()
        await self.tables.close()
        if self.identity is not None:
            await self.identity.close()


def _calls(service: str, count: Count) -> _Calls:
    return _Calls(transport=RetryingTransport(service, count=count), retry_total=NO_RETRIES)


def _identity(client_id: str | None) -> AsyncTokenCredential:
    """Its tokens are part of the calls that need new ones, and are asked for as patiently."""
    from azure.identity.aio import ManagedIdentityCredential  # 0.1 s that development can do without

    return ManagedIdentityCredential(client_id=client_id, **_calls("identity", uncounted))
