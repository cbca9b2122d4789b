"""The predictions of a shard: gzipped JSON by item index, as pydantic writes the domain's values."""

import gzip
from collections.abc import Mapping

from pydantic import TypeAdapter

from core.domain.predictions import Prediction

_PREDICTIONS = TypeAdapter(dict[int, Prediction])
_COMPRESSION = 6


def encode(predictions: Mapping[int, Prediction]) -> bytes:
    """The bytes of these predictions; equal ones make equal bytes."""
    body = _PREDICTIONS.dump_json(dict(sorted(predictions.items())))
    return gzip.compress(body, compresslevel=_COMPRESSION, mtime=0)


def decode(data: bytes) -> Mapping[int, Prediction]:
    """The predictions in these bytes."""
    return _PREDICTIONS.validate_json(gzip.decompress(data))
