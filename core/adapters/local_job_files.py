"""The files of local jobs: inputs come from blobs, outputs become blobs, in bounded memory."""

import asyncio
import mimetypes
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from core.domain.errors import Invalid, NotFound
from core.domain.jobs import BlobFiles, BlobFolder, Input, ModelAsset
from core.ports import BlobStore

AT_A_TIME = 8
"""Blobs that travel at once."""
_PIECE_BYTES = 256 * 1024


def blobs_of(given: Input) -> BlobFolder | BlobFiles:
    """Where an input comes from. Raises Invalid for what only Azure ML has."""
    if isinstance(given.source, ModelAsset):
        raise Invalid(
            f"The model asset '{given.source.name}' is in Azure ML, and this deployment runs its jobs by "
            "itself. Begin with the model of a run instead."
        )
    return given.source


async def fetch_input(blobs: BlobStore, given: Input, folder: Path, stop: Callable[[], bool]) -> None:
    """Download an input into a folder, until told to stop. A file that is there already is kept: it is whole.

    Raises NotFound for a container, and Invalid for a path that leads out of the folder.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    source, waiting = blobs_of(given), list[tuple[str, str]]()
    async for path, name in _paths(blobs, source):
        waiting.append((path, name))
        if len(waiting) == AT_A_TIME:
            await _fetch_all(blobs, source.container, folder, waiting)
            waiting.clear()
            if stop():
                return
    await _fetch_all(blobs, source.container, folder, waiting)


async def _paths(blobs: BlobStore, source: BlobFolder | BlobFiles) -> AsyncIterator[tuple[str, str]]:
    """Paths and names of blobs."""
    if isinstance(source, BlobFolder):
        async for page in blobs.list(source.container, source.prefix):
            for blob in page:
                path = blob.name.removeprefix(source.prefix)
                if path and not path.endswith("/"):  # markers of folders
                    yield path, blob.name
    else:
        for path, name in source.names.items():
            yield path, name


async def _fetch_all(blobs: BlobStore, container: str, folder: Path, paths: list[tuple[str, str]]) -> None:
    await asyncio.gather(*(_fetch(blobs, container, name, folder, path) for path, name in paths))


async def _fetch(blobs: BlobStore, container: str, name: str, folder: Path, path: str) -> None:
    file = folder / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise Invalid(f"'{path}' is no path for a job's file: it leads out of the job's folder.")
    if await asyncio.to_thread(file.exists):
        return
    await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.fetching")
    try:
        with await asyncio.to_thread(beside.open, "wb") as opened:
            await blobs.download(container, name, opened)
    except NotFound:  # somebody deleted it: the job goes without
        await asyncio.to_thread(beside.unlink)
        return
    await asyncio.to_thread(beside.replace, file)


async def store_output(blobs: BlobStore, folder: Path, place: BlobFolder) -> None:
    """Upload every file of a folder. Links are not followed. Doing it twice does no harm."""
    files = await asyncio.to_thread(_files, folder)
    for at in range(0, len(files), AT_A_TIME):
        await asyncio.gather(*(_store(blobs, folder, file, place) for file in files[at : at + AT_A_TIME]))


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


async def _store(blobs: BlobStore, folder: Path, file: Path, place: BlobFolder) -> None:
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    name = place.prefix + file.relative_to(folder).as_posix()
    await blobs.upload(place.container, name, _pieces(file), kind, file.name)


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(file.open, "rb") as opened:
        while piece := await asyncio.to_thread(opened.read, _PIECE_BYTES):
            yield piece
