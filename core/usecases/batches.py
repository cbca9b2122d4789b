"""Cut a sequence into pieces."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The values, up to `size` at a time. (Python 3.12 has itertools.batched.)"""
    return (values[start : start + size] for start in range(0, len(values), size))
