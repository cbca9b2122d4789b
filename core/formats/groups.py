"""Which items of a shard look alike: gzipped JSON, a list of indexes for each group."""

import gzip

from pydantic import TypeAdapter

from core.domain.predictions import Groups

_GROUPS = TypeAdapter(tuple[tuple[int, ...], ...])
_COMPRESSION = 6


def encode(groups: Groups) -> bytes:
    """The bytes of these groups; equal ones make equal bytes."""
    body = _GROUPS.dump_json(tuple(tuple(group) for group in groups))
    return gzip.compress(body, compresslevel=_COMPRESSION, mtime=0)


def decode(data: bytes) -> Groups:
    """The groups in these bytes."""
    return _GROUPS.validate_json(gzip.decompress(data))
