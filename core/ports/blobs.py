"""What the use cases need of a blob store. `core.ports` has it with the other ports."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class BlobInfo:
    """A blob as a listing tells of it. `size` is in bytes. `changed` is when it was written, by the clock of
    the storage service; None where nobody asked for one blob alone."""

    name: str
    etag: str
    size: int
    changed: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class OpenBlob:
    """A blob that is being read, in pieces. It downloads under `filename`, if it was given one."""

    size: int
    content_type: str
    filename: str | None
    chunks: AsyncIterator[bytes]


class BlobStore(Protocol):
    """Blobs by container and name. A container of another account is named by its whole address."""

    async def prepare(self, container: str) -> None:
        """Create a container unless it exists."""

    def list(self, container: str, prefix: str) -> AsyncIterator[Sequence[BlobInfo]]:
        """Pages of up to 5,000 blobs whose names begin with `prefix`. Raises NotFound for the container."""

    async def stat(self, container: str, name: str) -> BlobInfo | None:
        """What a listing would say of one blob."""

    async def read(self, container: str, name: str, length: int | None = None) -> bytes:
        """The blob, or its first `length` bytes. Raises NotFound."""

    async def download(self, container: str, name: str, file: BinaryIO) -> None:
        """Write the whole blob into an open file, in bounded memory. Raises NotFound."""

    async def open(self, container: str, name: str) -> OpenBlob:
        """Begin to read a blob, in bounded memory. Raises NotFound."""

    async def write(
        self,
        container: str,
        name: str,
        data: bytes,
        *,
        overwrite: bool = True,
        content_type: str = "application/octet-stream",
    ) -> bool:
        """Store a blob; False when it exists and may not be overwritten."""

    async def upload(
        self, container: str, name: str, chunks: AsyncIterator[bytes], content_type: str, filename: str | None
    ) -> None:
        """Store a large blob from a stream, in bounded memory. It downloads under `filename`, if given."""

    async def remove(self, container: str, name: str) -> None:
        """Delete a blob. Deleting it twice does no harm."""

    async def remove_all(self, container: str, prefix: str) -> None:
        """Delete every blob whose name begins with `prefix`."""

    async def sign_read(self, container: str, name: str, until: datetime) -> str:
        """A URL that reads this one blob, until then."""

    async def sign_write(self, container: str, name: str, until: datetime, *, overwrite: bool) -> str:
        """A URL that may create this one blob, and replace it only with `overwrite`, until then."""

    def url(self, container: str, name: str) -> str:
        """The blob's address, which opens nothing by itself."""
