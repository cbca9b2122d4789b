"""Blobs in Azure Blob Storage."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import quote

from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobSasPermissions, ContentSettings, UserDelegationKey, generate_blob_sas
from azure.storage.blob.aio import BlobClient, BlobServiceClient

from core.domain.errors import NotFound
from core.ports import BlobInfo

PAGE = 5_000
_CLOCK_SKEW = timedelta(minutes=5)
_DELEGATION = timedelta(days=1)
_PIECE_BYTES = 256 * 1024


class SasSigner(Protocol):
    """Makes the query string of a SAS for one blob."""

    async def sign(self, container: str, name: str, permission: BlobSasPermissions, until: datetime) -> str:
        """The SAS, without a question mark."""


class KeySigner:
    """Signs with the account's key: Azurite only."""

    def __init__(self, account: str, key: str) -> None:
        self._account = account
        self._key = key

    async def sign(self, container: str, name: str, permission: BlobSasPermissions, until: datetime) -> str:
        return generate_blob_sas(
            account_name=self._account,
            container_name=container,
            blob_name=name,
            account_key=self._key,
            permission=permission,
            expiry=until,
        )


class DelegationSigner:
    """Signs with a user delegation key, which the managed identity asks for once a day."""

    def __init__(self, service: BlobServiceClient) -> None:
        self._service = service
        self._delegation: tuple[UserDelegationKey, datetime] | None = None

    async def sign(self, container: str, name: str, permission: BlobSasPermissions, until: datetime) -> str:
        return generate_blob_sas(
            account_name=str(self._service.account_name),
            container_name=container,
            blob_name=name,
            user_delegation_key=await self._key(until),
            permission=permission,
            expiry=until,
        )

    async def _key(self, until: datetime) -> UserDelegationKey:
        if self._delegation is None or self._delegation[1] < until:
            now = datetime.now(UTC)
            expiry = max(now + _DELEGATION, until)
            key = await self._service.get_user_delegation_key(now - _CLOCK_SKEW, expiry)
            self._delegation = (key, expiry)
        return self._delegation[0]


class AzureBlobs:
    """A BlobStore."""

    def __init__(self, service: BlobServiceClient, signer: SasSigner) -> None:
        self._service = service
        self._signer = signer

    async def prepare(self, container: str) -> None:
        client = self._service.get_container_client(container)
        if not await client.exists():
            await client.create_container()

    async def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        client = self._service.get_container_client(container)
        pages = client.list_blobs(name_starts_with=prefix or None, results_per_page=PAGE).by_page()
        try:
            async for page in pages:
                yield [BlobInfo(blob.name, blob.etag.strip('"'), blob.size) async for blob in page]
        except ResourceNotFoundError as error:
            raise NotFound("container", container) from error

    async def stat(self, container: str, name: str) -> BlobInfo | None:
        try:
            found = await self._blob(container, name).get_blob_properties()
        except ResourceNotFoundError:
            return None
        return BlobInfo(name, found.etag.strip('"'), found.size)

    async def read(self, container: str, name: str, length: int | None = None) -> bytes:
        offset = None if length is None else 0
        try:
            stream = await self._blob(container, name).download_blob(offset=offset, length=length)
            return await stream.readall()
        except ResourceNotFoundError as error:
            raise NotFound("blob", name) from error

    async def write(self, container: str, name: str, data: bytes, *, overwrite: bool = True) -> bool:
        try:
            await self._blob(container, name).upload_blob(data, overwrite=overwrite)
        except ResourceExistsError:
            return False
        return True

    async def upload(
        self, container: str, name: str, chunks: AsyncIterator[bytes], content_type: str, filename: str
    ) -> None:
        disposition = f"attachment; filename*=UTF-8''{quote(filename)}"
        settings = ContentSettings(content_type=content_type, content_disposition=disposition)
        blob = self._blob(container, name)
        await blob.upload_blob(_gathered(chunks), overwrite=True, content_settings=settings)

    async def remove_all(self, container: str, prefix: str) -> None:
        async for page in self.list(container, prefix):
            for blob in page:
                await self._blob(container, blob.name).delete_blob()

    async def sign_read(self, container: str, name: str, until: datetime) -> str:
        return await self._signed(container, name, BlobSasPermissions(read=True), until)

    async def sign_write(self, container: str, name: str, until: datetime, *, overwrite: bool) -> str:
        return await self._signed(container, name, BlobSasPermissions(create=True, write=overwrite), until)

    def url(self, container: str, name: str) -> str:
        return f"{self._service.url.rstrip('/')}/{container}/{quote(name, safe='~/')}"

    async def _signed(
        self, container: str, name: str, permission: BlobSasPermissions, until: datetime
    ) -> str:
        return f"{self.url(container, name)}?{await self._signer.sign(container, name, permission, until)}"

    def _blob(self, container: str, name: str) -> BlobClient:
        return self._service.get_blob_client(container, name)


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in larger pieces: the SDK copies what it has so far for every piece."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= _PIECE_BYTES:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)
