"""Votes of every kind for property tests, on items of `SUBJECT`."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Span, Spans
from core.domain.kinds import Kind
from core.domain.quality import AgreementRules, SpanMatch, TieBreak
from core.logic.agreement import Vote
from core.logic.answering.rules import Rules, Subject
from core.logic.geometry import masks
from tests.unit.logic.geometry import shapes
from tests.unit.logic.geometry.shapes import HEIGHT, WIDTH, quarters, rectangle

ORDER = ("Fox", "Cat", "Dog")
TEXT = "Fifteen birds in five fir trees."
SUBJECT = Subject(WIDTH, HEIGHT, TEXT)

labels = st.sampled_from(ORDER)

corners = st.tuples(st.sampled_from([1, 3, 20, 30]), st.sampled_from([2, 4, 15]))
"""A few places, so that labelers often mean the same thing."""

sides = st.tuples(quarters(4, 10), quarters(4, 10))

boxes = st.builds(lambda label, at, size: Box(label, *at, *size), labels, corners, sides)

rectangles = st.builds(
    lambda label, at, size: Polygon(label, (rectangle(*at, *size),)), labels, corners, sides
)

polygons = rectangles | shapes.polygons()

spans = st.builds(
    lambda label, start, length: Span(label, start, start + length),
    labels,
    st.sampled_from([0, 1, 8, 14]),
    st.integers(1, 18),
)


@st.composite
def label_maps(draw: st.DrawFn) -> Masks:
    """Masks of images of 3 x 4 pixels, no two of which share one."""
    pixels = draw(arrays(np.int64, (3, 4), elements=st.integers(0, len(ORDER))))
    drawn = [(label, pixels == number) for number, label in enumerate(ORDER, 1)]
    return Masks(tuple(Mask(label, masks.encode(bitmap)) for label, bitmap in drawn if bitmap.any()))


ANSWERS: dict[Kind, st.SearchStrategy[Answer]] = {
    Kind.IMAGE_MULTICLASS: st.builds(lambda label: Classes((label,)), labels),
    Kind.IMAGE_MULTILABEL: st.lists(labels, min_size=1, unique=True).map(lambda names: Classes(tuple(names))),
    Kind.OBJECT_DETECTION: st.lists(boxes, max_size=4).map(lambda marks: Boxes(tuple(marks))),
    Kind.INSTANCE_SEGMENTATION: st.lists(polygons, max_size=3).map(lambda marks: Polygons(tuple(marks))),
    Kind.SEMANTIC_SEGMENTATION: label_maps(),
    Kind.TEXT_NER: st.lists(spans, max_size=4, unique=True).map(lambda marks: Spans(tuple(marks))),
}
"""The answers of every kind but those whose rules another of these has."""

agreements = st.builds(
    AgreementRules,
    iou=st.sampled_from([0.25, 0.5, 0.75, 1.0]),
    label_iou=st.dictionaries(labels, st.sampled_from([0.1, 0.9]), max_size=2),
    spans=st.sampled_from(SpanMatch),
    tie_break=st.sampled_from(TieBreak),
)


def subject(kind: Kind) -> Subject:
    """The item that answers of a kind are for."""
    return Subject(4, 3) if kind is Kind.SEMANTIC_SEGMENTATION else SUBJECT


def rules(kind: Kind) -> Rules:
    """What a project of the kind asks."""
    return Rules(kind, frozenset(ORDER))


def ballots(kind: Kind, least: int = 1) -> st.SearchStrategy[list[Vote]]:
    """Votes of up to five labelers."""
    return st.lists(ANSWERS[kind], min_size=least, max_size=5).map(
        lambda answers: [Vote(f"labeler {place}", answer) for place, answer in enumerate(answers)]
    )
