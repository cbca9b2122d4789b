"""Lay the files of a zip that lies in storage beside it, in a folder of its name."""

import zipfile
from collections.abc import AsyncIterator

from core.ports import Ports
from core.usecases.downloaded_blob import downloaded_blob

_PIECE_BYTES = 1024 * 1024


async def unpack_blob(ports: Ports, container: str, name: str) -> str:
    """Write each file of our own zip as a blob, in bounded memory; the folder's name, ending in a slash."""
    folder = name.removesuffix(".zip") + "/"
    async with downloaded_blob(ports, container, name) as file:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                chunks = _chunks(archive, entry)
                await ports.blobs.upload(
                    container, folder + entry.filename, chunks, "application/octet-stream", entry.filename
                )
    return folder


async def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> AsyncIterator[bytes]:
    with archive.open(entry) as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
