"""The intersections over union of upright rectangles, and of stretches of text: of extents in any dimension.

Extents are an array of shape (number, 2, dimensions): where each begins, and where it ends.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ious(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Those of `one` down, `other` across. 0 where two extents are too small to have a size."""
    import numpy as np

    shared = np.ones((len(one), len(other)))
    for (begins, ends), (others_begin, others_end) in zip(one.T, other.T, strict=True):
        begin = np.maximum(begins[:, np.newaxis], others_begin)
        shared *= np.maximum(np.minimum(ends[:, np.newaxis], others_end) - begin, 0)
    union = _sizes(one)[:, np.newaxis] + _sizes(other) - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def _sizes(extents: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.asarray(np.prod(extents[:, 1] - extents[:, 0], axis=-1))
