from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Rle, Span, Spans
from core.logic.geometry import masks, polygons
from core.logic.geometry.bounds import Bounds, around
from core.logic.geometry.moves import clipped, scaled, upright
from tests.unit.logic.geometry.shapes import HEIGHT, WIDTH, Bitmap, Ring, bitmaps, boxes, frames, rectangle
from tests.unit.logic.geometry.shapes import polygons as polygons_in_an_image

ORIENTATION = 0x0112
INVERSE = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
orientations = st.sampled_from(list(INVERSE))

STRANGE: list[Answer] = [
    Boxes((Box("Cat", 3, 4, -2, 1), Box("Cat", 3, 4, 2, 0), Box("Cat", 3, 4, nan, 1))),
    Polygons((Polygon("Cat", ((1, 2, 3),), ((4,),)), Polygon("Cat", ()))),
    Masks((Mask("Cat", Rle((2, 3), "oooo")), Mask("Cat", Rle((-2, -3), "2111")))),
]


def _sides(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (width, height) if orientation < 5 else (height, width)


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (1, Box("Cat", 1, 2, 3, 4)),
        (2, Box("Cat", 6, 2, 3, 4)),  # 10 - 1 - 3
        (3, Box("Cat", 6, 1, 3, 4)),  # 7 - 2 - 4
        (4, Box("Cat", 1, 1, 3, 4)),
        (5, Box("Cat", 2, 1, 4, 3)),
        (6, Box("Cat", 1, 1, 4, 3)),
        (7, Box("Cat", 1, 6, 4, 3)),
        (8, Box("Cat", 2, 6, 4, 3)),
    ],
)
def test_a_box_on_ten_by_seven_stored_pixels(orientation: int, expected: Box) -> None:
    assert upright(Boxes((Box("Cat", 1, 2, 3, 4),)), 10, 7, orientation) == Boxes((expected,))


@given(bitmaps(), orientations)
def test_masks_turn_as_pillow_turns_images(bitmap: Bitmap, orientation: int) -> None:
    image = Image.fromarray(bitmap.astype(np.uint8))
    image.getexif()[ORIENTATION] = orientation
    expected = np.asarray(ImageOps.exif_transpose(image)).astype(bool)
    stored = Masks((Mask("Cat", masks.encode(bitmap)),))
    height, width = bitmap.shape
    assert upright(stored, width, height, orientation) == Masks((Mask("Cat", masks.encode(expected)),))


@given(bitmaps().filter(np.any), orientations)
def test_the_box_around_a_mask_turns_with_it(bitmap: Bitmap, orientation: int) -> None:
    height, width = bitmap.shape
    rle = masks.encode(bitmap)
    turned_mask = upright(Masks((Mask("Cat", rle),)), width, height, orientation)
    turned_box = upright(Boxes((Box("Cat", *masks.bounds(rle)),)), width, height, orientation)
    assert isinstance(turned_mask, Masks)
    assert turned_box == Boxes((Box("Cat", *masks.bounds(turned_mask.masks[0].rle)),))


@given(polygons_in_an_image(), orientations)
def test_the_box_around_a_polygon_turns_with_it_and_its_area_stays(
    polygon: Polygon, orientation: int
) -> None:
    turned = upright(Polygons((polygon,)), WIDTH, HEIGHT, orientation)
    box = upright(Boxes((Box("Cat", *polygons.bounds(polygon)),)), WIDTH, HEIGHT, orientation)
    assert isinstance(turned, Polygons)
    assert box == Boxes((Box("Cat", *polygons.bounds(turned.polygons[0])),))
    assert polygons.area(turned.polygons[0]) == polygons.area(polygon)


@given(boxes(), frames(), orientations)
def test_turning_back_gives_what_was_there(box: Box, polygon: Polygon, orientation: int) -> None:
    answers: list[Answer] = [Boxes((box,)), Polygons((polygon,))]
    for answer in answers:
        there = upright(answer, WIDTH, HEIGHT, orientation)
        back = upright(there, *_sides(WIDTH, HEIGHT, orientation), INVERSE[orientation])
        assert back == answer


@given(bitmaps(), orientations)
def test_a_mask_turned_back_is_the_same(bitmap: Bitmap, orientation: int) -> None:
    height, width = bitmap.shape
    answer = Masks((Mask("Cat", masks.encode(bitmap)),))
    there = upright(answer, width, height, orientation)
    assert upright(there, *_sides(width, height, orientation), INVERSE[orientation]) == answer


