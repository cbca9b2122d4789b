"""Blobs in Azure Blob Storage."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import BinaryIO, Protocol
from urllib.parse import quote, unquote

from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import BlobSasPermissions, ContentSettings, UserDelegationKey, generate_blob_sas
from azure.storage.blob.aio import BlobClient, BlobServiceClient, ContainerClient

from core.adapters.storage_meters import Count, uncounted
from core.domain.errors import NotFound
from core.ports import BlobInfo, OpenBlob

PAGE = 5_000
_CLOCK_SKEW = timedelta(minutes=5)
_DELEGATION = timedelta(days=1)
_PIECE_BYTES = 256 * 1024
_RANGE_NOT_SATISFIABLE = 416
_UNTYPED = "application/octet-stream"
_FILENAME = "filename*=UTF-8''"


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


@dataclass(frozen=True, slots=True)
class BlobAccount:
    """The blob service of one storage account, and who signs URLs into it."""

    service: BlobServiceClient
    signer: SasSigner


class AzureBlobs:
    """A BlobStore. `open_account` gives the accounts behind addresses of containers that are not at home.

    `count` is told of every address that somebody is given to read a blob.
    """

    def __init__(
        self, home: BlobAccount, open_account: Callable[[str], BlobAccount], count: Count = uncounted
    ) -> None:
        self._home = home
        self._open = open_account
        self._count_link = partial(count, "links")
        self._accounts: dict[str, BlobAccount] = {}
        self._bases: dict[str, str] = {}

    async def prepare(self, container: str) -> None:
        client = self._container(container)
        if not await client.exists():
            with suppress(ResourceExistsError):  # somebody was quicker, or the reply to this was lost
                await client.create_container()

    async def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        client = self._container(container)
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
        return BlobInfo(name, found.etag.strip('"'), found.size, found.last_modified)

    async def read(self, container: str, name: str, length: int | None = None) -> bytes:
        offset = None if length is None else 0
        try:
            stream = await self._blob(container, name).download_blob(offset=offset, length=length)
            return await stream.readall()
        except ResourceNotFoundError as error:
            raise NotFound("blob", name) from error
        except HttpResponseError as error:
            if error.status_code == _RANGE_NOT_SATISFIABLE:  # an empty blob has no first byte
                return b""
            raise

    async def download(self, container: str, name: str, file: BinaryIO) -> None:
        try:
            stream = await self._blob(container, name).download_blob()
            async for chunk in stream.chunks():
                file.write(chunk)
        except ResourceNotFoundError as error:
            raise NotFound("blob", name) from error

    async def open(self, container: str, name: str) -> OpenBlob:
        try:
            stream = await self._blob(container, name).download_blob()
        except ResourceNotFoundError as error:
            raise NotFound("blob", name) from error
        settings = stream.properties.content_settings
        _, given, filename = (settings.content_disposition or "").partition(_FILENAME)
        kind = settings.content_type or _UNTYPED
        return OpenBlob(stream.size, kind, unquote(filename) if given else None, stream.chunks())

    async def write(
        self,
        container: str,
        name: str,
        data: bytes,
        *,
        overwrite: bool = True,
        content_type: str = "application/octet-stream",
    ) -> bool:
        settings = ContentSettings(content_type=content_type)
        try:
            await self._blob(container, name).upload_blob(
                data, overwrite=overwrite, content_settings=settings
            )
        except ResourceExistsError:
            return False
        return True

    async def upload(
        self, container: str, name: str, chunks: AsyncIterator[bytes], content_type: str, filename: str | None
    ) -> None:
        disposition = None if filename is None else f"attachment; {_FILENAME}{quote(filename)}"
        settings = ContentSettings(content_type=content_type, content_disposition=disposition)
        blob = self._blob(container, name)
        await blob.upload_blob(_gathered(chunks), overwrite=True, content_settings=settings)

    async def remove(self, container: str, name: str) -> None:
        with suppress(ResourceNotFoundError):
            await self._blob(container, name).delete_blob()

    async def remove_all(self, container: str, prefix: str) -> None:
        async for page in self.list(container, prefix):
            for blob in page:
                with suppress(ResourceNotFoundError):  # gone is gone, whoever did it
                    await self._blob(container, blob.name).delete_blob()

    async def sign_read(self, container: str, name: str, until: datetime) -> str:
        self._count_link()
        return await self._signed(container, name, BlobSasPermissions(read=True), until)

    async def sign_write(self, container: str, name: str, until: datetime, *, overwrite: bool) -> str:
        return await self._signed(container, name, BlobSasPermissions(create=True, write=overwrite), until)

    def url(self, container: str, name: str) -> str:
        return self._base(container) + quote(name, safe="~/")

    async def _signed(
        self, container: str, name: str, permission: BlobSasPermissions, until: datetime
    ) -> str:
        account, plain = self._at(container)
        return f"{self.url(container, name)}?{await account.signer.sign(plain, name, permission, until)}"

    def _at(self, container: str) -> tuple[BlobAccount, str]:
        """The account of a container, and the container's plain name."""
        address, slash, plain = container.rpartition("/")
        if not slash:
            return self._home, container
        if address not in self._accounts:
            self._accounts[address] = self._open(address)
        return self._accounts[address], plain

    def _base(self, container: str) -> str:
        base = self._bases.get(container)
        if base is None:
            account, plain = self._at(container)
            base = self._bases[container] = f"{account.service.url.rstrip('/')}/{plain}/"
        return base

    def _container(self, container: str) -> ContainerClient:
        account, plain = self._at(container)
        return account.service.get_container_client(plain)

    def _blob(self, container: str, name: str) -> BlobClient:
        account, plain = self._at(container)
        return account.service.get_blob_client(plain, name)

    async def close(self) -> None:
        """Close the connections to other accounts."""
        for account in self._accounts.values():
            await account.service.close()


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in larger pieces: the SDK copies what it has so far for every piece."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= _PIECE_BYTES:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)
