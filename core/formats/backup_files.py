"""The file of a backup: a zip archive that is written, and read, from its first byte to its last.

backup.json           About: what this is a backup of
project.json          Belongings: the project itself, its datastore, its people
rows/beside.ndjson    the rows of its table that are no shard's, as `row_lines` writes them
rows/<shard>.ndjson   a shard's rows, as they were at one moment
headers/<blob>.json   with what type and file name the next blob downloads, if that was said
blobs/<blob>          a blob of the project's folders, by its whole name
end.json              Contents: without it the file was cut off
"""

from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from core.domain.backups import About, Belongings, Contents
from core.domain.errors import InvalidFile
from core.domain.rows import Row
from core.formats.documents import Document, T
from core.formats.row_lines import decode_row, encode_row, split_lines
from core.formats.zips import unpack

FORMAT = 1
CONTENT_TYPE = "application/zip"
UNTYPED = "application/octet-stream"

_ABOUT, _BELONGINGS, _END = "backup.json", "project.json", "end.json"
_ROWS, _HEADERS, _BLOBS = "rows/", "headers/", "blobs/"
_BESIDE = f"{_ROWS}beside.ndjson"
_ROWS_AT_ONCE = 1_000
_DOCUMENT_BYTES_MAX = 16 * 1024 * 1024
_FOREIGN = "This is no backup of Tagwerk's."
_DAMAGED = "The backup is damaged: it was cut off, or changed."


@dataclass(frozen=True, slots=True)
class PackedBlob:
    """A blob of a backup, by its name in the app's container. A large content comes as a stream."""

    name: str
    content: bytes | AsyncIterable[bytes]
    content_type: str = UNTYPED
    filename: str | None = None

    @property
    def chunks(self) -> AsyncIterable[bytes]:
        """The content as a stream."""
        return _alone(self.content) if isinstance(self.content, bytes) else self.content


async def _alone(content: bytes) -> AsyncIterator[bytes]:
    yield content


@dataclass(frozen=True, slots=True)
class PackedRows:
    """Some rows of a backup: about a thousand, or all of a shard."""

    rows: Sequence[Row]


Part = About | Belongings | PackedRows | PackedBlob | Contents


@dataclass(frozen=True, slots=True)
class _Headers:
    content_type: str = UNTYPED
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


ABOUT = Document(TypeAdapter(About))
BELONGINGS = Document(TypeAdapter(Belongings))
CONTENTS = Document(TypeAdapter(Contents))
HEADERS = Document(TypeAdapter(_Headers))
_FORMAT = Document(TypeAdapter(_Format))


class _Count:
    """How much has passed."""

    def __init__(self) -> None:
        self.rows = self.blobs = self.bytes = 0

    def contents(self) -> Contents:
        return Contents(self.rows, self.blobs, self.bytes)

    async def counted(self, chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for chunk in chunks:
            self.bytes += len(chunk)
            yield chunk


async def write_backup(
    about: About,
    belongings: Belongings,
    beside: AsyncIterable[Sequence[Row]],
    shards: AsyncIterable[tuple[int, Sequence[Row]]],
    blobs: AsyncIterable[PackedBlob],
    note: Callable[[Contents], None],
) -> AsyncIterator[tuple[str, bytes | AsyncIterable[bytes]]]:
    """The files of the archive. What is given is read in this order: rows beside shards, shards, blobs.

    At the end `note` is told how much that was.
    """
    count = _Count()

    async def lines() -> AsyncIterator[bytes]:
        async for rows in beside:
            count.rows += len(rows)
            yield b"".join(map(encode_row, rows))

    yield _ABOUT, ABOUT.encode(about).encode()
    yield _BELONGINGS, BELONGINGS.encode(belongings).encode()
    yield _BESIDE, lines()
    async for shard, rows in shards:
        count.rows += len(rows)
        yield f"{_ROWS}{shard:04d}.ndjson", b"".join(map(encode_row, rows))
    async for blob in blobs:
        headers = _Headers(blob.content_type, blob.filename)
        if headers != _Headers():
            yield f"{_HEADERS}{blob.name}.json", HEADERS.encode(headers).encode()
        if isinstance(blob.content, bytes):
            count.bytes += len(blob.content)
            yield _BLOBS + blob.name, blob.content
        else:
            yield _BLOBS + blob.name, count.counted(blob.content)
        count.blobs += 1
    note(count.contents())
    yield _END, CONTENTS.encode(count.contents()).encode()


async def read_backup(chunks: AsyncIterable[bytes]) -> AsyncIterator[Part]:
    """The parts of a backup's file: About, Belongings, then rows and blobs, and Contents when all is well.

    A blob's content is passed over if it is not read before the next part is asked for. Raises InvalidFile
    where it shows that this is no backup, one of a newer Tagwerk, or a damaged one.
    """
    count, headers, ended = _Count(), _Headers(), False
    files = unpack(chunks)
    yield await _read_about(files)
    belongings: Belongings = await _document(files, _BELONGINGS, BELONGINGS)
    yield belongings
    async for name, content in files:
        if name.startswith(_ROWS):
            async for rows in _batches(content):
                count.rows += len(rows)
                yield PackedRows(rows)
        elif name.startswith(_HEADERS):
            headers = _decoded(HEADERS, await _whole(content))
        elif name.startswith(_BLOBS):
            counted = count.counted(content)
            blob = name.removeprefix(_BLOBS)
            yield PackedBlob(blob, counted, headers.content_type, headers.filename)
            async for _ in counted:
                pass
            headers = _Headers()
            count.blobs += 1
        elif name == _END:
            ended = _decoded(CONTENTS, await _whole(content)) == count.contents()
    if not ended:
        raise InvalidFile(_DAMAGED)
    yield count.contents()


async def read_about(chunks: AsyncIterable[bytes]) -> About:
    """What the file says of itself; no more of it is read. Raises InvalidFile."""
    return await _read_about(unpack(chunks))


async def _read_about(files: AsyncIterator[tuple[str, AsyncIterator[bytes]]]) -> About:
    text = b""
    async for name, content in files:
        text = await _whole(content) if name == _ABOUT else b""
        break
    try:
        newer = _FORMAT.decode(text).format > FORMAT
    except ValidationError as error:
        raise InvalidFile(_FOREIGN) from error
    if newer:
        raise InvalidFile(
            "The backup was made by a newer Tagwerk, in a format that this one does not know. Upgrade this "
            "deployment, and restore it then."
        )
    return _decoded(ABOUT, text)


async def _document(
    files: AsyncIterator[tuple[str, AsyncIterator[bytes]]], expected: str, document: Document[T]
) -> T:
    async for name, content in files:
        if name == expected:
            return _decoded(document, await _whole(content))
        break
    raise InvalidFile(_FOREIGN)


def _decoded(document: Document[T], text: bytes) -> T:
    try:
        return document.decode(text)
    except ValidationError as error:
        raise InvalidFile(_FOREIGN) from error


async def _whole(content: AsyncIterable[bytes]) -> bytes:
    found = bytearray()
    async for chunk in content:
        found += chunk
        if len(found) > _DOCUMENT_BYTES_MAX:
            raise InvalidFile(_FOREIGN)
    return bytes(found)


async def _batches(content: AsyncIterable[bytes]) -> AsyncIterator[Sequence[Row]]:
    waiting: list[Row] = []
    async for line in split_lines(content):
        waiting.append(decode_row(line))
        if len(waiting) == _ROWS_AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting
