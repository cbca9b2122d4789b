"""A shard's manifest: gzipped NDJSON, one line an item, in the order of the shard's indexes.

Fields: `path`, `etag`, `size` in bytes; `row` and `columns` for a row of a table; `image` once an image has
been looked at, with the fields of `ImageInfo`.
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict

from pydantic_core import to_json

from core.domain.items import ImageInfo, Item

_COMPRESSION = 1  # a listing of 500,000 items is written in seconds; higher levels save little on paths


def encode(items: Iterable[Item]) -> bytes:
    """The manifest of these items; equal items make equal bytes."""
    lines = b"".join(map(_line, items))
    return gzip.compress(lines, compresslevel=_COMPRESSION, mtime=0)


def decode(data: bytes) -> tuple[Item, ...]:
    """The items of a manifest."""
    lines = gzip.decompress(data).splitlines()
    rows = json.loads(b"[" + b",".join(lines) + b"]")  # at once: half the time of line by line
    for row in rows:
        if "image" in row:
            row["image"] = ImageInfo(**row["image"])
    return tuple(Item(**row) for row in rows)


def _line(item: Item) -> bytes:
    fields: dict[str, object] = {"path": item.path, "etag": item.etag, "size": item.size}
    if item.row is not None:
        fields |= {"row": item.row, "columns": item.columns}
    if item.image is not None:
        fields["image"] = asdict(item.image)
    return to_json(fields) + b"\n"  # three times as fast as json.dumps