def test_fractions_of_an_image_become_pixels() -> None:
    assert scaled(Boxes((Box("Cat", 0.5, 0.25, 0.125, 0.75),)), 640, 480) == Boxes(
        (Box("Cat", 320, 120, 80, 360),)
    )
    ring, hole = (0.5, 0.25, 1.0, 0.25, 1.0, 0.75), (0.625, 0.25, 0.75, 0.25, 0.75, 0.5)
    assert scaled(Polygons((Polygon("Cat", (ring,), (hole,)),)), 640, 480) == Polygons(
        (Polygon("Cat", ((320, 120, 640, 120, 640, 360),), ((400, 120, 480, 120, 480, 240),)),)
    )


@given(boxes(), polygons_in_an_image(), st.integers(1, 50_000), st.integers(1, 50_000))
def test_scaling_back_gives_what_was_there_but_for_rounding(
    box: Box, polygon: Polygon, width: int, height: int
) -> None:
    back = scaled(scaled(Boxes((box,)), 1 / width, 1 / height), width, height)
    assert isinstance(back, Boxes)
    assert _numbers(back.boxes[0]) == pytest.approx(_numbers(box), abs=1e-9)
    rings = scaled(scaled(Polygons((polygon,)), 1 / width, 1 / height), width, height)
    assert isinstance(rings, Polygons)
    assert rings.polygons[0].parts[0] == pytest.approx(polygon.parts[0], abs=1e-9)


@given(
    st.lists(st.floats(-100, 200), min_size=4, max_size=4),
    st.lists(st.floats(-100, 200), min_size=6, max_size=6),
)
def test_what_is_clipped_is_inside(sides: list[float], ring: list[float]) -> None:
    x, y, width, height = sides
    answers: list[Answer] = [Boxes((Box("Cat", x, y, abs(width) + 1, abs(height) + 1),))]
    answers.append(Polygons((Polygon("Cat", (tuple(ring),)),)))
    for answer in answers:
        bounds = _bounds(clipped(answer, WIDTH, HEIGHT))
        assert bounds.x >= 0
        assert bounds.y >= 0
        assert bounds.x + bounds.width <= WIDTH + 1e-9
        assert bounds.y + bounds.height <= HEIGHT + 1e-9


@given(st.floats(0, 20), st.floats(0, 15), st.floats(0.1, 20), st.floats(0.1, 15))
def test_clipping_changes_nothing_that_is_inside(x: float, y: float, width: float, height: float) -> None:
    box = Boxes((Box("Cat", x, y, width, height),))
    polygon = Polygons((Polygon("Dog", (rectangle(x, y, width, height),)),))
    assert clipped(box, WIDTH, HEIGHT) == box
    assert clipped(polygon, WIDTH, HEIGHT) == polygon


def test_only_so_much_is_clipped() -> None:
    near, far = Box("Cat", -0.5, 28, 4, 2.5), Box("Cat", -1.5, 28, 4, 2.5)
    assert clipped(Boxes((near, far)), WIDTH, HEIGHT, by=1) == Boxes(
        (Box("Cat", 0, 28, 3.5, 2), Box("Cat", -1.5, 28, 4, 2))
    )


@pytest.mark.parametrize("answer", STRANGE)
@pytest.mark.parametrize("orientation", INVERSE)
def test_what_no_project_takes_stays_as_it_is(answer: Answer, orientation: int) -> None:
    moves = [scaled(answer, 2, 3), upright(answer, 10, 7, orientation), clipped(answer, 2, 3)]
    assert all(repr(moved) == repr(answer) for moved in moves)  # nan is not equal to itself


def test_clipping_does_not_make_numbers_of_what_is_none() -> None:
    ring = (nan, 2.0, 3.0, inf, 4.0, 5.0)
    assert repr(clipped(Polygons((Polygon("Cat", (ring,)),)), 9, 9, by=1)) == repr(
        Polygons((Polygon("Cat", (ring,)),))
    )


@pytest.mark.parametrize("answer", [Classes(("Cat",)), Spans((Span("Cat", 2, 5),))])
def test_what_has_no_place_in_an_image_does_not_move(answer: Answer) -> None:
    assert scaled(answer, 2, 3) == upright(answer, 10, 7, 6) == clipped(answer, 1, 1) == answer


def test_labels_and_order_stay() -> None:
    both = (Box("Cat", 1, 2, 3, 4), Box("Dog", 2, 3, 4, 1))
    turned = upright(Boxes(both), 10, 7, 3)
    assert isinstance(turned, Boxes)
    assert [replace(box, x=0, y=0) for box in turned.boxes] == [replace(box, x=0, y=0) for box in both]


def _numbers(box: Box) -> Ring:
    return (box.x, box.y, box.width, box.height)


def _bounds(answer: Answer) -> Bounds:
    if isinstance(answer, Boxes):
        return Bounds(*_numbers(answer.boxes[0]))
    assert isinstance(answer, Polygons)
    return around(answer.polygons[0].parts[0])
