"""The intersections over union of upright rectangles, and of stretches of text: of extents in any dimension.

Extents are an array of shape (number, 2, dimensions): where each begins, and where it ends.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def ious(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Those of `one` down, `other` across. 0 where an extent is too small to have a size."""
    import numpy as np

    begin = np.maximum(one[:, np.newaxis, 0], other[:, 0])
    end = np.minimum(one[:, np.newaxis, 1], other[:, 1])
    shared = _product(np.clip(end - begin, 0, None))
    union = _product(one[:, 1] - one[:, 0])[:, np.newaxis] + _product(other[:, 1] - other[:, 0]) - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def _product(sides: "NDArray[np.float64]") -> "NDArray[np.float64]":
    import numpy as np

    return np.asarray(sides.prod(axis=-1))
