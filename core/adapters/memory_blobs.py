"""The fake of the blob store: blobs in a dictionary of containers."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import BinaryIO

from core.domain.errors import NotFound
from core.ports import BlobInfo, OpenBlob

UNTYPED = "application/octet-stream"

_etags = (f"v{number}" for number in count())


def next_etag() -> str:
    """One that nothing else has."""
    return next(_etags)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    yield data


@dataclass
class MemoryBlobs:
    """Blobs in a dictionary of containers."""

    containers: dict[str, dict[str, tuple[str, bytes]]] = field(default_factory=dict)
    headers: dict[tuple[str, str], tuple[str, str | None]] = field(default_factory=dict)

    async def prepare(self, container: str) -> None:
        self.containers.setdefault(container, {})

    async def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        yield [
            BlobInfo(name, etag, len(data))
            for name, (etag, data) in sorted(self._container(container).items())
            if name.startswith(prefix)
        ]

    async def stat(self, container: str, name: str) -> BlobInfo | None:
        blob = self._container(container).get(name)
        return BlobInfo(name, blob[0], len(blob[1]), datetime.now(UTC)) if blob else None

    async def read(self, container: str, name: str, length: int | None = None) -> bytes:
        blob = self._container(container).get(name)
        if blob is None:
            raise NotFound("blob", name)
        return blob[1][:length]

    async def download(self, container: str, name: str, file: BinaryIO) -> None:
        file.write(await self.read(container, name))

    async def open(self, container: str, name: str) -> OpenBlob:
        data = await self.read(container, name)
        content_type, filename = self.headers.get((container, name), (UNTYPED, None))
        return OpenBlob(len(data), content_type, filename, _pieces(data))

    async def write(
        self,
        container: str,
        name: str,
        data: bytes,
        *,
        overwrite: bool = True,
        content_type: str = UNTYPED,
    ) -> bool:
        blobs = self._container(container)
        if name in blobs and not overwrite:
            return False
        blobs[name] = (next_etag(), data)
        self.headers[container, name] = (content_type, None)
        return True

    async def upload(
        self,
        container: str,
        name: str,
        chunks: AsyncIterator[bytes],
        content_type: str,
        filename: str | None,
    ) -> None:
        await self.write(container, name, b"".join([chunk async for chunk in chunks]))
        self.headers[container, name] = (content_type, filename)

    async def remove(self, container: str, name: str) -> None:
        self._container(container).pop(name, None)

    async def remove_all(self, container: str, prefix: str) -> None:
        blobs = self._container(container)
        for name in [name for name in blobs if name.startswith(prefix)]:
            del blobs[name]

    async def sign_read(self, container: str, name: str, until: datetime) -> str:
        return f"{self.url(container, name)}?until={until.isoformat()}"

    async def sign_write(self, container: str, name: str, until: datetime, *, overwrite: bool) -> str:
        return f"{self.url(container, name)}?until={until.isoformat()}&overwrite={overwrite}"

    def url(self, container: str, name: str) -> str:
        return f"memory://{container}/{name}"

    def _container(self, container: str) -> dict[str, tuple[str, bytes]]:
        if container not in self.containers:
            raise NotFound("container", container)
        return self.containers[container]
