from math import cos, pi, sin

import pytest

from core.domain.answers import Answer, Polygon, Polygons
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules
from core.logic.agreement import Vote, merge, similarity
from core.logic.agreement.polygons import CORNERS_MAX
from core.logic.answering import misfit
from core.logic.answering.rules import Rules, Subject
from core.logic.geometry import masks, polygons
from tests.unit.logic.geometry.shapes import rectangle

ORDER = ("Cat", "Dog")
RULES = Rules(Kind.INSTANCE_SEGMENTATION, frozenset(ORDER))
SPLINTER = Polygon("Cat", ((5.1, 5.1, 5.2, 5.1, 5.2, 5.2),))
"""It covers no pixel."""


def _cat(x: float, y: float, width: float, height: float) -> Polygon:
    return Polygon("Cat", (rectangle(x, y, width, height),))


def _disc(x: float, y: float, radius: float, corners: int = 60) -> Polygon:
    turns = (2 * pi * corner / corners for corner in range(corners))
    return Polygon("Cat", (tuple(v for t in turns for v in (x + radius * cos(t), y + radius * sin(t))),))


def _merged(*answers: list[Polygon], iou: float = 0.5) -> Answer | None:
    votes = [Vote(f"labeler {place}", Polygons(tuple(marks))) for place, marks in enumerate(answers)]
    return merge(RULES, AgreementRules(iou=iou), votes, ORDER).answer


def _pixels(polygon: Polygon) -> set[tuple[int, int]]:
    rows, columns = masks.decode(masks.from_polygon(polygon, 40, 30)).nonzero()
    return set(zip(columns.tolist(), rows.tolist(), strict=True))


def test_pixels_are_compared() -> None:
    #  8 x 10 shared, of 12 x 10
    one, other = Polygons((_cat(0, 0, 10, 10),)), Polygons((_cat(2, 0, 10, 10),))
    assert similarity(RULES.kind, AgreementRules(iou=8 / 12), one, other) == 1
    assert similarity(RULES.kind, AgreementRules(iou=0.67), one, other) == 0


def test_a_hole_is_not_part_of_a_polygon() -> None:
    full = Polygons((_cat(0, 0, 10, 10),))
    hollow = Polygons((Polygon("Cat", (rectangle(0, 0, 10, 10),), (rectangle(2, 2, 6, 6),)),))
    #  100 - 36 of 100
    assert similarity(RULES.kind, AgreementRules(iou=0.64), full, hollow) == 1
    assert similarity(RULES.kind, AgreementRules(iou=0.65), full, hollow) == 0


def test_the_polygon_is_around_what_more_than_half_cover() -> None:
    #  columns 2 to 11 are covered by two or three of the three
    merged = _merged([_cat(0, 5, 10, 10)], [_cat(2, 5, 10, 10)], [_cat(4, 5, 10, 10)])
    assert isinstance(merged, Polygons)
    assert [_pixels(polygon) for polygon in merged.polygons] == [
        {(x, y) for x in range(2, 12) for y in range(5, 15)}
    ]


def test_two_supporters_keep_what_both_cover() -> None:
    assert _merged([_cat(0, 5, 10, 10)], [_cat(2, 5, 10, 10)]) == Polygons((_cat(2, 5, 8, 10),))


def test_the_very_same_polygon_stays_as_it_was_drawn() -> None:
    drawn = Polygon("Cat", ((1.25, 2.5, 20.75, 3.5, 11.5, 20.25),))
    assert _merged([drawn], [drawn], []) == Polygons((drawn,))


def test_too_thin_for_a_pixel_it_is_only_like_itself() -> None:
    other = Polygon("Cat", ((5.1, 5.1, 5.2, 5.1, 5.2, 5.3),))
    assert _merged([SPLINTER], [SPLINTER], [other]) == Polygons((SPLINTER,))
    assert similarity(RULES.kind, AgreementRules(), Polygons((SPLINTER,)), Polygons((other,))) == 0


def test_where_no_pixel_is_covered_by_most_nothing_is_left() -> None:
    #  a chain of four: each shares half of its strip with the next, a third of both, and nothing with others
    chain = [_cat(x, 0, 12, 9) for x in (0, 6, 12, 18)]
    assert _merged(*([link] for link in chain), iou=1 / 3) is None


def test_nobody_sees_anything() -> None:
    assert _merged([], []) == Polygons(())


@pytest.mark.parametrize("radius", [40, 400])
def test_the_outline_of_a_large_shape_is_simple_and_close(radius: int) -> None:
    side = 2 * radius + 20
    discs = [_disc(radius + 5 + shift, radius + 7, radius) for shift in (0, 1, 3)]
    merged = _merged(*([disc] for disc in discs))
    assert isinstance(merged, Polygons)
    (polygon,) = merged.polygons
    assert len(polygon.parts[0]) / 2 <= CORNERS_MAX
    assert polygons.area(polygon) == pytest.approx(polygons.area(discs[1]), rel=2 / radius)
    assert misfit(RULES, merged, Subject(side, side)) is None
