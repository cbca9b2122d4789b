from hypothesis import given
from hypothesis import strategies as st

from core.logic.geometry.bounds import Bounds, around, overlap
from tests.unit.logic.geometry.shapes import Ring, boxes, triangles

rectangles = boxes().map(lambda box: Bounds(box.x, box.y, box.width, box.height))


def test_bounds_reach_from_the_lowest_to_the_highest_coordinates() -> None:
    assert around((5, 2, 1, 9, 3, 4)) == Bounds(x=1, y=2, width=4, height=7)


def test_rectangles_share_the_area_where_both_are() -> None:
    #  from 1, 2 to 5, 9 and from 3, 4 to 13, 6: 3..5 of x, 4..6 of y
    assert overlap(Bounds(1, 2, 4, 7), Bounds(3, 4, 10, 2)) == 2 * 2


def test_rectangles_that_touch_share_nothing() -> None:
    assert overlap(Bounds(0, 0, 4, 7), Bounds(4, 0, 5, 7)) == 0


def test_rectangles_apart_both_ways_share_nothing() -> None:
    assert overlap(Bounds(0, 0, 1, 1), Bounds(3, 4, 5, 6)) == 0


@given(triangles())
def test_all_points_are_within_their_bounds_and_one_on_each_side(ring: Ring) -> None:
    x, y, width, height = around(ring)
    assert (min(ring[0::2]), max(ring[0::2])) == (x, x + width)
    assert (min(ring[1::2]), max(ring[1::2])) == (y, y + height)


@given(triangles(), st.integers(0, 2))
def test_bounds_do_not_depend_on_the_first_point(ring: Ring, first: int) -> None:
    assert around(ring[2 * first :] + ring[: 2 * first]) == around(ring)


@given(rectangles, rectangles)
def test_what_is_shared_is_the_same_both_ways_and_never_more_than_either(one: Bounds, other: Bounds) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert 0 <= overlap(one, other) <= min(one.width * one.height, other.width * other.height)


@given(rectangles)
def test_a_rectangle_shares_all_of_itself(bounds: Bounds) -> None:
    assert overlap(bounds, bounds) == bounds.width * bounds.height
