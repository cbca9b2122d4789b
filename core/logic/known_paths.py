"""Which paths a project has already: eight bytes a path, so that half a million fit in a few megabytes."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

DIGEST_BYTES = 8


def digest(path: str) -> bytes:
    """Eight bytes that stand for a path. Among 500,000 paths two agree with a chance of 1 in 10^8."""
    return blake2b(path.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def digests(paths: Iterable[str]) -> bytes:
    """The digests of many paths, one after the other."""
    return b"".join(digest(path) for path in paths)


def split(packed: bytes) -> Iterator[bytes]:
    """The digests that `digests` put together."""
    return (packed[at : at + DIGEST_BYTES] for at in range(0, len(packed), DIGEST_BYTES))
