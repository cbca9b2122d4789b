"""Masks as COCO's compressed run-length encoding, by pycocotools.

Runs go down columns, as in MATLAB, beginning with a run of pixels outside the mask; six bits of a number to a
character, as described in pycocotools' `maskApi.c`. Bitmaps are arrays of shape (height, width).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from core.domain.answers import Polygon, Rle
from core.logic.geometry.bounds import Bounds

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start; who labels classes never needs it
    import numpy as np
    from numpy.typing import NDArray

_FIRST, _BITS, _MORE, _SIGN = 48, 0x1F, 0x20, 0x10
_DELTAS_FROM = 3
"""From this run on a number is the difference to the run two before it."""


def encode(bitmap: "NDArray[np.bool_]") -> Rle:
    """The run-length encoding of a bitmap."""
    import numpy as np
    from pycocotools import mask

    return _rle(mask.encode(np.asfortranarray(bitmap, dtype=np.uint8)))


def decode(rle: Rle) -> "NDArray[np.bool_]":
    """The bitmap of a sound encoding (see `is_sound`)."""
    from pycocotools import mask

    bitmap: NDArray[np.bool_] = mask.decode(_encoded(rle)).astype(bool)
    return bitmap


def area(rle: Rle) -> int:
    """How many pixels are in the mask."""
    return sum(list(runs(rle))[1::2])


def bounds(rle: Rle) -> Bounds:
    """The bounds of the mask's pixels; all zero when there are none."""
    from pycocotools import mask

    x, y, width, height = (float(value) for value in mask.toBbox(_encoded(rle)))
    return Bounds(x, y, width, height)


def shared(one: Rle, other: Rle) -> int:
    """How many pixels two masks of the same size share."""
    from pycocotools import mask

    return int(mask.area(mask.merge([_encoded(one), _encoded(other)], intersect=True)))


def merged(rles: Sequence[Rle]) -> Rle:
    """The mask of every pixel that is in one of these, which must be of the same size, and one at least."""
    from pycocotools import mask

    return _rle(mask.merge([_encoded(rle) for rle in rles]))


def from_polygon(polygon: Polygon, width: int, height: int) -> Rle:
    """The pixels of a polygon's parts that are in none of its holes, by pycocotools' rule for edges."""
    from pycocotools import mask

    parts = mask.merge(mask.frPyObjects([list(ring) for ring in polygon.parts], height, width))
    if not polygon.holes:
        return _rle(parts)
    holes = mask.merge(mask.frPyObjects([list(ring) for ring in polygon.holes], height, width))
    return encode(decode(_rle(parts)) & ~decode(_rle(holes)))


def runs(rle: Rle) -> Iterator[int]:
    """The lengths of the runs, outside and inside by turns. Raises ValueError for what is no encoding."""
    previous: list[int] = []
    for number in _numbers(rle.counts):
        run = number + previous[-2] if len(previous) >= _DELTAS_FROM else number
        previous.append(run)
        yield run


def is_sound(rle: Rle) -> bool:
    """Whether the runs cover the size exactly. pycocotools trusts its input; bad runs crash it."""
    height, width = rle.size
    total = 0
    try:
        for run in runs(rle):
            total += run
            if run < 0 or total > height * width:
                return False
    except ValueError:
        return False
    return total == height * width


def _numbers(counts: str) -> Iterator[int]:
    number, shift = 0, 0
    for character in counts:
        six = ord(character) - _FIRST
        if not 0 <= six < 2 * _MORE:
            raise ValueError(character)
        number |= (six & _BITS) << shift
        shift += 5
        if not six & _MORE:
            yield number - (1 << shift) if six & _SIGN else number
            number, shift = 0, 0
    if shift:
        raise ValueError(counts)


def _encoded(rle: Rle) -> dict[str, Any]:
    return {"size": list(rle.size), "counts": rle.counts.encode("ascii")}


def _rle(encoded: dict[str, Any]) -> Rle:
    height, width = encoded["size"]
    counts = encoded["counts"]
    return Rle((int(height), int(width)), counts.decode("ascii") if isinstance(counts, bytes) else counts)
