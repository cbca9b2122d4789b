from math import nan

import pytest

from core.domain.answers import Polygon, Polygons
from core.domain.kinds import Kind
from core.logic.answering import Rules, Subject, misfit, misfits
from core.logic.answering.polygons import POINTS_MAX
from tests.unit.logic.geometry.shapes import Ring, rectangle

RULES = Rules(Kind.INSTANCE_SEGMENTATION, frozenset({"Cat", "Dog"}))
IMAGE = Subject(width=640, height=480)

TRIANGLE: Ring = (1, 2, 30, 4, 5, 60)
SQUARE = rectangle(100, 100, 100, 100)
HOLE: Ring = (110, 120, 130, 140, 150, 120)


def _misfit(*polygons: Polygon, subject: Subject = IMAGE) -> str | None:
    return misfit(RULES, Polygons(polygons), subject)


def test_no_polygons_are_a_true_negative() -> None:
    assert _misfit() is None


@pytest.mark.parametrize(
    "polygon",
    [
        Polygon("Cat", (TRIANGLE,)),
        Polygon("Dog", (TRIANGLE, SQUARE), (HOLE,)),
        Polygon("Cat", (SQUARE,), (HOLE, (160, 160, 170, 160, 165, 190))),
        Polygon("Cat", ((*TRIANGLE, 1, 2),)),  # closed once more
        Polygon("Cat", ((0, 0, 640, 0, 640, 480, 0, 480),)),
        Polygon("Cat", ((-0.01, 0, 640.01, 0, 640, 480.01, 0, 480),)),
        Polygon("Cat", (SQUARE,), ((100, 100, 200, 100, 200.01, 200),)),  # along the edge
        Polygon("Cat", ((0, 0, 8, 8, 8, 0, 0, 9),)),  # crosses itself
    ],
)
def test_polygons_that_fit(polygon: Polygon) -> None:
    assert _misfit(polygon) is None


@pytest.mark.parametrize(
    ("polygon", "reason"),
    [
        (Polygon("Fox", (TRIANGLE,)), "there is no label 'Fox' in this project."),
        (Polygon("Cat", ()), "it needs at least one part."),
        (Polygon("Cat", (), (HOLE,)), "it needs at least one part."),
        (
            Polygon("Cat", (TRIANGLE[:-1],)),
            "part 1 has 5 numbers, which are no pairs of x and y.",
        ),
        (
            Polygon("Cat", (SQUARE, (1, 2, nan, 4, 5, 6))),
            "part 2 has the coordinate nan, which is no number of pixels.",
        ),
        (
            Polygon("Cat", ((),)),
            "part 1 is open: it needs at least three points that differ, and has 0.",
        ),
        (
            Polygon("Cat", ((1, 2, 30, 4, 1, 2),)),
            "part 1 is open: it needs at least three points that differ, and has 2.",
        ),
        (
            Polygon("Cat", (SQUARE,), (HOLE, (110, 120, 130, 140))),
            "hole 2 is open: it needs at least three points that differ, and has 2.",
        ),
        (Polygon("Cat", ((0.1, 0.1, 0.2, 0.2, 0.3, 0.3),)), "part 1 has no area."),
        (Polygon("Cat", ((0, 0, 8, 8, 8, 0, 0, 8),)), "part 1 has no area."),  # an hourglass
        (Polygon("Cat", (SQUARE,), ((110, 120, 110, 140, 110, 160),)), "hole 1 has no area."),
        (
            Polygon("Cat", (TRIANGLE, (1, 2, 641, 4, 5, 481))),
            "part 2 sticks out of the image of 640 x 480 pixels on the right and at the bottom.",
        ),
        (
            Polygon("Cat", (SQUARE,), (HOLE, (110, -1, 130, 140, 150, 120))),
            "hole 2 sticks out of the image of 640 x 480 pixels at the top.",
        ),
        (Polygon("Cat", (TRIANGLE,), (HOLE,)), "hole 1 is not inside a part."),
        (Polygon("Cat", (SQUARE,), (HOLE, (110, 120, 130, 140, 200.1, 120))), "hole 2 is not inside a part."),
        (Polygon("Cat", (HOLE,), (SQUARE,)), "hole 1 is not inside a part."),
    ],
)
def test_polygons_that_do_not(polygon: Polygon, reason: str) -> None:
    assert _misfit(Polygon("Dog", (SQUARE,)), polygon) == f"polygon 2 ('{polygon.label}'): {reason}"


def test_a_hole_is_inside_one_part_not_between_two() -> None:
    left, right = (0, 0, 10, 0, 10, 10, 0, 10), (10, 0, 20, 0, 20, 10, 10, 10)
    across = (5, 5, 15, 5, 15, 7, 5, 7)
    assert _misfit(Polygon("Cat", (left, right), (across,))) == (
        "polygon 1 ('Cat'): hole 1 is not inside a part."
    )


def test_where_the_size_of_the_image_is_not_known_a_polygon_may_be_anywhere() -> None:
    assert _misfit(Polygon("Cat", ((9_000, 2, 9_030, 4, 9_005, 60),)), subject=Subject()) is None


def test_a_ring_is_not_too_long_to_be_drawn() -> None:
    allowed, longer = (Polygon("Cat", (rectangle(0, 0, width, 100_000),)) for width in (400_000, 400_001))
    assert _misfit(allowed, subject=Subject()) is None
    assert _misfit(longer, subject=Subject()) == "polygon 1 ('Cat'): part 1 is longer than 1,000,000 pixels."


def test_polygons_have_so_many_points_together() -> None:
    fan = tuple(value for step in range(POINTS_MAX - 3) for value in (0.001 * step, float(step % 2)))
    full = (Polygon("Cat", (fan,)), Polygon("Dog", (TRIANGLE,)))
    assert _misfit(*full) is None
    assert misfits(RULES, Polygons((*full, full[1])), IMAGE) == {
        2: "the polygons of an item have at most 100,000 points, and these have more."
    }
