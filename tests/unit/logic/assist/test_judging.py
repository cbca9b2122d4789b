from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.answers import Answer, Box, Boxes, Classes, Mask, Masks, Polygon, Polygons, Span, Spans
from core.domain.assist import Judged
from core.domain.kinds import Kind
from core.domain.predictions import Prediction
from core.domain.quality import AgreementRules, SpanMatch
from core.logic.answering import Rules, Subject
from core.logic.assist.judging import is_grouped, judged_item, judged_parts, unfit, unsaid
from core.logic.geometry.masks import from_runs

RULES = AgreementRules()
LABELS = frozenset({"Cat", "Dog"})

CAT, DOG = Box("Cat", 0, 0, 10, 10), Box("Dog", 20, 0, 10, 10)
NEAR = Box("Cat", 0, 0, 10, 6)
"""Shares six tenths with CAT."""
FAR = Box("Cat", 0, 0, 10, 4)
"""Shares four tenths with CAT."""


def _boxes(*marks: Box) -> Prediction:
    return Prediction(Boxes(marks), 0.5, tuple(0.9 - at / 10 for at in range(len(marks))))


@pytest.mark.parametrize(
    ("kind", "found", "answer", "label", "right"),
    [
        (Kind.IMAGE_MULTICLASS, ["Cat"], ["Cat"], "Cat", True),
        (Kind.IMAGE_MULTICLASS, ["Cat"], ["Dog"], "Cat", False),
        (Kind.TEXT_MULTICLASS, ["Dog"], ["Dog"], "Dog", True),
        (Kind.IMAGE_MULTILABEL, ["Cat", "Dog"], ["Dog", "Cat"], "", True),
        (Kind.IMAGE_MULTILABEL, ["Cat", "Dog"], ["Cat"], "", False),
        (Kind.TEXT_MULTILABEL, ["Cat"], ["Cat", "Dog"], "Cat", False),
    ],
)
def test_classes_are_judged_together(
    kind: Kind, found: list[str], answer: list[str], label: str, right: bool
) -> None:
    predicted = Prediction(Classes(tuple(found)), 0.8)
    assert judged_parts(kind, RULES, predicted, Classes(tuple(answer))) == ((label, 0.8, right),)


@pytest.mark.parametrize(
    ("found", "answer", "right"),
    [
        ([CAT, DOG], [DOG, CAT], [True, True]),
        ([NEAR], [CAT], [True]),
        ([FAR], [CAT], [False]),
        ([CAT], [replace(CAT, label="Dog")], [False]),
        ([CAT], [], [False]),
        ([], [CAT], []),
        ([CAT, NEAR], [CAT], [True, False]),
        ([NEAR, CAT], [CAT], [False, True]),
        ([CAT, CAT], [CAT], [True, False]),
    ],
)
def test_a_region_is_right_that_the_answer_has_too(
    found: list[Box], answer: list[Box], right: list[bool]
) -> None:
    parts = judged_parts(Kind.OBJECT_DETECTION, RULES, _boxes(*found), Boxes(tuple(answer)))
    assert [one[2] for one in parts] == right
    assert [one[0] for one in parts] == [box.label for box in found]
    assert [one[1] for one in parts] == [0.9, 0.8][: len(found)]


def test_how_closely_a_region_must_fit_is_the_owners_to_say() -> None:
    answer = Boxes((CAT,))
    loose, strict = AgreementRules(iou=0.3), AgreementRules(label_iou={"Cat": 0.7})
    assert judged_parts(Kind.OBJECT_DETECTION, loose, _boxes(FAR), answer)[0][2]
    assert not judged_parts(Kind.OBJECT_DETECTION, strict, _boxes(NEAR), answer)[0][2]


