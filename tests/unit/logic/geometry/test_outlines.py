import numpy as np
import pytest
from hypothesis import assume, given

from core.domain.answers import Polygon, Rle
from core.logic.geometry import masks, outlines, polygons
from tests.unit.logic.geometry.shapes import rles


def _around(*rows: str) -> Polygon:
    return outlines.around("Cell", masks.encode(np.array([[pixel == "#" for pixel in row] for row in rows])))


def test_the_outline_of_a_rectangle_is_its_corners() -> None:
    assert _around("....", ".##.", ".##.", ".##.") == Polygon("Cell", ((1, 1, 3, 1, 3, 4, 1, 4),))


def test_a_hole_is_a_ring_of_its_own() -> None:
    outer, inner = (0, 0, 3, 0, 3, 3, 0, 3), (1, 1, 1, 2, 2, 2, 2, 1)
    assert _around("###", "#.#", "###") == Polygon("Cell", (outer,), (inner,))


def test_pixels_that_touch_at_a_corner_are_two_parts() -> None:
    one, other = (0, 0, 1, 0, 1, 1, 0, 1), (1, 1, 2, 1, 2, 2, 1, 2)
    assert _around("#.", ".#") == Polygon("Cell", (one, other))
    assert len(_around(".#", "#.").parts) == 2


@given(rles())
def test_the_same_pixels_are_inside(rle: Rle) -> None:
    assume(masks.area(rle))
    polygon = outlines.around("Cell", rle)
    assert polygons.area(polygon) == masks.area(rle)
    height, width = rle.size
    assert masks.from_polygon(polygon, width, height) == rle


def test_dust_is_refused() -> None:
    stripes = masks.from_runs((1, 1_000_000), [0, *[1] * 1_000_000])
    with pytest.raises(ValueError, match="1000000"):
        outlines.around("Cell", stripes)
