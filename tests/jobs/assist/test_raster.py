"""Bitmaps, run lengths and polygons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from learning.raster import decode, encode, outline, runs
from pycocotools import mask

from core.domain.answers import Rle
from core.logic.geometry import masks

bitmaps = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda size: st.lists(st.booleans(), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda bits: np.array(bits, np.bool_).reshape(size)
    )
)


@given(bitmaps)
def test_run_lengths_are_those_of_tagwerk(bitmap: np.ndarray) -> None:
    rle = encode(bitmap)
    assert masks.encode(bitmap) == Rle((rle["size"][0], rle["size"][1]), rle["counts"])
    assert (decode(rle) == bitmap).all()


@given(bitmaps)
def test_outlines_enclose_the_pixels(bitmap: np.ndarray) -> None:
    """Drawn again by pycocotools, they are the same pixels; inside a hole there may be a part again."""
    parts, holes = outline(bitmap, 1.0, 0.0)
    again = np.zeros_like(bitmap)
    for ring in (*parts, *holes):
        (drawn,) = mask.frPyObjects([ring], *bitmap.shape)
        again ^= decode({"size": drawn["size"], "counts": drawn["counts"].decode()})
    assert (again == bitmap).all()


def test_a_hole() -> None:
    bitmap = np.zeros((5, 5), np.bool_)
    bitmap[1:4, 1:4] = True
    bitmap[2, 2] = False
    parts, holes = outline(bitmap, 2.0, 0.5)
    assert parts == [[2, 2, 8, 2, 8, 8, 2, 8]]
    assert sorted(zip(holes[0][::2], holes[0][1::2], strict=True)) == [(4, 4), (4, 6), (6, 4), (6, 6)]


@pytest.mark.parametrize("counts", ["é", "o"])
def test_no_run_lengths(counts: str) -> None:
    with pytest.raises(ValueError, match="run-length encoding"):
        runs(counts)
