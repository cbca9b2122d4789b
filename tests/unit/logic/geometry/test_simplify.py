import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.domain.answers import Polygon
from core.logic.geometry.simplify import simplified, simplified_ring
from tests.unit.logic.geometry.shapes import Ring, quarters, rectangle

STAIRS = (0, 0, 10, 0, 10, 1, 20, 1, 20, 2, 30, 2, 30, 40, 0, 40)
"""Steps of 10 x 1 down to the right, over a large block."""

rings = st.lists(st.tuples(quarters(0, 40), quarters(0, 30)), min_size=3, max_size=20).map(
    lambda points: tuple(value for point in points for value in point)
)


def _distance(point: NDArray[np.float64], ring: Ring) -> float:
    """How far a point is from the nearest edge of a ring."""
    corners = np.array(ring, float).reshape(-1, 2)
    along = np.roll(corners, -1, axis=0) - corners
    squared = np.maximum((along**2).sum(axis=1), np.finfo(float).tiny)
    part = np.clip(((point - corners) * along).sum(axis=1) / squared, 0, 1)
    return float(np.hypot(*(corners + part[:, np.newaxis] * along - point).T).min())


def test_steps_become_a_slope() -> None:
    #  from 0, 0 to 30, 2 each corner is less than a pixel away
    assert simplified_ring(STAIRS, 1.0) == (0, 0, 30, 2, 30, 40, 0, 40)


def test_corners_further_away_than_tolerated_stay() -> None:
    assert simplified_ring(rectangle(1, 2, 30, 20), 1.0) == rectangle(1, 2, 30, 20)


@given(rings, quarters(0.25, 3))
def test_what_is_left_passes_close_to_all_corners(ring: Ring, tolerance: float) -> None:
    corners = np.array(ring, float).reshape(-1, 2)
    left = simplified_ring(ring, tolerance)
    assert max(_distance(corner, left) for corner in corners) <= tolerance


@given(rings, quarters(0.25, 3))
def test_what_is_left_is_some_of_the_corners_in_order(ring: Ring, tolerance: float) -> None:
    left = simplified_ring(ring, tolerance)
    corners = iter(zip(ring[0::2], ring[1::2], strict=True))
    assert all(corner in corners for corner in zip(left[0::2], left[1::2], strict=True))


def test_rings_of_few_corners_stay() -> None:
    polygon = Polygon("Cat", (STAIRS,))
    assert simplified(polygon, corners=8, tolerance=1.0) == polygon
    assert simplified(polygon, corners=7, tolerance=1.0) == Polygon("Cat", ((0, 0, 30, 2, 30, 40, 0, 40),))


def test_a_ring_too_thin_to_be_simplified_stays() -> None:
    thin = Polygon("Cat", ((0, 0, 30, 0, 30, 0.5, 15, 0.5, 0, 0.5),))
    assert simplified(thin, corners=3, tolerance=1.0) == thin


def test_a_polygon_whose_hole_would_stick_out_stays() -> None:
    #  the hole is in the corner of a step that the slope from 0, 0 to 30, 2 cuts off: 1.05 is above 1.32
    hole = (10.2, 1.05, 19.8, 1.05, 19.8, 1.2, 10.2, 1.2)
    polygon = Polygon("Cat", (STAIRS,), (hole,))
    assert simplified(polygon, corners=7, tolerance=1.0) == polygon


def test_holes_are_simplified_too() -> None:
    hole = tuple(value / 2 + 5 for value in STAIRS)
    polygon = Polygon("Cat", (rectangle(0, 0, 40, 40),), (hole,))
    assert simplified(polygon, corners=7, tolerance=1.0).holes == ((5, 5, 20, 6, 20, 25, 5, 25),)
