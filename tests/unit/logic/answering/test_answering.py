"""What holds for answers of every kind."""

from dataclasses import replace
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import (
    Answer,
    Box,
    Boxes,
    Classes,
    Mask,
    Masks,
    Polygon,
    Polygons,
    Rle,
    Span,
    Spans,
    regions,
)
from core.domain.kinds import Kind
from core.domain.projects import MaskRules
from core.logic.answering import ANSWER_TYPES, Rules, Subject, misfit, misfits, without
from core.logic.answering.rules import REGIONS_MAX
from tests.examples import a_project

LABELS = frozenset({"Cat", "Dog"})
SUBJECT = Subject(width=6, height=4, text="six..!")
NOTHING: list[Answer] = [Classes(()), Boxes(()), Polygons(()), Masks(()), Spans(())]

labels = st.sampled_from(["Cat", "Dog", "Elk"])
numbers = st.sampled_from([-1.0, 0.0, 1.0, 2.5, 4.0, 6.0, nan])
rings = st.lists(numbers, min_size=4, max_size=8).map(tuple)
ring_lists = st.lists(rings, max_size=2).map(tuple)
rles = st.builds(
    Rle, st.sampled_from([(4, 6), (6, 4)]), st.sampled_from(["0H0", "01g0", "42b0", "H0", "", "oo"])
)
answers: dict[Kind, st.SearchStrategy[Answer]] = {
    Kind.OBJECT_DETECTION: st.builds(
        Boxes, st.lists(st.builds(Box, labels, numbers, numbers, numbers, numbers), max_size=5).map(tuple)
    ),
    Kind.INSTANCE_SEGMENTATION: st.builds(
        Polygons, st.lists(st.builds(Polygon, labels, ring_lists, ring_lists), max_size=4).map(tuple)
    ),
    Kind.SEMANTIC_SEGMENTATION: st.builds(
        Masks, st.lists(st.builds(Mask, labels, rles), max_size=5).map(tuple)
    ),
    Kind.TEXT_NER: st.builds(
        Spans,
        st.lists(st.builds(Span, labels, st.integers(-1, 7), st.integers(-1, 7)), max_size=6).map(tuple),
    ),
}


def test_every_kind_has_a_shape_of_answer() -> None:
    assert set(ANSWER_TYPES) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("answer", NOTHING)
def test_an_answer_of_another_shape_does_not_fit(kind: Kind, answer: Answer) -> None:
    reason = misfit(Rules(kind, LABELS), answer, SUBJECT)
    other = f"a project of kind '{kind}' takes no answer of type '{type(answer).__name__}'."
    assert (reason == other) == (not isinstance(answer, ANSWER_TYPES[kind]))


def test_each_region_of_another_shape_is_refused() -> None:
    answer = Spans((Span("Cat", 0, 1), Span("Dog", 2, 3)))
    reason = "a project of kind 'object_detection' takes no answer of type 'Spans'."
    assert misfits(Rules(Kind.OBJECT_DETECTION, LABELS), answer, SUBJECT) == {0: reason, 1: reason}


@pytest.mark.parametrize("kind", answers)
@given(data=st.data())
def test_an_answer_fits_without_the_regions_that_do_not(kind: Kind, data: st.DataObject) -> None:
    rules = Rules(kind, LABELS, overlap=data.draw(st.booleans()))
    answer = data.draw(answers[kind])
    found = misfits(rules, answer, SUBJECT)
    assert misfit(rules, without(answer, found), SUBJECT) is None
    assert (misfit(rules, answer, SUBJECT) is None) == (not found)
    assert len(regions(without(answer, found))) == len(regions(answer)) - len(found)


def test_the_first_region_that_does_not_fit_is_named() -> None:
    boxes = (Box("Cat", 1, 1, 1, 1), Box("Elk", 1, 1, 1, 2), Box("Dog", 1, 1, 0, 3))
    found = misfits(Rules(Kind.OBJECT_DETECTION, LABELS), Boxes(boxes), SUBJECT)
    assert found.keys() == {1, 2}
    reason = misfit(Rules(Kind.OBJECT_DETECTION, LABELS), Boxes(boxes), SUBJECT)
    assert reason == "box 2 ('Elk'): there is no label 'Elk' in this project."


def test_an_answer_has_so_many_regions() -> None:
    rules = Rules(Kind.OBJECT_DETECTION, LABELS)
    boxes = (Box("Cat", 1, 1, 1, 2),) * (REGIONS_MAX + 2)
    assert misfit(rules, Boxes(boxes[:REGIONS_MAX]), SUBJECT) is None
    reason = "an item has at most 10,000 regions, and this one 10,002."
    assert misfits(rules, Boxes(boxes), SUBJECT) == {10_000: reason, 10_001: reason}
    assert misfit(rules, Boxes(boxes), SUBJECT) == f"box 10001 ('Cat'): {reason}"


def test_regions_are_left_out_by_index() -> None:
    one, two, three = Span("Cat", 0, 1), Span("Dog", 1, 2), Span("Cat", 2, 3)
    assert without(Spans((one, two, three)), {0, 2}) == Spans((two,))
    assert without(Classes(("Cat",)), {0}) == Classes(("Cat",))


def test_a_project_tells_its_rules() -> None:
    project = replace(a_project(), kind=Kind.SEMANTIC_SEGMENTATION, masks=MaskRules(overlap=True))
    assert Rules.of(project) == Rules(
        Kind.SEMANTIC_SEGMENTATION, frozenset({"Animal", "Animal/Cat", "Rose"}), overlap=True
    )
