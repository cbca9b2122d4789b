from itertools import pairwise
from string import printable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pycocotools import mask

from core.domain.answers import Polygon, Rle
from core.logic.geometry import masks, polygons
from core.logic.geometry.bounds import Bounds
from tests.unit.logic.geometry.shapes import HEIGHT, WIDTH, Bitmap, bitmaps, rectangle, rles
from tests.unit.logic.geometry.shapes import polygons as polygons_in_an_image

BITMAP = np.array([[0, 1, 1], [0, 0, 1]], dtype=bool)
RLE = Rle((2, 3), "2111")
"""Down the columns 0 0, 1 0, 1 1: runs 2 1 1 2. The last is written as what it is more than the second."""

CHARACTERS = "".join(map(chr, range(48, 112)))
"""All that run-length encodings are made of."""

OLD_NUMPY = "ignore:__array__ implementation:DeprecationWarning"
"""pycocotools' decoder makes numpy 2 warn."""

pairs = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda size: st.tuples(arrays(np.bool_, size), arrays(np.bool_, size))
)


def test_a_mask_is_runs_down_the_columns() -> None:
    assert masks.encode(BITMAP) == RLE
    assert masks.runs(RLE).tolist() == [2, 1, 1, 2]
    assert (masks.decode(RLE) == BITMAP).all()


def test_a_mask_has_an_area_and_bounds() -> None:
    assert masks.area(RLE) == 3
    assert masks.bounds(RLE) == Bounds(x=1, y=0, width=2, height=2)


def test_a_mask_of_nothing_has_neither() -> None:
    nothing = masks.encode(np.zeros((4, 5), dtype=bool))
    assert masks.area(nothing) == 0
    assert masks.bounds(nothing) == Bounds(0, 0, 0, 0)


@given(bitmaps())
def test_encoding_loses_nothing_and_is_sound(bitmap: Bitmap) -> None:
    rle = masks.encode(bitmap)
    assert rle.size == bitmap.shape
    assert masks.is_sound(rle)
    assert (masks.decode(rle) == bitmap).all()


@given(bitmaps())
def test_runs_areas_and_bounds_are_those_of_the_pixels(bitmap: Bitmap) -> None:
    rle = masks.encode(bitmap)
    pixels = np.repeat(np.arange(len(masks.runs(rle))) % 2, masks.runs(rle))
    assert (pixels == bitmap.ravel(order="F")).all()
    assert masks.area(rle) == bitmap.sum()
    if bitmap.any():
        rows, columns = np.nonzero(bitmap)
        x, y = columns.min(), rows.min()
        assert masks.bounds(rle) == Bounds(x, y, columns.max() - x + 1, rows.max() - y + 1)


def test_long_runs_take_several_characters() -> None:
    bitmap = np.zeros((1_000, 900), dtype=bool)
    bitmap[3:20, 400] = bitmap[5, 7] = bitmap[990:, 898] = True
    rle = masks.encode(bitmap)
    assert masks.runs(rle).tolist() == [7_005, 1, 392_997, 17, 498_970, 10, 1_000]


@pytest.mark.parametrize(
    "rle",
    [
        Rle((2, 3), ""),
        Rle((2, 3), "2112"),  # 2 1 1 3: one pixel too many
        Rle((2, 3), "211"),  # two too few
        Rle((2, 3), "4N4"),  # 4 -2 4
        Rle((2, 3), "402"),  # 4 0 2: pycocotools never writes empty runs, and loses count of them
        Rle((2, 3), "60"),
        Rle((2, 3), "2111P"),  # a number that goes on
        Rle((2, 3), "VPPPPP0"),  # 6, in more characters than pycocotools reads
        Rle((2, 3), "2 1 1"),
        Rle((2, 3), "2\u06611"),
        Rle((2, 3), "2\ud8001"),
        Rle((2, 3), "2\x001"),
        Rle((-2, -3), "2111"),
        Rle((0, 3), "0"),
        Rle((0, 0), ""),
        Rle((10**30, 10**30), "2111"),
        Rle((10_001, 10_000), "P0"),
    ],
)
def test_what_pycocotools_could_not_take_is_not_sound(rle: Rle) -> None:
    assert not masks.is_sound(rle)


def test_a_number_may_be_longer_than_it_needs_to_be() -> None:
    assert masks.is_sound(Rle((2, 3), "VPPPP0"))
    assert not masks.decode(Rle((2, 3), "VPPPP0")).any()


@given(rles(), st.data())
@pytest.mark.filterwarnings(OLD_NUMPY)
def test_damaged_counts_are_unsound_or_read_as_pycocotools_reads_them(rle: Rle, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(rle.counts)))
    until = data.draw(st.integers(at, len(rle.counts)))
    put = data.draw(st.text(CHARACTERS + printable, max_size=4))
    damaged = Rle(rle.size, rle.counts[:at] + put + rle.counts[until:])
    if masks.is_sound(damaged):
        assert (masks.decode(damaged) == mask.decode({"size": rle.size, "counts": damaged.counts})).all()


@given(st.tuples(st.integers(-2, 5), st.integers(-2, 5)), st.text(CHARACTERS))
@pytest.mark.filterwarnings(OLD_NUMPY)
def test_any_counts_are_unsound_or_read_as_pycocotools_reads_them(size: tuple[int, int], counts: str) -> None:
    if masks.is_sound(Rle(size, counts)):
        assert (masks.decode(Rle(size, counts)) == mask.decode({"size": size, "counts": counts})).all()


