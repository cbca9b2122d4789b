"""Label Studio's run-length encoding of brush masks, which is that of the npm package @thi.ng/rle-pack.

A stream of bits, the highest of each byte first: 32 for how many words follow, 5 for the bits of a word less
one, four times 4 for the bits of a run's length less one. Then runs until the words are complete: a
bit that is 1 for one word repeated and 0 for words one by one, 2 bits that choose among the four, the run's
length less one, and its word or words. The words are the bytes of an RGBA image, row by row; a pixel with any
alpha is in the mask, as Label Studio itself shows it.
"""

from typing import TYPE_CHECKING

from core.domain.answers import Rle
from core.logic.geometry import masks

if TYPE_CHECKING:  # numpy takes a tenth of a second of a cold start
    import numpy as np
    from numpy.typing import NDArray

_COUNT_BITS, _WIDTH_BITS, _CHOICE_BITS, _CHOICES = 32, 5, 4, 4
_BYTE = 8
_CHANNELS, _ALPHA = 4, 3


def decode(packed: bytes, width: int, height: int) -> Rle:
    """The mask in an image of `width` x `height` pixels.

    Raises ValueError, with what is wrong, for what is no such image. Takes memory for the pixels, of which
    there may be `masks.PIXELS_MAX`, whatever the stream says.
    """
    if min(width, height) <= 0 or width * height > masks.PIXELS_MAX:
        raise ValueError(f"an image of {width} x {height} pixels cannot have a mask")
    bits = _Bits(packed)
    count, word = bits.read(_COUNT_BITS), bits.read(_WIDTH_BITS) + 1
    if word != _BYTE or count != width * height * _CHANNELS:
        raise ValueError(f"the mask holds {count} words of {word} bits, not {width} x {height} pixels")
    return masks.encode(_alpha(bits, count).reshape(height, width))


def _alpha(bits: "_Bits", count: int) -> "NDArray[np.bool_]":
    """Which pixels have an alpha above 0. The alpha bytes among the first n bytes are n // 4."""
    import numpy as np

    alpha = np.zeros(count // _CHANNELS, np.bool_)
    lengths = [bits.read(_CHOICE_BITS) + 1 for _ in range(_CHOICES)]
    at = 0
    while at < count:
        repeated = bits.read(1)
        end = at + 1 + bits.read(lengths[bits.read(2)])
        if end > count:
            raise ValueError(f"the mask's runs go on behind its {count} bytes")
        pixels = slice(at // _CHANNELS, end // _CHANNELS)
        if repeated:
            alpha[pixels] = bits.read(_BYTE) > 0
        else:
            single = bits.read_bytes(end - at)
            alpha[pixels] = np.frombuffer(single, np.uint8)[(_ALPHA - at) % _CHANNELS :: _CHANNELS] > 0
        at = end
    return alpha


class _Bits:
    """A stream of bits. Reading behind its end raises ValueError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def read(self, count: int) -> int:
        """The next bits as a number."""
        first, end = self._at // _BYTE, self._at + count
        if end > len(self._data) * _BYTE:
            raise ValueError("the mask's run lengths are cut off")
        last = -(-end // _BYTE)
        number = int.from_bytes(self._data[first:last], "big") >> (last * _BYTE - end)
        self._at = end
        return number & ((1 << count) - 1)

    def read_bytes(self, count: int) -> bytes:
        """The next bytes, wherever in a byte they begin."""
        return self.read(count * _BYTE).to_bytes(count, "big")
