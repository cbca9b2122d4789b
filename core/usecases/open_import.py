"""Open the files of an import, and read their records."""

import posixpath
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from core.domain.errors import NotFound
from core.domain.imports import Import, ImportFormat
from core.domain.projects import Project
from core.domain.transfers import Refusal
from core.formats.import_formats import reader
from core.formats.import_records import Record, Sought
from core.formats.labeled_rows import Columns, records, records_by_name
from core.formats.mltable import NAME
from core.logic.projects.data import CATEGORY, CONFIDENCE, IMAGE
from core.ports import BlobInfo, Ports
from core.usecases.downloaded_blob import downloaded_blob
from core.usecases.matching_blobs import matching_blobs
from core.usecases.open_mltable import open_mltable

RECORDS_A_PIECE = 512

Piece = tuple[Sequence[Record | Refusal], float]


async def open_import(ports: Ports, project: Project, asked: Import, sought: Sought) -> AsyncIterator[Piece]:
    """The records of every file that the import's path means, some at a time, and how far that is, 0..1.

    Raises InvalidFile, and NotFound where there is no such file.
    """
    container = (await ports.datastores.get(project.data.datastore)).address
    blobs = await _blobs(ports, container, asked.path)
    if asked.format is ImportFormat.MLTABLE and _is_folder(asked.path, blobs):
        async for piece in _table(ports, container, project, asked.path, sought):
            yield piece
        return
    if not blobs:
        raise NotFound("file", asked.path)
    for number, blob in enumerate(blobs):
        async with downloaded_blob(ports, container, blob.name) as file:
            for some in _pieces(reader(asked.format)(file, blob.name, sought)):
                done = min(1, file.tell() / max(1, blob.size))
                yield [_of(record, blob, blobs) for record in some], (number + done) / len(blobs)


def _is_folder(path: str, blobs: Sequence[BlobInfo]) -> bool:
    return not blobs or posixpath.basename(path) == NAME


async def _table(
    ports: Ports, container: str, project: Project, path: str, sought: Sought
) -> AsyncIterator[Piece]:
    async for table in open_mltable(ports, container, path):
        mapping = project.data.columns if path == project.data.path else None
        if isinstance(mapping, dict):
            columns = Columns(mapping[IMAGE], mapping.get(CATEGORY), mapping.get(CONFIDENCE))
            found = records(table.rows, columns, sought)
        else:
            found = records_by_name(table.rows, sought)
        for some in _pieces(found):
            yield some, table.done


def _pieces(records: Iterable[Record | Refusal]) -> Iterator[list[Record | Refusal]]:
    following = iter(records)
    while some := list(islice(following, RECORDS_A_PIECE)):
        yield some


def _of(record: Record | Refusal, blob: BlobInfo, blobs: Sequence[BlobInfo]) -> Record | Refusal:
    """The record, saying which file it is from where there are several."""
    return record if len(blobs) == 1 else replace(record, where=f"{blob.name}, {record.where}")


async def _blobs(ports: Ports, container: str, path: str) -> Sequence[BlobInfo]:
    exact = await ports.blobs.stat(container, path)
    if exact is not None:
        return [exact]
    return [blob async for page in matching_blobs(ports, container, path) for blob in page]
