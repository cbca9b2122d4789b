"""Label Studio's brush masks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from numpy.typing import NDArray

from core.domain.answers import Rle
from core.formats.label_studio.brush import decode
from core.logic.geometry import masks


def packed(words: list[tuple[str, int, list[int]]], count: int, *, word_bits: int = 8) -> bytes:
    """A stream of runs: `1` or `0` for repeated or not, how many words, and the words."""
    lengths = (3, 4, 8, 16)
    bits = f"{count:032b}{word_bits - 1:05b}" + "".join(f"{length - 1:04b}" for length in lengths)
    for repeated, run, values in words:
        choice = next(at for at, length in enumerate(lengths) if run <= 1 << length)
        bits += f"{repeated}{choice:02b}{run - 1:0{lengths[choice]}b}"
        bits += "".join(f"{value:08b}" for value in values)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _mask(rows: list[list[int]]) -> Rle:
    return masks.encode(np.array(rows, np.bool_))


def test_a_pixel_with_any_alpha_is_in_the_mask() -> None:
    pixels = [9, 9, 9, 0, 0, 0, 0, 1, 5, 6, 7, 255]  # two are: the second and the third
    assert decode(packed([("0", 12, pixels)], 12), 3, 1) == _mask([[0, 1, 1]])


def test_rows_come_one_after_the_other() -> None:
    runs = [("1", 8, [0]), ("1", 4, [200]), ("1", 12, [0])]
    assert decode(packed(runs, 24), 3, 2) == _mask([[0, 0, 1], [0, 0, 0]])


def test_runs_may_begin_and_end_amid_a_pixel() -> None:
    runs = [("1", 3, [8]), ("0", 2, [7, 8]), ("1", 5, [0]), ("0", 2, [1, 1])]
    assert decode(packed(runs, 12), 3, 1) == _mask([[1, 0, 1]])


def test_the_stream_of_a_two_pixel_image_bit_by_bit() -> None:
    # 8 words of 8 bits; lengths of 3, 4, 8, 16 bits; 7 + 1 times 255; filled up with zeros
    bits = "000000000000000000000000000010000011100100011011111111001111111111100000"
    data = int(bits, 2).to_bytes(9, "big")
    assert packed([("1", 8, [255])], 8) == data
    assert decode(data, 1, 2) == _mask([[1], [1]])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "cut off"),
        (packed([("1", 8, [255])], 8)[:-2], "cut off"),
        (packed([("0", 8, [255])], 8), "cut off"),
        (packed([], 8), "cut off"),
        (packed([("1", 9, [255])], 8), "go on"),
        (packed([("1", 2**16, [255])], 8), "go on"),
        (packed([("1", 8, [255])], 12), "12 words of 8 bits"),
        (packed([("1", 8, [255])], 8, word_bits=16), "8 words of 16 bits"),
        (packed([], 2**32 - 1), "4294967295 words"),
    ],
)
def test_what_is_no_such_image_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        decode(data, 2, 1)


@pytest.mark.parametrize(("width", "height"), [(0, 1), (-2, -1), (100_000, 100_000)])
def test_no_memory_is_taken_for_sizes_that_cannot_be(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="pixels cannot have a mask"):
        decode(packed([], width * height * 4 % 2**32), width, height)


@given(st.binary(max_size=40))
def test_no_bytes_do_harm(data: bytes) -> None:
    try:
        rle = decode(data, 2, 1)
    except ValueError:
        return
    assert rle.size == (1, 2)


SIDES = st.integers(1, 5)
IMAGES = st_numpy.arrays(np.uint8, st.tuples(SIDES, SIDES, st.just(4)), elements=st.integers(0, 2))


@given(IMAGES, st.lists(st.tuples(st.integers(1, 20), st.booleans()), max_size=30))
def test_any_cut_into_runs_gives_the_same_mask(
    image: NDArray[np.uint8], cuts: list[tuple[int, bool]]
) -> None:
    values = image.ravel().tolist()
    runs, at = [], 0
    for length, equal in [*cuts, *[(1, False)] * len(values)]:
        run = values[at : at + length]
        if run:
            repeated = equal and len(set(run)) == 1
            runs.append(("1", len(run), run[:1]) if repeated else ("0", len(run), run))
        at += length
    height, width, _ = image.shape
    assert decode(packed(runs, len(values)), width, height) == masks.encode(image[:, :, 3] > 0)
