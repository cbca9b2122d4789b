"""A shard's manifest: gzipped NDJSON, one line an item, in the order of the shard's indexes.

Fields: `path`, `etag`, `size` in bytes, and `text` for a row of a table.
"""

import gzip
import json
from collections.abc import Iterable

from core.domain.items import Item

_COMPRESSION = 1  # a listing of 500,000 items is written in seconds; higher levels save little on paths


def encode(items: Iterable[Item]) -> bytes:
    """The manifest of these items; equal items make equal bytes."""
    lines = "".join(_line(item) for item in items)
    return gzip.compress(lines.encode(), compresslevel=_COMPRESSION, mtime=0)


def decode(data: bytes) -> tuple[Item, ...]:
    """The items of a manifest."""
    lines = gzip.decompress(data).splitlines()
    rows = json.loads(b"[" + b",".join(lines) + b"]")  # at once: half the time of line by line
    return tuple(Item(**row) for row in rows)


def _line(item: Item) -> str:
    fields: dict[str, str | int] = {"path": item.path, "etag": item.etag, "size": item.size}
    if item.text is not None:
        fields["text"] = item.text
    return json.dumps(fields, separators=(",", ":")) + "\n"
