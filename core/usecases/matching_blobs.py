"""List the blobs that a path with wildcards means."""

from collections.abc import AsyncIterator

from core.logic.paths import literal_prefix, pattern
from core.ports import BlobInfo, Ports


async def matching_blobs(ports: Ports, container: str, path: str) -> AsyncIterator[list[BlobInfo]]:
    """What of each page of the listing matches, which may be nothing. Raises NotFound for the container."""
    expression = pattern(path)
    async for page in ports.blobs.list(container, literal_prefix(path)):
        yield [blob for blob in page if expression.fullmatch(blob.name)]
