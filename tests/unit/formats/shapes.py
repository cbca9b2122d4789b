"""Answers for round trips: regions anywhere in an image of 640 x 480 pixels, with a project's labels."""

from hypothesis import assume
from hypothesis import strategies as st

from core.domain.answers import Box, Boxes, Polygon, Polygons
from core.logic.geometry.polygons import ring_area
from tests.unit.formats.rows import LABELS

WIDTH, HEIGHT = 640, 480
LABEL = st.sampled_from(LABELS)
Ring = tuple[float, ...]


@st.composite
def boxes(draw: st.DrawFn, smallest: float = 0.01) -> Box:
    """Boxes of at least so many pixels a side."""
    x, y = draw(st.floats(0, WIDTH - 2 * smallest)), draw(st.floats(0, HEIGHT - 2 * smallest))
    width, height = draw(st.floats(smallest, WIDTH - x)), draw(st.floats(smallest, HEIGHT - y))
    return Box(draw(LABEL), x, y, width, height)


@st.composite
def rings(draw: st.DrawFn) -> Ring:
    """Rings of three to six points and some area."""
    points = draw(st.lists(st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)), min_size=3, max_size=6))
    ring = tuple(value for point in points for value in point)
    assume(ring_area(ring) > 1)
    return ring


def many_boxes(smallest: float = 0.01) -> st.SearchStrategy[Boxes]:
    """None to four boxes."""
    return st.lists(boxes(smallest), max_size=4).map(lambda found: Boxes(tuple(found)))


def many_polygons(parts: int = 1) -> st.SearchStrategy[Polygons]:
    """None to three polygons, of up to so many parts and without holes."""
    polygon = st.builds(Polygon, LABEL, st.lists(rings(), min_size=1, max_size=parts).map(tuple))
    return st.lists(polygon, max_size=3).map(lambda found: Polygons(tuple(found)))
