from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Box, Polygon
from core.logic.geometry.bounds import Bounds
from core.logic.geometry.polygons import area, bounds, contains, outline, ring_area
from tests.unit.logic.geometry.shapes import Ring, boxes, frames, quarters, rectangle, triangles

SQUARE = rectangle(1, 2, 4, 4)


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        (rectangle(7, 9, 3, 5), 3 * 5),
        ((0, 0, 4, 0, 0, 3), 4 * 3 / 2),
        ((0, 0, 4, 0, 4, 3, 2, 3, 2, 5, 0, 5), 4 * 3 + 2 * 2),  # an L
        ((0, 0, 4, 0, 0, 3, 0, 0), 4 * 3 / 2),  # the first point repeated
        ((0, 0, 1, 1, 2, 2), 0),
        ((50_000.1, 50_000.1, 50_000.2, 50_000.2, 50_000.3, 50_000.3), pytest.approx(0, abs=1e-9)),
    ],
)
def test_the_area_of_a_ring(ring: Ring, expected: float) -> None:
    assert ring_area(ring) == expected


@given(triangles(), quarters(-1_000, 1_000), quarters(-1_000, 1_000))
def test_a_ring_keeps_its_area_wherever_it_is(ring: Ring, x: float, y: float) -> None:
    moved = tuple(
        chain.from_iterable((px + x, py + y) for px, py in zip(ring[0::2], ring[1::2], strict=True))
    )
    assert ring_area(moved) == ring_area(ring)


@given(triangles(), st.integers(0, 2))
def test_neither_direction_nor_first_point_changes_an_area(ring: Ring, first: int) -> None:
    points = list(zip(ring[0::2], ring[1::2], strict=True))
    turned = points[first:] + points[:first]
    assert ring_area(tuple(chain.from_iterable(turned))) == ring_area(ring)
    assert ring_area(tuple(chain.from_iterable(reversed(turned)))) == ring_area(ring)


@given(boxes())
def test_a_rectangle_has_the_area_of_its_box(box: Box) -> None:
    assert ring_area(rectangle(box.x, box.y, box.width, box.height)) == box.width * box.height


def test_holes_are_not_part_of_a_polygon() -> None:
    parts = (rectangle(0, 0, 10, 8), rectangle(20, 0, 3, 1))
    polygon = Polygon("Cat", parts, (rectangle(1, 1, 2, 3), rectangle(5, 5, 1, 1)))
    assert area(polygon) == 10 * 8 + 3 * 1 - 2 * 3 - 1 * 1
    assert bounds(polygon) == Bounds(x=0, y=0, width=23, height=8)


def test_the_outline_counts_steps_from_pixel_to_pixel() -> None:
    assert outline(rectangle(7, 9, 3, 5)) == 3 + 5 + 3 + 5
    assert outline((0, 0, 3, 4, 0, 4)) == 4 + 3 + 4


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((3, 3), True),
        ((1.5, 5.5), True),
        ((0.5, 3), False),
        ((5.5, 3), False),
        ((3, 1.5), False),
        ((3, 6.5), False),
        ((1, 2), True),  # a corner
        ((5, 4), True),  # on the right edge
        ((5.005, 4), True),  # closer to it than the tolerance
        ((5.005, 6.005), True),
        ((5.02, 4), False),
    ],
)
def test_a_square_contains_its_points_and_what_is_within_the_tolerance(point: Ring, inside: bool) -> None:
    assert contains(SQUARE, point, tolerance=0.01) == inside


def test_all_points_have_to_be_inside() -> None:
    assert contains(SQUARE, (2, 3, 4, 5), tolerance=0)
    assert not contains(SQUARE, (2, 3, 4, 7), tolerance=0)


def test_the_notch_of_a_ring_is_outside() -> None:
    notched = (0, 0, 6, 0, 6, 6, 3, 1, 0, 6)
    assert contains(notched, (1, 3, 5, 3))
    assert not contains(notched, (3, 3))


@given(triangles(), st.tuples(*[st.integers(1, 9)] * 3))
def test_a_triangle_contains_every_mean_of_its_corners(ring: Ring, weights: tuple[int, int, int]) -> None:
    x = sum(weight * value for weight, value in zip(weights, ring[0::2], strict=True)) / sum(weights)
    y = sum(weight * value for weight, value in zip(weights, ring[1::2], strict=True)) / sum(weights)
    assert contains(ring, (x, y), tolerance=1e-9)


@given(frames())
def test_a_frame_contains_its_hole_and_the_hole_not_the_frame(frame: Polygon) -> None:
    assert contains(frame.parts[0], frame.holes[0])
    assert not contains(frame.holes[0], frame.parts[0])
