"""Gray values of any depth as the 8 bits of a screen. Arrays have the shape (height, width)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Pixels = NDArray[np.generic]
    Bytes = NDArray[np.uint8]

Scalar = TypeVar("Scalar", bound="np.generic")
Tone = Callable[["Values"], "Values"]
"""What makes 0..1 (black to white) of values; what lies outside is clipped."""

_BLOCK = 1_000_000


def linear(low: float, high: float) -> Tone:
    """Black at `low` and below, white at `high` and above; all black where they are the same."""
    span = high - low if high != low else 1.0
    return lambda values: (values - low) / span


def spread(pixels: "Pixels") -> "Bytes":
    """Gray from the darkest pixel to the brightest: nothing is clipped, and 12 bits in 16 stay visible."""
    return screen(pixels, linear(*extremes(pixels)))


def extremes(pixels: "Pixels") -> tuple[float, float]:
    """The least and greatest value, leaving out what is no number; 0 and 0 where nothing is one."""
    import numpy as np

    if pixels.dtype.kind != "f":
        return float(pixels.min()), float(pixels.max())
    low, high = np.inf, -np.inf
    for rows in _blocks(pixels):
        finite = rows[np.isfinite(rows)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    return (low, high) if low <= high else (0.0, 0.0)


def screen(pixels: "Pixels", tone: Tone) -> "Bytes":
    """Every pixel through the tone, as 0 (black) to 255 (white)."""
    import numpy as np

    return mapped(pixels, lambda values: np.rint(np.clip(np.nan_to_num(tone(values)), 0, 1) * 255), np.uint8)


def mapped(pixels: "Pixels", function: Tone, kind: "type[Scalar]") -> "NDArray[Scalar]":
    """Every pixel through a function, as numbers of a kind.

    It is worked out once for each value that pixels of up to 16 bits can have, and block by block for deeper
    ones. Either way memory stays near that of the result.
    """
    import numpy as np

    if pixels.dtype.kind in "ui" and pixels.dtype.itemsize <= 2:
        unsigned = np.dtype(f"u{pixels.dtype.itemsize}")
        native = pixels.astype(pixels.dtype.newbyteorder("="), copy=False)
        every = np.arange(256**unsigned.itemsize, dtype=unsigned).view(native.dtype)
        table: NDArray[Scalar] = function(every.astype(np.float64)).astype(kind)
        found: NDArray[Scalar] = table[native.view(unsigned)]
        return found
    result = np.empty(pixels.shape, kind)
    for rows, target in zip(_blocks(pixels), _blocks(result), strict=True):
        target[:] = function(rows.astype(np.float64))
    return result


def _blocks(pixels: "Pixels") -> "list[Pixels]":
    step = max(1, _BLOCK // max(1, pixels.shape[1]))
    return [pixels[row : row + step] for row in range(0, pixels.shape[0], step)]