@given(rles())
def test_runs_make_the_mask_they_came_from(rle: Rle) -> None:
    assert masks.from_runs(rle.size, masks.runs(rle).tolist()) == rle


@pytest.mark.parametrize("lengths", [[2, 1, 1, 2], [0, 0, 2, 1, 1, 1, 0, 1], [2, 1, 1, 2, 0]])
def test_empty_runs_join_their_neighbours(lengths: list[int]) -> None:
    assert masks.from_runs((2, 3), lengths) == RLE


@pytest.mark.parametrize(
    ("size", "lengths"),
    [((2, 3), [2, 1, 1, 3]), ((2, 3), []), ((2, 3), [9, -3]), ((0, 3), [0]), ((20_000, 20_000), [4 * 10**8])],
)
def test_runs_have_to_cover_the_size(size: tuple[int, int], lengths: list[int]) -> None:
    with pytest.raises(ValueError, match="no runs of"):
        masks.from_runs(size, lengths)


@given(bitmaps())
def test_an_inverted_mask_has_the_other_pixels(bitmap: Bitmap) -> None:
    assert masks.inverted(masks.encode(bitmap)) == masks.encode(~bitmap)


@given(pairs)
def test_two_masks_share_and_merge_pixels(pair: tuple[Bitmap, Bitmap]) -> None:
    one, other = pair
    assert masks.shared(masks.encode(one), masks.encode(other)) == (one & other).sum()
    assert masks.merged([masks.encode(one), masks.encode(other)]) == masks.encode(one | other)


@given(st.lists(arrays(np.bool_, (3, 4)), max_size=6))
def test_masks_overlap_those_before_them_that_do_not(layers: list[Bitmap]) -> None:
    expected: dict[int, set[int]] = {}
    for index, layer in enumerate(layers):
        hit = {other for other in range(index) if other not in expected and (layer & layers[other]).any()}
        if hit:
            expected[index] = hit
    found = masks.overlapping([masks.encode(layer) for layer in layers])
    assert found.keys() == expected.keys()
    assert all(found[index] in expected[index] for index in found)


def test_a_polygon_is_the_pixels_of_its_parts_without_its_holes() -> None:
    polygon = Polygon("Cat", (rectangle(1, 1, 5, 4), rectangle(8, 0, 1, 2)), (rectangle(2, 2, 3, 1),))
    rle = masks.from_polygon(polygon, width=10, height=6)
    assert ["".join(".#"[pixel] for pixel in row) for row in masks.decode(rle).astype(int)] == [
        "........#.",
        ".#####..#.",
        ".#...#....",
        ".#####....",
        ".#####....",
        "..........",
    ]


def test_a_hole_in_a_large_image_takes_no_memory_for_its_pixels() -> None:
    polygon = Polygon("Cat", (rectangle(0, 0, 9_000, 8_000),), (rectangle(10, 20, 7_000, 5_000),))
    rle = masks.from_polygon(polygon, width=10_000, height=10_000)
    assert masks.area(rle) == 9_000 * 8_000 - 7_000 * 5_000


@given(polygons_in_an_image())
def test_a_polygon_has_as_many_pixels_as_its_area_but_for_its_edges(polygon: Polygon) -> None:
    """Each pixel that an edge passes through may be in or out: at most two for a pixel of the outline."""
    rle = masks.from_polygon(polygon, WIDTH, HEIGHT)
    edges = sum(map(polygons.outline, polygon.parts + polygon.holes))
    corners = sum(len(ring) // 2 for ring in polygon.parts + polygon.holes)
    assert masks.is_sound(rle)
    assert abs(masks.area(rle) - polygons.area(polygon)) <= edges + corners


def test_what_a_polygon_encloses_grows_with_it() -> None:
    areas = [
        masks.area(masks.from_polygon(Polygon("Cat", (rectangle(3, 2, side, side),)), 40, 30))
        for side in range(1, 9)
    ]
    assert areas == [side * side for side in range(1, 9)]
    assert all(one < other for one, other in pairwise(areas))


def test_so_many_masks_or_more_cover_a_pixel() -> None:
    rows = [[[1, 1, 0, 0]], [[0, 1, 1, 0]], [[0, 1, 1, 1]]]
    rles = [masks.encode(np.array(row, dtype=bool)) for row in rows]
    covered = [masks.decode(masks.covered(rles, least)).astype(int).tolist() for least in (1, 2, 3, 4)]
    assert covered == [[[1, 1, 1, 1]], [[0, 1, 1, 0]], [[0, 1, 0, 0]], [[0, 0, 0, 0]]]


@given(pairs, st.integers(1, 4))
def test_coverage_is_counted_for_each_pixel(pair: tuple[Bitmap, Bitmap], least: int) -> None:
    one, other = pair
    if one.shape == other.shape:
        rles = [masks.encode(one), masks.encode(other), masks.encode(one)]
        expected = 2 * one.astype(int) + other >= least
        assert (masks.decode(masks.covered(rles, least)) == expected).all()
        assert masks.is_sound(masks.covered(rles, least))


def test_masks_share_a_part_of_what_both_cover() -> None:
    rows = [[[1, 1, 1, 0]], [[0, 1, 1, 1]], [[0, 0, 0, 0]]]
    one, other, nothing = (masks.encode(np.array(row, dtype=bool)) for row in rows)
    larger = masks.encode(np.ones((2, 4), dtype=bool))
    assert masks.ious([one, nothing], [one, other, nothing]).tolist() == [[1, 2 / 4, 0], [0, 0, 0]]
    assert masks.ious([one], [larger]) < 0
