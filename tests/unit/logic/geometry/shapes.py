"""Shapes for property tests. Their coordinates are quarters of pixels, so that sums of them are exact."""

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from core.domain.answers import Box, Polygon, Rle
from core.logic.geometry import masks
from core.logic.geometry.polygons import ring_area

WIDTH, HEIGHT = 40, 30
"""The image that they are in."""

Bitmap = NDArray[np.bool_]
Ring = tuple[float, ...]


def quarters(low: float, high: float) -> st.SearchStrategy[float]:
    """Multiples of 0.25 from low to high."""
    return st.integers(round(low * 4), round(high * 4)).map(lambda number: number / 4)


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """Boxes of at least a quarter pixel a side."""
    x, y = draw(quarters(0, WIDTH - 0.25)), draw(quarters(0, HEIGHT - 0.25))
    return Box("Cat", x, y, draw(quarters(0.25, WIDTH - x)), draw(quarters(0.25, HEIGHT - y)))


@st.composite
def triangles(draw: st.DrawFn) -> Ring:
    """Triangles of some area."""
    ring = tuple(draw(quarters(0, end)) for _ in range(3) for end in (WIDTH, HEIGHT))
    assume(ring_area(ring) > 0)
    return ring


def rectangle(x: float, y: float, width: float, height: float) -> Ring:
    """The ring around a box, clockwise on a screen."""
    return (x, y, x + width, y, x + width, y + height, x, y + height)


@st.composite
def frames(draw: st.DrawFn) -> Polygon:
    """Rectangles with a rectangle cut out of them."""
    outer = draw(boxes().filter(lambda box: box.width >= 1 and box.height >= 1))
    left, top = draw(quarters(0.25, outer.width - 0.5)), draw(quarters(0.25, outer.height - 0.5))
    width = draw(quarters(0.25, outer.width - left - 0.25))
    height = draw(quarters(0.25, outer.height - top - 0.25))
    part = rectangle(outer.x, outer.y, outer.width, outer.height)
    return Polygon("Dog", (part,), (rectangle(outer.x + left, outer.y + top, width, height),))


def polygons() -> st.SearchStrategy[Polygon]:
    """Triangles, and rectangles with a hole."""
    return frames() | triangles().map(lambda ring: Polygon("Fox", (ring,)))


def bitmaps() -> st.SearchStrategy[Bitmap]:
    """Images of 1 x 1 to 12 x 12 pixels, some of them marked."""
    return arrays(np.bool_, array_shapes(min_dims=2, max_dims=2, max_side=12))


def rles() -> st.SearchStrategy[Rle]:
    """The encodings of such images."""
    return bitmaps().map(masks.encode)