def test_polygons_masks_and_spans_are_judged_like_boxes() -> None:
    square = Polygon("Cat", ((0, 0, 4, 0, 4, 4, 0, 4),))
    found: Answer = Polygons((square, replace(square, label="Dog")))
    predicted = Prediction(found, 0.5, (0.9, 0.8))
    parts = judged_parts(Kind.INSTANCE_SEGMENTATION, RULES, predicted, Polygons((square,)))
    assert [part[2] for part in parts] == [True, False]

    mask = Mask("Cat", from_runs((2, 2), (0, 2, 2)))
    other = Mask("Cat", from_runs((2, 2), (2, 2)))
    for given_mask, right in ((mask, True), (other, False)):
        predicted = Prediction(Masks((mask,)), 0.5, (0.9,))
        parts = judged_parts(Kind.SEMANTIC_SEGMENTATION, RULES, predicted, Masks((given_mask,)))
        assert parts == (("Cat", 0.9, right),)

    predicted, longer = Prediction(Spans((Span("Cat", 0, 4),)), 0.5, (0.9,)), Spans((Span("Cat", 0, 5),))
    assert not judged_parts(Kind.TEXT_NER, RULES, predicted, longer)[0][2]
    assert judged_parts(Kind.TEXT_NER, AgreementRules(spans=SpanMatch.OVERLAP), predicted, longer)[0][2]


def test_an_item_is_judged_under_its_id() -> None:
    found = judged_item(Kind.OBJECT_DETECTION, RULES, "0000-0001", _boxes(CAT, DOG), Boxes((CAT,)))
    assert found == [
        Judged("0000-0001", 0.9, right=True, label="Cat"),
        Judged("0000-0001", 0.8, right=False, label="Dog"),
    ]


_MARKS = st.lists(
    st.builds(Box, st.sampled_from(["Cat", "Dog"]), *[st.integers(0, 6)] * 2, *[st.integers(1, 8)] * 2),
    max_size=6,
)


@given(_MARKS, _MARKS)
def test_no_more_regions_are_right_than_there_are_in_the_answer(found: list[Box], answer: list[Box]) -> None:
    parts = judged_parts(Kind.OBJECT_DETECTION, RULES, _boxes(*found), Boxes(tuple(answer)))
    assert len(parts) == len(found)
    for label in ("Cat", "Dog"):
        assert sum(part[2] for part in parts if part[0] == label) <= sum(box.label == label for box in answer)


@given(_MARKS)
def test_the_answer_itself_is_all_right(marks: list[Box]) -> None:
    assert all(
        part[2] for part in judged_parts(Kind.OBJECT_DETECTION, RULES, _boxes(*marks), Boxes(tuple(marks)))
    )


def test_only_items_with_regions_or_spans_have_several_predictions_to_judge() -> None:
    assert [kind for kind in Kind if is_grouped(kind)] == [
        Kind.OBJECT_DETECTION,
        Kind.INSTANCE_SEGMENTATION,
        Kind.SEMANTIC_SEGMENTATION,
        Kind.TEXT_NER,
    ]


def test_a_model_cannot_say_what_nobody_could() -> None:
    rules, subject = Rules(Kind.OBJECT_DETECTION, LABELS), Subject(30, 10)
    assert unfit(rules, Boxes((CAT, DOG)), subject) is None
    gone = unfit(rules, Boxes((replace(CAT, label="Fox"),)), subject)
    assert gone is not None
    assert gone.startswith("there is no label 'Fox' in this project.")
    assert gone.endswith("train again.")
    out = unfit(rules, Boxes((CAT, DOG)), Subject(25, 10))
    assert out == "box 2 ('Dog'): it sticks out of the image of 25 x 10 pixels on the right."


@pytest.mark.parametrize(
    ("prediction", "fine"),
    [
        (Prediction(Classes(("Cat",)), 0.5), True),
        (Prediction(Classes(("Cat", "Dog")), 0.5, (0.5, 0.6)), True),
        (Prediction(Classes(("Cat", "Dog")), 0.5, (0.5,)), False),
        (Prediction(Boxes((CAT,)), 0.5, (0.5,)), True),
        (Prediction(Boxes((CAT,)), 0.5), False),
        (Prediction(Boxes((CAT,)), 0.5, (0.5, 0.5)), False),
        (Prediction(Boxes(()), 0.5, ()), True),
        (Prediction(Boxes(()), 0.5), True),
    ],
)
def test_a_model_says_of_each_region_how_sure_it_is(prediction: Prediction, fine: bool) -> None:
    assert (unsaid(prediction) is None) == fine
