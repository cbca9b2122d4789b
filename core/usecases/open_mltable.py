"""Open the tables that an MLTable file names."""

import posixpath
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from core.domain.errors import NotFound
from core.domain.transfers import Refusal
from core.formats.mltable import NAME
from core.formats.mltable_spec import SPEC_BYTES_MAX, PathSort, TablePath, TableReader, parse
from core.formats.tables.rows import Row
from core.logic.locations import blob_path
from core.ports import Ports
from core.usecases.downloaded_blob import downloaded_blob
from core.usecases.matching_blobs import matching_blobs


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The rows of one file of a table. `done` is how much of the table lies before it, 0..1."""

    path: str
    rows: Iterator[Row[object] | Refusal]
    done: float


async def open_mltable(ports: Ports, container: str, path: str) -> AsyncIterator[OpenTable]:
    """Each file that an MLTable names; its rows can be read until the next file is asked for.

    `path` is the folder of the MLTable file, or that file. Raises InvalidFile, and NotFound where there is no
    such file.
    """
    folder = (posixpath.dirname(path) if posixpath.basename(path) == NAME else path).strip("/")
    spec = parse(await ports.blobs.read(container, posixpath.join(folder, NAME), SPEC_BYTES_MAX + 1))
    names = [name for found in spec.paths for name in await _blobs(ports, container, folder, found)]
    reader = TableReader(spec)
    for number, name in enumerate(dict.fromkeys(names)):
        async with downloaded_blob(ports, container, name) as file:
            yield OpenTable(name, reader.rows(file), number / len(names))


async def _blobs(ports: Ports, container: str, folder: str, path: TablePath) -> list[str]:
    """The blobs that one of the spec's paths means. Raises NotFound where there is none."""
    place = blob_path(path.location)
    if not path.is_address:
        place = posixpath.normpath(posixpath.join(folder, place)).removeprefix(".").lstrip("/")
    if path.sort is PathSort.FOLDER and place:
        place = place.rstrip("/") + "/"
    found = [
        blob.name
        async for page in matching_blobs(ports, container, place)
        for blob in page
        if posixpath.basename(blob.name) != NAME
    ]
    if not found:
        raise NotFound("file of the MLTable", place)
    return found
