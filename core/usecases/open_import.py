"""Open the files of an import, and read their records."""

import tempfile
from collections.abc import AsyncIterator, Sequence
from itertools import islice

from core.domain.errors import NotFound
from core.domain.imports import Import
from core.domain.projects import Project
from core.domain.transfers import Refusal
from core.formats.import_formats import READERS
from core.formats.import_records import Record, Sought
from core.logic.paths import literal_prefix, pattern
from core.ports import BlobInfo, Ports

RECORDS_A_PIECE = 512

Piece = tuple[Sequence[Record | Refusal], float]


async def open_import(ports: Ports, project: Project, asked: Import, sought: Sought) -> AsyncIterator[Piece]:
    """The records of every file that the import's path means, some at a time, and how far that is, 0..1.

    Raises InvalidFile, and NotFound where there is no such file.
    """
    container = (await ports.datastores.get(project.data.datastore)).address
    blobs = await _blobs(ports, container, asked.path)
    for number, blob in enumerate(blobs):
        with tempfile.TemporaryFile() as file:
            await ports.blobs.download(container, blob.name, file)
            file.seek(0)
            records = iter(READERS[asked.format](file, blob.name, sought))
            while piece := list(islice(records, RECORDS_A_PIECE)):
                yield piece, (number + min(1, file.tell() / max(1, blob.size))) / len(blobs)


async def _blobs(ports: Ports, container: str, path: str) -> Sequence[BlobInfo]:
    exact = await ports.blobs.stat(container, path)
    if exact is not None:
        return [exact]
    found = [
        blob
        async for page in ports.blobs.list(container, literal_prefix(path))
        for blob in page
        if pattern(path).fullmatch(blob.name)
    ]
    if not found:
        raise NotFound("file", path)
    return found
