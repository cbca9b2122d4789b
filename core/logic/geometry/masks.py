"""Masks as COCO's compressed run-length encoding, by pycocotools.

Runs go down columns, as in MATLAB, beginning with a run of pixels outside the mask; six bits of a number to a
character, as described in pycocotools' `maskApi.c`. Bitmaps are arrays of shape (height, width).

pycocotools is C that trusts its input. Only `is_sound` and `runs` take an encoding that may be anything.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.domain.answers import Polygon, Rle
from core.logic.geometry.bounds import Bounds

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start; who labels classes never needs it
    import numpy as np
    from numpy.typing import NDArray

PIXELS_MAX = 100_000_000
"""A larger mask is not sound: pycocotools takes four bytes a pixel to merge two, and one to decode it."""

_FIRST, _BITS, _MORE, _SIGN = 48, 0x1F, 0x20, 0x10
_CHARACTERS_MAX = 6
"""So many to a number at most: enough for any that pycocotools writes, and it loses bits of longer ones."""


def encode(bitmap: "NDArray[np.bool_]") -> Rle:
    """The run-length encoding of a bitmap."""
    import numpy as np
    from pycocotools import mask

    return _rle(mask.encode(np.asfortranarray(bitmap, dtype=np.bool_).view(np.uint8)))


def decode(rle: Rle) -> "NDArray[np.bool_]":
    """The bitmap of a sound encoding (see `is_sound`). pycocotools' own decoder makes numpy 2 warn."""
    import numpy as np

    lengths = runs(rle)
    return np.repeat(np.arange(lengths.size) % 2 == 1, lengths).reshape(rle.size, order="F")


def from_runs(size: tuple[int, int], lengths: Sequence[int]) -> Rle:
    """The encoding of runs, outside and inside by turns: COCO's uncompressed form. `size` is (height, width).

    Raises ValueError unless they cover the size exactly, and for a size above PIXELS_MAX.
    """
    from pycocotools import mask

    height, width = size
    if not _is_size(size) or min(lengths, default=-1) < 0:
        raise ValueError(f"no runs of {height} x {width} pixels")
    alternating = [0]
    for index, length in enumerate(lengths):
        if index % 2 != len(alternating) % 2:
            alternating[-1] += length
        elif length:
            alternating.append(length)
    if sum(alternating) != height * width:
        raise ValueError(f"no runs of {height} x {width} pixels")
    return _rle(mask.frPyObjects({"size": [height, width], "counts": alternating}, height, width))


def area(rle: Rle) -> int:
    """How many pixels are in the mask."""
    return int(runs(rle)[1::2].sum())


def bounds(rle: Rle) -> Bounds:
    """The bounds of the mask's pixels; all zero when there are none."""
    from pycocotools import mask

    x, y, width, height = (float(value) for value in mask.toBbox(_encoded(rle)))
    return Bounds(x, y, width, height)


def shared(one: Rle, other: Rle) -> int:
    """How many pixels two masks of the same size share."""
    from pycocotools import mask

    return int(mask.area(mask.merge([_encoded(one), _encoded(other)], intersect=True)))


def ious(one: Sequence[Rle], other: Sequence[Rle]) -> "NDArray[np.float64]":
    """The intersections over union of some sound masks, down, and others, across.

    0 where neither of two has a pixel; negative where they are of different sizes. There must be one of each.
    """
    import numpy as np
    from pycocotools import mask

    encoded = [[_encoded(rle) for rle in rles] for rles in (one, other)]
    return np.asarray(mask.iou(*encoded, [0] * len(other)), float)


