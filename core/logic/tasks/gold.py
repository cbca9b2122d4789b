"""When a labeler is tested with an item whose answer is known. Pure."""

from hashlib import blake2b

_WHOLE = 2**64


def is_test(task: str, size: int, rate: float) -> bool:
    """Whether a page of `size` items is to have a gold one, so that `rate` of all items are gold in the long
    run. It depends on nothing but the task's id, so that a claim that is repeated decides the same."""
    drawn = int.from_bytes(blake2b(task.encode(), digest_size=8).digest()) / _WHOLE
    return drawn < size * rate
