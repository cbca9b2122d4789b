"""MLTable: a folder of a table's files and a YAML file `MLTable` that says how to read them.

Written as Azure ML labeling wrote it, in one zip: `MLTable` and `labeledDatapoints_1.jsonl`, whose lines are
those of JSONL. Read are that zip, any other of an MLTable and the files that it names, and its JSONL alone.
An `MLTable` by itself is for `mltable_spec`, as whoever opens the files that it names has to say.
"""

import posixpath
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import BinaryIO

from core.domain.errors import InvalidFile
from core.domain.transfers import Refusal
from core.formats import jsonl
from core.formats.export_rows import ExportRow, Refuse, Sheet
from core.formats.import_records import Record, Sought
from core.formats.labeled_rows import records_by_name
from core.formats.mltable_spec import (
    SPEC_BYTES_MAX,
    PathSort,
    Reader,
    TablePath,
    TableReader,
    TableSpec,
    parse,
)
from core.formats.record_values import Misread, shown
from core.formats.zips import Archive, pack

NAME = "MLTable"
DATA_NAME = "labeledDatapoints_1.jsonl"

_MAGIC = b"PK"
_EXTENSIONS = (NAME.lower(), ".jsonl", ".json", ".csv", ".tsv", ".txt")
_FILE_BYTES_MAX = 4 * 1024 * 1024 * 1024
_HEAD = f"""\
type: mltable
paths:
  - file: ./{DATA_NAME}
transformations:
  - read_json_lines:
      encoding: utf8
      invalid_lines: error
      include_path_column: false
"""
_ADDRESSES = """\
  - convert_column_types:
      - columns: image_url
        column_type: stream_info
"""
"""Azure ML then opens what the column names; the rows of tables are no files of their own."""


async def write(
    rows: AsyncIterable[ExportRow], sheet: Sheet, refuse: Refuse, spool: BinaryIO
) -> AsyncIterator[bytes]:
    """The bytes of a zip of `MLTable` and the JSONL that it names."""
    head = _HEAD if sheet.columns else _HEAD + _ADDRESSES

    async def files() -> AsyncIterator[tuple[str, bytes | AsyncIterable[bytes]]]:
        yield NAME, head.encode()
        yield DATA_NAME, jsonl.write(rows, sheet, refuse, spool)

    async for chunk in pack(files()):
        yield chunk


def read(file: BinaryIO, path: str, sought: Sought) -> Iterator[Record | Refusal]:
    """One record or refusal a row: of a zip with an MLTable in it, or of its JSONL by itself.

    Raises InvalidFile, also for an `MLTable` without the files that it names.
    """
    if posixpath.basename(path) == NAME:
        raise InvalidFile("An MLTable only names the files of a table, which are to be read with it.")
    start = file.read(len(_MAGIC))
    file.seek(0)
    return _zipped(file, sought) if start == _MAGIC else jsonl.read(file, path, sought)


def _zipped(file: BinaryIO, sought: Sought) -> Iterator[Record | Refusal]:
    archive = Archive(file, *_EXTENSIONS, file_bytes_max=_FILE_BYTES_MAX)
    found = [name for name in archive.names if posixpath.basename(name) == NAME]
    if len(found) != 1:
        raise InvalidFile(f"The zip has {len(found)} files named {NAME}; it needs one.")
    with _opened(archive, found[0]) as head:
        spec = parse(head.read(SPEC_BYTES_MAX + 1))
    if spec.reader is Reader.PARQUET:
        raise InvalidFile("Parquet is not read out of a zip. Import the folder as it is.")
    reader = TableReader(spec)
    parts = _parts(archive, posixpath.dirname(found[0]), spec)
    for part in parts:
        with _opened(archive, part) as rows:
            for entry in records_by_name(reader.rows(rows), sought):
                yield entry if len(parts) == 1 else replace(entry, where=f"{part} {entry.where}")


def _parts(archive: Archive, folder: str, spec: TableSpec) -> Sequence[str]:
    """The files of the table, each once, in the order in which the spec names them."""
    start = f"{folder}/" if folder else ""
    names = [name for name in archive.names if name.startswith(start) and posixpath.basename(name) != NAME]
    found: dict[str, None] = {}
    for path in spec.paths:
        fitting = [name for name in names if _fits(name.removeprefix(start), path)]
        if not fitting:
            raise InvalidFile(f"The MLTable names '{shown(path.location)}', which is not in the zip.")
        found |= dict.fromkeys(fitting)
    return tuple(found)


def _fits(name: str, path: TablePath) -> bool:
    match path.sort:
        case PathSort.FILE:
            return name == path.location
        case PathSort.FOLDER:
            return path.location == "." or name.startswith(f"{path.location}/")
        case PathSort.PATTERN:
            as_deep = "**" in path.location or name.count("/") == path.location.count("/")
            return as_deep and fnmatchcase(name, path.location)


def _opened(archive: Archive, name: str) -> BinaryIO:
    try:
        return archive.open(name)
    except Misread as error:
        raise InvalidFile(f"'{shown(name)}' in the zip cannot be read: {error}.") from error
