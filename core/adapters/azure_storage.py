"""How the storage services are reached: by managed identity in Azure, by Azurite's key in development."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from azure.core.credentials_async import AsyncTokenCredential
from azure.data.tables.aio import TableServiceClient
from azure.storage.blob.aio import BlobServiceClient
from azure.storage.queue.aio import QueueServiceClient

from core.adapters.azure_blobs import DelegationSigner, KeySigner, SasSigner

PIECE_BYTES = 1024 * 1024
"""Larger uploads go in blocks: a bigger body would hold up the event loop, as aiohttp rightly warns."""


@dataclass(frozen=True, slots=True)
class StorageAccount:
    """The three service clients of one account. `signer` makes the URLs that open single blobs."""

    blobs: BlobServiceClient
    queues: QueueServiceClient
    tables: TableServiceClient
    signer: SasSigner

    @classmethod
    def from_connection_string(cls, text: str) -> "StorageAccount":
        """An account with a key: Azurite."""
        fields = dict(part.split("=", 1) for part in text.split(";") if part)
        return cls(
            blobs=BlobServiceClient.from_connection_string(
                text, max_block_size=PIECE_BYTES, max_single_put_size=PIECE_BYTES
            ),
            queues=QueueServiceClient.from_connection_string(text),
            tables=TableServiceClient.from_connection_string(text),
            signer=KeySigner(fields["AccountName"], fields["AccountKey"]),
        )

    @classmethod
    def from_identity(cls, blobs: str, queues: str, tables: str, client_id: str | None) -> "StorageAccount":
        """An account by its three service URIs, with a managed identity."""
        credential = _identity(client_id)
        service = BlobServiceClient(
            blobs, credential=credential, max_block_size=PIECE_BYTES, max_single_put_size=PIECE_BYTES
        )
        return cls(
            blobs=service,
            queues=QueueServiceClient(queues, credential=credential),
            tables=TableServiceClient(endpoint=tables, credential=credential),
            signer=DelegationSigner(service),
        )

    def checks(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """A question to each service, by its name, that raises when the service does not answer."""

        async def blobs() -> None:
            await self.blobs.get_container_client("tagwerk").exists()

        async def queues() -> None:
            async for _ in self.queues.list_queues(results_per_page=1):
                break

        async def tables() -> None:
            async for _ in self.tables.list_tables(results_per_page=1):
                break

        return {"blobs": blobs, "queues": queues, "tables": tables}

    async def close(self) -> None:
        """Close every connection."""
        await self.blobs.close()
        await self.queues.close()
        await self.tables.close()


def _identity(client_id: str | None) -> AsyncTokenCredential:
    from azure.identity.aio import ManagedIdentityCredential  # 0.1 s that development can do without

    return ManagedIdentityCredential(client_id=client_id) if client_id else ManagedIdentityCredential()
