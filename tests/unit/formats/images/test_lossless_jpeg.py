from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from core.formats.images.errors import Unreadable
from core.formats.images.lossless_jpeg import decode_lossless

Samples = NDArray[np.uint16]

RULES: dict[int, Callable[[int, int, int], int]] = {
    1: lambda a, _b, _c: a,
    2: lambda _a, b, _c: b,
    3: lambda _a, _b, c: c,
    4: lambda a, b, c: a + b - c,
    5: lambda a, b, c: a + ((b - c) >> 1),
    6: lambda a, b, c: b + ((a - c) >> 1),
    7: lambda a, b, _c: (a + b) >> 1,
}
"""How a sample is predicted from its neighbours: left, above, and left of that above."""

FIXED_CODES = bytes([0, 0, 0, 0, 0, 17, *bytes(11), *range(17)])
"""A Huffman table whose code for each category is its number in five bits."""


def encoded(samples: Samples, precision: int, predictor: int, *, restart: bool = False) -> bytes:
    """A lossless JPEG of samples of shape (height, width, components), restarting after each row if asked."""
    height, width, components = samples.shape
    size = [precision, *height.to_bytes(2, "big"), *width.to_bytes(2, "big"), components]
    names = [number for name in range(components) for number in (name + 1, 0x11, 0)]
    scan = [components, *(n for name in range(components) for n in (name + 1, 0)), predictor, 0, 0]
    rows = [samples[row : row + 1] for row in range(height)] if restart else [samples]
    parts = [_coded(part.astype(int), precision, predictor) for part in rows]
    body = b"".join(part + b"\xff" + bytes([0xD0 + n % 8]) for n, part in enumerate(parts))[:-2]
    interval = _segment(0xDD, width.to_bytes(2, "big")) if restart else b""
    head = _segment(0xC3, bytes(size + names)) + _segment(0xC4, FIXED_CODES) + interval
    return b"\xff\xd8" + head + _segment(0xDA, bytes(scan)) + body + b"\xff\xd9"


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def _coded(samples: NDArray[np.int64], precision: int, predictor: int) -> bytes:
    bits = ""
    for y, x, k in np.ndindex(samples.shape):
        left, above = samples[y, x - 1, k], samples[y - 1, x, k]
        if y == 0:
            expected = left if x else 1 << (precision - 1)
        else:
            expected = RULES[predictor](left, above, samples[y - 1, x - 1, k]) if x else above
        difference = int(samples[y, x, k] - expected + (1 << 15)) % (1 << 16) - (1 << 15)
        category = abs(difference).bit_length()
        bits += f"{category:05b}"
        if 0 < category < 16:
            bits += f"{difference + ((1 << category) - 1) * (difference < 0):0{category}b}"
    whole = bits + "1" * (-len(bits) % 8)
    data = bytes(int(whole[at : at + 8], 2) for at in range(0, len(whole), 8))
    return data.replace(b"\xff", b"\xff\0")


@st.composite
def images(draw: st.DrawFn) -> tuple[Samples, int]:
    """Samples and their precision."""
    precision = draw(st.integers(2, 16))
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from([1, 3])))
    return draw(arrays.arrays(np.uint16, shape, elements=st.integers(0, (1 << precision) - 1))), precision


@given(images(), st.sampled_from(list(RULES)), st.booleans())
def test_what_is_encoded_comes_back(image: tuple[Samples, int], predictor: int, restart: bool) -> None:
    samples, precision = image
    data = encoded(samples, precision, predictor, restart=restart)
    assert np.array_equal(decode_lossless(data), samples)


def test_an_image_of_many_blocks_comes_back() -> None:
    samples = np.random.default_rng(1).integers(0, 1 << 16, (200, 300, 1)).astype(np.uint16)
    data = encoded(samples, 16, 1)
    assert len(data) > 2 * 64 * 1024
    assert np.array_equal(decode_lossless(data), samples)


def test_an_image_that_is_cut_off_is_refused() -> None:
    data = encoded(np.arange(600, dtype=np.uint16).reshape(20, 30, 1), 12, 1)
    with pytest.raises(Unreadable, match="cut off"):
        decode_lossless(data[:-40] + b"\xff\xd9")


def test_a_code_that_no_table_knows_is_refused() -> None:
    data = encoded(np.zeros((2, 2, 1), np.uint16), 8, 1)
    with pytest.raises(Unreadable, match="a code that its tables do not know"):
        decode_lossless(data[:-5] + bytes([0b11111_111]) + b"\0" + data[-4:])


def test_another_jpeg_is_refused() -> None:
    with pytest.raises(Unreadable, match="said to be lossless"):
        decode_lossless(b"\xff\xd8" + _segment(0xC0, bytes([8, 0, 1, 0, 1, 1, 1, 0x11, 0])) + b"\xff\xd9")