def covered(rles: Sequence[Rle], least: int) -> Rle:
    """The mask of the pixels that so many of these have or more. They are of one size, and one at least."""
    import numpy as np

    edges = [np.cumsum(runs(rle)) for rle in rles]
    begins = np.concatenate([ends[: ends.size // 2 * 2 : 2] for ends in edges])
    stops = np.concatenate([ends[1::2] for ends in edges])
    places, inverse = np.unique(np.concatenate([begins, stops]), return_inverse=True)
    turns = np.repeat([1, -1], [begins.size, stops.size])
    inside = np.cumsum(np.bincount(inverse, turns, places.size)) >= least
    height, width = rles[0].size
    changes = places[np.diff(inside, prepend=False)]
    return from_runs((height, width), np.diff(changes, prepend=0, append=height * width).tolist())


def merged(rles: Sequence[Rle]) -> Rle:
    """The mask of every pixel that is in one of these, which must be of the same size, and one at least."""
    from pycocotools import mask

    return _rle(mask.merge([_encoded(rle) for rle in rles]))


def overlapping(rles: Sequence[Rle]) -> dict[int, int]:
    """Which sound masks of one size share pixels with one before them: their indices, and that one's.

    A mask that is in the result counts no more for those after it: the others do not overlap.
    """
    import numpy as np

    found: dict[int, int] = {}
    starts, ends, owners = (np.array([-1]) for _ in range(3))
    for index, rle in enumerate(rles):
        edges = np.cumsum(runs(rle))
        begins, stops = edges[: edges.size // 2 * 2 : 2], edges[1::2]
        before = np.searchsorted(starts, stops) - 1
        shares = before[ends[before] > begins]
        if shares.size:
            found[index] = int(owners[shares[0]])
            continue
        places = np.searchsorted(starts, begins)
        starts, ends = np.insert(starts, places, begins), np.insert(ends, places, stops)
        owners = np.insert(owners, places, index)
    return found


def from_polygon(polygon: Polygon, width: int, height: int) -> Rle:
    """The pixels of a polygon's parts that are in none of its holes, by pycocotools' rule for edges."""
    from pycocotools import mask

    parts = mask.merge(mask.frPyObjects([list(ring) for ring in polygon.parts], height, width))
    if not polygon.holes:
        return _rle(parts)
    holes = mask.merge(mask.frPyObjects([list(ring) for ring in polygon.holes], height, width))
    return _rle(mask.merge([parts, _encoded(inverted(_rle(holes)))], intersect=True))


def inverted(rle: Rle) -> Rle:
    """The mask of all the pixels that are not in this one."""
    return from_runs(rle.size, [0, *runs(rle).tolist()])


def runs(rle: Rle) -> "NDArray[np.int64]":
    """The lengths of the runs, outside and inside by turns. Raises ValueError for what is no encoding.

    A number is written in groups of five bits, the lowest first, with the sixth bit set in all characters but
    its last; from the third run inside or outside on, it is the difference to the run two before.
    """
    import numpy as np

    sixes = np.frombuffer(rle.counts.encode("ascii"), np.uint8).astype(np.int32) - _FIRST
    last = (sixes & _MORE) == 0
    if not sixes.size or not last[-1] or sixes.min() < 0 or sixes.max() >= 2 * _MORE:
        raise ValueError("no run-length encoding")
    starts = np.flatnonzero(np.append(True, last[:-1]))
    lengths = np.diff(starts, append=sixes.size)
    if lengths.max() > _CHARACTERS_MAX:
        raise ValueError("no run-length encoding")
    shifts = 5 * (np.arange(sixes.size) - np.repeat(starts, lengths))
    numbers = np.add.reduceat(((sixes & _BITS) << shifts).astype(np.int64), starts)
    numbers -= np.where(sixes[last] & _SIGN, 1 << 5 * lengths, 0)
    for turn in (1, 2):
        numbers[turn::2] = np.cumsum(numbers[turn::2])
    return numbers


def is_sound(rle: Rle) -> bool:
    """Whether the runs cover the size exactly and none but the first is of no pixels, as pycocotools has it.

    What is not sound makes pycocotools crash, or count wrong.
    """
    height, width = rle.size
    pixels = height * width
    if not _is_size(rle.size) or len(rle.counts) > (pixels + 1) * _CHARACTERS_MAX:
        return False
    try:
        lengths = runs(rle)
    except ValueError:
        return False
    return bool(lengths[0] >= 0 and (lengths[1:] > 0).all() and lengths.sum() == pixels)


def _is_size(size: tuple[int, int]) -> bool:
    height, width = size
    return min(height, width) > 0 and height * width <= PIXELS_MAX


def _encoded(rle: Rle) -> dict[str, Any]:
    return {"size": list(rle.size), "counts": rle.counts.encode("ascii")}


def _rle(encoded: dict[str, Any]) -> Rle:
    height, width = encoded["size"]
    counts = encoded["counts"]
    return Rle((int(height), int(width)), counts.decode("ascii") if isinstance(counts, bytes) else counts)
